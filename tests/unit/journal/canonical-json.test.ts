import { describe, expect, test } from 'vitest';
import { JSON_MAX_DEPTH, canonicalJson } from '../../../src/domain/journal/canonical-json.ts';

function textOf(value: unknown): string {
  const result = canonicalJson(value);
  if (!result.ok) throw new Error(`${result.problem.path}: ${result.problem.message}`);
  return result.text;
}

describe('REQ-JRN-03 canonical JSON', () => {
  test('the example of RFC 8785, 3.2.3: keys by UTF-16 code units, not by code points', () => {
    const value = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' };
    expect(Object.values(JSON.parse(textOf(value)) as object)).toHaveLength(7);
    const order = ['Carriage Return', 'One', 'Control', 'Latin Small', 'Euro Sign', 'Emoji', 'Hebrew'];
    const places = order.map((name) => textOf(value).indexOf(name));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('the numbers of RFC 8785, 3.2.2', () => {
    expect(textOf([333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]');
  });

  test('Chinese stays as it is written; a key that looks like a prototype is a key', () => {
    expect(textOf({ 名: '退守', b: [], a: {} })).toBe('{"a":{},"b":[],"名":"退守"}');
    expect(textOf(JSON.parse('{"__proto__":1,"constructor":2}'))).toBe('{"__proto__":1,"constructor":2}');
    expect(textOf(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  test.each<[string, unknown, string]>([
    ['NaN', { a: { b: [1, Number.NaN] } }, '$.a.b[1]'],
    ['Infinity', [-Infinity], '$[0]'],
    ['undefined', undefined, '$'],
    ['a property that is undefined', { a: undefined }, '$.a'],
    ['a hole in a list', [1, , 3], '$[1]'],
    ['a function', { run: () => 1 }, '$.run'],
    ['a symbol', [Symbol('s')], '$[0]'],
    ['a bigint', { n: 1n }, '$.n'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a map', new Map([['a', 1]]), '$'],
    ['bytes', [new Uint8Array(2)], '$[0]'],
    ['half a character', { a: '\ud83d' }, '$.a'],
    ['half a character in a key', { '\ude00': 1 }, '$'],
  ])('refuses %s, and says where', (_what, value, path) => {
    expect(canonicalJson(value)).toMatchObject({ ok: false, problem: { path } });
  });

  test('refuses what contains itself, and what is nested too deep', () => {
    const loop: unknown[] = [];
    loop.push({ loop });
    expect(canonicalJson(loop)).toMatchObject({ ok: false });
    const nested = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);
    expect(canonicalJson(nested(JSON_MAX_DEPTH)).ok).toBe(true);
    expect(canonicalJson(nested(JSON_MAX_DEPTH + 1)).ok).toBe(false);
  });
});
