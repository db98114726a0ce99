/** A journal in segments on a real disk: rotation, reading over all, archives, crashes between two, keys, paper. REQ-JRN-18..25. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chainText } from '../../src/domain/journal/record.ts';
import { hashOf } from '../../src/main/journal/chaining.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { JournalOptions, OpenedJournal } from '../../src/main/journal/journal.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { verifyJournal } from '../../src/main/journal/verify.ts';

const MONTH_MS = 31 * 86_400_000;
/** Bigger than an empty database, so that a segment holds some tens of records. */
const SEGMENT_BYTES = 80_000;

let dir: string;
let nowMs: number;
let open: OpenedJournal[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-segments-'));
  nowMs = Date.UTC(2026, 0, 15);
  open = [];
});
afterEach(() => {
  for (const journal of open) journal.close();
  rmSync(dir, { recursive: true, force: true });
});

const attempt = (options: Partial<JournalOptions> = {}) => openJournal({ dir, mode: 'OPERATION', nowMs: () => nowMs, segmentMaxBytes: SEGMENT_BYTES, checkpointEveryRecords: 10, ...options });
function begin(options: Partial<JournalOptions> = {}): OpenedJournal {
  const opened = attempt(options);
  if (!opened.ok) throw new Error(`${opened.problem.code}: ${opened.problem.message.en}`);
  open.push(opened.value);
  return opened.value;
}
const entry = (i: number) => ({ type: 'alarm.raised', atMs: nowMs, wallMs: nowMs, by: null, data: { i, text: 'x'.repeat(1_000) } });
function append(journal: OpenedJournal, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const appended = journal.append([entry(i)]);
    if (!appended.ok) throw new Error(appended.problem.message.en);
  }
}
const files = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.sqlite')).sort();
const path = (name: string): string => join(dir, name);
const typesIn = (file: string): string[] => {
  const db = new DatabaseSync(path(file), { readOnly: true });
  const types = db.prepare('SELECT type FROM records ORDER BY n').all().map((row) => String(row['type']));
  db.close();
  return types;
};
/** Three sealed segments and an active one, closed. */
function fourSegments(): number {
  const journal = begin();
  while (journal.status().segment < 4) append(journal, 1);
  append(journal, 5);
  const { records } = journal.status();
  journal.close();
  return records;
}
/** As somebody would who knows SQLite: without the triggers. */
function tamper(file: string, sql: string): void {
  chmodSync(path(file), 0o600);
  const raw = new DatabaseSync(path(file));
  for (const { name } of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()) raw.exec(`DROP TRIGGER ${String(name)}`);
  raw.exec(sql);
  raw.close();
}
const rangeOf = (file: string): { first: number; last: number } => {
  const db = new DatabaseSync(path(file), { readOnly: true });
  const row = db.prepare('SELECT min(n) AS first, max(n) AS last FROM records').get();
  db.close();
  return { first: Number(row?.['first']), last: Number(row?.['last']) };
};

