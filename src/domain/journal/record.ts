/**
 * What a journal record is, and which text of it is hashed. Pure: the hash itself is taken where there is a crypto library.
 *
 * A record's hash is SHA-256 over the canonical JSON of the record without its hash. The text holds the previous record's
 * hash, so every record vouches for all before it.
 */
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { JsonValue } from './canonical-json.ts';

export interface JournalEntry {
  /** What kind of event: `alarm.raised`, `command.refused` ... */
  readonly type: string;
  /** Station time, steady: never steps back, ms. */
  readonly atMs: number;
  /** Wall clock, ms since the epoch. */
  readonly wallMs: number;
  /** Who did it; null for the station itself. */
  readonly by: string | null;
  readonly data: JsonValue;
}

export interface JournalRecord extends JournalEntry {
  /** From 1, without gaps. */
  readonly n: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Written into the genesis record; a reader refuses what it does not know. */
export const JOURNAL_FORMAT = 'haven-journal/1';
export const GENESIS_TYPE = 'journal.genesis';
/** What stands before the first record. */
export const NO_HASH = '0'.repeat(64);

/** RECONSTRUCTED: made of a recorded trace by `replay --incident`; no station goes on with one. */
export type JournalMode = 'OPERATION' | 'TRAINING' | 'RECONSTRUCTED';
export const genesisSchema = z.strictObject({ format: z.literal(JOURNAL_FORMAT), mode: z.enum(['OPERATION', 'TRAINING', 'RECONSTRUCTED']), publicKey: z.string().min(1).max(200) });
export type Genesis = z.infer<typeof genesisSchema>;

/** First record of every segment but the first: the chain goes on from the segment before. */
export const CONTINUED_TYPE = 'journal.continued';
export const continuedSchema = z.strictObject({
  ...genesisSchema.shape,
  /** Which segment this is; the first is 1. */
  segment: z.number().int().min(2).max(999_999),
  /** Number of this record. */
  firstRecord: z.number().int().min(2),
  /** The segment before: its sealed file, its first and its last record, and the hash of the last. */
  previousSegment: z.strictObject({ file: z.string().min(1).max(80), firstRecord: z.number().int().min(1), records: z.number().int().min(1), headHash: z.string().length(64) }),
});
export type Continued = z.infer<typeof continuedSchema>;

/** Another key signs from this record on. Signed by both, so that neither can be put in place of the other. */
export const KEY_ROTATED_TYPE = 'journal.key-rotated';
export const ROTATION_REASON_MAX_LENGTH = 500;
const keyText = z.string().min(1).max(200);
export const keyRotatedSchema = z.strictObject({ newPublicKey: keyText, previousPublicKey: keyText, reason: z.string().min(1).max(ROTATION_REASON_MAX_LENGTH), signatureByOld: keyText, signatureByNew: keyText });
export type KeyRotated = z.infer<typeof keyRotatedSchema>;

/** What both keys sign. It holds the place in the chain, so that a rotation cannot be moved to another one. */
export function keyRotationText({ newPublicKey, previousPublicKey, reason }: Pick<KeyRotated, 'newPublicKey' | 'previousPublicKey' | 'reason'>, { n, previousHash }: Pick<JournalRecord, 'n' | 'previousHash'>): string {
  return `haven-key-rotation/1\n{"n":${String(n)},"newPublicKey":${JSON.stringify(newPublicKey)},"previousHash":${JSON.stringify(previousHash)},"previousPublicKey":${JSON.stringify(previousPublicKey)},"reason":${JSON.stringify(reason)}}`;
}

/** Records from which a station can go on without those before; found quickly, whatever lies behind them. Their data says which `part` of one they are. */
export const CARRIED_TYPE = 'state.carried';

/** Longest data of one record as canonical text, UTF-16 code units. */
export const DATA_MAX_LENGTH = 1_000_000;
/** Most records in one append: one transaction, which holds up the station while it is written. */
export const APPEND_MAX_ENTRIES = 5_000;

/** Everything of an entry but its data, which canonicalJson judges. No control characters: they would hide in a list. */
const headSchema = z.object({
  type: z.string().min(1).max(80).regex(/^[\w\-.:/()]+$/u),
  atMs: z.number().int().min(0).max(8.64e15),
  wallMs: z.number().int().min(0).max(8.64e15),
  by: z.string().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]+$/u).nullable(),
});

export type EntryCheck = { readonly ok: true; readonly dataText: string } | { readonly ok: false; readonly message: string };

/** May this entry be written? Answers with the canonical text of its data, or with what is wrong. */
export function checkEntry(entry: JournalEntry): EntryCheck {
  const head = headSchema.safeParse(entry);
  if (!head.success) return { ok: false, message: head.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') };
  const data = canonicalJson(entry.data);
  if (!data.ok) return { ok: false, message: `data, ${data.problem.path}: ${data.problem.message}` };
  if (data.text.length > DATA_MAX_LENGTH) return { ok: false, message: `data is longer than ${String(DATA_MAX_LENGTH)} characters` };
  return { ok: true, dataText: data.text };
}

/**
 * The text that is hashed: canonicalJson of the record without `hash`, put together from the data's canonical text, which
 * is at hand already. The keys below are in canonical order; a property test holds this equal to canonicalJson.
 */
export function chainText(record: Omit<JournalRecord, 'hash' | 'data'>, dataText: string): string {
  const { atMs, by, n, previousHash, type, wallMs } = record;
  return `{"atMs":${String(atMs)},"by":${JSON.stringify(by)},"data":${dataText},"n":${String(n)},"previousHash":${JSON.stringify(previousHash)},"type":${JSON.stringify(type)},"wallMs":${String(wallMs)}}`;
}

/** What a checkpoint says: so many records, and the hash of the last of them. */
export interface CheckpointClaim {
  readonly records: number;
  readonly headHash: string;
  readonly atMs: number;
}
export interface SignedCheckpoint extends CheckpointClaim {
  /** Ed25519 over checkpointText, base64. */
  readonly signature: string;
}

/** The text that is signed. The prefix keeps a signature from meaning anything elsewhere. */
export function checkpointText({ records, headHash, atMs }: CheckpointClaim): string {
  return `haven-checkpoint/1\n{"atMs":${String(atMs)},"headHash":${JSON.stringify(headHash)},"records":${String(records)}}`;
}
