/** Alarm limits of the DCS. Source: research/simulators.md 2.3, columns L, LL, H, HH. All others [A]. */
import type { AlarmTable } from '../../machine/alarm-limits.ts';
import { limitsOf as of } from '../../machine/alarm-limits.ts';

export const FINE_CHEMICALS_ALARMS: AlarmTable = {
  limits: [
    ...of(['TI-1101A', 'TI-1101B', 'TI-1101C'], { low: 45, high: 70, highHigh: 80 }),
    ...of(['TRC-1101'], { high: 1.0, highHigh: 2.0 }),
    ...of(['PI-1101A', 'PI-1101B'], { high: 0.1, highHigh: 0.2 }),
    ...of(['TI-1103'], { lowLow: 15, low: 25 }),
    ...of(['FI-1104'], { lowLow: 15, low: 25 }),
    ...of(['SI-1105'], { lowLow: 30, low: 60 }),
    ...of(['II-1105'], { lowLow: 12, low: 18, high: 40, highHigh: 45 }),
    ...of(['FIC-1106'], { high: 380, highHigh: 420 }),
    ...of(['LI-1101'], { high: 85, highHigh: 90 }),
    ...of(['LI-1112'], { lowLow: 35, low: 37 }),
    ...of(['TI-1112'], { high: 35, highHigh: 60 }),
    ...of(['TI-1201'], { high: 105, highHigh: 115 }),
    ...of(['PIC-1201'], { low: 0.6, high: 0.95, highHigh: 1.05 }),
    ...of(['FI-1202'], { high: 110, highHigh: 130 }),
    ...of(['AI-1203A', 'AI-1203B'], { high: 0.5, highHigh: 1.0 }),
    ...of(['GD-1205'], { high: 25, highHigh: 50 }),
    ...of(['TI-1301'], { high: 60, highHigh: 66 }),
    // counts only before the Grignard has begun
    ...of(['FQ-1303'], { inState: { tag: 'XS-1300', is: 'initiating', limits: { high: 8, highHigh: 10 } } }),
    ...of(['PI-1301'], { high: 0.05, highHigh: 0.1 }),
    ...of(['TI-1401'], { high: 128, highHigh: 138 }),
    ...of(['FI-1403'], { lowLow: 30, low: 100 }),
    ...of(['LI-1401'], { lowLow: 12, low: 20 }),
    ...of(['PI-1404'], { high: 115, highHigh: 130 }),
    ...of(['PI-1501A', 'PI-1501B'], { high: -150, highHigh: -50 }),
    ...of(['AI-1503'], { high: 5, highHigh: 15 }),
    ...of(['AI-1504'], { lowLow: 9.0, low: 10.5 }),
    ...of(['GD-1507'], { high: 0.34, highHigh: 1.0 }),
    ...of(['FI-1506'], { lowLow: 30, low: 45 }),
    ...of(['TI-1505'], { high: 45, highHigh: 55 }),
  ],
  rates: [],
};
