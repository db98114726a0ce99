/**
 * From a changed value in the OPC UA server to the alarm at a console: simulator, station and console wire are the real
 * ones, in processes of their own. The time begins before the instructor is called and ends when the console has the
 * message in hand, so the call to the simulator is in it.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDcsClient } from '../dcs/index.ts';
import { STEP_CONDITION, STEP_TAG, STEP_VALUES } from './bench-pack.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { ConsoleProbe, firstGood } from './console-probe.ts';
import type { Seen } from './console-probe.ts';
import { openScene, PLANT_NAMESPACE } from './scene.ts';
import type { Scene } from './scene.ts';
import { percentile, rounded } from './statistics.ts';
import { randomFrom } from './traffic.ts';

const SIZES = [1_000, 5_000];
const STEPS = 50;
const VALUE_WITHIN_MS = 60_000;
const STEP_WITHIN_MS = 15_000;
/** So that steps fall on every phase of the server's and the station's timers. */
const PAUSE_MS = { least: 300, spread: 1_000 };
const PEER = 'bare OPC UA subscription of that one tag, in the same run';

export const alarmLatency: Benchmark = { name: 'alarm-latency', about: 'from a value in the OPC UA server to the alarm at a console', needs: 'checkout', run };

interface Latencies {
  readonly alarm: readonly number[];
  readonly bare: readonly number[];
}

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const tags of SIZES) {
    progress(`${tags} tags: starting simulator and station`);
    const scene = await openScene(join(dir, `alarms-${tags}`), tags);
    try {
      const measured = await measure(scene, join(dir, `alarms-${tags}/bare-pki`), (line) => progress(`${tags} tags: ${line}`));
      figures.push(...[50, 99].map((share) => latencyFigure(tags, share, measured)));
    } finally {
      await scene.close();
    }
  }
  return figures;
}

function latencyFigure(tags: number, share: number, { alarm, bare }: Latencies): Figure {
  const [figure, peerFigure] = [rounded(percentile(alarm, share / 100)), rounded(percentile(bare, share / 100))];
  return { name: `alarm-latency/${tags}-tags-p${share}`, figure, unit: 'ms', peer: PEER, peerFigure, ratio: rounded(figure / peerFigure), low: rounded(Math.min(...alarm)), high: rounded(Math.max(...alarm)), runs: alarm.length };
}

async function measure(scene: Scene, barePki: string, progress: (line: string) => void): Promise<Latencies> {
  const station = await scene.startStation('data');
  const probe = await ConsoleProbe.open(station.ready['url'] ?? '');
  const bare = await bareSubscription(scene, barePki);
  try {
    await instruct(scene, STEP_VALUES.within);
    const live = probe.first(firstGood, VALUE_WITHIN_MS, 'a good value');
    probe.request('view.snapshot');
    await live;
    await pause(3_000); // whatever begins with the first values is not what is measured
    const random = randomFrom(11);
    const alarm: number[] = [];
    const arrivals: number[] = [];
    for (let step = 1; step <= STEPS; step += 1) {
      await pause(PAUSE_MS.least + PAUSE_MS.spread * random());
      const [alarmMs, bareMs] = await oneStep(scene, probe, bare);
      alarm.push(alarmMs);
      arrivals.push(bareMs);
      if (step % 10 === 0) progress(`${step} of ${STEPS} steps, p50 so far ${percentile(alarm, 0.5)} ms`);
    }
    return { alarm, bare: arrivals };
  } finally {
    probe.close();
    await bare.stop();
  }
}

/** Beyond the limit until console and bare subscription have it; then back, and the alarm away. */
async function oneStep(scene: Scene, probe: ConsoleProbe, bare: BareSubscription): Promise<[alarmMs: number, bareMs: number]> {
  const raised = probe.first((seen) => (conditionIn(seen) === 'raised' ? seen.atMs : undefined), STEP_WITHIN_MS, 'the alarm');
  const arrived = bare.next(STEP_VALUES.beyond);
  const startMs = Date.now();
  await instruct(scene, STEP_VALUES.beyond);
  const [alarmAt, bareAt] = await Promise.all([raised, arrived]);
  probe.request('alarm.acknowledge', { alarms: [STEP_CONDITION] });
  const gone = probe.first((seen) => (conditionIn(seen) === 'gone' ? true : undefined), STEP_WITHIN_MS, 'the end of the alarm');
  await instruct(scene, STEP_VALUES.within);
  await gone;
  return [alarmAt - startMs, bareAt - startMs];
}

/** What a message says of the alarm; undefined when it says nothing of alarms. */
function conditionIn({ sections, alarms }: Seen): 'raised' | 'gone' | 'other' | undefined {
  const rows = sections.alarms?.active ?? alarms?.changed;
  const alarm = rows?.find(({ id }) => id === STEP_CONDITION);
  if (alarm !== undefined) return alarm.condition === 'raised' ? 'raised' : 'other';
  return sections.alarms !== undefined || alarms?.removed.includes(STEP_CONDITION) === true ? 'gone' : undefined;
}

async function instruct({ instructor }: Scene, value: number): Promise<void> {
  const answer = await instructor.call('SetTag', [STEP_TAG, JSON.stringify(value)]);
  if (!answer.ok) throw new Error(`the simulator's instructor did not set ${STEP_TAG}: ${answer.reason}`);
}

interface BareSubscription {
  /** When the next sample with this value came. */
  next(value: number): Promise<number>;
  stop(): Promise<void>;
}

/** The station's own OPC UA client with one tag and nothing behind it: what the wire alone costs. */
async function bareSubscription({ endpoint, certificate }: Scene, pkiDir: string): Promise<BareSubscription> {
  const client = createDcsClient({ endpointUrl: endpoint, namespaceUri: PLANT_NAMESPACE, applicationName: 'Haven benchmark', pkiDir, clock: { nowMs: () => Date.now() }, tags: [{ id: STEP_TAG, kind: 'analog', scanMs: 5_000 }] });
  await client.importTrusted(certificate);
  await client.start();
  return {
    next: (value) => new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`the bare subscription did not see ${value} within ${STEP_WITHIN_MS / 1_000} s`)), STEP_WITHIN_MS);
      const end = client.onSamples((batch) => {
        if (!batch.some((sample) => sample.value === value)) return;
        clearTimeout(timer);
        end();
        done(Date.now());
      });
    }),
    stop: () => client.stop(),
  };
}
