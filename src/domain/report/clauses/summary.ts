/** The incident in five lines: what and when; how bad; what was done and how fast; who was where; what is owed. */
import type { ClauseVerdict } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';
import type { JudgedIncident } from '../incident.ts';
import { openCase } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { lengthOf } from './records.ts';
import { eventsOf } from './runs-seen.ts';
import type { RunSeen } from './runs-seen.ts';
import { capital, ids, lasting, listed, t, utc } from './wording.ts';
import { zoneStretches, zoneTitle } from './zones-seen.ts';

export type FiveLines = [Text, Text, Text, Text, Text];

export function summaryOf(incident: JudgedIncident, verdicts: readonly ClauseVerdict[]): FiveLines {
  const file = openCase(incident);
  return [whatAndWhen(file), howBad(file), whatWasDone(file), whoWasWhere(file), whatIsOwed(file, verdicts)];
}

const MODE: Readonly<Record<JudgedIncident['draft']['mode'], Text>> = { OPERATION: t('实际运行', 'in operation'), TRAINING: t('演练', 'in training'), RECONSTRUCTED: t('由历史数据重建', 'reconstructed from a trace') };

function whatAndWhen(file: CaseFile): Text {
  const { incident: { incident: { id, openedMs, closedMs, firstCondition }, plant, draft } } = file;
  const title = firstCondition === null ? t('没有指明的情况', 'no condition that was named') : (plant.conditions.get(firstCondition)?.title ?? t(firstCondition, firstCondition));
  const long = lasting(file.span.toMs - openedMs);
  const end = closedMs === null ? t(`尚未结束，至今 ${long.zh}`, `still open after ${long.en}`) : t(`${utc(closedMs)} 结束，历时 ${long.zh}`, `closed at ${utc(closedMs)} after ${long.en}`);
  const hole = file.hole === null ? t('', '') : t(`；${file.hole.text.zh}`, `; ${file.hole.text.en}`);
  const mode = MODE[draft.mode];
  return t(`${plant.pack.title.zh}（${mode.zh}）事件 ${id}，始于${title.zh}，${utc(openedMs)} 开始，${end.zh}${hole.zh}。`, `Incident ${id} at ${plant.pack.title.en} (${mode.en}) began with ${title.en} at ${utc(openedMs)}; ${end.en}${hole.en}.`);
}

function howBad(file: CaseFile): Text {
  const alarms = file.scope.of('alarm.raised').filter(({ data }) => data.hidden !== true);
  const worst = alarms.length === 0 ? null : Math.min(...alarms.map(({ data }) => data.priority));
  const conditions = file.incident.plant.triggers.filter(({ id }) => (file.conditions.get(id)?.raises.length ?? 0) > 0);
  const dark = file.incident.plant.triggers.filter(({ id }) => (file.conditions.get(id)?.unknown.length ?? 0) > 0).length;
  const trips = file.scope.of('interlock.tripped');
  const forced = file.scope.of('interlock.forced-reset').length;
  const first = firstOutOf(file, alarms);
  const title = listed(conditions.map(({ id }) => t(id, id)));
  return t(
    `异常工况 ${conditions.length} 个${conditions.length === 0 ? '' : `（${title.zh}）`}，${dark} 个曾无法判断；报警 ${alarms.length} 次${worst === null ? '' : `，最高 ${worst} 级`}；首出${first.zh}；联锁动作 ${trips.length} 次${trips.length === 0 ? '' : `（${ids(trips.map(({ data }) => data.id)).zh}）`}${forced === 0 ? '' : `，强行复位 ${forced} 次`}。`,
    `${conditions.length} abnormal condition(s)${conditions.length === 0 ? '' : ` (${title.en})`}, ${dark} could not be judged at times; ${alarms.length} alarm(s)${worst === null ? '' : `, the worst of priority ${worst}`}; first-out ${first.en}; ${trips.length} trip(s)${trips.length === 0 ? '' : ` (${ids(trips.map(({ data }) => data.id)).en})`}${forced === 0 ? '' : `, ${forced} reset by force`}.`,
  );
}

/** The group of the first alarm of the incident; what was said of it last holds. */
function firstOutOf(file: CaseFile, alarms: readonly { readonly data: { readonly id: string; readonly group: string | null; readonly firstOut: boolean } }[]): Text {
  const marked = alarms.find(({ data }) => data.group !== null);
  const corrected = file.scope.of('alarm.first-out').filter(({ data }) => data.group === marked?.data.group).at(-1);
  if (corrected !== undefined) return corrected.data.first === null ? t(`不能确定（${ids(corrected.data.possible).zh}）`, `cannot be told (${ids(corrected.data.possible).en})`) : t(` ${corrected.data.first}`, corrected.data.first);
  const first = alarms.find(({ data }) => data.firstOut);
  return first === undefined ? t('不明', 'not known') : t(` ${first.data.id}`, first.data.id);
}

