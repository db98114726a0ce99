/** REQ-AFT-13: cause analysis and follow-ups over the wire, with the real handlers, a real journal and real accounts. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import type { CommandName } from '../../src/contract/commands.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { BareStation } from '../support/house/bare-station.ts';
import { shippedPack, T0 } from '../unit/domain/bench.ts';

const DAY = 86_400_000;
let station: BareStation;
beforeAll(async () => { station = await BareStation.open(shippedPack()); }, 120_000);
afterAll(() => station.close());
beforeEach(() => station.beginAnew(shippedPack()));

interface Answer { readonly outcome: string; readonly output?: Readonly<Record<string, unknown>>; readonly problem?: { readonly code: string; readonly message: string; readonly path?: string } }
const send = (command: string, input: unknown): Promise<Answer> => station.send(command, input);
const of = (role: 'operator' | 'supervisor' | 'engineer', secret?: string) => station.of(role, secret);

/** An incident that is over; the number of the record that tells of its end. */
function incidentOver(): number {
  const before = station.core.tail[0]?.n ?? 0;
  station.core.record([fact('incident.opened', T0, null, { incident: 'I-1', firstCondition: null })]);
  const closed = station.core.tail.find(({ n, fact: { type } }) => n > before && type === 'incident.closed');
  if (closed === undefined) throw new Error('the incident did not close');
  return closed.n;
}

