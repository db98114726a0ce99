/** How the fake station says no. */
import type { Refusal } from '../../../src/contract/refusal.ts';
import { text } from './words.ts';

export const REFUSED_ENTRY: Refusal = {
  operation: 'people.enter', direction: 'intervene', what: text('人员进入萃取净化区', 'people entering the extraction area'),
  obstacles: [
    { rule: 'situation-clear', clause: '4.2.1', fact: text('现场情况不明，尚未评估', 'The situation in the field is unclear and not assessed'), whoCanChange: ['supervisor'], subject: 'extraction' },
    { rule: 'people-limit', clause: '4.2.2', fact: text('区内已有 2 人，上限 0 人', '2 people are inside, the limit is 0'), whoCanChange: ['operator', 'supervisor'], subject: 'extraction' },
  ],
  meanwhile: [text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating'), text('签退在场人员', 'sign out those inside')],
};
export const REFUSED_RESET: Refusal = {
  operation: 'interlock.reset', direction: 'return', what: text('复位联锁 I-4300', 'resetting interlock I-4300'),
  obstacles: [
    { rule: 'cause-found', clause: '3.5', fact: text('原因未查明', 'The cause is not found'), whoCanChange: ['engineer', 'supervisor'] },
    { rule: 'trip-condition-gone', clause: '3.5', fact: text('TI-4302 仍为 61.4 ℃，高于 60 ℃', 'TI-4302 is still 61.4 ℃, above 60 ℃'), whoCanChange: [], subject: 'TI-4302' },
  ],
  meanwhile: [text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating')],
};
export const REFUSED_RETURN: Refusal = {
  operation: 'procedure.return', direction: 'return', what: text('恢复进料', 'restoring the feed'),
  obstacles: [
    { rule: 'safe-state-proved', clause: '3.4', fact: text('安全状态未由数据证实：XV-4203 未到关位', 'Safe state not proved by tags: XV-4203 is not closed'), whoCanChange: ['operator'], subject: 'XV-4203' },
    { rule: 'bypass-approved', clause: '3.3', fact: text('I-4200 旁路未经评估和审批', 'I-4200 is bypassed without assessment and approval'), whoCanChange: ['engineer', 'supervisor'], subject: 'I-4200' },
    { rule: 'two-persons', clause: '3.5', fact: text('尚无两名不同的有权人员批准', 'Not approved by two different entitled people'), whoCanChange: ['supervisor', 'engineer'] },
  ],
  meanwhile: [text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating'), text('保持安全状态', 'hold the safe state')],
};
export const REFUSED_SUSTAIN: Refusal = {
  operation: 'interlock.sustain', direction: 'sustain', what: text('I-4200 旁路下继续运行', 'running on with I-4200 bypassed'),
  obstacles: [{ rule: 'bypass-approved', clause: '3.3', fact: text('旁路未经风险评估和审批', 'The bypass has no risk assessment and no approval'), whoCanChange: ['engineer', 'supervisor'], subject: 'I-4200' }],
  meanwhile: [text('恢复联锁', 'restore the interlock'), text('紧急停车', 'emergency stop')],
};

export const REFUSED_SHELVE: Refusal = {
  operation: 'alarm.shelve', direction: 'sustain', what: text('搁置报警', 'shelving the alarm'),
  obstacles: [{ rule: 'ALM-ALWAYS-VISIBLE', clause: '3.6', fact: text('安全类报警任何人不得搁置、抑制或停用', 'A safety alarm is never shelved, suppressed or taken out of service, by anybody'), whoCanChange: [] }],
  meanwhile: [text('确认报警并按应对卡处置', 'acknowledge it and follow its response card'), text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating')],
};
export const REFUSED_CLEAR: Refusal = {
  operation: 'alarm.reset', direction: 'return', what: text('解除气体报警', 'clearing the gas alarm'),
  obstacles: [{ rule: 'ALM-ON-SITE', clause: '3.6', fact: text('现场尚未确认', 'Not confirmed on site yet'), whoCanChange: ['operator', 'supervisor', 'engineer'] }],
  meanwhile: [text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating')],
};
export const REFUSED_PERMIT: Refusal = {
  operation: 'procedure.permit', direction: 'intervene', what: text('执行：拆开 E-4302 入口法兰', 'do this: part the inlet flange of E-4302'),
  obstacles: [
    { rule: 'isolated', clause: '4.4.1', fact: text('隔离未证实：盲板 B-4301 未签字', 'Isolation not proved: blind B-4301 is not signed for'), whoCanChange: ['engineer'], subject: 'B-4301' },
    { rule: 'cautions-read', clause: '3.2', fact: text('有 1 条注意事项未阅', '1 caution is unread'), whoCanChange: ['operator', 'engineer'] },
  ],
  meanwhile: [text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating'), text('保持安全状态', 'hold the safe state')],
};
