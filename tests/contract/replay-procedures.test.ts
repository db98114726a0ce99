/**
 * REQ-GATE-17: procedures in `haven replay` as outside programs read them: raised by conditions, retreating when the interlock trips, ticked
 * by tags, safe; and the times that run beside them. One trace for each plant, and what follows when a time runs out.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run as replay } from '../../src/main/cli/replay.ts';
import { ammoniaNormal } from '../support/rules/ammonia-normal.ts';
import { h2o2Normal } from '../support/rules/h2o2-normal.ts';
import { ammoniumNitrateNormal, fineChemicalsNormal } from '../support/rules/normal-values.ts';
import { shippedPlant } from '../support/rules/plant-story.ts';
import type { Values } from '../support/rules/plant-story.ts';
import { traceOf } from '../support/rules/trace.ts';
import type { Changes } from '../support/rules/trace.ts';
import { ROOT } from '../unit/domain/bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'haven-replay-procedures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NORMAL: Readonly<Record<string, () => Values>> = {
  'fine-chemicals': () => fineChemicalsNormal(shippedPlant('fine-chemicals')),
  'ammonium-nitrate': () => ammoniumNitrateNormal(shippedPlant('ammonium-nitrate')),
  'ammonia-synthesis': () => ammoniaNormal(shippedPlant('ammonia-synthesis')),
  'h2o2': () => h2o2Normal(shippedPlant('h2o2')),
};

interface Event { readonly t: number; readonly type: string; readonly id: string; readonly clause?: string; readonly state: string; readonly because?: readonly string[] }

/** The course of a plant as it is told: procedures, times, prohibitions, interlocks that are not armed; one line for each. */
async function play(plant: string, changes: Changes, untilS: number): Promise<{ readonly lines: readonly string[]; readonly events: readonly Event[] }> {
  const file = path.join(folder, `${plant}-${String(Math.random()).slice(2)}.csv`);
  writeFileSync(file, traceOf(NORMAL[plant]?.() ?? {}, changes, { untilS }));
  let out = '';
  const code = await replay([file, '--plant', plant, '--json'], { stdout: (text) => { out += text; }, stderr: (text) => { out += text; }, cwd: ROOT });
  expect(code, out.slice(0, 500)).toBe(0);
  const events = out.trim().split('\n').map((line) => JSON.parse(line) as Event);
  const told = events.filter(({ type, state }) => ['procedure', 'limit', 'prohibition'].includes(type) || (type === 'interlock' && state !== 'armed'));
  return { lines: told.map(({ t, id, state }) => `${t} ${id} ${state}`), events };
}

const of = (lines: readonly string[], ...ids: readonly string[]): string[] => lines.filter((line) => ids.includes(line.split(' ')[1] ?? ''));

const STOPPED = { 'XS-2500': 'stopped', 'FI-2416': 0, 'P-2405': 'stopped', 'II-2413': 0, 'PI-2415': 0, 'I-2402-TRIP': true };
const STEAM_OFF = { 'XV-2411': 'closed', 'XV-2412': 'closed', 'XV-2501C': 'closed', 'XV-2502C': 'closed', 'XV-2301': 'closed' };
const FEED_OFF = { 'P-2301A': 'stopped', 'P-2301B': 'stopped', 'XV-2403': 'closed', 'XV-2520': 'closed', 'XV-2401': 'closed', 'XV-2402': 'closed' };
const DUMPING = { 'XV-2415': 'open', 'XV-2416': 'open' };

