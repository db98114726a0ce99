/** The rows of the CSV files, one at a time out of what is there. */
import { canonicalJson } from '../../domain/journal/canonical-json.ts';
import type { IncidentRecords } from '../../domain/report/incident.ts';
import { laneOf } from '../../domain/report/lane.ts';
import type { EventRow, SampleRow } from '../reports/csv.ts';
import type { KeptSamples, ReportAuthors } from './authors.ts';
import type { Redaction } from './redact.ts';

/** What a spreadsheet takes in one cell; the journal has the rest. */
const DATA_MAX_LENGTH = 30_000;

export function* eventsOf(incident: IncidentRecords, authors: Pick<ReportAuthors, 'tell'>, redaction: Redaction | null): Generator<EventRow> {
  for (const { n, wallMs, fact } of incident.records) {
    const { zh, en } = authors.tell(fact, incident);
    const data = canonicalJson(fact.data);
    const row = { n, atMs: fact.atMs, wallMs, lane: laneOf(fact), type: fact.type, by: fact.by ?? '', zh, en, data: data.ok && data.text.length <= DATA_MAX_LENGTH ? data.text : '' };
    yield redaction === null ? row : { ...row, by: redaction.words(row.by), zh: redaction.text(zh, 'zh'), en: redaction.text(en, 'en'), data: redaction.words(row.data) };
  }
}

/** As the recorder hands them on; else tag by tag, so that never more than one tag's are held. */
export function* samplesOf(incident: IncidentRecords, samples: KeptSamples): Generator<SampleRow> {
  if (samples.rows !== undefined) return yield* samples.rows();
  for (const { id } of incident.plant.pack.tags) for (const [atMs, value] of samples.series(id)) yield { atMs, tag: id, value };
}
