/** What the machine does at every scan: loops, positions and faults into the inputs, what faults and trips order, what is remembered. */
import type { Scan } from '../../machine/definition.ts';
import { MACRO_STEP_S } from '../../machine/machine.ts';
import type { LoopId } from './control.ts';
import { COOLING_FULL_M3H } from './control.ts';
import * as D from './design-point.ts';
import type { DeviceId, Orders } from './devices.ts';
import type { Effects } from './faults.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import type { FunctionId } from './safety-system.ts';
import { FUNCTION_IDS, orderFullTrip, orderPartTrip } from './safety-system.ts';
import { X } from './states.ts';

const TANK_RATE_TIME_S = 600;

export type H2o2Scan = Scan<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>;

export function control({ u, loops, effects, timeS, position, analog }: H2o2Scan): void {
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

/** in the counter-current plant besides */
export function controlCounterCurrent(scan: H2o2Scan): void {
  control(scan);
  const { u, loops, effects, position, analog } = scan;
  const circulating = position('P-4109');
  const bottom = circulating > 0.5 ? loops['LIC-4205'].step(analog('LI-4205A'), MACRO_STEP_S) : loops['LIC-4205'].state.output;
  u.bottomValve = bottom * circulating * position('XV-4207');
  const receiver = loops['LIC-4206'].step(analog('LI-4206A'), MACRO_STEP_S);
  // F4-05 plugs the drain behind the level valve; XV-4208 is the way beside it
  u.condensateValve = Math.max(receiver * Math.max(0, 1 - effects.condensatePlug), position('XV-4208'));
  u.counterCurrent = 1;
}

export function operate({ u, effects, m, position }: H2o2Scan): void {
  u.solutionPump = position('P-4109');
  // the oxidiser is fed while the circulation runs
  u.feedPump = Math.min(position('P-4103'), position('P-4109'));
  u.nitrogen = position('XV-4102');
  u.air = Math.min(position('K-4201'), position('XV-4203'));
  u.extractionOpen = position('XV-4301');
  u.purificationOpen = position('XV-4302');
  u.emergencyCooling = position('XV-4205');
  u.waterM3h = Math.min(D.WATER_M3H, D.WATER_M3H - 5 * effects.waterLoss + D.WATER_M3H * position('P-4903'));
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
  u.towerDrain = position('XV-4105');
  u.oxidiserDrain = position('XV-4206');
  u.drainsMixed = position('HV-4106');
  u.opened = position('MH-4100');
  u.residueVent = m.residueBurst ? 20 : position('ZS-4211');
  u.residueTankVent = position('ZS-4212');
  u.residueWater = position('XV-4214');
  u.residueDrain = position('XV-4215');
  u.resinWater = position('HV-4702');
  u.resinNitrogen = Math.max(position('HV-4703'), Math.min(1, effects.resinNitrogen));
  u.concentratorSteam = position('XV-4601');
  u.concentratorWater = position('XV-4602');
  setFaults(u, effects);
}

function setFaults(u: Inputs, effects: Readonly<Effects>): void {
  u.hotBypass = effects.hotBypass;
  u.alkaliKgH = 1.3 * P.alkaliKgH * effects.alkaliEntrainment;
  u.extractionMetal = effects.extractionMetal;
  u.emulsifier = effects.emulsifier;
  u.residueHeat = effects.residueHeat;
  // 300 kg of 70 % in 120 s
  u.prepPeroxideMolS = (effects.prepPeroxide * 300 * 0.7 * 1000) / P.peroxideMolarMassGMol / 120;
  u.clayHotSpot = effects.clayHotSpot;
  u.tankContamination = effects.tankContamination;
  u.overHydrogenation = effects.overHydrogenation;
  u.hydrogenLeak = effects.hydrogenLeak;
  u.purgeShort = effects.purgeShort;
  u.vacuumLoss = effects.vacuumLoss;
  u.blockage = effects.blockage;
  u.leak = effects.leak;
  u.reliefOpen = effects.reliefOpen;
}

export function faultOrders({ effects }: H2o2Scan, orders: Orders): void {
  // F4-12 happens during regeneration: steam is on the bed
  if (effects.clayHotSpot > 0) orders['XV-4401'] = 1;
  if (effects.acidPumpLoss > 0.5) orders['P-4901'] = 0;
}

export function tripOrders({ effects, tripped }: H2o2Scan, orders: Orders, sinceStopS: number | null): void {
  if (sinceStopS !== null) orderFullTrip(orders, sinceStopS);
  for (const id of FUNCTION_IDS) if (tripped(id)) orderPartTrip(id, orders);
  if (effects.compressorLoss > 0.5) orders['K-4201'] = 0;
  if (effects.powerFailure > 0) orderBlackout(orders);
}

/** no power: machines stand, cut-off valves fall into their safe position; pure water runs from the head tank */
function orderBlackout(orders: Orders): void {
  orderFullTrip(orders, Number.MAX_VALUE);
  orders['P-4901'] = 0;
}

export function remember({ m, x, u, analog }: H2o2Scan, dtS: number): void {
  const tankC = middle(analog('TI-4801A'), analog('TI-4801B'), analog('TI-4801C'));
  m.tankMeanC += ((tankC - m.tankMeanC) * dtS) / TANK_RATE_TIME_S;
  m.tankRateKh = ((tankC - m.tankMeanC) / TANK_RATE_TIME_S) * 3600;
  // 2 % of V-4102: the outlet sees gas
  if (x[X.sepM3]! < 0.02 * P.separatorM3 && u.hydrogen > 0) m.gasThrough = true;
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
