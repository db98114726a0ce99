/** The books of exercises in Electron's utility process: a bundle of its own beside main's, as for reports (`report-runner.ts`). It has no window, so printing comes back to us. */
import { utilityProcess } from 'electron';
import type { FromKeeper, KeeperRunner, ToKeeper } from '../drill-report/books-job.ts';
import { printReport } from './print-report.ts';

export function utilityKeeper(keeper: string): KeeperRunner {
  return {
    start: (hearer) => {
      const child = utilityProcess.fork(keeper, [], { serviceName: 'Haven exercises', stdio: 'ignore', execArgv: [] });
      let [isOver, isThere] = [false, false];
      /** What is asked before it is there. */
      const waiting: ToKeeper[] = [];
      const post = (message: ToKeeper): void => {
        if (isOver) return;
        if (isThere) child.postMessage(message);
        else waiting.push(message);
      };
      child.on('message', (message: FromKeeper) => {
        if (isOver) return;
        switch (message.kind) {
          case 'done': return hearer.done(message.number, message.answer);
          case 'print':
            printReport(message.html).then((bytes) => post({ kind: 'printed', bytes }), (error: unknown) => post({ kind: 'not-printed', problem: error instanceof Error ? error.message : String(error) }));
        }
      });
      child.once('exit', (code) => {
        if (isOver) return;
        isOver = true;
        hearer.died(`exit ${String(code)}`);
      });
      child.once('spawn', () => {
        isThere = true;
        for (const message of waiting.splice(0)) post(message);
      });
      return {
        do: (number, job) => post({ kind: 'do', number, job, printsHere: true }),
        kill: () => {
          isOver = true;
          child.kill();
        },
      };
    },
  };
}
