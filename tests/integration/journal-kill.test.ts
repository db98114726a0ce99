/**
 * kill -9 of a real writer under load, again and again: what it confirmed is there, and nothing else. REQ-JRN-01.
 *
 * HAVEN_KILL_ROUNDS sets how often (default 60; `npm run journal:kill` does it 1,000 times). Half of the journals rotate all the time, so that many
 * kills fall into a rotation. It proves the order of confirmation and commit, not what a disk does when
 * the power goes: the system lives on and still writes what it was given.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/domain/journal/canonical-json.ts';
import { openReadOnly, verifyJournal } from '../../src/main/journal/verify.ts';
import { dataOf } from './journal-writer.process.ts';

const ROUNDS = Number(process.env['HAVEN_KILL_ROUNDS'] ?? 60);
/** Lives of one journal: each is opened again after so many kills. */
const LIVES = 10;
/** Records in one append of the writer, at most. */
const BATCH_MAX = 7;
const WRITER = join(import.meta.dirname, 'journal-writer.process.ts');

/** Small and seeded, so that a failing round can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Killed {
  readonly confirmed: ReadonlyMap<number, string>;
  readonly signal: string | null;
  readonly complaint: string;
}

/** Lets the writer write for some time after it has opened the journal, or kills it while it opens. */
function writeAndKill(dir: string, delayMs: number, whileOpening: boolean, segments: boolean): Promise<Killed> {
  return new Promise((resolve) => {
    const writer = spawn(process.execPath, [WRITER, dir, ...(segments ? ['0', 'segments'] : [])], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, complaint] = ['', ''];
    const killLater = () => setTimeout(() => writer.kill('SIGKILL'), delayMs);
    if (whileOpening) writer.once('spawn', killLater);
    else writer.stdout.once('data', killLater);
    writer.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    writer.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    writer.once('close', (_code, signal) => resolve({ confirmed: confirmedIn(said), signal, complaint }));
  });
}

function confirmedIn(said: string): Map<number, string> {
  const lines = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
  return new Map(lines.flatMap((line) => (/^\d+ [0-9a-f]{64}$/u.test(line) ? [[Number(line.split(' ')[0]), line.split(' ')[1] ?? '']] : [])));
}

/** Everything that must hold after a kill. Answers with the number of records. */
function check(dir: string, before: number, { confirmed, signal, complaint }: Killed): number {
  expect({ signal, complaint }).toEqual({ signal: 'SIGKILL', complaint: '' });
  const there = recordsIn(dir, before);
  for (const [n, hash] of confirmed) expect(there.get(n)?.['hash'], `confirmed record ${String(n)}`).toBe(hash);
  const loads = [...there].filter(([, row]) => row['type'] === 'load');
  // Committed and killed before it could say so: at most the one append that was under way.
  expect(loads.length - confirmed.size).toBeLessThanOrEqual(BATCH_MAX);
  for (const [, row] of there) expect(['load', 'journal.genesis', 'journal.continued', 'carried']).toContain(row['type']);
  for (const [, row] of loads) expect(row['data']).toBe(textOf(Number(row['at_ms'])));
  const verdict = verifyJournal(dir);
  expect(verdict).toMatchObject({ verdict: 'sound', records: before + there.size });
  return verdict.records;
}

/** Of all segments, by number. */
function recordsIn(dir: string, after: number): Map<number, Record<string, unknown>> {
  const there = new Map<number, Record<string, unknown>>();
  for (const name of readdirSync(dir).filter((each) => /^journal(?:-\d{6})?\.sqlite$/u.test(each)).sort()) {
    const { db, done } = openReadOnly(join(dir, name));
    // A kill may leave the next file before its first transaction: then it has no table yet.
    const isBegun = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'records'").get() !== undefined;
    for (const row of isBegun ? db.prepare('SELECT n, type, at_ms, hash, data FROM records WHERE n > ?').all(after) : []) there.set(Number(row['n']), row);
    done();
  }
  return there;
}

function textOf(n: number): string {
  const canonical = canonicalJson(dataOf(n));
  return canonical.ok ? canonical.text : '';
}

/** Killed before the new segment's first transaction. */
function isUnfinished(dir: string): boolean {
  const { db, done } = openReadOnly(join(dir, 'journal.sqlite'));
  const isBegun = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'records'").get() !== undefined && db.prepare('SELECT 1 FROM records LIMIT 1').get() !== undefined;
  done();
  return !isBegun;
}

describe('REQ-JRN-01 REQ-JRN-18 kill -9', () => {
  test(`${String(ROUNDS)} times at random moments: every confirmed record is there, the chain is sound, nothing was added`, async () => {
    const next = random(20_261_121);
    let [confirmedAtAll, killedWhileWriting, rotations, cutOff] = [0, 0, 0, 0];
    for (let round = 0; round < ROUNDS; ) {
      const dir = mkdtempSync(join(tmpdir(), 'haven-kill-'));
      let records = 0;
      const segments = (round / LIVES) % 2 >= 1;
      for (let life = 0; life < LIVES && round < ROUNDS; life += 1, round += 1) {
        // The first life is let to begin the journal; later ones are at times killed while they open it.
        const whileOpening = life > 0 && next() < 0.15;
        const killed = await writeAndKill(dir, next() * (whileOpening ? 250 : segments ? 500 : 80), whileOpening, segments);
        cutOff += existsSync(join(dir, 'journal.sqlite')) && !isUnfinished(dir) ? 0 : 1;
        records = check(dir, records, killed);
        confirmedAtAll += killed.confirmed.size;
        killedWhileWriting += killed.confirmed.size > 0 ? 1 : 0;
      }
      rotations += readdirSync(dir).filter((name) => /^journal-\d{6}\.sqlite$/u.test(name)).length;
      rmSync(dir, { recursive: true, force: true });
    }
    console.log(`kill -9: ${String(ROUNDS)} rounds, ${String(killedWhileWriting)} while writing, ${String(confirmedAtAll)} confirmed records, ${String(rotations)} rotations, ${String(cutOff)} killed between two segments, none lost`);
    // The fault has to arrive where it hurts, or this test says nothing.
    expect(killedWhileWriting).toBeGreaterThan(ROUNDS / 2);
    expect(rotations).toBeGreaterThan(ROUNDS / 4);
    // Enough rounds, and some kills fall right between two segments.
    if (ROUNDS >= 60) expect(cutOff).toBeGreaterThan(0);
  }, 60_000 + ROUNDS * 4_000);
});
