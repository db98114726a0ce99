/**
 * Alarms about interlocks (3.3, 3.5): one for each way in which register and tags do not agree, or a function does not protect.
 * Ids: `BYPASS/`, `EXPIRED/`, `NO-TAG/`, `FORCED/`, `FORCED-RESET/`, `FAULT/` and `BYPASS-80/` with the interlock's own.
 */
import type { Text } from '../../contract/text.ts';
import type { InterlockDef } from '../packs/schema.ts';
import type { AlarmDef } from './alarms.ts';

/** Time that a person needs to understand one of these and to do what it asks, ms. Engineering default. */
const TIME_NEEDED_MS = 30_000;

const text = (zh: string, en: string): Text => ({ zh, en });

export const INTERLOCK_ALARMS = ['BYPASS', 'EXPIRED', 'NO-TAG', 'FORCED', 'FORCED-RESET', 'FAULT', 'BYPASS-80'] as const;
export type InterlockAlarm = (typeof INTERLOCK_ALARMS)[number];

export const interlockAlarmId = (alarm: InterlockAlarm, interlock: string): string => `${alarm}/${interlock}`;
export const interlockAlarmIds = (interlock: string): string[] => INTERLOCK_ALARMS.map((alarm) => interlockAlarmId(alarm, interlock));

interface Words { readonly clause: string; readonly priority: 1 | 2; readonly title: Text; readonly cause: Text; readonly consequence: Text; readonly action: Text }

const notProtected = ({ title }: InterlockDef): Text => text(`${title.zh}失去保护；返回、进入现场和继续运行一律拒绝。`, `${title.en} does not protect; return, field entry and running on are refused.`);

const WORDS: Readonly<Record<InterlockAlarm, (interlock: InterlockDef) => Words>> = {
  'BYPASS': (i) => ({
    clause: '3.3', priority: 1, title: text(`${i.id} 旁路未经评估和审批`, `${i.id} bypassed without assessment and approval`),
    cause: text('旁路钥匙已投，登记中没有有效的评估、审批和接受，或其审批已到期、已失效。', 'The bypass key is on and the register holds no valid assessment, approval and acceptance, or its approval has expired or lapsed.'),
    consequence: notProtected(i), action: text('立即恢复联锁；非异常工况时才可申请、评估、由另一人审批。', 'Restore the interlock at once; only outside an abnormal condition may a bypass be asked for, assessed and approved by another person.'),
  }),
  'EXPIRED': (i) => ({
    clause: '3.3', priority: 1, title: text(`${i.id} 旁路时间已到`, `${i.id}: time of the bypass is up`),
    cause: text('批准的旁路时间已到，旁路钥匙仍投着或状态未知。', 'The approved time is up and the bypass key is still on, or its state is not known.'),
    consequence: notProtected(i), action: text('立即恢复联锁并登记；确需更多时间须重新评估和审批。', 'Restore the interlock at once and record it; more time needs a new assessment and approval.'),
  }),
  'NO-TAG': (i) => ({
    clause: '3.3', priority: 1, title: text(`${i.id} 登记为旁路，DCS 上不是`, `${i.id} bypassed by the register and not by its tag`),
    cause: text('登记中的旁路已接受，旁路状态位却没有：可能在别处短接或强制，或已取消而未登记恢复。', 'The register holds an accepted bypass and the tag shows none: it may be jumpered or forced elsewhere, or it was taken away and nobody recorded that.'),
    consequence: notProtected(i), action: text('现场核实旁路在哪里；已取消的登记恢复并做功能测试。', 'Find out on the spot where the bypass is; if it was taken away, record it as restored and test the function.'),
  }),
  'FORCED': (i) => ({
    clause: '3.3', priority: 1, title: text(`${i.id} 输入被强制或仿真`, `${i.id}: an input is forced or simulated`),
    cause: text('SIS 输入被强制：等于未经审批的旁路。', 'An input of the safety system is forced: a bypass that nobody approved.'),
    consequence: notProtected(i), action: text('立即取消强制；由仪表工程师核实并做功能测试。', 'Take the force away at once; the instrument engineer verifies and tests the function.'),
  }),
  'FORCED-RESET': (i) => ({
    clause: '3.5', priority: 1, title: text(`${i.id} 未经许可被复位`, `${i.id} was reset without leave`),
    cause: text('联锁动作后，原因未登记或触发条件未消除，或未经两人批准，就已复位。', 'After the trip the function was reset before its cause was recorded, its trip conditions were gone and two people had approved.'),
    consequence: text('引起动作的原因可能还在；返回、进入现场和继续运行一律拒绝。', 'What caused the trip may still be there; return, field entry and running on are refused.'),
    action: text('查明谁、为何复位；确认触发条件；由工程师登记说明。必要时停车。', 'Find out who reset it and why; check the trip conditions; an engineer accounts for it. Stop if need be.'),
  }),
  'FAULT': (i) => ({
    clause: '3.3', priority: 1, title: text(`${i.id} 联锁故障`, `${i.id} faulted`),
    cause: text('SIS 自诊断报故障。', 'The SIS diagnosis reports a fault.'),
    consequence: text(`${i.title.zh}可能不动作。`, `${i.title.en} may not act.`),
    action: text('按失去保护处理；通知仪表工程师；必要时停车。', 'Treat it as unprotected; call the instrument engineer; stop if need be.'),
  }),
  'BYPASS-80': (i) => ({
    clause: '3.3', priority: 2, title: text(`${i.id} 旁路时间已过八成`, `${i.id}: four fifths of the bypass time are gone`),
    cause: text('批准的旁路时间即将用完。', 'The approved time of the bypass is nearly used up.'),
    consequence: text('到时审批失效，返回、进入现场和继续运行一律拒绝。', 'When it is up the approval is gone and return, field entry and running on are refused.'),
    action: text('准备恢复联锁；来不及的现在就申请延长，须重新评估和审批。', 'Prepare to restore the interlock; if that takes longer ask for more time now: it needs a new assessment and approval.'),
  }),
};

/** Safety: on top, never out of sight, and not latched, because what they are about is looked at all the time. */
export function interlockAlarms(interlock: InterlockDef): AlarmDef[] {
  return INTERLOCK_ALARMS.map((alarm): AlarmDef => {
    const { clause, priority, title, cause, consequence, action } = WORDS[alarm](interlock);
    return {
      id: interlockAlarmId(alarm, interlock.id), title, priority, class: 'safety', group: null, area: null, latching: false, reAlarmMs: null, suppressedWhile: [], onDelayMs: 0, clauses: [clause],
      card: { cause, consequence, action, timeToActMs: null, timeNeededMs: TIME_NEEDED_MS },
    };
  });
}
