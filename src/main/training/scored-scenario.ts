/** What of a scenario the score needs. A scenario whose own marks make no sense is scored by the defaults: an exercise is never left unscored for it. */
import { DEFAULT_SCORING, expectPartSchema, scoringOf, scoringPartSchema } from '../../domain/drills/scoring.ts';
import type { ScoredScenario } from '../../domain/drills/scoring.ts';
import type { Scenario } from './scenario.ts';

export function scoredScenario({ id, clauses, expect, scoring }: Pick<Scenario, 'id' | 'clauses'> & { readonly expect?: unknown; readonly scoring?: unknown }): ScoredScenario {
  const expected = expectPartSchema.safeParse(expect ?? {});
  const part = scoringPartSchema.safeParse(scoring ?? {});
  const marks = scoringOf(part.success ? part.data : {}, expected.success ? expected.data : {});
  return { id, clauses, expect: expected.success ? expected.data : {}, scoring: marks.ok ? marks.value : DEFAULT_SCORING };
}