function whatWasDone(file: CaseFile): Text {
  const stop = file.scope.of('retreat.stop')[0];
  const evacuate = file.scope.of('retreat.evacuate')[0];
  const since = (atMs: number): Text => lasting(atMs - file.span.fromMs);
  const stopped = stop === undefined ? t('无人按紧急停车', 'nobody pressed the emergency stop') : t(`${file.person(stop.by).zh}在 ${since(stop.atMs).zh} 按紧急停车`, `${file.person(stop.by).en} pressed the emergency stop after ${since(stop.atMs).en}`);
  const out = evacuate === undefined ? t('', '') : t(`，${since(evacuate.atMs).zh} 发出撤离`, `, evacuation was ordered after ${since(evacuate.atMs).en}`);
  const runs = file.runs.length === 0 ? t('没有程序触发', 'no procedure was raised') : listed(file.runs.map((run) => runText(run)));
  return t(`${stopped.zh}${out.zh}；${runs.zh}。`, `${capital(stopped.en)}${out.en}; ${runs.en}.`);
}

function runText(run: RunSeen): Text {
  const late = new Set(eventsOf(run, 'STEP_OVERDUE').map(({ event }) => event.step)).size;
  const latest = late === 0 ? t('', '') : t(`，${late} 步超时`, `, ${late} step(s) late`);
  if (run.started === null) return t(`${run.procedure} 没有开始`, `${run.procedure} was not begun`);
  if (run.safe === null) return t(`${run.procedure} 未达到安全状态${latest.zh}`, `${run.procedure} not shown safe${latest.en}`);
  const after = lasting(run.safe.atMs - run.raised.atMs);
  return t(`${run.procedure} ${after.zh} 后安全${latest.zh}`, `${run.procedure} safe after ${after.en}${latest.en}`);
}

function whoWasWhere(file: CaseFile): Text {
  const stretches = zoneStretches(file);
  const zones = [...Map.groupBy(stretches, ({ zone }) => zone)].map(([zone, own]) => {
    const most = own.reduce<number | null>((max, { count }) => (count === null ? max : Math.max(max ?? 0, count)), null);
    const [over, dark] = [lengthOf(own.filter(({ state }) => state === 'exceeded')), lengthOf(own.filter(({ count }) => count === null))];
    const title = zoneTitle(file, zone);
    return { over, text: t(`${title.zh}最多 ${most ?? '未知'} 人${over === 0 ? '' : `、超员 ${lasting(over).zh}`}${dark === 0 ? '' : `、未知 ${lasting(dark).zh}`}`, `${title.en} at most ${most ?? 'unknown'}${over === 0 ? '' : ` (over the limit for ${lasting(over).en})`}${dark === 0 ? '' : ` (unknown for ${lasting(dark).en})`}`) };
  }).sort((a, b) => b.over - a.over);
  const refused = file.scope.of('refused').length;
  const broken = new Set(file.scope.of('prohibition.changed').filter(({ data }) => data.state === 'violated').map(({ data }) => data.id));
  const where = zones.length === 0 ? t('没有区域受限', 'no zone was limited') : listed(zones.map(({ text }) => text));
  const what = broken.size === 0 ? t('没有记录到违反禁令', 'no prohibition is on record as broken') : t(`违反禁令 ${broken.size} 条（${ids([...broken]).zh}）`, `${broken.size} prohibition(s) broken (${ids([...broken]).en})`);
  return t(`${where.zh}；拒绝 ${refused} 次；${what.zh}。`, `${capital(where.en)}; ${refused} refusal(s); ${what.en}.`);
}

function whatIsOwed(file: CaseFile, verdicts: readonly ClauseVerdict[]): Text {
  const of = (verdict: ClauseVerdict['verdict']): string[] => verdicts.filter((each) => each.verdict === verdict).map(({ id }) => id);
  const [bad, dark] = [of('notMet'), of('unknown')];
  const { draft, incident } = file.incident;
  const actions = draft.actions.filter((each) => each.incident === incident.id && each.closed === null);
  const followUps = draft.followUps.filter(({ doneMs }) => doneMs === null);
  const late = actions.filter(({ dueMs }) => file.asOfMs >= dueMs).length + followUps.filter(({ dueMs }) => file.asOfMs >= dueMs).length;
  return t(
    `${verdicts.length} 条中不符合 ${bad.length} 条${bad.length === 0 ? '' : `（${ids(bad).zh}）`}，不明 ${dark.length} 条；未完成整改 ${actions.length} 项、后续工作 ${followUps.length} 项，其中逾期 ${late} 项。`,
    `Of ${verdicts.length} clauses ${bad.length} were not met${bad.length === 0 ? '' : ` (${ids(bad).en})`} and ${dark.length} are unknown; ${actions.length} corrective action(s) and ${followUps.length} follow-up(s) are open, ${late} of them overdue.`,
  );
}
