/** The pure parts of the benchmarks: figures, the table, and that engine and peer are given the same work. */
import { describe, expect, it } from 'vitest';
import { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import { NaiveEvaluator } from '../../../src/main/bench/naive-evaluator.ts';
import { figureOf, median, percentile, rounded } from '../../../src/main/bench/statistics.ts';
import { number, table } from '../../../src/main/bench/table.ts';
import { channelSpecs, floodTraffic, limitsOf, nodeSpecs, ordinaryTraffic, tagIds } from '../../../src/main/bench/traffic.ts';
import { run } from '../../../src/main/cli/bench.ts';

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it('is a value that was measured, by nearest rank', () => {
    expect([0, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(median([3, 1, 2])).toBe(2);
  });

  it('leaves the measurements in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is a broken invariant', () => {
    expect(() => percentile([], 0.5)).toThrow('broken invariant');
  });
});

describe('a figure', () => {
  it('is the median with its range, and the ratio of what is shown', () => {
    expect(figureOf({ name: 'x', unit: 'rows/s', values: [300, 100, 200], peer: { name: 'other', values: [50, 40, 60] } }))
      .toEqual({ name: 'x', figure: 200, unit: 'rows/s', peer: 'other', peerFigure: 50, ratio: 4, low: 100, high: 300, runs: 3 });
  });

  it('without a peer says so', () => {
    expect(figureOf({ name: 'x', unit: 'MB', values: [1] })).toMatchObject({ peer: null, peerFigure: null, ratio: null });
  });

  it('claims three digits', () => {
    expect([rounded(123_456), rounded(0.123_456), rounded(9.999)]).toEqual([123_000, 0.123, 10]);
  });
});

describe('the table', () => {
  it('puts one figure in a line, columns aligned, numbers to the right', () => {
    const text = table([
      figureOf({ name: 'journal/append-of-1', unit: 'durable facts/s', values: [2_000, 3_000, 4_000], peer: { name: 'bare disk', values: [6_000] } }),
      figureOf({ name: 'x', unit: 'MB', values: [150] }),
    ]);
    expect(text.split('\n')).toEqual([
      'benchmark            figure           range  unit             ratio  peer figure  peer',
      'journal/append-of-1   3,000  2,000 to 4,000  durable facts/s   0.5x        6,000  bare disk',
      'x                       150               -  MB                   -            -  -',
      '',
    ]);
  });

  it('writes large and small numbers so that they can be read', () => {
    expect([number(1_234_567), number(0.01234), number(0)]).toEqual(['1,230,000', '0.0123', '0']);
  });
});

describe('the condition benchmark', () => {
  const tags = tagIds(200);
  const limits = limitsOf(tags);

  it.each([['ordinary running', ordinaryTraffic(tags, 60)], ['a flood', floodTraffic(tags)]] as const)('gives engine and peer the same work: %s', (_what, batches) => {
    const engine = new ConditionEngine(channelSpecs(tags), nodeSpecs(limits));
    const naive = new NaiveEvaluator(limits);
    const raised: string[] = [];
    for (const { atMs, samples } of batches) {
      for (const sample of samples) {
        engine.push(sample);
        naive.push(sample);
      }
      engine.advance(atMs);
      raised.push(...engine.drain().filter(({ state }) => state === 'raised').map(({ id }) => id));
    }
    expect(raised.length).toBeGreaterThan(0);
    expect(raised.toSorted()).toEqual(naive.events.filter(({ state }) => state === 'raised').map(({ id }) => id).toSorted());
  });

  it('is the same traffic every time', () => {
    expect(ordinaryTraffic(tags, 5)).toEqual(ordinaryTraffic(tags, 5));
  });
});

describe('haven bench', () => {
  const called = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    let [out, err] = ['', ''];
    const code = await run(args, { stdout: (text) => { out += text; }, stderr: (text) => { err += text; }, cwd: '/' });
    return { code, out, err };
  };

  it('refuses a benchmark that there is not, and names those that there are', async () => {
    const { code, out, err } = await called('nonsense', '--json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("there is no benchmark 'nonsense'; expected one of conditions, journal");
  });

  it('refuses unknown options and a second name', async () => {
    expect((await called('--fast')).code).toBe(2);
    expect((await called('journal', 'replay')).code).toBe(2);
  });

  it('explains itself', async () => {
    const { code, out } = await called('--help');
    expect(code).toBe(0);
    expect(out).toContain('alarm-latency');
  });
});
