/**
 * A plant, headless: physics, control loops, SIS, transmitters, people, faults, hands on valves and commands in one deterministic machine. Which plant, its
 * definition says. `step` moves simulated time in macro-steps of 0.25 s; the same seed and the same calls give the same bytes (V33).
 * What the parts share is the rig (rig.ts); here is the order in which a macro-step moves it, and the way in for everybody outside.
 */
import type { Actuator, ActuatorFailure } from '../kernel/actuator.ts';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { EventFunction, SolveFailure } from '../kernel/integrator.ts';
import { Integrator } from '../kernel/integrator.ts';
import type { Pid } from '../kernel/pid.ts';
import type { Malfunction, Sensor } from '../kernel/sensor.ts';
import type { SafetyFunction } from '../kernel/voter.ts';
import { Crews } from './crews.ts';
import type { CommandDefinition, Memory, Numbers, PlantDefinition, PlantEvent, StartDefinition, Words } from './definition.ts';
import { Display } from './display.ts';
import type { EventKind } from './events.ts';
import { EventLog } from './events.ts';
import type { NameKind, Readings } from './expression.ts';
import type { ActiveFault } from './faults.ts';
import type { Comms, FieldRequest } from './field.ts';
import { readFieldRequest } from './field.ts';
import { putBack, snapshotOf } from './keeping.ts';
import { Panel } from './panel.ts';
import type { Errand, Mission, People } from './people.ts';
import { Rig } from './rig.ts';
import type { MachineMemory, PlantSnapshot } from './snapshot.ts';
import type { TagValue } from './tags.ts';
import type { UpsetsNow } from './upsets.ts';
import { Upsets } from './upsets.ts';
import { demandsOf } from './voting.ts';
import type { MarginNow } from './witness.ts';
import { Witness } from './witness.ts';
import { eventWords, failureWords } from './words.ts';

export const MACRO_STEP_S = 0.25;
const MAX_STEP_S = 86_400;
const NORMAL_START: Pick<StartDefinition, 'states' | 'memory' | 'orders' | 'commands' | 'settleS'> = {};

export class PlantMachine {
  readonly integrator: Integrator;
  failure: SolveFailure | null = null;
  readonly #rig: Rig;
  readonly #display: Display;
  readonly #panel: Panel;
  readonly #upsets: Upsets;
  readonly #crews: Crews;
  readonly #witness: Witness;
  readonly #effectIds: readonly string[];
  /** made once, so that a scan looks nothing up and allocates little */
  readonly #measured: readonly { readonly sensor: Sensor; readonly truth: (x: Float64Array, u: Numbers, m: Memory) => number }[];
  readonly #driven: readonly { readonly id: string; readonly device: Actuator; readonly normal: number }[];
  readonly #driving: readonly CommandDefinition[];
  readonly #stopping: readonly SafetyFunction[];
  readonly #events: readonly { readonly event: PlantEvent<Numbers, Memory>; readonly located: EventFunction }[];
  readonly #wanted: Record<string, number> = {};

  constructor(definition: PlantDefinition, seed = 1, start: Float64Array = definition.initial(), events = new EventLog()) {
    const rig = new Rig(definition, seed, start, events);
    this.#rig = rig;
    this.#display = new Display(rig);
    this.#panel = new Panel(rig);
    this.#upsets = new Upsets(rig);
    this.#crews = new Crews(rig, this.#panel, this.#upsets);
    this.#witness = new Witness(rig);
    this.integrator = new Integrator(definition.states.length, (_t, x, dx) => definition.rhs(x, dx, rig.inputs, rig.memory), definition.integrator);
    this.#effectIds = Object.keys(rig.scan.effects);
    this.#measured = [...rig.sensors].map(([id, sensor]) => ({ sensor, truth: definition.measurements[id]!.truth }));
    this.#driven = rig.deviceIds.map((id) => ({ id, device: rig.devices[id]!, normal: definition.devices[id]!.normal }));
    this.#driving = rig.commands.filter((c) => c.drives !== undefined);
    this.#stopping = definition.fullTrip.map((id) => rig.functions[id]!);
    this.#events = definition.events.map((event) => ({ event, located: { name: event.name, direction: event.direction, value: (_t, x) => event.value(x, rig.inputs, rig.memory) } }));
  }

