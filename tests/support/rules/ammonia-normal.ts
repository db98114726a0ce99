/** The ammonia plant as it runs normally (research/simulators.md 4.3): gasification front end, converter at 200 bar, nothing leaking. */
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import type { Values } from './plant-story.ts';

const TABLE: Values = {
  'FI-3101A': 66, 'FI-3101B': 66.2, 'FI-3101C': 65.9, 'FI-3102A': 29_900, 'FI-3102B': 29_950, 'FI-3102C': 29_880, 'FFI-3103': 453, 'FSD-3103': 0.4,
  'TI-3104A': 1215, 'TI-3104B': 1218, 'TI-3104C': 1212, 'TI-3104D': 1216, 'PI-3105A': 4, 'PI-3105B': 4.01, 'PI-3105C': 3.99, 'PDI-3106': 1.6,
  'LI-3107A': 60, 'LI-3107B': 60.5, 'LI-3107C': 59.6, 'AI-3108': 500, 'AI-3109': 0, 'XS-3110': true, 'KQ-3111': 5, 'AI-3112': 0, 'XS-3114': true, 'XS-3115': 'running',
  'PI-3117': 5.6, 'PDI-3118': 0.1, 'XV-3101': 'open', 'XV-3102A': 'open', 'XV-3102B': 'open', 'GD-3101A': 0, 'GD-3101B': 0, 'GD-3101C': 0,
  'FI-3602': 40_000, 'FFI-3603': 3, 'FFI-3604': 1.55, 'TI-3605': 800, 'TI-3606': 960, 'XV-3601': 'open', 'XV-3602': 'open',
  'TI-3201': 300, 'TI-3202': 410, 'TI-3203': 290, 'TI-3204': 320, 'TI-3205': 300, 'AI-3206': 0.4, 'AI-3207': 1.2, 'AI-3208': 0, 'PI-3210': 3.7, 'FI-3211': 0,
  'TI-3301': 310, 'TI-3302': 325, 'TI-3303': 333, 'TI-3304': 335, 'AI-3305': 0.4, 'TI-3306': 260, 'PI-3307': 3.4, 'XV-3301': 'open',
  'PI-3401': 3.2, 'PI-3402': 19.8, 'TI-3403': 135, 'FI-3404': 125_000, 'LI-3405': 5, 'II-3406': 820, 'VI-3407': 25, 'XS-3408': false, 'GD-3401A': 0, 'GD-3401B': 0,
  'TI-3511': 362, 'TI-3512': 405, 'TI-3513': 442, 'TI-3514': 410, 'TI-3515': 465, 'TI-3516': 510, 'TI-3517': 495, 'TI-3518': 503, 'TI-3519': 510, 'TI-3520': 180,
  'PI-3501': 19.9, 'TI-3502': 250, 'AI-3503': 4.2, 'AI-3504': 18.4, 'AI-3505': 3, 'MI-3506': 2.15, 'GD-3501A': 0, 'GD-3501B': 0, 'GD-3501C': 0, 'GD-3502A': 0, 'GD-3502B': 0,
  'LI-3541A': 50, 'LI-3541B': 50.3, 'LI-3541C': 49.8, 'LI-3542': 50.1, 'XV-3543': 'open', 'PI-3551A': 1.8, 'PI-3551B': 1.8, 'PI-3551C': 1.81, 'LI-3552': 50,
  'PI-3561': 4, 'LI-3562': 50, 'AI-3563': 0, 'PI-3571': 0.45, 'AI-3572': 0, 'PI-3901': 3, 'XS-3902': 3, 'GD-3903': 0, 'FI-3904': 0.5,
  'XS-3911': true, 'PI-3912': 0.5, 'PI-3913': 4, 'PI-3914': 0.65, 'PI-3915': 0.7,
};

/** Switches off, cameras seeing, valves closed, machines running, nobody in the field; what the plant has otherwise stands in the table. */
export function ammoniaNormal(pack: PlantPack): Values {
  const values: Record<string, SampleValue> = {};
  for (const tag of pack.tags) {
    if (tag.kind === 'boolean') values[tag.id] = tag.id.startsWith('CAM-');
    else if (tag.kind === 'count') values[tag.id] = 0;
    else if (tag.kind === 'discrete') values[tag.id] = tag.states.includes('closed') ? 'closed' : 'running';
    else if (TABLE[tag.id] === undefined) throw new Error(`no normal value for ${tag.id}`);
  }
  return { ...values, ...TABLE };
}
