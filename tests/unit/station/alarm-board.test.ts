/** The alarms as consoles are told of them: row by row, with as much work as there was change. Counted, not timed. */
import { describe, expect, it } from 'vitest';
import { foldAlarms } from '../../../src/contract/alarm-fold.ts';
import type { Push } from '../../../src/contract/envelope.ts';
import { pushSchema } from '../../../src/contract/envelope.ts';
import { alarmsSectionSchema } from '../../../src/contract/view.ts';
import type { AlarmsSection } from '../../../src/contract/view.ts';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { AlarmBoard } from '../../../src/main/station/alarm-board.ts';
import { ConsoleSession } from '../../../src/main/station/console-session.ts';
import type { Published } from '../../../src/main/station/console-session.ts';
import { calmPlant, condition, end, raise } from '../domain/alarms-plant.ts';
import { PEOPLE } from '../domain/bench.ts';
import type { Bench } from '../domain/bench.ts';

const flood = (count: number): Bench => {
  const bench = calmPlant(Array.from({ length: count }, (_, i) => condition(`c${i}`, 'T-plain', { priority: ((i % 4) + 1) as 1 | 2 | 3 | 4, role: i % 50 === 0 ? 'trigger' : 'warning', starts: i % 50 === 0 ? ['P-1'] : [] })));
  bench.set({ 'T-plain': 20 });
  return bench;
};
const boardOf = (bench: Bench): AlarmBoard => {
  const board = new AlarmBoard(bench.plant);
  board.update(bench.state, bench.nowMs);
  return board;
};

describe('REQ-ALM-16 the work of a change', () => {
  it('with 5,000 active, 100 answers rebuild 100 rows, and the push holds these and no other', () => {
    const bench = flood(5_000);
    const board = boardOf(bench);
    expect([board.section().active.length, board.rowsBuilt]).toEqual([5_000, 5_000]);
    const { version } = board;
    const ids = Array.from({ length: 100 }, (_, i) => `c${i * 7 + 1}`);
    bench.state = evolveAll(bench.state, ids.map((id) => fact('alarm.acknowledged', bench.nowMs, 'post', { id })), bench.plant.machines);
    board.update(bench.state, bench.nowMs);
    expect(board.rowsBuilt).toBe(5_100);
    const delta = board.since(version);
    expect([delta?.changed.map((row) => row.id).sort(), delta?.removed, delta?.head.counts.unacknowledged]).toEqual([[...ids].sort(), [], 4_900]);
    expect(JSON.stringify(delta).length).toBeLessThan(JSON.stringify(board.section()).length / 20);
  });

  it('nothing changed: no row, no version; the same delta for every console that stands at the same place', () => {
    const bench = flood(20);
    const board = boardOf(bench);
    const { rowsBuilt, version } = board;
    for (let i = 0; i < 5; i += 1) board.update(bench.state, bench.nowMs + i);
    expect([board.rowsBuilt, board.version]).toEqual([rowsBuilt, version]);
    end(bench, 'plain');
    board.update(bench.state, bench.nowMs);
    expect(board.since(version)).toBe(board.since(version));
  });

  it('a console too far behind gets the section whole', () => {
    const bench = flood(500);
    const board = boardOf(bench);
    const { version } = board;
    for (let i = 0; i < 60; i += 1) {
      bench.state = evolveAll(bench.state, Array.from({ length: 500 }, (_, k) => fact(i % 2 === 0 ? 'alarm.returned' : 'alarm.raised-again', bench.nowMs, null, { id: `c${k}`, answerByMs: bench.nowMs + i })), bench.plant.machines);
      bench.state = evolveAll(bench.state, Array.from({ length: 500 }, (_, k) => fact('alarm.cause', bench.nowMs, 'e', { id: `c${k}`, text: `${i}` })), bench.plant.machines);
      board.update(bench.state, bench.nowMs);
    }
    expect([board.since(version), board.since(board.version + 1), board.since(board.version)?.changed]).toEqual([null, null, []]);
    expect(board.since(board.version - 1)?.changed.length).toBe(500);
  });
});

describe('REQ-ALM-16 what a console is sent', () => {
  const published = (board: AlarmBoard, version = 1): Published => ({ nowMs: 1, view: {} as Published['view'], alarms: board, sectionVersions: {} as Published['sectionVersions'], values: new Map(), version });

  it('a snapshot, then deltas that stand on it; a push that was dropped is made up for by the next', () => {
    const bench = calmPlant();
    const board = boardOf(bench);
    const sent: Push[] = [];
    let waiting = 0;
    const session = new ConsoleSession({ send: (text) => sent.push(pushSchema.parse(JSON.parse(text))), onMessage: () => undefined, onClose: () => undefined, buffered: () => waiting });
    session.begin(published(board));
    let mirror: AlarmsSection = board.section();
    const step = (): void => {
      board.update(bench.state, bench.nowMs);
      session.push(published(board));
    };
    step();
    expect(sent[0]?.alarms).toBeUndefined();
    raise(bench, 'plain');
    step();
    waiting = 2 ** 30;
    raise(bench, 'second');
    step();
    end(bench, 'plain');
    bench.do((c) => alarms.acknowledge(c, ['plain'], 'post'));
    waiting = 0;
    step();
    for (const push of sent) if (push.alarms !== undefined) mirror = foldAlarms(mirror, push.alarms) ?? mirror;
    expect(sent.map((push) => [push.alarms?.changed.map((row) => row.id) ?? null, push.alarms?.removed ?? null, push.dropped])).toEqual([[null, null, 0], [['plain'], [], 0], [['second'], ['plain'], 1]]);
    expect([mirror.version, mirror.active.map((row) => row.id), mirror.history.map((e) => `${e.id} ${e.change}`)]).toEqual([board.version, ['second'], ['plain acknowledged', 'plain returned', 'second raised', 'plain raised']]);
  });

  it('a delta on another version is not put on', () => {
    const board = boardOf(calmPlant());
    const delta = board.since(board.version);
    expect(delta !== null && foldAlarms({ ...board.section(), version: 99 }, delta)).toBe(null);
  });
});

