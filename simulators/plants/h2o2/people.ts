/** People in the field in normal running, by the tag that counts them. Source: [A]. */
export const ZONES = { 'PC-4100': 2, 'PC-4200': 1, 'PC-4300': 1, 'PC-4500': 0, 'PC-4800': 0 } as const;
