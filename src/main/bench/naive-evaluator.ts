/**
 * The peer of the condition engine: limits as one would first write them. One object per rule, a look-up by tag name,
 * the comparison by its word, the delay looked at when the next sample comes. It knows deadband and on-delay, and does
 * not know what the engine must: quality, staleness, late samples, delays that run out between samples, conditions made
 * of conditions, proofs.
 */
import type { Sample } from '../../domain/samples/sample.ts';
import type { LimitSpec } from './traffic.ts';

interface Rule {
  readonly spec: LimitSpec;
  isBeyond: boolean;
  isRaised: boolean;
  sinceMs: number | null;
}

export interface NaiveEvent {
  readonly id: string;
  readonly state: 'raised' | 'cleared';
  readonly atMs: number;
}

export class NaiveEvaluator {
  readonly #rules = new Map<string, Rule[]>();
  events: NaiveEvent[] = [];

  constructor(limits: readonly LimitSpec[]) {
    for (const spec of limits) {
      const rules = this.#rules.get(spec.tag) ?? [];
      rules.push({ spec, isBeyond: false, isRaised: false, sinceMs: null });
      this.#rules.set(spec.tag, rules);
    }
  }

  push(sample: Sample): void {
    if (typeof sample.value !== 'number') return;
    for (const rule of this.#rules.get(sample.tag) ?? []) this.#apply(rule, sample.value, sample.receivedMs);
  }

  #apply(rule: Rule, value: number, atMs: number): void {
    const { comparison, limit, deadband, onDelayMs, id } = rule.spec;
    const edge = rule.isBeyond ? (comparison === 'above' ? limit - deadband : limit + deadband) : limit;
    rule.isBeyond = comparison === 'above' ? value > edge : value < edge;
    if (!rule.isBeyond) {
      rule.sinceMs = null;
      if (rule.isRaised) {
        rule.isRaised = false;
        this.events.push({ id, state: 'cleared', atMs });
      }
      return;
    }
    rule.sinceMs ??= atMs;
    if (rule.isRaised || atMs - rule.sinceMs < onDelayMs) return;
    rule.isRaised = true;
    this.events.push({ id, state: 'raised', atMs });
  }
}
