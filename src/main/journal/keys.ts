/**
 * The station's Ed25519 key, made at the first start. It signs checkpoints; its public half stands in the genesis record.
 *
 * Whoever can read the key file can sign. It therefore is 0600 in a 0700 folder, and the copy of the checkpoints belongs
 * on a machine that this station's account cannot rewrite (docs/design/journal.md, "what it cannot tell").
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointText } from '../../domain/journal/record.ts';
import type { CheckpointClaim, SignedCheckpoint } from '../../domain/journal/record.ts';
import { problem, problemFrom } from './problem.ts';
import type { Result } from './problem.ts';

const KEY_FILE = 'journal-ed25519.pem';

export interface StationKey {
  /** SPKI DER, base64: what the genesis record holds. */
  readonly publicKey: string;
  signCheckpoint(claim: CheckpointClaim): SignedCheckpoint;
}

/** Reads the key under `dir/keys`. Makes one only for a journal that does not exist yet: a new key cannot sign an old journal. */
export function openStationKey(dir: string, journalExists: boolean): Result<StationKey> {
  const keysDir = join(dir, 'keys');
  const file = join(keysDir, KEY_FILE);
  try {
    if (!existsSync(file)) {
      if (journalExists) return { ok: false, problem: keyMissing(file) };
      makeKey(keysDir, file);
    }
    // Also on every later start: a copied folder may have lost its modes.
    chmodSync(keysDir, 0o700);
    chmodSync(file, 0o600);
    return { ok: true, value: stationKey(createPrivateKey(readFileSync(file))) };
  } catch (error) {
    return { ok: false, problem: problemFrom(error) };
  }
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

function stationKey(privateKey: KeyObject): StationKey {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    publicKey,
    signCheckpoint: (claim) => ({ ...claim, signature: sign(null, Buffer.from(checkpointText(claim)), privateKey).toString('base64') }),
  };
}

function keyMissing(file: string) {
  return problem(
    'key-missing',
    `The journal exists but its signing key ${file} does not. Put the key back, or move the whole data folder aside and begin a new journal.`,
    `日志存在，但签名密钥 ${file} 缺失。请恢复密钥，或将整个数据目录移走后新建日志。`,
  );
}
