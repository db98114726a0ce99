/** Durations as people write them in packs: `250 ms`, `10 s`, `2 min`, `1 h`. Inside the product: ms. */
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

/** Longest duration a pack may name: 30 days. A limit on everything. */
export const DURATION_MAX_MS = 30 * 24 * 3_600_000;

/** Parses a duration into ms, or returns null when it is not one. */
export function parseDurationMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/u.exec(text.trim());
  const unitMs = match?.[2] === undefined ? undefined : UNIT_MS[match[2]];
  if (match?.[1] === undefined || unitMs === undefined) return null;
  const ms = Math.round(Number(match[1]) * unitMs);
  return ms <= DURATION_MAX_MS ? ms : null;
}
