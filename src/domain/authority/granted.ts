/**
 * What the standing authority matrix answers for: every gated operation that somebody signs, in the words of the gates' own
 * table. A new operation is asked for in every matrix by itself.
 *
 * Retreat is no such operation: its entry is written down for people to read (3.4), and no code can ask for it.
 */
import { OPERATIONS } from '../gates/operations.ts';
import type { OperationId } from '../gates/operations.ts';

/** Nobody signs for running on; a return's approvals are its procedure's own (`returnApprovals`). */
const NOT_BY_MATRIX = ['sustain', 'procedure.return'] as const satisfies readonly OperationId[];

export type GrantedOperation = Exclude<OperationId, (typeof NOT_BY_MATRIX)[number]>;

export const GRANTED_OPERATIONS: readonly GrantedOperation[] = (Object.keys(OPERATIONS) as OperationId[]).filter((id): id is GrantedOperation => !(NOT_BY_MATRIX as readonly OperationId[]).includes(id));

/** The one entry of a matrix that grants nothing, because it takes nothing away: everybody, always. */
export const RETREAT = 'retreat';

/** Operations about one interlock: only they can be granted by its criticality. */
export const isAboutInterlock = (operation: string): boolean => operation.startsWith('bypass.') || operation.startsWith('interlock.');

/** How many people sign, where the product asks for anything but one. */
const SIGNATURES: Readonly<Partial<Record<string, readonly (1 | 2)[]>>> = { 'interlock.reset': [2], 'bypass.approve': [1, 2] };
export const signaturesOf = (operation: string): readonly (1 | 2)[] => SIGNATURES[operation] ?? [1];
