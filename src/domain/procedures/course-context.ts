/** What a course remembers beside its place, and the closed vocabulary of effects that change it. Plain data; pure functions. */
import type { RecordedEvidence } from '../proof/evidence-record.ts';
import type { Role } from '../../contract/refusal.ts';
import type { CourseEvent, CourseEventType } from './course-events.ts';
import type { EffectName } from './course-table.ts';
import type { ProcedureDef, StepDef } from '../packs/schema.ts';

export interface StepRecord {
  readonly startedMs: number;
  readonly dueMs: number;
  /** Its time ran out before it was proved. */
  readonly overdue: boolean;
  readonly doneMs: number | null;
  readonly by: string | null;
  readonly skipReason: string | null;
}

export interface SignedProof { readonly by: string; readonly role: Role; readonly atMs: number; readonly note: string; readonly figure?: number; readonly evidence?: RecordedEvidence; readonly witness?: string; /** Numbers of blinds and locks that were taken away since. */ readonly removed?: readonly string[] }
export interface Choice { readonly option: string; readonly by: string; readonly atMs: number; readonly seen: string | null; readonly reason: string }
export interface Assessment { readonly assessment: 'contested' | 'asserted'; readonly by: string; readonly atMs: number; readonly reason: string }
export interface DeadlineRecord { readonly state: 'running' | 'met' | 'exceeded'; readonly dueMs: number; readonly atMs: number }
export interface ContinuousRecord { readonly state: 'quiet' | 'inEffect' | 'answered' | 'overdue'; readonly dueMs: number; readonly atMs: number }
type ById<T> = Readonly<Record<string, T>>;

export interface CourseContext {
  readonly raisedMs: number;
  readonly steps: ById<StepRecord>;
  readonly signed: ById<SignedProof>;
  readonly cause: { text: string; by: string; atMs: number } | null;
  readonly approvals: readonly { user: string; role: Role; atMs: number }[];
  readonly startedBy: string | null;
  readonly chosen: ById<Choice>;
  readonly permits: ById<{ readonly by: string; readonly atMs: number }>;
  /** When the safe state must have been proved; null while steps are still to be done. */
  readonly safeDueMs: number | null;
  readonly safeOverdue: boolean;
  readonly deadlines: ById<DeadlineRecord>;
  readonly continuous: ById<ContinuousRecord>;
  /** What calls for another procedure and has not been answered yet: a step, `safe`, a deadline or a continuous action whose time ran out, a `goto` step. */
  readonly calls: ById<number>;
  /** Procedures that were raised because of this one, by what raised them. */
  readonly led: ById<{ readonly procedure: string; readonly atMs: number }>;
  readonly acknowledged: ById<{ readonly by: string; readonly atMs: number }>;
  readonly assessments: ById<Assessment>;
  readonly owner: { readonly user: string; readonly name: string; readonly atMs: number } | null;
  readonly suspended: { readonly by: string; readonly reason: string; readonly atMs: number } | null;
}

export const EMPTY_CONTEXT: CourseContext = {
  raisedMs: 0, steps: {}, signed: {}, cause: null, approvals: [], startedBy: null, chosen: {}, permits: {}, safeDueMs: null, safeOverdue: false,
  deadlines: {}, continuous: {}, calls: {}, led: {}, acknowledged: {}, assessments: {}, owner: null, suspended: null,
};

type Change = Partial<CourseContext>;
export type EffectOf = (context: CourseContext, event: CourseEvent, step: string | null) => Change;

const dueOf = (event: CourseEvent): number => ('dueMs' in event && event.dueMs !== undefined ? event.dueMs : event.atMs);
const byOf = (event: CourseEvent): string => ('by' in event ? event.by : '');

function openStep(steps: ReadonlyMap<string, StepDef>, context: CourseContext, event: CourseEvent, step: string | null): Change {
  if (step === null) return {};
  const { kind } = steps.get(step) ?? {};
  // After a stop the course goes through the steps again; what was done stays as it was done. A way is chosen anew, in its own time.
  if (kind !== 'decide' && (ownOf(context.steps, step)?.doneMs ?? null) !== null) return {};
  return {
    ...(kind === 'decide' ? { chosen: withoutKeys(context.chosen, new Set([step])) } : {}),
    ...(kind === 'goto' ? calling(context, `goto/${step}`, event) : {}),
     steps: { ...context.steps, [step]: { startedMs: event.atMs, dueMs: dueOf(event), overdue: false, doneMs: null, by: null, skipReason: null } },
  };
}

