/** What an instructor does to transmitters, devices, lines and to what there is to be seen. Each deed is told in the log of what really happened. */
import type { ActuatorFailure } from '../kernel/actuator.ts';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { Malfunction } from '../kernel/sensor.ts';
import type { Words } from './definition.ts';
import type { ActiveFault } from './faults.ts';
import type { Comms } from './field.ts';
import { ALL_ZONES, GOOD_COMMS, readComms } from './field.ts';
import type { Rig } from './rig.ts';
import { DCS_WORDS, FAILURE_WORDS, HEARTBEAT_WORDS, MALFUNCTION_WORDS, withSize } from './words.ts';

const MAX_STAGED = 100;
/** a device that is healed obeys its loop again; nobody's hands stay on its wheel */
const LET_GO = { handwheel: null } as const;

export class Upsets {
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** removes every fault, every malfunction of transmitters, devices and lines, every pin and every staged observation */
  clearAll(): void {
    const rig = this.#rig;
    rig.faults.clearAll();
    rig.pins.clear();
    rig.staged.clear();
    rig.machine.comms = GOOD_COMMS;
    for (const sensor of rig.sensors.values()) {
      sensor.malfunction = null;
      sensor.pinned = null;
    }
    for (const id of rig.deviceIds) Object.assign(rig.devices[id]!.state, { stuck: false, failure: null, ...LET_GO });
    rig.note('instructor', 'all', { zh: '全部故障与欺骗已清除', en: 'All faults and deceptions cleared' });
  }

  /** the sensor of a tag misbehaves; null heals it */
  setMalfunction(tag: string, malfunction: Malfunction | null): Checked<null> {
    const sensor = this.#rig.sensors.get(tag);
    if (!sensor) return no(`“${tag}”不是本装置的模拟量位号。`, `"${tag}" is not an analog tag of this plant.`);
    sensor.malfunction = malfunction;
    sensor.state.memory = null;
    this.#rig.note('deception', tag, malfunction === null ? { zh: `${tag} 变送器恢复`, en: `Transmitter ${tag} is honest again` } : deceives(tag, withSize(MALFUNCTION_WORDS[malfunction.kind], malfunction.size)), [], { field: { kind: 'sensor', tag, malfunction: malfunction?.kind ?? null, ...(malfunction === null ? {} : { size: malfunction.size }) } });
    return { ok: true, value: null };
  }

  setStuck(device: string, stuck: boolean): Checked<null> {
    const { devices } = this.#rig;
    if (!Object.hasOwn(devices, device)) return no(`本装置没有设备“${device}”。`, `This plant has no device "${device}".`);
    Object.assign(devices[device]!.state, { stuck, ...(stuck ? {} : LET_GO) });
    this.#rig.note('deception', device, stuck ? { zh: `${device} 卡住`, en: `${device} is stuck` } : { zh: `${device} 不再卡住`, en: `${device} is free` }, [], { field: { kind: stuck ? 'stick' : 'unstick', device } });
    return { ok: true, value: null };
  }

  /** a device fails open or closed, moves slowly, or passes; null heals it */
  setFailure(device: string, failure: ActuatorFailure | null): Checked<null> {
    const { devices } = this.#rig;
    if (!Object.hasOwn(devices, device)) return no(`本装置没有设备“${device}”。`, `This plant has no device "${device}".`);
    Object.assign(devices[device]!.state, { failure, ...(failure === null ? LET_GO : {}) });
    this.#rig.note('deception', device, failure === null ? { zh: `${device} 执行机构恢复`, en: `${device} obeys again` } : fails(device, withSize(FAILURE_WORDS[failure.kind], failure.size)), [], { field: { kind: 'actuator', device, failure: failure?.kind ?? null, ...(failure === null ? {} : { size: failure.size }) } });
    return { ok: true, value: null };
  }

