/** Tampering of every kind, done to a copy of a real journal, and what the verifier makes of it. REQ-JRN-13..16. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_HASH, checkpointText } from '../../src/domain/journal/record.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';
import { hashOf } from '../../src/main/journal/chaining.ts';
import { canonical, readCall, verifyJournal } from '../../src/main/journal/verify.ts';

const VERIFY = join(import.meta.dirname, '../../src/main/journal/verify.ts');
/** Signed for at 1, 20, 40, 60, 80 and 100 records; 105 in all, the last five behind the last checkpoint. */
const RECORDS = 105;

let original: string;
let dir: string;
const file = () => join(dir, 'journal.sqlite');
const mirror = () => join(dir, 'checkpoints.ndjson');

/** Not closed in the usual way, which would sign the last five as well: the folder is copied while it is open, WAL included. */
function fill(into: string): void {
  const opened = openJournal({ dir: into, mode: 'OPERATION', nowMs: () => 5_000, checkpointEveryRecords: 1_000 });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const journal = opened.value;
  for (let n = 2; n <= RECORDS; n += 1) appendOne(journal, n);
  cpSync(into, original, { recursive: true, filter: (path) => !path.endsWith('-shm') && !path.endsWith('.lock') });
  journal.close();
}

function appendOne(journal: Journal, n: number): void {
  const appended = journal.append([{ type: n % 10 === 0 ? 'command.refused' : 'alarm.raised', atMs: n, wallMs: n, by: n % 10 === 0 ? '操作员 01' : null, data: { tag: 'TI-2101', value: n / 3 } }]);
  if (!appended.ok) throw new Error(appended.problem.message.en);
  if (n % 20 === 0) journal.checkpoint();
}

