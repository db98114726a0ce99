/**
 * Says whether there is anything for `observe` to find, so that a quiet moment costs next to nothing.
 *
 * `observe` is a function of the plant's pack, the state, the drained changes, the time, and what it reads directly from
 * the engine. When it has come to rest and none of these has changed, it would find nothing: that is all this file
 * decides. It must err on one side only - asking for a look too often is dear, too seldom is a missed alarm.
 *
 * Whoever makes `observe` look at a new thing adds it here: a time to DUE_TIMES, a direct read of the engine to `readsOf`.
 * Two tests watch over it:
 * looking always and looking when due give the same facts, and every read that `observe` makes stands in `readsOf`.
 */
import type { ProofDef } from '../packs/schema.ts';
import { nextRetrainMs } from '../drills/competence.ts';
import { endOf } from '../people/outages.ts';
import { DIFFER_MS } from '../people/people.ts';
import { tagsOfCamera } from '../people/zone-tags.ts';
import { continuousNodeId, optionNodeId, proofNodeId } from '../conditions/compile.ts';
import { termsAfter } from '../authority/matrix.ts';
import { preWarningMs, tagExpectedMs, TAG_GRACE_MS, walkDueMs } from '../interlocks/bypass.ts';
import { watchedTags } from '../interlocks/bypass-watch.ts';
import { placeOf, presentStepOf } from '../procedures/machine.ts';
import { alarmsDueMs } from './look-at-alarms.ts';
import { procedureOf } from './plant.ts';
import type { Plant } from './plant.ts';
import { openStepsOf, stepOf } from './progress.ts';
import { ownOf } from '../procedures/course-context.ts';
import { platformDueMs } from '../platform/handed-on.ts';
import { untilMsOf } from '../proof/gas-test.ts';
import type { StationState } from './state.ts';

/**
 * Moments at which what `observe` finds may change although nothing else does, ms since the epoch. One that has passed and
 * is still given means: look every time. Who knows that a passed one changes nothing any more leaves it out; the earliest
 * of several must not hide the later ones behind it.
 */
type DueTimes = (plant: Plant, state: StationState, nowMs: number) => readonly number[];

const DUE_TIMES: readonly DueTimes[] = [dueOfBypasses, dueOfPermits, dueOfEvidence, dueOfSteps, dueOfCourses, dueOfAlarms, dueOfPeople, dueOfAuthority, dueOfActions, dueOfPlatform, dueOfAftermath, dueOfCompetence];

/** A bypass begins, is nearly over or over, its tag is expected, a round is missed, its key should be turned back (3.3). */
function dueOfBypasses(_plant: Plant, { bypasses }: StationState, nowMs: number): number[] {
  return bypasses.flatMap((entry) => {
    switch (entry.phase) {
      case 'approved': return [entry.untilMs];
      case 'active': return [entry.startMs, preWarningMs(entry), entry.untilMs, tagExpectedMs(entry), ...entry.measures.flatMap((_measure, index) => walkDueMs(entry, index) ?? [])];
      case 'restored': return [entry.untilMs, (entry.restoration?.atMs ?? 0) + TAG_GRACE_MS];
      default: return [];
    }
  }).filter((dueMs) => dueMs > nowMs);
}

/** A work permit begins to count, and runs out (3.7). */
function dueOfPermits(_plant: Plant, { permits }: StationState, nowMs: number): number[] {
  return permits.filter(({ phase }) => phase === 'issued').flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]).filter((atMs) => atMs > nowMs);
}

/** A gas test runs out (4.3.3(4)). It is asked of the engine's clock; one that is behind the station's is looked at until it has come there. */
function dueOfEvidence({ engine }: Plant, { runs }: StationState): number[] {
  return runs.flatMap(({ course }) => Object.values(course.context.signed).flatMap(({ evidence }) => (evidence === undefined ? [] : (untilMsOf(evidence) ?? [])))).filter((untilMs) => untilMs > engine.nowMs);
}

/** Shelving ends, an alarm is raised again or overdue, the flood's window moves on. */
function dueOfAlarms(_plant: Plant, state: StationState): number[] {
  return [alarmsDueMs(state)];
}

