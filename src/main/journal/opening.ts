/**
 * Whether this folder's journal may be gone on with. Looks at the genesis record (mode, key) and at everything behind the
 * newest signed checkpoint; the whole chain is for `haven journal verify`, which takes longer than a start should.
 *
 * A journal that does not hold together is refused, not repaired: repairing is what a forger would want.
 */
import { createPublicKey, verify } from 'node:crypto';
import { CONTINUED_TYPE, GENESIS_TYPE, JOURNAL_FORMAT, KEY_ROTATED_TYPE, NO_HASH, checkpointText, keyRotatedSchema } from '../../domain/journal/record.ts';
import type { CheckpointClaim, Continued, Genesis, JournalEntry, JournalMode, SignedCheckpoint } from '../../domain/journal/record.ts';
import { chain, fits } from './chaining.ts';
import { adoptNextKey, dropNextKey } from './keys.ts';
import type { KeyFolder, StationKey } from './keys.ts';
import { ProblemError, problem } from './problem.ts';
import type { JournalProblem } from './problem.ts';
import { openingOf } from './segments.ts';
import type { Opening, SealedSegments } from './segments.ts';
import type { JournalStore, StoredRecord } from './store.ts';
import { sealedFileName } from './verify.ts';

/** The first record of a new journal, and the checkpoint that vouches for it: written together, so neither is ever alone. */
export function writeGenesis(store: JournalStore, key: StationKey, mode: JournalMode, nowMs: number): void {
  const data: Genesis = { format: JOURNAL_FORMAT, mode, publicKey: key.publicKey };
  writeSigned(store, key, { n: 0, hash: NO_HASH }, [{ type: GENESIS_TYPE, atMs: nowMs, wallMs: nowMs, by: null, data }]);
}

/** The first records of the next segment: where the chain comes from, and what is carried over. All of it or nothing. */
export function writeContinued(store: JournalStore, key: StationKey, before: { readonly opening: Opening; readonly last: StoredRecord }, when: { readonly atMs: number; readonly wallMs: number }, carried: readonly JournalEntry[]): void {
  const { opening: { segment, firstRecord, mode }, last: { n, hash } } = before;
  const data: Continued = { format: JOURNAL_FORMAT, mode, publicKey: key.publicKey, segment: segment + 1, firstRecord: n + 1, previousSegment: { file: sealedFileName(segment), firstRecord, records: n, headHash: hash } };
  writeSigned(store, key, { n, hash }, [{ type: CONTINUED_TYPE, ...when, by: null, data }, ...carried]);
}

function writeSigned(store: JournalStore, key: StationKey, head: { n: number; hash: string }, entries: readonly JournalEntry[]): void {
  const chained = chain(head, entries);
  if (!chained.ok) throw new ProblemError(chained.problem);
  const last = chained.value.at(-1);
  store.write(chained.value, last === undefined ? [] : [key.signCheckpoint({ records: last.n, headHash: last.hash, atMs: entries[0]?.atMs ?? 0 })]);
}

export type Mirrored = Pick<CheckpointClaim, 'records' | 'headHash'> | undefined;

export interface ToOpen {
  readonly dir: string;
  readonly mode: JournalMode;
  readonly keys: KeyFolder;
  readonly sealed: SealedSegments;
  readonly mirrored: Mirrored;
}

/** The key that signs a segment now, or what stands against going on with it. `Opening` says where it begins. */
export type Going = { readonly ok: true; readonly key: StationKey; readonly opening: Opening } | { readonly ok: false; readonly problem: JournalProblem };

/** What stands against going on with the segment in `store`: its beginning, its key, its end, and the segment before it. */
export function going(store: JournalStore, { dir, mode, keys, sealed, mirrored }: ToOpen): Going {
  const first = store.first();
  const opening = openingOf(first);
  if (first === undefined || opening === undefined) return { ok: false, problem: damaged(first?.n ?? 1) };
  if (opening.mode !== mode) return { ok: false, problem: wrongMode(opening.mode, mode) };
  const key = keyInForce(store, opening, keys, dir);
  if (key === undefined) return { ok: false, problem: WRONG_KEY };
  const refused = tailObjection(store, key, opening) ?? linkObjection(opening, sealed) ?? mirrorObjection(store, opening, sealed, mirrored);
  return refused === undefined ? { ok: true, key, opening } : { ok: false, problem: refused };
}

