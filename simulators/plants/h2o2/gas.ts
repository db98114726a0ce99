/** Composition of the gas in the hydrogenation tower, and how near hydrogen and oxygen are to meeting (A4-6). */
import { P } from './parameters.ts';
import { X } from './states.ts';

const total = (x: Float64Array): number => Math.max(1, x[X.hH2Mol]! + x[X.hN2Mol]! + x[X.hO2Mol]!);
export const hydrogenPercent = (x: Float64Array): number => (100 * x[X.hH2Mol]!) / total(x);
export const oxygenPercent = (x: Float64Array): number => (100 * x[X.hO2Mol]!) / total(x);

const share = (hydrogen: number, oxygen: number): number => Math.min(hydrogen / P.hydrogenLimitVol, oxygen / P.oxygenLimitVol);
/** 1 = hydrogen above its lower limit and oxygen above the limiting concentration, in the tower or in a dead leg */
export const explosiveness = (x: Float64Array): number => Math.max(share(hydrogenPercent(x), oxygenPercent(x)), share(x[X.deadH2]!, x[X.deadO2]!));
