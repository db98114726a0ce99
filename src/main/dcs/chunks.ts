/** Splitting requests by what a server can take in one call. Pure. */

/** Size of one call: our own limit, unless the server states a smaller one. 0 and nonsense mean "no limit stated". */
export function callSize(serverLimit: unknown, ownLimit: number): number {
  if (typeof serverLimit !== 'number' || !Number.isInteger(serverLimit) || serverLimit <= 0) return ownLimit;
  return Math.min(serverLimit, ownLimit);
}

/** The list in pieces of at most `size`. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}
