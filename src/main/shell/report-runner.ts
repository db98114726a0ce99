/**
 * Reports in Electron's utility process. The packaged program cannot be run as Node (a fuse forbids it), so nothing is forked there; the
 * maker is a bundle of its own beside main's. It has no window, so printing comes back to us.
 */
import { utilityProcess } from 'electron';
import type { FromMaker, ReportRunner, ToMaker } from '../incident-report/job.ts';
import { printReport } from './print-report.ts';

export function utilityRunner(maker: string): ReportRunner {
  return {
    start: (order, hearer) => {
      const child = utilityProcess.fork(maker, [], { serviceName: 'Haven report', stdio: 'ignore', execArgv: [] });
      let isOver = false;
      const post = (message: ToMaker): void => { if (!isOver) child.postMessage(message); };
      child.on('message', (message: FromMaker) => {
        if (isOver) return;
        switch (message.kind) {
          case 'progress': return hearer.progress(message);
          case 'print':
            printReport(message.html).then((bytes) => post({ kind: 'printed', bytes }), (error: unknown) => post({ kind: 'not-printed', problem: error instanceof Error ? error.message : String(error) }));
            return;
          case 'ended':
            isOver = true;
            return hearer.ended(message.ended);
        }
      });
      child.once('exit', (code) => {
        if (isOver) return;
        isOver = true;
        hearer.died(`exit ${String(code)}`);
      });
      child.once('spawn', () => post({ kind: 'make', order, printsHere: true }));
      return {
        kill: () => {
          isOver = true;
          child.kill();
        },
      };
    },
  };
}
