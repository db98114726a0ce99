/** Who may approve a bypass: the higher the criticality of the function, the higher the level, and for SIL3 two people (3.3; IEC 61511-1 11.8.5). */
import type { Role } from '../../contract/refusal.ts';
import type { InterlockDef } from '../packs/schema.ts';

export interface ApproverLevel {
  /** One of these. */
  readonly roles: readonly Role[];
  /** So many different people. */
  readonly count: number;
}

const LEVELS: Readonly<Record<InterlockDef['criticality'], ApproverLevel>> = {
  none: { roles: ['supervisor', 'engineer'], count: 1 },
  SIL1: { roles: ['supervisor', 'engineer'], count: 1 },
  SIL2: { roles: ['engineer'], count: 1 },
  SIL3: { roles: ['engineer'], count: 2 },
};

/** The one place that says it: the standing authority matrix replaces this body. */
export function approverLevel(criticality: InterlockDef['criticality']): ApproverLevel {
  return LEVELS[criticality];
}
