import { station } from '../station/index.ts'; export const journal = station;
