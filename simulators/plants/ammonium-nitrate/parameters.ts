/**
 * Figures of the ammonium-nitrate plant, each with unit, source and evidence mark as in research/simulators.md (section 3 unless said otherwise):
 * [S] read from a source, [C] computed, [L] literature not re-opened, [A] assumed, [G] the guideline itself.
 */
export const R_J_MOL_K = 8.314462618;
export const ZERO_C_IN_K = 273.15;

export const P = {
  // molar masses, kg/mol [S: IUPAC]
  ammoniaKgMol: 0.017031, acidKgMol: 0.063013, waterKgMol: 0.018015, nitrateKgMol: 0.080044,
  // heat capacities, J/kgK: 95 % melt 2.1 kJ/kgK, 55 % acid about 2.8 [L]; that of dissolved ammonia follows from the melt's 1.99 for pure AN
  waterJKgK: 4180, acidJKgK: 1750, ammoniaJKgK: 2878, nitrateJKgK: 1990, steamJKgK: 1850,
  // enthalpy of steam at 0 degC over liquid water, J/kg [A: 2501 less 1.6 % for the solution, fitted to V13]
  steamJKg: 2.46e6,
  // 55 % acid: mol of water a mol of acid; feeds at 40 degC [C, V13]
  waterPerAcid: (0.063013 * 45) / 55 / 0.018015, acidC: 40, waterC: 25, condensateC: 80,
  // heat of neutralisation, J/mol for 55 % acid [L: EFMA BAT booklet 6]
  reactionJMol: 108_000,
  // activity coefficient of water, the same in the whole plant [C, V12]
  activity: 0.725,
  // pH of a 10 wt % sample at 25 degC: ammonium nitrate mol/L and pKa of ammonium [S: EFMA neutral about 4.5]
  sampleMolL: 1.3, pKa: 9.25,
  // decomposition: Robertson 1948, 10^13.8 1/s, 40.5 kcal/mol [L]; -55.4 kJ/mol to N2O + 2 H2O gas [C]; dissociation 170 kJ/mol [L: 160-179]
  rateLog10: 13.8, energyJMol: 40.5 * 4184, decompositionJMol: 55_400, dissociationJMol: 170_000,
  // f k never above this, 1/s [A]: the vent cannot take more, and the vessel is gone in a minute
  fastestPerS: 0.05,
  atmosphereKPa: 101.325,

  // --- ammonia evaporator E-2101, drum V-2103, preheater E-2102 ---
  evaporatorKg: 1250, drumKg: 60, evaporatorC: 11, evaporatorKPa: 620, // 0.62 MPa a is 11 degC
  liquidAmmoniaJKgK: 4700, gasAmmoniaJKgK: 2200, evaporationJKg: 1.18e6 + 2500 * 11, // 1180 kJ/kg at 11 degC, cp 2.2: 5.4 K a per cent [C]
  saturationK: (1.18e6 * 0.017031) / 8.314462618, // Clausius-Clapeyron [C]
  liquidFeedC: 5, liquidFeedKgS: 2.4, // [A]: F2-01 50 to 85 % in 6 min
  warmKg: 3000, warmWK: 48_000, warmMaxW: 3e6, warmC: 45, warmNormalC: 40.3, warmHoldWK: 3e5, // [A]: F2-02 1 to 3 K/min
  entrainment: 0.012, foam: 0.045, drumCatch: 0.3, drumDrainPerS: 0.0021, // y0 exp(6 (L - 0.7)) [A]
  preheaterSteamC: 120, preheaterShare: 0.5172, preheaterJK: 52_000, preheaterLossWK: 58, // 65 degC in normal running, lag 20 s, stands 15 min [A]
  ammoniaKgSRootKPa: 0.16, // valve half open passes 4.26 t/h from 0.52 to 0.30 MPa [C]

  // --- neutraliser R-2201, flash tank V-2202 ---
  acidMolS: 249_600 / 3600, // 28.6 t/h of 55 % [C]
  ratio: 1.003,
  neutraliserKg: 2590, // hold-up of 6 min [C]; 50 % level
  neutraliserKPa: 300, // gauge, 179 degC
  steamKgSKPa: 1.944 / 150, // steam valve half open passes 28 kg/kmol [C]
  solutionOutKgS: 14.4, reliefKPa: 550, reliefKgSKPa: 0.05,
  slip: 2.6, // ammonia that leaves with a mol of steam a unit of excess [A]: ratio 1.003 gives pH 6.0
  excessKPa: 3000, // partial pressure of excess ammonia, kPa a unit [A]
  emergencyKgS: 2, // 7 t/h [A]: cools without a sudden fall of pressure
  leakKgS: 9, // F2-06 [A]
  flashS: 225, flashKgSKPa: 0.0625, // residence; 110 kPa a at 135 degC
  // --- solution tank T-2301 ---
  tankKg: 207_000, // 150 m3 of 1.38 t/m3
  tankLossWK: 500, coilZoneKg: 3000, circulationKgSK: 0.5, coilSteamC: 170, coilWK: 1700, tankBoilKgSKPa: 0.05,
  dilutionKgS: 30_000 / 3600, // 30 m3/h
  dosingMolS: 3, // ammonia gas into the tank [A]
  noxPpm: 40 / (352 * 7.64e-8), // 40 ppm at 150 degC with pH 3 and 200 mg/kg chloride [A]
  // chloride and oil that the evaporators leave in the melt, share of the tank's [A: hydrogen chloride and oil go with the vapour]
  leftInMelt: 0.1,
  // --- evaporators ---
  first: { fullKg: 3000, vacuumKPa: 40, standingKPa: 75, heatC: 180, heatWK: 50_000, boilKgSKPa: 0.5, outKgS: 6.0 },
  second: { fullKg: 2500, vacuumKPa: 14, standingKPa: 62, heatC: 215, heatWK: 81_500, boilKgSKPa: 0.5, outKgS: 5.58 },
  vacuumS: 120, legLevel: 0.3, coverage: 0.1, feedKgS: 6.65, spillKgS: 12_000 / 3600, condensateKgS: 4000 / 3600,
  unplugPerSTh: 0.02, // water dissolves the plug, 1/s a t/h [A]
  freezePerSK: 2e-4, // a leg below crystallisation + 5 K grows shut [A]
  // --- seal tank, intermediate tank, melt pump ---
  sealKg: 1333, middleKg: 2667, // 4 and 8 min of 20 t/h; 50 % level
  meltKgS: 5.56, sealHeatW: 37_000, sealLossWK: 67, dumpKgS: 20,
  stripPerS: 1.2e-3 / 3600, stripEnergyJMol: 40_000, // loss of ammonia at 175 degC [A]
  shaftW: 22_000, casingJK: 60 * 2000, casingLossWK: 60, tracingWK: 20, tracingC: 200, // 11 K/min dead-headed [C]
  // --- tower ---
  towerKg: 800, towerLossWK: 300, towerSteamW: 20_000, towerWaterKgS: 2.2, towerOverKg: 1100, // [A]
  // --- mixing tanks: 60 % AN, 39 % salts, 1 % water, cp 2.0 kJ/kgK ---
  mixKg: 5000, mixShare: 0.6, mixWater: 0.01, saltJKgK: (2000 - 0.6 * 1990 - 0.01 * 4180) / 0.39, mixKgS: 5000 / 900,
  sulfurFactor: 127, chlorineFactor: 504, // [C]: 160 degC at 217 min and at 55 min from 140
  sulfurFeedC: 150, chlorineFeedC: 130, mixHeatW: 400_000, mixWaterKgS: 2, mixDumpKgS: 25,
} as const;
