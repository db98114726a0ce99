/** The batch as a table for docs/benchmarks.md, with the command, the seed and the day that it is of. */
import type { BatchReport } from './batch.ts';

export const BATCH_BEGIN = '<!-- drill batch: begin (haven drill --batch N --seed S --write docs/benchmarks.md) -->';
export const BATCH_END = '<!-- drill batch: end -->';

const seconds = (value: number | null): string => (value === null ? '-' : String(Math.round(value)));

export function batchTable({ runs, clauses, falseAlarms }: BatchReport, command: string, day: string): string {
  const rows = clauses.map((each) => `| ${each.clause} | ${each.plant} | ${String(each.runs)} | ${seconds(each.detectMedianS)} | ${seconds(each.detect90S)} | ${String(each.missed)} | ${String(each.unshown)} | ${String(each.lost)} | ${seconds(each.leadMedianS)} | ${seconds(each.leadWorstS)} |`);
  const calm = falseAlarms.map(({ plant, runs: controls, hours, conditions }) => `- ${plant}: ${String(controls)} runs without a fault, ${String(hours)} h of plant time with nothing wrong: ${conditions.length === 0 ? 'nothing was told' : conditions.map(({ id, count }) => `${id} ${String(count)} times`).join(', ')}.`);
  return [
    `\`${command}\`, ${day}: ${String(runs)} runs. Times in s of plant time.`, '',
    '| clause | plant | runs | detected after, median | 90 % | missed | not shown | margin lost | lead, median | lead, worst |', '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |', ...rows, '',
    'False alarms:', '', ...calm, '',
  ].join('\n');
}

/** The text with the table between its marks; null where it has none. */
export function writeBatchTable(text: string, table: string): string | null {
  const [begin, end] = [text.indexOf(BATCH_BEGIN), text.indexOf(BATCH_END)];
  return begin < 0 || end < begin ? null : `${text.slice(0, begin + BATCH_BEGIN.length)}\n${table}${text.slice(end)}`;
}
