/** Timers, stages of the two batches, relief valves: once a scan, after the transmitters and before the SIS. */
import type { PlantScan } from './control.ts';
import { middle } from './control.ts';
import { hydrogenatorMPa, oxygenPercent } from './hydrogenator.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';
import { potLevel } from './still.ts';

const RATE_TIME_S = 45;
const EMPTY_KG = 400;

export function remember(scan: PlantScan, dtS: number): void {
  const { m, x, u, analog, effects } = scan;
  const tempC = middle(analog('TI-1101A'), analog('TI-1101B'), analog('TI-1101C'));
  m.meanC += ((tempC - m.meanC) * dtS) / RATE_TIME_S;
  m.rateKmin = ((tempC - m.meanC) / RATE_TIME_S) * 60;
  m.frozenC = effects.frozenTemperature > 0 ? (m.frozenC ?? analog('TI-1101A')) : null;
  m.blackoutS = effects.powerLoss > 0 ? m.blackoutS + dtS : 0;
  m.spiltKg += u.spill * P.spillKgS * (x[X.rKg]! > EMPTY_KG ? dtS : 0);
  m.r1101Stage = nextR1101(scan);
  m.halideOffS = scan.position('XV-1303') < 0.05 ? m.halideOffS + dtS : 0;
  if (u.initiator > 0.5) m.initiatorIn = true;
  m.r1301Stage = nextR1301(scan);
  // the end of the still's batch by its level transmitter: a frozen one does not see it
  if (analog('LI-1401') < 22) m.stillDone = true;
  relieve(scan);
}

function nextR1101({ m, x, position, tripped, command, running }: PlantScan): string {
  if (x[X.rKg]! < EMPTY_KG) return 'idle';
  const stopped = !running || command('HS-1101') || tripped('I-1101') || tripped('I-1102') || tripped('I-1103') || tripped('I-1104') || position('M-1105') < 0.05;
  if (stopped || m.r1101Stage === 'fault-stopped') return 'fault-stopped';
  if (position('XV-1109') > 0.5 || position('XV-1113') > 0.5) return 'discharging';
  if (m.r1101Stage === 'reacting' && x[X.bDose]! >= P.batchAKg) return 'holding';
  return m.r1101Stage;
}

function nextR1301({ m, x, position }: PlantScan): string {
  if (position('XV-1309') > 0.05) return 'quenching';
  if (position('XV-1306') > 0.05 || m.r1301Stage === 'draining') return x[X.gKg]! > 20 ? 'draining' : m.r1301Stage === 'idle' ? 'idle' : 'draining';
  // an initiated batch whose halide is shut ages; one that has not initiated goes on waiting
  if (m.r1301Stage === 'dosing' && m.halideOffS > 30 && x[X.gZ]! > 0.5) return 'ageing';
  if (m.r1301Stage === 'initiating' && x[X.gZ]! > 0.6) return 'dosing';
  if (m.r1301Stage === 'dosing' && x[X.bHalide]! >= P.halideKmol) return 'ageing';
  return m.r1301Stage;
}

function relieve({ m, x }: PlantScan): void {
  const over = hydrogenatorMPa(x);
  if (over >= P.reliefMPa) m.relief1201 = true;
  else if (over < 0.93 * P.reliefMPa) m.relief1201 = false;
  const kPa = x[X.cKPa]!;
  if (kPa >= P.stillReliefKPa) m.relief1401 = true;
  else if (kPa < 101 + 0.93 * (P.stillReliefKPa - 101)) m.relief1401 = false;
  if (potLevel(x) < 1) m.relief1401 = m.relief1401 && kPa > 101;
  if (oxygenPercent(x) >= P.limitingOxygen && x[X.hH2]! > 0.02) m.ignited = true;
}
