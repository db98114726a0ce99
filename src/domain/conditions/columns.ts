/** Many samples at once, in columns: no object for each, tags by their number. */
export interface SampleColumns {
  /** Numbers of the tags (`channels.indexOf`). Other numbers are ignored, as unknown tags are. */
  readonly channels: Int32Array;
  /** Numbers; for states and booleans the place of the word in the channel's `words` (false 0, true 1). NaN = no value. */
  readonly values: Float64Array;
  /** OPC UA status codes. */
  readonly status: Uint32Array;
  /** Ms since the epoch by the source's clock. */
  readonly sourceMs: Float64Array;
  /** Ms since the epoch by the station's clock: one for all, or one for each. */
  readonly receivedMs: number | Float64Array;
  /** How many rows count; the arrays may be longer. */
  readonly count: number;
}
