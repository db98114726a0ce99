/** What sort of thing each kind of measure can look at. */
import type { Measure, TagDef } from '../../domain/packs/schema.ts';

/** Why this kind of measure cannot look at the input, or null when it can. `tag`: undefined for `lab:` and `seen:`. */
export function unfitInput(kind: Measure['kind'], input: string, tag: TagDef | undefined): string | null {
  const numeric = input.startsWith('lab:') || tag?.kind === 'analog' || tag?.kind === 'count';
  const found = tag === undefined ? `'${input}'` : `tag ${input} of kind ${tag.kind}`;
  switch (kind) {
    case 'limit': case 'rate': case 'trend': case 'swing': case 'notFalling': case 'ratio': case 'deviation': case 'discrepancy': case 'voted':
      return numeric ? null : `a ${kind} cannot look at ${found}; expected a number: an analog or count tag, or lab:ID`;
    case 'lab': return input.startsWith('lab:') ? null : `a lab measure cannot look at ${found}; expected lab:ID`;
    case 'seen': return input.startsWith('seen:') ? null : `a seen measure cannot look at ${found}; expected seen:ID`;
    case 'state': return tag?.kind === 'discrete' || tag?.kind === 'boolean' ? null : `a state cannot look at ${found}; expected a discrete or boolean tag`;
    case 'stale': case 'badQuality': return tag === undefined ? `${kind} cannot look at ${found}; expected a tag, which is due at known times` : null;
    case 'all': case 'any': case 'not': case 'duration': return null;
  }
}
