/** What a gate looks at: nothing but the direction and these facts. Made by the station from its state and the plant. */
import type { Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { InterlockObstacle } from '../interlocks/interlocks.ts';
import type { ZoneStage, ZoneState } from '../people/people.ts';
import type { Place } from '../procedures/places.ts';

export interface GateFacts {
  /** Interlocks that bear on the operation and stand in its way. */
  readonly interlocks: readonly { readonly id: string; readonly obstacle: InterlockObstacle }[];
  /** Trip conditions and conditions of return that are not shown false (or true) by tags. */
  readonly unmet: readonly { readonly text: Text; readonly state: 'false' | 'unknown' }[];
  /** Where the procedure concerned stands; null when the operation concerns none. */
  readonly place: Place | null;
  readonly causeFound: boolean;
  readonly safeProved: boolean;
  /** The station was restarted while the procedure ran. */
  readonly held: boolean;
  readonly hasCommander: boolean;
  readonly hasWatch: boolean;
  readonly zones: readonly { readonly id: string; readonly title: Text; readonly stage: ZoneStage; readonly state: ZoneState; readonly count: number | null; readonly limit: number | null }[];
  /** For an entry: people in the zone after it, and the limit. */
  readonly entry: { readonly zone: Text; readonly stage: ZoneStage; readonly countAfter: number | null; readonly limit: number | null } | null;
  /** Proofs of safe work (4.3.3) that an earlier step gave and that do not hold now. */
  readonly lapsed: readonly Text[];
  /** Cautions of the step that nobody has acknowledged. */
  readonly unread: number;
  /** Prohibitions of the procedures concerned that are being broken now. */
  readonly violated: readonly { readonly clause: string; readonly text: Text }[];
  /** An abnormal condition that no procedure answers is active. */
  readonly noProcedure: boolean;
  readonly linkGood: boolean;
  /** Who signs, where the operation is being done rather than only shown. */
  readonly signer: { readonly user: string; readonly roles: readonly Role[] } | null;
  /** Roles one of which must sign; empty = any. */
  readonly signerRoles: readonly Role[];
  /** People who have already signed in another part that must be another person's. */
  readonly mustDifferFrom: readonly { readonly user: string; readonly part: Text }[];
}

/** Nothing known: every gate but retreat refuses on this. */
export const NO_FACTS: GateFacts = {
  interlocks: [], unmet: [], place: null, causeFound: false, safeProved: false, held: false, hasCommander: false, hasWatch: false,
  zones: [], entry: null, lapsed: [], unread: 0, violated: [], noProcedure: false, linkGood: false, signer: null, signerRoles: [], mustDifferFrom: [],
};
