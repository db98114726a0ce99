/** What the gates read of an alarm that is to be hidden or let go (3.6). The same for a button and for the deed. */
import type { Verdict } from '../../../contract/refusal.ts';
import type { Text } from '../../../contract/text.ts';
import { isAlwaysVisible } from '../../alarms/alarms.ts';
import type { Alarm, AlarmDef } from '../../alarms/alarms.ts';
import { FALSE, UNKNOWN } from '../../conditions/truth.ts';
import { decide } from '../../gates/decide.ts';
import type { Operation } from '../../gates/decide.ts';
import { NO_FACTS } from '../../gates/gate-facts.ts';
import type { AlarmObstacle, GateFacts } from '../../gates/gate-facts.ts';
import type { Plant } from '../plant.ts';
import type { StationState } from '../state.ts';

/** Who answers for it, where it is being done. */
export type Answering = Partial<Pick<GateFacts, 'signer' | 'signerRoles' | 'signerPeople' | 'identified'>>;

function ask(id: Operation['id'], direction: 'sustain' | 'return', what: Text, subject: string, alarm: readonly (AlarmObstacle | false)[], answering: Answering): Verdict {
  const verdict = decide({ id, direction, what }, { ...NO_FACTS, alarm: alarm.filter((each) => each !== false), ...answering });
  return verdict.allowed ? verdict : { allowed: false, refusal: { ...verdict.refusal, obstacles: verdict.refusal.obstacles.map((obstacle) => ({ subject, ...obstacle })) } };
}

export function shelveVerdict(state: StationState, def: AlarmDef, named: ReadonlySet<string>, answering: Answering = {}): Verdict {
  return ask('alarm.shelve', 'sustain', { zh: `搁置报警：${def.title.zh}`, en: `Shelve the alarm: ${def.title.en}` }, def.id, [
    isAlwaysVisible(def.class) && 'always-visible', named.has(def.id) && 'named', state.alarms.get(def.id)?.shelved != null && 'shelved',
  ], answering);
}

export function outOfServiceVerdict(state: StationState, def: AlarmDef, answering: Answering = {}): Verdict {
  return ask('alarm.outOfService', 'sustain', { zh: `停用报警：${def.title.zh}`, en: `Take the alarm out of service: ${def.title.en}` }, def.id, [
    isAlwaysVisible(def.class) && 'always-visible', state.alarms.get(def.id)?.outOfService != null && 'out-of-service',
  ], answering);
}

/** Is what raised it really gone? By the value of now; a value that is not known is not gone. */
function gone(plant: Plant, state: StationState, alarm: Alarm): (AlarmObstacle | false)[] {
  const truth = plant.engine.truthOf(alarm.id) ?? UNKNOWN;
  return [truth === UNKNOWN && 'unknown', truth !== UNKNOWN && (alarm.active || truth !== FALSE) && 'still-raised', alarm.class === 'fire-gas' && state.link !== 'connected' && 'no-link'];
}

const titleOf = (plant: Plant, alarm: Alarm): Text => plant.alarms.get(alarm.id)?.title ?? { zh: alarm.id, en: alarm.id };

/** Null: there is nothing to reset. */
export function resetAlarmVerdict(plant: Plant, state: StationState, alarm: Alarm, answering: Answering = {}): Verdict | null {
  if (!alarm.latched) return null;
  const title = titleOf(plant, alarm);
  const isFireGas = alarm.class === 'fire-gas';
  return ask('alarm.reset', 'return', { zh: `复位报警：${title.zh}`, en: `Reset the alarm: ${title.en}` }, alarm.id, [
    ...gone(plant, state, alarm), !alarm.acknowledged && 'unanswered', isFireGas && alarm.cause === null && 'no-cause', isFireGas && alarm.confirmation === null && 'not-confirmed',
  ], answering);
}

/** On-site confirmation that the gas or fire is gone means nothing while the measured value says otherwise. Null: not of this class. */
export function confirmVerdict(plant: Plant, state: StationState, alarm: Alarm, answering: Answering = {}): Verdict | null {
  if (alarm.class !== 'fire-gas') return null;
  const title = titleOf(plant, alarm);
  return ask('alarm.confirmOnSite', 'return', { zh: `现场确认：${title.zh}`, en: `Confirm on site: ${title.en}` }, alarm.id, gone(plant, state, alarm), answering);
}
