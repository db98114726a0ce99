/** How many samples a second go through the condition engine on one core, and how long it stands still in a flood. */
import { ConditionEngine } from '../../domain/conditions/engine.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { NaiveEvaluator } from './naive-evaluator.ts';
import { figureOf } from './statistics.ts';
import { channelSpecs, floodTraffic, limitsOf, nodeSpecs, ordinaryTraffic, tagIds } from './traffic.ts';
import type { Batch } from './traffic.ts';

const TAGS = 10_000;
const SECONDS = 60;
const ROUNDS = 5;
/** The flood's own size: what a large unit might throw at a control room in one second. */
const FLOOD_TAGS = 2_000;
const PEER = 'naive evaluator (objects, same limits, no quality or staleness)';

export const conditions: Benchmark = { name: 'conditions', about: 'samples per second through the condition engine, one core', needs: 'nothing', run };

/** Anything that takes batches of samples and counts what it raised. */
interface Evaluator {
  take(batch: Batch): void;
  raised(): number;
}

interface Pass {
  readonly perSecond: number;
  readonly longestMs: number;
  readonly raised: number;
}

async function run({ progress }: BenchContext): Promise<readonly Figure[]> {
  const tags = tagIds(TAGS);
  const ordinary = compare(tags, ordinaryTraffic(tags, SECONDS), 'ordinary running', progress);
  const few = tags.slice(0, FLOOD_TAGS);
  const flood = compare(few, floodTraffic(few), 'flood', progress);
  return [
    figureOf({ name: `conditions/${TAGS}-tags-4-limits`, unit: 'samples/s of one core', values: ordinary.engine.map((pass) => pass.perSecond), peer: { name: PEER, values: ordinary.naive.map((pass) => pass.perSecond) } }),
    figureOf({ name: `conditions/flood-of-${FLOOD_TAGS}-longest-batch`, unit: 'ms', values: flood.engine.map((pass) => pass.longestMs), peer: { name: PEER, values: flood.naive.map((pass) => pass.longestMs) } }),
  ];
}

/** Turn and turn about, and both must have raised the same. The first round warms up and does not count. */
function compare(tags: readonly string[], batches: readonly Batch[], what: string, progress: (line: string) => void): { engine: Pass[]; naive: Pass[] } {
  const limits = limitsOf(tags);
  const engine: Pass[] = [];
  const naive: Pass[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    progress(round === 0 ? `${what}: warming up` : `${what}: round ${round} of ${ROUNDS}`);
    const ours = pass(engineOf(tags), batches);
    const theirs = pass(naiveOf(tags), batches);
    if (ours.raised !== theirs.raised) throw new Error(`the engine raised ${ours.raised} conditions and its peer ${theirs.raised}; they are not doing the same work`);
    if (round === 0) continue;
    engine.push(ours);
    naive.push(theirs);
  }
  return { engine, naive };

  function engineOf(ids: readonly string[]): Evaluator {
    const evaluator = new ConditionEngine(channelSpecs(ids), nodeSpecs(limits));
    let raised = 0;
    return {
      take: ({ atMs, samples }) => {
        for (const sample of samples) evaluator.push(sample);
        evaluator.advance(atMs);
        for (const change of evaluator.drain()) if (change.state === 'raised') raised += 1;
      },
      raised: () => raised,
    };
  }

  function naiveOf(_ids: readonly string[]): Evaluator {
    const evaluator = new NaiveEvaluator(limits);
    let raised = 0;
    return {
      take: ({ samples }) => {
        for (const sample of samples) evaluator.push(sample);
        for (const event of evaluator.events) if (event.state === 'raised') raised += 1;
        evaluator.events = [];
      },
      raised: () => raised,
    };
  }
}

/** Throughput by the processor time of this thread: what else runs on the machine does not count against either. */
function pass(evaluator: Evaluator, batches: readonly Batch[]): Pass {
  let samples = 0;
  let longestMs = 0;
  const before = process.threadCpuUsage();
  for (const batch of batches) {
    const beforeMs = performance.now();
    evaluator.take(batch);
    longestMs = Math.max(longestMs, performance.now() - beforeMs);
    samples += batch.samples.length;
  }
  const { user, system } = process.threadCpuUsage(before);
  return { perSecond: samples / ((user + system) / 1e6), longestMs, raised: evaluator.raised() };
}
