/** Figures for a person: one line each, columns aligned. */
import type { Figure } from './benchmark.ts';

const HEAD = ['benchmark', 'figure', 'range', 'unit', 'ratio', 'peer figure', 'peer'] as const;
/** Columns of numbers stand to the right. */
const TO_THE_RIGHT = new Set<number>([1, 2, 4, 5]);

export function table(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, TO_THE_RIGHT.has(column))).join('  ').trimEnd()).map((line) => `${line}\n`).join('');
}

function cellsOf(figure: Figure): string[] {
  const range = figure.runs > 1 ? `${number(figure.low)} to ${number(figure.high)}` : '-';
  return [figure.name, number(figure.figure), range, figure.unit, figure.ratio === null ? '-' : `${number(figure.ratio)}x`, figure.peerFigure === null ? '-' : number(figure.peerFigure), figure.peer ?? '-'];
}

function pad(cell: string, width: number, toTheRight: boolean): string {
  return toTheRight ? cell.padStart(width) : cell.padEnd(width);
}

/** 1234567 -> 1,234,567; small numbers keep their digits. */
export function number(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
