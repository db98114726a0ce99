/** The steps of one procedure: when they began, what proved them, who, and where they went another way than they should. */
import type { ReportStep } from '../../contract/report.ts';
import type { ProcedureDef, ProofDef, StepDef } from '../packs/schema.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import { ownOf } from '../procedures/course-context.ts';
import type { StepRecord } from '../procedures/machine.ts';
import type { ProcedureRun } from '../station/state.ts';
import { clip, clipText, evidenceOf } from './step.ts';
import type { FactOf, Setting, Step } from './step.ts';

type Proof = ReportStep['proof'][number];
type Deviation = ReportStep['deviations'][number];
interface Signed { readonly by: string; readonly atMs: number; readonly note: string; readonly n: number; readonly figure: number | undefined }

const STEPS_MAX = 100;
const PROOFS_MAX = 20;
const DEVIATIONS_MAX = 50;
/** Who brings an event and is no person. */
const NOBODY: readonly string[] = ['', 'tags', 'deadline', 'interlock'];

class OneStep {
  readonly def: StepDef;
  /** The record of the course as it was last there: a safe state that is lost takes it from the course, not from the report. */
  record: StepRecord | null;
  wasOverdue: boolean;
  doneBy: string | null = null;
  doneN: number | null = null;
  readonly deviations: Deviation[] = [];
  readonly numbers: number[] = [];

  constructor(def: StepDef, record: StepRecord | undefined) {
    this.def = def;
    this.record = record ?? null;
    this.wasOverdue = record?.overdue ?? false;
  }
}

export class ProcedureSteps {
  readonly #setting: Setting;
  readonly #def: ProcedureDef | undefined;
  readonly #steps: ReadonlyMap<string, OneStep>;
  readonly #stepOfProof = new Map<string, OneStep>();
  readonly #signed = new Map<string, Signed>();

