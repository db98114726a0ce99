/** REQ-GATE-13 3.4: a journal that cannot be written holds up nothing on the way to safety, and everything on the way back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePlant } from '../../src/domain/station/plant.ts';
import { placeOf, presentStepOf } from '../../src/domain/procedures/machine.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';
import { ConsoleSession } from '../../src/main/station/console-session.ts';
import { StationCore } from '../../src/main/station/core.ts';
import { Dispatcher } from '../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../src/main/station/handlers.ts';
import { SampleHistory } from '../../src/main/station/sample-history.ts';
import { openUsers, TRAINING_SECRET } from '../../src/main/users/users.ts';
import { shippedPack, T0 } from '../unit/domain/bench.ts';

const PROCEDURE = 'P-4.1.1(5)';
let dir: string;
let journal: Journal;
let core: StationCore;
let dispatcher: Dispatcher;
let now = T0;
let [isFull, failures, count] = [false, 0, 0];

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'haven-no-journal-'));
  const [opened, accounts] = [openJournal({ dir, mode: 'TRAINING', nowMs: () => now }), await openUsers({ dir, mode: 'TRAINING' })];
  if (!opened.ok || !accounts.ok) throw new Error('the journal or the accounts do not open');
  journal = opened.value;
  const full: Journal = {
    append: (entries) => { if (!isFull) return journal.append(entries); failures += 1; return { ok: false, problem: { code: 'disk-full', message: { zh: '磁盘已满', en: 'The disk is full.' } } }; },
    records: (from) => journal.records(from), tail: (n) => journal.tail(n), status: () => journal.status(), checkpoint: () => journal.checkpoint(), close: () => journal.close(),
  };
  core = new StationCore({ plant: makePlant(shippedPack()), journal: full, clock: { nowMs: () => now, wallMs: () => now, stepMs: () => 0 }, onFacts: () => undefined });
  dispatcher = new Dispatcher(makeHandlers({
    core, users: accounts.value, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => now,
    publish: () => { throw new Error('no view in this test'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 0 }) as never, actOnSimulator: () => undefined,
  }));
}, 60_000);
afterAll(() => { journal.close(); rmSync(dir, { recursive: true, force: true }); });

const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
async function ask(command: string, input: unknown): Promise<{ outcome: string; output?: { instance?: string }; problem?: { code: string } }> {
  count += 1;
  return JSON.parse(await dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${count}`, command, input }), session)) as { outcome: string };
}
const run = () => core.state.runs.find(({ procedure }) => procedure === PROCEDURE) ?? expect.fail(`${PROCEDURE} does not run`);
const present = () => presentStepOf(core.plant.procedures.get(PROCEDURE) ?? expect.fail('no procedure'), run().course);

describe('REQ-GATE-13 3.4 4.1.1(5) the disk is full', () => {
  it('a procedure is raised by hand, begun, led through its times, a way chosen, a caution read; a signed word waits', async () => {
    isFull = true;
    const raised = await ask('procedure.raise', { procedure: PROCEDURE, reason: 'storm warning' });
    expect(raised.outcome).toBe('done');
    // The fault arrived: nothing was written.
    expect(failures).toBeGreaterThan(0);
    const { instance } = run();
    expect((await ask('procedure.start', { instance })).outcome).toBe('done');
    expect(placeOf(run().course)).toBe('retreating');
    for (let i = 0; i < 40 && present()?.kind !== 'decide'; i += 1) { now += 10 * 60_000; core.tick(); }
    const step = present() ?? expect.fail('no decision is to be taken');
    expect(step.kind).toBe('decide');
    const option = step.options.find(({ id }) => id !== step.default) ?? expect.fail('no other way');
    expect((await ask('procedure.choose', { instance, step: step.id, option: option.id, reason: '' })).outcome).toBe('done');
    expect(run().course.context.chosen[step.id]).toMatchObject({ option: option.id, by: 'post' });
    const caution = [...(core.plant.procedures.get(PROCEDURE)?.steps ?? [])].find(({ cautions }) => cautions.length > 0) ?? expect.fail('no caution');
    expect((await ask('procedure.acknowledge', { instance, items: [`${caution.id}/caution-1`] })).outcome).toBe('done');
    // What is signed must be durable before it is believed.
    expect(await ask('procedure.own', { instance, signature: { user: 'sup1', secret: TRAINING_SECRET } })).toMatchObject({ outcome: 'failed', problem: { code: 'journal-failed' } });
    expect(run().course.context.owner).toBeNull();
    expect((await ask('retreat.stop', {})).outcome).toBe('done');
    expect(placeOf(run().course)).toBe('stopping');
  });

  it('all of it stands in the journal, in order, once there is room again', () => {
    isFull = false;
    now += 1_000;
    core.tick();
    expect(core.waiting).toBe(0);
    const moves = [...journal.records()].filter(({ type }) => type === 'procedure.moved').map(({ data }) => (data as { event: { type: string } }).event.type);
    expect(moves.filter((type) => ['START', 'CHOSEN', 'STOP'].includes(type)).slice(0, 3)).toEqual(['START', 'CHOSEN', 'STOP']);
  });
});
