/**
 * What should be heard: the worst priority that anything unacknowledged has, until somebody silences it. Silence acknowledges
 * nothing, and ends by itself with the next new alarm of the same or a higher priority. Pure.
 */
import type { AlarmHead, Priority } from '../../contract/view.ts';
import type { AlarmNews, RowChange } from './alarm-index.ts';

/** `silenced`: the worst priority that was sounding when somebody silenced it; null = not silenced. */
export type SoundState = { silenced: { priority: Priority; atMs: number } | null };
export const LOUD: SoundState = { silenced: null };

/** A station that says nothing is heard as this: nobody would be told of anything else. */
export const LOST_PRIORITY: Priority = 2;
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

/** Worst priority with anything unacknowledged; null when there is none and the station speaks. */
export function loudest(head: AlarmHead | undefined, isLost: boolean): Priority | null {
  const worst = PRIORITIES.find((priority) => (head?.counts.byPriority[priority].unacknowledged ?? 0) > 0) ?? null;
  return isLost && (worst === null || worst > LOST_PRIORITY) ? LOST_PRIORITY : worst;
}

/** Raised, raised again, back from a list where it was quiet, or not answered in time: new to the ear. */
export function isNewToTheEar({ before, after }: RowChange): boolean {
  if (after === undefined || after.list !== 'active' || after.acknowledged) return false;
  return before === undefined || before.list !== 'active' || before.acknowledged || after.count > before.count || after.raisedMs > before.raisedMs || (before.overdueMs === null && after.overdueMs !== null);
}

export const silence = (state: SoundState, head: AlarmHead | undefined, isLost: boolean, nowMs: number): SoundState => {
  const priority = loudest(head, isLost);
  return priority === null ? state : { silenced: { priority, atMs: nowMs } };
};

/** After news of the alarms. A snapshot does not say what is new in it, so it ends a silence. */
export function afterNews(state: SoundState, news: AlarmNews, head: AlarmHead | undefined, isLost: boolean): SoundState {
  const { silenced } = state;
  if (silenced === null) return state;
  if (loudest(head, isLost) === null || news.kind === 'all') return LOUD;
  return news.rows.some((change) => isNewToTheEar(change) && (change.after?.priority ?? 4) <= silenced.priority) ? LOUD : state;
}

/** The link to the station went: new to the ear like an alarm of its priority. */
export const afterLoss = (state: SoundState): SoundState => (state.silenced !== null && LOST_PRIORITY <= state.silenced.priority ? LOUD : state);

/** What sounds now; null = quiet. */
export const sounding = (state: SoundState, head: AlarmHead | undefined, isLost: boolean): Priority | null => (state.silenced === null ? loudest(head, isLost) : null);
