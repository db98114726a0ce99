/**
 * What the incident recorder costs: bytes a sample on the disk, samples a second in, the longest turn that it takes from the station, and
 * the seconds to read a four-hour incident of 500 tags back. The samples are those of the simulated plant, four of them side by side.
 */
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import type { Sample } from '../../domain/samples/sample.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import { Recorder } from '../recorder/recorder.ts';
import { openRecording } from '../recorder/reader.ts';
import { rowsInSqlite } from '../recorder/rows-peer.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { T0 } from './calm-plant.ts';
import { runProcess } from './child-process.ts';
import { figureOf } from './statistics.ts';

const TAGS = 500;
const HOURS_DEFAULT = 4;
const HOURS_MAX = 24;
/** Simulated for each plant; played again and again, which no block can tell. */
const SIMULATED_S = 1_800;
const SIMULATED_WITHIN_MS = 300_000;
const INCIDENT = 'I-bench';
/** Trends that a report draws. */
const TRENDS = 24;

export const recorder: Benchmark = { name: 'recorder', about: `incident recorder: bytes a sample, samples a second, reading back ${HOURS_DEFAULT} h of ${TAGS} tags`, needs: 'checkout', run };

/** Value of each tag in each second; NaN = bad. */
interface Traffic {
  readonly tags: readonly string[];
  readonly values: readonly (readonly Sample['value'][])[];
}

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const hours = hoursOf(process.env['HAVEN_RECORDER_HOURS']);
  const traffic = await trafficOf(progress);
  const seconds = Math.round(hours * 3_600);
  const samples = seconds * TAGS;
  const folder = join(dir, 'samples');
  mkdirSync(folder, { recursive: true });
  progress(`${samples} samples into the recorder`);
  const written = write(folder, traffic, seconds);
  const bytes = statSync(join(folder, 'samples.sqlite')).size;
  progress('reading them back');
  const read = readBack(folder, written.facts, traffic.tags, samples);
  progress('the same as CSV, compressed');
  const gzBytes = await gzipBytes(traffic, seconds);
  progress('the same as rows in SQLite');
  const rows = rowsInSqlite(join(dir, 'rows.sqlite'), batchesOf(traffic, seconds));
  rmSync(folder, { recursive: true, force: true });
  const name = `recorder/${TAGS}-tags-${hours}-h`;
  const sqlite = 'one row for each sample in SQLite, 5,000 in a transaction';
  return [
    figureOf({ name: `${name}/bytes`, unit: 'bytes a sample', values: [bytes / samples], peer: { name: 'the same as wide CSV, gzip in one piece', values: [gzBytes / samples] } }),
    figureOf({ name: `${name}/bytes`, unit: 'bytes a sample', values: [bytes / samples], peer: { name: sqlite, values: [rows.bytes / samples] } }),
    figureOf({ name: `${name}/in`, unit: 'samples/s of processor time', values: [samples / written.tookS], peer: { name: sqlite, values: [samples / rows.wroteS] } }),
    figureOf({ name: `${name}/longest-turn`, unit: 'ms of processor time', values: [written.longestTurnMs] }),
    figureOf({ name: `${name}/check-against-journal`, unit: 's', values: [read.checkedS] }),
    figureOf({ name: `${name}/read-all`, unit: 's', values: [read.allS], peer: { name: sqlite, values: [rows.readS] } }),
    figureOf({ name: `${name}/read-${TRENDS}-trends`, unit: 's', values: [read.trendsS] }),
  ];
}

function hoursOf(text: string | undefined): number {
  const hours = text === undefined ? HOURS_DEFAULT : Number(text);
  if (!(hours > 0 && hours <= HOURS_MAX)) throw new Error(`HAVEN_RECORDER_HOURS=${text ?? ''} is no number of hours; expected more than 0 and at most ${HOURS_MAX}`);
  return hours;
}

