import { createServer } from 'node:http'; export const station = createServer;
