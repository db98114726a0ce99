/**
 * Plant, station and console up together and down together. What exactly is started comes in as commands, so that tests
 * run the same order of things with stand-ins.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startChild } from './child-group.ts';
import type { Child, ChildCommand, ChildEnd } from './child-group.ts';
import type { StartOptions } from './start-options.ts';

export const EXIT_FAILED = 1;
export const EXIT_BAD_INPUT = 2;
const READY_WITHIN_MS = 90_000;

/** Facts of the running simulator, for the station: the line `READY {json}` says them. */
export interface PlantFacts {
  endpoint: string;
  certificate: string | undefined;
  instructorEndpoint: string;
  instructorCertificate: string | undefined;
}

export interface Commands {
  simulator(options: StartOptions): ChildCommand;
  browserHost(options: StartOptions, plant: PlantFacts): ChildCommand;
  desktopHost(options: StartOptions, plant: PlantFacts): ChildCommand;
}

export type Host = 'browser' | 'desktop';

function problemWithFolder(dir: string): string | undefined {
  try {
    mkdirSync(dir, { recursive: true });
    const probe = join(dir, `.probe-${randomBytes(4).toString('hex')}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return undefined;
  } catch (error) {
    return `The data folder ${dir} cannot be written: ${error instanceof Error ? error.message : String(error)}. Choose another with --data DIR.`;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => { resolve(false); });
    server.listen(port, '127.0.0.1', () => { server.close(() => { resolve(true); }); });
  });
}

/** Everything a person can put right is said before anything is started. */
export async function problemBefore(options: StartOptions, host: Host): Promise<string | undefined> {
  const folder = problemWithFolder(options.dataDir);
  if (folder !== undefined) return folder;
  const ports: [number, string][] = [[options.simulatorPort, '--simulator-port'], [options.instructorPort, '--instructor-port']];
  if (host === 'browser') ports.unshift([options.port, '--port']);
  for (const [port, option] of ports) {
    if (!(await isFree(port))) return `Port ${port} is in use by another program. Close that program, or choose another port with ${option}.`;
  }
  return undefined;
}

/** Reads `READY {json}`. What it leaves out follows from the ports we asked for. */
export function readPlantFacts(json: string, options: StartOptions): PlantFacts {
  let said: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null) said = parsed as Record<string, unknown>;
  } catch {
    // An old simulator that only says READY.
  }
  const text = (name: string): string | undefined => (typeof said[name] === 'string' ? said[name] : undefined);
  return {
    endpoint: text('endpoint') ?? `opc.tcp://127.0.0.1:${options.simulatorPort}`,
    certificate: text('certificate'),
    instructorEndpoint: text('instructorEndpoint') ?? `opc.tcp://127.0.0.1:${options.instructorPort}`,
    instructorCertificate: text('instructorCertificate'),
  };
}

type Outcome = { kind: 'ready'; text: string } | { kind: 'ended'; end: ChildEnd } | { kind: 'slow' } | { kind: 'told' };

/** A start and its end. One object, because stopping must know everything that has been started. */
class Running {
  private readonly children: Child[] = [];
  private readonly told: Promise<Outcome>;

  constructor() {
    this.told = new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { resolve({ kind: 'told' }); });
    });
  }

  start(command: ChildCommand): Child {
    const child = startChild(command);
    this.children.push(child);
    return child;
  }

  /** The first thing that happens: readiness, any child's end, a signal, or nothing for too long. */
  async ready(child: Child): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const slow = new Promise<Outcome>((resolve) => { timer = setTimeout(() => { resolve({ kind: 'slow' }); }, READY_WITHIN_MS); });
    const first = await Promise.race([child.ready.then((text): Outcome => ({ kind: 'ready', text })), this.over(), slow]);
    clearTimeout(timer);
    return first;
  }

  /** Any child's end, or a signal. */
  over(): Promise<Outcome> {
    return Promise.race([this.told, ...this.children.map((child) => child.ended.then((end): Outcome => ({ kind: 'ended', end })))]);
  }

  /** The console goes before its plant, so that the last thing on screen is not a lost link. */
  async stop(): Promise<void> {
    for (const child of this.children.toReversed()) await child.stop();
  }
}

