/** REQ-INS-01: a trigger is an expression over tags; it is read exactly, refused with its column, and holds only when it is known to hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expression, NameKind, Readings } from '../../simulators/machine/expression.ts';
import { EXPRESSION_LIMITS, holds, parseExpression, textOf, truthOf } from '../../simulators/machine/expression.ts';

const KINDS: Readonly<Record<string, NameKind>> = {
  'TI-1101A': { kind: 'number' }, 'LI-1108': { kind: 'number' }, 'XV-1107': { kind: 'words', words: ['closed', 'open'] }, 'I-1101-TRIP': { kind: 'boolean' }, 'HS-1001': { kind: 'boolean' },
};
const vocabulary = (name: string): NameKind | null => KINDS[name] ?? null;
const parse = (text: string): Expression => {
  const read = parseExpression(text, vocabulary);
  if (!read.ok) throw new Error(read.message);
  return read.value;
};
const world = (values: Readonly<Record<string, number | boolean | string>>, timeS = 0, bad: readonly string[] = []): Readings => ({ timeS, reading: (name) => ({ value: values[name] ?? Number.NaN, good: !bad.includes(name) && name in values }) });
const HOT = { 'TI-1101A': 71, 'LI-1108': -2.5, 'XV-1107': 'open', 'I-1101-TRIP': false, 'HS-1001': true };

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.boolean().map((value): Expression => ({ kind: 'literal', value })),
  fc.constantFrom('I-1101-TRIP', 'HS-1001').map((tag): Expression => ({ kind: 'flag', tag })),
  fc.record({ name: fc.constantFrom('TI-1101A', 'LI-1108', 't'), sign: fc.constantFrom('>', '<', '>=', '<=', '=', '!='), to: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)) }).map((each): Expression => ({ kind: 'compare', ...each })),
  fc.record({ sign: fc.constantFrom('=', '!='), to: fc.constantFrom('closed', 'open') }).map((each): Expression => ({ kind: 'compare', name: 'XV-1107', ...each })),
);
const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof({ maxDepth: 6, depthIdentifier: 'tree' }, leaf,
    fc.record({ kind: fc.constantFrom('and', 'or'), left: tie('tree'), right: tie('tree') }),
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') })),
}));
const readings = fc.record({ 'TI-1101A': fc.double({ noNaN: true }), 'LI-1108': fc.double({ noNaN: true }), 'XV-1107': fc.constantFrom('closed', 'open'), 'I-1101-TRIP': fc.boolean(), 'HS-1001': fc.boolean() });

describe('REQ-INS-01 expressions of triggers', () => {
  test.each<[string, boolean]>([
    ['TI-1101A > 70 and XV-1107 = open and not I-1101-TRIP', true], ['t > 60', false], ['t >= 60 or HS-1001', true], ['LI-1108 = -2.5', true], ['XV-1107 != closed', true], ['not (HS-1001 or false)', false],
    ['false or true and false', false], ['true or true and false', true], ['I-1101-TRIP = false', true], ['not not HS-1001', true], ['TI-1101A==71', true], ['TI-1101A<7.1e1', false],
  ])('%s', (text, is) => {
    expect(truthOf(parse(text), world(HOT, 59))).toBe(is);
  });

  test.each<[string, number, RegExp]>([
    ['TI-1101A >', 11, /compared with a number/u], ['TI-9999 > 3', 1, /no tag "TI-9999"/u], ['t > 3 and XV-1107 = ajar', 21, /closed, open/u], ['XV-1107 > open', 9, /= and !=/u], ['(t > 3', 7, /not closed/u], ['t > 3 t', 7, /too many/u],
    ['70 < TI-1101A', 1, /begins with a tag/u], ['', 1, /too early/u], ['TI-1101A', 1, /must be compared/u], ['HS-1001 and', 12, /too early/u], ['t > 3 & HS-1001', 7, /not understood/u], ['HS-1001 = 1', 11, /true or false/u], ['constructor', 1, /no tag/u],
  ])('%s: refused at column %i', (text, column, says) => {
    expect(parseExpression(text, (name) => (Object.hasOwn(KINDS, name) ? vocabulary(name) : null))).toMatchObject({ ok: false, column, message: expect.stringMatching(says) as unknown });
  });

  test('a reading that is not good decides nothing: neither the comparison nor its opposite holds, and what is known without it still does', () => {
    const blind = world(HOT, 0, ['TI-1101A']);
    expect(holds(parse('TI-1101A > 70'), blind)).toBe(false);
    expect(holds(parse('not TI-1101A > 70'), blind)).toBe(false);
    expect(truthOf(parse('TI-1101A > 70 or HS-1001'), blind)).toBe(true);
    expect(truthOf(parse('TI-1101A > 70 and I-1101-TRIP'), blind)).toBe(false);
  });

  test('too long and too deep are refused, not run', () => {
    expect(parseExpression('t > 1 or '.repeat(200), vocabulary).ok).toBe(false);
    expect(parseExpression(`${'('.repeat(EXPRESSION_LIMITS.depth + 2)}t > 1${')'.repeat(EXPRESSION_LIMITS.depth + 2)}`, vocabulary)).toMatchObject({ ok: false, message: expect.stringContaining('inside each other') as unknown });
  });

  test('written out and read again, a tree is the same tree', () => {
    fc.assert(fc.property(tree, (expression) => {
      const text = textOf(expression);
      fc.pre(text.length <= EXPRESSION_LIMITS.characters);
      expect(parse(text)).toEqual(expression);
    }), { numRuns: 300 });
  });

  test('with every reading good the answer is plain logic; with one of them bad it is that or unknown, never the opposite', () => {
    fc.assert(fc.property(tree, readings, fc.double({ min: 0, max: 1e4, noNaN: true }), fc.constantFrom(...Object.keys(KINDS)), (expression, values, timeS, bad) => {
      const known = truthOf(expression, world(values, timeS));
      expect(known).toBe(plain(expression, { ...values, t: timeS }));
      const half = truthOf(expression, world(values, timeS, [bad]));
      if (half !== null) expect(half).toBe(known);
    }), { numRuns: 300 });
  });

  test('no text throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom('TI-1101A', 't', '>', '3', '(', ')', 'and', 'or', 'not', '=', 'open', 'XV-1107', '-', '.5', '"')).map((parts) => parts.join(' '))), (text) => {
      const read = parseExpression(text, vocabulary);
      if (!read.ok) expect([read.column >= 1, read.column <= text.length + 1]).toEqual([true, true]);
    }), { numRuns: 500 });
  });
});

/** The same by JavaScript's own operators, where nothing is unknown. */
function plain(e: Expression, values: Readonly<Record<string, number | boolean | string>>): boolean {
  switch (e.kind) {
    case 'literal': return e.value;
    case 'flag': return values[e.tag] === true;
    case 'not': return !plain(e.of, values);
    case 'and': return plain(e.left, values) && plain(e.right, values);
    case 'or': return plain(e.left, values) || plain(e.right, values);
    case 'compare': {
      const value = values[e.name] as number;
      const to = e.to as number;
      return { '>': value > to, '<': value < to, '>=': value >= to, '<=': value <= to, '=': value === to, '!=': value !== to }[e.sign];
    }
  }
}
