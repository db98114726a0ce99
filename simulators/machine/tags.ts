/** What a plant shows over OPC UA: kinds of tags, ids, units, ranges, state words. Each plant has its own table; a test holds it against `rules/<plant>/tags.yaml`. */
export type TagKind = 'analog' | 'discrete' | 'boolean' | 'count';

interface TagBase {
  readonly id: string;
  readonly area: string;
  readonly zh: string;
  readonly en: string;
}
export interface AnalogTag extends TagBase { readonly kind: 'analog'; readonly unit: string; readonly low: number; readonly high: number }
export interface CountTag extends TagBase { readonly kind: 'count'; readonly unit: string; readonly low: number; readonly high: number }
export interface DiscreteTag extends TagBase { readonly kind: 'discrete'; readonly states: readonly string[] }
export interface BooleanTag extends TagBase { readonly kind: 'boolean' }
export type TagDefinition = AnalogTag | CountTag | DiscreteTag | BooleanTag;

/** State words of a valve and of a machine, in the order of their index. */
export const VALVE = ['closed', 'open', 'travelling', 'fault'] as const;
export const MACHINE = ['stopped', 'running', 'fault'] as const;

export interface TagValue { readonly id: string; readonly value: number | boolean; readonly good: boolean; /** the transmitter doubts itself: shown, but not good */ readonly uncertain?: true }
