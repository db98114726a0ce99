/** The debrief of an exercise that is over: the truth beside the journal is held against what the journal vouches for, and the simulator is asked what would have been. */
import { debriefSchema } from '../../contract/drill.ts';
import type { Counterfactual, Debrief } from '../../contract/drill.ts';
import type { WhatIf } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { counterfactualsOf, debriefOf, withStop } from '../../domain/drills/debrief.ts';
import type { IncidentRecords } from '../../domain/report/incident.ts';
import { presentOf } from '../../domain/report/present-course.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import { whatIfOf } from '../incident-report/what-if.ts';
import { recordText } from '../station/record-text.ts';
import type { FoundExercise } from './read-exercise.ts';
import { TruthKeeper } from './truth-keeper.ts';
import type { ReadTruth } from './truth-keeper.ts';

export interface DebriefOrder {
  /** The folder that the journal is in. */
  readonly journalDir: string;
  /** The stop so many minutes of plant time earlier (-) or later (+); none: the simulator is not asked. */
  readonly minutes: readonly number[];
  readonly signal?: AbortSignal;
  /** The simulator's program; default the one beside this program. */
  readonly simulator?: string;
}
export interface MadeDebrief {
  readonly debrief: Debrief;
  /** Why there is no truth in it; null = there is. */
  readonly noTruth: { readonly code: 'not-kept' | 'missing' | 'altered' | 'unreadable'; readonly reason: string } | null;
}

type Found = Pick<FoundExercise, 'scored' | 'plant' | 'records'> & Partial<Pick<FoundExercise, 'packHash' | 'recorded'>>;

export async function makeDebrief(found: Found, order: DebriefOrder): Promise<MadeDebrief> {
  const { scored, plant, records } = found;
  const read: ReadTruth | null = scored.truth === null ? null : await new TruthKeeper(order.journalDir).read(scored.truth);
  const truth = read !== null && read.ok ? read.value : null;
  const { counterfactuals, noCounterfactuals, fidelity } = await supposed(found, truth, order);
  // What leaves the house is what the contract says, or it does not leave.
  const debrief = debriefSchema.parse(debriefOf({ scored, plant, records, truth, counterfactuals, noCounterfactuals, ...(fidelity === undefined ? {} : { fidelity }), tell: (fact) => recordText(fact, plant) }));
  const noTruth = read === null ? { code: 'not-kept' as const, reason: "the simulator's truth was not kept" } : read.ok ? null : { code: read.code, reason: read.reason };
  return { debrief, noTruth };
}

const NO_MOMENT: Text = { zh: '没有停车、没有启动程序、也没有报警，无从假设。', en: 'No stop, no procedure begun and no alarm: there is no moment to suppose a stop at.' };
const NOT_ASKED: Text = { zh: '没有要求推演。', en: 'Nothing was asked to be run again.' };

async function supposed({ scored, plant, records, packHash = '', recorded }: Found, truth: Parameters<typeof debriefOf>[0]['truth'], { minutes, signal, simulator }: DebriefOrder): Promise<{ readonly counterfactuals: readonly Counterfactual[]; readonly noCounterfactuals: Text | null; readonly fidelity?: WhatIf['fidelity'] }> {
  if (minutes.length === 0) return { counterfactuals: [], noCounterfactuals: NOT_ASKED };
  const { score: { exercise }, startedMs, endedMs } = scored;
  const stopped = withStop(presentOf(records).records);
  if (stopped === null) return { counterfactuals: [], noCounterfactuals: NO_MOMENT };
  const incident: IncidentRecords = { plant, packHash, clauses: recorded?.clauses ?? [], records: stopped.records, before: EMPTY_STATE, incident: { id: exercise, openedMs: startedMs, closedMs: endedMs, firstCondition: null, fromMs: startedMs, toMs: endedMs } };
  const series = (tag: string): [number, number | null][] => (truth?.samples ?? []).flatMap(({ atMs, shown }): [number, number | null][] => (shown[tag] === undefined ? [] : [[atMs, shown[tag] ?? null]]));
  const hands = truth?.events.flatMap(({ atMs, did }) => (did === undefined ? [] : [{ atMs, did }]));
  const run = await whatIfOf({ mode: 'TRAINING', records: incident, samples: { series }, minutes, ...(hands === undefined || hands.length === 0 ? {} : { hands }), ...(signal === undefined ? {} : { signal }), ...(simulator === undefined ? {} : { simulator }) });
  return run.ok ? { counterfactuals: counterfactualsOf(run.whatIf, stopped.isSupposed), noCounterfactuals: null, fidelity: run.whatIf.fidelity } : { counterfactuals: [], noCounterfactuals: run.reason };
}
