/**
 * A site's own figures over its plant's rules. Stricter is free. Looser goes at most to the guideline's own figure; beyond it the site
 * is refused, and says which clause and which two figures stand against each other.
 */
import type { ConditionSource, Measure, OverrideDef } from '../../domain/packs/schema.ts';
import type { Report } from './complaint.ts';
import { converted, scalesOf } from './convert-units.ts';
import type { Item, PlantDraft, SiteSource } from './draft.ts';
import { inputsOf } from './draft.ts';
import { mainFigure } from './main-figure.ts';
import { lackingName } from './names.ts';
import type { Use } from './polarity.ts';
import { ALARM_USE, beyond, usesOf } from './polarity.ts';

/** The plant as this site has it. What is refused is told, and then the caller uses the plant without the site: never half of it. */
export function applySite(plant: PlantDraft, { source, content }: SiteSource, report: Report): PlantDraft {
  const overrides = new Map<string, Item<OverrideDef>>();
  const ids = new Set(plant.conditions.map((item) => item.value.id));
  for (const [index, value] of content.overrides.entries()) {
    const item: Item<OverrideDef> = { value, source, path: ['overrides', index] };
    const before = overrides.get(value.condition);
    if (!ids.has(value.condition)) report.error(item, ['condition'], lackingName('condition', value.condition, ids));
    else if (before !== undefined) report.error(item, ['condition'], `a second override of ${value.condition}, first at line ${source.place(before.path).line}; expected every condition once`);
    else overrides.set(value.condition, item);
  }
  const bounds: Bounds = { uses: usesOf(plant), scales: scalesOf(plant), countTags: new Set(plant.zones.map((zone) => zone.value.countTag)) };
  const namespaceUris = content.namespaceUri === undefined ? plant.namespaceUris : [{ value: content.namespaceUri, source, path: ['namespaceUri'] }];
  return {
    ...plant, namespaceUris,
    conditions: plant.conditions.map((item) => {
      const override = overrides.get(item.value.id);
      return override === undefined ? item : { ...item, value: overridden(item.value, override, bounds, report), override: { source, path: override.path } };
    }),
  };
}

interface Bounds {
  readonly uses: ReadonlyMap<string, Readonly<Use>>;
  readonly scales: ReturnType<typeof scalesOf>;
  /** Tags that count people: 0, 2 and 6 are the guideline's (4.2.1, 4.2.3). */
  readonly countTags: ReadonlySet<string>;
}

const OVERRIDABLE = ['limit', 'deadband', 'onDelay', 'offDelay', 'window', 'timeToAct'] as const;

function overridden(base: ConditionSource, item: Item<OverrideDef>, bounds: Bounds, report: Report): ConditionSource {
  const { value: change } = item;
  if (OVERRIDABLE.every((key) => change[key] === undefined)) report.error(item, [], `the override of ${base.id} changes nothing; expected one of ${OVERRIDABLE.join(', ')}`);
  const measure = changedMeasure(base, item, report);
  if (measure === null) return base;
  limitHolds(base, measure, item, bounds, report);
  delaysHold(base, item, bounds, report);
  return {
    ...base, measure,
    onDelay: change.onDelay ?? base.onDelay, offDelay: change.offDelay ?? base.offDelay,
    ...(change.timeToAct === undefined ? {} : { card: { ...base.card, timeToAct: change.timeToAct } }),
  };
}

