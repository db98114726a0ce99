/** The bypass register against the shipped plant: what people ask, what tags show, and what follows (3.3). */
import { describe, expect, it } from 'vitest';
import type { Measure } from '../../../src/domain/interlocks/bypass.ts';
import { openEntryOf } from '../../../src/domain/interlocks/bypass.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { bypassEffects } from '../../../src/domain/station/bypass-effects.ts';
import * as bypasses from '../../../src/domain/station/bypass-commands.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { interlockObstacles, interlockStanding } from '../../../src/domain/station/gates/interlock-facts.ts';
import { returnVerdict, sustainVerdict } from '../../../src/domain/station/gates/verdicts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { Bench, PEOPLE, rulesOf, sample, shippedPack, shippedPacks } from '../domain/bench.ts';

const { operator, supervisor, engineer, engineer2, both } = PEOPLE;
const HOUR = 3_600_000;
const MIN = 60_000;
const WALKED: Measure = { text: 'level watched on the spot', owner: 'li.na', everyMs: 4 * HOUR };
const WATCHED: Measure = { text: 'emergency water ready', owner: 'wang.wei', watch: { tag: 'XV-4205', is: 'closed' } };

interface Asked { readonly interlock?: string; readonly measures?: readonly Measure[]; readonly untilMs?: number; readonly startMs?: number; readonly limits?: readonly { tag: string; low?: number; high?: number }[]; readonly by?: Signer }
const ask = (bench: Bench, { interlock = 'I-4200', measures = [WALKED], by = operator, untilMs = bench.nowMs + HOUR, ...rest }: Asked = {}) => bench.do((c) => bypasses.requestBypass(c, { interlock, reason: 'transmitter exchanged', hazard: 'no trip at 60 degC', measures, untilMs, ...rest }, by));
function asked(bench: Bench, input: Asked = {}): string {
  const decision = ask(bench, input);
  if (decision.outcome !== 'done') throw new Error(`not asked for: ${decision.outcome === 'failed' ? decision.message : rulesOf(decision).join(' ')}`);
  return decision.output.bypass;
}
function inForce(bench: Bench, input: Asked = {}): string {
  const id = asked(bench, input);
  bench.do((c) => bypasses.assessBypass(c, id, 'acceptable', true, engineer));
  bench.do((c) => bypasses.approveBypass(c, id, engineer2));
  bench.do((c) => bypasses.acceptBypass(c, id, operator));
  return id;
}
const entryOf = (bench: Bench, id: string) => bench.state.bypasses.find((each) => each.id === id);
const obstacles = (bench: Bench, interlock = 'I-4200') => interlockObstacles(bench.state, interlock, bench.nowMs);
const alarm = (bench: Bench, id: string) => bench.state.alarms.get(id)?.state;
const mayRun = (bench: Bench) => sustainVerdict(bench.state, 'I-4200', bench.nowMs).allowed;

