/** What `haven replay` tells of alarms: the four words of cli.md, with fields added. */
import { expect, it } from 'vitest';
import { evolve } from '../../../src/domain/station/evolve.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { eventsOf } from '../../../src/main/replay/events.ts';
import { calmPlant, end, raise } from '../domain/alarms-plant.ts';
import type { Bench } from '../domain/bench.ts';

function told(bench: Bench): string[] {
  let state = EMPTY_STATE;
  return bench.facts.flatMap((f) => {
    const before = state;
    state = evolve(state, f, bench.plant.machines);
    return eventsOf(bench.plant, before, state, f).flatMap((event) => (event.type === 'alarm' ? [[event.id, event.state, ...(['firstOut', 'possiblyFirst', 'again', 'latched'] as const).filter((key) => event[key] === true)].join(' ')] : []));
  });
}

it('REQ-ALM-15 replay: suppressed by design, and put forward when that ends', () => {
  const bench = calmPlant();
  raise(bench, 'stopped');
  raise(bench, 'flow');
  end(bench, 'stopped');
  raise(bench, 'stopped');
  end(bench, 'flow');
  expect(told(bench)).toEqual(['flow suppressed', 'flow unacknowledged', 'flow suppressed', 'flow cleared']);
});

it('REQ-ALM-15 replay: returned, latched, raised again, and who was first', () => {
  const bench = calmPlant();
  raise(bench, 'latch');
  end(bench, 'latch');
  raise(bench, 'again');
  bench.pass(120_000);
  raise(bench, 'plain', 'second');
  end(bench, 'plain');
  expect(told(bench)).toEqual(['latch unacknowledged', 'latch returned latched', 'again unacknowledged', 'again unacknowledged again', 'plain unacknowledged firstOut', 'second unacknowledged possiblyFirst', 'plain returned']);
});
