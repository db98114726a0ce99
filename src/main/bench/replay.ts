/**
 * How fast `haven replay` goes through a recorded trace: the whole command, from process start to its last line, on 1,000
 * tags at 1 s with four limits each. `HAVEN_REPLAY_HOURS=24` measures the whole day of the requirement (0.5 GB on disk).
 */
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { BENCH_PLANT, STEP_TAG, STEP_VALUES, writeBenchPack } from './bench-pack.ts';
import type { BenchPack } from './bench-pack.ts';
import { runProcess } from './child-process.ts';
import { figureOf } from './statistics.ts';
import { randomFrom, tagIds } from './traffic.ts';

const TAGS = 1_000;
const HOURS_DEFAULT = 2;
const HOURS_MAX = 48;
/** Three rounds, but one of a trace that takes minutes. */
const ROUNDS = 3;
const LONG_FROM_HOURS = 6;
const ROUND_WITHIN_MS = 1_800_000;
/** An alarm every so many rows, for half of them. */
const ALARM_EVERY_ROWS = 100;
/** Rows written to the file at a time. */
const WRITE_ROWS = 1_000;

export const replay: Benchmark = { name: 'replay', about: `samples per second through haven replay, ${TAGS} tags at 1 s; HAVEN_REPLAY_HOURS=24 for a whole day`, needs: 'nothing', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const hours = hoursOf(process.env['HAVEN_REPLAY_HOURS']);
  const rows = Math.round(hours * 3_600);
  const rounds = hours >= LONG_FROM_HOURS ? 1 : ROUNDS;
  const pack = writeBenchPack(dir, TAGS);
  const trace = join(dir, 'trace.csv');
  progress(`writing ${rows} rows`);
  writeTrace(trace, rows);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${rows} rows, ${Math.round(statSync(trace).size / 1e6)} MB: round ${round} of ${rounds}`);
    ours.push((rows * TAGS) / await replaySeconds(trace, pack, rows));
    bare.push((rows * TAGS) / ((await runProcess([join(import.meta.dirname, 'read-csv.process.ts'), trace], ROUND_WITHIN_MS)).tookMs / 1_000));
  }
  rmSync(trace);
  const peer = 'csv-parse streaming the same file and nothing else';
  const name = `replay/${TAGS}-tags-${hours}-h`;
  return [
    figureOf({ name, unit: 'samples/s', values: ours, peer: { name: peer, values: bare } }),
    figureOf({ name: `${name}/rows`, unit: 'rows/s', values: ours.map((rate) => rate / TAGS), peer: { name: peer, values: bare.map((rate) => rate / TAGS) } }),
    figureOf({ name: `${name}/whole-command`, unit: 's', values: ours.map((rate) => (rows * TAGS) / rate), peer: { name: peer, values: bare.map((rate) => (rows * TAGS) / rate) } }),
  ];
}

function hoursOf(text: string | undefined): number {
  const hours = text === undefined ? HOURS_DEFAULT : Number(text);
  if (!(hours > 0 && hours <= HOURS_MAX)) throw new Error(`HAVEN_REPLAY_HOURS=${text ?? ''} is no number of hours; expected more than 0 and at most ${HOURS_MAX}`);
  return hours;
}

async function replaySeconds(trace: string, { rulesDir, proceduresDir }: BenchPack, rows: number): Promise<number> {
  const cli = join(import.meta.dirname, '../cli.ts');
  const { stdout, tookMs } = await runProcess([cli, 'replay', trace, '--plant', BENCH_PLANT, '--json', '--rules', rulesDir, '--procedures', proceduresDir], ROUND_WITHIN_MS);
  const lines = stdout.trimEnd().split('\n');
  const alarms = lines.filter((line) => line.includes('"type":"alarm"') && line.includes('"state":"unacknowledged"')).length;
  if (alarms === 0) throw new Error('the replay raised no alarm; the trace was not evaluated');
  const { samples } = JSON.parse(lines.at(-1) ?? '{}') as { samples?: number };
  if (samples !== rows * TAGS) throw new Error(`the replay took ${String(samples)} samples; expected ${rows * TAGS}`);
  return tookMs / 1_000;
}

/** One row a second, every tag in every row. */
function writeTrace(file: string, rows: number): void {
  const tags = tagIds(TAGS - 1);
  const random = randomFrom(7);
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, `${['time', STEP_TAG, ...tags].join(',')}\n`);
    for (let from = 0; from < rows; from += WRITE_ROWS) {
      const lines = Array.from({ length: Math.min(WRITE_ROWS, rows - from) }, (_, i) => {
        const isBeyond = (from + i) % ALARM_EVERY_ROWS >= ALARM_EVERY_ROWS / 2;
        return `${[from + i, isBeyond ? STEP_VALUES.beyond : STEP_VALUES.within, ...tags.map(() => (40 + 20 * random()).toFixed(2))].join(',')}\n`;
      });
      writeSync(handle, lines.join(''));
    }
  } finally {
    closeSync(handle);
  }
}
