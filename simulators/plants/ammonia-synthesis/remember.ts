/** What the plant remembers from scan to scan: purge counter, running mode, safety valves, shown ratios, the moving deviation of the ratio, what has burst. */
import type { AmmoniaScan } from './control.ts';
import { crudeMPa, gasifierNow } from './gasification.ts';
import { flashMPa } from './loop.ts';
import { NM3_KMOL } from './gasifier.ts';
import { P } from './parameters.ts';
import { HOT_SPOTS } from './safety-system.ts';
import { X } from './states.ts';

/** XS-3115 */
export const MODE = { stopped: 0, starting: 1, running: 2, stopping: 3 } as const;
const DEVIATION_S = 120;
const RATE_S = 40;
/** an explosive mixture in the gasifier: vol % of oxygen and of fuel, and what lights it [A] */
const MIXTURE = { oxygenPct: 5, fuelPct: 8, lightsC: 600, waitS: 8 } as const;
/** kmol of syngas that the oxygen line bears before it burns, with oxygen still in it [A] */
const LINE_SYNGAS_KMOL = 0.15;
const DRUM_BURST_MPA = 6.5;

export function remember(scan: AmmoniaScan, dtS: number): void {
  const { m, x, u } = scan;
  const g = gasifierNow(x, u);
  const lit = x[X.flame]! > 0.5;
  // --- purge counter and acceptance of the sample (A3.6)
  if (lit) {
    m.purgeVolumes = 0;
    m.accepted = false;
  } else m.purgeVolumes = Math.min(20, m.purgeVolumes + (g.purgeKmolS * dtS) / Math.max(0.1, g.kmol));
  const accept = scan.command('HS-3114');
  if (accept && !m.acceptWas && !lit) m.accepted = true;
  m.acceptWas = accept;
  m.mode = modeOf(scan, lit, g.pressureMPa);
  // --- safety valves: 7-8 % blow-down
  m.gasifierPsv = m.gasifierPsv ? g.pressureMPa > 4.4 : g.pressureMPa >= P.gasifierPsvMPa;
  const flash = flashMPa(x);
  m.flashPsv = !m.flashBurst && (m.flashPsv ? flash > 2.3 : flash >= P.flashPsvMPa);
  ratios(scan, g.oxygenKmolS, dtS);
  // --- what cannot be taken back
  const fuelPct = (100 * (x[X.gCO]! + x[X.gH2]!)) / Math.max(0.05, g.kmol), oxygenPct = (100 * x[X.gO2]!) / Math.max(0.05, g.kmol);
  const lights = u.ignition > 0 || x[X.faceC]! > MIXTURE.lightsC;
  // hot brick takes a while to light what passes by; a burner that is lit does not
  m.mixedS = oxygenPct > MIXTURE.oxygenPct && fuelPct > MIXTURE.fuelPct && lights && u.burnerOpen > 0.02 ? m.mixedS + dtS : 0;
  if (m.mixedS > MIXTURE.waitS) m.gasifierBurst = true;
  if (u.ignition > 0 && x[X.flame]! < 0.2 && u.burnerOpen > 0.1 && fuelPct > MIXTURE.fuelPct && oxygenPct > 2) m.gasifierBurst = true;
  if (x[X.lineSyngas]! > LINE_SYNGAS_KMOL) m.oxygenLineFire = true;
  if (flash > P.flashBurstMPa) m.flashBurst = true;
  if (x[X.drumMPa]! > DRUM_BURST_MPA) m.drumBurst = true;
}

function modeOf({ m, position, tripped }: AmmoniaScan, lit: boolean, gasifierMPa: number): number {
  const oxygenOff = position('XV-3102B') < 0.5 || position('XV-3102A') < 0.5;
  const stopped = oxygenOff || position('P-3101') < 0.2 || tripped('I-3101') || tripped('I-3102') || tripped('I-3901');
  if (position('BS-3113') > 0.5 && !lit) return MODE.starting;
  if (m.mode === MODE.starting && lit) return MODE.running;
  if (m.mode === MODE.running || m.mode === MODE.starting) return stopped || (m.mode === MODE.starting && !lit) ? MODE.stopping : m.mode;
  if (lit && !stopped) return MODE.running;
  return gasifierMPa < 0.1 && !lit ? MODE.stopped : m.mode === MODE.stopped && !lit ? MODE.stopped : MODE.stopping;
}

/** a ratio station holds its last value while there is no flow to take a ratio of */
function ratios({ m, x, u, analog }: AmmoniaScan, oxygenKmolS: number, dtS: number): void {
  const oxygen = oxygenKmolS * NM3_KMOL * 3600;
  if (u.slurryM3h > 5) m.ratioShown = oxygen > 1500 || m.ratioShown > 460 ? oxygen / u.slurryM3h : m.ratioShown;
  else if (oxygen > 3000) m.ratioShown = 700;
  else if (oxygen < 1500) m.ratioShown = Math.min(m.ratioShown, 453);
  if (x[X.feedNm3h]! > 5000) {
    m.steamRatioShown = x[X.steamRatio]!;
    if (u.reformerAir > 0.9) m.airRatioShown = x[X.airRatio]!;
  }
  if (crudeMPa(x) > 0.5 && x[X.flame]! > 0.5) m.steamGasShown = x[X.steamGas]!;
  // moving deviation (5 min): exponential with the same weight; it forgets while the gasifier stands
  const shown = analog('FFI-3103');
  const running = x[X.flame]! > 0.5 && u.slurryM3h > 40 && shown > 400 && shown < 540;
  const share = dtS / DEVIATION_S;
  if (running) {
    m.ratioMean += (shown - m.ratioMean) * share;
    m.ratioSquare += ((shown - m.ratioMean) ** 2 - m.ratioSquare) * share;
  } else m.ratioSquare -= m.ratioSquare * share;
  let hot = 0;
  for (const tag of HOT_SPOTS) hot = Math.max(hot, analog(tag));
  m.hotSpotRate = ((hot - m.hotSpotC) / RATE_S) * 60;
  m.hotSpotC += ((hot - m.hotSpotC) * dtS) / RATE_S;
}

export const deviationPct = (ratioSquare: number, mean: number): number => (100 * Math.sqrt(Math.max(0, ratioSquare))) / Math.max(1, mean);
