/** Trips and resets (3.5): the first-out, the cause, a reset that is granted and one that was not. */
import { describe, expect, it } from 'vitest';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { interlockObstacles } from '../../../src/domain/station/gates/interlock-facts.ts';
import { sustainVerdict } from '../../../src/domain/station/gates/verdicts.ts';
import * as interlocks from '../../../src/domain/station/interlock-commands.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { Bench, PEOPLE, rulesOf, sample, shippedPack } from '../domain/bench.ts';

const { operator, supervisor, engineer } = PEOPLE;
/** Trips without procedures: what a reset alone asks. */
const plain = (): PlantPack => ({ ...shippedPack(), procedures: [], conditions: shippedPack().conditions.map((c) => (c.role === 'trigger' ? { ...c, role: 'warning' as const, starts: [] } : c)) });
const reset = (bench: Bench, by: typeof supervisor | typeof engineer, id = 'I-4200') => bench.do((c) => stationCommands.resetInterlock(c, id, by));
const cause = (bench: Bench, id = 'I-4200') => bench.do((c) => interlocks.recordTripCause(c, id, 'cooling water lost', engineer));
const trip = (bench: Bench, id = 'I-4200') => bench.state.trips[id];
const post = (bench: Bench): void => { bench.do((c) => stationCommands.takePost(c, 'commander', supervisor)); bench.do((c) => stationCommands.takePost(c, 'watch', operator)); };

function tripped(pack: PlantPack = plain()): Bench {
  const bench = Bench.calm(pack);
  post(bench);
  bench.set({ 'TI-4202': 60 });
  bench.set({ 'I-4200-TRIP': true });
  return bench;
}

describe('REQ-ILK-10 a trip keeps what began it (3.5)', () => {
  it('REQ-ILK-10 the first-out stays when its condition is gone, until the next trip', () => {
    const bench = tripped();
    bench.set({ 'TI-4202': 45, 'TI-4203': 61 });
    expect(trip(bench)?.first.map(({ condition }) => condition)).toEqual(['C-A4.2(2)-TI-4202']);
  });

  it('REQ-ILK-10 a trip of which nothing is known has no first-out until the condition comes that its scan was late to tell', () => {
    const bench = Bench.calm(plain());
    bench.set({ 'I-4200-TRIP': true });
    expect(trip(bench)?.first).toEqual([]);
    bench.push(sample('TI-4201', 62, bench.nowMs + 100, STATUS.good, bench.nowMs + 50));
    expect(trip(bench)?.first.map(({ condition }) => condition)).toEqual(['C-A4.2(2)-TI-4201']);
  });
});

