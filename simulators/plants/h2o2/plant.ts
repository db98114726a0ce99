/**
 * The hydrogen-peroxide plant, headless: physics, control loops, SIS, transmitters, people, faults and commands in one deterministic machine.
 * `step` moves simulated time in macro-steps of 0.25 s; the same seed and the same calls give the same bytes (V33).
 */
import type { Actuator } from '../../kernel/actuator.ts';
import type { Checked } from '../../kernel/fault-envelope.ts';
import { envelope, readFaultOptions } from '../../kernel/fault-envelope.ts';
import type { SolveFailure } from '../../kernel/integrator.ts';
import { Integrator } from '../../kernel/integrator.ts';
import type { Pid } from '../../kernel/pid.ts';
import { RandomSource } from '../../kernel/random.ts';
import type { Malfunction, Sensor } from '../../kernel/sensor.ts';
import type { SafetyFunction } from '../../kernel/voter.ts';
import { COMMAND_BY_ID, COMMANDS, DEVICE_COMMANDS } from './commands.ts';
import type { LoopId } from './control.ts';
import { COOLING_FULL_M3H, createLoops } from './control.ts';
import * as D from './design-point.ts';
import type { DeviceId, Orders } from './devices.ts';
import { createDevices, DEVICE_IDS, DEVICES, isDevice, shownWord } from './devices.ts';
import type { Effects } from './faults.ts';
import { FAULT_BY_ID, noEffects } from './faults.ts';
import { initialState } from './initial.ts';
import type { Inputs } from './inputs.ts';
import { normalInputs } from './inputs.ts';
import { createSensors, MEASUREMENTS } from './measurements.ts';
import { P } from './parameters.ts';
import { isZone, People, ZONE_IDS, ZONE_LIMIT } from './people.ts';
import { physics } from './physics.ts';
import type { FunctionId } from './safety-system.ts';
import { createFunctions, demandsOf, FULL_TRIP, FUNCTION_IDS, orderFullTrip, orderPartTrip } from './safety-system.ts';
import type { ActiveFault, PlantMemory } from './memory.ts';
import type { PlantSnapshot } from './snapshot.ts';
import { readSnapshot } from './snapshot.ts';
import { STATE_COUNT, STATE_NAMES, X } from './states.ts';
import { TAGS } from './tags.ts';
import { failureOf, isCamera, isFence } from './video.ts';

export const MACRO_STEP_S = 0.25;
export const MODEL = 'haven-h2o2-cocurrent-1';
/** a forced reset holds the functions down for so long (3.5) */
export const FORCED_RESET_S = 60;
const TANK_RATE_TIME_S = 600;
const MAX_STEP_S = 86_400;
const NORMAL_ORDERS = Object.fromEntries(DEVICE_IDS.map((id) => [id, DEVICES[id].normal])) as Orders;
const DEVICE_COMMAND_LIST = Object.entries(DEVICE_COMMANDS);
const FORCES = Object.fromEntries(FUNCTION_IDS.map((id) => [id, `HS-${id}-FRC`])) as Record<FunctionId, string>;
const BYPASS_KEYS = Object.fromEntries(FUNCTION_IDS.map((id) => [id, `HS-${id}-BYP`])) as Record<FunctionId, string>;
const MAX_FAULTS = 50;

export interface TagValue { readonly id: string; readonly value: number | boolean; readonly good: boolean }


export class H2o2Plant {
  readonly x: Float64Array;
  readonly inputs: Inputs = normalInputs();
  readonly sensors: Map<string, Sensor>;
  readonly devices: Record<DeviceId, Actuator> = createDevices();
  readonly functions: Record<FunctionId, SafetyFunction> = createFunctions();
  readonly people = new People();
  readonly loops: Record<LoopId, Pid> = createLoops();
  readonly integrator: Integrator;
  failure: SolveFailure | null = null;
  readonly #random: RandomSource;
  #memory: PlantMemory;
  #faults: ActiveFault[] = [];
  #commands = new Map<string, boolean>(COMMANDS.map((c) => [c.id, false]));
  #pins = new Map<string, number | boolean>();

