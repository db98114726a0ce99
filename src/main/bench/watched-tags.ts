/**
 * What the aim for the condition engine's speed is about: tags of which every one is watched in full - four limits with deadband, on-delay and off-delay, a rate both
 * ways, staleness and quality - and their samples in columns, every tag once a second in four batches.
 *
 * Values wander as measurements do: slowly, with a little noise. Now and then a tag leaves its limits for some seconds, or a sample is bad. The same every time.
 */
import type { ChannelSpec } from '../../domain/conditions/channels.ts';
import type { SampleColumns } from '../../domain/conditions/columns.ts';
import type { NodeSpec } from '../../domain/conditions/compile.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import { channelSpecs, limitsOf, nodeSpecs, randomFrom } from './traffic.ts';

export const RATE = { perMin: 10, windowMs: 60_000, deadband: 1 } as const;
export const SCAN_MS = 5_000;
const OFF_DELAY_MS = 3_000;
const QUALITY_DELAY_MS = 2_000;
const BATCHES_PER_SECOND = 4;
const START_MS = 1_700_000_000_000;
const NOISE = 0.4;
const WANDER = { by: 8, periodS: 1_800 } as const;
const EXCURSION_S = 6;
/** Longer than the off-delay: each excursion is an alarm of its own. */
const BETWEEN_S = 5;
const BAD_SHARE = 1 / 20_000;

export interface Watch {
  readonly channels: readonly ChannelSpec[];
  readonly nodes: readonly NodeSpec[];
}

/** Seven conditions on every tag. */
export function watchOf(tags: readonly string[]): Watch {
  const limits = nodeSpecs(limitsOf(tags)).map((node) => ({ ...node, offDelayMs: OFF_DELAY_MS }));
  const others = tags.flatMap((tag): NodeSpec[] => [
    { id: `${tag}-RATE`, onDelayMs: 0, offDelayMs: 0, measure: { kind: 'rate', input: tag, risingFasterThan: RATE.perMin, fallingFasterThan: RATE.perMin, window: RATE.windowMs, deadband: RATE.deadband } },
    { id: `${tag}-STALE`, onDelayMs: QUALITY_DELAY_MS, offDelayMs: 0, measure: { kind: 'stale', inputs: [tag] } },
    { id: `${tag}-BAD`, onDelayMs: QUALITY_DELAY_MS, offDelayMs: 0, measure: { kind: 'badQuality', inputs: [tag] } },
  ]);
  return { channels: channelSpecs(tags), nodes: [...limits, ...others] };
}

/** One batch: a quarter of the tags, received at one moment. */
export type Batch = SampleColumns & { readonly receivedMs: number };

/** `leaving`: share of the tags that leave their limits each second. */
export function* batchesOf(tags: number, seconds: number, leaving: number): Generator<Batch> {
  const random = randomFrom(11);
  const beyondUntilS = new Int32Array(tags);
  const parts = Array.from({ length: BATCHES_PER_SECOND }, (_, part) => Int32Array.from({ length: Math.ceil((tags - part) / BATCHES_PER_SECOND) }, (__, i) => part + i * BATCHES_PER_SECOND));
  for (let second = 0; second < seconds; second += 1) {
    for (const [part, channels] of parts.entries()) {
      const receivedMs = START_MS + second * 1_000 + (part * 1_000) / BATCHES_PER_SECOND;
      const values = Float64Array.from(channels, (tag) => {
        if (random() < leaving && second >= (beyondUntilS[tag] ?? 0) + BETWEEN_S && second + EXCURSION_S + 2 < seconds) beyondUntilS[tag] = second + EXCURSION_S;
        const noise = NOISE * (random() - 0.5);
        if (second < (beyondUntilS[tag] ?? 0)) return (tag % 2 === 0 ? 95 : 5) + noise;
        return 50 + WANDER.by * Math.sin(2 * Math.PI * (second / WANDER.periodS + tag / 97)) + noise;
      });
      const status = Uint32Array.from(channels, () => (random() < BAD_SHARE ? STATUS.bad : STATUS.good));
      yield { channels, values, status, sourceMs: new Float64Array(channels.length).fill(receivedMs - 50), receivedMs, count: channels.length };
    }
  }
}

/** The same batch as objects, one for each sample, for those that take them so. */
export function samplesOf({ channels, values, status, sourceMs, receivedMs, count }: Batch, tags: readonly string[]): Sample[] {
  return Array.from({ length: count }, (_, i) => ({ tag: tags[channels[i] ?? 0] ?? '', value: values[i] ?? null, status: status[i] ?? 0, sourceMs: sourceMs[i] ?? 0, receivedMs }));
}