describe('REQ-GATE-17 from the condition to the safe state, one trace for each plant', () => {
  it('A1.6 fine chemicals: nothing comes over for 5 min, the still is dry and cools', async () => {
    const { lines, events } = await play('fine-chemicals', [
      [60, { 'FI-1403': 0 }], [365, { 'I-1401-TRIP': true }], [370, { 'XV-1401': 'closed', 'FI-1405': 0 }], [400, { 'LI-1401': 8 }], [900, { 'TI-1401': 90, 'TI-1402': 80, 'TI-1406': 100 }],
    ], 1_250);
    expect(events.find(({ id, state }) => id === 'P-A1.6' && state === 'raised')?.because).toEqual(['C-A1.6-NOTHING-OVER']);
    expect(lines).toEqual([
      '360 P-A1.6 raised', '360 NO-HEATING violated', '360 NO-DRY violated', '365 I-1401 tripped', '365 P-A1.6 retreating', '365 P-A1.6/A running', '365 P-A1.6/B running', '365 P-A1.6/B ended', '365 P-A1.6/C running',
      '370 NO-HEATING cleared', '370 NO-DRY cleared', '370 P-A1.6/A ended', '400 P-A1.6/C ended', '400 P-A1.6/D running', '400 P-A1.6/D ended', '400 P-A1.6/G running', '1020 P-A1.6/G ended', '1200 P-A1.6 safe',
    ]);
  });

  it('A2.7 ammonium nitrate: prilling stopped, both tanks empty within 20 and 30 min; a late proof still ends', async () => {
    const { lines, events } = await play('ammonium-nitrate', [[10, STOPPED], [30, STEAM_OFF], [60, FEED_OFF], [200, DUMPING], [400, { 'LI-2411': 0 }], [500, { 'LI-2412': 0 }]], 600);
    expect(lines).toEqual([
      '10 I-2402 tripped', '15 P-A2.7 raised', '15 P-A2.7 retreating', '15 P-A2.7/A running', '15 P-A2.7/B running', '15 P-A2.7/C running', '15 P-A2.7/SEAL-20 running', '15 P-A2.7/MIDDLE-30 running', '30 P-A2.7/A ended', '60 P-A2.7/B ended',
      // Nobody decides: after 2 min it is discharged. The valves open 5 s after the minute they have.
      '135 P-A2.7/C ended', '135 P-A2.7/E running', '135 P-A2.7/F running', '195 P-A2.7/E exceeded', '200 P-A2.7/E ended',
      '400 P-A2.7/F ended', '400 P-A2.7/G running', '400 P-A2.7/SEAL-20 ended', '500 P-A2.7/G ended', '500 P-A2.7/MIDDLE-30 ended', '560 P-A2.7 safe',
    ]);
    expect(events.find(({ id }) => id === 'P-A2.7/SEAL-20')).toEqual({ t: 15, time: '2000-01-01T00:00:15.000Z', type: 'limit', id: 'P-A2.7/SEAL-20', clause: 'A2.7', state: 'running' });
  });

  it('A3.1(7) ammonia: a boiler tube leaks, the way is chosen by tags, the loop let down without losing positive pressure', async () => {
    const { lines, events } = await play('ammonia-synthesis', [
      [30, { 'PI-3561': 4.7 }], [40, { 'I-3561-TRIP': true }], [50, { 'K-3401': 'stopped', 'K-3402': 'stopped', 'XV-3543': 'closed' }], [70, { 'XV-3105': 'open' }], [130, { 'PI-3561': 4.2 }], [140, { 'XV-3508': 'open' }], [600, { 'PI-3501': 3.5 }],
    ], 620);
    expect(events.find(({ id, state }) => id === 'P-A3.1(7)' && state === 'raised')?.because).toContain('C-A3.1(7)-PI-3561');
    expect(lines.filter((line) => line.includes('A3.1(7)') || line.includes('I-3561'))).toEqual([
      '30 P-A3.1(7) raised', '40 I-3561 tripped', '40 P-A3.1(7) retreating', '40 P-A3.1(7)/A running', '40 P-A3.1(7)/A ended', '40 P-A3.1(7)/B running', '50 P-A3.1(7)/B ended', '50 P-A3.1(7)/C running', '70 P-A3.1(7)/C ended',
      '70 P-A3.1(7)/D running', '70 P-A3.1(7)/D ended', '70 P-A3.1(7)/E1 running', '130 P-A3.1(7)/E1 ended', '130 P-A3.1(7)/G running', '600 P-A3.1(7)/G ended', '600 P-A3.1(7) safe',
    ]);
    expect(lines.some((line) => line.includes('KEEP-LOOP-PRESSURE'))).toBe(false);
  });

  it('A4.9 peroxide: the clay bed is hot, air is let in for half a minute, nitrogen cools it', async () => {
    const { lines } = await play('h2o2', [
      [30, { 'TI-4402': 86 }], [40, { 'I-4400-TRIP': true }], [50, { 'XV-4401': 'closed', 'XV-4104': 'closed' }], [100, { 'XV-4402': 'open' }], [120, { 'XV-4403': 'open' }], [150, { 'XV-4403': 'closed' }], [900, { 'TI-4402': 55 }],
    ], 1_000);
    // Raised again by its slope at 90 s: the same procedure, one more reason.
    expect(lines).toEqual([
      '30 P-A4.9 raised', '40 I-4400 tripped', '40 P-A4.9 retreating', '40 P-A4.9/A running', '40 P-A4.9/A ended', '40 P-A4.9/D running', '40 P-A4.9/D ended', '40 P-A4.9/B running', '90 P-A4.9 retreating', '100 P-A4.9/B ended', '100 P-A4.9/C running',
      '120 NO-AIR violated', '150 NO-AIR cleared', '900 P-A4.9/C ended', '960 P-A4.9 safe',
    ]);
  });
});

