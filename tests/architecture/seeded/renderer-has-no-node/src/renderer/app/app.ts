import { join } from 'node:path'; export const app = join;
