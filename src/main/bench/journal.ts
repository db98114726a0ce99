/** How many facts a second become durable, one by one and in groups, beside the bare disk. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../domain/journal/record.ts';
import { openJournal } from '../journal/journal.ts';
import { verifyJournal } from '../journal/verify.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { figureOf } from './statistics.ts';

const ROUNDS = 5;
/** A round appends for so long, and its peer as long right after it. */
const ROUND_MS = 1_500;
/** Enough that one check takes seconds. */
const VERIFIED_RECORDS = 100_000;

export const journal: Benchmark = { name: 'journal', about: 'durable facts per second, one by one and by the hundred; checking them', needs: 'nothing', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const appends = [1, 100].map((size) => {
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
  progress(`verifying ${VERIFIED_RECORDS} records`);
  return [...appends, ...verifyFigures(join(dir, 'verify'))];
}

/** No peer: nothing comparable checks a chain of this form. */
function verifyFigures(folder: string): Figure[] {
  const opened = openJournal({ dir: folder, mode: 'TRAINING', nowMs: () => Date.now() });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const journal = opened.value;
  for (let from = 0; from < VERIFIED_RECORDS; from += 1_000) {
    const appended = journal.append(group(from, 1_000));
    if (!appended.ok) throw new Error(appended.problem.message.en);
  }
  const { records, path } = journal.status();
  journal.close();
  const perMillionS = Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now();
    const { verdict } = verifyJournal(folder);
    if (verdict !== 'sound') throw new Error(`the journal is ${verdict}`);
    return (performance.now() - startMs) / 1_000 / (records / 1_000_000);
  });
  const size = statSync(path).size / records;
  rmSync(folder, { recursive: true, force: true });
  return [figureOf({ name: 'journal/verify', unit: 's per million records', values: perMillionS }), figureOf({ name: 'journal/size', unit: 'bytes per record', values: [size] })];
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
