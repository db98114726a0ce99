/** How often a crashed page is brought back before the shell stops trying and says so. Pure: time comes in. */

export const RELOADS_MAX = 3;
export const RELOADS_WITHIN_MS = 60_000;

/** Keeps the times of recent crashes; answers whether to reload once more. */
export function afterCrash(recentMs: readonly number[], nowMs: number): { reload: boolean; recentMs: number[] } {
  const still = recentMs.filter((time) => nowMs - time < RELOADS_WITHIN_MS);
  return still.length < RELOADS_MAX ? { reload: true, recentMs: [...still, nowMs] } : { reload: false, recentMs: still };
}
