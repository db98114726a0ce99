// What is heard, when it is silenced, and that one priority does not sound like another (docs/design/console.md, CON-41, CON-42).
import { describe, expect, test } from 'vitest';
import type { AlarmView, Priority } from '../../../src/contract/view.ts';
import { AlarmIndex } from '../../../src/renderer/store/alarm-index.ts';
import type { AlarmNews } from '../../../src/renderer/store/alarm-index.ts';
import { afterLoss, afterNews, LOUD, silence, sounding } from '../../../src/renderer/store/alarm-sound.ts';
import type { SoundState } from '../../../src/renderer/store/alarm-sound.ts';
import { moved } from '../../../src/renderer/features/alarms/keys.ts';
import { PATTERNS } from '../../../src/renderer/ui/chime.ts';
import { headOf, row, sectionOf, T } from './alarm-rows.ts';

/** A console that hears: rows go in, and what sounds comes out. */
function ear(rows: readonly AlarmView[]) {
  const index = new AlarmIndex();
  let state: SoundState = LOUD;
  let isLost = false;
  index.load(sectionOf(rows));
  index.subscribe((news: AlarmNews) => { state = afterNews(state, news, index.currentHead(), isLost); });
  const all = new Map(rows.map((each) => [each.id, each]));
  return {
    heard: (): Priority | null => sounding(state, index.currentHead(), isLost),
    silence: (): void => { state = silence(state, index.currentHead(), isLost, T); },
    tell: (...changed: AlarmView[]): void => {
      for (const each of changed) all.set(each.id, each);
      index.apply({ from: index.currentVersion(), version: index.currentVersion() + 1, changed, removed: [], history: [], head: headOf([...all.values()]) });
    },
    snapshot: (): void => index.load(sectionOf([...all.values()], 99)),
    lose: (): void => { isLost = true; state = afterLoss(state); },
  };
}
const orange = row('orange', { priority: 2 });
const answered = (alarm: AlarmView): AlarmView => ({ ...alarm, state: 'acknowledged', acknowledged: true, acknowledgedMs: T, acknowledgedBy: 'x' });

describe('silence', () => {
  test('CON-41 the worst unacknowledged priority sounds until it is acknowledged; an acknowledged one is quiet', () => {
    const { heard, tell } = ear([orange, row('violet', { priority: 4 }), answered(row('red', { priority: 1 }))]);
    expect(heard()).toBe(2);
    tell(answered(orange));
    expect(heard()).toBe(4);
    tell(answered(row('violet', { priority: 4 })));
    expect(heard()).toBe(null);
  });

  test('CON-41 silence lasts through lower ones and ends with a new one of the same or a higher priority', () => {
    for (const [priority, expected] of [[3, null], [4, null], [2, 2], [1, 1]] as const) {
      const { heard, silence: quiet, tell } = ear([orange]);
      quiet();
      expect(heard()).toBe(null);
      tell(row('new', { priority }));
      expect(heard()).toBe(expected);
    }
  });

  test('CON-41 raised again, back from being shelved and not answered in time are new to the ear; another word on the same alarm is not', () => {
    const changes: [Partial<AlarmView>, Priority | null][] = [[{ count: 2 }, 2], [{ raisedMs: orange.raisedMs + 1 }, 2], [{ overdueMs: T }, 2], [{ firstOut: 'first' }, null], [{ condition: 'unknown' }, null], [{ state: 'returned' }, null]];
    for (const [change, expected] of changes) {
      const { heard, silence: quiet, tell } = ear([orange]);
      quiet();
      tell({ ...orange, ...change });
      expect(heard(), JSON.stringify(change)).toBe(expected);
    }
    const { heard, silence: quiet, tell } = ear([orange, row('away', { priority: 1, list: 'shelved' })]);
    quiet();
    tell(row('away', { priority: 1 }));
    expect(heard()).toBe(1);
  });

  test('CON-41 a silence is forgotten once all is acknowledged, and a snapshot ends it because nobody knows what is new in it', () => {
    const { heard, silence: quiet, tell, snapshot } = ear([orange]);
    quiet();
    tell(answered(orange));
    tell(row('lower', { priority: 4 }));
    expect(heard()).toBe(4);
    quiet();
    snapshot();
    expect(heard()).toBe(4);
  });

  test('CON-41 a lost station is heard, may be silenced, and never covers a priority 1', () => {
    const quietPlant = ear([]);
    quietPlant.silence();
    quietPlant.lose();
    expect(quietPlant.heard()).toBe(2);
    quietPlant.silence();
    expect(quietPlant.heard()).toBe(null);
    const red = ear([row('red', { priority: 1 })]);
    red.lose();
    expect(red.heard()).toBe(1);
  });
});

describe('the sounds', () => {
  const all = [1, 2, 3, 4].map((priority) => PATTERNS[priority as Priority]);

  test('CON-41 differ in rhythm and in pitch, end before they begin again, and the more urgent come sooner', () => {
    expect(new Set(all.map(({ notes }) => notes.length)).size).toBe(4);
    expect(new Set(all.map(({ notes }) => Math.max(...notes.map(({ hz }) => hz)))).size).toBe(4);
    for (const { everyMs, notes } of all) expect(Math.max(...notes.map(({ atMs, forMs }) => atMs + forMs))).toBeLessThan(everyMs);
    expect(all.map(({ everyMs }) => everyMs)).toEqual(all.map(({ everyMs }) => everyMs).toSorted((a, b) => a - b));
    // Where ears over fifty and small loudspeakers still are good.
    for (const { notes } of all) for (const { hz } of notes) { expect(hz).toBeGreaterThanOrEqual(300); expect(hz).toBeLessThanOrEqual(1_200); }
  });
});

test('CON-42 keys of movement stay within the list', () => {
  expect([moved('ArrowDown', 4, 10, 6), moved('ArrowDown', 5, 10, 6), moved('ArrowUp', 0, 10, 6), moved('PageDown', 1, 3, 6), moved('PageUp', 1, 3, 6), moved('Home', 3, 3, 6), moved('End', 3, 3, 6), moved('x', 3, 3, 6)])
    .toEqual([5, 5, 0, 4, 0, 0, 5, null]);
});