describe('REQ-ALM-14 the list in a flood', () => {
  it('groups by procedure, then by unit, pins what was first, and counts everything', () => {
    const bench = calmPlant();
    raise(bench, 'trip');
    raise(bench, 'plain');
    raise(bench, 'second', 'urgent', 'slow', 'early', 'latch', 'gas', 'again', 'soft');
    raise(bench, 'flow');
    bench.pass(60_000);
    bench.do((c) => alarms.acknowledge(c, ['plain'], 'post'));
    const section = boardOf(bench).section();
    expect(alarmsSectionSchema.safeParse(section).error).toBeUndefined();
    expect([section.flood, section.floodState?.pinned]).toEqual([true, ['plain']]);
    expect(section.groups.map(({ key, kind, active, worst }) => [key, kind, active, worst])).toEqual([['procedure:P-1', 'procedure', 2, 1], ['unit:unit-a', 'unit', 5, 1], ['unit:unit-b', 'unit', 4, 1]]);
    expect(section.groups.reduce((sum, { active }) => sum + active, 0)).toBe(section.active.length);
    expect([section.counts.active, section.counts.unacknowledged, Object.values(section.counts.byPriority).reduce((sum, { active }) => sum + active, 0)]).toEqual([section.active.length, section.active.length - 1, section.active.length]);
  });

  it('the most urgent first: priority, unanswered, first-out, newest', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    raise(bench, 'second');
    raise(bench, 'urgent', 'again');
    bench.do((c) => alarms.acknowledge(c, ['urgent'], 'post'));
    raise(bench, 'trip');
    expect(boardOf(bench).section().active.map((row) => row.id)).toEqual(['trip', 'urgent', 'second', 'plain', 'again']);
  });
});

describe('REQ-ALM-16 a row says', () => {
  const row = (bench: Bench, id: string): AlarmsSection['active'][number] | undefined => {
    const { active, shelved, suppressed, outOfService } = boardOf(bench).section();
    return [...active, ...shelved, ...suppressed, ...outOfService].find((each) => each.id === id);
  };

  it('in which list it stands and what may be done with it, as it will be answered when it is asked', () => {
    const bench = calmPlant();
    raise(bench, 'plain', 'gas', 'latch');
    bench.do((c) => alarms.shelve(c, ['plain'], 'r', 60_000, 'post'));
    bench.do((c) => alarms.takeOutOfService(c, 'soft', 'WP', 'r', PEOPLE.engineer));
    expect(['plain', 'soft', 'gas', 'latch'].map((id) => row(bench, id)?.list)).toEqual(['shelved', 'outOfService', 'active', 'active']);
    expect(row(bench, 'gas')).toMatchObject({ shelveMaxMs: null, may: { shelve: { allowed: false }, outOfService: { allowed: false }, reset: { allowed: false }, confirmOnSite: { allowed: false } }, clearing: { cause: null, confirmation: null } });
    expect(row(bench, 'latch')).toMatchObject({ shelveMaxMs: 4 * 3_600_000, may: { shelve: { allowed: true }, outOfService: { allowed: true }, confirmOnSite: null }, clearing: null });
    end(bench, 'gas');
    expect(row(bench, 'gas')?.may.confirmOnSite).toEqual({ allowed: true });
    bench.link('lost');
    expect(row(bench, 'gas')?.may.confirmOnSite).toMatchObject({ allowed: false });
  });

  it('the value that raised it, its unit, its unit of the plant, its card and how long there is', () => {
    const bench = calmPlant();
    raise(bench, 'slow');
    bench.pass(30_000);
    const found = row(bench, 'slow');
    expect(found).toMatchObject({ reading: { tag: 'T-slow', value: 20, unit: 'degC' }, limit: 10, comparison: 'above', delayMs: 30_000, area: { id: 'unit-b' }, groupKey: 'unit:unit-b', card: { timeToActMs: 600_000, timeNeededMs: 60_000 }, class: 'process' });
    expect((found?.respondByMs ?? 0) - (found?.raisedMs ?? 0)).toBe(570_000);
  });

  it('a change of the link or of the running procedures reaches the rows that depend on it, and no other', () => {
    const bench = calmPlant();
    raise(bench, 'plain', 'early', 'gas');
    const board = boardOf(bench);
    const { version, rowsBuilt } = board;
    raise(bench, 'trip');
    board.update(bench.state, bench.nowMs);
    expect(board.since(version)?.changed.map((each) => each.id).sort()).toEqual(['early', 'trip']);
    bench.link('lost');
    board.update(bench.state, bench.nowMs);
    expect(board.since(version)?.changed.map((each) => each.id).sort()).toEqual(['LINK', 'early', 'gas', 'trip']);
    expect(board.rowsBuilt).toBe(rowsBuilt + 4);
  });
});
