/** REQ-WRK: work permits (3.7) and work under pressure (4.4.2, 4.4.3), over whole spaces of inputs. */
import { describe, expect, it } from 'vitest';
import { ISOLATIONS, WORK_PERMIT_KINDS } from '../../../src/contract/work-permits.ts';
import type { Isolation, PermitRequest, PressureWork } from '../../../src/contract/work-permits.ts';
import { PERMIT_OBSTACLES } from '../../../src/domain/gates/gate-facts.ts';
import { bestPermit, ISSUED_AHEAD_MAX_MS, PERMIT_KINDS, PERMITS_MAX, pressureObstacles, standInsOf } from '../../../src/domain/permits/work-permits.ts';
import type { WorkPermit } from '../../../src/domain/permits/work-permits.ts';
import { issueVerdict } from '../../../src/domain/station/gates/work-facts.ts';
import { closePermit, issuePermit } from '../../../src/domain/station/work-commands.ts';
import { Bench, PEOPLE, rulesOf, T0 } from './bench.ts';

const { operator, supervisor, engineer } = PEOPLE;
const HOUR = 3_600_000;
const PRESSURE: PressureWork = { necessity: 'cannot be stopped', survey: 'done 08:00', plan: 'PL-7', extremelyHazardous: false, thicknessMm: 8, requiredMm: 6, cracksCanGrow: false, strengthSuffices: true, safeguardsInPlace: true };
const request = (nowMs: number, more: Partial<PermitRequest> = {}): PermitRequest => ({ number: 'WP-1', kind: 'line-opening', scope: 'change the strainer', zone: 'Z-4200', holder: 'Zhao Qiang', fromMs: nowMs, untilMs: nowMs + 4 * HOUR, isolation: [{ by: 'blind', number: 'B-1' }], ...more });
const issue = (bench: Bench, more: Partial<PermitRequest> = {}, signer: typeof operator | typeof supervisor | typeof engineer = supervisor) => bench.do((c) => issuePermit(c, request(c.nowMs, more), signer));
const permit = (more: Partial<WorkPermit> = {}): WorkPermit => ({ ...request(T0), approver: { user: 'wang.wei', name: '王伟' }, issuedMs: T0, pressure: null, phase: 'issued', closed: null, ...more });

