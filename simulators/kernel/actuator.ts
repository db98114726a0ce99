/**
 * A valve or a machine with a travel time, a stuck position, and a state word.
 * Source: research/simulators.md 1.2 (full stroke 4-15 s; safety cut-off valves 2-3 s; stiction by dead-band). Position 0..1, time in seconds.
 */
export interface ActuatorSettings {
  /** full travel, opening or starting */
  readonly openingTimeS: number;
  readonly closingTimeS: number;
  /** the stem does not move until the order differs by more than this */
  readonly deadBand: number;
}

export const ACTUATOR_FAILURES = ['fail-open', 'fail-close', 'slow', 'passing', 'degraded'] as const;
export type ActuatorFailureKind = (typeof ACTUATOR_FAILURES)[number];

/** `size`: slow - how many times its travel time; passing - how far open it stays when it shows closed, 0..1; degraded - the share that a worn machine still gives, 0..1. Unused otherwise. */
export interface ActuatorFailure { readonly kind: ActuatorFailureKind; readonly size: number }

export interface ActuatorState {
  /** of the stem, as the limit switches see it */
  position: number;
  order: number;
  /** stuck where it is */
  stuck: boolean;
  failure: ActuatorFailure | null;
  /** a crew has its hands on the wheel and drives the stem here, whatever the actuator does; null: nobody is there */
  handwheel: number | null;
  /** broken down: it goes to 0 whatever is ordered, and says so */
  failed: boolean;
}

/** a hand wheel needs about so long for the whole travel, s [A] */
const HANDWHEEL_S = 60;

export type ValveWord = 'closed' | 'open' | 'travelling' | 'fault';

export class Actuator {
  readonly #settings: ActuatorSettings;
  state: ActuatorState;

  constructor(settings: ActuatorSettings, position: number) {
    this.#settings = settings;
    this.state = { position, order: position, stuck: false, failed: false, failure: null, handwheel: null };
  }

  /** what acts on the physics: a passing valve lets through what its stem does not show, a degraded machine shows that it runs and gives less */
  get position(): number {
    const { position, failure } = this.state;
    switch (failure?.kind) {
      case 'passing': return Math.max(position, failure.size);
      case 'degraded': return Math.min(position, failure.size);
      case undefined: case 'fail-open': case 'fail-close': case 'slow': return position;
    }
  }

  step(order: number, dtS: number): number {
    const s = this.state;
    s.order = order;
    const target = this.#target(order);
    if (target === null) return this.position;
    const gap = target - s.position;
    const atEnd = target <= 0 || target >= 1;
    if (Math.abs(gap) <= (atEnd ? 0 : this.#settings.deadBand)) return this.position;
    const reach = dtS / this.#travelS(gap > 0);
    s.position = Math.abs(gap) <= reach ? target : s.position + Math.sign(gap) * reach;
    return this.position;
  }

  /** null: it does not move at all */
  #target(order: number): number | null {
    const { stuck, failure, handwheel } = this.state;
    if (handwheel !== null) return handwheel;
    if (stuck) return null;
    switch (failure?.kind) {
      case 'fail-open': return 1;
      case 'fail-close': return 0;
      case undefined: case 'slow': case 'passing': case 'degraded': return order;
    }
  }

  #travelS(opening: boolean): number {
    const { failure, handwheel } = this.state;
    const ownS = opening ? this.#settings.openingTimeS : this.#settings.closingTimeS;
    if (handwheel !== null) return Math.max(HANDWHEEL_S, ownS);
    return failure?.kind === 'slow' ? ownS * Math.max(1, failure.size) : ownS;
  }

  /** the word that a limit-switch pair would show */
  get word(): ValveWord {
    const { position, stuck, failed, failure, handwheel, order } = this.state;
    if (failed) return 'fault';
    const disobeys = stuck || handwheel !== null || failure?.kind === 'fail-open' || failure?.kind === 'fail-close';
    if (disobeys && Math.abs(order - position) > 0.05) return 'fault';
    if (position <= 0.01) return 'closed';
    if (position >= 0.99) return 'open';
    return 'travelling';
  }
}
