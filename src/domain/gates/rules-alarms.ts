/** Rules about alarms that are to be hidden or let go (3.6): one for each thing that an alarm can be. */
import type { Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import { ALARM_OBSTACLES } from './gate-facts.ts';
import type { AlarmObstacle } from './gate-facts.ts';
import { one } from './rule.ts';
import type { GateRule } from './rule.ts';

const ALL_ROLES: readonly Role[] = ['operator', 'supervisor', 'engineer'];

interface AlarmWords extends Text {
  readonly id: string;
  readonly hides: boolean;
  readonly who: readonly Role[];
  readonly clause?: string;
}

/** `hides`: it stands in the way of hiding (sustain); the others in the way of letting go (return). */
const WORDS: Readonly<Record<AlarmObstacle, AlarmWords>> = {
  'always-visible': { id: 'ALM-ALWAYS-VISIBLE', hides: true, who: [], zh: '安全类、气体和火灾报警任何人不得搁置、抑制或停用', en: 'A safety, gas or fire alarm is never shelved, suppressed or taken out of service, by anybody' },
  'named': { id: 'ALM-PROCEDURE', hides: true, who: ['supervisor'], zh: '正在执行的紧急处置程序涉及该报警', en: 'A running emergency procedure names this alarm' },
  'shelved': { id: 'ALM-SHELVED', hides: true, who: ALL_ROLES, zh: '已在搁置中，搁置时间不得延长', en: 'It is shelved already, and shelving is not prolonged' },
  'out-of-service': { id: 'ALM-OUT-OF-SERVICE', hides: true, who: ['engineer'], zh: '已停用', en: 'It is out of service already' },
  'unknown': { id: 'ALM-UNKNOWN', hides: false, who: ['engineer'], zh: '测量值未知，按仍在报警处理', en: 'Its value is not known and counts as still raised' },
  'still-raised': { id: 'ALM-STILL-RAISED', hides: false, who: [], zh: '报警条件仍然成立', en: 'Its condition is still there' },
  'no-link': { id: 'ALM-LINK', hides: false, clause: '4.1.1(3)', who: ['engineer'], zh: '与 DCS 的数据连接不正常，看不到装置', en: 'The data link to the DCS is not sound; the plant cannot be seen' },
  'unanswered': { id: 'ALM-UNANSWERED', hides: false, who: ALL_ROLES, zh: '报警尚未确认', en: 'The alarm is not acknowledged yet' },
  'no-cause': { id: 'ALM-CAUSE', hides: false, who: ['engineer', 'supervisor'], zh: '报警原因尚未分析并签字', en: 'Its cause is not analysed and signed' },
  'not-confirmed': { id: 'ALM-ON-SITE', hides: false, who: ALL_ROLES, zh: '现场尚未确认并签字', en: 'It is not confirmed on site and signed' },
};

export const ALARM_RULES: readonly GateRule[] = ALARM_OBSTACLES.map((obstacle) => {
  const { id, hides, who, clause, zh, en } = WORDS[obstacle];
  return { id, clause: clause ?? '3.6', directions: hides ? ['sustain'] : ['return'], whoCanChange: who, looksAt: { zh: `报警：${zh}`, en: `an alarm: ${en}` }, stands: (f) => one(f.alarm.includes(obstacle), zh, en) };
});
