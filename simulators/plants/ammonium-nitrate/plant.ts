/**
 * The ammonium-nitrate plant: its tables and functions put together for the machine (`simulators/machine/`). Basis 20 t/h of nitrate.
 */
import { definePlant } from '../../machine/definition.ts';
import { PlantMachine } from '../../machine/machine.ts';
import { PLANT_COMMANDS } from './commands.ts';
import type { LoopId } from './control.ts';
import { createLoops } from './control.ts';
import type { DeviceId } from './devices.ts';
import { DEVICES } from './devices.ts';
import type { Effects } from './faults.ts';
import { FAULTS, noEffects } from './faults.ts';
import { initialState } from './initial.ts';
import type { Inputs } from './inputs.ts';
import { normalInputs } from './inputs.ts';
import { control, faultOrders, onRestart, operate, remember, tripOrders } from './logic.ts';
import { MARGINS } from './margins.ts';
import { MEASUREMENTS } from './measurements.ts';
import type { PlantMemory } from './memory.ts';
import { newMemory } from './memory.ts';
import { LABORATORY, OBSERVATIONS } from './observations.ts';
import { ZONES } from './people.ts';
import { physics } from './physics.ts';
import type { FunctionId } from './safety-system.ts';
import { RATE_2502, STOPPED_2501, TOWER_BUTTON, TOWER_SIGNS, WATCHES, WHEN_BLIND } from './safety-system.ts';
import { SIGNALS, towerSmoke } from './signals.ts';
import { STARTS } from './starts.ts';
import { STATE_NAMES } from './states.ts';
import { TAGS } from './tags.ts';

export const AMMONIUM_NITRATE = definePlant<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>({
  id: 'ammonium-nitrate',
  model: 'haven-ammonium-nitrate-2',
  digit: '2',
  title: { zh: '硝酸铵装置', en: 'Ammonium nitrate plant' },
  tags: TAGS,
  states: STATE_NAMES,
  initial: initialState,
  starts: STARTS,
  integrator: { relative: 1e-6, absolute: 1e-6, firstStepS: 0.1, maxAttempts: 20_000 },
  normalInputs,
  noEffects,
  memory: newMemory,
  rhs: physics,
  events: [],
  measurements: MEASUREMENTS,
  signals: SIGNALS,
  devices: DEVICES,
  loops: createLoops,
  faults: FAULTS,
  functions: WATCHES,
  whenBlind: WHEN_BLIND,
  computed: {
    [STOPPED_2501]: ({ m }) => (m.mix1 === 1 ? 1 : 0),
    [RATE_2502]: ({ m }) => m.tr2502,
    [TOWER_SIGNS]: (s) => (towerSmoke(s) || s.analog('GD-2522') >= 20 ? 1 : 0),
    [TOWER_BUTTON]: (s) => (s.command('HS-2008') ? 1 : 0),
  },
  fullTrip: [],
  zones: ZONES,
  commands: PLANT_COMMANDS,
  faultOrders,
  tripOrders,
  control,
  operate,
  remember,
  onRestart,
  margins: MARGINS,
  observations: OBSERVATIONS,
  laboratory: LABORATORY,
});

/** This plant's machine, as tests and tools make it. */
export class AmmoniumNitratePlant extends PlantMachine {
  constructor(seed = 1, start: Float64Array = initialState()) {
    super(AMMONIUM_NITRATE, seed, start);
  }
}
