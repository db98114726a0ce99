/** What the control system does at every scan: loops, process sequences, the latches of stopped sections, timers; and what faults and trips order. */
import type { PidState } from '../../kernel/pid.ts';
import { MACRO_STEP_S } from '../../machine/machine.ts';
import { leg1KgS } from './evaporation.ts';
import { casingC } from './melt.ts';
import type { LoopId } from './control.ts';
import type { Orders } from './devices.ts';
import type { PlantMemory } from './memory.ts';
import { mixKg } from './mixing.ts';
import { leakKgS } from './neutraliser.ts';
import { P } from './parameters.ts';
import { FUNCTION_IDS, orderDischarge, orderStop, orderTrip } from './safety-system.ts';
import type { AnScan } from './signals.ts';
import { prillingRuns } from './signals.ts';
import { excess, massKg, tempC } from './solution.ts';
import { X } from './states.ts';

/** with the feeds shut the steam valve lets the neutraliser down to this, MPa gauge, so fast, MPa/s: slower than a break [A] */
const STANDING_MPA = 0.01;
const RELIEF_MPA_S = 0.29 / 480;
const ACID_TH = 28.6;

export function control(s: AnScan): void {
  const { u, loops, effects, timeS, position, analog } = s;
  const hold = (id: LoopId, live: boolean, tag: string): number => (live ? loops[id].step(analog(tag), MACRO_STEP_S) : loops[id].state.output);
  const feeding = position('XV-2201') > 0.5 && position('XV-2202') > 0.5;
  const evaporating = position('XV-2403') > 0.5;
  const circulating = position('XV-2102') > 0.5;
  const dosed = analog('FI-2202') > 3;
  // F2-01: the level control fails high and the feed runs wide open
  const level = hold('LIC-2101', position('XV-2101') > 0.5 && effects.levelHigh === 0, 'LIC-2101');
  u.liquidFeed = (effects.levelHigh > 0 ? level + (1 - level) * Math.min(1, effects.levelHigh) : level) * position('XV-2101');
  u.warm = hold('PIC-2101', circulating, 'PIC-2101') * position('XV-2102');
  u.warmSupply = Math.max(0, 1 - effects.warmLoss);
  // F2-04: the valve is stuck where it failed
  // the ratio station follows the acid flow, the ratio loop trims it
  const follow = Math.min(1.3, Math.max(0, analog('FI-2202') / ACID_TH));
  const valve = hold('FFIC-2203', feeding && dosed && effects.ammoniaShort === 0, 'FFI-2203');
  u.ammonia = Math.min(1, valve * follow) * (1 - Math.min(1, effects.ammoniaShort)) * position('XV-2201');
  // F2-03: a sticking valve hunts between two ends, 40 s a turn
  const swing = 0.22 * effects.hunting * Math.tanh(2 * Math.sin((2 * Math.PI * timeS) / 40));
  u.acid = Math.max(0, 1 + swing) * position('XV-2202');
  letDown(loops['PIC-2206'].state, feeding);
  u.steamOut = loops['PIC-2206'].step(analog('PI-2206'), MACRO_STEP_S);
  u.solutionOut = loops['LIC-2207'].step(analog('LI-2207'), MACRO_STEP_S);
  u.coil = hold('TIC-2301', position('XV-2301') > 0.5, 'TI-2301A') * position('XV-2301');
  u.coilPassing = 0.9 * effects.coilPassing * position('XV-2301');
  u.feed = hold('LIC-2301', evaporating, 'LI-2301') * position('XV-2403');
  u.steam1 = hold('TIC-2401', evaporating && position('XV-2401') > 0.5, 'TI-2401') * position('XV-2401');
  u.steam2 = hold('TIC-2402', evaporating && position('XV-2402') > 0.5, 'TI-2402') * position('XV-2402') * follows(s);
  const left = Math.min(1, effects.steamLeftOn);
  u.sealSteam = Math.max(left, loops['TIC-2411'].step(analog('TI-2411'), MACRO_STEP_S)) * position('XV-2411');
  u.middleSteam = Math.max(left, loops['TIC-2412'].step(analog('TI-2412'), MACRO_STEP_S)) * position('XV-2412');
  u.meltFlow = hold('LIC-2412', position('P-2405') > 0.5 && position('XV-2520') > 0.5, 'LI-2412');
  u.mix1Steam = hold('TIC-2501', s.m.mix1 === 0, 'TI-2501') * position('XV-2501C') * (s.m.mix1 === 0 ? 1 : 0);
  u.mix2Steam = hold('TIC-2502', s.m.mix2 === 0, 'TI-2502') * position('XV-2502C') * (s.m.mix2 === 0 ? 1 : 0);
}

