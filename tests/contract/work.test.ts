/** REQ-WRK: what crosses between console and station about work: strict shapes, and two people who each sign for themselves. Real handlers, journal and accounts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { TRAINING_SECRET } from '../../src/main/users/users.ts';
import { BareStation } from '../support/house/bare-station.ts';
import { evidenceOf } from '../support/procedures/evidence-for.ts';
import { calmValues, sample, T0 } from '../unit/domain/bench.ts';
import { bySignature, packOf, procedure, step, valve } from '../unit/domain/made-procedures.ts';

const WORK = procedure('P-1', {
  steps: [valve('A', 'XV-4205')], safeState: [bySignature('S1', 'operator')],
  handling: [step('H1', { direction: 'intervene', workPermit: 'line-opening', within: '2 h', proof: [bySignature('H1.1', 'operator', { shows: 'isolated', evidence: 'blind' })] })],
});

let station: BareStation;
beforeAll(async () => { station = await BareStation.open(packOf(WORK)); }, 120_000);
afterAll(() => station.close());

interface Answer { readonly outcome: string; readonly problem?: { readonly code: string; readonly message: string; readonly path?: string }; readonly refusal?: { readonly obstacles: readonly { readonly rule: string }[] } }
const send = (command: string, input: unknown): Promise<Answer> => station.send(command, input);
const signature = (user: string, secret = TRAINING_SECRET) => ({ user, secret });
const userOf = (role: 'operator' | 'supervisor', not = ''): string => station.userOf(role, not);

describe('REQ-WRK-12 V.2 two people, each for themselves', () => {
  it('the secret of each is checked; with both the key step is proved', async () => {
    const [field, commander] = [userOf('operator'), userOf('supervisor')];
    const watch = userOf('operator', field);
    station.core.record([fact('link.changed', T0, null, { phase: 'connected', reason: null })]);
    for (const [tag, value] of calmValues(station.core.plant.pack)) station.core.plant.engine.push(sample(tag, value, T0));
    station.core.tick();
    await send('procedure.raise', { procedure: 'P-1', reason: 'test' });
    const instance = station.core.state.runs[0]?.instance ?? '';
    await send('procedure.start', { instance });
    await send('procedure.skip', { instance, step: 'A', reason: 'not-applicable', note: 'n', signature: signature(field) });
    await send('procedure.confirm', { instance, step: 'safeState', proof: 'S1', note: '', signature: signature(field) });
    await send('procedure.investigate', { instance });
    await send('post.commander', { signature: signature(commander) });
    await send('post.watch', { signature: signature(watch) });
    await send('people.assess', { zone: 'Z-4200', stage: 'handling', assessment: 'clear', signature: signature(commander) });
    await send('permit.issue', { number: 'WP-0', kind: 'line-opening', scope: 's', zone: 'Z-4200', holder: 'h', fromMs: T0, untilMs: T0 + 3_600_000, isolation: [{ by: 'vents-open', number: 'V-1' }], signature: signature(commander) });
    expect((await send('procedure.permit', { instance, step: 'H1', signature: signature(commander) })).outcome).toBe('done');
    const confirm = (more: object) => send('procedure.confirm', { instance, step: 'H1', proof: 'H1.1', note: '', evidence: evidenceOf('blind', T0), signature: signature(field), ...more });
    expect((await confirm({ signature: signature(field, 'wrong'), witness: signature(watch) })).problem?.code).toBe('bad-signature');
    expect((await confirm({ witness: signature(watch, 'wrong') })).problem?.code).toBe('bad-signature');
    expect(station.core.state.evidence).toEqual([]);
    expect(await confirm({})).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: 'G-WITNESS' }] } });
    expect((await confirm({ witness: signature(watch) })).outcome).toBe('done');
    expect(station.core.state.evidence).toMatchObject([{ number: 'B-12', by: field, witness: watch }]);
    expect((await send('evidence.remove', { instance, proof: 'H1.1', number: 'B-12', signature: signature(field, 'wrong') })).problem?.code).toBe('bad-signature');
    expect((await send('evidence.remove', { instance, proof: 'H1.1', number: 'B-12', signature: signature(field) })).outcome).toBe('done');
    expect(station.core.state.evidence[0]?.removed?.by).toBe(field);
  });
});

describe('REQ-WRK-07 3.7 permits over the wire', () => {
  let count = 0;
  const permit = (more: object = {}) => ({ number: `WP-${(count += 1)}`, kind: 'lifting', scope: 's', zone: 'Z-4200', holder: 'h', fromMs: T0, untilMs: T0 + 3_600_000, isolation: [], signature: signature(userOf('supervisor')), ...more });

  it('issued and closed by signature; an operator is refused', async () => {
    const good = permit();
    expect((await send('permit.issue', good)).outcome).toBe('done');
    expect(await send('permit.issue', permit({ signature: signature(userOf('operator')) }))).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: 'G-ROLE' }] } });
    expect((await send('permit.close', { permit: good.number, reason: 'done', signature: signature(userOf('operator')) })).outcome).toBe('done');
    expect(station.core.state.permits.filter(({ number }) => number !== 'WP-0').map(({ number, phase }) => [number, phase])).toEqual([[good.number, 'closed']]);
  });

  it.each<[string, object]>([
    ['an unknown kind', { kind: 'digging' }], ['no number', { number: ' ' }], ['an extra key', { approver: 'me' }], ['too many isolations', { isolation: Array.from({ length: 21 }, () => ({ by: 'blind', number: 'B' })) }], ['an unknown isolation', { isolation: [{ by: 'tape', number: '1' }] }],
    ['a thickness that is none', { kind: 'pressure-work', pressure: { necessity: 'x', survey: 'x', plan: 'x', extremelyHazardous: false, thicknessMm: '8', requiredMm: 6, cracksCanGrow: false, strengthSuffices: true, safeguardsInPlace: true } }],
  ])('not taken: %s', async (_what, more) => {
    expect((await send('permit.issue', permit(more))).problem?.code).toBe('bad-input');
  });
});

describe('REQ-WRK-01 4.3.3 evidence over the wire', () => {
  const take = (evidence: unknown) => COMMANDS['procedure.confirm'].input.safeParse({ instance: 'P:1', step: 'H', proof: 'H.1', note: '', evidence, signature: { user: 'u', secret: 's' } }).success;
  it.each<[string, unknown, boolean]>([
    ['good', { instrument: 'GD', points: [{ place: 'top', values: [{ gas: 'O2', value: 20.9 }] }], sampledMs: 1, validForMs: 60_000 }, true], ['none', undefined, true], ['an extra key', { smell: 'none' }, false], ['a gas that is none', { points: [{ place: 'p', values: [{ gas: 'XE', value: 1 }] }] }, false],
    ['no value', { points: [{ place: 'p', values: [] }] }, false], ['less than nothing', { points: [{ place: 'p', values: [{ gas: 'CO', value: -1 }] }] }, false], ['more points than anybody reads', { points: Array.from({ length: 21 }, () => ({ place: 'p', values: [{ gas: 'CO', value: 1 }] })) }, false],
    ['a blind without a number', { numbers: [' '] }, false], ['valid for no time', { validForMs: 0 }, false],
  ])('%s', (_what, evidence, taken) => {
    expect(take(evidence)).toBe(taken);
  });
});
