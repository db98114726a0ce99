/** Positions, commands and faults into what acts on the physics; what faults, stops and trips order. */
import type { PlantScan } from './control.ts';
import type { DeviceId, Orders } from './devices.ts';
import { NM3_KMOL, P } from './parameters.ts';
import { EFFECTS_OF, FUNCTION_IDS, PLANT_STOP, R1101_STOP, set, SPRINGS } from './safety-system.ts';

const EMERGENCY_BUS_S = 15;

export function operate({ u, m, effects, position, command }: PlantScan): void {
  operateReactor({ u, m, effects, position, command });
  u.sweep = position('XV-1202') * (u.nitrogenMPa / 0.7);
  u.hydrogenStirrer = position('M-1205');
  u.airKmolS = (effects.airIngress * P.airIngressNm3h * position('XV-1201')) / 3600 / NM3_KMOL;
  u.catalyst = Math.max(0.02, 1 - 0.9 * effects.catalystPoison) * (1 + 2.2 * effects.hydrogenOpen);
  u.relief = m.relief1201 ? 1 : 0;
  u.hallLeak = 0.25 * effects.hydrogenLeak + 0.4 * position('HV-1206') + (m.ignited ? 0.5 : 0);
  const stage = m.r1301Stage;
  u.halideKmolS = stage === 'idle' || stage === 'draining' || stage === 'quenching' ? 0 : P.halideKmolS * position('XV-1303') * (stage === 'initiating' && effects.water === 0 ? 0 : 1);
  u.initiator = Math.max(position('XV-1305'), position('HV-1306'));
  u.heating = position('XV-1304');
  u.grignardStirrer = position('M-1305');
  u.drain = position('XV-1306');
  u.drip = position('XV-1309');
  u.grignardNitrogen = position('XV-1307') * (u.nitrogenMPa / 0.7);
  u.sudden = effects.sudden;
  u.water = effects.water;
  u.grignardDisc = m.disc1301 ? 1 : position('HV-1310');
  u.steam = Math.max(position('XV-1401'), P.bypassSteam * position('HV-1402'));
  u.plug = Math.min(1, effects.plug);
  u.condenser = Math.max(0, 1 - effects.condenserLoss) * Math.max(0.1, 1 - effects.waterHeader);
  u.potDrainKgS = 9 * effects.potDrain;
  u.frozenLevel = effects.levelFrozen;
  u.stillRelief = m.relief1401 ? 1 : 0;
  u.fanA = position('K-1501A');
  u.fanB = position('K-1501B');
  u.sources = position('XV-1502');
  u.caustic = Math.max(position('P-1506A'), position('P-1506B'));
  u.towerB = position('ZS-1501');
  u.makeUp = Math.max(0, 1 - effects.makeUpLoss);
  u.alkaliUse = 1 + 9 * Math.max(0, effects.makeUpLoss - 1);
  u.hallSpillMgS = 120 * effects.hallSpill;
  u.waterMPa = 0.4 * Math.max(0.1, 1 - effects.waterHeader);
  u.airMPa = 0.65 * Math.max(0.1, 1 - effects.airHeader);
  u.nitrogenMPa = 0.7 * Math.max(0.05, 1 - effects.nitrogenHeader);
  u.steamMPa = 0.8 * Math.max(0.1, 1 - effects.steamHeader);
  u.vibrationR1101 = effects.vibrationR1101 * position('M-1105');
  u.vibrationFan = effects.vibrationFan * Math.max(position('K-1501A'), position('K-1501B'));
}

function operateReactor({ u, m, effects, position, command }: Pick<PlantScan, 'u' | 'm' | 'effects' | 'position' | 'command'>): void {
  u.doseKgS = (P.batchAKg / P.dosingTimeS) * position('XV-1107');
  u.coil = Math.max(position('XV-1108'), 0.05 * effects.steamPassing);
  u.motor = position('M-1105');
  u.coupled = effects.couplingBroken > 0.5 ? 0 : 1;
  u.stirrer = u.motor * u.coupled;
  u.dump = position('XV-1109');
  u.transfer = position('XV-1113');
  u.spill = position('XV-1115');
  u.nitrogen = position('XV-1116') * (u.nitrogenMPa / 0.7);
  u.disc = m.disc1101 && !command('HS-1105') ? 1 : 0;
  u.sisterStirrer = position('M-1135');
  u.quenchLossKgS = 25 * effects.quenchLoss;
  u.waterLeakKgS = 0.1 * effects.waterLeak;
  u.sideReactionMW = 0.8 * effects.sideReaction;
  u.frozenTemperature = effects.frozenTemperature;
}

/** the recipe, the push-buttons, and what somebody does by a fault; a hand on the faceplate is stronger */
export function faultOrders({ m, effects, command }: PlantScan, orders: Orders): void {
  if (m.r1101Stage !== 'reacting') orders['XV-1107'] = 0;
  if (m.r1301Stage !== 'dosing' && m.r1301Stage !== 'initiating') orders['XV-1303'] = 0;
  if (m.stillDone) orders['XV-1401'] = 0;
  if (command('HS-1102A') && command('HS-1102B')) set(orders, { 'XV-1109': 1, 'XV-1116': 1 });
  if (command('HS-1104')) orders['XV-1113'] = 1;
  if (effects.heatedByHand > 0) set(orders, { 'XV-1304': 1, 'XV-1305': 1 });
}

export function tripOrders({ m, effects, tripped, command }: PlantScan, orders: Orders, sinceStopS: number | null): void {
  if (sinceStopS !== null) {
    set(orders, PLANT_STOP);
    // the stop keeps extraction: whichever fan runs goes on, none is stopped by it
    if (orders['K-1501A'] < 0.5) orders['K-1501B'] = 1;
  }
  if (command('HS-1101')) set(orders, R1101_STOP);
  const fanB = orders['K-1501B'];
  for (const id of FUNCTION_IDS) if (tripped(id)) set(orders, EFFECTS_OF[id]);
  if (effects.standbyBlocked > 0) orders['K-1501B'] = fanB;
  if (effects.airHeader > 0.5) set(orders, SPRINGS);
  if (effects.powerLoss > 0) blackout(orders, m.blackoutS);
}

/** no power: machines stand; after 15 s the emergency bus carries the stirrers of R-1101 and R-1301 and fan B, if they are called for */
function blackout(orders: Orders, sinceS: number): void {
  set(orders, { 'P-1104': 0, 'M-1135': 0, 'M-1205': 0, 'K-1501A': 0, 'P-1506A': 0, 'P-1506B': 0 });
  if (sinceS < EMERGENCY_BUS_S) set(orders, { 'M-1105': 0, 'M-1305': 0, 'K-1501B': 0 });
}

const FAILED_BY = {
  'P-1104': 'pump1104', 'M-1105': 'motor1105', 'M-1205': 'motor1205', 'M-1305': 'motor1305', 'M-1135': 'motor1135', 'P-1506A': 'pump1506A', 'K-1501A': 'fanALost', 'K-1501B': 'fanBLost',
} as const satisfies Partial<Record<DeviceId, string>>;
const failedBy = new Map<string, (typeof FAILED_BY)[keyof typeof FAILED_BY]>(Object.entries(FAILED_BY));
export function failed({ effects }: PlantScan, device: string): boolean {
  const effect = failedBy.get(device);
  return effect !== undefined && effects[effect] > 0.5;
}
