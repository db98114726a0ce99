/**
 * Randomised variants of an exercise: the same seed draws the same. What the file says of it (`vary`) is drawn, and of what it does not say faults a little
 * stronger or weaker and later, and a crew that is quicker or slower; the plant may begin in another state, with other people in other places.
 */
import { FOLLOW, scriptSchema } from './script.ts';
import type { Exercise } from './script.ts';

/** Where a file says nothing of its faults they are a tenth stronger or weaker, and come up to a minute later. Engineering default. */
const SEVERITY = 0.1;
const DELAY_S = 60;
const SEVERITY_MAX = 2;
/** A trained crew is a trained crew: from the first sign to the first deed half as long again or half as long as written, between two deeds a quarter. Engineering default. */
const CREW: Readonly<Record<string, Range>> = { 'crew.delay': [0.5, 1.5], 'crew.pace': [0.75, 1.25] };

type Range = readonly [number, number];
export type Ranges = Readonly<Record<string, Range>>;

/** One of `of` variants of one exercise that are drawn by plan: each figure comes from another part of its range in each of them (a Latin square), so that no end is left out by chance. */
export interface Stratum { readonly seed: number; readonly k: number; readonly of: number }

/** mulberry32: small, fast, and the same everywhere. */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One seed out of a call's seed and a number. */
export const seedOf = (seed: number, n: number): number => Math.floor(drawsOf((seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0)() * 2 ** 32);

/** What is drawn, with its range: what the file says, and the defaults for what it is silent of. */
export function rangesOf({ script: { vary, faults } }: Exercise): Ranges {
  const isSilentOfFaults = !Object.keys(vary).some((path) => path.startsWith('faults.'));
  const faulty = !isSilentOfFaults ? [] : faults.flatMap((fault, i): [string, Range][] => {
    const [severity, delayS] = [numberOf(fault['severity'], 1), numberOf(fault['delayS'], 0)];
    return [[`faults.${String(i)}.severity`, [severity * (1 - SEVERITY), Math.min(SEVERITY_MAX, severity * (1 + SEVERITY))]], [`faults.${String(i)}.delayS`, [delayS, delayS + DELAY_S]]];
  });
  return { ...CREW, ...Object.fromEntries(faulty), ...vary };
}

/** The figures of one variant, by their paths. */
export function drawnOf(exercise: Exercise, seed: number, stratum?: Stratum): Readonly<Record<string, number>> {
  const draw = drawsOf(seed);
  return Object.fromEntries(Object.entries(rangesOf(exercise)).map(([path, [low, high]], i) => {
    const within = stratum === undefined ? draw() : (partOf(stratum, i) + draw()) / stratum.of;
    return [path, isWhole(path) ? Math.min(high, Math.floor(low + (high - low + 1) * within)) : thousandths(low + (high - low) * within)];
  }));
}

/** Which part of the range of its figure `i` variant `k` has: a shuffle of its own for each figure. */
function partOf({ seed, k, of }: Stratum, i: number): number {
  const draw = drawsOf(seedOf(seed, i));
  const parts = Array.from({ length: of }, (_, n) => n);
  for (let n = of - 1; n > 0; n -= 1) {
    const other = Math.floor(draw() * (n + 1));
    [parts[n], parts[other]] = [parts[other] ?? 0, parts[n] ?? 0];
  }
  return parts[k] ?? 0;
}

export function variantOf(exercise: Exercise, seed: number, stratum?: Stratum): Exercise {
  const raw = structuredClone(exercise.raw) as Record<string, unknown>;
  const states: Record<string, number> = {};
  let settleS: number | undefined;
  for (const [path, value] of Object.entries(drawnOf(exercise, seed, stratum))) {
    const [root, name] = splitOf(path);
    switch (root) {
      case 'settleS': settleS = value; break;
      case 'state': states[name] = value; break;
      case 'zone': raw['setup'] = [...listOf(raw['setup']), { kind: 'people', zone: name, count: value }]; break;
      case 'later': postpone(raw, value); break;
      case 'crew': for (const follow of follows(raw)) follow[`${name}S`] = thousandths(value * numberOf(follow[`${name}S`], name === 'delay' ? FOLLOW.delayS : FOLLOW.paceS)); break;
      default: set(raw, path.split('.'), value);
    }
  }
  postpone(raw, laterBy(exercise, raw));
  return { ...exercise, raw, script: scriptSchema.parse(raw), begin: { states, ...(settleS === undefined ? {} : { settleS }) } };
}

const splitOf = (path: string): readonly [string, string] => { const dot = path.indexOf('.'); return dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]; };
/** Heads are whole. */
const isWhole = (path: string): boolean => path.startsWith('zone.') || path.endsWith('.count');
/** Enough for a script, and the same text gives the same number. */
const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

type Part = Record<string, unknown>;
const listOf = (value: unknown): readonly Part[] => (Array.isArray(value) ? (value as readonly Part[]) : []);
const partsIn = (raw: Part, does: (person: Part) => readonly Part[]): readonly Part[] => listOf(raw['people']).flatMap(does);
const follows = (raw: Part): readonly Part[] => partsIn(raw, (person) => listOf(person['does']).flatMap(({ follow }) => (typeof follow === 'object' && follow !== null ? [follow as Part] : [])));

/** How much later the first fault comes than it is written: who reports a leak at a time cannot have seen it before it was there. */
function laterBy({ raw: written }: Exercise, raw: Part): number {
  const [before, after] = [written, raw].map(({ faults }) => listOf(faults)[0]);
  return after === undefined || after['when'] !== undefined ? 0 : numberOf(after['delayS'], 0) - numberOf(before?.['delayS'], 0);
}

/** Everything that comes at a time comes so much later: what happens on the plant, and what people do about it; the time between two deeds stays. */
function postpone(raw: Part, byS: number): void {
  for (const timed of [...listOf(raw['then']), ...partsIn(raw, (person) => listOf(person['does']))]) if (typeof timed['atS'] === 'number') timed['atS'] = Math.max(0, thousandths(timed['atS'] + byS));
}

function set(root: Part, path: readonly string[], value: number): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) return;
    at = next as Part;
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
}
