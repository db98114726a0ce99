/** States to begin an exercise in, so that it need not wait for hours of plant time. */
import type { StartDefinition } from '../../machine/definition.ts';
import { AHQ_MOL_M3 } from './design-point.ts';
import { P } from './parameters.ts';

const gasMol = 6400;
/** hydrogenation under nitrogen after a purge: 0.1 vol% of hydrogen at about 0.19 MPa */
const PURGED = { hH2Mol: 6.4, hN2Mol: gasMol };
const residual = (gramsL: number): number => (gramsL * 1000) / P.peroxideMolarMassGMol;
const BED = P.bedVolumeM3;

export const STARTS: readonly StartDefinition[] = [
  {
    id: 'stopped-residual', zh: '正常停氢后循环中，氢效约 2 g/L', en: 'Hydrogen shut after a normal stop, circulating, efficiency about 2 g/L',
    states: {
      h1Mol: BED * residual(1.6), h2Mol: BED * residual(1.9), h3Mol: BED * residual(2.2), hH2Mol: 12, hN2Mol: gasMol, sepMol: 10 * residual(2.3), tankMol: 60 * residual(2.5),
      o1Ahq: 46 * residual(0.4), o2Ahq: 46 * residual(0.1), o3Ahq: 46 * residual(0.02), o1Per: 46 * residual(2), o2Per: 46 * residual(2.3), o3Per: 46 * residual(2.4), osPer: 10 * residual(2.6),
    },
    orders: { 'XV-4101': 0, 'XV-4102': 1 }, settleS: 30,
  },
  { id: 'stopped', zh: '全装置已停车', en: 'Whole plant stopped', states: { hH2Mol: 2000, hN2Mol: 5400 }, commands: ['HS-4001'], settleS: 90 },
  {
    id: 'stopped-purged', zh: '全装置已停车，氢化系统置换接近合格', en: 'Whole plant stopped, hydrogenation purged for some time',
    states: { hH2Mol: 60, hN2Mol: gasMol, h1C: 40, h2C: 42, h3C: 44 }, commands: ['HS-4001'], settleS: 90,
  },
  {
    id: 'stopped-empty-efficiencies', zh: '全装置已停车，氢效、氧效低于 1 g/L', en: 'Whole plant stopped, both efficiencies below 1 g/L',
    states: {
      ...PURGED, h1Mol: BED * residual(0.1), h2Mol: BED * residual(0.1), h3Mol: BED * residual(0.1), sepMol: 10 * residual(0.1), tankMol: 60 * residual(0.1),
      o1Ahq: 5, o2Ahq: 2, o3Ahq: 1, o1Per: 46 * residual(0.2), o2Per: 46 * residual(0.2), o3Per: 46 * residual(0.2), osPer: 10 * residual(0.2), osAhq: 1,
    },
    commands: ['HS-4001'], settleS: 90,
  },
  { id: 'clay-regeneration', zh: '白土床蒸汽再生中', en: 'Clay bed under steam (regeneration)', states: { clayTopC: 67, clayMidC: 69, clayBotC: 65 }, orders: { 'XV-4401': 1 }, settleS: 5 },
  {
    id: 'catalyst-regeneration', zh: '触媒床蒸汽再生中，已到 66 ℃', en: 'Catalyst bed under steam (regeneration), at 66 degC',
    states: { ...PURGED, h1C: 62, h2C: 64, h3C: 66 }, orders: { 'XV-4101': 0, 'XV-4102': 0.2, 'P-4109': 0, 'K-4201': 0, 'XV-4203': 0, 'XV-4301': 0, 'XV-4104': 0.3 }, settleS: 5,
  },
  { id: 'preparation-warm', zh: '配制釜蒸汽加热至 58 ℃', en: 'Preparation vessel heated to 58 degC', states: { prepC: 58 }, settleS: 20 },
  { id: 'residue-warm', zh: '氧化残液 44 ℃', en: 'Oxidation residue at 44 degC', states: { resC: 44, resTankC: 37 }, settleS: 5 },
  { id: 'raffinate-high', zh: '萃余液双氧水 0.24 g/L', en: 'Raffinate at 0.24 g/L', states: { e6Per: residual(0.24) * (P.stageOrganicM3 + P.partition * P.stageAqueousM3) }, settleS: 30 },
  { id: 'acidity-low', zh: '氧化液酸度 1.35 mg/L', en: 'Acidity at 1.35 mg/L', states: { acidOx: 1.35, acidLoop: 1 }, settleS: 5 },
  { id: 'extraction-warm', zh: '萃取塔 50 ℃', en: 'Extraction tower at 50 degC', states: { eBotC: 51, eMidC: 51.5, eTopC: 50 }, settleS: 30 },
  { id: 'tank-warm', zh: '双氧水储罐 33 ℃', en: 'Product tank at 33 degC', states: { prodC: 33 }, memory: { tankMeanC: 33 }, settleS: 5 },
  { id: 'resin-idle', zh: '树脂塔在用，充满双氧水', en: 'Resin column in service, full of peroxide', settleS: 5 },
  { id: 'full-hydroquinone', zh: '氢效 8.4 g/L', en: 'Efficiency at 8.4 g/L', states: { h3Mol: BED * AHQ_MOL_M3 * 1.2, h2Mol: BED * AHQ_MOL_M3 * 0.8, h1Mol: BED * AHQ_MOL_M3 * 0.4 }, settleS: 30 },
];

export const STARTS_COUNTER_CURRENT: readonly StartDefinition[] = [
  ...STARTS,
  { id: 'receiver-high', zh: '凝液受槽液位 65%', en: 'Condensate receiver at 65 %', states: { condM3: 0.65 * P.condensateM3 }, settleS: 5 },
];
