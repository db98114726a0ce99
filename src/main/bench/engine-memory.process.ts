/**
 * How much memory the condition engine takes for each watched tag: the process grown between before the engine was made and after it has run for a while, with all garbage
 * collected. The conditions themselves (the pack) are there before and not counted. Run with --expose-gc; prints one line of JSON.
 */
import { ConditionEngine } from '../../domain/conditions/engine.ts';
import { tagIds } from './traffic.ts';
import { batchesOf, watchOf } from './watched-tags.ts';

const [tags = 10_000, seconds = 90] = process.argv.slice(2).map(Number);

function used(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

if (globalThis.gc === undefined) throw new Error('engine-memory.process needs --expose-gc');
const { channels, nodes } = watchOf(tagIds(tags));
// Once for nothing, so that compiled code and other one-time costs are not laid on the tags.
const rehearsal = new ConditionEngine(channels.slice(0, 10), nodes.filter(({ id }) => channels.slice(0, 10).some((channel) => id.startsWith(`${channel.id}-`))));
for (const batch of batchesOf(10, 5, 0)) rehearsal.pushColumns(batch);
const before = used();
const engine = new ConditionEngine(channels, nodes);
for (const batch of batchesOf(tags, seconds, 1e-4)) {
  engine.pushColumns(batch);
  engine.advance(batch.receivedMs);
  engine.drain();
}
const after = used();
process.stdout.write(`${JSON.stringify({ bytesPerTag: (after - before) / tags, quiet: engine.work.quiet, conditions: nodes.length, tags: channels.length })}\n`);
