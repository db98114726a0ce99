/** From positions, commands and faults to what acts on the physics; orders of faults, of stops and trips. */
import { CONVERTER } from './converter.ts';
import type { AmmoniaScan } from './control.ts';
import type { Orders } from './devices.ts';
import { headerMPa, methMPa } from './front-end.ts';
import { loopMPa } from './loop.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';
import { FUNCTION_IDS, orderBlackout, orderFullStop, orderTrip, OXYGEN_VENT_MPA } from './safety-system.ts';

const RATIO_PERIOD_S = 90;
const REFORMER_PERIOD_S = 120;
/** nitrogen of the purge and hold systems, MPa, and the other headers at rest */
export const HEADERS = { nitrogen: 0.7, water: 0.52, steam: 4, air: 0.7 } as const;

export function operate(scan: AmmoniaScan): void {
  const { u, effects: e, position, command, timeS } = scan;
  const power = e.power > 0 ? 0 : 1;
  gasifier(scan);
  // --- reformer
  const swing = Math.sin((2 * Math.PI * timeS) / REFORMER_PERIOD_S);
  u.reformerFuel = position('XV-3601');
  u.reformerAir = position('XV-3602');
  u.airRatioWant = 1.55 * (1 + 0.08 * e.airSwing * swing);
  u.steamRatioWant = Math.max(0, 3 * (1 + 0.085 * e.steamSwing * Math.cos((2 * Math.PI * timeS) / REFORMER_PERIOD_S)) - 0.7 * e.steamShort - (e.steam > 0 ? 2 * Math.min(1, e.steam) : 0));
  // --- shift and methanation
  u.reducing = command('HS-3209') ? 1 : 0;
  u.reductionValve = position('XV-3201');
  u.carrierWantNm3h = u.reducing * power * P.carrierNm3h * Math.max(0, 1 - e.carrierLost);
  u.shiftSteam = Math.max(0.2, 1.2 - 0.4 * e.steamLoss - 0.8 * Math.min(1, e.steam));
  u.nitrogenMPa = HEADERS.nitrogen * Math.max(0, 1 - e.nitrogen);
  u.shiftNitrogen = position('XV-3202');
  u.shiftVent = position('HV-3203');
  u.methInlet = Math.max(position('XV-3301'), 0.03 * e.passing);
  u.methNitrogen = position('XV-3302');
  u.methVent = position('HV-3303');
  u.extraCO2 = e.extraCO2;
  u.flangeOpen = position('FL-3301') > 0.5 ? 1 : 0;
  // --- compressor
  u.compressor = position('K-3401');
  u.standby = position('K-3401S');
  u.knockIn = position('K-3401') > 0.3 ? 0.6 * e.carryOver : 0;
  u.knockDrain = (e.carryOver > 0 ? 0 : 1) + 3 * position('LV-3405');
  u.coolLoss = 0.5 * e.coolLoss + 0.3 * Math.min(1, e.water);
  u.dischargeBlocked = e.dischargeBlocked;
  // --- loop
  u.circulator = position('K-3402') * Math.max(0, 1 - 0.3 * e.circulation);
  u.quench1 = position('FV-3511') * Math.max(0, 1 - e.quench1);
  u.quench2 = position('FV-3512') * Math.max(0, 1 - e.quench2);
  u.quench3 = position('FV-3513');
  u.activity = Math.max(0.5, CONVERTER.activity - 1.75 * e.poison);
  u.feedWantC = 250 - 15 * e.feedTemperature;
  u.chillBiasC = e.chillC;
  u.loopNitrogen = position('XV-3508');
  u.loopVent = position('HV-3544');
  u.letdownShut = position('XV-3543');
  u.levelStuck = e.levelStuck > 0 ? 1 : 0;
  u.tubeLeakKgS = e.tubeLeak > 0 ? 0.1 * 36 ** (e.tubeLeak - 1) : 0;
  u.drumVent = position('HV-3563');
  u.coilLeakKgS = 0.12 * e.coilLeak;
  u.chillerVent = position('HV-3572');
  // --- flare and leaks
  u.flareBroken = e.flareBroken > 0 ? 1 : 0;
  u.coLeak = e.coLeak;
  u.houseLeak = e.houseLeak;
  u.nh3Leak = e.nh3Leak;
  u.synLeak = e.synLeak;
  // --- headers
  u.waterMPa = HEADERS.water * Math.max(0, 1 - e.water) * (power > 0 ? 1 : 0.1);
  u.steamMPa = HEADERS.steam * Math.max(0, 1 - e.steam);
  u.thinCrude = e.thinCrude;
  u.thinMakeUp = e.thinMakeUp;
  u.thinLoop = e.thinLoop;
  airGetsIn(scan);
}

