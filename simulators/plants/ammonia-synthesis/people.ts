/** People by zone in normal running: patrols of two. Source: research/simulators.md 1.3 [A]. */
export const ZONES = { 'PC-3100': 2, 'PC-3200': 1, 'PC-3400': 2, 'PC-3500': 2, 'PC-3600': 1, 'PC-3900': 0 } as const;
