/** Secrets at rest: scrypt with a salt of their own. Slow on purpose, in time and in memory, and off the main thread. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** RFC 7914 parameters; kept with each secret so that they can be raised later without locking anybody out. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}
export const SCRYPT_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 1 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Twice what the cost above needs (128 * N * r), bytes. Node's own limit is just below it. */
const MEMORY_MAX_BYTES = 64 * 1024 * 1024;

/** Salt and key in base64. */
export interface SealedSecret extends ScryptCost {
  readonly salt: string;
  readonly key: string;
}

export async function seal(secret: string): Promise<SealedSecret> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(secret, salt, SCRYPT_COST);
  return { ...SCRYPT_COST, salt: salt.toString('base64'), key: key.toString('base64') };
}

/** In a time that does not tell how much of it was right. */
export async function opens(secret: string, sealed: SealedSecret): Promise<boolean> {
  const expected = Buffer.from(sealed.key, 'base64');
  const given = await derive(secret, Buffer.from(sealed.salt, 'base64'), sealed);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** What an unknown user's secret is held against: no secret opens it, and finding that out takes the usual time. */
export const NOBODY: SealedSecret = { ...SCRYPT_COST, salt: randomBytes(SALT_BYTES).toString('base64'), key: randomBytes(KEY_BYTES).toString('base64') };

function derive(secret: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFKC: the same secret typed on another keyboard or input method is the same secret.
    scrypt(secret.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: MEMORY_MAX_BYTES }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
