import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeIdOf } from '../../../src/main/dcs/address.ts';
import { backoffMs } from '../../../src/main/dcs/backoff.ts';
import { callSize, chunksOf } from '../../../src/main/dcs/chunks.ts';
import { SampleDelivery } from '../../../src/main/dcs/delivery.ts';
import { Ring } from '../../../src/main/dcs/ring.ts';
import { checkSequence, FIRST_SEQUENCE } from '../../../src/main/dcs/sequence.ts';
import { skewOf } from '../../../src/main/dcs/skew.ts';
import type { DcsTag } from '../../../src/main/dcs/types.ts';

const LAST = 0xffffffff;

describe('REQ-DCS-09 a message that never arrived is noticed', () => {
  it('counts what is missing between two messages', () => {
    let state = FIRST_SEQUENCE;
    const seen: number[] = [];
    for (const [number, keepAlive] of [[1, false], [2, true], [2, true], [2, false], [5, false], [9, true], [9, false]] as const) {
      const step = checkSequence(state, number, keepAlive);
      state = step.state;
      seen.push(step.missing);
    }
    expect(seen).toEqual([0, 0, 0, 0, 2, 3, 0]);
  });

  it('rolls over to 1, not to 0', () => {
    expect(checkSequence({ expected: LAST }, LAST, false)).toEqual({ state: { expected: 1 }, missing: 0 });
    expect(checkSequence({ expected: LAST }, 1, false)).toEqual({ state: { expected: 2 }, missing: 1 });
  });

  it('takes a repeated message for what it is', () => {
    expect(checkSequence({ expected: 10 }, 9, false)).toEqual({ state: { expected: 10 }, missing: 0 });
    expect(checkSequence({ expected: 2 }, LAST, false)).toEqual({ state: { expected: 2 }, missing: 0 });
  });

  it('counts exactly the messages dropped from any unbroken series', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LAST }), fc.array(fc.boolean(), { maxLength: 60 }), (start, arrives) => {
        let state = { expected: start };
        let number = start;
        let counted = 0;
        for (const arrived of [...arrives, true]) {
          if (arrived) {
            const step = checkSequence(state, number, false);
            state = step.state;
            counted += step.missing;
          }
          number = number === LAST ? 1 : number + 1;
        }
        expect(counted).toBe(arrives.filter((arrived) => !arrived).length);
      }),
    );
  });
});

describe('REQ-DCS-05 requests fit what the server can take', () => {
  it('takes the smaller of both limits and ignores none and nonsense', () => {
    expect([callSize(100, 1000), callSize(5000, 1000), callSize(0, 1000), callSize(null, 1000), callSize(-1, 1000), callSize('7', 1000)]).toEqual([100, 1000, 1000, 1000, 1000, 1000]);
  });

  it('loses and repeats nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 50 }), (list, size) => {
        const chunks = chunksOf(list, size);
        expect(chunks.flat()).toEqual(list);
        expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
      }),
    );
  });
});

describe('REQ-DCS-04 addresses follow the namespace URI', () => {
  const tag = (nodeId?: string): DcsTag => ({ id: 'TI-4101', kind: 'analog', scanMs: 5000, ...(nodeId ? { nodeId } : {}) });
  const array = ['http://opcfoundation.org/UA/', 'urn:server', 'urn:other', 'urn:plant'];

  it.each([
    ['the id itself by default', undefined, 'ns=3;s=TI-4101'],
    ['an identifier of our namespace', 'i=42', 'ns=3;i=42'],
    ['a whole address elsewhere', 'nsu=urn:other;s=A;B', 'ns=2;s=A;B'],
    ['a namespace that is not there', 'nsu=urn:gone;i=1', null],
    ['an index is no address', 'ns=3;s=TI-4101', null],
    ['nor is free text', 'TI-4101', null],
  ])('%s', (_story, nodeId, expected) => {
    expect(nodeIdOf(tag(nodeId), 'urn:plant', array)).toBe(expected);
  });

  it('moves with the index', () => {
    expect(nodeIdOf(tag(), 'urn:plant', ['a', 'b', 'urn:plant'])).toBe('ns=2;s=TI-4101');
    expect(nodeIdOf(tag(), 'urn:plant', ['a', 'b'])).toBeNull();
  });
});

describe('REQ-DCS-10 nothing grows without end', () => {
  it('a ring keeps the newest and counts the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 100 }), fc.integer({ min: 1, max: 20 }), (items, capacity) => {
        const ring = new Ring<number>(capacity);
        for (const item of items) ring.push(item);
        const { items: kept, dropped } = ring.drain();
        expect(kept).toEqual(items.slice(-capacity));
        expect(dropped).toBe(Math.max(0, items.length - capacity));
        expect(ring.drain()).toEqual({ items: [], dropped: 0 });
      }),
    );
  });

  it('a flood is delivered as its newest part, and the loss is told', () => {
    const told: number[] = [];
    const delivery = new SampleDelivery(1, (dropped) => told.push(dropped), 3);
    const batches: number[][] = [];
    delivery.listeners.add((batch) => batches.push(batch.map((sample) => sample.sourceMs)));
    for (let n = 1; n <= 5; n += 1) delivery.push({ tag: 'T', value: n, status: 0, sourceMs: n, receivedMs: n });
    delivery.flush();
    expect({ batches, told }).toEqual({ batches: [[3, 4, 5]], told: [2] });
  });
});

describe('REQ-DCS-11 reconnecting never ends and never takes long to begin', () => {
  it('waits a little longer each time, up to two seconds; longer where a person is needed', () => {
    expect([1, 2, 3, 4, 5, 1000].map((n) => backoffMs(n, false))).toEqual([250, 500, 1000, 2000, 2000, 2000]);
    expect(backoffMs(1, true)).toBe(5000);
    expect(backoffMs(0, false)).toBe(250);
  });
});

describe('REQ-DCS-12 clocks are compared by us', () => {
  it('at the middle of the round trip', () => {
    expect(skewOf(1000, 1200, 61_100)).toBe(60_000);
    expect(skewOf(1000, 1000, 400)).toBe(-600);
  });

  it('not at all when the round trip took too long, ran backwards or brought no time', () => {
    expect([skewOf(0, 9000, 5000), skewOf(1000, 900, 5000), skewOf(0, 10, Number.NaN)]).toEqual([null, null, null]);
  });
});