describe('REQ-JRN-18 rotation by size and by month, the chain going on', () => {
  test('by size: sealed files of about the size, read-only, without a write-ahead log; every record once, in order; all of it sound', () => {
    const journal = begin();
    append(journal, 200);
    const { records, segment, segmentStart, headHash } = journal.status();
    expect(segment).toBeGreaterThan(3);
    expect(files()).toEqual([...Array.from({ length: segment - 1 }, (_, i) => `journal-00000${String(i + 1)}.sqlite`), 'journal.sqlite']);
    for (const sealed of files().slice(0, -1)) {
      expect(statSync(path(sealed)).size).toBeLessThan(SEGMENT_BYTES * 2);
      expect(statSync(path(sealed)).mode & 0o777).toBe(0o400);
      for (const suffix of ['-wal', '-shm', '-journal']) expect(existsSync(`${path(sealed)}${suffix}`)).toBe(false);
    }
    const all = [...journal.records()];
    expect(all.map(({ n }) => n)).toEqual(Array.from({ length: records }, (_, i) => i + 1));
    expect(all.filter(({ type }) => type === 'alarm.raised')).toHaveLength(200);
    expect(all.at(-1)?.hash).toBe(headHash);
    expect(all[segmentStart - 1]).toMatchObject({ type: 'journal.continued', previousHash: all[segmentStart - 2]?.hash, data: { mode: 'OPERATION', segment, firstRecord: segmentStart, previousSegment: { file: `journal-00000${String(segment - 1)}.sqlite`, records: segmentStart - 1, headHash: all[segmentStart - 2]?.hash } } });
    // Over the border, in both directions.
    expect([...journal.records(segmentStart - 2)].slice(0, 4).map(({ n }) => n)).toEqual([segmentStart - 2, segmentStart - 1, segmentStart, segmentStart + 1]);
    expect(journal.tail(records).map(({ n }) => n)).toEqual(all.map(({ n }) => n));
    journal.close();
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records, detail: expect.stringContaining(`in ${String(segment)} segments`) as string });
    expect(verifyJournal(path('journal.sqlite'))).toMatchObject({ verdict: 'sound', records });
    expect([...readRecords(dir)].map(({ n }) => n)).toEqual(all.map(({ n }) => n));
    expect([...readRecords(path('journal.sqlite'))]).toHaveLength(records);
    // From anywhere on: in the midst of a segment, at a border, at the end, beyond it.
    for (const from of [1, 2, segmentStart - 1, segmentStart, segmentStart + 1, records, records + 1, records + 100]) expect([...readRecords(dir, from)].map(({ n }) => n)).toEqual(all.map(({ n }) => n).filter((n) => n >= from));
    const again = begin();
    expect(again.status()).toMatchObject({ records, segment, segmentStart });
    expect([...again.records()]).toEqual(all);
  });

  test('what had to wait for the disk is written in the next month, and no record stands before an earlier one', () => {
    const journal = begin({ carried: () => [{ type: 'state.carried', atMs: nowMs, wallMs: nowMs, by: null, data: { shape: 'x', part: 1, of: 1, text: '{}' } }] });
    append(journal, 2);
    const waited = entry(2);
    nowMs += MONTH_MS;
    expect(journal.append([waited])).toMatchObject({ ok: true });
    expect(journal.status().segment).toBe(2);
    expect(journal.append([entry(3)])).toMatchObject({ ok: true });
    // The month has turned once, though what came first in it was older.
    expect(journal.status().segment).toBe(2);
    const records = [...journal.records()];
    expect(records.map(({ type }) => type)).toEqual(['journal.genesis', 'alarm.raised', 'alarm.raised', 'journal.continued', 'state.carried', 'alarm.raised', 'alarm.raised']);
    const times = records.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((x, y) => x - y));
  });

  test('a state that cannot be told puts the rotation off and keeps no record out', () => {
    let isBroken = true;
    const journal = begin({ carried: () => { if (isBroken) throw new Error('broken invariant'); return []; } });
    append(journal, 2);
    nowMs += MONTH_MS;
    append(journal, 2);
    expect({ ok: journal.status().ok, segment: journal.status().segment, warning: journal.status().warning?.en }).toEqual({ ok: true, segment: 1, warning: expect.stringContaining('broken invariant') as string });
    isBroken = false;
    nowMs += 60_000;
    append(journal, 1);
    expect({ segment: journal.status().segment, warning: journal.status().warning }).toEqual({ segment: 2, warning: undefined });
  });

  test('by month of the station clock, UTC, at the first append in it; not by a calendar that steps back', () => {
    const journal = begin();
    append(journal, 3);
    nowMs += MONTH_MS;
    append(journal, 1);
    expect(typesIn('journal.sqlite')).toEqual(['journal.continued', 'alarm.raised']);
    nowMs -= 2 * MONTH_MS;
    append(journal, 1);
    expect([journal.status().segment, [...journal.records()].map(({ n }) => n)]).toEqual([2, [1, 2, 3, 4, 5, 6, 7]]);
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records: 7 });
  });

  test('a reader in the midst of it reads every record once, though files are sealed meanwhile; one in another connection only puts the rotation off', () => {
    const journal = begin();
    append(journal, 10);
    const read: number[] = [];
    for (const { n } of journal.records()) {
      read.push(n);
      if (n < 150) append(journal, 1);
    }
    expect(journal.status().segment).toBeGreaterThan(1);
    expect(read).toEqual(Array.from({ length: journal.status().records }, (_, i) => i + 1));

    const { segment } = journal.status();
    const reading = readRecords(dir);
    for (let next = reading.next(); next.done !== true && next.value.n <= journal.status().segmentStart;) next = reading.next();
    append(journal, 100);
    expect(journal.status()).toMatchObject({ ok: true, segment, warning: { en: expect.stringContaining('another program is reading') as string } });
    reading.return(undefined);
    nowMs += 10_000;
    append(journal, 1);
    expect(journal.status().segment).toBe(segment + 1);
    expect(journal.status()).not.toHaveProperty('warning');
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound' });
  });

  test('what is carried stands right behind the first record of a segment; "not now" puts the rotation off', () => {
    let mayCarry = false;
    const journal = begin({ carried: () => (mayCarry ? [{ type: 'state.carried', atMs: nowMs, wallMs: nowMs, by: null, data: 'all' }] : null) });
    append(journal, 100);
    expect(journal.status().segment).toBe(1);
    mayCarry = true;
    append(journal, 1);
    expect(typesIn('journal.sqlite')).toEqual(['journal.continued', 'state.carried', 'alarm.raised']);
    // However much is carried: a segment that holds nothing of its own is not followed by another.
    const big = begin({ dir: join(dir, 'big'), segmentMaxBytes: 1, carried: () => [{ type: 'state.carried', atMs: nowMs, wallMs: nowMs, by: null, data: 'x'.repeat(200_000) }] });
    append(big, 50);
    expect(big.status().segment).toBeLessThan(4);
  });

  test.each([
    ['no active file', () => { rmSync(path('journal.sqlite')); }],
    ['an empty one', () => { writeFileSync(path('journal.sqlite'), ''); }],
    ['one with tables and no record', () => { rmSync(path('journal.sqlite')); const db = new DatabaseSync(path('journal.sqlite')); db.exec('CREATE TABLE records (n INTEGER PRIMARY KEY CHECK (n >= 1), type TEXT NOT NULL, at_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, "by" TEXT, data TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT; CREATE TABLE checkpoints (records INTEGER PRIMARY KEY CHECK (records >= 1), head_hash TEXT NOT NULL, at_ms INTEGER NOT NULL, signature TEXT NOT NULL) STRICT'); db.close(); }],
  ])('killed between the sealing of one segment and the beginning of the next: %s; the next start goes on', (_what, leave) => {
    const journal = begin();
    append(journal, 20);
    journal.close();
    // As a kill leaves it: sealed and renamed, signed to its end, the next not begun.
    const { last } = rangeOf('journal.sqlite');
    renameSync(path('journal.sqlite'), path('journal-000001.sqlite'));
    writeFileSync(path('journal.sqlite'), '');
    leave();
    // Also before the next start: what is there is whole.
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records: last });
    expect([...readRecords(dir)]).toHaveLength(last);
    const again = begin();
    expect(again.status()).toMatchObject({ ok: true, segment: 2, segmentStart: last + 1, records: last + 1 });
    append(again, 1);
    expect([...again.records()]).toHaveLength(last + 2);
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records: last + 2 });
  });

  test('a removed active file is no such moment: more was signed for than the sealed ones hold', () => {
    fourSegments();
    rmSync(path('journal.sqlite'));
    const refused = attempt();
    expect(refused).toMatchObject({ ok: false, problem: { code: 'truncated' } });
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'truncated' });
  });

  test('a file that stands where a segment is to be sealed: recording goes on in the old one and says so', () => {
    const journal = begin();
    mkdirSync(path('journal-000001.sqlite'));
    append(journal, 100);
    expect(journal.status()).toMatchObject({ ok: true, segment: 1, records: 101, warning: { en: expect.stringContaining('is there already') as string } });
    rmSync(path('journal-000001.sqlite'), { recursive: true });
    nowMs += 10_000;
    append(journal, 1);
    expect(journal.status().segment).toBe(2);
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records: 103 });
  });
});

