/** Reads what the instructor asks of people, transmitters, devices and lines: data from outside, every field checked, mistakes as values. */
import type { ActuatorFailure } from '../kernel/actuator.ts';
import { ACTUATOR_FAILURES } from '../kernel/actuator.ts';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { Malfunction } from '../kernel/sensor.ts';
import { MALFUNCTION_KINDS } from '../kernel/sensor.ts';
import type { Errand } from './people.ts';
import { DEED_WORDS } from './words.ts';
import { FIELD_DEEDS, MISSION_LIMITS, PROTECTIONS, ZONE_LIMIT } from './people.ts';

export type FieldRequest =
  | { readonly kind: 'people'; readonly zone: string; readonly count: number }
  | { readonly kind: 'stick' | 'unstick'; readonly device: string }
  | { readonly kind: 'actuator'; readonly device: string; readonly failure: ActuatorFailure | null }
  | { readonly kind: 'sensor'; readonly tag: string; readonly malfunction: Malfunction | null }
  | { readonly kind: 'field'; readonly errand: Errand }
  | { readonly kind: 'recall'; readonly mission: number };

const KINDS = ['people', 'stick', 'unstick', 'actuator', 'sensor', 'field', 'recall'] as const;
const STAYS_S = 60;
const SIZE_MAX = 1e6;
/** what a size means when it is left out */
const SENSOR_SIZES: Readonly<Partial<Record<Malfunction['kind'], number>>> = { span: 0.5, plugged: 3_600, delayed: 300, noise: 5 };
const ACTUATOR_SIZES: Readonly<Record<ActuatorFailure['kind'], number>> = { 'fail-open': 0, 'fail-close': 0, slow: 5, passing: 0.05, degraded: 0.5 };

type Fields = Readonly<Record<string, unknown>>;

