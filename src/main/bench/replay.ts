/** How fast `haven replay` goes through a recorded trace: the whole command, from process start to its last line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { BENCH_PLANT, STEP_TAG, STEP_VALUES, writeBenchPack } from './bench-pack.ts';
import type { BenchPack } from './bench-pack.ts';
import { runProcess } from './child-process.ts';
import { figureOf } from './statistics.ts';
import { randomFrom, tagIds } from './traffic.ts';

const TAGS = 100;
const ROWS = 10_000;
const ROUNDS = 3;
const ROUND_WITHIN_MS = 240_000;
/** An alarm every so many rows, for half of them. */
const ALARM_EVERY_ROWS = 100;

export const replay: Benchmark = { name: 'replay', about: `rows per second through haven replay, ${TAGS} tags`, needs: 'nothing', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const pack = writeBenchPack(dir, TAGS);
  const trace = join(dir, 'trace.csv');
  writeFileSync(trace, traceText());
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`${ROWS} rows: round ${round} of ${ROUNDS}`);
    ours.push(await replayRate(trace, pack));
    bare.push(ROWS / ((await runProcess([join(import.meta.dirname, 'read-csv.process.ts'), trace], ROUND_WITHIN_MS)).tookMs / 1_000));
  }
  return [figureOf({ name: `replay/${TAGS}-tags`, unit: 'rows/s', values: ours, peer: { name: 'csv-parse reading the same file and nothing else', values: bare } })];
}

async function replayRate(trace: string, { rulesDir, proceduresDir }: BenchPack): Promise<number> {
  const cli = join(import.meta.dirname, '../cli.ts');
  const { stdout, tookMs } = await runProcess([cli, 'replay', trace, '--plant', BENCH_PLANT, '--json', '--rules', rulesDir, '--procedures', proceduresDir], ROUND_WITHIN_MS);
  const alarms = stdout.split('\n').filter((line) => line.includes('"type":"alarm"') && line.includes('"state":"unacknowledged"')).length;
  if (alarms === 0) throw new Error('the replay raised no alarm; the trace was not evaluated');
  return ROWS / (tookMs / 1_000);
}

/** One row a second, every tag in every row. */
function traceText(): string {
  const tags = tagIds(TAGS - 1);
  const random = randomFrom(7);
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const isBeyond = row % ALARM_EVERY_ROWS >= ALARM_EVERY_ROWS / 2;
    return [row, isBeyond ? STEP_VALUES.beyond : STEP_VALUES.within, ...tags.map(() => (40 + 20 * random()).toFixed(2))].join(',');
  });
  return `${[['time', STEP_TAG, ...tags].join(','), ...rows].join('\n')}\n`;
}
