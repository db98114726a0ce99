/** Gathers the facts of taking a post, handing it over and relieving its holder, and asks the one decision. */
import type { Verdict } from '../../../contract/refusal.ts';
import type { Text } from '../../../contract/text.ts';
import { otherPost, POST_TITLES } from '../../authority/posts.ts';
import type { PostName } from '../../authority/posts.ts';
import { decide } from '../../gates/decide.ts';
import { NO_FACTS } from '../../gates/gate-facts.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import type { Plant } from '../plant.ts';
import type { StationState } from '../state.ts';
import { granted } from './authority-facts.ts';
import type { Signer } from './signer.ts';

const OPERATION = { commander: 'post.commander', watch: 'post.watch' } as const satisfies Readonly<Record<PostName, string>>;

/** Who comes to the post. `freedBy`: the holder who lets it go (by signing, or by not being there); the post is free of nobody else. */
export function postVerdict(plant: Plant, state: StationState, post: PostName, nowMs: number, taker: Signer | null, freedBy: { readonly user: string; readonly part: Text } | null = null): Verdict {
  const holder = state[post];
  const title = POST_TITLES[post];
  const facts: GateFacts = {
    ...NO_FACTS,
    post: { title, heldBy: holder === null || holder.user === freedBy?.user ? null : holder.name, holdsOther: taker !== null && state[otherPost(post)]?.user === taker.user },
    signer: taker,
    ...granted(plant, OPERATION[post], nowMs),
    mustDifferFrom: freedBy === null ? [] : [freedBy],
  };
  return decide({ id: OPERATION[post], direction: 'intervene', what: { zh: `担任${title.zh}`, en: `Taking the post of ${title.en}` } }, facts);
}

/** The second signature under a relief: an entitled person, neither the one who is relieved nor the one who takes over. */
export function reliefVerdict(plant: Plant, post: PostName, nowMs: number, second: Signer, holder: { readonly user: string }, taker: Signer): Verdict {
  const title = POST_TITLES[post];
  const facts: GateFacts = {
    ...NO_FACTS,
    signer: second,
    ...granted(plant, 'post.relieve', nowMs),
    mustDifferFrom: [{ user: holder.user, part: HOLDS }, { user: taker.user, part: { zh: '签字接任', en: 'signed to take it over' } }],
  };
  return decide({ id: 'post.relieve', direction: 'intervene', what: { zh: `接替无法联系的${title.zh}`, en: `Relieving a ${title.en} who cannot be reached` } }, facts);
}

/** Who is said not to be there cannot sign for it. */
export const HOLDS: Text = { zh: '担任该岗位', en: 'taken this post' };
