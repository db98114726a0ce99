import { readFileSync } from 'node:fs'; export const alarm = readFileSync;
