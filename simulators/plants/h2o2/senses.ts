/**
 * What people find out without a tag: observations (`seen:` of the rules) and laboratory results (`lab:`), from the state of the plant.
 * Thresholds are where a person would say so [A]. Ids: rules/h2o2/plant.yaml and rules/general.
 */
import type { LaboratoryDefinition } from '../../machine/definition.ts';
import { raffinateGL } from './extraction.ts';
import { hydrogenPercent, oxygenPercent } from './gas.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import type { H2o2Scan } from './operation.ts';
import { X } from './states.ts';

export const OBSERVATIONS: Readonly<Record<string, (scan: H2o2Scan) => boolean>> = {
  'EXTRACTION-TURBID': ({ x }) => x[X.emulsion]! >= 0.45,
  'WS-EMULSIFIED': ({ x }) => x[X.emulsion]! >= 0.6,
  'WATER-NOT-CURED': ({ x }) => x[X.stability]! <= 92 && x[X.emulsion]! >= 0.3,
  'PEROXIDE-VESSEL-HEATING': ({ x }) => x[X.concC]! >= 65 || x[X.concKPa]! >= 14 || x[X.resinC]! >= 35,
  'DRAINS-MIXED': ({ x }) => Math.min(x[X.dBAlien]!, x[X.dBM3]! - x[X.dBAlien]!) > 0.02,
  'HYDROGENATION-WORK': ({ u }) => u.opened > 0.02,
  'RESIDUE-UNSTABLE': ({ x, effects }) => effects.residueHeat > 0.2 && x[X.resC]! >= 42,
  'RESIN-NITROGEN-ONLY': ({ u, x }) => u.resinNitrogen > 0.5 && u.resinWater < 0.5 && x[X.resinFlood]! < 0.9,
  'RUNAWAY-SEEN': ({ x }) => x[X.o3C]! >= 75 || x[X.prepC]! >= 90,
  'EXPLOSIVE-POLYMERISATION': () => false,
  'BOIL-OVER': ({ x, u }) => (u.prepWater > 0.5 && x[X.prepC]! >= 72) || x[X.prepC]! >= 100,
  'LINE-BLOCKED': ({ effects }) => effects.blockage >= 0.3,
  'PLUG-STRUCK': ({ command }) => command('HS-PLUG-STRUCK'),
  'PLUG-FORCED': ({ command }) => command('HS-PLUG-FORCED'),
  'MEDIA-CROSSOVER': ({ m }) => m.gasThrough,
  'AGITATION-LOST': () => false,
  'VIOLENT-VIBRATION': () => false,
  'RELIEF-OPENED': ({ m, effects }) => m.prepDiscBroken || m.residueBurst || effects.reliefOpen > 0.5,
  'KEY-EQUIPMENT-FAILED': ({ effects }) => effects.compressorLoss > 0.5,
  'UTILITY-LOST': ({ effects }) => effects.powerFailure > 0,
  'LEAK-SEEN': ({ effects }) => effects.leak > 0.2,
  'FIRE-SEEN': ({ x, m }) => m.gasExploded || Math.max(x[X.clayTopC]!, x[X.clayMidC]!, x[X.clayBotC]!) >= 180,
};

const MINUTES = 60;

export const LABORATORY: Readonly<Record<string, LaboratoryDefinition<Inputs, PlantMemory>>> = {
  'RAFFINATE-H2O2': { value: (x) => raffinateGL(x), turnaroundS: 10 * MINUTES },
  'PURGE-H2': { value: (x) => Math.max(hydrogenPercent(x), x[X.deadH2]!), turnaroundS: 5 * MINUTES },
  'PURGE-O2': { value: (x) => Math.max(oxygenPercent(x), x[X.deadO2]!), turnaroundS: 5 * MINUTES },
  'RESIN-WASH-H2O2': { value: (x) => x[X.resinGL]!, turnaroundS: 5 * MINUTES },
};
