import { serve } from '../serve/serve.ts'; export const start = serve;
