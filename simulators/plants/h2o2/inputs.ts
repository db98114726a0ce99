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
  // faults
  hotBypass: number;
  alkaliKgH: number;
  extractionMetal: number;
  emulsifier: number;
  residueHeat: number;
  prepPeroxideMolS: number;
  clayHotSpot: number;
  tankContamination: number;
}

export function normalInputs(): Inputs {
  return {
    solutionPump: 1, feedPump: 1, hydrogen: 0.5, nitrogen: 0, air: 1, separatorValve: 0.5, oxidiserValve: 0.5, extractionOpen: 1, coolingM3h: 1050,
    emergencyCooling: 0, waterM3h: 20, productM3h: 20, acidLh: 2.1, manualAcid: 0, catalystSteam: 0, claySteam: 0, clayNitrogen: 0, clayAir: 0, prepVent: 1,
    prepSteam: 1, prepCooling: 0, prepDrain: 0, prepWater: 0, prepDiscOpen: 0, tankWater: 0, tankStabiliser: 0, tankSpray: 0,
    hotBypass: 0, alkaliKgH: 0, extractionMetal: 0, emulsifier: 0, residueHeat: 0, prepPeroxideMolS: 0, clayHotSpot: 0, tankContamination: 0,
  };
}