describe('REQ-ILK-03 reconciliation with the DCS: each disagreement is an alarm of the highest priority and blocks at once (3.3)', () => {
  it('REQ-ILK-03 a bypass on a tag without an entry', () => {
    const bench = Bench.calm();
    bench.set({ 'I-4200-BYP': true });
    expect([bench.state.alarms.get('BYPASS/I-4200')?.priority, mayRun(bench), obstacles(bench), interlockStanding(bench.state, 'I-4200', bench.nowMs)]).toEqual([1, false, ['no-entry'], 'bypassed-unapproved']);
  });

  it('REQ-ILK-03 an entry without the tag: ten minutes to turn the key, then NO-TAG', () => {
    const bench = Bench.calm();
    inForce(bench);
    bench.pass(9 * MIN, 10_000);
    expect([alarm(bench, 'NO-TAG/I-4200'), obstacles(bench)]).toEqual([undefined, []]);
    bench.pass(MIN + 1_000, 10_000);
    expect([bench.state.alarms.get('NO-TAG/I-4200')?.priority, obstacles(bench), mayRun(bench)]).toEqual([1, ['no-tag'], false]);
    bench.push(sample('I-4200-BYP', null, bench.nowMs + 1, STATUS.bad));
    expect(alarm(bench, 'NO-TAG/I-4200')).toBe('unacknowledged');
    bench.set({ 'I-4200-BYP': true });
    expect([alarm(bench, 'NO-TAG/I-4200'), mayRun(bench)]).toEqual(['returned', true]);
  });

  it('REQ-ILK-03 a tag that was seen and is gone without a word: NO-TAG at once', () => {
    const bench = Bench.calm();
    inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.set({ 'I-4200-BYP': false });
    expect([alarm(bench, 'NO-TAG/I-4200'), obstacles(bench)]).toEqual(['unacknowledged', ['no-tag']]);
  });

  it('REQ-ILK-03 a forced input blocks and is an alarm, also under an approved bypass; unknown does not end it', () => {
    const bench = Bench.calm();
    bench.set({ 'I-4200-FRC': true });
    expect([bench.state.alarms.get('FORCED/I-4200')?.priority, obstacles(bench), mayRun(bench)]).toEqual([1, ['forced'], false]);
    bench.push(sample('I-4200-FRC', null, bench.nowMs + 1, STATUS.bad));
    expect([alarm(bench, 'FORCED/I-4200'), obstacles(bench)]).toEqual(['unacknowledged', ['unknown']]);
    bench.set({ 'I-4200-FRC': false });
    expect([alarm(bench, 'FORCED/I-4200'), mayRun(bench)]).toEqual(['returned', true]);
    inForce(bench);
    bench.set({ 'I-4200-BYP': true, 'I-4200-FRC': true });
    expect(obstacles(bench)).toEqual(['forced']);
  });

  it('REQ-ILK-03 a lapsed timer: expired, its alarm, refused', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.nowMs += HOUR - 3_000;
    bench.pass(1_000);
    expect([entryOf(bench, id)?.phase, mayRun(bench)]).toEqual(['active', true]);
    bench.pass(2_000);
    expect([entryOf(bench, id)?.phase, bench.state.alarms.get('EXPIRED/I-4200')?.priority, obstacles(bench), interlockStanding(bench.state, 'I-4200', bench.nowMs)]).toEqual(['expired', 1, ['expired'], 'expired']);
  });

  it('REQ-ILK-03 a key that is turned and not confirmed is no plain answer: unknown, which counts as bypassed', () => {
    const bench = Bench.calm();
    bench.set({ 'I-4200-BYPC': true });
    expect([interlockStanding(bench.state, 'I-4200', bench.nowMs), mayRun(bench)]).toEqual(['unknown', false]);
  });

  it('REQ-ILK-03 a key whose position is not known is no plain answer either', () => {
    const bench = Bench.calm();
    expect(mayRun(bench)).toBe(true);
    bench.bad.add('I-4200-BYPC');
    bench.pass(1_000);
    expect([interlockStanding(bench.state, 'I-4200', bench.nowMs), obstacles(bench), mayRun(bench)]).toEqual(['unknown', ['unknown'], false]);
    bench.bad.clear();
    bench.pass(1_000);
    expect(mayRun(bench)).toBe(true);
    // Confirmed as bypassed and approved: its key can say nothing that is worse.
    inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.bad.add('I-4200-BYPC');
    bench.pass(1_000);
    expect([obstacles(bench), mayRun(bench)]).toEqual([[], true]);
  });

  it('REQ-ILK-02 one of three channels lost is degraded and stands in the way of a return only; two are unknown', () => {
    const bench = Bench.calm();
    bench.bad.add('TI-4201');
    bench.pass(1_000);
    expect([interlockStanding(bench.state, 'I-4200', bench.nowMs), mayRun(bench)]).toEqual(['degraded', true]);
    bench.set({ 'TI-4203': 60 });
    const run = bench.run('P-A4.2');
    const verdict = returnVerdict(bench.plant, bench.state, run, bench.nowMs);
    expect(verdict.allowed ? [] : verdict.refusal.obstacles.map((o) => o.rule)).toContain('G-DEGRADED');
    bench.bad.add('TI-4202');
    bench.pass(1_000);
    expect([interlockStanding(bench.state, 'I-4200', bench.nowMs), mayRun(bench)]).toEqual(['unknown', false]);
  });
});

