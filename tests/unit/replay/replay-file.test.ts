/** REQ-REPL-05 REQ-REPL-08 REQ-REPL-09: a trace of any length takes the same memory, whoever reads us slowly slows us down, and Ctrl-C ends it cleanly. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CommandIo } from '../../../src/main/cli/io.ts';
import { LineOutput, PIECE_LENGTH } from '../../../src/main/cli/line-output.ts';
import { ProgressLine } from '../../../src/main/cli/progress-line.ts';
import type { ReplayEvent } from '../../../src/main/replay/events.ts';
import { InstantQueue } from '../../../src/main/replay/instant.ts';
import { replayFile } from '../../../src/main/replay/replay-file.ts';
import type { ReplayFileOptions, ReplayProgress } from '../../../src/main/replay/replay-file.ts';
import { Replayer } from '../../../src/main/replay/replay.ts';
import { TraceReader } from '../../../src/main/replay/trace-reader.ts';
import { shippedPack } from '../domain/bench.ts';

const pack = shippedPack();
const folder = mkdtempSync(path.join(tmpdir(), 'haven-replay-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function fileOf(text: string): string {
  const file = path.join(folder, `${(count += 1)}.csv`);
  writeFileSync(file, text);
  return file;
}

const numbers = pack.tags.flatMap((tag) => (tag.kind === 'analog' ? [tag] : [])).slice(0, 40);
const rowsOf = (rows: number, from = 0): string => Array.from({ length: rows }, (_, i) => `${from + i},${numbers.map((tag) => (tag.low + (tag.high - tag.low) / 2).toFixed(2)).join(',')}\n`).join('');
const header = `time,${numbers.map(({ id }) => id).join(',')}\n`;

/** The most that reader and queue ever held while so many rows went through, in chunks of a fixed size. */
function held(rows: number, headSamples: number): { samples: number; bytes: number; fed: number } {
  const queue = new InstantQueue({ headSamples, heldMax: 4 * headSamples });
  const reader = new TraceReader(pack, { ignoreUnknown: false }, { queue, decideBytes: 4_096 });
  let bytes = 0;
  let fed = 0;
  const take = (): void => {
    for (let instant = queue.take(); instant !== null; instant = queue.take()) {
      fed += instant.count;
      queue.giveBack(instant);
    }
  };
  reader.push(Buffer.from(header));
  for (let from = 0; from < rows; from += 20) {
    reader.push(Buffer.from(rowsOf(20, from)));
    bytes = Math.max(bytes, reader.heldBytes);
    take();
  }
  reader.end();
  take();
  return { samples: queue.peakHeld, bytes, fed };
}

describe('REQ-REPL-05 constant memory', () => {
  it('ten times the rows, the same samples and bytes held', () => {
    const [short, long] = [held(1_000, 2_000), held(10_000, 2_000)];
    expect([short.fed, long.fed]).toEqual([40_000, 400_000]);
    expect(long.samples).toBe(short.samples);
    expect(long.samples).toBeLessThan(2_000 + 40 * 56); // head, and what one piece adds
    expect(long.bytes).toBe(short.bytes);
  });

  it('a thousand rows within 10 s do not pile up either: the oldest goes on its way, and a row that comes too late for it is refused', () => {
    const queue = new InstantQueue({ headSamples: 50, heldMax: 500 });
    const reader = new TraceReader(pack, { ignoreUnknown: false }, { queue, decideBytes: 16 });
    const tag = numbers[0]?.id ?? '';
    reader.push(Buffer.from(`time,${tag}\n`));
    const times: number[] = [];
    for (let ms = 0; ms < 5_000; ms += 5) {
      reader.push(Buffer.from(`${(ms / 1_000).toFixed(3)},1\n`));
      for (let instant = queue.take(); instant !== null; instant = queue.take()) {
        times.push(instant.atMs);
        queue.giveBack(instant);
      }
    }
    expect(queue.peakHeld).toBeLessThan(600);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    reader.push(Buffer.from('1.000,1\n'));
    expect(reader.problems[0]?.message).toContain('behind more samples than can be put in order');
  });

  it('a tag that is rare in the beginning has its cadence learnt from its first three samples, and its silence is noticed', () => {
    const rare = pack.tags.find(({ id }) => id === 'TI-4202');
    const other = pack.tags.find(({ id }) => id === 'TI-4203');
    const rows = Array.from({ length: 4_000 }, (_, i) => `${i},${i >= 500 && i < 2_000 && i % 20 === 0 ? '61' : ''},45\n`).join('');
    const events: ReplayEvent[] = [];
    const queue = new InstantQueue({ headSamples: 1_000 });
    const reader = new TraceReader(pack, { ignoreUnknown: false }, { queue, decideBytes: 1_024 });
    reader.push(Buffer.from(`time,${rare?.id ?? ''},${other?.id ?? ''}\n${rows}`));
    reader.end();
    const replayer = new Replayer(pack, reader.channels, queue.waiting.slice(0, 50), reader.startMs ?? 0, (event) => events.push(event));
    for (let instant = queue.take(); instant !== null; instant = queue.take()) replayer.feed(instant);
    const changes = events.flatMap((e) => (e.type === 'condition' && e.id === 'C-A4.2(2)-TI-4202' ? [`${e.t} ${e.state}`] : []));
    // Its last sample is at 1980 s, every 20 s; three of its intervals later it is not known any more.
    expect(changes[0]).toBe('500 raised');
    expect(changes[1]).toMatch(/^2040(\.\d+)? unknown$/u);
  });
});

