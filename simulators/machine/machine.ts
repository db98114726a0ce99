/**
 * A plant, headless: physics, control loops, SIS, transmitters, people, faults, hands on valves and commands in one deterministic machine. Which plant, its
 * definition says. `step` moves simulated time in macro-steps of 0.25 s; the same seed and the same calls give the same bytes (V33).
 */
import type { ActuatorFailure } from '../kernel/actuator.ts';
import { Actuator } from '../kernel/actuator.ts';
import type { Checked } from '../kernel/fault-envelope.ts';
import type { EventFunction, SolveFailure } from '../kernel/integrator.ts';
import { Integrator } from '../kernel/integrator.ts';
import type { Pid } from '../kernel/pid.ts';
import { RandomSource } from '../kernel/random.ts';
import type { Malfunction } from '../kernel/sensor.ts';
import { Sensor } from '../kernel/sensor.ts';
import { SafetyFunction } from '../kernel/voter.ts';
import type { Button } from './commands.ts';
import { BUTTONS, buttonId, bypassKeyOf, commandsOf, forceOf } from './commands.ts';
import type { AnyScan, CommandDefinition, MarginDefinition, Memory, Numbers, PlantDefinition, PlantEvent, Watch, Words } from './definition.ts';
import type { EventKind } from './events.ts';
import { clauseOf, EventLog } from './events.ts';
import type { NameKind, Readings } from './expression.ts';
import type { ActiveFault } from './faults.ts';
import { FaultBoard } from './faults.ts';
import type { Comms, FieldRequest } from './field.ts';
import { ALL_ZONES, GOOD_COMMS, readComms, readFieldRequest } from './field.ts';
import type { CrewNews, Errand, Mission } from './people.ts';
import { MISSION_LIMITS, People, ZONE_LIMIT } from './people.ts';
import type { MachineMemory, PlantSnapshot } from './snapshot.ts';
import { readSnapshot } from './snapshot.ts';
import type { TagDefinition, TagValue } from './tags.ts';
import { failureOf, isCamera, isFence } from './video.ts';
import { demandsOf } from './voting.ts';

export const MACRO_STEP_S = 0.25;
/** a forced reset holds the functions down for so long (3.5) */
export const FORCED_RESET_S = 60;
const MAX_STEP_S = 86_400;
const MAX_STAGED = 100;
const UNCERTAIN = { uncertain: true } as const;
/** so that the draws of triggers do not change the noise of the transmitters */
const CHANCE_SEED = 0x5bd1e995;
const FUNCTION_TAG = /^(I-\d{4})-(TRIP|BYP|FLT|BYPC|FRC)$/u;

export interface MarginNow { readonly id: string; readonly clauses: readonly string[]; readonly value: number; readonly lostAt: number; readonly isLost: boolean }

export class PlantMachine {
  readonly definition: PlantDefinition;
  readonly x: Float64Array;
  readonly inputs: Numbers;
  readonly sensors: ReadonlyMap<string, Sensor>;
  readonly devices: Readonly<Record<string, Actuator>>;
  readonly functions: Readonly<Record<string, SafetyFunction>>;
  readonly people: People;
  readonly loops: Readonly<Record<string, Pid>>;
  readonly integrator: Integrator;
  readonly commands: readonly CommandDefinition[];
  readonly heartbeatTag: string;
  /** what really happened; not part of a snapshot */
  readonly events: EventLog;
  failure: SolveFailure | null = null;
  readonly #random: RandomSource;
  readonly #scan: AnyScan & { effects: Numbers };
  readonly #command: ReadonlyMap<string, CommandDefinition>;
  readonly #chance: RandomSource;
  readonly #faults: FaultBoard;
  readonly #tag: ReadonlyMap<string, TagDefinition>;
  readonly #buttons: ReadonlyMap<string, Button>;
  readonly #functions: readonly { readonly id: string; readonly watches: readonly Watch[]; readonly key: string; readonly force: string }[];
  readonly #deviceIds: readonly string[];
  readonly #effectIds: readonly string[];
  /** made once, so that a scan looks nothing up and allocates little */
  readonly #measured: readonly { readonly sensor: Sensor; readonly truth: (x: Float64Array, u: Numbers, m: Memory) => number }[];
  readonly #driven: readonly { readonly id: string; readonly device: Actuator; readonly normal: number }[];
  readonly #stopping: readonly SafetyFunction[];
  readonly #events: readonly { readonly event: PlantEvent<Numbers, Memory>; readonly located: EventFunction }[];
  readonly #wanted: Record<string, number> = {};
  readonly #reading = { value: 0 as number | boolean, good: true };
  readonly #readings = { reading: (tag: string) => this.#readingOf(tag) };
  readonly #driving: readonly CommandDefinition[];
  #machine: MachineMemory = { timeS: 0, stopSinceS: null, emergencyStop: false, forcedUntilS: 0, running: true, originS: 0, standing: [], comms: GOOD_COMMS };
  #memory: Memory;
  #commands: Map<string, boolean>;
  /** where a hand holds a device, whatever its loop or the normal running wants */
  #orders = new Map<string, number>();
  #pins = new Map<string, number | boolean>();
  #staged = new Map<string, boolean>();

