/**
 * T-4301 (six counter-current stages in equilibrium, with back-mixing), interface, purification, post-treatment and the working-solution tank.
 * Equations: research/simulators.md 5.2 (Kremser extraction, K = 70). Balances close because every flow leaves one state and enters another (V29).
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import * as D from './design-point.ts';
import { towerFlowM3s } from './hydrogenation.ts';
import type { Inputs } from './inputs.ts';
import { oxidiserOutM3s } from './oxidation.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

const STAGES = 6;
const FIRST = X.e1Per;
const POST_M3 = 100;
const EXTRACT_M3 = 96;
const CAPACITY_MOL_M3 = (P.postTreatmentCapacityGL * 1000) / P.peroxideMolarMassGMol;
const STAGE_VOLUME_M3 = P.stageOrganicM3 + P.partition * P.stageAqueousM3;
/** rate at 46 degC that a fully contaminated tower reaches; metal gathers in the middle (passivation residue on the trays) */
const METAL_RATE_PER_S = 4e-3;
const METAL_SHARE = [0.6, 0.8, 1.3, 1.3, 0.8, 0.6] as const;
const TEMP_OF_STAGE = [X.eBotC, X.eBotC, X.eMidC, X.eMidC, X.eTopC, X.eTopC] as const;
const VENT_MOLS_MPA = 250;

/** peroxide in the organic phase of a stage, mol/m3 */
export function stageMolM3(x: Float64Array, stage: number): number {
  return x[FIRST + stage]! / STAGE_VOLUME_M3;
}
export function raffinateGL(x: Float64Array): number {
  return (stageMolM3(x, STAGES - 1) * P.peroxideMolarMassGMol) / 1000;
}

export function extraction(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const organic = oxidiserOutM3s(x, u);
  const aqueous = u.waterM3h / D.SECONDS_PER_HOUR;
  const decomposed = stages(x, dx, u, organic, aqueous);
  heat(x, dx, organic, u.extractionMetal, decomposed);
  interfaceLayer(x, dx, u, aqueous);
  dx[X.emulsion] = (0.05 + 0.65 * u.emulsifier - x[X.emulsion]!) / (u.emulsifier > 0 ? 300 : 1800);
  dx[X.stability] = (97 - 12 * Math.min(1.5, u.extractionMetal) - 8 * u.emulsifier - x[X.stability]!) / 900;
  // shut off, the purification tower stands and cools
  dx[X.purC] = u.purificationOpen > 0.5 ? (45 + 0.8 * (x[X.eBotC]! - D.EXTRACTION_C[0]) - x[X.purC]!) / 900 : (28 - x[X.purC]!) / 3600;
  workingSolution(x, dx, u, organic);
}

const STAGE_LOSS_W = new Float64Array(STAGES);

function stages(x: Float64Array, dx: Float64Array, u: Inputs, organic: number, aqueous: number): number {
  const osM3 = Math.max(0.05, x[X.osM3]!);
  const upward = aqueous * P.partition;
  // an emulsion carries water up with the solution: the stages mix and the raffinate suffers (A4-2(6))
  const mixing = (P.backMixing + 0.9 * Math.max(0, x[X.emulsion]! - 0.05)) * organic;
  let decomposedAll = 0;
  let fromBelow = (organic * x[X.osPer]!) / osM3;
  for (let s = 0; s < STAGES; s++) {
    const here = stageMolM3(x, s);
    const above = s + 1 < STAGES ? stageMolM3(x, s + 1) : 0;
    const below = s > 0 ? stageMolM3(x, s - 1) : 0;
    const exchangeUp = s + 1 < STAGES ? mixing * (here - above) : 0;
    const exchangeDown = s > 0 ? mixing * (below - here) : 0;
    const tempC = x[TEMP_OF_STAGE[s]!]!;
    const rate = u.extractionMetal * METAL_SHARE[s]! * METAL_RATE_PER_S * arrheniusRatio(P.metalEnergyJMol, tempC, 46);
    const clean = P.cleanRate30PerS * 10 * arrheniusRatio(P.cleanEnergyJMol, tempC, 30);
    const decomposed = (rate + clean) * x[FIRST + s]!;
    STAGE_LOSS_W[s] = decomposed * P.decompositionHeatJMol;
    dx[FIRST + s] = fromBelow - organic * here + upward * (above - here) - exchangeUp + exchangeDown - decomposed;
    fromBelow = organic * here;
    decomposedAll += decomposed;
  }
  dx[X.extAhq] = (organic * x[X.osAhq]!) / osM3 - (organic * x[X.extAhq]!) / EXTRACT_M3;
  dx[X.bDecomposed] = dx[X.bDecomposed]! + decomposedAll;
  return decomposedAll;
}

