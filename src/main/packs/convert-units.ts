/** Puts the figures of every measure into the unit of its tag: what is checked, run and shown is in one unit. */
import type { Measure, ProcedureDef } from '../../domain/packs/schema.ts';
import type { Item, PlantDraft } from './draft.ts';
import { inputsOf, measuresOf, proofListsOf } from './draft.ts';
import type { Report } from './complaint.ts';
import { mapFigures } from './measure-figures.ts';
import { convertFigure, SPAN_UNIT, unitsLike } from './units.ts';
import type { FigureKind } from './units.ts';

/** What the figures of an input are in. */
interface Scale { readonly unit: string; readonly low: number; readonly high: number }
type Scales = ReadonlyMap<string, Scale>;

export function convertUnits(plant: PlantDraft, report: Report): PlantDraft {
  const units = scalesOf(plant);
  for (const item of measuresOf(plant)) complain(item, units, report);
  return {
    ...plant,
    conditions: plant.conditions.map((item) => ('unit' in item.value.measure ? { ...item, value: { ...item.value, measure: converted(item.value.measure, units) } } : item)),
    procedures: plant.procedures.map((item) => (usesUnits(item.value) ? { ...item, value: procedureConverted(item.value, units) } : item)),
  };
}

/** One measure in the unit of its input; as it stands when that cannot be done, which is told. */
export function converted(measure: Measure, units: Scales): Measure {
  const target = targetUnit(measure, units);
  const { unit } = measure as { readonly unit?: string };
  if (target === undefined || unit === undefined) return measure;
  return mapFigures(measure, (figure, kind) => toScale(figure, unit, target, kind)) ?? measure;
}

/** Unit and range by input: a tag's id, or `lab:ID`. */
export function scalesOf(plant: PlantDraft): Scales {
  const tags = plant.tags.flatMap(({ value }): [string, Scale][] => ('unit' in value ? [[value.id, value]] : []));
  return new Map([...tags, ...plant.labs.map(({ value }): [string, Scale] => [`lab:${value.id}`, value])]);
}

/** `%span`: part of the range of whatever tag it is, for templates, whose tags differ in unit and range. */
function toScale(figure: number, unit: string, { unit: target, low, high }: Scale, kind: FigureKind): number | null {
  if (unit !== SPAN_UNIT) return convertFigure(figure, unit, target, kind);
  return Number(((kind === 'value' ? low : 0) + (figure / 100) * (high - low)).toPrecision(12));
}

function targetUnit(measure: Measure, units: Scales): Scale | undefined {
  if (measure.kind === 'swing' && measure.over !== undefined) return undefined;
  const [input] = inputsOf(measure);
  return input === undefined ? undefined : units.get(input);
}

function complain(item: Item<Measure>, units: Scales, report: Report): void {
  const { unit } = item.value as { readonly unit?: string };
  if (unit === undefined) return;
  if (item.value.kind === 'swing' && item.value.over !== undefined) {
    report.error(item, ['unit'], `the swing of a ratio has the unit '${unit}', but a ratio has none; expected no 'unit'`);
    return;
  }
  const target = targetUnit(item.value, units);
  // An input that is not there, or is no number, is told by its own check.
  if (target === undefined || mapFigures(item.value, (figure, kind) => toScale(figure, unit, target, kind)) !== null) return;
  report.error(item, ['unit'], `unit '${unit}' does not convert into '${target.unit}', the unit of ${inputsOf(item.value)[0] ?? ''}; expected ${[...unitsLike(target.unit), SPAN_UNIT].join(', ')}`);
}

function usesUnits(procedure: ProcedureDef): boolean {
  return proofListsOf(procedure).some(({ proof }) => proof.some((one) => 'when' in one && 'unit' in one.when));
}

function procedureConverted(procedure: ProcedureDef, units: Scales): ProcedureDef {
  const list = (proof: ProcedureDef['safeState']): ProcedureDef['safeState'] => proof.map((one) => ('when' in one ? { ...one, when: converted(one.when, units) } : one));
  return { ...procedure, steps: procedure.steps.map((step) => ({ ...step, proof: list(step.proof) })), safeState: list(procedure.safeState), returnConditions: list(procedure.returnConditions) };
}
