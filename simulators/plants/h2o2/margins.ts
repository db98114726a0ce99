/**
 * Ground truth: how far each part is from where nothing helps any more. `lostAt` marks: research/simulators.md 5 and 8 where they give a figure,
 * else [A] design figures of this plant. Lead times of `haven drill --batch` and scores are counted against these.
 */
import type { MarginDefinition } from '../../machine/definition.ts';
import { TAIL_GAS_MOL as TAIL_GAS } from './design-point.ts';
import { raffinateGL } from './extraction.ts';
import { explosiveness } from './gas.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

type Margin = MarginDefinition<Inputs, PlantMemory>;
const max = (...indices: readonly number[]) => (x: Float64Array): number => Math.max(...indices.map((i) => x[i]!));
const above = (id: string, clauses: readonly string[], zh: string, en: string, unit: string, lostAt: number, value: Margin['value']): Margin => ({ id, clauses, zh, en, unit, side: 'above', lostAt, value });

export const MARGINS: readonly Margin[] = [
  above('oxidation-temperature', ['A4.2(2)', 'A4.1', 'A4.7'], '氧化塔最高温度', 'Hottest section of the oxidation tower', 'degC', 75, max(X.o1C, X.o2C, X.o3C)),
  above('extraction-temperature', ['A4.1', 'A4.2(2)'], '萃取塔最高温度', 'Hottest part of the extraction tower', 'degC', 75, max(X.eBotC, X.eMidC, X.eTopC)),
  // with hydrogen shut there is nothing to break through; with the circulation standing nothing is carried over
  { ...above('separator-seal', ['A4.2(1)'], '氢化气液分离器液封', 'Liquid seal of the hydrogenation separator', '%', 2, (x, u) => (u.hydrogen < 0.01 ? 100 : (x[X.sepM3]! / P.separatorM3) * 100)), side: 'below' },
  // beyond its top the liquid stands in the gas line
  above('oxidiser-separator', ['A4.2(3)', '4.1.1(1)'], '氧化液分离器液位', 'Level of the oxidised-liquor separator', '%', 110, (x) => (x[X.osM3]! / P.oxidiserSeparatorM3) * 100),
  above('extraction-interface', ['A4.2(4)'], '萃取塔界面', 'Interface of the extraction tower', '%', 98, (x, u) => (u.solutionPump > 0.1 ? (x[X.ifM3]! / P.interfaceM3) * 100 : 50)),
  above('raffinate', ['A4.2(5)', 'A4.2(6)'], '萃余液双氧水', 'Peroxide in the raffinate', 'g/L', 1, (x) => raffinateGL(x)),
  // lower explosive limit of hydrogen needs 5 % of oxygen; 4 % leaves the width of the analysers
  above('tail-oxygen', ['A4.2(7)'], '氢化尾气氧', 'Oxygen in the hydrogenation tail gas', 'vol%', 4, (x) => (x[X.tailO2Mol]! / TAIL_GAS) * 100),
  above('hydrogenation-gas', ['A4.6'], '氢氧相遇程度（1=爆炸区）', 'Hydrogen and oxygen together (1 = explosive)', '1', 1, (x) => explosiveness(x)),
  { ...above('acidity', ['A4.7'], '氧化液酸度', 'Acidity of the oxidised liquor', 'mg/L', 0.3, (x) => x[X.acidOx]!), side: 'below' },
  above('drained-liquor', ['A4.3'], '退料储槽温度', 'Hottest drain tank', 'degC', 80, max(X.dAC, X.dBC)),
  above('residue', ['A4.8'], '氧化残液温度', 'Oxidation residue', 'degC', 80, max(X.resC, X.resTankC)),
  above('residue-pressure', ['A4.8'], '残液分离器压力', 'Pressure of the residue separator', 'MPa', P.residueBurstMPa, (x) => x[X.resMPa]!),
  above('preparation', ['A4.5'], '配制釜压力', 'Pressure of the preparation vessel', 'MPa', P.prepDiscMPa, (x) => x[X.prepMPa]!),
  above('preparation-temperature', ['A4.5'], '配制釜温度', 'Temperature of the preparation vessel', 'degC', 100, (x) => x[X.prepC]!),
  above('clay-bed', ['A4.9'], '白土床最高温度', 'Hottest part of the clay bed', 'degC', 150, max(X.clayTopC, X.clayMidC, X.clayBotC)),
  above('catalyst-bed', ['A4.9'], '触媒床最高温度', 'Hottest catalyst bed', 'degC', 110, max(X.h1C, X.h2C, X.h3C)),
  above('resin', ['A4.10'], '树脂塔温度', 'Temperature of the resin column', 'degC', 80, (x) => x[X.resinC]!),
  above('concentrator', ['A4.1'], '浓缩蒸发器温度', 'Temperature of the concentrator', 'degC', 84, (x) => x[X.concC]!),
  above('product-tank', ['A4.11'], '双氧水储罐温度', 'Temperature of the product tank', 'degC', 60, (x) => x[X.prodC]!),
];
