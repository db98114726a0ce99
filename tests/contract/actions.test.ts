/** REQ-ACT-08: corrective actions over the wire, with the real handlers, a real journal and real accounts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import { responseSchema } from '../../src/contract/envelope.ts';
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
import { shippedPack, T0 } from '../unit/domain/bench.ts';

const DAY = 86_400_000;
let dir: string;
let users: Users;
let journal: Journal;
let core: StationCore;
let dispatcher: Dispatcher;
let count = 0;
const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'haven-actions-'));
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

interface Answer { readonly outcome: string; readonly output?: { readonly action?: string }; readonly problem?: { readonly code: string; readonly message: string } }
async function send(command: string, input: unknown): Promise<Answer> {
  const answer: unknown = JSON.parse(await dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-action-${String((count += 1))}`, command, input }), session));
  expect(responseSchema.safeParse(answer).error).toBeUndefined();
  return answer as Answer;
}
const of = (role: 'operator' | 'supervisor' | 'engineer', secret = TRAINING_SECRET) => ({ user: users.list().find(({ roles }) => roles.includes(role))?.user ?? '', secret });
const outline = { measure: 'm', responsible: 'maintenance', funding: 'f', dueMs: T0 + DAY, contingency: 'c', procedures: ['P-A4.2'] };

describe('REQ-ACT-08 H.1 4.5.3 corrective actions over the wire', () => {
  it('opened, moved and closed by signature; the secret is checked anew each time, and a wrong one changes nothing', async () => {
    expect(await send('action.open', { ...outline, signature: of('supervisor', 'wrong') })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(core.state.actions.opened).toBe(0);
    const answer = await send('action.open', { ...outline, signature: of('supervisor') });
    expect(answer).toMatchObject({ outcome: 'done', output: { action: 'CA-1' } });
    expect(await send('action.reschedule', { action: 'CA-1', dueMs: T0 + 2 * DAY, reason: 'r', signature: of('engineer', 'wrong') })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(await send('action.reschedule', { action: 'CA-1', dueMs: T0 + 2 * DAY, reason: 'r', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(await send('action.close', { action: 'CA-1', evidence: 'R-77', signature: of('operator') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('action.close', { action: 'CA-1', evidence: 'R-77', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(core.state.actions.closed[0]).toMatchObject({ id: 'CA-1', incident: null, dueMs: T0 + 2 * DAY, closed: { by: of('engineer').user, evidence: 'R-77' } });
  });

  it('a missing part is answered by its name, white space is no part, an unknown incident or procedure is not found', async () => {
    const { problem } = await send('action.open', { ...outline, funding: '', contingency: ' \t ', signature: of('supervisor') });
    expect([problem?.code, problem?.message.split('missing: ')[1]]).toEqual(['bad-input', 'funding, contingency plan']);
    expect(await send('action.open', { ...outline, incident: 'I-1', signature: of('supervisor') })).toMatchObject({ problem: { code: 'not-found' } });
    expect(await send('action.open', { ...outline, procedures: ['P-none'], signature: of('supervisor') })).toMatchObject({ problem: { code: 'not-found' } });
    expect(await send('action.close', { action: 'CA-1', evidence: 'e', signature: of('supervisor') })).toMatchObject({ problem: { code: 'not-found' } });
    expect(core.state.actions.opened).toBe(0);
  });

  it('input is strict and bounded; direction hold', () => {
    const signature = { user: 'u', secret: 's' };
    const takes = (command: 'action.open' | 'action.reschedule' | 'action.close', input: object): boolean => COMMANDS[command].input.safeParse({ signature, ...input }).success;
    expect([takes('action.open', outline), takes('action.open', { ...outline, incident: null }), takes('action.open', { ...outline, incident: 'I-1' })]).toEqual([true, true, true]);
    for (const bad of [{ dueMs: 1.5 }, { dueMs: -1 }, { dueMs: 9e15 }, { dueMs: '1' }, { measure: 'x'.repeat(501) }, { contingency: 'x'.repeat(501) }, { funding: 'x'.repeat(201) }, { responsible: 'x'.repeat(81) }, { measure: null }, { procedures: Array.from({ length: 21 }, () => 'P') }, { procedures: [' '] }, { incident: '' }, { more: 1 }]) {
      expect(takes('action.open', { ...outline, ...bad }), JSON.stringify(bad).slice(0, 60)).toBe(false);
    }
    for (const name of Object.keys(outline)) expect(takes('action.open', { ...outline, [name]: undefined }), name).toBe(false);
    const [move, close] = [{ action: 'CA-1', dueMs: 1, reason: 'r' }, { action: 'CA-1', evidence: 'e' }];
    expect([takes('action.reschedule', move), takes('action.close', close)]).toEqual([true, true]);
    expect([takes('action.reschedule', { ...move, reason: 'x'.repeat(501) }), takes('action.reschedule', { ...move, dueMs: null }), takes('action.close', { ...close, evidence: 'x'.repeat(1_001) }), takes('action.close', { action: '' }), takes('action.close', { ...close, more: 1 })]).toEqual([false, false, false, false, false]);
    for (const command of ['action.open', 'action.reschedule', 'action.close'] as const) expect([COMMANDS[command].direction, COMMANDS[command].input.safeParse({ ...outline, ...move, ...close }).success]).toEqual(['hold', false]);
  });

  it('3.4 in the midst of it stop and evacuation are done at once', async () => {
    const slow = send('action.open', { ...outline, signature: of('supervisor') });
    expect([(await send('retreat.stop', {})).outcome, (await send('retreat.evacuate', {})).outcome, (await slow).outcome]).toEqual(['done', 'done', 'done']);
  });
});
