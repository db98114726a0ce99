/** What people ask of alarms, decided. Answering, bringing back and signing are never refused; hiding and letting go are, with the reason. */
import type { Obstacle, Role, Verdict } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import { isAlwaysVisible, SHELVE_MAX_MS } from '../alarms/alarms.ts';
import type { Alarm, AlarmDef } from '../alarms/alarms.ts';
import { FALSE, UNKNOWN } from '../conditions/truth.ts';
import { MEANWHILE } from '../gates/gate.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates-of.ts';
import { headOf, namedByRuns } from './look-at-alarms.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

/** Alarms out of sight by shelving at one time: more is no longer an alarm system. A limit on everything. */
export const SHELVED_MAX = 500;
const EVERYBODY: readonly Role[] = ['operator', 'supervisor', 'engineer'];
const CAUSE_ROLES: readonly Role[] = ['engineer', 'supervisor'];

// --- verdicts: the same for a button and for the deed --------------------------------------------------------------------------

type Stand = Omit<Obstacle, 'subject' | 'whoCanChange'> & { readonly whoCanChange: readonly Role[] };

function verdict(operation: string, direction: 'sustain' | 'return', what: Text, id: string, stands: readonly Stand[]): Verdict {
  if (stands.length === 0) return { allowed: true };
  return { allowed: false, refusal: { operation, direction, what, obstacles: stands.map((each) => ({ ...each, whoCanChange: [...each.whoCanChange], subject: id })), meanwhile: [...MEANWHILE] } };
}

const stand = (holds: boolean, rule: string, clause: string, whoCanChange: readonly Role[], zh: string, en: string): Stand[] => (holds ? [{ rule, clause, whoCanChange, fact: { zh, en } }] : []);

/** Nobody can change it: it is what the alarm is. */
function alwaysVisible(def: AlarmDef): Stand[] {
  const [zh, en] = def.class === 'fire-gas' ? ['气体和火灾报警', 'A gas or fire alarm'] : ['安全类报警', 'A safety alarm'];
  return stand(isAlwaysVisible(def.class), 'ALM-ALWAYS-VISIBLE', '3.6', [], `${zh}任何人不得搁置、抑制或停用`, `${en} is never shelved, suppressed or taken out of service, by anybody`);
}

const namedStand = (isNamed: boolean): Stand[] => stand(isNamed, 'ALM-PROCEDURE', '3.6', ['supervisor'], '正在执行的紧急处置程序涉及该报警', 'A running emergency procedure names this alarm');

export function shelveVerdict(state: StationState, def: AlarmDef, named: ReadonlySet<string>): Verdict {
  return verdict('alarm.shelve', 'sustain', { zh: `搁置报警：${def.title.zh}`, en: `Shelve the alarm: ${def.title.en}` }, def.id, [
    ...alwaysVisible(def), ...namedStand(named.has(def.id)),
    ...stand(state.alarms.get(def.id)?.shelved != null, 'ALM-SHELVED', '3.6', EVERYBODY, '已在搁置中，搁置时间不得延长', 'It is shelved already, and shelving is not prolonged'),
  ]);
}

export function outOfServiceVerdict(state: StationState, def: AlarmDef): Verdict {
  return verdict('alarm.outOfService', 'sustain', { zh: `停用报警：${def.title.zh}`, en: `Take the alarm out of service: ${def.title.en}` }, def.id, [
    ...alwaysVisible(def),
    ...stand(state.alarms.get(def.id)?.outOfService != null, 'ALM-OUT-OF-SERVICE', '3.6', ['engineer'], '已停用', 'It is out of service already'),
  ]);
}

/** Is what raised it really gone? By the value of now; a value that is not known is not gone. */
function goneStands(plant: Plant, state: StationState, alarm: Alarm): Stand[] {
  const truth = plant.engine.truthOf(alarm.id) ?? UNKNOWN;
  return [
    ...stand(truth === UNKNOWN, 'ALM-UNKNOWN', '3.6', ['engineer'], '测量值未知，按仍在报警处理', 'Its value is not known and counts as still raised'),
    ...stand(truth !== UNKNOWN && (alarm.active || truth !== FALSE), 'ALM-STILL-RAISED', '3.6', [], '报警条件仍然成立', 'Its condition is still there'),
    ...stand(alarm.class === 'fire-gas' && state.link !== 'connected', 'ALM-LINK', '4.1.1(3)', ['engineer'], '与 DCS 的数据连接不正常，看不到装置', 'The data link to the DCS is not sound; the plant cannot be seen'),
  ];
}

