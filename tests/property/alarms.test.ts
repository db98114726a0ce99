/** What must hold of alarms after anything at all: samples, lost values, people, time, restarts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlwaysVisible, SHELVE_MAX_MS } from '../../src/domain/alarms/alarms.ts';
import { FLOOD_ENDS_BELOW, raisedWithin } from '../../src/domain/alarms/flood.ts';
import { TRUE } from '../../src/domain/conditions/truth.ts';
import { STATUS } from '../../src/domain/samples/sample.ts';
import * as alarms from '../../src/domain/station/alarm-commands.ts';
import { stop } from '../../src/domain/station/commands.ts';
import { startProcedure } from '../../src/domain/station/procedure-commands.ts';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { restoreEngine } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { foldAlarms } from '../../src/contract/alarm-fold.ts';
import { alarmsDeltaSchema, alarmsSectionSchema } from '../../src/contract/view.ts';
import type { AlarmsSection } from '../../src/contract/view.ts';
import { AlarmBoard } from '../../src/main/station/alarm-board.ts';
import { calmPlant, CONDITIONS } from '../unit/domain/alarms-plant.ts';
import { PEOPLE, sample } from '../unit/domain/bench.ts';
import type { Bench } from '../unit/domain/bench.ts';

const IDS = [...CONDITIONS.map(({ id }) => id), 'NO-PROCEDURE', 'LINK', 'constructor', 'no-such'];
const MINUTE = 60_000;
type Deed = (bench: Bench) => void;

const id = fc.constantFrom(...IDS);
const page = fc.array(id, { minLength: 1, maxLength: 4 });
const tag = fc.constantFrom(...CONDITIONS.map((c) => ('input' in c.measure ? c.measure.input : '')));
const person = fc.constantFrom(...Object.values(PEOPLE));
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(tag, fc.constantFrom(0, 9, 11, 20), { minKeys: 1, maxKeys: 5 }).map((values): Deed => (bench) => bench.set(values)) },
  { weight: 2, arbitrary: fc.constantFrom(1_000, 40_000, 3 * MINUTE, 12 * MINUTE).map((ms): Deed => (bench) => { bench.nowMs += ms - 1_000; bench.plant.engine.alive(bench.nowMs); bench.pass(1_000); }) },
  { weight: 1, arbitrary: tag.map((each): Deed => (bench) => { bench.values.delete(each); bench.push(sample(each, null, bench.nowMs + 1, STATUS.bad)); }) },
  { weight: 1, arbitrary: fc.tuple(tag, fc.nat(900)).map(([each, ago]): Deed => (bench) => bench.push(sample(each, 20, bench.nowMs + 1, 0, bench.nowMs - ago))) },
  { weight: 1, arbitrary: fc.constantFrom('connected', 'lost').map((phase): Deed => (bench) => bench.link(phase)) },
  { weight: 2, arbitrary: page.map((ids): Deed => (bench) => { bench.do((c) => alarms.acknowledge(c, ids, 'post')); }) },
  { weight: 3, arbitrary: fc.tuple(page, fc.constantFrom(1_000, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 480 * MINUTE)).map(([ids, forMs]): Deed => (bench) => { bench.do((c) => alarms.shelve(c, ids, 'r', forMs, 'post')); }) },
  page.map((ids): Deed => (bench) => { bench.do((c) => alarms.unshelve(c, ids, 'post')); }),
  { weight: 2, arbitrary: fc.tuple(id, person).map(([each, by]): Deed => (bench) => { bench.do((c) => alarms.takeOutOfService(c, each, 'WP', 'r', by)); }) },
  fc.tuple(id, person).map(([each, by]): Deed => (bench) => { bench.do((c) => alarms.putInService(c, each, by)); }),
  { weight: 2, arbitrary: page.map((ids): Deed => (bench) => { bench.do((c) => alarms.resetAlarms(c, ids, 'post')); }) },
  fc.tuple(id, person).map(([each, by]): Deed => (bench) => { bench.do((c) => alarms.recordAlarmCause(c, each, 't', by)); }),
  fc.tuple(id, person).map(([each, by]): Deed => (bench) => { bench.do((c) => alarms.confirmOnSite(c, each, 't', by)); }),
  fc.constant<Deed>((bench) => { bench.do((c) => stop(c, 'post', 'people')); }),
  fc.constant<Deed>((bench) => { bench.do((c) => startProcedure(c, bench.state.runs[0]?.instance ?? '', 'post')); }),
  { weight: 1, arbitrary: fc.constant<Deed>(restart) },
);
const story = fc.array(deed, { minLength: 5, maxLength: 40 });

/** Power off and on: the state is the fold of what stood in the journal, the engine is put back. */
function restart(bench: Bench): void {
  const stored = JSON.parse(JSON.stringify(bench.facts)) as Fact[];
  bench.state = evolveAll(EMPTY_STATE, stored, bench.plant.machines);
  const fresh = calmPlant().plant;
  Object.assign(bench, { plant: fresh });
  bench.nowMs += 1_000;
  restoreEngine(fresh, bench.state, bench.nowMs);
  bench.settle();
}

/** Lives the story, and looks after every deed; then the restart, and looks again. */
function live(deeds: readonly Deed[], look: (bench: Bench) => void): Bench {
  const bench = calmPlant();
  for (const each of [...deeds, restart]) {
    each(bench);
    look(bench);
  }
  return bench;
}

const RUNS = { numRuns: 80 };

