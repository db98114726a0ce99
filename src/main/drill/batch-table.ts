/** The batch as a table for docs/benchmarks.md, with the command, the seed and the day that it is of. */
import type { BatchReport, ClauseFigures } from './batch.ts';

export const BATCH_BEGIN = '<!-- drill batch: begin (haven drill --batch N --seed S --write docs/benchmarks.md) -->';
export const BATCH_END = '<!-- drill batch: end -->';

const seconds = (value: number | null): string => (value === null ? '-' : String(Math.round(value)));

/** Tags, unless something else stands there. */
function toldBy({ byTag, byEyes, bySample }: ClauseFigures): string {
  const others = [...(byEyes > 0 ? [`eyes ${String(byEyes)}`] : []), ...(bySample > 0 ? [`sample ${String(bySample)}`] : [])];
  return others.length === 0 ? (byTag > 0 ? 'tags' : '-') : [...(byTag > 0 ? [`tags ${String(byTag)}`] : []), ...others].join(', ');
}

export function batchTable({ runs, clauses, falseAlarms }: BatchReport, command: string, day: string): string {
  const rows = clauses.map((each) => `| ${each.clause} | ${each.plant} | ${String(each.exercises)} | ${String(each.runs)} | ${seconds(each.detectMedianS)} | ${seconds(each.detect90S)} | ${toldBy(each)} | ${String(each.missed)} | ${String(each.unshown)} | ${String(each.lost)} | ${seconds(each.leadMedianS)} | ${seconds(each.leadWorstS)} |`);
  const calm = falseAlarms.map(({ plant, runs: controls, hours, conditions }) => `- ${plant}: ${String(controls)} runs without a fault, ${String(hours)} h of plant time with nothing wrong: ${conditions.length === 0 ? 'nothing was told' : conditions.map(({ id, count }) => `${id} ${String(count)} times`).join(', ')}.`);
  return [
    `\`${command}\`, ${day}: ${String(runs)} runs. Times in s of plant time.`, '',
    '| clause | plant | exercises | runs | told after, median | 90 % | told by | missed | not shown | margin lost | lead, median | lead, worst |', '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |', ...rows, '',
    'False alarms:', '', ...calm, '',
  ].join('\n');
}

/** The text with the table between its marks; null where it has none. */
export function writeBatchTable(text: string, table: string): string | null {
  const [begin, end] = [text.indexOf(BATCH_BEGIN), text.indexOf(BATCH_END)];
  return begin < 0 || end < begin ? null : `${text.slice(0, begin + BATCH_BEGIN.length)}\n${table}${text.slice(end)}`;
}
