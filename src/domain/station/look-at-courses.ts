/** What running procedures lead to: their courses move, and they raise the procedures that their times and steps name. */
import type { ProcedureDef } from '../packs/schema.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import { placeOf, presentStepOf } from '../procedures/machine.ts';
import { compareRuns, isCovered } from './commanding.ts';
import { evolve } from './evolve.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import { obstaclesOf } from './gates/interlock-facts.ts';
import { returnVerdict, stepVerdict } from './gates/verdicts.ts';
import { plantSeenBy, procedureOf } from './plant.ts';
import type { Plant } from './plant.ts';
import { leadsOf, nextCourseEvents } from './progress.ts';
import type { Surroundings } from './progress.ts';
import type { ProcedureRun, StationState } from './state.ts';

export function lookAtCourses(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const seen = plantSeenBy(plant, state);
  return state.runs.flatMap((run) => {
    const procedure = procedureOf(plant, run);
    if (procedure === null) return [];
    const event = nextCourseEvents(seen, procedure, run, surroundingsOf(plant, state, procedure, run, nowMs), nowMs)[0];
    if (event === undefined) return [];
    return [movedBy(plant, state, run, event, null, nowMs), ...(event.type === 'SAFE_LOST' ? unclearAgain(state, procedure, nowMs) : [])];
  });
}

/** 4.2.1: what was judged enterable was judged for the state that is lost. Whoever is inside is too many from now on. */
export function unclearAgain(state: StationState, procedure: ProcedureDef, nowMs: number): Fact[] {
  return procedure.people.zones.filter((zone) => ['reconnaissance', 'handling'].includes(state.zones[zone]?.stage ?? 'normal')).map((zone) => fact('people.staged', nowMs, null, { zone, stage: 'unclear', assessment: '' }));
}

/** The fact that a course moves, with the place it moves to. */
export function movedBy(plant: Plant, state: StationState, run: ProcedureRun, event: CourseEvent, by: string | null, nowMs: number): Fact {
  const probe = fact('procedure.moved', nowMs, by, { instance: run.instance, event, place: placeOf(run.course) });
  const after = evolve(state, probe, plant.machines).runs.find((each) => each.instance === run.instance);
  return fact('procedure.moved', nowMs, by, { instance: run.instance, event, place: after === undefined ? 'closed' : placeOf(after.course) });
}

/** What the regions beside the course say: interlocks, people, prohibitions, and whether the plant has tripped by itself. */
export function surroundingsOf(plant: Plant, state: StationState, procedure: ProcedureDef, run: ProcedureRun, nowMs: number): Surroundings {
  const blocked = obstaclesOf(state, procedure.interlocks, nowMs).length > 0;
  const zones = procedure.people.zones.map((id) => state.zones[id]?.state ?? 'unknown');
  const people = zones.includes('exceeded') ? 'exceeded' as const : zones.includes('unknown') ? 'unknown' as const : 'within' as const;
  return {
    interlocks: blocked ? 'blocked' : 'clear', people, tripped: procedure.interlocks.filter((id) => state.interlocks[id]?.state === 'tripped'),
    running: new Set(state.runs.map((each) => each.procedure)),
    mayDoStep: () => {
      const step = presentStepOf(procedure, run.course);
      return step !== null && stepVerdict(plant, state, run, step, nowMs).allowed;
    },
    mayReturn: () => returnVerdict(plant, state, run, nowMs).allowed,
  };
}

/** What was put aside for a more urgent procedure comes back when none runs any more: the most urgent is never put aside. */
export function lookAtSuspended(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const uncovered = state.runs.filter((run) => run.course.context.suspended !== null && !isCovered(plant, state, run)).sort((a, b) => compareRuns(plant, a, b))[0];
  return uncovered === undefined ? [] : [movedBy(plant, state, uncovered, { type: 'RESUMED', atMs: nowMs, by: 'product' }, null, nowMs)];
}

/** Procedures that a step, a time or a safe state that does not come calls for: raised beside the one that runs, which keeps its place. */
export function lookAtLeads(plant: Plant, state: StationState, nowMs: number): Fact[] {
  for (const run of state.runs) {
    const procedure = procedureOf(plant, run);
    const lead = procedure === null ? undefined : leadsOf(procedure, run)[0];
    if (lead === undefined) continue;
    const led = movedBy(plant, state, run, { type: 'LED', atMs: nowMs, from: lead.from, procedure: lead.procedure }, null, nowMs);
    // One at a time: the next look finds the next.
    const isRunning = state.runs.some((each) => each.procedure === lead.procedure);
    return isRunning || !plant.procedures.has(lead.procedure) ? [led] : [raiseProcedure(plant, state, lead.procedure, [], nowMs), led];
  }
  return [];
}

/** The fact that raises a procedure. Instances are numbered over the whole journal, so that none is ever met twice. */
export function raiseProcedure(plant: Plant, state: StationState, procedureId: string, because: readonly string[], nowMs: number, offset = 0): Extract<Fact, { type: 'procedure.raised' }> {
  const compiled = plant.machines.get(procedureId);
  const number = state.closedRuns + state.runs.length + offset + 1;
  return fact('procedure.raised', nowMs, null, { instance: `${procedureId}:${number}`, procedure: procedureId, version: compiled?.version ?? 0, sourceHash: compiled?.sourceHash ?? '', because }) as Extract<Fact, { type: 'procedure.raised' }>;
}