describe('REQ-WRK-07 3.7 issuing a permit', () => {
  it('stands in the register with number, scope, approver and validity; closed by whoever signs, once', () => {
    const bench = Bench.calm();
    expect(issue(bench).outcome).toBe('done');
    expect(bench.state.permits[0]).toMatchObject({ number: 'WP-1', scope: 'change the strainer', approver: { user: 'wang.wei', name: '王伟' }, phase: 'issued', untilMs: bench.nowMs + 4 * HOUR });
    expect(bench.do((c) => closePermit(c, 'WP-1', 'done', operator)).outcome).toBe('done');
    expect(bench.state.permits[0]).toMatchObject({ phase: 'closed', closed: { by: 'li.na', reason: 'done' } });
    const again = bench.do((c) => closePermit(c, 'WP-1', 'again', supervisor));
    expect([again.outcome, bench.state.permits[0]?.closed?.by, bench.do((c) => closePermit(c, 'WP-9', 'x', operator)).outcome]).toEqual(['done', 'li.na', 'failed']);
  });

  it('3.7 approved by a supervisor or an engineer who does not do the work; a refusal stands in the journal', () => {
    const bench = Bench.calm();
    expect([rulesOf(issue(bench, {}, operator)), rulesOf(issue(bench, { holder: 'wang.wei' })), rulesOf(issue(bench, { holder: ' 王伟 ' })), issue(bench, {}, engineer).outcome]).toEqual([['G-ROLE'], ['G-TWO-PERSONS'], ['G-TWO-PERSONS'], 'done']);
    expect(bench.factsOf('refused').map(({ data, by }) => [data.operation, by])).toEqual([['permit.issue', 'li.na'], ['permit.issue', 'wang.wei'], ['permit.issue', 'wang.wei']]);
  });

  it.each(WORK_PERMIT_KINDS)('%s: at most so long', (kind) => {
    const { longestMs } = PERMIT_KINDS[kind];
    const more = { kind, ...(kind === 'pressure-work' ? { pressure: PRESSURE } : {}) };
    const at = (ms: number) => issue(Bench.calm(), { ...more, untilMs: T0 + 1_000 + ms });
    expect([at(longestMs).outcome, at(longestMs + 1)]).toEqual(['done', expect.objectContaining({ outcome: 'failed', message: expect.stringContaining(`expected at most ${longestMs / 60_000} min`) })]);
    expect(longestMs).toBe(['hot-work', 'confined-space'].includes(kind) ? 8 * HOUR : 24 * HOUR);
  });

  const now = T0 + 1_000;
  it.each<[string, Partial<PermitRequest>, string]>([
    ['a zone that is not there', { zone: 'Z-9' }, "no zone 'Z-9'"], ['an end before the beginning', { fromMs: now + HOUR, untilMs: now + HOUR }, 'ends before it begins'], ['an end in the past', { fromMs: now - HOUR, untilMs: now }, 'run out already'],
    ['too far ahead', { fromMs: now + ISSUED_AHEAD_MAX_MS + 1, untilMs: now + ISSUED_AHEAD_MAX_MS + 2 }, 'issue it nearer to the work'], ['an opening isolated by nothing', { isolation: [] }, '4.4.1'], ['work under pressure without an answer', { kind: 'pressure-work' }, '4.4.2'],
    ['answers about pressure on another permit', { pressure: PRESSURE }, "has no 'pressure'"],
  ])('not taken: %s', (_what, more, says) => {
    const bench = Bench.calm();
    expect(issue(bench, more)).toMatchObject({ outcome: 'failed', code: 'bad-input', message: expect.stringContaining(says) as string });
    expect(bench.state.permits).toEqual([]);
  });

  it('a number stands for one permit, whatever became of it', () => {
    const bench = Bench.calm();
    issue(bench);
    bench.do((c) => closePermit(c, 'WP-1', 'done', operator));
    expect([issue(bench), issue(bench, { number: ' wp-1' }), issue(bench, { number: 'WP-2' })].map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'done']);
  });

  it('open permits are never dropped from the register', () => {
    const bench = Bench.calm();
    issue(bench, { number: 'WP-OLD' });
    for (let i = 0; i < PERMITS_MAX + 5; i += 1) { issue(bench, { number: `X-${i}` }); bench.do((c) => closePermit(c, `X-${i}`, 'done', operator)); }
    expect([bench.state.permits.length, bench.state.permits[0]?.number]).toEqual([PERMITS_MAX, 'WP-OLD']);
  }, 60_000);
});

describe('REQ-WRK-08 4.4.1 what never stands in for a blind', () => {
  const subsets: Isolation['by'][][] = Array.from({ length: 2 ** ISOLATIONS.length }, (_, mask) => ISOLATIONS.filter((_by, bit) => (mask & (1 << bit)) !== 0));
  it.each(WORK_PERMIT_KINDS)('%s: over all ways of isolating, refused exactly where only valves and water seals isolate', (kind) => {
    for (const subset of subsets) {
      const isolation = subset.map((by) => ({ by, number: `N-${by}` }));
      const { outcome } = issue(Bench.calm(), { kind, isolation, ...(kind === 'pressure-work' ? { pressure: PRESSURE } : {}) });
      const needs = ['line-opening', 'confined-space', 'blinding'].includes(kind);
      const isolates = subset.some((by) => by === 'blind' || by === 'parted' || by === 'vents-open');
      expect(outcome, subset.join()).toBe(!needs || isolates ? 'done' : subset.length === 0 ? 'failed' : 'refused');
    }
  });

  it('the refusal names each of them', () => {
    expect(standInsOf('line-opening', [{ by: 'closed-valve', number: 'HV-1' }, { by: 'water-seal', number: 'V-3' }]).map(({ en }) => en)).toEqual(['closed valve HV-1', 'water seal V-3']);
    expect(rulesOf(issue(Bench.calm(), { isolation: [{ by: 'closed-valve', number: 'HV-1' }] }))).toEqual(['G-STAND-IN']);
  });
});

