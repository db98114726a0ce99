/** What must not change in the ammonia plant (V29, V30, V31): what is inside less what crossed the boundary. Amounts in kmol of atoms, heat in MJ. */
import { CELLS_PER_BED, CONVERTER } from './converter.ts';
import { NH3_KG } from './loop.ts';
import { X } from './states.ts';

/** MJ/K of one cell of a bed */
const cellMJK = (bedM3: number): number => (bedM3 * CONVERTER.catalystKgM3 * CONVERTER.catalystJKgK) / CELLS_PER_BED / 1e6;

function catalystMJ(x: Float64Array): number {
  return CONVERTER.bedM3.reduce((sum, bedM3, bed) => {
    let degrees = 0;
    for (let cell = 0; cell < CELLS_PER_BED; cell++) degrees += x[X.cat1C + bed * CELLS_PER_BED + cell]!;
    return sum + degrees * cellMJK(bedM3);
  }, 0);
}

export function invariants(x: Float64Array): Readonly<Record<'carbon' | 'hydrogen' | 'oxygen' | 'gasifierMJ' | 'loopHydrogen' | 'loopNitrogen' | 'converterMJ', number>> {
  return {
    carbon: x[X.gCO]! + x[X.gCO2]! - x[X.bGasC]!,
    hydrogen: 2 * (x[X.gH2]! + x[X.gH2O]!) - x[X.bGasH]!,
    oxygen: x[X.gCO]! + 2 * x[X.gCO2]! + x[X.gH2O]! + 2 * x[X.gO2]! - x[X.bGasO]!,
    gasifierMJ: x[X.gasMJ]! - x[X.bGasMJ]!,
    loopHydrogen: 2 * x[X.nH2]! + 3 * x[X.nNH3]! + (3 * x[X.sepKg]!) / NH3_KG - x[X.bLoopH]!,
    loopNitrogen: 2 * x[X.nN2]! + x[X.nNH3]! + x[X.sepKg]! / NH3_KG - x[X.bLoopN]!,
    converterMJ: catalystMJ(x) - x[X.bConverterMJ]!,
  };
}

/** what goes through in a second of normal running, by which a remainder is judged: 1.6 kmol/s of gas in the gasifier, 1.9 of make-up, reaction heat */
export const THROUGHPUT_S: ReturnType<typeof invariants> = { carbon: 0.8, hydrogen: 3, oxygen: 2, gasifierMJ: 200, loopHydrogen: 3, loopNitrogen: 1, converterMJ: 40 };
