/** What the layer-of-protection analysis counts a function for: orders of magnitude of risk that it takes away, and that are missing while it is bypassed. */
import type { InterlockDef } from '../packs/schema.ts';

/** SIL n promises at least n orders of magnitude (IEC 61511-1, table 4): no more is counted unless the pack says so. */
const CREDIT_OF_SIL: Readonly<Record<InterlockDef['criticality'], number>> = { none: 0, SIL1: 1, SIL2: 2, SIL3: 3 };

export const lopaCreditOf = ({ lopaCredit, criticality }: Pick<InterlockDef, 'lopaCredit' | 'criticality'>): number => lopaCredit ?? CREDIT_OF_SIL[criticality];

/** What its criticality promises. */
export const promisedCredit = (criticality: InterlockDef['criticality']): number => CREDIT_OF_SIL[criticality];
