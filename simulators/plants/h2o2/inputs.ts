/**
 * What acts on the physics during one macro-step: valve positions, machine speeds, and the strength of every active fault.
 * Positions and speeds 0..1, flows in the unit of their name. All fields are numbers so that `rhs` reads one flat object.
 */
export interface Inputs {
  // valves and machines
  solutionPump: number;
  feedPump: number;
  hydrogen: number;
  nitrogen: number;
  air: number;
  separatorValve: number;
  oxidiserValve: number;
  extractionOpen: number;
  coolingM3h: number;
  emergencyCooling: number;
  waterM3h: number;
  productM3h: number;
  acidLh: number;
  manualAcid: number;
  catalystSteam: number;
  claySteam: number;
  clayNitrogen: number;
  clayAir: number;
  prepVent: number;
  prepSteam: number;
  prepCooling: number;
  prepDrain: number;
  prepWater: number;
  prepDiscOpen: number;
  tankWater: number;
  tankStabiliser: number;
  tankSpray: number;
  towerDrain: number;
  oxidiserDrain: number;
  /** both drains lined up into one tank (forbidden by A4-3) */
  drainsMixed: number;
  /** hydrogenation opened for work */
  opened: number;
  residueVent: number;
  residueTankVent: number;
  residueWater: number;
  residueDrain: number;
  purificationOpen: number;
  resinWater: number;
  resinNitrogen: number;
  concentratorSteam: number;
  concentratorWater: number;
  /** 1 = counter-current: air rises against the solution, which gathers at the tower bottom */
  counterCurrent: number;
  bottomValve: number;
  condensateValve: number;
  // faults
  hotBypass: number;
  alkaliKgH: number;
  extractionMetal: number;
  emulsifier: number;
  residueHeat: number;
  prepPeroxideMolS: number;
  clayHotSpot: number;
  tankContamination: number;
  overHydrogenation: number;
  hydrogenLeak: number;
  purgeShort: number;
  vacuumLoss: number;
  blockage: number;
  leak: number;
  reliefOpen: number;
}

export function normalInputs(): Inputs {
  return {
    solutionPump: 1, feedPump: 1, hydrogen: 0.5, nitrogen: 0, air: 1, separatorValve: 0.5, oxidiserValve: 0.5, extractionOpen: 1, coolingM3h: 1050,
    emergencyCooling: 0, waterM3h: 20, productM3h: 20, acidLh: 2.1, manualAcid: 0, catalystSteam: 0, claySteam: 0, clayNitrogen: 0, clayAir: 0, prepVent: 1,
    prepSteam: 1, prepCooling: 0, prepDrain: 0, prepWater: 0, prepDiscOpen: 0, tankWater: 0, tankStabiliser: 0, tankSpray: 0,
    towerDrain: 0, oxidiserDrain: 0, drainsMixed: 0, opened: 0, residueVent: 1, residueTankVent: 1, residueWater: 0, residueDrain: 0, purificationOpen: 1,
    resinWater: 0, resinNitrogen: 0, concentratorSteam: 1, concentratorWater: 0, counterCurrent: 0, bottomValve: 0.5, condensateValve: 0.3,
    hotBypass: 0, alkaliKgH: 0, extractionMetal: 0, emulsifier: 0, residueHeat: 0, prepPeroxideMolS: 0, clayHotSpot: 0, tankContamination: 0,
    overHydrogenation: 0, hydrogenLeak: 0, purgeShort: 0, vacuumLoss: 0, blockage: 0, leak: 0, reliefOpen: 0,
  };
}
