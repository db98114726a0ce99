/** What a person on the spot or at a camera sees (`seen:` ids of the rules), and how far the plant is from where nothing helps (ground truth). */
import type { MarginDefinition } from '../../machine/definition.ts';
import type { PlantScan } from './control.ts';
import { accumulatedPercent, accumulatedRiseK, grignardC } from './grignard.ts';
import { hydrogenatorC, oxygenPercent } from './hydrogenator.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { hallPpm, stackMgM3 } from './off-gas.ts';
import { P } from './parameters.ts';
import { dumpTankC, ejectKgS, mtsrC, reactorC, reactorMPa, timeToMaximumRateS } from './reactor.ts';
import { X } from './states.ts';
import { distillateKgS, potC, wallC } from './still.ts';

const r1101Ejects = ({ x, u }: PlantScan): boolean => ejectKgS(x, u) > 1 || (u.disc > 0 && reactorMPa(x) > 0.05);
const r1301Ejects = ({ x, u }: PlantScan): boolean => u.grignardDisc > 0 && x[X.gMPa]! > 0.02 && x[X.gKg]! > 50;
const discharges = ({ x, u, position }: PlantScan): boolean =>
  (u.spill > 0.05 && x[X.rKg]! > 100) || position('HV-1206') > 0.05 || (position('HV-1310') > 0.05 && x[X.gKg]! > 50);
const burns = ({ m, effects }: PlantScan): boolean => m.spiltKg > P.fireSpillKg || m.ignited || effects.fire > 0;
export const onFire = burns;

/** What tags show already is not listed: a person tells what no transmitter does. */
export const OBSERVATIONS: Readonly<Record<string, (scan: PlantScan) => boolean>> = {
  'R1101-EJECTION': r1101Ejects,
  'R1301-EJECTION': r1301Ejects,
  'LOCAL-DISCHARGE': discharges,
  'INITIATOR-BY-HAND': ({ position }) => position('HV-1306') > 0.05,
  'STILL-NO-DISTILLATE': ({ x, u }) => u.steam > 0.05 && distillateKgS(x, u) * 3600 < 20,
  'TOXIC-GAS-SMELT': ({ x }) => hallPpm(x) > 0.3,
  'MEDIA-CROSSOVER': ({ u }) => u.waterLeakKgS > 0,
  'DCS-PANEL-LOST': ({ effects }) => effects.dcs > 0,
  'FIRE-SEEN': burns,
};

type Margin = MarginDefinition<Inputs, PlantMemory>;
const margin = (id: string, clauses: readonly string[], zh: string, en: string, unit: string, lostAt: number, value: Margin['value'], side: Margin['side'] = 'above'): Margin => ({ id, clauses, zh, en, unit, side, lostAt, value });

export const MARGINS: readonly Margin[] = [
  // T_D24 is 105 degC; at 120 the decomposition has 5 h left and a lost jacket no longer lets it cool in time [C]
  margin('R1101-MTSR', ['A1.1', 'A1.5'], 'R-1101 合成反应最高温度（120 ℃ 时分解余 5 h）', 'R-1101 maximum temperature of synthesis (at 120 degC decomposition is 5 h away)', 'degC', 120, mtsrC),
  margin('R1101-TMR', ['A1.2'], 'R-1101 距最大反应速率时间', 'R-1101 time to maximum rate', 'min', 30, (x) => (x[X.rKg]! > 300 ? Math.min(1e5, timeToMaximumRateS(reactorC(x)) / 60) : 1e5), 'below'),
  margin('R1101-TEMPERATURE', ['A1.1', 'A1.2'], 'R-1101 温度', 'R-1101 temperature', 'degC', 140, (x) => (x[X.rKg]! > 300 ? reactorC(x) : 0)),
  margin('R1101-PRESSURE', ['A1.2'], 'R-1101 压力至爆破片', 'R-1101 pressure towards its disc', 'MPa', P.discMPa, reactorMPa),
  margin('R1101-ACCUMULATION', ['A1.1', 'A1.5'], 'R-1101 未反应物料积累', 'R-1101 accumulated feed', 'kmol', 3, (x) => x[X.rA]!),
  margin('R1101-SPILT', ['A1.2'], 'R-1101 就地排放量', 'Charge of R-1101 on the floor', 'kg', 100, (_x, _u, m) => m.spiltKg),
  margin('D1102-TEMPERATURE', ['A1.2'], 'D-1102 温度', 'D-1102 temperature', 'degC', 90, dumpTankC),
  margin('R1201-OXYGEN', ['A1.3'], 'R-1201 氧含量至极限氧含量', 'Oxygen in R-1201 towards the limiting content', 'vol%', P.limitingOxygen, oxygenPercent),
  margin('R1201-TEMPERATURE', ['A1.1', 'A1.2'], 'R-1201 温度至羟胺分解', 'R-1201 towards the decomposition of hydroxylamine', 'degC', 130, hydrogenatorC),
  margin('R1201-INTERMEDIATE', ['A1.1', 'A1.5'], 'R-1201 羟胺累积', 'Hydroxylamine in R-1201', 'kmol', 1.5, (x) => x[X.hInt]!),
  margin('R1301-ACCUMULATION', ['A1.4'], 'R-1301 未反应卤代烃（占批量）', 'Unreacted halide in R-1301, of the batch', '%', 20, accumulatedPercent),
  margin('R1301-POTENTIAL', ['A1.4', 'A1.2'], 'R-1301 突然引发可到的温度', 'Temperature that a sudden initiation of R-1301 would reach', 'degC', 109, (x) => grignardC(x) + accumulatedRiseK(x)),
  margin('R1301-PRESSURE', ['A1.2'], 'R-1301 压力至爆破片', 'R-1301 pressure towards its disc', 'MPa', P.grignardDiscMPa, (x) => x[X.gMPa]!),
  margin('C1401-POT', ['A1.6'], 'C-1401 釜温', 'C-1401 pot temperature', 'degC', 145, potC),
  margin('C1401-WALL', ['A1.6'], 'C-1401 干壁温度', 'Dry wall of C-1401', 'degC', 156, wallC),
  margin('C1401-RESIDUE', ['A1.6'], 'C-1401 残液分解率', 'Decomposed residue of C-1401', '%', 2, (x) => (100 * x[X.cDec]!) / P.residueKg),
  margin('T1501-HALL', ['A1.7'], '厂房氯气浓度', 'Chlorine in the hall', 'ppm', 5, hallPpm),
  // half of the chlorine passes
  margin('T1501-STACK', ['A1.7'], '排气筒氯气浓度', 'Chlorine in the stack', 'mg/m3', 150, stackMgM3),
];
