/**
 * What a plant tells us: one value of one tag at one time, with its quality kept whole.
 *
 * Decides whether a value may be believed. Never decides what it means.
 * "Unknown is never good" (domain.md): everything that is not plainly good is treated as not known.
 */

/** `null` = quality without a value. Discrete tags carry the word of their state, not its number. */
export type SampleValue = number | boolean | string | null;

export interface Sample {
  /** Tag id as in the pack, or `lab:ID` / `seen:ID` for results and observations entered by people. */
  readonly tag: string;
  readonly value: SampleValue;
  /** OPC UA status code, all 32 bits (Part 4, 7.39). 0 is Good. */
  readonly status: number;
  /** When the source says the value was true, ms since the epoch. */
  readonly sourceMs: number;
  /** When it reached us, ms since the epoch on the station's clock. */
  readonly receivedMs: number;
}

/** Status codes that Haven itself puts on a sample, from OPC UA Part 6, Annex A. */
export const STATUS = {
  good: 0x00000000,
  uncertain: 0x40000000,
  uncertainLastUsable: 0x40900000,
  bad: 0x80000000,
  badNoCommunication: 0x80310000,
  badNodeIdUnknown: 0x80340000,
  badWaitingForInitialData: 0x80320000,
} as const;

/** The severity bits of a status code: `01` uncertain, `10` and the reserved `11` bad. */
export type StatusSeverity = 'good' | 'uncertain' | 'bad';

/** Severity of an OPC UA status code. Anything that is not an unsigned 32-bit integer is bad: unknown is never good. */
export function severityOf(status: number): StatusSeverity {
  if (!Number.isInteger(status) || status < 0 || status > 0xffffffff) return 'bad';
  const bits = Math.floor(status / 0x40000000);
  return bits === 0 ? 'good' : bits === 1 ? 'uncertain' : 'bad';
}

/** The trust put in a value: the worse of status code, connection and age. Shown as a letter (S, B, U) when not good. */
export type Quality = 'good' | 'uncertain' | 'stale' | 'bad';
