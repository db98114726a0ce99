/** Checks of each step by its kind: what it must have, and what only other kinds have. A field that its kind does not look at would silently be a missing safeguard. */
import { STEPS_END } from '../../domain/packs/schema.ts';
import type { ProofDef, StepDef, StepKind } from '../../domain/packs/schema.ts';
import { lackingName } from './names.ts';
import { eachProcedure, eachStep } from './procedure-parts.ts';
import { proofListsOf, stepsOf } from './draft.ts';

const isSigned = (proof: ProofDef): boolean => 'signed' in proof;

/** What proof a kind needs: null when the step has it, else what is wrong and what is expected. Kinds that are not here need none. */
const PROOF_OF_KIND: Readonly<Partial<Record<StepKind, (step: StepDef) => string | null>>> = {
  command: ({ proof }) => (proof.length > 0 ? null : "has no proof; expected 'proof', because what was commanded and not seen is not done"),
  verify: ({ proof }) => (proof.length > 0 ? null : "has no proof; expected 'proof', which is all that it does"),
  wait: ({ proof, atLeast }) => (proof.length > 0 || atLeast !== undefined ? null : "waits for nothing; expected 'proof' or 'atLeast'"),
  record: ({ proof }) => (proof.length > 0 && proof.every(isSigned) ? null : "has no signed proof or one by tags; expected 'proof' with 'signed' only, because a person writes it down"),
  hold: ({ proof }) => (proof.length > 0 && proof.every(isSigned) ? null : "has no signed proof or one by tags; expected 'proof' with 'signed' only, because another person looks"),
};

export const proofFitsKind = eachStep((step, path, procedure, report) => {
  const wrong = PROOF_OF_KIND[step.kind]?.(step) ?? null;
  if (wrong !== null) report.error(procedure, [...path, step.proof.length > 0 ? 'proof' : 'id'], `${step.kind} step ${step.id} ${wrong}`);
});

/** Fields that only some kinds have: whether a step has it, and which kinds may. */
const FIELDS_OF_KINDS: readonly { readonly field: keyof StepDef; readonly has: (step: StepDef) => boolean; readonly kinds: readonly StepKind[] }[] = [
  { field: 'sets', has: ({ sets }) => Object.keys(sets).length > 0, kinds: ['command'] },
  { field: 'atLeast', has: ({ atLeast }) => atLeast !== undefined, kinds: ['wait'] },
  { field: 'options', has: ({ options }) => options.length > 0, kinds: ['decide'] },
  { field: 'default', has: (step) => step.default !== undefined, kinds: ['decide'] },
  { field: 'procedure', has: (step) => step.procedure !== undefined, kinds: ['goto'] },
  // Nobody looks at it there: a decision is proved by nothing, and a goto by the procedure that then runs.
  { field: 'proof', has: ({ proof }) => proof.length > 0, kinds: ['command', 'verify', 'wait', 'record', 'warn', 'hold'] },
  // A decision goes where its options go; a hold, a wait and a decision that the course does not wait for would be none.
  { field: 'next', has: ({ next }) => next !== undefined, kinds: ['command', 'verify', 'wait', 'record', 'warn', 'hold', 'goto'] },
  { field: 'proceed', has: ({ proceed }) => proceed === 'at-once', kinds: ['command', 'verify', 'record', 'warn', 'goto'] },
];

export const fieldsFitKind = eachStep((step, path, procedure, report) => {
  for (const { field, has, kinds } of FIELDS_OF_KINDS) {
    if (has(step) && !kinds.includes(step.kind)) report.error(procedure, [...path, field], `step ${step.id} is of kind ${step.kind} and has '${field}'; expected it only on ${kinds.join(', ')}`);
  }
});

/** A way out that the course never takes would be read as one and be none. In the handling a time that runs out leads back at most, never past what was not proved (4.3.3, 4.4.1). */
export const lateWaysAreTaken = eachProcedure((procedure, _names, report) => {
  const place = new Map(procedure.value.handling.map(({ id }, index) => [id, index]));
  for (const { list, path, step } of stepsOf(procedure.value)) {
    const to = step.otherwise.goto;
    if (to !== undefined && step.kind === 'decide') report.error(procedure, [...path, 'otherwise', 'goto'], `decide step ${step.id} takes its default when its time runs out, and no 'goto'; expected 'default' with the option that leads there`);
    else if (to !== undefined && list === 'handling' && (to === STEPS_END || (place.get(to) ?? -1) > (place.get(step.id) ?? -1))) report.error(procedure, [...path, 'otherwise', 'goto'], `step ${step.id} of the handling would go on to ${to} without its proof when its time runs out (4.3.3, 4.4.1); expected a step before it, 'raise' with another procedure, or a decide step`);
    if (step.proceed === 'at-once' && list === 'handling') report.error(procedure, [...path, 'proceed'], `step ${step.id} of the handling would go on before it is proved (4.3.3, 4.4.1); expected 'proceed: at-once' in 'steps' only, where people get away`);
  }
});

/** A time that is at least longer than the limit would make every wait overdue, and an overdue that is always there is not looked at. */
export const waitsEnd = eachStep((step, path, procedure, report) => {
  if (step.kind === 'wait' && step.atLeast !== undefined && step.atLeast > step.within) report.error(procedure, [...path, 'atLeast'], `step ${step.id} waits for at least ${step.atLeast / 1_000} s and at most ${step.within / 1_000} s; expected 'atLeast' not above 'within'`);
});

/** A decision is between two ways at least, and has one that is taken when nobody decides. */
export const decisionsChoose = eachStep((step, path, procedure, report) => {
  if (step.kind !== 'decide') return;
  const ids = new Set(step.options.map((option) => option.id));
  if (step.options.length < 2) report.error(procedure, [...path, step.options.length === 0 ? 'id' : 'options'], `decide step ${step.id} has ${step.options.length === 0 ? 'no option' : 'one option'}; expected two 'options' or more`);
  if (step.default === undefined) report.error(procedure, [...path, 'id'], `decide step ${step.id} has no default; expected 'default' with the option that is taken when its time runs out: the careful one`);
  else if (!ids.has(step.default)) report.error(procedure, [...path, 'default'], lackingName('option', step.default, ids));
});

export const gotoHasProcedure = eachStep((step, path, procedure, report) => {
  if (step.kind === 'goto' && step.procedure === undefined) report.error(procedure, [...path, 'id'], `goto step ${step.id} raises nothing; expected 'procedure' with another procedure of the plant`);
});

/** A figure proves only inside its range. */
export const figuresHaveRange = eachProcedure((procedure, _names, report) => {
  for (const { path, proof } of proofListsOf(procedure.value)) {
    for (const [index, one] of proof.entries()) {
      if ('signed' in one && one.figure !== undefined && one.figure.low >= one.figure.high) report.error(procedure, [...path, index, 'figure', 'high'], `the figure of proof ${one.id} is ${one.figure.low} to ${one.figure.high} ${one.figure.unit}; expected low below high`);
    }
  }
});

/** Words that deadlines and the course itself use where a step may stand. */
const RESERVED_STEP_IDS: readonly string[] = ['start', 'safe', 'end', 'safeState', 'returnConditions'];

export const stepIdsAreFree = eachStep((step, path, procedure, report) => {
  if (RESERVED_STEP_IDS.includes(step.id)) report.error(procedure, [...path, 'id'], `a step has the id '${step.id}', which means something else where steps are named; expected any id but ${RESERVED_STEP_IDS.join(', ')}`);
});
