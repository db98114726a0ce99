/** What the plant remembers beside its states. Numbers in the unit of their name; the flags are latches of sections that stopped and wait for the restart. */
export type Latch = 'stopN' | 'stopA' | 'stopE' | 'stopP' | 'stopT';
export type PlantMemory = {
  stopN: boolean; stopA: boolean; stopE: boolean; stopP: boolean; stopT: boolean;
  /** mixing tanks: 0 running, 1 short stop, 2 empty; and which of them asked for the trip */
  mix1: number; mix2: number; mix1Due: boolean; mix2Due: boolean;
  kq2411Min: number; kq2412Min: number; kq2501H: number; kq2502H: number;
  /** rate of TI-2102, K/min, and its filter */
  tr2102: number; tf2102: number;
  tr2502: number; tf2502: number;
  /** oscillation of the feeds, per cent, and its running mean and variance */
  fsd: number; feedS: number; meanN: number; varN: number; meanC: number; varC: number;
  /** what a coated probe goes on showing */
  coatedPh: number; coatedBefore: boolean;
  /** held before the exercise began: added once the section stands */
  before2411Min: number; before2412Min: number; before2501H: number; before2502H: number;
  fire: boolean; struckS: number;
};

export function newMemory(): PlantMemory {
  return {
    stopN: false, stopA: false, stopE: false, stopP: false, stopT: false, mix1: 0, mix2: 0, mix1Due: false, mix2Due: false,
    kq2411Min: 4, kq2412Min: 8, kq2501H: 0, kq2502H: 0, tr2102: 0, tf2102: 65, tr2502: 0, tf2502: 138,
    fsd: 0.6, feedS: 61, meanN: 4.26, varN: 0, meanC: 28.6, varC: 0, coatedPh: 6, coatedBefore: false, fire: false, struckS: 0, before2411Min: 0, before2412Min: 0, before2501H: 0, before2502H: 0,
  };
}
