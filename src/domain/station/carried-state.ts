/**
 * The station's state as it is carried over into a new segment of the journal, so that a restart folds from there and not from the first
 * record. It stands in the chain like everything else, and it decides nothing: whatever cannot be read, or was written by a version
 * that understood something else by it, is left aside, and the fold begins earlier.
 */
import { IdMap } from '../alarms/id-map.ts';
import { CARRIED_TYPE } from '../journal/record.ts';
import type { JournalEntry } from '../journal/record.ts';
import { partsOf } from '../packs/recorded-pack.ts';
import type { Machines } from './evolve.ts';
import { EMPTY_STATE } from './state.ts';
import type { StationState } from './state.ts';

/** Whoever changes what a part of the state means, or what a fact makes of it, raises this: then nothing older is gone on with. */
const CARRIED_VERSION = 1;
/** The names of the parts are in it: a version with one part more may have to make it out of facts that were written before. */
export const CARRIED_SHAPE = `${String(CARRIED_VERSION)}:${Object.keys(EMPTY_STATE).sort().join(',')}`;

const ID_MAPS = ['conditions', 'alarms', 'episodes'] as const;

export interface CarriedPart {
  readonly shape: string;
  readonly part: number;
  readonly of: number;
  readonly text: string;
}

/** The state as records. */
export function carriedEntries(state: StationState, atMs: number, wallMs: number): JournalEntry[] {
  const plain = Object.fromEntries(Object.entries(state).map(([name, part]) => [name, part instanceof IdMap ? [...part.entries()] : part]));
  const parts = partsOf(JSON.stringify(plain));
  return parts.map((text, i) => ({ type: CARRIED_TYPE, atMs, wallMs, by: null, data: { shape: CARRIED_SHAPE, part: i + 1, of: parts.length, text } }));
}

/** Gathers the parts as they come. */
export class CarriedReader {
  #parts: string[] = [];

  /** The state when this part was its last; null = not yet, or never: another shape, a part that is missing, a text that is none. */
  add(data: unknown): StationState | null {
    const given = partIn(data);
    if (given === null || given.shape !== CARRIED_SHAPE) return null;
    if (given.part === 1) this.#parts = [];
    if (given.part !== this.#parts.length + 1) return null;
    this.#parts.push(given.text);
    return given.part === given.of ? stateIn(this.#parts.join('')) : null;
  }
}

/** A course is that of the procedure as it is now: one that was raised by another text of it is folded again from its beginning. */
export function isUsable(state: StationState, machines: Machines): boolean {
  return state.runs.every(({ procedure, version, sourceHash }) => {
    const known = machines.get(procedure);
    return known !== undefined && known.version === version && known.sourceHash === sourceHash;
  });
}

function partIn(data: unknown): CarriedPart | null {
  if (typeof data !== 'object' || data === null) return null;
  const { shape, part, of, text } = data as Record<string, unknown>;
  return typeof shape === 'string' && typeof part === 'number' && typeof of === 'number' && typeof text === 'string' ? { shape, part, of, text } : null;
}

function stateIn(text: string): StationState | null {
  try {
    const plain = JSON.parse(text) as Record<string, unknown>;
    const maps = Object.fromEntries(ID_MAPS.map((name) => [name, IdMap.of(plain[name] as [string, unknown][])]));
    return { ...EMPTY_STATE, ...plain, ...maps } as StationState;
  } catch {
    return null; // Then it is folded from earlier on.
  }
}
