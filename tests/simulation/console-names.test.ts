/** REQ-INS-25: what the console offers to an instructor by name (zones, samples, observations) is what the simulated plant knows by that name. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PLANTS } from '../../simulators/plants/index.ts';
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
});
