/** The books of exercises in a forked process of Node, at a low priority: the plant comes first. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { calmly, killGroup, reasonIn } from '../incident-report/fork-runner.ts';
import type { FromKeeper, KeeperRunner, ToKeeper } from './books-job.ts';

/** An exercise of 100,000 records and five hours of truth needs a few hundred MB; what needs more is broken, and must not take the station's memory. */
const MEMORY_MAX_MB = 1_536;
const SAID_MAX_LENGTH = 2_000;
const KEEPER = join(import.meta.dirname, 'books.process.ts');

export function forkKeeper(keeper = KEEPER, memoryMaxMb = MEMORY_MAX_MB): KeeperRunner {
  return {
    start: (hearer) => {
      // A group of its own: with it end the browser that prints for it and the simulator that runs again.
      const child = fork(keeper, [], { execArgv: [`--max-old-space-size=${String(memoryMaxMb)}`], serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: process.platform !== 'win32' });
      let [said, isOver] = ['', false];
      const died = (how: string): void => {
        if (isOver) return;
        isOver = true;
        hearer.died(how);
      };
      child.stderr?.on('data', (chunk: Buffer) => { said = `${said}${chunk.toString()}`.slice(-SAID_MAX_LENGTH); });
      child.on('message', (message: FromKeeper) => { if (!isOver && message.kind === 'done') hearer.done(message.number, message.answer); });
      child.once('error', (error) => died(error.message));
      child.once('close', (code, signal) => died(`${signal ?? `exit ${String(code)}`}${said === '' ? '' : `: ${reasonIn(said)}`}`));
      calmly(child.pid);
      return {
        do: (number, job) => { if (child.connected) child.send({ kind: 'do', number, job, printsHere: false } satisfies ToKeeper, () => undefined); },
        kill: () => {
          isOver = true;
          killGroup(child.pid, () => child.kill('SIGKILL'));
        },
      };
    },
  };
}
