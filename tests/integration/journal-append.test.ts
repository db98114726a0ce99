/** The journal on a real disk: what it writes, what it refuses, who may open it. REQ-JRN, docs/design/journal.md. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPEND_MAX_ENTRIES, DATA_MAX_LENGTH, NO_HASH } from '../../src/domain/journal/record.ts';
import type { JournalEntry, SignedCheckpoint } from '../../src/domain/journal/record.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal, JournalOptions } from '../../src/main/journal/journal.ts';
import { hashOf } from '../../src/main/journal/chaining.ts';
import { canonical, verifyJournal, verifyJournalInSlices } from '../../src/main/journal/verify.ts';

let dir: string;
let nowMs: number;
let open: Journal[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-journal-'));
  nowMs = 1_000_000;
  open = [];
});
afterEach(() => {
  for (const journal of open) journal.close();
  rmSync(dir, { recursive: true, force: true });
});

const file = () => join(dir, 'journal.sqlite');
const mirrorFile = () => join(dir, 'checkpoints.ndjson');
const attempt = (options: Partial<JournalOptions> = {}) => openJournal({ dir, mode: 'OPERATION', nowMs: () => nowMs, ...options });

function begin(options: Partial<JournalOptions> = {}): Journal {
  const opened = attempt(options);
  if (!opened.ok) throw new Error(opened.problem.message.en);
  open.push(opened.value);
  return opened.value;
}

function refusalOf(options: Partial<JournalOptions> = {}): { code: string; en: string } {
  const opened = attempt(options);
  if (opened.ok) {
    opened.value.close();
    throw new Error('was not refused');
  }
  return { code: opened.problem.code, en: opened.problem.message.en };
}

function entry(i: number, rest: Partial<JournalEntry> = {}): JournalEntry {
  return { type: 'alarm.raised', atMs: 1_000 + i, wallMs: 2_000 + i, by: null, data: { tag: 'TI-2101', value: i / 3, title: '反应釜温度高高限' }, ...rest };
}
const entries = (count: number) => Array.from({ length: count }, (_, i) => entry(i));
const checkpointsIn = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as SignedCheckpoint);
const recordsOf = (journal: Journal) => [...journal.records()];
/** Waits for something that has to come true; the test's own time limit is the only one. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resume) => setTimeout(resume, 5));
}

describe('append', () => {
  test('REQ-JRN-01 what was appended is there for another reader at once, and after a restart', () => {
    const journal = begin();
    const first = journal.append([entry(0, { by: '操作员 01' }), entry(1)]);
    expect(first).toMatchObject({ ok: true, records: [{ n: 2, by: '操作员 01', data: { tag: 'TI-2101', value: 0 } }, { n: 3, by: null }] });

    // Another connection, as another program has one.
    const reader = new DatabaseSync(file(), { readOnly: true });
    expect(reader.prepare('SELECT n, type, at_ms, wall_ms, "by" FROM records WHERE n > 1').all().map((row) => ({ ...row }))).toEqual([
      { n: 2, type: 'alarm.raised', at_ms: 1_000, wall_ms: 2_000, by: '操作员 01' },
      { n: 3, type: 'alarm.raised', at_ms: 1_001, wall_ms: 2_001, by: null },
    ]);
    reader.close();

    const before = recordsOf(journal);
    journal.close();
    const again = begin();
    expect(recordsOf(again)).toEqual(before);
    expect(again.append([entry(2)])).toMatchObject({ ok: true, records: [{ n: 4, previousHash: before.at(-1)?.hash }] });
    expect(verifyJournal(file())).toMatchObject({ verdict: 'sound', records: 4 });
  });

  test.skipIf(spawnSync('strace', ['-V']).status !== 0)('REQ-JRN-01 synchronous=FULL and the write-ahead log are really on', () => {
    begin();
    const reader = new DatabaseSync(file());
    expect(reader.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    reader.close();
    // The level belongs to the connection and cannot be asked from outside: the system calls tell.
    const script = `import { openJournal } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/journal/journal.ts'))};
      const opened = openJournal({ dir: process.argv[1], mode: 'OPERATION', nowMs: () => 1 });
      if (!opened.ok) throw new Error(opened.problem.message.en);
      process.stderr.write('BEGIN APPENDS\\n');
      for (let i = 0; i < 20; i += 1) opened.value.append([{ type: 't', atMs: i, wallMs: i, by: null, data: i }]);
      process.stderr.write('END APPENDS\\n');`;
    const traced = spawnSync('strace', ['-f', '-e', 'trace=fsync,fdatasync,write', '-s', '40', process.execPath, '--input-type=module', '-e', script, join(dir, 'traced')], { encoding: 'utf8', maxBuffer: 1e8 });
    const between = traced.stderr.slice(traced.stderr.lastIndexOf('"BEGIN APPENDS'), traced.stderr.lastIndexOf('"END APPENDS'));
    expect(between.match(/f(data)?sync\(/gu)?.length).toBeGreaterThanOrEqual(20);
  });

  test('REQ-JRN-02 each record carries the hash of the one before it, from the genesis record on', () => {
    const journal = begin();
    journal.append(entries(5));
    let previousHash = NO_HASH;
    for (const { hash, ...record } of recordsOf(journal)) {
      expect(record.previousHash).toBe(previousHash);
      expect(hash).toBe(hashOf(canonical(record) ?? ''));
      previousHash = hash;
    }
    expect(recordsOf(journal)[0]).toMatchObject({ n: 1, type: 'journal.genesis', atMs: 1_000_000, data: { format: 'haven-journal/1', mode: 'OPERATION' } });
    expect(journal.status()).toMatchObject({ ok: true, records: 6, headHash: previousHash, path: file() });
  });

  test.each<[string, Partial<JournalEntry>]>([
    ['NaN in its data', { data: { value: Number.NaN } }],
    ['a time that is no whole number', { atMs: 1.5 }],
    ['a time before the epoch', { wallMs: -1 }],
    ['a type with a space', { type: 'alarm raised' }],
    ['no type', { type: '' }],
    ['a name with a line break', { by: 'op1\nop2' }],
    ['an endless name', { by: 'x'.repeat(81) }],
    ['endless data', { data: 'x'.repeat(DATA_MAX_LENGTH) }],
  ])('REQ-JRN-03 an entry with %s is refused, and with it the whole append', (_what, wrong) => {
    const journal = begin();
    expect(journal.append([entry(0), entry(1, wrong), entry(2)])).toMatchObject({ ok: false, problem: { code: 'bad-entry' } });
    expect(journal.status()).toMatchObject({ ok: true, records: 1 });
    expect(journal.append([entry(0)])).toMatchObject({ ok: true, records: [{ n: 2 }] });
  });

  test('REQ-JRN-03 limits: nothing is nothing, and not too much at once', () => {
    const journal = begin();
    expect(journal.append([])).toEqual({ ok: true, records: [] });
    expect(journal.append(entries(APPEND_MAX_ENTRIES + 1))).toMatchObject({ ok: false, problem: { code: 'bad-entry' } });
    expect(journal.append(entries(APPEND_MAX_ENTRIES))).toMatchObject({ ok: true });
    expect(journal.status().records).toBe(APPEND_MAX_ENTRIES + 1);
  });

  test('REQ-JRN-04 reading: from a record, the last ones, and while records are being added', () => {
    const journal = begin();
    journal.append(entries(1_499));
    expect([...journal.records(1_498)].map((r) => r.n)).toEqual([1_498, 1_499, 1_500]);
    expect(journal.tail(2).map((r) => r.n)).toEqual([1_499, 1_500]);
    expect(journal.tail(0)).toEqual([]);
    expect(journal.tail(99_999)).toHaveLength(1_500);
    let read = 0;
    for (const record of journal.records()) {
      read += 1;
      if (record.n === 700) expect(journal.append([entry(0)]).ok).toBe(true);
    }
    expect(read).toBe(1_501);
  });
});

describe('what is written stays', () => {
  test.each([
    ['update of a record', "UPDATE records SET data = '{}' WHERE n = 2", 'a journal record is never changed'],
    ['removal of a record', 'DELETE FROM records WHERE n = 2', 'a journal record is never removed'],
    ['removal of all records', 'DELETE FROM records', 'a journal record is never removed'],
    ['replacing a record', "INSERT OR REPLACE INTO records SELECT n, type, at_ms, wall_ms, 'me', data, previous_hash, hash FROM records WHERE n = 2", 'only goes to the end'],
    ['a record out of order', "INSERT INTO records SELECT 99, type, at_ms, wall_ms, 'me', data, previous_hash, hash FROM records WHERE n = 2", 'only goes to the end'],
    ['update of a checkpoint', 'UPDATE checkpoints SET records = 7', 'a checkpoint is never changed'],
    ['removal of a checkpoint', 'DELETE FROM checkpoints', 'a checkpoint is never removed'],
    ['another type of value', "INSERT INTO records SELECT 4, type, 'soon', wall_ms, \"by\", data, previous_hash, hash FROM records WHERE n = 2", 'cannot store TEXT value in INTEGER column'],
  ])('REQ-JRN-05 the database refuses: %s', (_what, sql, words) => {
    const journal = begin();
    journal.append(entries(2));
    journal.close();
    const raw = new DatabaseSync(file());
    expect(() => raw.exec(sql)).toThrow(words);
    raw.close();
    expect(verifyJournal(file())).toMatchObject({ verdict: 'sound', records: 3 });
  });
});

describe('one journal, one station, one mode, one key', () => {
  test('REQ-JRN-06 a second opener is told which process has it, in this process and in another', () => {
    const journal = begin();
    const sentence = `Another station (process ${String(process.pid)}) has this journal open. Stop it first, or give this station a data folder of its own.`;
    expect(refusalOf()).toEqual({ code: 'locked', en: sentence });
    const script = `import { openJournal } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/journal/journal.ts'))};
      const opened = openJournal({ dir: process.argv[1], mode: 'OPERATION', nowMs: () => 1 });
      process.stdout.write(opened.ok ? 'opened' : opened.problem.message.en);`;
    const other = () => spawnSync(process.execPath, ['--input-type=module', '-e', script, dir], { encoding: 'utf8' }).stdout;
    expect(other()).toBe(sentence);
    expect(journal.append([entry(0)]).ok).toBe(true);
    journal.close();
    expect(other()).toBe('opened');
  });

  test('REQ-JRN-06 a reader does not disturb the station, nor the station a reader', async () => {
    const journal = begin();
    journal.append(entries(1_000));
    const checking = verifyJournalInSlices(file());
    for (let i = 0; i < 20; i += 1) {
      expect(journal.append(entries(100)).ok).toBe(true);
      await new Promise((resume) => setImmediate(resume));
    }
    expect(await checking).toMatchObject({ verdict: 'sound' });
    expect(verifyJournal(file())).toMatchObject({ verdict: 'sound', records: 3_001 });
  });

  test('REQ-JRN-07 drills and reality are never mixed', () => {
    begin({ mode: 'TRAINING' }).close();
    expect(refusalOf({ mode: 'OPERATION' })).toMatchObject({ code: 'wrong-mode', en: expect.stringContaining('journal of TRAINING') as string });
    begin({ mode: 'TRAINING' });
  });

  test('REQ-JRN-08 the key is made once, for the station alone, and its public half stands in the genesis record', () => {
    const journal = begin();
    const keyFile = join(dir, 'keys/journal-ed25519.pem');
    expect(readdirSync(join(dir, 'keys'))).toEqual(['journal-ed25519.pem']);
    expect([statSync(keyFile).mode & 0o777, statSync(join(dir, 'keys')).mode & 0o777, statSync(file()).mode & 0o777]).toEqual([0o600, 0o700, 0o600]);
    const pem = readFileSync(keyFile, 'utf8');
    journal.close();
    begin().close();
    expect(readFileSync(keyFile, 'utf8')).toBe(pem);
  });

  test('REQ-JRN-08 without its key, or with another, a journal is not gone on with', () => {
    begin().close();
    const keys = join(dir, 'keys');
    rmSync(keys, { recursive: true });
    expect(refusalOf().code).toBe('key-missing');
    const other = mkdtempSync(join(tmpdir(), 'haven-journal-'));
    begin({ dir: other }).close();
    mkdirSync(keys);
    writeFileSync(join(keys, 'journal-ed25519.pem'), readFileSync(join(other, 'keys/journal-ed25519.pem')));
    expect(refusalOf().code).toBe('wrong-key');
    rmSync(other, { recursive: true });
  });
});

describe('checkpoints', () => {
  test('REQ-JRN-09 one at the beginning, one every so many records, one every so long, one at the end; all in both places', () => {
    const journal = begin({ checkpointEveryRecords: 10, checkpointEveryMs: 60_000 });
    for (let i = 0; i < 25; i += 1) journal.append([entry(i)]);
    expect(checkpointsIn(mirrorFile()).map((c) => c.records)).toEqual([1, 11, 21]);
    nowMs += 60_000;
    journal.append([entry(25)]);
    expect(journal.status().lastCheckpointMs).toBe(nowMs);
    journal.append([entry(26)]);
    journal.close();
    expect(checkpointsIn(mirrorFile()).map((c) => c.records)).toEqual([1, 11, 21, 27, 28]);
    const raw = new DatabaseSync(file(), { readOnly: true });
    const rows = raw.prepare('SELECT records, head_hash AS headHash, at_ms AS atMs, signature FROM checkpoints').all();
    raw.close();
    expect(checkpointsIn(mirrorFile())).toEqual(rows.map((row) => ({ ...row })));
  });

  test('REQ-JRN-09 a checkpoint can be asked for; without new records there is nothing to sign', () => {
    const journal = begin();
    journal.append(entries(3));
    expect(journal.checkpoint()).toEqual({ ok: true, value: null });
    expect(journal.checkpoint()).toEqual({ ok: true, value: null });
    expect(checkpointsIn(mirrorFile()).map((c) => c.records)).toEqual([1, 4]);
  });

  test('REQ-JRN-09 the last records before a quiet hour are signed too', async () => {
    const journal = begin({ checkpointEveryMs: 20 });
    journal.append(entries(3)); // nowMs stands still: only the timer can do it.
    await until(() => checkpointsIn(mirrorFile()).at(-1)?.records === 4);
  });

  test('REQ-JRN-10 the second place gets every checkpoint; while it is gone the journal goes on and says so', async () => {
    const copyDir = join(dir, 'share');
    const journal = begin({ copyDir, checkpointEveryRecords: 1 });
    await until(() => journal.status().warning !== undefined);
    expect(journal.append(entries(1)).ok).toBe(true);
    expect(journal.status()).toMatchObject({ ok: true, warning: { en: expect.stringContaining('could not be copied') as string } });

    mkdirSync(copyDir);
    await until(() => {
      journal.append(entries(1));
      return journal.status().warning === undefined && readdirSync(copyDir).length === 1;
    });
    journal.append(entries(1));
    journal.close();
    const [name] = readdirSync(copyDir);
    expect(name).toMatch(/^checkpoints-operation-[0-9a-f]{12}\.ndjson$/u);
    const copy = join(copyDir, name ?? '');
    await until(() => readFileSync(copy, 'utf8') === readFileSync(mirrorFile(), 'utf8'));
    expect(verifyJournal(file(), { checkpointsFile: copy })).toMatchObject({ verdict: 'sound' });
  });

  test('REQ-JRN-10 a line that a power cut left unfinished, and lines that are missing, are made good at the next start', async () => {
    const copyDir = join(dir, 'share');
    mkdirSync(copyDir);
    const journal = begin({ copyDir });
    journal.append(entries(3));
    journal.close();
    const copy = () => join(copyDir, readdirSync(copyDir)[0] ?? '');
    await until(() => existsSync(copy()) && statSync(copy()).size === statSync(mirrorFile()).size);
    const whole = readFileSync(mirrorFile(), 'utf8');
    for (const torn of [mirrorFile(), copy()]) writeFileSync(torn, whole.slice(0, -30));
    expect(verifyJournal(file())).toMatchObject({ verdict: 'sound', records: 4 });
    begin({ copyDir });
    expect(readFileSync(mirrorFile(), 'utf8')).toBe(whole);
    await until(() => readFileSync(copy(), 'utf8') === whole);
  });
});

describe('opening a journal that is not as it was left', () => {
  const filled = () => {
    const journal = begin({ checkpointEveryRecords: 10 });
    journal.append(entries(30));
    journal.append(entries(5));
    return journal;
  };
  /** As somebody would who knows SQLite: without the triggers. */
  const tamper = (sql: string) => {
    const raw = new DatabaseSync(file());
    for (const { name } of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()) raw.exec(`DROP TRIGGER ${String(name)}`);
    raw.exec(sql);
    raw.close();
  };

  const countOf = () => {
    const raw = new DatabaseSync(file());
    const { count } = raw.prepare('SELECT count(*) AS count FROM records').get() ?? {};
    raw.close();
    return count;
  };

  test.each([
    ['the end was cut off', 'DELETE FROM records WHERE n > 20', 'truncated'],
    ['the end was cut off with the checkpoints', 'DELETE FROM records WHERE n > 20; DELETE FROM checkpoints WHERE records > 20', 'truncated'],
    ['the end was cut off back to a checkpoint', 'DELETE FROM records WHERE n > 1; DELETE FROM checkpoints WHERE records > 1', 'truncated'],
    ['everything was removed', 'DELETE FROM records; DELETE FROM checkpoints', 'truncated'],
    ['the last record was changed', "UPDATE records SET data = '1' WHERE n = 36", 'damaged'],
    ['the genesis record was changed', "UPDATE records SET data = '1' WHERE n = 1", 'damaged'],
    ['a checkpoint was changed', 'UPDATE checkpoints SET at_ms = at_ms + 1 WHERE records = 36', 'damaged'],
  ])('REQ-JRN-11 %s: refused, and not repaired', (_what, sql, code) => {
    filled().close();
    tamper(sql);
    const before = countOf();
    const refused = refusalOf();
    expect(refused.code).toBe(code);
    expect(refused.en).toContain('haven journal verify');
    expect(countOf()).toBe(before);
  });

  test('REQ-JRN-11 a removed journal file is not quietly begun anew', () => {
    filled().close();
    rmSync(file());
    expect(refusalOf().code).toBe('truncated');
  });

  test.each([
    ['not a database', (bytes: Buffer) => Buffer.from('hello '.repeat(bytes.length / 6))],
    ['a torn header', (bytes: Buffer) => Buffer.concat([Buffer.alloc(50), bytes.subarray(50)])],
    ['cut to half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ])('REQ-JRN-11 %s: a sentence, not an exception', (_what, spoil) => {
    filled().close();
    writeFileSync(file(), spoil(readFileSync(file())));
    expect(['damaged', 'truncated', 'io']).toContain(refusalOf().code);
  });
});