  constructor(definition: PlantDefinition, seed = 1, start: Float64Array = definition.initial(), events = new EventLog()) {
    this.events = events;
    this.definition = definition;
    this.x = Float64Array.from(start);
    this.inputs = definition.normalInputs();
    this.#random = new RandomSource(seed);
    this.#memory = definition.memory();
    this.loops = definition.loops();
    this.people = new People(definition.zones, definition.zoneLimits);
    this.commands = commandsOf(definition);
    this.heartbeatTag = `HB-${definition.digit}000`;
    this.#command = new Map(this.commands.map((c) => [c.id, c]));
    this.#commands = new Map(this.commands.map((c) => [c.id, false]));
    this.#driving = this.commands.filter((c) => c.drives !== undefined);
    this.#chance = new RandomSource((seed ^ CHANCE_SEED) >>> 0);
    this.#faults = new FaultBoard(definition.faults, (name) => this.meaningOf(name));
    this.#tag = new Map(definition.tags.map((t) => [t.id, t]));
    this.#buttons = new Map(BUTTONS.map((b) => [buttonId(definition.digit, b), b]));
    this.#functions = Object.entries(definition.functions).map(([id, watches]) => ({ id, watches, key: bypassKeyOf(id), force: forceOf(id) }));
    this.functions = Object.fromEntries(this.#functions.map(({ id, watches }) => [id, new SafetyFunction(id, watches)]));
    this.#deviceIds = Object.keys(definition.devices);
    this.devices = Object.fromEntries(Object.entries(definition.devices).map(([id, d]) => [id, new Actuator(d.settings, d.normal)]));
    this.integrator = new Integrator(definition.states.length, (_t, x, dx) => definition.rhs(x, dx, this.inputs, this.#memory), definition.integrator);
    this.sensors = this.#createSensors();
    this.#scan = this.#createScan();
    this.#effectIds = Object.keys(this.#scan.effects);
    this.#measured = [...this.sensors].map(([id, sensor]) => ({ sensor, truth: definition.measurements[id]!.truth }));
    this.#driven = this.#deviceIds.map((id) => ({ id, device: this.devices[id]!, normal: definition.devices[id]!.normal }));
    this.#stopping = definition.fullTrip.map((id) => this.functions[id]!);
    this.#events = definition.events.map((event) => ({ event, located: { name: event.name, direction: event.direction, value: (_t, x) => event.value(x, this.inputs, this.#memory) } }));
  }

  get timeS(): number {
    return this.#machine.timeS;
  }
  get machine(): Readonly<MachineMemory> {
    return this.#machine;
  }
  get memory(): Readonly<Memory> {
    return this.#memory;
  }
  get faults(): readonly ActiveFault[] {
    return this.#faults.all;
  }
  get forcedReset(): boolean {
    return this.#machine.timeS < this.#machine.forcedUntilS;
  }
  /** what a hand holds: device -> position */
  get orders(): ReadonlyMap<string, number> {
    return this.#orders;
  }

  /** Moves simulated time by `dtS`, rounded to whole macro-steps. A solver failure is a value and stops the plant where it stands. */
  step(dtS: number): Checked<number> {
    if (!(dtS >= 0 && dtS <= MAX_STEP_S)) return { ok: false, message: `A step must be from 0 to ${MAX_STEP_S} s.` };
    const count = Math.round(dtS / MACRO_STEP_S);
    for (let i = 0; i < count; i++) {
      if (this.failure) return { ok: false, message: this.failure.message };
      this.#macroStep();
    }
    return { ok: true, value: this.timeS };
  }

  /** Begins in one of the definition's starts; `normal` is the settled plant as it was made. Only for a machine that was just made. */
  begin(startId: string): Checked<null> {
    if (startId === 'normal') return { ok: true, value: null };
    const start = this.definition.starts.find((s) => s.id === startId);
    if (!start) return { ok: false, message: `This plant has no start "${startId}"; it has ${['normal', ...this.definition.starts.map((s) => s.id)].join(', ')}.` };
    for (const [name, value] of Object.entries(start.states ?? {})) {
      const index = this.definition.states.indexOf(name);
      if (index < 0) return { ok: false, message: `Start "${startId}" names the state "${name}", which this plant does not have.` };
      this.x[index] = value;
    }
    Object.assign(this.#memory, start.memory);
    for (const [device, position] of Object.entries(start.orders ?? {})) {
      const ordered = this.order(device, position);
      if (!ordered.ok) return ordered;
      this.devices[device]!.state.position = position;
    }
    for (const id of start.commands ?? []) {
      const done = this.command(id, true);
      if (!done.ok) return done;
      if (this.#command.get(id)?.kind === 'momentary') this.command(id, false);
    }
    for (const [id, sensor] of this.sensors) Object.assign(sensor.state, { lagged: this.#truth(id), shown: this.#truth(id) });
    const settled = this.step(start.settleS ?? 0);
    return settled.ok ? { ok: true, value: null } : settled;
  }

  /** puts something into the log of what really happened, at the present moment */
  note(kind: EventKind, subject: string, text: Words, clauses: readonly string[] = []): void {
    this.events.add({ atS: Math.max(0, this.timeS - this.#machine.originS), timeS: this.timeS, kind, subject, text, clauses });
  }

  /** puts a fault on; a trigger that is no expression over this plant's tags is refused with the column */
  inject(id: string, rawOptions?: unknown): Checked<ActiveFault> {
    return this.#faults.inject(id, rawOptions, this.timeS);
  }

  clear(id: string): Checked<boolean> {
    const cleared = this.#faults.clear(id);
    return cleared.ok ? { ok: true, value: cleared.value !== null } : cleared;
  }

  /** removes every fault, every malfunction of transmitters, devices and lines, every pin and every staged observation */
  clearAll(): void {
    this.#faults.clearAll();
    this.#pins.clear();
    this.#staged.clear();
    this.#machine.comms = GOOD_COMMS;
    for (const sensor of this.sensors.values()) {
      sensor.malfunction = null;
      sensor.pinned = null;
    }
    for (const id of this.#deviceIds) Object.assign(this.devices[id]!.state, { stuck: false, failure: null, handwheel: null });
    this.note('instructor', 'all', { zh: '全部故障与欺骗已清除', en: 'All faults and deceptions cleared' });
  }

  /** From here `t` of an expression counts: the exercise begins. */
  markBeginning(): void {
    this.#machine.originS = this.#machine.timeS;
    for (const zone of Object.keys(this.people.state.exposureS)) this.people.state.exposureS[zone] = 0;
  }

  /** what a name in an expression means on this plant: its tags and commands */
  meaningOf(name: string): NameKind | null {
    const tag = this.#tag.get(name);
    if (tag === undefined) return this.#command.has(name) ? { kind: 'boolean' } : null;
    switch (tag.kind) {
      case 'analog': case 'count': return { kind: 'number' };
      case 'boolean': return { kind: 'boolean' };
      case 'discrete': return { kind: 'words', words: tag.states };
    }
  }

  /** what the tags show, as expressions read it */
  readings(): Readings {
    return {
      timeS: this.#machine.timeS - this.#machine.originS,
      reading: (name) => {
        const tag = this.#tag.get(name);
        if (tag === undefined) return { value: this.commandState(name), good: this.#command.has(name) };
        const { value, good } = this.#show(tag);
        return { value: tag.kind === 'discrete' ? (tag.states[Number(value)] ?? '') : value, good };
      },
    };
  }

  command(id: string, value: boolean): Checked<boolean> {
    const definition = this.#command.get(id);
    if (!definition) return { ok: false, message: `This plant has no command "${id}"; it has ${[...this.#command.keys()].join(', ')}.` };
    const before = this.#commands.get(id) ?? false;
    this.#commands.set(id, value);
    if (value !== before) this.note('command', id, value ? { zh: `${definition.zh}：动作`, en: `${definition.en}: on` } : { zh: `${definition.zh}：复位`, en: `${definition.en}: off` });
    const button = this.#buttons.get(id);
    if (button !== undefined && value && !before) return this.#press(button);
    return { ok: true, value };
  }

  commandState(id: string): boolean {
    return this.#commands.get(id) ?? false;
  }

  /** A hand on the DCS faceplate: the device goes to `position` (0 closed or stopped .. 1 open or running) and stays; null gives it back to its loop. A stop or a trip is stronger. */
  order(device: string, position: number | null): Checked<null> {
    if (!Object.hasOwn(this.devices, device)) return { ok: false, message: `This plant has no device "${device}".` };
    if (position !== null && !(position >= 0 && position <= 1)) return { ok: false, message: `The position of ${device} must be from 0 to 1, or null.` };
    if (position === null) this.#orders.delete(device);
    else this.#orders.set(device, position);
    this.note('order', device, position === null ? { zh: `${device} 交回自动`, en: `${device} back to automatic` } : { zh: `${device} 手动至 ${percent(position)}`, en: `${device} by hand to ${percent(position)}` });
    return { ok: true, value: null };
  }

  /** the sensor of a tag misbehaves; null heals it */
  setMalfunction(tag: string, malfunction: Malfunction | null): Checked<null> {
    const sensor = this.sensors.get(tag);
    if (!sensor) return { ok: false, message: `"${tag}" is not an analog tag of this plant.` };
    sensor.malfunction = malfunction;
    sensor.state.memory = null;
    this.note('deception', tag, malfunction === null ? { zh: `${tag} 变送器恢复`, en: `Transmitter ${tag} is honest again` } : { zh: `${tag} 变送器失真：${malfunction.kind} ${malfunction.size}`, en: `Transmitter ${tag} deceives: ${malfunction.kind} ${malfunction.size}` });
    return { ok: true, value: null };
  }

  setStuck(device: string, stuck: boolean): Checked<null> {
    if (!Object.hasOwn(this.devices, device)) return { ok: false, message: `This plant has no device "${device}".` };
    this.devices[device]!.state.stuck = stuck;
    this.note('deception', device, stuck ? { zh: `${device} 卡住`, en: `${device} is stuck` } : { zh: `${device} 不再卡住`, en: `${device} is free` });
    return { ok: true, value: null };
  }

  /** a device fails open or closed, moves slowly, or passes; null heals it */
  setFailure(device: string, failure: ActuatorFailure | null): Checked<null> {
    if (!Object.hasOwn(this.devices, device)) return { ok: false, message: `This plant has no device "${device}".` };
    this.devices[device]!.state.failure = failure;
    this.note('deception', device, failure === null ? { zh: `${device} 执行机构恢复`, en: `${device} obeys again` } : { zh: `${device} 执行机构故障：${failure.kind} ${failure.size}`, en: `${device} fails: ${failure.kind} ${failure.size}` });
    return { ok: true, value: null };
  }

  placePeople(zone: string, count: number): Checked<null> {
    const zones = Object.keys(this.definition.zones);
    if (!zones.includes(zone)) return { ok: false, message: `This plant has no zone "${zone}"; it has ${zones.join(', ')}.` };
    if (!Number.isInteger(count) || count < 0 || count > ZONE_LIMIT) return { ok: false, message: `A head count must be a whole number from 0 to ${ZONE_LIMIT}.` };
    this.people.place(zone, count);
    this.note('field', zone, { zh: `${zone} 人数置为 ${count}`, en: `${count} people placed in ${zone}` });
    return { ok: true, value: null };
  }

  /** Sends people out. They walk, and what they were sent to do happens when they have arrived. Nothing forbids an entry; one beyond the zone's limit is told. */
  send(errand: Errand): Checked<Mission> {
    const zones = Object.keys(this.definition.zones);
    if (!zones.includes(errand.zone)) return { ok: false, message: `This plant has no zone "${errand.zone}"; it has ${zones.join(', ')}.` };
    if (errand.action === 'observe') {
      const known = this.observation(errand.subject);
      if (!known.ok) return known;
    } else if (!Object.hasOwn(this.devices, errand.subject)) return { ok: false, message: `This plant has no device "${errand.subject}".` };
    if (this.people.underway >= MISSION_LIMITS.underway) return { ok: false, message: `More than ${MISSION_LIMITS.underway} crews cannot be out at once.` };
    const mission = this.people.send(errand, this.timeS);
    this.note('field', errand.zone, { zh: `${errand.crew} 人前往 ${errand.zone}：${errand.action} ${errand.subject}，防护 ${errand.protection}`, en: `${errand.crew} people go to ${errand.zone} to ${errand.action} ${errand.subject}, protection ${errand.protection}` });
    return { ok: true, value: structuredClone(mission) };
  }

  /** Calls a crew back by radio; without radio contact it goes on with what it was sent to do. */
  recall(missionId: number): Checked<Mission> {
    const mission = this.people.state.missions.find(({ id }) => id === missionId);
    if (!mission) return { ok: false, message: `There is no crew ${missionId}.` };
    if (!this.hasRadio(mission.zone)) return { ok: false, message: `Crew ${missionId} does not answer: the radio of ${mission.zone} is dead.` };
    if (!this.people.recall(mission, this.timeS)) return { ok: false, message: `Crew ${missionId} is already on its way back.` };
    this.note('field', mission.zone, { zh: `${mission.zone} 的 ${mission.crew} 人被召回`, en: `The ${mission.crew} people of ${mission.zone} are called back` });
    return { ok: true, value: structuredClone(mission) };
  }

  hasRadio(zone: string): boolean {
    const { radioLost } = this.#machine.comms;
    return !radioLost.includes(ALL_ZONES) && !radioLost.includes(zone);
  }

  /** any request of the instructor to people, transmitters and devices, as data from outside */
  fieldAction(raw: unknown): Checked<unknown> {
    const read = readFieldRequest(raw);
    return read.ok ? this.#carryOut(read.value) : read;
  }

  #carryOut(request: FieldRequest): Checked<unknown> {
    switch (request.kind) {
      case 'people': return this.placePeople(request.zone, request.count);
      case 'stick': case 'unstick': return this.setStuck(request.device, request.kind === 'stick');
      case 'actuator': return this.setFailure(request.device, request.failure);
      case 'sensor': return this.setMalfunction(request.tag, request.malfunction);
      case 'field': return this.send(request.errand);
      case 'recall': return this.recall(request.mission);
    }
  }

  get comms(): Comms {
    return this.#machine.comms;
  }

  /** lines die and come back: the radio of zones, the line between DCS and whoever listens to it */
  setComms(raw: unknown): Checked<Comms> {
    const read = readComms(raw, this.#machine.comms, Object.keys(this.definition.zones));
    if (!read.ok) return read;
    this.#machine.comms = read.value;
    const { radioLost, dcs, heartbeat } = read.value;
    this.note('deception', 'comms', { zh: `通信：对讲失效 ${radioLost.join(', ') || '无'}；DCS ${dcs}；心跳 ${heartbeat}`, en: `Lines: radio dead in ${radioLost.join(', ') || 'no zone'}; DCS ${dcs}; heartbeat ${heartbeat}` });
    return read;
  }

  /** pins what a tag shows to an exact value; null releases it */
  setTag(id: string, value: number | boolean | null): Checked<null> {
    const tag = this.#tag.get(id);
    if (!tag) return { ok: false, message: `This plant has no tag "${id}".` };
    const sensor = this.sensors.get(id);
    if (value === null) {
      this.#pins.delete(id);
      if (sensor) sensor.pinned = null;
      return { ok: true, value: null };
    }
    if ((tag.kind === 'boolean') !== (typeof value === 'boolean') || (typeof value === 'number' && !Number.isFinite(value))) {
      return { ok: false, message: `Tag ${id} takes a ${tag.kind === 'boolean' ? 'boolean' : 'finite number'}.` };
    }
    if (tag.kind === 'discrete' && !(Number.isInteger(value) && Number(value) >= 0 && Number(value) < tag.states.length)) {
      return { ok: false, message: `Tag ${id} takes the index of one of ${tag.states.join(', ')}.` };
    }
    if (tag.kind === 'count' && !(Number.isInteger(value) && Number(value) >= tag.low && Number(value) <= tag.high)) {
      return { ok: false, message: `Tag ${id} takes a whole number from ${tag.low} to ${tag.high}.` };
    }
    this.note('deception', id, { zh: `${id} 显示固定为 ${String(value)}`, en: `${id} is made to show ${String(value)}` });
    if (sensor && typeof value === 'number') {
      sensor.pinned = value;
      sensor.state.shown = value;
    } else this.#pins.set(id, value);
    return { ok: true, value: null };
  }

  /** what an analog tag would show if its transmitter did not lie, lag or make noise: ground truth */
  trueAnalog(id: string): number {
    return this.#truth(id);
  }

  isPinned(id: string): boolean {
    return this.#pins.has(id);
  }

  /** the state vector by name: ground truth, for the instructor and for tests only */
  truth(): Record<string, number> {
    return Object.fromEntries(this.definition.states.map((name, i) => [name, this.x[i]!]));
  }

  /** how far from where nothing helps: ground truth */
  margins(): MarginNow[] {
    return this.definition.margins.map((margin) => this.#marginNow(margin));
  }

  /** Smoke, colour, turbidity ...: what is seen from now on, whatever the model says; null gives it back to the model. */
  stage(id: string, present: boolean | null): Checked<null> {
    if (!/^[\w.-]{1,60}$/u.test(id)) return { ok: false, message: 'The id of an observation has 1 to 60 letters, digits, dots, dashes.' };
    if (present !== null && !this.#staged.has(id) && this.#staged.size >= MAX_STAGED) return { ok: false, message: `More than ${MAX_STAGED} observations cannot be staged at once.` };
    if (present === null) this.#staged.delete(id);
    else this.#staged.set(id, present);
    this.note('deception', id, present === null ? { zh: `${id} 现象由模型决定`, en: `${id} is seen as the model says` } : { zh: `${id} 现象设为${present ? '有' : '无'}`, en: `${id} is ${present ? 'seen' : 'not seen'} from now on` });
    return { ok: true, value: null };
  }

  /** what somebody on the spot or at a camera sees, by the id of the observation */
  observation(id: string): Checked<boolean> {
    const staged = this.#staged.get(id);
    if (staged !== undefined) return { ok: true, value: staged };
    const see = this.definition.observations[id];
    return see ? { ok: true, value: see(this.#scan) } : { ok: false, message: `This plant has no observation "${id}".` };
  }

  /** the true value of a sample taken now */
  laboratory(id: string): Checked<{ value: number; turnaroundS: number }> {
    const result = this.definition.laboratory[id];
    return result ? { ok: true, value: { value: result.value(this.x, this.inputs, this.#memory), turnaroundS: result.turnaroundS } } : { ok: false, message: `This plant has no laboratory result "${id}".` };
  }

  /** what the tags show now; the heartbeat counts simulated seconds here, the server counts wall seconds */
  tags(): TagValue[] {
    return this.definition.tags.map((tag) => ({ id: tag.id, ...this.#show(tag) }));
  }

  tag(id: string): TagValue {
    const tag = this.#tag.get(id);
    return tag ? { id, ...this.#show(tag) } : { id, value: false, good: false };
  }

  analog(id: string): number {
    return this.sensors.get(id)?.state.shown ?? Number.NaN;
  }

  tripped(): string[] {
    return this.#functions.filter(({ id }) => this.functions[id]!.state.tripped).map(({ id }) => id);
  }

  snapshot(): PlantSnapshot {
    return structuredClone({
      model: this.definition.model, x: [...this.x], machine: this.#machine, memory: this.#memory, integrator: this.integrator.snapshot(), random: this.#random.snapshot(), chance: this.#chance.snapshot(),
      inputs: this.inputs, people: this.people.state, faults: this.#faults.all, commands: [...this.#commands], orders: [...this.#orders], pins: [...this.#pins], staged: [...this.#staged],
      loops: Object.entries(this.loops).map(([id, loop]) => [id, loop.state]),
      devices: Object.entries(this.devices).map(([id, device]) => [id, device.state]),
      functions: Object.entries(this.functions).map(([id, f]) => [id, f.state]),
      sensors: [...this.sensors].map(([id, s]) => [id, { state: s.state, malfunction: s.malfunction, pinned: s.pinned }]),
    } as PlantSnapshot);
  }

  /** takes a snapshot back; a foreign or damaged one is refused and nothing changes */
  restore(raw: unknown): Checked<null> {
    const read = readSnapshot(raw, this.definition.model, this.definition.states.length);
    if (!read.ok) return read;
    const s = structuredClone(read.value);
    this.x.set(s.x);
    this.#machine = s.machine;
    Object.assign(this.#memory, s.memory);
    this.integrator.restore(s.integrator);
    this.#random.restore(s.random);
    this.#chance.restore(s.chance);
    Object.assign(this.inputs, s.inputs);
    this.people.state = s.people;
    this.#faults.restore(s.faults);
    this.#commands = new Map(s.commands);
    this.#orders = new Map(s.orders);
    this.#pins = new Map(s.pins);
    this.#staged = new Map(s.staged);
    for (const [id, state] of s.loops) if (this.loops[id]) this.loops[id].state = state;
    for (const [id, state] of s.devices) if (this.devices[id]) this.devices[id].state = state;
    for (const [id, state] of s.functions) if (this.functions[id]) this.functions[id].state = state;
    for (const [id, kept] of s.sensors) {
      const sensor = this.sensors.get(id);
      if (sensor) Object.assign(sensor, kept);
    }
    this.failure = null;
    return { ok: true, value: null };
  }

  #createSensors(): Map<string, Sensor> {
    const sensors = new Map<string, Sensor>();
    for (const tag of this.definition.tags) {
      if (tag.kind !== 'analog') continue;
      const m = this.definition.measurements[tag.id];
      if (!m) throw new Error(`The analog tag ${tag.id} has no measurement.`);
      sensors.set(tag.id, new Sensor({ low: tag.low, high: tag.high, lagS: m.lagS, noiseSigma: m.noiseSigma, quantum: m.quantum, sampleEveryS: m.sampleEveryS }, m.truth(this.x, this.inputs, this.#memory)));
    }
    return sensors;
  }

  #createScan(): AnyScan & { effects: Numbers } {
    // the scan object is made once; what it shows is always the present
    const timeS = (): number => this.#machine.timeS;
    const running = (): boolean => this.#machine.running;
    return {
      x: this.x, u: this.inputs, m: this.#memory, loops: this.loops, effects: this.definition.noEffects(),
      get timeS() { return timeS(); },
      get running() { return running(); },
      analog: (tag) => this.analog(tag),
      position: (device) => this.devices[device]?.position ?? Number.NaN,
      tripped: (id) => this.functions[id]?.state.tripped ?? false,
      command: (id) => this.commandState(id),
    };
  }

  #truth(tag: string): number {
    return this.definition.measurements[tag]?.truth(this.x, this.inputs, this.#memory) ?? Number.NaN;
  }

  #marginNow(margin: MarginDefinition<Numbers, Memory>): MarginNow {
    const value = margin.value(this.x, this.inputs, this.#memory);
    return { id: margin.id, clauses: margin.clauses, value, lostAt: margin.lostAt, isLost: isLost(margin, value) };
  }

  #show(tag: TagDefinition): { value: number | boolean; good: boolean; uncertain?: true } {
    const { id } = tag;
    const pinned = this.#pins.get(id);
    if (pinned !== undefined) return { value: pinned, good: true };
    const sensor = this.sensors.get(id);
    if (sensor) return { value: sensor.state.shown, good: sensor.state.quality === 'good', ...(sensor.state.quality === 'uncertain' ? UNCERTAIN : {}) };
    const device = this.devices[id];
    if (device) return { value: shownWord(device, this.definition.devices[id]!.machine), good: true };
    const people = this.people.state.counts[id];
    if (people !== undefined) return { value: people, good: true };
    if (isCamera(id)) return { value: !this.commandState(failureOf(id)), good: true };
    if (isFence(id)) return { value: this.commandState(failureOf(id)), good: true };
    if (id === this.heartbeatTag) return { value: Math.floor(this.timeS), good: true };
    const ofFunction = FUNCTION_TAG.exec(id);
    const f = ofFunction ? this.functions[ofFunction[1]!] : undefined;
    if (f) return { value: this.#functionFlag(f, ofFunction![2]!), good: true };
    const signal = this.definition.signals[id];
    if (signal) return { value: signal(this.#scan), good: true };
    if (this.#buttons.get(id) === 'stop') return { value: this.#machine.emergencyStop, good: true };
    return { value: this.commandState(id), good: this.#command.has(id) };
  }

  #functionFlag(f: SafetyFunction, flag: string): boolean {
    switch (flag) {
      case 'TRIP': return f.state.tripped;
      case 'BYP': return f.state.bypassed;
      case 'BYPC': return this.commandState(bypassKeyOf(f.id));
      case 'FRC': return f.state.forced;
      default: return f.state.faulted;
    }
  }

  #press(button: Button): Checked<boolean> {
    const m = this.#machine;
    switch (button) {
      case 'stop':
        m.emergencyStop = true;
        m.running = false;
        return { ok: true, value: true };
      case 'evacuate':
        this.people.evacuate(m.timeS);
        return { ok: true, value: true };
      case 'reset': {
        m.emergencyStop = false;
        this.definition.onReset?.(this.#memory);
        const stillDemanding = this.#functions.filter(({ id }) => !this.functions[id]!.reset()).map(({ id }) => id);
        if (stillDemanding.length === 0) return { ok: true, value: true };
        return { ok: false, message: `The reset was refused: ${stillDemanding.join(', ')} still see their trip condition.` };
      }
      case 'forcedReset':
        m.emergencyStop = false;
        m.forcedUntilS = m.timeS + FORCED_RESET_S;
        for (const { id } of this.#functions) this.functions[id]!.forceReset(FORCED_RESET_S);
        return { ok: true, value: true };
      case 'restart': return this.#restart();
    }
  }

  #restart(): Checked<boolean> {
    const standing = this.tripped();
    if (this.#machine.emergencyStop) return { ok: false, message: 'The restart was refused: the emergency stop is latched.' };
    if (standing.length > 0) return { ok: false, message: `The restart was refused: ${standing.join(', ')} are tripped.` };
    this.#machine.running = true;
    this.#orders.clear();
    this.definition.onRestart?.(this.#memory);
    return { ok: true, value: true };
  }

  #macroStep(): void {
    if (this.#faults.isWaiting) this.#faults.trigger(this.timeS, this.readings(), this.#chance);
    this.#gatherEffects();
    this.definition.control(this.#scan);
    this.#operate();
    this.#integrate();
    if (this.failure) return;
    this.#machine.timeS = Math.round((this.#machine.timeS + MACRO_STEP_S) * 4) / 4;
    for (const { sensor, truth } of this.#measured) sensor.step(truth(this.x, this.inputs, this.#memory), MACRO_STEP_S, this.#random);
    this.definition.remember(this.#scan, MACRO_STEP_S);
    this.#protect();
    for (const news of this.people.step(this.#machine.timeS, MACRO_STEP_S, (zone) => this.hasRadio(zone))) this.#hear(news);
    this.#notice();
  }

  #gatherEffects(): void {
    const { effects } = this.#scan;
    for (const key of this.#effectIds) effects[key] = 0;
    this.#faults.apply(effects, this.timeS);
  }

  #operate(): void {
    const orders = this.#wanted;
    for (const { id, normal } of this.#driven) orders[id] = normal;
    this.definition.faultOrders(this.#scan, orders);
    for (const { id, drives } of this.#driving) if (drives && this.commandState(id)) orders[drives.device] = drives.position;
    for (const [device, position] of this.#orders) orders[device] = position;
    this.#order(orders);
    for (const { id, device } of this.#driven) {
      device.state.failed = this.definition.failed?.(this.#scan, id) ?? false;
      device.step(device.state.failed ? 0 : orders[id]!, MACRO_STEP_S);
    }
    this.definition.operate(this.#scan);
  }

  /** a stop stays a stop after the reset: only the restart command brings the plant back */
  #order(orders: Record<string, number>): void {
    const m = this.#machine;
    if (this.#stopping.some(({ state }) => state.tripped)) m.running = false;
    if (m.running) m.stopSinceS = null;
    else m.stopSinceS ??= m.timeS;
    this.definition.tripOrders(this.#scan, orders, m.stopSinceS === null ? null : m.timeS - m.stopSinceS);
  }

  #integrate(): void {
    const endS = this.timeS + MACRO_STEP_S;
    let fromS = this.timeS;
    while (fromS < endS) {
      const armed = this.#events.filter(({ event }) => event.armed(this.#memory)).map(({ located }) => located);
      const result = this.integrator.advance(this.x, fromS, endS, armed);
      if (!result.ok) {
        this.failure = result;
        this.note('plant', 'model', { zh: `模型停止：${result.message}`, en: `The model ends here: ${result.message}` });
        return;
      }
      if (result.event !== null) {
        this.definition.events.find(({ name }) => name === result.event)?.happened(this.x, this.inputs, this.#memory);
        this.note('plant', result.event, { zh: result.event, en: result.event });
      }
      fromS = result.tS;
    }
  }

  /** what a crew's way makes happen */
  #hear(news: CrewNews): void {
    const { mission } = news;
    switch (news.kind) {
      case 'arrived':
        this.note('field', mission.zone, { zh: `${mission.crew} 人到达 ${mission.zone}`, en: `${mission.crew} people have arrived in ${mission.zone}` });
        mission.report = this.#act(mission);
        return;
      case 'over-limit': this.note('field', mission.zone, { zh: `${mission.zone} 内 ${news.count} 人，超过限员`, en: `${news.count} people in ${mission.zone}: more than may be there` }, ['4.2']); return;
      case 'left': this.note('field', mission.zone, { zh: `${mission.crew} 人离开 ${mission.zone}`, en: `${mission.crew} people have left ${mission.zone}` }); return;
      case 'reported': this.note('field', mission.zone, { zh: `${mission.zone} 报告：${news.report}`, en: `Report from ${mission.zone}: ${news.report}` }); return;
    }
  }

  /** A hand at the device does what the hand on the DCS would; a device that is stuck or has failed is driven by its wheel. What they have to report. */
  #act({ action, subject }: Mission): string {
    if (action === 'observe') {
      const seen = this.observation(subject);
      return `${subject} ${seen.ok && seen.value ? 'seen' : 'not seen'}`;
    }
    const device = this.devices[subject];
    if (!device) return `${subject} not found`;
    if (action === 'check') return `${subject} ${device.word}, ${percent(device.position)}`;
    const position = action === 'open' ? 1 : 0;
    this.order(subject, position);
    const { stuck, failure } = device.state;
    if (stuck || failure?.kind === 'fail-open' || failure?.kind === 'fail-close') device.state.handwheel = position;
    return `${subject} ${action}`;
  }

  /** tells what began to stand and what no longer does */
  #notice(): void {
    const before = this.#machine.standing;
    const now: string[] = [];
    const look = (key: string, tell: () => void): void => {
      now.push(key);
      if (!before.includes(key)) tell();
    };
    for (const fault of this.#faults.acting) look(`fault ${fault.id}`, () => this.note('fault-began', fault.id, { zh: fault.zh, en: fault.en }, [clauseOf(fault.clause)]));
    for (const { id } of this.#functions) {
      const { tripped, firstOut } = this.functions[id]!.state;
      if (tripped) look(`trip ${id}`, () => this.note('trip', id, { zh: `${id} 联锁动作，首出 ${firstOut ?? '无'}`, en: `${id} tripped, first out ${firstOut ?? 'none'}` }));
    }
    for (const margin of this.definition.margins) {
      if (isLost(margin, margin.value(this.x, this.inputs, this.#memory))) look(`margin ${margin.id}`, () => this.note('margin-lost', margin.id, { zh: margin.zh, en: margin.en }, margin.clauses));
    }
    if (before.length === now.length && before.every((key, i) => key === now[i])) return;
    for (const key of before) {
      if (!now.includes(key) && key.startsWith('fault ')) this.note('fault-ended', key.slice('fault '.length), { zh: '故障作用结束', en: 'The fault no longer acts' });
    }
    this.#machine.standing = now;
  }

  #protect(): void {
    for (const { id, watches, key, force } of this.#functions) {
      const f = this.functions[id]!;
      f.state.bypassed = this.commandState(key);
      f.state.forced = this.commandState(force);
      f.step(demandsOf(watches, this.#readings), MACRO_STEP_S);
    }
  }

  /** What the SIS reads; the same object each time, good until the next reading. */
  #readingOf(tag: string): { readonly value: number | boolean; readonly good: boolean } {
    const computed = this.definition.computed[tag];
    const sensor = computed || this.#pins.has(tag) ? undefined : this.sensors.get(tag);
    if (computed) Object.assign(this.#reading, { value: computed(this.#scan), good: true });
    else if (sensor) {
      this.#reading.value = sensor.state.shown;
      this.#reading.good = sensor.state.quality === 'good';
    } else return this.tag(tag);
    return this.#reading;
  }
}

const isLost = ({ side, lostAt }: MarginDefinition<Numbers, Memory>, value: number): boolean => (side === 'above' ? value >= lostAt : value <= lostAt);
const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`;

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
