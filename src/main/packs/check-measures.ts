/** Checks of one measure, wherever it stands: does it look at something that exists, and can it come true? */
import { COMPARISONS, SCAN_DEFAULT_MS } from '../../domain/packs/schema.ts';
import type { Comparison, Measure, TagDef } from '../../domain/packs/schema.ts';
import type { Item, PlantDraft } from './draft.ts';
import { inputsOf, measuresOf, partsOf } from './draft.ts';
import type { Names } from './names.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Report, Wrong } from './complaint.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;
interface Range { readonly low: number; readonly high: number }

/** Fewer samples than this in a window say nothing about a direction. */
const MIN_SAMPLES_IN_WINDOW = 3;

export const measuresMakeSense: PlantCheck = (plant, names, report) => {
  for (const measure of measuresOf(plant)) checkMeasure(measure, names, report);
};

function checkMeasure(item: Item<Measure>, names: Names, report: Report): void {
  const measure = item.value;
  if (!inputsExist(item, names, report)) return;
  switch (measure.kind) {
    case 'limit': limitFits(item, measure, names, report); return;
    case 'lab': limitFits(item, { ...measure, deadband: 0 }, names, report); return;
    case 'rate': rateFits(item, measure, names, report); return;
    case 'trend': trendFits(item, measure, names, report); return;
    case 'state': stateFits(item, measure, names, report); return;
    case 'swing': case 'notFalling': case 'ratio': case 'deviation': case 'discrepancy': case 'voted': case 'duration': case 'badQuality':
    case 'stale': case 'seen': case 'all': case 'any': case 'not': return;
  }
}

/** Inputs and parts exist, and are of a sort that this kind of measure can look at. */
function inputsExist(item: Item<Measure>, names: Names, report: Report): boolean {
  const measure = item.value;
  let sound = true;
  const complain = (path: readonly PropertyKey[], wrong: string | Wrong): void => { sound = false; report.error(item, path, wrong); };
  for (const [index, input] of inputsOf(measure).entries()) {
    const path = measure.kind === 'stale' ? ['inputs', index] : ['input'];
    const wrong = lackingInput(input, names) ?? unfitInput(measure.kind, input, names.tags.get(input));
    if (wrong !== null) complain(path, wrong);
  }
  for (const [index, part] of partsOf(measure).entries()) {
    if (!names.has('condition', part)) complain(measure.kind === 'not' ? ['of'] : ['of', index], names.lacking('condition', part));
  }
  return sound;
}

function lackingInput(input: string, names: Names): Wrong | null {
  if (input === '$tag') return { message: "'$tag' stands for the tag of a template; expected a tag id here" };
  if (input.startsWith('lab:')) return names.has('lab', input.slice(4)) ? null : names.lacking('lab', input.slice(4));
  if (input.startsWith('seen:')) return names.has('observation', input.slice(5)) ? null : names.lacking('observation', input.slice(5));
  return names.has('tag', input) ? null : names.lacking('tag', input);
}

function unfitInput(kind: Measure['kind'], input: string, tag: TagDef | undefined): string | null {
  const numeric = input.startsWith('lab:') || tag?.kind === 'analog' || tag?.kind === 'count';
  const found = tag === undefined ? `'${input}'` : `tag ${input} of kind ${tag.kind}`;
  switch (kind) {
    case 'limit': case 'rate': case 'trend': case 'swing': case 'notFalling': case 'ratio': case 'deviation': case 'discrepancy': case 'voted': return numeric ? null : `a ${kind} cannot look at ${found}; expected a number: an analog or count tag, or lab:ID`;
    case 'lab': return input.startsWith('lab:') ? null : `a lab measure cannot look at ${found}; expected lab:ID`;
    case 'seen': return input.startsWith('seen:') ? null : `a seen measure cannot look at ${found}; expected seen:ID`;
    case 'state': return tag?.kind === 'discrete' || tag?.kind === 'boolean' ? null : `a state cannot look at ${found}; expected a discrete or boolean tag`;
    case 'stale': case 'badQuality': return tag === undefined ? `stale cannot look at ${found}; expected a tag, which is due at known times` : null;
    case 'all': case 'any': case 'not': case 'duration': return null;
  }
}

function rangeOf(input: string, names: Names): Range | null {
  if (input.startsWith('lab:')) return names.labs.get(input.slice(4)) ?? null;
  const tag = names.tags.get(input);
  return tag !== undefined && 'low' in tag ? tag : null;
}

