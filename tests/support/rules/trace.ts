/** A recorded trace of a plant, made from a story: its normal values, and what changes at which second. Wide CSV, every tag in every row. */
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import type { Values } from './plant-story.ts';

export type Changes = readonly (readonly [second: number, values: Values])[];

/** Rows every so many seconds and wherever something changes; the last at `untilS`. */
export function traceOf(normal: Values, changes: Changes, { untilS, everyS = 5 }: { readonly untilS: number; readonly everyS?: number }): string {
  const columns = [...new Set([...Object.keys(normal), ...changes.flatMap(([, values]) => Object.keys(values))])];
  const times = [...new Set([...Array.from({ length: Math.floor(untilS / everyS) + 1 }, (_, i) => i * everyS), ...changes.map(([second]) => second), untilS])].sort((a, b) => a - b);
  const values = new Map<string, SampleValue>(Object.entries(normal));
  const rows = times.map((time) => {
    for (const [second, set] of changes) if (second === time) for (const [tag, value] of Object.entries(set)) values.set(tag, value);
    return [time, ...columns.map((tag) => String(values.get(tag) ?? ''))].join(',');
  });
  return `${['time', ...columns].join(',')}\n${rows.join('\n')}\n`;
}