  constructor(seed = 1, start: Float64Array = initialState()) {
    this.x = Float64Array.from(start);
    this.#random = new RandomSource(seed);
    this.#memory = {
      timeS: 0, tripSinceS: null, emergencyStop: false, forcedUntilS: 0, tankMeanC: P.tankAmbientC, tankRateKh: 0, running: true, prepDiscBroken: false,
    };
    this.integrator = new Integrator(STATE_COUNT, (_t, x, dx) => this.#rhs(x, dx), { relative: 1e-6, absolute: 1e-6, firstStepS: 0.1, maxAttempts: 20_000 });
    this.sensors = createSensors(this.x, this.inputs);
  }

  get timeS(): number {
    return this.#memory.timeS;
  }
  get memory(): Readonly<PlantMemory> {
    return this.#memory;
  }
  get faults(): readonly ActiveFault[] {
    return this.#faults;
  }
  get forcedReset(): boolean {
    return this.#memory.timeS < this.#memory.forcedUntilS;
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

  inject(id: string, rawOptions?: unknown): Checked<ActiveFault> {
    const definition = FAULT_BY_ID.get(id);
    if (!definition) return { ok: false, message: `This plant has no fault "${id}"; it has ${[...FAULT_BY_ID.keys()].join(', ')}.` };
    if (this.#faults.length >= MAX_FAULTS) return { ok: false, message: `More than ${MAX_FAULTS} faults cannot be active at once.` };
    const options = readFaultOptions(rawOptions, definition.defaults);
    if (!options.ok) return options;
    const fault = { id, options: options.value, sinceS: this.timeS };
    this.#faults = [...this.#faults.filter((f) => f.id !== id), fault];
    return { ok: true, value: fault };
  }

  clear(id: string): Checked<boolean> {
    if (!FAULT_BY_ID.has(id)) return { ok: false, message: `This plant has no fault "${id}".` };
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((f) => f.id !== id);
    return { ok: true, value: this.#faults.length < before };
  }

  /** removes every fault, every malfunction of a transmitter, every stuck device and every pin */
  clearAll(): void {
    this.#faults = [];
    this.#pins.clear();
    for (const sensor of this.sensors.values()) {
      sensor.malfunction = null;
      sensor.pinned = null;
    }
    for (const id of DEVICE_IDS) this.devices[id].state.stuck = false;
  }

  command(id: string, value: boolean): Checked<boolean> {
    const definition = COMMAND_BY_ID.get(id);
    if (!definition) return { ok: false, message: `This plant has no command "${id}"; it has ${[...COMMAND_BY_ID.keys()].join(', ')}.` };
    const before = this.#commands.get(id) ?? false;
    this.#commands.set(id, value);
    if (definition.kind === 'momentary' && value && !before) return this.#press(id);
    return { ok: true, value };
  }

  commandState(id: string): boolean {
    return this.#commands.get(id) ?? false;
  }

  /** the sensor of a tag misbehaves; null heals it */
  setMalfunction(tag: string, malfunction: Malfunction | null): Checked<null> {
    const sensor = this.sensors.get(tag);
    if (!sensor) return { ok: false, message: `"${tag}" is not an analog tag of this plant.` };
    sensor.malfunction = malfunction;
    return { ok: true, value: null };
  }

  setStuck(device: string, stuck: boolean): Checked<null> {
    if (!isDevice(device)) return { ok: false, message: `This plant has no device "${device}".` };
    this.devices[device].state.stuck = stuck;
    return { ok: true, value: null };
  }

  placePeople(zone: string, count: number): Checked<null> {
    if (!isZone(zone)) return { ok: false, message: `This plant has no zone "${zone}"; it has ${ZONE_IDS.join(', ')}.` };
    if (!Number.isInteger(count) || count < 0 || count > ZONE_LIMIT) return { ok: false, message: `A head count must be a whole number from 0 to ${ZONE_LIMIT}.` };
    this.people.place(zone, count);
    return { ok: true, value: null };
  }

  /** pins what a tag shows to an exact value; null releases it */
  setTag(id: string, value: number | boolean | null): Checked<null> {
    const tag = TAGS.find((t) => t.id === id);
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
    if (sensor && typeof value === 'number') {
      sensor.pinned = value;
      sensor.state.shown = value;
    } else this.#pins.set(id, value);
    return { ok: true, value: null };
  }

  isPinned(id: string): boolean {
    return this.#pins.has(id);
  }

  /** the state vector by name: ground truth, for the instructor and for tests only */
  truth(): Record<string, number> {
    return Object.fromEntries(STATE_NAMES.map((name, i) => [name, this.x[i]!]));
  }

  /** what the tags show now; HB-4000 counts simulated seconds here, the server counts wall seconds */
  tags(): TagValue[] {
    return TAGS.map((tag) => ({ id: tag.id, ...this.#show(tag.id) }));
  }

  tag(id: string): TagValue {
    return { id, ...this.#show(id) };
  }

  analog(id: string): number {
    return this.sensors.get(id)?.state.shown ?? Number.NaN;
  }

  tripped(): FunctionId[] {
    return FUNCTION_IDS.filter((id) => this.functions[id].state.tripped);
  }

  snapshot(): PlantSnapshot {
    return structuredClone({
      model: MODEL, x: [...this.x], memory: this.#memory, integrator: this.integrator.snapshot(), random: this.#random.snapshot(),
      inputs: this.inputs, people: this.people.state, faults: this.#faults, commands: [...this.#commands], pins: [...this.#pins],
      loops: Object.entries(this.loops).map(([id, loop]) => [id, loop.state]),
      devices: Object.entries(this.devices).map(([id, device]) => [id, device.state]),
      functions: Object.entries(this.functions).map(([id, f]) => [id, f.state]),
      sensors: [...this.sensors].map(([id, s]) => [id, { state: s.state, malfunction: s.malfunction, pinned: s.pinned }]),
    } as PlantSnapshot);
  }

  /** takes a snapshot back; a foreign or damaged one is refused and nothing changes */
  restore(raw: unknown): Checked<null> {
    const read = readSnapshot(raw, MODEL, STATE_COUNT);
    if (!read.ok) return read;
    const s = structuredClone(read.value);
    this.x.set(s.x);
    this.#memory = s.memory;
    this.integrator.restore(s.integrator);
    this.#random.restore(s.random);
    Object.assign(this.inputs, s.inputs);
    this.people.state = s.people;
    this.#faults = s.faults;
    this.#commands = new Map(s.commands);
    this.#pins = new Map(s.pins);
    for (const [id, state] of s.loops) this.loops[id].state = state;
    for (const [id, state] of s.devices) this.devices[id].state = state;
    for (const [id, state] of s.functions) this.functions[id].state = state;
    for (const [id, kept] of s.sensors) {
      const sensor = this.sensors.get(id);
      if (sensor) Object.assign(sensor, kept);
    }
    this.failure = null;
    return { ok: true, value: null };
  }

  #show(id: string): { value: number | boolean; good: boolean } {
    const pinned = this.#pins.get(id);
    if (pinned !== undefined) return { value: pinned, good: true };
    const sensor = this.sensors.get(id);
    if (sensor) return { value: sensor.state.shown, good: sensor.state.quality === 'good' };
    if (isDevice(id)) return { value: shownWord(id, this.devices[id]), good: true };
    if (isZone(id)) return { value: this.people.state.counts[id], good: true };
    if (isCamera(id)) return { value: !this.commandState(failureOf(id)), good: true };
    if (isFence(id)) return { value: this.commandState(failureOf(id)), good: true };
    if (id === 'HB-4000') return { value: Math.floor(this.timeS), good: true };
    const functionId = id.slice(0, 6) as FunctionId;
    const { tripped, bypassed, faulted, forced } = this.functions[functionId].state;
    switch (id.slice(7)) {
      case 'TRIP': return { value: tripped, good: true };
      case 'BYP': return { value: bypassed, good: true };
      case 'BYPC': return { value: this.commandState(BYPASS_KEYS[functionId]), good: true };
      case 'FRC': return { value: forced, good: true };
      default: return { value: faulted, good: true };
    }
  }

  #press(id: string): Checked<boolean> {
    const m = this.#memory;
    switch (id) {
      case 'HS-4001':
        m.emergencyStop = true;
        m.running = false;
        return { ok: true, value: true };
      case 'HS-4002':
        this.people.evacuate(m.timeS);
        return { ok: true, value: true };
      case 'HS-4003': {
        m.emergencyStop = false;
        const stillDemanding = FUNCTION_IDS.filter((f) => !this.functions[f].reset());
        if (stillDemanding.length === 0) return { ok: true, value: true };
        return { ok: false, message: `The reset was refused: ${stillDemanding.join(', ')} still see their trip condition.` };
      }
      case 'HS-4004':
        m.emergencyStop = false;
        m.forcedUntilS = m.timeS + FORCED_RESET_S;
        for (const f of FUNCTION_IDS) this.functions[f].forceReset(FORCED_RESET_S);
        return { ok: true, value: true };
      default: return this.#restart();
    }
  }

  #restart(): Checked<boolean> {
    const standing = this.tripped();
    if (this.#memory.emergencyStop) return { ok: false, message: 'The restart was refused: the emergency stop is latched.' };
    if (standing.length > 0) return { ok: false, message: `The restart was refused: ${standing.join(', ')} are tripped.` };
    this.#memory.running = true;
    return { ok: true, value: true };
  }

  #macroStep(): void {
    const effects = this.#effects();
    this.#control(effects);
    this.#operate(effects);
    this.#integrate();
    if (this.failure) return;
    this.#memory.timeS = Math.round((this.#memory.timeS + MACRO_STEP_S) * 4) / 4;
    for (const [id, sensor] of this.sensors) sensor.step(MEASUREMENTS[id]!.truth(this.x, this.inputs), MACRO_STEP_S, this.#random);
    this.#protect();
    this.people.step(this.#memory.timeS);
  }

  #effects(): Effects {
    const effects = noEffects();
    for (const fault of this.#faults) {
      const strength = envelope(fault.options, this.timeS - fault.sinceS);
      if (strength > 0) FAULT_BY_ID.get(fault.id)?.apply(effects, strength);
    }
    return effects;
  }

  #control(effects: Effects): void {
    const u = this.inputs;
    const loops = this.loops;
    // a loop whose final element is shut by a stop is held where it is: no wind-up, and the valve falls with its pump
    const feeding = this.devices['XV-4101'].position > 0.5;
    const circulating = this.devices['P-4109'].position;
    const hold = (id: LoopId, live: boolean, tag: string): number => (live ? loops[id].step(this.analog(tag), MACRO_STEP_S) : loops[id].state.output);
    u.hydrogen = hold('PIC-4104', feeding, 'PI-4104') * this.devices['XV-4101'].position;
    const separator = hold('LIC-4108', circulating > 0.5, 'LI-4108A') * circulating;
    u.separatorValve = effects.separatorValveStuckOpen > 0 ? 0.5 * (1 + 0.118 * effects.separatorValveStuckOpen) : separator;
    const oxidiser = hold('LIC-4204', circulating > 0.5, 'LI-4204A') * circulating;
    const swing = effects.levelHunting * (1.05 * Math.sin((2 * Math.PI * this.timeS) / 180) - 0.012);
    u.oxidiserValve = effects.levelHunting > 0 ? Math.max(0, 0.5 * (1 + swing)) : oxidiser;
    const product = 40 * loops['LDIC-4304'].step(this.analog('LDI-4304'), MACRO_STEP_S);
    u.productM3h = product * Math.max(0, 1 - effects.interfaceStuck);
    const cooling = COOLING_FULL_M3H * hold('TIC-4203', circulating > 0.5, 'TI-4203');
    u.coolingM3h = cooling * Math.max(0, 1 - effects.coolingLoss) * (effects.powerFailure > 0 ? 0 : 1);
  }

  #operate(effects: Effects): void {
    const u = this.inputs;
    const orders = this.#orders(effects);
    const d = this.devices;
    for (const id of DEVICE_IDS) d[id].step(orders[id], MACRO_STEP_S);
    u.solutionPump = d['P-4109'].position;
    u.feedPump = d['P-4103'].position;
    u.nitrogen = d['XV-4102'].position;
    u.air = Math.min(d['K-4201'].position, d['XV-4203'].position);
    u.extractionOpen = d['XV-4301'].position;
    u.emergencyCooling = d['XV-4205'].position;
    u.waterM3h = D.WATER_M3H - 5 * effects.waterLoss;
    u.acidLh = D.ACID_LH * d['P-4901'].position;
    u.manualAcid = d['XV-4902'].position;
    u.catalystSteam = d['XV-4104'].position;
    u.claySteam = d['XV-4401'].position;
    u.clayNitrogen = d['XV-4402'].position;
    u.clayAir = d['XV-4403'].position;
    u.prepVent = d['ZS-4502'].position;
    u.prepSteam = d['XV-4502'].position;
    u.prepCooling = d['XV-4503'].position;
    u.prepDrain = d['XV-4504'].position;
    u.prepWater = d['XV-4505'].position;
    u.prepDiscOpen = this.#memory.prepDiscBroken ? 1 : 0;
    u.tankWater = d['XV-4801'].position;
    u.tankStabiliser = d['XV-4802'].position;
    u.tankSpray = d['XV-4803'].position;
    u.hotBypass = effects.hotBypass;
    u.alkaliKgH = 1.3 * P.alkaliKgH * effects.alkaliEntrainment;
    u.extractionMetal = effects.extractionMetal;
    u.emulsifier = effects.emulsifier;
    u.residueHeat = effects.residueHeat;
    // 300 kg of 70 % in 120 s
    u.prepPeroxideMolS = (effects.prepPeroxide * 300 * 0.7 * 1000) / P.peroxideMolarMassGMol / 120;
    u.clayHotSpot = effects.clayHotSpot;
    u.tankContamination = effects.tankContamination;
  }

  #orders(effects: Effects): Orders {
    const m = this.#memory;
    const orders = { ...NORMAL_ORDERS };
    // F4-12 happens during regeneration: steam is on the bed
    if (effects.clayHotSpot > 0) orders['XV-4401'] = 1;
    if (effects.acidPumpLoss > 0.5) orders['P-4901'] = 0;
    for (const [id, c] of DEVICE_COMMAND_LIST) if (this.commandState(id)) orders[c.device] = c.position;
    const fullTrip = FULL_TRIP.some((id) => this.functions[id].state.tripped);
    // a stop stays a stop after the reset: only the restart command brings the plant back
    if (fullTrip) m.running = false;
    if (m.running) m.tripSinceS = null;
    else m.tripSinceS ??= m.timeS;
    if (m.tripSinceS !== null) orderFullTrip(orders, m.timeS - m.tripSinceS);
    for (const id of this.tripped()) orderPartTrip(id, orders);
    if (effects.powerFailure > 0) this.#orderBlackout(orders);
    return orders;
  }

  /** no power: machines stand, cut-off valves fall into their safe position; pure water runs from the head tank */
  #orderBlackout(orders: Orders): void {
    orderFullTrip(orders, Number.MAX_VALUE);
    orders['P-4901'] = 0;
  }

  #rhs(x: Float64Array, dx: Float64Array): void {
    physics(x, dx, this.inputs);
  }