describe('REQ-JRN-19 a segment in an archive', () => {
  test('the station opens and goes on; whoever asks for its records is told which file is missing', () => {
    const records = fourSegments();
    const second = rangeOf('journal-000002.sqlite');
    rmSync(path('journal-000001.sqlite'));
    rmSync(path('journal-000002.sqlite'));
    const journal = begin();
    append(journal, 1);
    expect([...journal.records(second.last + 1)].map(({ n }) => n).at(-1)).toBe(records + 1);
    expect(() => [...journal.records(second.first)]).toThrow(/journal-000002\.sqlite, which is not in the journal's folder/u);
    expect(() => [...journal.records()]).toThrow(/journal-000002\.sqlite/u);
    journal.close();
    expect(() => [...readRecords(dir)]).toThrow(`records 1 to ${String(second.last)} are missing: journal-000002.sqlite is not in the folder`);
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'truncated', firstBad: 1, missing: ['journal-000001.sqlite', 'journal-000002.sqlite'], records: records + 1 - second.last });
    expect(verifyJournal(dir, { fromSegment: 3 })).toMatchObject({ verdict: 'sound', records: records + 1 - second.last, detail: expect.stringContaining(`records ${String(second.last + 1)} to`) as string });
  });

  test('one sealed segment is read and verified alone, wherever it lies, read-only', () => {
    fourSegments();
    const { first, last } = rangeOf('journal-000002.sqlite');
    const archive = join(dir, 'archive');
    mkdirSync(archive);
    for (const name of ['journal-000002.sqlite', 'checkpoints.ndjson']) copyFileSync(path(name), join(archive, name));
    chmodSync(archive, 0o500);
    const file = join(archive, 'journal-000002.sqlite');
    expect([...readRecords(file)].map(({ n }) => n)).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i));
    expect(verifyJournal(file)).toMatchObject({ verdict: 'sound', records: last - first + 1 });
    expect(readdirSync(archive).sort()).toEqual(['checkpoints.ndjson', 'journal-000002.sqlite']);
    chmodSync(archive, 0o700);
  });
});