/** Only where the key of the segment's beginning did not sign its newest checkpoint are its records searched for a rotation. */
function keyInForce(store: JournalStore, opening: Opening, keys: KeyFolder, dir: string): StationKey | undefined {
  const newest = store.newestCheckpoint();
  const isBegunWith = newest === undefined || isSignedBy(opening.publicKey, newest);
  const rotated = isBegunWith ? undefined : store.newestOfType(KEY_ROTATED_TYPE);
  const publicKey = rotated === undefined ? opening.publicKey : keyRotatedSchema.safeParse(JSON.parse(rotated.dataText)).data?.newPublicKey;
  if (keys.key.publicKey === publicKey) {
    if (keys.next !== undefined) dropNextKey(dir); // Killed before the rotation was on record: it never was.
    return keys.key;
  }
  if (keys.next === undefined || keys.next.publicKey !== publicKey) return undefined;
  adoptNextKey(dir, undefined); // Killed after the rotation was on record: what was begun is ended.
  return keys.next;
}

/** From the newest checkpoint to the end: at most a minute of records. */
function tailObjection(store: JournalStore, key: StationKey, { firstRecord }: Opening): JournalProblem | undefined {
  const checkpoint = store.newestCheckpoint();
  const last = store.last();
  if (checkpoint === undefined || !isSignedBy(key.publicKey, checkpoint)) return damaged(firstRecord);
  if (last === undefined || last.n < checkpoint.records) return truncated(last?.n ?? 0, checkpoint.records);
  const signed = recordAt(store, checkpoint.records);
  if (signed === undefined || signed.hash !== checkpoint.headHash || !fits(signed, signed.previousHash)) return damaged(checkpoint.records);
  let previous = signed;
  for (const record of store.from(checkpoint.records + 1)) {
    if (record.n !== previous.n + 1 || !fits(record, previous.hash)) return damaged(record.n);
    previous = record;
  }
  return undefined;
}

/** The segment before, where it is still in the folder, has to end where this one begins. In an archive it is looked at by `verify`. */
function linkObjection({ segment, firstRecord, previous }: Opening, sealed: SealedSegments): JournalProblem | undefined {
  if (previous === undefined || !sealed.has(segment - 1)) return undefined;
  const { last } = sealed.known(segment - 1);
  return last.n === previous.records && last.hash === previous.headHash ? undefined : damaged(firstRecord - 1);
}

/** The file beside the journal may know of more than the journal does: then records were cut off, table and all. */
function mirrorObjection(store: JournalStore, { segment, firstRecord }: Opening, sealed: SealedSegments, mirrored: Mirrored): JournalProblem | undefined {
  if (mirrored === undefined || mirrored.records < 1) return undefined;
  // What the mirror last knew stands in an archive: more than that the journal certainly has.
  if (mirrored.records < firstRecord && sealed.there().every((each) => each >= segment || sealed.known(each).opening.firstRecord > mirrored.records || sealed.known(each).last.n < mirrored.records)) return undefined;
  const record = mirrored.records < firstRecord ? sealed.page(mirrored.records, segment)[0] : recordAt(store, mirrored.records);
  if (record === undefined) return truncated(store.last()?.n ?? 0, mirrored.records);
  return record.hash === mirrored.headHash ? undefined : damaged(mirrored.records);
}

function recordAt(store: JournalStore, n: number): StoredRecord | undefined {
  const [record] = store.page(n);
  return record?.n === n ? record : undefined;
}

function isSignedBy(publicKey: string, checkpoint: SignedCheckpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(checkpointText(checkpoint)), key, Buffer.from(checkpoint.signature, 'base64'));
  } catch {
    return false;
  }
}

const ASIDE_EN = 'Run `haven journal verify`, keep the folder as evidence, and begin a new journal in another data folder.';
const ASIDE_ZH = '请运行 `haven journal verify`，保留该目录作为证据，并在另一数据目录新建日志。';

function damaged(n: number): JournalProblem {
  return problem('damaged', `The journal does not hold together at or before record ${String(n)}. ${ASIDE_EN}`, `日志在第 ${String(n)} 条或之前已不连贯。${ASIDE_ZH}`);
}

export function truncated(have: number, signed: number): JournalProblem {
  return problem('truncated', `The journal holds ${String(have)} records, but ${String(signed)} were signed for. ${ASIDE_EN}`, `日志只有 ${String(have)} 条记录，但已签名 ${String(signed)} 条。${ASIDE_ZH}`);
}

function wrongMode(has: JournalMode, wanted: JournalMode): JournalProblem {
  return problem(
    'wrong-mode',
    `This is a journal of ${has}, the station was started for ${wanted}. Drills and reality are never mixed: use another data folder.`,
    `这是 ${has} 模式的日志，而本站以 ${wanted} 模式启动。演练与实际绝不混记：请使用另一数据目录。`,
  );
}

const WRONG_KEY = problem(
  'wrong-key',
  'This journal was begun with another signing key than the one in its keys folder. Put the right key back, or use another data folder.',
  '此日志使用的签名密钥与 keys 目录中的不同。请恢复正确的密钥，或使用另一数据目录。',
);