/** air gets to a hot catalyst where a system has lost its positive pressure and stands open (A3.7) */
function airGetsIn({ u, x, position }: AmmoniaScan): void {
  const lost = (mpa: number, open: boolean): number => (mpa < 0.02 && open ? 1 : 0);
  u.shiftAir = lost(headerMPa(x), position('HV-3203') > 0.1) * (x[X.s1C]! > 150 ? 1 : 0);
  u.methAir = lost(methMPa(x), position('HV-3303') > 0.1 || u.flangeOpen > 0) * (x[X.m1C]! > 150 ? 1 : 0);
  u.loopAir = lost(loopMPa(x), position('HV-3544') > 0.1) * (x[X.cat1C]! > 150 ? 1 : 0);
}

function gasifier({ u, effects: e, m, position, timeS }: AmmoniaScan): void {
  u.slurryM3h = P.slurryM3h * Math.min(position('P-3101'), position('XV-3101') > 0.3 ? 1 : position('XV-3101') / 0.3) * Math.max(0, 1 - e.slurryLoss);
  u.oxygenNm3h = P.slurryM3h * P.oxygenRatio * (1 + 0.03 * e.ratioSwing * Math.sin((2 * Math.PI * timeS) / RATIO_PERIOD_S));
  u.oxygenOpen = position('XV-3102A');
  u.burnerOpen = position('XV-3102B');
  u.oxygenVent = position('XV-3103');
  u.nitrogenPurge = position('XV-3104');
  u.flareValve = position('XV-3105');
  u.headerSurge = 0.06 * e.headerSurge;
  u.slag = Math.min(0.98, 0.92 * e.slag);
  u.flameOut = e.flameOut;
  u.ignition = position('BS-3113') > 0.5 ? 1 : 0;
  u.gasifierOpen = position('FL-3101') > 0.5 || m.gasifierBurst ? 1 : 0;
}

/** what stands after a trip stays standing until the restart or a hand, although its latch is gone */
export function faultOrders({ m, command }: AmmoniaScan, orders: Orders): void {
  if (m.gasifierDown || command('HS-3209')) {
    for (const id of ['XV-3102A', 'XV-3102B', 'P-3101', 'XV-3101'] as const) orders[id] = 0;
    orders['XV-3105'] = command('HS-3209') && !m.gasifierDown ? 0 : 1;
  }
  if (m.loopDown) for (const id of ['K-3401', 'K-3402', 'FV-3511', 'FV-3512', 'FV-3513'] as const) orders[id] = 0;
  if (m.compressorDown) orders['K-3401'] = 0;
  if (m.reformerDown) for (const id of ['XV-3601', 'XV-3602'] as const) orders[id] = 0;
  if (m.letdownDown) orders['XV-3543'] = 0;
  // reduction with hydrogen: its valve is the one that is open
  if (command('HS-3209')) orders['XV-3201'] = 1;
}

export function tripOrders({ effects, tripped, m, analog }: AmmoniaScan, orders: Orders, sinceStopS: number | null): void {
  if (sinceStopS !== null) orderFullStop(orders, sinceStopS);
  // a header that is broken is no way out: the gas is shut in (4.4, I-3901)
  if (sinceStopS !== null && tripped('I-3901')) orders['XV-3105'] = 0;
  for (const id of FUNCTION_IDS) if (tripped(id)) orderTrip(id, orders);
  if (effects.power > 0) orderBlackout(orders);
  // A3.5: after a trip the oxygen line is kept shut in until the gasifier is without pressure, and is vented then
  if (sinceStopS !== null || tripped('I-3101') || tripped('I-3102') || tripped('I-3901')) {
    orders['XV-3103'] = Math.max(analog('PI-3105A'), analog('PI-3105B'), analog('PI-3105C')) < OXYGEN_VENT_MPA ? 1 : 0;
  }
  if (effects.oxygenVentOpens > 0) orders['XV-3103'] = 1;
  // both slopes of the same thing: what the trip shut stays shut when its latch is released
  if (sinceStopS !== null || tripped('I-3101') || tripped('I-3102') || tripped('I-3901')) m.gasifierDown = true;
  if (sinceStopS !== null || tripped('I-3501') || tripped('I-3561')) m.loopDown = true;
  if (sinceStopS !== null || tripped('I-3301') || tripped('I-3401') || tripped('I-3901')) m.compressorDown = true;
  if (sinceStopS !== null || tripped('I-3601') || tripped('I-3901')) m.reformerDown = true;
  if (sinceStopS !== null || tripped('I-3541')) m.letdownDown = true;
  if (effects.power > 0) Object.assign(m, { gasifierDown: true, loopDown: true, compressorDown: true, reformerDown: true });
}

export const failed = ({ effects }: AmmoniaScan, device: string): boolean =>
  (device === 'P-3101' && effects.slurryPump > 0) || (device === 'K-3402' && effects.circulator > 0) || (device === 'K-3401' && effects.compressorFault > 0);
