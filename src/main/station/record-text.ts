/** A journal record in one sentence, in both languages. A table over the kinds of facts, so that none is forgotten. */
import type { Text } from '../../contract/text.ts';
import { POST_TITLES } from '../../domain/authority/posts.ts';
import { roleList } from '../../domain/gates/rule.ts';
import { PERMIT_KINDS } from '../../domain/permits/work-permits.ts';
import type { Fact, FactMap, FactType } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { postTitle } from '../training/authority.ts';
import { accessText } from './access-text.ts';
import { partWords } from '../../domain/people/zone-words.ts';
import { courseText } from './course-text.ts';

type Sentence<T extends FactType> = (data: FactMap[T], plant: Plant) => Text;

const t = (zh: string, en: string): Text => ({ zh, en });
const conditionTitle = (plant: Plant, id: string): Text => plant.conditions.get(id)?.title ?? plant.alarms.get(id)?.title ?? t(id, id);
const procedureOf = (plant: Plant, instance: string) => plant.procedures.get(instance.replace(/:\d+$/u, ''));
const procedureTitle = (plant: Plant, instance: string): Text => procedureOf(plant, instance)?.title ?? t(instance, instance);
const zoneTitle = (plant: Plant, id: string): Text => plant.pack.zones.find((z) => z.id === id)?.title ?? t(id, id);

const minutes = ({ fromMs, untilMs }: { fromMs: number; untilMs: number }): number => Math.round((untilMs - fromMs) / 60_000);

/** A moment without the station's time zone in it: a record reads the same wherever it is read. */
const utcSecond = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
const utcDay = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const PLACE: Readonly<Record<string, Text>> = {
  standby: t('待命', 'standby'), raised: t('触发', 'raised'), retreating: t('退守', 'retreating'), stopping: t('紧急停车', 'stopping'), safe: t('安全状态', 'safe'),
  investigating: t('查明原因', 'investigating'), readyToReturn: t('返回条件', 'ready to return'), closed: t('关闭', 'closed'),
};
const STATE: Readonly<Record<string, Text>> = {
  raised: t('成立', 'raised'), cleared: t('消除', 'cleared'), unknown: t('未知', 'unknown'), armed: t('投用', 'armed'), tripped: t('已动作', 'tripped'), bypassed: t('旁路', 'bypassed'), faulted: t('故障', 'faulted'),
  kept: t('遵守', 'kept'), violated: t('违反', 'violated'), within: t('未超', 'within'), exceeded: t('超限', 'exceeded'),
};
const STAGE: Readonly<Record<FactMap['people.staged']['stage'], Text>> = {
  normal: t('正常', 'normal running'), unclear: t('情况不明', 'unclear'), reconnaissance: t('可侦查', 'enterable for reconnaissance'), handling: t('可处置', 'enterable for the handling'),
};
const UNSHELVED: Readonly<Record<FactMap['alarm.unshelved']['because'], Text>> = {
  exercise: t('演练结束', 'the exercise has ended'),
  time: t('到时', 'time is up'), person: t('人工', 'by a person'), procedure: t('程序涉及', 'a procedure names it'), class: t('安全类', 'it is a safety alarm now'),
};
const COURSE_ENDS: Readonly<Record<FactMap['procedure.ended']['because'], Text>> = {
  'exercise-began': t('演练开始，装置已复位', 'an exercise began, the plant was put back'), 'exercise-ended': t('演练结束，装置已复位', 'the exercise has ended, the plant was put back'), 'led-back': t('装置已退回', 'the plant was led back'),
};
const LOGGED_OFF: Readonly<Record<FactMap['session.logged-off']['because'], Text>> = {
  person: t('本人', 'by the person'), shift: t('满一个班次', 'after a whole shift'), account: t('账户或口令已变', 'the account or its secret has changed'), room: t('登录过多', 'too many log-ons'),
};
const FACTOR: Readonly<Record<string, Text>> = {
  equipment: t('设备', 'equipment'), instrument: t('仪表联锁', 'instrument or interlock'), procedure: t('规程', 'procedure'), people: t('人员培训', 'people or training'), organisation: t('组织管理', 'organisation or management'), design: t('设计', 'design'), environment: t('环境', 'environment'), contractor: t('承包商', 'contractor'),
};
const FOLLOW_UP: Readonly<Record<string, Text>> = {
  'operating-procedure': t('操作规程修订', 'revision of an operating procedure'), 'emergency-procedure': t('应急处置程序修订', 'revision of an emergency procedure'), 'risk-assessment': t('风险评估', 'risk assessment'), training: t('培训', 'training'), drill: t('演练', 'drill'),
};
/** By number: what the titles of these are stands in the same record's words. */
const numbers = (refs: readonly { readonly n: number }[]): string => refs.map(({ n }) => `#${n}`).join(', ');
const word = (table: Readonly<Record<string, Text>>, key: string): Text => table[key] ?? t(key, key);