  readonly #discEvent = [{ name: 'R-4502 disc', direction: 'rising' as const, value: (_t: number, x: Float64Array) => x[X.prepMPa]! - P.prepDiscMPa }];

  #integrate(): void {
    const endS = this.timeS + MACRO_STEP_S;
    let fromS = this.timeS;
    while (fromS < endS) {
      const result = this.integrator.advance(this.x, fromS, endS, this.#memory.prepDiscBroken ? [] : this.#discEvent);
      if (!result.ok) {
        this.failure = result;
        return;
      }
      if (result.event !== null) {
        this.#memory.prepDiscBroken = true;
        this.inputs.prepDiscOpen = 1;
      }
      fromS = result.tS;
    }
  }

  #protect(): void {
    const m = this.#memory;
    const tankC = middle(this.analog('TI-4801A'), this.analog('TI-4801B'), this.analog('TI-4801C'));
    m.tankMeanC += ((tankC - m.tankMeanC) * MACRO_STEP_S) / TANK_RATE_TIME_S;
    m.tankRateKh = ((tankC - m.tankMeanC) / TANK_RATE_TIME_S) * 3600;
    for (const id of FUNCTION_IDS) {
      const f = this.functions[id];
      f.state.bypassed = this.commandState(BYPASS_KEYS[id]);
      f.state.forced = this.commandState(FORCES[id]);
      f.step(demandsOf(id, this.sensors, m.tankRateKh), MACRO_STEP_S);
    }
  }
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
