export const station = 1;