describe('REQ-ILK-04 what must be in a request', () => {
  it('REQ-ILK-04 3.3 longer than its criticality, in the past, too far ahead, a second one, of nothing: not taken', () => {
    const bench = Bench.calm();
    const outcome = (input: Asked): string => { const d = ask(bench, input); return d.outcome === 'failed' ? d.code : d.outcome; };
    expect([outcome({ untilMs: bench.nowMs + 4 * HOUR + 1 }), outcome({ untilMs: bench.nowMs }), outcome({ startMs: bench.nowMs + 25 * HOUR, untilMs: bench.nowMs + 26 * HOUR }), outcome({ interlock: 'I-9' })]).toEqual(['bad-input', 'bad-input', 'bad-input', 'not-found']);
    expect([outcome({}), outcome({})]).toEqual(['done', 'bad-input']);
  });

  it.each([
    ['no such tag', [{ ...WATCHED, watch: { tag: 'NOTHING', is: true } }], []],
    ['a state that the tag does not have', [{ ...WATCHED, watch: { tag: 'XV-4205', is: 'ajar' } }], []],
    ['a figure on a valve', [{ ...WATCHED, watch: { tag: 'XV-4205', above: 1 } }], []],
    ['a state of a figure', [{ ...WATCHED, watch: { tag: 'TI-4201', is: 'closed' } }], []],
    ['a limit without a figure', [WALKED], [{ tag: 'TI-4201' }]],
    ['a limit the wrong way round', [WALKED], [{ tag: 'TI-4201', low: 60, high: 50 }]],
    ['a limit of a valve', [WALKED], [{ tag: 'XV-4205', high: 1 }]],
  ] as const)('REQ-ILK-04 %s: a measure that could never be lost is not taken', (_what, measures, limits) => {
    expect(ask(Bench.calm(), { measures, limits })).toMatchObject({ outcome: 'failed', code: 'bad-input' });
  });
});