describe('trouble while it runs', () => {
  test('REQ-JRN-12 locked by another program: a value, and afterwards the chain goes on where it was', () => {
    const journal = begin();
    journal.append(entries(3));
    const head = journal.status().headHash;
    const intruder = new DatabaseSync(file());
    intruder.exec('BEGIN IMMEDIATE');
    expect(journal.append(entries(2))).toMatchObject({ ok: false, problem: { code: 'locked' } });
    expect(journal.status()).toMatchObject({ ok: false, records: 4, headHash: head, reason: { en: expect.stringContaining('locked') as string } });
    expect(journal.checkpoint()).toMatchObject({ ok: false });
    intruder.exec('ROLLBACK');
    intruder.close();
    expect(journal.append(entries(2))).toMatchObject({ ok: true, records: [{ n: 5, previousHash: head }, { n: 6 }] });
    expect(journal.checkpoint()).toMatchObject({ ok: true });
    expect(journal.status()).not.toHaveProperty('reason');
    expect(journal.status()).not.toHaveProperty('warning');
    expect(verifyJournal(file())).toMatchObject({ verdict: 'sound', records: 6 });
  });

  test('REQ-JRN-12 the mirror beside the journal cannot be written: shown, made good later, nothing is lost', () => {
    const journal = begin({ checkpointEveryRecords: 1 });
    const kept = readFileSync(mirrorFile());
    rmSync(mirrorFile());
    mkdirSync(mirrorFile()); // A folder in its place: root, too, cannot write to it.
    expect(journal.append(entries(1)).ok).toBe(true);
    expect(journal.status()).toMatchObject({ ok: true, records: 2, warning: { en: expect.stringContaining('checkpoints.ndjson') as string } });
    rmSync(mirrorFile(), { recursive: true });
    writeFileSync(mirrorFile(), kept);
    expect(journal.append(entries(1)).ok).toBe(true);
    expect(journal.status()).not.toHaveProperty('warning');
    expect(checkpointsIn(mirrorFile()).map((c) => c.records)).toEqual([1, 2, 3]);
  });

  test('REQ-JRN-12 a folder that cannot be written is a sentence', () => {
    writeFileSync(join(dir, 'plain'), '');
    expect(refusalOf({ dir: join(dir, 'plain/data') }).code).toBe('io');
    chmodSync(dir, 0o700);
  });

  test('REQ-JRN-12 closed is closed', () => {
    const journal = begin();
    journal.close();
    journal.close();
    expect(journal.append(entries(1))).toMatchObject({ ok: false, problem: { code: 'closed' } });
    expect(journal.checkpoint()).toMatchObject({ ok: false, problem: { code: 'closed' } });
    expect(journal.status()).toMatchObject({ ok: false, records: 1 });
  });
});
