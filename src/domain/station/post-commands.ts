/**
 * The two posts, decided (4.5.1, 4.5.2): a vacant one is taken by an entitled person, a held one goes from hand to hand by both
 * signatures. Only where its holder cannot be reached do two others take it over, and the reason stands in the journal.
 */
import type { PostName } from '../authority/posts.ts';
import { badInput, done, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import { HOLDS, postVerdict, reliefVerdict } from './gates/post-facts.ts';
import type { Signer } from './gates/signer.ts';

/** Who holds it already has what he asks for. */
export function takePost({ plant, state, nowMs }: Context, post: PostName, signer: Signer): Decision {
  if (state[post]?.user === signer.user) return done([]);
  const verdict = postVerdict(plant, state, post, nowMs, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  return done([fact('post.taken', nowMs, signer.user, { post, user: signer.user, name: signer.name })]);
}

/** Both have signed. Somebody else than the holder hands nothing over. */
export function handOverPost({ plant, state, nowMs }: Context, post: PostName, from: Signer, to: Signer): Decision {
  if (state[post] === null) return badInput(`the post of ${post} is vacant; there is nothing to hand over, it is taken`);
  const verdict = postVerdict(plant, state, post, nowMs, to, { user: from.user, part: { zh: '交出该岗位', en: 'handed it over' } });
  if (!verdict.allowed) return refused(verdict, nowMs, to.user);
  return done([fact('post.taken', nowMs, to.user, { post, user: to.user, name: to.name, from: { user: from.user, name: from.name } })]);
}

/** The holder cannot be reached: two other entitled people, and why. */
export function relievePost({ plant, state, nowMs }: Context, post: PostName, reason: string, to: Signer, second: Signer): Decision {
  const holder = state[post];
  if (holder === null) return badInput(`the post of ${post} is vacant; nobody is to be relieved, it is taken`);
  const taking = postVerdict(plant, state, post, nowMs, to, { user: holder.user, part: HOLDS });
  if (!taking.allowed) return refused(taking, nowMs, to.user);
  const witnessed = reliefVerdict(plant, post, nowMs, second, holder, to);
  if (!witnessed.allowed) return refused(witnessed, nowMs, second.user);
  const { user, name } = holder;
  return done([fact('post.taken', nowMs, to.user, { post, user: to.user, name: to.name, from: { user, name }, relieved: true, second: { user: second.user, name: second.name }, reason })]);
}