/** The measure with the new figures in place; null when it has no such figure, which is told. */
function changedMeasure({ id, measure }: ConditionSource, item: Item<OverrideDef>, report: Report): Measure | null {
  const { limit, deadband, window } = item.value;
  const main = mainFigure(measure);
  const changes: Record<string, number> = {};
  let sound = true;
  const lacks = (key: string, expected: string): void => { sound = false; report.error(item, [key], `${id} is a ${measure.kind} and has no ${key} of its own; expected ${expected}`); };
  if (limit !== undefined) {
    if (main === null || main.name === 'longerThan') lacks('limit', measure.kind === 'duration' ? "'window' for the time" : 'a condition with one figure');
    else changes[main.name] = limit;
  }
  if (deadband !== undefined) { if ('deadband' in measure) changes['deadband'] = deadband; else lacks('deadband', 'none'); }
  if (window !== undefined) {
    if ('window' in measure) changes['window'] = window;
    else if (measure.kind === 'duration') changes['longerThan'] = window;
    else lacks('window', 'none');
  }
  return sound ? { ...measure, ...changes } as Measure : null;
}

/** The figure, in the tag's unit: stricter, or looser up to the guideline's own. */
function limitHolds(base: ConditionSource, measure: Measure, item: Item<OverrideDef>, { uses, scales, countTags }: Bounds, report: Report): void {
  const [before, after] = [mainFigure(converted(base.measure, scales)), mainFigure(converted(measure, scales))];
  if (before === null || after === null || before.figure === after.figure) return;
  const bound = boundOf(base, before.figure, countTags);
  if (bound === null) return;
  const allowed = beyond(after, bound.figure, uses.get(base.id) ?? ALARM_USE);
  if (allowed === null) return;
  const isTime = after.name === 'longerThan';
  const shown = (figure: number): string => (isTime ? `${figure / 1000} s` : String(figure));
  const why = allowed === 'exactly' ? ', because it both raises alarms and proves a safe state' : '';
  report.error(item, [isTime ? 'window' : 'limit'], `${base.id} would come at ${shown(after.figure)}, beyond ${bound.what} of ${base.clauses.join(', ')}, ${shown(bound.figure)}; expected ${allowed} ${shown(bound.figure)}${why}`);
}

/** How far a site may loosen; null: as far as the tag's range goes. */
function boundOf(base: ConditionSource, figure: number, countTags: ReadonlySet<string>): { readonly figure: number; readonly what: string } | null {
  if (base.guidelineFigure !== undefined) return { figure: base.guidelineFigure, what: "the guideline's own figure" };
  if (base.source === 'guideline') return { figure, what: "the guideline's own figure" };
  if (base.measure.kind === 'lab') return { figure, what: 'the laboratory limit' };
  return inputsOf(base.measure).some((input) => countTags.has(input)) ? { figure, what: 'the limit of people' } : null;
}

/** Slower is looser: a delay on a figure of the guideline would be a looser figure by another name. */
function delaysHold(base: ConditionSource, item: Item<OverrideDef>, { uses }: Bounds, report: Report): void {
  const { onDelay, offDelay, window, timeToAct } = item.value;
  if (base.source !== 'guideline' && base.guidelineFigure === undefined) return;
  const proves = uses.get(base.id)?.proves === true;
  const baseWindow = 'window' in base.measure ? base.measure.window : undefined;
  const refuse = (key: string, found: number, allowed: number, bound: string): void => {
    report.error(item, [key], `${key} ${found / 1000} s of ${base.id} loosens what ${base.clauses.join(', ')} says, where it is ${allowed / 1000} s; expected ${bound} ${allowed / 1000} s`);
  };
  if (onDelay !== undefined && (onDelay > base.onDelay || (proves && onDelay < base.onDelay))) refuse('onDelay', onDelay, base.onDelay, proves ? 'exactly' : 'at most');
  if (offDelay !== undefined && (offDelay < base.offDelay || (proves && offDelay > base.offDelay))) refuse('offDelay', offDelay, base.offDelay, proves ? 'exactly' : 'at least');
  if (window !== undefined && baseWindow !== undefined && window > baseWindow) refuse('window', window, baseWindow, 'at most');
  const baseTime = base.card?.timeToAct;
  if (timeToAct !== undefined && typeof baseTime === 'number' && timeToAct > baseTime) refuse('timeToAct', timeToAct, baseTime, 'at most');
}
