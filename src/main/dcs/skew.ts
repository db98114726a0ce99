/** Comparing clocks over a line that takes time. Pure. */

/** Round trips longer than this say nothing useful about a clock. */
const MAX_ROUND_TRIP_MS = 2000;

/** Server clock minus ours, the server's time taken as true at the middle of the round trip; null when it took too long. */
export function skewOf(sentMs: number, receivedMs: number, serverMs: number): number | null {
  const roundTripMs = receivedMs - sentMs;
  if (!Number.isFinite(serverMs) || roundTripMs < 0 || roundTripMs > MAX_ROUND_TRIP_MS) return null;
  // `+ 0`: a perfect agreement is 0, not -0.
  return Math.round(serverMs - (sentMs + receivedMs) / 2) + 0;
}