/** the steam of the second evaporator goes with what the first sends it */
const follows = (s: AnScan): number => Math.max(0.05, Math.min(1.1, leg1KgS(s.x) / P.first.outKgS));

function letDown(loop: PidState, feeding: boolean): void {
  if (feeding) loop.setPoint = 0.3;
  else if (loop.setPoint === 0.3) {
    // the valve shuts with the feeds and then opens step by step
    loop.setPoint -= RELIEF_MPA_S * MACRO_STEP_S;
    loop.integral = 0;
  } else loop.setPoint = Math.max(STANDING_MPA, loop.setPoint - RELIEF_MPA_S * MACRO_STEP_S);
}

export function operate(s: AnScan): void {
  const { u, effects, m, position, command, x } = s;
  u.header = Math.max(0, 1 - effects.waterLoss);
  u.emergencyWater = position('XV-2203');
  u.dilution = position('XV-2302');
  u.dosing = position('XV-2303');
  u.pumpA = position('P-2301A');
  u.pumpB = position('P-2301B');
  u.tracing = position('XV-2311');
  u.condensate = position('XV-2404');
  u.vacuum = position('P-2402');
  u.sealDump = position('XV-2415');
  u.middleDump = position('XV-2416');
  u.melt = position('P-2405');
  u.meltTracing = position('XV-2413');
  u.towerFeed = position('XV-2520');
  u.towerWater = position('XV-2521');
  u.towerSteam = position('XV-2522');
  u.prilling = prillingRuns(s) || massKg(x, X.hA) > 0.5 * P.towerKg ? 1 : 0;
  u.mix1Run = m.mix1 === 0 ? 1 : 0;
  u.mix1Water = position('XV-2501A');
  u.mix1Dump = position('XV-2501B');
  u.mix1Stir = position('MS-2501');
  u.mix2Run = m.mix2 === 0 ? 1 : 0;
  u.mix2Water = position('XV-2502A');
  u.mix2Dump = position('XV-2502B');
  u.mix2Stir = position('MS-2502');
  u.storeWater = command('HS-2602') ? 1 : 0;
  u.foaming = effects.foaming;
  u.leak = effects.leak;
  u.coated = Math.max(effects.coated, m.coatedBefore ? 1 : 0);
  // F2-09: acid is blown in until 15 % is in excess; live steam on the sparger goes on
  u.acidPassing = effects.portNeal > 0 && excess(x, X.rA) > -0.15 ? 12 * effects.portNeal : 0;
  // F2-22: a quarter more acid than the meter shows
  u.acidPassing += 0.25 * P.acidMolS * effects.acidBypass * position('XV-2202');
  u.sparge = effects.portNeal > 0 && tempC(x, X.rA) < 197 ? Math.min(1, effects.portNeal) : 0;
  const tankKg = massKg(x, X.tA);
  // the recycle brings 10 mg/kg in normal running
  const dirt = Math.max(effects.chloride, effects.tankAcid);
  u.chlorideKgS = dirt > 0 && x[X.tCl]! < 210e-6 * tankKg * Math.min(2, dirt) ? ((effects.chloride + 20 * effects.tankAcid) * 200e-6 * tankKg) / 7200 : 6.65e-5 * position('XV-2403');
  u.organicKgS = effects.oil > 0 && x[X.tOrg]! < 0.002 * tankKg * Math.max(1, effects.oil) ? (effects.oil * 0.002 * tankKg) / 3600 : 0;
  // F2-08: acid until pH 2 (0.8 % in excess), over about 5 min
  u.tankAcidMolS = effects.tankAcid > 0 && excess(x, X.tA) > -0.0078 ? 35 * effects.tankAcid : 0;
  u.plug1 = effects.plug1 / 300;
  u.plug2 = effects.plug2 / 300;
  u.plugMelt = effects.plugMelt / 30;
  u.plugSolution = effects.plugSolution / 15;
  u.divert = m.stopP ? 1 : 0;
  u.towerFault = effects.tower;
  u.storeFault = effects.store;
  // water stops it
  u.crust = effects.crust * (1 - position('XV-2302') * u.header);
  // metal on a plugged, hot casing: friction in the shut-in melt [A]
  u.impactW = m.struckS > 0 && m.struckS < 60 ? 150_000 : 0;
}

