import { alarm } from './alarm.ts'; export const latch = (): unknown => alarm;
