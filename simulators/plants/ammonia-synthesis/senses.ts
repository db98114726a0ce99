/** Margins (ground truth), what a person sees, what the laboratory finds. Ids: those of rules/ammonia-synthesis and rules/general. */
import type { LaboratoryDefinition, MarginDefinition } from '../../machine/definition.ts';
import type { AmmoniaScan } from './control.ts';
import { crudeMPa, gasifierNow } from './gasification.ts';
import { headerMPa, methMPa } from './front-end.ts';
import type { Inputs } from './inputs.ts';
import { flashMPa, loopMPa } from './loop.ts';
import { stabilityMPa } from './measurements.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

type Margin = MarginDefinition<Inputs, PlantMemory>;
const margin = (id: string, clauses: readonly string[], zh: string, en: string, unit: string, side: Margin['side'], lostAt: number, value: Margin['value']): Margin => ({ id, clauses, zh, en, unit, side, lostAt, value });
const hottest = (x: Float64Array, from: number, count: number): number => {
  let hot = 0;
  for (let i = 0; i < count; i++) hot = Math.max(hot, x[from + i]!);
  return hot;
};
const positive = (mpa: number, hotC: number): number => (hotC > 150 ? mpa : 1);

export const MARGINS: readonly Margin[] = [
  margin('M-STABILITY', ['A3.7'], '合成塔压力距振荡界限', 'Loop pressure above the limit of swinging', 'MPa', 'below', 0, (x, u) => (u.compressor + u.standby > 0.5 && u.circulator > 0.3 ? stabilityMPa(x, u) : 5)),
  margin('M-CONVERTER', ['A3.7'], '合成塔热点', 'Hot spot of the converter', 'degC', 'above', 560, (x) => hottest(x, X.cat1C, 30)),
  margin('M-SHELL', ['A3.7'], '合成塔外壁', 'Shell of the converter', 'degC', 'above', 300, (x) => x[X.shellC]!),
  margin('M-GASIFIER', ['A3.1(8)'], '气化炉气体温度', 'Gas temperature of the gasifier', 'degC', 'above', 1550, (x, u) => gasifierNow(x, u).tempC),
  margin('M-OXYGEN', ['A3.1(8)', 'A3.6'], '气化炉过氧', 'Oxygen left over in the gasifier', 'vol%', 'above', 20, (x, u) => (100 * Math.max(0, x[X.gO2]!)) / Math.max(0.05, gasifierNow(x, u).kmol)),
  margin('M-GASIFIER-MPA', ['A3.1(8)'], '气化炉压力', 'Pressure of the gasifier', 'MPa', 'above', 4.8, (x, u) => gasifierNow(x, u).pressureMPa),
  margin('M-OXYGEN-LINE', ['A3.5'], '氧管线混入合成气', 'Syngas in the oxygen line', 'kmol', 'above', 0.15, (x, _u, m) => (m.oxygenLineFire ? 1 : x[X.lineSyngas]!)),
  margin('M-BURST', ['A3.6', 'A3.1(8)'], '气化炉爆燃', 'Explosion in the gasifier', '-', 'above', 0.5, (_x, _u, m) => (m.gasifierBurst ? 1 : 0)),
  margin('M-QUENCH', ['A3.1(3)'], '激冷室液位', 'Level of the quench chamber', '%', 'below', 20, (x) => x[X.quenchPct]!),
  margin('M-FLASH', ['A3.1(3)'], '低压闪蒸槽压力（安全阀 2.5）', 'Pressure of the flash drum (safety valve 2.5)', 'MPa', 'above', P.flashPsvMPa, (x, _u, m) => (m.flashBurst ? 10 : flashMPa(x))),
  margin('M-DRUM', ['A3.1(7)'], '汽包压力', 'Pressure of the steam drum', 'MPa', 'above', 5.2, (x, _u, m) => (m.drumBurst ? 10 : x[X.drumMPa]!)),
  margin('M-CHILLER', ['A3.1(7)'], '氨冷器压力', 'Pressure of the chiller', 'MPa', 'above', 1.2, (x) => x[X.chillerMPa]!),
  margin('M-SHIFT', ['A3.7', 'A3.1(4)'], '变换炉热点', 'Hot spot of shift', 'degC', 'above', 520, (x) => hottest(x, X.s1C, 4)),
  margin('M-METHANATOR', ['A3.7'], '甲烷化炉热点', 'Hot spot of the methanator', 'degC', 'above', 450, (x) => hottest(x, X.m1C, 4)),
  margin('M-SHIFT-MPA', ['A3.7'], '变换正压', 'Positive pressure of shift', 'MPa', 'below', 0.02, (x) => positive(headerMPa(x), hottest(x, X.s1C, 4))),
  margin('M-METHANATOR-MPA', ['A3.7'], '甲烷化正压', 'Positive pressure of methanation', 'MPa', 'below', 0.02, (x) => positive(methMPa(x), hottest(x, X.m1C, 4))),
  margin('M-LOOP-MPA', ['A3.7'], '合成回路正压', 'Positive pressure of the loop', 'MPa', 'below', 0.1, (x) => positive(loopMPa(x), hottest(x, X.cat1C, 30))),
  margin('M-REFORMER', ['A3.1(9)'], '二段炉温度', 'Secondary reformer', 'degC', 'above', 1080, (x) => x[X.secondaryC]!),
  margin('M-COKE', ['A3.1(9)'], '转化触媒析碳', 'Carbon on the reforming catalyst', '-', 'above', 1, (x) => x[X.coke]!),
  margin('M-FLARE', ['A3.1(5)'], '火炬总管压力', 'Pressure of the flare header', 'kPa', 'above', 120, (x) => x[X.flareKPa]!),
  margin('M-COMPRESSOR', ['A3.1(6)'], '压缩机带液', 'Liquid carried into the compressor', '-', 'above', 0.2, (x) => x[X.liquid]!),
  margin('M-OPENED', ['A3.3', 'A3.4'], '打开管段内的压力', 'Pressure behind an opened flange', 'MPa', 'above', 0.02, (x, u, m) => Math.max(u.flangeOpen > 0 ? methMPa(x) : 0, u.gasifierOpen > 0 && !m.gasifierBurst ? crudeMPa(x) : 0)),
];