export function faultOrders(s: AnScan, orders: Orders): void {
  const { m, effects } = s;
  const shut = (...ids: (keyof Orders)[]): void => ids.forEach((id) => { orders[id] = 0; });
  if (m.stopN) shut('XV-2201', 'XV-2202');
  if (m.stopA) shut('XV-2102');
  if (m.stopE || m.stopP) shut('XV-2403', 'XV-2401', 'XV-2402');
  if (m.stopP) shut('P-2405', 'XV-2520');
  if (m.stopT) shut('XV-2522');
  // F2-14, F2-15 and the commands leave the tank without stirring trouble, its steam shut by the sequence
  if (m.mix1 !== 0) shut('XV-2501C');
  if (m.mix2 !== 0) shut('XV-2502C');
  if (effects.vacuumLoss > 0) shut('P-2402');
  if (effects.prillingStop > 0) shut('P-2405');
}

export function tripOrders(s: AnScan, orders: Orders, sinceStopS: number | null): void {
  if (sinceStopS !== null) orderStop(orders);
  if (s.effects.power > 0) {
    orderStop(orders);
    for (const id of ['P-2402', 'MS-2501', 'MS-2502'] as const) orders[id] = 0;
  }
  if (s.command('HS-2007')) orderDischarge(orders);
  for (const id of FUNCTION_IDS) if (s.tripped(id)) orderTrip(id, orders, { first: s.m.mix1Due, second: s.m.mix2Due });
  // F2-13: the bucket has tripped, the sequence keeps the melt pump off whatever a hand says
  if (s.effects.prillingStop > 0) orders['P-2405'] = 0;
}

export function remember(s: AnScan, dtS: number): void {
  latches(s);
  times(s, dtS);
  rates(s, dtS);
  damage(s, dtS);
}

function latches(s: AnScan): void {
  const { m, tripped, command, effects } = s;
  const any = (...ids: (typeof FUNCTION_IDS)[number][]): boolean => ids.some((id) => tripped(id));
  const stopped = !s.running || effects.power > 0;
  m.stopN ||= stopped || any('I-2101', 'I-2201', 'I-2202', 'I-2203', 'I-2301');
  m.stopA ||= stopped || any('I-2101');
  m.stopE ||= stopped || any('I-2301', 'I-2401', 'I-2402', 'I-2501');
  m.stopT ||= stopped || any('I-2502');
  m.stopP ||= !prillingRuns(s);
  m.mix1 = mixState(m.mix1, mixKg(s.x, X.m1N), stopped || any('I-2501') && m.mix1Due || s.position('XV-2501B') > 0.5 || command('HS-2501') || effects.mix1Stop > 0);
  m.mix2 = mixState(m.mix2, mixKg(s.x, X.m2N), stopped || any('I-2501') && m.mix2Due || s.position('XV-2502B') > 0.5 || command('HS-2502') || effects.mix2Stop > 0);
  if (!tripped('I-2501')) {
    m.mix1Due = (m.mix1 === 1 && s.analog('TI-2501') >= 160) || m.kq2501H >= 4;
    m.mix2Due = s.analog('TI-2502') >= 155 || m.kq2502H >= 1 || (m.tr2502 >= 0.5 && s.analog('TI-2502') > 143);
  }
}

function mixState(state: number, kg: number, stop: boolean): number {
  if (kg < 150) return 2;
  return state === 0 && !stop ? 0 : 1;
}

