/**
 * Alarms that Haven raises about the plant's protection and about itself, with their response cards.
 * Ids: `BYPASS/<interlock>` and the others about interlocks (interlock-alarms.ts), `PEOPLE/<zone>`, `PEOPLE-DIFFER/<zone>`, `CAMERA/<zone>`, `CAMERA-FIELD/<zone>`, `LATE/<procedure>`, `PERMIT/<procedure>`, `NO-PROCEDURE`, `LINK`, `SITE-REFUSED`, `AUTHORITY`, `ACTION-OVERDUE`, `PLATFORM`, `ANALYSIS-OVERDUE`, `FOLLOW-UP-OVERDUE`, `TRAINING-OVERDUE`.
 */
import type { Text } from '../../contract/text.ts';
import { allInputsOf } from '../conditions/compile.ts';
import type { Card, ConditionDef, PlantPack, ProcedureDef, ZoneDef } from '../packs/schema.ts';
import { isAlwaysVisible, RE_ALARM_LEAST_MS } from './alarms.ts';
import { interlockAlarms } from './interlock-alarms.ts';
import type { AlarmCard, AlarmDef } from './alarms.ts';

/** Time that a person needs to understand one of these and to do what it asks, ms. Engineering default. */
const TIME_NEEDED_MS = 30_000;
/** They are about people, protection and the product's own sight: safety, on top, never out of sight; and they do not latch, because what they are about is looked at all the time. */
const OWN = { priority: 1, class: 'safety', group: null, area: null, latching: false, reAlarmMs: null, suppressedWhile: [], onDelayMs: 0 } as const;

const text = (zh: string, en: string): Text => ({ zh, en });

export const peopleAlarmId = (zone: string): string => `PEOPLE/${zone}`;
export const lateAlarmId = (procedure: string): string => `LATE/${procedure}`;
export const differAlarmId = (zone: string): string => `PEOPLE-DIFFER/${zone}`;
export const cameraAlarmId = (zone: string): string => `CAMERA/${zone}`;
export const cameraFieldAlarmId = (zone: string): string => `CAMERA-FIELD/${zone}`;
export const permitAlarmId = (procedure: string): string => `PERMIT/${procedure}`;
export const NO_PROCEDURE_ALARM_ID = 'NO-PROCEDURE';
export const LINK_ALARM_ID = 'LINK';
export const SITE_ALARM_ID = 'SITE-REFUSED';
export const AUTHORITY_ALARM_ID = 'AUTHORITY';
export const ACTION_OVERDUE_ALARM_ID = 'ACTION-OVERDUE';
export const PLATFORM_ALARM_ID = 'PLATFORM';
export const ANALYSIS_OVERDUE_ALARM_ID = 'ANALYSIS-OVERDUE';
export const FOLLOW_UP_OVERDUE_ALARM_ID = 'FOLLOW-UP-OVERDUE';
export const TRAINING_OVERDUE_ALARM_ID = 'TRAINING-OVERDUE';