/** A grant of the standing authority matrix begins or ends (3.4). */
function dueOfAuthority(plant: Plant, _state: StationState, nowMs: number): number[] {
  return termsAfter(plant.pack.authority, nowMs);
}

/** A corrective action is overdue (H.1). */
function dueOfActions(_plant: Plant, { actions }: StationState, nowMs: number): number[] {
  return actions.open.map(({ dueMs }) => dueMs).filter((dueMs) => dueMs > nowMs);
}

/** What waits for the platform has waited too long (D.2). */
function dueOfPlatform(_plant: Plant, { handedOn }: StationState, nowMs: number): number[] {
  return [platformDueMs(handedOn)].filter((dueMs) => dueMs > nowMs);
}

/** The analysis of an incident is owed no longer than this, a follow-up is overdue (4.5.3, 3.1). */
function dueOfAftermath(_plant: Plant, { aftermath: { analyses, followUps } }: StationState, nowMs: number): number[] {
  return [...analyses.open.flatMap(({ dueMs }) => dueMs ?? []), ...followUps.open.map(({ dueMs }) => dueMs)].filter((dueMs) => dueMs > nowMs);
}

/** Somebody has to train again (H.2). */
function dueOfCompetence(_plant: Plant, { competence }: StationState, nowMs: number): number[] {
  return [nextRetrainMs(competence, nowMs) ?? []].flat();
}

/** A step of a procedure that runs has not been proved within its time. */
function dueOfSteps(_plant: Plant, { runs }: StationState, nowMs: number): number[] {
  return runs.flatMap((run) => Object.values(run.course.context.steps).filter(({ doneMs, overdue, dueMs }) => doneMs === null && !overdue && dueMs > nowMs).map(({ dueMs }) => dueMs));
}

/** Two counts have differed for too long; an outage of a camera begins or is over. */
function dueOfPeople(_plant: Plant, { zones, outages }: StationState, nowMs: number): number[] {
  const differing = Object.values(zones).flatMap(({ differsSinceMs }) => (differsSinceMs === null ? [] : [differsSinceMs + DIFFER_MS]));
  return [...differing, ...outages.flatMap((outage) => [outage.fromMs, endOf(outage)])].filter((dueMs) => dueMs > nowMs);
}

/** The least time of a waiting step, a time over several steps, a continuous action, and the safe state itself. */
function dueOfCourses(plant: Plant, { runs }: StationState, nowMs: number): number[] {
  return runs.flatMap((run) => {
    const { steps, deadlines, continuous, safeDueMs, safeOverdue } = run.course.context;
    const procedure = plant.procedures.get(run.procedure);
    const waits = procedure === undefined ? [] : Object.entries(steps).filter(([, { doneMs }]) => doneMs === null).map(([id, { startedMs }]) => startedMs + (stepOf(procedure, id)?.atLeast ?? 0));
    return [
      ...waits, ...Object.values(deadlines).filter(({ state }) => state === 'running').map(({ dueMs }) => dueMs),
      ...(procedure?.continuous ?? []).flatMap(({ id }) => { const record = ownOf(continuous, id); return record?.state === 'inEffect' ? [record.dueMs] : []; }),
      ...(safeDueMs === null || safeOverdue ? [] : [safeDueMs]),
    ].filter((dueMs) => dueMs > nowMs);
  });
}

/** What `observe` reads from the engine by itself, apart from the changes it is handed. */
export interface Reads {
  /** Readings of these tags: interlock functions, head-counts, cameras, measures and limits of a bypass in force. */
  readonly tags: readonly string[];
  /** Of these only the quality is asked: initiators of interlocks, whose values change all the time. */
  readonly qualities: readonly string[];
  /** Truths of these conditions and proofs. */
  readonly truths: readonly string[];
}