describe('REQ-JRN-20 what was done to segments, and where', () => {
  test.each<[string, (range: { first: number; last: number }) => void, (range: { first: number; last: number }) => object]>([
    ['a record of a sealed segment updated without its trigger', ({ first }) => tamper('journal-000002.sqlite', `UPDATE records SET data = '1' WHERE n = ${String(first + 3)}`), ({ first }) => ({ verdict: 'altered', firstBad: first + 3 })],
    ['a sealed segment removed from the middle', () => rmSync(path('journal-000002.sqlite')), ({ first }) => ({ verdict: 'truncated', firstBad: first, missing: ['journal-000002.sqlite'] })],
    ['a sealed segment cut off', ({ last }) => tamper('journal-000002.sqlite', `DELETE FROM records WHERE n > ${String(last - 2)}`), ({ last }) => ({ verdict: 'altered', firstBad: last - 1 })],
    ['two segments exchanged', () => { renameSync(path('journal-000002.sqlite'), path('x')); renameSync(path('journal-000003.sqlite'), path('journal-000002.sqlite')); renameSync(path('x'), path('journal-000003.sqlite')); }, ({ first }) => ({ verdict: 'altered', firstBad: first })],
    ['a record appended to a sealed segment, well chained', ({ last }) => tamper('journal-000002.sqlite', `INSERT INTO records SELECT ${String(last + 1)}, type, at_ms, wall_ms, "by", data, hash, hash FROM records WHERE n = ${String(last)}`), ({ last }) => ({ verdict: 'altered', firstBad: last + 1 })],
    ['torn pages in a sealed segment', () => { chmodSync(path('journal-000002.sqlite'), 0o600); const bytes = readFileSync(path('journal-000002.sqlite')); writeFileSync(path('journal-000002.sqlite'), Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 7)])); }, () => ({ verdict: 'unreadable' })],
  ])('%s', (_what, spoil, expected) => {
    fourSegments();
    const range = rangeOf('journal-000002.sqlite');
    spoil(range);
    expect(verifyJournal(dir)).toMatchObject(expected(range));
  });

  test('a segment of another journal in its place', () => {
    fourSegments();
    const range = rangeOf('journal-000002.sqlite');
    const elsewhere = mkdtempSync(join(tmpdir(), 'haven-segments-'));
    const other = begin({ dir: elsewhere });
    while (other.status().segment < 3) append(other, 1);
    other.close();
    rmSync(path('journal-000002.sqlite'));
    copyFileSync(join(elsewhere, 'journal-000002.sqlite'), path('journal-000002.sqlite'));
    rmSync(elsewhere, { recursive: true });
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'altered', firstBad: range.first, detail: expect.stringContaining('is of another journal') as string });
    // The newest sealed one is looked at when the station starts, too.
    copyFileSync(path('journal-000002.sqlite'), path('y'));
    rmSync(path('journal-000003.sqlite'));
    renameSync(path('y'), path('journal-000003.sqlite'));
    expect(attempt()).toMatchObject({ ok: false, problem: { code: 'damaged' } });
  });

  test('a torn last page of the active file, which is where a dying disk tears: unreadable or named, and not gone on with', () => {
    fourSegments();
    const bytes = readFileSync(path('journal.sqlite'));
    writeFileSync(path('journal.sqlite'), Buffer.concat([bytes.subarray(0, bytes.length - 4_096), Buffer.alloc(4_096, 7)]));
    const { verdict } = verifyJournal(dir);
    // The page held records, or the checkpoints: whatever it was, it does not pass for sound.
    expect(['altered', 'truncated', 'unreadable', 'rewritten']).toContain(verdict);
  });

  test('memory does not grow with the records: nothing is kept of one that was walked', { timeout: 120_000 }, () => {
    const journal = begin({ segmentMaxBytes: 8_000_000, checkpointEveryRecords: 500 });
    for (let i = 0; i < 60; i += 1) journal.append(Array.from({ length: 1_000 }, (_, k) => ({ type: 'load', atMs: 1, wallMs: 1, by: null, data: k })));
    journal.close();
    // With a heap in which the hashes alone of so many records, as strings in a list, and their garbage would be felt.
    const script = `import { verifyJournal } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/journal/verify.ts'))};
      const verdict = verifyJournal(process.argv[1]); globalThis.gc(); process.stdout.write(JSON.stringify({ ...verdict, heap: process.memoryUsage().heapUsed }));`;
    const run = (target: string) => JSON.parse(spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, target], { encoding: 'utf8' }).stdout) as { verdict: string; records: number; heap: number };
    const small = begin({ dir: join(dir, 'small') });
    append(small, 5);
    small.close();
    const [little, much] = [run(join(dir, 'small')), run(dir)];
    expect([little.verdict, much.verdict, much.records > 60_000]).toEqual(['sound', 'sound', true]);
    expect(much.heap - little.heap).toBeLessThan(3_000_000);
  });
});

