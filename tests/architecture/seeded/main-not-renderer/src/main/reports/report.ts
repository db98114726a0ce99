import { page } from '../../renderer/page.ts'; export const report = page;
