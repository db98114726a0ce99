/** What the tags show, to whom: to the DCS, to the SIS that votes on it, to expressions; and the pins by which an instructor makes a tag show something. */
import type { Actuator } from '../kernel/actuator.ts';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { SafetyFunction } from '../kernel/voter.ts';
import type { Words } from './definition.ts';
import type { Readings } from './expression.ts';
import type { Rig } from './rig.ts';
import type { TagDefinition, TagValue } from './tags.ts';
import { failureOf, isCamera, isFence } from './video.ts';
import { stateWords } from './words.ts';

const UNCERTAIN = { uncertain: true } as const;
const FUNCTION_TAG = /^(I-\d{4})-(TRIP|BYP|FLT|BYPC|FRC)$/u;

export class Display {
  readonly #rig: Rig;
  /** made once, so that a scan allocates little */
  readonly #reading = { value: 0 as number | boolean, good: true };
  /** what the SIS reads */
  readonly voted = { reading: (tag: string) => this.#readingOf(tag) };

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  tag(id: string): TagValue {
    const tag = this.#rig.tagById.get(id);
    return tag ? { id, ...this.show(tag) } : { id, value: false, good: false };
  }

  show(tag: TagDefinition): { value: number | boolean; good: boolean; uncertain?: true } {
    const { id } = tag;
    const rig = this.#rig;
    const pinned = rig.pins.get(id);
    if (pinned !== undefined) return { value: pinned, good: true };
    const sensor = rig.sensors.get(id);
    if (sensor) return { value: sensor.state.shown, good: sensor.state.quality === 'good', ...(sensor.state.quality === 'uncertain' ? UNCERTAIN : {}) };
    const device = rig.devices[id];
    if (device) return { value: shownWord(device, rig.definition.devices[id]!.machine), good: true };
    const people = rig.people.state.counts[id];
    if (people !== undefined) return { value: people, good: true };
    if (isCamera(id)) return { value: !rig.commandState(failureOf(id)), good: true };
    if (isFence(id)) return { value: rig.commandState(failureOf(id)), good: true };
    if (id === rig.heartbeatTag) return { value: Math.floor(rig.timeS), good: true };
    const ofFunction = FUNCTION_TAG.exec(id);
    const f = ofFunction ? rig.functions[ofFunction[1]!] : undefined;
    if (f) return { value: this.#functionFlag(f, ofFunction![2]!), good: true };
    const signal = rig.definition.signals[id];
    if (signal) return { value: signal(rig.scan), good: true };
    if (rig.buttons.get(id) === 'stop') return { value: rig.machine.emergencyStop, good: true };
    return { value: rig.commandState(id), good: rig.commandById.has(id) };
  }

  /** what the tags show, as expressions read it */
  readings(): Readings {
    const rig = this.#rig;
    return {
      timeS: rig.machine.timeS - rig.machine.originS,
      reading: (name) => {
        const tag = rig.tagById.get(name);
        if (tag === undefined) return { value: rig.commandState(name), good: rig.commandById.has(name) };
        const { value, good } = this.show(tag);
        return { value: tag.kind === 'discrete' ? (tag.states[Number(value)] ?? '') : value, good };
      },
    };
  }

  /** pins what a tag shows to an exact value; null releases it */
  pin(id: string, value: number | boolean | null): Checked<null> {
    const rig = this.#rig;
    const tag = rig.tagById.get(id);
    if (!tag) return no(`本装置没有位号“${id}”。`, `This plant has no tag "${id}".`);
    const sensor = rig.sensors.get(id);
    if (value === null) {
      rig.pins.delete(id);
      if (sensor) sensor.pinned = null;
      return { ok: true, value: null };
    }
    if ((tag.kind === 'boolean') !== (typeof value === 'boolean') || (typeof value === 'number' && !Number.isFinite(value))) {
      return no(`位号 ${id} 的值须是${tag.kind === 'boolean' ? '真或假' : '有限的数'}。`, `Tag ${id} takes a ${tag.kind === 'boolean' ? 'boolean' : 'finite number'}.`);
    }
    if (tag.kind === 'discrete' && !(Number.isInteger(value) && Number(value) >= 0 && Number(value) < tag.states.length)) {
      return no(`位号 ${id} 的值须是以下状态之一的序号：${tag.states.join('、')}。`, `Tag ${id} takes the index of one of ${tag.states.join(', ')}.`);
    }
    if (tag.kind === 'count' && !(Number.isInteger(value) && Number(value) >= tag.low && Number(value) <= tag.high)) {
      return no(`位号 ${id} 的值须是 ${tag.low} 至 ${tag.high} 的整数。`, `Tag ${id} takes a whole number from ${tag.low} to ${tag.high}.`);
    }
    rig.note('deception', id, pinned(id, tag, value));
    if (sensor && typeof value === 'number') {
      sensor.pinned = value;
      sensor.state.shown = value;
    } else rig.pins.set(id, value);
    return { ok: true, value: null };
  }

  #functionFlag(f: SafetyFunction, flag: string): boolean {
    switch (flag) {
      case 'TRIP': return f.state.tripped;
      case 'BYP': return f.state.bypassed;
      case 'BYPC': return this.#rig.commandState(this.#rig.watched.find(({ id }) => id === f.id)?.key ?? '');
      case 'FRC': return f.state.forced;
      default: return f.state.faulted;
    }
  }

  /** What the SIS reads; the same object each time, good until the next reading. */
  #readingOf(tag: string): { readonly value: number | boolean; readonly good: boolean } {
    const rig = this.#rig;
    const computed = rig.definition.computed[tag];
    const sensor = computed || rig.pins.has(tag) ? undefined : rig.sensors.get(tag);
    if (computed) Object.assign(this.#reading, { value: computed(rig.scan), good: true });
    else if (sensor) {
      this.#reading.value = sensor.state.shown;
      this.#reading.good = sensor.state.quality === 'good';
    } else return this.tag(tag);
    return this.#reading;
  }
}

/** index into the state words of the tag */
function shownWord(device: Actuator, machine: boolean): number {
  const word = device.word;
  // a machine shows its contactor, not its run-down: it is stopped as soon as the order is gone
  if (machine) return word === 'fault' ? 2 : device.state.order > 0.5 && device.state.position > 0.01 ? 1 : 0;
  switch (word) {
    case 'closed': return 0;
    case 'open': return 1;
    case 'travelling': return 2;
    case 'fault': return 3;
  }
}

function pinned(id: string, tag: TagDefinition, value: number | boolean): Words {
  const { zh, en } = tag.kind === 'discrete' ? stateWords(tag.states[Number(value)] ?? '') : tag.kind === 'boolean' ? { zh: value === true ? '真' : '假', en: String(value) } : { zh: String(value), en: String(value) };
  return { zh: `${id} 显示固定为 ${zh}`, en: `${id} is made to show ${en}` };
}
