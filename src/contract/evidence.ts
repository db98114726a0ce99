/**
 * Evidence as people write it down (4.3.3): which blind, which lock, which instrument, which sample, measured where and when. One shape
 * with optional fields; which kind of evidence needs which of them is the station's table (src/domain/proof/evidence-record.ts).
 */
import { z } from 'zod';
import { timeSchema } from './text.ts';

const words = (max: number) => z.string().trim().min(1).max(max);

/** Gases that a test may name. Their units: src/domain/proof/gas-test.ts. */
export const GASES = ['O2', 'LEL', 'H2', 'COMBUSTIBLES', 'CO', 'H2S', 'NH3', 'CL2'] as const;
export const gasSchema = z.enum(GASES);
export type Gas = z.infer<typeof gasSchema>;

/** One place where gas was measured. */
export const testPointSchema = z.strictObject({ place: words(100), values: z.array(z.strictObject({ gas: gasSchema, value: z.number().finite().min(0).max(1_000_000) })).min(1).max(GASES.length) });
export type TestPoint = z.infer<typeof testPointSchema>;

export const EVIDENCE_FIELDS = ['numbers', 'lock', 'tag', 'instrument', 'sample', 'place', 'result', 'points', 'sampledMs', 'validForMs'] as const;
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number];

const fields = {
  /** Numbers of blinds. */
  numbers: z.array(words(40)).min(1).max(20).optional(),
  lock: words(40).optional(),
  tag: words(40).optional(),
  instrument: words(80).optional(),
  /** Number of the laboratory's sheet. */
  sample: words(40).optional(),
  place: words(200).optional(),
  /** What a trial showed: it stayed still (or dead), or it did not. */
  result: z.enum(['good', 'bad']).optional(),
  points: z.array(testPointSchema).min(1).max(20).optional(),
  sampledMs: timeSchema.optional(),
  validForMs: z.number().int().min(1_000).max(24 * 3_600_000).optional(),
} satisfies Record<EvidenceField, z.ZodType>;
export const evidenceSchema = z.strictObject(fields);
export type Evidence = z.infer<typeof evidenceSchema>;
