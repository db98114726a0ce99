/**
 * Stands where `src/domain/report/clauses/` will be (judgeClauses, summaryOf): until then every clause is told as unknown, never as met,
 * and the five lines say only what the draft itself says.
 */
import type { ClauseVerdict } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import type { JudgedIncident } from '../../domain/report/incident.ts';

const NOT_JUDGED: Text = { zh: '尚未对照。', en: 'Not judged.' };

export const judgeClauses = ({ clauses }: JudgedIncident): ClauseVerdict[] => clauses.map(({ id, kind, text }) => ({ id, kind, text, verdict: 'unknown', because: NOT_JUDGED, evidence: [] }));

export function summaryOf({ incident, draft }: JudgedIncident, clauses: readonly ClauseVerdict[]): Text[] {
  const stops = draft.command.retreats.length;
  const safe = draft.procedures.filter(({ safeAfterMs }) => safeAfterMs !== null).length;
  const open = draft.actions.filter(({ closed }) => closed === null).length;
  const unknown = clauses.filter(({ verdict }) => verdict === 'unknown').length;
  return [
    { zh: `事件 ${incident.id}，首个异常 ${incident.firstCondition ?? '未知'}。`, en: `Incident ${incident.id}; first condition ${incident.firstCondition ?? 'unknown'}.` },
    { zh: `异常工况 ${draft.conditions.length} 项，报警 ${draft.alarms.raises.length + draft.alarms.left} 条。`, en: `${draft.conditions.length} abnormal conditions, ${draft.alarms.raises.length + draft.alarms.left} alarms.` },
    { zh: `停车和撤离令 ${stops} 次；${draft.procedures.length} 个程序中 ${safe} 个到达安全状态。`, en: `${stops} stops and evacuations; ${safe} of ${draft.procedures.length} procedures reached the safe state.` },
    { zh: `有人数记录的区域 ${draft.people.zones.length} 个。`, en: `${draft.people.zones.length} zones with a head count.` },
    { zh: `未完成的整改措施 ${open} 项；${unknown} 条不能判定。`, en: `${open} corrective actions are open; ${unknown} clauses cannot be told.` },
  ];
}
