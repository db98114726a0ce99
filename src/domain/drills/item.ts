/** One line of the score, made from a figure. No figure: no points, and it says why. */
import type { ScoreItem, ScoreItemId } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { clipText } from '../report/bounded.ts';
import { shareOf } from './scoring.ts';
import type { Scoring } from './scoring.ts';

/** Longest list of record numbers in one line, as in the contract. */
const RECORDS_MAX = 50;

export interface Found {
  /** null = there is no evidence. */
  readonly figure: number | null;
  readonly unit: string;
  readonly because: Text;
  readonly records: readonly number[];
}
export type Finder<Case> = (file: Case) => Found;

export const t = (zh: string, en: string): Text => ({ zh, en });
export const numbersOf = (records: readonly (number | null | undefined)[]): number[] => [...new Set(records.filter((n): n is number => n !== null && n !== undefined && n > 0))].sort((a, b) => a - b).slice(0, RECORDS_MAX);
const hundredths = (value: number): number => Math.round(value * 100) / 100;

export function itemOf(item: ScoreItemId, { figure, unit, because, records }: Found, { weights, marks }: Scoring): ScoreItem {
  const { full, none } = marks[item];
  const weight = weights[item];
  const points = figure === null ? 0 : hundredths(weight * shareOf(figure, { full, none }));
  return { item, figure: figure === null ? null : hundredths(figure), unit, full, none, weight, points: Math.min(weight, points), because: clipText(because), records: numbersOf(records) };
}

/** Nothing shows it: no figure. */
export const unseen = (unit: string, because: Text, records: readonly number[] = []): Found => ({ figure: null, unit, because, records });
