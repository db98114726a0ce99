import type { Alarm } from '../domain/alarm.ts'; export type View = Alarm;
