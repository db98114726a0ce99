/** The journal writes one canonical JSON, the verifier has its own: they must never differ. REQ-JRN-03. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/domain/journal/canonical-json.ts';
import type { JsonValue } from '../../src/domain/journal/canonical-json.ts';
import { chainText, checkEntry, checkpointText } from '../../src/domain/journal/record.ts';
import { canonical } from '../../src/main/journal/verify.ts';

/** Up to the nesting that the journal accepts; strings of every script, whole characters only. */
const json = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }).filter((v) => canonicalJson(v).ok).map((v) => v as unknown as JsonValue);
/** Anything at all, also what has no JSON form. */
const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, withDate: false, withBigInt: true });
const hash = fc.stringMatching(/^[0-9a-f]{64}$/u);
const time = fc.integer({ min: 0, max: 8.64e15 });

/** The same value with the keys of every object in another order. */
function shuffled(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(shuffled);
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, shuffled(item as JsonValue)]));
}

describe('REQ-JRN-03 canonical JSON', () => {
  test('says what the value says, and says it again the same way', () => {
    fc.assert(fc.property(json, (value) => {
      const first = canonicalJson(value);
      if (!first.ok) return false;
      const again: unknown = JSON.parse(first.text);
      // JSON has one zero.
      expect(again).toEqual(JSON.parse(JSON.stringify(value)));
      return canonicalJson(again).ok && JSON.stringify(canonicalJson(again)) === JSON.stringify(first);
    }));
  });

  test('does not depend on the order in which keys were written', () => {
    fc.assert(fc.property(json, (value) => {
      expect(canonicalJson(shuffled(value))).toEqual(canonicalJson(value));
    }));
  });

  test('never throws, and never passes what JSON would change in silence', () => {
    fc.assert(fc.property(anything, (value) => {
      const result = canonicalJson(value);
      if (result.ok) expect(canonicalJson(JSON.parse(result.text))).toEqual(result);
      else expect(result.problem.message).not.toBe('');
    }));
  });

  test('is the same in the journal and in the verifier', () => {
    fc.assert(fc.property(json, (value) => {
      expect(canonicalJson(value)).toEqual({ ok: true, text: canonical(value) });
    }));
  });
});

describe('REQ-JRN-02 the text that is hashed or signed', () => {
  test('is the canonical JSON of the record without its hash, however it was put together', () => {
    const by = fc.option(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), { nil: null });
    fc.assert(fc.property(json, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), time, time, by, hash, (data, n, atMs, wallMs, who, previousHash) => {
      const record = { n, type: 'alarm.raised', atMs, wallMs, by: who, previousHash };
      const checked = checkEntry({ ...record, data });
      if (!checked.ok) return expect(checked.message).toContain('by'); // A name with a control character: refused, never written.
      expect(chainText(record, checked.dataText)).toBe(canonical({ ...record, data }));
    }));
  });

  test('of a checkpoint is the same in the journal and in the verifier', () => {
    fc.assert(fc.property(fc.integer({ min: 1 }), hash, time, (records, headHash, atMs) => {
      expect(checkpointText({ records, headHash, atMs })).toBe(`haven-checkpoint/1\n${canonical({ records, headHash, atMs }) ?? ''}`);
    }));
  });
});
