/**
 * What a transmitter does to the truth: lag, wrong calibration, noise, quantisation, range clip, quality.
 * Noise is added here, after the integrator, from a seeded source: the physics stays deterministic and a snapshot replays exactly.
 * Source: research/simulators.md 1.2 (thermowell lag 8-30 s, noise 0.1-0.3 % of span). Unit of the tag; lag in seconds.
 */
import type { RandomSource } from './random.ts';

export interface SensorSettings {
  readonly low: number;
  readonly high: number;
  readonly lagS: number;
  readonly noiseSigma: number;
  readonly quantum: number;
  /** an analyser shows a new value only so often; 0 = every scan */
  readonly sampleEveryS: number;
}

export type Quality = 'good' | 'uncertain' | 'bad';

export const MALFUNCTION_KINDS = ['freeze', 'bias', 'drift', 'noise', 'spike', 'fail-high', 'fail-low', 'bad-quality', 'uncertain', 'span', 'saturated', 'plugged', 'delayed'] as const;
export type MalfunctionKind = (typeof MALFUNCTION_KINDS)[number];

/**
 * `size`: bias in units; drift in units per hour; noise as a factor; spike in units; span as a factor from the low end of the range (Grangemouth);
 * saturated: the value in units that the reading cannot pass, so that it stays plausible (Texas City); plugged: seconds in which the plugged line lets
 * 63 % of a change through; delayed: seconds of dead time. Unused otherwise. Source of the kinds: research/simulators.md 1.2.
 */
export interface Malfunction {
  readonly kind: MalfunctionKind;
  readonly size: number;
}

export interface SensorState {
  lagged: number;
  shown: number;
  quality: Quality;
  drift: number;
  sinceSampleS: number;
  /** what a deceiving transmitter remembers: the reading when it began, or the readings on their way; null while it is honest */
  memory: { readonly first: number; held: number; queue: number[]; queuedS: number } | null;
}

/** a dead time is kept as so many readings at most */
const QUEUE_LENGTH = 60;
/** a plugged line shows next to no noise: that is how it can be found out */
const PLUGGED_NOISE = 0.1;

export class Sensor {
  readonly settings: SensorSettings;
  malfunction: Malfunction | null = null;
  /** pinned by the instructor to an exact value, for boundary tests */
  pinned: number | null = null;
  state: SensorState;
  #decayForS = 0;
  #decay = 0;

  constructor(settings: SensorSettings, first: number) {
    this.settings = settings;
    this.state = { lagged: first, shown: this.#clip(first), quality: 'good', drift: 0, sinceSampleS: 0, memory: null };
  }

  step(truth: number, dtS: number, random: RandomSource): void {
    const s = this.state;
    const { lagS, noiseSigma, sampleEveryS } = this.settings;
    // one draw a scan whatever happens, so that a malfunction on one tag does not change the noise of the others
    const draw = random.normal();
    if (dtS !== this.#decayForS) {
      this.#decayForS = dtS;
      this.#decay = lagS > 0 ? Math.exp(-dtS / lagS) : 0;
    }
    s.lagged = truth + (s.lagged - truth) * this.#decay;
    s.sinceSampleS += dtS;
    s.quality = 'good';
    if (this.pinned !== null) {
      s.shown = this.pinned;
      if (this.malfunction?.kind === 'bad-quality') s.quality = 'bad'; // a plausible value that says of itself that it is bad
      return;
    }
    const due = s.sinceSampleS >= sampleEveryS - 1e-9;
    if (this.malfunction === null) {
      s.drift = 0;
      s.memory = null;
      if (due) this.#show(s.lagged + noiseSigma * draw);
    } else this.#misread(this.malfunction, draw, dtS, due);
    if (due) s.sinceSampleS = 0;
  }

  #misread(malfunction: Malfunction, draw: number, dtS: number, due: boolean): void {
    const s = this.state;
    const { low, high, noiseSigma } = this.settings;
    const span = high - low;
    switch (malfunction.kind) {
      case 'freeze': return;
      case 'bias': if (due) this.#show(s.lagged + malfunction.size + noiseSigma * draw); return;
      case 'drift':
        s.drift += (malfunction.size * dtS) / 3600;
        if (due) this.#show(s.lagged + s.drift + noiseSigma * draw);
        return;
      case 'noise': if (due) this.#show(s.lagged + malfunction.size * Math.max(noiseSigma, 0.001 * span) * draw); return;
      case 'spike': {
        const spike = Math.abs(draw) > 2.33 ? malfunction.size * Math.sign(draw) : 0;
        this.#show(s.lagged + spike + noiseSigma * draw);
        return;
      }
      case 'fail-high': s.shown = high; return;
      case 'fail-low': s.shown = low; return;
      case 'bad-quality': s.quality = 'bad'; return;
      case 'uncertain':
        s.quality = 'uncertain';
        if (due) this.#show(s.lagged + noiseSigma * draw);
        return;
      case 'span': if (due) this.#show(low + (s.lagged - low) * malfunction.size + noiseSigma * draw); return;
      case 'saturated': {
        const ceiling = this.#remembered().first <= malfunction.size;
        const seen = s.lagged + noiseSigma * draw;
        if (due) this.#show(ceiling ? Math.min(seen, malfunction.size - Math.abs(noiseSigma * draw)) : Math.max(seen, malfunction.size + Math.abs(noiseSigma * draw)));
        return;
      }
      case 'plugged': {
        const memory = this.#remembered();
        memory.held += (s.lagged - memory.held) * (1 - Math.exp(-dtS / Math.max(1, malfunction.size)));
        if (due) this.#show(memory.held + PLUGGED_NOISE * noiseSigma * draw);
        return;
      }
      case 'delayed': this.#delay(malfunction.size, draw, dtS, due); return;
    }
  }

  #remembered(): NonNullable<SensorState['memory']> {
    const s = this.state;
    s.memory ??= { first: s.shown, held: s.lagged, queue: [], queuedS: 0 };
    return s.memory;
  }

  /** the reading of `deadS` ago; until that long has passed, the one with which it began */
  #delay(deadS: number, draw: number, dtS: number, due: boolean): void {
    const memory = this.#remembered();
    memory.queuedS += dtS;
    const everyS = Math.max(dtS, deadS / QUEUE_LENGTH);
    if (memory.queuedS >= everyS - 1e-9) {
      memory.queuedS = 0;
      memory.queue.push(this.state.lagged);
      if (memory.queue.length > Math.ceil(deadS / everyS)) memory.held = memory.queue.shift() ?? memory.held;
    }
    if (due) this.#show(memory.held + this.settings.noiseSigma * draw);
  }

  #show(value: number): void {
    const { quantum } = this.settings;
    // steps a unit, a whole number for a decimal quantum: dividing by it gives the decimal itself
    const steps = quantum > 0 ? Math.round(1 / quantum) : 0;
    this.state.shown = this.#clip(steps > 0 ? Math.round(value * steps) / steps : value);
  }

  #clip(value: number): number {
    return Math.min(this.settings.high, Math.max(this.settings.low, value));
  }
}
