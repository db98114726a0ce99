/**
 * Seeded defects: each takes one safeguard away from one shipped procedure, from its table, from a guard, from a gate or from the way in
 * which two procedures give way. The prover must find every one of them, by the law that is named. Spread over all annexes.
 */
import { TRUE } from '../../../src/domain/conditions/truth.ts';
import type { PlantPack, ProcedureDef, ProofDef, StepDef } from '../../../src/domain/packs/schema.ts';
import { GATE_RULES } from '../../../src/domain/gates/rules.ts';
import { compileCourse } from '../../../src/domain/procedures/course-table.ts';
import type { CourseRule, CourseTable, EffectName } from '../../../src/domain/procedures/course-table.ts';
import { guardHolds } from '../../../src/domain/procedures/guards.ts';
import type { GuardName } from '../../../src/domain/procedures/guards.ts';
import type { GateFacts } from '../../../src/domain/gates/gate-facts.ts';
import type { GateFunction } from '../../../src/domain/prove/abstract-facts.ts';
import { subjectOf } from '../../../src/domain/prove/explore.ts';
import type { Subject } from '../../../src/domain/prove/explore.ts';
import type { LawId, Surrounding } from '../../../src/domain/prove/laws.ts';

export interface Mutant {
  readonly name: string;
  readonly procedure: string;
  readonly law: LawId;
  readonly make: (procedure: ProcedureDef, surrounding: Surrounding) => { readonly subject: Subject; readonly surrounding: Surrounding };
}

// --- what is changed -----------------------------------------------------------------------------------------------------------

/** The procedure itself says something else; the plant knows it as it now is. */
const data = (change: (procedure: ProcedureDef, pack: PlantPack) => ProcedureDef): Mutant['make'] => (procedure, surrounding) => {
  const changed = change(procedure, surrounding.pack);
  const pack = { ...surrounding.pack, procedures: surrounding.pack.procedures.map((each) => (each.id === changed.id ? changed : each)) };
  return { subject: subjectOf(compileCourse(changed)), surrounding: { ...surrounding, pack } };
};

const rules = (change: (rules: readonly CourseRule[], table: CourseTable) => CourseRule[]): Mutant['make'] => (procedure, surrounding) => {
  const table = compileCourse(procedure);
  const changed = change(table.rules, table);
  return { subject: subjectOf({ ...table, rules: changed, rulesFrom: table.states.map(({ index }) => changed.filter((rule) => rule.from === index)) }), surrounding };
};

const withGate = (gate: GateFunction): Mutant['make'] => (procedure, surrounding) => ({ subject: { ...subjectOf(compileCourse(procedure)), gate }, surrounding });

/** Two locks at once: the product asks for a cause twice, and either would hold alone. */
const besides = (gate: GateFunction, make: Mutant['make']): Mutant['make'] => (procedure, surrounding) => { const made = make(procedure, surrounding); return { ...made, subject: { ...made.subject, gate } }; };

const withGuard = (name: GuardName, holds: Subject['guardHolds']): Mutant['make'] => (procedure, surrounding) => ({
  subject: { ...subjectOf(compileCourse(procedure)), guardHolds: (rule, facts) => (rule.guard === name ? holds(rule, facts) : guardHolds(rule, facts)) }, surrounding,
});

/** The gate without one of its rules. */
const gateWithout = (...dropped: readonly string[]): GateFunction => (operation, facts) => gateOf(facts, operation.direction, (id) => !dropped.includes(id));
function gateOf(facts: GateFacts, direction: string, isKept: (id: string) => boolean) {
  if (direction === 'retreat' || direction === 'hold') return { allowed: true as const };
  const stands = GATE_RULES.filter((rule) => isKept(rule.id) && (rule.directions as readonly string[]).includes(direction)).some((rule) => rule.stands(facts).length > 0);
  return stands ? { allowed: false as const, refusal: { operation: '', direction: 'return' as const, what: { zh: '', en: '' }, obstacles: [{ rule: 'x', clause: '', fact: { zh: '', en: '' }, whoCanChange: [] }], meanwhile: [] } } : { allowed: true as const };
}
/** The gate that is told less than is so. */
const gateOn = (blind: (facts: GateFacts) => GateFacts): GateFunction => (operation, facts) => gateOf(blind(facts), operation.direction, () => true);

