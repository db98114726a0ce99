import { decide } from '../../domain/decide.ts'; export const app = decide;
