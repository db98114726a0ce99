import { DatabaseSync } from 'node:sqlite'; export const accounts = DatabaseSync;
