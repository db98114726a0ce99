/**
 * From what a server sent to a sample. Pure: knows the OPC UA built-in type numbers (Part 6, 5.1.2), not the library.
 *
 * The source's status code is kept whole. We only ever make it worse: a value that cannot be what the tag says it is
 * becomes bad, because a gate must not pass on a number nobody can have meant.
 */
import { severityOf } from '../../domain/samples/sample.ts';
import type { Sample, SampleValue } from '../../domain/samples/sample.ts';
import type { DcsTag } from './types.ts';

/** A data value as it came over the wire, without the library's classes. */
export interface Reading {
  /** Built-in type number; 0 when there is no value. */
  readonly dataType: number;
  readonly isScalar: boolean;
  readonly value: unknown;
  readonly status: number;
  readonly sourceMs: number | null;
}

/** Status codes for values that are not what the tag says (Part 6, Annex A). */
export const VALUE_STATUS = {
  badTypeMismatch: 0x80740000,
  badOutOfRange: 0x803c0000,
  badNoData: 0x809b0000,
} as const;

const INT64 = 8;
const UINT64 = 9;

type Converted = { readonly value: SampleValue } | { readonly bad: number };

/** Makes the sample that a reading of this tag is. */
export function sampleFrom(tag: DcsTag, reading: Reading, receivedMs: number): Sample {
  const sourceMs = reading.sourceMs !== null && reading.sourceMs > 0 ? reading.sourceMs : receivedMs;
  const base = { tag: tag.id, sourceMs, receivedMs };
  // A bad value is no value: peers have raised HIGH-HIGH on the number that rode along with BadSensorFailure.
  if (severityOf(reading.status) === 'bad') return { ...base, value: null, status: reading.status >>> 0 };
  const converted = convert(tag, reading);
  if ('bad' in converted) return { ...base, value: null, status: converted.bad };
  return { ...base, value: converted.value, status: reading.status };
}

function convert(tag: DcsTag, reading: Reading): Converted {
  if (reading.value === null || reading.value === undefined) return { bad: VALUE_STATUS.badNoData };
  if (!reading.isScalar) return { bad: VALUE_STATUS.badTypeMismatch };
  const value = reading.dataType === INT64 || reading.dataType === UINT64 ? wideInteger(reading.dataType, reading.value) : reading.value;
  switch (tag.kind) {
    case 'analog':
      return analog(value);
    case 'count':
      return count(value);
    case 'boolean':
      return truth(value);
    case 'discrete':
      return word(tag.states ?? [], value);
  }
}

function analog(value: unknown): Converted {
  if (typeof value !== 'number') return { bad: VALUE_STATUS.badTypeMismatch };
  return Number.isFinite(value) ? { value } : { bad: VALUE_STATUS.badOutOfRange };
}

function count(value: unknown): Converted {
  if (typeof value !== 'number') return { bad: VALUE_STATUS.badTypeMismatch };
  return Number.isSafeInteger(value) && value >= 0 ? { value } : { bad: VALUE_STATUS.badOutOfRange };
}

function truth(value: unknown): Converted {
  if (typeof value === 'boolean') return { value };
  // Gateways to a SIS often carry contacts as bytes. Anything but 0 and 1 is not a contact.
  if (value === 0 || value === 1) return { value: value === 1 };
  return { bad: VALUE_STATUS.badTypeMismatch };
}

function word(states: readonly string[], value: unknown): Converted {
  if (typeof value === 'string') return states.includes(value) ? { value } : { bad: VALUE_STATUS.badOutOfRange };
  const index = typeof value === 'boolean' ? Number(value) : value;
  if (typeof index !== 'number') return { bad: VALUE_STATUS.badTypeMismatch };
  const state = Number.isInteger(index) ? states[index] : undefined;
  return state === undefined ? { bad: VALUE_STATUS.badOutOfRange } : { value: state };
}

/** 64-bit integers come as [high, low]. Beyond 2^53 a number would silently be another one: NaN, which becomes bad. */
function wideInteger(dataType: number, value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 2) return value;
  const [high, low] = value as [unknown, unknown];
  if (typeof high !== 'number' || typeof low !== 'number') return undefined;
  const signedHigh = dataType === INT64 ? high | 0 : high >>> 0;
  const whole = signedHigh * 0x1_0000_0000 + (low >>> 0);
  return Number.isSafeInteger(whole) ? whole : Number.NaN;
}
