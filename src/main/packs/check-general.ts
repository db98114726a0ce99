/** Checks of the general rules, which are no plant: what no plant would show, or every plant would show again. */
import type { Item, PlantDraft } from './draft.ts';
import { inputsOf, partsOf } from './draft.ts';
import type { BrokenNames } from './broken-names.ts';
import { clauseFindings, duplicates } from './check-plant.ts';
import type { Report } from './complaint.ts';
import { GENERAL } from './general-rules.ts';
import { lackingName } from './names.ts';

export function includesExist(plant: PlantDraft, general: PlantDraft | null, broken: BrokenNames, report: Report): void {
  const known = new Set(general === null ? [] : [GENERAL]);
  for (const item of plant.includes) {
    if (!known.has(item.value)) report.error(item, [], lackingName('general rules', item.value, known, broken.fileOf('plant', item.value, plant.id)));
  }
  // A plant's own templates are expanded as those of the general rules are.
  for (const template of plant.templates) looksAtItsTag(template, plant, report);
}

export function checkGeneral(general: PlantDraft, clauseIds: ReadonlySet<string>, report: Report): void {
  duplicates('template', general.templates, report);
  duplicates('condition', general.conditions, report);
  duplicates('observation', general.observations, report);
  duplicates('lab', general.labs, report);
  duplicates('authority', general.authority, report);
  for (const extra of general.cards.slice(1)) report.error(extra, [], `the general rules have a second 'card'; expected it in one file only`);
  for (const template of general.templates) looksAtItsTag(template, general, report);
  if (clauseIds.size > 0) clauseFindings([...general.templates, ...general.conditions, ...general.observations], clauseIds, report);
  const misplaced: readonly (readonly [string, readonly Item<unknown>[]])[] = [
    ['tag', general.tags], ['area', general.areas], ['zone', general.zones], ['protection', general.protection], ['interlock', general.interlocks], ['hazard', general.hazards], ["'includes'", general.includes],
  ];
  for (const [what, items] of misplaced) {
    for (const item of items) report.error(item, [], `the general rules hold no ${what}, which only a plant has; expected conditions, templates, observations and labs`);
  }
}

function looksAtItsTag({ value, source, path }: PlantDraft['templates'][number], plant: PlantDraft, report: Report): void {
  const sameService = new Set(plant.templates.filter((other) => other.value.each === value.each).map((other) => other.value.id));
  if (inputsOf(value.measure).includes('$tag') || partsOf(value.measure).some((part) => sameService.has(part))) return;
  report.error({ value, source, path }, ['measure'], `template ${value.id} does not look at '$tag', so that it would be the same for every tag; expected '$tag' as an input, or a part that is a template of the same service`);
}
