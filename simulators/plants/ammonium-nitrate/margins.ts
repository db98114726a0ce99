/** Ground truth that the trainee never sees: how far the plant is from where nothing helps any more. */
import type { MarginDefinition } from '../../machine/definition.ts';
import { neutraliserKPa } from './ammonia.ts';
import type { Inputs } from './inputs.ts';
import { casingC, towerFactor } from './melt.ts';
import type { PlantMemory } from './memory.ts';
import { mixAn, mixC, mixCp, mixKg } from './mixing.ts';
import { P } from './parameters.ts';
import { chloridePercent, factorOf, massKg, organicPercent, ph, tempC, weightAn } from './solution.ts';
import { X } from './states.ts';
import { bulkC, coilC, tankFactor } from './tank.ts';
import { tmradH } from './thermo.ts';

type Margin = MarginDefinition<Inputs, PlantMemory>;
const margin = (id: string, clauses: string[], zh: string, en: string, unit: string, side: Margin['side'], lostAt: number, value: Margin['value']): Margin => ({ id, clauses, zh, en, unit, side, lostAt, value });
const MELT_J = 2000;
const vesselH = (x: Float64Array, i: number, factor = factorOf(x, i, chloridePercent(x) * P.leftInMelt, organicPercent(x) * P.leftInMelt)): number => (massKg(x, i) < 50 ? 1e4 : tmradH(tempC(x, i), weightAn(x, i), factor, MELT_J));
const mixerH = (x: Float64Array, i: number, factor: number): number => (mixKg(x, i) < 200 ? 1e4 : tmradH(mixC(x, i), mixAn(x, i), factor, mixCp(x, i)));

/** the time to maximum rate after which water and dump come too late: 9 min for the tank of 120 t, where 30 m3/h of water take away what it makes [C], less for the small vessels */
export const MARGINS: readonly Margin[] = [
  margin('TMRAD-TANK', ['A2.1(1)', 'A2.1(2)'], '溶液储罐绝热诱导期', 'TMRad of the solution tank', 'h', 'below', 0.15, (x) => tmradH(Math.max(bulkC(x), coilC(x)), weightAn(x, X.tA), tankFactor(x), 2300)),
  margin('FACTOR-TANK', ['A2.1(1)'], '储罐催化系数', 'Catalysis in the tank', '1', 'above', 5000, (x) => tankFactor(x)),
  margin('T-NEUTRALISER', ['A2.1(1)', 'A2.2', 'A2.3'], '中和反应器温度', 'Neutraliser temperature', 'degC', 'above', 210, (x) => tempC(x, X.rA)),
  margin('P-NEUTRALISER', ['A2.2'], '中和反应器压力', 'Neutraliser pressure', 'kPa', 'above', 550, (x) => neutraliserKPa(x) - P.atmosphereKPa),
  margin('PH-NEUTRALISER', ['A2.4(1)', 'A2.4(2)', 'A2.4(3)'], '中和反应器pH', 'Neutraliser pH', 'pH', 'below', 0.7, (x) => ph(x, X.rA)),
  margin('GAS-NEUTRALISER', ['A2.5'], '中和区氨浓度', 'Ammonia beside the neutraliser', 'ppm', 'above', 52.5, (x) => x[X.rGas]!),
  margin('TMRAD-EVAPORATOR', ['A2.6'], '二段蒸发绝热诱导期', 'TMRad of the second evaporator', 'h', 'below', 0.1, (x) => vesselH(x, X.e2A)),
  margin('TIME-SEAL', ['A2.7'], '液封槽停留时间', 'Time in the seal tank', 'min', 'above', 20, (x, _u, m) => (massKg(x, X.sA) < 130 ? 0 : m.kq2411Min)),
  margin('TIME-MIDDLE', ['A2.7'], '中间槽停留时间', 'Time in the intermediate tank', 'min', 'above', 30, (x, _u, m) => (massKg(x, X.mA) < 260 ? 0 : m.kq2412Min)),
  margin('TMRAD-MELT', ['A2.7'], '熔融物绝热诱导期', 'TMRad of the melt', 'h', 'below', 0.25, (x) => Math.min(vesselH(x, X.sA), vesselH(x, X.mA))),
  margin('T-PUMP', ['A2.8'], '泵体温度', 'Pump casing', 'degC', 'above', 220, (x) => Math.max(casingC(x), x[X.pumpAJ]! / P.casingJK, x[X.pumpBJ]! / P.casingJK)),
  margin('TMRAD-2501', ['A2.9'], '硝硫基绝热诱导期', 'TMRad of the nitro-sulfur tank', 'h', 'below', 0.05, (x) => mixerH(x, X.m1N, P.sulfurFactor)),
  margin('TMRAD-2502', ['A2.10'], '硝氯基绝热诱导期', 'TMRad of the nitro-chlorine tank', 'h', 'below', 0.05, (x) => mixerH(x, X.m2N, P.chlorineFactor)),
  margin('T-TOWER', ['A2.11'], '塔顶温度', 'Head of the tower', 'degC', 'above', 210, (x) => (massKg(x, X.hA) < 50 ? 0 : tempC(x, X.hA))),
  margin('TMRAD-TOWER', ['A2.11'], '塔顶绝热诱导期', 'TMRad at the head of the tower', 'h', 'below', 0.001, (x, u) => vesselH(x, X.hA, towerFactor(x, u))),
];
