import { lost } from './lost.ts'; export const station = lost;
