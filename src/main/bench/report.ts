/**
 * How long the report of a long incident takes: 4 hours with the half hours around, 500 tags at 1 s (9 million samples), an alarm every
 * hundred seconds. The incident is made of a trace by `haven replay --incident`; then `haven report` is run as a person would run it.
 * There is no peer: nothing that we know makes such a report from such a record.
 */
import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { BENCH_PLANT, STEP_TAG, writeBenchPack } from './bench-pack.ts';
import { runProcess } from './child-process.ts';
import { figureOf } from './statistics.ts';
import { randomFrom, tagIds } from './traffic.ts';

const TAGS = 500;
const AROUND_S = 1_800;
const HOURS_DEFAULT = 4;
const HOURS_MAX = 24;
/** Three rounds, but one of an incident that takes minutes. */
const ROUNDS = 3;
const LONG_FROM_HOURS = 2;
const WITHIN_MS = 1_800_000;
const WRITE_ROWS = 1_000;
/** The trigger's limit, and an alarm's below it that comes and goes meanwhile. */
const TRIGGER_LIMIT = 130;
const VALUES = { calm: 60, alarm: 130, between: 135 } as const;
const ALARM_EVERY_S = 100;

export const report: Benchmark = { name: 'report', about: `the report of an incident of ${HOURS_DEFAULT} h with ${TAGS} tags, each format; HAVEN_REPORT_HOURS for another length`, needs: 'nothing', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const hours = hoursOf(process.env['HAVEN_REPORT_HOURS']);
  const { journal, incident } = await makeIncident(dir, hours, progress);
  const name = `report/${TAGS}-tags-${hours}-h`;
  const figures: Figure[] = [];
  const rounds = hours >= LONG_FROM_HOURS ? 1 : ROUNDS;
  const sizes = new Map<string, number[]>();
  for (const format of ['json', 'html', 'pdf', 'csv']) {
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`${format}: round ${round} of ${rounds}`);
      const made = await reportOf(journal, incident, format, join(dir, `out-${format}-${round}`));
      if (made === null) break;
      seconds.push(made.seconds);
      for (const [file, bytes] of made.sizes) sizes.set(file, [...(sizes.get(file) ?? []), bytes / 1e6]);
    }
    if (seconds.length > 0) figures.push(figureOf({ name: `${name}/${format}`, unit: 's', values: seconds }));
  }
  return [...figures, ...[...sizes].map(([file, values]) => figureOf({ name: `${name}/${file}`, unit: 'MB', values })), figureOf({ name: `${name}/samples.sqlite`, unit: 'MB', values: [statSync(join(journal, 'samples.sqlite')).size / 1e6] })];
}

function hoursOf(text: string | undefined): number {
  const hours = text === undefined ? HOURS_DEFAULT : Number(text);
  if (!(hours > 0 && hours <= HOURS_MAX)) throw new Error(`HAVEN_REPORT_HOURS=${text ?? ''} is no number of hours; expected more than 0 and at most ${HOURS_MAX}`);
  return hours;
}

const cli = (args: readonly string[]): ReturnType<typeof runProcess> => runProcess([join(import.meta.dirname, '../cli.ts'), ...args], WITHIN_MS);

async function makeIncident(dir: string, hours: number, progress: BenchContext['progress']): Promise<{ journal: string; incident: string }> {
  const { rulesDir, proceduresDir } = writeBenchPack(dir, TAGS);
  writeFileSync(join(rulesDir, 'trigger.yaml'), JSON.stringify({ plant: BENCH_PLANT, conditions: [{ id: 'C-BENCH', title: { zh: '超限', en: 'Beyond' }, clauses: ['4.1'], priority: 1, role: 'trigger', measure: { kind: 'limit', input: STEP_TAG, above: TRIGGER_LIMIT, deadband: 1 }, source: 'engineering-default', reason: 'Benchmark.', card: { cause: WORD, consequence: WORD, action: WORD, timeToAct: '10 min', timeNeeded: '1 min' } }] }));
  const trace = join(dir, 'trace.csv');
  const rows = Math.round(hours * 3_600) + 2 * AROUND_S;
  progress(`writing ${rows} rows of ${TAGS} tags`);
  writeTrace(trace, rows);
  progress('making an incident of it');
  const journal = join(dir, 'incident');
  await cli(['replay', trace, '--plant', BENCH_PLANT, '--rules', rulesDir, '--procedures', proceduresDir, '--incident', journal]);
  const { incidents } = JSON.parse((await cli(['report', '--journal', journal, '--json'])).stdout) as { incidents: { id: string }[] };
  const incident = incidents[0]?.id;
  if (incident === undefined) throw new Error('the trace made no incident');
  return { journal, incident };
}
const WORD = { zh: '-', en: '-' };

/** Null where nothing can print. */
async function reportOf(journal: string, incident: string, format: string, out: string): Promise<{ seconds: number; sizes: [string, number][] } | null> {
  try {
    const { stdout, tookMs } = await cli(['report', incident, '--journal', journal, '--format', format, '--out', out, '--json']);
    const { files } = JSON.parse(stdout) as { files: { name: string; bytes: number }[] };
    return { seconds: tookMs / 1_000, sizes: files.map(({ name, bytes }) => [name, bytes]) };
  } catch (error) {
    if (format === 'pdf') return null;
    throw error;
  }
}

/** Half an hour of calm, the incident, half an hour of calm; every tag in every row. */
function writeTrace(file: string, rows: number): void {
  const tags = tagIds(TAGS - 1);
  const random = randomFrom(11);
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, `${['time', STEP_TAG, ...tags].join(',')}\n`);
    for (let from = 0; from < rows; from += WRITE_ROWS) {
      const lines = Array.from({ length: Math.min(WRITE_ROWS, rows - from) }, (_, i) => {
        const s = from + i;
        const isIn = s >= AROUND_S && s < rows - AROUND_S;
        const step = isIn ? VALUES.between : VALUES.calm;
        // Another tag's alarm comes and goes all the while.
        const others = tags.map((_tag, k) => (isIn && k === Math.floor(s / ALARM_EVERY_S) % tags.length && s % ALARM_EVERY_S < ALARM_EVERY_S / 2 ? VALUES.alarm : (40 + 20 * random()).toFixed(2)));
        return `${[s, step, ...others].join(',')}\n`;
      });
      writeSync(handle, lines.join(''));
    }
  } finally {
    closeSync(handle);
  }
}
