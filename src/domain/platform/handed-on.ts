/** How far handing on has come, as the journal knows it. Folded by `evolve`. */
import type { Fact } from '../station/facts.ts';
import { outboxStep } from './outbox.ts';
import { EMPTY_OUTBOX } from './outbox-state.ts';
import type { OutboxState } from './outbox-state.ts';

export interface HandedOn {
  /** As of the newest record. */
  readonly outbox: OutboxState;
  /** As of the newest record that the platform has given a receipt for; `toRecord` 0 = none. */
  readonly cursor: { readonly toRecord: number; readonly outbox: OutboxState };
  readonly lastReceiptMs: number | null;
  /** Since when something has been waiting without a break. */
  readonly behindSinceMs: number | null;
  /** The platform holds another content under this number. */
  readonly conflict: { readonly seq: number; readonly atMs: number } | null;
}

export const NOTHING_HANDED_ON: HandedOn = { outbox: EMPTY_OUTBOX, cursor: { toRecord: 0, outbox: EMPTY_OUTBOX }, lastReceiptMs: null, behindSinceMs: null, conflict: null };

/** So long may messages wait before somebody is called to it. */
export const BEHIND_LONG_MS = 60 * 60_000;

export const behindOf = ({ outbox, cursor }: HandedOn): number => Math.max(0, outbox.made - cursor.outbox.made);

/** The first moment at which waiting messages are worth an alarm; Infinity = none wait. While handing on is switched off nobody expects them. */
export function platformDueMs({ behindSinceMs, conflict, outbox }: HandedOn): number {
  if (outbox.settings === null) return Number.POSITIVE_INFINITY;
  return conflict !== null ? conflict.atMs : behindSinceMs === null ? Number.POSITIVE_INFINITY : behindSinceMs + BEHIND_LONG_MS;
}

export function evolveHandedOn(state: HandedOn, fact: Fact): HandedOn {
  switch (fact.type) {
    case 'platform.delivered': case 'platform.rewound': return movedTo(state, fact);
    case 'platform.conflict': return { ...state, conflict: { seq: fact.data.seq, atMs: fact.atMs } };
    default: {
      const { next, kind } = outboxStep(state.outbox, fact);
      if (next === state.outbox) return state;
      return { ...state, outbox: next, behindSinceMs: kind === null ? state.behindSinceMs : (state.behindSinceMs ?? fact.atMs) };
    }
  }
}

function movedTo(state: HandedOn, fact: Extract<Fact, { type: 'platform.delivered' | 'platform.rewound' }>): HandedOn {
  const moved = { ...state, cursor: { toRecord: fact.data.toRecord, outbox: fact.data.outbox } };
  const waits = behindOf(moved) > 0;
  const behindSinceMs = waits ? (state.behindSinceMs ?? fact.atMs) : null;
  return fact.type === 'platform.delivered' ? { ...moved, behindSinceMs, lastReceiptMs: fact.atMs, conflict: null } : { ...moved, behindSinceMs };
}