function peopleAlarm(zone: ZoneDef): AlarmDef {
  return {
    id: peopleAlarmId(zone.id),
    title: text(`${zone.title.zh}人员聚集、人数超限`, `Gathering, too many people: ${zone.title.en}`),
    ...OWN,
    clauses: ['4.2.1', '4.2.3', '4.2.5'],
    card: {
      cause: text('区内人数多于当前阶段和程序允许的人数。', 'More people in the zone than the present stage and procedure allow.'),
      consequence: text('一旦失控，伤亡扩大。', 'If control is lost, more people are hurt.'),
      action: text('立即叫多余人员撤出；清点到名字。', 'Call the surplus people out at once; account for them by name.'),
      timeToActMs: 60_000,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

/** The two counts of a zone do not agree: somebody is inside unsigned, or signed in and not there. */
function differAlarm(zone: ZoneDef): AlarmDef {
  return {
    id: differAlarmId(zone.id),
    title: text(`${zone.title.zh}定位人数与签字人数不符`, `Positioning and signed entries differ: ${zone.title.en}`),
    ...OWN,
    priority: 2,
    clauses: ['4.2.5', '4.2.2'],
    card: {
      cause: text('有人未签字进入、离开未登记，或定位卡遗失。', 'Somebody is inside without an entry, left without signing out, or lost the positioning tag.'),
      consequence: text('不知道谁在现场；撤离时会漏人。', 'It is not known who is inside; an evacuation may miss somebody.'),
      action: text('用对讲机点名，补登记进出；按较大的人数处理。', 'Call the names by radio and put the entries right; act on the larger number.'),
      timeToActMs: 120_000,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

/** V.1: nobody sees the zone. Not about safety by itself: nobody is inside for whom it would be. */
function cameraAlarm(zone: ZoneDef): AlarmDef {
  return {
    id: cameraAlarmId(zone.id),
    title: text(`${zone.title.zh}失去视频监视`, `No camera shows ${zone.title.en}`),
    ...OWN,
    priority: 3,
    class: 'process',
    clauses: ['V.1', 'V.3'],
    card: {
      cause: text('摄像头断电、无信号、画面不清或被转开，或停用已到时。', 'A camera without power, signal or clear picture, or turned away; or its approved outage is over.'),
      consequence: text('异常处置时不得在该区作业。', 'In an upset no field work is allowed in this zone.'),
      action: text('通知仪表恢复；需停用的办理审批。', 'Have it restored; a planned outage needs an approval.'),
      timeToActMs: null,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

/** V.1: the picture is lost while somebody is in there, or about to go in. */
function cameraFieldAlarm(zone: ZoneDef): AlarmDef {
  return {
    id: cameraFieldAlarmId(zone.id),
    title: text(`${zone.title.zh}有人作业而视频丢失`, `Work in ${zone.title.en} and no camera shows it`),
    ...OWN,
    clauses: ['V.1'],
    card: {
      cause: text('现场作业期间该区所有摄像头丢失或未知。', 'Every camera of the zone is lost or unknown while people work there.'),
      consequence: text('险情和伤员无人看见；作业许可已收回。', 'Danger and injured people go unseen; the permit of the step is withdrawn.'),
      action: text('用对讲机令作业暂停并撤到安全处；视频恢复后重新许可。', 'Stop the work by radio and take people to a safe place; permit it anew when the picture is back.'),
      timeToActMs: 60_000,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

/** A step, a time over several steps, a continuous action or the safe state of a running procedure ran out of time. */
function lateAlarm(procedure: ProcedureDef): AlarmDef {
  return {
    id: lateAlarmId(procedure.id),
    title: text(`程序超时：${procedure.title.zh}`, `Out of time: ${procedure.title.en}`),
    ...OWN,
    clauses: procedure.clauses,
    card: {
      cause: text('规定时间内没有得到证实。', 'What was to be proved within its time was not.'),
      consequence: text('退守没有按程序推进，装置可能尚未安全。', 'The retreat is behind the procedure; the plant may not be safe.'),
      action: text('打开异常处置画面，按超时步骤的“到时未证实”处理；不行就按住紧急停车。', "Open the Upset screen and do what the late step says for this case; if that fails, hold emergency stop."),
      timeToActMs: 60_000,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

/** People were let in on a permit and on proofs, and one of them holds no longer. */
function permitAlarm(procedure: ProcedureDef): AlarmDef {
  return {
    id: permitAlarmId(procedure.id),
    title: text(`作业票或作业条件失效：${procedure.title.zh}`, `Work permit or proof no longer holds: ${procedure.title.en}`),
    ...OWN,
    clauses: ['3.7', '4.4.1'],
    card: {
      cause: text('作业票到期或关闭，气体检测过了有效期，或卸压、隔离、断电不再成立。', 'The permit has run out or was closed, a gas test is past its time, or pressure, isolation or power-off no longer holds.'),
      consequence: text('现场作业已失去许可，里面的人没有保护。', 'The work is no longer permitted, and whoever is in there is not protected.'),
      action: text('立即停止作业，人员撤出并清点；重新检测、重新签发后再进入。', 'Stop the work, take people out and count them; test and issue anew before anybody goes back.'),
      timeToActMs: 60_000,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

const NO_PROCEDURE: AlarmDef = {
  id: NO_PROCEDURE_ALARM_ID,
  title: text('异常工况无对应程序：立即停车', 'Abnormal condition without a procedure: stop at once'),
  ...OWN,
  clauses: ['4.1.2'],
  card: {
    cause: text('出现未预先研判、没有紧急处置程序的异常工况。', 'An abnormal condition that nobody foresaw and no procedure answers.'),
    consequence: text('继续运行的风险不明。', 'The risk of running on is not known.'),
    action: text('按住紧急停车；撤出现场人员；再查原因。', 'Hold emergency stop; take people out; look for the cause afterwards.'),
    timeToActMs: 60_000,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

const LINK: AlarmDef = {
  id: LINK_ALARM_ID,
  title: text('与 DCS 的数据连接中断', 'Data link to the DCS lost'),
  ...OWN,
  clauses: ['4.1.1(3)'],
  card: {
    cause: text('OPC UA 服务器无响应、网络中断或证书不被信任。', 'The OPC UA server does not answer, the network is down, or its certificate is not trusted.'),
    consequence: text('退守程序看不到装置：所有数值按未知处理，返回一律拒绝。', 'Haven cannot see the plant: every value counts as unknown and every return is refused.'),
    action: text('改看 DCS 和现场硬表；看不到装置就停车（硬按钮）。', 'Turn to the DCS and hard-wired instruments; if the plant cannot be seen, stop it by the hard button.'),
    timeToActMs: 60_000,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

const SITE: AlarmDef = {
  id: SITE_ALARM_ID,
  title: text('现场定值被拒绝，按装置定值运行', "The site's figures are refused; the plant's own are in force"),
  ...OWN,
  priority: 2,
  clauses: ['3.6'],
  card: {
    cause: text('现场定值文件有错误，或放宽超过准则限值。', "The site's file has an error, or loosens a limit beyond the guideline's figure."),
    consequence: text('报警按装置自带定值动作，可能与现场预期不同。', "Alarms act on the plant's own figures, which may not be those the site expects."),
    action: text('通知工艺安全工程师；用 haven lint --site 查明并改正后重启站点。', 'Call the process safety engineer; find it with haven lint --site, correct it and restart the station.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** 3.4: something is granted to nobody now. It is refused at the post, and nobody should learn of it there. */
const AUTHORITY: AlarmDef = {
  id: AUTHORITY_ALARM_ID,
  title: text('常设授权已失效或缺失', 'Standing authority has run out or is missing'),
  ...OWN,
  priority: 2,
  clauses: ['3.4'],
  card: {
    cause: text('常设授权表中至少一项操作此刻没有有效的授权。', 'The standing authority matrix grants at least one operation to nobody at this time.'),
    consequence: text('这些操作一律拒绝，异常时无人可以下令进入或返回；紧急停车和撤离不受影响。', 'These operations are refused, so that in an upset nobody may order people in or bring the plant back. Stop and evacuation are not touched.'),
    action: text('由工程师更新授权表并经批准；haven lint 指出哪一项。', 'Have an engineer renew the matrix, approved; haven lint says which entry.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** H.1, one for all of them. It is about an office's promise and not about the plant at this moment: low, and not a safety alarm. */
const ACTION_OVERDUE: AlarmDef = {
  id: ACTION_OVERDUE_ALARM_ID,
  title: text('整改措施逾期', 'Corrective action overdue'),
  ...OWN,
  priority: 3,
  class: 'system',
  clauses: ['H.1', '4.5.3'],
  card: {
    cause: text('至少一项整改措施过了期限还没有凭证据关闭。', 'At least one corrective action is past its deadline and not closed with evidence.'),
    consequence: text('造成上次异常的缺陷仍在；同样的事可能再次发生。', 'What led to the last upset is still there; it may happen again.'),
    action: text('在“事件”画面查看是哪一项，通知责任人；未完成期间按其应急预案执行。', 'See on the Incidents screen which one, and call the responsible person; meanwhile its contingency plan is in force.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** D.2. The plant is not concerned: low, and not a safety alarm. */
const PLATFORM: AlarmDef = {
  id: PLATFORM_ALARM_ID,
  title: text('向监管平台上传中断', 'Handing on to the supervising platform has come to a stop'),
  ...OWN,
  priority: 4,
  class: 'system',
  clauses: ['D.2'],
  card: {
    cause: text('平台一小时以上没有签收，或者平台在同一编号下存有不同内容。', 'The platform has given no receipt for more than an hour, or holds another content under the same number.'),
    consequence: text('监管平台看不到事件；日志里一条不少，恢复后按顺序补传。', 'The platform does not see the incident. The journal has all of it; what is missing is sent in order afterwards.'),
    action: text('在“设置”画面看原因，通知网络或平台的负责人；事件情况另用电话报告。', 'Read the reason on the Set-up screen, call whoever looks after the network or the platform; report the incident by telephone meanwhile.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** 4.5.3: nobody has yet said why it happened. */
const ANALYSIS_OVERDUE: AlarmDef = {
  id: ANALYSIS_OVERDUE_ALARM_ID,
  title: text('事件原因分析逾期', 'Cause analysis overdue'),
  ...OWN,
  priority: 3,
  class: 'system',
  clauses: ['4.5.3'],
  card: {
    cause: text('至少一起事件过了期限还没有完成原因分析。', 'At least one incident is past its term and its causes are not concluded.'),
    consequence: text('根本原因不明，同样的事可能再次发生。', 'The root cause is not known; the same may happen again.'),
    action: text('在“事件”画面查看是哪一起，由工程师和班长完成分析并签字。', 'See on the Incidents screen which one; an engineer and a supervisor conclude it and sign.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** 3.1: what was to be revised, taught or practised is not. */
const FOLLOW_UP_OVERDUE: AlarmDef = {
  id: FOLLOW_UP_OVERDUE_ALARM_ID,
  title: text('文件修订、培训或演练逾期', 'Revision, training or drill overdue'),
  ...OWN,
  priority: 3,
  class: 'system',
  clauses: ['3.1', '4.5.3'],
  card: {
    cause: text('至少一项文件修订、培训或演练过了期限还没有凭证据完成。', 'At least one revision, training or drill is past its deadline and not shown to be done.'),
    consequence: text('岗位人员可能按过时的规程处置，或没有练过。', 'People at the post may act by an outdated procedure, or have never practised it.'),
    action: text('在“事件”画面查看是哪一项，通知责任人。', 'See on the Incidents screen which one, and call the responsible person.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** H.2: somebody has to train again. */
const TRAINING_OVERDUE: AlarmDef = {
  id: TRAINING_OVERDUE_ALARM_ID,
  title: text('再训练逾期', 'Training overdue'),
  ...OWN,
  priority: 3,
  class: 'system',
  clauses: ['H.2', '3.1'],
  card: {
    cause: text('至少一人的演练不合格，或合格已到再训练日期。', 'At least one person did not pass an exercise, or the day to train again has come.'),
    consequence: text('岗位人员可能不会处置这种异常。', 'People at the post may not know what to do in this abnormal condition.'),
    action: text('在“演练”画面的“能力记录”查看是谁、哪个演练，安排演练，由教员签字。', 'See on the Training screen, under Records, who and which exercise; hold the drill, and have the instructor sign it.'),
    timeToActMs: null,
    timeNeededMs: TIME_NEEDED_MS,
  },
};

/** All alarms of a plant: its conditions' and the product's own. */
export function alarmDefs(pack: PlantPack): Map<string, AlarmDef> {
  const own = [...pack.interlocks.flatMap(interlockAlarms), ...pack.zones.flatMap((z) => [peopleAlarm(z), differAlarm(z), cameraAlarm(z), cameraFieldAlarm(z)]), ...pack.procedures.flatMap((procedure) => [lateAlarm(procedure), permitAlarm(procedure)]), NO_PROCEDURE, LINK, SITE, AUTHORITY, ACTION_OVERDUE, PLATFORM, ANALYSIS_OVERDUE, FOLLOW_UP_OVERDUE, TRAINING_OVERDUE];
  const conditions = new Map(pack.conditions.map((c) => [c.id, c]));
  const areas = new Map(pack.tags.map((tag) => [tag.id, tag.area]));
  const fromConditions = pack.conditions.filter((c) => c.role !== 'input').map((c) => conditionAlarm(c, allInputsOf(c.id, conditions).map((tag) => areas.get(tag)).find((area) => area !== undefined) ?? null));
  return new Map([...own, ...fromConditions].map((def) => [def.id, def]));
}

function conditionAlarm(condition: ConditionDef, area: string | null): AlarmDef {
  const { id, title, priority, clauses, group, role, alarm, onDelay } = condition;
  const alarmClass = alarm?.class ?? (role === 'warning' ? 'process' : 'safety');
  return {
    id, title, priority, clauses, group: group ?? null, area, class: alarmClass,
    latching: alarmClass === 'fire-gas' || alarm?.latching === true,
    reAlarmMs: alarm?.reAlarm === undefined ? null : Math.max(alarm.reAlarm, RE_ALARM_LEAST_MS),
    // Not for safety and fire-gas, whatever a pack says (3.6); the loader refuses to load one that says so.
    suppressedWhile: isAlwaysVisible(alarmClass) ? [] : (alarm?.suppressedWhile ?? []),
    onDelayMs: onDelay,
    card: cardOf(condition.card, title),
  };
}

function cardOf(card: Card | undefined, title: Text): AlarmCard {
  if (card === undefined) return { cause: title, consequence: title, action: title, timeToActMs: null, timeNeededMs: null };
  return { cause: card.cause, consequence: card.consequence, action: card.action, timeToActMs: card.timeToAct, timeNeededMs: card.timeNeeded };
}
