/** Checks of the figures of one measure: inside the range, reachable, able to clear again, with enough samples to be seen. */
import { COMPARISONS, SCAN_DEFAULT_MS } from '../../domain/packs/schema.ts';
import type { Comparison, Measure } from '../../domain/packs/schema.ts';
import type { Item } from './draft.ts';
import type { Names } from './names.ts';
import type { Report } from './complaint.ts';
import { isSameUnit } from './units.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;
interface Range { readonly low: number; readonly high: number }
type Limits = Partial<Readonly<Record<Comparison, number | undefined>>>;
/** What a check of one kind is given: the measure, where it stands, what exists, and whom to tell. */
interface Ask<M extends Measure> { readonly item: Item<Measure>; readonly measure: M; readonly names: Names; readonly report: Report }

/** Fewer samples than this in a window say nothing about a direction. */
const MIN_SAMPLES_IN_WINDOW = 3;
const MS_PER_MIN = 60_000;

export function figuresFit(item: Item<Measure>, names: Names, report: Report): void {
  const ask = <M extends Measure>(measure: M): Ask<M> => ({ item, measure, names, report });
  const measure = item.value;
  switch (measure.kind) {
    case 'limit': case 'lab': limitFits(ask(measure)); return;
    case 'voted': votedFits(ask(measure)); return;
    case 'rate': rateFits(ask(measure)); return;
    case 'trend': trendFits(ask(measure)); return;
    case 'swing': swingFits(ask(measure)); return;
    case 'notFalling': notFallingFits(ask(measure)); return;
    case 'ratio': ratioFits(ask(measure)); return;
    case 'deviation': deviationFits(ask(measure)); return;
    case 'discrepancy': discrepancyFits(ask(measure)); return;
    case 'state': stateFits(ask(measure)); return;
    case 'duration': if (measure.longerThan === 0) report.error(item, ['longerThan'], `longer than 0 s is at once; expected a time, or no duration`); return;
    case 'stale': case 'badQuality': case 'seen': case 'all': case 'any': case 'not': return;
  }
}

export function rangeOf(input: string, names: Pick<Names, 'tags' | 'labs'>): Range | null {
  if (input.startsWith('lab:')) return names.labs.get(input.slice(4)) ?? null;
  const tag = names.tags.get(input);
  return tag !== undefined && 'low' in tag ? tag : null;
}

/** The one comparison of a measure, or null: none, or several. */
export function comparisonOf(measure: Limits): { readonly comparison: Comparison; readonly limit: number } | null {
  const set = COMPARISONS.filter((comparison) => measure[comparison] !== undefined);
  const [comparison] = set;
  const limit = comparison === undefined ? undefined : measure[comparison];
  return comparison === undefined || limit === undefined || set.length !== 1 ? null : { comparison, limit };
}

export function isHigh(comparison: Comparison): boolean {
  return comparison === 'above' || comparison === 'atOrAbove';
}

function oneComparison({ item, measure, report }: Ask<Measure>, what: string): { readonly comparison: Comparison; readonly limit: number } | null {
  const set = COMPARISONS.filter((comparison) => (measure as Limits)[comparison] !== undefined);
  if (set.length !== 1) report.error(item, [set[1] ?? 'kind'], `the ${what} has ${set.length === 0 ? 'no comparison' : `${set.length} comparisons (${set.join(', ')})`}; expected exactly one of ${COMPARISONS.join(', ')}`);
  return comparisonOf(measure as Limits);
}

/** A limit lies in the range, can come true, and its deadband leaves room to clear. */
function limitInRange({ item, report }: Ask<Measure>, { comparison, limit }: { readonly comparison: Comparison; readonly limit: number }, deadband: number, what: string, range: Range): void {
  const span = `${range.low} to ${range.high}`;
  if (limit < range.low || limit > range.high) { report.error(item, [comparison], `limit ${limit} is outside the range of ${what}; expected ${span}`); return; }
  if ((comparison === 'above' && limit === range.high) || (comparison === 'below' && limit === range.low)) report.error(item, [comparison], `${comparison} ${limit} can never come true on ${what}; expected a limit inside ${span}`);
  else if ((comparison === 'atOrBelow' && limit === range.high) || (comparison === 'atOrAbove' && limit === range.low)) report.error(item, [comparison], `${comparison} ${limit} is always true on ${what}; expected a limit inside ${span}`);
  const margin = isHigh(comparison) ? limit - range.low : range.high - limit;
  if (deadband > (range.high - range.low) / 2) report.error(item, ['deadband'], `deadband ${deadband} is wider than half the range of ${what}; expected at most ${(range.high - range.low) / 2}`);
  else if (deadband > 0 && deadband >= margin) report.error(item, ['deadband'], `deadband ${deadband} is as wide as all of ${what} on the normal side of ${limit}, so that it could never clear; expected less than ${margin}`);
}

