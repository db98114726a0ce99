/** The standing authority matrix as it is run: entries with their terms as moments. */
import type { Role } from '../../contract/refusal.ts';

/** Of an interlock, as its safety study gave it. */
export const CRITICALITIES = ['none', 'SIL1', 'SIL2', 'SIL3'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** One entry, its term in ms: from the start of its first day to the end of its last one, by the station's calendar. */
export interface Grant {
  readonly id: string;
  readonly operation: string;
  /** Criticalities of the interlock concerned; null = whatever it is, or no interlock is concerned. */
  readonly criticality: readonly Criticality[] | null;
  /** One signature: any of them. Two: one of each, by two people. */
  readonly roles: readonly Role[];
  /** Only these users, of those roles; null = every one of those roles. */
  readonly people: readonly string[] | null;
  readonly signatures: 1 | 2;
  readonly fromMs: number;
  readonly untilMs: number;
}

export type Matrix = readonly Grant[];

/** What an operation is about, as far as authority depends on it. */
export interface About { readonly criticality?: Criticality }
