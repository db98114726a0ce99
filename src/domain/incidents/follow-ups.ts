/**
 * What is revised, taught and practised after an incident or because it is time (3.1, 4.5.3): operating and emergency procedures, risk
 * assessments, training, drills. Each has somebody who does it and a deadline, and is done when another person signs the evidence. Pure.
 */
import { isResponsible } from './corrective-actions.ts';

export const FOLLOW_UP_KINDS = ['operating-procedure', 'emergency-procedure', 'risk-assessment', 'training', 'drill'] as const;
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];

export interface FollowUpEvidence {
  /** Number of the document, or of the record of what was held. */
  readonly document: string;
  readonly revision: string;
  /** When it was approved or held. */
  readonly heldMs: number;
  readonly participants: string;
}
export interface FollowUp {
  readonly id: string;
  readonly kind: FollowUpKind;
  readonly title: string;
  readonly responsible: string;
  readonly dueMs: number;
  readonly incident: string | null;
  /** Procedures that it concerns; never none: what it shows is shown for them. */
  readonly procedures: readonly string[];
  readonly openedBy: string;
  readonly openedMs: number;
  readonly done: (FollowUpEvidence & { readonly by: string; readonly atMs: number }) | null;
  readonly withdrawn: { readonly by: string; readonly atMs: number; readonly reason: string } | null;
}
export interface FollowUpRegister {
  readonly open: readonly FollowUp[];
  /** Done or withdrawn, newest first, bounded; the journal keeps all. */
  readonly over: readonly FollowUp[];
  readonly opened: number;
}

export const NO_FOLLOW_UPS: FollowUpRegister = { open: [], over: [], opened: 0 };
export const OPEN_FOLLOW_UPS_MAX = 500;
export const OVER_FOLLOW_UPS_MAX = 500;

/** What must be there for it to be done, with the words by which an answer names what is missing. A document has a revision, an event has people. */
type Part = 'document' | 'revision' | 'participants';
const DOCUMENT = [['document', 'document number'], ['revision', 'revision']] as const;
const EVENT = [['document', 'number of the record'], ['participants', 'who took part']] as const;
export const EVIDENCE_PARTS: Readonly<Record<FollowUpKind, readonly (readonly [Part, string])[]>> = {
  'operating-procedure': DOCUMENT, 'emergency-procedure': DOCUMENT, 'risk-assessment': DOCUMENT, training: EVENT, drill: EVENT,
};
/** Kinds that revise a written procedure. */
export const REVISING: readonly FollowUpKind[] = ['operating-procedure', 'emergency-procedure'];

export const isFollowUpOverdue = ({ done, withdrawn, dueMs }: FollowUp, nowMs: number): boolean => done === null && withdrawn === null && nowMs >= dueMs;
export const overdueFollowUps = ({ open }: FollowUpRegister, nowMs: number): readonly FollowUp[] => open.filter((each) => isFollowUpOverdue(each, nowMs));

/** By whichever of their names: as for a corrective action. */
export const isFollowUpsOwn = (followUp: FollowUp, signer: { readonly user: string; readonly name: string }): boolean => isResponsible(followUp, signer);

/** Follow-ups of an incident that revise this procedure, withdrawn ones left out. */
export function revisionsOf({ open, over }: FollowUpRegister, incident: string, procedure: string): readonly FollowUp[] {
  return [...open, ...over].filter((each) => each.incident === incident && each.withdrawn === null && REVISING.includes(each.kind) && each.procedures.includes(procedure));
}

export type FollowUpOutline = Pick<FollowUp, 'kind' | 'title' | 'responsible' | 'dueMs' | 'incident' | 'procedures'>;

/** A number that is taken is not taken again. */
export function withFollowUp(register: FollowUpRegister, id: string, outline: FollowUpOutline, openedBy: string, openedMs: number): FollowUpRegister {
  if (register.open.some((each) => each.id === id)) return register;
  return { ...register, open: [...register.open, { id, ...outline, openedBy, openedMs, done: null, withdrawn: null }], opened: register.opened + 1 };
}

/** Done or withdrawn; what is not open is left alone. */
export function withFollowUpOver(register: FollowUpRegister, id: string, end: Pick<FollowUp, 'done'> | Pick<FollowUp, 'withdrawn'>): FollowUpRegister {
  const followUp = register.open.find((each) => each.id === id);
  if (followUp === undefined) return register;
  return { ...register, open: register.open.filter((each) => each !== followUp), over: [{ ...followUp, ...end }, ...register.over].slice(0, OVER_FOLLOW_UPS_MAX) };
}
