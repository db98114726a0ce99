/**
 * The laws of domain.md, checked on one procedure. Laws about a single move are looked at while exploring; laws about ways (can it still
 * get safe? does it end?) on the explored graph; laws about what is shown and watched on the procedure and its plant.
 */
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import { allInputsOf } from '../conditions/compile.ts';
import type { ConditionDef, PlantPack, ProcedureDef, StepDef } from '../packs/schema.ts';
import { isGated } from '../procedures/course-table.ts';
import type { CourseRule, CourseStateDef, CourseTable } from '../procedures/course-table.ts';
import type { CourseFacts } from '../procedures/guards.ts';
import { GOOD_ENV, INTERLOCK_VALUES, LOST_ENV, mayDoStep } from './abstract-facts.ts';
import { reallyApproved } from './control.ts';
import type { Control } from './control.ts';
import { Explorer } from './explore.ts';
import type { Explored, Step, Subject } from './explore.ts';
import { losingATagProves } from './lost-tags.ts';
import { peopleCounterexample } from './people-model.ts';
import { moveWords } from './words.ts';

export const LAWS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8'] as const;
export type LawId = (typeof LAWS)[number];
export interface LawResult { readonly id: LawId; readonly holds: boolean; readonly counterexample?: readonly string[] }
export interface Proof { readonly procedure: string; readonly states: number; readonly transitions: number; readonly laws: readonly LawResult[] }

/** What else of the plant a proof of one procedure looks at. */
export interface Surrounding {
  readonly pack: PlantPack;
  /** Most people that a clause allows (clauses.yaml). */
  readonly peopleOfClause: ReadonlyMap<string, number>;
  /** Times that a clause sets, ms (clauses.yaml). */
  readonly timesOfClause: ReadonlyMap<string, readonly number[]>;
}

export function prove(subject: Subject, surrounding: Surrounding): Proof {
  const explorer = new Explorer(subject);
  const found = new Map<LawId, readonly string[]>();
  const broken = (id: LawId, example: readonly string[]): void => { if (!found.has(id)) found.set(id, example); };
  const moves: { readonly id: LawId; readonly from: number; readonly step: Step; readonly why: string }[] = [];
  const seen = new Set<LawId>();
  const explored = explorer.explore((step, from) => {
    for (const { id, why } of moveLaws(subject.table, step)) {
      // Breadth first: the first that is found is the shortest.
      if (!seen.has(id)) { seen.add(id); moves.push({ id, from, step, why }); }
    }
  });
  for (const { id, from, step, why } of moves) broken(id, [...explored.wayTo(from), moveWords(subject.table, step), why]);
  for (const { id, example } of [...wayLaws(explorer, explored), ...dataLaws(subject.table, surrounding, explorer)]) broken(id, example);
  return {
    procedure: subject.table.procedure.id, states: explored.states.length, transitions: explored.transitions,
    laws: LAWS.map((id) => { const counterexample = found.get(id); return counterexample === undefined ? { id, holds: true } : { id, holds: false, counterexample }; }),
  };
}

interface Found { readonly id: LawId; readonly example: readonly string[] }

const TRUTHS = [TRUE, FALSE, UNKNOWN] as const;

// --- single moves ------------------------------------------------------------------------------------------------------------------

const GATED_EVENTS: readonly string[] = ['PERMITTED', 'APPROVED', 'RETURNED'];

