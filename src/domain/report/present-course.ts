/**
 * Which records of an exercise are of the course that leads to its end. Each time the plant was led back, what was lived between that moment and the going back is of a course that was
 * left; when a moment of a left course is gone back to, what led to it counts again. By the facts alone, so that score, debrief, script and what-if see the same course.
 */
import type { Fact } from '../station/facts.ts';
import type { NumberedFact } from './incident.ts';

/** From one going back to the next, on the station's clock; of it what was lived up to `untilMs` is part of the course. */
interface Stretch { /** The plant was put back. */ readonly fromMs: number; /** The station too: a second later, for it waits for what the tags show. */ readonly knownMs: number; untilMs: number }

/** Hands on the plant as a run writes them down (`world.ts`), and keys. */
const HAND = /^(?:order|press|key|people) /u;
export const isHand = (fact: Fact): boolean => fact.type === 'training.instructed' && HAND.test(fact.data.command);
/** What leads, names and accompanies an exercise stands outside of its courses: speed, posts, who is logged on, the link. */
const BESIDE = /^(?:training|session|access|station|link|clock|effect|recording|pack)\./u;

export class PresentCourse {
  readonly #stretches: readonly Stretch[];

  /** @param facts of the exercise, in order */
  constructor(facts: readonly Fact[]) {
    const backs = facts.flatMap((fact) => (fact.type === 'training.led-back' ? [{ fromMs: Math.min(fact.atMs, fact.data.fromMs), knownMs: fact.atMs, toMs: fact.data.toMs }] : []));
    const left = Number.NEGATIVE_INFINITY;
    const stretches: Stretch[] = [{ fromMs: left, knownMs: left, untilMs: left }, ...backs.map(({ fromMs, knownMs }) => ({ fromMs, knownMs, untilMs: left }))];
    // From the end back to the beginning: the last stretch is the present, and each was begun from a moment of an earlier one.
    let [at, untilMs] = [stretches.length - 1, Number.POSITIVE_INFINITY];
    for (;;) {
      const [stretch, back] = [stretches[at], backs[at - 1]];
      if (stretch !== undefined) stretch.untilMs = untilMs;
      if (back === undefined) break;
      untilMs = back.toMs;
      at = Math.max(0, stretches.findLastIndex(({ fromMs }, k) => k < at && fromMs <= untilMs));
    }
    this.#stretches = stretches;
  }

  /** Whether it was led back at all. */
  get isLedBack(): boolean {
    return this.#stretches.length > 1;
  }

  /** Whether what happened on the plant at this moment led to the present. What comes at the moment of the going back is of the new course. */
  has(atMs: number): boolean {
    return this.#isOn(this.#stretches.findLast(({ fromMs }) => fromMs <= atMs), atMs);
  }

  hasFact(fact: Fact): boolean {
    if (BESIDE.test(fact.type) && !isHand(fact) && fact.type !== 'training.hinted') return true;
    // A retreat acts on the plant at once; everything else is told of the station that knew the one before until it was led back itself.
    return fact.type.startsWith('retreat.') ? this.has(fact.atMs) : this.#isOn(this.#stretches.findLast(({ knownMs }) => knownMs <= fact.atMs), fact.atMs);
  }

  #isOn(stretch: Stretch | undefined, atMs: number): boolean {
    return stretch !== undefined && atMs <= stretch.untilMs;
  }
}

/** The records of the present course, and the numbers of those that were left. */
export function presentOf(records: readonly NumberedFact[]): { readonly course: PresentCourse; readonly records: readonly NumberedFact[]; readonly left: readonly number[] } {
  const course = new PresentCourse(records.map(({ fact }) => fact));
  if (!course.isLedBack) return { course, records, left: [] };
  const kept = records.filter(({ fact }) => course.hasFact(fact));
  const numbers = new Set(kept.map(({ n }) => n));
  return { course, records: kept, left: records.flatMap(({ n }) => (numbers.has(n) ? [] : [n])) };
}
