/**
 * What of an exercise's file the station's side acts by: who does what, what must come of it, what may be varied. The file belongs to the
 * simulator, which reads all of it strictly; it is handed on to it as it stands.
 */
import { z } from 'zod';
import { idSchema, textSchema } from '../../contract/text.ts';
import { expectPartSchema, scoringPartSchema } from '../../domain/drills/scoring.ts';
import type { ScoredScenario } from '../../domain/drills/scoring.ts';

const name = z.string().min(1).max(80);
const timeS = z.number().min(0).max(86_400);
const clause = z.string().min(1).max(20);
const expression = z.string().min(1).max(1_000);
const done = z.literal(true);

export const CREW_ROLES = ['operator', 'shiftLeader', 'supervisor', 'engineer', 'manager', 'fieldOperator'] as const;
export type CrewRole = (typeof CREW_ROLES)[number];
const as = z.enum(CREW_ROLES).optional();

export const actSchema = z.union([
  z.strictObject({ order: z.strictObject({ device: name, position: z.number().min(0).max(1).nullable() }) }),
  z.strictObject({ press: name }),
  z.strictObject({ command: z.strictObject({ name, input: z.record(name, z.unknown()).default({}) }), as }),
  z.strictObject({ key: z.strictObject({ interlock: name, on: z.boolean() }) }),
  z.strictObject({ people: z.strictObject({ zone: name, count: z.number().int().min(0).max(50) }) }),
  z.strictObject({ enter: z.strictObject({ zone: name, count: z.number().int().min(1).max(50), purpose: z.string().max(200).optional() }), as }),
  z.strictObject({ see: z.strictObject({ observation: name, present: z.boolean() }) }),
  z.strictObject({ lab: z.strictObject({ id: name }) }),
  z.strictObject({ stop: done }),
  z.strictObject({ evacuate: done }),
  z.strictObject({ start: name }),
  z.strictObject({ choose: z.strictObject({ step: name.optional(), option: name, reason: z.string().max(300).optional() }) }),
  z.strictObject({ skip: z.strictObject({ step: name.optional(), reason: z.string().max(300).optional() }), as }),
  z.strictObject({ confirm: z.strictObject({ proof: name, step: name.optional() }), as }),
  z.strictObject({ acknowledge: done }),
  z.strictObject({ silence: name }),
  z.strictObject({ reset: z.union([name, done]) }),
  z.strictObject({ forcedReset: done }),
  z.strictObject({ restart: done }),
  z.strictObject({ rollCall: z.strictObject({ zone: name, empty: z.boolean() }) }),
  z.strictObject({ return: z.strictObject({ procedure: name }) }),
  z.strictObject({ leave: done }),
]);
export type Act = z.infer<typeof actSchema>;

export const DUTIES = ['acknowledge', 'posts', 'start', 'orders', 'signatures', 'roll-call', 'stop', 'evacuate', 'assess', 'choose'] as const;
export type Duty = (typeof DUTIES)[number];
/** What a script does not say of its crew, s. */
export const FOLLOW = { delayS: 10, paceS: 3 } as const;
const followSchema = z.strictObject({ delayS: timeS.default(FOLLOW.delayS), paceS: timeS.default(FOLLOW.paceS), roundS: timeS.optional(), only: z.array(name).max(20).optional(), except: z.array(name).max(20).default([]), without: z.array(z.enum(DUTIES)).max(DUTIES.length).default([]) });
export type Follow = z.infer<typeof followSchema>;

const timedSchema = z.strictObject({ atS: timeS.optional(), when: expression.optional(), afterS: timeS.default(0), do: actSchema });
export type Timed = z.infer<typeof timedSchema>;
const doesSchema = z.union([z.strictObject({ follow: followSchema }), timedSchema]);

export const personSchema = z.object({ id: name, title: textSchema.optional(), does: z.array(doesSchema).max(1_000), end: z.enum(['safe', 'any']).default('any'), caught: z.array(clause).max(10).default([]) });
export type Person = z.infer<typeof personSchema>;

const bound = { tag: name, atOrAbove: z.number().optional(), atOrBelow: z.number().optional() };
export const scriptSchema = z.object({
  id: idSchema, plant: idSchema, design: idSchema.optional(), title: textSchema, clauses: z.array(clause).min(1).max(10), start: name.default('normal'),
  faults: z.array(z.looseObject({ id: name })).max(10).default([]),
  promises: z.array(z.object({ ...bound, withinS: timeS })).max(20).default([]),
  expect: expectPartSchema.default({}),
  people: z.array(personSchema).max(12).default([]),
  endS: z.number().min(10).max(4 * 3_600).default(3_600),
  scoring: scoringPartSchema.default({}),
  vary: z.record(name, z.tuple([z.number(), z.number()])).default({}),
});
export type Script = z.infer<typeof scriptSchema>;

/** A file as read: what is acted by, and the whole of it for the simulator. `begin`: of a variant, in which state of the model and after how long the plant is begun with. */
export interface Exercise {
  readonly file: string; readonly script: Script; readonly scored: ScoredScenario; readonly raw: Readonly<Record<string, unknown>>;
  readonly begin?: { readonly states: Readonly<Record<string, number>>; readonly settleS?: number };
}