beforeAll(() => {
  original = mkdtempSync(join(tmpdir(), 'haven-verify-'));
  const into = mkdtempSync(join(tmpdir(), 'haven-verify-'));
  fill(into);
  rmSync(into, { recursive: true });
  // Fold the WAL into the file, so that tests may edit its bytes. Leaves no -wal behind.
  const raw = new DatabaseSync(join(original, 'journal.sqlite'));
  raw.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  raw.close();
});
afterAll(() => rmSync(original, { recursive: true, force: true }));
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-verify-'));
  cpSync(original, dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

type Row = Record<string, string | number | null>;

/** As somebody would who knows SQLite: without the triggers. */
function tamper(...statements: string[]): void {
  withRaw((raw) => statements.forEach((sql) => raw.exec(sql)));
}

function withRaw(work: (raw: DatabaseSync) => void): void {
  const raw = new DatabaseSync(file());
  for (const { name } of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()) raw.exec(`DROP TRIGGER ${String(name)}`);
  work(raw);
  raw.close();
}

/** As somebody would who knows the format too: from record n on every hash is made anew. */
function rechain(raw: DatabaseSync, from: number): void {
  const rows = raw.prepare('SELECT * FROM records ORDER BY n').all() as Row[];
  const update = raw.prepare('UPDATE records SET previous_hash = ?, hash = ? WHERE n = ?');
  let previousHash = NO_HASH;
  for (const row of rows) {
    const { n, type, by } = row;
    const content = canonical({ n, type, by, atMs: row['at_ms'], wallMs: row['wall_ms'], data: JSON.parse(String(row['data'])) as unknown, previousHash }) ?? '';
    const hash = hashOf(content);
    if (Number(n) >= from) update.run(previousHash, hash, n ?? null);
    previousHash = Number(n) >= from ? hash : String(row['hash']);
  }
}

const verdict = () => verifyJournal(file());
const lines = () => readFileSync(mirror(), 'utf8').trimEnd().split('\n');
const keepLines = (kept: string[]) => writeFileSync(mirror(), kept.map((line) => `${line}\n`).join(''));

describe('REQ-JRN-13 sound', () => {
  test('as it was left, with and without the file of checkpoints', () => {
    expect(verdict()).toMatchObject({ verdict: 'sound', records: RECORDS });
    rmSync(mirror());
    expect(verdict()).toMatchObject({ verdict: 'sound', records: RECORDS });
  });

  test('while the station writes, and on a copy of its files with the WAL', () => {
    const live = join(dir, 'live');
    const opened = openJournal({ dir: live, mode: 'OPERATION', nowMs: () => 5_000 });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    for (let n = 2; n <= 50; n += 1) appendOne(opened.value, n);
    expect(verifyJournal(join(live, 'journal.sqlite'))).toMatchObject({ verdict: 'sound', records: 50 });
    const copy = join(dir, 'copy.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(`${join(live, 'journal.sqlite')}${suffix}`, `${copy}${suffix}`);
    const before = readdirSync(dir);
    expect(verifyJournal(copy, { checkpointsFile: join(live, 'checkpoints.ndjson') })).toMatchObject({ verdict: 'sound', records: 50 });
    // Nothing is left beside the evidence.
    expect(readdirSync(dir)).toEqual(before);
    // The station goes on: reading has not taken its locks away.
    appendOne(opened.value, 51);
    expect(openJournal({ dir: live, mode: 'OPERATION', nowMs: () => 5_000 })).toMatchObject({ ok: false, problem: { code: 'locked' } });
    opened.value.close();
  });

  test('a copy of a running journal without its WAL lacks records, and the verdict says where they may be', () => {
    const live = join(dir, 'live');
    const opened = openJournal({ dir: live, mode: 'OPERATION', nowMs: () => 5_000 });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    const raw = new DatabaseSync(join(live, 'journal.sqlite'));
    raw.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    raw.close();
    for (let n = 2; n <= 50; n += 1) appendOne(opened.value, n);
    const copy = join(dir, 'copy.sqlite');
    copyFileSync(join(live, 'journal.sqlite'), copy);
    expect(verifyJournal(copy, { checkpointsFile: join(live, 'checkpoints.ndjson') })).toMatchObject({ verdict: 'truncated', records: 1, detail: expect.stringContaining('-wal') as string });
    opened.value.close();
  });

  test('an unfinished last line of checkpoints is what a power cut leaves', () => {
    writeFileSync(mirror(), readFileSync(mirror(), 'utf8').slice(0, -20));
    expect(verdict()).toMatchObject({ verdict: 'sound' });
  });
});

describe('REQ-JRN-14 altered, and which record', () => {
  test.each<[string, number, string]>([
    ['the data', 33, "UPDATE records SET data = replace(data, 'TI-2101', 'TI-2102') WHERE n = 33"],
    ['the data, by white space only', 33, "UPDATE records SET data = replace(data, ':', ': ') WHERE n = 33"],
    ['the data, to what is no JSON', 33, "UPDATE records SET data = 'x' WHERE n = 33"],
    ['who did it', 50, "UPDATE records SET \"by\" = '操作员 02' WHERE n = 50"],
    ['who did it, to nobody', 50, 'UPDATE records SET "by" = NULL WHERE n = 50'],
    ['what it was', 50, "UPDATE records SET type = 'command.done' WHERE n = 50"],
    ['the station time', 7, 'UPDATE records SET at_ms = at_ms + 1 WHERE n = 7'],
    ['the wall time', 7, 'UPDATE records SET wall_ms = wall_ms + 1 WHERE n = 7'],
    ['a time, to one that no number holds', 7, 'UPDATE records SET wall_ms = 9223372036854775807 WHERE n = 7'],
    ['the hash', 7, `UPDATE records SET hash = '${'a'.repeat(64)}' WHERE n = 7`],
    ['the hash before it', 7, `UPDATE records SET previous_hash = '${'a'.repeat(64)}' WHERE n = 7`],
    ['the last record, which no checkpoint vouches for', 105, "UPDATE records SET data = '1' WHERE n = 105"],
    ['the genesis record', 1, "UPDATE records SET data = replace(data, 'OPERATION', 'TRAINING') WHERE n = 1"],
    ['two records: the first is named', 20, "UPDATE records SET data = '1' WHERE n IN (20, 90)"],
  ])('%s', (_what, firstBad, sql) => {
    tamper(sql);
    expect(verdict()).toMatchObject({ verdict: 'altered', firstBad, records: firstBad - 1 });
  });

  test.each<[string, number, string[]]>([
    ['a record removed from the middle', 42, ['DELETE FROM records WHERE n = 42']],
    ['the beginning removed', 1, ['DELETE FROM records WHERE n <= 10']],
    ['a record removed and the gap closed', 42, ['DELETE FROM records WHERE n = 42', 'UPDATE records SET n = n - 1 WHERE n > 42']],
    ['two records exchanged', 42, ['UPDATE records SET n = 1000 WHERE n = 42', 'UPDATE records SET n = 42 WHERE n = 43', 'UPDATE records SET n = 43 WHERE n = 1000']],
    ['a record before the first', 0, ['PRAGMA ignore_check_constraints = ON', 'INSERT INTO records SELECT 0, type, at_ms, wall_ms, "by", data, previous_hash, hash FROM records WHERE n = 2']],
  ])('%s', (_what, firstBad, statements) => {
    tamper(...statements);
    expect(verdict()).toMatchObject({ verdict: 'altered', firstBad });
  });

  test('a record changed together with its own hash: its successor was chained to another, so it is the one that is named', () => {
    withRaw((raw) => {
      raw.exec(`UPDATE records SET data = '{"forged":true}' WHERE n = 42`);
      const row = raw.prepare('SELECT * FROM records WHERE n = 42').get() as Row;
      const content = canonical({ n: 42, type: row['type'], by: row['by'], atMs: row['at_ms'], wallMs: row['wall_ms'], data: { forged: true }, previousHash: row['previous_hash'] }) ?? '';
      raw.prepare('UPDATE records SET hash = ? WHERE n = 42').run(hashOf(content));
    });
    expect(verdict()).toMatchObject({ verdict: 'altered', firstBad: 42, detail: 'Record 42 is not the record that record 43 was chained to.' });
  });

  test('a byte changed in the file: whatever record it is in, that one is named', () => {
    const bytes = readFileSync(file());
    const places = [...bytes.toString('latin1').matchAll(/TI-2101/gu)].map((m) => m.index);
    const named: (number | undefined)[] = [];
    for (const place of places.filter((_, i) => i % 5 === 0)) {
      const edited = Buffer.from(bytes);
      edited[place] = 'U'.charCodeAt(0);
      writeFileSync(file(), edited);
      // Undefined: not in a record, but in the remains of one that SQLite had moved to another page.
      const changed = recordWith('UI-2101');
      expect(verdict()).toMatchObject(changed === undefined ? { verdict: 'sound' } : { verdict: 'altered', firstBad: changed });
      named.push(changed);
    }
    expect(named.filter((n) => n !== undefined).length).toBeGreaterThan(15);
  });

  function recordWith(tag: string): number | undefined {
    const raw = new DatabaseSync(file(), { readOnly: true });
    const row = raw.prepare('SELECT n FROM records WHERE instr(data, ?) > 0').get(tag);
    raw.close();
    return row === undefined ? undefined : Number(row['n']);
  }
});

describe('REQ-JRN-15 truncated', () => {
  test.each([
    [99, 'DELETE FROM records WHERE n > 99'],
    [60, 'DELETE FROM records WHERE n > 60'],
    [1, 'DELETE FROM records WHERE n > 1'],
    [0, 'DELETE FROM records'],
  ])('cut back to %i records, checkpoints left', (records, sql) => {
    tamper(sql);
    expect(verdict()).toMatchObject({ verdict: 'truncated', records, firstBad: records + 1 });
    rmSync(mirror());
    expect(verdict()).toMatchObject({ verdict: 'truncated', records, firstBad: records + 1 });
  });

  test('cut back with the checkpoints of the table: the file beside it tells; without that, the copy from elsewhere does', () => {
    const copy = join(dir, 'from-another-machine.ndjson');
    copyFileSync(mirror(), copy);
    tamper('DELETE FROM records WHERE n > 60', 'DELETE FROM checkpoints WHERE records > 60');
    expect(verdict()).toMatchObject({ verdict: 'truncated', records: 60, firstBad: 61 });
    keepLines(lines().slice(0, 4));
    expect(verdict()).toMatchObject({ verdict: 'sound' }); // What the folder alone cannot tell (journal.md).
    expect(verifyJournal(file(), { checkpointsFile: copy })).toMatchObject({ verdict: 'truncated', records: 60, firstBad: 61 });
  });
});

describe('REQ-JRN-16 rewritten', () => {
  const rewrite = (n: number) => withRaw((raw) => {
    raw.exec(`UPDATE records SET data = '{"forged":true}' WHERE n = ${String(n)}`);
    rechain(raw, n);
  });

  test.each([
    [2, 2],
    [50, 41],
    [100, 81],
  ])('everything from record %i chained anew: nothing vouches for record %i and after', (n, firstBad) => {
    rewrite(n);
    expect(verdict()).toMatchObject({ verdict: 'rewritten', records: RECORDS, firstBad });
    tamper('DELETE FROM checkpoints WHERE records > 1'); // The table's checkpoints removed: the file's still tell.
    expect(verdict()).toMatchObject({ verdict: 'rewritten', firstBad });
  });

  test('behind the last checkpoint a rewrite cannot be told: that is why there is one a minute', () => {
    rewrite(103);
    expect(verdict()).toMatchObject({ verdict: 'sound', detail: expect.stringContaining('after 100 are chained but not signed yet') as string });
  });

  test.each([
    ['a checkpoint made to fit, without the key', "UPDATE checkpoints SET head_hash = (SELECT hash FROM records WHERE n = 40) WHERE records = 40"],
    ['a checkpoint with a changed time', 'UPDATE checkpoints SET at_ms = 1 WHERE records = 40'],
    ['a signature that is none', "UPDATE checkpoints SET signature = 'x' WHERE records = 40"],
    ['a checkpoint from nowhere', "INSERT INTO checkpoints VALUES (41, 'x', 1, 'x')"],
  ])('%s', (_what, sql) => {
    rewrite(30);
    tamper(sql);
    expect(verdict()).toMatchObject({ verdict: 'rewritten', firstBad: 21 });
  });

  test('no checkpoint at all, though every journal begins with one', () => {
    tamper('DELETE FROM checkpoints');
    rmSync(mirror());
    expect(verdict()).toMatchObject({ verdict: 'rewritten', firstBad: 1 });
  });

  test('a foreign line among the checkpoints', () => {
    keepLines([...lines().slice(0, 2), 'hello', ...lines().slice(2)]);
    expect(verdict()).toMatchObject({ verdict: 'rewritten' });
  });

  test('made anew with another key, checkpoints and all: the copy from elsewhere tells, and so does the known public key', () => {
    const copy = join(dir, 'from-another-machine.ndjson');
    copyFileSync(mirror(), copy);
    const { data } = readGenesis();
    const forged = generateKeyPairSync('ed25519');
    withRaw((raw) => {
      const publicKey = forged.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
      raw.prepare('UPDATE records SET data = ? WHERE n = 1').run(canonical({ ...data, publicKey }) ?? '');
      rechain(raw, 1);
      raw.exec('DELETE FROM checkpoints');
      const { hash } = raw.prepare('SELECT hash FROM records WHERE n = 105').get() as Row;
      const claim = { records: RECORDS, headHash: String(hash), atMs: 6_000 };
      raw.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?)').run(claim.records, claim.headHash, claim.atMs, sign(null, Buffer.from(checkpointText(claim)), forged.privateKey).toString('base64'));
    });
    rmSync(mirror());
    expect(verdict()).toMatchObject({ verdict: 'sound' }); // What the folder alone cannot tell (journal.md).
    expect(verifyJournal(file(), { checkpointsFile: copy })).toMatchObject({ verdict: 'rewritten', firstBad: 1 });
    expect(verifyJournal(file(), { publicKey: data.publicKey })).toMatchObject({ verdict: 'rewritten', firstBad: 1 });
  });

  function readGenesis(): { data: { publicKey: string } } {
    const raw = new DatabaseSync(file(), { readOnly: true });
    const row = raw.prepare('SELECT data FROM records WHERE n = 1').get();
    raw.close();
    return { data: JSON.parse(String(row?.['data'])) as { publicKey: string } };
  }
});

describe('REQ-JRN-16 unreadable', () => {
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['not a database', () => Buffer.from('hello '.repeat(1_000))],
    ['an empty file', () => Buffer.alloc(0)],
    ['a torn header', (bytes) => Buffer.concat([Buffer.alloc(64), bytes.subarray(64)])],
    ['cut off in the middle', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['pages overwritten', (bytes) => Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(8_192, 7), bytes.subarray(12_288)])],
  ])('%s', (_what, spoil) => {
    writeFileSync(file(), spoil(readFileSync(file())));
    expect(verdict()).toMatchObject({ verdict: 'unreadable', detail: expect.stringMatching(/^Not readable as a journal: ./u) as string });
  });

  test('a database of somebody else, an empty folder, a file that is not there, checkpoints that cannot be read', () => {
    const other = join(dir, 'other.sqlite');
    const raw = new DatabaseSync(other);
    raw.exec('CREATE TABLE t (a)');
    raw.close();
    const empty = join(dir, 'empty');
    mkdirSync(empty);
    for (const path of [other, empty, join(dir, 'nothing.sqlite')]) expect(verifyJournal(path)).toMatchObject({ verdict: 'unreadable' });
    expect(verifyJournal(file(), { checkpointsFile: join(dir, 'nothing.ndjson') })).toMatchObject({ verdict: 'unreadable' });
    expect(existsSync(join(dir, 'nothing.sqlite'))).toBe(false);
  });
});

