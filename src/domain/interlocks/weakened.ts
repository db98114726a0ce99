/**
 * What one bypassed initiator leaves of a function. A channel that is held healthy can no longer demand the trip, and the others
 * must reach the same number of votes without it: `MooN` becomes `Moo(N-1)`. With fewer than M left that cause can never trip.
 */
import type { Text } from '../../contract/text.ts';
import type { InterlockDef } from '../packs/schema.ts';
import { votingOf, withoutOne } from './channels.ts';

export interface WeakenedCause {
  readonly cause: Text;
  readonly voting: string;
  /** How it votes then; null = it protects no more. */
  readonly left: string | null;
}

/** Initiators that may be bypassed by themselves: those of causes that are tags, each once. */
export function elementsOf({ causes }: InterlockDef): string[] {
  return [...new Set(causes.flatMap(({ tags }) => tags ?? []))];
}

/** Every cause that the initiator is a channel of. Without an initiator none: the whole function is gone then. */
export function weakenedBy({ causes }: InterlockDef, element: string | null): WeakenedCause[] {
  return causes.flatMap(({ zh, en, voting = '', tags }) => (element === null || tags?.includes(element) !== true ? [] : [{ cause: { zh, en }, voting, left: withoutOne(voting) }]));
}

/**
 * Does the function still do all that it did? Only where every weakened cause votes on and asks for agreement: channels that must
 * agree measure one thing, while of `1ooN` each may watch a place that no other sees.
 */
export function isActingWithout(interlock: InterlockDef, element: string): boolean {
  const weakened = weakenedBy(interlock, element);
  return weakened.length > 0 && weakened.every(({ voting, left }) => left !== null && (votingOf(voting)?.need ?? 1) > 1);
}
