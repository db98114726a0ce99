/** Section 4.5 and 4.1.2: one commander, a watch, what follows afterwards, the emergency plan, and the stop that needs no procedure. */
import type { Text } from '../../../contract/text.ts';
import { ANSWER_WITHIN_MS } from '../../alarms/alarms.ts';
import { gapOver } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { byPeople, met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { entriesIn, holderAt, holdersOf } from './zones-seen.ts';
import type { PostSeen } from './zones-seen.ts';
import { permittedSteps } from './field.ts';
import { eventsOf } from './runs-seen.ts';
import { triggered } from './trigger.ts';
import { wayOf } from './way.ts';
import { lasting, listed, t } from './wording.ts';
import { lengthOf, overlap } from './records.ts';
import type { Span } from './records.ts';

interface Order extends Span { readonly n: number; readonly by: string | null }

/** Everything by which people are sent in: entries, permitted steps, judgements that a zone may be entered. */
function ordersIn(file: CaseFile): Order[] {
  const entries = entriesIn(file).filter(({ concerned }) => concerned).map(({ n, by, fromMs, toMs }) => ({ n, by, fromMs, toMs }));
  const steps = permittedSteps(file).map(({ n, by, fromMs, toMs }) => ({ n, by, fromMs, toMs }));
  const judged = file.scope.of('people.staged').filter(({ data, by }) => by !== null && (data.stage === 'reconnaissance' || data.stage === 'handling')).map(({ n, by, atMs }) => ({ n, by, fromMs: atMs, toMs: atMs }));
  return [...entries, ...steps, ...judged].sort((a, b) => a.n - b.n);
}

const without = (holders: readonly PostSeen[], span: Span): number => span.toMs - span.fromMs - lengthOf(holders.flatMap((each) => overlap(each, span) ?? []));

/** 4.5.1: orders come from the one who commands at that moment. */
export function judgeOneCommander(file: CaseFile): Finding[] {
  const orders = ordersIn(file);
  const holders = holdersOf(file, 'commander');
  if (orders.length === 0 && file.runs.length === 0) return [notApplicable(t('没有触发程序，也没有派人进入', 'no procedure was raised and nobody was sent in'))];
  const others = orders.filter(({ by, fromMs }) => { const holder = holderAt(holders, fromMs); return holder !== null && by !== null && holder.user !== by; });
  const unled = orders.filter(({ fromMs }) => holderAt(holders, fromMs) === null);
  const who = listed([...new Set(others.map(({ by }) => by))].map((by) => file.person(by)));
  const findings = [
    ...(others.length === 0 ? [] : [byPeople(notMet(t(`${others.length} 次派人由指挥以外的 ${who.zh} 下令`, `${others.length} order(s) to go in came from ${who.en} and not from the commander`), others.map(({ n }) => n)))]),
    ...(unled.length === 0 ? [] : [byPeople(notMet(t(`${unled.length} 次派人时没有指定指挥人员`, `${unled.length} order(s) to go in were given while no commander was named`), unled.map(({ n }) => n)))]),
  ];
  if (findings.length > 0) return findings;
  if (holders.length === 0) return [file.isOpen ? byPeople(unknown(t('尚未指定指挥人员，事件仍在进行', 'no commander is named yet, and the incident is still running'))) : byPeople(notMet(t('事件中始终没有指定指挥人员', 'no commander was named through the whole incident')))];
  const names = listed(holders.map(({ user }) => file.person(user)));
  const missing = without(holders, file.span);
  return [byPeople(met(t(`任何时刻只有一名指挥：${names.zh}；${orders.length} 次派人均由其下令；开始后 ${lasting(missing).zh} 内尚未指定`, `one commander at any time: ${names.en}; ${orders.length} order(s) to go in, all from that person; unnamed for ${lasting(missing).en}`), [...holders.map(({ n }) => n), ...orders.map(({ n }) => n)]))];
}

/** 4.5.2: a watch of its own through the handling. */
export function judgeWatch(file: CaseFile): Finding[] {
  if (file.runs.length === 0) return [notApplicable(t('没有处置程序触发', 'no procedure was raised'))];
  const holders = holdersOf(file, 'watch');
  const numbers = holders.map(({ n }) => n);
  const both = holdersOf(file, 'commander').flatMap((each) => holders.filter((watch) => watch.user === each.user && overlap(watch, each) !== null));
  if (both.length > 0) return [byPeople(notMet(t(`${file.person(both[0]?.user ?? null).zh} 同时任指挥和盯守`, `${file.person(both[0]?.user ?? null).en} had the command and the watch at the same time`), numbers))];
  const handling = handlingSpan(file);
  if (handling === null) {
    if (holders.length > 0) return [byPeople(met(t(`${listed(holders.map(({ user }) => file.person(user))).zh} 盯守 DCS，没有进入处置`, `${listed(holders.map(({ user }) => file.person(user))).en} had the watch; it did not come to handling`), numbers))];
    return [file.isOpen ? byPeople(unknown(t('尚未指定盯守人员，事件仍在进行', 'nobody has the watch yet, and the incident is still running'))) : byPeople(notMet(t('事件中始终没有指定盯守人员', 'nobody had the watch through the whole incident'), file.runs.map(({ raised }) => raised.n)))];
  }
  const missing = without(holders, handling);
  if (missing > 0) return [byPeople(notMet(t(`处置的 ${lasting(handling.toMs - handling.fromMs).zh} 中有 ${lasting(missing).zh} 没有盯守人员`, `nobody had the watch for ${lasting(missing).en} of the ${lasting(handling.toMs - handling.fromMs).en} of handling`), [...numbers, ...ordersIn(file).map(({ n }) => n)]))];
  const gap = gapOver(file, handling);
  if (gap !== null) return [byPeople(unknown(t(`处置期间${gap.text.zh}，是否盯守无从得知`, `${gap.text.en} during the handling, and whether it was watched then is not known`), [...numbers, ...gap.evidence]))];
  return [byPeople(met(t(`处置的 ${lasting(handling.toMs - handling.fromMs).zh} 中始终有专人盯守：${listed(holders.map(({ user }) => file.person(user))).zh}`, `the watch was held through the ${lasting(handling.toMs - handling.fromMs).en} of handling by ${listed(holders.map(({ user }) => file.person(user))).en}`), numbers))];
}

/** From the first thing that is done after the safe state, or the first person sent in, to the last. */
function handlingSpan(file: CaseFile): Span | null {
  const spans = [...ordersIn(file), ...file.runs.flatMap((run) => { const first = eventsOf(run, 'INVESTIGATE')[0]; return first === undefined ? [] : [{ fromMs: first.atMs, toMs: run.closed?.atMs ?? file.span.toMs }]; })];
  if (spans.length === 0) return null;
  return { fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)), toMs: Math.min(file.span.toMs, Math.max(...spans.map(({ toMs }) => toMs))) };
}

