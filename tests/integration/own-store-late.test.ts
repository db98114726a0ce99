// CON-2 CON-27 on a machine whose store answers late: the console starts without it, and what it then says is taken up.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { ownDatabase } from '../../src/renderer/store/database.ts';
import { Drafts } from '../../src/renderer/store/drafts.ts';
import { Preferences } from '../../src/renderer/store/preferences.ts';

afterEach(() => vi.restoreAllMocks());

/** Holds the answer of a store back until it is let go. */
function held(table: { toArray(): unknown }): () => void {
  const rows = table.toArray();
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => { letGo = resolve; });
  vi.spyOn(table, 'toArray').mockImplementation(() => gate.then(() => rows));
  return () => letGo();
}

it('CON-2 preferences that come late count, but not over what was chosen meanwhile', async () => {
  await ownDatabase().preferences.bulkPut([{ key: 'incident-tab', value: 'report' }, { key: 'screen', value: 'alarms' }]);
  const letGo = held(ownDatabase().preferences);
  const preferences = new Preferences();
  await preferences.load();
  expect(preferences.get('incident-tab'), 'the fault arrived: the console started without the store').toBeUndefined();
  preferences.set('screen', 'people');
  let told = 0;
  preferences.subscribe(() => { told += 1; });
  letGo();
  await vi.waitFor(() => { expect(preferences.get('incident-tab')).toBe('report'); });
  expect(preferences.get('screen')).toBe('people');
  expect(told, 'the screens hear of it').toBeGreaterThan(0);
});

it('CON-27 half-written forms that come late are there, but not those begun or sent meanwhile', async () => {
  await ownDatabase().drafts.bulkPut([{ key: 'a', fields: { reason: 'old' }, atMs: 1 }, { key: 'b', fields: { reason: 'old' }, atMs: 1 }, { key: 'c', fields: { reason: 'old' }, atMs: 1 }]);
  const letGo = held(ownDatabase().drafts);
  const drafts = new Drafts();
  await drafts.load();
  expect(drafts.get('a'), 'the fault arrived: the console started without the store').toEqual({});
  drafts.set('b', { reason: 'new' });
  drafts.clear('c');
  letGo();
  await vi.waitFor(() => { expect(drafts.get('a')).toEqual({ reason: 'old' }); });
  expect(drafts.get('b')).toEqual({ reason: 'new' });
  expect(drafts.get('c')).toEqual({});
});
