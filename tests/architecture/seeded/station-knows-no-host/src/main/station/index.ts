import { serve } from '../serve/serve.ts'; export const station = serve;