/** 4.5.3: causes, measures, documents and training, afterwards. The clause names no time; what was promised for a time and is late is not met. */
export function judgeAfterwards(file: CaseFile): Finding[] {
  const { draft: { causes, actions, followUps }, incident: { id } } = file.incident;
  const own = actions.filter(({ incident }) => incident === id);
  const overdue = own.filter((action) => action.closed === null && file.asOfMs >= action.dueMs);
  const late = followUps.filter((each) => each.doneMs === null && file.asOfMs >= each.dueMs);
  const opened = file.whole.of('action.opened').filter(({ data }) => data.incident === id).map(({ n }) => n);
  const findings: Finding[] = [
    ...(overdue.length === 0 ? [] : [notMet(t(`${overdue.length} 项整改措施逾期：${listed(overdue.map((each) => t(each.id, each.id))).zh}`, `${overdue.length} corrective action(s) are overdue: ${listed(overdue.map((each) => t(each.id, each.id))).en}`), opened)]),
    ...(late.length === 0 ? [] : [notMet(t(`${late.length} 项文件修订、培训或演练逾期`, `${late.length} document(s), training or drill(s) are overdue`), late.flatMap(({ evidence }) => evidence))]),
  ];
  if (file.isOpen) return [...findings, unknown(t('事件仍在进行', 'the incident is still running'))].map(byPeople);
  const missing: Text[] = [
    ...(causes.concluded === null ? [t('原因分析尚无结论', 'no conclusion of the cause analysis')] : []), ...(own.length === 0 ? [t('没有整改措施', 'no corrective action')] : []), ...(followUps.length === 0 ? [t('没有文件修订、培训或演练', 'no document, training or drill')] : []),
    ...(own.some(({ closed, dueMs }) => closed === null && file.asOfMs < dueMs) ? [t('整改措施尚未全部关闭', 'corrective actions still open')] : []), ...(followUps.some(({ doneMs, dueMs }) => doneMs === null && file.asOfMs < dueMs) ? [t('文件修订、培训或演练尚未全部完成', 'documents, training or drills still to come')] : []),
  ];
  const numbers = [causes.concluded?.n, ...opened, ...followUps.flatMap(({ evidence }) => evidence)];
  const last = missing.length > 0 ? unknown(t(`事件结束后的记录尚不齐：${listed(missing).zh}`, `not on record after the incident: ${listed(missing).en}`), numbers) : met(t(`原因已有结论，${own.length} 项整改和 ${followUps.length} 项文件、培训、演练全部完成`, `the cause is concluded, and ${own.length} action(s) and ${followUps.length} document(s), training or drill(s) are all done`), numbers);
  return [...findings, last].map(byPeople);
}

