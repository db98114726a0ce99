/** What came of an exercise, by clause: the report's own verdicts over its records. The exercise counts as over when it ended. */
import type { ClauseVerdict } from '../../contract/report.ts';
import type { RecordedClause } from '../../domain/packs/recorded-pack.ts';
import { judgeClauses } from '../../domain/report/clauses/judge-clauses.ts';
import { draftReport, NO_SAMPLES } from '../../domain/report/draft.ts';
import { AROUND_MS } from '../../domain/report/incident.ts';
import type { IncidentRecords, JudgedIncident, NumberedFact } from '../../domain/report/incident.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { Journal } from '../journal/journal.ts';
import { toFact } from '../station/core.ts';
import { recordText } from '../station/record-text.ts';

/** The station's records as facts, the pack itself left out. */
export function factsOf(journal: Pick<Journal, 'records'>): NumberedFact[] {
  const facts: NumberedFact[] = [];
  for (const record of journal.records()) {
    const found = toFact(record);
    if (found !== null && found.type !== 'pack.recorded') facts.push({ n: record.n, wallMs: record.wallMs, fact: found });
  }
  return facts;
}

/** The first incident of an exercise as the judges want it; null: none was opened. */
export function incidentIn(records: readonly NumberedFact[], plant: Plant, clauses: readonly RecordedClause[], endMs: number): JudgedIncident | null {
  const opened = records.find(({ fact }) => fact.type === 'incident.opened')?.fact;
  if (opened?.type !== 'incident.opened') return null;
  const { incident: id, firstCondition } = opened.data;
  const closed = records.find(({ fact }) => fact.type === 'incident.closed' && fact.data.incident === id)?.fact;
  const closedMs = closed?.atMs ?? endMs;
  const around: IncidentRecords = {
    plant, packHash: '', clauses, records, before: EMPTY_STATE, asOfMs: endMs, station: { version: '', mode: 'TRAINING' }, journalOwn: [],
    incident: { id, openedMs: opened.atMs, closedMs, firstCondition, fromMs: Math.max(records[0]?.fact.atMs ?? 0, opened.atMs - AROUND_MS), toMs: endMs },
  };
  return { ...around, draft: draftReport(around, NO_SAMPLES, { tell: (fact) => recordText(fact, plant) }) };
}

export function verdictsOf(incident: JudgedIncident | null): readonly ClauseVerdict[] {
  return incident === null ? [] : judgeClauses(incident);
}