function moveLaws(table: CourseTable, step: Step): { id: LawId; why: string }[] {
  const { rule, env, before, after, values, safe, isCleared } = step;
  const laws: { id: LawId; why: string }[] = [];
  if (rule === null) {
    if (before.at !== after.at) laws.push({ id: 'L8', why: 'a restart moved the course' });
    return laws;
  }
  const state = table.states[before.at] as CourseStateDef;
  const isGatedDeed = GATED_EVENTS.includes(rule.event) || (rule.event === 'STEP_DONE' && state.step !== null && isGated(state.step));
  if (isGatedDeed) {
    if (env !== null && env.interlock !== 'clear') laws.push({ id: 'L2', why: `done while a linked interlock is ${env.interlock}` });
    if (env === null) laws.push({ id: 'L2', why: 'done without asking the gate' });
    if (rule.event === 'STEP_DONE' && !state.open) laws.push({ id: 'L2', why: 'done without a permit' });
    if (env !== null && state.step?.direction === 'intervene' && env.entry !== 'within') laws.push({ id: 'L3', why: `people go in with the head count '${env.entry}'` });
  }
  if (rule.event === 'RETURNED' || table.states[after.at]?.place === 'closed') {
    if (!before.ghostSafe) laws.push({ id: 'L4', why: 'closed without the safe state proved' });
    if (!before.ghostCause) laws.push({ id: 'L4', why: 'closed without a cause found' });
    if (!reallyApproved(table.procedure.returnApprovals, before)) laws.push({ id: 'L4', why: 'closed without approval by different people with the required roles' });
    if (env === null || env.unmet !== 'none') laws.push({ id: 'L4', why: 'closed with a condition of return or a trip condition not shown' });
    if (env !== null && (env.people !== 'within')) laws.push({ id: 'L3', why: `closed with people ${env.people}` });
  }
  // Unknown never counts as proof.
  if (rule.event === 'STEP_DONE' && rule.by === 'product' && values?.proof !== TRUE) laws.push({ id: 'L8', why: 'a step counts as done without its proof' });
  if (rule.event === 'SAFE_PROVED' && safe !== TRUE) laws.push({ id: 'L8', why: 'the safe state counts as proved without its proof' });
  if (rule.event === 'SAFE_PROVED' && !isCleared) laws.push({ id: 'L3', why: 'the safe state counts as proved while people who were told to leave are not shown to be out' });
  if (rule.event === 'CHOSEN' && rule.by === 'product' && values?.due === false && values.seen !== rule.option) laws.push({ id: 'L8', why: 'a way counts as seen that the tags do not show' });
  return laws;
}

// --- ways --------------------------------------------------------------------------------------------------------------------------

const isRetreatPlace = ({ place }: CourseStateDef): boolean => place === 'retreating' || place === 'stopping';

function wayLaws(explorer: Explorer, explored: Explored): Found[] {
  const { table } = explorer;
  const found: Found[] = [];
  const add = (id: LawId, at: number, why: string): void => { found.push({ id, example: [...explored.wayTo(at), why] }); };
  const reachesClosed = backwards(explored, (control) => table.states[control.at]?.place === 'closed');
  const reachesSafe = backwards(explored, (control) => table.states[control.at]?.place === 'safe');
  for (const [i, control] of explored.states.entries()) {
    const state = table.states[control.at] as CourseStateDef;
    if (state.place === 'closed') continue;
    if (!retreatIsOpen(explorer, control)) add('L1', i, `in ${state.place}, ${state.name ?? ''} an emergency stop or the beginning of the retreat is not possible whatever the facts`);
    if (!reachesClosed[i]) add('L5', i, `from ${state.place}, ${state.name ?? ''} nothing leads to the end`);
    if (isRetreatPlace(state)) {
      if (!reachesSafe[i]) add('L1', i, `from ${state.place}, ${state.name ?? ''} nothing leads to the safe state`);
      const stuck = worstCourse(explorer, control);
      if (stuck !== null) add('L1', i, stuck);
    }
    if (state.step !== null && isRetreatPlace(state) && !deadlineLeads(explorer, control)) add('L7', i, `the time of ${state.name ?? ''} runs out and nothing follows`);
    if (state.place === 'investigating' && state.step !== null && (state.open || !isGated(state.step)) && !deadlineLeads(explorer, control)) add('L7', i, `the time of ${state.name ?? ''} runs out and nothing follows`);
    if (state.open && !permitIsLost(explorer, control)) add('L2', i, `${state.name ?? ''} stays permitted while the gate is shut`);
    const loop = endlessLoop(explorer, control);
    if (loop !== null) add('L5', i, loop);
  }
  return found;
}

/** Which states can still reach one of these. */
function backwards(explored: Explored, isGoal: (control: Control) => boolean): boolean[] {
  const before: number[][] = explored.states.map(() => []);
  explored.next.forEach((targets, from) => { for (const to of targets) before[to]?.push(from); });
  const reaches = explored.states.map(isGoal);
  const queue = reaches.flatMap((is, i) => (is ? [i] : []));
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const from of before[at] ?? []) if (reaches[from] !== true) { reaches[from] = true; queue.push(from); }
  }
  return reaches;
}

