/** What people say of a trip (3.5): its cause, and, where a function was reset past the gate, how that came about. Words, never a way back. */
import { isUnaccounted } from '../interlocks/trips.ts';
import { badInput, done, notFound } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';

/** A cause is a finding, not a way back: who knows the process signs it. */
const CAUSE_ROLES = ['supervisor', 'engineer'] as const;

export function recordTripCause({ plant, state, nowMs }: Context, interlock: string, text: string, signer: Signer): Decision {
  if (!plant.interlocks.has(interlock)) return notFound(`no interlock '${interlock}'`);
  if (!Object.hasOwn(state.trips, interlock)) return badInput(`${interlock} has not tripped; expected a trip whose cause is recorded`);
  if (!CAUSE_ROLES.some((role) => signer.roles.includes(role))) return badInput(`the cause of a trip is recorded by ${CAUSE_ROLES.join(' or ')}; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([fact('interlock.cause', nowMs, signer.user, { interlock, text })]);
}

export function accountForReset({ plant, state, nowMs }: Context, interlock: string, text: string, signer: Signer): Decision {
  if (!plant.interlocks.has(interlock)) return notFound(`no interlock '${interlock}'`);
  if (!isUnaccounted(state.trips[interlock])) return badInput(`${interlock} was not reset by force, or that is accounted for`);
  if (!signer.roles.includes('engineer')) return badInput(`a forced reset is accounted for by an engineer; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([fact('interlock.accounted', nowMs, signer.user, { interlock, text })]);
}
