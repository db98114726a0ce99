/**
 * One figure of the acceptance table (research/simulators.md 8.1): what is expected, how far off it may be, what the model in use reaches.
 * The command `simulators/acceptance.ts` prints them, `tests/simulation/acceptance.test.ts` holds them: one table, two readers.
 */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly reached: number;
  readonly expected: string;
  readonly met: boolean;
  /** so far within the limit that the digits are the machine's and not the model's: told as less than this */
  readonly below?: number;
}

export interface Acceptance {
  /** V01 .. V33 */
  readonly id: string;
  readonly model: string;
  readonly reference: string;
  /** measured anew by every run of the suite; the others take minutes of plant time and have a test of their own */
  readonly quick: boolean;
  /** where it is held beside the table */
  readonly test: string;
  /** what a reader has to know: what the figure is of, where it differs */
  readonly remark?: string;
  readonly measure: () => readonly Figure[];
}

/** within `tolerance` of `expected`, in the unit of the figure */
export const near = (what: string, unit: string, expected: number, tolerance: number, reached: number): Figure =>
  ({ what, unit, reached, expected: `${expected} (${tolerance})`, met: Math.abs(reached - expected) <= tolerance });

/** within a share of the expected value */
export const within = (what: string, unit: string, expected: number, share: number, reached: number): Figure =>
  ({ what, unit, reached, expected: `${expected} (${Math.round(share * 1e6) / 1e4} %)`, met: Math.abs(reached - expected) <= share * Math.abs(expected) });

export const atMost = (what: string, unit: string, limit: number, reached: number): Figure =>
  ({ what, unit, reached, expected: `<= ${limit}`, met: reached <= limit, ...(reached < limit / 100 ? { below: Number((limit / 100).toPrecision(3)) } : {}) });

export const between = (what: string, unit: string, low: number, high: number, reached: number): Figure => ({ what, unit, reached, expected: `${low} to ${high}`, met: reached >= low && reached <= high });

/** 1 = it is so */
export const isSo = (what: string, so: boolean): Figure => ({ what, unit: '', reached: so ? 1 : 0, expected: 'yes', met: so });