/** Everything good, everything lost, everything plainly bad: a guard that always lets through lets through in all of them. */
const EXTREMES: readonly Partial<CourseFacts>[] = [
  {}, { proof: TRUE, waited: true, due: true, safe: TRUE, isCleared: true, safeDue: true, mayDoStep: true, mayReturn: true, isApproved: true, tripped: true, causeKnown: true },
  { proof: FALSE, safe: FALSE, overdue: true }, { proof: UNKNOWN, safe: UNKNOWN, due: true, safeDue: true },
];

function retreatIsOpen(explorer: Explorer, control: Control): boolean {
  const { table, subject } = explorer;
  const state = table.states[control.at] as CourseStateDef;
  const isOpen = (event: CourseRule['event'], leg: string): boolean => EXTREMES.every((values) => (table.rulesFrom[control.at] ?? []).some((rule) =>
    rule.event === event && rule.by === 'person' && rule.step === null && table.states[rule.to]?.place === leg && subject.guardHolds(rule, explorer.factsOf(control, values))));
  const stops = state.place === 'stopping' || isOpen('STOP', 'stopping');
  return stops && (state.place !== 'raised' || isOpen('START', 'retreating'));
}

/** The product's first rule that holds: what happens by itself. */
function firstRule(explorer: Explorer, control: Control, values: Partial<CourseFacts>): CourseRule | null {
  return (explorer.table.rulesFrom[control.at] ?? []).find((rule) => rule.by === 'product' && explorer.subject.guardHolds(rule, explorer.factsOf(control, values))) ?? null;
}

const at = (control: Control, rule: CourseRule): Control => ({ ...control, at: rule.to, stepOverdue: false });

/**
 * Nothing is ever proved, every time runs out, link and gate are gone: the course must still pass through to its end and on to the next
 * mode of retreat, or raise it on the way.
 */
function worstCourse(explorer: Explorer, from: Control): string | null {
  const { table } = explorer;
  const lost: Partial<CourseFacts> = { due: true, safeDue: true, waited: true };
  let control = from;
  const passed = new Set<number>();
  for (;;) {
    const state = table.states[control.at] as CourseStateDef;
    if (state.step === null) {
      if (!isRetreatPlace(state)) return null;
      return firstRule(explorer, control, lost)?.event === 'SAFE_OVERDUE' ? null : 'the safe state does not come, and no next mode of retreat is raised';
    }
    if (passed.has(control.at)) {
      const raises = [...passed].some((i) => table.states[i]?.step?.otherwise.raise !== undefined);
      return raises ? null : `with nothing proved the course goes round from ${state.name ?? ''} and never comes to the next mode of retreat`;
    }
    passed.add(control.at);
    const rule = firstRule(explorer, control, lost);
    if (rule === null || rule.to === control.at) return `with nothing proved the course stands still in ${state.name ?? ''}`;
    control = at(control, rule);
  }
}

function deadlineLeads(explorer: Explorer, control: Control): boolean {
  const rule = firstRule(explorer, { ...control, stepOverdue: false }, { due: true, waited: true, mayDoStep: true });
  return rule !== null && (rule.event === 'STEP_OVERDUE' || rule.event === 'CHOSEN' || rule.event === 'STEP_PASSED');
}

const permitIsLost = (explorer: Explorer, control: Control): boolean =>
  TRUTHS.every((proof) => firstRule(explorer, control, { proof, waited: true, mayDoStep: false })?.event === 'WITHDRAWN');

/** With all facts standing still and no time running out, what happens by itself must come to rest. */
function endlessLoop(explorer: Explorer, from: Control): string | null {
  const { table } = explorer;
  for (const proof of TRUTHS) for (const safe of TRUTHS) for (const mayDoStep of [true, false]) for (const pick of [0, 1, 2]) {
    let control = from;
    const passed = new Set<number>();
    for (;;) {
      const state = table.states[control.at] as CourseStateDef;
      const options = state.step?.options.filter(({ when }) => when !== undefined) ?? [];
      const rule = firstRule(explorer, control, { proof: provesBySignature(state.step) ? UNKNOWN : proof, waited: state.step?.atLeast === undefined, safe, isCleared: true, mayDoStep, seen: options[pick % Math.max(1, options.length)]?.id ?? null });
      if (rule === null || rule.to === control.at) break;
      if (passed.has(control.at)) return `with nothing changing it goes round for ever: ${state.name ?? state.place}`;
      passed.add(control.at);
      control = at(control, rule);
    }
  }
  return null;
}

