/** What is forbidden: kept all the while it was watched, broken, or not known. What no tag can tell is never met. */
import type { Text } from '../../../contract/text.ts';
import type { ConditionDef, ProhibitionDef } from '../../packs/schema.ts';
import { gapOver } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { lengthOf, overlap } from './records.ts';
import type { Span } from './records.ts';
import { timeOf } from './runs-seen.ts';
import type { RunSeen } from './runs-seen.ts';
import { lasting, t } from './wording.ts';
import { zoneStretches } from './zones-seen.ts';

/** Clauses whose prohibitions no tag tells, and whose other records do: bypasses, resets, alarms, head counts, evidence, permits. */
const TOLD_BY_RECORDS: ReadonlySet<string> = new Set(['3.3', '3.5', '3.6', '4.1.2', '4.2.1', '4.3.1', '4.3.3', '4.4.1', 'A3.3', 'A3.4']);
/** Clauses whose prohibitions say that nobody goes in before the plant is safe: positioning and signed entries tell. */
const TOLD_BY_ENTRIES: ReadonlySet<string> = new Set(['4.1.1(5)', 'A4.1', 'A4.2', 'H.3']);

/** No prohibition of this clause in the pack: nothing to say here. */
export function prohibited(file: CaseFile, clause: string): Finding[] {
  const { plant } = file.incident;
  const standing = plant.prohibitions.filter((condition) => condition.standing === true && condition.clauses.includes(clause));
  const isTold = TOLD_BY_RECORDS.has(clause);
  const named = plant.pack.procedures.some(({ prohibitions }) => prohibitions.some((each) => each.clause === clause && (each.watchedBy !== undefined || !isTold)));
  if (!named && standing.length === 0) return [];
  const watched = file.runs.flatMap((run) => (run.def?.prohibitions ?? []).filter((each) => each.clause === clause).map((prohibition) => ({ run, prohibition })));
  const findings = watched.flatMap(({ run, prohibition }) => (prohibition.watchedBy === undefined ? (isTold ? [] : [TOLD_BY_ENTRIES.has(clause) ? nobodyIn(file, run, prohibition) : untold(run, prohibition)]) : [kept(file, run, prohibition)]));
  const others = standing.filter(({ id }) => !watched.some(({ prohibition }) => prohibition.watchedBy === id)).flatMap((condition) => stood(file, condition));
  const all = [...findings, ...others];
  return all.length > 0 ? all : [notApplicable(t('带有这条禁令的程序没有执行，也没有看到违反', 'no procedure with this prohibition ran, and it was not seen broken'))];
}

function untold(run: RunSeen, { id, text }: ProhibitionDef): Finding {
  return unknown(t(`没有仪表能判断 ${run.procedure} 的禁令 ${id}（${text.zh}）是否遵守`, `no tag can tell whether ${id} of ${run.procedure} was kept (${text.en})`), [run.raised.n]);
}

function nobodyIn(file: CaseFile, run: RunSeen, { id, text }: ProhibitionDef): Finding {
  const zones = run.def?.people.zones ?? [];
  const time = { fromMs: run.raised.atMs, toMs: run.safe?.atMs ?? timeOf(run, file.span).toMs };
  const entries = file.scope.of('people.entered').filter(({ data, atMs }) => zones.includes(data.zone) && atMs >= time.fromMs && atMs < time.toMs);
  const stretches = zoneStretches(file).filter((each) => zones.includes(each.zone) && overlap(each, time) !== null);
  const rising = [...Map.groupBy(stretches, ({ zone }) => zone).values()].flatMap((own) => own.filter(({ count }, index) => { const last = own[index - 1]?.count ?? null; return count !== null && last !== null && count > last; }));
  const dark = stretches.filter(({ count }) => count === null);
  const name = t(`${run.procedure} 的禁令 ${id}（${text.zh}）`, `${id} of ${run.procedure} (${text.en})`);
  const numbers = stretches.flatMap((each) => each.numbers);
  if (entries.length > 0) return notMet(t(`${name.zh}：其间有 ${entries.length} 人次进入`, `${name.en}: ${entries.length} entries were signed meanwhile`), entries.map(({ n }) => n));
  if (rising.length > 0) return notMet(t(`${name.zh}：其间定位人数增加`, `${name.en}: positioning saw the number of people rise meanwhile`), rising.flatMap((each) => each.numbers));
  if (dark.length > 0 || stretches.length === 0) return unknown(t(`${name.zh}：其间人数未知`, `${name.en}: how many were inside meanwhile is not known`), [run.raised.n, ...dark.flatMap((each) => each.numbers)]);
  return met(t(`${name.zh}：定位和签字均未见有人进入`, `${name.en}: neither positioning nor signatures show anybody going in`), numbers);
}

