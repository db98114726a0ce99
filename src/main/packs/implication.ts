/**
 * What follows from what among conditions, as far as limits and states can tell: whether one being true means that another is, and
 * whether some can be true together. Says "yes" only when it is sure.
 */
import type { ConditionSource, Measure } from '../../domain/packs/schema.ts';
import { comparisonOf, isHigh } from './check-figures.ts';

export type Conditions = ReadonlyMap<string, Pick<ConditionSource, 'id' | 'measure'>>;
/** Depth at which thinking stops: a circle is told elsewhere. */
const MAX_DEPTH = 20;

/** Values of one tag for which a measure is true. */
type Truth = { readonly low: number; readonly high: number; readonly lowOpen: boolean; readonly highOpen: boolean } | { readonly words: readonly (string | boolean)[] };

export function truthOf(measure: Measure): { readonly input: string; readonly truth: Truth } | null {
  if (measure.kind === 'state') return { input: measure.input, truth: { words: Array.isArray(measure.is) ? measure.is : [measure.is] } };
  if (measure.kind === 'notFalling') return { input: measure.input, truth: { low: measure.above, high: Infinity, lowOpen: true, highOpen: true } };
  if (measure.kind !== 'limit') return null;
  const found = comparisonOf(measure);
  if (found === null) return null;
  const { comparison, limit } = found;
  const open = comparison === 'above' || comparison === 'below';
  return { input: measure.input, truth: isHigh(comparison) ? { low: limit, high: Infinity, lowOpen: open, highOpen: true } : { low: -Infinity, high: limit, lowOpen: true, highOpen: open } };
}

/** Whether `one` being true means that `other` is true. */
export function implies(one: string, other: string, conditions: Conditions, depth = 0): boolean {
  if (one === other) return true;
  const [a, b] = [conditions.get(one)?.measure, conditions.get(other)?.measure];
  if (a === undefined || b === undefined || depth > MAX_DEPTH) return false;
  if (a.kind === 'all') { if (a.of.some((part) => implies(part, other, conditions, depth + 1))) return true; }
  if (a.kind === 'any' && a.of.every((part) => implies(part, other, conditions, depth + 1))) return true;
  if (a.kind === 'duration' && implies(a.of, other, conditions, depth + 1)) return true;
  if (b.kind === 'any') return b.of.some((part) => implies(one, part, conditions, depth + 1));
  if (b.kind === 'all') return b.of.every((part) => implies(one, part, conditions, depth + 1));
  const [left, right] = [truthOf(a), truthOf(b)];
  return left !== null && right !== null && left.input === right.input && isWithin(left.truth, right.truth);
}

/** Two conditions that can never be true together, among all that `ids` need to be true; null when none is sure. */
export function impossibleTogether(ids: readonly string[], conditions: Conditions): { readonly one: string; readonly other: string } | null {
  const needed = [...new Set(ids.flatMap((id) => allParts(id, conditions)))];
  for (const [index, one] of needed.entries()) {
    for (const other of needed.slice(index + 1)) if (excludes(one, other, conditions)) return { one, other };
  }
  return null;
}

/** What has to be true for `id` to be true: itself, and the parts of every `all` below it. */
function allParts(id: string, conditions: Conditions, depth = 0): string[] {
  const measure = conditions.get(id)?.measure;
  const below = measure?.kind === 'all' ? measure.of : measure?.kind === 'duration' ? [measure.of] : [];
  return depth > MAX_DEPTH ? [id] : [id, ...below.flatMap((part) => allParts(part, conditions, depth + 1))];
}

function excludes(one: string, other: string, conditions: Conditions): boolean {
  const [a, b] = [conditions.get(one)?.measure, conditions.get(other)?.measure];
  if (a === undefined || b === undefined) return false;
  if ((a.kind === 'not' && implies(other, a.of, conditions)) || (b.kind === 'not' && implies(one, b.of, conditions))) return true;
  const [left, right] = [truthOf(a), truthOf(b)];
  return left !== null && right !== null && left.input === right.input && isEmptyTogether(left.truth, right.truth);
}

function isWithin(inner: Truth, outer: Truth): boolean {
  if ('words' in inner || 'words' in outer) return 'words' in inner && 'words' in outer && inner.words.every((word) => outer.words.includes(word));
  const lowFits = inner.low > outer.low || (inner.low === outer.low && (inner.lowOpen || !outer.lowOpen));
  return lowFits && (inner.high < outer.high || (inner.high === outer.high && (inner.highOpen || !outer.highOpen)));
}

function isEmptyTogether(one: Truth, other: Truth): boolean {
  if ('words' in one || 'words' in other) return 'words' in one && 'words' in other && !one.words.some((word) => other.words.includes(word));
  const low = Math.max(one.low, other.low);
  const high = Math.min(one.high, other.high);
  const touches = (low === one.low && one.lowOpen) || (low === other.low && other.lowOpen) || (high === one.high && one.highOpen) || (high === other.high && other.highOpen);
  return low > high || (low === high && touches);
}