function limitFits(ask: Ask<Of<'limit'> | Of<'lab'>>): void {
  const { measure, names } = ask;
  const found = oneComparison(ask, `limit on ${measure.input}`);
  const range = rangeOf(measure.input, names);
  if (found !== null && range !== null) limitInRange(ask, found, measure.kind === 'limit' ? measure.deadband : 0, measure.input, range);
}

function votedFits(ask: Ask<Of<'voted'>>): void {
  const { item, measure, names, report } = ask;
  if (measure.need > measure.inputs.length) report.error(item, ['need'], `${measure.need} votes are needed of ${measure.inputs.length} inputs; expected at most ${measure.inputs.length}`);
  const found = oneComparison(ask, `vote on ${measure.inputs.join(', ')}`);
  sameUnits(ask, measure.inputs, (index) => ['inputs', index]);
  for (const input of measure.inputs) {
    const range = rangeOf(input, names);
    if (found !== null && range !== null) limitInRange(ask, found, measure.deadband, input, range);
  }
}

function rateFits(ask: Ask<Of<'rate'>>): void {
  const { item, measure, names, report } = ask;
  const { risingFasterThan, fallingFasterThan } = measure;
  if (risingFasterThan === undefined && fallingFasterThan === undefined) report.error(item, ['kind'], `the rate of ${measure.input} has no limit; expected risingFasterThan or fallingFasterThan`);
  const smallest = Math.min(risingFasterThan ?? Infinity, fallingFasterThan ?? Infinity);
  if (measure.deadband >= smallest) report.error(item, ['deadband'], `deadband ${measure.deadband} reaches the limit ${smallest} itself, so the rate of ${measure.input} would never clear; expected a smaller one`);
  const range = rangeOf(measure.input, names);
  for (const key of ['risingFasterThan', 'fallingFasterThan'] as const) {
    const change = ((measure[key] ?? 0) * measure.window) / MS_PER_MIN;
    if (range !== null && change > range.high - range.low) report.error(item, [key], `${measure[key] ?? 0} per minute over the window is ${change}, more than the whole range of ${measure.input}; expected at most ${range.high - range.low}`);
  }
  windowFits(ask, MIN_SAMPLES_IN_WINDOW);
}

function trendFits(ask: Ask<Of<'trend'>>): void {
  const { item, measure, report } = ask;
  withinSpan(ask, 'minChange', measure.minChange);
  if (measure.tolerance >= measure.minChange) report.error(item, ['tolerance'], `tolerance ${measure.tolerance} is not below minChange ${measure.minChange}; expected a smaller one, or every wobble is a trend`);
  windowFits(ask, MIN_SAMPLES_IN_WINDOW);
}

function swingFits(ask: Ask<Of<'swing'>>): void {
  const { item, measure, names, report } = ask;
  if (measure.over === undefined) withinSpan(ask, 'amplitude', measure.amplitude);
  else if (measure.minOver === undefined) report.error(item, ['over'], `the swing of ${measure.input} over ${measure.over} has no minOver; expected the least ${measure.over} at which the ratio means anything`);
  else denominatorFits(ask, measure.over, measure.minOver, names);
  if (measure.over === undefined && measure.minOver !== undefined) report.error(item, ['minOver'], "minOver stands without 'over'; expected both or none");
  // Each turn needs at least one sample of its own, beside the two ends.
  windowFits(ask, Math.max(MIN_SAMPLES_IN_WINDOW, measure.reversals + 2));
}

function notFallingFits(ask: Ask<Of<'notFalling'>>): void {
  const { measure, names } = ask;
  const range = rangeOf(measure.input, names);
  if (range !== null) limitInRange(ask, { comparison: 'above', limit: measure.above }, measure.deadband, measure.input, range);
  withinSpan(ask, 'minFall', measure.minFall);
  windowFits(ask, MIN_SAMPLES_IN_WINDOW);
}