/** Which trip conditions came first; more than one: too close together to tell. */
const firstWords = (plant: Plant, first: FactMap['interlock.tripped']['first']): Text => (first.length === 0 ? t('', '') : t(`：${first.map(({ condition }) => conditionTitle(plant, condition).zh).join('；')}`, `: ${first.map(({ condition }) => conditionTitle(plant, condition).en).join('; ')}`));

const reviewWords = (reviews: FactMap['analysis.concluded']['reviews'], update: string, stays: string): string => reviews.map(({ procedure, outcome, note }) => `; ${procedure} ${outcome === 'update' ? update : stays}${note === '' ? '' : ` (${note})`}`).join('');

const SENTENCES: { readonly [T in FactType]: Sentence<T> } = {
  'station.started': (d) => t(`站点启动（${d.mode}，${d.plant}，${d.version}）`, `Station started (${d.mode}, ${d.plant}, ${d.version})`),
  'pack.recorded': (d) => t(`规则和程序已记入日志（${d.hash.slice(0, 12)}，第 ${d.part}/${d.of} 部分）`, `Rules and procedures recorded (${d.hash.slice(0, 12)}, part ${d.part} of ${d.of})`),
  'station.stopped': () => t('站点停止', 'Station stopped'),
  'clock.stepped': (d) => t(`系统时钟跳变 ${d.byMs} ms`, `System clock stepped by ${d.byMs} ms`),
  'link.changed': (d) => t(`数据连接：${d.phase}${d.reason === null ? '' : `（${d.reason}）`}`, `Data link: ${d.phase}${d.reason === null ? '' : ` (${d.reason})`}`),
  'data.gap': (d) => t(`数据缺口 ${Math.round((d.toMs - d.fromMs) / 100) / 10} s（${d.reason}）`, `Data gap of ${Math.round((d.toMs - d.fromMs) / 100) / 10} s (${d.reason})`),
  'condition.changed': (d, p) => t(`${conditionTitle(p, d.id).zh}：${word(STATE, d.state).zh}${d.value === null ? '' : `，${d.input ?? ''} = ${String(d.value)}`}`, `${conditionTitle(p, d.id).en}: ${word(STATE, d.state).en}${d.value === null ? '' : `, ${d.input ?? ''} = ${String(d.value)}`}`),
  'alarm.raised': (d, p) => t(`报警 ${d.priority} 级：${conditionTitle(p, d.id).zh}${d.firstOut ? '（首出）' : ''}${d.hidden === true ? '（不在报警表中显示）' : ''}`, `Alarm, priority ${d.priority}: ${conditionTitle(p, d.id).en}${d.firstOut ? ' (first-out)' : ''}${d.hidden === true ? ' (out of sight)' : ''}`),
  'alarm.raised-again': (d, p) => t(`再次报警：${conditionTitle(p, d.id).zh}`, `Alarm raised again: ${conditionTitle(p, d.id).en}`),
  'alarm.returned': (d, p) => t(`报警恢复：${conditionTitle(p, d.id).zh}`, `Alarm returned: ${conditionTitle(p, d.id).en}`),
  'alarm.acknowledged': (d, p) => t(`确认报警：${conditionTitle(p, d.id).zh}${d.inTime === false ? '（已超时）' : ''}`, `Alarm acknowledged: ${conditionTitle(p, d.id).en}${d.inTime === false ? ' (too late)' : ''}`),
  'alarm.overdue': (d, p) => t(`报警超时未应答：${conditionTitle(p, d.id).zh}`, `Alarm not answered in time: ${conditionTitle(p, d.id).en}`),
  'alarm.first-out': (d, p) => (d.first === null
    ? t(`首出不能确定（±${d.uncertaintyMs} ms）：${d.possible.map((id) => conditionTitle(p, id).zh).join('；')}`, `First-out cannot be told (±${d.uncertaintyMs} ms): ${d.possible.map((id) => conditionTitle(p, id).en).join('; ')}`)
    : t(`首出更正：${conditionTitle(p, d.first).zh}`, `First-out corrected: ${conditionTitle(p, d.first).en}`)),
  'alarm.shelved': (d, p) => t(`搁置报警：${conditionTitle(p, d.id).zh}，${d.reason}`, `Alarm shelved: ${conditionTitle(p, d.id).en}, ${d.reason}`),
  'alarm.unshelved': (d, p) => t(`解除搁置（${UNSHELVED[d.because].zh}）：${conditionTitle(p, d.id).zh}`, `No longer shelved (${UNSHELVED[d.because].en}): ${conditionTitle(p, d.id).en}`),
  'alarm.suppressed': (d, p) => t(`按设计抑制报警：${conditionTitle(p, d.id).zh}，因${d.while.map((id) => conditionTitle(p, id).zh).join('；')}`, `Alarm suppressed by design: ${conditionTitle(p, d.id).en}, while ${d.while.map((id) => conditionTitle(p, id).en).join('; ')}`),
  'alarm.unsuppressed': (d, p) => t(`解除设计抑制：${conditionTitle(p, d.id).zh}`, `No longer suppressed by design: ${conditionTitle(p, d.id).en}`),
  'alarm.out-of-service': (d, p) => t(`停用报警：${conditionTitle(p, d.id).zh}，作业票 ${d.permit}，${d.reason}`, `Alarm out of service: ${conditionTitle(p, d.id).en}, work permit ${d.permit}, ${d.reason}`),
  'alarm.in-service': (d, p) => t(`恢复投用报警：${conditionTitle(p, d.id).zh}`, `Alarm back in service: ${conditionTitle(p, d.id).en}`),
  'alarm.reset': (d, p) => t(`复位报警：${conditionTitle(p, d.id).zh}`, `Alarm reset: ${conditionTitle(p, d.id).en}`),
  'alarm.cause': (d, p) => t(`报警原因（${conditionTitle(p, d.id).zh}）：${d.text}`, `Cause of the alarm (${conditionTitle(p, d.id).en}): ${d.text}`),
  'alarm.confirmed-on-site': (d, p) => t(`现场确认（${conditionTitle(p, d.id).zh}）：${d.text}`, `Confirmed on site (${conditionTitle(p, d.id).en}): ${d.text}`),
  'alarm.cleared': (d, p) => t(`报警消除：${conditionTitle(p, d.id).zh}`, `Alarm cleared: ${conditionTitle(p, d.id).en}`),
  'flood.began': (d) => t(`报警泛滥开始：10 分钟内 ${d.raised} 条`, `Alarm flood began: ${d.raised} in 10 minutes`),
  'flood.ended': (d) => t(`报警泛滥结束：10 分钟内 ${d.raised} 条`, `Alarm flood ended: ${d.raised} in 10 minutes`),
  'link.skewed': (d) => t(`与服务器的时钟差 ${d.skewMs ?? '未知'} ms`, `Clock of the server differs by ${d.skewMs ?? 'unknown'} ms`),
  'no-procedure.raised': (d, p) => t(`无对应程序，立即停车：${d.because.map((id) => conditionTitle(p, id).zh).join('；')}`, `No procedure, stop at once: ${d.because.map((id) => conditionTitle(p, id).en).join('; ')}`),
  'no-procedure.cleared': () => t('无程序的异常工况已消除', 'Abnormal condition without a procedure is gone'),
  'procedure.raised': (d, p) => t(`程序提出：${procedureTitle(p, d.procedure).zh}${d.reason === undefined ? '' : `（人工：${d.reason}）`}`, `Procedure raised: ${procedureTitle(p, d.procedure).en}${d.reason === undefined ? '' : ` (by hand: ${d.reason})`}`),
  'procedure.because': (d, p) => t(`程序依据增加：${d.because.map((id) => conditionTitle(p, id).zh).join('；')}`, `More reason for the procedure: ${d.because.map((id) => conditionTitle(p, id).en).join('; ')}`),
  'procedure.moved': (d, p) => {
    const def = procedureOf(p, d.instance);
    const title = def?.title ?? t(d.instance, d.instance);
    const moved = courseText(d.event, p, def);
    return t(`${title.zh}：${moved.zh}（${word(PLACE, d.place).zh}）`, `${title.en}: ${moved.en} (${word(PLACE, d.place).en})`);
  },
  'prohibition.changed': (d, p) => {
    const text = procedureOf(p, d.instance)?.prohibitions.find((x) => x.id === d.id)?.text ?? t(d.id, d.id);
    return t(`禁令${word(STATE, d.state).zh}（${d.clause}）：${text.zh}`, `Prohibition ${word(STATE, d.state).en} (${d.clause}): ${text.en}`);
  },
  'interlock.changed': (d) => t(`联锁 ${d.id}：${word(STATE, d.state).zh}${d.state === 'bypassed' ? (d.approved ? '，已批准' : '，未批准') : ''}`, `Interlock ${d.id}: ${word(STATE, d.state).en}${d.state === 'bypassed' ? (d.approved ? ', approved' : ', not approved') : ''}`),
  'people.changed': (d, p) => t(`${zoneTitle(p, d.zone).zh}人数 ${d.count ?? '未知'}，限 ${d.limit ?? '无'}：${word(STATE, d.state).zh}`, `People in ${zoneTitle(p, d.zone).en}: ${d.count ?? 'unknown'}, limit ${d.limit ?? 'none'}: ${word(STATE, d.state).en}`),
  'people.staged': (d, p) => t(`${zoneTitle(p, d.zone).zh}判定：${STAGE[d.stage].zh} ${d.assessment}`, `${zoneTitle(p, d.zone).en} judged: ${STAGE[d.stage].en} ${d.assessment}`),
  'people.entered': (d, p) => t(`${d.name} 进入${zoneTitle(p, d.zone).zh}${d.part === undefined ? '' : `（${d.part}）`}：${d.task}`, `${d.name} enters ${zoneTitle(p, d.zone).en}${d.part === undefined ? '' : ` (${d.part})`}: ${d.task}`),
  'people.differing': (d, p) => (d.differ
    ? t(`${zoneTitle(p, d.zone).zh}：定位 ${d.byTag ?? '未知'} 人，签字在内 ${d.byNames} 人，不符`, `${zoneTitle(p, d.zone).en}: positioning says ${d.byTag ?? 'nothing'}, ${d.byNames} are signed in`)
    : t(`${zoneTitle(p, d.zone).zh}：定位与签字人数一致`, `${zoneTitle(p, d.zone).en}: positioning and signed entries agree`)),
  'roll-call.opened': (d, p) => t(`撤离清点开始：${d.zones.map((z) => zoneTitle(p, z).zh).join('、')}`, `Roll-call of the evacuation opened: ${d.zones.map((z) => zoneTitle(p, z).en).join(', ')}`),
  'roll-call.signed': (d, p) => (d.empty
    ? t(`${d.name} 清点${zoneTitle(p, d.zone).zh}：无人 ${d.note}`, `${d.name} called the roll of ${zoneTitle(p, d.zone).en}: empty ${d.note}`)
    : t(`${d.name} 清点${zoneTitle(p, d.zone).zh}：仍有人 ${d.note}`, `${d.name} called the roll of ${zoneTitle(p, d.zone).en}: somebody is left ${d.note}`)),
  'roll-call.zone': (d, p) => (d.cleared
    ? t(`${zoneTitle(p, d.zone).zh}已由两个来源证实无人`, `${zoneTitle(p, d.zone).en} is shown empty by two sources`)
    : t(`${zoneTitle(p, d.zone).zh}未证实无人${d.voided ? '，区内有人，已签的清点作废' : ''}`, `${zoneTitle(p, d.zone).en} is not shown empty${d.voided ? ': somebody is inside, what was signed is void' : ''}`)),
  'roll-call.ended': () => t('撤离清点完成：各区均已证实无人', 'Roll-call complete: every zone is shown empty'),
  'camera.changed': (d) => (d.state === 'seen'
    ? t(`摄像头 ${d.camera} 画面正常`, `Camera ${d.camera} shows its zone`)
    : t(`摄像头 ${d.camera} ${d.parts.map((part) => partWords(part).zh).join('、')}${d.state === 'lost' ? '丢失' : '未知'}`, `Camera ${d.camera}: ${d.parts.map((part) => partWords(part).en).join(', ')} ${d.state === 'lost' ? 'lost' : 'not known'}`)),
  'camera.outage': (d) => t(`批准停用摄像头 ${d.camera}：${minutes(d)} 分钟，${d.reason}${d.report === '' ? '' : `，调度中心回执 ${d.report}`}`, `Outage of camera ${d.camera} approved: ${minutes(d)} min, ${d.reason}${d.report === '' ? '' : `, receipt of the dispatch centre ${d.report}`}`),
  'camera.restored': (d) => t(`摄像头 ${d.camera} 停用结束`, `Outage of camera ${d.camera} ended`),
  'people.left': (d, p) => t(`${d.entry} 离开${zoneTitle(p, d.zone).zh}`, `${d.entry} leaves ${zoneTitle(p, d.zone).en}`),
  'post.taken': (d) => {
    const post = POST_TITLES[d.post];
    if (d.relieved === true) return t(`${d.name} 接任${post.zh}，接替无法联系的 ${d.from?.name ?? '?'}；见证 ${d.second?.name ?? '?'}：${d.reason ?? ''}`, `${d.name} takes over as ${post.en} from ${d.from?.name ?? '?'}, who could not be reached; with ${d.second?.name ?? '?'}: ${d.reason ?? ''}`);
    if (d.from !== undefined) return t(`${d.from.name} 把${post.zh}交给 ${d.name}（双方签字）`, `${d.from.name} hands the post of ${post.en} over to ${d.name} (both signed)`);
    return d.post === 'commander' ? t(`${d.name} 任指挥`, `${d.name} takes command`) : t(`${d.name} 盯守 DCS`, `${d.name} takes the watch at the DCS`);
  },
  'shift.handed-over': (d) => t(
    `${d.from.name} 交班给 ${d.to.name}（双方签字）${d.instead === undefined ? '' : `，登记的当班人是 ${d.instead.name}`}；未了事项 ${d.items.length} 项${d.notes === '' ? '' : `；备注：${d.notes}`}`,
    `${d.from.name} hands the shift over to ${d.to.name} (both signed)${d.instead === undefined ? '' : `; ${d.instead.name} stood in the record`}; ${d.items.length} open item(s)${d.notes === '' ? '' : `; notes: ${d.notes}`}`,
  ),
  'bypass.requested': (d) => t(`申请旁路 ${d.interlock}${d.element === undefined ? '' : ` 的 ${d.element}`}：${d.reason}${d.workOrder === undefined ? '' : `（工单 ${d.workOrder}）`}`, `Bypass of ${d.element === undefined ? '' : `${d.element} of `}${d.interlock} requested: ${d.reason}${d.workOrder === undefined ? '' : ` (work order ${d.workOrder})`}`),
  'bypass.assessed': (d) => t(`旁路 ${d.bypass} ${d.extension === true ? '延长' : ''}评估：${d.acceptable ? '可接受' : '不可接受'}，${d.text}`, `${d.extension === true ? 'More time for bypass' : 'Bypass'} ${d.bypass} assessed: ${d.acceptable ? 'acceptable' : 'not acceptable'}, ${d.text}`),
  'bypass.approved': (d) => t(`旁路 ${d.bypass} ${d.extension === true ? '延长' : ''}批准`, `${d.extension === true ? 'More time for bypass' : 'Bypass'} ${d.bypass} approved`),
  'bypass.rejected': (d) => t(`旁路 ${d.bypass} ${d.extension === true ? '延长' : ''}不批准：${d.reason}`, `${d.extension === true ? 'More time for bypass' : 'Bypass'} ${d.bypass} rejected: ${d.reason}`),
  'bypass.accepted': (d) => t(`操作员接受旁路 ${d.bypass}`, `Bypass ${d.bypass} accepted at the post`),
  'bypass.walked': (d) => t(`旁路 ${d.bypass} 的第 ${d.measure + 1} 项补偿措施已巡查`, `Round of measure ${d.measure + 1} of bypass ${d.bypass} made`),
  'bypass.extension-requested': (d) => t(`申请延长旁路 ${d.bypass}：${d.reason}`, `More time for bypass ${d.bypass} requested: ${d.reason}`),
  'bypass.seen': (d) => t(`旁路 ${d.bypass} 已在 DCS 上投入`, `Bypass ${d.bypass} seen on its tag`),
  'bypass.watched': (d) => (d.unknown.length === 0 ? t(`旁路 ${d.bypass} 的补偿措施和限值均可证实`, `Measures and limits of bypass ${d.bypass} can all be shown to hold`) : t(`旁路 ${d.bypass} 的补偿措施或限值无法证实：${d.unknown.join('、')}`, `Measures or limits of bypass ${d.bypass} cannot be shown to hold: ${d.unknown.join(', ')}`)),
  'bypass.lapsed': (d) => t(`旁路 ${d.bypass} 审批失效：${d.reason.zh}`, `Approval of bypass ${d.bypass} lapsed: ${d.reason.en}`),
  'bypass.expired': (d) => t(`旁路 ${d.bypass} 审批到期`, `Approval of bypass ${d.bypass} expired`),
  'bypass.event': (d, p) => ('condition' in d
    ? t(`旁路 ${d.bypass} 期间出现异常工况：${conditionTitle(p, d.condition).zh}`, `Abnormal condition during bypass ${d.bypass}: ${conditionTitle(p, d.condition).en}`)
    : t(`旁路 ${d.bypass} 期间联锁 ${d.interlock} 动作`, `Interlock ${d.interlock} tripped during bypass ${d.bypass}`)),
  'bypass.restored': (d) => t(`旁路 ${d.bypass} 恢复`, `Bypass ${d.bypass} restored`),
  'bypass.tested': (d) => t(`旁路 ${d.bypass} 恢复后功能测试${d.passed ? '合格' : '不合格'}：${d.text}`, `Function test after bypass ${d.bypass} ${d.passed ? 'passed' : 'failed'}: ${d.text}`),
  'bypass.verified': (d) => t(`旁路 ${d.bypass} 恢复经另一人验证，关闭`, `Restoring of bypass ${d.bypass} verified by another person; closed`),
  'bypass.withdrawn': (d) => t(`旁路 ${d.bypass} 撤回：${d.reason}`, `Bypass ${d.bypass} withdrawn: ${d.reason}`),
  'bypass.closed': (d) => t(`旁路 ${d.bypass} 关闭`, `Bypass ${d.bypass} closed`),
  'permit.issued': (d, p) => t(`签发${PERMIT_KINDS[d.kind].title.zh} ${d.number}：${d.scope}（${zoneTitle(p, d.zone).zh}，${d.holder}）`, `${PERMIT_KINDS[d.kind].title.en} ${d.number} issued: ${d.scope} (${zoneTitle(p, d.zone).en}, ${d.holder})`),
  'permit.closed': (d) => t(`关闭作业票 ${d.permit}：${d.reason}`, `Work permit ${d.permit} closed: ${d.reason}`),
  'permit.expired': (d) => t(`作业票 ${d.permit} 到期`, `Work permit ${d.permit} has run out`),
  'lab.entered': (d) => t(`分析结果 ${d.lab} = ${d.value}`, `Laboratory result ${d.lab} = ${d.value}`),
  'seen.reported': (d) => t(`现场观察 ${d.observation}：${d.present ? '有' : '无'} ${d.note}`, `Observation ${d.observation}: ${d.present ? 'seen' : 'not seen'} ${d.note}`),
  'retreat.stop': (d) => (d.actedOn === 'simulator' ? t('紧急停车已发出（仿真装置）', 'Emergency stop sent (simulated plant)') : t('紧急停车：请按 DCS 硬按钮执行', 'Emergency stop: carry it out by the hard button of the DCS')),
  'retreat.evacuate': (d) => (d.actedOn === 'simulator' ? t('全员撤离已发出（仿真装置）', 'Evacuation sent (simulated plant)') : t('全员撤离：请用广播和警报执行', 'Evacuation: carry it out by public address and siren')),
  'effect.failed': (d) => t(`未能执行 ${d.effect}：${d.reason}`, `Could not carry out ${d.effect}: ${d.reason}`),
  'interlock.inputs': (d) => t(`联锁 ${d.id} 输入：${d.forced === null ? '强制状态未知' : d.forced ? '被强制' : '未强制'}${d.voting === null ? '' : `，表决 ${d.voting}`}`, `Inputs of interlock ${d.id}: ${d.forced === null ? 'not known whether forced' : d.forced ? 'forced' : 'not forced'}${d.voting === null ? '' : `, voting ${d.voting}`}`),
  'interlock.tripped': (d, p) => t(`联锁 ${d.id} 动作${firstWords(p, d.first).zh}`, `Interlock ${d.id} tripped${firstWords(p, d.first).en}`),
  'interlock.first-out': (d, p) => t(`联锁 ${d.id} 首出${firstWords(p, d.first).zh}`, `First-out of interlock ${d.id}${firstWords(p, d.first).en}`),
  'interlock.released': (d) => t(`联锁 ${d.id} 已复位`, `Interlock ${d.id} reset`),
  'interlock.forced-reset': (d) => t(`联锁 ${d.id} 被强制复位，缺：${d.missing.map(({ zh }) => zh).join('；')}`, `Interlock ${d.id} was reset by force; missing: ${d.missing.map(({ en }) => en).join('; ')}`),
  'interlock.cause': (d) => t(`联锁 ${d.interlock} 动作原因：${d.text}`, `Cause of the trip of ${d.interlock}: ${d.text}`),
  'interlock.accounted': (d) => t(`联锁 ${d.interlock} 强制复位已说明：${d.text}`, `Forced reset of ${d.interlock} accounted for: ${d.text}`),
  'interlock.reset-approved': (d) => t(`批准复位联锁 ${d.interlock}（${roleList([d.role]).zh}）`, `Reset of interlock ${d.interlock} approved (${roleList([d.role]).en})`),
  'interlock.reset': (d) => t(`允许复位联锁 ${d.interlock}`, `Reset of interlock ${d.interlock} allowed`),
  'refused': (d) => t(`拒绝 ${d.operation}：${d.obstacles.map((o) => `${o.fact.zh}（${o.clause}）`).join('；')}`, `Refused ${d.operation}: ${d.obstacles.map((o) => `${o.fact.en} (${o.clause})`).join('; ')}`),
  'incident.opened': (d) => t(`事件 ${d.incident} 开始`, `Incident ${d.incident} opened`),
  'incident.closed': (d) => t(`事件 ${d.incident} 结束`, `Incident ${d.incident} closed`),
  'recording.began': (d) => t(`事件 ${d.incident} 的样本开始保存：自 ${utcSecond(d.fromMs)} 起，已有 ${d.samples} 个`, `Samples of incident ${d.incident} are kept from ${utcSecond(d.fromMs)} on; ${d.samples} so far`),
  'recording.marked': (d) => t(`事件 ${d.incident} 的样本：至第 ${d.block} 块，${d.samples} 个（${d.hash.slice(0, 12)}）`, `Samples of incident ${d.incident}: ${d.samples} up to block ${d.block} (${d.hash.slice(0, 12)})`),
  'recording.ended': (d) => t(`事件 ${d.incident} 的样本保存完毕：${d.samples} 个，${d.tags} 个位号，${d.bytes} 字节，至 ${utcSecond(d.toMs)}（${d.hash.slice(0, 12)}）`, `Samples of incident ${d.incident} are complete: ${d.samples} of ${d.tags} tags, ${d.bytes} bytes, until ${utcSecond(d.toMs)} (${d.hash.slice(0, 12)})`),
  'trace.reconstructed': (d) => t(`据历史数据重建：${d.file}（SHA-256 ${d.sha256.slice(0, 12)}，${d.bytes} 字节，${d.plant}，Haven ${d.version}）。当时无人操作本系统`, `Reconstructed from a recorded trace: ${d.file} (SHA-256 ${d.sha256.slice(0, 12)}, ${d.bytes} bytes, ${d.plant}, Haven ${d.version}). Nobody worked with this program then`),
  'trace.ended': (d) => t(`历史数据结束，${d.samples} 个样本${d.incident === null ? '' : `；事件 ${d.incident} 尚未结束`}`, `End of the trace, ${d.samples} samples${d.incident === null ? '' : `; incident ${d.incident} was still open`}`),
  'action.opened': (d) => t(
    `整改措施 ${d.action}${d.incident === null ? '' : `（事件 ${d.incident}）`}：${d.measure}；责任人 ${d.responsible}，资金 ${d.funding}，期限 ${utcDay(d.dueMs)}，预案 ${d.contingency}`,
    `Corrective action ${d.action}${d.incident === null ? '' : ` (incident ${d.incident})`}: ${d.measure}; responsible ${d.responsible}, funding ${d.funding}, due ${utcDay(d.dueMs)}, contingency plan: ${d.contingency}`,
  ),
  'action.rescheduled': (d) => t(`整改措施 ${d.action} 期限改为 ${utcDay(d.dueMs)}：${d.reason}`, `Corrective action ${d.action} is now due ${utcDay(d.dueMs)}: ${d.reason}`),
  'action.closed': (d) => t(`整改措施 ${d.action} 关闭，证据：${d.evidence}`, `Corrective action ${d.action} closed; evidence: ${d.evidence}`),
  'analysis.opened': (d) => t(`开始分析事件 ${d.incident} 的原因`, `Analysis of the causes of ${d.incident} opened`),
  'analysis.owed': (d) => t(`事件 ${d.incident} 应在 ${d.dueMs === null ? '?' : utcDay(d.dueMs)} 前完成原因分析`, `The causes of ${d.incident} are to be concluded by ${d.dueMs === null ? '?' : utcDay(d.dueMs)}`),
  'analysis.chain': (d) => t(`原因分析 ${d.incident}：${d.chain} 起于记录 #${d.event.n}（${d.event.text.zh}）：${d.problem}`, `Analysis of ${d.incident}: ${d.chain} begins with record #${d.event.n} (${d.event.text.en}): ${d.problem}`),
  'analysis.why': (d) => t(`原因分析 ${d.incident}：为什么 ${d.why}：${d.text}`, `Analysis of ${d.incident}: why ${d.why}: ${d.text}`),
  'analysis.root': (d) => t(`原因分析 ${d.incident}：根本原因 ${d.root}：${d.text}`, `Analysis of ${d.incident}: root cause ${d.root}: ${d.text}`),
  'analysis.factor': (d) => t(`原因分析 ${d.incident}：促成因素 ${d.factor}（${word(FACTOR, d.kind).zh}）：${d.text}；记录 ${numbers(d.evidence)}`, `Analysis of ${d.incident}: factor ${d.factor} (${word(FACTOR, d.kind).en}): ${d.text}; records ${numbers(d.evidence)}`),
  'analysis.answered': (d) => (d.action === null ? t(`原因分析 ${d.incident}：${d.cause} 不采取整改：${d.reason}`, `Analysis of ${d.incident}: no corrective action for ${d.cause}: ${d.reason}`) : t(`原因分析 ${d.incident}：${d.cause} 由整改措施 ${d.action} 落实${d.reason === '' ? '' : `：${d.reason}`}`, `Analysis of ${d.incident}: ${d.action} answers ${d.cause}${d.reason === '' ? '' : `: ${d.reason}`}`)),
  'analysis.withdrawn': (d) => t(`原因分析 ${d.incident}：撤回 ${d.entry}：${d.reason}`, `Analysis of ${d.incident}: ${d.entry} withdrawn: ${d.reason}`),
  'analysis.concluded': (d) => t(`事件 ${d.incident} 原因分析完成，${d.supervisor} 同签：${d.text}${reviewWords(d.reviews, '修订', '不改')}`, `Analysis of ${d.incident} concluded, also signed by ${d.supervisor}: ${d.text}${reviewWords(d.reviews, 'to be updated', 'stays')}`),
  'analysis.reopened': (d) => t(`事件 ${d.incident} 的原因分析重新打开，期限 ${utcDay(d.dueMs)}：${d.reason}`, `Analysis of ${d.incident} opened again, due ${utcDay(d.dueMs)}: ${d.reason}`),
  'follow-up.opened': (d) => t(`后续事项 ${d.followUp}（${word(FOLLOW_UP, d.kind).zh}${d.incident === null ? '' : `，事件 ${d.incident}`}）：${d.title}；责任人 ${d.responsible}，期限 ${utcDay(d.dueMs)}，程序 ${d.procedures.join('、')}`, `Follow-up ${d.followUp} (${word(FOLLOW_UP, d.kind).en}${d.incident === null ? '' : `, incident ${d.incident}`}): ${d.title}; responsible ${d.responsible}, due ${utcDay(d.dueMs)}, procedures ${d.procedures.join(', ')}`),
  'follow-up.done': (d) => t(`后续事项 ${d.followUp} 完成：${[d.document, d.revision, utcDay(d.heldMs), d.participants].filter((each) => each !== '').join('，')}`, `Follow-up ${d.followUp} done: ${[d.document, d.revision, utcDay(d.heldMs), d.participants].filter((each) => each !== '').join(', ')}`),
  'follow-up.withdrawn': (d) => t(`后续事项 ${d.followUp} 撤销：${d.reason}`, `Follow-up ${d.followUp} withdrawn: ${d.reason}`),
  'report.made': (d) => t(`生成事件 ${d.incident} 的报告${d.redacted ? '（隐名）' : ''}，依据至记录 ${d.toRecord}：${d.files.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`).join('；')}`, `Report of incident ${d.incident} made${d.redacted ? ' without names' : ''}, up to record ${d.toRecord}: ${d.files.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`).join('; ')}`),
  'training.started': (d) => t(`演练开始：${d.scenario}`, `Exercise started: ${d.scenario}`),
  'procedure.ended': (d, p) => t(`程序随之结束（${COURSE_ENDS[d.because].zh}）：${procedureTitle(p, d.instance).zh}`, `Procedure ends with it (${COURSE_ENDS[d.because].en}): ${procedureTitle(p, d.instance).en}`),
  'training.forgot': (d) => t(`工况、观察和化验重新开始（${COURSE_ENDS[d.because].zh}）：${[...d.conditions, ...d.observations, ...d.labs].join('、')}`, `Conditions, observations and results begin anew (${COURSE_ENDS[d.because].en}): ${[...d.conditions, ...d.observations, ...d.labs].join(', ')}`),
  'training.led-back': (d) => t(`装置从演练 ${Math.round(d.fromS)} s 退回到 ${Math.round(d.toS)} s；两者之间所做不计入本次演练`, `The plant is led back from ${Math.round(d.fromS)} s of the exercise to ${Math.round(d.toS)} s; what was done on the way that is left does not count`),
  'training.ended': () => t('演练结束', 'Exercise ended'),
  'training.noted': (d) => t(`教员批注（${Math.round(d.atS)} s）：${d.text}`, `Instructor's note (${Math.round(d.atS)} s): ${d.text}`),
  'training.hinted': (d) => t(`使用提示：${d.hint.zh}`, `Hint asked for: ${d.hint.en}`),
  'training.scored': ({ score: s }) => t(`演练评分：${s.scenario}，${s.total} 分，${s.aborted !== null ? '中止，' : ''}${s.passed ? '合格' : '不合格'}`, `Exercise scored: ${s.scenario}, ${s.total} points, ${s.aborted !== null ? 'broken off, ' : ''}${s.passed ? 'passed' : 'not passed'}`),
  'competence.recorded': ({ record: r }) => t(`能力记录：${r.name}，${r.title.zh}，${r.total} 分，${r.passed ? `合格${r.validUntilMs === null ? '' : `，有效至 ${utcDay(r.validUntilMs)}`}` : '不合格，须再训练'}`, `Competence recorded: ${r.name}, ${r.title.en}, ${r.total} points, ${r.passed ? `passed${r.validUntilMs === null ? '' : `, valid until ${utcDay(r.validUntilMs)}`}` : 'not passed, to be trained again'}`),
  'training.posted': (d) => (d.post === null ? t(`${d.name} 离开演练岗位`, `${d.name} leaves the post in the exercise`) : t(`${d.name} 在演练中担任${postTitle(d.post).zh}`, `${d.name} takes the post in the exercise: ${postTitle(d.post).en}`)),
  'training.instructed': (d) => t(`教员指令：${d.command}`, `Instructor: ${d.command}`),
  'link.trusted': (d) => t(`信任服务器证书 ${d.thumbprint}`, `Server certificate ${d.thumbprint} trusted`),
  'platform.configured': (d) => (d.station === null ? t('停止向监管平台上传', 'Handing on to the platform is switched off') : t(`向监管平台上传：站点 ${d.station}${d.names ? '，含人员' : '，只含岗位'}`, `Handed on to the platform as ${d.station}, ${d.names ? 'with names' : 'roles only'}`)),
  'platform.delivered': (d) => t(`监管平台已签收 ${d.messages} 条，至第 ${d.seq} 条（记录 ${d.toRecord}）`, `The platform has given receipts for ${d.messages} message(s), up to ${d.seq} (record ${d.toRecord})`),
  'platform.rewound': (d) => t(`监管平台丢失了已签收的消息，从第 ${d.seq} 条重新上传`, `The platform has lost messages it gave receipts for; sent again from ${d.seq} on`),
  'platform.conflict': (d) => t(`监管平台在第 ${d.seq} 条下存有不同内容，停止上传`, `The platform holds another content under message ${d.seq}; handing on has stopped`),
  'session.logged-on': (d) => t(`${d.name} 登录控制台${d.replaces === null ? '' : `，接替 ${d.replaces}`}`, `${d.name} logs on at the console${d.replaces === null ? '' : `, in place of ${d.replaces}`}`),
  'session.resumed': (d) => t(`${d.user} 的控制台重新连接${d.tookOver ? '（原控制台仍在线，登录已转移）' : ''}`, `The console of ${d.user} is connected again${d.tookOver ? ' (another console was still there; the log-on has moved)' : ''}`),
  'session.logged-off': (d) => t(`${d.user} 退出登录（${LOGGED_OFF[d.because].zh}）`, `${d.user} logged off (${LOGGED_OFF[d.because].en})`),
  'session.locked': (d) => t(`控制台因无人操作锁定（${d.user}）`, `Console locked because nobody used it (${d.user})`),
  'secret.changed': (d) => t(`${d.user} 更改口令`, `${d.user} changed their secret`),
  'access.refused': accessText,
};

/** Longest sentence shown; the contract's own limit for texts. */
const SENTENCE_MAX = 2_000;

export function recordText(fact: Fact, plant: Plant): Text {
  const sentence = SENTENCES[fact.type] as Sentence<FactType>;
  const { zh, en } = sentence(fact.data, plant);
  return { zh: zh.slice(0, SENTENCE_MAX), en: en.slice(0, SENTENCE_MAX) };
}

/** Is this a fact that this version knows? An older or newer journal may hold others. */
export function isFactType(type: string): type is FactType {
  return Object.hasOwn(SENTENCES, type);
}
