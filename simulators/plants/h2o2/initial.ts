/**
 * Where a run begins. `initialState` is the settled state of normal running: `designState` run on for 12 h by settle.ts and kept in settled.json,
 * so that a run starts without a transient. A test holds the two together.
 */
import * as D from './design-point.ts';
import { P } from './parameters.ts';
import settled from './settled.json' with { type: 'json' };
import settledCounterCurrent from './settled-counter-current.json' with { type: 'json' };
import type { StateName } from './states.ts';
import { STATE_COUNT, STATE_NAMES, X } from './states.ts';

/** not here: the boundary integrals, which begin at zero */
const BOUNDARIES = STATE_NAMES.filter((name) => /^b[A-Z]/u.test(name)).length;

const fromSettled = (values: Record<string, number>): Float64Array => {
  const x = Float64Array.from(STATE_NAMES, (name) => values[name] ?? 0);
  x.fill(0, STATE_COUNT - BOUNDARIES);
  return x;
};
export const initialState = (): Float64Array => fromSettled(settled);
export const initialCounterCurrent = (): Float64Array => fromSettled(settledCounterCurrent);

/** what rests in normal running, the same in both designs */
const QUIET: Partial<Record<StateName, number>> = {
  towerM3: 3 * P.bedVolumeM3, oxM3: 3 * P.sectionM3, dAC: P.drainAmbientC, dBC: P.drainAmbientC, resStrength: 1, resLevel: P.residueLevel,
  resinGL: P.productGL, resinC: P.resinNormalC, resinFlood: 1, concC: P.concentratorC, concKPa: P.concentratorKPa, concWt: P.concentratorWt,
};

/** straight from the design point: balances solved, extraction profile on the operating line */
export function designState(counterCurrent = false): Float64Array {
  const sections = counterCurrent ? D.SECTIONS_COUNTER_CURRENT : D.SECTIONS;
  const x = new Float64Array(STATE_COUNT);
  const set = (values: Partial<Record<StateName, number>>): void => {
    for (const [name, value] of Object.entries(values)) x[X[name as StateName]] = value;
  };
  const raffinate = (D.RAFFINATE_GL * 1000) / P.peroxideMolarMassGMol;
  const residualAhq = D.SECTIONS[2]!.ahqMolM3;
  set({
    h1Mol: (P.bedVolumeM3 * D.AHQ_MOL_M3) / 3, h2Mol: (P.bedVolumeM3 * 2 * D.AHQ_MOL_M3) / 3, h3Mol: P.bedVolumeM3 * D.AHQ_MOL_M3,
    h1C: D.BED_C[0], h2C: D.BED_C[1], h3C: D.BED_C[2],
    hH2Mol: D.TOWER_GAS_MOL * P.tailHydrogenFraction, hN2Mol: D.TOWER_GAS_MOL * (1 - P.tailHydrogenFraction), tailO2Mol: 0.0015 * D.TAIL_GAS_MOL,
    sepM3: P.separatorM3 / 2, sepMol: (P.separatorM3 / 2) * D.AHQ_MOL_M3, sepC: D.BED_C[2],
    tankM3: P.hydrogenatedTankM3, tankMol: P.hydrogenatedTankM3 * D.AHQ_MOL_M3, tankC: D.BED_C[2], coolerC: D.FEED_COOLER_C,
    oMPa: D.OXIDISER_MPA, osM3: P.oxidiserSeparatorM3 / 2, osC: D.SECTION_C[2],
    osAhq: (P.oxidiserSeparatorM3 / 2) * residualAhq, osPer: (P.oxidiserSeparatorM3 / 2) * D.SECTIONS[2]!.peroxideMolM3,
    acidOx: D.ACIDITY_MGL, acidLoop: D.ACIDITY_MGL, resC: 38, resTankC: 32, ...QUIET,
    eBotC: D.EXTRACTION_C[0], eMidC: D.EXTRACTION_C[1], eTopC: D.EXTRACTION_C[2], eMPa: D.EXTRACTION_MPA, ifM3: P.interfaceM3 / 2,
    emulsion: 0.05, stability: 97, purC: 45, extAhq: 96 * residualAhq,
    wsM3: 200, wsAhq: 200 * residualAhq, wsC: D.SOLUTION_TANK_C,
    clayTopC: D.CLAY_C, clayMidC: D.CLAY_C, clayBotC: D.CLAY_C,
    prepKg: P.prepChargeKg, prepC: D.PREP_C, prodKg: P.tankMassKg, prodPer: D.TANK_PEROXIDE_MOL, prodC: P.tankAmbientC, prodKPa: 0.5,
  });
  for (let i = 0; i < 3; i++) {
    const section = sections[i]!;
    x[X.o1Ahq + i] = P.sectionM3 * section.ahqMolM3;
    x[X.o1Per + i] = P.sectionM3 * section.peroxideMolM3;
    x[X.o1C + i] = D.SECTION_C[i]!;
    x[X.o1O2 + i] = D.SECTION_GAS_MOL * section.oxygenFraction;
  }
  if (counterCurrent) {
    const bottomM3 = P.bottomM3 * P.bottomNormal;
    set({ botM3: bottomM3, botAhq: bottomM3 * residualAhq, botPer: bottomM3 * sections[2]!.peroxideMolM3, botC: D.SECTION_C[2], condM3: P.condensateM3 * P.condensateNormal });
  }
  extractionProfile(x, raffinate);
  return x;
}

/** operating line from the product end to the raffinate end; the settling run takes out what is left */
function extractionProfile(x: Float64Array, raffinateMolM3: number): void {
  const volumeM3 = P.stageOrganicM3 + P.partition * P.stageAqueousM3;
  const factor = (P.partition * D.WATER_M3H) / D.SECONDS_PER_HOUR / D.SOLUTION_M3S;
  for (let stage = 0; stage < 6; stage++) {
    const concentration = (raffinateMolM3 * (factor ** (6 - stage) - 1)) / (factor - 1);
    x[X.e1Per + stage] = concentration * volumeM3;
  }
  x[X.ifPer] = (P.interfaceM3 / 2) * P.partition * (x[X.e1Per]! / volumeM3);
  x[X.postPer] = 100 * 0.25;
  x[X.wsPer] = 200 * 0.25;
}
