import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimerQueue } from '../../../src/domain/conditions/timer-queue.ts';

test('whatever is queued comes out by time, and equal times by node', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 200 }), (entries) => {
    const queue = new TimerQueue();
    for (const [atMs, node] of entries) queue.push(atMs, node);
    const out: [number, number][] = [];
    while (queue.size > 0) {
      const atMs = queue.nextMs;
      out.push([atMs, queue.pop()]);
    }
    expect(out).toEqual([...entries].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    expect(queue.nextMs).toBe(Number.POSITIVE_INFINITY);
    expect(queue.pop()).toBe(-1);
  }));
});
