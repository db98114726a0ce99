/** States to begin an exercise in, so that it is short. `starts.json` is made by `make-starts.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory, StartDefinition } from '../../machine/definition.ts';

const made = JSON.parse(readFileSync(join(import.meta.dirname, 'starts.json'), 'utf8')) as Readonly<Record<string, Readonly<Record<string, number>>>>;
const statesOf = (id: string): Readonly<Record<string, number>> => made[id] ?? {};

const STOPPED = { 'XV-3102A': 0, 'XV-3102B': 0, 'P-3101': 0, 'XV-3101': 0 } as const;
const stoppedMemory = (mode: number, purgeVolumes = 0): Memory => ({ mode, purgeVolumes, ratioShown: 453 });
/** bed of shift during its reduction: 200 degC at the inlet, hydrogen 0.8 %, the first quarter half reduced [A] */
const REDUCING = { s1C: 218, s2C: 222, s3C: 216, s4C: 208, s1Ox: 0.5, s2Ox: 0.9, s3Ox: 1, s4Ox: 1, sWallC: 160, carrierNm3h: 8000, reductionH2: 0.8 } as const;

export const STARTS: readonly StartDefinition[] = [
  { id: 'gasifier-at-pressure', zh: '气化炉已停，仍有压力，氧管线未泄压', en: 'Gasifier stopped and under pressure, oxygen line shut in',
    states: statesOf('gasifier-at-pressure'), memory: stoppedMemory(3), orders: { ...STOPPED, 'XV-3105': 0 }, settleS: 2 },
  { id: 'gasifier-dark', zh: '气化炉已停、已泄压，未置换', en: 'Gasifier stopped and without pressure, not purged',
    states: statesOf('gasifier-dark'), memory: stoppedMemory(0), orders: { ...STOPPED, 'XV-3105': 1 }, settleS: 2 },
  { id: 'gasifier-purged', zh: '气化炉已置换', en: 'Gasifier purged', states: statesOf('gasifier-purged'), memory: stoppedMemory(0, 12), orders: { ...STOPPED, 'XV-3105': 1, 'XV-3104': 1 }, settleS: 2 },
  { id: 'shift-reduction', zh: '变换炉升温还原中，气化炉已停', en: 'Shift being reduced, gasifier stopped',
    states: { ...statesOf('gasifier-purged'), ...REDUCING }, memory: stoppedMemory(0, 12), orders: { ...STOPPED, 'XV-3105': 1 }, commands: ['HS-3209'], settleS: 20 },
  { id: 'converter-reduction', zh: '合成塔升温还原中', en: 'Ammonia converter being heated and reduced', commands: ['HS-3507'], settleS: 2 },
  { id: 'loop-low', zh: '合成回路已停、已泄到低压', en: 'Loop stopped and let down', states: statesOf('loop-low'), orders: { 'K-3401': 0, 'K-3402': 0, 'XV-3543': 0, 'XV-3508': 1 }, settleS: 2 },
  { id: 'loop-170-swinging', zh: '合成回路 17 MPa，触媒层温度大幅摆动', en: 'Loop at 170 bar, catalyst swinging', states: statesOf('loop-170-swinging'), settleS: 1 },
  { id: 'no-standby', zh: '备用压缩机检修中', en: 'Standby compressor out for repair', commands: ['HS-3408'], settleS: 1 },
];
