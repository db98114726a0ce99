/** What the outbox remembers of the records that it has seen. */
/** What the next message depends on. Small, because every receipt in the journal carries it: a restart reads on from there. */
export interface OutboxState {
  readonly mode: 'OPERATION' | 'TRAINING';
  readonly plant: string;
  /** null = nothing is handed on from here. */
  readonly settings: { readonly station: string; readonly names: boolean } | null;
  /** Number of the newest message, by station: one that was renamed and named back goes on where it was. */
  readonly seqs: Readonly<Record<string, number>>;
  /** Messages of all stations. */
  readonly made: number;
  readonly incident: string | null;
  readonly runs: Readonly<Record<string, RunInOutbox>>;
  readonly noProcedure: readonly string[];
  /** Zones with too many people, and prohibitions that are broken: only then is their end news. */
  readonly over: readonly string[];
  readonly broken: readonly string[];
  /** SHA-256 of the pack in force: titles and clauses are those of that time. */
  readonly pack: string | null;
}
export interface RunInOutbox { readonly procedure: string; readonly version: number; readonly place: string; readonly because: readonly string[] }

export const EMPTY_OUTBOX: OutboxState = { mode: 'OPERATION', plant: '', settings: null, seqs: {}, made: 0, incident: null, runs: {}, noProcedure: [], over: [], broken: [], pack: null };
