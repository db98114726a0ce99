import { latch } from './latch.ts'; export const alarm = (): unknown => latch;
