/** Randomised variants of an exercise: the same seed draws the same. */
import { scriptSchema } from './script.ts';
import type { Exercise } from './script.ts';

/** Where a file says nothing of variants its faults are a tenth stronger or weaker, and come up to a minute later. Engineering default. */
const SEVERITY = 0.1;
const DELAY_S = 60;
const SEVERITY_MAX = 2;

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

export function variantOf(exercise: Exercise, seed: number): Exercise {
  const draw = drawsOf(seed);
  const raw = structuredClone(exercise.raw) as Record<string, unknown>;
  const own = Object.entries(exercise.script.vary);
  const ranges = own.length > 0 ? own : exercise.script.faults.flatMap((fault, i): [string, readonly [number, number]][] => {
    const [severity, delayS] = [numberOf(fault['severity'], 1), numberOf(fault['delayS'], 0)];
    return [[`faults.${String(i)}.severity`, [severity * (1 - SEVERITY), Math.min(SEVERITY_MAX, severity * (1 + SEVERITY))]], [`faults.${String(i)}.delayS`, [delayS, delayS + DELAY_S]]];
  });
  for (const [path, [low, high]] of ranges) set(raw, path.split('.'), low + (high - low) * draw());
  return { ...exercise, raw, script: scriptSchema.parse(raw) };
}

const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

function set(root: Record<string, unknown>, path: readonly string[], value: number): void {
  let at: Record<string, unknown> = root;
  for (const key of path.slice(0, -1)) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) return;
    at = next as Record<string, unknown>;
  }
  const last = path.at(-1);
  // Thousandths are enough for a script, and the same text gives the same number.
  if (last !== undefined) at[last] = Math.round(value * 1_000) / 1_000;
}