function isFields(raw: unknown): raw is Fields {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function within(raw: unknown, low: number, high: number, whole = false): raw is number {
  return typeof raw === 'number' && raw >= low && raw <= high && (!whole || Number.isInteger(raw));
}

export function readFieldRequest(raw: unknown): Checked<FieldRequest> {
  if (!isFields(raw)) return no('现场动作须是带有 kind 的对象。', 'A field action must be an object with a kind.');
  const kind = KINDS.find((each) => each === raw['kind']);
  switch (kind) {
    case undefined: return no(`现场动作的 kind 须是以下之一：${KINDS.join('、')}。`, `The kind of a field action must be one of ${KINDS.join(', ')}.`);
    case 'people': return { ok: true, value: { kind, zone: String(raw['zone']), count: Number(raw['count']) } };
    case 'stick': case 'unstick': return { ok: true, value: { kind, device: String(raw['device']) } };
    case 'sensor': return readSensor(raw);
    case 'actuator': return readActuator(raw);
    case 'field': return readErrand(raw);
    case 'recall': return within(raw['mission'], 1, 1e9, true) ? { ok: true, value: { kind, mission: raw['mission'] } } : no('召回须给出小组的编号。', 'A recall names the number of a mission.');
  }
}

function readSensor(raw: Fields): Checked<FieldRequest> {
  const tag = String(raw['tag']);
  if (raw['malfunction'] === null) return { ok: true, value: { kind: 'sensor', tag, malfunction: null } };
  const kind = MALFUNCTION_KINDS.find((each) => each === raw['malfunction']);
  if (kind === undefined) return no(`变送器失真须是以下之一：${MALFUNCTION_KINDS.join('、')}，或为 null。`, `A sensor malfunction must be one of ${MALFUNCTION_KINDS.join(', ')}, or null.`);
  const size = raw['size'] ?? SENSOR_SIZES[kind] ?? 0;
  if (!within(size, -SIZE_MAX, SIZE_MAX)) return no(`变送器失真的大小须是 ${-SIZE_MAX} 至 ${SIZE_MAX} 的数。`, `The size of a sensor malfunction must be a number from ${-SIZE_MAX} to ${SIZE_MAX}.`);
  if ((kind === 'plugged' || kind === 'delayed') && size <= 0) return no(`“${kind}”的大小以秒计，须大于 0。`, `The size of "${kind}" is in seconds and must be above 0.`);
  return { ok: true, value: { kind: 'sensor', tag, malfunction: { kind, size } } };
}

function readActuator(raw: Fields): Checked<FieldRequest> {
  const device = String(raw['device']);
  if (raw['failure'] === null) return { ok: true, value: { kind: 'actuator', device, failure: null } };
  const kind = ACTUATOR_FAILURES.find((each) => each === raw['failure']);
  if (kind === undefined) return no(`执行机构的故障须是以下之一：${ACTUATOR_FAILURES.join('、')}，或为 null。`, `The failure of an actuator must be one of ${ACTUATOR_FAILURES.join(', ')}, or null.`);
  const size = raw['size'] ?? ACTUATOR_SIZES[kind];
  const high = kind === 'passing' || kind === 'degraded' ? 1 : 1_000;
  if (!within(size, 0, high)) return no(`“${kind}”的大小须是 0 至 ${high} 的数。`, `The size of "${kind}" must be a number from 0 to ${high}.`);
  return { ok: true, value: { kind: 'actuator', device, failure: { kind, size } } };
}

function readErrand(raw: Fields): Checked<FieldRequest> {
  const action = FIELD_DEEDS.find((each) => each === raw['action']);
  if (action === undefined) return no(`派出的小组只做以下之一：${FIELD_DEEDS.join('、')}。`, `A crew is sent to do one of ${FIELD_DEEDS.join(', ')}.`);
  const protection = PROTECTIONS.find((each) => each === (raw['protection'] ?? 'basic'));
  if (protection === undefined) return no(`小组的防护是以下之一：${PROTECTIONS.join('、')}。`, `The protection of a crew is one of ${PROTECTIONS.join(', ')}.`);
  const subject = action === 'observe' ? raw['observation'] : raw['device'];
  if (typeof subject !== 'string' || subject === '') return action === 'observe' ? no('要观察，请给出现象。', 'To observe, name the observation.') : no(`要${DEED_WORDS[action].zh}，请给出设备。`, `To ${action}, name the device.`);
  const { zone, crew = 2, walkS = 120, staysS = STAYS_S } = raw;
  if (typeof zone !== 'string') return no('请给出小组前往的区域。', 'Name the zone that the crew goes to.');
  if (!within(crew, 1, ZONE_LIMIT, true)) return no(`一个小组有 1 至 ${ZONE_LIMIT} 人。`, `A crew has 1 to ${ZONE_LIMIT} people.`);
  if (!within(walkS, 0, MISSION_LIMITS.timeS) || !within(staysS, 0, MISSION_LIMITS.timeS)) return no(`小组的路程和停留各为 0 至 ${MISSION_LIMITS.timeS} 秒。`, `The walk and the stay of a crew last 0 to ${MISSION_LIMITS.timeS} s.`);
  return { ok: true, value: { kind: 'field', errand: { action, subject, zone, crew, protection, walkS, staysS } } };
}

/** Which lines are dead: the radio of zones (or of all), and the DCS's OPC UA line: `bad` says so, `still` shows the last values on. */
export interface Comms { readonly radioLost: readonly string[]; readonly dcs: 'ok' | 'bad' | 'still'; readonly heartbeat: 'beats' | 'stands' }
export const ALL_ZONES = 'all';
export const GOOD_COMMS: Comms = { radioLost: [], dcs: 'ok', heartbeat: 'beats' };

/** Fields left out stay as they are. */
export function readComms(raw: unknown, present: Comms, zones: readonly string[]): Checked<Comms> {
  if (!isFields(raw)) return no('通信须是对象：{"radioLost": [区域或 "all"], "dcs": "ok|bad|still", "heartbeat": "beats|stands"}。', 'Lines are an object: {"radioLost": [zones or "all"], "dcs": "ok|bad|still", "heartbeat": "beats|stands"}.');
  const unknown = Object.keys(raw).find((key) => !['radioLost', 'dcs', 'heartbeat'].includes(key));
  if (unknown !== undefined) return no(`没有通信“${unknown}”；有 radioLost、dcs、heartbeat。`, `There is no line "${unknown}"; there are radioLost, dcs, heartbeat.`);
  const radioLost = raw['radioLost'] ?? present.radioLost;
  if (!Array.isArray(radioLost) || !radioLost.every((zone) => zone === ALL_ZONES || zones.includes(String(zone)))) return no(`radioLost 是“${ALL_ZONES}”或以下区域的列表：${zones.join('、')}。`, `radioLost is a list of "${ALL_ZONES}" or of ${zones.join(', ')}.`);
  const dcs = (['ok', 'bad', 'still'] as const).find((each) => each === (raw['dcs'] ?? present.dcs));
  if (dcs === undefined) return no('DCS 通信是 ok、bad、still 之一。', 'The line of the DCS is one of ok, bad, still.');
  const heartbeat = (['beats', 'stands'] as const).find((each) => each === (raw['heartbeat'] ?? (dcs === 'ok' ? 'beats' : present.heartbeat)));
  if (heartbeat === undefined) return no('心跳是 beats、stands 之一。', 'The heartbeat is one of beats, stands.');
  return { ok: true, value: { radioLost: [...new Set(radioLost.map(String))], dcs, heartbeat } };
}
