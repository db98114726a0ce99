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

export interface ActuatorState {
  position: number;
  order: number;
  /** stuck where it is */
  stuck: boolean;
  /** broken down: it goes to 0 whatever is ordered, and says so */
  failed: boolean;
}

export type ValveWord = 'closed' | 'open' | 'travelling' | 'fault';

export class Actuator {
  readonly #settings: ActuatorSettings;
  state: ActuatorState;

  constructor(settings: ActuatorSettings, position: number) {
    this.#settings = settings;
    this.state = { position, order: position, stuck: false, failed: false };
  }

  get position(): number {
    return this.state.position;
  }

  step(order: number, dtS: number): number {
    const s = this.state;
    s.order = order;
    if (s.stuck) return s.position;
    const gap = order - s.position;
    const atEnd = order <= 0 || order >= 1;
    if (Math.abs(gap) <= (atEnd ? 0 : this.#settings.deadBand)) return s.position;
    const reach = dtS / (gap > 0 ? this.#settings.openingTimeS : this.#settings.closingTimeS);
    s.position = Math.abs(gap) <= reach ? order : s.position + Math.sign(gap) * reach;
    return s.position;
  }

  /** the word that a limit-switch pair would show */
  get word(): ValveWord {
    const { position, stuck, order } = this.state;
    if (this.state.failed) return 'fault';
    if (stuck && Math.abs(order - position) > 0.05) return 'fault';
    if (position <= 0.01) return 'closed';
    if (position >= 0.99) return 'open';
    return 'travelling';
  }
}
