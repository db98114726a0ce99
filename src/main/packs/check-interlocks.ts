/** Checks of interlocks: are their tags there, does the voting fit its initiators, and does each guard against something? */
import { votingOf } from '../../domain/interlocks/channels.ts';
import { promisedCredit } from '../../domain/interlocks/lopa-credit.ts';
import type { InterlockDef } from '../../domain/packs/schema.ts';
import type { PlantCheck } from './plant-check.ts';

const OWN_TAGS = ['tripTag', 'bypassTag', 'faultTag', 'bypassCommandTag', 'forcedTag'] as const;

/** Every tag that the product looks at for a function. */
export function tagsOfInterlock(interlock: InterlockDef): string[] {
  return [...OWN_TAGS.flatMap((key) => interlock[key] ?? []), ...interlock.causes.flatMap(({ tags }) => tags ?? [])];
}

export const interlockParts: PlantCheck = (plant, names, report) => {
  for (const interlock of plant.interlocks) {
    for (const key of OWN_TAGS) {
      const id = interlock.value[key];
      if (id === undefined) continue;
      const tag = names.tags.get(id);
      if (tag === undefined) report.error(interlock, [key], names.lacking('tag', id));
      else if (tag.kind !== 'boolean') report.error(interlock, [key], `tag ${tag.id} is of kind ${tag.kind}; expected a boolean tag`);
    }
    for (const [index, id] of interlock.value.tripConditions.entries()) {
      if (!names.has('condition', id)) report.error(interlock, ['tripConditions', index], names.lacking('condition', id));
    }
  }
};

/** `2oo3` is three tags, of which two must demand the trip: written otherwise, nobody could tell whether it is degraded. */
export const initiatorsVote: PlantCheck = (plant, names, report) => {
  for (const interlock of plant.interlocks) {
    for (const [index, { voting, tags }] of interlock.value.causes.entries()) {
      const path = ['causes', index];
      for (const [place, id] of (tags ?? []).entries()) if (!names.has('tag', id)) report.error(interlock, [...path, 'tags', place], names.lacking('tag', id));
      if (tags !== undefined && new Set(tags).size !== tags.length) report.error(interlock, [...path, 'tags'], `a cause of ${interlock.value.id} names a tag twice; expected every initiator once`);
      if (tags !== undefined && voting === undefined) report.error(interlock, [...path, 'tags'], `a cause of ${interlock.value.id} has ${tags.length} initiators and no voting; expected voting, such as 1oo${tags.length}`);
      if (voting === undefined) continue;
      const votes = votingOf(voting);
      if (votes === null) report.error(interlock, [...path, 'voting'], `voting ${voting} of ${interlock.value.id} needs more than there are; expected at most as many as are built`);
      else if (tags !== undefined && votes.built !== tags.length) report.error(interlock, [...path, 'voting'], `voting ${voting} of ${interlock.value.id} is of ${votes.built} and ${tags.length} initiators are named; expected as many tags as channels are built`);
    }
  }
};

/** Counted for more than its criticality promises: whoever weighs a bypass would miss more than there ever was. */
export const creditIsPromised: PlantCheck = (plant, _names, report) => {
  for (const interlock of plant.interlocks) {
    const { id, lopaCredit, criticality } = interlock.value;
    const promised = promisedCredit(criticality);
    if (lopaCredit !== undefined && lopaCredit > promised) report.warning(interlock, ['lopaCredit'], `interlock ${id} is counted for ${lopaCredit} and its criticality ${criticality} promises ${promised}; expected at most ${promised}, or a higher criticality`);
  }
};

/** An interlock whose hazard is not said escapes the rule that two against one hazard are never bypassed together (3.3). */
export const hazardsAreGuarded: PlantCheck = (plant, names, report) => {
  const guarded = new Set<string>();
  for (const interlock of plant.interlocks) {
    if (interlock.value.guards.length === 0) report.warning(interlock, ['id'], `interlock ${interlock.value.id} guards nothing; expected 'guards' with the hazards it stands against`);
    for (const [index, id] of interlock.value.guards.entries()) {
      guarded.add(id);
      if (!names.has('hazard', id)) report.error(interlock, ['guards', index], names.lacking('hazard', id));
    }
  }
  for (const hazard of plant.hazards) if (!guarded.has(hazard.value.id)) report.warning(hazard, ['id'], `hazard ${hazard.value.id} is guarded by no interlock; expected one that guards it, or no such hazard`);
};
