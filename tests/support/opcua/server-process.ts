/** Starts, commands, freezes and kills test servers, and proves that what was done to them has happened. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { ServerCommand, ServerConfig } from './test-server-protocol.ts';

const SCRIPT = path.join(import.meta.dirname, 'test-server.ts');
const START_MS = 30_000;
const living = new Set<ChildProcess>();

/** A running test server. */
export interface ServerProcess {
  readonly pid: number;
  tell(command: ServerCommand): Promise<Record<string, unknown>>;
  freeze(): Promise<void>;
  thaw(): void;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a server and waits until it listens. */
export async function startServer(config: ServerConfig): Promise<ServerProcess> {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(config)], { stdio: ['pipe', 'pipe', 'pipe'] });
  living.add(child);
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)));
  const waiting: ((line: string) => void)[] = [];
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'READY') ready.resolve();
    else if (line.startsWith('{')) waiting.shift()?.(line);
  });
  child.once('exit', (code, signal) => {
    living.delete(child);
    ready.reject(new Error(`test server ended (${code ?? signal}): ${complaints}`));
  });
  const timer = setTimeout(() => ready.reject(new Error(`test server not ready: ${complaints}`)), START_MS);
  await ready.promise.finally(() => clearTimeout(timer));
  const pid = child.pid ?? 0;
  return {
    pid,
    tell: (command) =>
      new Promise((resolve) => {
        waiting.push((line) => resolve(JSON.parse(line) as Record<string, unknown>));
        child.stdin.write(`${JSON.stringify(command)}\n`);
      }),
    freeze: async () => {
      child.kill('SIGSTOP');
      while (processState(pid) !== 'T') await new Promise((resolve) => setTimeout(resolve, 5));
    },
    thaw: () => child.kill('SIGCONT'),
    kill: () => killAndWait(child),
  };
}

/** The letter of a process's state in /proc, or null when there is no such process. */
export function processState(pid: number): string | null {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Kills whatever a test left behind. */
export async function killAllServers(): Promise<void> {
  await Promise.all([...living].map(killAndWait));
}

/** A loopback port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function killAndWait(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
