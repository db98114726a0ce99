import { start } from '../cli/start.ts'; export const main = start;
