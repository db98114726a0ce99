/**
 * Which way is the safe one for a condition: being raised sooner, when it makes an alarm; being raised later, when it proves that all is
 * well. A part may be both.
 */
import type { PlantDraft } from './draft.ts';
import { partsOf, proofListsOf } from './draft.ts';
import type { MainFigure } from './main-figure.ts';

export interface Use {
  /** Raised sooner is safer: alarms, what starts procedures, what keeps an interlock from being reset. */
  alarms: boolean;
  /** Raised sooner is less safe: proofs of safe state and return, what suppresses an alarm. */
  proves: boolean;
}

/** For every condition id, what it is used for in the end, through all/any/not and times. */
export function usesOf(plant: PlantDraft): ReadonlyMap<string, Readonly<Use>> {
  const conditions = new Map(plant.conditions.map((item) => [item.value.id, item.value]));
  const uses = new Map<string, Use>();
  const mark = (id: string, alarms: boolean): void => {
    const use = uses.get(id) ?? { alarms: false, proves: false };
    uses.set(id, use);
    // Marked already this way: so are its parts. Also what ends a circle.
    if (alarms ? use.alarms : use.proves) return;
    if (alarms) use.alarms = true; else use.proves = true;
    const measure = conditions.get(id)?.measure;
    if (measure !== undefined) for (const part of partsOf(measure)) mark(part, measure.kind === 'not' ? !alarms : alarms);
  };
  for (const { value } of plant.conditions) {
    if (value.role !== 'input') mark(value.id, true);
    for (const id of value.alarm?.suppressedWhile ?? []) mark(id, false);
  }
  for (const { value } of plant.interlocks) for (const id of value.tripConditions) mark(id, true);
  for (const { value } of plant.procedures) {
    for (const { proof } of proofListsOf(value)) {
      for (const one of proof) if ('when' in one) for (const part of partsOf(one.when)) mark(part, one.when.kind === 'not');
    }
  }
  return uses;
}

/** What a figure may be at most or at least, to be no looser than `bound` in any of its uses; null when it is within. */
export function beyond({ figure, safer }: Pick<MainFigure, 'figure' | 'safer'>, bound: number, use: Readonly<Use>): string | null {
  if (figure === bound) return null;
  const isSooner = (safer === 'lower') === figure < bound;
  if ((!use.alarms || isSooner) && (!use.proves || !isSooner)) return null;
  if (use.alarms && use.proves) return 'exactly';
  return (safer === 'lower') === use.alarms ? 'at most' : 'at least';
}

/** An alarm that nothing else uses, and a part that nothing uses yet. */
export const ALARM_USE: Readonly<Use> = { alarms: true, proves: false };
