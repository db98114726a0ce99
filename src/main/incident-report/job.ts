/**
 * A report is made in a process of its own, never on the station's event loop: what is said between the two, and the port by which a
 * station starts one. Plain Node forks (`fork-runner.ts`); the desktop program has Electron's utility process (`shell/report-runner.ts`).
 */
import type { Composed, Progress, ReportOrder } from './compose.ts';

/** From the station to the one who makes it. */
export type ToMaker = { readonly kind: 'make'; readonly order: ReportOrder; /** The host prints: no browser is looked for. */ readonly printsHere: boolean } | { readonly kind: 'printed'; readonly bytes: Uint8Array } | { readonly kind: 'not-printed'; readonly problem: string };
/** And back. `print`: the host is asked to. */
export type FromMaker = ({ readonly kind: 'progress' } & Progress) | { readonly kind: 'ended'; readonly ended: Composed } | { readonly kind: 'print'; readonly html: string };

export interface ReportHearer {
  progress(progress: Progress): void;
  /** Said once, and the last thing. */
  ended(ended: Composed): void;
  /** It is gone without having said how it ended. */
  died(how: string): void;
}
export interface RunningReport {
  /** At once; nothing more is heard of it. */
  kill(): void;
}
export interface ReportRunner {
  start(order: ReportOrder, hearer: ReportHearer): RunningReport;
}
