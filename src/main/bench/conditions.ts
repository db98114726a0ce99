/** How many samples a second go through the condition engine on one core, what it weighs, and how long it stands still in a flood. */
import { join } from 'node:path';
import { ConditionEngine } from '../../domain/conditions/engine.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { runProcess } from './child-process.ts';
import { NaiveEvaluator } from './naive-evaluator.ts';
import { rulesEngine, rulesThatHold } from './rules-engine-peer.ts';
import { figureOf } from './statistics.ts';
import { channelSpecs, floodTraffic, limitsOf, nodeSpecs, tagIds } from './traffic.ts';
import type { Batch as FloodBatch } from './traffic.ts';
import { batchesOf, samplesOf, watchOf } from './watched-tags.ts';
import type { Batch } from './watched-tags.ts';

const TAGS = 10_000;
/** Until every rate knows its whole window: a plant runs for months, and its first minute is not its speed. */
const WARM_S = 64;
const MEASURED_S = 60;
const ROUNDS = 3;
/** Share of the tags that leave their limits each second. Ordinary: one in ten thousand, which is an alarm a second, sixty times what one operator is meant to have. */
const LEAVING = { ordinary: 1e-4, busy: 2e-3 } as const;
const RULES_SAMPLES = 4_000;
/** The flood's own size: what a large unit might throw at a control room in one second. */
const FLOOD_TAGS = 2_000;
const MEMORY_WITHIN_MS = 240_000;
const NAIVE = 'naive evaluator (objects, the four limits only, no quality, staleness or rate)';
const RULES = 'json-rules-engine 7.3.1 (seven rules for each tag, judging only; slope and age given)';

export const conditions: Benchmark = { name: 'conditions', about: 'samples per second through the condition engine, one core, and its memory for each tag', needs: 'nothing', run };

async function run({ progress }: BenchContext): Promise<readonly Figure[]> {
  const tags = tagIds(TAGS);
  const rules: number[] = [];
  const figures: Figure[] = [];
  for (const [what, leaving] of Object.entries(LEAVING)) {
    const columns: number[] = [];
    const single: number[] = [];
    const naive: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      progress(`${what} running: round ${round} of ${ROUNDS}`);
      const ours = engineInColumns(tags, leaving);
      const theirs = naively(tags, leaving);
      if (ours.raised !== theirs.raised) throw new Error(`the engine raised ${ours.raised} limits and its peer ${theirs.raised}; they are not doing the same work`);
      columns.push(ours.perSecond);
      naive.push(theirs.perSecond);
      single.push(engineOneByOne(tags, leaving).perSecond);
      rules.push(...(what === 'ordinary' ? await rulesRate() : []));
    }
    figures.push(figureOf({ name: `conditions/${TAGS}-watched-tags-${what}`, unit: 'samples/s of one core', values: columns, peer: { name: NAIVE, values: naive } }));
    figures.push(figureOf({ name: `conditions/${TAGS}-watched-tags-${what}-one-by-one`, unit: 'samples/s of one core', values: single, peer: { name: NAIVE, values: naive } }));
    if (what === 'ordinary') figures.push(figureOf({ name: `conditions/${TAGS}-watched-tags-against-rules`, unit: 'samples/s of one core', values: columns, ...(rules.length > 0 ? { peer: { name: RULES, values: rules } } : {}) }));
  }
  if (rules.length === 0) progress('json-rules-engine is not part of an installed copy (a development dependency): the engine stands without that peer');
  progress('memory');
  figures.push(figureOf({ name: 'conditions/engine-memory', unit: 'bytes for each watched tag', values: [await bytesPerTag()] }));
  progress('flood');
  return [...figures, floodFigure(tags.slice(0, FLOOD_TAGS))];
}

interface Pass {
  readonly perSecond: number;
  /** Limits raised, of the measured stretch and the one before it. */
  readonly raised: number;
}

/** Runs all batches and times those of the measured stretch by the processor time of this thread: what else runs on the machine does not count. */
function pass<T>(tags: number, leaving: number, prepare: (batch: Batch) => T, take: (batch: T, atMs: number) => number): Pass {
  let raised = 0;
  let samples = 0;
  let cpuUs = 0;
  let second = 0;
  // A whole second at a time, made before the clock starts: neither making samples nor reading the clock is the engine's work.
  let held: { batch: T; atMs: number; count: number }[] = [];
  const flush = (): void => {
    const before = process.threadCpuUsage();
    for (const { batch, atMs } of held) raised += take(batch, atMs);
    const { user, system } = process.threadCpuUsage(before);
    if (second >= WARM_S) {
      cpuUs += user + system;
      samples += held.reduce((sum, { count }) => sum + count, 0);
    }
    second += 1;
    held = [];
  };
  for (const batch of batchesOf(tags, WARM_S + MEASURED_S, leaving)) {
    held.push({ batch: prepare(batch), atMs: batch.receivedMs, count: batch.count });
    if (held.length === 4) flush();
  }
  return { perSecond: samples / (cpuUs / 1e6), raised };
}

