/**
 * From what stands in the files to what is run: general rules taken over, templates expanded, a site's figures put in, figures put into
 * the unit of their tag, cards inherited. Stands between joining the files and checking them, so that what is checked is what is loaded; every item still knows its file, line and column.
 */
import type { Report } from './complaint.ts';
import { convertUnits } from './convert-units.ts';
import type { Draft, PlantDraft, SiteSource } from './draft.ts';
import { applySite } from './apply-site.ts';
import { inheritCards } from './cards.ts';
import { expandOwn, GENERAL, includeGeneral } from './general-rules.ts';

/** `general` keeps its own draft beside the plants, for the checks of what no plant shows. */
export interface ResolvedDraft extends Draft {
  readonly general: PlantDraft | null;
}

export function resolveDraft(draft: Draft, report: Report, site: SiteSource | null = null): ResolvedDraft {
  const general = draft.plants.get(GENERAL) ?? null;
  const plants = [...draft.plants.values()].filter((plant) => plant.id !== GENERAL).map((plant) => resolvePlant(plant, general, report, site?.content.plant === plant.id ? site : null));
  return { ...draft, plants: new Map(plants.map((plant) => [plant.id, plant])), general };
}

function resolvePlant(source: PlantDraft, general: PlantDraft | null, report: Report, site: SiteSource | null): PlantDraft {
  const includes = general !== null && source.includes.some((item) => item.value === GENERAL);
  const own = expandOwn(source);
  const rules = includes ? includeGeneral(own, general) : own;
  const whole = convertUnits(site === null ? rules : applySite(rules, site, report), report);
  return { ...whole, conditions: withAnswers(inheritCards(whole, includes ? general.cards.map((item) => item.value) : []), whole) };
}

/**
 * A trigger that names no procedure of its plant starts those that answer its clause. Its clauses are looked at in their order, the most
 * particular first; the first that any procedure answers decides.
 */
function withAnswers(conditions: PlantDraft['conditions'], { procedures }: PlantDraft): PlantDraft['conditions'] {
  const own = new Set(procedures.map(({ value }) => value.id));
  const answering = (clause: string): string[] => procedures.filter(({ value }) => value.answers.includes(clause)).map(({ value }) => value.id);
  return conditions.map((item) => {
    const { role, starts, clauses } = item.value;
    if (role !== 'trigger' || starts.some((id) => own.has(id))) return item;
    const found = clauses.map(answering).find((ids) => ids.length > 0);
    return found === undefined ? item : { ...item, value: { ...item.value, starts: [...starts, ...found] } };
  });
}
