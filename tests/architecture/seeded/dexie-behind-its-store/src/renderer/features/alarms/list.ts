import Dexie from 'dexie'; export const list = Dexie;
