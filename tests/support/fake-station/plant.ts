/** The static half of the fake station's view: a small peroxide plant, written by hand. */
import type { View } from '../../../src/contract/view.ts';

type Tag = View['plant']['tags'][number];
const analog = (id: string, area: string, unit: string, low: number, high: number, zh: string, en: string, limits: Tag['limits'] = []): Tag => ({ id, kind: 'analog', unit, low, high, area, title: { zh, en }, limits });
const valve = (id: string, area: string, zh: string, en: string): Tag => ({ id, kind: 'discrete', states: ['closed', 'open', 'travelling', 'fault'], area, title: { zh, en }, limits: [] });
const flag = (id: string, zh: string, en: string): Tag => ({ id, kind: 'boolean', area: 'sis', title: { zh, en }, limits: [] });
const count = (id: string, zh: string, en: string): Tag => ({ id, kind: 'count', unit: '1', low: 0, high: 50, area: 'people', title: { zh, en }, limits: [] });
const above = (condition: string, limit: number, priority: 1 | 2 | 3 | 4): Tag['limits'][number] => ({ condition, comparison: 'atOrAbove', limit, priority });

export const PLANT: View['plant'] = {
  id: 'h2o2',
  title: { zh: '双氧水装置 1#', en: 'Peroxide plant 1' },
  areas: [
    { id: 'hydrogenation', title: { zh: '氢化', en: 'Hydrogenation' } },
    { id: 'oxidation', title: { zh: '氧化', en: 'Oxidation' } },
    { id: 'extraction', title: { zh: '萃取净化', en: 'Extraction and purification' } },
    { id: 'post-treatment', title: { zh: '后处理', en: 'Post-treatment' } },
    { id: 'preparation', title: { zh: '配制', en: 'Preparation' } },
    { id: 'storage', title: { zh: '双氧水罐区', en: 'Peroxide tank farm' } },
    { id: 'sis', title: { zh: '安全仪表', en: 'Safety system' } },
    { id: 'people', title: { zh: '人员', en: 'People' } },
  ],
  tags: [
    analog('TI-4101', 'hydrogenation', 'degC', 0, 150, '氢化塔上段床层温度', 'Hydrogenation tower upper bed temperature', [above('bed-high', 75, 2)]),
    analog('PI-4104', 'hydrogenation', 'MPa', 0, 0.6, '氢化塔压力', 'Hydrogenation tower pressure', [above('tower-pressure', 0.35, 2)]),
    analog('FI-4105', 'hydrogenation', 'Nm3/h', 0, 6000, '氢气流量', 'Hydrogen flow to the tower'),
    analog('AI-4106A', 'hydrogenation', 'vol%', 0, 5, '氢化尾气氧含量 A', 'Oxygen in hydrogenation tail gas A', [above('tail-oxygen', 2, 1)]),
    analog('FI-4109', 'hydrogenation', 'm3/h', 0, 1200, '工作液循环流量', 'Working solution circulation flow'),
    valve('XV-4101', 'hydrogenation', '氢气切断阀', 'Hydrogen cut-off valve'),
    analog('TI-4201', 'oxidation', 'degC', 0, 100, '氧化塔上段温度', 'Oxidation tower upper section temperature', [above('oxidation-high', 58, 2)]),
    analog('PI-4204', 'oxidation', 'MPa', 0, 0.6, '氧化塔压力', 'Oxidation tower pressure'),
    analog('AI-4207', 'oxidation', 'mg/L', 0, 15, '氧化液酸度（以磷酸计）', 'Acidity of the oxidised liquor (as H3PO4)', [{ condition: 'acidity-low', comparison: 'below', limit: 2, priority: 2 }]),
    analog('FI-4210', 'oxidation', 'Nm3/h', 0, 25000, '氧化空气流量', 'Air flow to oxidation'),
    valve('XV-4203', 'oxidation', '氧化空气切断阀', 'Air cut-off valve to oxidation'),
    analog('TI-4302', 'extraction', 'degC', 0, 100, '萃取塔中部温度', 'Extraction tower middle temperature', [above('extraction-hot', 60, 1), above('extraction-warm', 55, 3)]),
    analog('PI-4303', 'extraction', 'MPa', 0, 0.6, '萃取塔压力', 'Extraction tower pressure'),
    analog('AI-4305A', 'extraction', 'g/L', 0, 3, '萃余液双氧水含量 A', 'H2O2 in the raffinate A', [above('raffinate', 0.3, 2)]),
    valve('XV-4301', 'extraction', '萃取塔进料切断阀', 'Feed cut-off valve of the extraction tower'),
    analog('TI-4401', 'post-treatment', 'degC', 0, 300, '白土床上部温度', 'Clay bed top temperature'),
    analog('TI-4502A', 'preparation', 'degC', 0, 150, '配制釜温度 A', 'Preparation vessel temperature A', [above('vessel-hot', 90, 2)]),
    analog('PI-4502', 'preparation', 'MPa', 0, 0.6, '配制釜压力', 'Preparation vessel pressure'),
    analog('TI-4801A', 'storage', 'degC', 0, 150, '双氧水储罐温度 A', 'H2O2 storage tank temperature A', [above('tank-warm', 40, 2)]),
    analog('LI-4801', 'storage', '%', 0, 100, '双氧水储罐液位', 'H2O2 storage tank level'),
    flag('I-4100-TRIP', '联锁 I-4100 动作', 'Interlock I-4100 tripped'), flag('I-4300-TRIP', '联锁 I-4300 动作', 'Interlock I-4300 tripped'), flag('I-4300-BYP', '联锁 I-4300 旁路', 'Interlock I-4300 bypassed'),
    count('PC-4100', '氢化区人数', 'People in the hydrogenation area'), count('PC-4200', '氧化区人数', 'People in the oxidation area'), count('PC-4300', '萃取净化区人数', 'People in the extraction area'), count('PC-4800', '双氧水罐区人数', 'People in the tank farm'),
  ],
  labs: [{ id: 'LAB-STABILITY', title: { zh: '双氧水稳定度（复测）', en: 'H2O2 stability (re-analysis)' }, unit: '%' }, { id: 'LAB-ACIDITY', title: { zh: '氧化液酸度', en: 'Acidity of the oxidised liquor' }, unit: 'mg/L' }],
  observations: [{ id: 'SEEN-FOAM', title: { zh: '萃取塔视镜出现泡沫', en: 'Foam in the sight glass of the extraction tower' }, clauses: ['A4.2(2)'] }, { id: 'SEEN-LEAK', title: { zh: '管线泄漏', en: 'Leak at a pipe' }, clauses: ['4.1.1'] }],
};

/** Where each value lies in quiet times. */
export const QUIET: Record<string, number | boolean> = {
  'TI-4101': 52.3, 'PI-4104': 0.272, 'FI-4105': 2870, 'AI-4106A': 0.41, 'FI-4109': 640, 'XV-4101': 1, 'TI-4201': 51.2, 'PI-4204': 0.231, 'AI-4207': 4.62, 'FI-4210': 11850, 'XV-4203': 1,
  'TI-4302': 48.4, 'PI-4303': 0.118, 'AI-4305A': 0.124, 'XV-4301': 1, 'TI-4401': 61.5, 'TI-4502A': 44.8, 'PI-4502': 0.012, 'TI-4801A': 24.6, 'LI-4801': 63.2,
  'I-4100-TRIP': false, 'I-4300-TRIP': false, 'I-4300-BYP': false, 'PC-4100': 0, 'PC-4200': 1, 'PC-4300': 2, 'PC-4800': 0,
};
