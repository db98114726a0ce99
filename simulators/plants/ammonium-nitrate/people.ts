/** People by zone in normal running: two on rounds at the usual places, nobody in the store. Source: [A], research/simulators.md 1.3. */
export const ZONES = { 'PC-2100': 0, 'PC-2200': 1, 'PC-2300': 0, 'PC-2400': 1, 'PC-2500': 2, 'PC-2520': 1, 'PC-2600': 0 } as const;