async function trafficOf(progress: (line: string) => void): Promise<Traffic> {
  const tags: string[] = [];
  const values: Sample['value'][][] = Array.from({ length: SIMULATED_S }, () => []);
  for (let plant = 1; tags.length < TAGS; plant += 1) {
    progress(`simulating plant ${plant}`);
    const { stdout } = await runProcess(['simulators/kernel/trace.ts', String(SIMULATED_S), String(plant)], SIMULATED_WITHIN_MS);
    const [head = '', ...rows] = stdout.trimEnd().split('\n');
    const own = head.split(',').slice(1, 1 + TAGS - tags.length);
    tags.push(...own.map((id) => `${id}-${plant}`));
    for (const [s, row] of rows.entries()) values[s]?.push(...row.split(',').slice(1, 1 + own.length).map(valueOf));
  }
  return { tags, values };
}

function valueOf(text: string): Sample['value'] {
  if (text === 'true' || text === 'false') return text === 'true';
  return text === '!bad' ? null : Number(text);
}

/** One batch a second, as a subscription delivers them: some milliseconds after the server's own time. */
function* batchesOf({ tags, values }: Traffic, seconds: number): Generator<Sample[]> {
  for (let s = 0; s < seconds; s += 1) {
    const sourceMs = T0 + s * 1_000;
    const receivedMs = sourceMs + 20 + ((s * 7_919) % 60);
    yield tags.map((tag, i) => {
      const value = values[s % SIMULATED_S]?.[i] ?? null;
      return { tag, value, status: value === null ? STATUS.bad : STATUS.good, sourceMs, receivedMs };
    });
  }
}

function write(dir: string, traffic: Traffic, seconds: number): { readonly facts: readonly Fact[]; readonly tookS: number; readonly longestTurnMs: number } {
  const facts: Fact[] = [];
  let nowMs = T0;
  const made = new Recorder({ dir, tags: traffic.tags.map((id) => ({ id })), nowMs: () => nowMs, record: (told) => { facts.push(...told); } });
  made.start(EMPTY_STATE);
  made.tell([fact('incident.opened', T0, null, { incident: INCIDENT, firstCondition: null })]);
  let [tookMs, longestTurnMs] = [0, 0];
  for (const batch of batchesOf(traffic, seconds)) {
    nowMs += 1_000;
    const before = process.cpuUsage();
    made.take(batch);
    made.tick();
    const { user, system } = process.cpuUsage(before);
    const turnMs = (user + system) / 1_000;
    tookMs += turnMs;
    longestTurnMs = Math.max(longestTurnMs, turnMs);
  }
  made.stop('traceEnd');
  if (made.warning() !== null) throw new Error(made.warning()?.en);
  return { facts, tookS: tookMs / 1_000, longestTurnMs };
}

function readBack(dir: string, facts: readonly Fact[], tags: readonly string[], expected: number): { readonly checkedS: number; readonly allS: number; readonly trendsS: number } {
  const startMs = performance.now();
  const recording = openRecording(dir, INCIDENT, facts);
  const checkedMs = performance.now();
  if (recording.recording?.verdict !== 'whole') throw new Error(`the recording is ${recording.recording?.verdict ?? 'not there'}; expected whole`);
  let found = 0;
  for (const { standing } of recording.samples()) if (!standing) found += 1;
  const allMs = performance.now();
  if (found !== expected) throw new Error(`${found} samples were read back; expected ${expected}`);
  const drawn = tags.slice(0, TRENDS);
  recording.prepare(drawn);
  for (const tag of drawn) if (recording.series(tag).length === 0) throw new Error(`${tag} has no samples`);
  const trendsMs = performance.now();
  recording.close();
  return { checkedS: (checkedMs - startMs) / 1_000, allS: (allMs - checkedMs) / 1_000, trendsS: (trendsMs - allMs) / 1_000 };
}

async function gzipBytes(traffic: Traffic, seconds: number): Promise<number> {
  const gzip = createGzip();
  let bytes = 0;
  gzip.on('data', (chunk: Buffer) => { bytes += chunk.length; });
  for (const batch of batchesOf(traffic, seconds)) {
    const line = `${[batch[0]?.receivedMs, batch[0]?.sourceMs, ...batch.map(({ value }) => (value === null ? '!bad' : String(value)))].join(',')}\n`;
    if (!gzip.write(line)) await once(gzip, 'drain');
  }
  gzip.end();
  await once(gzip, 'end');
  return bytes;
}