/** A person must sign anew each time round. */
const provesBySignature = (step: StepDef | null): boolean => step !== null && step.proof.some((proof) => 'signed' in proof);

// --- what stands in the procedure and around it ---------------------------------------------------------------------------------------

function dataLaws(table: CourseTable, { pack, peopleOfClause, timesOfClause }: Surrounding, explorer: Explorer): Found[] {
  const { procedure } = table;
  const people = peopleCounterexample(procedure, peopleOfClause, explorer.subject.gate);
  return [
    ...nextModes(procedure, pack).map((why): Found => ({ id: 'L1', example: [why] })),
    ...(people === null ? [] : [{ id: 'L3' as const, example: people }]),
    ...approvalsLaw(procedure),
    ...shownBefore(procedure, pack).map((why): Found => ({ id: 'L6', example: [why] })),
    ...[...deadlinesLead(procedure, pack), ...timesHeld(procedure, timesOfClause)].map((why): Found => ({ id: 'L7', example: [why] })),
    ...weakProofs(procedure).map((why): Found => ({ id: 'L8', example: [why] })),
    ...losingATagProves(procedure, pack).map((why): Found => ({ id: 'L8', example: ['one tag is lost', why] })),
    ...lossLetsThrough(explorer).map((why): Found => ({ id: 'L8', example: ['link, tags and people are lost', why] })),
    ...gateLetsBypassThrough(explorer).map((why): Found => ({ id: 'L2', example: [why] })),
  ];
}

/** What looks like a DCS that is gone lets nothing through but the way to safety. */
function lossLetsThrough({ subject }: Explorer): string[] {
  return (['sustain', 'intervene', 'return'] as const).filter((direction) => mayDoStep(subject.gate, direction, LOST_ENV, { held: false, isSafePlace: true, causeKnown: true }, false)).map((direction) => `the gate lets '${direction}' through`);
}

/** 3.3 for every direction at once, running on with a bypass among them: what is good but for one linked interlock is refused. */
function gateLetsBypassThrough({ subject }: Explorer): string[] {
  const bad = INTERLOCK_VALUES.filter((value) => value !== 'clear');
  return (['sustain', 'intervene', 'return'] as const).flatMap((direction) => bad.filter((interlock) => mayDoStep(subject.gate, direction, { ...GOOD_ENV, interlock }, { held: false, isSafePlace: true, causeKnown: true }, false))
    .map((interlock) => `the gate lets '${direction}' through while a linked interlock is ${interlock}`));
}

/** The chain of next modes comes to an end that stops the whole plant or takes people out. */
function nextModes(procedure: ProcedureDef, pack: PlantPack): string[] {
  const passed = new Set<string>();
  let present: ProcedureDef | undefined = procedure;
  while (present !== undefined) {
    if (passed.has(present.id)) return [`the next modes of retreat go round: ${[...passed, present.id].join(' -> ')}`];
    passed.add(present.id);
    const raised: string | undefined = present.ifNotSafe.raise;
    if (raised === undefined) {
      const isLast = present.modes.includes('whole-plant-stop') || present.modes.includes('evacuation');
      return isLast ? [] : [`${present.id} is not safe in time and raises nothing; it neither stops the whole plant nor takes people out`];
    }
    present = pack.procedures.find(({ id }) => id === raised);
    if (present === undefined) return [`the next mode of retreat ${raised} is not in the pack`];
  }
  return [];
}

const approvalsLaw = (procedure: ProcedureDef): Found[] => (procedure.returnApprovals.length >= 2 ? [] : [{ id: 'L4', example: ['a return takes one approval only; two different people must approve'] }]);

/** Every prohibition stands before the step that it guards, and is watched where a tag can show it. */
function shownBefore(procedure: ProcedureDef, pack: PlantPack): string[] {
  const conditions = new Map(pack.conditions.map((condition) => [condition.id, condition]));
  const steps = [...procedure.steps, ...procedure.handling];
  return procedure.prohibitions.flatMap((prohibition) => {
    const problems: string[] = [];
    if (!steps.some((step) => step.prohibitions.includes(prohibition.id))) problems.push(`prohibition ${prohibition.id} stands before no step`);
    const watcher = prohibition.watchedBy === undefined ? undefined : conditions.get(prohibition.watchedBy);
    if (prohibition.watchedBy !== undefined && watcher?.role !== 'prohibition') problems.push(`prohibition ${prohibition.id} is watched by ${prohibition.watchedBy}, which is no prohibition of the plant`);
    if (watcher !== undefined && prohibition.undo === undefined) problems.push(`prohibition ${prohibition.id} is watched, and nobody says how to undo it`);
    if (watcher === undefined) {
      const could = watchersOf(prohibition.clause, pack.conditions, procedure);
      if (could.length > 0) problems.push(`prohibition ${prohibition.id} is not watched, though ${could.join(', ')} would show it broken`);
      return problems;
    }
    const tags = new Set(allInputsOf(watcher.id, conditions));
    const late = steps.find((step) => Object.keys(step.sets).some((tag) => tags.has(tag)) && !step.prohibitions.includes(prohibition.id));
    return late === undefined ? problems : [...problems, `step ${late.id} commands what prohibition ${prohibition.id} looks at, and is not preceded by it`];
  });
}

