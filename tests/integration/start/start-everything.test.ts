/** `npm start` with stand-ins: everything comes up, everything goes down, and nobody is left behind, however it ends. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const stubStart = join(import.meta.dirname, '../../support/start/stub-start.ts');
let dir = '';
let started: ChildProcess | undefined;

interface Ended { code: number | null; out: string; err: string }
interface Start { child: ChildProcess; ended: Promise<Ended>; saw(pattern: RegExp): Promise<string> }

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => { resolve(server); });
  });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function start(stubs: { simulator?: string; serve?: string } = {}, change: { port?: number; data?: string } = {}): Promise<Start> {
  const [port = 0, simulator = 0, instructor = 0] = await freePorts(3);
  const child = spawn(process.execPath, [
    stubStart, JSON.stringify({ pids: dir, ...stubs }), '--no-open', '--data', change.data ?? join(dir, 'data'),
    '--port', String(change.port ?? port), '--simulator-port', String(simulator), '--instructor-port', String(instructor),
  ], { stdio: ['ignore', 'pipe', 'pipe'] });
  started = child;
  let out = '';
  let err = '';
  const lookers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; for (const look of lookers) look(); });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; for (const look of lookers) look(); });
  return {
    child,
    ended: new Promise((resolve) => child.on('close', (code) => { resolve({ code, out, err }); })),
    saw: (pattern) => new Promise((resolve) => {
      const look = (): void => { const match = pattern.exec(out + err); if (match !== null) { lookers.delete(look); resolve(match[0]); } };
      lookers.add(look);
      look();
    }),
  };
}

function isAlive(pid: number): boolean {
  // A killed process whose new parent has not reaped it yet is a zombie: it is dead.
  if (existsSync(`/proc/${pid}/stat`)) return !/\) [ZX] /u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  try { process.kill(pid, 0); return process.platform !== 'linux'; } catch { return false; }
}

/** Everybody the stubs have written down, children and grandchildren. */
function everybody(): number[] {
  return readdirSync(dir).filter((name) => name === 'simulator' || name === 'serve').flatMap((name) => readFileSync(join(dir, name), 'utf8').split(' ').map(Number));
}

async function expectNobodyLeft(count: number): Promise<void> {
  const pids = everybody();
  expect(pids).toHaveLength(count);
  await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([]);
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'haven-start-')); });
  afterEach(() => {
    started?.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('REQ-STR-01 brings everything up, prints the address, and ends clean on %s', async (signal) => {
    const run = await start();
    expect(await run.saw(/Haven is ready\. Open \S+/u)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#token=abc$/u);
    expect(everybody().filter(isAlive)).toHaveLength(4);
    run.child.kill(signal);
    const { code, out } = await run.ended;
    expect(code).toBe(0);
    expect(out).toContain('[simulated plant] some other line of the simulator');
    expect(out).not.toContain('HAVEN READY');
    await expectNobodyLeft(4);
  });

  it('REQ-STR-02 leaves nobody behind when it is killed without a chance to clean up', async () => {
    const run = await start();
    await run.saw(/Haven is ready/u);
    run.child.kill('SIGKILL');
    await run.ended;
    await expectNobodyLeft(4);
  });

  it('REQ-STR-03 says which child died, ends the others and exits with 1', async () => {
    const run = await start({ simulator: 'die' });
    const { code, err } = await run.ended;
    expect(code).toBe(1);
    expect(err).toMatch(/The simulated plant ended with code 7; stopping everything/u);
    await expectNobodyLeft(4);
  });

  it('REQ-STR-04 passes on what a broken pack is and exits with 2', async () => {
    const run = await start({ serve: 'refuse' });
    const { code, err } = await run.ended;
    expect(code).toBe(2);
    expect(err).toMatch(/tags\.yaml:3:1: this pack is broken/u);
    expect(err).toMatch(/The station ended with code 2/u);
    await expectNobodyLeft(4);
  });

  it('REQ-STR-05 ends a child that does not want to go', async () => {
    const run = await start({ serve: 'stubborn' });
    await run.saw(/Haven is ready/u);
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
    await expectNobodyLeft(4);
  });

  it('REQ-STR-06 refuses a port in use in one sentence and starts nothing', async () => {
    const taken = await listen();
    try {
      const { port } = taken.address() as AddressInfo;
      const { code, err } = await (await start({}, { port })).ended;
      expect([code, err.trim()]).toEqual([2, `Port ${port} is in use by another program. Close that program, or choose another port with --port.`]);
      await expectNobodyLeft(0);
    } finally {
      taken.close();
    }
  });

  it('REQ-STR-07 refuses a data folder it cannot write and starts nothing', async () => {
    const file = join(dir, 'a-file');
    writeFileSync(file, '');
    const { code, err } = await (await start({}, { data: join(file, 'data') })).ended;
    expect(code).toBe(2);
    expect(err).toMatch(/^The data folder .* cannot be written: .*Choose another with --data DIR\.$/mu);
    await expectNobodyLeft(0);
  });

  it('REQ-STR-08 stops the plant when the desktop window is closed, and calls that a clean end', async () => {
    const { code, out } = await (await start({ serve: 'desktop' })).ended;
    expect(code).toBe(0);
    expect(out).toContain('The window was closed');
    await expectNobodyLeft(2);
  });
});
