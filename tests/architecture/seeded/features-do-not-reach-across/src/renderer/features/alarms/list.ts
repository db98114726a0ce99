import { strip } from '../trends/strip.ts'; export const list = strip;
