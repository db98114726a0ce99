/** What can move a procedure. Time is in the event; a machine never asks for it. */
import type { Role } from '../../contract/refusal.ts';

export type CourseEvent =
  | { readonly type: 'RAISE'; readonly atMs: number }
  /** Begin to retreat: by a person, or because the plant's own interlock has tripped. */
  | { readonly type: 'START'; readonly atMs: number; readonly by: string; readonly dueMs: number }
  /** Emergency stop. */
  | { readonly type: 'STOP'; readonly atMs: number; readonly by: string; readonly dueMs: number }
  /** All proofs of the present step are there. `dueMs` is the deadline of the step that follows. */
  | { readonly type: 'STEP_DONE'; readonly atMs: number; readonly step: string; readonly by: string; readonly dueMs: number }
  | { readonly type: 'STEP_SKIPPED'; readonly atMs: number; readonly step: string; readonly by: string; readonly reason: string; readonly dueMs: number }
  | { readonly type: 'STEP_OVERDUE'; readonly atMs: number; readonly step: string }
  | { readonly type: 'SIGNED'; readonly atMs: number; readonly proof: string; readonly by: string; readonly role: Role; readonly note: string }
  | { readonly type: 'SAFE_PROVED'; readonly atMs: number }
  | { readonly type: 'SAFE_LOST'; readonly atMs: number }
  | { readonly type: 'INVESTIGATE'; readonly atMs: number; readonly by: string }
  | { readonly type: 'CAUSE'; readonly atMs: number; readonly by: string; readonly text: string }
  | { readonly type: 'APPROVED'; readonly atMs: number; readonly by: string; readonly role: Role }
  | { readonly type: 'RETURNED'; readonly atMs: number }
  | { readonly type: 'INTERLOCKS'; readonly atMs: number; readonly state: 'clear' | 'blocked' }
  | { readonly type: 'PEOPLE'; readonly atMs: number; readonly state: 'within' | 'exceeded' | 'unknown' }
  | { readonly type: 'PROHIBITIONS'; readonly atMs: number; readonly state: 'kept' | 'violated' }
  /** The station was restarted while this ran: held for intervene and return until re-authorised. */
  | { readonly type: 'HELD'; readonly atMs: number }
  | { readonly type: 'REAUTHORISED'; readonly atMs: number; readonly by: string };

export type CourseEventType = CourseEvent['type'];
