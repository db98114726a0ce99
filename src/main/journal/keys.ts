/**
 * The station's Ed25519 key, made at the first start. It signs checkpoints; its public half stands in the first record of every segment.
 * It may be rotated; the rotation is a record, signed by the old key and the new.
 *
 * Whoever can read the key file can sign. It therefore is 0600 in a 0700 folder, and the copy of the checkpoints belongs
 * on a machine that this station's account cannot rewrite (docs/design/journal.md, "what it cannot tell").
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { chmodSync, closeSync, constants, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointText } from '../../domain/journal/record.ts';
import type { CheckpointClaim, SignedCheckpoint } from '../../domain/journal/record.ts';
import { problem, problemFrom } from './problem.ts';
import type { Result } from './problem.ts';

const KEY_FILE = 'journal-ed25519.pem';
/** The key that a rotation is about to put in place. Its first moment is before the record of the rotation, its last after it. */
const NEXT_FILE = `${KEY_FILE}.next`;

export interface StationKey {
  /** SPKI DER, base64: what the genesis record holds. */
  readonly publicKey: string;
  signCheckpoint(claim: CheckpointClaim): SignedCheckpoint;
  /** Ed25519, base64. */
  sign(text: string): string;
}

export interface KeyFolder {
  readonly key: StationKey;
  /** Left by a rotation that was killed half way: in place of the other if the journal says so, else nothing. */
  readonly next: StationKey | undefined;
  /** Others than the station's account could read the key until now. */
  readonly wasExposed: boolean;
}

/** Reads the key under `dir/keys`. Makes one only for a journal that does not exist yet: a new key cannot sign an old journal. */
export function openStationKey(dir: string, journalExists: boolean): Result<KeyFolder> {
  const keysDir = join(dir, 'keys');
  const file = join(keysDir, KEY_FILE);
  try {
    if (!existsSync(file)) {
      if (journalExists) return { ok: false, problem: keyMissing(file) };
      makeKey(keysDir, file);
    }
    const wasExposed = isExposed(file);
    // Also on every later start: a copied folder may have lost its modes.
    chmodSync(keysDir, 0o700);
    chmodSync(file, 0o600);
    const nextFile = join(keysDir, NEXT_FILE);
    const next = existsSync(nextFile) ? readKey(nextFile) : undefined;
    return { ok: true, value: { key: readKey(file), next, wasExposed } };
  } catch (error) {
    return { ok: false, problem: problemFrom(error) };
  }
}

/** Windows has no such modes; there the folder's own rights count. */
function isExposed(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
}

/** Makes the key that is to come, on the disk before the journal speaks of it. */
export function makeNextKey(dir: string): StationKey {
  const file = join(dir, 'keys', NEXT_FILE);
  makeKey(join(dir, 'keys'), file);
  return readKey(file);
}

/**
 * Puts the next key in place of the present one. `keepAs`: the old private key is kept beside it under this name; otherwise it is destroyed,
 * because whoever finds it could sign another past up to the rotation, and to verify that past its public half is enough.
 */
export function adoptNextKey(dir: string, keepAs: string | undefined): void {
  const [file, nextFile] = [join(dir, 'keys', KEY_FILE), join(dir, 'keys', NEXT_FILE)];
  if (keepAs !== undefined) copyFileSync(file, join(dir, 'keys', keepAs), constants.COPYFILE_EXCL);
  if (existsSync(nextFile)) renameSync(nextFile, file);
}

export function dropNextKey(dir: string): void {
  rmSync(join(dir, 'keys', NEXT_FILE), { force: true });
}

/** Under another name first: a crash half way leaves no half key. */
function makeKey(keysDir: string, file: string): void {
  mkdirSync(keysDir, { recursive: true, mode: 0o700 });
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const unfinished = `${file}.new`;
  const fd = openSync(unfinished, 'w', 0o600);
  try {
    writeFileSync(fd, pem);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(unfinished, file);
}

function readKey(file: string): StationKey {
  const privateKey = createPrivateKey(readFileSync(file));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const signText = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64');
  return { publicKey, sign: signText, signCheckpoint: (claim) => ({ ...claim, signature: signText(checkpointText(claim)) }) };
}

function keyMissing(file: string) {
  return problem(
    'key-missing',
    `The journal exists but its signing key ${file} does not. Put the key back, or move the whole data folder aside and begin a new journal.`,
    `日志存在，但签名密钥 ${file} 缺失。请恢复密钥，或将整个数据目录移走后新建日志。`,
  );
}
