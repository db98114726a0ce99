/**
 * The adaptive integrator of the kernel: Dormand-Prince while the problem is not stiff, Rosenbrock when it is.
 * It changes over when more than 20 % of recent steps were rejected or the step fell below 1 ms (research/simulators.md 0.3),
 * and tries the explicit method again after a quiet stretch. Events are located by bisection on the dense output.
 * PI step control: Gustafsson, ACM TOMS 17 (1991) 533. Failures are values, never exceptions.
 */
import { DormandPrince } from './dormand-prince.ts';
import type { Rhs, Stepper, Tolerance } from './ode.ts';
import { Rosenbrock } from './rosenbrock.ts';

export type Method = 'explicit' | 'stiff';

export interface IntegratorOptions extends Tolerance {
  /** give up one advance after so many attempts */
  readonly maxAttempts: number;
  readonly minStepS: number;
  readonly maxStepS: number;
  readonly firstStepS: number;
  /** 'auto' switches; the other two hold one method (tests compare them) */
  readonly method: Method | 'auto';
}

export const DEFAULT_OPTIONS: IntegratorOptions = {
  relative: 1e-6, absolute: 1e-8, maxAttempts: 200_000, minStepS: 1e-12, maxStepS: Number.MAX_VALUE, firstStepS: 1e-2, method: 'auto',
};

/** An event happens where `value` crosses zero upwards (`rising`), downwards (`falling`) or either way. */
export interface EventFunction {
  readonly name: string;
  readonly direction: 'rising' | 'falling' | 'both';
  readonly value: (tS: number, x: Float64Array) => number;
}

export interface SolveFailure {
  readonly ok: false;
  readonly kind: 'step-limit' | 'step-too-small' | 'not-finite';
  readonly tS: number;
  readonly message: string;
}
export type SolveResult = { readonly ok: true; readonly tS: number; readonly event: string | null } | SolveFailure;

/** What a snapshot must hold so that the next step is the same, bit for bit. */
export interface IntegratorState {
  stepS: number;
  method: Method;
  previousError: number;
  recentAttempts: number;
  recentRejections: number;
  stiffAccepted: number;
}

const STIFF_STEP_S = 1e-3;
const STIFF_REJECTED_RATIO = 0.2;
const WINDOW_ATTEMPTS = 20;
/** after so many accepted stiff steps longer than 100 times the switch-over step the explicit method is tried again */
const QUIET_STIFF_STEPS = 50;
const EVENT_BISECTIONS = 60;

export class Integrator {
  readonly n: number;
  readonly #options: IntegratorOptions;
  readonly #explicit: Stepper;
  readonly #stiff: Stepper;
  readonly #scratch: Float64Array;
  readonly #located: Float64Array;
  #state: IntegratorState;
  attempts = 0;
  rejections = 0;

  constructor(n: number, rhs: Rhs, options: Partial<IntegratorOptions> = {}) {
    this.n = n;
    this.#options = { ...DEFAULT_OPTIONS, ...options };
    this.#explicit = new DormandPrince(n, rhs);
    this.#stiff = new Rosenbrock(n, rhs);
    this.#scratch = new Float64Array(n);
    this.#located = new Float64Array(n);
    const method = this.#options.method === 'stiff' ? 'stiff' : 'explicit';
    this.#state = { stepS: this.#options.firstStepS, method, previousError: 1e-4, recentAttempts: 0, recentRejections: 0, stiffAccepted: 0 };
  }

  get method(): Method {
    return this.#state.method;
  }

