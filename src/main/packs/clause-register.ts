/** `procedures/clauses.yaml`: every clause the product must carry out, so that coverage can be told. */
import { z } from 'zod';
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
});
export type ClauseDef = z.infer<typeof clauseDefSchema>;

export const clausesFileSchema = z.strictObject({ clauses: z.array(clauseDefSchema).min(1).max(500) });
