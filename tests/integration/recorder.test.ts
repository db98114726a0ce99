/** The incident recorder on a real disk: what it keeps and lets go, what it survives, and what it tells of what it could not keep. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { openRecording } from '../../src/main/recorder/reader.ts';
import { SAMPLES_FILE } from '../../src/main/recorder/store.ts';
import { MINUTE, RecorderBench, T0, plain } from '../support/recording/bench.ts';

const benches: RecorderBench[] = [];
function bench(options = {}, dir?: string): RecorderBench {
  const made = new RecorderBench(options, dir);
  benches.push(made);
  return made;
}
afterEach(() => { for (const each of benches.splice(0)) each.end(); });

const rowsIn = (dir: string): number => {
  const db = new DatabaseSync(join(dir, SAMPLES_FILE), { readOnly: true });
  const { n } = db.prepare("SELECT count(*) AS n FROM rows WHERE kind = 'samples'").get() as { n: number };
  db.close();
  return n;
};
const oldestIn = (dir: string): number => {
  const db = new DatabaseSync(join(dir, SAMPLES_FILE), { readOnly: true });
  const { ms } = db.prepare("SELECT min(from_ms) AS ms FROM rows WHERE kind = 'samples'").get() as { ms: number };
  db.close();
  return ms;
};
const change = (dir: string, sql: string): void => {
  const db = new DatabaseSync(join(dir, SAMPLES_FILE));
  db.exec(`DROP TRIGGER rows_stay; ${sql}`);
  db.close();
};

describe('REQ-REC-02 what is kept', () => {
  it('outside incidents a little more than 35 minutes, however long it runs; the file stays as small', () => {
    const b = bench();
    b.run(3 * 3_600);
    const rows = rowsIn(b.dir);
    const oldestMs = oldestIn(b.dir);
    expect([oldestMs <= b.nowMs - 35 * MINUTE, oldestMs >= b.nowMs - 37 * MINUTE]).toEqual([true, true]);
    const bytes = statSync(join(b.dir, SAMPLES_FILE)).size;
    b.run(3 * 3_600);
    expect(Math.abs(rowsIn(b.dir) - rows)).toBeLessThan(5);
    expect(statSync(join(b.dir, SAMPLES_FILE)).size).toBeLessThanOrEqual(bytes * 1.2);
    expect(b.facts).toEqual([]);
  });

  it('from half an hour before an incident to half an hour after it, every sample, exact, for good', () => {
    const b = bench();
    b.run(2 * 3_600);
    const openedMs = b.nowMs;
    b.open('I-1');
    b.run(600);
    b.close('I-1');
    b.run(4 * 3_600);
    const read = b.read('I-1');
    expect(read.recording).toMatchObject({ fromMs: openedMs - 30 * MINUTE, toMs: openedMs + 40 * MINUTE, verdict: 'whole', gaps: [], tags: 4 });
    const first = (openedMs - 30 * MINUTE - T0) / 1_000;
    const points = read.series('TI-1');
    expect(points.map(([ms, value]) => [(ms - T0) / 1_000, value])).toEqual(Array.from({ length: 70 * 60 + 1 }, (_, i) => [first + i, 20 + ((first + i) % 50) / 10]));
    read.close();
    expect(b.of('recording.ended')).toMatchObject([{ incident: 'I-1', tags: 4, hash: read.recording?.hash, samples: read.recording?.samples }]);
  });

  it('a tag that said something hours before and nothing since is known all the while', () => {
    const b = bench();
    b.run(3 * 3_600);
    b.open('I-1');
    b.run(5);
    const read = b.read('I-1');
    expect(read.series('ZS-1')).toEqual([[b.nowMs - 5_000 - 30 * MINUTE, 1]]);
    expect([...read.samples()].find(({ tag }) => tag === 'ZS-1')).toEqual({ tag: 'ZS-1', value: true, status: 0, sourceMs: T0 + 960, receivedMs: T0 + 1_000, standing: true });
    expect(read.series('XV-1').slice(0, 2)).toEqual([[b.nowMs - 5_000 - 30 * MINUTE, 1], [T0 + 9_100_000, 0]]);
    read.close();
  });

  it('incidents that overlap share what is kept; each has its own half hours and marks', () => {
    const b = bench();
    b.run(3_600);
    b.open('I-1');
    b.run(600);
    b.close('I-1');
    b.run(1_200);
    b.open('I-2');
    b.run(1_200);
    b.close('I-2');
    b.run(3 * 3_600);
    const [one, two] = [b.read('I-1'), b.read('I-2')];
    expect([one.recording?.verdict, two.recording?.verdict]).toEqual(['whole', 'whole']);
    expect([one.recording?.toMs, two.recording?.fromMs]).toEqual([T0 + (3_600 + 600 + 1_800) * 1_000, T0 + (3_600 + 1_800 - 1_800) * 1_000]);
    expect([one.series('TI-1').length, two.series('TI-1').length]).toEqual([70 * 60 + 1, 80 * 60 + 1]);
    const kept = rowsIn(b.dir);
    expect(kept).toBeLessThan((one.series('TI-1').length + two.series('TI-1').length) / 10);
    one.close();
    two.close();
  });

  it('in an exercise at ten times the speed the times are those of the samples', () => {
    const b = bench();
    b.run(60);
    b.open('I-1');
    b.nowMs += 1_000;
    b.recorder.take(Array.from({ length: 10 }, (_, i) => ({ tag: 'TI-1', value: i, status: 0, sourceMs: b.nowMs + i * 1_000, receivedMs: b.nowMs })));
    b.run(20, () => []);
    const read = b.read('I-1');
    expect([...read.samples()].filter(({ receivedMs }) => receivedMs === T0 + 61_000).map(({ sourceMs }) => sourceMs)).toEqual(Array.from({ length: 10 }, (_, i) => T0 + 61_000 + i * 1_000));
    read.close();
  });
});

describe('REQ-REC-03 the journal vouches for the samples', () => {
  const recorded = (): RecorderBench => {
    const b = bench();
    b.run(3_600);
    b.open('I-1');
    b.run(600);
    b.close('I-1');
    b.run(1_900);
    b.recorder.stop();
    return b;
  };

  it('a mark each minute, each with the hash of a row; whole', () => {
    const b = recorded();
    const marks = b.of('recording.marked');
    expect(marks.length).toBeGreaterThan(38);
    expect(new Set(marks.map(({ hash }) => hash)).size).toBe(marks.length);
    const read = b.read('I-1');
    expect(read.recording?.verdict).toBe('whole');
    read.close();
  });

  it.each([
    ['one byte of a block', "UPDATE rows SET payload = CAST(CAST(substr(payload, 1, 20) AS BLOB) || x'55' AS BLOB) WHERE n = (SELECT max(n) - 100 FROM rows)", 'altered'],
    ['a block together with its own hash', "UPDATE rows SET samples = samples + 1, hash = 'aa' WHERE n = (SELECT max(n) - 100 FROM rows)", 'altered'],
    ['a gap that is made away with', 'DELETE FROM rows WHERE n = (SELECT max(n) - 100 FROM rows)', 'missing'],
    ['the end cut off', 'DELETE FROM rows WHERE n > (SELECT max(n) - 50 FROM rows)', 'missing'],
    ['names exchanged', "UPDATE names SET text = replace(text, 'TI-1', 'TI-9')", 'altered'],
  ])('finds %s', (_what, sql, verdict) => {
    const b = recorded();
    change(b.dir, sql);
    const read = b.read('I-1');
    expect(read.recording?.verdict).toBe(verdict);
    expect(() => [read.series('TI-1'), [...read.samples()]]).not.toThrow();
    read.close();
  });

  it('finds a chain made anew from an altered block on, because the hashes of the journal are others', () => {
    const b = recorded();
    const other = bench();
    other.run(3_600, (s) => [['TI-1', s]]);
    other.open('I-1');
    other.run(600, (s) => [['TI-1', s]]);
    other.close('I-1');
    other.run(1_900, (s) => [['TI-1', s]]);
    other.recorder.stop();
    const own = other.read('I-1');
    expect(own.recording?.verdict).toBe('whole');
    own.close();
    const read = openRecording(other.dir, 'I-1', b.facts);
    expect(['altered', 'missing']).toContain(read.recording?.verdict);
    read.close();
  });

  it('the store gone, no store at all, another file in its place; no mark, no recording', () => {
    const b = recorded();
    rmSync(join(b.dir, SAMPLES_FILE));
    expect(b.read('I-1').recording).toMatchObject({ verdict: 'missing', samples: b.of('recording.ended')[0]?.samples });
    writeFileSync(join(b.dir, SAMPLES_FILE), 'no database');
    expect(b.read('I-1').recording?.verdict).toBe('altered');
    expect(b.read('I-2').recording).toBe(null);
  });

  it('is read from a copy, with and without its write-ahead log, and leaves nothing beside it', () => {
    const b = bench();
    b.run(600);
    b.open('I-1');
    b.run(120);
    const copy = mkdtempSync(join(tmpdir(), 'haven-copy-'));
    for (const suffix of ['', '-wal']) copyFileSync(join(b.dir, `${SAMPLES_FILE}${suffix}`), join(copy, `${SAMPLES_FILE}${suffix}`));
    const running = openRecording(copy, 'I-1', b.facts);
    expect(running.recording?.verdict).toBe('running');
    running.close();
    expect(readdirSync(copy).sort()).toEqual([SAMPLES_FILE, `${SAMPLES_FILE}-wal`]);
    rmSync(copy, { recursive: true });
  });
});

describe('REQ-REC-04 gaps are gaps, with their reason', () => {
  const reasons = (b: RecorderBench, incident = 'I-1'): string[] => {
    const read = b.read(incident);
    const told = (read.recording?.gaps ?? []).map(({ fromMs, toMs, reason, tags }) => `${String((fromMs - T0) / 1_000)}-${String((toMs - T0) / 1_000)} ${reason.en}${tags === null ? '' : ` [${tags.join(' ')}]`}`);
    expect((read.recording?.gaps ?? []).every(({ reason }) => reason.zh !== '')).toBe(true);
    read.close();
    return told;
  };

  it('an incident right after the first start: recording had not begun', () => {
    const b = bench();
    b.run(60);
    b.open('I-1');
    b.run(60);
    expect(reasons(b)).toEqual(['-1740-1 Recording had not begun yet']);
  });

  it('the station was off: from the last block to the start; nothing is drawn across', () => {
    const b = bench();
    b.run(3_600);
    b.open('I-1');
    b.run(95);
    b.restart(5 * MINUTE);
    b.run(60);
    const sinceS = Number(/^(\d+)-3995 The station was off$/u.exec(reasons(b).join())?.[1]);
    expect([sinceS > 3_680, sinceS <= 3_695]).toEqual([true, true]);
    const read = b.read('I-1');
    expect(read.recording?.verdict).toBe('running');
    const points = read.series('TI-1').filter(([ms]) => ms >= T0 + sinceS * 1_000 && ms <= T0 + 3_997_000);
    expect(points.map(([ms, v]) => [(ms - T0) / 1_000, v === null])).toEqual([[sinceS, false], [sinceS, true], [3_996, false], [3_997, false]]);
    read.close();
    b.close('I-1');
    b.run(1_801);
    const whole = b.read('I-1');
    expect(whole.recording?.verdict).toBe('whole');
    whole.close();
  });

  it('a clean stop loses nothing but the time; an incident that ended meanwhile is ended at the start', () => {
    const b = bench();
    b.run(3_600);
    b.open('I-1');
    b.run(60);
    b.close('I-1');
    b.run(65);
    b.restart(60 * MINUTE, { clean: true });
    b.recorder.tick();
    expect(reasons(b)).toEqual([`3725-${String(3_660 + 1_800)} The station was off`]);
    const read = b.read('I-1');
    expect(read.recording?.verdict).toBe('whole');
    expect(read.series('TI-1').filter(([, v]) => v !== null).at(-1)?.[0]).toBe(T0 + 3_725_000);
    read.close();
  });

  it('the link down, told once; messages that never came; tags that the server lost', () => {
    const b = bench();
    b.recorder.link({ phase: 'connecting', sinceMs: T0, lastDataMs: null, lostTags: [] });
    b.nowMs += 5_000;
    b.recorder.link({ phase: 'connected', sinceMs: b.nowMs, lastDataMs: b.nowMs, lostTags: ['TI-2'] });
    b.run(100);
    const lastDataMs = b.nowMs;
    b.run(5, () => []);
    b.recorder.link({ phase: 'reconnecting', sinceMs: b.nowMs, lastDataMs, lostTags: ['TI-2'], reason: { text: 'cut' } });
    b.open('I-1');
    b.run(20, () => []);
    b.recorder.link({ phase: 'connected', sinceMs: b.nowMs, lastDataMs: b.nowMs, lostTags: [] });
    b.recorder.gap('linkLost', lastDataMs, b.nowMs + 3);
    b.recorder.gap('sequence', b.nowMs - 2_000, b.nowMs, 3);
    b.run(20);
    expect(reasons(b)).toEqual([
      '-1690-6 Recording had not begun yet', '0-5 The data link was down', '5-130 The server no longer had these tags [TI-2]', '105-130 The data link was down: cut', '128-130 Messages of the server did not arrive, 3 messages lost',
    ]);
  });

  it('the link still down when the recording ends, or the station stops', () => {
    const b = bench();
    b.run(100);
    b.open('I-1');
    b.run(10);
    b.recorder.link({ phase: 'frozen', sinceMs: b.nowMs, lastDataMs: b.nowMs - 2_000, lostTags: [] });
    b.run(60, () => []);
    b.recorder.stop();
    expect(reasons(b).at(-1)).toBe('108-170 The data link was down');
  });

  it('the buffer is full: the oldest are kept, what is lost is counted, and what the tags showed afterwards is written', () => {
    const b = bench({ blockSamples: 16, heldSamples: 64 });
    b.run(100);
    b.open('I-1');
    b.run(10);
    const before = b.nowMs;
    b.nowMs += 1_000;
    b.recorder.take(Array.from({ length: 200 }, (_, i) => ({ tag: i % 2 === 0 ? 'TI-1' : 'TI-2', value: i, status: 0, sourceMs: b.nowMs + i, receivedMs: b.nowMs + i })));
    b.nowMs += 1_000;
    b.run(30, () => []);
    expect(reasons(b).filter((text) => text.includes('buffer'))).toEqual([expect.stringMatching(/^111\.\d+-111\.199 The buffer of the recorder was full, 1\d\d samples lost$/u)]);
    const read = b.read('I-1');
    const points = read.series('TI-2').filter(([ms]) => ms > before);
    expect(points.at(-1)?.[1]).toBe(199);
    expect(points.at(-2)?.[1]).toBe(null);
    expect(read.recording?.verdict).toBe('running');
    read.close();
  });
});

describe('REQ-REC-05 the disk fails: a gap, a warning, and nothing else', () => {
  it('a disk that is read-only from the start: warned of; it records when it can, and an incident of before is told from then on', ({ skip }) => {
    const dir = mkdtempSync(join(tmpdir(), 'haven-ro-'));
    const isRoot = process.getuid?.() === 0;
    const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;
    // Root writes through rights, but not on a read-only mount.
    if (isRoot ? !(mount('--bind', dir, dir) && mount('-o', 'remount,bind,ro', dir)) : (chmodSync(dir, 0o500), false)) return skip('this account may not mount');
    try {
      const b = new RecorderBench({}, dir);
      b.run(30);
      b.open('I-1');
      b.run(30);
      expect(b.recorder.warning()?.en).toContain('Samples cannot be written'); // the fault has arrived
      expect(readdirSync(dir)).toEqual([]);
      if (isRoot) mount('-o', 'remount,bind,rw', dir);
      else chmodSync(dir, 0o700);
      b.run(60);
      expect(b.recorder.warning()).toBe(null);
      const read = b.read('I-1');
      // Nothing was lost: it waited in memory.
      expect(read.series('TI-1').length).toBeGreaterThan(100);
      expect(read.recording?.gaps.map(({ reason }) => reason.en)).toEqual(['Recording had not begun yet']);
      read.close();
      b.recorder.stop();
    } finally {
      if (isRoot) spawnSync('umount', [dir]);
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('a disk that is really full: warned of, buffered, and then a gap with its reason; with room again it goes on', ({ skip }) => {
    const outer = mkdtempSync(join(tmpdir(), 'haven-full-'));
    const disk = join(outer, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status !== 0) return skip('this account may not mount a disk');
    try {
      const b = new RecorderBench({ blockSamples: 64, heldSamples: 256 }, join(disk));
      b.run(60);
      b.open('I-1');
      b.run(30);
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(4_096));
      for (let size = 65_536; size >= 4_096; size /= 2) for (let i = 0; ; i += 1) try { writeFileSync(join(disk, `ballast-${String(size)}-${String(i)}`), Buffer.alloc(size)); } catch { break; }
      b.run(600);
      // The fault arrived, as what it is.
      expect(b.recorder.warning()?.en).toMatch(/full/u);
      for (const name of readdirSync(disk)) if (name.startsWith('ballast')) rmSync(join(disk, name));
      b.run(120);
      expect(b.recorder.warning()).toBe(null);
      const read = b.read('I-1');
      expect(read.recording?.gaps.map(({ reason }) => reason.en).filter((text) => text.includes('disk'))).toEqual([expect.stringMatching(/^The disk could not be written, \d+ samples lost: .*full/u)]);
      expect(read.recording?.verdict).toBe('running');
      expect(read.series('TI-1').at(-1)?.[0]).toBeGreaterThan(b.nowMs - 11_000);
      read.close();
      b.recorder.stop();
    } finally {
      spawnSync('umount', [disk]);
      rmSync(outer, { recursive: true, force: true });
    }
  });

  it('a store that was damaged is put aside, and begun anew; what was recorded of an open incident is told as missing', () => {
    const b = bench();
    b.run(600);
    b.open('I-1');
    b.run(60);
    b.recorder.stop();
    writeFileSync(join(b.dir, SAMPLES_FILE), Buffer.alloc(8_192, 7));
    b.restart(1_000);
    b.run(120);
    expect(b.recorder.warning()).toBe(null);
    expect(readdirSync(b.dir).filter((name) => name.startsWith('samples-damaged-')).length).toBeGreaterThan(0);
    const read = b.read('I-1');
    expect(read.recording?.verdict).not.toBe('whole');
    expect(read.recording?.gaps.map(({ reason }) => reason.en)).toContainEqual(expect.stringContaining('damaged'));
    read.close();
  });

  it('whatever it is given, it does not throw into the station', () => {
    const b = bench();
    const wrong = [null, { tag: 5 }, { tag: 'TI-1', value: {}, status: -1, sourceMs: Number.NaN, receivedMs: Number.NaN }, { tag: 'TI-1', value: 1n, status: 0, sourceMs: 0, receivedMs: b.nowMs }];
    for (const sample of wrong) expect(() => b.recorder.take([sample as never])).not.toThrow();
    expect(() => b.recorder.tell([{ type: 'incident.opened' } as never])).not.toThrow();
    b.run(60, plain);
    expect(rowsIn(b.dir)).toBeGreaterThan(0);
  });
});
