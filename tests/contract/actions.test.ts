/** REQ-ACT-08: corrective actions over the wire, with the real handlers, a real journal and real accounts. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import { BareStation } from '../support/house/bare-station.ts';
import { shippedPack, T0 } from '../unit/domain/bench.ts';

const DAY = 86_400_000;
let station: BareStation;
beforeAll(async () => { station = await BareStation.open(shippedPack()); }, 120_000);
afterAll(() => station.close());
beforeEach(() => station.beginAnew(shippedPack()));

interface Answer { readonly outcome: string; readonly output?: { readonly action?: string }; readonly problem?: { readonly code: string; readonly message: string } }
const send = (command: string, input: unknown): Promise<Answer> => station.send(command, input);
const of = (role: 'operator' | 'supervisor' | 'engineer', secret?: string) => station.of(role, secret);
const outline = { measure: 'm', responsible: 'maintenance', funding: 'f', dueMs: T0 + DAY, contingency: 'c', procedures: ['P-A4.2'] };

describe('REQ-ACT-08 H.1 4.5.3 corrective actions over the wire', () => {
  it('opened, moved and closed by signature; the secret is checked anew each time, and a wrong one changes nothing', async () => {
    expect(await send('action.open', { ...outline, signature: of('supervisor', 'wrong') })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(station.core.state.actions.opened).toBe(0);
    const answer = await send('action.open', { ...outline, signature: of('supervisor') });
    expect(answer).toMatchObject({ outcome: 'done', output: { action: 'CA-1' } });
    expect(await send('action.reschedule', { action: 'CA-1', dueMs: T0 + 2 * DAY, reason: 'r', signature: of('engineer', 'wrong') })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(await send('action.reschedule', { action: 'CA-1', dueMs: T0 + 2 * DAY, reason: 'r', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(await send('action.close', { action: 'CA-1', evidence: 'R-77', signature: of('operator') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('action.close', { action: 'CA-1', evidence: 'R-77', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(station.core.state.actions.closed[0]).toMatchObject({ id: 'CA-1', incident: null, dueMs: T0 + 2 * DAY, closed: { by: of('engineer').user, evidence: 'R-77' } });
  });

  it('a missing part is answered by its name, white space is no part, an unknown incident or procedure is not found', async () => {
    const { problem } = await send('action.open', { ...outline, funding: '', contingency: ' \t ', signature: of('supervisor') });
    expect([problem?.code, problem?.message.split('missing: ')[1]]).toEqual(['bad-input', 'funding, contingency plan']);
    expect(await send('action.open', { ...outline, incident: 'I-1', signature: of('supervisor') })).toMatchObject({ problem: { code: 'not-found' } });
    expect(await send('action.open', { ...outline, procedures: ['P-none'], signature: of('supervisor') })).toMatchObject({ problem: { code: 'not-found' } });
    expect(await send('action.close', { action: 'CA-1', evidence: 'e', signature: of('supervisor') })).toMatchObject({ problem: { code: 'not-found' } });
    expect(station.core.state.actions.opened).toBe(0);
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
