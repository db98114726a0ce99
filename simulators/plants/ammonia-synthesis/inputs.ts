/** What acts on the physics during one macro-step: positions and speeds 0..1, fault strengths, what the loops want. All fields are numbers. */
export interface Inputs {
  // gasification
  slurryM3h: number; oxygenNm3h: number; oxygenOpen: number; burnerOpen: number; oxygenVent: number; nitrogenPurge: number; flareValve: number; crudeValve: number;
  ignition: number; flameOut: number; slag: number; quenchIn: number; quenchOut: number; headerSurge: number; gasifierOpen: number;
  // reformer
  feedWantNm3h: number; steamRatioWant: number; airRatioWant: number; reformerFuel: number; reformerAir: number;
  // shift, methanation
  reducing: number; reductionValve: number; carrierWantNm3h: number; shiftSteam: number; shiftNitrogen: number; shiftVent: number; shiftAir: number;
  methInlet: number; methNitrogen: number; methVent: number; methAir: number; extraCO2: number;
  // compressor
  compressor: number; standby: number; capacity: number; exportValve: number; knockIn: number; knockDrain: number; coolLoss: number; dischargeBlocked: number;
  // loop
  circulator: number; quench1: number; quench2: number; quench3: number; activity: number; feedWantC: number; chillBiasC: number; loopNitrogen: number; loopVent: number; loopAir: number; extraPurge: number;
  letdown: number; letdownShut: number; flashLiquid: number; flashGas: number;
  // boiler, chiller
  tubeLeakKgS: number; steamValve: number; feedWater: number; drumVent: number; coilLeakKgS: number; chillerCompressor: number; chillerVent: number;
  // flare and leaks
  flareBroken: number; coLeak: number; houseLeak: number; nh3Leak: number; synLeak: number; flangeOpen: number;
  // state of the SIS and faults that the transmitters need
  levelStuck: number; nitrogenMPa: number; waterMPa: number; steamMPa: number; thinCrude: number; thinMakeUp: number; thinLoop: number;
}

export function normalInputs(): Inputs {
  return {
    slurryM3h: 66, oxygenNm3h: 29_898, oxygenOpen: 1, burnerOpen: 1, oxygenVent: 0, nitrogenPurge: 0, flareValve: 0, crudeValve: 0.5, ignition: 0, flameOut: 0, slag: 0,
    quenchIn: 0.5, quenchOut: 0.5, headerSurge: 0, gasifierOpen: 0,
    feedWantNm3h: 35_000, steamRatioWant: 3, airRatioWant: 1.55, reformerFuel: 1, reformerAir: 1,
    reducing: 0, reductionValve: 0, carrierWantNm3h: 0, shiftSteam: 1.2, shiftNitrogen: 0, shiftVent: 0, shiftAir: 0, methInlet: 1, methNitrogen: 0, methVent: 0, methAir: 0, extraCO2: 0,
    compressor: 1, standby: 0, capacity: 1, exportValve: 0.5, knockIn: 0, knockDrain: 1, coolLoss: 0, dischargeBlocked: 0,
    circulator: 1, quench1: 1, quench2: 1, quench3: 1, activity: 4.75, feedWantC: 250, chillBiasC: 0, loopNitrogen: 0, loopVent: 0, loopAir: 0, extraPurge: 0,
    letdown: 0.5, letdownShut: 1, flashLiquid: 0.5, flashGas: 0.5,
    tubeLeakKgS: 0, steamValve: 0.5, feedWater: 0.5, drumVent: 0, coilLeakKgS: 0, chillerCompressor: 0.5, chillerVent: 0,
    flareBroken: 0, coLeak: 0, houseLeak: 0, nh3Leak: 0, synLeak: 0, flangeOpen: 0, levelStuck: 0, nitrogenMPa: 0.7, waterMPa: 0.52, steamMPa: 4, thinCrude: 0, thinMakeUp: 0, thinLoop: 0,
  };
}
