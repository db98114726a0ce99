/** Names within one plant: what exists, and what the author may have meant. */
import { compareCodePoints, editDistance } from './edit-distance.ts';
import type { BrokenNames } from './broken-names.ts';
import type { NameKind } from './declared-names.ts';
import type { Wrong } from './complaint.ts';
import type { PlantDraft } from './draft.ts';
import type { TagDef } from '../../domain/packs/schema.ts';

export interface Names {
  readonly tags: ReadonlyMap<string, TagDef>;
  readonly labs: ReadonlyMap<string, { readonly unit: string; readonly low: number; readonly high: number }>;
  has(kind: NameKind, id: string): boolean;
  /** Procedures of any plant: a general rule may start one that only some plants have. */
  readonly clauses: ReadonlySet<string>;
  readonly anyProcedure: ReadonlySet<string>;
  /** Clauses of the triggers of the general rules, also of those that this plant has no tag for. */
  readonly generalTriggers: ReadonlySet<string>;
  /** Most people that a clause allows in the field, for the clauses that say so. */
  readonly mostPeople: ReadonlyMap<string, number>;
  /** What to say of an id that is not there. */
  lacking(kind: NameKind, id: string): Wrong;
}

/** What is the same for all plants. */
export interface CommonNames {
  readonly clauseIds: ReadonlySet<string>;
  readonly procedureIds: ReadonlySet<string>;
  readonly generalTriggers: ReadonlySet<string>;
  readonly mostPeople: ReadonlyMap<string, number>;
}

export function namesOf(plant: PlantDraft, all: CommonNames, broken: BrokenNames): Names {
  const ids = (items: readonly { readonly value: { readonly id: string } }[]): Set<string> => new Set(items.map((item) => item.value.id));
  const known: Readonly<Record<NameKind, ReadonlySet<string>>> = {
    tag: ids(plant.tags), condition: ids(plant.conditions), procedure: ids(plant.procedures), interlock: ids(plant.interlocks),
    zone: ids(plant.zones), protection: ids(plant.protection), area: ids(plant.areas), lab: ids(plant.labs), observation: ids(plant.observations),
    template: ids(plant.templates), hazard: ids(plant.hazards), clause: all.clauseIds, site: new Set(), authority: ids(plant.authority), plant: new Set([plant.id]),
  };
  return {
    tags: new Map(plant.tags.map((item) => [item.value.id, item.value])),
    labs: new Map(plant.labs.map((item) => [item.value.id, item.value])),
    clauses: all.clauseIds,
    anyProcedure: all.procedureIds,
    generalTriggers: all.generalTriggers,
    mostPeople: all.mostPeople,
    has: (kind, id) => known[kind].has(id),
    lacking: (kind, id) => lackingName(kind, id, known[kind], broken.fileOf(kind, id, plant.id)),
  };
}

export function lackingName(kind: string, id: string, known: ReadonlySet<string>, brokenFile?: string): Wrong {
  if (brokenFile !== undefined) return { message: `${kind} '${id}' stands in ${brokenFile}, which could not be loaded; expected that file to be put right first`, because: brokenFile };
  const near = nearest(id, known);
  return { message: `unknown ${kind} '${id}'; expected ${near === null ? `an existing ${kind}` : `an existing ${kind}, perhaps '${near}'`}` };
}

function nearest(id: string, known: ReadonlySet<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(id.length / 3)) + 1;
  for (const candidate of [...known].sort(compareCodePoints)) {
    const distance = editDistance(id, candidate, bestDistance);
    if (distance < bestDistance) { best = candidate; bestDistance = distance; }
  }
  return best;
}
