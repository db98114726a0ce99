/** Checks across conditions: two that contradict, one that can never come, a deadband that reaches past a milder limit. */
import type { ConditionSource } from '../../domain/packs/schema.ts';
import { comparisonOf, isHigh } from './check-figures.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Report } from './complaint.ts';
import type { Item } from './draft.ts';
import { implies, impossibleTogether } from './implication.ts';

interface Rung {
  readonly item: Item<ConditionSource>;
  readonly limit: number;
  /** `above` 60 comes after `atOrAbove` 60. */
  readonly strict: boolean;
  readonly deadband: number;
  readonly comparison: string;
}

/** Limits of one tag in one direction, mildest first: what comes first may not be the more urgent, nor the trigger. */
export const ladderIsInOrder: PlantCheck = (plant, _names, report) => {
  for (const rungs of laddersOf(plant.conditions)) {
    for (const [index, rung] of rungs.entries()) {
      const milder = rungs.slice(0, index).filter((other) => comesBefore(other, rung));
      for (const other of milder) if (contradicts(other.item.value, rung.item.value)) { tellContradiction(other, rung, report); break; }
      const next = milder.at(-1);
      if (next !== undefined) deadbandFits(next, rung, report);
    }
  }
};

function laddersOf(conditions: readonly Item<ConditionSource>[]): Rung[][] {
  const ladders = new Map<string, Rung[]>();
  for (const item of conditions) {
    const { measure, role } = item.value;
    const found = role === 'input' || (measure.kind !== 'limit' && measure.kind !== 'voted') ? null : comparisonOf(measure);
    if (found === null || (measure.kind !== 'limit' && measure.kind !== 'voted')) continue;
    const { comparison, limit } = found;
    // Votes are held only against votes of the same inputs: one transmitter may well be beyond the limit before two are.
    const input = measure.kind === 'limit' ? measure.input : `${measure.need} of ${[...measure.inputs].sort().join(' ')}`;
    const key = `${isHigh(comparison) ? 'high' : 'low'} ${input}`;
    const rung = { item, limit, strict: comparison === 'above' || comparison === 'below', deadband: measure.deadband, comparison };
    ladders.set(key, [...(ladders.get(key) ?? []), rung]);
  }
  return [...ladders.values()].map((rungs) => rungs.sort((a, b) => severity(a) - severity(b) || Number(a.strict) - Number(b.strict)));
}

function severity({ comparison, limit }: Rung): number {
  return comparison === 'above' || comparison === 'atOrAbove' ? limit : -limit;
}

function comesBefore(milder: Rung, harder: Rung): boolean {
  return severity(milder) < severity(harder) || (milder.limit === harder.limit && !milder.strict && harder.strict);
}

/** The milder of two contradicts the harder one when it is the more urgent, the trigger of a warning, or forbidden at all times. */
function contradicts(milder: ConditionSource, harder: ConditionSource): boolean {
  const alarming = (one: ConditionSource): boolean => one.role === 'trigger' || one.role === 'warning';
  if (milder.role === 'prohibition') return milder.standing === true && harder.role === 'trigger';
  if (!alarming(milder) || !alarming(harder)) return false;
  return milder.priority < harder.priority || (milder.role === 'trigger' && harder.role === 'warning');
}

function tellContradiction(milder: Rung, harder: Rung, report: Report): void {
  const [first, second] = [milder.item.value, harder.item.value];
  const why = first.role === 'prohibition' ? `is forbidden at all times by ${first.id}` : first.role === 'trigger' && second.role === 'warning' ? `is the trigger ${first.id} already` : `is ${first.id} with the more urgent priority ${first.priority} already`;
  report.error(harder.item, ['measure', harder.comparison], `${second.id} (${second.role}, priority ${second.priority}) comes only at ${harder.limit}, after ${milder.limit}, which ${why}; expected the milder limit to be the less urgent one`);
}

function deadbandFits(milder: Rung, harder: Rung, report: Report): void {
  const margin = Math.abs(harder.limit - milder.limit);
  if (harder.deadband > margin && margin > 0) report.error(harder.item, ['measure', 'deadband'], `deadband ${harder.deadband} of ${harder.item.value.id} is wider than its margin to ${milder.item.value.id} at ${milder.limit}, which would clear first; expected at most ${margin}`);
}

/** all() of what can never be true together would be a safeguard that never comes. */
export const allCanBeTrue: PlantCheck = (plant, _names, report) => {
  const conditions = new Map(plant.conditions.map((item) => [item.value.id, item.value]));
  for (const item of plant.conditions) {
    const { measure, id } = item.value;
    if (measure.kind !== 'all') continue;
    const pair = impossibleTogether(measure.of, conditions);
    if (pair !== null) report.error(item, ['measure', 'of'], `${id} can never be true: ${pair.one} and ${pair.other} contradict; expected parts that can be true together`);
  }
};

/** An alarm suppressed whenever it is there would never be heard. */
export const suppressionLeavesRoom: PlantCheck = (plant, names, report) => {
  const conditions = new Map(plant.conditions.map((item) => [item.value.id, item.value]));
  for (const item of plant.conditions) {
    for (const [index, other] of (item.value.alarm?.suppressedWhile ?? []).entries()) {
      const path = ['alarm', 'suppressedWhile', index];
      if (!names.has('condition', other)) report.error(item, path, names.lacking('condition', other));
      else if (implies(item.value.id, other, conditions)) report.error(item, path, `${item.value.id} is suppressed while ${other} is raised, and that is always so when it is raised itself; expected a condition that says that its equipment is stopped`);
    }
  }
};