const calling = (context: CourseContext, from: string, event: CourseEvent): Pick<CourseContext, 'calls'> => ({ calls: { ...context.calls, [from]: event.atMs } });

function closeStep(context: CourseContext, event: CourseEvent, step: string | null): Change {
  if (step === null) return {};
  const record = ownOf(context.steps, step) ?? { startedMs: event.atMs, dueMs: event.atMs, overdue: false, doneMs: null, by: null, skipReason: null };
  if (record.doneMs !== null) return {};
  return { steps: { ...context.steps, [step]: { ...record, doneMs: event.atMs, by: byOf(event), skipReason: event.type === 'STEP_SKIPPED' ? event.reason : null } } };
}

/** The call outlives the record: where the course leads back, the step is opened anew in the same moment. */
function markOverdue(context: CourseContext, event: CourseEvent, step: string | null): Change {
  const record = step === null ? undefined : ownOf(context.steps, step);
  return step === null || record === undefined || record.doneMs !== null ? {} : { ...calling(context, step, event), steps: { ...context.steps, [step]: { ...record, overdue: true } } };
}

function choose(context: CourseContext, event: CourseEvent, step: string | null): Change {
  if (event.type !== 'CHOSEN' || step === null) return {};
  const { option, by, seen, reason, atMs } = event;
  return { ...closeStep(context, event, step), chosen: { ...context.chosen, [step]: { option, by, seen, reason, atMs } } };
}

const proofIds = (steps: readonly StepDef[]): Set<string> => new Set(steps.flatMap(({ proof }) => proof.map(({ id }) => id)));

/** The course leads back: what lies from there on is to be done, proved, signed and decided anew (purge again, sample again: A3.6). */
function reopen({ steps, handling }: ProcedureDef, context: CourseContext, step: string | null): Change {
  const list = steps.some(({ id }) => id === step) ? steps : handling;
  const again = list.slice(list.findIndex(({ id }) => id === step));
  const ids = new Set(again.map(({ id }) => id));
  return { steps: withoutKeys(context.steps, ids), signed: withoutKeys(context.signed, proofIds(again)), chosen: withoutKeys(context.chosen, ids), permits: withoutKeys(context.permits, ids) };
}

const withoutKeys = <T>(record: ById<T>, keys: ReadonlySet<string>): ById<T> => Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));

/** The effects that the table names, for one procedure: some must know its lists. */
export function effectsOf(procedure: ProcedureDef): Readonly<Record<EffectName, EffectOf>> {
  const byId = new Map([...procedure.steps, ...procedure.handling].map((step) => [step.id, step]));
  const handling = new Set(procedure.handling.map(({ id }) => id));
  const returnProofs = new Set(procedure.returnConditions.map(({ id }) => id));
  const handlingProofs = proofIds(procedure.handling);
  const safeProofs = new Set(procedure.safeState.map(({ id }) => id));
  return {
    remember: (_context, event) => ({ raisedMs: event.atMs }),
    // A stop out of the way back begins that way anew: approvals belonged to the state that was left.
    begin: (_context, event) => ({ startedBy: byOf(event), approvals: [], suspended: null, safeDueMs: null, safeOverdue: false }),
    openStep: (context, event, step) => openStep(byId, context, event, step),
    closeStep, markOverdue, choose,
    reopen: (context, _event, step) => reopen(procedure, context, step),
    permit: (context, event, step) => (step === null ? {} : { permits: { ...context.permits, [step]: { by: byOf(event), atMs: event.atMs } }, ...openStep(byId, context, event, step) }),
    withdraw: (context, _event, step) => (step === null ? {} : { permits: withoutKeys(context.permits, new Set([step])) }),
    awaitSafe: (_context, event) => ({ safeDueMs: dueOf(event), safeOverdue: false }),
    markNotSafe: (context, event) => ({ safeOverdue: true, ...calling(context, 'safe', event) }),
    recordCause: (_context, event) => (event.type === 'CAUSE' ? { cause: { text: event.text, by: event.by, atMs: event.atMs } } : {}),
    // What was found explains the state that was left; why it was lost is to be found anew (3.5), and what was signed for the return with it. The journal keeps both.
    voidCause: (context) => ({ cause: null, signed: withoutKeys(context.signed, returnProofs) }),
    approve: (context, event) => (event.type === 'APPROVED' ? { approvals: [...context.approvals.filter((a) => a.user !== event.by), { user: event.by, role: event.role, atMs: event.atMs }] } : {}),
    voidApprovals: () => ({ approvals: [] }),
    // Depressurised, isolated, gas-free: proved for the state that was left, to be proved anew.
    voidHandling: (context) => ({ steps: withoutKeys(context.steps, handling), permits: {}, signed: withoutKeys(withoutKeys(context.signed, handlingProofs), safeProofs) }),
  };
}

