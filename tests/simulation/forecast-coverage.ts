/**
 * `node tests/simulation/forecast-coverage.ts [--calibrate] [--runs N] [--workers N] [--moments FILE]`: how often the 90 % intervals of the time to a limit
 * hold the truth, on runs of the simulated plant.
 *
 * Without --calibrate the calibration as it stands is judged on the test seeds and printed as the tables of docs/design/forecast.md.
 * --moments keeps the runs' moments in a file, or takes them from it when it is there (never mix the two sets of seeds).
 * With --calibrate, src/domain/forecast/calibration.ts is written anew from the calibration seeds. The two sets of seeds never meet.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { limitsByTag } from '../../src/domain/forecast/limits.ts';
import type { TagLimit } from '../../src/domain/forecast/limits.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import { calibrate, coverageOf } from './forecast-judgement.ts';
import type { Coverage } from './forecast-judgement.ts';
import { momentsOf } from './forecast-moments.ts';
import type { Moment } from './forecast-moments.ts';
import { recordRun } from './forecast-runs.ts';

const ROOT = join(import.meta.dirname, '../..');
const CALIBRATION_FILE = join(ROOT, 'src/domain/forecast/calibration.ts');
const FIRST_CALIBRATION_SEED = 1;
const FIRST_TEST_SEED = 100_001;
const LENGTH_S = 5_400;

interface Work { readonly seeds: readonly number[]; readonly limits: ReadonlyMap<string, readonly TagLimit[]> }

function limitsOfPlant(): ReadonlyMap<string, readonly TagLimit[]> {
  const pack = loadPacks({ rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures') }).plants.find(({ id }) => id === 'h2o2');
  if (pack === undefined) throw new Error('the pack of the plant h2o2 does not load');
  return limitsByTag(pack.conditions);
}

async function gather(firstSeed: number, runs: number, workers: number): Promise<Moment[]> {
  const limits = limitsOfPlant();
  const shares = Array.from({ length: workers }, (_, w) => Array.from({ length: runs }, (_each, i) => firstSeed + i).filter((seed) => seed % workers === w));
  const parts = await Promise.all(shares.map((seeds) => new Promise<Moment[]>((resolve, reject) => {
    const worker = new Worker(import.meta.filename, { workerData: { seeds, limits } satisfies Work });
    const found: Moment[] = [];
    worker.on('message', (moments: Moment[]) => { found.push(...moments); });
    worker.on('error', reject);
    worker.on('exit', () => resolve(found));
  })));
  return parts.flat().sort((a, b) => a.seed - b.seed);
}

function inWorker({ seeds, limits }: Work): void {
  for (const seed of seeds) parentPort?.postMessage(momentsOf(recordRun({ seed, lengthS: LENGTH_S }), limits));
}

const percent = (share: number): string => (Number.isNaN(share) ? '-' : `${(share * 100).toFixed(1)} %`);
const figure = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(2));

function row(name: string, c: Coverage): string {
  return `| ${name} | ${c.forecasts} | ${c.episodes} | ${percent(c.coverage)} | ${percent(c.tooLate)} | ${percent(c.tooEarly)} | ${percent(c.undecided)} | ${percent(c.open)} | ${figure(c.lowByTrue)} | ${figure(c.relativeWidth)} |`;
}

function horizonOf({ trueS }: Moment): string {
  if (trueS === null) return 'not reached';
  return trueS < 60 ? 'under 1 min' : trueS < 300 ? '1-5 min' : trueS < 900 ? '5-15 min' : trueS < 3_600 ? '15-60 min' : 'over 1 h';
}

function tables(moments: readonly Moment[]): string {
  const head = '| | forecasts | episodes | hold the truth | limit came before | limit came after | undecided | open | lower end / true | width / true |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |';
  const by = (of: (moment: Moment) => string): string[] => [...new Set(moments.map(of))].sort().map((name) => row(name, coverageOf(moments.filter((moment) => of(moment) === name))));
  return [head, row('all', coverageOf(moments)), ...by(({ kind }) => kind), ...by(horizonOf), ...by(({ reckoned }) => reckoned.course)].join('\n');
}

/** Moments kept from an earlier call with the same seeds, or gathered now and kept. */
async function momentsFrom(file: string | undefined, firstSeed: number, runs: number, workers: number): Promise<Moment[]> {
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Moment[];
  const moments = await gather(firstSeed, runs, workers);
  if (file !== undefined) writeFileSync(file, JSON.stringify(moments));
  return moments;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { calibrate: { type: 'boolean', default: false }, runs: { type: 'string', default: '150' }, workers: { type: 'string', default: '2' }, moments: { type: 'string' } } });
  const runs = Number(values.runs);
  const workers = Number(values.workers);
  if (!Number.isInteger(runs) || runs < 1 || runs > 10_000 || !Number.isInteger(workers) || workers < 1 || workers > 64) throw new Error('--runs takes a whole number from 1 to 10000, --workers from 1 to 64');
  const moments = await momentsFrom(values.moments, values.calibrate ? FIRST_CALIBRATION_SEED : FIRST_TEST_SEED, runs, workers);
  if (!values.calibrate) {
    process.stdout.write(`${runs} runs of ${LENGTH_S} s, seeds from ${FIRST_TEST_SEED}.\n\n${tables(moments)}\n`);
    return;
  }
  const calibration = calibrate(moments);
  const head = readFileSync(CALIBRATION_FILE, 'utf8').split('export const')[0] ?? '';
  const rows = Object.entries(calibration).map(([course, each]) => `  '${course}': ${JSON.stringify(each).replace(/"/gu, '').replace(/:/gu, ': ').replace(/,/gu, ', ').replace('{', '{ ').replace('}', ' }')},`);
  writeFileSync(CALIBRATION_FILE, `${head}export const CALIBRATION: Calibration = {\n${rows.join('\n')}\n};\n`);
  process.stdout.write(`${runs} runs of ${LENGTH_S} s, seeds from ${FIRST_CALIBRATION_SEED}: ${moments.length} forecasts, ${rows.length} classes.\n`);
}

if (isMainThread) await main();
else inWorker(workerData as Work);