const quiet: Pick<ReplayFileOptions, 'ignoreUnknown' | 'tell'> = { ignoreUnknown: false, tell: () => undefined };

describe('REQ-REPL-08 output', () => {
  it('is never more in memory than a piece while nobody reads it, however much there is to tell', async () => {
    const tag = numbers.find(({ id }) => id === 'TI-4202');
    const text = `time,${tag?.id ?? ''}\n${Array.from({ length: 800 }, (_, i) => `${i},${i % 2 === 0 ? 90 : 10}\n`).join('')}`;
    let [waiting, peak, total] = [0, 0, 0];
    const io: CommandIo = {
      stdout: (piece) => { waiting += piece.length; peak = Math.max(peak, waiting); total += piece.length; }, stderr: () => undefined, cwd: folder,
      drained: async () => { await new Promise((done) => setTimeout(done, 1)); waiting = 0; },
    };
    const output = new LineOutput(io);
    const ended = await replayFile(fileOf(text), pack, { ...quiet, tell: (event) => output.line(JSON.stringify(event)), untilTold: () => output.untilTold() });
    output.flush();
    expect(ended.outcome).toBe('done');
    expect(total).toBeGreaterThan(4 * PIECE_LENGTH);
    expect(peak).toBeLessThan(2 * PIECE_LENGTH);
  });

  it('events before a problem far behind stay told; there is no end', async () => {
    const events: ReplayEvent[] = [];
    const text = `${header}${rowsOf(9_000)}9000,hot\n`;
    const ended = await replayFile(fileOf(text), pack, { ...quiet, tell: (event) => events.push(event), queue: new InstantQueue({ headSamples: 1_000 }) });
    expect(ended).toMatchObject({ outcome: 'refused', problems: [{ line: 9_002, column: 2 }] });
    expect(events.length).toBeGreaterThan(0);
    expect(events.some(({ type }) => type === 'end')).toBe(false);
  }, 180_000);

  it('a file that is not there, and a folder, are refused with a reason', async () => {
    for (const file of [path.join(folder, 'none.csv'), folder]) expect(await replayFile(file, pack, quiet)).toMatchObject({ outcome: 'refused', problems: [{ message: expect.stringContaining('cannot be read') as string }] });
  });
});

describe('REQ-REPL-09 cancelling and progress', () => {
  it('a signal ends it between two moments and says how far it came', async () => {
    const cancel = new AbortController();
    let told = 0;
    const ended = await replayFile(fileOf(`${header}${rowsOf(9_000)}`), pack, { ...quiet, queue: new InstantQueue({ headSamples: 1_000 }), signal: cancel.signal, onProgress: () => { told += 1; if (told === 2) cancel.abort(); } });
    if (ended.outcome !== 'cancelled') throw new Error(ended.outcome);
    expect(ended.progress.samples).toBeGreaterThan(0);
    expect(ended.progress.samples).toBeLessThan(360_000);
    expect((ended.progress.nowMs ?? 0) - (ended.progress.startMs ?? 0)).toBe((ended.progress.samples / 40 - 1) * 1_000);
  }, 180_000);

  it('a terminal sees one line that is drawn anew; a pipe sees nothing', () => {
    const progress: ReplayProgress = { bytes: 50_000_000, ofBytes: 200_000_000, samples: 7_200_000, rows: 7_200, nowMs: 946_684_800_000 + 7_199_000, startMs: 946_684_800_000 };
    for (const isTerminal of [true, false]) {
      let [said, nowMs] = ['', 0];
      const line = new ProgressLine({ stdout: () => undefined, stderr: (text) => { said += text; }, cwd: '', isTerminal }, () => nowMs);
      for (nowMs = 100; nowMs <= 2_000; nowMs += 100) line.show(progress);
      line.clear();
      if (!isTerminal) {
        expect(said).toBe('');
        continue;
      }
      expect(said.split('\r').length - 1).toBe(4 + 1); // four times in two seconds, and wiped off
      expect(said).toContain(' 25 %  2000-01-01T01:59:59  7.2 million samples');
      expect(said).toContain('s left');
      expect(said.endsWith('\r\u001B[K')).toBe(true);
    }
  });
});
