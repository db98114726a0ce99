/** What acts on the physics during one macro-step. Positions 0..1, flows in the unit of their name. */
export interface Inputs {
  liquidFeed: number; warm: number; warmSupply: number; ammonia: number; acid: number; steamOut: number; solutionOut: number; emergencyWater: number;
  coil: number; coilPassing: number; dilution: number; dosing: number; pumpA: number; pumpB: number; tracing: number; feed: number;
  steam1: number; steam2: number; condensate: number; vacuum: number;
  sealSteam: number; middleSteam: number; sealDump: number; middleDump: number; melt: number; meltFlow: number; meltTracing: number;
  towerFeed: number; towerWater: number; towerSteam: number; prilling: number;
  mix1Run: number; mix1Steam: number; mix1Water: number; mix1Dump: number; mix1Stir: number;
  mix2Run: number; mix2Steam: number; mix2Water: number; mix2Dump: number; mix2Stir: number;
  storeWater: number; sparge: number; header: number; divert: number;
  // faults
  foaming: number; leak: number; coated: number; acidPassing: number; chlorideKgS: number; organicKgS: number; tankAcidMolS: number;
  plug1: number; plug2: number; plugMelt: number; plugSolution: number; towerFault: number; storeFault: number; crust: number; impactW: number;
}

export function normalInputs(): Inputs {
  return {
    liquidFeed: 0.5, warm: 0.5, warmSupply: 1, ammonia: 0.5, acid: 1, steamOut: 0.5, solutionOut: 0.5, emergencyWater: 0,
    coil: 0.12, coilPassing: 0, dilution: 0, dosing: 0, pumpA: 1, pumpB: 0, tracing: 1, feed: 1,
    steam1: 0.5, steam2: 0.5, condensate: 0, vacuum: 1,
    sealSteam: 0, middleSteam: 0, sealDump: 0, middleDump: 0, melt: 1, meltFlow: 0.5, meltTracing: 1,
    towerFeed: 1, towerWater: 0, towerSteam: 1, prilling: 1,
    mix1Run: 1, mix1Steam: 0.15, mix1Water: 0, mix1Dump: 0, mix1Stir: 1,
    mix2Run: 1, mix2Steam: 0.15, mix2Water: 0, mix2Dump: 0, mix2Stir: 1,
    storeWater: 0, sparge: 0, header: 1, divert: 0,
    foaming: 0, leak: 0, coated: 0, acidPassing: 0, chlorideKgS: 0, organicKgS: 0, tankAcidMolS: 0,
    plug1: 0, plug2: 0, plugMelt: 0, plugSolution: 0, towerFault: 0, storeFault: 0, crust: 0, impactW: 0,
  };
}
