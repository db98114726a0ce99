/**
 * Moments of a run at which a value moves towards a limit, each with what really happened afterwards. A row of moments from one tag
 * to one limit is an episode; at most twenty moments of it count, spread over it, so that slow courses do not outvote fast ones.
 */
import { isBeyond } from '../../src/domain/forecast/limits.ts';
import type { TagLimit } from '../../src/domain/forecast/limits.ts';
import { MotionWindow } from '../../src/domain/forecast/motion-window.ts';
import { motionOf } from '../../src/domain/forecast/motion.ts';
import type { Motion } from '../../src/domain/forecast/motion.ts';
import { reckon } from '../../src/domain/forecast/time-to-limit.ts';
import type { Reckoning } from '../../src/domain/forecast/time-to-limit.ts';
import { TAGS } from '../../simulators/plants/h2o2/tags.ts';
import type { RecordedRun } from './forecast-runs.ts';

const EVERY_S = 10;
const MOMENTS_MAX = 20;
const EPOCH_MS = 1_700_000_000_000;

export interface Moment {
  readonly seed: number;
  readonly tag: string;
  readonly kind: string;
  readonly limit: TagLimit;
  readonly atS: number;
  readonly value: number;
  readonly motion: Motion;
  readonly reckoned: Reckoning;
  /** Seconds from here to the first reported value beyond the limit; null = not in this run. */
  readonly trueS: number | null;
  /** Seconds for which the course was left alone: to the next act of an interlock or a person, or to the end of the run. */
  readonly aloneS: number;
}

/** What the measurement is, by the first letters of its name. */
const KINDS: Readonly<Record<string, string>> = { TI: 'temperature', PI: 'pressure', LI: 'level', LDI: 'level', AI: 'analyser', XS: 'analyser', FI: 'flow' };

export function momentsOf(run: RecordedRun, limits: ReadonlyMap<string, readonly TagLimit[]>): Moment[] {
  return TAGS.flatMap((tag) => {
    const known = limits.get(tag.id);
    const shown = run.series.get(tag.id);
    if (tag.kind !== 'analog' || known === undefined || shown === undefined) return [];
    return momentsOfTag(run, tag.id, reported(shown, run.exceptionShare * (tag.high - tag.low)), distinct(known));
  });
}

/** Conditions that share a figure are one limit here. */
function distinct(limits: readonly TagLimit[]): TagLimit[] {
  return [...new Map(limits.map((limit) => [`${limit.comparison} ${limit.limit}`, limit])).values()];
}

/** What a server that reports by exception would have sent: the value changes only by more than the deadband. */
function reported(shown: Float64Array, deadband: number): Float64Array {
  let last = Number.NaN;
  return shown.map((value) => {
    if (Number.isNaN(value)) last = value;
    else if (Number.isNaN(last) || Math.abs(value - last) > deadband) last = value;
    return last;
  });
}

function momentsOfTag(run: RecordedRun, tag: string, values: Float64Array, limits: readonly TagLimit[]): Moment[] {
  const nexts = limits.map((limit) => firstBeyond(values, limit, run.lengthS));
  const episodes = new Map<TagLimit, Moment[]>(limits.map((limit) => [limit, []]));
  const window = new MotionWindow();
  let before = Number.NaN;
  for (let s = 0; s <= run.lengthS; s += 1) {
    const value = values[s] as number;
    if (Number.isNaN(value)) window.forget();
    else if (value !== before) window.add(EPOCH_MS + s * 1_000, value);
    before = value;
    if (s % EVERY_S !== 0 || Number.isNaN(value)) continue;
    const motion = motionOf(window, EPOCH_MS + s * 1_000);
    if (motion === null || motion === 'still') continue;
    const aloneS = (run.interventionsS.find((at) => at > s) ?? run.lengthS) - s;
    limits.forEach((limit, i) => {
      const reckoned = isBeyond(value, limit) ? null : reckon(motion, limit);
      if (reckoned === null || reckoned === 'tooFar') return;
      const next = nexts[i]?.[s] ?? Infinity;
      episodes.get(limit)?.push({ seed: run.seed, tag, kind: KINDS[tag.replace(/-.*$/u, '')] ?? 'other', limit, atS: s, value, motion, reckoned, trueS: Number.isFinite(next) ? next - s : null, aloneS });
    });
  }
  return [...episodes.values()].flatMap(spread);
}

/** For each second the first one from it on at which the value is beyond. */
function firstBeyond(values: Float64Array, limit: TagLimit, lengthS: number): Float64Array {
  const next = new Float64Array(values.length).fill(Number.POSITIVE_INFINITY);
  let at = Number.POSITIVE_INFINITY;
  for (let s = lengthS; s >= 0; s -= 1) {
    if (isBeyond(values[s] as number, limit)) at = s;
    next[s] = at;
  }
  return next;
}

function spread(moments: readonly Moment[]): Moment[] {
  if (moments.length <= MOMENTS_MAX) return [...moments];
  return Array.from({ length: MOMENTS_MAX }, (_, i) => moments[Math.round((i * (moments.length - 1)) / (MOMENTS_MAX - 1))] as Moment);
}
