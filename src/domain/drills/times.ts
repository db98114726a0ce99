/** How fast: time to detect, to diagnose, to the first correct action, to the safe state. Seconds of plant time from the first condition that the fault raised; of planned work, from the beginning. */
import type { ReportProcedure } from '../../contract/report.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import type { NumberedFact } from '../report/incident.ts';
import type { Plant } from '../station/plant.ts';
import type { ExerciseCase } from './exercise.ts';
import { t, unseen } from './item.ts';
import type { Found } from './item.ts';

/** By whom an event comes that no person brought; so does one that bears the id of the interlock that tripped. */
const NOBODY: ReadonlySet<string> = new Set(['', 'tags', 'deadline', 'interlock', 'clock']);
const NO_CONDITION = t('故障没有引起任何工况或报警，无从计时', 'The fault raised no condition and no alarm, so there is nothing to count from');

interface Moment { readonly atMs: number; readonly n: number | null; readonly what: { readonly zh: string; readonly en: string } }

/** The procedure that was right here: the one that the scenario names, or one that was raised because of what the fault did. */
export function rightProcedures({ draft, scenario, faultMs }: Pick<ExerciseCase, 'draft' | 'scenario' | 'faultMs'>): ReportProcedure[] {
  const named = scenario.expect.procedure;
  if (named !== undefined && named !== null) return draft.procedures.filter(({ id }) => id === named || id.startsWith(`${named}-`));
  const answering = draft.procedures.filter(({ clauses }) => clauses.some((clause) => scenario.clauses.includes(clause)));
  return answering.length > 0 ? answering : draft.procedures.filter(({ raisedMs }) => raisedMs >= faultMs);
}

const byPerson = (fact: NumberedFact['fact']): boolean => fact.by !== null && fact.by !== '';
const isByPerson = (event: CourseEvent, { interlocks }: Plant): boolean => 'by' in event && !NOBODY.has(event.by) && !interlocks.has(event.by);

const first = (moments: readonly Moment[]): Moment | null => moments.reduce<Moment | null>((best, each) => (best === null || each.atMs < best.atMs ? each : best), null);

function timed(file: ExerciseCase, moment: Moment | null, missing: { readonly zh: string; readonly en: string }): Found {
  const { onset, clock } = file;
  if (onset === null) return unseen('s', NO_CONDITION);
  const begun = onset.n === null ? [] : [onset.n];
  if (moment === null) return unseen('s', missing, begun);
  const figure = Math.max(0, clock.secondAt(moment.atMs) - clock.secondAt(onset.atMs));
  const { condition } = onset;
  const since = condition === null ? t('演练开始', 'the exercise began') : t(`${condition} 成立`, `${condition} was raised`);
  const when = moment.atMs < onset.atMs ? t(`${since.zh}之前`, `before ${since.en}`) : t(`${since.zh}后 ${shown(figure)} s`, `${shown(figure)} s after ${since.en}`);
  return { figure, unit: 's', because: t(`${when.zh}：${moment.what.zh}`, `${when.en}: ${moment.what.en}`), records: [...begun, ...(moment.n === null ? [] : [moment.n])] };
}
const shown = (value: number): string => String(Math.round(value * 10) / 10);

/** First reaction of a person: an alarm acknowledged, a procedure begun, stop, evacuation, a look, a sample. */
export function detect(file: ExerciseCase): Found {
  const since = file.records.filter(({ fact }) => fact.atMs >= file.faultMs);
  // An old alarm that is answered now is no reaction to this fault.
  const raised = new Set(since.flatMap(({ fact }) => (fact.type === 'alarm.raised' || fact.type === 'alarm.raised-again' ? [fact.data.id] : [])));
  return timed(file, first(since.flatMap((record) => reactions(record, raised, file.plant))), t('没有人作出反应', 'Nobody reacted'));
}

function reactions({ n, fact }: NumberedFact, raised: ReadonlySet<string>, plant: Plant): Moment[] {
  if (!byPerson(fact) && fact.type !== 'procedure.moved') return [];
  const moment = (zh: string, en: string): Moment[] => [{ atMs: fact.atMs, n, what: { zh, en } }];
  switch (fact.type) {
    case 'alarm.acknowledged': return !raised.has(fact.data.id) ? [] : moment(`确认报警 ${fact.data.id}`, `alarm ${fact.data.id} acknowledged`);
    case 'retreat.stop': return moment('紧急停车', 'emergency stop');
    case 'retreat.evacuate': return moment('撤离', 'evacuation');
    case 'procedure.raised': return moment(`提出程序 ${fact.data.procedure}`, `procedure ${fact.data.procedure} raised by hand`);
    case 'procedure.moved': return !isByPerson(fact.data.event, plant) ? [] : moment(`程序 ${fact.data.instance} 的操作`, `a deed in procedure ${fact.data.instance}`);
    case 'seen.reported': return moment(`报告所见 ${fact.data.observation}`, `observation ${fact.data.observation} reported`);
    case 'lab.entered': return moment(`化验 ${fact.data.lab}`, `laboratory result ${fact.data.lab}`);
    default: return [];
  }
}

