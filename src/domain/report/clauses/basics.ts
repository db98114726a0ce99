/** Section 3: what must be there before anything happens, and what is asked of bypasses, trips and alarms. */
import type { Text } from '../../../contract/text.ts';
import { ANSWER_WITHIN_MS } from '../../alarms/alarms.ts';
import { gapOver } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { byPeople, met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { overlap } from './records.ts';
import type { Seen, Span } from './records.ts';
import { raisedOf } from './trigger.ts';
import { ids, lasting, listed, t } from './wording.ts';

/** 3.1: every condition that arose has a procedure and a card, and of that procedure a review, training or drill is on record. */
export function judgePrepared(file: CaseFile): Finding[] {
  const { plant, draft } = file.incident;
  if (plant.triggers.length === 0) return [unknown(t('日志的规则包中没有异常工况', "the journal's pack has no abnormal conditions"))];
  const raised = raisedOf(file, plant.triggers);
  if (raised.length === 0) return [notApplicable(t('没有异常工况出现', 'no abnormal condition arose'))];
  const withoutProcedure = raised.filter(({ def }) => !def.starts.some((id) => plant.procedures.has(id)));
  const withoutCard = raised.filter(({ def }) => def.card === undefined);
  const procedures = [...new Set(raised.flatMap(({ def }) => def.starts.filter((id) => plant.procedures.has(id))))];
  const held = procedures.filter((id) => draft.followUps.some((each) => each.procedures.includes(id) && each.doneMs !== null));
  const bare = procedures.filter((id) => !held.includes(id));
  const evidence = draft.followUps.filter(({ procedures: of, doneMs }) => doneMs !== null && of.some((id) => procedures.includes(id))).flatMap((each) => each.evidence);
  return [
    ...withoutProcedure.map(({ def, n }) => notMet(t(`${def.id} 没有处置程序`, `${def.id} has no procedure`), [n])),
    ...withoutCard.map(({ def, n }) => notMet(t(`${def.id} 没有响应卡`, `${def.id} has no response card`), [n])),
    ...(bare.length === 0 ? [] : [byPeople(unknown(t(`${ids(bare).zh} 没有评审、培训或演练的记录`, `no review, training or drill of ${ids(bare).en} is on record`), raised.map(({ n }) => n)))]),
    ...(held.length === 0 ? [] : [byPeople(met(t(`出现的 ${raised.length} 个异常工况都有程序和响应卡，${ids(held).zh} 有评审或演练的记录`, `each of the ${raised.length} conditions that arose has a procedure and a card, and reviews or drills of ${ids(held).en} are on record`), [...raised.map(({ n }) => n), ...evidence]))]),
  ];
}

/** 3.2 */
export function judgeThreeParts(file: CaseFile): Finding[] {
  const { procedures } = file.incident.plant.pack;
  if (procedures.length === 0) return [unknown(t('日志的规则包中没有处置程序', "the journal's pack has no procedures"))];
  const lost = file.runs.filter(({ def }) => def === null);
  const lacking = procedures.filter(({ steps, safetyMeasures, shutdownConditions }) => steps.length === 0 || safetyMeasures.length === 0 || shutdownConditions.length === 0);
  return [
    ...lost.map((run) => unknown(t(`${run.procedure} 第 ${run.version} 版不在日志的规则包中`, `${run.procedure} version ${run.version} is not in the journal's pack`), [run.raised.n])),
    ...(lacking.length === 0 ? [] : [notMet(t(`${ids(lacking.map(({ id }) => id)).zh} 缺少处置步骤、安全措施或停车条件`, `${ids(lacking.map(({ id }) => id)).en} lacks steps, safety measures or shutdown conditions`), file.runs.map(({ raised }) => raised.n))]),
    met(t(`装载的 ${procedures.length} 个程序都有处置步骤、安全措施、停车条件，其中 ${file.runs.length} 个在事件中触发`, `all ${procedures.length} loaded procedures have steps, safety measures and shutdown conditions; raised in the incident: ${file.runs.length}`), file.runs.map(({ raised }) => raised.n)),
  ];
}

type Position = Span & { readonly state: string; readonly approved: boolean; readonly n: number | null };

/** What the tags of a function said, stretch by stretch; null = nothing was ever heard of it. */
function positionsOf(file: CaseFile, id: string): Position[] | null {
  const { before } = file.incident;
  const known = Object.hasOwn(before.interlocks, id) ? before.interlocks[id] : undefined;
  const changes = file.scope.of('interlock.changed').filter(({ data }) => data.id === id);
  const marks = [...(known === undefined ? [] : [{ atMs: known.sinceMs, state: known.state, approved: known.approved, n: null }]), ...changes.map(({ n, atMs, data }) => ({ n, atMs, state: data.state, approved: data.approved }))];
  if (marks.length === 0) return null;
  return marks.flatMap(({ atMs, ...rest }, index) => { const span = overlap({ fromMs: atMs, toMs: marks[index + 1]?.atMs ?? file.span.toMs }, file.span); return span === null ? [] : [{ ...span, ...rest }]; });
}

/** 3.3: while the incident ran, no function was out without an assessed and approved entry, and every key position is known. */
export function judgeBypasses(file: CaseFile): Finding[] {
  const { interlocks } = file.incident.plant.pack;
  if (interlocks.length === 0) return [unknown(t('日志的规则包中没有联锁', "the journal's pack has no interlocks"))];
  const findings = interlocks.flatMap(({ id }) => bypassesOf(file, id));
  const gap = gapOver(file, file.span);
  const numbers = file.scope.of('interlock.changed').map(({ n }) => n);
  const dark = gap === null ? [] : [unknown(t(`${gap.text.zh}，其间联锁是否旁路无从得知`, `${gap.text.en}, and whether an interlock was bypassed then is not known`), gap.evidence)];
  return [...findings, ...dark, met(t(`${interlocks.length} 个联锁在事件中均无未经评估审批的旁路，钥匙位置始终已知`, `none of the ${interlocks.length} interlocks was bypassed without an assessed and approved entry, and every key position was known all the while`), numbers)];
}

function bypassesOf(file: CaseFile, id: string): Finding[] {
  const positions = positionsOf(file, id);
  if (positions === null) return [unknown(t(`联锁 ${id} 的状态从无记录`, `nothing is on record of the state of interlock ${id}`))];
  const entries = file.incident.before.bypasses.filter(({ interlock }) => interlock === id).length + file.scope.of('bypass.requested').filter(({ data }) => data.interlock === id).length;
  const fell = [...file.scope.of('bypass.expired'), ...file.scope.of('bypass.lapsed')].filter(({ data }) => interlockOf(file, data.bypass) === id);
  const forced = file.scope.of('interlock.inputs').filter(({ data }) => data.id === id);
  const positionAt = (atMs: number): Position | undefined => positions.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return [
    ...positions.filter(({ state, approved }) => state === 'bypassed' && !approved).map((each) => {
      const why = fell.length > 0 ? t('审批已到期或失效', 'its approval had expired or lapsed') : entries === 0 ? t('没有登记', 'there was no entry') : t('登记未经评估、审批或接受', 'its entry was not assessed, approved or accepted');
      return notMet(t(`联锁 ${id} 旁路 ${lasting(each.toMs - each.fromMs).zh}，${why.zh}`, `interlock ${id} was bypassed for ${lasting(each.toMs - each.fromMs).en}; ${why.en}`), [each.n, ...fell.map(({ n }) => n)]);
    }),
    ...positions.filter(({ state }) => state === 'unknown').map((each) => unknown(t(`联锁 ${id} 的旁路钥匙位置有 ${lasting(each.toMs - each.fromMs).zh} 未知`, `the key position of interlock ${id} was not known for ${lasting(each.toMs - each.fromMs).en}`), [each.n])),
    ...forced.filter(({ data, atMs }) => data.forced === true && positionAt(atMs)?.approved !== true).map(({ n }) => notMet(t(`联锁 ${id} 的输入被强制，没有审批`, `an input of interlock ${id} was forced without an approval`), [n])),
    ...forced.filter(({ data }) => data.forced === null).map(({ n }) => unknown(t(`联锁 ${id} 的输入是否被强制未知`, `it is not known whether an input of interlock ${id} was forced`), [n])),
  ];
}

function interlockOf(file: CaseFile, bypass: string): string | null {
  return file.scope.of('bypass.requested').find(({ data }) => data.bypass === bypass)?.data.interlock ?? file.incident.before.bypasses.find(({ id }) => id === bypass)?.interlock ?? null;
}

const RETREATS = ['retreat.stop', 'retreat.evacuate'] as const;
/** Buttons of the simulated plants that a retreat presses: HS-n001 stops and HS-n002 evacuates, n = the plant's digit. A failed first try is on record, a later one that came through is not. */
const RETREAT_BUTTONS: readonly string[] = ['1', '2', '3', '4'].flatMap((plant) => [`HS-${plant}001`, `HS-${plant}002`]);

/** 3.4: whoever pressed it was not refused, and it is on record at once. */
export function judgeAuthority(file: CaseFile): Finding[] {
  const refused = file.scope.of('refused').filter(({ data }) => data.direction === 'retreat');
  const failed = file.scope.of('effect.failed').filter(({ data }) => RETREAT_BUTTONS.includes(data.effect));
  const pressed = RETREATS.flatMap((type) => file.scope.of(type)).sort((a, b) => a.n - b.n);
  const first = pressed[0];
  const findings = [
    ...refused.map(({ n, data }) => notMet(t(`退守操作 ${data.operation} 被拒绝`, `the retreat ${data.operation} was refused`), [n])),
    ...failed.map(({ n, data }) => unknown(t(`按钮 ${data.effect} 第一次没有传到仿真装置，此后是否传到没有记录`, `button ${data.effect} did not reach the simulated plant at first, and nothing tells whether it did later`), [n])),
  ];
  if (first === undefined) return findings.length > 0 ? findings : [notApplicable(t('无人要求紧急停车或撤离，也没有拒绝过', 'nobody asked for a stop or an evacuation, and none was refused'))];
  const who = file.person(first.by);
  const after = first.atMs - file.span.fromMs;
  const when = after >= 0 ? t(`事件开始 ${lasting(after).zh} 后`, `${lasting(after).en} after the incident began`) : t(`事件开始前 ${lasting(-after).zh}`, `${lasting(-after).en} before the incident began`);
  return [...findings, met(t(`停车和撤离共 ${pressed.length} 次，均未拒绝、不等批准；第一次由${who.zh}于${when.zh}发出，按下即记录`, `stop and evacuation were pressed ${pressed.length} time(s) and none was refused or waited for an approval; the first by ${who.en}, ${when.en}, on record the moment it was pressed`), pressed.map(({ n }) => n))];
}

/** 3.5: cause before reset, every trip condition gone, no force. */
export function judgeTrips(file: CaseFile): Finding[] {
  const trips = file.scope.of('interlock.tripped');
  const forced = file.scope.of('interlock.forced-reset');
  const dark = file.incident.plant.pack.interlocks.flatMap(({ id }) => { const positions = positionsOf(file, id); return positions === null || positions.some(({ state }) => state === 'unknown') ? [id] : []; }).filter((id) => !trips.some(({ data }) => data.id === id));
  const findings = [
    ...forced.map(({ n, data }) => notMet(t(`联锁 ${data.id} 被强行复位${data.missing.length === 0 ? '' : `，当时缺：${listed(data.missing).zh}`}`, `interlock ${data.id} was reset by force${data.missing.length === 0 ? '' : `; missing then: ${listed(data.missing).en}`}`), [n])),
    ...trips.map((trip) => tripEnd(file, trip)),
  ];
  if (dark.length > 0) return [...findings, unknown(t(`联锁 ${ids(dark).zh} 的状态未知，是否动作无从得知`, `the state of ${ids(dark).en} was not known, so a trip cannot be ruled out`))];
  return findings.length > 0 ? findings : [notApplicable(t('没有联锁动作', 'no interlock tripped'))];
}

/** Of what an instructor does, only this puts the plant back to another state; speed and freeze let no trip go. */
const putsBack = (command: string): boolean => /^(?:start |end$|go back )/u.test(command);

function tripEnd(file: CaseFile, trip: Seen<'interlock.tripped'>): Finding {
  const { id } = trip.data;
  const after = <T extends { readonly n: number }>(list: readonly T[]): T | undefined => list.find(({ n }) => n > trip.n);
  const cause = after(file.whole.of('interlock.cause').filter(({ data }) => data.interlock === id));
  const reset = after(file.scope.of('interlock.reset').filter(({ data }) => data.interlock === id));
  const released = after(file.scope.of('interlock.released').filter(({ data }) => data.id === id));
  const end = reset === undefined || (released !== undefined && released.n < reset.n) ? released : reset;
  const putBack = [...file.scope.of('training.started'), ...file.scope.of('training.ended'), ...file.scope.of('training.instructed').filter(({ data }) => putsBack(data.command))].some(({ n }) => end !== undefined && n > trip.n && n < end.n);
  if (end === undefined) {
    if (cause !== undefined) return byPeople(met(t(`联锁 ${id} 动作后 ${lasting(cause.atMs - trip.atMs).zh} 登记了原因，没有复位`, `the cause of the trip of ${id} was recorded after ${lasting(cause.atMs - trip.atMs).en}; it was not reset`), [trip.n, cause.n]));
    return file.isOpen ? byPeople(unknown(t(`联锁 ${id} 动作的原因尚未登记，事件仍在进行`, `the cause of the trip of ${id} is not recorded yet, and the incident is still running`), [trip.n])) : byPeople(notMet(t(`事件结束时没有登记联锁 ${id} 动作的原因`, `no cause of the trip of ${id} was recorded by the end of the incident`), [trip.n]));
  }
  if (putBack) return unknown(t(`联锁 ${id} 因仿真装置重置而复位，不能据以判断`, `interlock ${id} was let go by the simulated plant being put back, which shows nothing`), [trip.n, end.n]);
  if (cause === undefined || cause.n > end.n) return byPeople(notMet(t(`联锁 ${id} 复位时没有登记动作原因`, `interlock ${id} was reset before a cause of its trip was recorded`), [trip.n, end.n, cause?.n]));
  const standing = standingAt(file, id, end.n);
  if (standing.length > 0) return notMet(t(`联锁 ${id} 复位时触发条件 ${ids(standing).zh} 仍未消除`, `interlock ${id} was reset while ${ids(standing).en} still stood`), [trip.n, end.n]);
  return byPeople(met(t(`联锁 ${id} 动作 ${lasting(cause.atMs - trip.atMs).zh} 后登记原因，${lasting(end.atMs - trip.atMs).zh} 后触发条件已消除并允许复位`, `the cause of the trip of ${id} was recorded after ${lasting(cause.atMs - trip.atMs).en}, and it was reset after ${lasting(end.atMs - trip.atMs).en} with its trip conditions gone`), [trip.n, cause.n, end.n]));
}

/** Trip conditions that were raised, or not known, at a record. */
function standingAt(file: CaseFile, interlock: string, n: number): string[] {
  return (file.incident.plant.interlocks.get(interlock)?.tripConditions ?? []).filter((id) => {
    const last = file.scope.of('condition.changed').filter(({ data, n: at }) => data.id === id && at < n).at(-1);
    const state = last?.data.state ?? file.incident.before.conditions.get(id)?.state;
    return state === 'raised' || state === 'unknown';
  });
}

interface AlarmSeen { readonly id: string; readonly n: number; readonly atMs: number; readonly isGas: boolean; readonly answerByMs: number; readonly hidden: boolean; readonly raisedN: number }

function alarmsIn(file: CaseFile): AlarmSeen[] {
  const raised = file.scope.of('alarm.raised').map(({ n, atMs, data }) => ({ id: data.id, n, atMs, raisedN: n, isGas: data.class === 'fire-gas', answerByMs: data.answerByMs ?? atMs + ANSWER_WITHIN_MS[data.priority], hidden: data.hidden === true }));
  const head = new Map(raised.map((each) => [each.id, each]));
  const again = file.scope.of('alarm.raised-again').flatMap(({ n, atMs, data }) => { const first = head.get(data.id); return first === undefined ? [] : [{ ...first, n, atMs, raisedN: first.n, answerByMs: data.answerByMs }]; });
  return [...raised, ...again].filter(({ hidden }) => !hidden).sort((a, b) => a.n - b.n);
}

/** 3.6: every alarm that was put before the operator is answered in time; one of gas or fire goes only with a cause and an on-site confirmation. */
export function judgeAlarms(file: CaseFile): Finding[] {
  const alarms = alarmsIn(file);
  if (alarms.length === 0) return [notApplicable(t('没有报警', 'there was no alarm'))];
  const answers = Map.groupBy(file.whole.of('alarm.acknowledged'), ({ data }) => data.id);
  const judged = alarms.map((alarm) => ({ alarm, answer: (answers.get(alarm.id) ?? []).find(({ n }) => n > alarm.n) }));
  const open = judged.filter(({ answer }) => answer === undefined);
  const waiting = open.filter(({ alarm }) => file.asOfMs < alarm.answerByMs);
  const missed = open.filter(({ alarm }) => file.asOfMs >= alarm.answerByMs);
  const late = judged.filter(({ alarm, answer }) => answer !== undefined && (answer.data.inTime === false || answer.atMs > alarm.answerByMs));
  const names = (of: typeof judged): Text => ids(of.map(({ alarm }) => alarm.id));
  const numbers = (of: typeof judged): (number | undefined)[] => of.flatMap(({ alarm, answer }) => [alarm.n, answer?.n]);
  const times = judged.flatMap(({ alarm, answer }) => (answer === undefined ? [] : [answer.atMs - alarm.atMs]));
  return [
    ...(missed.length === 0 ? [] : [byPeople(notMet(t(`${alarms.length} 次报警中 ${missed.length} 次没有应答：${names(missed).zh}`, `${missed.length} of ${alarms.length} alarms were not answered: ${names(missed).en}`), numbers(missed)))]),
    ...(late.length === 0 ? [] : [byPeople(notMet(t(`${alarms.length} 次报警中 ${late.length} 次应答超时：${names(late).zh}`, `${late.length} of ${alarms.length} alarms were answered too late: ${names(late).en}`), numbers(late)))]),
    ...gasAlarms(file, alarms),
    ...(waiting.length === 0 ? [] : [byPeople(unknown(t(`${waiting.length} 次报警尚未应答，时限未到：${names(waiting).zh}`, `${waiting.length} alarms are not answered yet and still have time: ${names(waiting).en}`), numbers(waiting)))]),
    byPeople(met(t(`${alarms.length} 次报警全部按时应答，最慢 ${lasting(Math.max(0, ...times)).zh}`, `all ${alarms.length} alarms were answered in time, the slowest after ${lasting(Math.max(0, ...times)).en}`), numbers(judged))),
  ];
}

function gasAlarms(file: CaseFile, alarms: readonly AlarmSeen[]): Finding[] {
  const gone = [...file.scope.of('alarm.reset'), ...file.scope.of('alarm.cleared')];
  return alarms.filter(({ isGas }) => isGas).flatMap((alarm) => {
    const reset = gone.find(({ data, n }) => data.id === alarm.id && n > alarm.n);
    if (reset === undefined) return [];
    const said = (['alarm.cause', 'alarm.confirmed-on-site'] as const).map((type) => file.scope.of(type).some(({ data, n }) => data.id === alarm.id && n > alarm.raisedN && n < reset.n));
    if (said.every((each) => each)) return [];
    const lacks = said[0] === true ? t('现场确认', 'an on-site confirmation') : said[1] === true ? t('原因分析', 'a cause') : t('原因分析和现场确认', 'a cause and an on-site confirmation');
    return [byPeople(notMet(t(`气体或火灾报警 ${alarm.id} 消除时没有${lacks.zh}`, `the gas or fire alarm ${alarm.id} was cleared without ${lacks.en}`), [alarm.n, reset.n]))];
  });
}
