/**
 * What the parts of a machine share: the plant's definition made concrete (states, transmitters, devices, safety functions, loops) and all that is remembered
 * of a run. `machine.ts` moves it; `display.ts` shows it; `panel.ts`, `crews.ts`, `upsets.ts` put hands on it; `witness.ts` tells what really happened.
 */
import { Actuator } from '../kernel/actuator.ts';
import type { Pid } from '../kernel/pid.ts';
import { RandomSource } from '../kernel/random.ts';
import { Sensor } from '../kernel/sensor.ts';
import { SafetyFunction } from '../kernel/voter.ts';
import type { Button } from './commands.ts';
import { BUTTONS, buttonId, bypassKeyOf, commandsOf, forceOf } from './commands.ts';
import type { AnyScan, CommandDefinition, Memory, Numbers, PlantDefinition, Watch, Words } from './definition.ts';
import type { EventKind, EventLog, Hand } from './events.ts';
import type { NameKind } from './expression.ts';
import { FaultBoard } from './faults.ts';
import { GOOD_COMMS } from './field.ts';
import { People } from './people.ts';
import type { MachineMemory } from './snapshot.ts';
import type { TagDefinition } from './tags.ts';

/** so that the draws of triggers do not change the noise of the transmitters */
const CHANCE_SEED = 0x5bd1e995;

export class Rig {
  readonly definition: PlantDefinition;
  readonly x: Float64Array;
  readonly inputs: Numbers;
  readonly memory: Memory;
  readonly loops: Readonly<Record<string, Pid>>;
  readonly people: People;
  readonly sensors: ReadonlyMap<string, Sensor>;
  readonly devices: Readonly<Record<string, Actuator>>;
  readonly deviceIds: readonly string[];
  readonly functions: Readonly<Record<string, SafetyFunction>>;
  readonly watched: readonly { readonly id: string; readonly watches: readonly Watch[]; readonly key: string; readonly force: string }[];
  readonly commands: readonly CommandDefinition[];
  readonly commandById: ReadonlyMap<string, CommandDefinition>;
  readonly buttons: ReadonlyMap<string, Button>;
  readonly tagById: ReadonlyMap<string, TagDefinition>;
  readonly heartbeatTag: string;
  readonly random: RandomSource;
  readonly chance: RandomSource;
  readonly faults: FaultBoard;
  readonly events: EventLog;
  readonly scan: AnyScan & { effects: Numbers };
  machine: MachineMemory = { timeS: 0, stopSinceS: null, emergencyStop: false, forcedUntilS: 0, running: true, originS: 0, standing: [], comms: GOOD_COMMS };
  commandStates: Map<string, boolean>;
  /** where a hand holds a device, whatever its loop or the normal running wants */
  orders = new Map<string, number>();
  pins = new Map<string, number | boolean>();
  staged = new Map<string, boolean>();

  constructor(definition: PlantDefinition, seed: number, start: Float64Array, events: EventLog) {
    this.definition = definition;
    this.events = events;
    this.x = Float64Array.from(start);
    this.inputs = definition.normalInputs();
    this.random = new RandomSource(seed);
    this.chance = new RandomSource((seed ^ CHANCE_SEED) >>> 0);
    this.memory = definition.memory();
    this.loops = definition.loops();
    this.people = new People(definition.zones, definition.zoneLimits);
    this.commands = commandsOf(definition);
    this.commandById = new Map(this.commands.map((c) => [c.id, c]));
    this.commandStates = new Map(this.commands.map((c) => [c.id, false]));
    this.buttons = new Map(BUTTONS.map((b) => [buttonId(definition.digit, b), b]));
    this.heartbeatTag = `HB-${definition.digit}000`;
    this.faults = new FaultBoard(definition.faults, (name) => this.meaningOf(name));
    this.tagById = new Map(definition.tags.map((t) => [t.id, t]));
    this.watched = Object.entries(definition.functions).map(([id, watches]) => ({ id, watches, key: bypassKeyOf(id), force: forceOf(id) }));
    this.functions = Object.fromEntries(this.watched.map(({ id, watches }) => [id, new SafetyFunction(id, watches, definition.whenBlind[id]!.does)]));
    this.deviceIds = Object.keys(definition.devices);
    this.devices = Object.fromEntries(Object.entries(definition.devices).map(([id, d]) => [id, new Actuator(d.settings, d.normal)]));
    this.sensors = this.#createSensors();
    this.scan = this.#createScan();
  }

  get timeS(): number {
    return this.machine.timeS;
  }

  analog(id: string): number {
    return this.sensors.get(id)?.state.shown ?? Number.NaN;
  }

  commandState(id: string): boolean {
    return this.commandStates.get(id) ?? false;
  }

  /** what an analog tag would show if its transmitter did not lie, lag or make noise: ground truth */
  truth(tag: string): number {
    return this.definition.measurements[tag]?.truth(this.x, this.inputs, this.memory) ?? Number.NaN;
  }

  tripped(): string[] {
    return this.watched.filter(({ id }) => this.functions[id]!.state.tripped).map(({ id }) => id);
  }

  /** what a name in an expression means on this plant: its tags and commands */
  meaningOf(name: string): NameKind | null {
    const tag = this.tagById.get(name);
    if (tag === undefined) return this.commandById.has(name) ? { kind: 'boolean' } : null;
    switch (tag.kind) {
      case 'analog': case 'count': return { kind: 'number' };
      case 'boolean': return { kind: 'boolean' };
      case 'discrete': return { kind: 'words', words: tag.states };
    }
  }

  /** puts something into the log of what really happened, at the present moment */
  note(kind: EventKind, subject: string, text: Words, clauses: readonly string[] = [], did?: Hand): void {
    this.events.add({ atS: Math.max(0, this.timeS - this.machine.originS), timeS: this.timeS, kind, subject, text, clauses, ...(did === undefined ? {} : { did }) });
  }

  #createSensors(): Map<string, Sensor> {
    const sensors = new Map<string, Sensor>();
    for (const tag of this.definition.tags) {
      if (tag.kind !== 'analog') continue;
      const m = this.definition.measurements[tag.id];
      if (!m) throw new Error(`The analog tag ${tag.id} has no measurement.`);
      sensors.set(tag.id, new Sensor({ low: tag.low, high: tag.high, lagS: m.lagS, noiseSigma: m.noiseSigma, quantum: m.quantum, sampleEveryS: m.sampleEveryS }, m.truth(this.x, this.inputs, this.memory)));
    }
    return sensors;
  }

  #createScan(): AnyScan & { effects: Numbers } {
    // the scan object is made once; what it shows is always the present
    const timeS = (): number => this.machine.timeS;
    const running = (): boolean => this.machine.running;
    return {
      x: this.x, u: this.inputs, m: this.memory, loops: this.loops, effects: this.definition.noEffects(),
      get timeS() { return timeS(); },
      get running() { return running(); },
      analog: (tag) => this.analog(tag),
      position: (device) => this.devices[device]?.position ?? Number.NaN,
      tripped: (id) => this.functions[id]?.state.tripped ?? false,
      command: (id) => this.commandState(id),
    };
  }
}

export const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`;
