/** REQ-INS-25: what the console offers to an instructor by name (zones, samples, observations) is what the simulated plant knows by that name. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACTUATOR_FAILURES } from '../../simulators/kernel/actuator.ts';
import { MALFUNCTION_KINDS } from '../../simulators/kernel/sensor.ts';
import { EVENT_KINDS } from '../../simulators/machine/events.ts';
import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import { PLANTS } from '../../simulators/plants/index.ts';
import { METHODS } from '../../simulators/server/methods.ts';
import { SimulationSession } from '../../simulators/server/session.ts';
import { TRUTH_EVENT_KINDS } from '../../src/contract/drill.ts';
import { CREW_PHASES, DECEPTIONS, DEVICE_FAILURES, PROTECTIONS } from '../../src/contract/training.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import { countTagOf, crews, field, look, people } from '../../src/main/training/deeds.ts';
import { Line } from '../../src/main/training/line.ts';
import type { InstructorDesk } from '../../src/main/training/simulator-link.ts';

const ROOT = join(import.meta.dirname, '../..');
const packs = loadPacks({ rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures') });

describe('REQ-INS-25 the same names on both sides', () => {
  test.each(Object.values(PLANTS))('$id: every zone and sample that is offered', (definition) => {
    const pack = packs.plants.find(({ id }) => id === definition.id);
    if (pack === undefined) throw new Error(`no rules of ${definition.id}`);
    expect(pack.zones.map(({ id }) => countTagOf(pack, id)).filter((zone) => !Object.hasOwn(definition.zones, zone))).toEqual([]);
    expect(pack.labs.map(({ id }) => id).filter((id) => !Object.hasOwn(definition.laboratory, id))).toEqual([]);
  });

  test('what the model has no word for is asked about like everything else: not seen, unless it was staged; a line that is dead is no answer', async () => {
    const staged = new Set<string>();
    const answering = (listed: boolean) => new Line(() => ({ call: (method: string, [id]: readonly unknown[]) => Promise.resolve(method === 'ListObservations' ? (listed ? { ok: true, value: { observations: ['SMOKE'] } } : { ok: false, reason: 'dead' }) : staged.has(String(id)) ? { ok: true, value: { present: true } } : { ok: false, reason: 'no such observation' }) }) as unknown as InstructorDesk);
    expect(await look(answering(true), 'EARTHQUAKE')).toEqual({ ok: true, value: { present: false } });
    expect(await look(answering(false), 'EARTHQUAKE')).toMatchObject({ ok: false });
    expect(await look(answering(true), 'SMOKE')).toMatchObject({ ok: false, reason: 'no such observation' });
    staged.add('EARTHQUAKE');
    expect(await look(answering(true), 'EARTHQUAKE')).toEqual({ ok: true, value: { present: true } });
  });

  test('a zone goes out as the tag that counts its people, and comes back as the zone', async () => {
    const asked: unknown[] = [];
    const crew = { id: 4, action: 'check', subject: 'XV-1', zone: 'PC-1', crew: 2, protection: 'basic', phase: 'there', dueS: 130, report: { zh: '开', en: 'open' }, isReported: false };
    const desk = { call: (method: string, args: readonly unknown[]) => { asked.push([method, ...args]); return Promise.resolve({ ok: true, value: { simTimeS: 100, crews: [crew, { ...crew, id: 5, phase: 'home', isReported: true }] } }); } };
    const line = new Line(() => desk as unknown as InstructorDesk);
    const pack = { zones: [{ id: 'Z-1', countTag: 'PC-1' }] } as never;
    await people(line, pack, { zone: 'Z-1', count: 3 });
    await field(line, pack, { kind: 'crew', action: 'observe', subject: 'SMOKE', zone: 'Z-1', crew: 2, protection: 'full', walkS: 30 });
    expect(asked).toEqual([['FieldAction', '{"kind":"people","zone":"PC-1","count":3}'], ['FieldAction', '{"kind":"field","action":"observe","zone":"PC-1","crew":2,"protection":"full","walkS":30,"observation":"SMOKE"}']]);
    // What a crew has to tell is not known before it has been told.
    expect(await crews(line, pack)).toMatchObject({ ok: true, value: { crews: [{ mission: 4, zone: 'Z-1', leftS: 30, report: null }, { mission: 5, leftS: 0, report: { en: 'open' } }] } });
  });

  test.each([
    ['what transmitters do', DECEPTIONS, MALFUNCTION_KINDS], ['what devices do', DEVICE_FAILURES, ['stuck', ...ACTUATOR_FAILURES]], ['what the truth tells of', TRUTH_EVENT_KINDS, EVENT_KINDS],
  ] as const)('%s has the same words: one that only the simulator has would make its whole answer unreadable', (_what, contract, simulator) => {
    expect([...contract].toSorted()).toEqual([...simulator].toSorted());
  });

  test('a crew that the simulator has under way is understood at every moment of it, whatever it wears', async () => {
    const session = new SimulationSession(H2O2, 1, 1, () => 1_000_000);
    const desk = { call: (method: string, args: readonly unknown[]) => Promise.resolve(METHODS.find(({ name }) => name === method)?.run(session, args as (string | number)[])) };
    const line = new Line(() => desk as unknown as InstructorDesk);
    const pack = packs.plants.find(({ id }) => id === 'h2o2') ?? expect.fail('no rules of h2o2');
    for (const protection of PROTECTIONS) expect(await field(line, pack, { kind: 'crew', action: 'check', subject: 'XV-4301', zone: 'Z-4300', crew: 1, protection, walkS: 20, staysS: 20 })).toMatchObject({ ok: true });
    const seen = new Set<string>();
    for (let steps = 0; steps < 50; steps += 1) {
      const told = await crews(line, pack);
      if (!told.ok) throw new Error(told.reason);
      for (const { phase } of told.value.crews) seen.add(phase);
      session.step(10);
    }
    session.close();
    expect([...seen].toSorted()).toEqual([...CREW_PHASES].toSorted());
  });
});
