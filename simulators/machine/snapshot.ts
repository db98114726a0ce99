/** The whole condition of a plant as plain JSON, and a guarded way back in. A snapshot of another model or another length is refused. */
import type { ActuatorState } from '../kernel/actuator.ts';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { IntegratorState } from '../kernel/integrator.ts';
import type { PidState } from '../kernel/pid.ts';
import type { Malfunction, SensorState } from '../kernel/sensor.ts';
import type { SafetyFunctionState } from '../kernel/voter.ts';
import type { Memory, Numbers } from './definition.ts';
import type { ActiveFault } from './faults.ts';
import type { Comms } from './field.ts';
import type { PeopleState } from './people.ts';

/** What the machine itself remembers beside the plant's own memory. */
export interface MachineMemory {
  timeS: number;
  stopSinceS: number | null;
  emergencyStop: boolean;
  forcedUntilS: number;
  running: boolean;
  /** the beginning of the exercise, from which `t` of an expression counts */
  originS: number;
  /** what has been told and still stands: faults that act, margins lost, trips */
  standing: string[];
  comms: Comms;
}

export interface PlantSnapshot {
  model: string;
  x: number[];
  machine: MachineMemory;
  memory: Memory;
  integrator: IntegratorState;
  random: number[];
  /** of the triggers */
  chance: number[];
  inputs: Numbers;
  people: PeopleState;
  faults: ActiveFault[];
  commands: [string, boolean][];
  orders: [string, number][];
  pins: [string, number | boolean][];
  /** observations that the instructor stages, whatever the model says */
  staged: [string, boolean][];
  loops: [string, PidState][];
  devices: [string, ActuatorState][];
  functions: [string, SafetyFunctionState][];
  sensors: [string, { state: SensorState; malfunction: Malfunction | null; pinned: number | null }][];
}

const KEYS = ['model', 'x', 'machine', 'memory', 'integrator', 'random', 'chance', 'inputs', 'people', 'faults', 'commands', 'orders', 'pins', 'staged', 'loops', 'devices', 'functions', 'sensors'];

export function readSnapshot(raw: unknown, model: string, stateCount: number): Checked<PlantSnapshot> {
  if (typeof raw !== 'object' || raw === null) return no('快照须是对象。', 'A snapshot must be an object.');
  const missing = KEYS.find((key) => !Object.hasOwn(raw, key));
  if (missing) return no(`快照缺少“${missing}”。`, `The snapshot has no "${missing}".`);
  const snapshot = raw as PlantSnapshot;
  if (snapshot.model !== model) return no(`快照属于模型“${String(snapshot.model)}”，不属于“${model}”。`, `The snapshot belongs to the model "${String(snapshot.model)}", not to "${model}".`);
  const numbers = Array.isArray(snapshot.x) && snapshot.x.length === stateCount && snapshot.x.every((v) => Number.isFinite(v));
  if (!numbers) return no(`快照没有 ${stateCount} 个有限的状态量。`, `The snapshot does not hold ${stateCount} finite states.`);
  return { ok: true, value: snapshot };
}
