import { journal } from '../journal/journal.ts'; export const report = journal;
