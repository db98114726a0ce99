// The alarm list: order kept change by change, filters, groups, and a list that holds still under the hand (docs/design/console.md, CON-31 to CON-34).
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { foldAlarms } from '../../../src/contract/alarm-fold.ts';
import type { AlarmsSection, AlarmView } from '../../../src/contract/view.ts';
import { AlarmIndex, byUrgency } from '../../../src/renderer/store/alarm-index.ts';
import { Arrangement, DEFAULT_SETTINGS, PINNED } from '../../../src/renderer/features/alarms/arrangement.ts';
import type { ListItem, ListSettings } from '../../../src/renderer/features/alarms/arrangement.ts';
import { isFiltering, matches, NO_FILTER } from '../../../src/renderer/features/alarms/filter.ts';
import type { AlarmFilter } from '../../../src/renderer/features/alarms/filter.ts';
import { ALARM_SORTS, compareBy, orderOf, orderText } from '../../../src/renderer/features/alarms/order.ts';
import { floodRow } from '../../support/fake-station/scenes.ts';
import { headOf, LISTS, played, row, sectionOf, step, T } from './alarm-rows.ts';

const pushes = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 25 });
const settings: fc.Arbitrary<ListSettings> = fc.record({
  list: fc.constantFrom(...LISTS, 'active', 'active'),
  order: fc.record({ sort: fc.constantFrom(...ALARM_SORTS), reversed: fc.boolean() }),
  filter: fc.constantFrom<AlarmFilter>(NO_FILTER, NO_FILTER, { ...NO_FILTER, priorities: [1, 3] }, { ...NO_FILTER, state: 'unacknowledged' }, { ...NO_FILTER, text: 'al-1' }),
  isGrouped: fc.boolean(),
});

function indexOf(rows: readonly AlarmView[] = []): AlarmIndex {
  const index = new AlarmIndex();
  index.load(sectionOf(rows));
  return index;
}
function following(index: AlarmIndex, chosen: ListSettings = DEFAULT_SETTINGS): Arrangement {
  const list = new Arrangement(index, chosen);
  list.follow();
  return list;
}
const itemsOf = (list: Arrangement): ListItem[] => list.slice(0, list.length);
const idsOf = (list: Arrangement): string[] => itemsOf(list).flatMap((item) => (item.kind === 'row' && !item.isGone ? [item.alarm.id] : []));

/** What the list should be, arranged from nothing: the slow and plain way. */
function arrangedAnew(rows: Iterable<AlarmView>, pinned: ReadonlySet<string>, groups: readonly string[], { list, order, filter, isGrouped }: ListSettings): string[] {
  const matching = [...rows].filter((each) => each.list === list && matches(each, filter)).sort(compareBy(order));
  if (!isGrouped) return matching.map(({ id }) => id);
  const isPinned = ({ id }: AlarmView): boolean => list === 'active' && pinned.has(id);
  const others = [...new Set(matching.map(({ groupKey }) => groupKey))].filter((key) => !groups.includes(key)).sort();
  return [...matching.filter(isPinned), ...[...groups, ...others].flatMap((key) => matching.filter((each) => each.groupKey === key && !isPinned(each)))].map(({ id }) => id);
}

describe('the index of alarms', () => {
  test('CON-31 after any deltas it holds what the contract says a delta means, and the banner shows the most urgent', () => {
    fc.assert(fc.property(pushes, (each) => {
      const index = indexOf();
      let folded: AlarmsSection | null = sectionOf([]);
      for (const { delta } of played(each)) {
        expect(index.apply(delta)).toBe(true);
        folded = folded && foldAlarms(folded, delta);
        const section = index.section();
        for (const list of LISTS) expect(new Set(section?.[list])).toEqual(new Set(folded?.[list]));
        expect(section?.version).toBe(folded?.version);
        expect(index.mostUrgent()).toEqual(section?.active.toSorted(byUrgency)[0]);
      }
    }));
  });

  test('a delta on another version changes nothing and asks for a snapshot', () => {
    const index = indexOf([row('a')]);
    const before = index.section();
    expect(index.apply({ from: 7, version: 8, changed: [row('b')], removed: ['a'], history: [], head: headOf([row('b')]) })).toBe(false);
    expect(index.section()).toBe(before);
  });

  test('CON-32 an unacknowledged priority 1 is what the banner shows, whatever else is newer or first-out', () => {
    const index = indexOf([row('new', { priority: 1, raisedMs: T, acknowledged: true, state: 'acknowledged', firstOut: 'first' }), row('old', { priority: 1, raisedMs: T - 9_999 }), row('orange', { priority: 2, raisedMs: T })]);
    expect(index.mostUrgent()?.id).toBe('old');
  });
});

