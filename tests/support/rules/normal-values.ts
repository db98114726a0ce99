/** The plants of Annex 1 and 2 as they run normally: research/simulators.md 2.3 and 3.3. */
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import type { Values } from './plant-story.ts';

/** Switches off, cameras seeing, valves closed, machines running, nobody in the field, DCS counters at one; what a plant has otherwise stands in its table. */
function fillUp(pack: PlantPack, table: Values): Values {
  const values: Record<string, SampleValue> = {};
  for (const tag of pack.tags) {
    if (tag.kind === 'boolean') values[tag.id] = tag.id.startsWith('CAM-');
    else if (tag.kind === 'count') values[tag.id] = tag.id.startsWith('HB') ? 1 : 0;
    else if (tag.kind === 'discrete') values[tag.id] = tag.states.includes('closed') ? 'closed' : tag.states.includes('running') ? 'running' : tag.states[0] ?? null;
    else if (table[tag.id] === undefined) throw new Error(`no normal value for ${tag.id}`);
  }
  return { ...values, ...table };
}

export const fineChemicalsNormal = (pack: PlantPack): Values => fillUp(pack, {
  'TI-1101A': 60, 'TI-1101B': 60.4, 'TI-1101C': 59.8, 'TRC-1101': 0, 'PI-1101A': 0.02, 'PI-1101B': 0.02, 'LI-1101': 70, 'TI-1103': 29, 'FI-1104': 40, 'SI-1105': 80,
  'II-1105': 28, 'VI-1105': 3, 'FIC-1106': 333, 'FQ-1106': 400, 'LI-1112': 40, 'TI-1112': 20, 'PI-1112': 0, 'TI-1131': 60, 'LI-1131': 40, 'XS-1100': 'reacting',
  'XV-1107': 'open', 'XV-1110': 'open', 'TI-1201': 90, 'PIC-1201': 0.8, 'FI-1202': 60, 'AI-1203A': 0.05, 'AI-1203B': 0.05, 'SI-1205': 200, 'GD-1205': 0, 'XV-1201': 'open',
  'TI-1301': 45, 'TDI-1302': 8, 'FQ-1303': 40, 'PI-1301': 0.01, 'TI-1308': 20, 'LI-1308': 20, 'PI-1308': 0.005, 'FI-1309': 0, 'XS-1300': 'dosing', 'XS-1305': true,
  'XV-1303': 'open', 'XV-1308': 'open', 'TI-1401': 112, 'TI-1402': 110, 'TI-1406': 118, 'FI-1403': 600, 'LI-1401': 60, 'FI-1405': 0.9, 'PI-1404': 101, 'XV-1401': 'open',
  'PI-1501A': -500, 'PI-1501B': -495, 'AI-1503': 0.5, 'AI-1504': 12.5, 'TI-1505': 35, 'FI-1506': 60, 'GD-1507': 0, 'K-1501B': 'stopped', 'P-1506B': 'stopped', 'VI-1501': 3,
  'ZS-1501': 'tower-a', 'XV-1502': 'open', 'PI-1901': 0.4, 'PI-1902': 0.65, 'PI-1903': 0.7, 'PI-1904': 0.8, 'JS-1901': true,
});

export const ammoniumNitrateNormal = (pack: PlantPack): Values => fillUp(pack, {
  'LIC-2101': 50, 'LI-2103': 2, 'TI-2102': 65, 'TRC-2102': 0, 'PIC-2101': 0.52, 'XV-2101': 'open', 'XV-2102': 'open', 'FI-2201': 4.26, 'FI-2202': 28.6, 'FFI-2203': 1.003,
  'FSD-2203': 0.8, 'AI-2204A': 6, 'AI-2204B': 6.1, 'AI-2204C': 5.9, 'TI-2205A': 179, 'TI-2205B': 179.5, 'TI-2205C': 178.6, 'PI-2206': 0.3, 'LI-2207': 60, 'GD-2207': 0,
  'TI-2211': 135, 'AI-2212': 5.5, 'PI-2211': 110, 'XV-2201': 'open', 'XV-2202': 'open', 'TI-2301A': 132, 'TI-2301B': 131.6, 'TI-2301C': 132.5, 'LI-2301': 60, 'AI-2302': 5.5,
  'AI-2303': 10, 'AI-2304': 3, 'FI-2302': 0, 'XV-2301': 'open', 'P-2301B': 'stopped', 'TI-2311A': 132, 'TI-2311B': 120, 'FI-2312': 20, 'XV-2311': 'open',
  'TI-2401': 122, 'PI-2401': 40, 'TI-2402': 175, 'PI-2402': 14, 'LI-2403': 30, 'LI-2404': 30, 'FI-2406': 20, 'XV-2401': 'open', 'XV-2402': 'open', 'XV-2403': 'open',
  'TI-2411': 174, 'KQ-2411': 4, 'LI-2411': 40, 'TI-2412': 173, 'KQ-2412': 8, 'LI-2412': 40, 'II-2413': 48, 'TI-2414': 176, 'PI-2415': 1.2, 'FI-2416': 20,
  'XV-2411': 'open', 'XV-2412': 'open', 'XV-2413': 'open', 'TI-2501': 165, 'KQ-2501': 0, 'TI-2502': 136, 'KQ-2502': 0, 'XV-2501C': 'open', 'XV-2502C': 'open',
  'TI-2520A': 172, 'TI-2520B': 172.5, 'GD-2522': 0, 'ZS-2530': 'run', 'XV-2520': 'open', 'XV-2522': 'open', 'JS-2520': 'on', 'TI-2602': 20,
  'PI-2901': 0.4, 'PI-2902': 0.65, 'PI-2903': 0.7, 'PI-2904': 1.4, 'PI-2905': 0.6, 'JS-2901': true, 'PC-2200': 1, 'PC-2520': 1,
});
