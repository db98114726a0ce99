// The read model: sections replaced whole, values merged, everything stale without a connection.
import { describe, expect, test } from 'vitest';
import { ConsoleModel } from '../../../src/renderer/store/model.ts';
import { viewOf } from '../../support/fake-station/scenes.ts';

const T = 1_700_000_000_000;
function fresh() {
  let monotonicMs = 0;
  const model = new ConsoleModel(() => monotonicMs);
  model.applySnapshot({ seq: 1, nowMs: T, view: viewOf('upset', T, T), values: { 'TI-4302': [61.4, 'good', T] }, session: null });
  model.setConnected(true);
  return { model, pass: (ms: number) => { monotonicMs += ms; } };
}

describe('the read model', () => {
  test('plant time is the station clock carried on', () => {
    const { model, pass } = fresh();
    pass(1_500);
    expect(model.nowMs()).toBe(T + 1_500);
  });

  test('a push replaces sections whole and merges values', () => {
    const { model } = fresh();
    const people = viewOf('normal', T, T).people;
    model.applyPush({ kind: 'push', seq: 2, nowMs: T + 500, sections: { people }, values: { 'PI-4303': [0.1, 'good', T] }, session: null, dropped: 3 });
    expect(model.section('people')).toBe(people);
    expect(model.section('upset')?.procedures).toHaveLength(2);
    expect(model.value('TI-4302')?.[0]).toBe(61.4);
    expect(model.linkToStation().dropped).toBe(3);
  });

  test('the newer of section and live value is shown', () => {
    const { model } = fresh();
    expect(model.current({ tag: 'TI-4302', value: 60, quality: 'good', sourceMs: T - 900 }).value).toBe(61.4);
    expect(model.current({ tag: 'TI-4302', value: 62, quality: 'good', sourceMs: T + 900 }).value).toBe(62);
  });

  test('without a connection nothing is good, and it is known since when', () => {
    const { model, pass } = fresh();
    pass(2_000);
    model.setConnected(false);
    pass(3_000);
    model.setConnected(false);
    expect(model.linkToStation().downSinceMs).toBe(T + 2_000);
    expect(model.current({ tag: 'TI-4302', value: 60, quality: 'good', sourceMs: T }).quality).toBe('stale');
    expect(model.current({ tag: 'X', value: 60, quality: 'bad', sourceMs: T }).quality).toBe('bad');
  });

  test('recalled sections never replace what the station said', () => {
    const { model } = fresh();
    model.recall({});
    expect(model.section('plant')).toBeDefined();
  });
});
