/** The story of incident-journal.ts read back out of its journal file, once for a test file; and what a test asks of any report. */
import { rmSync } from 'node:fs';
import { incidentReportSchema } from '../../../src/contract/report.ts';
import { draftReport, NO_SAMPLES } from '../../../src/domain/report/draft.ts';
import type { IncidentRecords, RecordedSamples, ReportDraft } from '../../../src/domain/report/incident.ts';
import { readIncident } from '../../../src/domain/report/read-incident.ts';
import type { ReadIncident, ReadRecord } from '../../../src/domain/report/read-incident.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { readRecords } from '../../../src/main/journal/read.ts';
import { toFact } from '../../../src/main/station/core.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { writeIncidentJournal } from './incident-journal.ts';
import type { IncidentJournal } from './incident-journal.ts';

/** What the contract promises of a draft. */
export const draftSchema = incidentReportSchema.omit({ clauses: true, summary: true, proof: true, whatIf: true, format: true, redacted: true });

export const read = (records: Iterable<ReadRecord>, incident: string): ReadIncident => readIncident(records, { incident, toFact });

export function draftOf(incident: IncidentRecords, samples: RecordedSamples = NO_SAMPLES): ReportDraft {
  return draftReport(incident, samples, { tell: (fact: Fact) => recordText(fact, incident.plant) });
}

export interface Story {
  readonly journal: IncidentJournal;
  readonly records: readonly ReadRecord[];
  readonly incident: IncidentRecords;
  readonly draft: ReportDraft;
}

let told: Story | null = null;
/** Its folder is gone when it returns: everything is in memory. */
export function story(): Story {
  if (told !== null) return told;
  const journal = writeIncidentJournal();
  try {
    const records = [...readRecords(journal.file)];
    const found = read(records, journal.incident);
    if (!found.ok) throw new Error(JSON.stringify(found.problem));
    told = { journal, records, incident: found.value, draft: draftOf(found.value) };
    return told;
  } finally {
    rmSync(journal.dir, { recursive: true, force: true });
  }
}

/** Every record number that a report names, and where: `n` and `evidence` at any depth. */
export function* numbersIn(value: unknown, path = ''): Generator<{ readonly path: string; readonly n: number }> {
  if (Array.isArray(value)) for (const item of value) yield* numbersIn(item, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'n' && typeof item === 'number') yield { path, n: item };
      else if (key === 'evidence' && Array.isArray(item)) for (const n of item) yield { path, n: n as number };
      else yield* numbersIn(item, path === '' ? key : `${path}.${key}`);
    }
  }
}
