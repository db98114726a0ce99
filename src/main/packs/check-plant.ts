/** Checks of what a plant consists of: names, areas, zones, and tags nobody looks at. */
import type { PlantCheck } from './plant-check.ts';
import { tagsOfInterlock } from './check-interlocks.ts';
import type { Item } from './draft.ts';
import { inputsOf, measuresOf } from './draft.ts';
import { ID_MAX_LENGTH, isTooLong } from './general-rules.ts';
import { lackingName } from './names.ts';
import type { Report } from './complaint.ts';
import { commandsOf } from './procedure-parts.ts';
import { tagsOfZone } from '../../domain/people/zone-tags.ts';
import type { Path } from './yaml-source.ts';

export type { PlantCheck };

export const oneTitle: PlantCheck = (plant, _names, report) => {
  const [first] = plant.plantKeys;
  if (first === undefined) return;
  if (plant.titles.length === 0) report.error(first, [], `plant ${plant.id} has no title; expected 'title' in one of its files`);
  for (const extra of plant.titles.slice(1)) report.error(extra, [], `plant ${plant.id} has a second title; expected 'title' in one file only`);
};

export const oneNamespace: PlantCheck = (plant, _names, report) => {
  const [first, ...others] = plant.namespaceUris;
  const [key] = plant.plantKeys;
  if (first === undefined) {
    if (key !== undefined && plant.tags.length > 0) report.error(key, [], `plant ${plant.id} has tags but no namespaceUri; expected the URI of its OPC UA namespace`);
    return;
  }
  for (const other of others) {
    if (other.value !== first.value) report.error(other, [], `namespaceUri '${other.value}' differs from '${first.value}' in ${first.source.file}; expected one namespace per plant`);
  }
};

export const oneCard: PlantCheck = (plant, _names, report) => {
  for (const extra of plant.cards.slice(1)) report.error(extra, [], `plant ${plant.id} has a second 'card', first in ${plant.cards[0]?.source.file ?? ''}; expected what all its response cards say in one file only`);
};

/** Said once for a plant, not once for each of its triggers: until its procedures are written, all of them lead to a plain stop (4.1.2). */
export const hasProcedures: PlantCheck = (plant, _names, report) => {
  const [key] = plant.plantKeys;
  if (key !== undefined && plant.conditions.length > 0 && plant.procedures.length === 0) report.warning(key, [], `plant ${plant.id} has no procedure, so that every trigger leads to a plain stop (4.1.2) and of the prohibitions only standing ones are watched; expected procedures with plant: ${plant.id}`);
};

/** An id made from a template and a tag may be longer than a written one can be. */
export const idsFit: PlantCheck = (plant, _names, report) => {
  for (const item of plant.conditions) {
    const { id } = item.value;
    if (isTooLong(id)) report.error(item, ['id'], `the id ${id} has ${id.length} characters; expected at most ${ID_MAX_LENGTH}, so a shorter id of the template or the tag`);
  }
};

/** One id, one thing. The second one is the one complained of. */
export const uniqueIds: PlantCheck = (plant, _names, report) => {
  const lists: readonly (readonly [string, readonly Item<{ readonly id: string }>[]])[] = [
    ['area', plant.areas], ['zone', plant.zones], ['protection', plant.protection], ['tag', plant.tags], ['lab', plant.labs], ['observation', plant.observations],
    ['condition', plant.conditions], ['hazard', plant.hazards], ['interlock', plant.interlocks], ['template', plant.templates], ['authority', plant.authority],
  ];
  for (const [kind, items] of lists) duplicates(kind, items, report);
};

export function duplicates(kind: string, items: readonly Item<{ readonly id: string }>[], report: Report): void {
  const first = new Map<string, Item<unknown>>();
  for (const item of items) {
    const { id } = item.value;
    const before = first.get(id);
    if (before === undefined) { first.set(id, item); continue; }
    const { line } = before.source.place([...before.path, 'id']);
    report.error(item, ['id'], `duplicate ${kind} '${id}', first at ${before.source.file}:${line}; expected every ${kind} id once`);
  }
}

