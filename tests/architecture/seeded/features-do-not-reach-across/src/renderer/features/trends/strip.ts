export const strip = 1;