  get definition(): PlantDefinition { return this.#rig.definition; }
  get x(): Float64Array { return this.#rig.x; }
  get inputs(): Numbers { return this.#rig.inputs; }
  get sensors(): ReadonlyMap<string, Sensor> { return this.#rig.sensors; }
  get devices(): Readonly<Record<string, Actuator>> { return this.#rig.devices; }
  get functions(): Readonly<Record<string, SafetyFunction>> { return this.#rig.functions; }
  get people(): People { return this.#rig.people; }
  get loops(): Readonly<Record<string, Pid>> { return this.#rig.loops; }
  get commands(): readonly CommandDefinition[] { return this.#rig.commands; }
  get heartbeatTag(): string { return this.#rig.heartbeatTag; }
  /** what really happened; not part of a snapshot */
  get events(): EventLog { return this.#rig.events; }
  get timeS(): number { return this.#rig.timeS; }
  get machine(): Readonly<MachineMemory> { return this.#rig.machine; }
  get memory(): Readonly<Memory> { return this.#rig.memory; }
  get faults(): readonly ActiveFault[] { return this.#rig.faults.all; }
  get forcedReset(): boolean { return this.timeS < this.machine.forcedUntilS; }
  /** what a hand holds: device -> position */
  get orders(): ReadonlyMap<string, number> { return this.#rig.orders; }
  get comms(): Comms { return this.#rig.machine.comms; }

  /** Moves simulated time by `dtS`, rounded to whole macro-steps. A solver failure is a value and stops the plant where it stands. */
  step(dtS: number): Checked<number> {
    if (!(dtS >= 0 && dtS <= MAX_STEP_S)) return no(`一步须为 0 至 ${MAX_STEP_S} 秒。`, `A step must be from 0 to ${MAX_STEP_S} s.`);
    const count = Math.round(dtS / MACRO_STEP_S);
    for (let i = 0; i < count; i++) {
      if (this.failure) return no(failureWords(this.failure).zh, this.failure.message);
      this.#macroStep();
    }
    return { ok: true, value: this.timeS };
  }

  /** Begins in one of the definition's starts, with `states` over those of the start; `normal` without any is the settled plant as it was made. Only for a machine that was just made. */
  begin(startId: string, states: Readonly<Record<string, number>> = {}): Checked<null> {
    if (startId === 'normal' && Object.keys(states).length === 0) return { ok: true, value: null };
    const rig = this.#rig;
    const start = startId === 'normal' ? NORMAL_START : this.definition.starts.find((s) => s.id === startId);
    if (!start) return no(`本装置没有起点“${startId}”；有 ${['normal', ...this.definition.starts.map((s) => s.id)].join('、')}。`, `This plant has no start "${startId}"; it has ${['normal', ...this.definition.starts.map((s) => s.id)].join(', ')}.`);
    for (const [name, value] of Object.entries({ ...start.states, ...states })) {
      const index = this.definition.states.indexOf(name);
      if (index < 0) return no(`起点“${startId}”提到状态“${name}”，本装置没有。`, `Start "${startId}" names the state "${name}", which this plant does not have.`);
      this.x[index] = value;
    }
    Object.assign(rig.memory, start.memory);
    for (const [device, position] of Object.entries(start.orders ?? {})) {
      const ordered = this.order(device, position);
      if (!ordered.ok) return ordered;
      this.devices[device]!.state.position = position;
    }
    for (const id of start.commands ?? []) {
      const done = this.command(id, true);
      if (!done.ok) return done;
      if (rig.commandById.get(id)?.kind === 'momentary') this.command(id, false);
    }
    for (const [id, sensor] of this.sensors) Object.assign(sensor.state, { lagged: rig.truth(id), shown: rig.truth(id) });
    const settled = this.step(start.settleS ?? 0);
    return settled.ok ? { ok: true, value: null } : settled;
  }

  /** From here `t` of an expression counts: the exercise begins. */
  markBeginning(): void {
    this.#rig.machine.originS = this.timeS;
    this.people.beginCounting();
  }

  /** puts something into the log of what really happened, at the present moment */
  note(kind: EventKind, subject: string, text: Words, clauses: readonly string[] = []): void { this.#rig.note(kind, subject, text, clauses); }

  // --- hands of the control room
  command(id: string, value: boolean): Checked<boolean> { return this.#panel.command(id, value); }
  commandState(id: string): boolean { return this.#rig.commandState(id); }
  releaseButtons(): void { this.#panel.releaseButtons(); }
  order(device: string, position: number | null): Checked<null> { return this.#panel.order(device, position); }

  // --- upsets
  /** puts a fault on; a trigger that is no expression over this plant's tags is refused with the column */
  inject(id: string, rawOptions?: unknown): Checked<ActiveFault> {
    const injected = this.#rig.faults.inject(id, rawOptions, this.timeS);
    if (injected.ok) this.#rig.note('instructor', id, { zh: `故障 ${id} 已设置`, en: `Fault ${id} is put on` }, [], { inject: { id, options: typeof rawOptions === 'object' && rawOptions !== null ? { ...rawOptions } : {} } });
    return injected;
  }
  clear(id: string): Checked<boolean> {
    const cleared = this.#rig.faults.clear(id);
    if (cleared.ok && cleared.value !== null) this.#rig.note('instructor', id, { zh: `故障 ${id} 已撤除`, en: `Fault ${id} is taken off` }, [], { clear: id });
    return cleared.ok ? { ok: true, value: cleared.value !== null } : cleared;
  }
  clearAll(): void { this.#upsets.clearAll(); }
  setMalfunction(tag: string, malfunction: Malfunction | null): Checked<null> { return this.#upsets.setMalfunction(tag, malfunction); }
  setStuck(device: string, stuck: boolean): Checked<null> { return this.#upsets.setStuck(device, stuck); }
  setFailure(device: string, failure: ActuatorFailure | null): Checked<null> { return this.#upsets.setFailure(device, failure); }
  setComms(raw: unknown): Checked<Comms> { return this.#upsets.setComms(raw); }
  setTag(id: string, value: number | boolean | null): Checked<null> { return this.#display.pin(id, value); }
  isPinned(id: string): boolean { return this.#rig.pins.has(id); }
  upsets(): UpsetsNow { return this.#upsets.now(); }
  stage(id: string, present: boolean | null): Checked<null> { return this.#upsets.stage(id, present); }

  // --- people
  placePeople(zone: string, count: number): Checked<null> { return this.#crews.place(zone, count); }
  send(errand: Errand): Checked<Mission> { return this.#crews.send(errand); }
  recall(missionId: number): Checked<Mission> { return this.#crews.recall(missionId); }
  hasRadio(zone: string): boolean { return this.#crews.hasRadio(zone); }

  /** any request of the instructor to people, transmitters and devices, as data from outside */
  fieldAction(raw: unknown): Checked<unknown> {
    const read = readFieldRequest(raw);
    return read.ok ? this.#carryOut(read.value) : read;
  }

  // --- what is shown, and what is true
  tags(): TagValue[] { return this.definition.tags.map((tag) => ({ id: tag.id, ...this.#display.show(tag) })); }
  tag(id: string): TagValue { return this.#display.tag(id); }
  analog(id: string): number { return this.#rig.analog(id); }
  tripped(): string[] { return this.#rig.tripped(); }
  readings(): Readings { return this.#display.readings(); }
  meaningOf(name: string): NameKind | null { return this.#rig.meaningOf(name); }
  observation(id: string): Checked<boolean> { return this.#upsets.observation(id); }
  trueAnalog(id: string): number { return this.#rig.truth(id); }
  margins(): MarginNow[] { return this.#witness.margins(); }
  /** the state vector by name: ground truth, for the instructor and for tests only */
  truth(): Record<string, number> { return Object.fromEntries(this.definition.states.map((name, i) => [name, this.x[i]!])); }
  /** the true value of a sample taken now */
  laboratory(id: string): Checked<{ value: number; turnaroundS: number }> {
    const result = this.definition.laboratory[id];
    return result ? { ok: true, value: { value: result.value(this.x, this.inputs, this.#rig.memory), turnaroundS: result.turnaroundS } } : no(`本装置没有化验项目“${id}”。`, `This plant has no laboratory result "${id}".`);
  }

  snapshot(): PlantSnapshot { return snapshotOf(this.#rig, this.integrator); }
  /** takes a snapshot back; a foreign or damaged one is refused and nothing changes */
  restore(raw: unknown): Checked<null> {
    const back = putBack(this.#rig, this.integrator, raw);
    if (back.ok) this.failure = null;
    return back;
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

  #macroStep(): void {
    const rig = this.#rig;
    if (rig.faults.isWaiting) rig.faults.trigger(this.timeS, this.readings(), rig.chance);
    this.#gatherEffects();
    this.definition.control(rig.scan);
    this.#operate();
    this.#integrate();
    if (this.failure) return;
    rig.machine.timeS = Math.round((rig.machine.timeS + MACRO_STEP_S) * 4) / 4;
    for (const { sensor, truth } of this.#measured) sensor.step(truth(rig.x, rig.inputs, rig.memory), MACRO_STEP_S, rig.random);
    this.definition.remember(rig.scan, MACRO_STEP_S);
    this.#protect();
    this.#crews.step(MACRO_STEP_S);
    this.#witness.notice();
  }

  #gatherEffects(): void {
    const { effects } = this.#rig.scan;
    for (const key of this.#effectIds) effects[key] = 0;
    this.#rig.faults.apply(effects, this.timeS);
  }

  #operate(): void {
    const { definition, scan, orders: hands } = this.#rig;
    const orders = this.#wanted;
    for (const { id, normal } of this.#driven) orders[id] = normal;
    definition.faultOrders(scan, orders);
    for (const { id, drives } of this.#driving) if (drives && this.commandState(id)) orders[drives.device] = drives.position;
    for (const [device, position] of hands) orders[device] = position;
    this.#stop(orders);
    for (const { id, device } of this.#driven) {
      device.state.failed = definition.failed?.(scan, id) ?? false;
      device.step(device.state.failed ? 0 : orders[id]!, MACRO_STEP_S);
    }
    definition.operate(scan);
  }

  /** a stop stays a stop after the reset: only the restart command brings the plant back */
  #stop(orders: Record<string, number>): void {
    const m = this.#rig.machine;
    if (this.#stopping.some(({ state }) => state.tripped)) m.running = false;
    if (m.running) m.stopSinceS = null;
    else m.stopSinceS ??= m.timeS;
    this.definition.tripOrders(this.#rig.scan, orders, m.stopSinceS === null ? null : m.timeS - m.stopSinceS);
  }

  #integrate(): void {
    const { memory, inputs } = this.#rig;
    const endS = this.timeS + MACRO_STEP_S;
    let fromS = this.timeS;
    while (fromS < endS) {
      const armed = this.#events.filter(({ event }) => event.armed(memory)).map(({ located }) => located);
      const result = this.integrator.advance(this.x, fromS, endS, armed);
      if (!result.ok) {
        this.failure = result;
        this.note('plant', 'model', failureWords(result));
        return;
      }
      if (result.event !== null) {
        this.definition.events.find(({ name }) => name === result.event)?.happened(this.x, inputs, memory);
        this.note('plant', result.event, eventWords(result.event));
      }
      fromS = result.tS;
    }
  }

  #protect(): void {
    for (const { id, watches, key, force } of this.#rig.watched) {
      const f = this.functions[id]!;
      f.state.bypassed = this.commandState(key);
      f.state.forced = this.commandState(force);
      f.step(demandsOf(watches, this.#display.voted), MACRO_STEP_S);
    }
  }
}
