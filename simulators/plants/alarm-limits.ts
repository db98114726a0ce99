/** The alarm limits of each plant's DCS. */
import type { AlarmTable } from '../machine/alarm-limits.ts';
import type { PlantId } from '../machine/definition.ts';
import { AMMONIA_SYNTHESIS_ALARMS } from './ammonia-synthesis/alarm-limits.ts';
import { AMMONIUM_NITRATE_ALARMS } from './ammonium-nitrate/alarm-limits.ts';
import { FINE_CHEMICALS_ALARMS } from './fine-chemicals/alarm-limits.ts';
import { H2O2_ALARMS } from './h2o2/alarm-limits.ts';

const TABLES: Readonly<Record<PlantId, AlarmTable>> = { 'fine-chemicals': FINE_CHEMICALS_ALARMS, 'ammonium-nitrate': AMMONIUM_NITRATE_ALARMS, 'ammonia-synthesis': AMMONIA_SYNTHESIS_ALARMS, h2o2: H2O2_ALARMS };

export const alarmTableOf = (plant: PlantId): AlarmTable => TABLES[plant];
