/**
 * The roll-call of an evacuation (4.2.1): a zone is shown empty by two of three sources - the positioning reads a good zero; a person who
 * called the roll signs that it is empty; another person signs the same. Never against the positioning, nor while somebody is signed in.
 */
export interface RollCallSignature {
  readonly user: string;
  readonly name: string;
  readonly atMs: number;
}

export interface ZoneRollCall {
  /** Who has signed that nobody is in there; one entry for each person. */
  readonly signed: readonly RollCallSignature[];
  /** Shown empty, as it was last told. */
  readonly cleared: boolean;
}

export interface RollCall {
  readonly openedMs: number;
  readonly endedMs: number | null;
  /** What called for it: `evacuate`, or steps of procedures as `instance/step`. */
  readonly because: readonly string[];
  readonly zones: Readonly<Record<string, ZoneRollCall>>;
}

/** An order of evacuation as a reason; it begins the roll-call anew, a step of a procedure only adds its zones. */
export const ORDERED = 'evacuate';

export const EMPTY_ZONE_ROLL_CALL: ZoneRollCall = { signed: [], cleared: false };

/** Somebody is known to be inside: signatures that say otherwise are void. */
export const isOccupied = (tagCount: number | null, signedIn: number): boolean => signedIn > 0 || (tagCount !== null && tagCount > 0);

export function isShownEmpty(tagCount: number | null, signedIn: number, { signed }: ZoneRollCall): boolean {
  if (isOccupied(tagCount, signedIn)) return false;
  const people = new Set(signed.map(({ user }) => user)).size;
  return (tagCount === 0 ? 1 : 0) + Math.min(2, people) >= 2;
}

/** Two different people have signed: what stands in for a positioning that is dead (decision 0011). */
export const isSignedByTwo = ({ signed }: ZoneRollCall): boolean => new Set(signed.map(({ user }) => user)).size >= 2;

export const openZonesOf = (rollCall: RollCall | null): string[] => (rollCall === null || rollCall.endedMs !== null ? [] : Object.keys(rollCall.zones).filter((zone) => rollCall.zones[zone]?.cleared !== true));
