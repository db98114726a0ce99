/** Checks of where a procedure leads: to steps, to other procedures, to states of tags. A name that leads nowhere is found while it is written, not in the middle of a retreat. */
import { STEPS_END } from '../../domain/packs/schema.ts';
import type { Sets, TagDef } from '../../domain/packs/schema.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Report, Wrong } from './complaint.ts';
import type { Item } from './draft.ts';
import { stepsOf } from './draft.ts';
import { GENERAL } from './general-rules.ts';
import { lackingName } from './names.ts';
import type { Names } from './names.ts';
import { commandsOf, eachProcedure, otherwisesOf, raisesOf } from './procedure-parts.ts';
import type { Path } from './yaml-source.ts';

/** Where a deadline may begin and end besides at a step. */
const DEADLINE_START = 'start';
const DEADLINE_SAFE = 'safe';

/** `next`, `goto` of an option and of `otherwise` stay in their list: from the retreat nobody is led past the safe state into the handling. */
export const stepTargetsExist = eachProcedure((procedure, _names, report) => {
  const { value } = procedure;
  const ids = { steps: new Set(value.steps.map((step) => step.id)), handling: new Set(value.handling.map((step) => step.id)) } as const;
  for (const { list, path, step } of stepsOf(value)) {
    const other = list === 'steps' ? 'handling' : 'steps';
    const goes: readonly (readonly [Path, string | undefined])[] = [
      [['next'], step.next], [['otherwise', 'goto'], step.otherwise.goto], ...step.options.map((option, index) => [['options', index, 'goto'], option.goto] as const),
    ];
    for (const [key, id] of goes) {
      if (id === undefined || id === STEPS_END || ids[list].has(id)) continue;
      const wrong: Wrong = ids[other].has(id) ? { message: `step ${step.id} of '${list}' leads to ${id}, which is a step of '${other}'; expected a step of the same list or '${STEPS_END}'` } : lackingName('step', id, new Set([...ids[list], STEPS_END]));
      report.error(procedure, [...path, ...key], wrong);
    }
  }
  for (const { path, otherwise, isOfStep } of otherwisesOf(value)) {
    if (!isOfStep && otherwise.goto !== undefined) report.error(procedure, [...path, 'goto'], `this time runs beside the steps and moves none of them, so that 'goto' leads nowhere; expected 'raise' with another procedure, or words alone`);
  }
});

/** What is raised is another procedure of the same plant: one of another plant would be proved by tags that nobody here looks at. */
export const raisedProceduresExist = eachProcedure((procedure, names, report) => {
  for (const { path, id } of raisesOf(procedure.value)) {
    if (id === procedure.value.id) report.error(procedure, path, `procedure ${id} raises itself; expected another procedure of the plant`);
    else if (!names.has('procedure', id)) report.error(procedure, path, names.lacking('procedure', id));
  }
});

export const deadlinesRun = eachProcedure((procedure, _names, report) => {
  const steps = stepsOf(procedure.value).map(({ step }) => step.id);
  for (const [index, deadline] of procedure.value.deadlines.entries()) {
    for (const [key, word] of [['from', DEADLINE_START], ['until', DEADLINE_SAFE]] as const) {
      const known = new Set([word, ...steps]);
      if (!known.has(deadline[key])) report.error(procedure, ['deadlines', index, key], lackingName('step', deadline[key], known));
    }
  }
});

/** What a tag could be set to instead; null when it can be set so. */
function settable(tag: TagDef, value: Sets[string]): string | null {
  switch (tag.kind) {
    case 'discrete': return typeof value === 'string' && tag.states.includes(value) ? null : tag.states.join(', ');
    case 'boolean': return typeof value === 'boolean' ? null : 'true or false';
    case 'analog': return typeof value === 'number' && value >= tag.low && value <= tag.high ? null : `a number from ${tag.low} to ${tag.high} ${tag.unit}`;
    case 'count': return 'no tag of kind count, because people are counted and not commanded';
  }
}

function setsFit(item: Item<unknown>, path: Path, sets: Sets, names: Names, report: Report): void {
  for (const [id, value] of Object.entries(sets)) {
    const tag = names.tags.get(id);
    const expected = tag === undefined ? null : settable(tag, value);
    if (tag === undefined) report.error(item, [...path, 'sets', id], names.lacking('tag', id));
    else if (expected !== null) report.error(item, [...path, 'sets', id], `tag ${id} cannot be set to '${String(value)}'; expected ${expected}`);
  }
}

export const commandedStatesExist = eachProcedure((procedure, names, report) => {
  for (const { path, sets } of commandsOf(procedure.value)) setsFit(procedure, path, sets, names, report);
});

/** An interlock says what its trip does, so that no step can command the opposite: a word that the tag does not have would be no guard. */
export const interlockStatesExist: PlantCheck = (plant, names, report) => {
  for (const interlock of plant.interlocks) setsFit(interlock, [], interlock.value.sets, names, report);
};

/** A clause that no trigger carries starts nothing (4.1.2): its author believes it does. */
export const answersAreAsked = eachProcedure((procedure, names, report, plant) => {
  const { value } = procedure;
  const general = plant.includes.some((include) => include.value === GENERAL) ? names.generalTriggers : new Set<string>();
  const asked = new Set(plant.conditions.filter((condition) => condition.value.starts.includes(value.id)).flatMap((condition) => condition.value.clauses));
  for (const [index, clause] of value.answers.entries()) {
    if (names.has('clause', clause) && !asked.has(clause) && !general.has(clause)) report.warning(procedure, ['answers', index], `no trigger of plant ${plant.id} starts procedure ${value.id} by clause ${clause}; expected a trigger with this clause and no 'starts' of its own`);
  }
});

/** A procedure that nothing ever raises is a page in a drawer. */
export const proceduresAreRaised: PlantCheck = (plant, _names, report) => {
  const raised = new Set([...plant.conditions.flatMap((condition) => condition.value.starts), ...plant.procedures.flatMap(({ value }) => raisesOf(value).filter(({ id }) => id !== value.id).map(({ id }) => id))]);
  for (const procedure of plant.procedures) {
    const { id, byHand } = procedure.value;
    if (byHand === undefined && !raised.has(id)) report.warning(procedure, ['id'], `procedure ${id} is started by no trigger, raised by no other procedure and not by hand; expected 'answers', 'byHand', or a 'starts' of a trigger`);
  }
};
