/**
 * A station's writer, to be killed or starved: appends without end, and says on stdout what was confirmed, one line each,
 * written before the next append begins. Started by the tests beside it: DIR [PAUSE_AFTER_FAILURE_MS [segments]]. With segments, a day
 * passes with every record, so that it rotates every few appends, and carries something over.
 */
import { writeSync } from 'node:fs';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';

const [dir = '', pauseMs = '0', segments = ''] = process.argv.slice(2);

/** What record n says is known from n alone, so that the reader can tell whether anything was changed or added. */
export function dataOf(n: number) {
  return { n, twice: n * 2, text: '退守'.repeat(n % 50) };
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function writeWithoutEnd(journal: Journal): Promise<void> {
  for (;;) {
    const first = journal.status().records + 1;
    const count = 1 + (first % 7);
    // A rotation puts records of its own before these: what they say is told by their number where they were appended.
    const entries = Array.from({ length: count }, (_, i) => ({ type: 'load', atMs: first + i, wallMs: first + i, by: null, data: dataOf(first + i) }));
    const appended = journal.append(entries);
    records = journal.status().records;
    if (appended.ok) for (const record of appended.records) say(`${String(record.n)} ${record.hash}`);
    else {
      say(`failed ${appended.problem.code} ${String(journal.status().records)}`);
      await new Promise((resume) => setTimeout(resume, Number(pauseMs)));
    }
  }
}

let records = 0;
const dayByDay = (): number => Date.UTC(2026, 0, 1) + records * 86_400_000;

if (import.meta.main) {
  const opened = openJournal({ dir, mode: 'OPERATION', nowMs: segments === '' ? () => Date.now() : dayByDay, checkpointEveryRecords: 20,
    ...(segments === '' ? {} : { carried: () => [{ type: 'carried', atMs: 1, wallMs: 1, by: null, data: '退守'.repeat(500) }] }) });
  if (!opened.ok) throw new Error(`${opened.problem.code}: ${opened.problem.message.en}`);
  ({ records } = opened.value.status());
  say('opened');
  await writeWithoutEnd(opened.value);
}