function times({ m, x, position }: AnScan, dtS: number): void {
  // what stood before the exercise counts on
  if (m.stopP) {
    m.kq2411Min = Math.max(m.kq2411Min, massKg(x, X.sA) < 100 ? 0 : m.before2411Min);
    m.kq2412Min = Math.max(m.kq2412Min, massKg(x, X.mA) < 100 ? 0 : m.before2412Min);
    m.before2411Min = 0;
    m.before2412Min = 0;
  }
  const flowing = position('P-2405') > 0.5 && position('XV-2520') > 0.5;
  m.kq2411Min = tankTime(m.kq2411Min, massKg(x, X.sA), m.stopP || !flowing, dtS);
  m.kq2412Min = tankTime(m.kq2412Min, massKg(x, X.mA), m.stopP || !flowing, dtS);
  m.kq2501H = m.mix1 === 1 ? Math.min(8, Math.max(m.kq2501H, m.before2501H) + dtS / 3600) : 0;
  m.kq2502H = m.mix2 === 1 ? Math.min(4, Math.max(m.kq2502H, m.before2502H) + dtS / 3600) : 0;
}

/** minutes: mean residence while it flows, one a minute while it stands, nothing in an empty tank */
function tankTime(min: number, kg: number, standing: boolean, dtS: number): number {
  if (kg < 100) return 0;
  if (standing) return Math.min(60, min + dtS / 60);
  return min + ((kg / P.meltKgS / 60 - min) * dtS) / 60;
}

function rates({ m, analog }: AnScan, dtS: number): void {
  const fall = analog('TI-2102') - m.tf2102;
  m.tf2102 += (fall * dtS) / 40;
  m.tr2102 = (fall / 40) * 60;
  const rise = analog('TI-2502') - m.tf2502;
  m.tf2502 += (rise * dtS) / 120;
  m.tr2502 = (rise / 120) * 60;
  oscillation(m, analog('FI-2201'), analog('FI-2202'), dtS);
}

/** deviation over mean of both feeds, weighted over half a minute; begins a minute after both flow */
function oscillation(m: PlantMemory, ammoniaTh: number, acidTh: number, dtS: number): void {
  m.feedS = ammoniaTh > 1 && acidTh > 5 ? Math.min(1e6, m.feedS + dtS) : 0;
  if (m.feedS < 60) {
    m.meanN = ammoniaTh;
    m.meanC = acidTh;
    m.varN = 0;
    m.varC = 0;
    m.fsd = 0;
    return;
  }
  const share = dtS / 30;
  const dN = ammoniaTh - m.meanN;
  const dC = acidTh - m.meanC;
  m.meanN += share * dN;
  m.meanC += share * dC;
  m.varN += share * (dN * dN - m.varN);
  m.varC += share * (dC * dC - m.varC);
  m.fsd = 100 * Math.max(Math.sqrt(m.varN) / Math.max(1, m.meanN), Math.sqrt(m.varC) / Math.max(5, m.meanC));
}

/** fire: decomposition that nobody stops, hot work at a leak, metal on a plugged pump */
function damage(s: AnScan, dtS: number): void {
  const { x, m, u, command } = s;
  const plugged = x[X.phiM]! > 0.6 || x[X.phiS]! > 0.6;
  if (command('HS-METAL-TOOLS') && plugged) m.struckS = Math.min(61, m.struckS + dtS);
  const hot = [X.rA, X.tA, X.e2A, X.sA, X.mA, X.hA].some((i) => massKg(x, i) > 50 && tempC(x, i) > 230);
  const mixersHot = [X.m1N, X.m2N].some((i) => mixKg(x, i) > 200 && x[i + 3]! / (mixKg(x, i) * 2000) > 220);
  m.fire ||= hot || mixersHot || casingC(x) > 240 || x[X.storeC]! > 130 || (command('HS-HOT-WORK') && leakKgS(x, u) > 1);
  if (u.coated === 0) m.coatedPh = s.analog('AI-2204A');
}

export function onRestart(m: PlantMemory): void {
  m.stopN = false;
  m.stopA = false;
  m.stopE = false;
  m.stopP = false;
  m.stopT = false;
  if (m.mix1 === 1) m.mix1 = 0;
  if (m.mix2 === 1) m.mix2 = 0;
}