function limitFits(item: Item<Measure>, measure: Pick<Of<'limit'>, 'input' | 'deadband' | Comparison>, names: Names, report: Report): void {
  const set = COMPARISONS.filter((comparison) => measure[comparison] !== undefined);
  if (set.length !== 1) {
    report.error(item, [set[1] ?? 'kind'], `the limit on ${measure.input} has ${set.length === 0 ? 'no comparison' : `${set.length} comparisons (${set.join(', ')})`}; expected exactly one of ${COMPARISONS.join(', ')}`);
    return;
  }
  const [comparison] = set;
  const range = rangeOf(measure.input, names);
  const limit = comparison === undefined ? undefined : measure[comparison];
  if (comparison === undefined || limit === undefined || range === null) return;
  const span = `${range.low} to ${range.high}`;
  if (limit < range.low || limit > range.high) report.error(item, [comparison], `limit ${limit} is outside the range of ${measure.input}; expected ${span}`);
  else if ((comparison === 'above' && limit === range.high) || (comparison === 'below' && limit === range.low)) report.error(item, [comparison], `${comparison} ${limit} can never come true on ${measure.input}; expected a limit inside ${span}`);
  if (measure.deadband > (range.high - range.low) / 2) report.error(item, ['deadband'], `deadband ${measure.deadband} is wider than half the range of ${measure.input}; expected at most ${(range.high - range.low) / 2}`);
}

function rateFits(item: Item<Measure>, measure: Of<'rate'>, names: Names, report: Report): void {
  const { risingFasterThan, fallingFasterThan } = measure;
  if (risingFasterThan === undefined && fallingFasterThan === undefined) report.error(item, ['kind'], `the rate of ${measure.input} has no limit; expected risingFasterThan or fallingFasterThan`);
  const smallest = Math.min(risingFasterThan ?? Infinity, fallingFasterThan ?? Infinity);
  if (measure.deadband >= smallest) report.error(item, ['deadband'], `deadband ${measure.deadband} reaches the limit ${smallest} itself, so the rate of ${measure.input} would never clear; expected a smaller one`);
  windowFits(item, measure, names, report);
}

function trendFits(item: Item<Measure>, measure: Of<'trend'>, names: Names, report: Report): void {
  const range = rangeOf(measure.input, names);
  if (range !== null && measure.minChange > range.high - range.low) report.error(item, ['minChange'], `minChange ${measure.minChange} is more than the whole range of ${measure.input}; expected at most ${range.high - range.low}`);
  if (measure.tolerance >= measure.minChange) report.error(item, ['tolerance'], `tolerance ${measure.tolerance} is not below minChange ${measure.minChange}; expected a smaller one, or every wobble is a trend`);
  windowFits(item, measure, names, report);
}

function windowFits(item: Item<Measure>, measure: Of<'rate'> | Of<'trend'>, names: Names, report: Report): void {
  const tag = names.tags.get(measure.input);
  const scanMs = tag?.scan ?? SCAN_DEFAULT_MS;
  if (tag === undefined || measure.window >= scanMs * MIN_SAMPLES_IN_WINDOW) return;
  report.error(item, ['window'], `the window of ${measure.window / 1000} s holds fewer than ${MIN_SAMPLES_IN_WINDOW} samples of ${measure.input}; expected at least ${(scanMs * MIN_SAMPLES_IN_WINDOW) / 1000} s`);
}

function stateFits(item: Item<Measure>, measure: Of<'state'>, names: Names, report: Report): void {
  const tag = names.tags.get(measure.input);
  if (tag === undefined) return;
  const known: readonly (string | boolean)[] = tag.kind === 'discrete' ? tag.states : [true, false];
  const words = Array.isArray(measure.is) ? measure.is : [measure.is];
  for (const [index, word] of words.entries()) {
    if (known.includes(word)) continue;
    report.error(item, Array.isArray(measure.is) ? ['is', index] : ['is'], `tag ${tag.id} has no state '${String(word)}'; expected ${known.map(String).join(', ')}`);
  }
  if (known.every((word) => words.includes(word))) report.error(item, ['is'], `every state of ${tag.id} is listed, so it is always true; expected fewer`);
}

/** all/any/not may not go round in a circle: nothing could ever decide them. */
export const noCycles: PlantCheck = (plant, _names, report) => {
  const conditions = new Map(plant.conditions.map((item) => [item.value.id, item]));
  const done = new Set<string>();
  const walk = (id: string, trail: readonly string[]): void => {
    const start = trail.indexOf(id);
    if (start >= 0) { complainOfCycle(plant, trail.slice(start), report); return; }
    const item = conditions.get(id);
    if (item === undefined || done.has(id)) return;
    for (const part of partsOf(item.value.measure)) walk(part, [...trail, id]);
    done.add(id);
  };
  for (const id of conditions.keys()) walk(id, []);
};

function complainOfCycle(plant: PlantDraft, cycle: readonly string[], report: Report): void {
  const item = plant.conditions.find((condition) => condition.value.id === cycle[0]);
  if (item !== undefined) report.error(item, ['measure', 'of'], `conditions go round in a circle: ${[...cycle, cycle[0]].join(' -> ')}; expected all/any/not to end at measured conditions`);
}