describe('REQ-ILK-05 four different people, of the level that the criticality demands (3.3)', () => {
  it('REQ-ILK-05 the assessor is not the requester, the approver neither, and a supervisor does not approve SIL2; each refusal is on record', () => {
    const bench = Bench.calm();
    const id = asked(bench, { by: both });
    const rules = (decide: Parameters<Bench['do']>[0]): string[] => rulesOf(bench.do(decide));
    expect(rules((c) => bypasses.assessBypass(c, id, 't', true, operator))).toEqual(['G-ROLE']);
    expect(rules((c) => bypasses.assessBypass(c, id, 't', true, both))).toEqual(['G-TWO-PERSONS']);
    bench.do((c) => bypasses.assessBypass(c, id, 't', true, engineer));
    expect(rules((c) => bypasses.approveBypass(c, id, supervisor))).toEqual(['G-ROLE']);
    expect(rules((c) => bypasses.approveBypass(c, id, both))).toEqual(['G-TWO-PERSONS']);
    expect(rules((c) => bypasses.approveBypass(c, id, engineer))).toEqual(['G-TWO-PERSONS']);
    expect(bench.do((c) => bypasses.approveBypass(c, id, engineer2)).outcome).toBe('done');
    expect(rules((c) => bypasses.acceptBypass(c, id, supervisor))).toEqual(['G-ROLE']);
    expect(bench.factsOf('refused').map((f) => f.data.operation)).toEqual(['bypass.assess', 'bypass.assess', 'bypass.approve', 'bypass.approve', 'bypass.approve', 'bypass.accept']);
  });

  it('REQ-ILK-05 SIL1 may be approved by the supervisor', () => {
    const bench = Bench.calm();
    const id = asked(bench, { interlock: 'I-4400' });
    bench.do((c) => bypasses.assessBypass(c, id, 't', true, engineer));
    expect([bench.do((c) => bypasses.approveBypass(c, id, supervisor)).outcome, entryOf(bench, id)?.phase]).toEqual(['done', 'approved']);
  });

  it('REQ-ILK-05 SIL3 takes two different approvers', () => {
    const pack = shippedPack();
    const sil3: PlantPack = { ...pack, interlocks: pack.interlocks.map((i) => (i.id === 'I-4200' ? { ...i, criticality: 'SIL3' } : i)) };
    const bench = Bench.calm(sil3);
    const id = asked(bench);
    bench.do((c) => bypasses.assessBypass(c, id, 't', true, engineer));
    bench.do((c) => bypasses.approveBypass(c, id, engineer2));
    expect(entryOf(bench, id)?.phase).toBe('assessed');
    expect(rulesOf(bench.do((c) => bypasses.approveBypass(c, id, engineer2)))).toEqual(['G-TWO-PERSONS']);
    bench.do((c) => bypasses.approveBypass(c, id, both));
    expect([entryOf(bench, id)?.phase, entryOf(bench, id)?.approvals.map(({ by }) => by)]).toEqual(['approved', ['sun.lei', 'qian.duo']]);
  });

  it('REQ-ILK-05 assessed as not acceptable, or refused by the approver: over', () => {
    const bench = Bench.calm();
    const first = asked(bench);
    bench.do((c) => bypasses.assessBypass(c, first, 'no', false, engineer));
    const second = asked(bench);
    bench.do((c) => bypasses.rejectBypass(c, second, 'not now', supervisor));
    expect([entryOf(bench, first)?.phase, entryOf(bench, second)?.phase, openEntryOf(bench.state.bypasses, 'I-4200')]).toEqual(['rejected', 'rejected', null]);
  });

  it('REQ-ILK-05 before the acceptance the bypass is not approved, and before its start neither', () => {
    const bench = Bench.calm();
    const id = asked(bench, { startMs: bench.nowMs + 10 * MIN, untilMs: bench.nowMs + 70 * MIN });
    bench.set({ 'I-4200-BYP': true });
    expect(obstacles(bench)).toEqual(['not-assessed']);
    bench.set({ 'I-4200-BYP': false });
    bench.do((c) => bypasses.assessBypass(c, id, 't', true, engineer));
    bench.set({ 'I-4200-BYP': true });
    expect(obstacles(bench)).toEqual(['not-approved']);
    bench.do((c) => bypasses.approveBypass(c, id, engineer2));
    expect(obstacles(bench)).toEqual(['not-accepted']);
    bench.do((c) => bypasses.acceptBypass(c, id, operator));
    expect([obstacles(bench), bench.state.interlocks['I-4200']?.approved]).toEqual([['not-yet'], false]);
    bench.pass(10 * MIN, 10_000);
    expect([obstacles(bench), bench.state.interlocks['I-4200']?.approved, alarm(bench, 'BYPASS/I-4200')]).toEqual([[], true, 'returned']);
  });
});

