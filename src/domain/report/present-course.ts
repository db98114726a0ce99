/**
 * Which records of an exercise are of the course that leads to its end. Each time the plant was led back, what was lived between that moment and the going back is of a course that was
 * left; when a moment of a left course is gone back to, what led to it counts again. By the facts alone, so that score, debrief, script and what-if see the same course.
 */
import type { Fact } from '../station/facts.ts';
import type { NumberedFact } from './incident.ts';

/** From one going back to the next, on the station's clock; of it what was lived up to `untilMs` is part of the course. */
interface Stretch { readonly fromMs: number; readonly untilMs: number }

/** Hands on the plant as a run writes them down (`world.ts`), and keys. */
const HAND = /^(?:order|press|key|people) /u;
/** What leads, names and accompanies an exercise stands outside of its courses: speed, posts, who is logged on, the link. */
const BESIDE = /^(?:training|session|access|station|link|clock|effect|recording|pack)\./u;

export class PresentCourse {
  readonly #stretches: readonly Stretch[];

  /** @param facts of the exercise, in order */
  constructor(facts: readonly Fact[]) {
    const backs = facts.flatMap((fact) => (fact.type === 'training.led-back' ? [{ atMs: fact.atMs, toMs: fact.data.toMs }] : []));
    const stretches = [{ fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY }, ...backs.map(({ atMs }) => ({ fromMs: atMs, untilMs: Number.NEGATIVE_INFINITY }))];
    // From the end back to the beginning: the last stretch is the present, and each was begun from a moment of an earlier one.
    let untilMs = Number.POSITIVE_INFINITY;
    for (let i = stretches.length - 1; i >= 0;) {
      const stretch = stretches[i];
      if (stretch !== undefined) stretch.untilMs = untilMs;
      const back = i === 0 ? undefined : backs[i - 1];
      if (back === undefined) break;
      untilMs = back.toMs;
      const lived = stretches.findLastIndex(({ fromMs }, k) => k < i && fromMs <= back.toMs);
      i = Math.max(0, lived);
    }
    this.#stretches = stretches;
  }

  /** Whether it was led back at all. */
  get isLedBack(): boolean {
    return this.#stretches.length > 1;
  }

  /** Whether what was lived at this moment led to the present. What comes at the moment of the going back is of the new course. */
  has(atMs: number): boolean {
    const stretch = this.#stretches.findLast(({ fromMs }) => fromMs <= atMs);
    return stretch !== undefined && atMs <= stretch.untilMs;
  }

  hasFact(fact: Fact): boolean {
    const isHand = fact.type === 'training.instructed' && HAND.test(fact.data.command);
    return (BESIDE.test(fact.type) && !isHand && fact.type !== 'training.hinted') || this.has(fact.atMs);
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
