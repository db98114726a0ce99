import type { Role } from '../../../contract/refusal.ts';

/** A person who signs, as the accounts know them. */
export interface Signer {
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
}
