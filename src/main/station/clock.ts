/**
 * The station's clock: it never steps back. Durations run on the monotonic clock; the wall clock is kept beside it for
 * records, and a wall clock that steps is noticed and told (it becomes a fact in the journal).
 */
export interface StationClock {
  /** Steady time, whole ms since the epoch. Everything is decided by it. */
  nowMs(): number;
  /** What the computer's calendar says now. */
  wallMs(): number;
  /** How far the wall clock has moved against the steady one since it was last asked; 0 when it has not (under 1 s). */
  stepMs(): number;
}

/** Smaller steps are the ordinary slewing of a time service. */
const STEP_NOTICED_MS = 1_000;

/** @param notBeforeMs time of the newest record: a calendar that was set back while the station was off must not reorder the journal */
export function createClock(notBeforeMs = 0): StationClock {
  const startMs = Math.max(Date.now(), notBeforeMs + 1);
  const startMonoMs = performance.now();
  const nowMs = (): number => Math.round(startMs + (performance.now() - startMonoMs));
  let knownOffsetMs = Date.now() - startMs;
  return {
    nowMs,
    // Before 1970 is no time that a record can carry; a calendar that is set so far back must not keep the journal from being written.
    wallMs: () => Math.max(0, Date.now()),
    stepMs: () => {
      const offsetMs = Date.now() - nowMs();
      const byMs = offsetMs - knownOffsetMs;
      if (Math.abs(byMs) < STEP_NOTICED_MS) return 0;
      knownOffsetMs = offsetMs;
      return byMs;
    },
  };
}
