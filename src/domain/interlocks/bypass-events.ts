/**
 * What went wrong while a bypass was in use: abnormal conditions that arose, and trips of functions against the same hazard
 * (its own trip tag among them: then it was asked for, and did not act). Kept with the entry for good, so that whoever assesses
 * the next one sees what came of this one.
 */
import type { BypassEntry } from './bypass.ts';

/** Kept of each entry; the journal has all that a chattering tag makes. */
export const EVENTS_MAX = 50;

/** In force, or its approval is gone and it was on: what happens then happens without the function. */
const isInUse = ({ phase, seen }: BypassEntry): boolean => phase === 'active' || (seen && (phase === 'lapsed' || phase === 'expired'));

/** Entries that an event is written to now. Asked for each onset of an abnormal condition: mostly there is none. */
export function entriesThatListen(register: readonly BypassEntry[], concerns: (entry: BypassEntry) => boolean = () => true): BypassEntry[] {
  return register.filter((entry) => isInUse(entry) && entry.events.length < EVENTS_MAX && concerns(entry));
}
