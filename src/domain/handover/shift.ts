/** The shift and its hand-overs, as the state keeps them. The journal keeps all; here are the last ones. */
import type { Text } from '../../contract/text.ts';

export interface Somebody { readonly user: string; readonly name: string }

export interface Shift extends Somebody {
  readonly sinceMs: number;
  readonly from: Somebody;
}

export interface HandOver {
  readonly atMs: number;
  readonly from: Somebody;
  readonly to: Somebody;
  readonly notes: string;
  /** How many things stood open. */
  readonly count: number;
  /** What stood open, of the newest hand-over alone. */
  readonly items: readonly { readonly id: string; readonly text: Text }[];
}

/** Hand-overs kept in memory: a week of three shifts. */
export const HAND_OVERS_MAX = 20;

export interface HandedOver {
  readonly from: Somebody;
  readonly to: Somebody;
  readonly items: HandOver['items'];
  readonly notes: string;
}

export function handedOver(past: readonly HandOver[], { from, to, items, notes }: HandedOver, atMs: number): { readonly shift: Shift; readonly handOvers: readonly HandOver[] } {
  const older = past.map((each) => (each.items.length === 0 ? each : { ...each, items: [] }));
  return { shift: { ...to, sinceMs: atMs, from }, handOvers: [{ atMs, from, to, notes, count: items.length, items }, ...older].slice(0, HAND_OVERS_MAX) };
}