/** What may be told at any place: it moves the course nowhere. */
export const TOLD: Partial<Record<CourseEventType, EffectOf>> = {
  SIGNED: (context, event) => (event.type === 'SIGNED' ? { signed: { ...context.signed, [event.proof]: { by: event.by, role: event.role, atMs: event.atMs, note: event.note, ...(event.figure === undefined ? {} : { figure: event.figure }), ...(event.evidence === undefined ? {} : { evidence: event.evidence }), ...(event.witness === undefined ? {} : { witness: event.witness }) } } } : {}),
  REMOVED: remove,
  STEP_LATE: (context, event) => (event.type === 'STEP_LATE' ? closeStep(context, event, event.step) : {}),
  // A step that the course does not wait for runs out of time beside it.
  STEP_OVERDUE: (context, event) => (event.type === 'STEP_OVERDUE' ? markOverdue(context, event, event.step) : {}),
  DEADLINE: (context, event) => (event.type === 'DEADLINE' ? { ...(event.state === 'exceeded' ? calling(context, `deadline/${event.id}`, event) : {}), deadlines: { ...context.deadlines, [event.id]: { state: event.state, dueMs: event.dueMs, atMs: event.atMs } } } : {}),
  CONTINUOUS: (context, event) => (event.type === 'CONTINUOUS' ? { ...(event.state === 'overdue' ? calling(context, `continuous/${event.id}`, event) : {}), continuous: { ...context.continuous, [event.id]: { state: event.state, dueMs: event.dueMs, atMs: event.atMs } } } : {}),
  LED: (context, event) => (event.type === 'LED' ? { calls: withoutKeys(context.calls, new Set([event.from])), led: { ...context.led, [event.from]: { procedure: event.procedure, atMs: event.atMs } } } : {}),
  ACKNOWLEDGED: (context, event) => (event.type === 'ACKNOWLEDGED' ? { acknowledged: { ...context.acknowledged, [event.item]: { by: event.by, atMs: event.atMs } } } : {}),
  ASSESSED: assess,
  OWNED: (_context, event) => (event.type === 'OWNED' ? { owner: { user: event.by, name: event.name, atMs: event.atMs } } : {}),
  SUSPENDED: (_context, event) => (event.type === 'SUSPENDED' ? { suspended: { by: event.by, reason: event.reason, atMs: event.atMs } } : {}),
  RESUMED: () => ({ suspended: null }),
};

function remove(context: CourseContext, event: CourseEvent): Change {
  const signed = event.type === 'REMOVED' ? ownOf(context.signed, event.proof) : undefined;
  if (event.type !== 'REMOVED' || signed === undefined) return {};
  return { signed: { ...context.signed, [event.proof]: { ...signed, removed: [...(signed.removed ?? []), event.number] } } };
}

function assess(context: CourseContext, event: CourseEvent): Change {
  if (event.type !== 'ASSESSED') return {};
  if (event.assessment === 'withdrawn') return { assessments: withoutKeys(context.assessments, new Set([event.proof])) };
  return { assessments: { ...context.assessments, [event.proof]: { assessment: event.assessment, by: event.by, atMs: event.atMs, reason: event.reason } } };
}

/** Names in events once came from outside: `constructor` is the name of no step. */
export function ownOf<T>(record: ById<T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
