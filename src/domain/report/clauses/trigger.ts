/** Clauses that say when to retreat: was one of their conditions raised, and was the way to the safe state gone in time? */
import type { Text } from '../../../contract/text.ts';
import { allInputsOf } from '../../conditions/compile.ts';
import type { ConditionDef } from '../../packs/schema.ts';
import { gapOver } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { byPeople, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { lengthOf } from './records.ts';
import type { RunSeen } from './runs-seen.ts';
import { wayOf } from './way.ts';
import { figure, ids, lasting, listed, t } from './wording.ts';

export const triggersOf = ({ incident }: CaseFile, clause: string): readonly ConditionDef[] => incident.plant.triggers.filter(({ clauses }) => clauses.includes(clause));

interface Raised { readonly def: ConditionDef; readonly n: number | null; readonly text: Text }

export function raisedOf(file: CaseFile, watched: readonly ConditionDef[]): Raised[] {
  return watched.flatMap((def) => (file.conditions.get(def.id)?.raises ?? []).slice(0, 1).map(({ n, seen }) => {
    const value = typeof seen?.data.value === 'number' ? `（${seen.data.input ?? ''} = ${figure(seen.data.value)}${seen.data.limit === null ? '' : `，限 ${figure(seen.data.limit)}`}）` : '';
    const english = typeof seen?.data.value === 'number' ? ` (${seen.data.input ?? ''} = ${figure(seen.data.value)}${seen.data.limit === null ? '' : `, limit ${figure(seen.data.limit)}`})` : '';
    return { def, n, text: t(`${def.id}${value}`, `${def.id}${english}`) };
  }));
}

/** No condition of this clause in the pack: nothing to say here. */
export function triggered(file: CaseFile, clause: string): Finding[] {
  const watched = triggersOf(file, clause);
  if (watched.length === 0) return [];
  const raised = raisedOf(file, watched);
  const beside = runsBeside(file, clause, watched);
  if (raised.length === 0 && beside.length === 0) return [notRaised(file, watched)];
  const runs = file.runs.filter((run) => run.conditions.some((id) => raised.some(({ def }) => def.id === id)) || beside.includes(run));
  const unanswered = raised.filter(({ def }) => !runs.some((run) => run.conditions.includes(def.id)));
  return [
    ...runs.map((run) => because(raised, run, wayOf(file, run))),
    ...(unanswered.length === 0 ? [] : [notMet(t(`${listed(unanswered.map(({ text }) => text)).zh} 成立，没有触发处置程序`, `${listed(unanswered.map(({ text }) => text)).en} was raised and no procedure answered it`), unanswered.map(({ n }) => n))]),
  ];
}

function because(raised: readonly Raised[], run: RunSeen, way: Finding): Finding {
  const own = raised.filter(({ def }) => run.conditions.includes(def.id));
  if (own.length === 0) return way;
  const what = listed(own.map(({ text }) => t(text.zh.endsWith('）') ? text.zh : `${text.zh} `, text.en)));
  return { ...way, text: t(`${what.zh}成立；${way.text.zh}`, `${what.en} was raised; ${way.text.en}`), evidence: [...own.flatMap(({ n }) => (n === null ? [] : [n])), ...way.evidence] };
}

/** Raised by a person, or by a procedure that came to no end. Where it answers several clauses nobody can tell which was meant. */
function runsBeside(file: CaseFile, clause: string, watched: readonly ConditionDef[]): RunSeen[] {
  const known = new Set(file.incident.plant.triggers.flatMap(({ clauses }) => clauses));
  return file.runs.filter(({ def, conditions }) => {
    if (def === null || conditions.length > 0 || !def.clauses.includes(clause)) return false;
    return watched.length > 0 && def.clauses.filter((each) => known.has(each)).length === 1;
  });
}

function notRaised(file: CaseFile, watched: readonly ConditionDef[]): Finding {
  const dark = watched.flatMap((def) => { const spans = file.conditions.get(def.id)?.unknown ?? []; return spans.length === 0 ? [] : [{ id: def.id, ms: lengthOf(spans), ns: spans.map(({ n }) => n) }]; });
  if (dark.length > 0) {
    const longest = dark.reduce((a, b) => (b.ms > a.ms ? b : a));
    return unknown(t(`${ids(dark.map(({ id }) => id)).zh} 无法判断（最长 ${lasting(longest.ms).zh}），不能说没有出现`, `${ids(dark.map(({ id }) => id)).en} could not be judged (at most ${lasting(longest.ms).en}), so it cannot be said that it did not arise`), dark.flatMap(({ ns }) => ns));
  }
  const inputs = watched.flatMap(({ id }) => allInputsOf(id, file.incident.plant.conditions));
  const gap = gapOver(file, file.span, inputs);
  if (gap !== null) return unknown(t(`事件期间${gap.text.zh}，其间是否出现过无从得知`, `${gap.text.en} during the incident, and whether it arose then is not known`), gap.evidence);
  const told = watched.filter(({ id }) => allInputsOf(id, file.incident.plant.conditions).some(isByPeople));
  if (file.isReconstructed && told.length > 0) return byPeople(unknown(t(`${ids(told.map(({ id }) => id)).zh} 靠人员报告`, `${ids(told.map(({ id }) => id)).en} is reported by people`)));
  return notApplicable(t(`本条的 ${watched.length} 个条件在事件中均未出现`, `none of the ${watched.length} condition(s) of this clause arose in the incident`));
}

const isByPeople = (input: string): boolean => input.startsWith('seen:') || input.startsWith('lab:');
