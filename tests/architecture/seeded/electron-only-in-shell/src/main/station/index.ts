import { app } from 'electron'; export const station = app;
