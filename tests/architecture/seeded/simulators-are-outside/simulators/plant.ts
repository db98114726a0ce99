import { alarm } from '../src/domain/alarm.ts'; export const plant = alarm;
