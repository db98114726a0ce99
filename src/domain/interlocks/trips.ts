/**
 * One trip of a function (3.5): what began it, the cause that people found, and how it ended: by a reset that was granted, or by
 * force. The first-out is kept until the next trip, whatever happens to its condition.
 */
import type { Text } from '../../contract/text.ts';
import type { Assessment, Signed } from './bypass.ts';

/** A trip condition and the source time at which it was raised. */
export interface TripSign { readonly condition: string; readonly sourceMs: number }

export interface Trip {
  readonly trippedMs: number;
  /** Raised earliest. More than one: their times are too close together to tell. */
  readonly first: readonly TripSign[];
  readonly cause: Assessment | null;
  /** A reset was granted since. */
  readonly resetMs: number | null;
  readonly releasedMs: number | null;
  readonly forced: { readonly atMs: number; readonly missing: readonly Text[] } | null;
  readonly accounted: Assessment | null;
  /** The trip before it was ended by force and nobody has answered for that: a new trip does not make it good. */
  readonly owed?: { readonly atMs: number; readonly missing: readonly Text[] };
}

export type { Signed };

export const isOpenTrip = (trip: Trip | undefined): trip is Trip => trip !== undefined && trip.releasedMs === null && trip.forced === null;
/** The forced reset that is still to be answered for: of this trip, or of the one before it; null = none. */
export const unaccountedOf = (trip: Trip | undefined): NonNullable<Trip['forced']> | null => (trip === undefined || trip.accounted !== null ? null : (trip.forced ?? trip.owed ?? null));
export const isUnaccounted = (trip: Trip | undefined): boolean => unaccountedOf(trip) !== null;

/** Two signs closer together than a scan cannot be told apart. Engineering default. */
const APART_MS = 1_000;
/** What is raised longer after the trip than this did not begin it: the process followed. Engineering default. */
const AFTER_TRIP_MS = 10_000;

/** The earliest of what is known, with those too close to it to tell; null = nothing changes. */
export function firstOf(trip: Pick<Trip, 'trippedMs' | 'first'>, raised: readonly TripSign[]): readonly TripSign[] | null {
  const known = new Map(trip.first.map((sign) => [sign.condition, sign]));
  const candidates = [...trip.first, ...raised.filter(({ condition, sourceMs }) => !known.has(condition) && sourceMs <= trip.trippedMs + AFTER_TRIP_MS)];
  const earliestMs = Math.min(...candidates.map(({ sourceMs }) => sourceMs));
  const first = candidates.filter(({ sourceMs }) => sourceMs - earliestMs < APART_MS).sort((a, b) => a.sourceMs - b.sourceMs || (a.condition < b.condition ? -1 : 1));
  const isSame = first.length === trip.first.length && first.every(({ condition }, index) => trip.first[index]?.condition === condition);
  return isSame ? null : first;
}

/** A reset button of the plant may let go of several functions at once: a grant speaks for the others so long. Engineering default. */
export const SHARED_RESET_MS = 60_000;
/** A simulated plant that is put back lets go of its trips within this. */
export const PUT_BACK_MS = 60_000;