/** 4.5.4: the journal's pack names no criteria of a plan, so that nobody was bound by one is not known either. */
export function judgeEmergencyPlan(file: CaseFile): Finding[] {
  if (file.runs.length === 0) return [notApplicable(t('没有处置程序触发', 'no procedure was raised'))];
  const lost = file.runs.filter(({ events }) => events.some(({ event }) => event.type === 'SAFE_OVERDUE'));
  if (lost.length === 0) return [byPeople(unknown(t('应急预案的启动条件不在规则包中，是否达到、是否启动没有记录', "the criteria of the emergency plan are not in the pack, and neither their being met nor the plan's start is on record"), file.runs.map(({ raised }) => raised.n)))];
  return [byPeople(unknown(t(`${listed(lost.map(({ procedure }) => t(procedure, procedure))).zh} 未按时到达安全状态，应考虑启动应急预案；是否启动没有记录`, `${listed(lost.map(({ procedure }) => t(procedure, procedure))).en} did not come to the safe state in time, where the emergency plan is called for; its start is not on record`), lost.map(({ raised }) => raised.n)))];
}

/** 4.1.2: nobody foresaw it, so the plant is stopped at once: by the procedure for the unforeseen, or by whoever presses the button. */
export function judgeUnforeseen(file: CaseFile): Finding[] {
  const carriers = new Set(file.incident.plant.pack.procedures.filter(({ clauses }) => clauses.includes('4.1.2')).map(({ id }) => id));
  const runs = file.runs.filter(({ procedure }) => carriers.has(procedure));
  if (runs.length > 0) return runs.map((run) => wayOf(file, run));
  const [first] = file.scope.of('no-procedure.raised');
  return first === undefined ? triggered(file, '4.1.2') : [stopped(file, first)];
}

/** Stop or trip after it; within the time that an alarm of the first priority is answered in. */
function stopped(file: CaseFile, told: { readonly n: number; readonly atMs: number; readonly data: { readonly because: readonly string[] } }): Finding {
  const stops = [...file.scope.of('retreat.stop'), ...file.scope.of('interlock.tripped')].filter(({ atMs }) => atMs >= told.atMs).sort((a, b) => a.n - b.n);
  const earlier = [...file.scope.of('retreat.stop'), ...file.scope.of('interlock.tripped')].filter(({ atMs }) => atMs < told.atMs && atMs >= file.span.fromMs);
  const [stop] = stops;
  const what = listed(told.data.because.map((id) => t(id, id)));
  const allowed = ANSWER_WITHIN_MS[1];
  if (earlier[0] !== undefined) return met(t(`${what.zh} 没有程序，当时已经停车`, `${what.en} had no procedure; the plant had been stopped before it`), [told.n, earlier[0].n]);
  if (stop === undefined) {
    const long = lasting(file.span.toMs - told.atMs);
    if (file.isOpen && file.asOfMs < told.atMs + allowed) return unknown(t(`${what.zh} 没有程序，尚未停车，事件仍在进行`, `${what.en} has no procedure and the plant is not stopped yet; the incident is still running`), [told.n]);
    return byPeople(notMet(t(`${what.zh} 没有程序，${long.zh} 内没有停车`, `${what.en} had no procedure, and nobody stopped the plant within ${long.en}`), [told.n]));
  }
  const took = lasting(stop.atMs - told.atMs);
  if (stop.atMs - told.atMs <= allowed) return met(t(`${what.zh} 没有程序，${took.zh} 后停车`, `${what.en} had no procedure; the plant was stopped after ${took.en}`), [told.n, stop.n]);
  if (gapOver(file, { fromMs: told.atMs, toMs: stop.atMs }) !== null) return unknown(t(`${what.zh} 没有程序，${took.zh} 后才有停车记录，其间记录中断`, `${what.en} had no procedure; the stop is on record after ${took.en}, with a gap in between`), [told.n, stop.n]);
  return byPeople(notMet(t(`${what.zh} 没有程序，${took.zh} 后才停车`, `${what.en} had no procedure, and the plant was stopped only after ${took.en}`), [told.n, stop.n]));
}
