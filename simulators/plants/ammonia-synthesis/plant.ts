/** The ammonia plant: its tables and functions put together for the machine (`simulators/machine/`). */
import { definePlant } from '../../machine/definition.ts';
import { PlantMachine } from '../../machine/machine.ts';
import { COMMANDS } from './commands.ts';
import type { AmmoniaScan, LoopId } from './control.ts';
import { control, createLoops } from './control.ts';
import type { DeviceId } from './devices.ts';
import { DEVICES } from './devices.ts';
import type { Effects } from './faults.ts';
import { FAULTS, noEffects } from './faults.ts';
import { initialState } from './initial.ts';
import type { Inputs } from './inputs.ts';
import { normalInputs } from './inputs.ts';
import { MEASUREMENTS } from './measurements.ts';
import type { PlantMemory } from './memory.ts';
import { newMemory } from './memory.ts';
import { failed, faultOrders, operate, tripOrders } from './operate.ts';
import { ZONES } from './people.ts';
import { physics } from './physics.ts';
import { remember } from './remember.ts';
import type { FunctionId } from './safety-system.ts';
import { HOT_AND_RISING, REDUCTION_LOST, WATCHES, WHEN_BLIND } from './safety-system.ts';
import { LABORATORY, MARGINS, OBSERVATIONS } from './senses.ts';
import { SIGNALS } from './signals.ts';
import { STARTS } from './starts.ts';
import { STATE_NAMES } from './states.ts';
import { TAGS } from './tags.ts';

export const MODEL = 'haven-ammonia-synthesis-2';

export function onRestart(m: PlantMemory): void {
  Object.assign(m, { gasifierDown: false, loopDown: false, compressorDown: false, reformerDown: false, letdownDown: false });
}

/** in a reduction: power, water or gas gone (4.4) */
function reductionLost({ command, effects, analog, position }: AmmoniaScan): number {
  const shift = command('HS-3209'), converter = command('HS-3507');
  if (!shift && !converter) return 0;
  const gas = (shift && analog('FI-3211') <= 3000) || (converter && position('K-3402') < 0.05) || analog('PI-3915') <= 0.4;
  return effects.power > 0 || analog('PI-3912') <= 0.25 || gas ? 1 : 0;
}

export const AMMONIA_SYNTHESIS = definePlant<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>({
  id: 'ammonia-synthesis',
  model: MODEL,
  digit: '3',
  title: { zh: '合成氨装置', en: 'Ammonia synthesis plant' },
  tags: TAGS,
  states: STATE_NAMES,
  initial: initialState,
  starts: STARTS,
  integrator: { relative: 1e-5, absolute: 1e-5, firstStepS: 0.1, maxAttempts: 20_000 },
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
    [HOT_AND_RISING]: ({ m }) => (m.hotSpotRate > 0.3 ? m.hotSpotC + (m.hotSpotRate / 60) * 40 : 0),
    [REDUCTION_LOST]: reductionLost,
  },
  fullTrip: [],
  zones: ZONES,
  commands: COMMANDS,
  faultOrders,
  tripOrders,
  failed,
  control,
  operate,
  remember,
  onRestart,
  margins: MARGINS,
  observations: OBSERVATIONS,
  laboratory: LABORATORY,
});

/** This plant's machine, as tests and tools make it. */
export class AmmoniaPlant extends PlantMachine {
  constructor(seed = 1, start: Float64Array = initialState()) {
    super(AMMONIA_SYNTHESIS, seed, start);
  }
}
