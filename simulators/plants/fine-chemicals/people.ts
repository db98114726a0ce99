/** People in the field in normal running, by the tag that counts them. Source: [A]. */
export const ZONES = { 'PC-1100': 2, 'PC-1200': 1, 'PC-1300': 2, 'PC-1400': 1, 'PC-1500': 1 } as const;
