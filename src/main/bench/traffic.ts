/**
 * A plant's samples for the condition benchmark: every tag once a second, in batches of a quarter of the tags, as a
 * subscription delivers them. Most values stay inside their limits; some go beyond for one sample (noise that an
 * on-delay must swallow), some stay beyond (alarms). The same seed gives the same traffic.
 */
import type { NodeSpec } from '../../domain/conditions/compile.ts';
import type { ChannelSpec } from '../../domain/conditions/channels.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { STATUS } from '../../domain/samples/sample.ts';

export interface LimitSpec {
  readonly id: string;
  readonly tag: string;
  readonly comparison: 'above' | 'below';
  readonly limit: number;
  readonly deadband: number;
  readonly onDelayMs: number;
}

const LEVELS = [['HH', 'above', 90], ['H', 'above', 80], ['L', 'below', 20], ['LL', 'below', 10]] as const;
const DEADBAND = 2;
/** Between the first and the second sample of an excursion, so that one sample beyond a limit never alarms. */
const ON_DELAY_MS = 1_500;
const SCAN_MS = 5_000;
const BATCHES_PER_SECOND = 4;
const START_MS = 1_700_000_000_000;
const EXCURSION_SAMPLES = 6;
const EVENT_EVERY_S = 8;

export const tagIds = (count: number): string[] => Array.from({ length: count }, (_, i) => `BX-${String(i + 1).padStart(5, '0')}`);

/** Four limits on every tag, each with deadband and on-delay. */
export function limitsOf(tags: readonly string[]): LimitSpec[] {
  return tags.flatMap((tag) => LEVELS.map(([level, comparison, limit]) => ({ id: `${tag}-${level}`, tag, comparison, limit, deadband: DEADBAND, onDelayMs: ON_DELAY_MS })));
}

export const channelSpecs = (tags: readonly string[]): ChannelSpec[] => tags.map((id) => ({ id, scanMs: SCAN_MS }));

export function nodeSpecs(limits: readonly LimitSpec[]): NodeSpec[] {
  return limits.map(({ id, tag, comparison, limit, deadband, onDelayMs }) => ({ id, onDelayMs, offDelayMs: 0, measure: { kind: 'limit', input: tag, [comparison]: limit, deadband } }));
}

export interface Batch {
  readonly atMs: number;
  readonly samples: readonly Sample[];
}

/** Ordinary running: about two tags in a thousand leave their limits each second. Events keep apart, and all come to their end. */
export function ordinaryTraffic(tags: readonly string[], seconds: number, seed = 1): Batch[] {
  const random = randomFrom(seed);
  const beyondUntil = new Int32Array(tags.length);
  return batches(tags, seconds, (tag, second) => {
    const mayBegin = second % EVENT_EVERY_S === tag % EVENT_EVERY_S && second + EVENT_EVERY_S < seconds;
    const chance = mayBegin ? random() : 1;
    if (chance < 0.016) beyondUntil[tag] = second + (chance < 0.008 ? EXCURSION_SAMPLES : 1);
    if (second >= (beyondUntil[tag] ?? 0)) return 35 + 30 * random();
    return tag % 2 === 0 ? 95 + random() : 5 + random();
  });
}

/** Everything at once: all tags go beyond both upper limits in one second, stay, and come back together. */
export function floodTraffic(tags: readonly string[]): Batch[] {
  return batches(tags, 8, (_tag, second) => (second >= 2 && second < 6 ? 95 : 50));
}

function batches(tags: readonly string[], seconds: number, valueOf: (tag: number, second: number) => number): Batch[] {
  const found: Batch[] = [];
  for (let second = 0; second < seconds; second += 1) {
    for (let part = 0; part < BATCHES_PER_SECOND; part += 1) {
      const atMs = START_MS + second * 1_000 + (part * 1_000) / BATCHES_PER_SECOND;
      const samples: Sample[] = [];
      for (let tag = part; tag < tags.length; tag += BATCHES_PER_SECOND) samples.push({ tag: tags[tag] ?? '', value: valueOf(tag, second), status: STATUS.good, sourceMs: atMs - 50, receivedMs: atMs });
      found.push({ atMs, samples });
    }
  }
  return found;
}

/** Numerical Recipes' 32-bit linear congruential generator: enough to spread values, and the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
