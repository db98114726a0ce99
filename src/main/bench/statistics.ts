/** From measurements to figures. */
import type { Figure } from './benchmark.ts';

/** Nearest rank: a value that was really measured, never one between two. `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('broken invariant: a percentile of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil(Math.min(Math.max(share, 0), 1) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

interface Measured {
  readonly name: string;
  readonly unit: string;
  /** One measurement for each repetition. */
  readonly values: readonly number[];
  readonly peer?: { readonly name: string; readonly values: readonly number[] };
}

/** Median and range of the repetitions; the peer's median and the quotient of the two medians. */
export function figureOf({ name, unit, values, peer }: Measured): Figure {
  const figure = rounded(median(values));
  const peerFigure = peer === undefined ? null : rounded(median(peer.values));
  return {
    name, figure, unit, peer: peer?.name ?? null, peerFigure, ratio: peerFigure === null || peerFigure === 0 ? null : rounded(figure / peerFigure),
    low: rounded(Math.min(...values)), high: rounded(Math.max(...values)), runs: values.length,
  };
}

/** Three significant digits: more would claim more than a shared machine can tell. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
