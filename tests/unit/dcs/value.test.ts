import { describe, expect, it } from 'vitest';
import { STATUS, severityOf } from '../../../src/domain/samples/sample.ts';
import type { DcsTag } from '../../../src/main/dcs/types.ts';
import { sampleFrom, VALUE_STATUS } from '../../../src/main/dcs/value.ts';
import type { Reading } from '../../../src/main/dcs/value.ts';

const BAD_SENSOR_FAILURE = 0x808c0000;
const DOUBLE = 11;
const INT32 = 6;
const INT64 = 8;
const UINT64 = 9;

function check(kind: DcsTag['kind'], reading: Partial<Reading>, states?: readonly string[]): { value: unknown; status: number; sourceMs: number } {
  const tag: DcsTag = { id: 'T', kind, scanMs: 5000, ...(states ? { states } : {}) };
  const { value, status, sourceMs } = sampleFrom(tag, { dataType: DOUBLE, isScalar: true, value: 1, status: 0, sourceMs: 900, ...reading }, 1000);
  return { value, status, sourceMs };
}

describe('REQ-DCS-07 a value is what its tag says it is, or it is bad', () => {
  it('keeps numbers numbers and the source time', () => {
    expect(check('analog', { value: 72.5 })).toEqual({ value: 72.5, status: 0, sourceMs: 900 });
    expect(check('count', { dataType: INT32, value: 3 })).toEqual({ value: 3, status: 0, sourceMs: 900 });
  });

  it('keeps a status code whole, informational bits and all', () => {
    expect(check('analog', { value: 1, status: 0x00000480 }).status).toBe(0x00000480);
    expect(check('analog', { value: 1, status: 0x408f0000 })).toMatchObject({ value: 1, status: 0x408f0000 });
  });

  it('takes no value from a bad reading, even when a number rides along', () => {
    expect(check('analog', { value: 999, status: BAD_SENSOR_FAILURE })).toMatchObject({ value: null, status: BAD_SENSOR_FAILURE });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('finds %s bad', (value) => {
    expect(check('analog', { value })).toMatchObject({ value: null, status: VALUE_STATUS.badOutOfRange });
  });

  it('converts 64-bit integers exactly or not at all', () => {
    expect(check('count', { dataType: UINT64, value: [1, 5] }).value).toBe(0x1_0000_0005);
    expect(check('analog', { dataType: INT64, value: [0xffffffff, 0xfffffffe] }).value).toBe(-2);
    expect(check('analog', { dataType: UINT64, value: [0x00200000, 0] })).toMatchObject({ value: null, status: VALUE_STATUS.badOutOfRange });
    expect(check('analog', { dataType: INT64, value: ['1', 5] })).toMatchObject({ value: null, status: VALUE_STATUS.badTypeMismatch });
  });

  it('says the word of a state, and bad for a number without one', () => {
    const states = ['closed', 'open', 'travelling', 'fault'];
    expect(check('discrete', { dataType: INT32, value: 1 }, states).value).toBe('open');
    expect(check('discrete', { dataType: 1, value: true }, states).value).toBe('open');
    expect(check('discrete', { dataType: 12, value: 'fault' }, states).value).toBe('fault');
    for (const value of [4, -1, 0.5, Number.NaN]) expect(check('discrete', { value }, states)).toMatchObject({ value: null, status: VALUE_STATUS.badOutOfRange });
    expect(check('discrete', { dataType: 12, value: 'ajar' }, states)).toMatchObject({ value: null, status: VALUE_STATUS.badOutOfRange });
    // A word list is a list, not an object: "length" and "constructor" are no states.
    expect(severityOf(check('discrete', { dataType: 12, value: 'constructor' }, states).status)).toBe('bad');
  });

  it('takes booleans, and bytes that are plainly contacts', () => {
    expect(check('boolean', { dataType: 1, value: false }).value).toBe(false);
    expect(check('boolean', { dataType: 3, value: 1 }).value).toBe(true);
    expect(check('boolean', { dataType: 3, value: 2 })).toMatchObject({ value: null, status: VALUE_STATUS.badTypeMismatch });
  });

  it('finds wrong types, arrays, fractions of people and missing values bad', () => {
    expect(check('analog', { value: '72.5' }).status).toBe(VALUE_STATUS.badTypeMismatch);
    expect(check('analog', { value: true }).status).toBe(VALUE_STATUS.badTypeMismatch);
    expect(check('analog', { isScalar: false, value: new Float64Array(2) }).status).toBe(VALUE_STATUS.badTypeMismatch);
    expect(check('count', { value: 1.5 }).status).toBe(VALUE_STATUS.badOutOfRange);
    expect(check('count', { value: -1 }).status).toBe(VALUE_STATUS.badOutOfRange);
    expect(check('analog', { dataType: 0, value: null }).status).toBe(VALUE_STATUS.badNoData);
  });

  it('uses the time of arrival when the source gives none', () => {
    expect(check('analog', { sourceMs: null }).sourceMs).toBe(1000);
    expect(check('analog', { sourceMs: -11644473600000 }).sourceMs).toBe(1000);
  });
});

describe('REQ-DCS-07 our own status codes', () => {
  it('are the ones of the standard', async () => {
    const { StatusCodes } = await import('node-opcua-client');
    expect({ ...VALUE_STATUS }).toEqual({
      badTypeMismatch: StatusCodes.BadTypeMismatch.value,
      badOutOfRange: StatusCodes.BadOutOfRange.value,
      badNoData: StatusCodes.BadNoData.value,
    });
    expect([STATUS.uncertainLastUsable, STATUS.badNoCommunication, STATUS.badNodeIdUnknown, STATUS.badWaitingForInitialData]).toEqual([
      StatusCodes.UncertainLastUsableValue.value,
      StatusCodes.BadNoCommunication.value,
      StatusCodes.BadNodeIdUnknown.value,
      StatusCodes.BadWaitingForInitialData.value,
    ]);
  });
});
