/** How many facts a second become durable, one by one and in groups, beside the bare disk. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../domain/journal/record.ts';
import { openJournal } from '../journal/journal.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { figureOf } from './statistics.ts';

const ROUNDS = 5;
/** A round appends for so long, and its peer as long right after it. */
const ROUND_MS = 1_500;

export const journal: Benchmark = { name: 'journal', about: 'durable facts per second, one by one and by the hundred', needs: 'nothing', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  return [1, 100].map((size) => {
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      progress(`appends of ${size}: round ${round} of ${ROUNDS}`);
      const folder = join(dir, `journal-${size}-${round}`);
      ours.push(journalRate(folder, size));
      bare.push(bareRate(folder, size));
      rmSync(folder, { recursive: true, force: true });
    }
    return figureOf({ name: `journal/append-of-${size}`, unit: 'durable facts/s', values: ours, peer: { name: 'writeSync + fsync of the same text to a plain file', values: bare } });
  });
}

/** An alarm as the station records it: what the journal mostly holds. */
function entry(i: number): JournalEntry {
  const atMs = 1_790_000_000_000 + i;
  return {
    type: 'alarm.raised', atMs, wallMs: atMs, by: null,
    data: { id: 'W-A4.2(1)-LI-4108-LL-A', priority: 2, group: 'G-A4.2', firstOut: true, sourceMs: atMs - 180, input: 'LI-4108A', value: 14.25 + (i % 50) / 100, limit: 15 },
  };
}

const group = (from: number, size: number): JournalEntry[] => Array.from({ length: size }, (_, i) => entry(from + i));

function journalRate(folder: string, size: number): number {
  const opened = openJournal({ dir: folder, mode: 'TRAINING', nowMs: () => Date.now() });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const rate = rateOf(size, (from) => {
    const appended = opened.value.append(group(from, size));
    if (!appended.ok) throw new Error(appended.problem.message.en);
  });
  opened.value.close();
  return rate;
}

/** No chain, no hash, no index, no transaction: the least that a durable line can cost here. */
function bareRate(folder: string, size: number): number {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'bare.ndjson'), 'a');
  const rate = rateOf(size, (from) => {
    writeSync(file, group(from, size).map((each) => `${JSON.stringify(each)}\n`).join(''));
    fsyncSync(file);
  });
  closeSync(file);
  return rate;
}

function rateOf(size: number, append: (from: number) => void): number {
  const startMs = performance.now();
  let written = 0;
  while (performance.now() - startMs < ROUND_MS) {
    append(written);
    written += size;
  }
  return written / ((performance.now() - startMs) / 1_000);
}