/** the heavy layer at the bottom, whose top is the interface: water leaves through it as product */
function interfaceLayer(x: Float64Array, dx: Float64Array, u: Inputs, aqueous: number): void {
  const layerM3 = Math.max(0.05, x[X.ifM3]!);
  const product = (u.productM3h / D.SECONDS_PER_HOUR) * Math.min(1, Math.max(0, x[X.ifM3]! / 0.2));
  const leaving = (product * x[X.ifPer]!) / layerM3;
  // a leaking flange takes from the same layer
  const spilled = (u.leak * 5) / D.SECONDS_PER_HOUR * Math.min(1, Math.max(0, x[X.ifM3]! / 0.2));
  dx[X.ifM3] = aqueous - product - spilled;
  const lost = (spilled * x[X.ifPer]!) / layerM3;
  dx[X.ifPer] = aqueous * P.partition * stageMolM3(x, 0) - leaving - lost;
  dx[X.bProduct] = leaving + lost;
}

function heat(x: Float64Array, dx: Float64Array, organic: number, metal: number, decomposed: number): void {
  const carry = organic * D.SOLUTION_J_M3K;
  // the same residue that poisons the tower fouls the cooler in front of it
  const uncooled = Math.min(1, 0.2 + 0.8 * metal);
  const inletC = D.EXTRACTION_INLET_C + uncooled * (x[X.osC]! - D.SECTION_C[2]) + Math.min(1, metal) * (D.SECTION_C[2] - D.EXTRACTION_INLET_C);
  let removedW = carry * (x[X.osC]! - inletC);
  const third = (tempC: number, fromC: number, i: 0 | 1 | 2): number => {
    const sourceW = STAGE_LOSS_W[2 * i]! + STAGE_LOSS_W[2 * i + 1]!;
    // cooling by water and ambient: less when cold, but its duty does not grow with a runaway
    const share = Math.min(1, Math.max(0, (tempC - 25) / (D.EXTRACTION_C[i] - 25)));
    const lossW = D.EXTRACTION_LOSS_W[i] * share * (0.1 + 0.9 * Math.min(1, organic / D.SOLUTION_M3S));
    removedW += lossW;
    return (carry * (fromC - tempC) + sourceW - lossW) / P.extractionHeatJK;
  };
  dx[X.eBotC] = third(x[X.eBotC]!, inletC, 0);
  dx[X.eMidC] = third(x[X.eMidC]!, x[X.eBotC]!, 1);
  dx[X.eTopC] = third(x[X.eTopC]!, x[X.eMidC]!, 2);
  dx[X.bLoopJ] = dx[X.bLoopJ]! + removedW;
  const restMPa = D.EXTRACTION_MPA + 0.03 * Math.max(0, x[X.emulsion]! - 0.05) * Math.min(1, organic / D.SOLUTION_M3S);
  dx[X.eMPa] = (decomposed / 2 - VENT_MOLS_MPA * (x[X.eMPa]! - restMPa)) / P.extractionGasMolMPa;
}

function workingSolution(x: Float64Array, dx: Float64Array, u: Inputs, organic: number): void {
  const raffinate = stageMolM3(x, STAGES - 1);
  // drying and clay destroy peroxide up to their capacity; what breaks through goes to the hydrogenation (A4-2(5) -> A4-2(7))
  const excess = raffinate - CAPACITY_MOL_M3;
  const through = 0.5 * (excess + Math.sqrt(excess * excess + 0.02));
  const passing = Math.min(raffinate, through);
  const postOut = (organic * x[X.postPer]!) / POST_M3;
  const feed = towerFlowM3s(x, u);
  const wsM3 = Math.max(1, x[X.wsM3]!);
  dx[X.postPer] = organic * passing - postOut;
  dx[X.bPost] = organic * (raffinate - passing);
  dx[X.wsM3] = organic - feed;
  dx[X.wsPer] = postOut - (feed * x[X.wsPer]!) / wsM3;
  dx[X.wsAhq] = (organic * x[X.extAhq]!) / EXTRACT_M3 - (feed * x[X.wsAhq]!) / wsM3;
  dx[X.wsC] = (organic / wsM3) * (x[X.eTopC]! - x[X.wsC]!);
}