/** Null: there is nothing to reset. */
export function resetAlarmVerdict(plant: Plant, state: StationState, alarm: Alarm): Verdict | null {
  if (!alarm.latched) return null;
  const title = plant.alarms.get(alarm.id)?.title ?? { zh: alarm.id, en: alarm.id };
  const isFireGas = alarm.class === 'fire-gas';
  return verdict('alarm.reset', 'return', { zh: `复位报警：${title.zh}`, en: `Reset the alarm: ${title.en}` }, alarm.id, [
    ...goneStands(plant, state, alarm),
    ...stand(!alarm.acknowledged, 'ALM-UNANSWERED', '3.6', EVERYBODY, '报警尚未确认', 'The alarm is not acknowledged yet'),
    ...stand(isFireGas && alarm.cause === null, 'ALM-CAUSE', '3.6', CAUSE_ROLES, '报警原因尚未分析并签字', 'Its cause is not analysed and signed'),
    ...stand(isFireGas && alarm.confirmation === null, 'ALM-ON-SITE', '3.6', EVERYBODY, '现场尚未确认并签字', 'It is not confirmed on site and signed'),
  ]);
}

/** On-site confirmation that the gas or fire is gone means nothing while the measured value says otherwise. Null: not of this class. */
export function confirmVerdict(plant: Plant, state: StationState, alarm: Alarm): Verdict | null {
  if (alarm.class !== 'fire-gas') return null;
  const title = plant.alarms.get(alarm.id)?.title ?? { zh: alarm.id, en: alarm.id };
  return verdict('alarm.confirmOnSite', 'return', { zh: `现场确认：${title.zh}`, en: `Confirm on site: ${title.en}` }, alarm.id, goneStands(plant, state, alarm));
}

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
export function shelve(context: Context, alarms: readonly string[], reason: string, forMs: number, by: string): Decision {
  const { plant, state, nowMs } = context;
  const named = namedByRuns(plant, state);
  const ids = [...new Set(alarms)];
  for (const id of ids) {
    const def = plant.alarms.get(id);
    if (def === undefined) return unknownAlarm(id);
    const answer = shelveVerdict(state, def, named);
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

/** Signed by an engineer, with the number of the work permit under which it is repaired (3.7). */
export function takeOutOfService({ plant, state, nowMs }: Context, id: string, permit: string, reason: string, signer: Signer): Decision {
  const def = plant.alarms.get(id);
  if (def === undefined) return unknownAlarm(id);
  const answer = outOfServiceVerdict(state, def);
  if (!answer.allowed) return refused(answer, nowMs, signer.user);
  if (!isOneOf(['engineer'], signer)) return notSigned('taking an alarm out of service', ['engineer'], signer);
  return done([fact('alarm.out-of-service', nowMs, signer.user, { ...headOf(def), permit, reason })]);
}

export function putInService({ state, nowMs }: Context, id: string, signer: Signer): Decision {
  if (state.alarms.get(id)?.outOfService == null) return done([]);
  return done([fact('alarm.in-service', nowMs, signer.user, { id, because: 'person' })]);
}

/** Lets latched alarms go. All or none. */
export function resetAlarms({ plant, state, nowMs }: Context, alarms: readonly string[], by: string): Decision {
  const ids = [...new Set(alarms)];
  for (const id of ids) {
    const alarm = state.alarms.get(id);
    if (alarm === undefined && !plant.alarms.has(id)) return unknownAlarm(id);
    const answer = alarm === undefined ? null : resetAlarmVerdict(plant, state, alarm);
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
  const answer = confirmVerdict(plant, state, alarm);
  if (answer?.allowed === false) return refused(answer, nowMs, signer.user);
  if (!isOneOf(EVERYBODY, signer)) return notSigned('an on-site confirmation', EVERYBODY, signer);
  return done([fact('alarm.confirmed-on-site', nowMs, signer.user, { id, text })]);
}
