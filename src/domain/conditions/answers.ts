/**
 * What every condition answers: raised, cleared or unknown, and since when. Delays run here, and here what was raised is held while nothing is known.
 *
 * Only conditions that something is going on with take more than a byte: times stand in maps, and a plant at rest has empty ones.
 */
import { TRAIT } from './nodes.ts';
import type { Nodes } from './nodes.ts';
import { FALSE, TRUE, UNKNOWN } from './truth.ts';
import type { Truth } from './truth.ts';

export type ConditionState = 'raised' | 'cleared' | 'unknown';

const RAISED = 1;
const KNOWN = 2;
/** It was known once, or before the restart: then becoming known again is told. */
const EVER_KNOWN = 4;
const LAST_TRUE = 8;
/** A proof that was given before an outage: unknown until it has held for its time again, and not false meanwhile. */
const IN_DOUBT = 16;

const NEVER_MS = Number.POSITIVE_INFINITY;

export class Answers {
  readonly #nodes: Nodes;
  readonly #flags: Uint8Array;
  /** Beyond since, while the on-delay runs; back since, while the off-delay runs. */
  readonly #pendingMs = new Map<number, number>();
  readonly #onsetMs = new Map<number, number>();

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
    this.#flags = new Uint8Array(nodes.count);
  }

  truthOf(node: number): Truth {
    const flags = this.#flags[node] as number;
    if ((flags & KNOWN) === 0 || (flags & IN_DOUBT) !== 0) return UNKNOWN;
    return (flags & RAISED) === 0 ? FALSE : TRUE;
  }

  isKnown(node: number): boolean {
    return ((this.#flags[node] as number) & KNOWN) !== 0;
  }

  /** Known once, in this life or before a restart. */
  wasKnown(node: number): boolean {
    return ((this.#flags[node] as number) & EVER_KNOWN) !== 0;
  }

  lastWasTrue(node: number): boolean {
    return ((this.#flags[node] as number) & LAST_TRUE) !== 0;
  }

  /** Onset of a condition that is raised, or held raised while unknown; null when it is not. */
  heldSinceMs(node: number): number | null {
    return ((this.#flags[node] as number) & RAISED) === 0 ? null : (this.#onsetMs.get(node) ?? -1);
  }

  /** When the delay that runs will have run out; infinity when none does. A delay does not run out on an unknown value. */
  delayEndsMs(node: number): number {
    const flags = this.#flags[node] as number;
    const sinceMs = this.#pendingMs.get(node);
    if (sinceMs === undefined || (flags & KNOWN) === 0) return NEVER_MS;
    return sinceMs + (((flags & RAISED) === 0 ? this.#nodes.onDelayMs : this.#nodes.offDelayMs)[node] as number);
  }

  /** As it was before a restart: raised (held, unknown until fresh values speak) or unknown. */
  restore(node: number, held: boolean, onsetMs: number): void {
    this.#set(node, EVER_KNOWN);
    if (!held) return;
    this.#set(node, RAISED | LAST_TRUE);
    this.#onsetMs.set(node, onsetMs);
  }

  /** Nothing was ever known: no delay runs, nothing is raised. */
  forget(): void {
    this.#flags.fill(0);
    this.#pendingMs.clear();
    this.#onsetMs.clear();
  }

  distrust(): void {
    for (let node = 0; node < this.#flags.length; node += 1) this.#clear(node, KNOWN);
  }

  /** What the kind says now it said before, and both times it was known: settling it would change nothing, since a delay that runs waits for its timer only. */
  stands(node: number, raw: Truth): boolean {
    return raw !== UNKNOWN && ((this.#flags[node] as number) & (KNOWN | LAST_TRUE)) === (raw === TRUE ? KNOWN | LAST_TRUE : KNOWN);
  }

  /** Takes what the kind says now and answers what is to be told of it; null = nothing changed. */
  settle(node: number, raw: Truth, nowMs: number): ConditionState | null {
    const flags = this.#flags[node] as number;
    const wasKnown = (flags & KNOWN) !== 0;
    if (raw === UNKNOWN) {
      this.#breakOff(node);
      this.#clear(node, KNOWN);
      return wasKnown ? 'unknown' : null;
    }
    const isNews = !wasKnown && (flags & EVER_KNOWN) !== 0;
    this.#set(node, KNOWN | EVER_KNOWN);
    if (raw === TRUE) {
      this.#set(node, LAST_TRUE);
      return this.#settleTrue(node, isNews, nowMs);
    }
    this.#clear(node, LAST_TRUE | IN_DOUBT);
    return this.#settleFalse(node, isNews, nowMs);
  }

  #settleTrue(node: number, isNews: boolean, nowMs: number): ConditionState | null {
    if (this.#has(node, RAISED)) {
      this.#pendingMs.delete(node);
      return isNews ? 'raised' : null;
    }
    if (!this.#hasRunOut(node, this.#nodes.onDelayMs, nowMs)) return isNews ? 'cleared' : null;
    this.#set(node, RAISED);
    this.#clear(node, IN_DOUBT);
    this.#onsetMs.set(node, nowMs);
    return 'raised';
  }

  #settleFalse(node: number, isNews: boolean, nowMs: number): ConditionState | null {
    if (!this.#has(node, RAISED)) {
      this.#pendingMs.delete(node);
      return isNews ? 'cleared' : null;
    }
    if (!this.#hasRunOut(node, this.#nodes.offDelayMs, nowMs)) return isNews ? 'raised' : null;
    this.#clear(node, RAISED);
    this.#onsetMs.delete(node);
    return 'cleared';
  }

  /** Begins the delay when it does not run yet; true, and the delay at its end, when it has run for its time. */
  #hasRunOut(node: number, delaysMs: Uint32Array, nowMs: number): boolean {
    const delayMs = delaysMs[node] as number;
    if (delayMs > 0 && nowMs - (this.#pendingMs.get(node) ?? nowMs) < delayMs) {
      if (!this.#pendingMs.has(node)) this.#pendingMs.set(node, nowMs);
      return false;
    }
    this.#pendingMs.delete(node);
    return true;
  }

  /** Nobody sees what happens during an outage: what has to hold for a time begins anew after it. An alarm's on-delay alone goes on. */
  #breakOff(node: number): void {
    const isRaised = this.#has(node, RAISED);
    if (isRaised) this.#pendingMs.delete(node);
    if (((this.#nodes.traits[node] as number) & TRAIT.proof) === 0) return;
    this.#pendingMs.delete(node);
    if (isRaised) this.#set(node, IN_DOUBT);
    this.#clear(node, RAISED);
    this.#onsetMs.delete(node);
  }

  #has(node: number, flags: number): boolean {
    return ((this.#flags[node] as number) & flags) !== 0;
  }

  #set(node: number, flags: number): void {
    this.#flags[node] = (this.#flags[node] as number) | flags;
  }

  #clear(node: number, flags: number): void {
    this.#flags[node] = (this.#flags[node] as number) & ~flags;
  }
}