export const tagRangesAndAreas: PlantCheck = (plant, names, report) => {
  for (const tag of plant.tags) {
    if (!names.has('area', tag.value.area)) report.error(tag, ['area'], names.lacking('area', tag.value.area));
    if ('low' in tag.value && tag.value.low >= tag.value.high) report.error(tag, ['high'], `range of tag ${tag.value.id} is ${tag.value.low} to ${tag.value.high}; expected low below high`);
    if (tag.value.kind === 'discrete' && new Set(tag.value.states).size !== tag.value.states.length) report.error(tag, ['states'], `tag ${tag.value.id} names a state twice; expected every state once`);
  }
  for (const lab of plant.labs) if (lab.value.low >= lab.value.high) report.error(lab, ['high'], `range of lab ${lab.value.id} is ${lab.value.low} to ${lab.value.high}; expected low below high`);
};

export const zonesCount: PlantCheck = (plant, names, report) => {
  for (const zone of plant.zones) {
    for (const [index, area] of zone.value.areas.entries()) if (!names.has('area', area)) report.error(zone, ['areas', index], names.lacking('area', area));
    const tag = names.tags.get(zone.value.countTag);
    if (tag === undefined) report.error(zone, ['countTag'], names.lacking('tag', zone.value.countTag));
    else if (tag.kind !== 'count') report.error(zone, ['countTag'], `tag ${tag.id} is of kind ${tag.kind}; expected a count of people (4.2.5)`);
  }
};

export const clausesAreKnown: PlantCheck = (plant, names, report) => {
  const items = [...plant.conditions, ...plant.templates, ...plant.interlocks, ...plant.observations, ...plant.procedures];
  for (const item of plant.protection) clauseFindings([{ ...item, value: { clauses: item.value.clauses ?? [] } }], names.clauses, report);
  // What is taken over or expanded is told once, where it is written.
  clauseFindings(items.filter((item) => item.included !== true && item.madeFor === undefined), names.clauses, report);
  for (const procedure of plant.procedures) {
    const { prohibitions, deadlines, answers } = procedure.value;
    const named: readonly (readonly [Path, string])[] = [
      ...prohibitions.map(({ clause }, index) => [['prohibitions', index, 'clause'], clause] as const), ...deadlines.map(({ clause }, index) => [['deadlines', index, 'clause'], clause] as const), ...answers.map((clause, index) => [['answers', index], clause] as const),
    ];
    for (const [path, clause] of named) if (!names.has('clause', clause)) report.error(procedure, path, names.lacking('clause', clause));
  }
};

export function clauseFindings(items: readonly Item<{ readonly clauses: readonly string[] }>[], known: ReadonlySet<string>, report: Report): void {
  for (const item of items) {
    for (const [index, clause] of item.value.clauses.entries()) if (!known.has(clause)) report.error(item, ['clauses', index], lackingName('clause', clause, known));
  }
}

/** A tag nobody looks at is either a forgotten safeguard or a burden on the link. */
export const everyTagUsed: PlantCheck = (plant, _names, report) => {
  const used = new Set<string>();
  for (const measure of measuresOf(plant)) for (const input of inputsOf(measure.value)) used.add(input);
  for (const { value } of plant.procedures) for (const { sets } of commandsOf(value)) for (const id of Object.keys(sets)) used.add(id);
  for (const { value } of plant.zones) for (const id of tagsOfZone(value)) used.add(id);
  for (const { value } of plant.interlocks) for (const id of tagsOfInterlock(value)) used.add(id);
  const unused = (items: readonly Item<{ readonly id: string }>[], prefix: string, what: string): void => {
    for (const item of items) if (!used.has(prefix + item.value.id)) report.warning(item, ['id'], `${what} ${item.value.id} is used by no condition, proof, command, zone or interlock; expected a use, or no such ${what}`);
  };
  unused(plant.tags, '', 'tag');
  unused(plant.labs, 'lab:', 'lab');
  unused(plant.observations, 'seen:', 'observation');
};
