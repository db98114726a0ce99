/**
 * The hand-over of the shift, decided. It changes nothing in the plant, and no state of the plant refuses it; what it asks is that
 * nothing that stands open is passed over in silence, and that two people sign.
 *
 * It is not in the standing authority matrix: a matrix that has run out must not keep anybody from going home relieved.
 */
import type { Role } from '../../contract/refusal.ts';
import { handOverItems } from '../handover/items.ts';
import { badInput, done } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';

/** Who may have the shift at the post. */
export const SHIFT_ROLES: readonly Role[] = ['operator', 'supervisor'];
/** Items named in an answer; more would not be read. */
const NAMED_MAX = 10;

export function handOverShift({ plant, state, nowMs }: Context, ticked: readonly string[], notes: string, from: Signer, to: Signer): Decision {
  const stranger = [from, to].find(({ roles }) => !SHIFT_ROLES.some((role) => roles.includes(role)));
  if (stranger !== undefined) return badInput(`a shift is handed over between operators and supervisors; ${stranger.user} is ${stranger.roles.join(', ')}`);
  if (from.user === to.user) return badInput(`${from.user} signed for both sides; two different people hand a shift over`);
  const items = handOverItems(plant, state, nowMs);
  const known = new Set(ticked);
  const missing = items.filter(({ id }) => !known.has(id));
  if (missing.length > 0) return badInput(`${missing.length} open item(s) are not ticked, or new since the form was opened: ${missing.slice(0, NAMED_MAX).map(({ text }) => `${text.zh} (${text.en})`).join('; ')}${missing.length > NAMED_MAX ? '; …' : ''}`);
  const { shift } = state;
  const instead = shift === null || shift.user === from.user ? {} : { instead: { user: shift.user, name: shift.name } };
  return done([fact('shift.handed-over', nowMs, to.user, { from: somebody(from), to: somebody(to), items: items.map(({ id, text }) => ({ id, text })), notes, ...instead })]);
}

const somebody = ({ user, name }: Signer) => ({ user, name });