describe('REQ-ILK-06 no new bypass in an upset, and none beside another against the same hazard (3.3)', () => {
  it('REQ-ILK-06 asking, approving, accepting and asking for more time are refused while a procedure runs; assessing, restoring and the stop are not', () => {
    const bench = Bench.calm();
    const waiting = asked(bench, { interlock: 'I-4400' });
    const running = inForce(bench);
    bench.set({ 'I-4200-BYP': true, 'TI-4301': 60 });
    expect(rulesOf(ask(bench, { interlock: 'I-4801' }))).toEqual(['G-BYPASS-UPSET']);
    expect(bench.do((c) => bypasses.assessBypass(c, waiting, 't', true, engineer)).outcome).toBe('done');
    expect(rulesOf(bench.do((c) => bypasses.approveBypass(c, waiting, supervisor)))).toEqual(['G-BYPASS-UPSET']);
    expect(rulesOf(bench.do((c) => bypasses.extendBypass(c, running, bench.nowMs + 2 * HOUR, 'r', operator)))).toEqual(['G-BYPASS-UPSET']);
    expect(mayRun(bench)).toBe(true);
    expect(bench.do((c) => bypasses.restoreBypass(c, running, operator)).outcome).toBe('done');
    expect(bench.do((c) => stationCommands.stop(c, 'post', 'people')).outcome).toBe('done');
  });

  it('REQ-ILK-06 another interlock against the same hazard: in the register, or on its tag, or not known', () => {
    const bench = Bench.calm();
    bench.set({ 'I-4200-BYP': true });
    expect(rulesOf(ask(bench, { interlock: 'I-4210' }))).toEqual(['G-BYPASS-HAZARD']);
    bench.set({ 'I-4200-BYP': false });
    bench.bad.add('I-4200-BYP');
    bench.pass(1_000);
    expect(rulesOf(ask(bench, { interlock: 'I-4210' }))).toEqual(['G-BYPASS-HAZARD']);
    bench.bad.clear();
    bench.pass(1_000);
    asked(bench);
    expect(rulesOf(ask(bench, { interlock: 'I-4210' }))).toEqual(['G-BYPASS-HAZARD']);
    expect(ask(bench, { interlock: 'I-4400' }).outcome).toBe('done');
  });
});

describe('REQ-ILK-07 while it is active it is watched (3.3)', () => {
  it('REQ-ILK-07 pre-warning at 80 % of the time, priority 2, gone when the time is up', () => {
    const bench = Bench.calm();
    inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.nowMs += 47 * MIN;
    bench.pass(1_000);
    expect(alarm(bench, 'BYPASS-80/I-4200')).toBe(undefined);
    bench.pass(MIN, 10_000);
    expect(bench.state.alarms.get('BYPASS-80/I-4200')).toMatchObject({ priority: 2, state: 'unacknowledged' });
    bench.nowMs += 12 * MIN;
    bench.pass(1_000);
    expect(alarm(bench, 'BYPASS-80/I-4200')).toBe('returned');
  });

  it('REQ-ILK-07 a measure lost: the approval lapses for good, in words, and only a new assessment gives it back', () => {
    const bench = Bench.calm();
    const id = inForce(bench, { measures: [WATCHED] });
    bench.set({ 'I-4200-BYP': true });
    bench.set({ 'XV-4205': 'open' });
    expect([entryOf(bench, id)?.phase, entryOf(bench, id)?.lapse?.reason.en, obstacles(bench), alarm(bench, 'BYPASS/I-4200')]).toEqual(['lapsed', 'Compensating measure lost: emergency water ready (XV-4205 = open, owner wang.wei)', ['lapsed'], 'unacknowledged']);
    bench.set({ 'XV-4205': 'closed' });
    expect([entryOf(bench, id)?.phase, mayRun(bench)]).toEqual(['lapsed', false]);
    expect(bench.do((c) => bypasses.extendBypass(c, id, bench.nowMs + HOUR, 'measure restored', operator)).outcome).toBe('done');
    expect(bench.do((c) => bypasses.approveBypass(c, id, engineer2)).outcome).toBe('failed');
    bench.do((c) => bypasses.assessBypass(c, id, 'new', true, engineer));
    bench.do((c) => bypasses.approveBypass(c, id, engineer2));
    expect([entryOf(bench, id)?.phase, mayRun(bench)]).toEqual(['approved', false]);
    bench.do((c) => bypasses.acceptBypass(c, id, operator));
    expect([entryOf(bench, id)?.phase, mayRun(bench)]).toEqual(['active', true]);
  });

  it('REQ-ILK-07 a process limit left lapses it; a value that is not known is an obstacle while it is not', () => {
    const bench = Bench.calm();
    const id = inForce(bench, { limits: [{ tag: 'TI-4201', high: 50 }] });
    bench.set({ 'I-4200-BYP': true });
    bench.bad.add('TI-4201');
    bench.pass(1_000);
    expect([obstacles(bench), entryOf(bench, id)?.phase, mayRun(bench)]).toEqual([['measure-unknown'], 'active', false]);
    bench.bad.clear();
    bench.pass(1_000);
    expect(mayRun(bench)).toBe(true);
    bench.set({ 'TI-4201': 50 });
    expect(mayRun(bench)).toBe(true);
    bench.set({ 'TI-4201': 50.1 });
    expect([entryOf(bench, id)?.phase, entryOf(bench, id)?.lapse?.reason.en]).toEqual(['lapsed', 'Process limit of the bypass left: TI-4201 = 50.1, limit ..50']);
  });

  it('REQ-ILK-07 a round is signed by the owner of the measure; one that is missed lapses the approval', () => {
    const bench = Bench.calm();
    const id = inForce(bench, { measures: [{ ...WALKED, everyMs: 10 * MIN }, WATCHED] });
    bench.set({ 'I-4200-BYP': true });
    bench.pass(9 * MIN, 10_000);
    expect([bench.do((c) => bypasses.walkMeasure(c, id, 0, supervisor)).outcome, bench.do((c) => bypasses.walkMeasure(c, id, 1, supervisor)).outcome, bench.do((c) => bypasses.walkMeasure(c, id, 0, operator)).outcome]).toEqual(['failed', 'failed', 'done']);
    bench.pass(9 * MIN, 10_000);
    expect(entryOf(bench, id)?.phase).toBe('active');
    bench.pass(2 * MIN, 10_000);
    expect([entryOf(bench, id)?.phase, entryOf(bench, id)?.lapse?.reason.en]).toEqual(['lapsed', 'A round of a compensating measure was missed: level watched on the spot (owner li.na)']);
  });
});