export function readsOf(plant: Plant, state: StationState): Reads {
  const { interlocks, zones } = plant.pack;
  const inForce = state.bypasses.filter(({ phase }) => phase === 'active');
  return {
    tags: [...new Set([...interlocks.flatMap(({ tripTag, bypassTag, faultTag, bypassCommandTag, forcedTag }) => [tripTag, bypassTag, faultTag, ...[bypassCommandTag ?? [], forcedTag ?? []].flat()]), ...zones.flatMap(({ countTag, cameras }) => [countTag, ...cameras.flatMap(tagsOfCamera)]), ...inForce.flatMap(watchedTags)])],
    qualities: plant.initiators,
    truths: [...new Set([...plant.prohibitions.map(({ id }) => id), ...plant.suppressible.flatMap(({ suppressedWhile }) => suppressedWhile), ...state.runs.flatMap((run) => truthsOfRun(plant, run))])],
  };
}

function truthsOfRun(plant: Plant, run: StationState['runs'][number]): string[] {
  const watched = (plant.procedures.get(run.procedure)?.prohibitions ?? []).flatMap(({ watchedBy }) => (watchedBy === undefined ? [] : [watchedBy]));
  const procedure = procedureOf(plant, run);
  if (procedure === null || ['raised', 'standby', 'closed'].includes(placeOf(run.course))) return watched;
  const present = presentStepOf(procedure, run.course);
  const steps = [...openStepsOf(procedure, run), ...(present === null ? [] : [present])];
  // What the handling has proved must hold on while its later steps are permitted (4.4.1).
  const shown = placeOf(run.course) === 'investigating' ? procedure.handling.flatMap(({ proof }) => proof.filter(({ shows }) => shows !== undefined)) : [];
  // A step that was passed over meets a deadline only when its proof comes all the same.
  const until = procedure.deadlines.flatMap(({ until: id }) => stepOf(procedure, id)?.proof ?? []);
  const proofs: readonly ProofDef[] = [...steps.flatMap(({ proof }) => proof), ...until, ...procedure.safeState, ...shown, ...procedure.continuous.flatMap(({ proof }) => proof)];
  return [
    ...watched, ...proofs.flatMap((proof) => ('when' in proof ? [proofNodeId(procedure.id, proof.id)] : [])),
    ...steps.flatMap((step) => step.options.flatMap((option) => (option.when === undefined ? [] : [optionNodeId(procedure.id, step.id, option.id)]))),
    ...procedure.continuous.map(({ id }) => continuousNodeId(procedure.id, id)),
  ];
}

/** The station after a look that found nothing more. Kept by the caller, handed back at the next moment. */
export interface Rest {
  readonly state: StationState;
  readonly nowMs: number;
  /** Until then, by time alone, nothing changes. */
  readonly dueMs: number;
  readonly reads: Reads;
  readonly seen: readonly unknown[];
}

/** To be called right after `observe` with the state it answered, before anything is pushed. */
export function restAfter(plant: Plant, state: StationState, nowMs: number): Rest {
  const reads = readsOf(plant, state);
  const dueMs = Math.min(...DUE_TIMES.flatMap((times) => times(plant, state, nowMs)));
  return { state, nowMs, dueMs, reads, seen: [...seenOf(plant, reads)] };
}

/** True when `observe` must be called: changes to be told, another state, a time that has come, or another reading. */
export function isDue(plant: Plant, rest: Rest | null, state: StationState, changes: number, nowMs: number): boolean {
  if (rest === null || changes > 0 || state !== rest.state || nowMs >= rest.dueMs || nowMs < rest.nowMs) return true;
  let i = 0;
  for (const value of seenOf(plant, rest.reads)) {
    if (!Object.is(value, rest.seen[i])) return true;
    i += 1;
  }
  return false;
}

/** Value, quality and whether it was ever heard of: all that is asked of a reading. A source time that goes on is no news. */
function* seenOf({ engine }: Plant, { tags, qualities, truths }: Reads): Generator<unknown> {
  for (const tag of tags) {
    const reading = engine.readingOf(tag);
    yield reading?.value;
    yield reading?.quality;
    yield reading !== null && reading.sourceMs !== null;
  }
  for (const tag of qualities) yield engine.readingOf(tag)?.quality;
  for (const id of truths) yield engine.truthOf(id);
}