export const OBSERVATIONS: Readonly<Record<string, (scan: AmmoniaScan) => boolean>> = {
  'AMMONIA-LEAK': ({ x, m }) => x[X.nh3Gas]! > 70 || m.flashBurst,
  'COAL-GAS-LEAK': ({ x, effects }) => effects.coLeak > 0 && x[X.coGas]! > 40,
  'SYNGAS-LEAK': ({ x }) => x[X.synGas]! > 40,
  'INTERFACE-ABNORMAL': ({ x, effects }) => effects.levelStuck > 0 || x[X.sepKg]! < 300 || x[X.quenchPct]! < 25,
  'FLARE-LINE-CRACKED': ({ x, effects }) => effects.flareBroken > 0 && x[X.rackGas]! > 10,
  'FLARE-LINE-DEFORMED': ({ effects }) => effects.flareBroken > 0,
  'FLARE-LINE-DISPLACED': ({ effects }) => effects.flareBroken > 0,
  'COMPRESSOR-LEAK': ({ x, effects }) => effects.houseLeak > 0 && x[X.houseGas]! > 20,
  'TUBE-LEAK': ({ x }) => x[X.drumH2]! > 200 || x[X.chillerH2]! > 200,
  'VALVE-FAILED': ({ effects }) => effects.passing > 0,
  'RUNAWAY-SEEN': ({ x }) => x[X.shellC]! > 300 || x[X.sWallC]! > 450 || x[X.mWallC]! > 420,
  'LINE-BLOCKED': ({ effects, x, u }) => effects.passing > 0 || gasifierNow(x, u).pressureMPa - crudeMPa(x) > 0.6,
  'MEDIA-CROSSOVER': ({ x }) => x[X.lineSyngas]! > 0.02,
  'VIOLENT-VIBRATION': ({ x }) => x[X.vibration]! > 80,
  'RELIEF-OPENED': ({ m }) => m.gasifierPsv || m.flashPsv,
  'KEY-EQUIPMENT-FAILED': ({ effects }) => effects.slurryPump > 0 || effects.circulator > 0 || effects.compressorFault > 0,
  'UTILITY-LOST': ({ effects }) => effects.power > 0 || effects.water > 0.5 || effects.nitrogen > 0.5 || effects.steam > 0.5,
  'DCS-PANEL-LOST': ({ effects }) => effects.controller > 0,
  'LEAK-SEEN': ({ x }) => x[X.nh3Gas]! > 70 || x[X.coGas]! > 40 || x[X.synGas]! > 40 || x[X.houseGas]! > 40 || x[X.rackGas]! > 40,
  'FIRE-SEEN': ({ m }) => m.gasifierBurst || m.oxygenLineFire,
  'INTRUSION-SEEN': ({ command }) => command('HS-FEN-3100'),
};

const share = (x: Float64Array, kmol: number): number => (100 * Math.max(0, kmol)) / Math.max(0.05, x[X.gCO]! + x[X.gH2]! + x[X.gCO2]! + x[X.gH2O]! + x[X.gN2]! + x[X.gO2]!);
export const LABORATORY: Readonly<Record<string, LaboratoryDefinition<Inputs, PlantMemory>>> = {
  'WT-3101': { value: (_x, u) => 16 - 5 * u.thinCrude, turnaroundS: 60 },
  'WT-3401': { value: (_x, u) => 30 - 10 * u.thinMakeUp, turnaroundS: 60 },
  'WT-3501': { value: (_x, u) => 36 - 10 * u.thinLoop, turnaroundS: 60 },
  'PURGE-O2': { value: (x) => share(x, x[X.gO2]!), turnaroundS: 120 },
  'PURGE-FUEL': { value: (x) => share(x, x[X.gCO]! + x[X.gH2]!), turnaroundS: 120 },
};
