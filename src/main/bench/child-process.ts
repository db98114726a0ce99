/** Parts of a benchmark that run in processes of their own. None outlives its benchmark: all end when our end of their input closes. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');
const SIMULATOR = join(ROOT, 'simulators/server/main.ts');
const READY_WITHIN_MS = 120_000;
const END_WITHIN_MS = 8_000;
/** What is kept of what a process says, for messages. */
const SAID_MAX = 20_000;

/** The simulator is part of a checkout and not of an installed copy. */
export const isCheckout = (): boolean => existsSync(SIMULATOR);

export interface Running {
  readonly pid: number;
  readonly ready: Readonly<Record<string, string>>;
  /** From its start to its READY line. */
  readonly readyAfterMs: number;
  readonly startedMs: number;
  end(): Promise<void>;
}

/** Starts `node ARGS` and waits for its line `PREFIX {json}`. */
export async function startProcess(args: readonly string[], prefix: string, env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const startedMs = Date.now();
  const child = spawn(process.execPath, [...args], { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const end = (): Promise<void> => endOf(child);
  try {
    const ready = await readyLine(child, prefix, args[0] ?? '');
    return { pid: child.pid ?? 0, ready, startedMs, readyAfterMs: Date.now() - startedMs, end };
  } catch (error) {
    await end();
    throw error;
  }
}

function readyLine(child: ChildProcess, prefix: string, name: string): Promise<Record<string, string>> {
  let said = '';
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${name} did not get ready within ${READY_WITHIN_MS / 1_000} s: ${said}`)), READY_WITHIN_MS);
    const hear = (chunk: Buffer): void => {
      if (said.length > SAID_MAX) return;
      said += chunk.toString();
      const line = said.split('\n').slice(0, -1).find((each) => each.startsWith(`${prefix} `));
      if (line === undefined) return;
      clearTimeout(timer);
      done(JSON.parse(line.slice(prefix.length + 1)) as Record<string, string>);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', fail);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(new Error(`${name} ended with ${String(code)}: ${said}`));
    });
  });
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  child.stdin?.end(); // who ends with its parent may still be holding on to this
  const hard = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
  await gone;
  clearTimeout(hard);
}

/** Runs `node ARGS` to its end. Answers what it printed; throws when it fails or takes too long. */
export async function runProcess(args: readonly string[], withinMs: number): Promise<{ readonly stdout: string; readonly tookMs: number }> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], timeout: withinMs, killSignal: 'SIGKILL' });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  if (code !== 0) throw new Error(`${args.slice(0, 3).join(' ')} ended with ${String(code)}: ${stderr.slice(0, 2_000)}`);
  return { stdout, tookMs: performance.now() - startMs };
}

/** Two processes want ports of their own; nothing holds them in between, which is good enough on loopback. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('there is no free port'))));
    });
  });
}

/** Resident memory of a process, MB; null where the system does not tell (only Linux does it this way). */
export function residentMb(pid: number): number | null {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Number(kb) / 1_024;
  } catch {
    return null;
  }
}