describe('REQ-WRK-09 4.4.2 4.4.3 work under pressure', () => {
  const BOTH = [true, false];
  const { plant } = new Bench();
  const all: PressureWork[] = ['x', '  '].flatMap((necessity) => ['x', ''].flatMap((survey) => ['x', ''].flatMap((plan) => BOTH.flatMap((extremelyHazardous) => [null, 5, 6, 8].flatMap((thicknessMm) => [null, 6].flatMap((requiredMm) => BOTH.flatMap((cracksCanGrow) => BOTH.flatMap((strengthSuffices) =>
    BOTH.map((safeguardsInPlace) => ({ necessity, survey, plan, extremelyHazardous, thicknessMm, requiredMm, cracksCanGrow, strengthSuffices, safeguardsInPlace }))))))))));

  it('over all combinations a permit is issued only where every condition is met: the wall at least what is needed, and nothing else left open', () => {
    const allowed = all.filter((pressure) => issueVerdict(plant, request(T0, { kind: 'pressure-work', isolation: [], pressure }), T0, supervisor).allowed);
    expect(all.length).toBe(1_024);
    // The same one, but for how much thicker than needed the wall is.
    expect(allowed).toEqual([6, 8].map((thicknessMm) => ({ necessity: 'x', survey: 'x', plan: 'x', extremelyHazardous: false, thicknessMm, requiredMm: 6, cracksCanGrow: false, strengthSuffices: true, safeguardsInPlace: true })));
  });

  it.each<[Partial<PressureWork>, string, string]>([
    [{ necessity: ' ' }, 'not-necessary', '4.4.2'], [{ survey: '' }, 'no-survey', '4.4.2'], [{ plan: '' }, 'no-plan', '4.4.2'], [{ extremelyHazardous: true }, 'hazardous-medium', '4.4.3'], [{ thicknessMm: null }, 'no-thickness', '4.4.3'], [{ requiredMm: null }, 'no-thickness', '4.4.3'],
    [{ thicknessMm: 5.9 }, 'thin', '4.4.3'], [{ cracksCanGrow: true }, 'cracks', '4.4.3'], [{ strengthSuffices: false }, 'weak', '4.4.3'], [{ safeguardsInPlace: false }, 'no-safeguards', '4.4.3'],
  ])('one thing wrong (%o): %s, refused by clause', (wrong, obstacle, clause) => {
    expect(pressureObstacles({ ...PRESSURE, ...wrong })).toEqual([obstacle]);
    const decision = issue(Bench.calm(), { kind: 'pressure-work', isolation: [], pressure: { ...PRESSURE, ...wrong } });
    expect(decision).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: clause === '4.4.2' ? 'G-PRESSURE-PLAN' : 'G-PRESSURE-WORK', clause }] } });
  });
});

describe('REQ-WRK-10 3.7 which permit carries the work', () => {
  const zones = ['Z-4200'];
  const CASES: readonly [string, WorkPermit][] = [
    ['valid', permit()], ['own-approval', permit({ holder: 'WANG.WEI' })], ['not-yet', permit({ fromMs: T0 + 1 })], ['expired', permit({ fromMs: T0 - HOUR, untilMs: T0 })], ['expired', permit({ phase: 'expired' })],
    ['closed', permit({ phase: 'closed' })], ['other-zone', permit({ zone: 'Z-4300' })], ['missing', permit({ kind: 'hot-work' })],
  ];

  it.each(CASES)('%s alone', (obstacle, one) => {
    expect(bestPermit([one], 'line-opening', zones, T0).obstacle).toBe(obstacle === 'valid' ? null : obstacle);
  });

  it('with every subset of them in the register, the nearest to one that carries it is told', () => {
    const order = [null, 'own-approval', 'not-yet', 'expired', 'closed', 'other-zone', 'missing'];
    for (let mask = 0; mask < 2 ** CASES.length; mask += 1) {
      const chosen = CASES.filter((_each, bit) => (mask & (1 << bit)) !== 0);
      const expected = Math.min(order.length - 1, ...chosen.map(([obstacle]) => order.indexOf(obstacle === 'valid' ? null : obstacle)));
      expect(bestPermit(chosen.map(([, one]) => one), 'line-opening', zones, T0).obstacle).toBe(order[expected]);
    }
    expect(order.slice(1).sort()).toEqual([...PERMIT_OBSTACLES].sort());
  });
});
