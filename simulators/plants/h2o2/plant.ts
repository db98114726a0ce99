/**
 * The hydrogen-peroxide plant: its tables and functions put together for the machine (`simulators/machine/`), in its two designs of oxidation:
 * `H2O2` co-current, `H2O2_COUNTER_CURRENT` counter-current. They share all but the oxidation tower's gas, its bottom and the condensate receiver.
 */
import type { PlantParts } from '../../machine/definition.ts';
import { definePlant } from '../../machine/definition.ts';
import { PlantMachine } from '../../machine/machine.ts';
import { DEVICE_COMMANDS, PLANT_COMMANDS } from './commands.ts';
import type { LoopId } from './control.ts';
import { createLoops } from './control.ts';
import type { DeviceId } from './devices.ts';
import { DEVICES, DEVICES_CO_CURRENT } from './devices.ts';
import type { Effects } from './faults.ts';
import { FAULTS, FAULTS_COUNTER_CURRENT, noEffects } from './faults.ts';
import { resinState } from './finishing.ts';
import { explosiveness } from './gas.ts';
import { initialCounterCurrent, initialState } from './initial.ts';
import type { Inputs } from './inputs.ts';
import { normalInputs } from './inputs.ts';
import { MARGINS } from './margins.ts';
import { MEASUREMENTS, MEASUREMENTS_COUNTER_CURRENT } from './measurements.ts';
import type { PlantMemory } from './memory.ts';
import { newMemory } from './memory.ts';
import { control, controlCounterCurrent, faultOrders, operate, remember, tripOrders } from './operation.ts';
import { P } from './parameters.ts';
import { ZONES } from './people.ts';
import { physics } from './physics.ts';
import type { FunctionId } from './safety-system.ts';
import { FULL_TRIP, TANK_RATE, WATCHES, WATCHES_COUNTER_CURRENT, WHEN_BLIND } from './safety-system.ts';
import { LABORATORY, OBSERVATIONS } from './senses.ts';
import { STARTS, STARTS_COUNTER_CURRENT } from './starts.ts';
import { STATE_NAMES, X } from './states.ts';
import { RESIN_STATES, TAGS, TAGS_COUNTER_CURRENT } from './tags.ts';

export { MACRO_STEP_S } from '../../machine/machine.ts';
export const MODEL = 'haven-h2o2-cocurrent-4';
export const MODEL_COUNTER_CURRENT = 'haven-h2o2-countercurrent-2';

type Parts = PlantParts<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>;

const CO_CURRENT: Parts = {
  id: 'h2o2',
  model: MODEL,
  digit: '4',
  title: { zh: '过氧化氢装置', en: 'Hydrogen peroxide plant' },
  tags: TAGS,
  states: STATE_NAMES,
  initial: initialState,
  starts: STARTS,
  integrator: { relative: 1e-6, absolute: 1e-6, firstStepS: 0.1, maxAttempts: 20_000 },
  normalInputs,
  noEffects,
  memory: newMemory,
  rhs: physics,
  events: [
    {
      name: 'R-4502 disc', direction: 'rising', armed: (m) => !m.prepDiscBroken, value: (x) => x[X.prepMPa]! - P.prepDiscMPa,
      happened: (_x, u, m) => { m.prepDiscBroken = true; u.prepDiscOpen = 1; },
    },
    {
      name: 'residue separator bursts', direction: 'rising', armed: (m) => !m.residueBurst, value: (x) => x[X.resMPa]! - P.residueBurstMPa,
      happened: (_x, u, m) => { m.residueBurst = true; u.residueVent = 20; },
    },
    {
      // the gas burns in the tower: it gets hot and the pressure rises by what the heat makes of it
      name: 'gas in hydrogenation explodes', direction: 'rising', armed: (m) => !m.gasExploded, value: (x) => explosiveness(x) - 1,
      happened: (x, _u, m) => {
        m.gasExploded = true;
        for (const i of [X.h1C, X.h2C, X.h3C]) x[i] = x[i]! + 40;
        x[X.hN2Mol] = x[X.hN2Mol]! * 1.6;
      },
    },
  ],
  measurements: MEASUREMENTS,
  signals: { 'XS-4701': ({ x, u }) => RESIN_STATES.indexOf(resinState(x, u)) },
  devices: DEVICES_CO_CURRENT,
  loops: createLoops,
  faults: FAULTS,
  functions: WATCHES,
  whenBlind: WHEN_BLIND,
  computed: { [TANK_RATE]: ({ m }) => m.tankRateKh },
  fullTrip: FULL_TRIP,
  zones: ZONES,
  commands: [...DEVICE_COMMANDS, ...PLANT_COMMANDS],
  faultOrders,
  tripOrders,
  control,
  operate,
  remember,
  margins: MARGINS,
  observations: OBSERVATIONS,
  laboratory: LABORATORY,
};

export const H2O2 = definePlant(CO_CURRENT);

export const H2O2_COUNTER_CURRENT = definePlant<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>({
  ...CO_CURRENT,
  model: MODEL_COUNTER_CURRENT,
  title: { zh: '过氧化氢装置（逆流氧化）', en: 'Hydrogen peroxide plant (counter-current oxidation)' },
  tags: TAGS_COUNTER_CURRENT,
  initial: initialCounterCurrent,
  starts: STARTS_COUNTER_CURRENT,
  normalInputs: () => ({ ...normalInputs(), counterCurrent: 1, condensateValve: 0.2 }),
  measurements: MEASUREMENTS_COUNTER_CURRENT,
  devices: DEVICES,
  faults: FAULTS_COUNTER_CURRENT,
  functions: WATCHES_COUNTER_CURRENT,
  control: controlCounterCurrent,
});

/** This plant's machine, as tests and tools make it. */
export class H2o2Plant extends PlantMachine {
  constructor(seed = 1, start: Float64Array = initialState(), definition = H2O2) {
    super(definition, seed, start);
  }
}
