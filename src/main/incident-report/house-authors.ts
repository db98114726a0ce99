/** The authors of the product's own reports. The one place where reader, drafter, judge, recorder and simulator are put together. */
import type { Text } from '../../contract/text.ts';
import { draftSteps } from '../../domain/report/draft.ts';
import { IncidentReader } from '../../domain/report/read-incident.ts';
import type { ReadProblem } from '../../domain/report/read-incident.ts';
import { toFact } from '../station/core.ts';
import { recordText } from '../station/record-text.ts';
import { NO_SAMPLES } from './authors.ts';
import type { ReportAuthors } from './authors.ts';
import { judgeClauses, summaryOf } from './judges.ts';

/** Incidents named when the one asked for is not there. */
const NAMED = 10;

export const houseAuthors: ReportAuthors = {
  find: (incident) => {
    const reader = new IncidentReader({ incident, toFact });
    return {
      add: (record) => reader.add(record),
      finish: () => {
        const read = reader.finish();
        return read.ok ? read : { ok: false, reason: problemText(read.problem, incident) };
      },
    };
  },
  tell: (fact, { plant }) => recordText(fact, plant),
  draft: (incident, samples) => draftSteps(incident, samples, { tell: (fact) => recordText(fact, incident.plant) }),
  judge: (judged) => judgeClauses(judged),
  summarise: (judged, clauses) => summaryOf(judged, clauses),
  samples: () => NO_SAMPLES,
};

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
