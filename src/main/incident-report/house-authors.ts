/** The authors of the product's own reports. The one place where reader, drafter, judge, recorder and simulator are put together. */
import { dirname } from 'node:path';
import type { Text } from '../../contract/text.ts';
import { GENESIS_TYPE } from '../../domain/journal/record.ts';
import { judgeClauses } from '../../domain/report/clauses/judge-clauses.ts';
import { summaryOf } from '../../domain/report/clauses/summary.ts';
import { draftSteps } from '../../domain/report/draft.ts';
import { IncidentReader } from '../../domain/report/read-incident.ts';
import type { ReadProblem } from '../../domain/report/read-incident.ts';
import { severityOf } from '../../domain/samples/sample.ts';
import type { IncidentRecords } from '../../domain/report/incident.ts';
import { openRecording } from '../recorder/reader.ts';
import type { SampleRow } from '../reports/csv.ts';
import { toFact } from '../station/core.ts';
import { recordText } from '../station/record-text.ts';
import { whatIfOf } from './what-if.ts';
import type { KeptSamples, NumberedRecord, ReportAuthors } from './authors.ts';

/** Incidents named when the one asked for is not there. */
const NAMED = 10;

export const houseAuthors: ReportAuthors = {
  find: (incident) => {
    const reader = new IncidentReader({ incident, toFact });
    let isReconstructed = false;
    return {
      add: (record) => {
        if (record.type === GENESIS_TYPE) isReconstructed = isOfTrace(record);
        reader.add(record);
      },
      finish: () => {
        const read = reader.finish();
        return read.ok ? { ...read, ...(isReconstructed ? { mode: 'RECONSTRUCTED' as const } : {}) } : { ok: false, reason: problemText(read.problem, incident) };
      },
    };
  },
  tell: (fact, { plant }) => recordText(fact, plant),
  draft: (incident, samples, mode) => draftSteps(incident, samples, { tell: (fact) => recordText(fact, incident.plant), ...(mode === undefined ? {} : { mode }) }),
  judge: (judged) => judgeClauses(judged),
  summarise: (judged, clauses) => summaryOf(judged, clauses),
  samples: keptSamples,
  whatIf: async ({ mode }, records, samples, minutes, signal) => {
    const run = await whatIfOf({ mode, records, samples, minutes, signal });
    return run.ok ? { ok: true, value: run.whatIf } : run;
  },
};

/** A journal that was made of a recorded trace says so in its first record. */
const isOfTrace = ({ data }: NumberedRecord): boolean => typeof data === 'object' && data !== null && 'mode' in data && data['mode'] === 'RECONSTRUCTED';

/** What the recorder kept beside the journal. */
function keptSamples(journal: string, { incident, records }: IncidentRecords): KeptSamples {
  const kept = openRecording(dirname(journal), incident.id, records.map(({ fact }) => fact));
  return { recording: kept.recording, series: (tag) => kept.series(tag), rows: () => rowsOf(kept.samples()), close: () => kept.close() };
}

function* rowsOf(samples: ReturnType<ReturnType<typeof openRecording>['samples']>): Generator<SampleRow> {
  for (const { tag, value, status, sourceMs } of samples) yield { atMs: sourceMs, tag, value, quality: severityOf(status) };
}

function problemText(problem: ReadProblem, incident: string): Text {
  switch (problem.code) {
    case 'no-incident': {
      const ids = problem.incidents.slice(-NAMED).map(({ id }) => id);
      const left = problem.left + problem.incidents.length - ids.length;
      const more = left > 0 ? ` (+${String(left)})` : '';
      return ids.length === 0 ? { zh: `日志中没有事件 '${incident}'；日志中没有任何事件`, en: `there is no incident '${incident}' in the journal; it has none` } : { zh: `日志中没有事件 '${incident}'；有：${ids.join('、')}${more}`, en: `there is no incident '${incident}' in the journal; expected one of ${ids.join(', ')}${more}` };
    }
    case 'no-pack': return { zh: '日志中没有规则和程序（由旧版本写成）：请先用本版本启动一次站点', en: 'the journal holds no rules and procedures (it is of an older version): start the station on it once with this version' };
    case 'too-long': return { zh: `事件有 ${String(problem.records)} 条以上记录，太长`, en: `the incident has more than ${String(problem.records)} records; that is too long for a report` };
  }
}