describe('REQ-JRN-23 the key is rotated on record', () => {
  const keysIn = (): string[] => readdirSync(join(dir, 'keys')).sort();
  const cli = (...args: string[]) => spawnSync(process.execPath, [join(import.meta.dirname, '../../src/main/cli.ts'), 'journal', ...args], { encoding: 'utf8' });

  test('signed by the old and the new; checkpoints after it are the new key\'s; the old private key is gone; verify follows over segments', () => {
    const journal = begin();
    append(journal, 5);
    const old = readFileSync(join(dir, 'keys/journal-ed25519.pem'), 'utf8');
    const rotated = journal.rotateKey({ reason: 'the shift engineer has left', by: null });
    expect(rotated).toMatchObject({ ok: true });
    expect(readFileSync(join(dir, 'keys/journal-ed25519.pem'), 'utf8')).not.toBe(old);
    expect([keysIn(), statSync(join(dir, 'keys/journal-ed25519.pem')).mode & 0o777]).toEqual([['journal-ed25519.pem'], 0o600]);
    expect(journal.tail(1)[0]).toMatchObject({ n: 7, type: 'journal.key-rotated', data: { reason: 'the shift engineer has left' } });
    while (journal.status().segment < 3) append(journal, 1);
    const { records } = journal.status();
    journal.close();
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records });
    const first = [...readRecords(dir)][0]?.data as { publicKey: string };
    expect(verifyJournal(dir, { publicKey: first.publicKey })).toMatchObject({ verdict: 'sound' });
    expect(verifyJournal(dir, { publicKey: rotated.ok ? rotated.value.newPublicKey : '' })).toMatchObject({ verdict: 'sound' });
    expect(verifyJournal(path('journal-000002.sqlite'))).toMatchObject({ verdict: 'sound' });
    begin();
  });

  test('rotated twice in one segment, started again in between: the key in force is found among its records', () => {
    for (const reason of ['one', 'two']) {
      const journal = begin();
      append(journal, 3);
      expect(journal.rotateKey({ reason, by: null, ...(reason === 'two' ? { keepAs: 'retired.pem' } : {}) }).ok).toBe(true);
      append(journal, 3);
      journal.close();
    }
    expect(keysIn()).toEqual(['journal-ed25519.pem', 'retired.pem']);
    append(begin(), 1);
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound', records: 16 });
  });

  test('a rotation that the old key has not signed is a rewriting at that record', () => {
    const journal = begin();
    append(journal, 3);
    journal.rotateKey({ reason: 'r', by: null });
    journal.close();
    // Somebody without the old key puts another in force, and chains and signs all that follows as it should be: here the reason is another.
    const alone = mkdtempSync(join(tmpdir(), 'haven-segments-'));
    const other = begin({ dir: alone });
    append(other, 3);
    other.rotateKey({ reason: 'r', by: null });
    other.close();
    const db = new DatabaseSync(join(alone, 'journal.sqlite'), { readOnly: true });
    const foreign = JSON.parse(String(db.prepare('SELECT data FROM records WHERE n = 5').get()?.['data'])) as Record<string, string>;
    db.close();
    rmSync(alone, { recursive: true });
    rewriteLast((data) => ({ ...data, newPublicKey: foreign['newPublicKey'], signatureByNew: foreign['signatureByNew'] }));
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'rewritten', firstBad: 5 });
  });

  /** Changes the data of record 5 and gives it the hash that fits. */
  function rewriteLast(change: (data: Record<string, unknown>) => Record<string, unknown>): void {
    const raw = new DatabaseSync(path('journal.sqlite'));
    const row = raw.prepare('SELECT * FROM records WHERE n = 5').get() ?? {};
    raw.close();
    const changed = change(JSON.parse(String(row['data'])) as Record<string, unknown>);
    const dataText = `{${Object.keys(changed).sort().map((key) => `${JSON.stringify(key)}:${JSON.stringify(changed[key])}`).join(',')}}`;
    const hash = hashOf(chainText({ n: 5, type: String(row['type']), atMs: Number(row['at_ms']), wallMs: Number(row['wall_ms']), by: null, previousHash: String(row['previous_hash']) }, dataText));
    tamper('journal.sqlite', `UPDATE records SET data = '${dataText}', hash = '${hash}' WHERE n = 5`);
  }

  test.each([
    ['before the record', 'the old key goes on, the other was never in force'],
    ['after the record', 'the new key is in force, and takes its place'],
  ])('killed %s: %s', (when) => {
    const journal = begin();
    append(journal, 3);
    const keep = join(dir, 'kept');
    cpSync(join(dir, 'keys'), keep, { recursive: true });
    if (when === 'after the record') {
      journal.rotateKey({ reason: 'r', by: null });
      journal.close();
      renameSync(join(dir, 'keys/journal-ed25519.pem'), join(dir, 'keys/journal-ed25519.pem.next'));
      copyFileSync(join(keep, 'journal-ed25519.pem'), join(dir, 'keys/journal-ed25519.pem'));
    } else {
      journal.close();
      const elsewhere = mkdtempSync(join(tmpdir(), 'haven-segments-'));
      begin({ dir: elsewhere }).close();
      copyFileSync(join(elsewhere, 'keys/journal-ed25519.pem'), join(dir, 'keys/journal-ed25519.pem.next'));
      rmSync(elsewhere, { recursive: true });
    }
    const again = begin();
    append(again, 1);
    again.close();
    expect(keysIn()).toEqual(['journal-ed25519.pem']);
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound' });
  });

  test('`haven journal rotate-key`: with the station stopped, refused while it runs; the reason is asked for', () => {
    const journal = begin();
    append(journal, 3);
    const held = cli('rotate-key', dir, '--reason', 'yearly');
    expect([held.status, held.stderr]).toEqual([2, expect.stringContaining(`process ${String(process.pid)}`)]);
    journal.close();
    expect(cli('rotate-key', dir).status).toBe(2);
    expect(cli('rotate-key', dir, '--reason', 'yearly')).toMatchObject({ status: 0, stdout: expect.stringContaining('record 5') as string });
    expect(cli('rotate-key', dir, '--reason', 'again', '--keep-old')).toMatchObject({ status: 0, stdout: expect.stringContaining('retired-') as string });
    expect(keysIn()).toEqual(['journal-ed25519.pem', expect.stringMatching(/^retired-/u)]);
    expect(statSync(join(dir, 'keys', keysIn()[1] ?? '')).mode & 0o777).toBe(0o600);
    expect(cli('verify', dir)).toMatchObject({ status: 0 });
    expect(cli('rotate-key', join(dir, 'keys'), '--reason', 'r').status).toBe(2);
  });

  test('a key that others could read is said to be so, and closed', () => {
    begin().close();
    chmodSync(join(dir, 'keys/journal-ed25519.pem'), 0o644);
    const journal = begin();
    expect(journal.status().warning?.en).toContain('could read the signing key');
    expect(statSync(join(dir, 'keys/journal-ed25519.pem')).mode & 0o777).toBe(0o600);
  });
});

