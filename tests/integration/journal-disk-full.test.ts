/** A full disk, really full: the append fails as a value, nothing half is written, and with room again it goes on. REQ-JRN-12. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJournal } from '../../src/main/journal/journal.ts';
import { verifyJournal } from '../../src/main/journal/verify.ts';

const WRITER = join(import.meta.dirname, 'journal-writer.process.ts');
const has = (command: string) => spawnSync(command, ['--version']).status === 0;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-full-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const entry = (i: number) => ({ type: 'load', atMs: i, wallMs: i, by: null, data: 'x'.repeat(2_000) });

/** A small disk in memory, if this account may mount one. */
function mountSmallDisk(at: string): boolean {
  mkdirSync(at);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at]).status === 0;
}

describe('REQ-JRN-12 the disk is full', () => {
  test('a small disk fills up: refused as a value; room is made: it goes on, in the same process', ({ skip }) => {
    const disk = join(dir, 'disk');
    if (!mountSmallDisk(disk)) return skip('this account may not mount a disk; the test below does it by limit');
    try {
      const opened = openJournal({ dir: join(disk, 'data'), mode: 'OPERATION', nowMs: () => 1 });
      if (!opened.ok) throw new Error(opened.problem.message.en);
      const journal = opened.value;
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(600_000));
      const codes: string[] = [];
      for (let i = 0; i < 5_000 && codes.length < 3; i += 1) {
        const appended = journal.append([entry(i)]);
        if (!appended.ok) codes.push(appended.problem.code);
      }
      // The fault arrived, and as what it is.
      expect(codes).toEqual(['disk-full', 'disk-full', 'disk-full']);
      const { ok, records, headHash, reason } = journal.status();
      expect({ ok, reason: reason?.en }).toEqual({ ok: false, reason: expect.stringContaining('The disk is full') as string });
      expect(journal.tail(1)).toMatchObject([{ n: records, hash: headHash }]);

      rmSync(join(disk, 'ballast'));
      expect(journal.append([entry(0)])).toMatchObject({ ok: true, records: [{ n: records + 1, previousHash: headHash }] });
      expect(journal.status().ok).toBe(true);
      journal.close();
      expect(verifyJournal(join(disk, 'data/journal.sqlite'))).toMatchObject({ verdict: 'sound', records: records + 1 });
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test.skipIf(!has('prlimit') || !has('bash'))('a limit on file size stops a running writer; the limit is lifted: the same process goes on', async () => {
    // A soft limit only, which prlimit can lift again. The signal is ignored, so that the write itself fails.
    const writer = spawn('bash', ['-c', `trap '' XFSZ; ulimit -S -f 300; exec "$0" "$@"`, process.execPath, WRITER, dir, '20'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    writer.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const until = async (condition: () => boolean) => {
      while (!condition()) await new Promise((resume) => setTimeout(resume, 5));
    };
    const failures = () => said.match(/^failed .*$/gmu) ?? [];
    const confirmed = () => (said.match(/^\d+ [0-9a-f]{64}$/gmu) ?? []).map((line) => Number(line.split(' ')[0]));

    await until(() => failures().length >= 3);
    const before = confirmed().at(-1) ?? 0;
    // The fault arrived; the head stayed where the last confirmed record is.
    expect(new Set(failures().slice(0, 3))).toEqual(new Set([`failed ${failures()[0]?.split(' ')[1] ?? ''} ${String(before)}`]));
    expect(['io', 'disk-full']).toContain(failures()[0]?.split(' ')[1]);

    expect(spawnSync('prlimit', ['--pid', String(writer.pid), '--fsize=unlimited:unlimited']).status).toBe(0);
    await until(() => (confirmed().at(-1) ?? 0) > before + 100);
    writer.kill('SIGKILL');
    await new Promise((resolve) => writer.once('close', resolve));
    const all = confirmed();
    expect(all).toEqual(all.map((_, i) => i + 2));
    expect(verifyJournal(join(dir, 'journal.sqlite'))).toMatchObject({ verdict: 'sound' });
  });
});
