/** Alarm rows and deltas for the tests of the alarm list: short, valid, and different where the order looks. */
import fc from 'fast-check';
import type { AlarmHead, AlarmList, AlarmsDelta, AlarmView } from '../../../src/contract/view.ts';
import { alarmsSection, floodRow } from '../../support/fake-station/scenes.ts';

export const T = 1_700_000_000_000;
export const LISTS: readonly AlarmList[] = ['active', 'shelved', 'suppressed', 'outOfService'];

export const row = (id: string, changes: Partial<AlarmView> = {}): AlarmView => ({ ...floodRow(4, T), id, ...changes });
export const sectionOf = (rows: readonly AlarmView[], version = 1) => alarmsSection(rows.filter(({ list }) => list === 'active'), rows.filter(({ list }) => list !== 'active'), T, version);

export function headOf(rows: readonly AlarmView[], pinned: readonly string[] = []): AlarmHead {
  const { version: _version, active: _active, shelved: _shelved, suppressed: _suppressed, outOfService: _outOfService, history: _history, ...head } = sectionOf(rows);
  return pinned.length === 0 ? head : { ...head, flood: true, floodState: { sinceMs: T, raised: rows.length, pinned: [...pinned] } };
}

const STATES = ['unacknowledged', 'acknowledged', 'returned'] as const;
const GROUPS = ['procedure:A4-2', 'unit:extraction', 'unit:storage', 'station'];

/** One word of the station on one alarm of forty: what it is now, or that it is gone. */
export const step = fc.record({
  id: fc.integer({ min: 0, max: 39 }).map((n) => `AL-${n}`),
  isGone: fc.boolean(),
  list: fc.constantFrom(...LISTS, 'active', 'active'),
  priority: fc.constantFrom(1, 2, 3, 4),
  state: fc.constantFrom(...STATES),
  raisedMs: fc.integer({ min: T - 5_000, max: T }),
  groupKey: fc.constantFrom(...GROUPS),
  isFirstOut: fc.boolean(),
  isPinned: fc.boolean(),
});
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

export const rowOfStep = ({ id, list, priority, state, raisedMs, groupKey, isFirstOut }: Step): AlarmView =>
  row(id, { list, priority: priority as AlarmView['priority'], state, acknowledged: state === 'acknowledged', raisedMs, groupKey, answerByMs: raisedMs + 60_000, firstOut: isFirstOut ? 'first' : null });

/** Plays steps in pushes and says what is there after each. */
export function* played(pushes: readonly (readonly Step[])[]): Generator<{ delta: AlarmsDelta; rows: ReadonlyMap<string, AlarmView>; pinned: ReadonlySet<string> }> {
  const rows = new Map<string, AlarmView>();
  const pinned = new Set<string>();
  for (const [index, steps] of pushes.entries()) {
    const last = new Map(steps.map((each) => [each.id, each]));
    const removed = [...last.values()].filter(({ isGone, id }) => isGone && rows.has(id)).map(({ id }) => id);
    const changed = [...last.values()].filter(({ isGone }) => !isGone).map(rowOfStep);
    for (const id of removed) { rows.delete(id); pinned.delete(id); }
    for (const each of changed) rows.set(each.id, each);
    for (const { id, isPinned } of last.values()) if (isPinned && rows.get(id)?.list === 'active') pinned.add(id); else pinned.delete(id);
    yield { delta: { from: index + 1, version: index + 2, changed, removed, history: [], head: headOf([...rows.values()], [...pinned]) }, rows, pinned };
  }
}