  constructor(setting: Setting, def: ProcedureDef | undefined, run: ProcedureRun | undefined) {
    [this.#setting, this.#def] = [setting, def];
    const steps = [...(def?.steps ?? []), ...(def?.handling ?? [])].slice(0, STEPS_MAX);
    this.#steps = new Map(steps.map((step) => [step.id, new OneStep(step, run === undefined ? undefined : ownOf(run.course.context.steps, step.id))]));
    for (const step of this.#steps.values()) for (const { id } of step.def.proof) this.#stepOfProof.set(id, step);
    for (const [proof, { by, atMs, note, figure }] of Object.entries(run?.course.context.signed ?? {})) this.#signed.set(proof, { by, atMs, note, figure, n: 0 });
  }

  see({ n, fact }: Step<FactOf<'procedure.moved'>>, after: ProcedureRun | undefined): void {
    const { event } = fact.data;
    // A course that closes leaves the state: what it was last is what it is.
    for (const [id, record] of Object.entries(after?.course.context.steps ?? {})) this.#opened(id, record, n);
    if (event.type === 'SIGNED') this.#signed.set(event.proof, { by: event.by, atMs: event.atMs, note: event.note, figure: event.figure, n });
    const about = this.#about(event);
    if (about === undefined) return;
    about.numbers.push(n);
    if (isDone(event)) {
      about.doneN = n;
      about.doneBy = 'by' in event && !NOBODY.includes(event.by) ? event.by : null;
      // The record of a course that is of another version may lack it: the fact itself says that it was done.
      about.record = { startedMs: event.atMs, dueMs: event.atMs, overdue: false, ...about.record, doneMs: event.atMs, by: about.doneBy, skipReason: event.type === 'STEP_SKIPPED' ? event.reason : null };
    }
    if (event.type === 'STEP_OVERDUE') about.wasOverdue = true;
    if (isDeviation(event) && about.deviations.length < DEVIATIONS_MAX) {
      about.deviations.push({ atMs: fact.atMs, what: clipText(this.#setting.tell(fact)), by: this.#setting.directory.ofUser(fact.by), evidence: [n] });
    }
  }

  #opened(id: string, record: StepRecord, n: number): void {
    const step = this.#steps.get(id);
    if (step === undefined) return;
    if (step.record === null || record.startedMs !== step.record.startedMs) step.numbers.push(n);
    // Opened anew it is to be proved anew; what was late before is told among its deviations.
    if (step.record !== null && record.startedMs !== step.record.startedMs && record.doneMs === null) [step.wasOverdue, step.doneN, step.doneBy] = [false, null, null];
    step.record = record;
    step.wasOverdue ||= record.overdue;
  }

  #about(event: CourseEvent): OneStep | undefined {
    if ('step' in event) return this.#steps.get(event.step);
    return 'proof' in event ? this.#stepOfProof.get(event.proof) : undefined;
  }

  end(): ReportStep[] {
    const retreat = new Set((this.#def?.steps ?? []).map(({ id }) => id));
    return [...this.#steps.values()].map((step, index) => {
      const part = retreat.has(step.def.id) ? 'steps' as const : 'handling' as const;
      const { def, record } = step;
      return {
        id: def.id, number: part === 'steps' ? index + 1 : index + 1 - retreat.size, part, text: def.text, who: def.who, direction: def.direction, state: stateOf(step),
        startedMs: record?.startedMs ?? null, dueMs: record?.dueMs ?? null, doneMs: record?.doneMs ?? null, by: this.#setting.directory.ofUser(step.doneBy),
        proof: def.proof.slice(0, PROOFS_MAX).map((proof) => this.#proofOf(step, proof)), deviations: step.deviations, evidence: evidenceOf(step.numbers),
      };
    });
  }

  #proofOf(step: OneStep, proof: ProofDef): Proof {
    const nothing: Proof = { id: proof.id, text: proof.text, how: 'none', by: null, atMs: null, note: '', evidence: [] };
    if ('when' in proof) {
      // Passed over, or done by nobody's proof: then the tags did not show it.
      const isProved = step.record !== null && step.record.doneMs !== null && step.record.skipReason === null && step.def.kind !== 'decide';
      return isProved ? { ...nothing, how: 'tag', atMs: step.record?.doneMs ?? null, evidence: evidenceOf(step.doneN === null ? [] : [step.doneN]) } : nothing;
    }
    const signed = this.#signed.get(proof.id);
    if (signed === undefined) return nothing;
    const note = [...(signed.figure === undefined ? [] : [`${String(signed.figure)}${proof.figure === undefined ? '' : ` ${proof.figure.unit}`}`]), ...(signed.note === '' ? [] : [signed.note])].join('; ');
    return { ...nothing, how: proof.senses ? 'sensory' : 'signed', by: this.#setting.directory.ofUser(signed.by), atMs: signed.atMs, note: clip(note, 500), evidence: evidenceOf(signed.n === 0 ? [] : [signed.n]) };
  }
}

const isDone = (event: CourseEvent): event is Extract<CourseEvent, { type: 'STEP_DONE' | 'STEP_LATE' | 'STEP_SKIPPED' | 'CHOSEN' }> => event.type === 'STEP_DONE' || event.type === 'STEP_LATE' || event.type === 'STEP_SKIPPED' || event.type === 'CHOSEN';

/** Left out, late, chosen against the tags or by the clock, contested, taken back, taken away. */
function isDeviation(event: CourseEvent): boolean {
  switch (event.type) {
    case 'STEP_SKIPPED': case 'STEP_OVERDUE': case 'STEP_LATE': case 'WITHDRAWN': return true;
    case 'CHOSEN': return event.by === 'deadline' || (event.seen !== null && event.seen !== event.option);
    case 'ASSESSED': return event.assessment === 'contested';
    default: return false;
  }
}

function stateOf({ record, wasOverdue }: OneStep): ReportStep['state'] {
  if (record === null) return 'notReached';
  if (record.doneMs === null) return 'open';
  if (record.skipReason !== null) return 'skipped';
  return wasOverdue || record.doneMs > record.dueMs ? 'late' : 'done';
}
