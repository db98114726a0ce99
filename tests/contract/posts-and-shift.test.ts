/** Two signatures over the wire, with the real handlers, a real journal and real accounts: posts and the shift. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import { responseSchema } from '../../src/contract/envelope.ts';
import { handOverItems } from '../../src/domain/handover/items.ts';
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
let count = 0;
const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'haven-posts-'));
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
  dispatcher = new Dispatcher(makeHandlers({
    core, users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => T0,
    publish: () => { throw new Error('no view in this test'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 1 } as never), actOnSimulator: () => undefined,
  }));
});

async function send(command: string, input: unknown): Promise<Record<string, unknown>> {
  const answer: unknown = JSON.parse(await dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${String((count += 1))}`, command, input }), session));
  expect(responseSchema.safeParse(answer).error).toBeUndefined();
  return answer as Record<string, unknown>;
}
const of = (role: 'operator' | 'supervisor' | 'engineer', secret = TRAINING_SECRET) => ({ user: users.list().find(({ roles }) => roles.includes(role))?.user ?? '', secret });

describe('REQ-POST-06 4.5.1 posts over the wire', () => {
  it('both signatures are checked, and which of them did not hold is said; nothing changes', async () => {
    await send('post.watch', { signature: of('operator') });
    const handOver = (from: unknown, to: unknown) => send('post.handOver', { post: 'watch', from, to });
    expect(await handOver(of('operator', 'wrong'), of('engineer'))).toMatchObject({ problem: { code: 'bad-signature', path: 'from' } });
    expect(await handOver(of('operator'), of('engineer', 'wrong'))).toMatchObject({ problem: { code: 'bad-signature', path: 'to' } });
    expect(core.state.watch?.user).toBe(of('operator').user);
    expect(await handOver(of('operator'), of('engineer'))).toMatchObject({ outcome: 'done' });
    expect(core.state.watch?.user).toBe(of('engineer').user);
  });

  it('a held post is refused as a value; it is relieved by two with a reason', async () => {
    await send('post.watch', { signature: of('operator') });
    expect(await send('post.watch', { signature: of('engineer') })).toMatchObject({ outcome: 'refused', refusal: { operation: 'post.watch', direction: 'intervene', obstacles: [{ rule: 'G-POST-HELD', clause: '4.5.1' }] } });
    expect(await send('post.relieve', { post: 'watch', reason: '', to: of('engineer'), second: of('supervisor') })).toMatchObject({ problem: { code: 'bad-input', path: 'reason' } });
    expect(await send('post.relieve', { post: 'watch', reason: 'collapsed', to: of('engineer'), second: of('engineer') })).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: 'G-TWO-PERSONS' }] } });
    expect(await send('post.relieve', { post: 'watch', reason: 'collapsed', to: of('engineer'), second: of('supervisor') })).toMatchObject({ outcome: 'done' });
  });

  it('what can be refused is no holding: posts and re-authorisation intervene, the hand-over of the shift holds', () => {
    expect(['post.commander', 'post.watch', 'post.handOver', 'post.relieve', 'procedure.reauthorise', 'shift.handOver'].map((name) => COMMANDS[name as 'post.watch'].direction)).toEqual(['intervene', 'intervene', 'intervene', 'intervene', 'intervene', 'hold']);
  });
});

describe('REQ-HOV-05 the shift over the wire', () => {
  it('is handed over when every open item is ticked and both sign; a retreat in the middle of it is done', async () => {
    core.ingest([sample('TI-4202', 60, T0)]);
    const items = () => handOverItems(core.plant, core.state, T0).map(({ id }) => id);
    const input = (ticked: readonly string[], to = of('supervisor')) => ({ items: ticked, notes: 'pump B vibrates', from: of('operator'), to });
    expect(await send('shift.handOver', input([]))).toMatchObject({ outcome: 'failed', problem: { code: 'bad-input' } });
    expect(await send('shift.handOver', input(items(), of('supervisor', 'wrong')))).toMatchObject({ problem: { code: 'bad-signature', path: 'to' } });
    const before = items();
    expect(await send('retreat.stop', {})).toMatchObject({ outcome: 'done' });
    expect(await send('shift.handOver', input(before))).toMatchObject({ outcome: 'failed' });
    expect(core.state.shift).toBe(null);
    expect(await send('shift.handOver', input(items()))).toMatchObject({ outcome: 'done' });
    expect(core.state.shift?.user).toBe(of('supervisor').user);
  });

  it('its input is bounded and strict', async () => {
    const rest = { from: of('operator'), to: of('supervisor') };
    for (const wrong of [{ items: ['x'.repeat(300)], notes: '' }, { items: Array.from({ length: 2_000 }, (_, i) => `i${i}`), notes: '' }, { items: [], notes: 'x'.repeat(2_001) }, { items: [], notes: '', more: 1 }]) expect(await send('shift.handOver', { ...wrong, ...rest })).toMatchObject({ problem: { code: 'bad-input' } });
  });
});
