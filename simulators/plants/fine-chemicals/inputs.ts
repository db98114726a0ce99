/**
 * What acts on the physics during one macro-step: valve positions, machine speeds, and what the active faults do. Positions and speeds 0..1, otherwise the unit
 * is in the name. All fields are numbers so that `rhs` reads one flat object.
 */
export interface Inputs {
  // R-1101, D-1102, R-1103
  doseKgS: number;
  coil: number;
  circulationM3h: number;
  jacketInC: number;
  backupM3h: number;
  stirrer: number;
  dump: number;
  transfer: number;
  spill: number;
  nitrogen: number;
  disc: number;
  sisterStirrer: number;
  quenchLossKgS: number;
  waterLeakKgS: number;
  sideReactionMW: number;
  // R-1201
  hydrogenKmolS: number;
  sweep: number;
  hydrogenJacketKgS: number;
  hydrogenJacketInC: number;
  hydrogenStirrer: number;
  airKmolS: number;
  catalyst: number;
  relief: number;
  hallLeak: number;
  // R-1301, V-1302
  halideKmolS: number;
  initiator: number;
  grignardJacketKgS: number;
  grignardJacketInC: number;
  heating: number;
  grignardStirrer: number;
  drain: number;
  drip: number;
  grignardNitrogen: number;
  sudden: number;
  water: number;
  grignardDisc: number;
  // C-1401
  steam: number;
  plug: number;
  condenser: number;
  potDrainKgS: number;
  stillRelief: number;
  // T-1501
  fanA: number;
  fanB: number;
  sources: number;
  caustic: number;
  towerB: number;
  makeUp: number;
  alkaliUse: number;
  hallSpillMgS: number;
  // transmitters that a fault deceives, and the headers
  frozenLevel: number;
  frozenTemperature: number;
  waterMPa: number;
  airMPa: number;
  nitrogenMPa: number;
  steamMPa: number;
  vibrationR1101: number;
  vibrationFan: number;
  motor: number;
  coupled: number;
}

export function normalInputs(): Inputs {
  return {
    doseKgS: 0, coil: 0, circulationM3h: 40, jacketInC: 28, backupM3h: 0, stirrer: 1, dump: 0, transfer: 0, spill: 0, nitrogen: 0, disc: 0, sisterStirrer: 1,
    quenchLossKgS: 0, waterLeakKgS: 0, sideReactionMW: 0,
    hydrogenKmolS: 0, sweep: 0, hydrogenJacketKgS: 5.5, hydrogenJacketInC: 52, hydrogenStirrer: 1, airKmolS: 0, catalyst: 1, relief: 0, hallLeak: 0,
    halideKmolS: 0, initiator: 0, grignardJacketKgS: 4, grignardJacketInC: 35, heating: 0, grignardStirrer: 1, drain: 0, drip: 0, grignardNitrogen: 0, sudden: 0, water: 0, grignardDisc: 0,
    steam: 1, plug: 0, condenser: 1, potDrainKgS: 0, stillRelief: 0,
    fanA: 1, fanB: 0, sources: 1, caustic: 1, towerB: 0, makeUp: 1, alkaliUse: 1, hallSpillMgS: 0,
    frozenLevel: 0, frozenTemperature: 0, waterMPa: 0.4, airMPa: 0.65, nitrogenMPa: 0.7, steamMPa: 0.8, vibrationR1101: 0, vibrationFan: 0, motor: 1, coupled: 1,
  };
}
