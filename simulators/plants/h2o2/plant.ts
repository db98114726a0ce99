/**
 * The hydrogen-peroxide plant: its tables and functions put together for the machine (`simulators/machine/`).
 */
import type { Scan } from '../../machine/definition.ts';
import { definePlant } from '../../machine/definition.ts';
import { MACRO_STEP_S, PlantMachine } from '../../machine/machine.ts';
import { DEVICE_COMMANDS } from './commands.ts';
import type { LoopId } from './control.ts';
import { COOLING_FULL_M3H, createLoops } from './control.ts';
import * as D from './design-point.ts';
import type { DeviceId, Orders } from './devices.ts';
import { DEVICES } from './devices.ts';
import type { Effects } from './faults.ts';
import { FAULTS, noEffects } from './faults.ts';
import { initialState } from './initial.ts';
import type { Inputs } from './inputs.ts';
import { normalInputs } from './inputs.ts';
import { MEASUREMENTS } from './measurements.ts';
import type { PlantMemory } from './memory.ts';
import { newMemory } from './memory.ts';
import { P } from './parameters.ts';
import { ZONES } from './people.ts';
import { physics } from './physics.ts';
import type { FunctionId } from './safety-system.ts';
import { FULL_TRIP, FUNCTION_IDS, orderFullTrip, orderPartTrip, TANK_RATE, WATCHES } from './safety-system.ts';
import { STATE_NAMES, X } from './states.ts';
import { TAGS } from './tags.ts';

export { MACRO_STEP_S } from '../../machine/machine.ts';
export const MODEL = 'haven-h2o2-cocurrent-2';
const TANK_RATE_TIME_S = 600;

type H2o2Scan = Scan<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>;

function control({ u, loops, effects, timeS, position, analog }: H2o2Scan): void {
  // a loop whose final element is shut by a stop is held where it is: no wind-up, and the valve falls with its pump
  const feeding = position('XV-4101') > 0.5;
  const circulating = position('P-4109');
  const hold = (id: LoopId, live: boolean, tag: string): number => (live ? loops[id].step(analog(tag), MACRO_STEP_S) : loops[id].state.output);
  u.hydrogen = hold('PIC-4104', feeding, 'PI-4104') * position('XV-4101');
  const separator = hold('LIC-4108', circulating > 0.5, 'LI-4108A') * circulating;
  u.separatorValve = effects.separatorValveStuckOpen > 0 ? 0.5 * (1 + 0.118 * effects.separatorValveStuckOpen) : separator;
  const oxidiser = hold('LIC-4204', circulating > 0.5, 'LI-4204A') * circulating;
  const swing = effects.levelHunting * (1.05 * Math.sin((2 * Math.PI * timeS) / 180) - 0.012);
  u.oxidiserValve = effects.levelHunting > 0 ? Math.max(0, 0.5 * (1 + swing)) : oxidiser;
  const product = 40 * loops['LDIC-4304'].step(analog('LDI-4304'), MACRO_STEP_S);
  u.productM3h = product * Math.max(0, 1 - effects.interfaceStuck);
  const cooling = COOLING_FULL_M3H * hold('TIC-4203', circulating > 0.5, 'TI-4203');
  u.coolingM3h = cooling * Math.max(0, 1 - effects.coolingLoss) * (effects.powerFailure > 0 ? 0 : 1);
}

function operate({ u, effects, m, position }: H2o2Scan): void {
  u.solutionPump = position('P-4109');
  u.feedPump = position('P-4103');
  u.nitrogen = position('XV-4102');
  u.air = Math.min(position('K-4201'), position('XV-4203'));
  u.extractionOpen = position('XV-4301');
  u.emergencyCooling = position('XV-4205');
  u.waterM3h = D.WATER_M3H - 5 * effects.waterLoss;
  u.acidLh = D.ACID_LH * position('P-4901');
  u.manualAcid = position('XV-4902');
  u.catalystSteam = position('XV-4104');
  u.claySteam = position('XV-4401');
  u.clayNitrogen = position('XV-4402');
  u.clayAir = position('XV-4403');
  u.prepVent = position('ZS-4502');
  u.prepSteam = position('XV-4502');
  u.prepCooling = position('XV-4503');
  u.prepDrain = position('XV-4504');
  u.prepWater = position('XV-4505');
  u.prepDiscOpen = m.prepDiscBroken ? 1 : 0;
  u.tankWater = position('XV-4801');
  u.tankStabiliser = position('XV-4802');
  u.tankSpray = position('XV-4803');
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

function faultOrders({ effects }: H2o2Scan, orders: Orders): void {
  // F4-12 happens during regeneration: steam is on the bed
  if (effects.clayHotSpot > 0) orders['XV-4401'] = 1;
  if (effects.acidPumpLoss > 0.5) orders['P-4901'] = 0;
}

function tripOrders({ effects, tripped }: H2o2Scan, orders: Orders, sinceStopS: number | null): void {
  if (sinceStopS !== null) orderFullTrip(orders, sinceStopS);
  for (const id of FUNCTION_IDS) if (tripped(id)) orderPartTrip(id, orders);
  if (effects.powerFailure > 0) orderBlackout(orders);
}

/** no power: machines stand, cut-off valves fall into their safe position; pure water runs from the head tank */
function orderBlackout(orders: Orders): void {
  orderFullTrip(orders, Number.MAX_VALUE);
  orders['P-4901'] = 0;
}

function remember({ m, analog }: H2o2Scan, dtS: number): void {
  const tankC = middle(analog('TI-4801A'), analog('TI-4801B'), analog('TI-4801C'));
  m.tankMeanC += ((tankC - m.tankMeanC) * dtS) / TANK_RATE_TIME_S;
  m.tankRateKh = ((tankC - m.tankMeanC) / TANK_RATE_TIME_S) * 3600;
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

export const H2O2 = definePlant<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>({
  id: 'h2o2',
  model: MODEL,
  digit: '4',
  title: { zh: '过氧化氢装置', en: 'Hydrogen peroxide plant' },
  tags: TAGS,
  states: STATE_NAMES,
  initial: initialState,
  starts: [],
  integrator: { relative: 1e-6, absolute: 1e-6, firstStepS: 0.1, maxAttempts: 20_000 },
  normalInputs,
  noEffects,
  memory: newMemory,
  rhs: physics,
  events: [{
    name: 'R-4502 disc', direction: 'rising', armed: (m) => !m.prepDiscBroken, value: (x) => x[X.prepMPa]! - P.prepDiscMPa,
    happened: (_x, u, m) => { m.prepDiscBroken = true; u.prepDiscOpen = 1; },
  }],
  measurements: MEASUREMENTS,
  signals: {},
  devices: DEVICES,
  loops: createLoops,
  faults: FAULTS,
  functions: WATCHES,
  computed: { [TANK_RATE]: ({ m }) => m.tankRateKh },
  fullTrip: FULL_TRIP,
  zones: ZONES,
  commands: DEVICE_COMMANDS,
  faultOrders,
  tripOrders,
  control,
  operate,
  remember,
  margins: [],
  observations: {},
  laboratory: {},
});

/** This plant's machine, as tests and tools make it. */
export class H2o2Plant extends PlantMachine {
  constructor(seed = 1, start: Float64Array = initialState()) {
    super(H2O2, seed, start);
  }
}
