/**
 * How a fault comes and goes: delay, ramp up to its severity, duration, ramp down. Source: research/simulators.md 1.2, 6.2(4).
 * Severity is dimensionless, times are simulated seconds.
 */
export interface FaultOptions {
  readonly severity: number;
  readonly rampS: number;
  readonly delayS: number;
  /** null: until cleared */
  readonly durationS: number | null;
}

export const FAULT_LIMITS = { severity: 2, timeS: 86_400 } as const;

/** 0..severity at `sinceS` seconds after the injection. */
export function envelope(options: FaultOptions, sinceS: number): number {
  const active = sinceS - options.delayS;
  if (active < 0) return 0;
  const rise = options.rampS > 0 ? Math.min(1, active / options.rampS) : 1;
  if (options.durationS === null) return options.severity * rise;
  const over = active - options.durationS;
  if (over < 0) return options.severity * rise;
  const fall = options.rampS > 0 ? Math.max(0, 1 - over / options.rampS) : 0;
  return options.severity * Math.min(rise, fall);
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Reads options from outside (JSON of the instructor, a scenario file); every field optional, every value bounded. */
export function readFaultOptions(raw: unknown, defaults: FaultOptions): Checked<FaultOptions> {
  if (raw === null || raw === undefined) return { ok: true, value: defaults };
  if (typeof raw !== 'object' || Array.isArray(raw)) return { ok: false, message: 'The options of a fault must be an object.' };
  const known = new Map<string, number>([['severity', FAULT_LIMITS.severity], ['rampS', FAULT_LIMITS.timeS], ['delayS', FAULT_LIMITS.timeS], ['durationS', FAULT_LIMITS.timeS]]);
  const read: Record<string, number> = {};
  for (const [key, value] of Object.entries(raw)) {
    const high = known.get(key);
    if (high === undefined) return { ok: false, message: `A fault has no option "${key}"; known are ${[...known.keys()].join(', ')}.` };
    if (value === null && key === 'durationS') continue;
    if (typeof value !== 'number' || !(value >= 0 && value <= high)) return { ok: false, message: `Option "${key}" of a fault must be a number from 0 to ${high}.` };
    read[key] = value;
  }
  return {
    ok: true,
    value: {
      severity: read['severity'] ?? defaults.severity,
      rampS: read['rampS'] ?? defaults.rampS,
      delayS: read['delayS'] ?? defaults.delayS,
      durationS: read['durationS'] ?? defaults.durationS,
    },
  };
}
