/** `procedures/clauses.yaml`: every clause the product must carry out, so that coverage can be told. */
import { z } from 'zod';
import { durationSchema } from '../../domain/packs/schema.ts';
import { textSchema } from '../../contract/text.ts';

export const CLAUSE_KINDS = ['trigger', 'action', 'never', 'limit', 'confirm', 'govern'] as const;

export const clauseDefSchema = z.strictObject({
  id: z.string().min(1).max(20),
  kind: z.enum(CLAUSE_KINDS),
  text: textSchema,
  /** The clause's number in the source's own terms, e.g. '60 degC'. */
  figure: z.string().min(1).max(80).optional(),
  /** Most people that the clause allows in the field; no procedure that carries it allows more. */
  people: z.number().int().min(0).max(6).optional(),
  /** Times that the clause sets; a procedure that answers it holds a deadline for each. */
  times: z.array(durationSchema).max(5).optional(),
});
export type ClauseDef = z.infer<typeof clauseDefSchema>;

export const clausesFileSchema = z.strictObject({ clauses: z.array(clauseDefSchema).min(1).max(500) });

/** The figures of the clauses that a proof holds procedures against: people, times in ms. */
export function clauseFigures(clauses: readonly ClauseDef[]): { readonly peopleOfClause: ReadonlyMap<string, number>; readonly timesOfClause: ReadonlyMap<string, readonly number[]> } {
  return {
    peopleOfClause: new Map(clauses.flatMap(({ id, people }) => (people === undefined ? [] : [[id, people] as const]))),
    timesOfClause: new Map(clauses.flatMap(({ id, times }) => (times === undefined ? [] : [[id, times] as const]))),
  };
}
