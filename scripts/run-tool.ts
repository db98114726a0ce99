/** Runs one tool of the test run to its end, bounded in time, with everything it starts, and never asking for input. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './console-bundle.ts';

export interface ToolRun {
  /** Path of the tool's JavaScript under node_modules. */
  tool: string;
  args: readonly string[];
  withinMs: number;
  env?: Readonly<Record<string, string>>;
  /** `show`: straight to the terminal. `keep`: given back, for tools that run beside one another. */
  output: 'show' | 'keep';
  /** What only reckons and waits for nobody gives way to what runs beside it against clocks. */
  givesWay?: boolean;
}

export interface ToolEnd { code: number | null; said: string }

/** Stations, simulators and tools are started by the dozen: each takes the code that the one before has stripped of its types and compiled. Within the repository: code from a folder that others can write must not be run. */
const COMPILED = join(root, '.tmp/compile-cache');

/** Of Unix; what the tool starts inherits it. */
const GIVING_WAY = 10;

const running = new Set<number>();

function kill(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, GIVING_WAY);
  } catch {
    // Gone already, or not allowed here: then it runs as everything else does.
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const pid of running) kill(pid);
    process.exit(1);
  });
}

export function runTool({ tool, args, withinMs, env, output, givesWay = false }: ToolRun): Promise<ToolEnd> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
      cwd: root,
      // The right Node first, also for tools that look for `node` by name.
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
      stdio: ['ignore', output === 'show' ? 'inherit' : 'pipe', output === 'show' ? 'inherit' : 'pipe'],
      detached: process.platform !== 'win32',
    });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    if (pid !== undefined && givesWay) giveWay(pid);
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const tooLong = setTimeout(() => {
      const words = `${tool} was stopped: it took longer than ${Math.round(withinMs / 1_000)} s`;
      said.push(words);
      if (output === 'show') console.error(words);
      if (pid !== undefined) kill(pid);
    }, withinMs);
    const finish = (code: number | null): void => {
      clearTimeout(tooLong);
      if (pid !== undefined) running.delete(pid);
      resolve({ code, said: said.join('') });
    };
    child.on('error', (error) => { said.push(error.message); finish(null); });
    child.on('close', (code) => { finish(code); });
  });
}
