/** The whole of a machine put away as plain JSON, and taken back. */
import type { Checked } from '../kernel/fault-envelope.ts';
import type { Integrator } from '../kernel/integrator.ts';
import type { Rig } from './rig.ts';
import type { PlantSnapshot } from './snapshot.ts';
import { readSnapshot } from './snapshot.ts';

export function snapshotOf(rig: Rig, integrator: Integrator): PlantSnapshot {
  return structuredClone({
    model: rig.definition.model, x: [...rig.x], machine: rig.machine, memory: rig.memory, integrator: integrator.snapshot(), random: rig.random.snapshot(), chance: rig.chance.snapshot(),
    inputs: rig.inputs, people: rig.people.state, faults: rig.faults.all, commands: [...rig.commandStates], orders: [...rig.orders], pins: [...rig.pins], staged: [...rig.staged],
    loops: Object.entries(rig.loops).map(([id, loop]) => [id, loop.state]),
    devices: Object.entries(rig.devices).map(([id, device]) => [id, device.state]),
    functions: Object.entries(rig.functions).map(([id, f]) => [id, f.state]),
    sensors: [...rig.sensors].map(([id, s]) => [id, { state: s.state, malfunction: s.malfunction, pinned: s.pinned }]),
  } as PlantSnapshot);
}

/** A foreign or damaged snapshot is refused, and nothing changes. */
export function putBack(rig: Rig, integrator: Integrator, raw: unknown): Checked<null> {
  const read = readSnapshot(raw, rig.definition.model, rig.definition.states.length);
  if (!read.ok) return read;
  const s = structuredClone(read.value);
  rig.x.set(s.x);
  rig.machine = s.machine;
  Object.assign(rig.memory, s.memory);
  integrator.restore(s.integrator);
  rig.random.restore(s.random);
  rig.chance.restore(s.chance);
  Object.assign(rig.inputs, s.inputs);
  rig.people.state = s.people;
  rig.faults.restore(s.faults);
  rig.commandStates = new Map(s.commands);
  rig.orders = new Map(s.orders);
  rig.pins = new Map(s.pins);
  rig.staged = new Map(s.staged);
  for (const [id, state] of s.loops) if (rig.loops[id]) rig.loops[id].state = state;
  for (const [id, state] of s.devices) if (rig.devices[id]) rig.devices[id].state = state;
  for (const [id, state] of s.functions) if (rig.functions[id]) rig.functions[id].state = state;
  for (const [id, kept] of s.sensors) {
    const sensor = rig.sensors.get(id);
    if (sensor) Object.assign(sensor, kept);
  }
  return { ok: true, value: null };
}
