/** Clauses with a figure: people in a zone, times that run over several steps, and what a procedure holds by its own steps. */
import { STAGE_LIMIT } from '../../people/people.ts';
import { gapOver } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { lengthOf } from './records.ts';
import { eventsOf } from './runs-seen.ts';
import type { RunSeen } from './runs-seen.ts';
import { wayOf } from './way.ts';
import { lasting, t } from './wording.ts';
import { zoneStretches, zoneTitle } from './zones-seen.ts';
import type { ZoneStretch } from './zones-seen.ts';

/** The source's own figures: no procedure and no stage goes beyond them. */
export const PEOPLE_AT_MOST: Readonly<Record<string, number>> = { '4.2.1': STAGE_LIMIT.reconnaissance ?? 2, '4.2.3': STAGE_LIMIT.handling ?? 6, 'A2.5': 2, 'A4.4': 6 };

/** One finding for each zone. `uncounted`: zones that must have been counted and of which there is no record. */
export function counted(file: CaseFile, stretches: readonly ZoneStretch[], atMost: number): Finding[] {
  return [...Map.groupBy(stretches, ({ zone }) => zone)].map(([zone, own]) => countedZone(file, zone, own, atMost));
}

function countedZone(file: CaseFile, zone: string, own: readonly ZoneStretch[], atMost: number): Finding {
  const title = zoneTitle(file, zone);
  const isOver = ({ state, count }: ZoneStretch): boolean => state === 'exceeded' || (count !== null && count > atMost);
  const over = own.filter(isOver);
  const dark = own.filter((each) => !isOver(each) && (each.count === null || each.limit === null || each.state === 'unknown'));
  const numbers = (from: readonly ZoneStretch[]): number[] => from.flatMap((each) => each.numbers);
  const most = own.reduce<number | null>((max, { count }) => (count === null ? max : Math.max(max ?? 0, count)), null);
  const limits = [...new Set(own.flatMap(({ limit }) => (limit === null ? [] : [Math.min(limit, atMost)])))].sort((a, b) => a - b).join('/');
  if (over.length > 0) return notMet(t(`${title.zh}超员 ${lasting(lengthOf(over)).zh}，最多 ${most ?? '未知'} 人，限 ${limits} 人`, `${title.en} held too many for ${lasting(lengthOf(over)).en}: ${most ?? 'an unknown number'} at most, limit ${limits}`), numbers(over));
  if (dark.length > 0) return unknown(t(`${title.zh}有 ${lasting(lengthOf(dark)).zh} 人数未知，限 ${limits === '' ? '未知' : `${limits} 人`}`, `nobody knew for ${lasting(lengthOf(dark)).en} how many were in ${title.en}, limit ${limits === '' ? 'unknown' : limits}`), numbers(dark));
  const gap = gapOver(file, { fromMs: own[0]?.fromMs ?? 0, toMs: own.at(-1)?.toMs ?? 0 });
  if (gap !== null) return unknown(t(`${title.zh}：${gap.text.zh}，其间人数无从得知`, `${title.en}: ${gap.text.en}, and how many were inside then is not known`), [...numbers(own), ...gap.evidence]);
  return met(t(`${title.zh} ${lasting(lengthOf(own)).zh} 内最多 ${most ?? 0} 人，限 ${limits} 人`, `${title.en} held at most ${most ?? 0} over ${lasting(lengthOf(own)).en}, limit ${limits}`), numbers(own));
}

/** The zones of the procedures that carry this clause, as long as they ran. */
export function peopled(file: CaseFile, clause: string): Finding[] {
  const atMost = PEOPLE_AT_MOST[clause];
  if (atMost === undefined) return [];
  const runs = file.runs.filter(({ def }) => def?.clauses.includes(clause) === true);
  if (runs.length === 0) return [];
  const zones = new Set(runs.flatMap(({ def }) => def?.people.zones ?? []));
  const fromMs = Math.min(...runs.map(({ raised }) => raised.atMs));
  const stretches = zoneStretches(file).filter((each) => zones.has(each.zone) && each.toMs > fromMs);
  const seen = new Set(stretches.map(({ zone }) => zone));
  return [...counted(file, stretches, atMost), ...[...zones].filter((zone) => !seen.has(zone)).map((zone) => unknown(t(`没有${zoneTitle(file, zone).zh}人数的记录`, `there is no record of the people in ${zoneTitle(file, zone).en}`), runs.map(({ raised }) => raised.n)))];
}

/** Times over several steps: 20 min in the seal tank, 4 h in the mixing tank. */
export function timed(file: CaseFile, clause: string): Finding[] {
  return file.runs.flatMap((run) => (run.def?.deadlines ?? []).filter((each) => each.clause === clause).map(({ id, within }) => deadline(file, run, id, within)));
}

function deadline(file: CaseFile, run: RunSeen, id: string, withinMs: number): Finding {
  const told = eventsOf(run, 'DEADLINE').filter(({ event }) => event.id === id);
  const [first, last] = [told[0], told.at(-1)];
  const name = t(`${run.procedure} 的限时 ${id}（${lasting(withinMs).zh}）`, `time ${id} of ${run.procedure} (${lasting(withinMs).en})`);
  const numbers = told.map(({ n }) => n);
  if (first === undefined || last === undefined) {
    if (run.started === null) return notApplicable(t(`${name.zh}没有开始计时`, `${name.en} never began to run`), [run.raised.n]);
    return unknown(t(`没有${name.zh}的记录`, `there is no record of ${name.en}`), [run.started.n]);
  }
  const exceeded = told.find(({ event }) => event.state === 'exceeded');
  if (exceeded !== undefined) {
    const gap = gapOver(file, { fromMs: exceeded.event.dueMs - withinMs, toMs: exceeded.atMs });
    if (gap !== null) return unknown(t(`${name.zh}到时没有证实，而其间${gap.text.zh}`, `${name.en} was not shown to be held, and meanwhile ${gap.text.en}`), [...numbers, ...gap.evidence]);
    const late = last.event.state === 'met' ? lasting(last.atMs - last.event.dueMs) : null;
    return notMet(t(`${name.zh}超过${late === null ? '，此后也没有完成的记录' : ` ${late.zh}`}`, `${name.en} was exceeded${late === null ? ', and there is no record of its end' : ` by ${late.en}`}`), numbers);
  }
  if (last.event.state === 'met') return met(t(`${name.zh}在 ${lasting(Math.max(0, last.atMs - (last.event.dueMs - withinMs))).zh} 内完成`, `${name.en} was held: done after ${lasting(Math.max(0, last.atMs - (last.event.dueMs - withinMs))).en}`), numbers);
  if (file.isOpen && run.closed === null && file.asOfMs < last.event.dueMs) return unknown(t(`${name.zh}仍在计时`, `${name.en} is still running`), numbers);
  return unknown(t(`${name.zh}没有结果的记录`, `there is no record of how ${name.en} ended`), numbers);
}

/** The procedures that carry this clause, whatever raised them. */
export function ran(file: CaseFile, clause: string): Finding[] {
  const carriers = file.incident.plant.pack.procedures.filter(({ clauses }) => clauses.includes(clause));
  if (carriers.length === 0) return [];
  const runs = file.runs.filter(({ procedure, def }) => def?.clauses.includes(clause) === true || (def === null && carriers.some(({ id }) => id === procedure)));
  if (runs.length === 0) return [notApplicable(t(`程序 ${carriers.map(({ id }) => id).slice(0, 4).join('、')} 没有执行`, `procedure ${carriers.map(({ id }) => id).slice(0, 4).join(', ')} did not run`))];
  return runs.map((run) => wayOf(file, run));
}