// --- pieces ----------------------------------------------------------------------------------------------------------------------

const placeOf = (table: CourseTable, at: number): string => table.states[at]?.place ?? '';
const isOpen = (table: CourseTable, at: number): boolean => table.states[at]?.open === true;
const without = (isDropped: (rule: CourseRule, table: CourseTable) => boolean) => rules((all, table) => all.filter((rule) => !isDropped(rule, table)));
const guarded = (isMeant: (rule: CourseRule, table: CourseTable) => boolean, guard: GuardName) => rules((all, table) => all.map((rule) => (isMeant(rule, table) ? { ...rule, guard } : rule)));
const effectless = (event: CourseRule['event'], name: EffectName) => rules((all) => all.map((rule) => (rule.event === event ? { ...rule, effects: rule.effects.filter((effect) => effect.name !== name) } : rule)));
const led = (isMeant: (rule: CourseRule, table: CourseTable) => boolean, to: (rule: CourseRule, table: CourseTable) => number) => rules((all, table) => all.map((rule) => (isMeant(rule, table) ? { ...rule, to: to(rule, table) } : rule)));
const stateOf = (table: CourseTable, place: string): number => table.states.findIndex((state) => state.place === place && (state.name === null || state.name === 'done'));

const firstStep = (change: (step: StepDef) => StepDef) => data((procedure) => ({ ...procedure, steps: procedure.steps.map((step, i) => (i === 0 ? change(step) : step)) }));
const everyStep = (change: (step: StepDef) => StepDef) => data((procedure) => ({ ...procedure, steps: procedure.steps.map(change), handling: procedure.handling.map(change) }));
const firstProhibition = (change: (prohibition: ProcedureDef['prohibitions'][number]) => ProcedureDef['prohibitions'][number]) => data((procedure) => {
  const at = procedure.prohibitions.findIndex(({ watchedBy }) => watchedBy !== undefined);
  return { ...procedure, prohibitions: procedure.prohibitions.map((prohibition, i) => (i === at ? change(prohibition) : prohibition)) };
});
const bareProof = (proof: ProofDef): { id: string; text: ProofDef['text']; expected: ProofDef['expected'] } => ({ id: proof.id, text: proof.text, expected: proof.expected });
const isRetreatStep = (rule: CourseRule, table: CourseTable): boolean => ['retreating', 'stopping'].includes(placeOf(table, rule.from));

// --- the list --------------------------------------------------------------------------------------------------------------------