  /** lines die and come back: the radio of zones, the line between DCS and whoever listens to it */
  setComms(raw: unknown): Checked<Comms> {
    const { machine, definition } = this.#rig;
    const read = readComms(raw, machine.comms, Object.keys(definition.zones));
    if (!read.ok) return read;
    machine.comms = read.value;
    const { radioLost, dcs, heartbeat } = read.value;
    this.#rig.note('deception', 'comms', {
      zh: `通信：对讲失效 ${radioLost.map((zone) => (zone === ALL_ZONES ? '全部区域' : zone)).join('、') || '无'}；DCS ${DCS_WORDS[dcs].zh}；心跳${HEARTBEAT_WORDS[heartbeat].zh}`,
      en: `Lines: radio dead in ${radioLost.map((zone) => (zone === ALL_ZONES ? 'all zones' : zone)).join(', ') || 'no zone'}; DCS ${DCS_WORDS[dcs].en}; heartbeat ${HEARTBEAT_WORDS[heartbeat].en}`,
    });
    return read;
  }

  /** Smoke, colour, turbidity ...: what is seen from now on, whatever the model says; null gives it back to the model. */
  stage(id: string, present: boolean | null): Checked<null> {
    const { staged } = this.#rig;
    if (!/^[\w.-]{1,60}$/u.test(id)) return no('现象的编号由 1 至 60 个字母、数字、点或横线组成。', 'The id of an observation has 1 to 60 letters, digits, dots, dashes.');
    if (present !== null && !staged.has(id) && staged.size >= MAX_STAGED) return no(`同时设定的现象不能超过 ${MAX_STAGED} 个。`, `More than ${MAX_STAGED} observations cannot be staged at once.`);
    if (present === null) staged.delete(id);
    else staged.set(id, present);
    this.#rig.note('deception', id, present === null ? { zh: `${id} 现象由模型决定`, en: `${id} is seen as the model says` } : { zh: `${id} 现象设为${present ? '有' : '无'}`, en: `${id} is ${present ? 'seen' : 'not seen'} from now on` });
    return { ok: true, value: null };
  }

  /** what is on the plant now: for the instructor's list, and to be taken away again one by one */
  now(): UpsetsNow {
    const { faults, sensors, deviceIds, devices, staged, machine } = this.#rig;
    return {
      faults: faults.all,
      transmitters: [...sensors].flatMap(([tag, { malfunction }]) => (malfunction === null ? [] : [{ tag, ...malfunction }])),
      devices: deviceIds.flatMap((device) => {
        const { stuck, failure } = devices[device]!.state;
        return [...(stuck ? [{ device, kind: 'stuck' as const, size: 0 }] : []), ...(failure === null ? [] : [{ device, ...failure }])];
      }),
      observations: [...staged].map(([observation, present]) => ({ observation, present })),
      comms: machine.comms,
    };
  }

  /** what somebody on the spot or at a camera sees, by the id of the observation */
  observation(id: string): Checked<boolean> {
    const staged = this.#rig.staged.get(id);
    if (staged !== undefined) return { ok: true, value: staged };
    const see = this.#rig.definition.observations[id];
    return see ? { ok: true, value: see(this.#rig.scan) } : no(`本装置没有现象“${id}”。`, `This plant has no observation "${id}".`);
  }
}

export interface UpsetsNow {
  readonly faults: readonly ActiveFault[];
  readonly transmitters: readonly (Malfunction & { readonly tag: string })[];
  readonly devices: readonly { readonly device: string; readonly kind: ActuatorFailure['kind'] | 'stuck'; readonly size: number }[];
  readonly observations: readonly { readonly observation: string; readonly present: boolean }[];
  readonly comms: Comms;
}

const deceives = (tag: string, { zh, en }: Words): Words => ({ zh: `${tag} 变送器失真：${zh}`, en: `Transmitter ${tag} deceives: ${en}` });
const fails = (device: string, { zh, en }: Words): Words => ({ zh: `${device} 执行机构故障：${zh}`, en: `Actuator of ${device}: ${en}` });
