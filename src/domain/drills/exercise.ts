/** An exercise as it is scored: its records read by the same eyes as an incident report, and the truth that the simulator kept beside them. */
import type { TruthTrack } from '../../contract/drill.ts';
import type { ClauseVerdict } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { presentOf } from '../report/present-course.ts';
import type { PresentCourse } from '../report/present-course.ts';
import type { RecordedClause } from '../packs/recorded-pack.ts';
import { judgeClauses } from '../report/clauses/judge-clauses.ts';
import { draftReport, NO_SAMPLES } from '../report/draft.ts';
import type { IncidentRecords, NumberedFact, RecordedSamples, ReportDraft } from '../report/incident.ts';
import type { Fact } from '../station/facts.ts';
import type { Plant } from '../station/plant.ts';
import type { StationState } from '../station/state.ts';
import { PlantClock } from './plant-clock.ts';
import type { ScoredScenario } from './scoring.ts';

export interface ExerciseRecords {
  /** Id of the exercise, one for each time that a scenario was put on. */
  readonly exercise: string;
  readonly scenario: ScoredScenario;
  readonly plant: Plant;
  /** The register of clauses, for the verdicts. Empty: nothing is judged. */
  readonly clauses: readonly RecordedClause[];
  /** All facts from the start of the exercise to its end, in order, numbered as in the journal. */
  readonly records: readonly NumberedFact[];
  /** The station just before the first of them. */
  readonly before: StationState;
  /** Station's clock. */
  readonly startedMs: number;
  readonly endedMs: number;
  /** null = the simulator's truth was not kept: what rests on it is unknown then, and gets no points. */
  readonly truth: TruthTrack | null;
  readonly packHash?: string;
  /** The recorder's samples, where there are any. */
  readonly samples?: RecordedSamples;
  /** A record as a sentence; absent: its kind. */
  readonly tell?: (fact: Fact) => Text;
}

/** Read once, asked by every item. */
export interface ExerciseCase extends ExerciseRecords {
  readonly draft: ReportDraft;
  readonly verdicts: readonly ClauseVerdict[];
  readonly clock: PlantClock;
  /** When the fault began, ms of the station; null truth: when the exercise did. */
  readonly faultMs: number;
  /** From when times count: the first condition that the fault raised, or of planned work the beginning of the exercise (`condition: null`); null = there is nothing to count from. */
  readonly onset: Onset | null;
}

export interface Onset { readonly atMs: number; readonly n: number | null; readonly condition: string | null }

const nothing = (fact: Fact): Text => ({ zh: fact.type, en: fact.type });

/** Of an exercise that was led back only the course that leads to its end: what is scored, judged and told is that. */
export function openExercise(whole: ExerciseRecords): ExerciseCase {
  const { course, records, left } = presentOf(whole.records);
  const given = { ...whole, records, truth: truthOn(course, whole.truth) };
  const { exercise, plant, packHash = '', clauses, before, startedMs, endedMs, truth, samples = NO_SAMPLES, tell = nothing } = given;
  const incident: IncidentRecords = {
    plant, packHash, clauses, records, before, ...(left.length === 0 ? {} : { journalOwn: left }), asOfMs: endedMs, station: { version: '', mode: 'TRAINING' },
    incident: { id: exercise, openedMs: startedMs, closedMs: endedMs, firstCondition: null, fromMs: startedMs, toMs: endedMs },
  };
  const draft = draftReport(incident, samples, { tell, mode: 'TRAINING' });
  const verdicts = judgeClauses({ ...incident, draft });
  const began = truth?.events.filter(({ kind }) => kind === 'fault-began').map(({ atMs }) => atMs) ?? [];
  const faultMs = began.length === 0 ? startedMs : Math.max(startedMs, Math.min(...began));
  return { ...given, draft, verdicts, clock: new PlantClock(startedMs, truth, records), faultMs, onset: onsetOf(given, faultMs, began.length > 0) };
}

/** Samples and events of the course; the truth is told of all that was run. */
export function truthOn(course: PresentCourse, truth: TruthTrack | null): TruthTrack | null {
  return truth === null || !course.isLedBack ? truth : { ...truth, samples: truth.samples.filter(({ atMs }) => course.has(atMs)), events: truth.events.filter(({ atMs }) => course.has(atMs)) };
}

/**
 * One of those that the scenario expects, or where none of them came, the first that anything raised after the fault had begun. Of work that is asked for and not raised by anything (opening, draining, a purge: a procedure
 * and no condition), whatever alarm happens to come beside it says nothing of when people should have begun: that was when they were told.
 */
function onsetOf({ records, plant, scenario }: ExerciseRecords, faultMs: number, isFaulty: boolean): Onset | null {
  const { conditions = [], procedure } = scenario.expect;
  const asked = conditions.length === 0 && procedure !== undefined && procedure !== null ? { atMs: faultMs, n: null, condition: null } : null;
  if (asked !== null && !isFaulty) return asked;
  const expected = new Set(conditions);
  const raised = records.flatMap(({ n, fact }) => {
    if (fact.atMs < faultMs) return [];
    const isRaise = fact.type === 'alarm.raised' || (fact.type === 'condition.changed' && fact.data.state === 'raised' && (expected.has(fact.data.id) || plant.conditions.get(fact.data.id)?.role === 'trigger'));
    return isRaise ? [{ atMs: fact.atMs, n, condition: fact.data.id }] : [];
  });
  return raised.find(({ condition }) => expected.has(condition)) ?? raised[0] ?? asked;
}
