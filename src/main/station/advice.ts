/**
 * Which procedures the plant's state calls for, and why the others are not called for (NUREG-0700 8.2: entry conditions evaluated
 * continuously, the user alerted, never switched to). Asked for, not pushed: it looks at every entry condition of the plant.
 */
import type { AdviceView, ProcedureView } from '../../contract/view.ts';
import { allInputsOf } from '../../domain/conditions/compile.ts';
import { FALSE, TRUE, UNKNOWN } from '../../domain/conditions/truth.ts';
import type { ConditionDef, ProcedureDef } from '../../domain/packs/schema.ts';
import { initialCourse } from '../../domain/procedures/machine.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import { procedureView } from './procedure-view.ts';
import { readingOf } from './reading.ts';
import { figuresOf } from './view.ts';

const PROCEDURES_MAX = 200;
const ENTRY_MAX = 30;
const READINGS_MAX = 5;

/** Running and advised ones first, by priority, then those whose entry is not known, then the rest. */
export function adviceOf(plant: Plant, state: StationState): AdviceView[] {
  const rank = (each: AdviceView): number => (each.advised ? 0 : each.instance !== null ? 1 : each.entry.some((entry) => entry.state === 'unknown') ? 2 : 3);
  return plant.pack.procedures.map((procedure) => adviceFor(plant, state, procedure)).sort((a, b) => rank(a) - rank(b) || a.priority - b.priority || (a.procedure < b.procedure ? -1 : 1)).slice(0, PROCEDURES_MAX);
}

function adviceFor(plant: Plant, state: StationState, procedure: ProcedureDef): AdviceView {
  const order = { raised: 0, unknown: 1, cleared: 2 } as const;
  const entry = plant.triggers.filter((condition) => condition.starts.includes(procedure.id)).map((condition) => entryOf(plant, state, condition)).sort((a, b) => order[a.state] - order[b.state]);
  return {
    procedure: procedure.id, title: procedure.title, goal: procedure.goal, clauses: [...procedure.clauses], priority: procedure.priority,
    instance: state.runs.find((run) => run.procedure === procedure.id)?.instance ?? null, advised: entry.some((each) => each.state === 'raised'), byHand: procedure.byHand ?? null,
    entry: entry.slice(0, ENTRY_MAX), omitted: Math.max(0, entry.length - ENTRY_MAX),
  };
}

function entryOf(plant: Plant, state: StationState, condition: ConditionDef): AdviceView['entry'][number] {
  const truth = plant.engine.truthOf(condition.id) ?? UNKNOWN;
  const isHeld = state.conditions.get(condition.id)?.held === true;
  return {
    condition: condition.id, title: condition.title, clauses: [...condition.clauses], state: truth === TRUE || (isHeld && truth !== FALSE) ? 'raised' : truth === FALSE ? 'cleared' : 'unknown',
    readings: allInputsOf(condition.id, plant.conditions).slice(0, READINGS_MAX).map((tag) => readingOf(plant, tag)), ...figuresOf(condition),
  };
}

/** Looking ahead: the procedure as it would stand if it were raised now. Nothing is begun. Null: there is none of this name. */
export function pageOf(plant: Plant, state: StationState, procedureId: string, nowMs: number): ProcedureView | null {
  const compiled = plant.machines.get(procedureId);
  if (compiled === undefined) return null;
  const { version, sourceHash, machine } = compiled;
  return procedureView(plant, state, { instance: `page:${procedureId}`, procedure: procedureId, version, sourceHash, because: [], course: initialCourse(machine), prohibitions: {} }, nowMs, []);
}