describe('REQ-ILK-12 reset: cause entered, trip conditions shown false, two people (3.5)', () => {
  it('REQ-ILK-12 refused for its cause, then for its condition; then granted, and nothing is raised', () => {
    const bench = tripped();
    expect(rulesOf(reset(bench, supervisor))).toEqual(['G-CAUSE', 'G-TRIP-CONDITION']);
    expect(bench.do((c) => interlocks.recordTripCause(c, 'I-4200', 'x', operator)).outcome).toBe('failed');
    cause(bench);
    expect(rulesOf(reset(bench, supervisor))).toEqual(['G-TRIP-CONDITION']);
    bench.set({ 'TI-4202': 45 });
    bench.bad.add('TI-4202');
    bench.pass(1_000);
    expect(rulesOf(reset(bench, supervisor))).toContain('G-TRIP-CONDITION');
    bench.bad.clear();
    bench.pass(2_000);
    expect([reset(bench, supervisor).outcome, rulesOf(reset(bench, supervisor)), reset(bench, engineer).outcome]).toEqual(['done', ['G-TWO-PERSONS'], 'done']);
    bench.set({ 'I-4200-TRIP': false });
    expect([trip(bench)?.releasedMs !== null, bench.state.alarms.get('FORCED-RESET/I-4200'), bench.factsOf('interlock.forced-reset')]).toEqual([true, undefined, []]);
  });

  it('REQ-ILK-12 a reset seen on the tag before that is forced: recorded with what was missing, raised, and in the way until an engineer accounts for it', () => {
    const bench = tripped();
    bench.set({ 'I-4200-TRIP': false });
    expect(bench.factsOf('interlock.forced-reset')[0]?.data.missing.map(({ en }) => en)).toEqual(['the cause of the trip was not recorded', expect.stringContaining('trip condition must be gone'), 'no reset approved by two people']);
    expect([bench.state.alarms.get('FORCED-RESET/I-4200')?.priority, interlockObstacles(bench.state, 'I-4200', bench.nowMs)]).toEqual([1, ['forced-reset']]);
    const verdict = sustainVerdict(bench.state, 'I-4200', bench.nowMs);
    expect(verdict.allowed ? null : verdict.refusal.obstacles[0]?.clause).toBe('3.5');
    expect(bench.do((c) => interlocks.accountForReset(c, 'I-4200', 'x', supervisor)).outcome).toBe('failed');
    expect(bench.do((c) => interlocks.accountForReset(c, 'I-4200', 'key found turned', engineer)).outcome).toBe('done');
    expect([bench.state.alarms.get('FORCED-RESET/I-4200')?.state, interlockObstacles(bench.state, 'I-4200', bench.nowMs)]).toEqual(['returned', []]);
    expect(bench.do((c) => interlocks.accountForReset(c, 'I-4200', 'again', engineer)).outcome).toBe('failed');
    expect(bench.do((c) => stationCommands.stop(c, 'post', 'people')).outcome).toBe('done');
  });

  it.each(['unknown in between', 'while bypassed', 'over a restart of the station'] as const)('REQ-ILK-12 a forced reset is seen %s', (how) => {
    const bench = tripped();
    if (how === 'unknown in between') { bench.bad.add('I-4200-TRIP'); bench.pass(3_000); bench.bad.clear(); bench.values.set('I-4200-TRIP', false); bench.pass(1_000); }
    if (how === 'while bypassed') { bench.set({ 'I-4200-BYP': true }); bench.set({ 'I-4200-TRIP': false }); }
    if (how === 'over a restart of the station') {
      const again = new Bench(plain(), bench.values);
      again.state = evolveAll(EMPTY_STATE, bench.facts, again.plant.machines);
      again.nowMs = bench.nowMs + 60_000;
      again.set({ 'I-4200-TRIP': false });
      expect(again.state.trips['I-4200']?.forced).not.toBe(null);
      return;
    }
    expect(trip(bench)?.forced).not.toBe(null);
  });

  it('REQ-ILK-12 one button for all: what met its own conditions is released with the other, what did not was forced', () => {
    for (const isMet of [true, false]) {
      const bench = tripped();
      bench.set({ 'I-4400-TRIP': true });
      bench.set({ 'TI-4202': 45 });
      cause(bench);
      if (isMet) cause(bench, 'I-4400');
      reset(bench, supervisor);
      reset(bench, engineer);
      bench.set({ 'I-4200-TRIP': false, 'I-4400-TRIP': false });
      expect([trip(bench)?.forced, trip(bench, 'I-4400')?.forced === null]).toEqual([null, isMet]);
    }
  });

  it('REQ-ILK-12 a grant is for its own trip and for a minute: the next trip needs its own', () => {
    const bench = tripped();
    bench.set({ 'TI-4202': 45 });
    cause(bench);
    reset(bench, supervisor);
    reset(bench, engineer);
    bench.set({ 'I-4200-TRIP': false });
    bench.set({ 'I-4200-TRIP': true });
    expect(trip(bench)).toMatchObject({ cause: null, resetMs: null });
    bench.set({ 'I-4200-TRIP': false });
    expect(trip(bench)?.forced).not.toBe(null);
  });

  it('REQ-ILK-12 a forced reset is owed for over the next trip, until an engineer answers; the one after that anew', () => {
    const bench = tripped();
    const account = () => bench.do((c) => interlocks.accountForReset(c, 'I-4200', 'key used by the cabinet', engineer)).outcome;
    const isOwed = () => interlockObstacles(bench.state, 'I-4200', bench.nowMs).includes('forced-reset');
    bench.set({ 'I-4200-TRIP': false });
    bench.set({ 'I-4200-TRIP': true });
    expect([trip(bench)?.forced, isOwed(), bench.state.alarms.get('FORCED-RESET/I-4200')?.active]).toEqual([null, true, true]);
    expect([account(), isOwed(), bench.state.alarms.get('FORCED-RESET/I-4200')?.active]).toEqual(['done', false, false]);
    bench.set({ 'I-4200-TRIP': false });
    expect([isOwed(), account(), isOwed()]).toEqual([true, 'done', false]);
    bench.set({ 'I-4200-TRIP': true });
    expect(isOwed()).toBe(false);
  });

  it('REQ-ILK-12 a simulated plant that is put back resets nothing: no trip is called forced, and open entries end', () => {
    const bench = tripped();
    bench.commit([fact('training.instructed', bench.nowMs, 'post', { command: 'start S-1' })]);
    bench.set({ 'I-4200-TRIP': false });
    bench.commit([fact('training.started', bench.nowMs, 'post', { scenario: 'S-1' })]);
    expect([bench.factsOf('interlock.forced-reset'), bench.factsOf('interlock.released').length]).toEqual([[], 1]);
    // What trips in the scenario is watched like any other.
    bench.pass(2_000);
    bench.set({ 'I-4200-TRIP': true });
    bench.set({ 'I-4200-TRIP': false });
    expect(trip(bench)?.forced).not.toBe(null);
  });

  it('REQ-ILK-12 the cause recorded in the running procedure counts; with the procedure unsafe the reset stays refused', () => {
    const bench = Bench.calm();
    post(bench);
    bench.set({ 'TI-4202': 60 });
    bench.set({ 'I-4200-TRIP': true });
    cause(bench);
    expect(rulesOf(reset(bench, supervisor))).toEqual(['G-SAFE', 'G-TRIP-CONDITION']);
  });
});
