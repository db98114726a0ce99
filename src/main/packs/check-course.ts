/**
 * Checks of the course: every step is reached, every step leads on to the end, nothing goes round without a person or a time, and when the
 * safe state does not come there is always a next mode of retreat (4.1.1) until the whole plant stands or everybody is out.
 */
import { STEPS_END } from '../../domain/packs/schema.ts';
import type { ProcedureDef, RetreatMode, StepDef } from '../../domain/packs/schema.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Item } from './draft.ts';
import { eachProcedure } from './procedure-parts.ts';

/** A way on from a step. `atOnce`: the course can take it in the same moment it came, with no person and no time between. */
interface Way { readonly to: string; readonly atOnce: boolean }
type Ways = ReadonlyMap<string, readonly Way[]>;

function waysOf(step: StepDef, following: string, list: 'steps' | 'handling'): readonly Way[] {
  const runsOutAtOnce = step.within === 0;
  // What the tags decide is decided at once; what a person decides is not. When the time runs out the default is taken, and no 'otherwise'.
  if (step.kind === 'decide') return step.options.map(({ id, when, goto: to }) => ({ to, atOnce: when !== undefined || (runsOutAtOnce && id === step.default) }));
  const late: readonly Way[] = step.otherwise.goto === undefined ? [] : [{ to: step.otherwise.goto, atOnce: runsOutAtOnce }];
  // In the handling nothing goes on when a time runs out: the permit is withdrawn, and at most it goes back.
  return [{ to: step.next ?? following, atOnce: (runsOutAtOnce && list === 'steps') || passesAtOnce(step) }, ...late];
}

/** Whether a step can be done the moment it is opened: everything it waits for may be so already. */
function passesAtOnce({ kind, proceed, atLeast, proof }: StepDef): boolean {
  if (proceed === 'at-once') return true;
  const waitsForPerson = kind === 'hold' || kind === 'record' || (kind === 'warn' && proof.length === 0) || proof.some((one) => 'signed' in one);
  return !waitsForPerson && (atLeast ?? 0) === 0;
}

/** The ways of one list; null when a name in it leads nowhere, which is told by itself. */
function waysOfList(steps: readonly StepDef[], list: 'steps' | 'handling'): Ways | null {
  const ways = new Map(steps.map((step, index) => [step.id, waysOf(step, steps[index + 1]?.id ?? STEPS_END, list)]));
  const isSound = ways.size === steps.length && [...ways.values()].every((on) => on.length > 0 && on.every(({ to }) => to === STEPS_END || ways.has(to)));
  return isSound ? ways : null;
}

/** Everything that can be reached from `start`, and `start` itself. */
function reachable(start: string, ways: Ways, takes: (way: Way) => boolean = () => true): Set<string> {
  const found = new Set([start]);
  for (const id of found) for (const way of ways.get(id) ?? []) if (takes(way)) found.add(way.to);
  return found;
}

const LISTS = ['steps', 'handling'] as const;

export const courseLeadsToTheEnd = eachProcedure((procedure, _names, report) => {
  for (const list of LISTS) {
    const steps = procedure.value[list];
    const [first] = steps;
    const ways = waysOfList(steps, list);
    if (first === undefined || ways === null) continue;
    const reached = reachable(first.id, ways);
    for (const [index, { id }] of steps.entries()) {
      if (!reached.has(id)) report.error(procedure, [list, index, 'id'], `step ${id} is reached from no step of '${list}'; expected a 'next', an option or an 'otherwise' that leads to it`);
      else if (!reachable(id, ways).has(STEPS_END)) report.error(procedure, [list, index, 'id'], `from step ${id} the end of '${list}' is never reached: it leads to ${(ways.get(id) ?? []).map(({ to }) => to).join(', ')} and round again; expected a way on to '${STEPS_END}'`);
    }
  }
});

/** The station follows the course as far as it goes: round a loop that nothing holds up it would go for ever, in no time. */
export const loopsWait = eachProcedure((procedure, _names, report) => {
  for (const list of LISTS) {
    const ways = waysOfList(procedure.value[list], list) ?? new Map<string, readonly Way[]>();
    const told = new Set<string>();
    for (const [index, { id }] of procedure.value[list].entries()) {
      const loop = told.has(id) ? null : loopAtOnce(id, ways);
      if (loop === null) continue;
      for (const step of loop) told.add(step);
      report.error(procedure, [list, index, 'id'], `steps ${[...loop, id].join(' -> ')} lead back with no person and no time between; expected in this loop a record, a hold, a signed proof, an option without 'when', a wait with 'atLeast', or a way back by 'otherwise' when a time runs out`);
    }
  }
});

/** The shortest way from a step back to itself that is taken at once; null when there is none. */
function loopAtOnce(start: string, ways: Ways): readonly string[] | null {
  const before = new Map<string, string>();
  const open = [start];
  for (const id of open) {
    for (const { to, atOnce } of ways.get(id) ?? []) {
      if (!atOnce) continue;
      if (to === start) return pathTo(id, start, before);
      if (!before.has(to)) { before.set(to, id); open.push(to); }
    }
  }
  return null;
}

function pathTo(end: string, start: string, before: ReadonlyMap<string, string>): string[] {
  const path = [end];
  for (let id = end; id !== start;) { id = before.get(id) ?? start; path.unshift(id); }
  return path;
}

/** Modes of retreat behind which there is no further one. */
const LAST_MODES: readonly RetreatMode[] = ['whole-plant-stop', 'evacuation'];
const LAST_PRIORITY = 1;

const isLast = ({ priority, modes }: ProcedureDef): boolean => priority === LAST_PRIORITY && modes.some((mode) => LAST_MODES.includes(mode));

/** 4.1.1: a retreat that does not become safe is followed by the next mode, up to stopping the whole plant and getting everybody out. */
export const retreatsEndInTheLastMode: PlantCheck = (plant, _names, report) => {
  const byId = new Map(plant.procedures.map((procedure) => [procedure.value.id, procedure]));
  const told = new Set<string>();
  for (const procedure of plant.procedures) {
    const { id, priority, modes, ifNotSafe } = procedure.value;
    if (ifNotSafe.raise === undefined) {
      if (!isLast(procedure.value)) report.error(procedure, ['ifNotSafe'], `when procedure ${id} (priority ${priority}, ${modes.join(', ')}) does not become safe nothing comes after it (4.1.1); expected 'raise' with the next mode of retreat, or priority ${LAST_PRIORITY} with the mode ${LAST_MODES.join(' or ')}`);
      continue;
    }
    const circle = told.has(id) ? null : circleOf(id, byId);
    if (circle === null) continue;
    for (const one of circle) told.add(one);
    report.error(procedure, ['ifNotSafe', 'raise'], `procedures raise each other in a circle when they do not become safe: ${[...circle, id].join(' -> ')}; expected a chain that ends in a procedure of priority ${LAST_PRIORITY} with the mode ${LAST_MODES.join(' or ')}`);
  }
};

/** The procedures from one back to itself, by what is raised when the safe state does not come; null when it is on no circle. */
function circleOf(start: string, byId: ReadonlyMap<string, Item<ProcedureDef>>): readonly string[] | null {
  const path: string[] = [];
  for (let id: string | undefined = start; id !== undefined && !path.includes(id); id = byId.get(id)?.value.ifNotSafe.raise) path.push(id);
  const last = byId.get(path.at(-1) ?? '')?.value.ifNotSafe.raise;
  return last === start && path.length > 1 ? path : null;
}