/** Conditions of the plant that show this clause's prohibition broken on the tags of this procedure's own zones, and that it does not watch. */
function watchersOf(clause: string, conditions: readonly ConditionDef[], procedure: ProcedureDef): string[] {
  const used = new Set(procedure.prohibitions.flatMap(({ watchedBy }) => watchedBy ?? []));
  const ofClause = conditions.filter((condition) => condition.role === 'prohibition' && condition.clauses[0] === clause).map(({ id }) => id);
  return ofClause.some((id) => used.has(id)) ? [] : ofClause;
}

function deadlinesLead(procedure: ProcedureDef, pack: PlantPack): string[] {
  const known = new Set(pack.procedures.map(({ id }) => id));
  const items = [...procedure.steps, ...procedure.handling, ...procedure.deadlines, ...procedure.continuous].map(({ id, within, otherwise }) => ({ id, within, otherwise }));
  return [...items, { id: 'the safe state', within: procedure.safeWithin, otherwise: procedure.ifNotSafe }].flatMap(({ id, within, otherwise }) => [
    ...(within > 0 ? [] : [`${id} has no time`]),
    ...(otherwise.zh.trim() !== '' && otherwise.en.trim() !== '' ? [] : [`nothing is said for when the time of ${id} runs out`]),
    ...(otherwise.raise === undefined || known.has(otherwise.raise) ? [] : [`when the time of ${id} runs out, ${otherwise.raise} is to be raised, which is not in the pack`]),
  ]);
}

/** A procedure that answers a clause with times in it holds a deadline of that clause for each, and none is longer. */
function timesHeld(procedure: ProcedureDef, timesOfClause: ReadonlyMap<string, readonly number[]>): string[] {
  return procedure.answers.flatMap((clause) => {
    const held = procedure.deadlines.filter((deadline) => deadline.clause === clause).map(({ within }) => within).sort((a, b) => a - b);
    const wanted = [...(timesOfClause.get(clause) ?? [])].sort((a, b) => a - b);
    return wanted.flatMap((ms, i) => { const found = held[i]; return found !== undefined && found <= ms ? [] : [`clause ${clause} sets ${ms / 60_000} min and the procedure ${found === undefined ? 'holds no deadline for it' : `holds ${found / 60_000} min`}`]; });
  });
}

/** 4.3.3: senses alone never suffice; depressurised takes two kinds; an act without any proof is no act done. */
function weakProofs(procedure: ProcedureDef): string[] {
  const lists = [...[...procedure.steps, ...procedure.handling].map((step) => ({ title: `step ${step.id}`, proof: step.proof })), { title: 'the safe state', proof: procedure.safeState }, { title: 'the return', proof: procedure.returnConditions }];
  const bare = [...procedure.steps, ...procedure.handling].filter((step) => ['command', 'verify', 'record', 'hold'].includes(step.kind) && step.proof.length === 0).map((step) => `step ${step.id} counts as done without any proof`);
  return [...bare, ...lists.flatMap(({ title, proof }) => {
    const sensed = proof.length > 0 && proof.every((one) => 'signed' in one && one.senses);
    const pressure = proof.filter(({ shows }) => shows === 'depressurised');
    return [
      ...(sensed ? [`the proof of ${title} rests on the senses alone`] : []),
      ...(pressure.length > 0 && new Set(pressure.map(({ evidence }) => evidence)).size < 2 ? [`${title} counts as depressurised by one kind of evidence`] : []),
    ];
  }), ...(procedure.safeState.length === 0 ? ['the safe state has no proof'] : [])];
}