interface Stretch extends Span { readonly state: 'kept' | 'violated' | 'unknown' }

function kept(file: CaseFile, run: RunSeen, { id, watchedBy, text }: ProhibitionDef): Finding {
  const told = run.prohibitions.get(id) ?? [];
  const time = timeOf(run, file.span);
  const name = t(`${run.procedure} 的禁令 ${id}`, `${id} of ${run.procedure}`);
  if (told.length === 0) return unknown(t(`没有 ${name.zh} 的任何记录`, `there is no record of ${name.en}`), [run.raised.n]);
  const stretches: Stretch[] = told.map(({ atMs, state }, index) => ({ fromMs: atMs, toMs: told[index + 1]?.atMs ?? Math.max(atMs, time.toMs), state }));
  const numbers = told.map(({ n }) => n);
  if (stretches.some(({ state }) => state === 'violated')) return broken(file, name, text, lengthOf(stretches.filter(({ state }) => state === 'violated')), watchedBy ?? id, numbers);
  if (stretches.some(({ state }) => state === 'unknown')) {
    const [dark, light] = [lengthOf(stretches.filter(({ state }) => state === 'unknown')), lengthOf(stretches.filter(({ state }) => state === 'kept'))];
    return unknown(t(`${name.zh} 有 ${lasting(dark).zh} 无法判断，${light === 0 ? '从未证实遵守' : `其余 ${lasting(light).zh} 遵守`}`, `${name.en} could not be judged for ${lasting(dark).en}; ${light === 0 ? 'it was never shown to be kept' : `it was kept for the other ${lasting(light).en}`}`), numbers);
  }
  const gap = gapOver(file, time);
  if (gap !== null) return unknown(t(`${name.zh}：${gap.text.zh}，其间是否遵守无从得知`, `${name.en}: ${gap.text.en}, and whether it was kept then is not known`), [...numbers, ...gap.evidence]);
  const long = lasting(lengthOf(stretches));
  // Some prohibitions only people can see broken: what stands here claims no more than was looked at.
  return met(t(`${name.zh}：监视 ${long.zh}，仪表和人员报告均未见违反`, `${name.en} was watched for ${long.en}: neither a tag nor anybody's report shows it broken`), numbers);
}

function broken(file: CaseFile, name: Text, text: Text, ms: number, alarm: string, numbers: readonly (number | null)[]): Finding {
  const told = toldOf(file, alarm);
  return notMet(t(`${name.zh}（${text.zh}）被违反 ${lasting(ms).zh}；${told.text.zh}`, `${name.en} (${text.en}) was broken for ${lasting(ms).en}; ${told.text.en}`), [...numbers, ...told.evidence]);
}

/** Who was told of it: whoever answered its alarm. */
function toldOf(file: CaseFile, alarm: string): { readonly text: Text; readonly evidence: readonly number[] } {
  const raised = file.scope.of('alarm.raised').find(({ data }) => data.id === alarm);
  const answer = raised === undefined ? undefined : file.whole.of('alarm.acknowledged').find(({ data, n }) => data.id === alarm && n > raised.n);
  if (raised === undefined) return { text: t('没有它的报警记录', 'no alarm of it is on record'), evidence: [] };
  if (answer === undefined) return { text: t('它的报警无人应答', 'nobody answered its alarm'), evidence: [raised.n] };
  const [who, after] = [file.person(answer.by), lasting(answer.atMs - raised.atMs)];
  return { text: t(`${who.zh} 在 ${after.zh} 后应答了它的报警`, `${who.en} answered its alarm after ${after.en}`), evidence: [raised.n, answer.n] };
}

/** Watched always, whatever runs. */
function stood(file: CaseFile, { id, title }: ConditionDef): Finding[] {
  const seen = file.conditions.get(id);
  const name = t(`禁令 ${id}`, `prohibition ${id}`);
  const raises = seen?.raises ?? [];
  if (raises.length > 0) {
    const first = raises[0];
    const ended = file.scope.of('condition.changed').find(({ data, atMs }) => data.id === id && data.state === 'cleared' && atMs >= (first?.atMs ?? 0));
    const time = overlap({ fromMs: first?.atMs ?? file.span.fromMs, toMs: ended?.atMs ?? file.span.toMs }, { fromMs: 0, toMs: file.span.toMs });
    return [broken(file, name, title, time === null ? 0 : time.toMs - time.fromMs, id, [...raises.map(({ n }) => n), ended?.n ?? null])];
  }
  const dark = seen?.unknown ?? [];
  return dark.length === 0 ? [] : [unknown(t(`${name.zh}（${title.zh}）有 ${lasting(lengthOf(dark)).zh} 无法判断`, `${name.en} (${title.en}) could not be judged for ${lasting(lengthOf(dark)).en}`), dark.map(({ n }) => n))];
}
