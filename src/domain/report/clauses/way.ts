/** The way of one procedure from its raise to the safe state: begun, its steps in time, its times held, safe proved (4.1.1). */
import type { Text } from '../../../contract/text.ts';
import type { ProcedureDef } from '../../packs/schema.ts';
import { gapOver } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { byPeople, met, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { eventsOf } from './runs-seen.ts';
import type { Mark, RunSeen } from './runs-seen.ts';
import { lasting, listed, t } from './wording.ts';

interface Late extends Mark {
  readonly what: Text;
  /** How long it had. */
  readonly withinMs: number;
}

export function wayOf(file: CaseFile, run: RunSeen): Finding {
  const { def, raised, started } = run;
  if (def === null) return unknown(t(`${run.procedure} 第 ${run.version} 版不在日志的规则包中，无从判断`, `${run.procedure} version ${run.version} is not in the journal's pack, so it cannot be judged`), [raised.n]);
  if (started === null) return notBegun(file, run);
  const late = lateOf(run, def);
  const unseen = late.filter((each) => gapOver(file, { fromMs: each.atMs - each.withinMs, toMs: each.atMs }) !== null);
  const seen = late.filter((each) => !unseen.includes(each));
  if (seen.length > 0) return notMet(lateText(run, seen), [raised.n, started.n, ...seen.map(({ n }) => n), run.safe?.n]);
  if (unseen.length > 0) return unknown(unseenText(file, run, unseen), [raised.n, started.n, ...unseen.map(({ n }) => n)]);
  return safeOrNot(file, run, def);
}

function notBegun(file: CaseFile, run: RunSeen): Finding {
  const long = lasting((run.closed?.atMs ?? file.span.toMs) - run.raised.atMs);
  const dueMs = beginBy(file, run);
  if (file.isOpen && run.closed === null && (dueMs === null || file.asOfMs < dueMs)) return unknown(t(`${run.procedure} 触发 ${long.zh}，尚未开始；事件仍在进行`, `${run.procedure} was raised ${long.en} ago and is not begun yet; the incident is still running`), [run.raised.n]);
  return byPeople(notMet(t(`${run.procedure} 触发后 ${long.zh} 内没有开始`, `${run.procedure} was raised and not begun within ${long.en}`), [run.raised.n]));
}

/** Until when it must have begun: the least time that its raised conditions leave by their cards, from the raise; null = none names a time. */
export function beginBy(file: CaseFile, run: RunSeen): number | null {
  const times = run.conditions.flatMap((id) => {
    const timeToAct = file.incident.plant.conditions.get(id)?.card?.timeToAct ?? null;
    const raise = file.conditions.get(id)?.raises[0];
    return timeToAct === null || raise === undefined ? [] : [Math.max(raise.atMs, run.raised.atMs) + timeToAct];
  });
  return times.length === 0 ? null : Math.min(...times);
}

function lateOf(run: RunSeen, def: ProcedureDef): Late[] {
  const steps = new Map(def.steps.map((step) => [step.id, step]));
  return [
    ...eventsOf(run, 'STEP_OVERDUE').flatMap(({ n, atMs, event }) => { const step = steps.get(event.step); return step === undefined ? [] : [{ n, atMs, what: lateStep(run, event.step), withinMs: step.within }]; }),
    ...eventsOf(run, 'SAFE_OVERDUE').map(({ n, atMs }) => ({ n, atMs, what: t('安全状态', 'the safe state'), withinMs: def.safeWithin })),
    ...eventsOf(run, 'DEADLINE').flatMap(({ n, atMs, event }) => (event.state === 'exceeded' ? [{ n, atMs, what: t(`限时 ${event.id}`, `time ${event.id}`), withinMs: def.deadlines.find(({ id }) => id === event.id)?.within ?? 0 }] : [])),
    ...eventsOf(run, 'CONTINUOUS').flatMap(({ n, atMs, event }) => (event.state === 'overdue' ? [{ n, atMs, what: t(`持续动作 ${event.id}`, `continuous action ${event.id}`), withinMs: def.continuous.find(({ id }) => id === event.id)?.within ?? 0 }] : [])),
  ];
}

function lateStep(run: RunSeen, id: string): Text {
  const done = eventsOf(run, 'STEP_LATE', 'STEP_DONE').find(({ event }) => event.step === id);
  const overdue = eventsOf(run, 'STEP_OVERDUE').find(({ event }) => event.step === id);
  if (done === undefined || overdue === undefined || done.atMs < overdue.atMs) return t(`第 ${id} 步`, `step ${id}`);
  const by = lasting(done.atMs - overdue.atMs);
  return t(`第 ${id} 步（迟 ${by.zh}）`, `step ${id} (${by.en} late)`);
}

function lateText(run: RunSeen, late: readonly Late[]): Text {
  const what = listed(late.map((each) => each.what));
  const safe = run.safe === null ? t('安全状态未证实', 'the safe state was not proved') : t(`安全状态在触发后 ${lasting(run.safe.atMs - run.raised.atMs).zh} 证实`, `the safe state was proved ${lasting(run.safe.atMs - run.raised.atMs).en} after the raise`);
  return t(`${run.procedure} 未按时完成：${what.zh}；${safe.zh}`, `${run.procedure} ran out of time at ${what.en}; ${safe.en}`);
}

function unseenText(file: CaseFile, run: RunSeen, late: readonly Late[]): Text {
  const first = late[0];
  const gap = first === undefined ? null : gapOver(file, { fromMs: first.atMs - first.withinMs, toMs: first.atMs });
  const what = listed(late.map((each) => each.what));
  return t(`${run.procedure} 的${what.zh}到时没有证实，而其间${gap?.text.zh ?? ''}`, `${what.en} of ${run.procedure} was not proved in time, and meanwhile ${gap?.text.en ?? ''}`);
}

function safeOrNot(file: CaseFile, run: RunSeen, def: ProcedureDef): Finding {
  const { raised, started, safe, lost } = run;
  const skipped = eventsOf(run, 'STEP_SKIPPED').filter(({ event }) => def.steps.some(({ id }) => id === event.step));
  const numbers = [raised.n, started?.n, safe?.n, lost?.n];
  if (safe === null || lost !== null) {
    const what = safe === null ? t('尚未证实', 'is not proved') : t('证实后又失去', 'was proved and lost again');
    const long = lasting((run.closed?.atMs ?? file.span.toMs) - raised.atMs);
    if (file.isOpen && run.closed === null) return unknown(t(`${run.procedure} 的安全状态${what.zh}，触发至今 ${long.zh}，事件仍在进行`, `the safe state of ${run.procedure} ${what.en}, ${long.en} after the raise, and the incident is still running`), numbers);
    return notMet(t(`${run.procedure} 的安全状态${what.zh}，事件已结束`, `the safe state of ${run.procedure} ${what.en}, and the incident is over`), numbers);
  }
  if (skipped.length > 0) {
    const what = listed(skipped.map(({ event }) => t(`第 ${event.step} 步`, `step ${event.step}`)));
    return unknown(t(`${run.procedure} 跳过了${what.zh}，没有证据表明已做`, `${what.en} of ${run.procedure} was passed over, and nothing shows that it was done`), [...numbers, ...skipped.map(({ n }) => n)]);
  }
  return begunInTime(file, run);
}

/** The last question: was there time left by the card when it was begun? */
function begunInTime(file: CaseFile, run: RunSeen): Finding {
  const { raised, started, safe } = run;
  const dueMs = beginBy(file, run);
  const took = lasting((started?.atMs ?? raised.atMs) - raised.atMs);
  const numbers = [raised.n, started?.n, safe?.n];
  if (dueMs !== null && started !== null && started.atMs > dueMs) {
    const allowed = lasting(dueMs - raised.atMs);
    if (gapOver(file, { fromMs: raised.atMs, toMs: started.atMs }) !== null) return unknown(t(`${run.procedure} 触发 ${took.zh} 后才有开始的记录，其间记录中断`, `${run.procedure} is recorded as begun ${took.en} after the raise, and the record has a gap in between`), numbers);
    return notMet(t(`${run.procedure} 触发 ${took.zh} 后才开始，响应卡给出的时间是 ${allowed.zh}`, `${run.procedure} was begun ${took.en} after the raise; the response card leaves ${allowed.en}`), numbers);
  }
  const done = new Set(eventsOf(run, 'STEP_DONE', 'STEP_LATE').map(({ event }) => event.step)).size;
  const safeAfter = lasting((safe?.atMs ?? raised.atMs) - raised.atMs);
  return met(t(`${run.procedure} 触发后 ${took.zh} 开始，${done} 步证实，${safeAfter.zh} 后安全状态证实，无一超时`, `${run.procedure} was begun ${took.en} after the raise, ${done} steps were proved, the safe state ${safeAfter.en} after it, nothing late`), [...numbers, ...eventsOf(run, 'STEP_DONE').map(({ n }) => n)]);
}
