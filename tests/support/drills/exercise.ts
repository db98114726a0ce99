/**
 * An exercise without a simulator: the shipped H2O2 rules and procedures, the real engine and station, a hand that turns the tags, and the
 * truth that a simulator would have kept beside it. The cooling of the oxidation tower fails (A4.2(2)); the whole plant is stopped (P-A4.2).
 */
import type { TruthEvent, TruthSample, TruthTrack } from '../../../src/contract/drill.ts';
import type { ExerciseRecords } from '../../../src/domain/drills/exercise.ts';
import { DEFAULT_SCORING } from '../../../src/domain/drills/scoring.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { NumberedFact } from '../../../src/domain/report/incident.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import { acknowledge } from '../../../src/domain/station/alarm-commands.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Bench, PEOPLE, STOPPED, T0 } from '../../unit/domain/bench.ts';
import { recordedRules } from '../report/incident-journal.ts';

export const MINUTE = 60_000;
export const SCENARIO = 'S-OX-COOLING';
export const EXERCISE = 'EX-1';
/** s: of the exercise, and between two looks. */
const LASTS_S = 480;
const STEP_S = 2;

export interface Deeds {
  /** ms after the first condition; null = never. */
  readonly acknowledgeAfterMs?: number | null;
  readonly startAfterMs?: number | null;
  /** The plant is brought to where the procedure wants it. */
  readonly carriesOut?: boolean;
  /** The interlock stops the plant by itself as soon as the procedure stands raised. */
  readonly trips?: boolean;
  /** The transmitter reads so much less than the truth. */
  readonly deceptionDegC?: number;
  /** More facts, put in at their times. */
  readonly more?: readonly Fact[];
}

const MARGIN = { id: 'OX-T', title: { zh: '氧化塔温度', en: 'Oxidation tower temperature' }, unit: 'degC', clauses: ['A4.2(2)'], side: 'above' as const, lostAt: 62 };

/** One exercise of eight minutes. */
export function exerciseOf({ acknowledgeAfterMs = 10_000, startAfterMs = 20_000, carriesOut = true, trips = false, deceptionDegC = 0, more = [] }: Deeds = {}): ExerciseRecords & { readonly truth: TruthTrack } {
  const bench = Bench.calm(h2o2());
  bench.values.set('TI-4203', REST_DEG_C);
  bench.pass(20 * MINUTE, 5 * MINUTE);
  const before = bench.state;
  const startedMs = bench.nowMs;
  const from = bench.facts.length;
  bench.commit([fact('training.started', startedMs, 'instructor', { scenario: SCENARIO })]);
  const samples: TruthSample[] = [];
  const events: TruthEvent[] = [{ atS: 5, atMs: startedMs + 5_000, kind: 'fault-began', subject: 'F4-02', text: { zh: '氧化塔冷却水中断', en: 'Cooling water of the oxidation tower is lost' }, clauses: ['A4.2(2)'] }];
  if (deceptionDegC !== 0) events.push({ atS: 5, atMs: startedMs + 5_000, kind: 'deception', subject: 'TI-4203', text: { zh: 'TI-4203 偏低', en: 'TI-4203 reads low' }, clauses: [] });
  let [onsetMs, isAcknowledged, isStarted, cooled] = [null as number | null, false, false, 0];
  for (let s = STEP_S; s <= LASTS_S; s += STEP_S) {
    if (s > FAULT_S) bench.values.set('TI-4203', Math.round((truthAt(s, cooled) - deceptionDegC) * 10) / 10);
    bench.pass(STEP_S * 1_000, STEP_S * 1_000);
    onsetMs ??= bench.facts.slice(from).find((each) => each.type === 'alarm.raised')?.atMs ?? null;
    const sinceMs = onsetMs === null ? -1 : bench.nowMs - onsetMs;
    if (!isAcknowledged && onsetMs !== null && acknowledgeAfterMs !== null && sinceMs >= acknowledgeAfterMs) {
      isAcknowledged = true;
      acknowledgeAll(bench);
    } else if (isAcknowledged) acknowledgeAll(bench);
    if (!isStarted && startAfterMs !== null && sinceMs >= startAfterMs && bench.state.runs.some(({ procedure }) => procedure === 'P-A4.2')) {
      isStarted = true;
      bench.do((c) => procedureCommands.startProcedure(c, bench.run('P-A4.2').instance, PEOPLE.operator.user));
    }
    if (isStarted && carriesOut && sinceMs >= (startAfterMs ?? 0) + 10_000 && cooled === 0) {
      cooled = s;
      for (const [tag, value] of Object.entries(STOPPED)) bench.values.set(tag, value);
      for (const device of ['XV-4101', 'XV-4102', 'K-4201', 'XV-4203', 'P-4109']) events.push({ atS: s, atMs: bench.nowMs, kind: 'order', subject: device, text: { zh: device, en: device }, clauses: [] });
    }
    if (trips && cooled === 0 && bench.state.runs.some(({ procedure }) => procedure === 'P-A4.2')) {
      cooled = s;
      for (const [tag, value] of [...Object.entries(STOPPED), ['I-4200-TRIP', true] as const]) bench.values.set(tag, value);
    }
    const truth = truthAt(s, cooled);
    samples.push({ atS: s, atMs: bench.nowMs, truth: { 'TI-4203': truth }, shown: { 'TI-4203': truth - deceptionDegC }, margins: { 'OX-T': truth }, lost: truth >= MARGIN.lostAt ? ['OX-T'] : [], people: { 'Z-4100': 0, 'Z-4200': 0 } });
  }
  const endedMs = bench.nowMs;
  const facts = [...bench.facts.slice(from), ...more].map((each, i) => ({ each, i })).sort((a, b) => a.each.atMs - b.each.atMs || a.i - b.i).map(({ each }) => each);
  const records = facts.map((each, i): NumberedFact => ({ n: 100 + i, wallMs: each.atMs, fact: each }));
  return {
    exercise: EXERCISE, plant: bench.plant, clauses: recordedRules().packs.clauses, records, before, startedMs, endedMs, truth: { margins: [MARGIN], samples, events }, tell: (each) => recordText(each, bench.plant),
    scenario: { id: SCENARIO, clauses: ['A4.2(2)'], expect: { procedure: 'P-A4.2' }, scoring: DEFAULT_SCORING },
  };
}

/** degC at rest; K/s once the water is gone (1.1 K/min: below the rate that speaks of decomposition, A4.1), and after the stop. */
const REST_DEG_C = 56;
const RISE_K_S = 0.019;
const FALL_K_S = 0.03;
const FAULT_S = 5;
const truthAt = (s: number, cooledAtS: number): number => (cooledAtS === 0 || s <= cooledAtS ? REST_DEG_C + Math.max(0, s - FAULT_S) * RISE_K_S : Math.max(45, REST_DEG_C + (cooledAtS - FAULT_S) * RISE_K_S - (s - cooledAtS) * FALL_K_S));

/** The rules are loaded once in a process: loading them takes longer than any test here. */
export const h2o2 = (): PlantPack => recordedRules().packs.plants.find(({ id }) => id === 'h2o2') ?? (() => { throw new Error('no h2o2'); })();

function acknowledgeAll(bench: Bench): void {
  const open = [...bench.state.alarms.entries()].filter(([, alarm]) => alarm.active && !alarm.acknowledged).map(([id]) => id);
  if (open.length > 0) bench.do((c) => acknowledge(c, open, PEOPLE.operator.user));
}

export { T0 };
