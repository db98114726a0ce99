/** The gates as one table: the whole of what the product can refuse. */
import { ALARM_RULES } from './rules-alarms.ts';
import { AUTHORITY_RULES } from './rules-authority.ts';
import { PEOPLE_RULES } from './rules-people.ts';
import { PLANT_RULES } from './rules-plant.ts';
import { WORK_RULES } from './rules-work.ts';
import type { GateRule } from './rule.ts';

export type { GatedDirection, GateRule, Standing } from './rule.ts';

export const GATE_RULES: readonly GateRule[] = [...PLANT_RULES, ...PEOPLE_RULES, ...WORK_RULES, ...ALARM_RULES, ...AUTHORITY_RULES];
