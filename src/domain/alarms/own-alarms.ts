/**
 * Alarms that Haven raises about the plant's protection and about itself, with their response cards.
 * Ids: `BYPASS/<interlock>`, `FAULT/<interlock>`, `PEOPLE/<zone>`, `LATE/<procedure>`, `NO-PROCEDURE`, `LINK`, `SITE-REFUSED`, `AUTHORITY`.
 */
import type { Text } from '../../contract/text.ts';
import { allInputsOf } from '../conditions/compile.ts';
import type { Card, ConditionDef, InterlockDef, PlantPack, ProcedureDef, ZoneDef } from '../packs/schema.ts';
import { isAlwaysVisible, RE_ALARM_LEAST_MS } from './alarms.ts';
import type { AlarmCard, AlarmDef } from './alarms.ts';

/** Time that a person needs to understand one of these and to do what it asks, ms. Engineering default. */
const TIME_NEEDED_MS = 30_000;
/** They are about people, protection and the product's own sight: safety, on top, never out of sight; and they do not latch, because what they are about is looked at all the time. */
const OWN = { priority: 1, class: 'safety', group: null, area: null, latching: false, reAlarmMs: null, suppressedWhile: [], onDelayMs: 0 } as const;

const text = (zh: string, en: string): Text => ({ zh, en });

export const bypassAlarmId = (interlock: string): string => `BYPASS/${interlock}`;
export const faultAlarmId = (interlock: string): string => `FAULT/${interlock}`;
export const peopleAlarmId = (zone: string): string => `PEOPLE/${zone}`;
export const lateAlarmId = (procedure: string): string => `LATE/${procedure}`;
export const NO_PROCEDURE_ALARM_ID = 'NO-PROCEDURE';
export const LINK_ALARM_ID = 'LINK';
export const SITE_ALARM_ID = 'SITE-REFUSED';
export const AUTHORITY_ALARM_ID = 'AUTHORITY';

function bypassAlarm(interlock: InterlockDef): AlarmDef {
  return {
    id: bypassAlarmId(interlock.id),
    title: text(`${interlock.id} 旁路未经评估和审批`, `${interlock.id} bypassed without assessment and approval`),
    ...OWN,
    clauses: ['3.3'],
    card: {
      cause: text('旁路钥匙已投，登记中没有有效的评估和审批，或审批已到期。', 'The bypass key is on and the register holds no valid assessment and approval, or it has expired.'),
      consequence: text(`${interlock.title.zh}失去保护；返回、进入现场和继续运行一律拒绝。`, `${interlock.title.en} does not protect; return, field entry and running on are refused.`),
      action: text('立即恢复联锁，或由工艺工程师评估、另一人审批。', 'Restore the interlock at once, or have it assessed by an engineer and approved by another person.'),
      timeToActMs: null,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

function faultAlarm(interlock: InterlockDef): AlarmDef {
  return {
    id: faultAlarmId(interlock.id),
    title: text(`${interlock.id} 联锁故障`, `${interlock.id} faulted`),
    ...OWN,
    clauses: ['3.3'],
    card: {
      cause: text('SIS 自诊断报故障。', 'The SIS diagnosis reports a fault.'),
      consequence: text(`${interlock.title.zh}可能不动作。`, `${interlock.title.en} may not act.`),
      action: text('按失去保护处理；通知仪表工程师；必要时停车。', 'Treat it as unprotected; call the instrument engineer; stop if need be.'),
      timeToActMs: null,
      timeNeededMs: TIME_NEEDED_MS,
    },
  };
}

function peopleAlarm(zone: ZoneDef): AlarmDef {
  return {
    id: peopleAlarmId(zone.id),
    title: text(`${zone.title.zh}人数超限`, `Too many people: ${zone.title.en}`),
    ...OWN,
    clauses: ['4.2.1', '4.2.3'],
    card: {
      cause: text('区内人数多于当前阶段和程序允许的人数。', 'More people in the zone than the present stage and procedure allow.'),
      consequence: text('一旦失控，伤亡扩大。', 'If control is lost, more people are hurt.'),
      action: text('立即叫多余人员撤出；清点到名字。', 'Call the surplus people out at once; account for them by name.'),
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

/** All alarms of a plant: its conditions' and the product's own. */
export function alarmDefs(pack: PlantPack): Map<string, AlarmDef> {
  const own = [...pack.interlocks.flatMap((i) => [bypassAlarm(i), faultAlarm(i)]), ...pack.zones.map(peopleAlarm), ...pack.procedures.map(lateAlarm), NO_PROCEDURE, LINK, SITE, AUTHORITY];
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