describe('REQ-ALM-05 an active safety alarm is always visible', () => {
  it('3.6 whatever people, values and time do: its row stands in the active list of every console', () => {
    fc.assert(fc.property(story, (deeds) => {
      live(deeds, ({ plant, state, nowMs }) => {
        const board = new AlarmBoard(plant);
        board.update(state, nowMs);
        const shown = new Set(board.section().active.map((row) => row.id));
        for (const def of plant.alarms.values()) {
          const isRaised = state.conditions.get(def.id)?.held === true && plant.conditions.get(def.id)?.role !== 'prohibition';
          if (isAlwaysVisible(def.class) && (isRaised || state.alarms.get(def.id)?.active === true)) expect([def.id, shown.has(def.id)]).toEqual([def.id, true]);
        }
      });
    }), RUNS);
  });

  it('3.6 none of them is ever shelved, suppressed or out of service, and none latched without its cause and its confirmation goes', () => {
    fc.assert(fc.property(story, (deeds) => {
      const bench = live(deeds, ({ plant, state }) => {
        for (const alarm of state.alarms.values()) if (isAlwaysVisible(plant.alarms.get(alarm.id)?.class ?? alarm.class)) expect([alarm.shelved, alarm.suppressed, alarm.outOfService]).toEqual([null, null, null]);
      });
      const words = { cause: false, site: false };
      for (const f of bench.facts) {
        if (f.type === 'alarm.raised' && f.data.id === 'gas') Object.assign(words, { cause: false, site: false });
        if (f.type === 'alarm.cause') words.cause = true;
        if (f.type === 'alarm.confirmed-on-site') words.site = true;
        if (f.type === 'alarm.reset' && f.data.id === 'gas') expect(words).toEqual({ cause: true, site: true });
      }
    }), RUNS);
  });
});

describe('REQ-ALM-06 REQ-ALM-07 nothing is hidden longer than it may', () => {
  it('shelving never outlasts its time nor its priority’s; suppression never its condition', () => {
    fc.assert(fc.property(story, (deeds) => {
      live(deeds, ({ plant, state, nowMs }) => {
        for (const alarm of state.alarms.values()) {
          if (alarm.shelved !== null) expect([alarm.shelved.untilMs > nowMs, alarm.shelved.untilMs - alarm.shelved.sinceMs <= SHELVE_MAX_MS[alarm.priority]]).toEqual([true, true]);
          if (alarm.suppressed !== null) expect(alarm.suppressed.by.map((by) => plant.engine.truthOf(by))).toEqual(alarm.suppressed.by.map(() => TRUE));
        }
      });
    }), RUNS);
  });
});

describe('REQ-ALM-13 REQ-ALM-14 what time alone brings is brought in time', () => {
  it('no alarm is unanswered beyond its time without being overdue; no flood outlasts its window; an active alarm is never at rest', () => {
    fc.assert(fc.property(story, (deeds) => {
      live(deeds, ({ plant, state, nowMs }) => {
        for (const alarm of state.alarms.values()) {
          const isHidden = alarm.shelved !== null || alarm.suppressed !== null || alarm.outOfService !== null;
          if (!isHidden && !alarm.acknowledged && nowMs >= alarm.answerByMs) expect([alarm.id, alarm.overdueMs === null]).toEqual([alarm.id, false]);
          if (!isHidden && alarm.active && alarm.reAlarmMs !== null) expect(nowMs - alarm.raisedMs).toBeLessThan(alarm.reAlarmMs);
        }
        if (state.flood !== null) expect(raisedWithin(state.raises, nowMs)).toBeGreaterThanOrEqual(FLOOD_ENDS_BELOW);
        for (const c of state.conditions.values()) if (c.held && ['trigger', 'warning'].includes(plant.conditions.get(c.id)?.role ?? '')) expect([c.id, state.alarms.get(c.id)?.active]).toEqual([c.id, true]);
      });
    }), RUNS);
  });
});

describe('REQ-ALM-15 the journal replays to the same alarms', () => {
  it('the fold of the facts through JSON equals the live state', () => {
    fc.assert(fc.property(story, (deeds) => {
      const bench = live(deeds, () => undefined);
      const stored = JSON.parse(JSON.stringify(bench.facts)) as Fact[];
      expect(stored).toEqual(bench.facts);
      expect(evolveAll(EMPTY_STATE, stored, bench.plant.machines)).toEqual(bench.state);
    }), RUNS);
  });
});

describe('REQ-ALM-16 deltas', () => {
  it('put on one after the other, from any version, they give what the station holds; and each is valid against the contract', () => {
    fc.assert(fc.property(story, fc.infiniteStream(fc.boolean()), (deeds, listens) => {
      const sorted = (section: AlarmsSection): unknown => ({ ...section, ...Object.fromEntries((['active', 'shelved', 'suppressed', 'outOfService'] as const).map((list) => [list, section[list].toSorted((a, b) => (a.id < b.id ? -1 : 1))])) });
      const first = calmPlant();
      const board = new AlarmBoard(first.plant);
      board.update(first.state, first.nowMs);
      let mirror: AlarmsSection = board.section();
      const hear = listens[Symbol.iterator]();
      // One plant throughout: a restart makes a new board, as it makes a new station.
      for (const each of deeds.filter((deed) => deed !== restart)) {
        each(first);
        board.update(first.state, first.nowMs);
        if (hear.next().value !== true) continue;
        const delta = board.since(mirror.version);
        expect(alarmsDeltaSchema.safeParse(delta).error).toBeUndefined();
        const next = delta === null ? null : foldAlarms(mirror, delta);
        if (next === null) throw new Error('the delta does not stand on the version of the mirror');
        mirror = next;
        // Against a board that never saw the way here: no row is left as it was.
        const fresh = new AlarmBoard(first.plant);
        fresh.update(first.state, first.nowMs);
        expect(sorted(mirror)).toEqual(sorted({ ...fresh.section(), version: mirror.version }));
      }
      expect(alarmsSectionSchema.safeParse(board.section()).error).toBeUndefined();
    }), RUNS);
  });
});
