/**
 * Every operation that a gate may refuse, with its direction and the rules that are asked. `all` is the rule: whatever bears
 * on the direction is asked. An operation that asks less names what it asks and why; a new rule is then asked nowhere by
 * mistake but where that was decided.
 *
 * Retreat and hold are not here: they have no gate to be listed at.
 */
import type { Text } from '../../contract/text.ts';
import { ALARM_RULES } from './rules-alarms.ts';
import type { GatedDirection } from './rule.ts';

export interface OperationSpec {
  readonly direction: GatedDirection;
  readonly title: Text;
  readonly asks: 'all' | readonly string[];
  /** Why it does not ask all. */
  readonly why?: Text;
}

const SIGNED = ['G-AUTHORITY', 'G-ROLE', 'G-TWO-PERSONS'] as const;
const ALARM = ALARM_RULES.map(({ id }) => id);
const ALARM_WHY: Text = { zh: '只关系到报警本身，不改变装置', en: 'it is about the alarm alone and changes nothing in the plant' };

const POST_WHY: Text = { zh: '没有指挥就谈不上其他条件', en: 'every other condition waits for somebody to command' };

export const OPERATIONS = {
  'sustain': { direction: 'sustain', title: { zh: '旁路状态下继续运行', en: 'running on with an interlock bypassed' }, asks: 'all' },
  'bypass.request': { direction: 'sustain', title: { zh: '申请旁路', en: 'asking for a bypass' }, asks: ['G-BYPASS-UPSET', 'G-BYPASS-HAZARD', ...SIGNED], why: { zh: '联锁此刻的状态不妨碍申请', en: 'asking does not depend on the state of the interlock' } },
  'bypass.assess': { direction: 'sustain', title: { zh: '评估旁路', en: 'assessing a bypass' }, asks: [...SIGNED], why: { zh: '评估本身不改变装置，可以随时否定', en: 'assessing changes nothing in the plant and may at any time say no' } },
  'bypass.approve': { direction: 'sustain', title: { zh: '审批旁路', en: 'approving a bypass' }, asks: ['G-BYPASS-UPSET', 'G-BYPASS-HAZARD', ...SIGNED], why: { zh: '审批正是为了让联锁的状态得到许可', en: 'the approval is what the state of the interlock waits for' } },
  'bypass.accept': { direction: 'sustain', title: { zh: '操作员接受旁路', en: 'accepting a bypass at the post' }, asks: ['G-BYPASS-UPSET', 'G-BYPASS-HAZARD', ...SIGNED], why: { zh: '接受正是为了让联锁的状态得到许可', en: 'the acceptance is what the state of the interlock waits for' } },
  'alarm.shelve': { direction: 'sustain', title: { zh: '搁置报警', en: 'shelving an alarm' }, asks: [...ALARM, 'G-LOG-ON', ...SIGNED], why: ALARM_WHY },
  'alarm.outOfService': { direction: 'sustain', title: { zh: '停用报警', en: 'taking an alarm out of service' }, asks: [...ALARM, 'G-LOG-ON', ...SIGNED], why: ALARM_WHY },
  'camera.outage': { direction: 'sustain', title: { zh: '停用视频', en: 'taking a camera out of use' }, asks: ['G-OUTAGE', ...SIGNED], why: { zh: '不改变装置；停用期间现场作业仍被拒绝', en: 'it changes nothing in the plant; field work stays refused meanwhile' } },
  'people.assess': { direction: 'intervene', title: { zh: '判定区域可进入', en: 'judging a zone enterable' }, asks: ['G-LINK', 'G-NO-PROCEDURE', 'G-HELD', 'G-COMMANDER', 'G-ONE-COMMANDER', 'G-WATCH', ...SIGNED], why: { zh: '它不派人进入；每次进入仍逐项检查人员、联锁、视频和禁止事项', en: 'it sends nobody in; people, interlocks, cameras and prohibitions are asked at each entry' } },
  'people.enter': { direction: 'intervene', title: { zh: '人员进入', en: 'people entering' }, asks: 'all' },
  'procedure.permit': { direction: 'intervene', title: { zh: '许可处置步骤', en: 'permitting a step of the handling' }, asks: 'all' },
  'procedure.witness': { direction: 'intervene', title: { zh: '确认关键步骤', en: 'confirming a key step' }, asks: ['G-WITNESS', 'G-VIDEO'], why: { zh: '步骤本身已经许可；这里只问看到没有', en: 'the step itself has been permitted; here only whether it was seen is asked' } },
  'permit.issue': { direction: 'intervene', title: { zh: '签发作业票', en: 'issuing a work permit' }, asks: ['G-PRESSURE-PLAN', 'G-PRESSURE-WORK', 'G-STAND-IN', ...SIGNED], why: { zh: '作业票可以预先签发；开始作业时再全部检查', en: 'a permit may be issued beforehand; everything is asked when the work begins' } },
  'post.commander': { direction: 'intervene', title: { zh: '担任指挥', en: 'taking command' }, asks: ['G-POST-HELD', 'G-TWO-POSTS', ...SIGNED], why: POST_WHY },
  'post.watch': { direction: 'intervene', title: { zh: '担任 DCS 盯守', en: 'taking the watch at the DCS' }, asks: ['G-POST-HELD', 'G-TWO-POSTS', ...SIGNED], why: POST_WHY },
  'post.relieve': { direction: 'intervene', title: { zh: '见证接替无法联系的人', en: 'witnessing the relief of somebody who cannot be reached' }, asks: [...SIGNED], why: POST_WHY },
  'procedure.reauthorise': { direction: 'intervene', title: { zh: '重启后重新授权程序', en: 're-authorising a procedure after a restart' }, asks: ['G-ONE-COMMANDER', ...SIGNED], why: { zh: '它只解除重启后的限制，每一步仍各自检查', en: 'it lifts the hold after a restart; every step is still asked for itself' } },
  'alarm.reset': { direction: 'return', title: { zh: '复位报警', en: 'resetting an alarm' }, asks: [...ALARM, 'G-LOG-ON', ...SIGNED], why: ALARM_WHY },
  'alarm.confirmOnSite': { direction: 'return', title: { zh: '现场确认报警', en: 'confirming an alarm on site' }, asks: [...ALARM, 'G-LOG-ON', ...SIGNED], why: ALARM_WHY },
  'interlock.reset': { direction: 'return', title: { zh: '复位联锁', en: 'resetting an interlock' }, asks: 'all' },
  'procedure.return': { direction: 'return', title: { zh: '返回生产', en: 'returning to production' }, asks: 'all' },
} as const satisfies Readonly<Record<string, OperationSpec>>;

export type OperationId = keyof typeof OPERATIONS;
