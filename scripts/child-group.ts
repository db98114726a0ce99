/**
 * Child processes that are gone when they are told to go, with everything they have started: each leads its own process
 * group, and holds a pipe from us whose end it may take as the signal that we are no more (--exit-with-parent).
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildCommand {
  /** As people know it: "simulated plant". */
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd: string;
  /** The line that says the child is ready, `PREFIX {json}`. It is not shown. */
  readyPrefix?: string;
}

export interface ChildEnd { name: string; code: number | null; signal: NodeJS.Signals | null }

export interface Child {
  name: string;
  pid: number | undefined;
  /** The text after the prefix. Never settles when the child ends first. */
  ready: Promise<string>;
  ended: Promise<ChildEnd>;
  stop(): Promise<void>;
}

/** From the polite signal to the hard one. */
const STOP_WITHIN_MS = 6_000;
/** Longest line of a child that is looked at and passed on, characters. */
const LINE_MAX_LENGTH = 10_000;

/** POSIX: the whole group, whose id is the child's. Windows has no groups; taskkill walks the tree. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', ...(signal === 'SIGKILL' ? ['/F'] : [])], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody left in the group.
  }
}

function passOn(child: ChildProcess, wanted: ChildCommand, onReady: (text: string) => void): void {
  const prefix = wanted.readyPrefix === undefined ? undefined : `${wanted.readyPrefix} `;
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (prefix !== undefined && line.startsWith(prefix)) onReady(line.slice(prefix.length));
      else process.stdout.write(`[${wanted.name}] ${line.slice(0, LINE_MAX_LENGTH)}\n`);
    });
  }
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => { process.stderr.write(`[${wanted.name}] ${line.slice(0, LINE_MAX_LENGTH)}\n`); });
  }
}

export function startChild(wanted: ChildCommand): Child {
  const child = spawn(wanted.command, wanted.args, {
    cwd: wanted.cwd,
    env: { ...process.env, ...wanted.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  // A child that is gone closes the pipe under our hands; that is its business.
  child.stdin.on('error', () => undefined);
  let onReady: (text: string) => void = () => undefined;
  const ready = new Promise<string>((resolve) => { onReady = resolve; });
  passOn(child, wanted, onReady);
  let over = false;
  const ended = new Promise<ChildEnd>((resolve) => {
    child.on('error', (error) => {
      over = true;
      process.stderr.write(`[${wanted.name}] ${error.message}\n`);
      resolve({ name: wanted.name, code: 1, signal: null });
    });
    child.on('exit', (code, signal) => {
      over = true;
      resolve({ name: wanted.name, code, signal });
    });
  });
  const stop = async (): Promise<void> => {
    const { pid } = child;
    if (pid === undefined) return;
    child.stdin.end();
    if (!over) signalGroup(pid, 'SIGTERM');
    const tooLong = setTimeout(() => { signalGroup(pid, 'SIGKILL'); }, STOP_WITHIN_MS);
    await ended;
    clearTimeout(tooLong);
    // Grandchildren that ignored the first signal, or outlived a child that died by itself.
    signalGroup(pid, 'SIGKILL');
  };
  return { name: wanted.name, pid: child.pid, ready, ended, stop };
}
