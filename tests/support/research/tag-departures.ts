/** Where a plant's tags are not as the research note has them (`note-tags.ts`), and why. Each stands on the plant's page too. `found` is what the test finds. */
import type { PlantId } from '../../../simulators/machine/definition.ts';

export interface TagDeparture { readonly found: readonly string[]; readonly why: string }

const noLowLimits = (...tags: readonly string[]): string[] => tags.flatMap((tag) => [`${tag} low: none`, `${tag} lowLow: none`]);

export const TAG_DEPARTURES: Readonly<Record<PlantId, readonly TagDeparture[]>> = {
  'fine-chemicals': [
    { found: ['AI-1203 missing'], why: 'A pair, AI-1203A and AI-1203B: the note votes 1oo2 on it.' },
    { found: ['FQ-1303 high: none', 'FQ-1303 highHigh: none'], why: 'The note says "before initiation": the limits stand while XS-1300 says so (decision 0034).' },
    { found: ['FQ-1303 normal: 30'], why: 'The plant begins with a batch that is initiated and dosed to 30 %; the 5 % of the note are those before.' },
    { found: ['TDI-1302 lowLow: none'], why: 'Counts only after 20 min without initiation: I-1301 and the rules do that, a bare limit would stand through every cold start.' },
    { found: ['TI-1103 normal: 32'], why: 'The plant begins an hour into dosing; the 29 degC of the note are mid-dosing.' },
  ],
  'ammonium-nitrate': [
    { found: ['A', 'B', 'C'].map((n) => `AI-2204${n} lowLow: 1`), why: 'The guideline\'s 1.0; the 2.0 of the note is a company\'s pre-trip [A].' },
    { found: ['AI-2212 normal: 5.8', 'AI-2302 normal: 5.8'], why: 'One solution: the pH of the neutraliser, 6.0, carries on behind it, where the note has 5.5 throughout.' },
    { found: ['LI-2404 normal: 32'], why: 'Levels settle by the flow through the down-leg, not by a loop: 32 % at 20 t/h.' },
    { found: ['TI-2501 low: 150', 'TI-2501 high: 170', 'TI-2501 highHigh: 175'], why: 'The note has 165 degC running and limits of the hold (145, 160): those stand in the short stop, these while it runs (decision 0034).' },
  ],
  'ammonia-synthesis': [
    { found: ['AI-3108 normal: 540'], why: 'Methane follows the gasifier\'s 1209 degC; 500 ppm would be 1215.' },
    { found: ['AI-3208 normal: 0'], why: 'The 0.8 % of the note are those of a reduction; in normal running the analyser stands on nitrogen.' },
    { found: ['AI-3572 unit: ppm', 'AI-3572 high: 50', 'AI-3572 highHigh: 200', 'GD-3903 high: 25', 'GD-3903 highHigh: 50'], why: 'The note gives no unit or limits for these; ours [A], those of AI-3563 and of the hall detectors.' },
    { found: ['FI-3404 normal: 160000'], why: '58 t/h of ammonia need 157,000 Nm3/h; the 125,000 of the note do not make them.' },
    { found: ['MI-3506 unit: MPa'], why: 'A margin of pressure; the note names the tag without a unit.' },
    { found: ['PI-3401 range: 0..5'], why: 'The note gives one range for suction and discharge; 3.2 MPa are read on a gauge of 5.' },
    { found: noLowLimits('TI-3511', 'TI-3512', 'TI-3514', 'TI-3515', 'TI-3517', 'TI-3518'), why: 'The top of a bed runs at 362 degC, below the note\'s own 380: low limits stand on the outlets of the beds only.' },
  ],
  h2o2: [
    { found: ['AI-4208 normal: 5.2'], why: '6 % would need 25,500 Nm3/h of air and FI-4210 ends at 25,000.' },
    { found: ['AI-4511 missing', 'AI-4512 missing'], why: 'The laboratory does it (lab PURGE-H2, PURGE-O2, same 0.5 and 2.0 %): an analyser of 0 to 5 % stands at its end in the hydrogen of normal running, and dead legs are found by samples.' },
    { found: ['AI-4702 normal: 310', 'AI-4702 high: none', 'AI-4702 highHigh: none'], why: 'In service the column is full of product; the note\'s 0 and its limits are those of an idle one: they stand while XS-4701 says drained (decision 0034).' },
    { found: ['LI-4205 missing', 'LI-4206 missing'], why: 'Triples, LI-4205A to C and LI-4206A to C, for the SIS votes 2oo3 on them.' },
    { found: ['A', 'B', 'C'].map((n) => `TI-4801${n} range: 0..150`), why: 'A tank that runs away passes 100 degC (boiling at 112): at 100 the reading would stand still.' },
  ],
};
