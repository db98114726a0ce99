/** What people ask of alarms, decided. Answering, bringing back and signing are never refused; hiding and letting go are, with the reason. */
import type { Role } from '../../contract/refusal.ts';
import { SHELVE_MAX_MS } from '../alarms/alarms.ts';
import type { Alarm } from '../alarms/alarms.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';
import { granted } from './gates/authority-facts.ts';
import { confirmVerdict, outOfServiceVerdict, resetAlarmVerdict, shelveVerdict } from './gates/alarm-facts.ts';
import type { Answering } from './gates/alarm-facts.ts';
import { headOf, namedByRuns } from './look-at-alarms.ts';
import type { StationState } from './state.ts';

/** Alarms out of sight by shelving at one time: more is no longer an alarm system. A limit on everything. */
export const SHELVED_MAX = 500;
const CAUSE_ROLES: readonly Role[] = ['engineer', 'supervisor'];

// --- requests --------------------------------------------------------------------------------------------------------------------

const unknownAlarm = (id: string): Decision<never> => notFound(`there is no alarm '${id}'`);
const notSigned = (what: string, roles: readonly Role[], signer: Signer): Decision<never> => badInput(`${what} is signed by ${roles.join(' or ')}; ${signer.user} is ${signer.roles.join(', ')}`);
const isOneOf = (roles: readonly Role[], signer: Signer): boolean => roles.some((role) => signer.roles.includes(role));

/** Each once; ids that name no unanswered alarm are passed over, because what was asked is so already. */
export function acknowledge({ state, nowMs }: Context, alarms: readonly string[], by: string): Decision {
  const waiting = [...new Set(alarms)].flatMap((id) => state.alarms.get(id) ?? []).filter((alarm) => !alarm.acknowledged);
  return done(waiting.map((alarm) => fact('alarm.acknowledged', nowMs, by, { id: alarm.id, inTime: nowMs <= alarm.answerByMs, afterMs: nowMs - alarm.raisedMs })));
}

/** All or none, so that nobody believes a page to be shelved of which one alarm is not. */
export function shelve(context: Context, alarms: readonly string[], reason: string, forMs: number, by: string, answering: Answering = {}): Decision {
  const { plant, state, nowMs } = context;
  const named = namedByRuns(plant, state);
  const ids = [...new Set(alarms)];
  for (const id of ids) {
    const def = plant.alarms.get(id);
    if (def === undefined) return unknownAlarm(id);
    const answer = shelveVerdict(state, def, named, { ...granted(plant, 'alarm.shelve', nowMs), ...answering });
    if (!answer.allowed) return refused(answer, nowMs, by);
    const maxMs = SHELVE_MAX_MS[def.priority];
    if (forMs > maxMs) return badInput(`${id} is of priority ${def.priority}; expected at most ${maxMs / 60_000} min of shelving`);
  }
  const shelvedNow = [...state.alarms.values()].filter((alarm) => alarm.shelved !== null).length;
  if (shelvedNow + ids.length > SHELVED_MAX) return badInput(`${shelvedNow} alarms are shelved; expected at most ${SHELVED_MAX} in all`);
  return done(ids.flatMap((id) => plant.alarms.get(id) ?? []).map((def) => fact('alarm.shelved', nowMs, by, { ...headOf(def), untilMs: nowMs + forMs, reason })));
}

export function unshelve({ state, nowMs }: Context, alarms: readonly string[], by: string): Decision {
  return done([...new Set(alarms)].filter((id) => state.alarms.get(id)?.shelved != null).map((id) => fact('alarm.unshelved', nowMs, by, { id, because: 'person' })));
}

/** Signed by whom the matrix names, with the number of the work permit under which it is repaired (3.7). */
export function takeOutOfService({ plant, state, nowMs }: Context, id: string, permit: string, reason: string, signer: Signer): Decision {
  const def = plant.alarms.get(id);
  if (def === undefined) return unknownAlarm(id);
  const answer = outOfServiceVerdict(state, def, { signer, ...granted(plant, 'alarm.outOfService', nowMs) });
  if (!answer.allowed) return refused(answer, nowMs, signer.user);
  return done([fact('alarm.out-of-service', nowMs, signer.user, { ...headOf(def), permit, reason })]);
}

export function putInService({ state, nowMs }: Context, id: string, signer: Signer): Decision {
  if (state.alarms.get(id)?.outOfService == null) return done([]);
  return done([fact('alarm.in-service', nowMs, signer.user, { id, because: 'person' })]);
}

/** Lets latched alarms go. All or none. */
export function resetAlarms({ plant, state, nowMs }: Context, alarms: readonly string[], by: string, answering: Answering = {}): Decision {
  const ids = [...new Set(alarms)];
  for (const id of ids) {
    const alarm = state.alarms.get(id);
    if (alarm === undefined && !plant.alarms.has(id)) return unknownAlarm(id);
    const answer = alarm === undefined ? null : resetAlarmVerdict(plant, state, alarm, { ...granted(plant, 'alarm.reset', nowMs), ...answering });
    if (answer?.allowed === false) return refused(answer, nowMs, by);
  }
  return done(ids.filter((id) => state.alarms.get(id)?.latched === true).map((id) => fact('alarm.reset', nowMs, by, { id })));
}

function fireGas(state: StationState, id: string): Alarm | Decision<never> {
  const alarm = state.alarms.get(id);
  if (alarm === undefined) return unknownAlarm(id);
  return alarm.class === 'fire-gas' ? alarm : badInput(`${id} is of class ${alarm.class}; only gas and fire alarms are cleared by cause and confirmation (3.6)`);
}

/** 3.6: why the gas or the fire was there. May be known before it is gone. */
export function recordAlarmCause({ state, nowMs }: Context, id: string, text: string, signer: Signer): Decision {
  const alarm = fireGas(state, id);
  if ('outcome' in alarm) return alarm;
  if (!isOneOf(CAUSE_ROLES, signer)) return notSigned('the cause of a gas or fire alarm', CAUSE_ROLES, signer);
  return done([fact('alarm.cause', nowMs, signer.user, { id, text })]);
}

/** 3.6: somebody was there and found it gone. */
export function confirmOnSite({ plant, state, nowMs }: Context, id: string, text: string, signer: Signer): Decision {
  const alarm = fireGas(state, id);
  if ('outcome' in alarm) return alarm;
  const answer = confirmVerdict(plant, state, alarm, { signer, ...granted(plant, 'alarm.confirmOnSite', nowMs) });
  if (answer?.allowed === false) return refused(answer, nowMs, signer.user);
  return done([fact('alarm.confirmed-on-site', nowMs, signer.user, { id, text })]);
}
