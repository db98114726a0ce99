/** The fine-chemicals plant: its tables and functions put together for the machine (`simulators/machine/`). */
import { definePlant } from '../../machine/definition.ts';
import { PlantMachine } from '../../machine/machine.ts';
import { COMMANDS } from './commands.ts';
import type { LoopId, PlantScan } from './control.ts';
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
import { newMemory, R1101_STAGES, R1301_STAGES } from './memory.ts';
import { failed, faultOrders, operate, tripOrders } from './operate.ts';
import { P } from './parameters.ts';
import { ZONES } from './people.ts';
import { MARGINS, OBSERVATIONS, onFire } from './people-see.ts';
import { physics } from './physics.ts';
import { reactorMPa } from './reactor.ts';
import { remember } from './remember.ts';
import type { FunctionId } from './safety-system.ts';
import { COLD_HALIDE, WATCHES, WHEN_BLIND } from './safety-system.ts';
import { STARTS } from './starts.ts';
import { STATE_NAMES, X } from './states.ts';
import { TAGS } from './tags.ts';

export const MODEL = 'haven-fine-chemicals-2';

const giving = (m: PlantMemory): boolean => m.r1301Stage === 'initiating' || m.r1301Stage === 'dosing';
const coldHalide = ({ m, analog }: PlantScan): number => (giving(m) && analog('TDI-1302') < 3 ? analog('FQ-1303') : 0);

export const FINE_CHEMICALS = definePlant<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>({
  id: 'fine-chemicals',
  model: MODEL,
  digit: '1',
  title: { zh: '精细化工装置', en: 'Fine chemicals plant' },
  tags: TAGS,
  states: STATE_NAMES,
  initial: initialState,
  starts: STARTS,
  integrator: { relative: 1e-6, absolute: 1e-7, firstStepS: 0.1, maxAttempts: 20_000 },
  normalInputs,
  noEffects,
  memory: newMemory,
  rhs: physics,
  events: [
    { name: 'RD-1101', direction: 'rising', armed: (m) => !m.disc1101, value: (x) => reactorMPa(x) - P.discMPa, happened: (_x, u, m) => { m.disc1101 = true; u.disc = 1; } },
    { name: 'RD-1301', direction: 'rising', armed: (m) => !m.disc1301, value: (x) => x[X.gMPa]! - P.grignardDiscMPa, happened: (_x, u, m) => { m.disc1301 = true; u.grignardDisc = 1; } },
  ],
  measurements: MEASUREMENTS,
  signals: {
    'XS-1100': ({ m }) => Math.max(0, R1101_STAGES.findIndex((stage) => stage === m.r1101Stage)),
    'XS-1300': ({ m }) => Math.max(0, R1301_STAGES.findIndex((stage) => stage === m.r1301Stage)),
    'RD-1101': ({ m }) => m.disc1101,
    'RD-1301': ({ m }) => m.disc1301,
    'PSV-1201': ({ m }) => m.relief1201,
    'PSV-1401': ({ m }) => m.relief1401,
    'XS-1305': ({ m }) => m.initiatorIn,
    'JS-1901': ({ effects }) => effects.powerLoss <= 0,
    'XA-1902': ({ effects }) => effects.dcs > 0,
    'XA-1903': onFire,
  },
  devices: DEVICES,
  loops: createLoops,
  faults: FAULTS,
  functions: WATCHES,
  whenBlind: WHEN_BLIND,
  computed: { [COLD_HALIDE]: coldHalide },
  // batch units trip one by one; only the emergency stop stops the plant
  fullTrip: [],
  zones: ZONES,
  commands: COMMANDS,
  faultOrders,
  tripOrders,
  failed,
  control,
  operate,
  remember,
  onReset: (m) => { if (m.r1101Stage === 'fault-stopped') m.r1101Stage = 'holding'; },
  onRestart: (m) => {
    if (m.r1101Stage === 'holding' || m.r1101Stage === 'fault-stopped') m.r1101Stage = 'reacting';
    if (m.r1301Stage === 'ageing') m.r1301Stage = 'dosing';
    m.halideOffS = 0;
  },
  margins: MARGINS,
  observations: OBSERVATIONS,
  // no rule of this plant asks for a laboratory result
  laboratory: {},
});

/** This plant's machine, as tests and tools make it. */
export class FineChemicalsPlant extends PlantMachine {
  constructor(seed = 1, start: Float64Array = initialState()) {
    super(FINE_CHEMICALS, seed, start);
  }
}
