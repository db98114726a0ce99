/** REQ-GATE-15: what crosses between console and station, with the real handlers over a real journal and real accounts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_MAX_BYTES, responseSchema } from '../../src/contract/envelope.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';
import { ConsoleSession } from '../../src/main/station/console-session.ts';
import { StationCore } from '../../src/main/station/core.ts';
import { Dispatcher } from '../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../src/main/station/handlers.ts';
import { SampleHistory } from '../../src/main/station/sample-history.ts';
import { openUsers, TRAINING_SECRET } from '../../src/main/users/users.ts';
import type { Users } from '../../src/main/users/users.ts';
import { sample, shippedPack, T0 } from '../unit/domain/bench.ts';

let dir: string;
let users: Users;
let journal: Journal;
let core: StationCore;
let dispatcher: Dispatcher;
const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
const other = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
let count = 0;

beforeAll(async () => {
  shippedPack(); // Loading it takes seconds on a busy machine: here, where there is time, and not before the first test.
  dir = mkdtempSync(path.join(tmpdir(), 'haven-dispatcher-'));
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => T0 });
  const accounts = await openUsers({ dir, mode: 'TRAINING' });
  if (!opened.ok || !accounts.ok) throw new Error('the journal or the accounts do not open');
  [journal, users] = [opened.value, accounts.value];
}, 60_000);
afterAll(() => {
  journal.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  core = new StationCore({ plant: makePlant(shippedPack()), journal, clock: { nowMs: () => T0, wallMs: () => T0, stepMs: () => 0 }, onFacts: () => undefined });
  dispatcher = new Dispatcher(makeHandlers(parts()));
});

const parts = () => ({
  core, users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => T0,
  publish: () => { throw new Error('no view in this test'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 1 } as never), actOnSimulator: () => undefined,
});
const request = (command: string, input: unknown = {}, id = `request-${String((count += 1))}`): string => JSON.stringify({ kind: 'request', id, command, input });
async function send(text: string, from = session): Promise<Record<string, unknown>> {
  const answer: unknown = JSON.parse(await dispatcher.handle(text, from));
  expect(responseSchema.safeParse(answer).error).toBeUndefined();
  return answer as Record<string, unknown>;
}
const retreats = (): number => core.state.retreats.length;

describe('REQ-GATE-15 the envelope', () => {
  it.each([
    ['no JSON', '{"kind":'], ['nothing', ''], ['a number', '7'], ['null', 'null'], ['a list', '[]'], ['another kind', JSON.stringify({ kind: 'push', id: 'request-x', command: 'retreat.stop', input: {} })],
    ['no id', JSON.stringify({ kind: 'request', command: 'retreat.stop', input: {} })], ['an id with spaces', request('retreat.stop', {}, 'a b c d e f')], ['an id too short', request('retreat.stop', {}, 'short')],
    ['an extra key', JSON.stringify({ kind: 'request', id: 'request-x', command: 'retreat.stop', input: {}, user: 'wang.wei' })],
  ])('%s is a bad envelope and does nothing', async (_what, text) => {
    expect(await send(text)).toMatchObject({ id: 'unreadable', outcome: 'failed', problem: { code: 'bad-envelope' } });
    expect(retreats()).toBe(0);
  });

  it('too long is refused before it is read, counted in bytes and not in characters', async () => {
    expect(await send(`${' '.repeat(MESSAGE_MAX_BYTES)}${request('retreat.stop')}`)).toMatchObject({ problem: { code: 'bad-envelope' } });
    const chinese = request('seen.report', { observation: 'UNFORESEEN', present: true, note: '氢'.repeat(MESSAGE_MAX_BYTES / 2) });
    expect(chinese.length).toBeLessThan(MESSAGE_MAX_BYTES);
    expect(await send(chinese)).toMatchObject({ problem: { code: 'bad-envelope' } });
  });
});

describe('REQ-GATE-15 commands', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'retreat', 'RETREAT.STOP', 'view.snapshot '])('there is no command %s', async (command) => {
    expect(await send(request(command))).toMatchObject({ outcome: 'failed', problem: { code: 'unknown-command' } });
  });

  it.each([
    ['retreat.stop', { now: true }], ['retreat.stop', null], ['procedure.start', {}], ['procedure.start', { instance: 'P 1' }], ['alarm.acknowledge', { alarms: [] }], ['alarm.acknowledge', { alarms: Array.from({ length: 501 }, () => 'A') }],
    ['seen.report', { observation: 'UNFORESEEN', present: 'yes', note: '' }], ['lab.enter', { lab: 'RAFFINATE-H2O2', value: '0.3', sampledMs: T0, signature: { user: 'a', secret: 'b' } }],
    ['people.enter', { zone: 'Z-4200', name: ' ', task: 't', protection: 'p', signature: { user: 'a', secret: 'b' } }], ['post.commander', { signature: { user: 'a', secret: 'b', roles: ['supervisor'] } }],
  ])('%s %j is bad input and does nothing', async (command, input) => {
    expect(await send(request(command, input))).toMatchObject({ outcome: 'failed', problem: { code: 'bad-input' } });
    expect([retreats(), core.state.commander]).toEqual([0, null]);
  });

  it('3.4 stop and evacuate need no signature', async () => {
    expect(await send(request('retreat.stop'))).toMatchObject({ outcome: 'done', output: { actedOn: 'people' } });
    expect(await send(request('retreat.evacuate'))).toMatchObject({ outcome: 'done' });
    expect(core.state.retreats.map((r) => r.kind)).toEqual(['evacuate', 'stop']);
  });

  it('3.4 in training the simulator is stopped even when the book-keeping breaks', async () => {
    const pressed: string[] = [];
    core.decide = () => { throw new Error('broken invariant'); };
    const training = { status: () => ({ available: true }) } as never;
    dispatcher = new Dispatcher(makeHandlers({ ...parts(), training, actOnSimulator: (button) => pressed.push(button) }));
    expect(await send(request('retreat.stop'))).toMatchObject({ outcome: 'done' });
    expect(pressed).toEqual(['stop']);
  });

  it('acknowledging the name of nothing is done, harmless, and leaves no record that the next start would stumble over', async () => {
    const records = journal.status().records;
    expect(await send(request('alarm.acknowledge', { alarms: ['constructor', '__proto__'] }))).toMatchObject({ outcome: 'done' });
    expect(journal.status().records).toBe(records);
  });

  it('training commands do not exist in OPERATION; a throwing handler is an answer, not a crash', async () => {
    expect(await send(request('training.freeze', { frozen: true }))).toMatchObject({ problem: { code: 'not-in-this-mode' } });
    expect(await send(request('view.snapshot'))).toMatchObject({ problem: { code: 'internal' } });
  });
});

describe('REQ-GATE-15 signatures', () => {
  const commander = (secret: string, user = 'wang.wei') => request('post.commander', { signature: { user, secret } });

  it('the right one acts, a wrong one and an unknown user change nothing', async () => {
    const [supervisor] = users.list().filter((u) => u.roles.includes('supervisor'));
    if (supervisor === undefined) throw new Error('no demonstration supervisor');
    expect(await send(commander('wrong', supervisor.user))).toMatchObject({ outcome: 'failed', problem: { code: 'bad-signature' } });
    expect(await send(commander(TRAINING_SECRET, 'nobody'))).toMatchObject({ outcome: 'failed', problem: { code: 'bad-signature' } });
    expect(core.state.commander).toBe(null);
    expect(await send(commander(TRAINING_SECRET, supervisor.user))).toMatchObject({ outcome: 'done' });
    expect(core.state.commander?.user).toBe(supervisor.user);
  });

  it('a return is refused as a value with its obstacles', async () => {
    const [supervisor] = users.list().filter((u) => u.roles.includes('supervisor'));
    core.ingest([sample('TI-4202', 60, T0)]);
    expect(await send(request('procedure.return', { instance: core.state.runs[0]?.instance, signature: { user: supervisor?.user, secret: TRAINING_SECRET } }))).toMatchObject({ outcome: 'refused', refusal: { direction: 'return' } });
  });
});

describe('REQ-GATE-15 the same request again', () => {
  it('acts once and gets the same answer', async () => {
    const text = request('retreat.stop');
    const [first, second] = await Promise.all([dispatcher.handle(text, session), dispatcher.handle(text, session)]);
    expect([second, await dispatcher.handle(text, other), retreats()]).toEqual([first, first, 1]);
  });

  it('3.4 an id that another request had does not swallow an emergency stop', async () => {
    await send(request('alarm.acknowledge', { alarms: ['A'] }, 'request-same'));
    expect(await send(request('retreat.stop', {}, 'request-same'))).toMatchObject({ outcome: 'done', output: { actedOn: 'people' } });
    expect(retreats()).toBe(1);
  });
});