describe('REQ-AFT-13 4.5.3 the analysis over the wire', () => {
  it('from the record to the two signatures; the record is looked up in the journal, and its words are kept', async () => {
    const n = incidentOver();
    expect(station.core.state.aftermath.analyses.open.map(({ incident }) => incident)).toEqual(['I-1']);
    expect(await send('analysis.chain', { incident: 'I-1', record: n + 9_999, problem: 'p', signature: of('operator') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('analysis.chain', { incident: 'I-1', record: 1, problem: 'p', signature: of('operator') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('analysis.chain', { incident: 'I-1', record: n, problem: 'p', signature: of('operator') })).toMatchObject({ outcome: 'done', output: { chain: 'C1' } });
    expect(station.core.state.aftermath.analyses.open[0]?.chains[0]).toMatchObject({ event: { n, text: { zh: '事件 I-1 结束', en: 'Incident I-1 closed' } }, by: of('operator').user });
    expect(await send('analysis.why', { incident: 'I-1', chain: 'C1', text: 'w', signature: of('operator') })).toMatchObject({ outcome: 'done' });
    expect(await send('analysis.root', { incident: 'I-1', chain: 'C1', text: 'r', signature: of('operator') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('analysis.root', { incident: 'I-1', chain: 'C1', text: 'r', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(await send('analysis.factor', { incident: 'I-1', kind: 'design', text: 'f', records: [n], signature: of('operator') })).toMatchObject({ outcome: 'done', output: { factor: 'F1' } });
    const conclude = { incident: 'I-1', text: 't', reviews: [], engineer: of('engineer'), supervisor: of('supervisor') };
    const { problem } = await send('analysis.conclude', conclude);
    expect([problem?.code, problem?.message.split('missing: ')[1]]).toEqual(['bad-input', 'a corrective action for C1.R1, or the reason why none; a corrective action for F1, or the reason why none']);
    for (const cause of ['C1.R1', 'F1']) expect(await send('analysis.answer', { incident: 'I-1', cause, reason: 'none needed', signature: of('supervisor') })).toMatchObject({ outcome: 'done' });
    // Both secrets are checked, and the answer says whose was wrong.
    expect(await send('analysis.conclude', { ...conclude, supervisor: of('supervisor', 'wrong') })).toMatchObject({ problem: { code: 'bad-signature', path: 'supervisor' } });
    expect(await send('analysis.conclude', { ...conclude, engineer: of('supervisor') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('analysis.conclude', conclude)).toMatchObject({ outcome: 'done' });
    expect(await send('analysis.withdraw', { incident: 'I-1', entry: 'F1', reason: 'r', signature: of('engineer') })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await send('analysis.reopen', { incident: 'I-1', reason: 'r', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(await send('analysis.withdraw', { incident: 'I-1', entry: 'F1', reason: 'r', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(await send('analysis.open', { incident: 'I-1', signature: of('engineer') })).toMatchObject({ problem: { code: 'bad-input' } });
  });

  it('3.1 a follow-up is opened and done by signature; a wrong secret changes nothing', async () => {
    const outline = { kind: 'drill', title: 't', responsible: 'shift A', dueMs: T0 + DAY, procedures: ['P-A4.2'] };
    expect(await send('followUp.open', { ...outline, signature: of('supervisor', 'wrong') })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(station.core.state.aftermath.followUps.opened).toBe(0);
    expect(await send('followUp.open', { ...outline, signature: of('supervisor') })).toMatchObject({ outcome: 'done', output: { followUp: 'FU-1' } });
    expect(await send('followUp.done', { followUp: 'FU-1', document: 'D', revision: '', heldMs: T0, participants: ' ', signature: of('engineer') })).toMatchObject({ problem: { message: '3.1: FU-1 is done only with its evidence; missing: who took part' } });
    expect(await send('followUp.done', { followUp: 'FU-1', document: 'D', revision: '', heldMs: T0, participants: 'p', signature: of('engineer') })).toMatchObject({ outcome: 'done' });
    expect(station.core.state.aftermath.readiness['P-A4.2']).toEqual({ drill: { atMs: T0, source: 'FU-1', document: 'D', revision: '' } });
    expect(await send('followUp.withdraw', { followUp: 'FU-1', reason: 'r', signature: of('engineer') })).toMatchObject({ problem: { code: 'bad-input' } });
  });

  it('input is strict and bounded, every part signed; direction hold', () => {
    const signature = { user: 'u', secret: 's' };
    const inputs: Partial<Record<CommandName, object>> = {
      'analysis.open': { incident: 'I', signature }, 'analysis.chain': { incident: 'I', record: 1, problem: 'p', signature }, 'analysis.why': { incident: 'I', chain: 'C1', text: 't', signature }, 'analysis.root': { incident: 'I', chain: 'C1', text: 't', signature },
      'analysis.factor': { incident: 'I', kind: 'design', text: 't', records: [1], signature }, 'analysis.answer': { incident: 'I', cause: 'F1', reason: '', signature }, 'analysis.withdraw': { incident: 'I', entry: 'F1', reason: 'r', signature },
      'analysis.conclude': { incident: 'I', text: 't', reviews: [{ procedure: 'P', outcome: 'stays', note: '' }], engineer: signature, supervisor: signature }, 'analysis.reopen': { incident: 'I', reason: 'r', signature },
      'followUp.open': { kind: 'drill', title: 't', responsible: 'r', dueMs: 1, procedures: [], signature }, 'followUp.done': { followUp: 'F', document: 'd', revision: '', heldMs: 1, participants: '', signature }, 'followUp.withdraw': { followUp: 'F', reason: 'r', signature },
    };
    const names = Object.keys(COMMANDS).filter((name) => /^(?:analysis|followUp)\./u.test(name));
    expect(Object.keys(inputs)).toEqual(names);
    for (const [name, input] of Object.entries(inputs)) {
      const takes = (changes: object): boolean => COMMANDS[name as CommandName].input.safeParse({ ...input, ...changes }).success;
      expect([name, COMMANDS[name as CommandName].direction, takes({}), takes({ more: 1 })]).toEqual([name, 'hold', true, false]);
      for (const field of Object.keys(input)) expect(takes({ [field]: undefined }), `${name} without ${field}`).toBe(false);
      for (const [field, value] of Object.entries(input)) if (typeof value === 'string') expect(takes({ [field]: 'x'.repeat(2_001) }), `${name} ${field}`).toBe(false);
    }
    const chain = COMMANDS['analysis.chain'].input;
    for (const record of [0, -1, 1.5, '1', 1e300, null]) expect(chain.safeParse({ ...inputs['analysis.chain'], record }).success, String(record)).toBe(false);
    expect(COMMANDS['analysis.factor'].input.safeParse({ ...inputs['analysis.factor'], records: Array.from({ length: 21 }, (_, i) => i + 1) }).success).toBe(false);
    expect(COMMANDS['analysis.factor'].input.safeParse({ ...inputs['analysis.factor'], kind: 'fate' }).success).toBe(false);
  });

  it('3.4 in the midst of it stop and evacuation are done at once', async () => {
    const n = incidentOver();
    const slow = send('analysis.chain', { incident: 'I-1', record: n, problem: 'p', signature: of('supervisor') });
    expect([(await send('retreat.stop', {})).outcome, (await send('retreat.evacuate', {})).outcome, (await slow).outcome]).toEqual(['done', 'done', 'done']);
  });
});
