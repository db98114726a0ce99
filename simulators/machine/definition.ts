/**
 * What makes a plant: tables and pure functions that `PlantMachine` runs. A plant's folder holds its physics and these tables and nothing about time, seeds,
 * snapshots, transmitters, voting or commands, which are the machine's. Units: SI unless the name says otherwise; time in seconds.
 */
import type { ActuatorSettings } from '../kernel/actuator.ts';
import type { FaultOptions } from '../kernel/fault-envelope.ts';
import type { IntegratorOptions } from '../kernel/integrator.ts';
import type { Pid } from '../kernel/pid.ts';
import type { WhenBlind } from '../kernel/voter.ts';
import type { TagDefinition } from './tags.ts';

export const PLANT_IDS = ['fine-chemicals', 'ammonium-nitrate', 'ammonia-synthesis', 'h2o2'] as const;
export type PlantId = (typeof PLANT_IDS)[number];
export interface Words { readonly zh: string; readonly en: string }
/** A flat object of numbers with named fields. */
export type Numbers = Record<string, number>;
/** What a plant remembers of its own beside its states: plain JSON, part of every snapshot. */
export type Memory = Record<string, number | boolean | string | null>;

/** What the plant's functions see at a scan (every 0.25 s). Reading it never changes anything; `u` and `m` may be written where a function says so. */
export interface Scan<U, E, D extends string, F extends string, L extends string, M> {
  readonly timeS: number;
  readonly x: Float64Array;
  /** what acts on the physics during the next macro-step */
  readonly u: U;
  /** sum of what the active faults do */
  readonly effects: Readonly<E>;
  readonly m: M;
  readonly loops: Readonly<Record<L, Pid>>;
  /** normal running was not ended by a stop or a full trip */
  readonly running: boolean;
  /** what the transmitter shows (truth is hidden from control and SIS) */
  analog(tag: string): number;
  position(device: D): number;
  tripped(id: F): boolean;
  command(id: string): boolean;
}

export interface Measurement<U, M> {
  readonly truth: (x: Float64Array, u: U, m: M) => number;
  readonly lagS: number;
  readonly noiseSigma: number;
  readonly quantum: number;
  /** an analyser shows a new value only so often; 0 = every scan */
  readonly sampleEveryS: number;
}

export interface DeviceDefinition {
  readonly settings: ActuatorSettings;
  readonly normal: number;
  /** shows `stopped, running, fault` instead of `closed, open, travelling, fault` */
  readonly machine: boolean;
}

export interface FaultDefinition<E> {
  readonly id: string;
  /** the clause it provokes, as in research/simulators.md: `A4-2(1)` */
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
  readonly defaults: FaultOptions;
  /** adds the effect of the fault; `strength` is the envelope, 0..2 */
  readonly apply: (effects: E, strength: number) => void;
}

/** An initiator: so many of these readings beyond the limit for so long. A name that is no tag is a value the SIS computes itself (`computed`). */
export interface Watch {
  readonly name: string;
  readonly tags: readonly string[];
  readonly side: 'above' | 'below' | 'is';
  readonly limit: number | boolean;
  readonly needed: number;
  readonly delayS: number;
  /** Demands only while this holds as well (`FQ above 10 and TDI below 3`). */
  readonly while?: { readonly tag: string; readonly side: 'above' | 'below'; readonly limit: number };
}
export interface BlindChoice { readonly does: WhenBlind; readonly why: string }
/** the default of IEC 61511-1 11.3: the safe side */
export const BLIND_TRIPS: BlindChoice = { does: 'trip', why: 'Its trip stops, shuts or cools and can be taken back: the safe side (IEC 61511-1 11.3 [L]).' };
export const above = (tags: readonly string[], limit: number, needed = 1, delayS = 1): Watch => ({ name: `${tags[0]} >= ${limit}`, tags, side: 'above', limit, needed, delayS });
export const below = (tags: readonly string[], limit: number, needed = 1, delayS = 1): Watch => ({ name: `${tags[0]} <= ${limit}`, tags, side: 'below', limit, needed, delayS });
export const is = (tags: readonly string[], limit: boolean, delayS = 0): Watch => ({ name: `${tags[0]} = ${limit}`, tags, side: 'is', limit, needed: 1, delayS });

export interface CommandDefinition {
  readonly id: string;
  readonly kind: 'momentary' | 'level';
  readonly zh: string;
  readonly en: string;
  /** a level command that drives a device while it is on */
  readonly drives?: { readonly device: string; readonly position: number };
}

/**
 * Ground truth that the trainee never sees: how far the plant is from where nothing helps any more. `value` beyond `lostAt` = the margin is lost.
 * Used by scores, by `haven drill --batch` (lead time) and by the instructor.
 */
export interface MarginDefinition<U, M> {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly zh: string;
  readonly en: string;
  readonly unit: string;
  readonly side: 'above' | 'below';
  readonly lostAt: number;
  readonly value: (x: Float64Array, u: U, m: M) => number;
}

/** A moment that changes the model: located by bisection on the dense output, happens once until `armed` says so again. */
export interface PlantEvent<U, M> {
  readonly name: string;
  readonly direction: 'rising' | 'falling' | 'both';
  readonly armed: (m: M) => boolean;
  readonly value: (x: Float64Array, u: U, m: M) => number;
  readonly happened: (x: Float64Array, u: U, m: M) => void;
}