describe('REQ-GATE-17 a time runs out, the next procedure is raised', () => {
  it('A2.7 the seal tank does not empty: its continuous action is overdue, everybody out by P-A2.1; its 20 min are over', async () => {
    const { lines, events } = await play('ammonium-nitrate', [[10, STOPPED], [30, STEAM_OFF], [60, FEED_OFF], [250, { 'LI-2412': 0 }]], 1_250);
    expect(of(lines, 'P-A2.7/E', 'P-A2.7/F', 'P-A2.7/~K2', 'P-A2.7/~K3', 'P-A2.7/SEAL-20', 'P-A2.7/MIDDLE-30', 'P-A2.1', 'P-A2.1/A')).toEqual([
      '15 P-A2.7/SEAL-20 running', '15 P-A2.7/MIDDLE-30 running', '135 P-A2.7/E running', '135 P-A2.7/F running', '195 P-A2.7/E exceeded', '435 P-A2.7/F exceeded', '435 P-A2.7/MIDDLE-30 ended',
      '670 P-A2.7/~K2 running', '970 P-A2.7/~K2 exceeded', '970 P-A2.1 raised', '970 P-A2.1 retreating', '970 P-A2.1/A running', '1215 P-A2.7/SEAL-20 exceeded',
    ]);
    // Nothing about the plant raised it: the procedure before it did.
    expect(events.find(({ id, type }) => id === 'P-A2.1' && type === 'procedure')?.because).toEqual([]);
  });

  it('A2.7 the level is not known from the beginning: nothing proves the tank empty, and the deadline itself raises P-A2.1', async () => {
    const { lines } = await play('ammonium-nitrate', [[5, { 'LI-2411': '!bad' }], [10, STOPPED], [30, STEAM_OFF], [60, FEED_OFF], [200, DUMPING]], 1_250);
    expect(of(lines, 'P-A2.7/~K2', 'P-A2.7/SEAL-20', 'P-A2.1')).toEqual(['15 P-A2.7/SEAL-20 running', '1215 P-A2.7/SEAL-20 exceeded', '1215 P-A2.1 raised', '1215 P-A2.1 retreating']);
  });

  it('A2.7 a continuous action that is answered in time ends', async () => {
    const { lines } = await play('ammonium-nitrate', [[10, STOPPED], [30, STEAM_OFF], [60, FEED_OFF], [250, { 'LI-2412': 0 }], [700, { 'XV-2415': 'open', 'XV-2416': 'open' }], [800, { 'LI-2411': 0 }]], 900);
    expect(of(lines, 'P-A2.7/~K2', 'P-A2.7/F', 'P-A2.7/SEAL-20', 'P-A2.1', 'P-A2.7')).toEqual([
      '15 P-A2.7 raised', '15 P-A2.7 retreating', '15 P-A2.7/SEAL-20 running', '135 P-A2.7/F running', '435 P-A2.7/F exceeded', '670 P-A2.7/~K2 running', '800 P-A2.7/F ended', '800 P-A2.7/SEAL-20 ended', '800 P-A2.7/~K2 ended', '860 P-A2.7 safe',
    ]);
  });
});
