/** All units of the plant as one right-hand side, and the sums that must stand still (V29, V30). */
import { grignard } from './grignard.ts';
import { hydrogenator } from './hydrogenator.ts';
import type { Inputs } from './inputs.ts';
import { offGas } from './off-gas.ts';
import { P } from './parameters.ts';
import { reactor } from './reactor.ts';
import { X } from './states.ts';
import { still } from './still.ts';

export function physics(x: Float64Array, dx: Float64Array, u: Inputs): void {
  dx.fill(0);
  reactor(x, dx, u);
  hydrogenator(x, dx, u);
  grignard(x, dx, u);
  still(x, dx, u);
  offGas(x, dx, u);
}

/** Each is a sum of states that no step may change: what is there, less what came in, plus what reacted. kg, kmol, MJ. */
export function invariants(x: Float64Array): Record<string, number> {
  const of = (name: keyof typeof X): number => x[X[name]]!;
  return {
    chargeKg: of('rKg') + of('dKg') + of('sKg') - of('bKg1100'),
    reagentKmol: of('rA') + of('dA') + of('sA') + of('bReaction') - of('bA'),
    hydrogenKmol: of('hH2') + of('hLiqH2') + of('bHydrogen') + 2 * of('bO2') - of('bH2'),
    nitroKmol: of('hNitro') + of('hInt') + of('hAmine') + of('bIntDec'),
    halideKmol: of('gRx') + of('vRx') + of('bGrignard') - of('bRx'),
    lightKmol: of('cLight') - of('bLight'),
    energyMJ:
      of('rMJ') + of('rjMJ') + of('dMJ') + of('sMJ') + of('hMJ') + of('hjMJ') + of('gMJ') + of('gjMJ') + of('vMJ') + of('cMJ') + of('cwMJ') + of('tMJ') - of('bMJ') -
      P.reactionMJKmol * of('bReaction') - P.decompositionMJKg * of('bDecomposed') - of('bLeakHeat') - P.hydrogenHeatMJKmol * of('bHydrogen') -
      P.intermediateMJKmol * of('bIntDec') - P.grignardHeatMJKmol * of('bGrignard') - (P.quenchDripMJKg / 0.03) * of('bQuench') - P.residueMJKg * of('bResidue'),
  };
}
