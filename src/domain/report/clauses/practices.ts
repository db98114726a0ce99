/** Practices taken over from other notices: cameras out of use, fences, corrective actions, drills, one picture, handing on, decision support. */
import { isUnreported, OUTAGE_OF_THE_PLANT_MS } from '../../people/outages.ts';
import type { Outage } from '../../people/outages.ts';
import type { CaseFile } from './case-file.ts';
import { byPeople, met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { gapOver } from './case-file.ts';
import { raisedOf } from './trigger.ts';
import { lengthOf } from './records.ts';
import { ids, lasting, listed, t } from './wording.ts';
import { zoneTitle } from './zones-seen.ts';

/** V.3: a planned outage is approved, and reported when it is longer than two hours. */
export function judgeOutages(file: CaseFile): Finding[] {
  const told = file.whole.of('camera.outage').map(({ n, by, data }) => ({ n, outage: { id: data.outage, camera: data.camera, reason: data.reason, fromMs: data.fromMs, untilMs: data.untilMs, report: data.report, by: by ?? '', restoredMs: null } satisfies Outage }));
  const restored = new Map([...file.whole.of('camera.restored')].map(({ atMs, data }) => [data.outage, atMs]));
  const all = [...file.incident.before.outages.map((outage) => ({ n: null, outage })), ...told].map(({ n, outage }) => ({ n, outage: { ...outage, restoredMs: restored.get(outage.id) ?? outage.restoredMs } }));
  const own = all.filter(({ outage }) => outage.fromMs < file.span.toMs && Math.min(outage.untilMs, outage.restoredMs ?? outage.untilMs) > file.span.fromMs);
  if (own.length === 0) return [notApplicable(t('事件期间没有计划停用的摄像头', 'no camera was planned to be out of use during the incident'))];
  return own.map(({ n, outage }) => {
    const long = lasting(outage.untilMs - outage.fromMs);
    const others = all.map((each) => each.outage).filter(({ id }) => id !== outage.id);
    if (outage.by === '') return byPeople(unknown(t(`摄像头 ${outage.camera} 停用 ${long.zh}，由谁批准没有记录`, `camera ${outage.camera} was out of use for ${long.en}, and who approved it is not on record`), [n]));
    if (isUnreported(others, outage.camera, outage)) return byPeople(notMet(t(`摄像头 ${outage.camera} 停用 ${long.zh}（连同前后停用超过 ${lasting(OUTAGE_OF_THE_PLANT_MS).zh}），没有上报`, `camera ${outage.camera} was out of use for ${long.en} (over ${lasting(OUTAGE_OF_THE_PLANT_MS).en} with what lay close to it) and it was not reported`), [n]));
    return byPeople(met(t(`摄像头 ${outage.camera} 停用 ${long.zh}，由${file.person(outage.by).zh}批准${outage.report === '' ? '' : '并已上报'}`, `camera ${outage.camera} was out of use for ${long.en}, approved by ${file.person(outage.by).en}${outage.report === '' ? '' : ' and reported'}`), [n]));
  });
}

/** V.4: a fence that was crossed has told it, and somebody answered. */
export function judgeFences(file: CaseFile): Finding[] {
  const watched = [...file.incident.plant.conditions.values()].filter(({ clauses, role }) => clauses.includes('V.4') && role !== 'input');
  if (watched.length === 0) return [unknown(t('规则包中没有电子围栏报警', 'the pack has no alarm of an electronic fence'))];
  const crossed = raisedOf(file, watched);
  const dark = watched.filter(({ id }) => (file.conditions.get(id)?.unknown.length ?? 0) > 0);
  const gap = gapOver(file, file.span);
  const findings: Finding[] = crossed.map(({ def, n }) => {
    const alarm = file.scope.of('alarm.raised').find(({ data }) => data.id === def.id);
    const answer = alarm === undefined ? undefined : file.whole.of('alarm.acknowledged').find(({ data, n: at }) => data.id === def.id && at > alarm.n);
    if (alarm === undefined || alarm.data.hidden === true) return notMet(t(`围栏 ${def.id} 有人越入，没有报警`, `fence ${def.id} was crossed and no alarm was put before anybody`), [n, alarm?.n]);
    if (answer !== undefined) return byPeople(met(t(`围栏 ${def.id} 有人越入，立即报警，${lasting(answer.atMs - alarm.atMs).zh} 后应答`, `fence ${def.id} was crossed, raised its alarm at once, and was answered after ${lasting(answer.atMs - alarm.atMs).en}`), [n, alarm.n, answer.n]));
    return file.isOpen && file.asOfMs < (alarm.data.answerByMs ?? 0) ? byPeople(unknown(t(`围栏 ${def.id} 的报警尚未应答`, `the alarm of fence ${def.id} is not answered yet`), [n, alarm.n])) : byPeople(notMet(t(`围栏 ${def.id} 的报警无人应答`, `nobody answered the alarm of fence ${def.id}`), [n, alarm.n]));
  });
  if (dark.length > 0) findings.push(unknown(t(`围栏 ${ids(dark.map(({ id }) => id)).zh} 的状态有 ${lasting(Math.max(...dark.map(({ id }) => lengthOf(file.conditions.get(id)?.unknown ?? [])))).zh} 未知`, `the state of fence ${ids(dark.map(({ id }) => id)).en} was not known for up to ${lasting(Math.max(...dark.map(({ id }) => lengthOf(file.conditions.get(id)?.unknown ?? [])))).en}`), dark.flatMap(({ id }) => (file.conditions.get(id)?.unknown ?? []).map(({ n }) => n))));
  if (gap !== null) findings.push(unknown(t(`${gap.text.zh}，其间有无越入无从得知`, `${gap.text.en}, and whether a fence was crossed then is not known`), gap.evidence));
  return findings.length > 0 ? findings : [notApplicable(t('没有人越过电子围栏', 'no electronic fence was crossed'))];
}

/** H.1: the five parts, closed with evidence; what is late is not met. */
export function judgeActions(file: CaseFile): Finding[] {
  const { draft: { actions }, incident: { id } } = file.incident;
  const own = actions.filter(({ incident }) => incident === id);
  const numbersOf = (action: string): number[] => [...file.whole.of('action.opened'), ...file.whole.of('action.closed'), ...file.whole.of('action.rescheduled')].filter(({ data }) => data.action === action).map(({ n }) => n);
  if (own.length === 0) return [byPeople(unknown(file.isOpen ? t('事件仍在进行，尚无整改措施', 'the incident is still running and has no corrective action yet') : t('没有登记本事件的整改措施', 'no corrective action is on record for this incident')))];
  return own.map((action) => {
    const empty = [action.measure, action.responsible, action.funding, action.contingency].some((part) => part.trim() === '');
    const numbers = numbersOf(action.id);
    if (empty) return byPeople(notMet(t(`整改措施 ${action.id} 五落实不全`, `corrective action ${action.id} lacks one of its five parts`), numbers));
    if (action.closed !== null) {
      if (action.closed.evidence.trim() === '') return byPeople(notMet(t(`整改措施 ${action.id} 关闭时没有证据`, `corrective action ${action.id} was closed without evidence`), numbers));
      return byPeople(met(t(`${own.length} 项整改措施五落实齐全，凭证据关闭`, `${own.length} corrective action(s) with all five parts, closed with evidence`), numbers));
    }
    if (file.asOfMs >= action.dueMs) return byPeople(notMet(t(`整改措施 ${action.id} 逾期 ${lasting(file.asOfMs - action.dueMs).zh}`, `corrective action ${action.id} is overdue by ${lasting(file.asOfMs - action.dueMs).en}`), numbers));
    return byPeople(unknown(t(`整改措施 ${action.id} 未到期，尚未关闭`, `corrective action ${action.id} is not due yet and not closed`), numbers));
  });
}

/** As the follow-ups call it. */
const isDrill = (kind: string): boolean => /drill|training/iu.test(kind);

/** H.2: only what was written down is known of drills. */
export function judgeDrills(file: CaseFile): Finding[] {
  const { draft } = file.incident;
  const drills = draft.followUps.filter(({ kind }) => isDrill(kind));
  const late = drills.filter(({ doneMs, dueMs }) => doneMs === null && file.asOfMs >= dueMs);
  const open = drills.filter(({ doneMs, dueMs }) => doneMs === null && file.asOfMs < dueMs);
  if (late.length > 0) return [byPeople(notMet(t(`${late.length} 次演练或培训逾期未做`, `${late.length} drill(s) or training(s) are overdue`), late.flatMap(({ evidence }) => evidence)))];
  const shown = [...file.whole.of('competence.recorded')];
  const people = new Set(shown.map(({ data }) => data.record.user)).size;
  if (draft.mode === 'TRAINING' && drills.length === 0 && shown.length > 0) return [byPeople(met(t(`本次演练已为 ${people} 人作能力记录，由教员签字`, `this drill is on record for ${people} person(s), signed by an instructor`), shown.map(({ n }) => n)))];
  if (drills.length === 0) return [byPeople(unknown(draft.mode === 'TRAINING' ? t('本事件是演练，但谁参加、掌握了什么没有记录', 'this incident was a drill, but who took part and learnt what is not on record') : t('没有演练或培训的记录', 'no drill or training is on record')))];
  if (open.length > 0) return [byPeople(unknown(t(`${open.length} 次演练或培训尚未进行`, `${open.length} drill(s) or training(s) are still to come`), open.flatMap(({ evidence }) => evidence)))];
  return [byPeople(met(t(`${drills.length} 次演练或培训已完成`, `${drills.length} drill(s) or training(s) were held`), drills.flatMap(({ evidence }) => evidence)))];
}

/** D.1: the samples were kept, and where they were not it says so. */
export function judgePicture(file: CaseFile): Finding[] {
  const { recording } = file.incident.draft;
  const numbers = [...file.scope.of('data.gap'), ...file.scope.of('link.changed')].map(({ n }) => n);
  if (recording === null) return [unknown(t('没有测点记录，画面和时效无从证实', 'no samples were recorded, so neither picture nor freshness can be shown'), numbers)];
  switch (recording.verdict) {
    case 'altered': return [notMet(t('测点记录与日志不符', 'the recorded samples do not fit what the journal says of them'), numbers)];
    case 'missing': return [unknown(t('测点记录缺失', 'the recorded samples are missing'), numbers)];
    case 'running': return [unknown(t('测点记录仍在进行', 'the recording is still running'), numbers)];
    case 'whole': break;
  }
  const silent = recording.gaps.filter(({ reason }) => reason.zh.trim() === '' || reason.en.trim() === '');
  if (recording.tags === 0) return [unknown(t('没有记录任何测点', 'not one tag was recorded'), numbers)];
  if (silent.length > 0) return [unknown(t(`${silent.length} 处记录缺口没有原因`, `${silent.length} gap(s) of the recording have no reason`), numbers)];
  return [met(t(`${recording.tags} 个测点共 ${recording.samples} 个样本，${recording.gaps.length} 处缺口均注明原因`, `${recording.tags} tags with ${recording.samples} samples; ${recording.gaps.length} gap(s), each with its reason`), numbers)];
}

/** Records of handing on are another part's, and younger than many a journal: read as they stand, and nothing is taken for granted of them. */
interface HandedOn { readonly n: number; readonly type: string; readonly station: unknown; readonly toRecord: unknown }
const handedOn = (file: CaseFile): HandedOn[] => file.whole.all.filter(({ fact }) => fact.type.startsWith('platform.')).map(({ n, fact }) => { const data = fact.data as unknown as Readonly<Record<string, unknown>>; return { n, type: fact.type, station: data['station'], toRecord: data['toRecord'] }; });

/** D.2: the platform has given its receipt for everything up to the close. */
export function judgeHandingOn(file: CaseFile): Finding[] {
  const told = handedOn(file);
  const numbers = told.map(({ n }) => n);
  if (told.length === 0) return [unknown(t('日志中没有向监管平台上传的记录', 'nothing in the journal tells of handing on to a supervising platform'))];
  if (told.some(({ type }) => type === 'platform.conflict')) return [notMet(t('监管平台收到的内容与本站不一致，上传已停止', 'the platform holds another content than this station, and nothing more was handed on'), numbers)];
  if (told.findLast(({ type }) => type === 'platform.configured')?.station === null) return [notApplicable(t('向监管平台的上传已停用', 'handing on to a platform was switched off'), numbers)];
  const closed = file.scope.of('incident.closed').at(-1);
  const receipt = told.findLast(({ type }) => type === 'platform.delivered' || type === 'platform.rewound');
  if (closed !== undefined && receipt?.type === 'platform.delivered' && typeof receipt.toRecord === 'number' && receipt.toRecord >= closed.n) return [met(t(`监管平台已回执至第 ${receipt.toRecord} 号记录，事件全部送达`, `the platform gave its receipt up to record ${receipt.toRecord}: all of the incident`), [receipt.n, closed.n])];
  return [unknown(file.isOpen ? t('事件仍在进行，尚未全部送达', 'the incident is still running and not wholly handed on yet') : t('没有事件全部送达监管平台的回执', 'no receipt of the platform covers all of the incident'), numbers)];
}

/** D.3: a procedure was matched at once, and the zones concerned have equipment and ways out. */
export function judgeSupport(file: CaseFile): Finding[] {
  if (file.runs.length === 0) return [notApplicable(t('没有处置程序触发', 'no procedure was raised'))];
  const lost = file.runs.filter(({ def }) => def === null);
  const zones = [...new Set(file.runs.flatMap(({ def }) => def?.people.zones ?? []))];
  const lacking = zones.filter((id) => { const zone = file.incident.plant.pack.zones.find((each) => each.id === id); return zone === undefined || zone.waysOut.length === 0 || zone.protection.length === 0; });
  const numbers = file.runs.map(({ raised }) => raised.n);
  if (lost.length > 0) return [unknown(t(`${ids(lost.map(({ procedure }) => procedure)).zh} 的版本不在规则包中`, `the version of ${ids(lost.map(({ procedure }) => procedure)).en} is not in the pack`), numbers)];
  if (lacking.length > 0) return [notMet(t(`${listed(lacking.map((id) => zoneTitle(file, id))).zh}没有写明装备或撤离路线`, `the pack names no equipment or no way out for ${listed(lacking.map((id) => zoneTitle(file, id))).en}`), numbers)];
  if (zones.length === 0) return [unknown(t('执行的程序没有写明区域', 'the procedures that ran name no zone'), numbers)];
  return [met(t(`匹配到 ${ids(file.runs.map(({ procedure }) => procedure)).zh}，${zones.length} 个区域均有人数上限、装备和撤离路线`, `${ids(file.runs.map(({ procedure }) => procedure)).en} was matched; the ${zones.length} zone(s) have their limit of people, equipment and ways out`), numbers)];
}
