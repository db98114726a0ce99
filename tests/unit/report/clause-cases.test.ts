import { describe, expect, test } from 'vitest';
import { clauseVerdictSchema } from '../../../src/contract/report.ts';
import { judgeClauses } from '../../../src/domain/report/clauses/judge-clauses.ts';
import { JUDGES } from '../../../src/domain/report/clauses/judges.ts';
import { CASES, IMPOSSIBLE } from '../../support/report/clause-cases.ts';
import { NAMES, registeredClauses } from '../../support/report/judged.ts';

const VERDICTS = ['met', 'notMet', 'notApplicable', 'unknown'] as const;

describe('REQ-RPT-40 every clause of the register is judged', () => {
  test('each has its judge, and no judge is without a clause', () => {
    expect(Object.keys(JUDGES).sort()).toEqual(registeredClauses().map(({ id }) => id).sort());
    expect(registeredClauses()).toHaveLength(98);
  });

  test('each has a case for every verdict that it can have, and none for one that it cannot', () => {
    const found = registeredClauses().flatMap(({ id }) => VERDICTS.filter((verdict) => CASES.some((each) => each.clause === id && each.verdict === verdict) === (IMPOSSIBLE[id]?.[verdict] !== undefined)).map((verdict) => `${id} ${verdict}`));
    expect(found).toEqual([]);
  });
});

describe.each(registeredClauses().map(({ id }) => id))('REQ-RPT-41 clause %s', (clause) => {
  test.each(CASES.filter((each) => each.clause === clause).map((each) => [each.verdict, each.what, each.story] as const))('%s: %s', (verdict, _what, story) => {
    const incident = story().judged(clause);
    const [judged] = judgeClauses(incident);
    expect(clauseVerdictSchema.parse(judged)).toEqual(judged);
    expect(judged?.verdict, judged?.because.en).toBe(verdict);
    expect(judged?.because.en).toMatch(/^\S.*[^.]\.$/u);
    expect(judged?.because.zh).toMatch(/^\S.*[^。]。$/u);
    for (const name of NAMES) expect(`${judged?.because.zh ?? ''} ${judged?.because.en ?? ''}`).not.toContain(name);
    const known = new Set(incident.records.map(({ n }) => n));
    expect(judged?.evidence.filter((n) => !known.has(n))).toEqual([]);
  });
});
