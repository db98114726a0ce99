/** What is kept of the time after incidents, as one part of the state: analyses, follow-ups, what was shown to be ready. */
import { NO_ANALYSES } from './cause-analysis.ts';
import type { AnalysisRegister } from './cause-analysis.ts';
import { NO_FOLLOW_UPS } from './follow-ups.ts';
import type { FollowUpRegister } from './follow-ups.ts';
import type { Readiness } from './readiness.ts';

export interface Aftermath {
  readonly analyses: AnalysisRegister;
  readonly followUps: FollowUpRegister;
  readonly readiness: Readiness;
  /** Procedures raised in the present incident, and in those that are past: newest first, bounded. */
  readonly used: readonly string[];
  readonly usedBefore: readonly { readonly incident: string; readonly procedures: readonly string[] }[];
  /** In an exercise nothing is owed by itself. */
  readonly isTraining: boolean;
}

export const NO_AFTERMATH: Aftermath = { analyses: NO_ANALYSES, followUps: NO_FOLLOW_UPS, readiness: {}, used: [], usedBefore: [], isTraining: false };
/** Procedures that one incident is remembered by. */
export const USED_MAX = 200;
