/**
 * What the recorder keeps (issue 5, "Incident recorder"): a chain of rows, each vouching for the one before it, and the facts by which the
 * journal vouches for the chain. Pure: hashing and keeping is for `src/main/recorder`.
 */
import { AROUND_MS } from '../report/incident.ts';
import type { Fact, FactMap } from '../station/facts.ts';

export const SAMPLES_FORMAT = 'haven-samples/1';

/** Samples of one block, at most this long in time and in number: what a kill loses, and what one turn of the station costs. */
export const BLOCK_MS = 10_000;
export const BLOCK_SAMPLES = 8_192;
/** How often the newest sample of every tag is written anew: a tag that never changes sends nothing, and yet it is known what it shows. */
export const STANDING_EVERY_MS = 300_000;
/** What is kept while nothing happens: the half hour before an incident, back to the last standing row, and a block or two. */
export const KEEP_MS = AROUND_MS + STANDING_EVERY_MS + 60_000;
/** How often the journal is told where the chain stands while an incident is recorded. */
export const MARK_MS = 60_000;

export const ROW_KINDS = ['samples', 'standing', 'gap'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** A row without what it holds. `standing`: the newest sample of every tag at `toMs`; `gap`: JSON of a RecordedGap. */
export interface RowHead {
  /** From 1, without gaps. */
  readonly n: number;
  readonly kind: RowKind;
  readonly fromMs: number;
  readonly toMs: number;
  readonly samples: number;
  /** SHA-256 of the list of names that its numbers stand for; empty for a gap. */
  readonly names: string;
  /** Bits of the tags that it holds, in hex. */
  readonly present: string;
  readonly previousHash: string;
}

/** A row's hash is SHA-256 over this text and then its payload. */
export const headText = ({ n, kind, fromMs, toMs, samples, names, present, previousHash }: RowHead): string =>
  `${SAMPLES_FORMAT}\n${String(n)}\n${kind}\n${String(fromMs)}\n${String(toMs)}\n${String(samples)}\n${names}\n${present}\n${previousHash}\n`;

export const windowFromMs = (openedMs: number): number => Math.max(0, openedMs - AROUND_MS);
export const windowToMs = (closedMs: number): number => closedMs + AROUND_MS;

/** How far the chain of one incident goes, as the journal says it. */
export type Extent = FactMap['recording.began'];
export type Mark = FactMap['recording.marked'];

/** What the journal says of one incident's recording. */
export interface RecordingMarks {
  readonly began: Extent | null;
  readonly ended: Extent | null;
  /** Every row that the journal vouches for, by its number; the last word on each. */
  readonly hashes: ReadonlyMap<number, string>;
  /** A number was vouched for with two different hashes: the store was begun anew in between. */
  readonly isBroken: boolean;
  readonly newest: Extent | Mark | null;
}

/** @param facts any that hold those of the incident: its own records, or a whole journal */
export function marksOf(incident: string, facts: Iterable<Fact>): RecordingMarks {
  let [began, ended, newest]: [Extent | null, Extent | null, Extent | Mark | null] = [null, null, null];
  let isBroken = false;
  const hashes = new Map<number, string>();
  for (const f of facts) {
    if (f.type !== 'recording.began' && f.type !== 'recording.marked' && f.type !== 'recording.ended') continue;
    const { data } = f;
    if (data.incident !== incident) continue;
    if (f.type === 'recording.began') began ??= f.data;
    if (f.type === 'recording.ended') ended = f.data;
    if ((hashes.get(data.block) ?? data.hash) !== data.hash) isBroken = true;
    hashes.set(data.block, data.hash);
    newest = data;
  }
  return { began, ended, hashes, isBroken, newest };
}

/** The first row of what is vouched for. */
export const firstRowOf = ({ block, blocks }: Pick<Extent, 'block' | 'blocks'>): number => block - blocks + 1;
