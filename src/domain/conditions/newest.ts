/**
 * The newest sample of every channel as numbers in a row of eight: all that a sample needs of its channel stands together, so that one line of the
 * processor's cache holds it.
 */
export const STRIDE = 8;
/** The quiet band: a newer good number from LOW to HIGH changes nothing but the reading. Empty (LOW above HIGH): look at every sample. */
export const LOW = 0;
export const HIGH = 1;
export const SOURCE_MS = 2;
export const RECEIVED_MS = 3;
/** The last sign of life. */
export const PROOF_MS = 4;
/** The last value, if it was a number or a boolean; words stand apart. */
export const VALUE = 5;
/** While the band is not empty: from this source time on, the newest sample belongs into the slope windows before a newer one takes its place. */
export const ROLL_MS = 6;

export function newestOf(channels: number): Float64Array {
  const newest = new Float64Array(channels * STRIDE);
  for (let channel = 0; channel < channels; channel += 1) {
    newest[channel * STRIDE + SOURCE_MS] = -1;
    setBand(newest, channel, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }
  return newest;
}

export function setBand(newest: Float64Array, channel: number, low: number, high: number, rollMs: number): void {
  newest[channel * STRIDE + LOW] = low;
  newest[channel * STRIDE + HIGH] = high;
  newest[channel * STRIDE + ROLL_MS] = rollMs;
}

export function noBand(newest: Float64Array, channel: number): void {
  setBand(newest, channel, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}
