/** Checks of one measure, wherever it stands: does it look at something that exists, and at a sort of thing that it can look at? */
import type { Measure } from '../../domain/packs/schema.ts';
import type { Item, PlantDraft } from './draft.ts';
import { inputsOf, measuresOf, partsOf } from './draft.ts';
import type { Names } from './names.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Report, Wrong } from './complaint.ts';
import { unfitInput } from './fit-input.ts';
import { figuresFit } from './check-figures.ts';

export const measuresMakeSense: PlantCheck = (plant, names, report) => {
  for (const measure of measuresOf(plant)) if (inputsExist(measure, names, report)) figuresFit(measure, names, report);
};

/** Inputs and parts exist, are of a sort that this kind of measure can look at, and none is named twice. */
function inputsExist(item: Item<Measure>, names: Names, report: Report): boolean {
  const measure = item.value;
  let sound = true;
  const complain = (path: readonly PropertyKey[], wrong: string | Wrong): void => { sound = false; report.error(item, path, wrong); };
  const inputs = inputsOf(measure);
  for (const [index, input] of inputs.entries()) {
    const wrong = lackingInput(input, names) ?? unfitInput(measure.kind, input, names.tags.get(input)) ?? (inputs.indexOf(input) < index ? `${input} is named twice; expected different inputs` : null);
    if (wrong !== null) complain(inputPath(measure, index), wrong);
  }
  const parts = partsOf(measure);
  for (const [index, part] of parts.entries()) {
    const path = measure.kind === 'not' || measure.kind === 'duration' ? ['of'] : ['of', index];
    if (!names.has('condition', part)) complain(path, names.lacking('condition', part));
    else if (parts.indexOf(part) < index) complain(path, `condition ${part} is named twice; expected different parts`);
  }
  return sound;
}

/** Where the n-th input stands in the measure. */
export function inputPath(measure: Measure, index: number): readonly PropertyKey[] {
  if ('inputs' in measure) return ['inputs', index];
  if (index === 0) return ['input'];
  return [measure.kind === 'deviation' ? 'from' : 'over'];
}

function lackingInput(input: string, names: Names): Wrong | null {
  if (input === '$tag') return { message: "'$tag' stands for the tag of a template; expected a tag id here" };
  if (input.startsWith('lab:')) return names.has('lab', input.slice(4)) ? null : names.lacking('lab', input.slice(4));
  if (input.startsWith('seen:')) return names.has('observation', input.slice(5)) ? null : names.lacking('observation', input.slice(5));
  return names.has('tag', input) ? null : names.lacking('tag', input);
}

/** Conditions may not go round in a circle, through parts, times or suppression: nothing could ever decide them, or they hide each other. */
export const noCycles: PlantCheck = (plant, _names, report) => {
  const conditions = new Map(plant.conditions.map((item) => [item.value.id, item]));
  const done = new Set<string>();
  const walk = (id: string, trail: readonly string[]): void => {
    const start = trail.indexOf(id);
    if (start >= 0) { complainOfCycle(plant, trail.slice(start), report); return; }
    const item = conditions.get(id);
    if (item === undefined || done.has(id)) return;
    for (const part of [...partsOf(item.value.measure), ...(item.value.alarm?.suppressedWhile ?? [])]) walk(part, [...trail, id]);
    done.add(id);
  };
  for (const id of conditions.keys()) walk(id, []);
};

function complainOfCycle(plant: PlantDraft, cycle: readonly string[], report: Report): void {
  const item = plant.conditions.find((condition) => condition.value.id === cycle[0]);
  if (item === undefined) return;
  const next = cycle[1] ?? cycle[0] ?? '';
  const path = partsOf(item.value.measure).includes(next) ? ['measure', 'of'] : ['alarm', 'suppressedWhile'];
  report.error(item, path, `conditions go round in a circle: ${[...cycle, cycle[0]].join(' -> ')}; expected parts and suppressedWhile to end at measured conditions`);
}
