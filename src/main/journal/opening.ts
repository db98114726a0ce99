/**
 * Whether this folder's journal may be gone on with. Looks at the genesis record (mode, key) and at everything behind the
 * newest signed checkpoint; the whole chain is for `haven journal verify`, which takes longer than a start should.
 *
 * A journal that does not hold together is refused, not repaired: repairing is what a forger would want.
 */
import { createPublicKey, hash, verify } from 'node:crypto';
import { GENESIS_TYPE, JOURNAL_FORMAT, NO_HASH, chainText, checkpointText, genesisSchema } from '../../domain/journal/record.ts';
import type { CheckpointClaim, Genesis, JournalMode, SignedCheckpoint } from '../../domain/journal/record.ts';
import { canonicalJson } from '../../domain/journal/canonical-json.ts';
import type { StationKey } from './keys.ts';
import { problem } from './problem.ts';
import type { JournalProblem } from './problem.ts';
import type { JournalStore, StoredRecord } from './store.ts';

export function hashOf(text: string): string {
  return hash('sha256', text, 'hex');
}

/** The first record of a new journal, and the checkpoint that vouches for it: written together, so neither is ever alone. */
export function writeGenesis(store: JournalStore, key: StationKey, mode: JournalMode, nowMs: number): void {
  const data: Genesis = { format: JOURNAL_FORMAT, mode, publicKey: key.publicKey };
  const canonical = canonicalJson(data);
  if (!canonical.ok) throw new Error(`genesis: ${canonical.problem.message}`);
  const record = { n: 1, type: GENESIS_TYPE, atMs: nowMs, wallMs: nowMs, by: null, previousHash: NO_HASH };
  const head = hashOf(chainText(record, canonical.text));
  store.write([{ ...record, dataText: canonical.text, hash: head }], [key.signCheckpoint({ records: 1, headHash: head, atMs: nowMs })]);
}

/** What stands against going on with the journal in `store`; undefined = nothing. */
export function objection(store: JournalStore, key: StationKey, mode: JournalMode, mirrored: Pick<CheckpointClaim, 'records' | 'headHash'> | undefined): JournalProblem | undefined {
  return genesisObjection(store, key, mode) ?? tailObjection(store, key) ?? mirrorObjection(store, mirrored);
}

function genesisObjection(store: JournalStore, key: StationKey, mode: JournalMode): JournalProblem | undefined {
  const genesis = readGenesis(store);
  if (genesis === undefined) return damaged(1);
  if (genesis.mode !== mode) return wrongMode(genesis.mode, mode);
  if (genesis.publicKey !== key.publicKey) return WRONG_KEY;
  return undefined;
}

function readGenesis(store: JournalStore): Genesis | undefined {
  const first = recordAt(store, 1);
  if (first === undefined || first.type !== GENESIS_TYPE || !fits(first, NO_HASH)) return undefined;
  return genesisSchema.safeParse(JSON.parse(first.dataText)).data;
}

/** From the newest checkpoint to the end: at most a minute of records. */
function tailObjection(store: JournalStore, key: StationKey): JournalProblem | undefined {
  const checkpoint = store.newestCheckpoint();
  const last = store.last();
  if (checkpoint === undefined || !isSignedBy(key, checkpoint)) return damaged(1);
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

/** The file beside the journal may know of more than the journal does: then records were cut off, table and all. */
function mirrorObjection(store: JournalStore, mirrored: Pick<CheckpointClaim, 'records' | 'headHash'> | undefined): JournalProblem | undefined {
  if (mirrored === undefined) return undefined;
  const record = recordAt(store, mirrored.records);
  if (record === undefined) return truncated(store.last()?.n ?? 0, mirrored.records);
  return record.hash === mirrored.headHash ? undefined : damaged(mirrored.records);
}

function recordAt(store: JournalStore, n: number): StoredRecord | undefined {
  for (const record of store.from(n)) return record.n === n ? record : undefined;
  return undefined;
}

function fits(record: StoredRecord, previousHash: string): boolean {
  return record.previousHash === previousHash && record.hash === hashOf(chainText(record, record.dataText));
}

function isSignedBy(key: StationKey, checkpoint: SignedCheckpoint): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key.publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(checkpointText(checkpoint)), publicKey, Buffer.from(checkpoint.signature, 'base64'));
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