/** The right procedure begun by a person; where the plant's own interlock began it, the first deed of a person in it; or the cause recorded. */
export function diagnose(file: ExerciseCase): Found {
  return timed(file, takenUp(file), t('没有人启动对应的程序，也没有记录原因', 'Nobody began the right procedure or recorded a cause'));
}

function takenUp(file: ExerciseCase): Moment | null {
  const right = rightProcedures(file);
  const instances = new Set(right.map(({ instance }) => instance));
  const moments = file.records.filter(({ fact }) => fact.atMs >= file.faultMs).flatMap(({ n, fact }): Moment[] => {
    if (fact.type === 'procedure.moved' && instances.has(fact.data.instance) && isByPerson(fact.data.event, file.plant)) return [{ atMs: fact.atMs, n, what: fact.data.event.type === 'CAUSE' ? t('记录原因', 'cause recorded') : t(`在对应程序 ${fact.data.instance} 中操作`, `the right procedure taken up: ${fact.data.instance}`) }];
    if (fact.type === 'interlock.cause' && byPerson(fact)) return [{ atMs: fact.atMs, n, what: t(`记录联锁 ${fact.data.interlock} 的原因`, `cause of the trip of ${fact.data.interlock} recorded`) }];
    return [];
  });
  // Nothing matches is never silence (4.1.2): where no procedure was raised, the right one is the stop.
  const stop = right.length === 0 ? stopsIn(file) : [];
  return first([...moments, ...stop, ...ordersIn(file, right)]);
}

/** Each stop that a person pressed since the fault began. */
export const stopsIn = ({ records, faultMs }: ExerciseCase): Moment[] => records.flatMap(({ n, fact }) => (fact.atMs >= faultMs && fact.type === 'retreat.stop' && byPerson(fact) ? [{ atMs: fact.atMs, n, what: t('紧急停车', 'emergency stop') }] : []));

/** A hand on the simulated DCS that does what a step of the right procedure asks, once that procedure stands raised. */
function ordersIn({ truth, plant }: ExerciseCase, right: readonly ReportProcedure[]): Moment[] {
  return right.flatMap(({ id, raisedMs }) => {
    const devices = new Set((plant.procedures.get(id)?.steps ?? []).flatMap(({ sets }) => Object.keys(sets)));
    return (truth?.events ?? []).flatMap(({ kind, subject, atMs }) => ((kind === 'order' || kind === 'field') && atMs >= raisedMs && devices.has(subject) ? [{ atMs, n: null, what: t(`按程序 ${id} 操作 ${subject}`, `${subject} operated as ${id} asks`) }] : []));
  });
}

/** The first step of the right procedure that is proved done, or the emergency stop. What the interlock did before anybody took it up counts from then: it was nobody's action. */
export function firstAction(file: ExerciseCase): Found {
  const right = rightProcedures(file);
  const stops = stopsIn(file);
  const person = first([...stops, ...[takenUp(file)].filter((each) => each !== null)]);
  const steps = right.flatMap(({ instance, steps: all }) => all.flatMap((step): Moment[] => (step.part === 'steps' && step.doneMs !== null && step.state !== 'skipped' && step.doneMs >= file.faultMs ? [{ atMs: step.doneMs, n: step.evidence.at(-1) ?? null, what: t(`${instance} 第 ${String(step.number)} 步已证实`, `step ${String(step.number)} of ${instance} proved`) }] : [])))
    .map((each): Moment => (person === null || each.atMs >= person.atMs ? each : { ...person, what: t(`${person.what.zh}（此前${each.what.zh}）`, `${person.what.en} (before it, ${each.what.en})`) }));
  return timed(file, first([...steps, ...stops]), t('没有一个正确的动作被证实', 'No correct action is proved'));
}

/** The safe state of the right procedure, and it holds at the end. */
export function safe(file: ExerciseCase): Found {
  const reached = rightProcedures(file).flatMap(({ instance, places }): Moment[] => {
    // Lost and proved again: it counts from when it held for good.
    const lastLost = places.findLastIndex(({ place }) => place === 'retreating' || place === 'stopping');
    const held = places.slice(lastLost + 1).find(({ place }) => place === 'safe');
    return held === undefined ? [] : [{ atMs: held.atMs, n: held.n, what: t(`${instance} 达到安全状态`, `${instance} reached its safe state`) }];
  });
  return timed(file, first(reached), t('到演练结束没有达到安全状态', 'The safe state was not reached by the end of the exercise'));
}