describe('the list', () => {
  test('CON-31 after any sequence of changes the order is that of a full sort, nothing is missing and nothing twice', () => {
    fc.assert(fc.property(pushes, settings, (each, chosen) => {
      const index = indexOf();
      const list = following(index, chosen);
      for (const { delta, rows, pinned } of played(each)) {
        index.apply(delta);
        expect(idsOf(list)).toEqual(arrangedAnew(rows.values(), pinned, delta.head.groups.map(({ key }) => key), chosen));
        expect(list.matching).toBe(idsOf(list).length);
        for (const id of idsOf(list)) expect(list.at(list.positionOf(id))).toMatchObject({ kind: 'row', alarm: { id } });
      }
    }));
  });

  test('CON-31 any window of it is the same as that part of the whole', () => {
    fc.assert(fc.property(pushes, settings, fc.nat(60), fc.nat(20), (each, chosen, from, rows) => {
      const index = indexOf();
      const list = following(index, chosen);
      for (const { delta } of played(each)) index.apply(delta);
      expect(list.slice(from, from + rows)).toEqual(itemsOf(list).slice(from, from + rows));
    }));
  });

  test('CON-31 with 5,000 alarms a change costs O(log n) comparisons and looks at one row, never at all of them', () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => floodRow(n, T));
    const index = indexOf(rows);
    const list = following(index, { ...DEFAULT_SETTINGS, isGrouped: true });
    const most = 2 * (Math.ceil(Math.log2(rows.length)) + 2);
    const head = index.currentHead() ?? headOf([]);
    for (let n = 0; n < 500; n += 1) {
      const was = rows[(n * 37) % rows.length] ?? floodRow(0, T);
      const before = { ...list.work };
      index.apply({ from: n + 1, version: n + 2, changed: [{ ...was, priority: ((n % 4) + 1) as AlarmView['priority'], raisedMs: T + n }], removed: [], history: [], head });
      expect(list.work.comparisons - before.comparisons).toBeLessThanOrEqual(most);
      expect(list.work.looked - before.looked).toBe(1);
    }
    expect(list.matching).toBe(5_000);
  });

  test('CON-33 a closed group still counts its rows, opens again, and no row is lost by it', () => {
    fc.assert(fc.property(pushes, (each) => {
      const index = indexOf();
      const list = following(index, { ...DEFAULT_SETTINGS, isGrouped: true });
      for (const { delta } of played(each)) {
        index.apply(delta);
        list.setAllOpen(false);
        const counted = itemsOf(list).reduce((sum, item) => sum + (item.kind === 'group' ? item.rows : 0), 0);
        expect(counted).toBe(list.matching);
        // First-outs are never closed away.
        for (const item of itemsOf(list)) expect(item.kind === 'row' || item.key !== PINNED || item.isOpen).toBe(true);
        list.setAllOpen(true);
        expect(idsOf(list)).toHaveLength(list.matching);
      }
    }));
  });

  test('CON-34 while held no row changes its place, what is new comes at the end and is announced, and all are there', () => {
    fc.assert(fc.property(pushes, pushes, settings, (before, during, chosen) => {
      const index = indexOf();
      const list = following(index, chosen);
      const all = [...played([...before, ...during])];
      const replay = played([...before, ...during]);
      for (const _ of before) { const next = replay.next(); if (next.done !== true) index.apply(next.value.delta); }
      list.hold();
      const still = itemsOf(list).map((item) => (item.kind === 'row' ? item.alarm.id : item.key));
      for (const { delta, rows } of replay) {
        index.apply(delta);
        const shown = itemsOf(list);
        expect(shown.slice(0, still.length).map((item) => (item.kind === 'row' ? item.alarm.id : item.key))).toEqual(still);
        const listed = new Set(shown.flatMap((item) => (item.kind === 'row' ? [item.alarm.id] : [])));
        for (const each of rows.values()) if (each.list === chosen.list && matches(each, chosen.filter)) expect(listed.has(each.id)).toBe(true);
        for (const item of shown) if (item.kind === 'row') expect(item.isGone).toBe(rows.get(item.alarm.id)?.list !== chosen.list);
        for (const { id } of list.fresh) expect(still).not.toContain(id);
      }
      list.release();
      expect(idsOf(list)).toHaveLength(list.matching);
      expect(list.fresh).toEqual([]);
      expect(all.length).toBe(before.length + during.length);
    }));
  });

  test('CON-34 sorting in puts new rows at their places and keeps the list held', () => {
    const index = indexOf([row('a', { priority: 3 }), row('b', { priority: 4 })]);
    const list = following(index);
    list.hold();
    index.apply({ from: 1, version: 2, changed: [row('z', { priority: 1 })], removed: ['a'], history: [], head: headOf([row('b'), row('z')]) });
    expect(itemsOf(list).map((item) => (item.kind === 'row' ? [item.alarm.id, item.isGone, item.isNew] : []))).toEqual([['a', true, false], ['b', false, false], ['z', false, true]]);
    list.sortIn();
    expect(idsOf(list)).toEqual(['z', 'b']);
    expect(list.isHeld).toBe(true);
  });

  test('CON-34 a snapshot moves nothing under the hand either, and a flood waits with its groups until the hand is off', () => {
    const index = indexOf([row('a', { priority: 3 }), row('b', { priority: 4 })]);
    const list = following(index);
    list.hold();
    index.load(sectionOf([row('z', { priority: 1 }), row('b', { priority: 4 })], 9));
    list.regroup(true);
    expect(itemsOf(list).map((item) => (item.kind === 'row' ? [item.alarm.id, item.isGone] : item.key))).toEqual([['a', true], ['b', false], ['z', false]]);
    expect(list.isGroupingWaiting).toBe(true);
    list.release();
    expect(itemsOf(list).map((item) => (item.kind === 'row' ? item.alarm.id : item.key))).toEqual([row('z').groupKey, 'z', 'b']);
    expect(list.positionOfGroup(row('z').groupKey)).toBe(0);
  });

  test('an order survives as a preference, and a strange one is priority', () => {
    for (const sort of ALARM_SORTS) for (const reversed of [true, false]) expect(orderOf(orderText({ sort, reversed }))).toEqual({ sort, reversed });
    expect(orderOf('colour')).toEqual({ sort: 'priority', reversed: false });
  });

  test('filters: priority, area, state, class, and words in title, tag, clause and procedure', () => {
    const alarm = row('AL-hot', { priority: 2, class: 'process', latched: true, overdueMs: T, clauses: ['A4.2(2)'], procedures: ['A4-2'], area: null });
    const by = (changes: Partial<AlarmFilter>): boolean => matches(alarm, { ...NO_FILTER, ...changes });
    expect([by({ priorities: [2, 3] }), by({ priorities: [1] }), by({ area: '-' }), by({ area: 'storage' }), by({ state: 'latched' }), by({ state: 'acknowledged' }), by({ state: 'overdue' }), by({ class: 'process' }), by({ class: 'safety' }), by({ text: 'a4.2' }), by({ text: ' HOT ' }), by({ text: 'cold' })])
      .toEqual([true, false, true, false, true, false, true, true, false, true, true, false]);
    expect([isFiltering(NO_FILTER), isFiltering({ ...NO_FILTER, text: ' ' }), isFiltering({ ...NO_FILTER, text: 'x' })]).toEqual([false, false, true]);
  });
});