/** A result that a person can ask of the laboratory (`lab:ID` of the rules), and what a person on the spot or at a camera would see (`seen:ID`). */
export interface LaboratoryDefinition<U, M> { readonly value: (x: Float64Array, u: U, m: M) => number; readonly turnaroundS: number }

/** A state to begin an exercise in, beside `normal`: what is done to the settled plant (commands, orders, states), in the order of the list. */
export interface StartDefinition {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly states?: Readonly<Record<string, number>>;
  readonly memory?: Memory;
  readonly orders?: Readonly<Record<string, number>>;
  readonly commands?: readonly string[];
  /** ran on for so long before anybody looks */
  readonly settleS?: number;
}

export interface PlantParts<U, E, D extends string, F extends string, L extends string, M> {
  readonly id: PlantId;
  /** name and version of the model: a snapshot of another one is refused */
  readonly model: string;
  /** the digit that its tags begin with: buttons are HS-n001 .. HS-n005, the heartbeat HB-n000 */
  readonly digit: '1' | '2' | '3' | '4';
  readonly title: Words;
  readonly tags: readonly TagDefinition[];
  readonly states: readonly string[];
  /** settled normal running */
  readonly initial: () => Float64Array;
  readonly starts: readonly StartDefinition[];
  readonly integrator: Partial<IntegratorOptions>;
  readonly normalInputs: () => U;
  readonly noEffects: () => E;
  readonly memory: () => M;
  /** pure; no allocation */
  readonly rhs: (x: Float64Array, dx: Float64Array, u: U, m: M) => void;
  readonly events: readonly PlantEvent<U, M>[];
  /** every analog tag */
  readonly measurements: Readonly<Record<string, Measurement<U, M>>>;
  /** discrete, boolean and count tags that are no device, function, zone, camera, fence, heartbeat or button: index of the state word, boolean or count */
  readonly signals: Readonly<Record<string, (scan: Scan<U, E, D, F, L, M>) => number | boolean>>;
  readonly devices: Readonly<Record<D, DeviceDefinition>>;
  readonly loops: () => Record<L, Pid>;
  readonly faults: readonly FaultDefinition<E>[];
  readonly functions: Readonly<Record<F, readonly Watch[]>>;
  /** what each function does while an initiator has no reading left that can be trusted: a stated choice with its reason */
  readonly whenBlind: Readonly<Record<F, BlindChoice>>;
  /** values that the SIS computes itself, by the name that a watch uses */
  readonly computed: Readonly<Record<string, (scan: Scan<U, E, D, F, L, M>) => number>>;
  /** the functions whose trip ends normal running; also the emergency stop does */
  readonly fullTrip: readonly F[];
  /** people by zone tag in normal running */
  readonly zones: Readonly<Record<string, number>>;
  /** how many may be in a zone at once, where it is not 6; going beyond it is possible and told */
  readonly zoneLimits?: Readonly<Record<string, number>>;
  /** beside the buttons, the keys and the cameras */
  readonly commands: readonly CommandDefinition[];
  /** what a process fault orders before anybody's hand: writes `orders` */
  readonly faultOrders: (scan: Scan<U, E, D, F, L, M>, orders: Record<D, number>) => void;
  /** what stop and trips order, over anybody's hand; `sinceStopS` null = normal running: writes `orders` */
  readonly tripOrders: (scan: Scan<U, E, D, F, L, M>, orders: Record<D, number>, sinceStopS: number | null) => void;
  /** a device that has broken down (a motor that tripped): it goes to 0 whatever is ordered and shows `fault` */
  readonly failed?: (scan: Scan<U, E, D, F, L, M>, device: string) => boolean;
  /** control loops: writes `u` and the loops */
  readonly control: (scan: Scan<U, E, D, F, L, M>) => void;
  /** positions, commands and faults into `u` */
  readonly operate: (scan: Scan<U, E, D, F, L, M>) => void;
  /** rates, timers, batch phases, after the transmitters and before the SIS: writes `m` */
  readonly remember: (scan: Scan<U, E, D, F, L, M>, dtS: number) => void;
  /** what the reset (HS-n003) does beside releasing latches; what the restart (HS-n005) does beside going back to normal running */
  readonly onReset?: (m: M) => void;
  readonly onRestart?: (m: M) => void;
  readonly margins: readonly MarginDefinition<U, M>[];
  readonly observations: Readonly<Record<string, (scan: Scan<U, E, D, F, L, M>) => boolean>>;
  readonly laboratory: Readonly<Record<string, LaboratoryDefinition<U, M>>>;
}

export type AnyScan = Scan<Numbers, Numbers, string, string, string, Memory>;
export type PlantDefinition = PlantParts<Numbers, Numbers, string, string, string, Memory>;

/** The plant's own names are checked where it is written; the machine runs it by strings. This is the one place where they are let go of. */
export function definePlant<U, E, D extends string, F extends string, L extends string, M>(parts: PlantParts<U, E, D, F, L, M>): PlantDefinition {
  return parts as unknown as PlantDefinition;
}
