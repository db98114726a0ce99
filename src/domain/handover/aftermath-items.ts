/** 4.5.3, 3.1: analyses that are not concluded, and what is still to be revised, taught or practised; the overdue ones first. */
import { isOwed, lacksOf } from '../incidents/cause-analysis.ts';
import { isFollowUpOverdue } from '../incidents/follow-ups.ts';
import type { OpenThings } from './open-thing.ts';

export const analyses: OpenThings = (_plant, state, nowMs) => state.aftermath.analyses.open.map((analysis) => {
  const worst = isOwed(analysis, nowMs);
  // What is still missing is not in the id: every why that is added would have to be ticked anew.
  const missing = lacksOf(analysis).length;
  return {
    id: `${analysis.incident}/${worst ? 'overdue' : 'open'}`, sinceMs: analysis.openedMs, ...(analysis.dueMs === null ? {} : { untilMs: analysis.dueMs }), worst,
    text: { zh: `${analysis.incident} 原因分析${worst ? '（已逾期）' : ''}，${missing === 0 ? '待签字' : `还缺 ${missing} 项`}`, en: `Causes of ${analysis.incident}${worst ? ' (overdue)' : ''}, ${missing === 0 ? 'to be signed' : `${missing} missing`}` },
  };
});

export const followUps: OpenThings = (_plant, state, nowMs) => state.aftermath.followUps.open.map((each) => {
  const worst = isFollowUpOverdue(each, nowMs);
  return {
    id: `${each.id}/${worst ? 'overdue' : 'open'}`, sinceMs: each.openedMs, untilMs: each.dueMs, worst,
    text: { zh: `${each.id}${worst ? '（已逾期）' : ''}，${each.responsible}：${each.title}`, en: `${each.id}${worst ? ' (overdue)' : ''}, ${each.responsible}: ${each.title}` },
  };
});
