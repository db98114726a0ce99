/** Laboratory results and their re-analysis, A4.2(5). */
import type { Measure } from '../../packs/schema.ts';
import type { Kind } from './kind.ts';
import { NEVER_MS } from './kind.ts';

export const lab: Kind<Extract<Measure, { kind: 'lab' }>> = {
  truth: (look, { phase, reanalyseWithin }) => look.lab.truth(phase, look.nowMs, reanalyseWithin),
  reviewMs(look, { phase, reanalyseWithin }) {
    const { suspectedSinceMs } = look.lab;
    if (phase !== 'overdue' || suspectedSinceMs === null) return NEVER_MS;
    return look.nowMs < suspectedSinceMs + reanalyseWithin ? suspectedSinceMs + reanalyseWithin : NEVER_MS;
  },
};
