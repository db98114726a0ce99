/** How it was carried out: the order of the steps, and how many of them are proved. */
import type { ReportProcedure } from '../../contract/report.ts';
import type { ExerciseCase } from './exercise.ts';
import { t, unseen } from './item.ts';
import type { Found } from './item.ts';
import { rightProcedures } from './times.ts';

const NONE = t('对应的程序没有开始', 'The right procedure was never begun');

/** The one of the right procedures that went furthest: a second one that was raised beside it and never used is no omission. */
function ledBy(file: ExerciseCase): ReportProcedure | null {
  const begun = rightProcedures(file).filter(({ places }) => places.some(({ place }) => place !== 'raised' && place !== 'standby'));
  return begun.toSorted((a, b) => provedIn(b) - provedIn(a))[0] ?? null;
}

const retreatSteps = ({ steps }: ReportProcedure): ReportProcedure['steps'] => steps.filter(({ part }) => part === 'steps');
const provedIn = (procedure: ReportProcedure): number => retreatSteps(procedure).filter(({ state }) => state === 'done' || state === 'late').length;

/** Left out, late, chosen against the tags, and devices operated in another order than the steps say. */
export function order(file: ExerciseCase): Found {
  const procedure = ledBy(file);
  if (procedure === null) return unseen('', NONE);
  const steps = retreatSteps(procedure);
  const skipped = steps.filter(({ state }) => state === 'skipped');
  const late = steps.filter(({ state }) => state === 'late');
  // A step that the course does not wait for is proved beside it: in its time that is no departure.
  const beside = new Set((file.plant.procedures.get(procedure.id)?.steps ?? []).filter(({ proceed }) => proceed === 'at-once').map(({ id }) => id));
  const against = steps.filter(({ id, state, deviations }) => state !== 'skipped' && state !== 'late' && deviations.length > 0 && !(state === 'done' && beside.has(id)));
  const turned = turnedIn(file, procedure);
  const figure = skipped.length + late.length + against.length + turned.length;
  const list = (words: string, found: readonly { readonly number: number }[]): string => (found.length === 0 ? '' : `; ${words} ${found.map(({ number }) => String(number)).join(', ')}`);
  return {
    figure, unit: '', records: [...skipped, ...late, ...against].flatMap(({ evidence }) => evidence.slice(-1)),
    because: figure === 0
      ? t(`${procedure.id}：按步骤次序完成`, `${procedure.id}: carried out in the order of its steps`)
      : t(`${procedure.id}：${`${list('跳过第', skipped)}${list('超时第', late)}${list('与仪表不符第', against)}${list('次序颠倒第', turned)}`.slice(2)} 步`, `${procedure.id}: ${`${list('left out', skipped)}${list('late', late)}${list('against the tags', against)}${list('out of order', turned)}`.slice(2)}`),
  };
}

/**
 * Steps whose devices were operated after those of a later step. Steps that go on at once run beside each other: among them there is no order.
 * By the first order to a device of the step; a device that two steps name tells of the first.
 */
function turnedIn({ plant, truth }: ExerciseCase, { id, raisedMs }: ReportProcedure): { readonly number: number }[] {
  const defs = plant.procedures.get(id)?.steps ?? [];
  const ordered = (truth?.events ?? []).filter(({ kind, atMs }) => kind === 'order' && atMs >= raisedMs);
  const seen = new Set<string>();
  let rank = 0;
  const firsts = defs.flatMap((step, i) => {
    const own = Object.keys(step.sets).filter((device) => !seen.has(device));
    for (const device of own) seen.add(device);
    const times = ordered.filter(({ subject }) => own.includes(subject)).map(({ atMs }) => atMs);
    const at = rank;
    if (step.proceed === 'proved') rank += 1;
    return times.length === 0 ? [] : [{ number: i + 1, rank: at, atMs: Math.min(...times) }];
  });
  return firsts.filter((step) => firsts.some((other) => other.rank > step.rank && other.atMs < step.atMs));
}

/** % of the steps that were due and are proved. Where the safe state was reached, a branch that was not taken was not due. */
export function completeness(file: ExerciseCase): Found {
  const procedure = ledBy(file);
  if (procedure === null) return unseen('%', NONE);
  const isSafe = procedure.places.some(({ place }) => place === 'safe');
  const due = retreatSteps(procedure).filter(({ state }) => !isSafe || state !== 'notReached');
  const proved = due.filter(({ state }) => state === 'done' || state === 'late');
  if (due.length === 0) return unseen('%', t(`${procedure.id} 没有一步到期`, `No step of ${procedure.id} fell due`));
  return {
    figure: (proved.length / due.length) * 100, unit: '%', records: proved.flatMap(({ evidence }) => evidence.slice(-1)),
    because: t(`${procedure.id}：${String(due.length)} 步中 ${String(proved.length)} 步已证实`, `${procedure.id}: ${String(proved.length)} of ${String(due.length)} steps proved`),
  };
}
