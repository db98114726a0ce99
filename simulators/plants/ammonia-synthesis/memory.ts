/** What this plant remembers beside its states; part of every snapshot. */
export interface PlantMemory {
  /** purge volumes since the flame went out, XS-3114, XS-3115 (index of its word) */
  purgeVolumes: number;
  accepted: boolean;
  acceptWas: boolean;
  mode: number;
  /** a trip or a stop has shut it; the restart or a hand opens it again */
  gasifierDown: boolean;
  loopDown: boolean;
  compressorDown: boolean;
  reformerDown: boolean;
  letdownDown: boolean;
  /** safety valves that stand open */
  gasifierPsv: boolean;
  flashPsv: boolean;
  /** what cannot be undone until the instructor makes a new plant */
  gasifierBurst: boolean;
  oxygenLineFire: boolean;
  flashBurst: boolean;
  drumBurst: boolean;
  /** s for which an explosive mixture has stood on hot brick */
  mixedS: number;
  /** moving mean and mean squared deviation of the ratio (5 min) */
  ratioMean: number;
  ratioSquare: number;
  /** shown ratios hold their last value below their least flow */
  ratioShown: number;
  steamRatioShown: number;
  airRatioShown: number;
  steamGasShown: number;
  /** greatest converter temperature two minutes ago and its filtered rate, K/min */
  hotSpotC: number;
  hotSpotRate: number;
}

export function newMemory(): PlantMemory {
  return {
    purgeVolumes: 0, accepted: false, acceptWas: false, mode: 2, gasifierDown: false, loopDown: false, compressorDown: false, reformerDown: false, letdownDown: false,
    gasifierPsv: false, flashPsv: false, gasifierBurst: false, oxygenLineFire: false, flashBurst: false, drumBurst: false,
    mixedS: 0, ratioMean: 453, ratioSquare: 1.5, ratioShown: 453, steamRatioShown: 3, airRatioShown: 1.55, steamGasShown: 1.2, hotSpotC: 510, hotSpotRate: 0,
  };
}
