/** What a report is made of: the records of one incident, how things stood before them, and the samples that were kept. */
import type { Role } from '../../contract/refusal.ts';
import type { IncidentReport } from '../../contract/report.ts';
import type { RecordedClause } from '../packs/recorded-pack.ts';
import type { Fact } from '../station/facts.ts';
import type { Plant } from '../station/plant.ts';
import type { StationState } from '../station/state.ts';

/** A fact with its place in the journal. */
export interface NumberedFact {
  readonly n: number;
  readonly wallMs: number;
  readonly fact: Fact;
}

/** From half an hour before the first condition to half an hour after the close. */
export const AROUND_MS = 30 * 60_000;

export interface IncidentRecords {
  readonly plant: Plant;
  readonly packHash: string;
  readonly clauses: readonly RecordedClause[];
  readonly incident: IncidentReport['incident'];
  /** All records from `incident.fromMs` to `incident.toMs`, in order; and those after it that belong to it (causes, actions, documents). */
  readonly records: readonly NumberedFact[];
  /** As things stood just before the first of them. */
  readonly before: StationState;
  /** When the journal's last record was made: what is overdue is judged then, never by a clock. Absent: at the last of `records`. */
  readonly asOfMs?: number;
  /** What ran when it opened, by `station.started`. */
  readonly station?: { readonly version: string; readonly mode: 'OPERATION' | 'TRAINING' };
  /** Accounts and names that the journal speaks of anywhere: whose names may stand in free words. */
  readonly known?: readonly KnownPerson[];
}

/** A person as facts name them: by account, by name, or by both. `role`: what they signed as. */
export interface KnownPerson {
  readonly user: string | null;
  readonly name: string | null;
  readonly role?: Role;
}

/** The samples that were kept of it. Pure for whoever reads it: the recorder is behind it. */
export interface RecordedSamples {
  readonly recording: IncidentReport['recording'];
  /** Oldest first: [ms, value], null = nothing known from here on; states as their index. Empty where none were kept. */
  series(tag: string): readonly (readonly [number, number | null])[];
}

/** The report but for what is concluded from it. */
export type ReportDraft = Omit<IncidentReport, 'clauses' | 'summary' | 'proof' | 'whatIf' | 'format' | 'redacted'>;

/** What clause by clause is judged from. */
export interface JudgedIncident extends IncidentRecords {
  readonly draft: ReportDraft;
}