describe('REQ-ILK-08 more time needs a new assessment (3.3)', () => {
  it('REQ-ILK-08 the old end holds until it is approved; once more and no more than the maximum', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    const endMs = entryOf(bench, id)?.untilMs ?? 0;
    bench.set({ 'I-4200-BYP': true });
    const extend = (untilMs: number) => bench.do((c) => bypasses.extendBypass(c, id, untilMs, 'work goes on', operator)).outcome;
    expect([extend(endMs), extend(endMs + 4 * HOUR + 1), extend(endMs + HOUR), extend(endMs + HOUR)]).toEqual(['failed', 'failed', 'done', 'failed']);
    expect(entryOf(bench, id)?.untilMs).toBe(endMs);
    expect(rulesOf(bench.do((c) => bypasses.assessBypass(c, id, 't', true, operator)))).toEqual(['G-ROLE', 'G-TWO-PERSONS']);
    bench.do((c) => bypasses.assessBypass(c, id, 't', true, engineer));
    expect(rulesOf(bench.do((c) => bypasses.approveBypass(c, id, engineer)))).toEqual(['G-TWO-PERSONS']);
    bench.do((c) => bypasses.approveBypass(c, id, engineer2));
    expect([entryOf(bench, id)?.phase, entryOf(bench, id)?.untilMs, mayRun(bench)]).toEqual(['active', endMs + HOUR, true]);
    expect(extend(endMs + 2 * HOUR)).toBe('failed');
  });

  it('REQ-ILK-08 one that is not acceptable leaves the old end', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.do((c) => bypasses.extendBypass(c, id, bench.nowMs + 2 * HOUR, 'r', operator));
    bench.do((c) => bypasses.assessBypass(c, id, 'no', false, engineer));
    expect([entryOf(bench, id)?.phase, entryOf(bench, id)?.extension]).toEqual(['active', null]);
  });
});

