/** The one decision, held against an oracle that was written apart from it: every operation, every direction, millions of facts. */
import { describe, expect, it } from 'vitest';
import { decide, decideBy, GATES, MEANWHILE } from '../../../src/domain/gates/decide.ts';
import { OPERATIONS } from '../../../src/domain/gates/operations.ts';
import type { OperationId, OperationSpec } from '../../../src/domain/gates/operations.ts';
import { GATE_RULES } from '../../../src/domain/gates/rules.ts';
import { NO_FACTS } from '../../../src/domain/gates/gate-facts.ts';
import { CLEAR, DIMENSIONS, dimension } from '../../support/gates/dimensions.ts';
import { dimensionsAsked } from '../../support/gates/asked.ts';
import { combinations, differenceAt, twoValued } from '../../support/gates/enumerate.ts';
import { GATE_MUTANTS } from '../../support/gates/mutants.ts';
import { oracle } from '../../support/gates/oracle.ts';

const IDS = Object.keys(OPERATIONS) as OperationId[];
const GATED = ['sustain', 'intervene', 'return'] as const;
const ROLES = ['operator', 'supervisor', 'engineer', 'instructor', 'investigator'] as const;
const WHAT = { zh: '做某事', en: 'doing it' };
const specOf = (id: OperationId): OperationSpec => OPERATIONS[id];

/** All dimensions bad at once, by their first bad value. */
const ALL_BAD = Object.assign({}, CLEAR, ...DIMENSIONS.map(({ values }) => values[1])) as typeof CLEAR;

/** The dimensions cut so that every two stand together in some block, each block a full product on a good and on a bad ground. */
const PARTS = [
  ['interlocks', 'link', 'noProcedure', 'held', 'violated', 'abnormal', 'commander', 'watch'],
  ['isOrder', 'post', 'signer', 'signerRoles', 'mustDifferFrom', 'identified', 'bypass', 'alarm'],
  ['unmet', 'safeProved', 'causeFound', 'place', 'zones', 'notCleared', 'degraded', 'outage'],
  ['unseen', 'lapsed', 'unread', 'permit', 'pressure', 'standIns', 'witness', 'entry'],
] as const;

describe('REQ-GATE-01 the way to safety is never locked', () => {
  it('3.4 retreat and hold are allowed for every operation, on every fact alone, on all bad at once, and on nothing known', () => {
    const refused: string[] = [];
    const grounds = [NO_FACTS, CLEAR, ALL_BAD, ...DIMENSIONS.flatMap(({ values }) => values.map((value) => ({ ...CLEAR, ...value })))];
    for (const id of IDS) for (const direction of ['retreat', 'hold'] as const) for (const facts of grounds) if (!decide({ id, direction, what: WHAT }, facts).allowed) refused.push(`${id} ${direction}`);
    expect(refused).toEqual([]);
    expect(grounds.length).toBeGreaterThan(300);
  });

  it('no rule names retreat or hold, and no operation of the table has such a direction', () => {
    expect(GATE_RULES.flatMap((rule) => rule.directions as readonly string[]).filter((d) => d === 'retreat' || d === 'hold')).toEqual([]);
    expect(IDS.map((id) => specOf(id).direction as string).filter((d) => d === 'retreat' || d === 'hold')).toEqual([]);
  });
});

