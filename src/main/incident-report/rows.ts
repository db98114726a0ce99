/** The rows of the CSV files, one at a time out of what is there. */
import { canonicalJson } from '../../domain/journal/canonical-json.ts';
import type { IncidentRecords, ReportDraft } from '../../domain/report/incident.ts';
import { laneOf } from '../../domain/report/lane.ts';
import { redact } from '../../domain/report/redact.ts';
import type { EventRow, SampleRow } from '../reports/csv.ts';
import type { KeptSamples, ReportAuthors } from './authors.ts';

/** What a spreadsheet takes in one cell; the journal has the rest. */
const DATA_MAX_LENGTH = 30_000;
/** Rows that names are taken out of together. */
const REDACTED_ROWS = 2_000;
const SOMEBODY = '***';

export function* eventsOf(incident: IncidentRecords, authors: Pick<ReportAuthors, 'tell'>): Generator<EventRow> {
  for (const { n, wallMs, fact } of incident.records) {
    const { zh, en } = authors.tell(fact, incident);
    const data = canonicalJson(fact.data);
    yield { n, atMs: fact.atMs, wallMs, lane: laneOf(fact), type: fact.type, by: fact.by ?? '', zh, en, data: data.ok && data.text.length <= DATA_MAX_LENGTH ? data.text : '' };
  }
}

/** Without names as the report is, and without the records' own data: who is in there cannot be told field by field. */
export function* withoutNames(rows: Iterable<EventRow>, { people, conditions, interlocks, procedures }: Pick<ReportDraft, 'people' | 'conditions' | 'interlocks' | 'procedures'>): Generator<EventRow> {
  const keys = new Set(people.directory.map(({ key }) => key));
  let part: EventRow[] = [];
  const cleaned = (): EventRow[] => {
    const { events } = redact({ people, conditions, interlocks, procedures, events: part.map(({ by, zh, en }) => ({ by, text: { zh, en } })) });
    return part.map((row, i) => { const { by = '', text = { zh: '', en: '' } } = events[i] ?? {}; return { ...row, by: by === '' || keys.has(by) ? by : SOMEBODY, zh: text.zh, en: text.en, data: '' }; });
  };
  for (const row of rows) {
    part.push(row);
    if (part.length < REDACTED_ROWS) continue;
    yield* cleaned();
    part = [];
  }
  yield* cleaned();
}

/** As the recorder hands them on; else tag by tag, so that never more than one tag's are held. */
export function* samplesOf(incident: IncidentRecords, samples: KeptSamples): Generator<SampleRow> {
  if (samples.rows !== undefined) return yield* samples.rows();
  for (const { id } of incident.plant.pack.tags) for (const [atMs, value] of samples.series(id)) yield { atMs, tag: id, value };
}