describe('REQ-ILK-09 restored, function-tested, verified, closed (3.3)', () => {
  it('REQ-ILK-09 until another person has verified it the function is not relied on', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.do((c) => bypasses.restoreBypass(c, id, operator));
    expect([mayRun(bench), alarm(bench, 'BYPASS/I-4200')]).toEqual([true, undefined]);
    expect(bench.do((c) => bypasses.testBypass(c, id, 'early', true, engineer)).outcome).toBe('failed');
    bench.set({ 'I-4200-BYP': false });
    expect([obstacles(bench), alarm(bench, 'NO-TAG/I-4200')]).toEqual([['not-tested'], undefined]);
    bench.do((c) => bypasses.testBypass(c, id, 'does not act', false, engineer));
    expect([entryOf(bench, id)?.phase, bench.do((c) => bypasses.verifyBypass(c, id, supervisor)).outcome]).toEqual(['restored', 'failed']);
    bench.do((c) => bypasses.testBypass(c, id, 'acts', true, engineer));
    expect([bench.do((c) => bypasses.verifyBypass(c, id, engineer)).outcome, bench.do((c) => bypasses.verifyBypass(c, id, operator)).outcome, obstacles(bench)]).toEqual(['failed', 'failed', ['not-tested']]);
    bench.do((c) => bypasses.verifyBypass(c, id, supervisor));
    expect([entryOf(bench, id)?.phase, obstacles(bench), mayRun(bench)]).toEqual(['closed', [], true]);
  });

  it('REQ-ILK-09 said to be restored and the key still on after ten minutes: bypassed without an entry', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.do((c) => bypasses.restoreBypass(c, id, operator));
    bench.pass(10 * MIN + 1_000, 10_000);
    expect([obstacles(bench), alarm(bench, 'BYPASS/I-4200')]).toEqual([['no-entry'], 'unacknowledged']);
  });

  it('REQ-ILK-09 what was in use is restored, not withdrawn; what was not is withdrawn', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    expect(bench.do((c) => bypasses.withdrawBypass(c, id, 'r', operator)).outcome).toBe('failed');
    const other = asked(bench, { interlock: 'I-4400' });
    expect([bench.do((c) => bypasses.withdrawBypass(c, other, 'r', operator)).outcome, entryOf(bench, other)?.phase]).toEqual(['done', 'withdrawn']);
  });

  it('REQ-ILK-09 a new entry takes over one whose approval was gone', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.nowMs += HOUR;
    bench.pass(1_000);
    const next = inForce(bench);
    bench.pass(1_000);
    expect([entryOf(bench, id)?.phase, entryOf(bench, next)?.phase, mayRun(bench), alarm(bench, 'EXPIRED/I-4200')]).toEqual(['closed', 'active', true, 'returned']);
  });

  it('REQ-ILK-09 3.3 a new entry at any phase does not hide that the function was never tested after the old one', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.nowMs += HOUR;
    bench.pass(1_000);
    bench.set({ 'I-4200-BYP': false });
    expect([entryOf(bench, id)?.phase, obstacles(bench), mayRun(bench)]).toEqual(['expired', ['not-tested'], false]);
    const next = asked(bench);
    expect([obstacles(bench), mayRun(bench)]).toEqual([['not-tested'], false]);
    bench.do((c) => bypasses.assessBypass(c, next, 'acceptable', true, engineer));
    bench.do((c) => bypasses.approveBypass(c, next, engineer2));
    bench.do((c) => bypasses.acceptBypass(c, next, operator));
    expect([entryOf(bench, next)?.phase, entryOf(bench, id)?.phase, obstacles(bench), mayRun(bench)]).toEqual(['active', 'expired', ['not-tested'], false]);
    bench.do((c) => bypasses.withdrawBypass(c, next, 'no longer needed', operator));
    expect([entryOf(bench, next)?.phase, obstacles(bench)]).toEqual(['withdrawn', ['not-tested']]);
    bench.do((c) => bypasses.restoreBypass(c, id, operator));
    bench.do((c) => bypasses.testBypass(c, id, 'acts', true, engineer));
    expect(obstacles(bench)).toEqual(['not-tested']);
    bench.do((c) => bypasses.verifyBypass(c, id, supervisor));
    expect([obstacles(bench), mayRun(bench)]).toEqual([[], true]);
  });

  it('REQ-ILK-09 3.3 restored and waiting for its test under an old entry, with a new one asked for: still owed', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.nowMs += HOUR;
    bench.pass(1_000);
    asked(bench);
    bench.do((c) => bypasses.restoreBypass(c, id, operator));
    bench.set({ 'I-4200-BYP': false });
    expect([entryOf(bench, id)?.phase, obstacles(bench)]).toEqual(['restored', ['not-tested']]);
  });

  it('REQ-ILK-09 3.3 more time approved for what was in use is no test of it', () => {
    const bench = Bench.calm();
    const id = inForce(bench, { measures: [WATCHED] });
    bench.set({ 'I-4200-BYP': true });
    bench.set({ 'XV-4205': 'open' });
    bench.set({ 'I-4200-BYP': false });
    expect([entryOf(bench, id)?.phase, obstacles(bench)]).toEqual(['lapsed', ['not-tested']]);
    bench.do((c) => bypasses.extendBypass(c, id, bench.nowMs + HOUR, 'measure restored', operator));
    bench.do((c) => bypasses.assessBypass(c, id, 'new', true, engineer));
    bench.do((c) => bypasses.approveBypass(c, id, engineer2));
    expect([entryOf(bench, id)?.phase, obstacles(bench), mayRun(bench)]).toEqual(['approved', ['not-tested'], false]);
  });
});

