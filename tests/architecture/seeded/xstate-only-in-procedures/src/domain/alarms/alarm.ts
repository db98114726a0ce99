import { setup } from 'xstate'; export const alarm = setup;