describe('REQ-GATE-18 the decision is what the oracle says', () => {
  it('the parts of this test are the dimensions', () => {
    expect(PARTS.flat().sort()).toEqual(DIMENSIONS.map(({ name }) => name).sort());
  });

  it('every value of every fact alone, and of every two facts together, for every operation and direction', () => {
    let compared = 0;
    const wrong = [];
    for (const id of IDS) for (const direction of GATED) for (let a = 0; a < DIMENSIONS.length; a += 1) for (let b = a + 1; b < DIMENSIONS.length; b += 1) {
      if (id !== 'people.enter' && (DIMENSIONS[a]!.name === 'entry' || DIMENSIONS[b]!.name === 'entry')) continue; // its 257 values are paired with every other for the operation that they are about
      for (const facts of combinations([DIMENSIONS[a]!, DIMENSIONS[b]!])) {
        compared += 1;
        const difference = differenceAt(decide, id, direction, facts);
        if (difference !== null && wrong.length < 3) wrong.push(structuredClone(difference));
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(350_000);
  });

  it.each(IDS.filter((id) => specOf(id).asks === 'all'))('%s: all combinations of good and bad within every two parts of the facts, the rest all good or all bad', (id) => {
    let compared = 0;
    const wrong = [];
    for (let a = 0; a < PARTS.length; a += 1) for (let b = a + 1; b < PARTS.length; b += 1) {
      const chosen = [...PARTS[a]!, ...PARTS[b]!].map((name) => twoValued(dimension(name)));
      for (const ground of [CLEAR, ALL_BAD]) for (const facts of combinations(chosen, ground)) {
        compared += 1;
        const difference = differenceAt(decide, id, specOf(id).direction, facts);
        if (difference !== null && wrong.length < 3) wrong.push(structuredClone(difference));
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBe(6 * 2 * 2 ** 16);
  });

  it.each(IDS.filter((id) => specOf(id).asks !== 'all'))('%s: every combination at all of what it is asked', (id) => {
    const chosen = dimensionsAsked(id);
    let compared = 0;
    const wrong = [];
    for (const ground of [CLEAR, ALL_BAD]) for (const facts of combinations(chosen, ground)) {
      compared += 1;
      const difference = differenceAt(decide, id, specOf(id).direction, facts);
      if (difference !== null && wrong.length < 3) wrong.push(structuredClone(difference));
    }
    expect(wrong).toEqual([]);
    expect(compared).toBe(2 * chosen.reduce((product, { values }) => product * values.length, 1));
    expect(compared).toBeGreaterThan(10);
  });

  it('4.2 every combination of what is known of one who goes in, seen, permitted and commanded or not', () => {
    const chosen = [dimension('entry'), dimension('commander'), dimension('watch'), dimension('abnormal'), dimension('isOrder'), dimension('signer'), twoValued(dimension('unseen')), twoValued(dimension('interlocks')), twoValued(dimension('link'))];
    let compared = 0;
    let allowed = 0;
    const wrong = [];
    for (const facts of combinations(chosen)) {
      compared += 1;
      const difference = differenceAt(decide, 'people.enter', 'intervene', facts);
      if (difference !== null && wrong.length < 3) wrong.push(structuredClone(difference));
      if (oracle('people.enter', 'intervene', facts).size === 0) allowed += 1;
    }
    expect(wrong).toEqual([]);
    expect(compared).toBe(257 * 2 ** 4 * 4 * 2 ** 3);
    expect(allowed).toBeGreaterThan(0);
  });

  it('is pure and total: the same facts give the same verdict, and facts are never changed', () => {
    for (const id of IDS) for (const { values } of DIMENSIONS) for (const value of values) {
      const facts = Object.freeze({ ...CLEAR, ...value });
      expect(decide({ id, direction: specOf(id).direction, what: WHAT }, facts)).toEqual(decide({ id, direction: specOf(id).direction, what: WHAT }, facts));
    }
  });
});

describe('REQ-GATE-19 the test of the gates can fail', () => {
  it(`the oracle sees every one of ${GATE_MUTANTS.length} broken gates`, () => {
    const grounds = [CLEAR, ALL_BAD, ...DIMENSIONS.flatMap(({ name, values }) => values.slice(0, name === 'entry' ? values.length : 40).map((value) => ({ ...CLEAR, ...value })))];
    const survived = GATE_MUTANTS.filter(({ table }) => {
      const mutant = decideBy(table);
      return !IDS.some((id) => grounds.some((facts) => differenceAt(mutant, id, specOf(id).direction, facts) !== null));
    });
    expect(survived.map(({ name }) => name)).toEqual([]);
    expect(GATE_MUTANTS.length).toBeGreaterThan(300);
  });

  it('and finds none in the gates as they are, on the same facts', () => {
    const grounds = [CLEAR, ALL_BAD, ...DIMENSIONS.flatMap(({ values }) => values.map((value) => ({ ...CLEAR, ...value })))];
    expect(IDS.flatMap((id) => grounds.flatMap((facts) => differenceAt(decideBy(GATES), id, specOf(id).direction, facts) ?? []))).toEqual([]);
  });
});

describe('REQ-GATE-02 REQ-GATE-03 every rule says all it must', () => {
  /** One set of facts on which the rule stands, found among the dimensions. */
  const offences = (id: string) => DIMENSIONS.flatMap(({ values }) => values.map((value) => ({ ...CLEAR, ...value }))).filter((facts) => GATE_RULES.find((rule) => rule.id === id)!.stands(facts).length > 0);

  it.each(GATE_RULES.map((rule) => [rule.id, rule] as const))('%s refuses in full sentences of both languages, and some operation asks it', (id, rule) => {
    const found = offences(id);
    expect(found.length).toBeGreaterThan(0);
    const asking = IDS.filter((each) => rule.directions.includes(specOf(each).direction) && (specOf(each).asks === 'all' || specOf(each).asks.includes(id)));
    expect(asking.length).toBeGreaterThan(0);
    for (const facts of found) for (const operation of asking) {
      const verdict = decide({ id: operation, direction: specOf(operation).direction, what: WHAT }, facts);
      if (verdict.allowed) throw new Error(`${id} does not refuse ${operation}`);
      const said = verdict.refusal.obstacles.filter((obstacle) => obstacle.rule === id);
      expect(said.length).toBeGreaterThan(0);
      for (const obstacle of said) {
        expect(obstacle.clause).toMatch(/^(?:\d\.\d|V\.\d)/u);
        expect(obstacle.whoCanChange.every((role) => ROLES.includes(role))).toBe(true);
        expect(obstacle.fact.en).toMatch(/[a-z]{3}/u);
        expect(obstacle.fact.zh).toMatch(/\p{Script=Han}{2}/u);
      }
      expect(verdict.refusal).toMatchObject({ operation, what: WHAT });
      expect(verdict.refusal.meanwhile).toEqual(MEANWHILE);
      expect(MEANWHILE.some((m) => /retreat/u.test(m.en) && /退守/u.test(m.zh))).toBe(true);
    }
  });

  it('only what nobody can change names nobody: what an alarm is, and a condition that is still there', () => {
    expect(GATE_RULES.filter((rule) => rule.whoCanChange.length === 0).map((rule) => rule.id)).toEqual(['ALM-ALWAYS-VISIBLE', 'ALM-STILL-RAISED']);
  });

  it('nothing known: every full operation of a gated direction is refused but running on, which nothing speaks against', () => {
    expect(IDS.filter((id) => specOf(id).asks === 'all').filter((id) => decide({ id, direction: specOf(id).direction, what: WHAT }, NO_FACTS).allowed)).toEqual(['sustain']);
  });

  it('an operation that asks less than everything says why, in both languages, and names rules that there are', () => {
    for (const id of IDS) {
      const { asks, why } = specOf(id);
      if (asks === 'all') continue;
      expect(why?.zh).toMatch(/\p{Script=Han}/u);
      expect(why?.en).toMatch(/[a-z]{3}/u);
      for (const rule of asks) expect(GATE_RULES.map((each) => each.id)).toContain(rule);
    }
  });

  it('a refusal lists at most 50 obstacles', () => {
    const many = Array.from({ length: 80 }, (_, i) => ({ id: `I-${i}`, obstacle: 'unknown' as const }));
    const verdict = decide({ id: 'sustain', direction: 'sustain', what: WHAT }, { ...CLEAR, interlocks: many });
    expect(verdict.allowed ? 0 : verdict.refusal.obstacles.length).toBe(50);
  });
});