describe('REQ-JRN-24 checkpoints on paper', () => {
  const LINE = /^HAVEN OPERATION 2026-01-15T00:00:00\.000Z n=\d+ head (?:[0-9a-f]{8} ?){8} sig \S/u;
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resume) => setTimeout(resume, 5));
  }
  const listen = (server: Server, port = 0): Promise<number> => new Promise((resolve) => server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  }));

  test('a network printer gets one short line each; while it is off the journal goes on and says so; then what was missed is printed', async () => {
    let printed = '';
    const printer = (): Server => createServer((socket) => { socket.setEncoding('latin1').on('data', (text: string) => { printed += text; }).on('end', () => socket.end()); });
    const first = printer();
    const port = await listen(first);
    const journal = begin({ copyDir: `printer:127.0.0.1:${String(port)}`, checkpointEveryRecords: 1 });
    await until(() => printed.endsWith('\r\n'));
    expect(printed).toMatch(LINE);
    expect(printed.trimEnd().length).toBeLessThan(260);
    await new Promise((closed) => first.close(closed));

    append(journal, 3);
    await until(() => journal.status().warning !== undefined);
    expect(journal.status()).toMatchObject({ ok: true, records: 4, warning: { en: expect.stringContaining('printer:127.0.0.1') as string } });
    const second = printer();
    await listen(second, port);
    await until(() => { append(journal, 1); return journal.status().warning === undefined; });
    await until(() => new RegExp(`n=${String(journal.status().records)} `, 'u').test(printed) || (append(journal, 1), false));
    const numbers = [...printed.matchAll(/ n=(\d+) /gu)].map((m) => Number(m[1]));
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1));
    await new Promise((closed) => { second.close(closed); });
  }, 60_000);

  test('a printer that takes the connection and never answers holds up no append and no close', async () => {
    const server = createServer(() => undefined);
    const port = await listen(server);
    const journal = begin({ copyDir: `printer:127.0.0.1:${String(port)}`, checkpointEveryRecords: 1 });
    append(journal, 50);
    expect(journal.status()).toMatchObject({ ok: true, warning: { en: expect.stringContaining('has not been printed yet') as string } });
    journal.close();
    server.close();
  });

  test.skipIf(process.platform === 'win32')('a FIFO that nobody reads: shown, never waited for; with a reader the line comes', async () => {
    const fifo = join(dir, 'lp0');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    const journal = begin({ copyDir: `printer:${fifo}`, checkpointEveryRecords: 1 });
    await until(() => journal.status().warning !== undefined);
    append(journal, 5);
    expect(journal.status()).toMatchObject({ ok: true, records: 6 });
    // Open for both, so that it does not end with the first line.
    const reader = spawn('bash', ['-c', 'exec 3<>"$0"; exec cat <&3', fifo]);
    let printed = '';
    reader.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await until(() => { append(journal, 1); return printed.includes('\n'); });
    expect(printed).toMatch(LINE);
    await until(() => { append(journal, 1); return journal.status().warning === undefined; });
    reader.kill();
  }, 60_000);
});