export const MUTANTS: readonly Mutant[] = [
  // Annex 1
  { name: 'stop taken away in the safe state', procedure: 'P-A1.1', law: 'L1', make: without((rule, table) => rule.event === 'STOP' && placeOf(table, rule.from) === 'safe') },
  { name: 'stop asks the gate first', procedure: 'P-A1.2', law: 'L1', make: guarded((rule) => rule.event === 'STOP', 'mayDoStep') },
  { name: 'a person cannot begin the retreat', procedure: 'P-A1.3', law: 'L1', make: without((rule) => rule.event === 'START' && rule.by === 'person') },
  { name: 'the retreat begins only when the interlock has tripped', procedure: 'P-A1.6', law: 'L1', make: guarded((rule) => rule.event === 'START', 'tripped') },
  { name: 'exit removed: no time of the retreat runs out', procedure: 'P-A1.7', law: 'L7', make: without((rule, table) => rule.event === 'STEP_OVERDUE' && isRetreatStep(rule, table)) },
  { name: 'a deadline that leads to the same step again', procedure: 'P-A1.3', law: 'L1', make: led((rule, table) => rule.event === 'STEP_OVERDUE' && isRetreatStep(rule, table), (rule) => rule.from) },
  { name: 'the next mode of retreat taken away', procedure: 'P-A1.2', law: 'L1', make: data((procedure) => ({ ...procedure, modes: ['stop-feeding'], ifNotSafe: { zh: procedure.ifNotSafe.zh, en: procedure.ifNotSafe.en } })) },
  { name: 'the next mode of retreat is itself', procedure: 'P-A1.4', law: 'L1', make: data((procedure) => ({ ...procedure, ifNotSafe: { ...procedure.ifNotSafe, raise: procedure.id } })) },
  { name: 'a prohibition stands before no step', procedure: 'P-A1.4', law: 'L6', make: data((procedure) => ({ ...procedure, steps: procedure.steps.map((step) => ({ ...step, prohibitions: step.prohibitions.filter((id) => id !== procedure.prohibitions[0]?.id) })), handling: procedure.handling.map((step) => ({ ...step, prohibitions: step.prohibitions.filter((id) => id !== procedure.prohibitions[0]?.id) })) })) },
  { name: 'proof weakened: senses only', procedure: 'P-A1.6', law: 'L8', make: firstStep((step) => ({ ...step, proof: step.proof.slice(0, 1).map((proof) => ({ ...bareProof(proof), signed: 'operator', senses: true })) })) },
  { name: 'a step counts as done when it begins', procedure: 'P-A1.1', law: 'L8', make: guarded((rule) => rule.event === 'STEP_DONE', 'always') },
  { name: 'guard negated: a step is done while its proof is not there', procedure: 'P-A1.3', law: 'L8', make: withGuard('stepProved', (rule, facts) => !guardHolds({ ...rule, guard: 'stepProved' }, facts)) },
  // Annex 2
  { name: 'limit raised: three people at the leaking neutraliser', procedure: 'P-A2.5', law: 'L3', make: data((procedure) => ({ ...procedure, people: { ...procedure.people, limit: 3 } })) },
  { name: 'the 20 min of the seal tank taken away', procedure: 'P-A2.7', law: 'L7', make: data((procedure) => ({ ...procedure, deadlines: procedure.deadlines.slice(1) })) },
  { name: '4 h made 5 h', procedure: 'P-A2.9', law: 'L7', make: data((procedure) => ({ ...procedure, deadlines: procedure.deadlines.map((deadline) => ({ ...deadline, within: 5 * 3_600_000 })) })) },
  { name: '1 h taken away', procedure: 'P-A2.10', law: 'L7', make: data((procedure) => ({ ...procedure, deadlines: [] })) },
  { name: 'a time of nothing', procedure: 'P-A2.2', law: 'L7', make: firstStep((step) => ({ ...step, within: 0 })) },
  { name: 'nothing said for when the time runs out', procedure: 'P-A2.3', law: 'L7', make: firstStep((step) => ({ ...step, otherwise: { ...step.otherwise, zh: ' ' } })) },
  { name: 'raises a procedure that is not there', procedure: 'P-A2.4', law: 'L7', make: firstStep((step) => ({ ...step, otherwise: { ...step.otherwise, raise: 'P-NOWHERE' } })) },
  { name: 'the watch of a prohibition taken away', procedure: 'P-A2.3', law: 'L6', make: firstProhibition(({ watchedBy: _watchedBy, ...prohibition }) => prohibition) },
  { name: 'a broken prohibition that nobody says how to undo', procedure: 'P-A2.6', law: 'L6', make: firstProhibition(({ undo: _undo, ...prohibition }) => prohibition) },
  { name: 'the prohibition stands after the step that it guards', procedure: 'P-A2.6', law: 'L6', make: data(prohibitionAfterItsStep) },
  { name: 'one approval is enough', procedure: 'P-A2.1', law: 'L4', make: data((procedure) => ({ ...procedure, returnApprovals: ['supervisor'] })) },
  { name: 'closed without two approvals', procedure: 'P-A2.8', law: 'L4', make: guarded((rule) => rule.event === 'RETURNED', 'mayReturn') },
  { name: 'the safe state counts as proved at once', procedure: 'P-A2.11', law: 'L8', make: guarded((rule) => rule.event === 'SAFE_PROVED', 'always') },
  { name: 'what has a proof of silence: stale tags', procedure: 'P-A2.2', law: 'L8', make: data((procedure) => ({ ...procedure, safeState: [{ ...bareProof(procedure.safeState[0] as ProofDef), when: { kind: 'stale', inputs: ['TI-2103'] }, for: 0 }] })) },
  // Annex 3
  { name: 'depressurised by one kind of evidence', procedure: 'P-A3.3', law: 'L8', make: everyStep((step) => ({ ...step, proof: step.proof.map((proof) => (proof.shows === 'depressurised' ? { ...proof, evidence: 'pressure-curve' } : proof)) })) },
  { name: 'gate dropped: people go in without a permit asked', procedure: 'P-A3.4', law: 'L2', make: guarded((rule) => rule.event === 'PERMITTED', 'always') },
  { name: 'a step that sends people in is done without its permit', procedure: 'P-A3.4', law: 'L2', make: rules((all, table) => [...all, ...all.filter((rule) => rule.event === 'STEP_DONE' && isOpen(table, rule.from)).map((rule): CourseRule => ({ ...rule, from: rule.from - 1, guard: 'stepProved' }))]) },
  { name: 'the permit is not withdrawn when the gate shuts', procedure: 'P-A3.3', law: 'L2', make: without((rule) => rule.event === 'WITHDRAWN') },
  { name: 'a permitted step is done though the gate has shut', procedure: 'P-A3.3', law: 'L2', make: guarded((rule, table) => rule.event === 'STEP_DONE' && isOpen(table, rule.from), 'stepProved') },
  { name: 'stop taken away while people are in', procedure: 'P-A3.4', law: 'L1', make: without((rule, table) => rule.event === 'STOP' && isOpen(table, rule.from)) },
  { name: 'the interlock rule of the gate dropped', procedure: 'P-A3.3', law: 'L2', make: withGate(gateWithout('G-INTERLOCK')) },
  { name: 'the limit of people dropped from the gate', procedure: 'P-A3.4', law: 'L3', make: withGate(gateWithout('G-PEOPLE-LIMIT')) },
  { name: 'an unclear situation no longer keeps people out', procedure: 'P-A3.4', law: 'L3', make: withGate(gateWithout('G-UNCLEAR', 'G-PEOPLE-LIMIT')) },
  { name: 'a head count that is not known counts as nobody', procedure: 'P-A3.3', law: 'L3', make: withGate(gateOn((facts) => (facts.entry?.countAfter === null ? { ...facts, entry: { ...facts.entry, countAfter: 1 } } : facts))) },
  { name: 'an unknown interlock counts as good', procedure: 'P-A3.1(3)', law: 'L2', make: withGate(gateOn((facts) => ({ ...facts, interlocks: facts.interlocks.filter(({ obstacle }) => obstacle !== 'unknown') }))) },
  { name: 'an expired approval counts as good', procedure: 'P-A3.7', law: 'L2', make: withGate(gateOn((facts) => ({ ...facts, interlocks: facts.interlocks.filter(({ obstacle }) => obstacle !== 'expired') }))) },
  { name: 'a purge loop without a next mode of retreat', procedure: 'P-A3.6', law: 'L1', make: everyStep((step) => ({ ...step, otherwise: { zh: step.otherwise.zh, en: step.otherwise.en, ...(step.otherwise.goto === undefined ? {} : { goto: step.otherwise.goto }) } })) },
  { name: 'from the safe state nothing leads on', procedure: 'P-A3.5', law: 'L5', make: without((rule) => rule.event === 'INVESTIGATE') },
  // Annex 4
  { name: 'limit raised: seven people at the clay bed', procedure: 'P-A4.4', law: 'L3', make: data((procedure) => ({ ...procedure, people: { ...procedure.people, limit: 7 } })) },
  { name: 'limit raised: people at a tank that must be left', procedure: 'P-A4.11', law: 'L3', make: data((procedure) => ({ ...procedure, people: { ...procedure.people, limit: 1 } })) },
  { name: 'the safe state leads straight to the return', procedure: 'P-A4.2', law: 'L4', make: besides(gateWithout('G-CAUSE'), led((rule) => rule.event === 'SAFE_PROVED', (_rule, table) => stateOf(table, 'readyToReturn'))) },
  { name: 'ready without a cause, and the gate does not ask for it', procedure: 'P-A4.2', law: 'L4', make: besides(gateWithout('G-CAUSE'), guarded((rule) => rule.event === 'READY', 'always')) },
  { name: 'approvals outlive the safe state they were given in', procedure: 'P-A4.5', law: 'L4', make: effectless('SAFE_LOST', 'voidApprovals') },
  { name: 'a cause outlives the safe state it explained', procedure: 'P-A4.7', law: 'L4', make: effectless('SAFE_LOST', 'voidCause') },
  { name: 'approvals outlive a stop', procedure: 'P-A4.9', law: 'L4', make: effectless('STOP', 'begin') },
  { name: 'approvals stand though another cause is recorded', procedure: 'P-A4.1', law: 'L4', make: effectless('CAUSE', 'voidApprovals') },
  { name: 'approved and closed whatever the gate says', procedure: 'P-A4.6', law: 'L4', make: guarded((rule) => rule.event === 'RETURNED' || rule.event === 'APPROVED', 'always') },
  { name: 'conditions of return dropped from the gate', procedure: 'P-A4.8', law: 'L4', make: withGate(gateWithout('G-TRIP-CONDITION')) },
  { name: 'people in the field no longer stand in the way of a return', procedure: 'P-A4.10', law: 'L3', make: withGate(gateWithout('G-PEOPLE')) },
  { name: 'safe though people who were told to leave are not shown to be out', procedure: 'P-A4.1', law: 'L3', make: withGuard('safeProved', (_rule, facts) => facts.safe === TRUE) },
  { name: 'nobody comes when the safe state does not', procedure: 'P-A4.2', law: 'L1', make: without((rule) => rule.event === 'SAFE_OVERDUE') },
  { name: 'the handling is never done', procedure: 'P-A4.3', law: 'L5', make: without((rule) => rule.event === 'READY') },
  { name: 'the safe state needs no proof', procedure: 'P-A4.8', law: 'L8', make: data((procedure) => ({ ...procedure, safeState: [] })) },
  { name: 'watched by what is no prohibition', procedure: 'P-A4.5', law: 'L6', make: data((procedure, pack) => ({ ...procedure, prohibitions: procedure.prohibitions.map((prohibition) => ({ ...prohibition, watchedBy: pack.conditions.find(({ role }) => role === 'trigger')?.id ?? '' })) })) },
  // General
  { name: 'a decision that nobody takes in time', procedure: 'P-4.3.2-FC', law: 'L7', make: without((rule) => rule.event === 'CHOSEN' && rule.guard === 'stepDue') },
  { name: 'a way is taken that the tags do not show', procedure: 'P-4.1.1-AS', law: 'L8', make: guarded((rule) => rule.guard === 'optionSeen', 'always') },
  { name: 'the last step leads back to the first', procedure: 'P-4.1.2', law: 'L1', make: data((procedure) => ({ ...procedure, steps: procedure.steps.map((step, i) => (i === procedure.steps.length - 1 ? { ...step, next: procedure.steps[0]?.id ?? '' } : step)) })) },
  { name: 'a way past everything to the end', procedure: 'P-4.1.1(3)', law: 'L4', make: rules((all, table) => [...all, { from: stateOf(table, 'raised'), event: 'RETURNED', step: null, option: null, by: 'person', guard: 'always', to: stateOf(table, 'closed'), effects: [] }]) },
  { name: 'a command without any proof', procedure: 'P-4.1.2-AS', law: 'L8', make: everyStep((step) => (step.kind === 'command' ? { ...step, proof: [] } : step)) },
];

/** Takes a prohibition away from the step that commands what it looks at, and puts it before the next one. */
function prohibitionAfterItsStep(procedure: ProcedureDef): ProcedureDef {
  const at = procedure.steps.findIndex((step) => Object.keys(step.sets).length > 0 && step.prohibitions.length > 0);
  const moved = procedure.steps[at]?.prohibitions ?? [];
  return { ...procedure, steps: procedure.steps.map((step, i) => (i === at ? { ...step, prohibitions: [] } : i === at + 1 ? { ...step, prohibitions: [...new Set([...step.prohibitions, ...moved])] } : step)) };
}

