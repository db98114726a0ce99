/**
 * Forecasts for all tags of a plant that have limits: keeps their recent courses, and reckons those that move. Bounded work: a read
 * looks at the tags that moved last time and at some of the others, in turn.
 */
import { severityOf } from '../samples/sample.ts';
import type { Quality, Sample } from '../samples/sample.ts';
import type { TagLimit } from './limits.ts';
import { limitsAhead } from './limits.ts';
import { MotionWindow } from './motion-window.ts';
import { motionOf } from './motion.ts';
import type { TimeToLimit } from './time-to-limit.ts';
import { timeToLimit } from './time-to-limit.ts';

/** Tags looked at in one read, apart from those that moved at the last. */
const TURN_TAGS = 300;
/** Most moving tags that are followed; in a plant where more move, the soonest count. */
const MOVING_MAX = 500;

export interface Moving {
  readonly tag: string;
  /** Units of the tag per second. */
  readonly rate: number;
  /** The nearest limit that it moves towards, where the time to it can be said. */
  readonly ahead: { readonly limit: TagLimit; readonly left: Extract<TimeToLimit, { state: 'moving' }> } | null;
}

interface Followed {
  readonly tag: string;
  readonly limits: readonly TagLimit[];
  readonly window: MotionWindow;
  /** When the newest sample came, on the station's clock, ms. */
  receivedMs: number;
}

export class Forecaster {
  readonly #followed: ReadonlyMap<string, Followed>;
  readonly #order: readonly Followed[];
  #turn = 0;
  #moving = new Set<Followed>();

  constructor(limits: ReadonlyMap<string, readonly TagLimit[]>) {
    this.#followed = new Map([...limits].map(([tag, own]) => [tag, { tag, limits: own, window: new MotionWindow(), receivedMs: 0 }]));
    this.#order = [...this.#followed.values()];
  }

  /** Takes a sample. One that is not good breaks the tag's course off. */
  add({ tag, value, status, sourceMs, receivedMs }: Sample): void {
    const followed = this.#followed.get(tag);
    if (followed === undefined) return;
    if (typeof value !== 'number' || severityOf(status) !== 'good') return followed.window.forget();
    followed.window.add(sourceMs, value);
    followed.receivedMs = receivedMs;
  }

  /**
   * What moves clearly, that first which may reach its limit soonest.
   * @param nowMs the station's clock; silence since the last sample counts as standing still, on the source's own clock
   * @param qualityOf what a tag is worth now; one that is not good (stale, bad, uncertain) loses its course
   */
  read(nowMs: number, qualityOf: (tag: string) => Quality): Moving[] {
    const found: { followed: Followed; moving: Moving }[] = [];
    for (const followed of this.#looked()) {
      if (Number.isNaN(followed.window.lastMs)) continue;
      if (qualityOf(followed.tag) !== 'good') {
        followed.window.forget();
        continue;
      }
      const moving = movingOf(followed, nowMs);
      if (moving !== null) found.push({ followed, moving });
    }
    const soonest = found.sort((a, b) => soonestOf(a.moving) - soonestOf(b.moving) || (a.followed.tag < b.followed.tag ? -1 : 1)).slice(0, MOVING_MAX);
    this.#moving = new Set(soonest.map(({ followed }) => followed));
    return soonest.map(({ moving }) => moving);
  }

  /** What moved last time, and some of the others in turn. */
  #looked(): Set<Followed> {
    const looked = new Set(this.#moving);
    for (let i = 0; i < Math.min(TURN_TAGS, this.#order.length); i += 1) {
      const next = this.#order[this.#turn % this.#order.length];
      this.#turn = (this.#turn + 1) % this.#order.length;
      if (next !== undefined) looked.add(next);
    }
    return looked;
  }
}

/** By the low end, which matters most; what has no limit ahead comes last. */
const soonestOf = ({ ahead }: Moving): number => ahead?.left.lowMs ?? Number.MAX_VALUE;

function movingOf({ tag, limits, window, receivedMs }: Followed, nowMs: number): Moving | null {
  const motion = motionOf(window, window.lastMs + Math.max(0, nowMs - receivedMs));
  if (motion === null || motion === 'still') return null;
  const sides = limitsAhead(window.lastValue, limits);
  const limit = motion.rate > 0 ? sides.up : sides.down;
  const left = limit === null ? null : timeToLimit(motion, window.lastValue, limit);
  return { tag, rate: motion.rate, ahead: limit === null || left?.state !== 'moving' ? null : { limit, left } };
}
