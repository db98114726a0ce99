import { z } from 'zod'; export const preload = z;
