/**
 * How a fault comes and goes: delay, ramp up to its severity, duration, ramp down, and again. Source: research/simulators.md 1.2, 6.2(4).
 * Severity is dimensionless, times are simulated seconds.
 */
export interface FaultOptions {
  readonly severity: number;
  readonly rampS: number;
  readonly delayS: number;
  /** null: until cleared */
  readonly durationS: number | null;
  /** begins once this expression holds (simulators/machine/expression.ts); absent: at once */
  readonly when?: string;
  /** common cause: all of a group begin at one moment, when the first of them does */
  readonly group?: string;
  /** 0..1 that it happens at all, drawn at the moment at which it would begin; one draw for a whole group */
  readonly probability?: number;
  /** comes again every so many seconds; its delay counts each time */
  readonly repeatS?: number;
  /** how often it comes in all; absent: until cleared */
  readonly repeats?: number;
}

export const FAULT_LIMITS = { severity: 2, timeS: 86_400, repeats: 1_000, groupCharacters: 40, whenCharacters: 1_000 } as const;

/** 0..severity at `sinceS` seconds after the fault began. */
export function envelope(options: FaultOptions, sinceS: number): number {
  const active = turnOf(options, sinceS) - options.delayS;
  if (active < 0) return 0;
  const rise = options.rampS > 0 ? Math.min(1, active / options.rampS) : 1;
  if (options.durationS === null) return options.severity * rise;
  const over = active - options.durationS;
  if (over < 0) return options.severity * rise;
  const fall = options.rampS > 0 ? Math.max(0, 1 - over / options.rampS) : 0;
  return options.severity * Math.min(rise, fall);
}

/** Seconds into the present repetition; the last one goes on for ever. */
function turnOf({ repeatS, repeats }: FaultOptions, sinceS: number): number {
  if (repeatS === undefined || sinceS < 0) return sinceS;
  return sinceS - repeatS * Math.min(Math.floor(sinceS / repeatS), (repeats ?? Number.MAX_VALUE) - 1);
}

/** `zh`: the same in Chinese; whatever an instructor or a trainee can be told has it (tests/simulation/simulator-words.test.ts). */
export interface Refused { readonly ok: false; readonly message: string; readonly zh?: string }
export type Checked<T> = { readonly ok: true; readonly value: T } | Refused;
/** What was refused, for people. */
export const wordsOf = ({ message, zh }: Refused): { readonly zh: string; readonly en: string } => ({ zh: zh ?? message, en: message });
/** A no, in both languages. */
export const no = (zh: string, en: string): Refused & { readonly zh: string } => ({ ok: false, message: en, zh });

const NUMBERS: ReadonlyMap<string, readonly [low: number, high: number]> = new Map([
  ['severity', [0, FAULT_LIMITS.severity]], ['rampS', [0, FAULT_LIMITS.timeS]], ['delayS', [0, FAULT_LIMITS.timeS]], ['durationS', [0, FAULT_LIMITS.timeS]],
  ['probability', [0, 1]], ['repeatS', [0.25, FAULT_LIMITS.timeS]], ['repeats', [1, FAULT_LIMITS.repeats]],
]);
const TEXTS: ReadonlyMap<string, number> = new Map([['when', FAULT_LIMITS.whenCharacters], ['group', FAULT_LIMITS.groupCharacters]]);

/** Reads options from outside (JSON of the instructor, a scenario file); every field optional, every value bounded. Whether `when` is an expression, the machine says, which knows the tags. */
export function readFaultOptions(raw: unknown, defaults: FaultOptions): Checked<FaultOptions> {
  if (raw === null || raw === undefined) return { ok: true, value: defaults };
  if (typeof raw !== 'object' || Array.isArray(raw)) return no('故障的参数须是对象。', 'The options of a fault must be an object.');
  const read: { -readonly [K in keyof FaultOptions]: FaultOptions[K] } = { ...defaults };
  for (const [key, value] of Object.entries(raw)) {
    if (value === null && key === 'durationS') continue;
    const mistake = mistakeIn(key, value);
    if (mistake !== null) return mistake;
    Object.assign(read, { [key]: value });
  }
  if (read.repeats !== undefined && read.repeatS === undefined) return no('故障参数“repeats”需要“repeatS”。', 'Option "repeats" of a fault needs "repeatS".');
  if (read.repeatS !== undefined && (read.durationS === null || read.delayS + read.durationS > read.repeatS)) return no('重复的故障须有在下一次开始之前结束的持续时间。', 'A fault that repeats needs a duration that ends before the next time begins.');
  return { ok: true, value: read };
}

function mistakeIn(key: string, value: unknown): Refused | null {
  const range = NUMBERS.get(key);
  if (range) {
    const [low, high] = range;
    const fits = typeof value === 'number' && value >= low && value <= high && (key !== 'repeats' || Number.isInteger(value));
    return fits ? null : no(`故障参数“${key}”须是 ${low} 至 ${high} 的${key === 'repeats' ? '整数' : '数'}。`, `Option "${key}" of a fault must be a ${key === 'repeats' ? 'whole ' : ''}number from ${low} to ${high}.`);
  }
  const longest = TEXTS.get(key);
  if (longest === undefined) return no(`故障没有参数“${key}”；有 ${[...NUMBERS.keys(), ...TEXTS.keys()].join('、')}。`, `A fault has no option "${key}"; known are ${[...NUMBERS.keys(), ...TEXTS.keys()].join(', ')}.`);
  return typeof value === 'string' && value !== '' && value.length <= longest ? null : no(`故障参数“${key}”须是 1 至 ${longest} 个字符的文字。`, `Option "${key}" of a fault must be a text of 1 to ${longest} characters.`);
}