/** The exit code, and the sentence that goes with it. */
function verdict(outcome: Outcome, waitingFor: string, desktop: string | undefined): { code: number; sentence: string } {
  switch (outcome.kind) {
    case 'told':
      return { code: 0, sentence: 'Stopping ...' };
    case 'slow':
      return { code: EXIT_FAILED, sentence: `The ${waitingFor} was not ready within ${READY_WITHIN_MS / 1_000} s; stopping everything.` };
    case 'ready':
      return { code: 0, sentence: '' };
    case 'ended': {
      const { name, code, signal } = outcome.end;
      // The person closed the window.
      if (name === desktop && code === 0) return { code: 0, sentence: 'The window was closed; stopping everything.' };
      const how = signal === null ? `ended with code ${code ?? 0}` : `was ended by ${signal}`;
      return { code: code === EXIT_BAD_INPUT ? EXIT_BAD_INPUT : EXIT_FAILED, sentence: `The ${name} ${how}; stopping everything.` };
    }
  }
}

/** The program that opens an address on this desktop, if there is one to open it on. */
export function openerFor(platform: string, environment: Readonly<Record<string, string | undefined>>): { command: string; args: string[] } | undefined {
  if (platform === 'darwin') return { command: 'open', args: [] };
  if (platform === 'win32') return { command: 'cmd', args: ['/c', 'start', ''] };
  const desktop = (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== '';
  return desktop ? { command: 'xdg-open', args: [] } : undefined;
}

function openInBrowser(url: string): void {
  const opener = openerFor(process.platform, process.env);
  if (opener === undefined) return;
  const child = spawn(opener.command, [...opener.args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // no opener here: the address is on the screen
  child.unref();
}

function urlIn(json: string): string | undefined {
  try {
    const parsed = JSON.parse(json) as { url?: unknown };
    return typeof parsed.url === 'string' && /^http:\/\/127\.0\.0\.1:\d+\//u.test(parsed.url) ? parsed.url : undefined;
  } catch {
    return undefined;
  }
}

/** Starts plant and host, waits for the end, cleans up. Answers with the exit code. */
export async function startEverything(options: StartOptions, host: Host, commands: Commands, say: (line: string) => void): Promise<number> {
  const problem = await problemBefore(options, host);
  if (problem !== undefined) {
    console.error(problem);
    return EXIT_BAD_INPUT;
  }
  const running = new Running();
  let desktop: string | undefined;
  const run = async (): Promise<{ outcome: Outcome; waitingFor: string }> => {
    const simulator = running.start(commands.simulator(options));
    const plantUp = await running.ready(simulator);
    if (plantUp.kind !== 'ready') return { outcome: plantUp, waitingFor: simulator.name };
    const plant = readPlantFacts(plantUp.text, options);
    say(`The simulated plant ${options.plant} runs at ${plant.endpoint}`);
    if (host === 'desktop') {
      const window = running.start(commands.desktopHost(options, plant));
      desktop = window.name;
      return { outcome: await running.over(), waitingFor: window.name };
    }
    const serve = running.start(commands.browserHost(options, plant));
    const serveUp = await running.ready(serve);
    if (serveUp.kind !== 'ready') return { outcome: serveUp, waitingFor: serve.name };
    const url = urlIn(serveUp.text);
    if (url === undefined) return { outcome: { kind: 'ended', end: { name: serve.name, code: EXIT_FAILED, signal: null } }, waitingFor: serve.name };
    say(`Haven is ready. Open ${url}`);
    say('Ctrl-C stops everything.');
    if (options.open) openInBrowser(url);
    return { outcome: await running.over(), waitingFor: serve.name };
  };
  const { outcome, waitingFor } = await run();
  const { code, sentence } = verdict(outcome, waitingFor, desktop);
  (code === 0 ? say : console.error)(sentence);
  await running.stop();
  return code;
}
