/**
 * The peer FUXA 1.3.4 (an open SCADA in the same language), run headless beside us: the same OPC UA server, the same tags, four
 * alarms on each. Configured in its own favour: polling and publishing 250 ms (its default is 3,000), alarms checked each time it looks.
 *
 * It is no part of the product: it is installed on demand into a folder of its own (a compiler is needed for its SQLite) and never
 * into the project. What it tells is read from its own socket, the one its own page listens to.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './child-process.ts';

export const FUXA_NAME = 'FUXA 1.3.4 (polling 250 ms), in the same run';
const PACKAGES = ['@frangoteam/fuxa@1.3.4', 'node-opcua@2.148.0'];
const INSTALL_WITHIN_MS = 600_000;
const UP_WITHIN_MS = 60_000;
const END_WITHIN_MS = 5_000;
const POLLING_MS = 250;
/** Its unit is seconds, and it looks once a second whatever stands here; 0 switches an alarm off. */
const CHECK_DELAY_S = 0.1;
/** The simulator's plant namespace: 0 is OPC UA's, 1 the server's own. */
const NAMESPACE_INDEX = 2;

export type AlarmLevel = 'highhigh' | 'high' | 'low' | 'info';
export type LevelRanges = Readonly<Record<AlarmLevel, readonly [min: number, max: number]>>;
export type AlarmCounts = Readonly<Record<AlarmLevel, number>>;

export const fuxaFolder = (): string => process.env['HAVEN_FUXA_DIR'] ?? join(homedir(), '.cache/haven-bench/fuxa-1.3.4');

/** Installs FUXA where it is not there yet. Answers why not, or null. */
export async function provideFuxa(progress: (line: string) => void): Promise<string | null> {
  const dir = fuxaFolder();
  if (existsSync(mainFile(dir)) && existsSync(join(dir, 'node_modules/node-opcua/package.json'))) return null;
  progress(`installing FUXA into ${dir} (some 260 MB; its SQLite is compiled: one to two minutes)`);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'fuxa-peer', private: true }));
  for (const name of PACKAGES) {
    const child = spawn('npm', ['install', '--no-audit', '--no-fund', name], { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], timeout: INSTALL_WITHIN_MS, killSignal: 'SIGKILL' });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-2_000); });
    const code = await new Promise<number | null>((done) => child.once('error', () => done(-1)).once('close', done));
    if (code !== 0) return `npm install ${name} ended with ${String(code)}: ${said}`;
  }
  return null;
}

const mainFile = (dir: string): string => join(dir, 'node_modules/@frangoteam/fuxa/main.js');

export interface FuxaSettings {
  readonly workDir: string;
  readonly endpoint: string;
  readonly tags: readonly string[];
  readonly levels: LevelRanges;
  /** Other levels for some tags. */
  readonly levelsOf?: (tag: string) => LevelRanges | undefined;
}

export class Fuxa {
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(counts: AlarmCounts, atMs: number) => void>();

  private constructor(child: ChildProcess, port: number, socket: WebSocket) {
    this.#child = child;
    this.#port = port;
    this.#socket = socket;
    socket.addEventListener('message', (event) => this.#hear(String(event.data)));
  }

  /** Starts it, gives it its project, and opens the socket on which it tells of alarms. */
  static async start(settings: FuxaSettings): Promise<Fuxa> {
    const port = await freePort();
    mkdirSync(settings.workDir, { recursive: true });
    const child = spawn(process.execPath, [mainFile(fuxaFolder()), '--userDir', settings.workDir], { cwd: settings.workDir, env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
    try {
      await untilUp(port);
      await post(port, 'device', { params: { query: 'security', name: 'd1', value: { mode: { securityMode: 3, securityPolicy: 'http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256' } } } });
      await post(port, 'project', projectOf(settings));
      return new Fuxa(child, port, await openSocket(port));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The first message about alarms that satisfies `wanted`: when it came. Begin waiting before causing it. */
  async next(wanted: (counts: AlarmCounts) => boolean, withinMs: number): Promise<number | null> {
    const found = Promise.withResolvers<number>();
    const listener = (counts: AlarmCounts, atMs: number): void => { if (wanted(counts)) found.resolve(atMs); };
    this.#listeners.add(listener);
    try {
      return await Promise.race([found.promise, pause(withinMs, null)]);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** What is active now, asked over HTTP. */
  async active(): Promise<readonly { readonly name: string; readonly type: string }[]> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/api/alarms`);
    if (!answer.ok) throw new Error(`FUXA answered ${answer.status} when asked for its alarms`);
    return (await answer.json()) as { name: string; type: string }[];
  }

  async end(): Promise<void> {
    this.#socket.close();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((done) => this.#child.once('exit', () => done()));
    this.#child.kill('SIGTERM');
    const hard = setTimeout(() => this.#child.kill('SIGKILL'), END_WITHIN_MS);
    await gone;
    clearTimeout(hard);
  }

  /** socket.io over its bare wire: 2 = ping, 42[...] = event. */
  #hear(text: string): void {
    const atMs = Date.now();
    if (text === '2') this.#socket.send('3');
    if (!text.startsWith('42')) return;
    const [name, counts] = JSON.parse(text.slice(2)) as [string, AlarmCounts];
    if (name === 'alarms-status') for (const listener of [...this.#listeners]) listener(counts, atMs);
  }
}

function projectOf({ endpoint, tags, levels, levelsOf }: FuxaSettings): Record<string, unknown> {
  const level = (tag: string, [min, max]: readonly [number, number]) => ({ enabled: true, checkdelay: CHECK_DELAY_S, min, max, timedelay: 0, ackmode: 'float', text: tag, group: '' });
  return {
    version: '1.00', name: 'bench', server: { id: '0', name: 'FUXA Server', type: 'FuxaServer', property: {} }, hmi: { views: [] },
    devices: { d1: { id: 'd1', name: 'plant', type: 'OPCUA', enabled: true, polling: POLLING_MS, property: { address: endpoint }, tags: Object.fromEntries(tags.map((id) => [id, { id, name: id, type: 'Double', address: `ns=${NAMESPACE_INDEX};s=${id}`, value: '' }])) } },
    alarms: tags.map((tag) => {
      const own = levelsOf?.(tag) ?? levels;
      return { name: tag, property: { variableId: tag, permission: 0 }, highhigh: level(tag, own.highhigh), high: level(tag, own.high), low: level(tag, own.low), info: level(tag, own.info) };
    }),
  };
}

async function untilUp(port: number): Promise<void> {
  const endMs = Date.now() + UP_WITHIN_MS;
  while (Date.now() < endMs) {
    const up = await fetch(`http://127.0.0.1:${port}/api/project`).then((answer) => answer.ok, () => false);
    if (up) return;
    await pause(250);
  }
  throw new Error(`FUXA did not answer on port ${port} within ${UP_WITHIN_MS / 1_000} s`);
}

async function post(port: number, what: string, body: unknown): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`FUXA refused its ${what} with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
}

async function openSocket(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(() => fail(new Error('FUXA did not open its socket')), UP_WITHIN_MS);
    socket.addEventListener('error', () => { clearTimeout(timer); fail(new Error('FUXA refused its socket')); }, { once: true });
    socket.addEventListener('message', (event) => {
      const text = String(event.data);
      if (text.startsWith('0{')) socket.send('40');
      if (!text.startsWith('40')) return;
      clearTimeout(timer);
      done();
    });
  });
  return socket;
}
