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

/** What the voter sees of one reading: it demands a trip, it does not, it cannot be trusted, or it cannot and is not asked just now. */
export type Demand = 'trip' | 'healthy' | 'bad' | 'bad-idle';

/**
 * What a function does while an initiator has no reading left that can be trusted. `trip`: it takes it for a demand, the safe side. `hold`: it shows its fault
 * and waits for people, for its trip cannot be taken back (a discharge). IEC 61511-1 11.3 allows both after a detected fault: the action that brings
 * the safe state about, or to go on with compensating measures until it is repaired [L]. Which one is said function by function (`whenBlind` of each plant).
 */
export type WhenBlind = 'trip' | 'hold';

export interface SafetyFunctionState {
  tripped: boolean;
  bypassed: boolean;
  faulted: boolean;
  /** an initiator that may demand has no good reading left */
  blind: boolean;
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
  readonly #whenBlind: WhenBlind;
  state: SafetyFunctionState;

  constructor(id: string, initiators: readonly Initiator[], whenBlind: WhenBlind = 'trip') {
    this.id = id;
    this.#initiators = initiators;
    this.#whenBlind = whenBlind;
    this.state = { tripped: false, bypassed: false, faulted: false, blind: false, forced: false, firstOut: null, heldS: initiators.map(() => 0), forcedS: 0 };
  }

  /** `demands[i]` are the readings of initiator i. */
  step(demands: readonly (readonly Demand[])[], dtS: number): void {
    const s = this.state;
    s.faulted = demands.some((readings) => readings.includes('bad') || readings.includes('bad-idle'));
    s.blind = demands.some(isBlind);
    s.forcedS = Math.max(0, s.forcedS - dtS);
    for (let i = 0; i < this.#initiators.length; i++) {
      const initiator = this.#initiators[i]!;
      const readings = demands[i] ?? [];
      const demanded = isBlind(readings) ? this.#whenBlind === 'trip' : votes(readings, initiator.needed);
      s.heldS[i] = !s.forced && demanded ? s.heldS[i]! + dtS : 0;
      const due = s.heldS[i]! > 0 && s.heldS[i]! >= initiator.delayS;
      if (!due || s.bypassed || s.forcedS > 0 || s.tripped) continue;
      s.tripped = true;
      s.firstOut = isBlind(readings) ? `${initiator.name}, blind` : initiator.name;
    }
  }

  /** what is not seen is not healthy, whatever the function does about it: no reset on a blind initiator */
  get healthy(): boolean {
    return !this.state.blind && this.state.heldS.every((heldS) => heldS === 0);
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
 * While good readings are left, a bad one has no vote: 2oo3 with one bad goes on as 2oo2, 1oo2 as 1oo1. Where fewer good ones are left than must vote, all that
 * are left suffice (2oo3 with two bad: 1oo1). One bad transmitter so neither trips a plant nor makes a function deaf [A]; with none left see `WhenBlind`.
 */
function votes(readings: readonly Demand[], needed: number): boolean {
  const demanding = readings.filter((r) => r === 'trip').length;
  const good = readings.filter((r) => r === 'trip' || r === 'healthy').length;
  return demanding > 0 && demanding >= Math.min(needed, good);
}

/** asked, and no reading that can be trusted */
function isBlind(readings: readonly Demand[]): boolean {
  return readings.length > 0 && readings.every((r) => r === 'bad');
}
