/** The proof of one plant in one design: every procedure by itself, and every pair that can meet. */
import type { PlantPack, ProcedureDef } from '../packs/schema.ts';
import { compileCourse } from '../procedures/course-table.ts';
import { subjectOf } from './explore.ts';
import { prove } from './laws.ts';
import type { Proof, Surrounding } from './laws.ts';
import { provePair, sharedBy } from './pairs.ts';
import type { PairProof } from './pairs.ts';

/** One procedure; asked for one by one, so that the caller can show how far it is and stop. */
export function* proveProcedures(pack: PlantPack, clauses: Omit<Surrounding, 'pack'>, isWanted: (procedure: ProcedureDef) => boolean): Generator<Proof> {
  for (const procedure of pack.procedures) if (isWanted(procedure)) yield prove(subjectOf(compileCourse(procedure)), { pack, ...clauses });
}

/** Pairs with at least one wanted procedure that share a tag, an interlock or a zone. */
export function* provePairs(pack: PlantPack, isWanted: (procedure: ProcedureDef) => boolean): Generator<PairProof> {
  const tables = pack.procedures.map((procedure) => compileCourse(procedure));
  for (const [i, a] of tables.entries()) {
    for (const b of tables.slice(i + 1)) {
      if ((isWanted(a.procedure) || isWanted(b.procedure)) && sharedBy(a.procedure, b.procedure).length > 0) yield provePair(a, b);
    }
  }
}