describe('REQ-ILK-11 effects on every procedure, before anybody approves (3.3)', () => {
  it('REQ-ILK-11 each linked procedure of every shipped interlock: what no longer acts, what people would have to do, what stays forbidden', () => {
    for (const pack of shippedPacks()) {
      const bench = new Bench(pack);
      for (const interlock of pack.interlocks) {
        expect(bypassEffects(bench.plant, interlock).map(({ procedure }) => procedure)).toEqual(pack.procedures.filter((p) => p.interlocks.includes(interlock.id)).map(({ id }) => id));
        expect([interlock.guards.length > 0, interlock.bypassCommandTag !== undefined, interlock.forcedTag !== undefined]).toEqual([true, true, true]);
      }
    }
    const bench = new Bench();
    const interlock = bench.plant.interlocks.get('I-4200');
    const effect = interlock === undefined ? undefined : bypassEffects(bench.plant, interlock).find(({ procedure }) => procedure === 'P-A4.2');
    expect(effect?.notActing.length).toBe(5);
    expect(effect?.byHand.map(({ en }) => en.split(' ')[0])).toContain('A');
    expect(effect?.prohibitions.length).toBeGreaterThan(0);
  });
});

describe('REQ-ILK-13 an older journal still folds', () => {
  it('REQ-ILK-13 measures that are words, an approval without acceptance, a closing without a test', () => {
    const at = 1_000;
    const old: Fact[] = [
      fact('interlock.changed', at, null, { id: 'I-4200', state: 'bypassed', approved: false }),
      fact('bypass.requested', at, 'li.na', { bypass: 'B-1', interlock: 'I-4200', reason: 'r', hazard: 'h', measures: ['watched'], untilMs: at + HOUR }),
      fact('bypass.assessed', at, 'zhao.min', { bypass: 'B-1', text: 't', acceptable: true }),
      fact('bypass.approved', at, 'sun.lei', { bypass: 'B-1' }),
    ];
    const bench = new Bench();
    const state = evolveAll(EMPTY_STATE, old, bench.plant.machines);
    expect(state.bypasses[0]).toMatchObject({ phase: 'approved', kind: 'maintenance', startMs: at, measures: [{ text: 'watched', owner: '' }], limits: [], acceptance: null });
    // What nobody has accepted at the post carries nothing: the safe side.
    expect(interlockObstacles(state, 'I-4200', at)).toEqual(['not-accepted']);
    expect(evolveAll(state, [fact('bypass.closed', at, 'li.na', { bypass: 'B-1' }), fact('bypass.expired', at, null, { bypass: 'B-9' })], bench.plant.machines).bypasses[0]?.phase).toBe('closed');
  });
});
