/** What can move a procedure. Time is in the event; a machine never asks for it. */
import type { RecordedEvidence } from '../proof/evidence-record.ts';
import type { Role } from '../../contract/refusal.ts';

export type CourseEvent =
  | { readonly type: 'RAISE'; readonly atMs: number }
  /** Begin to retreat: by a person, or because the plant's own interlock has tripped. `dueMs`: deadline of the step that follows. */
  | { readonly type: 'START'; readonly atMs: number; readonly by: string; readonly dueMs: number }
  /** Emergency stop. */
  | { readonly type: 'STOP'; readonly atMs: number; readonly by: string; readonly dueMs: number }
  /** All proofs of the present step are there. `dueMs` is the deadline of what follows. */
  | { readonly type: 'STEP_DONE'; readonly atMs: number; readonly step: string; readonly by: string; readonly dueMs: number }
  | { readonly type: 'STEP_SKIPPED'; readonly atMs: number; readonly step: string; readonly by: string; readonly reason: string; readonly dueMs: number }
  /** The time of a step has run out. In the retreat the course goes on; the step stays open and is watched. */
  | { readonly type: 'STEP_OVERDUE'; readonly atMs: number; readonly step: string; readonly dueMs?: number }
  /** The course does not wait for this step's proof (`proceed: at-once`). */
  | { readonly type: 'STEP_PASSED'; readonly atMs: number; readonly step: string; readonly dueMs: number }
  /** The proof of a step that the course has left came after all. */
  | { readonly type: 'STEP_LATE'; readonly atMs: number; readonly step: string; readonly by: string }
  /** A way was chosen at a `decide` step: by tags, by a person, or by the deadline. `seen`: what the tags said, null = they did not say. */
  | { readonly type: 'CHOSEN'; readonly atMs: number; readonly step: string; readonly option: string; readonly by: string; readonly seen: string | null; readonly reason: string; readonly dueMs: number }
  /** People may do this step of the handling: the gate is open and a person answers for it. */
  | { readonly type: 'PERMITTED'; readonly atMs: number; readonly step: string; readonly by: string; readonly dueMs: number }
  /** The gate has shut again while the step was permitted, or its time ran out. */
  | { readonly type: 'WITHDRAWN'; readonly atMs: number; readonly step: string }
  | { readonly type: 'SIGNED'; readonly atMs: number; readonly proof: string; readonly by: string; readonly role: Role; readonly note: string; readonly figure?: number; /** What was written down, and who acknowledged it at the watching post; a journal from before evidence was recorded has neither. */ readonly evidence?: RecordedEvidence; readonly witness?: string }
  /** A blind or a lock was taken away. What it proved is proved no longer. */
  | { readonly type: 'REMOVED'; readonly atMs: number; readonly proof: string; readonly number: string; readonly by: string }
  | { readonly type: 'SAFE_PROVED'; readonly atMs: number }
  | { readonly type: 'SAFE_LOST'; readonly atMs: number; readonly dueMs?: number }
  /** The safe state was not proved in time: the next mode of retreat. */
  | { readonly type: 'SAFE_OVERDUE'; readonly atMs: number }
  | { readonly type: 'INVESTIGATE'; readonly atMs: number; readonly by: string; readonly dueMs?: number }
  | { readonly type: 'CAUSE'; readonly atMs: number; readonly by: string; readonly text: string }
  /** The cause is recorded and the handling is done. */
  | { readonly type: 'READY'; readonly atMs: number }
  | { readonly type: 'APPROVED'; readonly atMs: number; readonly by: string; readonly role: Role }
  | { readonly type: 'RETURNED'; readonly atMs: number }
  | { readonly type: 'INTERLOCKS'; readonly atMs: number; readonly state: 'clear' | 'blocked' }
  | { readonly type: 'PEOPLE'; readonly atMs: number; readonly state: 'within' | 'exceeded' | 'unknown' }
  | { readonly type: 'PROHIBITIONS'; readonly atMs: number; readonly state: 'kept' | 'violated' }
  /** The station was restarted while this ran: held for intervene and return until re-authorised. */
  | { readonly type: 'HELD'; readonly atMs: number }
  | { readonly type: 'REAUTHORISED'; readonly atMs: number; readonly by: string }
  /** Put aside for a more urgent procedure. Proofs, times and prohibitions are watched all the same; a stop ends it. */
  | { readonly type: 'SUSPENDED'; readonly atMs: number; readonly by: string; readonly reason: string }
  | { readonly type: 'RESUMED'; readonly atMs: number; readonly by: string }
  /** A time over several steps. */
  | { readonly type: 'DEADLINE'; readonly atMs: number; readonly id: string; readonly state: 'running' | 'met' | 'exceeded'; readonly dueMs: number }
  /** A continuous action: in effect, its proof has come, or has not come in time; quiet when what calls for it is gone. */
  | { readonly type: 'CONTINUOUS'; readonly atMs: number; readonly id: string; readonly state: 'quiet' | 'inEffect' | 'answered' | 'overdue'; readonly dueMs: number }
  /** Another procedure was raised because of this one: `from` says by what (a step, `safe`, a deadline, a continuous action). */
  | { readonly type: 'LED'; readonly atMs: number; readonly from: string; readonly procedure: string }
  /** A caution was read. */
  | { readonly type: 'ACKNOWLEDGED'; readonly atMs: number; readonly item: string; readonly by: string }
  /** A person's own assessment of a proof, beside the machine's. `contested` takes the proof away until it is withdrawn; `asserted` proves nothing. */
  | { readonly type: 'ASSESSED'; readonly atMs: number; readonly proof: string; readonly by: string; readonly assessment: 'contested' | 'asserted' | 'withdrawn'; readonly reason: string }
  /** One owner for each procedure; handed over by name. */
  | { readonly type: 'OWNED'; readonly atMs: number; readonly by: string; readonly name: string };

export type CourseEventType = CourseEvent['type'];