describe('REQ-JRN-17 an outsider runs verify.ts alone', () => {
  const run = (args: string[]) => {
    const alone = join(dir, 'alone');
    cpSync(VERIFY, join(alone, 'verify.ts'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(alone, 'verify.ts'), ...args], { encoding: 'utf8', cwd: alone });
    return { status, stdout, stderr };
  };

  test('it imports nothing but Node', () => {
    const imported = [...readFileSync(VERIFY, 'utf8').matchAll(/from '([^']+)'/gu)].map((m) => m[1] ?? '');
    expect(imported.length).toBeGreaterThan(4);
    expect(imported.filter((name) => !name.startsWith('node:'))).toEqual([]);
  });

  test('sound is 0, anything else 1, a wrong call 2; --json prints one document and nothing else', () => {
    expect(run([file(), '--json'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\{"verdict":"sound","records":105,.*\}\n$/u) as string });
    expect(run([file(), '--checkpoints', mirror()])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^sound: /u) as string });
    tamper("UPDATE records SET data = '1' WHERE n = 9");
    const { status, stdout } = run(['--json', file()]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'altered', records: 8, firstBad: 9 });
    expect(status).toBe(1);
    expect(run(['--json', join(dir, 'nothing.sqlite')])).toMatchObject({ status: 1 });
    expect(run([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('usage:') as string });
    expect(run(['--help'])).toMatchObject({ status: 0 });
  });

  test.each([[['a', 'b']], [['--unknown', 'a']], [['a', '--checkpoints']], [['a', '--key', '']], [['--json']]])('a wrong call: %j', (args) => {
    expect(readCall(args)).toBeUndefined();
  });
});
