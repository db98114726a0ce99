/** Which judge speaks on which clause. One row for each clause of the register; a clause without a row is told as not known to this version. */
import { judgeAlarms, judgeAuthority, judgeBypasses, judgePrepared, judgeThreeParts, judgeTrips } from './basics.ts';
import type { CaseFile } from './case-file.ts';
import { judgeAfterwards, judgeEmergencyPlan, judgeOneCommander, judgeUnforeseen, judgeWatch } from './command.ts';
import { confirmed, CONFIRMED_BY, judgeAtmospheric, judgeConfirmation } from './confirm.ts';
import { judgeCrowding, judgeForethought, judgeGathering, judgeOpening, judgePermits, judgePressurePlan, judgePressureWork, judgeProtection, judgeRemote, judgeTasks, judgeUnclear, judgeVideo, judgeWitness } from './field.ts';
import type { Finding } from './finding.ts';
import { peopled, ran, timed } from './limits.ts';
import { prohibited } from './never.ts';
import { judgeActions, judgeDrills, judgeFences, judgeHandingOn, judgeOutages, judgePicture, judgeSupport } from './practices.ts';
import { triggered, triggersOf } from './trigger.ts';
import { notMet } from './finding.ts';
import { ids, t } from './wording.ts';

export type Judge = (file: CaseFile, clause: string) => Finding[];

/** Several looks at one clause, one after the other. */
const allOf = (...judges: readonly Judge[]): Judge => (file, clause) => judges.flatMap((judge) => judge(file, clause));

/** When to retreat, with what is forbidden and what is timed in it. */
const trigger = allOf(triggered, prohibited, timed);
const never = allOf(prohibited, triggered);
const limit = allOf(triggered, prohibited, timed, peopled, ranBeside);
const action = allOf(ran, prohibited);
const shown: Judge = (file, clause) => confirmed(file, CONFIRMED_BY[clause] ?? []);
const atmospheric = allOf(triggered, judgeAtmospheric);

/** A procedure that holds the figures of its clause itself, where nothing triggers it. */
function ranBeside(file: CaseFile, clause: string): Finding[] {
  return triggersOf(file, clause).length > 0 ? [] : ran(file, clause);
}

/** A4.2: any of the seven stops the whole plant. */
const wholeStop: Judge = (file, clause) => {
  const raised = file.incident.plant.triggers.filter(({ id, clauses }) => clauses.some((each) => each.startsWith(`${clause}(`)) && (file.conditions.get(id)?.raises.length ?? 0) > 0);
  const runs = file.runs.filter(({ conditions, def }) => def?.clauses.includes(clause) === true && conditions.some((id) => raised.some((each) => each.id === id)));
  const bare = raised.filter(({ id }) => !runs.some(({ conditions }) => conditions.includes(id)) && !file.runs.some((run) => run.def === null && run.conditions.includes(id)));
  const unanswered = bare.length === 0 ? [] : [notMet(t(`${ids(bare.map(({ id }) => id)).zh} 成立，没有触发全装置停车程序`, `${ids(bare.map(({ id }) => id)).en} was raised and the procedure of the whole-plant stop was not`), bare.flatMap(({ id }) => (file.conditions.get(id)?.raises ?? []).map(({ n }) => n)))];
  return [...unanswered, ...action(file, clause)];
};

const rows = (judge: Judge, ...clauses: readonly string[]): Record<string, Judge> => Object.fromEntries(clauses.map((clause) => [clause, judge]));

export const JUDGES: Readonly<Record<string, Judge>> = {
  '3.1': judgePrepared, '3.2': judgeThreeParts, '3.3': judgeBypasses, '3.4': judgeAuthority, '3.5': judgeTrips, '3.6': judgeAlarms, '3.7': judgePermits,
  ...rows(trigger, '4.1.1(1)', '4.1.1(2)', '4.1.1(3)', '4.1.1(4)', '4.1.1(5)'),
  '4.1.1-modes': ran, '4.1.2': allOf(judgeUnforeseen, prohibited),
  '4.2.1': judgeUnclear, '4.2.2': judgeTasks, '4.2.3': allOf(judgeCrowding, prohibited), '4.2.4': judgeRemote, '4.2.5': judgeGathering,
  '4.3.1': judgeForethought, '4.3.2': never, '4.3.3': judgeConfirmation, ...rows(shown, '4.3.3(1)', '4.3.3(2)', '4.3.3(3)', '4.3.3(4)'), '4.3.4': judgeProtection,
  '4.4.1': judgeOpening, '4.4.2': judgePressurePlan, '4.4.3': judgePressureWork,
  '4.5.1': judgeOneCommander, '4.5.2': judgeWatch, '4.5.3': judgeAfterwards, '4.5.4': judgeEmergencyPlan,
  ...rows(trigger, 'A1.1', 'A1.2', 'A1.3', 'A1.4', 'A1.6', 'A1.7'), 'A1.5': action,
  ...rows(trigger, 'A2.1(1)', 'A2.1(2)', 'A2.2', 'A2.3', 'A2.4(1)', 'A2.4(2)', 'A2.4(3)', 'A2.6', 'A2.8', 'A2.11'), ...rows(limit, 'A2.5', 'A2.7', 'A2.9', 'A2.10'),
  ...rows(trigger, 'A3.1(1)', 'A3.1(2)', 'A3.1(3)', 'A3.1(4)', 'A3.1(5)', 'A3.1(6)', 'A3.1(7)', 'A3.1(8)', 'A3.1(9)', 'A3.7'), ...rows(never, 'A3.2', 'A3.5', 'A3.6'), ...rows(atmospheric, 'A3.3', 'A3.4'),
  ...rows(trigger, 'A4.1', 'A4.2(1)', 'A4.2(2)', 'A4.2(3)', 'A4.2(4)', 'A4.2(5)', 'A4.2(6)', 'A4.2(7)', 'A4.5', 'A4.8', 'A4.9', 'A4.11'),
  'A4.2': wholeStop, 'A4.3': never, ...rows(limit, 'A4.4', 'A4.6', 'A4.7'), 'A4.10': action,
  'V.1': judgeVideo, 'V.2': judgeWitness, 'V.3': judgeOutages, 'V.4': judgeFences,
  'H.1': judgeActions, 'H.2': judgeDrills, 'H.3': trigger, 'D.1': judgePicture, 'D.2': judgeHandingOn, 'D.3': judgeSupport,
};

export const judgeOf = (clause: string): Judge | null => (Object.hasOwn(JUDGES, clause) ? (JUDGES[clause] ?? null) : null);
