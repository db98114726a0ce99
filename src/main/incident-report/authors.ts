/**
 * Who writes what of a report, as the composer knows them: the reader of the journal, the drafter, the judge of the clauses, the writer of
 * the five lines, the keeper of the samples, the simulator. All but the last are pure, and none of them knows of files.
 */
import type { ClauseVerdict, WhatIf } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import type { JournalEntry } from '../../domain/journal/record.ts';
import type { IncidentRecords, JudgedIncident, RecordedSamples, ReportDraft } from '../../domain/report/incident.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { SampleRow } from '../reports/csv.ts';

export type NumberedRecord = JournalEntry & { readonly n: number };

/** Fed with all records in order, then asked. */
export interface IncidentFinder {
  add(record: NumberedRecord): void;
  finish(): { readonly ok: true; readonly value: IncidentRecords; /** Made of a recorded trace. */ readonly mode?: 'RECONSTRUCTED' } | { readonly ok: false; readonly reason: Text };
}

export interface KeptSamples extends RecordedSamples {
  /** Every kept sample, oldest first, one at a time: there may be millions. Left out: they are read tag by tag from `series`. */
  readonly rows?: () => Iterable<SampleRow>;
  readonly close?: () => void;
}

export interface ReportAuthors {
  readonly find: (incident: string) => IncidentFinder;
  readonly tell: (fact: Fact, incident: IncidentRecords) => Text;
  /** Yields how far it is, 0 to 1. */
  readonly draft: (incident: IncidentRecords, samples: RecordedSamples, mode?: 'RECONSTRUCTED') => Generator<number, ReportDraft, void>;
  readonly judge: (judged: JudgedIncident) => readonly ClauseVerdict[];
  readonly summarise: (judged: JudgedIncident, clauses: readonly ClauseVerdict[]) => readonly Text[];
  readonly samples: (journal: string, incident: IncidentRecords) => KeptSamples;
  /** Left out where there is no simulator to ask. */
  readonly whatIf?: (draft: ReportDraft, incident: IncidentRecords, samples: RecordedSamples, minutes: readonly number[], signal: AbortSignal) => Promise<{ readonly ok: true; readonly value: WhatIf } | { readonly ok: false; readonly reason: Text }>;
}

