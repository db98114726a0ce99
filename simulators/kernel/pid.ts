/**
 * PID controller, ISA standard form, derivative on the measurement, anti-windup by back-calculation to the clamped output, bumpless transfer.
 * Source: Astrom & Hagglund, Advanced PID Control (ISA 2006), ch. 3. Measurement and set point in the unit of the tag, output 0..1.
 */
export interface PidSettings {
  /** output change per unit of error; negative for a direct-acting loop */
  readonly gain: number;
  readonly integralTimeS: number;
  readonly derivativeTimeS: number;
  readonly outputLow: number;
  readonly outputHigh: number;
}

export interface PidState {
  mode: 'auto' | 'manual';
  setPoint: number;
  output: number;
  integral: number;
  lastMeasurement: number;
}

export class Pid {
  readonly #settings: PidSettings;
  state: PidState;

  constructor(settings: PidSettings, setPoint: number, output: number) {
    this.#settings = settings;
    this.state = { mode: 'auto', setPoint, output, integral: output, lastMeasurement: setPoint };
  }

  step(measurement: number, dtS: number): number {
    const s = this.state;
    const p = this.#settings;
    const error = s.setPoint - measurement;
    if (!Number.isFinite(measurement)) return s.output;
    if (s.mode === 'manual') {
      // bumpless: while in manual the integral follows the output
      s.integral = s.output - p.gain * error;
      s.lastMeasurement = measurement;
      return s.output;
    }
    const derivative = p.derivativeTimeS > 0 ? (-p.gain * p.derivativeTimeS * (measurement - s.lastMeasurement)) / dtS : 0;
    s.lastMeasurement = measurement;
    const integral = s.integral + (p.gain * error * dtS) / p.integralTimeS;
    const wanted = p.gain * error + integral + derivative;
    const output = Math.min(p.outputHigh, Math.max(p.outputLow, wanted));
    // anti-windup: the integral may move only towards the range again
    s.integral = output === wanted || Math.sign(error * p.gain) !== Math.sign(wanted - output) ? integral : s.integral;
    s.output = output;
    return output;
  }

  /** manual with a fixed output, or back to automatic without a bump */
  setMode(mode: PidState['mode'], output?: number): void {
    this.state.mode = mode;
    if (output !== undefined) this.state.output = output;
  }
}
