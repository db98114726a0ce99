/** `haven bench [NAME]`: the benchmarks, each beside its peer in the same run. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, Figure } from '../bench/benchmark.ts';
import { isCheckout } from '../bench/child-process.ts';
import { BENCHMARKS } from '../bench/index.ts';
import { table } from '../bench/table.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';
import { isFaultOfOurs } from './unforeseen.ts';

const NAMES = BENCHMARKS.map(({ name }) => name).join(', ');
const NOT_INSTALLED = 'is not available in an installed copy: it starts the simulator, which only a checkout of the repository has';

const HELP = `haven bench [NAME] [--json] [--dir DIR]

Measures, and prints each figure beside its peer's from the same run. Without NAME: all but journal-large, about a quarter of an hour.

${BENCHMARKS.map(({ name, about, needs }) => `  ${name.padEnd(14)} ${about}${needs === 'checkout' ? ' (needs a checkout)' : ''}`).join('\n')}

  --json         one JSON document on stdout
  --dir DIR      a folder on the disk to measure; default the system's temporary folder. A folder of its own is made
                 in it and removed afterwards.

Exit: 0 done, 2 wrong call, or a benchmark that could not be carried out.
`;

/** Figures, as they are printed with --json. */
interface Report {
  readonly benchmarks: readonly Figure[];
  /** Benchmarks that cannot run here, and why. */
  readonly unavailable: readonly { readonly name: string; readonly reason: string }[];
}

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const call = readCall(args);
  if ('wrong' in call) return wrong(io, `${call.wrong}; expected ${HELP.split('\n')[0] ?? ''}`);
  if (call.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  const chosen = BENCHMARKS.filter(({ name, onlyByName }) => (call.name === undefined ? onlyByName !== true : name === call.name));
  if (chosen.length === 0) return wrong(io, `there is no benchmark '${call.name ?? ''}'; expected one of ${NAMES}`);
  const possible = chosen.filter(({ needs }) => needs === 'nothing' || isCheckout());
  if (possible.length === 0) return wrong(io, `${call.name ?? ''} ${NOT_INSTALLED}`);
  const unavailable = chosen.filter((each) => !possible.includes(each)).map(({ name }) => ({ name, reason: NOT_INSTALLED }));
  try {
    const figures = await measure(possible, path.resolve(io.cwd, call.dir ?? tmpdir()), io);
    print({ benchmarks: figures, unavailable }, call.json, io);
    return EXIT_DONE;
  } catch (error) {
    if (isFaultOfOurs(error)) throw error;
    return wrong(io, error instanceof Error ? error.message : String(error));
  }
}

/** One after the other: two at a time would measure each other. */
async function measure(benchmarks: readonly Benchmark[], root: string, io: CommandIo): Promise<readonly Figure[]> {
  mkdirSync(root, { recursive: true });
  const dir = mkdtempSync(path.join(root, 'haven-bench-'));
  try {
    const figures: Figure[] = [];
    for (const { name, run: runOne } of benchmarks) {
      const own = path.join(dir, name);
      mkdirSync(own);
      figures.push(...(await runOne({ dir: own, progress: (line) => { if (process.stderr.isTTY) io.stderr(`${name}: ${line}\n`); } })));
    }
    return figures;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function print(report: Report, asJson: boolean, io: CommandIo): void {
  if (asJson) {
    io.stdout(`${JSON.stringify(report)}\n`);
    return;
  }
  io.stdout(table(report.benchmarks));
  for (const { name, reason } of report.unavailable) io.stdout(`${name} ${reason}\n`);
}

interface Call {
  readonly help: boolean;
  readonly json: boolean;
  readonly dir: string | undefined;
  readonly name: string | undefined;
}

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false }, dir: { type: 'string' } },
    });
    return positionals.length > 1 ? { wrong: `${positionals.length} names are given` } : { help: values.help, json: values.json, dir: values.dir, name: positionals[0] };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}

function wrong(io: CommandIo, what: string): number {
  io.stderr(`haven bench: ${what}\n`);
  return EXIT_WRONG_CALL;
}
