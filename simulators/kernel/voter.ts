/**
 * One safety instrumented function: voting, trip delay, latch, bypass key, reset only when the initiators are healthy.
 * Source: IEC 61511-1 (voting, bypass), guideline 3.3 (bypass) and 3.5 (no forced reset). Time in seconds.
 */
export interface Initiator {
  readonly name: string;
  /** how many of the readings must demand a trip */
  readonly needed: number;
  readonly delayS: number;
}

/** What the voter sees of one reading: it demands a trip, it does not, or it cannot be trusted. */
export type Demand = 'trip' | 'healthy' | 'bad';

export interface SafetyFunctionState {
  tripped: boolean;
  bypassed: boolean;
  faulted: boolean;
  /** its inputs are held at healthy by hand: it sees nothing */
  forced: boolean;
  firstOut: string | null;
  heldS: number[];
  /** a forced reset holds the function down for so long, whatever the initiators say */
  forcedS: number;
}

export class SafetyFunction {
  readonly id: string;
  readonly #initiators: readonly Initiator[];
  state: SafetyFunctionState;

  constructor(id: string, initiators: readonly Initiator[]) {
    this.id = id;
    this.#initiators = initiators;
    this.state = { tripped: false, bypassed: false, faulted: false, forced: false, firstOut: null, heldS: initiators.map(() => 0), forcedS: 0 };
  }

  /** `demands[i]` are the readings of initiator i. */
  step(demands: readonly (readonly Demand[])[], dtS: number): void {
    const s = this.state;
    s.faulted = demands.some((readings) => readings.includes('bad'));
    s.forcedS = Math.max(0, s.forcedS - dtS);
    for (let i = 0; i < this.#initiators.length; i++) {
      const initiator = this.#initiators[i]!;
      s.heldS[i] = !s.forced && votes(demands[i] ?? [], initiator.needed) ? s.heldS[i]! + dtS : 0;
      const due = s.heldS[i]! > 0 && s.heldS[i]! >= initiator.delayS;
      if (!due || s.bypassed || s.forcedS > 0 || s.tripped) continue;
      s.tripped = true;
      s.firstOut = initiator.name;
    }
  }

  get healthy(): boolean {
    return this.state.heldS.every((heldS) => heldS === 0);
  }

  /** true when the latch was released */
  reset(): boolean {
    if (!this.healthy) return false;
    this.state.tripped = false;
    this.state.firstOut = null;
    return true;
  }

  /** the violation of guideline 3.5: the latch goes although an initiator still demands the trip */
  forceReset(holdS: number): void {
    this.state.tripped = false;
    this.state.firstOut = null;
    this.state.forcedS = holdS;
  }
}

/**
 * A bad reading has no vote: 2oo3 with one bad goes on as 2oo2, 1oo2 as 1oo1. Where fewer good ones are left than must vote, all that are left suffice (2oo3
 * with two bad: 1oo1). With none left nothing is voted: the function shows its fault and does not trip [A].
 */
function votes(readings: readonly Demand[], needed: number): boolean {
  const demanding = readings.filter((r) => r === 'trip').length;
  const good = readings.filter((r) => r !== 'bad').length;
  if (good === 0) return false;
  return demanding >= Math.min(needed, good);
}
