import { request } from 'node:https'; export const ask = request;
