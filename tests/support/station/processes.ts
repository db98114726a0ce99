/**
 * The real parts of a story: the simulated plant in its own process, the station in another, the instructor's line to
 * the simulator. Everything on loopback, on free ports, in a folder of its own, and gone afterwards.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InstructorDesk } from '../../../src/main/training/simulator-link.ts';
import { createDcsClient } from '../../../src/main/dcs/index.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
const SECRET = 'instructor-of-the-test';
const READY_WITHIN_MS = 60_000;

export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port'))));
    });
  });
}

export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ready: Record<string, string>;
  /** Everything it has said so far. */
  output(): string;
  /** Kills it and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts `node script ...` and waits for its READY line with JSON. */
export async function startProcess(args: readonly string[], prefix: string, env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const child = spawn(process.execPath, [...args], { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const ready = new Promise<Record<string, string>>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${args[0] ?? ''} did not get ready:\n${said}`)), READY_WITHIN_MS);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const line = said.split('\n').slice(0, -1).find((l) => l.startsWith(`${prefix} `));
      if (line === undefined) return;
      clearTimeout(timer);
      done(JSON.parse(line.slice(prefix.length + 1)) as Record<string, string>);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => { clearTimeout(timer); fail(new Error(`${args[0] ?? ''} ended with ${String(code)}:\n${said}`)); });
  });
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGCONT');
      child.kill(signal);
      const hard = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await gone;
      clearTimeout(hard);
    }
  };
  try {
    return { child, pid: child.pid ?? 0, ready: await ready, output: () => said, end };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

export interface Scene {
  readonly dir: string;
  readonly plant: Running;
  readonly instructor: InstructorDesk;
  readonly journalFile: string;
  /** Starts the station (again) on the same data folder and port. */
  startStation(): Promise<Running>;
  close(): Promise<void>;
}

/** Holding times of the shipped packs are minutes; a story in a test holds for seconds. Nothing else is changed. */
function shortenHolds(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue;
    const file = join(entry.parentPath, entry.name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/for: \d+ min\b/gu, 'for: 3 s'));
  }
}

/** A simulated plant with an instructor, and a place for a station. `more`: further arguments of `haven serve`. */
export async function openScene(name: string, more: readonly string[] = []): Promise<Scene> {
  const dir = mkdtempSync(join(tmpdir(), `haven-${name}-`));
  mkdirSync(join(dir, 'packs'));
  cpSync(join(ROOT, 'rules'), join(dir, 'packs/rules'), { recursive: true });
  cpSync(join(ROOT, 'procedures'), join(dir, 'packs/procedures'), { recursive: true });
  shortenHolds(join(dir, 'packs/procedures'));
  const [port, instructorPort, consolePort] = [await freePort(), await freePort(), await freePort()];
  const plant = await startProcess(['simulators/server/main.ts', '--plant', 'h2o2', '--port', String(port), '--instructor-port', String(instructorPort), '--pki', join(dir, 'simulator-pki')], 'READY', { HAVEN_INSTRUCTOR_SECRET: SECRET });
  const { endpoint = '', certificate = '', instructorEndpoint = '', instructorCertificate = '' } = plant.ready;
  const instructor = await openInstructor(join(dir, 'instructor-pki'), instructorEndpoint, instructorCertificate);
  const data = join(dir, 'data');
  const running: Running[] = [];
  return {
    dir, plant, instructor, journalFile: join(data, 'training/journal.sqlite'),
    startStation: async () => {
      const station = await startProcess([
        'src/main/cli.ts', 'serve', '--training', '--plant', 'h2o2', '--port', String(consolePort), '--data', data, '--endpoint', endpoint, '--simulator-certificate', certificate,
        '--instructor-endpoint', instructorEndpoint, '--instructor-certificate', instructorCertificate, '--rules', join(dir, 'packs/rules'), '--procedures', join(dir, 'packs/procedures'), ...more,
      ], 'HAVEN READY', { HAVEN_INSTRUCTOR_SECRET: SECRET });
      running.push(station);
      return station;
    },
    close: async () => {
      await instructor.close();
      await Promise.all([plant.end(), ...running.map((each) => each.end())]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function openInstructor(pkiDir: string, endpointUrl: string, certificate: string): Promise<InstructorDesk> {
  const store = createDcsClient({ endpointUrl, namespaceUri: 'urn:none', applicationName: 'Haven test instructor', pkiDir, clock: { nowMs: () => Date.now() }, tags: [] });
  const trusted = await store.importTrusted(certificate);
  if (!trusted.ok) throw new Error(trusted.reason.text);
  await store.stop();
  const opened = await InstructorDesk.open({ endpointUrl, pkiDir, secret: SECRET });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.desk;
}

/** Asks the instructor, and fails the test when he is not obeyed: an injected fault must have arrived. */
export async function instruct(desk: InstructorDesk, method: string, args: readonly (string | number)[] = []): Promise<unknown> {
  const answer = await desk.call(method, args);
  if (!answer.ok) throw new Error(`${method}(${args.join(', ')}): ${answer.reason}`);
  return answer.value;
}
