/**
 * After five wrong secrets within five minutes a user's secret is not looked at for five minutes. Pure; time comes in.
 * A console is locked out in the same way, by more of them and whoever's they were (src/main/station/signature-desk.ts).
 *
 * It concerns signatures and log-ons only. Retreat carries none, so nobody can be kept from the way to safety by it.
 */
export const WRONG_MAX = 5;
export const WITHIN_MS = 5 * 60_000;
export const LOCKED_FOR_MS = 5 * 60_000;
/** Names remembered at a time; unknown names count as well, or their lack of a lock-out would tell them apart. */
export const NAMES_MAX = 1_000;

export interface LockOut {
  /** Until when this user is locked out, ms on the clock that was given; undefined = not. */
  lockedUntil(user: string, nowMs: number): number | undefined;
  wrong(user: string, nowMs: number): void;
  right(user: string): void;
}

/** @param wrongMax wrong secrets after which the name is locked out */
export function lockOut(wrongMax = WRONG_MAX): LockOut {
  /** Times of the last wrong secrets, oldest first. In order of their last change, so that the stalest name goes first. */
  const wrongs = new Map<string, readonly number[]>();
  return {
    lockedUntil(user, nowMs) {
      const times = wrongs.get(user) ?? [];
      const last = times.at(-1);
      if (last === undefined || times.length < wrongMax) return undefined;
      const until = last + LOCKED_FOR_MS;
      return nowMs < until ? until : undefined;
    },
    wrong(user, nowMs) {
      const recent = (wrongs.get(user) ?? []).filter((atMs) => nowMs - atMs < WITHIN_MS);
      wrongs.delete(user);
      wrongs.set(user, [...recent, nowMs].slice(-wrongMax));
      const [stalest] = wrongs.keys();
      if (wrongs.size > NAMES_MAX && stalest !== undefined) wrongs.delete(stalest);
    },
    right: (user) => void wrongs.delete(user),
  };
}
