/** The alarm limits of each plant's DCS; a plant without a table has its trip alarms only. */
import type { AlarmTable } from '../machine/alarm-limits.ts';
import type { PlantId } from '../machine/definition.ts';
import { H2O2_ALARMS } from './h2o2/alarm-limits.ts';

const NONE: AlarmTable = { limits: [], rates: [] };
const TABLES: Readonly<Partial<Record<PlantId, AlarmTable>>> = { h2o2: H2O2_ALARMS };

export const alarmTableOf = (plant: PlantId): AlarmTable => TABLES[plant] ?? NONE;
