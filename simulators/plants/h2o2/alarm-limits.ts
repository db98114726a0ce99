/**
 * Alarm limits of the DCS. Source: research/simulators.md 5.3, columns L, LL, H, HH: those of the guideline [G] (60 degC, 2.0 vol%, 0.30 g/L, 1.0/2.0/6.0
 * mg/L, 85 %), all others [A]. The rate of the storage tank, 2 and 5 K/h, is of the same table [A].
 */
import type { AlarmTable } from '../../machine/alarm-limits.ts';
import { limitsOf as of } from '../../machine/alarm-limits.ts';

export const H2O2_ALARMS: AlarmTable = {
  limits: [
    ...of(['TI-4101', 'TI-4102', 'TI-4103'], { low: 40, high: 65, highHigh: 75 }),
    ...of(['PI-4104'], { low: 0.22, high: 0.32, highHigh: 0.35 }),
    ...of(['AI-4106A', 'AI-4106B', 'AI-4106C'], { high: 1, highHigh: 2 }),
    ...of(['AI-4107'], { low: 6, high: 8, highHigh: 9 }),
    ...of(['LI-4108A', 'LI-4108B', 'LI-4108C'], { lowLow: 15, low: 30, high: 75, highHigh: 85 }),
    ...of(['TI-4201', 'TI-4202', 'TI-4203'], { low: 42, high: 55, highHigh: 60 }),
    ...of(['LI-4204A', 'LI-4204B', 'LI-4204C'], { lowLow: 15, low: 30, high: 75, highHigh: 85 }),
    // counter-current oxidation; the SIS trips at 15 and 85 % (rules), these come before it
    ...of(['LI-4205A', 'LI-4205B', 'LI-4205C'], { lowLow: 20, low: 35, high: 80, highHigh: 90 }),
    ...of(['LI-4206A', 'LI-4206B', 'LI-4206C'], { high: 60, highHigh: 80 }),
    ...of(['AI-4207'], { lowLow: 1, low: 2, high: 6, highHigh: 8 }),
    // the model runs at 5.2 % instead of 6 (docs/design/simulators.md), the limits stand as they are
    ...of(['AI-4208'], { low: 4, high: 9, highHigh: 12 }),
    ...of(['TI-4211', 'TI-4212'], { high: 48, highHigh: 55 }),
    ...of(['TI-4301', 'TI-4302', 'TI-4303', 'TI-4308'], { high: 53, highHigh: 60 }),
    ...of(['LDI-4304'], { lowLow: 20, low: 35, high: 70, highHigh: 85 }),
    ...of(['AI-4305A', 'AI-4305B'], { high: 0.25, highHigh: 0.3 }),
    ...of(['XS-4306'], { high: 0.3, highHigh: 0.6 }),
    ...of(['AI-4307'], { lowLow: 90, low: 94 }),
    ...of(['TI-4401', 'TI-4402', 'TI-4403'], { high: 70, highHigh: 85 }),
    ...of(['AI-4404'], { high: 10, highHigh: 20 }),
    ...of(['TI-4601'], { high: 65, highHigh: 70 }),
    ...of(['PI-4602'], { high: 14, highHigh: 20 }),
    ...of(['TI-4701'], { high: 35, highHigh: 45 }),
    // in service the column is full of product: the note's limits are those of an idle one
    ...of(['AI-4702'], { inState: { tag: 'XS-4701', is: 'drained', limits: { high: 0.5, highHigh: 5 } } }),
    ...of(['TI-4502A', 'TI-4502B'], { high: 60, highHigh: 70 }),
    ...of(['PI-4502'], { high: 0.02, highHigh: 0.05 }),
    ...of(['TI-4801A', 'TI-4801B', 'TI-4801C'], { high: 35, highHigh: 40 }),
    ...of(['FI-4901'], { lowLow: 0.5, low: 1.5 }),
    ...of(['FI-4902'], { lowLow: 17, low: 18.5 }),
  ],
  rates: ['TI-4801A', 'TI-4801B', 'TI-4801C'].map((tag) => ({ tag, windowS: 600, perS: 3_600, unit: 'K/h', high: 2, highHigh: 5 })),
};
