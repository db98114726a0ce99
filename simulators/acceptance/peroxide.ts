/** V24 to V27: hydrogen peroxide. */
import { kremserRaffinate, semenovApproximateHeatW, semenovCriticalHeatW } from '../kernel/arrhenius.ts';
import { Integrator } from '../kernel/integrator.ts';
import * as D from '../plants/h2o2/design-point.ts';
import { raffinateGL } from '../plants/h2o2/extraction.ts';
import { initialState } from '../plants/h2o2/initial.ts';
import { normalInputs } from '../plants/h2o2/inputs.ts';
import { P } from '../plants/h2o2/parameters.ts';
import { physics } from '../plants/h2o2/physics.ts';
import { decompositionRiseK, oxygenNm3M3 } from '../plants/h2o2/solution.ts';
import { STATE_COUNT, X } from '../plants/h2o2/states.ts';
import type { Acceptance, Figure } from './figure.ts';
import { within } from './figure.ts';

/** by the closed form, with the flows of the plant */
const kremser = (waterM3h: number): number => P.hydrogenationEfficiencyGL * kremserRaffinate((P.partition * waterM3h) / (D.SOLUTION_M3S * D.SECONDS_PER_HOUR), 5.9);
/**
 * The six dynamic stages, four hours on. The closed form is fed with 7.0 g/L; what reaches the tower is what oxidation leaves (6.9 g/L), and with the valves held and
 * little water it falls to 6.5, for the peroxide that comes round takes hydrogen: the stages are held against the form at one and the same feed.
 */
function stagesGL(waterM3h: number): number {
  const x = initialState();
  const u = { ...normalInputs(), waterM3h, productM3h: waterM3h };
  new Integrator(STATE_COUNT, (_t, y, dy) => physics(y, dy, u), { maxStepS: 20 }).advance(x, 0, 4 * 3600);
  const feedGL = ((x[X.osPer]! / x[X.osM3]!) * P.peroxideMolarMassGMol) / 1000;
  return (raffinateGL(x) * P.hydrogenationEfficiencyGL) / feedGL;
}

function extraction(): Figure[] {
  return [
    within('closed form, 18.8 m3/h', 'g/L', 0.245, 0.02, kremser(18.8)), within('closed form, 15 m3/h', 'g/L', 0.598, 0.02, kremser(15)), within('closed form, 20 m3/h', 'g/L', 0.187, 0.02, kremser(20)),
    ...([[20, 0.187], [18.8, 0.245], [15, 0.598]] as const).map(([waterM3h, expected]) => within(`stages of the plant at the same feed, ${waterM3h} m3/h`, 'g/L', expected, 0.02, stagesGL(waterM3h))),
  ];
}

function tank(): Figure[] {
  const x = initialState();
  Object.assign(x, { [X.prodC]: 30, [X.prodMetal]: 1e4 });
  const u = { ...normalInputs(), tankContamination: 1 };
  const integrator = new Integrator(STATE_COUNT, (_t, y, dy) => physics(y, dy, u), { maxStepS: 20 });
  const passed = (tempC: number, fromS: number): number => integrator.advance(x, fromS, 5 * 3600, [{ name: 'hot', direction: 'rising', value: (_t, y) => y[X.prodC]! - tempC }]).tS;
  const at60S = passed(60, 0);
  return [
    within('critical rate, 1/e form', 'W/kg', 9.6e-3, 0.02, semenovApproximateHeatW(303.15, P.cleanEnergyJMol, P.tankCoolingWK) / P.tankMassKg), within('critical rate, exact form', 'W/kg', 9.93e-3, 0.001, semenovCriticalHeatW(303.15, P.cleanEnergyJMol, P.tankCoolingWK) / P.tankMassKg),
    within('f = 1e4: 60 degC', 'h', 2.65, 0.02, at60S / 3600), within('f = 1e4: 100 degC', 'h', 3.1, 0.03, passed(100, at60S) / 3600),
  ];
}

const HERE = 'tests/simulation/acceptance.test.ts';
export const PEROXIDE: readonly Acceptance[] = [
  { id: 'V24', model: 'H2O2 plant', reference: 'thermochemistry', quick: true, test: HERE, remark: 'The solution whose heat capacity the product tank has.',
    measure: () => [within('35 % that falls apart', 'K', 277.5, 0.01, decompositionRiseK(0.35)), within('oxygen from it', 'Nm3/m3', 131, 0.01, oxygenNm3M3(0.35))] },
  { id: 'V25', model: 'H2O2 plant', reference: 'stoichiometry', quick: true, test: HERE, measure: () => [within('working solution', 'm3/h', 893, 0.01, D.SOLUTION_M3S * 3600), within('hydrogen', 'Nm3/h', 4119, 0.01, D.HYDROGEN_MOLS * D.NM3H_PER_MOLS), within('rise in hydrogenation', 'K', 12.2, 0.01, D.HYDROGENATION_RISE_K),
    within('rise in oxidation', 'K', 9.7, 0.01, D.OXIDATION_RISE_K), within('both heats against the formation of the peroxide', 'kJ/mol', P.peroxideFormationJMol / 1000, 0.002, (P.hydrogenationHeatJMol + P.oxidationHeatJMol) / 1000)] },
  { id: 'V26', model: 'H2O2 plant, T-4301', reference: 'Kremser', quick: true, test: HERE, measure: extraction, remark: 'The six stages with 3 % of back-mixing act like the 5.9 theoretical ones within 1 %, at the same feed of 7.0 g/L.' },
  { id: 'V27', model: 'H2O2 plant, T-4801', reference: 'Semenov', quick: true, test: HERE, measure: tank, remark: '9.6e-3 W/kg is the 1/e form of the note; the exact form, which V05 holds, gives 9.93e-3.' },
];
