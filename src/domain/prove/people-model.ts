/** 4.2: people go in one by one while the stage changes as it may; the gate is the product's own. Explored to the end for one procedure. */
import type { ProcedureDef } from '../packs/schema.ts';
import { headCount, zoneLimit } from '../people/people.ts';
import type { ZoneStage } from '../people/people.ts';
import { NO_ENTRANT, NO_FACTS } from '../gates/gate-facts.ts';
import type { GateFunction } from './abstract-facts.ts';

/** What the guideline allows, written down apart from the product's own table. */
const GUIDELINE: Readonly<Record<Exclude<ZoneStage, 'normal'>, number>> = { unclear: 0, reconnaissance: 2, handling: 6 };
const MOST = 8;
const WORD = { zh: '', en: '' };

/** The shortest story in which somebody is let in beyond a limit; null when there is none. */
export function peopleCounterexample(procedure: ProcedureDef, peopleOfClause: ReadonlyMap<string, number>, gate: GateFunction): string[] | null {
  const ofClauses = Math.min(6, ...procedure.clauses.flatMap((clause) => peopleOfClause.get(clause) ?? []));
  if (procedure.people.limit > ofClauses) return [`the procedure allows ${procedure.people.limit} people and its clauses at most ${ofClauses}`];
  for (const stage of ['unclear', 'reconnaissance', 'handling'] as const) {
    for (let inside = 0; inside < MOST; inside += 1) {
      for (const tag of [null, ...Array.from({ length: MOST }, (_, i) => i)]) {
        const entries = Array.from({ length: inside }, (_, i) => ({ id: String(i), name: '', task: '', protection: '', atMs: 0 }));
        const count = headCount(tag, entries);
        const limit = zoneLimit(stage, [procedure.people.limit]);
        const verdict = gate({ id: 'people.enter', direction: 'intervene', what: WORD }, {
          ...NO_FACTS, commander: { user: 'c', name: '' }, watch: { user: 'w', name: '' }, linkGood: true, entry: { ...NO_ENTRANT, zone: WORD, stage, countAfter: count === null ? null : count + 1, limit },
        });
        if (!verdict.allowed) continue;
        const after = Math.max(inside, tag ?? MOST) + 1;
        const most = Math.min(GUIDELINE[stage], ofClauses);
        if (after > most || tag === null) return [`stage ${stage}`, `${inside} people signed in, the positioning says ${tag ?? 'nothing'}`, `one more is let in; at most ${most} may be inside`];
      }
    }
  }
  return null;
}
