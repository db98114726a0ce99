/** From the start of the station's process to the first live value at a console, and the memory it then settles at. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { residentMb } from './child-process.ts';
import type { Running } from './child-process.ts';
import { ConsoleProbe, firstGood } from './console-probe.ts';
import { openScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { figureOf } from './statistics.ts';

const SIZES = [100, 1_000, 5_000];
const STARTS = 3;
const SETTLE_MS = 60_000;
const VALUE_WITHIN_MS = 60_000;

export const coldStart: Benchmark = { name: 'cold-start', about: 'station start to the first live value at a console; memory after a minute', needs: 'checkout', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const tags of SIZES) {
    const scene = await openScene(join(dir, `start-${tags}`), tags);
    try {
      figures.push(...(await startsOf(scene, tags, (line) => progress(`${tags} tags: ${line}`))));
    } finally {
      await scene.close();
    }
  }
  return figures;
}

/** Each start on a new data folder (keys and certificates are made), then again on the same one. The last one stays for its memory. */
async function startsOf(scene: Scene, tags: number, progress: (line: string) => void): Promise<Figure[]> {
  const first: number[] = [];
  const again: number[] = [];
  let memory: number | null = null;
  for (let start = 1; start <= STARTS; start += 1) {
    progress(`start ${start} of ${STARTS}`);
    first.push(await liveAfter(scene, `data-${start}`, async () => undefined));
    again.push(await liveAfter(scene, `data-${start}`, async (station) => {
      if (start < STARTS) return;
      progress(`memory after ${SETTLE_MS / 1_000} s`);
      await pause(SETTLE_MS);
      memory = residentMb(station.pid);
    }));
  }
  return [
    figureOf({ name: `cold-start/${tags}-tags-first-ever`, unit: 'ms', values: first }),
    figureOf({ name: `cold-start/${tags}-tags`, unit: 'ms', values: again }),
    ...(memory === null ? [] : [figureOf({ name: `cold-start/${tags}-tags-memory`, unit: 'MB resident', values: [memory] })]),
  ];
}

async function liveAfter(scene: Scene, dataName: string, whileLive: (station: Running) => Promise<void>): Promise<number> {
  const station = await scene.startStation(dataName);
  try {
    const probe = await ConsoleProbe.open(station.ready['url'] ?? '');
    const live = probe.first(firstGood, VALUE_WITHIN_MS, 'a good value');
    probe.request('view.snapshot');
    const tookMs = (await live) - station.startedMs;
    await whileLive(station);
    probe.close();
    return tookMs;
  } finally {
    await station.end();
  }
}
