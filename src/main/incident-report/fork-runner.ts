/** Reports in a forked process of Node, at a low priority: the plant comes first. */
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { FromMaker, ReportRunner, ToMaker } from './job.ts';

/** One report needs a few hundred MB at most; what needs more is broken, and must not take the station's memory. */
const MEMORY_MAX_MB = 3_072;
const SAID_MAX_LENGTH = 2_000;
const MAKER = join(import.meta.dirname, 'report.process.ts');

export function forkRunner(maker = MAKER): ReportRunner {
  return {
    start: (order, hearer) => {
      // A group of its own: with it end the browser that prints for it, and whatever that has started.
      const child = fork(maker, [], { execArgv: [`--max-old-space-size=${String(MEMORY_MAX_MB)}`], serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: process.platform !== 'win32' });
      let said = '';
      let isOver = false;
      const over = (tell: () => void): void => {
        if (isOver) return;
        isOver = true;
        tell();
      };
      child.stderr?.on('data', (chunk: Buffer) => { said = `${said}${chunk.toString()}`.slice(-SAID_MAX_LENGTH); });
      child.on('message', (message: FromMaker) => {
        if (isOver) return;
        if (message.kind === 'progress') hearer.progress(message);
        if (message.kind === 'ended') over(() => hearer.ended(message.ended));
      });
      child.once('error', (error) => over(() => hearer.died(error.message)));
      child.once('close', (code, signal) => over(() => hearer.died(`${signal ?? `exit ${String(code)}`}${said === '' ? '' : `: ${reasonIn(said)}`}`)));
      calmly(child.pid);
      if (child.connected) child.send({ kind: 'make', order, printsHere: false } satisfies ToMaker, () => undefined);
      return {
        kill: () => {
          isOver = true;
          killGroup(child.pid, () => child.kill('SIGKILL'));
        },
      };
    },
  };
}

/** At a low priority: the plant comes first. */
export function calmly(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It runs at the same priority then.
  }
}

export function killGroup(pid: number | undefined, otherwise: () => void): void {
  try {
    if (pid === undefined || process.platform === 'win32') otherwise();
    else process.kill(-pid, 'SIGKILL');
  } catch {
    otherwise();
  }
}

/** The line of a stack that says what it was. */
export const reasonIn = (said: string): string => (said.split('\n').find((line) => /^(?:\w*Error\b|FATAL|node:)/u.test(line)) ?? said.trimEnd().split('\n').at(-1) ?? '').trim().slice(0, 300);