function engineInColumns(tags: readonly string[], leaving: number): Pass {
  const { channels, nodes } = watchOf(tags);
  const engine = new ConditionEngine(channels, nodes);
  const limitsRaised = raisedLimits();
  return pass(tags.length, leaving, (batch) => batch, (batch, atMs) => {
    engine.pushColumns(batch);
    engine.advance(atMs);
    return limitsRaised(engine);
  });
}

function engineOneByOne(tags: readonly string[], leaving: number): Pass {
  const { channels, nodes } = watchOf(tags);
  const engine = new ConditionEngine(channels, nodes);
  const limitsRaised = raisedLimits();
  return pass(tags.length, leaving, (batch) => samplesOf(batch, tags), (samples, atMs) => {
    for (const sample of samples) engine.push(sample);
    engine.advance(atMs);
    return limitsRaised(engine);
  });
}

const OTHERS = ['-RATE', '-STALE', '-BAD'];

/** Counts limits that are raised. One that was unknown for a moment and is still raised is told again, but was raised once. */
function raisedLimits(): (engine: ConditionEngine) => number {
  const held = new Set<string>();
  return (engine) => {
    let raised = 0;
    for (const { id, state } of engine.drain()) {
      if (state === 'cleared') held.delete(id);
      if (state !== 'raised' || held.has(id) || OTHERS.some((end) => id.endsWith(end))) continue;
      held.add(id);
      raised += 1;
    }
    return raised;
  };
}

/** It has no idea of quality: bad samples are kept from it. */
function naively(tags: readonly string[], leaving: number): Pass {
  const evaluator = new NaiveEvaluator(limitsOf(tags));
  return pass(tags.length, leaving, (batch) => samplesOf(batch, tags).filter(({ status }) => status === 0), (samples) => {
    for (const sample of samples) evaluator.push(sample);
    const raised = evaluator.events.filter(({ state }) => state === 'raised').length;
    evaluator.events = [];
    return raised;
  });
}

/** Samples a second through json-rules-engine; nothing where it is not installed. */
async function rulesRate(): Promise<number[]> {
  const engine = await rulesEngine();
  if (engine === null) return [];
  const batches = [...batchesOf(RULES_SAMPLES / 4, 4, LEAVING.busy)];
  let [found, expected, samples] = [0, 0, 0];
  const before = process.threadCpuUsage();
  for (const { values, status, count } of batches) {
    for (let i = 0; i < count; i += 1) {
      const [value, isGood] = [values[i] ?? 0, status[i] === 0];
      found += (await engine.run({ value, isGood, slopePerMin: 0, ageMs: 0 })).events.length;
      expected += rulesThatHold(value, isGood);
      samples += 1;
    }
  }
  const { user, system } = process.threadCpuUsage(before);
  if (found !== expected) throw new Error(`json-rules-engine found ${found} and not ${expected}; it is not doing the same work`);
  return [samples / ((user + system) / 1e6)];
}

async function bytesPerTag(): Promise<number> {
  const { stdout } = await runProcess(['--expose-gc', join(import.meta.dirname, 'engine-memory.process.ts'), String(TAGS)], MEMORY_WITHIN_MS);
  return (JSON.parse(stdout) as { bytesPerTag: number }).bytesPerTag;
}

/** The longest batch when all tags go beyond two limits in one second: what a control room would wait for. */
function floodFigure(tags: readonly string[]): Figure {
  const batches = floodTraffic(tags);
  const limits = limitsOf(tags);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const engine = new ConditionEngine(channelSpecs(tags), nodeSpecs(limits));
    const naive = new NaiveEvaluator(limits);
    const longest = longestMs(batches, ({ atMs, samples }) => {
      for (const sample of samples) engine.push(sample);
      engine.advance(atMs);
    });
    const naiveLongest = longestMs(batches, ({ samples }) => { for (const sample of samples) naive.push(sample); });
    const [raised, naiveRaised] = [engine.drain().filter(({ state }) => state === 'raised').length, naive.events.filter(({ state }) => state === 'raised').length];
    if (raised !== naiveRaised) throw new Error(`the engine raised ${raised} conditions and its peer ${naiveRaised}; they are not doing the same work`);
    if (round === 0) continue; // warms up
    ours.push(longest);
    theirs.push(naiveLongest);
  }
  return figureOf({ name: `conditions/flood-of-${tags.length}-longest-batch`, unit: 'ms', values: ours, peer: { name: NAIVE, values: theirs } });
}

function longestMs(batches: readonly FloodBatch[], take: (batch: FloodBatch) => void): number {
  let longest = 0;
  for (const batch of batches) {
    const before = performance.now();
    take(batch);
    longest = Math.max(longest, performance.now() - before);
  }
  return longest;
}