  snapshot(): IntegratorState {
    return { ...this.#state };
  }

  restore(state: IntegratorState): void {
    this.#state = { ...state };
  }

  /** Moves `x` from `fromS` to `toS`, or to the first event on the way. On failure `x` is where the last good step ended. */
  advance(x: Float64Array, fromS: number, toS: number, events: readonly EventFunction[] = []): SolveResult {
    let tS = fromS;
    this.#explicit.restart();
    this.#stiff.restart();
    for (let attempt = 0; attempt < this.#options.maxAttempts; attempt++) {
      const remainingS = toS - tS;
      if (remainingS <= 1e-14 * Math.max(1, Math.abs(toS))) return { ok: true, tS: toS, event: null };
      const wantedS = Math.min(this.#state.stepS, this.#options.maxStepS);
      const clamped = wantedS >= remainingS;
      const hS = clamped ? remainingS : wantedS;
      const stepper = this.#stepper();
      const error = stepper.attempt(tS, x, hS, this.#options);
      this.attempts++;
      this.#state.recentAttempts++;
      if (!(error <= 1)) {
        const failure = this.#reject(error, hS, tS);
        if (failure) return failure;
        continue;
      }
      const event = events.length > 0 ? this.#firstEvent(stepper, tS, hS, x, events) : null;
      if (event) {
        x.set(this.#located);
        return { ok: true, tS: event.tS, event: event.name };
      }
      x.set(stepper.xNew);
      stepper.accept();
      tS = clamped ? toS : tS + hS;
      this.#grow(error, hS, clamped, stepper);
    }
    return { ok: false, kind: 'step-limit', tS, message: `The solver took ${this.#options.maxAttempts} steps and stands at ${tS} s.` };
  }

  #stepper(): Stepper {
    return this.#state.method === 'stiff' ? this.#stiff : this.#explicit;
  }

  #reject(error: number, hS: number, tS: number): SolveFailure | null {
    this.rejections++;
    this.#state.recentRejections++;
    const factor = Number.isFinite(error) ? Math.max(0.2, 0.9 * error ** -this.#stepper().errorExponent) : 0.1;
    this.#state.stepS = hS * factor;
    this.#considerMethod(true, Number.MAX_VALUE);
    if (this.#state.stepS >= this.#options.minStepS) return null;
    const kind = Number.isFinite(error) ? 'step-too-small' : 'not-finite';
    return { ok: false, kind, tS, message: `The solver's step fell below ${this.#options.minStepS} s at ${tS} s (${kind}).` };
  }

  #grow(error: number, hS: number, clamped: boolean, stepper: Stepper): void {
    const safeError = Math.max(error, 1e-10);
    const alpha = 0.7 * stepper.errorExponent;
    const beta = 0.4 * stepper.errorExponent;
    const factor = Math.min(5, Math.max(0.2, 0.9 * safeError ** -alpha * this.#state.previousError ** beta));
    this.#state.previousError = Math.max(safeError, 1e-4);
    const nextS = hS * factor;
    // a step cut short by the end of the macro-step says nothing against the longer one
    this.#state.stepS = clamped ? Math.max(this.#state.stepS, nextS) : nextS;
    this.#considerMethod(false, hS);
  }

  #considerMethod(rejected: boolean, hS: number): void {
    if (this.#options.method !== 'auto') return;
    const s = this.#state;
    if (s.method === 'explicit') {
      const manyRejected = s.recentAttempts >= WINDOW_ATTEMPTS && s.recentRejections > STIFF_REJECTED_RATIO * s.recentAttempts;
      if (s.stepS < STIFF_STEP_S || manyRejected) this.#use('stiff');
    } else if (!rejected) {
      s.stiffAccepted = hS > 100 * STIFF_STEP_S ? s.stiffAccepted + 1 : 0;
      if (s.stiffAccepted >= QUIET_STIFF_STEPS) this.#use('explicit');
    }
    if (s.recentAttempts >= 5 * WINDOW_ATTEMPTS) {
      s.recentAttempts = 0;
      s.recentRejections = 0;
    }
  }

  #use(method: Method): void {
    const s = this.#state;
    s.method = method;
    s.recentAttempts = 0;
    s.recentRejections = 0;
    s.stiffAccepted = 0;
    s.previousError = 1e-4;
    this.#explicit.restart();
    this.#stiff.restart();
  }

  #firstEvent(stepper: Stepper, tS: number, hS: number, x: Float64Array, events: readonly EventFunction[]): { tS: number; name: string } | null {
    let best: { theta: number; name: string } | null = null;
    for (const event of events) {
      const before = event.value(tS, x);
      const after = event.value(tS + hS, stepper.xNew);
      if (!crosses(event.direction, before, after)) continue;
      const theta = this.#bisect(stepper, tS, hS, event, before);
      if (best === null || theta < best.theta) best = { theta, name: event.name };
    }
    if (best === null) return null;
    stepper.interpolate(best.theta, this.#located);
    return { tS: tS + best.theta * hS, name: best.name };
  }

  #bisect(stepper: Stepper, tS: number, hS: number, event: EventFunction, before: number): number {
    let low = 0;
    let high = 1;
    for (let i = 0; i < EVENT_BISECTIONS && high - low > 1e-15; i++) {
      const middle = (low + high) / 2;
      stepper.interpolate(middle, this.#scratch);
      if (Math.sign(event.value(tS + middle * hS, this.#scratch)) === Math.sign(before)) low = middle;
      else high = middle;
    }
    return high;
  }
}

function crosses(direction: EventFunction['direction'], before: number, after: number): boolean {
  switch (direction) {
    case 'rising': return before < 0 && after >= 0;
    case 'falling': return before > 0 && after <= 0;
    case 'both': return before !== 0 && Math.sign(before) !== Math.sign(after);
  }
}
