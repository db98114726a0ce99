/** Settled normal running. `settled.json` is what the rough start below becomes after it has run on (`settle.ts`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATION, HEAT, steadyGas } from './gasifier.ts';
import { P } from './parameters.ts';
import type { StateName } from './states.ts';
import { STATE_COUNT, STATE_NAMES, X } from './states.ts';

export function roughState(): Float64Array {
  const x = new Float64Array(STATE_COUNT);
  const gas = steadyGas(P.oxygenRatio, P.slurryM3h);
  const total = gas.kmolS.reduce((s, n) => s + n, 0);
  const kmol = (4.1013e6 * 30) / (8.314 * (gas.tempC + 273.15)) / 1000;
  gas.kmolS.forEach((n, i) => {
    x[X.gCO + i] = (n / total) * kmol;
    x[X.gasMJ]! += (n / total) * kmol * (FORMATION[i]! + HEAT[i]! * (gas.tempC - 25));
  });
  const set: Partial<Record<StateName, number>> = {
    faceC: gas.tempC, brickC: gas.tempC, flame: 1, oxygenMPa: 5.6, quenchPct: 60, crudeKmol: 3.9513 * P.crudeKmolMPa,
    feedNm3h: P.feedNm3h, steamRatio: 3, airRatio: 1.55, tubeC: 800, primaryC: 800, secondaryC: 960,
    s1C: 325, s2C: 365, s3C: 395, s4C: 415, sWallC: 300, steamGas: 1.2, coSlip: 0.4, headerKmol: 3.7 * P.headerKmolMPa, m1C: 332, m2C: 335, m3C: 335, m4C: 335, mWallC: 259, carbonOxides: 0.35,
    methKmol: 3.45 * P.methKmolMPa, suctionKmol: 3.3013 * P.suctionKmolMPa, knockPct: 5, dischargeC: 135, dischargeMPa: 19.8, current: 820, vibration: 25,
    shellC: 180, feedC: 250, chillC: P.chillC, sepKg: 6000, flashKg: 7000, flashKmol: 1.9013 * P.flashM3 / (8.314462618 * P.breakThroughK / 1000), drumMPa: 4, drumPct: 50, chillerMPa: 0.45,
    flareTh: P.flareSweepTh, flareKPa: 3,
  };
  for (const [name, value] of Object.entries(set)) x[X[name as StateName]] = value;
  for (let i = 0; i < 30; i++) x[X.cat1C + i] = [370, 415, 492][Math.floor(i / 10)]! + (i % 10) * [8, 11, 2][Math.floor(i / 10)]!;
  const loop = (200 * 1e5 * P.loopM3) / (P.compressibility * 8.314462618 * P.loopK) / 1000;
  x[X.nNH3] = 0.0417 * loop;
  x[X.nInert] = 0.0017 * loop;
  x[X.nH2] = 0.75 * 0.9566 * loop;
  x[X.nN2] = 0.25 * 0.9566 * loop;
  return x;
}

export function initialState(): Float64Array {
  const raw = JSON.parse(readFileSync(join(import.meta.dirname, 'settled.json'), 'utf8')) as Record<string, number>;
  return Float64Array.from(STATE_NAMES, (name) => raw[name] ?? 0);
}
