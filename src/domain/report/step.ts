/** What every section of the report is made by: it sees each record with the state before and after it, and gives its part at the end. */
import type { Text } from '../../contract/text.ts';
import type { Fact, FactType } from '../station/facts.ts';
import type { Plant } from '../station/plant.ts';
import type { StationState } from '../station/state.ts';
import type { Directory } from './directory.ts';
import type { IncidentRecords } from './incident.ts';

export interface Step<F extends Fact = Fact> {
  readonly n: number;
  readonly wallMs: number;
  readonly fact: F;
  readonly before: StationState;
  readonly after: StationState;
  /** Of the incident's own time; false: it came later and belongs to it. */
  readonly isIn: boolean;
}

export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/** What a section may ask while it looks and at the end. */
export interface Setting {
  readonly incident: IncidentRecords;
  readonly plant: Plant;
  readonly directory: Directory;
  readonly tell: (fact: Fact) => Text;
  readonly fromMs: number;
  /** Where the time of the report ends; what runs on then is open, not over. */
  readonly toMs: number;
}

export interface Section<T> {
  see(step: Step): void;
  end(last: StationState): T;
}

export const text = (zh: string, en: string): Text => ({ zh, en });

/** Longest lists of record numbers in one place, as in the contract. */
const EVIDENCE_MAX = 200;
/** Each once, in order; the first are kept, because what began it matters most. */
export const evidenceOf = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b).slice(0, EVIDENCE_MAX);

/** Not longer than the contract takes, and no half character at the end. */
export function clip(words: string, max: number): string {
  if (words.length <= max) return words;
  const cut = words.slice(0, max);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
export const clipText = ({ zh, en }: Text, max = 2_000): Text => ({ zh: clip(zh, max), en: clip(en, max) });

/** A value as the contract takes it: words of at most 80 characters. */
export const shownValue = <V>(value: V): V | string => (typeof value === 'string' ? clip(value, 80) : value);

export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

/** Gathers into a map of lists. */
export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

export const titleOfCondition = ({ conditions, alarms }: Plant, id: string): Text => conditions.get(id)?.title ?? alarms.get(id)?.title ?? text(id, id);
export const titleOfZone = ({ pack }: Plant, id: string): Text => pack.zones.find((zone) => zone.id === id)?.title ?? text(id, id);

/** How long, for people: `75 s`, `12 min`. */
export const spoken = (ms: number): string => (ms < 120_000 ? `${String(Math.round(ms / 1_000))} s` : `${String(Math.round(ms / 60_000))} min`);
