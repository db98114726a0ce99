/** REQ-REPL-01 REQ-REPL-06: however fast it goes, a trace gives the events that the plainest replay gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstantQueue } from '../../../src/main/replay/instant.ts';
import type { ReplayEvent } from '../../../src/main/replay/events.ts';
import { Replayer, replay } from '../../../src/main/replay/replay.ts';
import { parseTrace } from '../../../src/main/replay/trace.ts';
import { TraceReader } from '../../../src/main/replay/trace-reader.ts';
import { shippedPack } from '../domain/bench.ts';
import { longText, madeTrace, wideText } from './made-traces.ts';
import { referenceReplay } from './reference-replay.ts';
import { referenceTrace } from './reference-trace.ts';

const pack = shippedPack();

function replayed(text: string): { events: ReplayEvent[] } {
  const read = parseTrace(text, pack, { ignoreUnknown: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const events: ReplayEvent[] = [];
  replay(pack, read.trace, (event) => events.push(event));
  return { events };
}

function reference(text: string): ReplayEvent[] {
  const read = referenceTrace(text, pack, { ignoreUnknown: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return referenceReplay(pack, read.trace.rows, read.trace.startMs);
}

describe('REQ-REPL-01 a trace gives the same events as the plainest replay of it', () => {
  it('wide, with late rows, bad values, outages and long gaps', () => {
    let events = 0;
    fc.assert(fc.property(fc.nat(), (seed) => {
      const text = wideText(madeTrace(pack, seed));
      const expected = reference(text);
      events += expected.length;
      expect(replayed(text).events).toEqual(expected);
    }), { numRuns: 15 });
    expect(events).toBeGreaterThan(1_000); // else nothing was compared
  });

  it('REQ-REPL-06 long and wide are two ways to write the same', () => {
    fc.assert(fc.property(fc.nat(), (seed) => {
      const trace = madeTrace(pack, seed, 80);
      expect(replayed(longText(trace)).events).toEqual(replayed(wideText(trace)).events);
    }), { numRuns: 15 });
  });

  it('REQ-REPL-05 in pieces of any size, with the head cut short, it is the same as long as the cadences are', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 5_000 }), (seed, size) => {
      const text = wideText(madeTrace(pack, seed, 120));
      const bytes = Buffer.from(text);
      const queue = new InstantQueue();
      const reader = new TraceReader(pack, { ignoreUnknown: false }, { queue, decideBytes: 64 });
      const events: ReplayEvent[] = [];
      for (let i = 0; i < bytes.length; i += size) reader.push(bytes.subarray(i, i + size));
      reader.end();
      const replayer = new Replayer(pack, reader.channels, queue.waiting, reader.startMs ?? 0, (event) => events.push(event));
      for (let instant = queue.take(); instant !== null; instant = queue.take()) replayer.feed(instant);
      replayer.end();
      expect(events).toEqual(replayed(text).events);
    }), { numRuns: 10 });
  });
});

describe('REQ-REPL-07 a quiet moment is not looked at', () => {
  it('thousand quiet rows cost no more looks than ten', () => {
    const rows = (n: number): string => `time,TI-4202,TI-4203\n${Array.from({ length: n }, (_, i) => `${i},${(45 + (i % 7) / 10).toFixed(1)},45`).join('\n')}\n`;
    const looks = (text: string): number => {
      const read = parseTrace(text, pack, { ignoreUnknown: false });
      if (!read.ok) throw new Error('not read');
      const replayer = new Replayer(pack, read.trace.channels, read.trace.instants, read.trace.startMs, () => undefined);
      for (const instant of read.trace.instants) replayer.feed(instant);
      return replayer.looks;
    };
    const few = looks(rows(700));
    expect(looks(rows(7_000))).toBe(few);
    expect(few).toBeLessThan(100);
  });
});