function ratioFits(ask: Ask<Of<'ratio'>>): void {
  const { item, measure, names, report } = ask;
  const found = oneComparison(ask, `ratio of ${measure.input} to ${measure.over}`);
  denominatorFits(ask, measure.over, measure.minOver, names);
  const above = rangeOf(measure.input, names);
  if (found === null || above === null || above.low < 0) return;
  const highest = above.high / measure.minOver;
  if (found.limit < 0 || (isHigh(found.comparison) && found.limit >= highest)) report.error(item, [found.comparison], `a ratio of ${found.limit} is never reached by ${measure.input} over ${measure.over}; expected 0 to ${highest}`);
  if (measure.deadband >= found.limit && measure.deadband > 0 && isHigh(found.comparison)) report.error(item, ['deadband'], `deadband ${measure.deadband} reaches down to no ratio at all; expected less than ${found.limit}`);
}

function denominatorFits({ item, report }: Ask<Measure>, over: string, minOver: number, names: Names): void {
  const range = rangeOf(over, names);
  if (range !== null && (minOver < range.low || minOver >= range.high)) report.error(item, ['minOver'], `minOver ${minOver} is outside the range of ${over}; expected ${range.low} to below ${range.high}`);
}

function deviationFits(ask: Ask<Of<'deviation'>>): void {
  const { item, measure, names, report } = ask;
  const found = oneComparison(ask, `deviation of ${measure.input} from ${measure.from}`);
  sameUnits(ask, [measure.input, measure.from], (index) => [index === 0 ? 'input' : 'from']);
  const [one, other] = [rangeOf(measure.input, names), rangeOf(measure.from, names)];
  if (found === null || one === null || other === null) return;
  const [low, high] = [one.low - other.high, one.high - other.low];
  const reach = measure.absolute ? { low: 0, high: Math.max(Math.abs(low), Math.abs(high)) } : { low, high };
  limitInRange(ask, found, measure.deadband, `${measure.input} - ${measure.from}`, reach);
  if (measure.absolute && found.limit <= 0) report.error(item, [found.comparison], `a distance of ${found.limit} is no limit; expected more than 0, or absolute: false`);
}

function discrepancyFits(ask: Ask<Of<'discrepancy'>>): void {
  const { item, measure, names, report } = ask;
  sameUnits(ask, measure.inputs, (index) => ['inputs', index]);
  const spans = measure.inputs.flatMap((input) => rangeOf(input, names) ?? []);
  const widest = Math.max(...spans.map((range) => range.high)) - Math.min(...spans.map((range) => range.low));
  if (spans.length > 0 && measure.tolerance >= widest) report.error(item, ['tolerance'], `tolerance ${measure.tolerance} is as wide as the range of ${measure.inputs.join(', ')}; expected less than ${widest}`);
  if (measure.deadband >= measure.tolerance) report.error(item, ['deadband'], `deadband ${measure.deadband} reaches the tolerance ${measure.tolerance} itself, so that it would never clear; expected a smaller one`);
}

/** Numbers are compared as they come: all in one unit, or a difference of them means nothing. */
function sameUnits({ item, names, report }: Ask<Measure>, inputs: readonly string[], path: (index: number) => readonly PropertyKey[]): void {
  const units = inputs.map((input) => unitOf(input, names));
  const [first] = units;
  for (const [index, unit] of units.entries()) {
    if (first !== undefined && unit !== undefined && !isSameUnit(unit, first)) report.error(item, path(index), `${inputs[index] ?? ''} is in ${unit} and ${inputs[0] ?? ''} in ${first}; expected inputs in one unit`);
  }
}

function unitOf(input: string, names: Names): string | undefined {
  if (input.startsWith('lab:')) return names.labs.get(input.slice(4))?.unit;
  const tag = names.tags.get(input);
  return tag !== undefined && 'unit' in tag ? tag.unit : undefined;
}

function withinSpan({ item, measure, names, report }: Ask<Of<'trend'> | Of<'swing'> | Of<'notFalling'>>, key: string, change: number): void {
  const range = rangeOf(measure.input, names);
  if (range !== null && change > range.high - range.low) report.error(item, [key], `${key} ${change} is more than the whole range of ${measure.input}; expected at most ${range.high - range.low}`);
}

function windowFits({ item, measure, names, report }: Ask<Of<'rate'> | Of<'trend'> | Of<'swing'> | Of<'notFalling'>>, samples: number): void {
  const tag = names.tags.get(measure.input);
  const leastMs = (tag?.scan ?? SCAN_DEFAULT_MS) * samples;
  if (tag === undefined || measure.window >= leastMs) return;
  report.error(item, ['window'], `the window of ${measure.window / 1000} s holds fewer than ${samples} samples of ${measure.input}; expected at least ${leastMs / 1000} s`);
}

function stateFits({ item, measure, names, report }: Ask<Of<'state'>>): void {
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
