/** The register of evidence: every record that was signed, whether it still counts or not, and what stands on the spot. Plain data. */
import type { Evidence } from '../../contract/evidence.ts';
import type { EvidenceKind } from '../packs/schema.ts';
import { isPlaced, numbersOf } from './evidence-record.ts';

export interface EvidenceEntry {
  readonly instance: string;
  readonly procedure: string;
  readonly proof: string;
  readonly kind: EvidenceKind;
  /** Of a blind or a lock; an entry for each. null = evidence that is not put in place. */
  readonly number: string | null;
  readonly evidence: Evidence;
  readonly by: string;
  readonly atMs: number;
  readonly witness: string | null;
  readonly removed: { readonly by: string; readonly atMs: number } | null;
}

/** Records in memory; the journal keeps all. What stands on the spot is never dropped. */
export const EVIDENCE_MAX = 500;

export const isInPlace = ({ kind, removed }: EvidenceEntry): boolean => isPlaced(kind) && removed === null;

type Head = Omit<EvidenceEntry, 'number' | 'removed'>;

/** A record is added; a blind that stands there already under this proof is the same blind, told again. */
export function withRecord(register: readonly EvidenceEntry[], head: Head): readonly EvidenceEntry[] {
  const numbers: readonly (string | null)[] = isPlaced(head.kind) ? numbersOf(head.kind, head.evidence) : [null];
  const isSame = (entry: EvidenceEntry): boolean => isInPlace(entry) && entry.instance === head.instance && entry.proof === head.proof && numbers.includes(entry.number);
  const all = [...register.filter((entry) => !isSame(entry)), ...numbers.map((number) => ({ ...head, number, removed: null }))];
  const surplus = all.length - EVIDENCE_MAX;
  if (surplus <= 0) return all;
  const dropped = new Set(all.filter((entry) => !isInPlace(entry)).slice(0, surplus));
  return all.filter((entry) => !dropped.has(entry));
}

export function withRemoval(register: readonly EvidenceEntry[], { instance, proof, number, by, atMs }: { instance: string; proof: string; number: string; by: string; atMs: number }): readonly EvidenceEntry[] {
  return register.map((entry) => (isInPlace(entry) && entry.instance === instance && entry.proof === proof && entry.number === number ? { ...entry, removed: { by, atMs } } : entry));
}

/** What still stands on the spot because of a running procedure. */
export const inPlaceOf = (register: readonly EvidenceEntry[], instance: string): EvidenceEntry[] => register.filter((entry) => entry.instance === instance && isInPlace(entry));
