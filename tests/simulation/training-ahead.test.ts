/** REQ-TRN-19: what the station asks to be run ahead is what the plant can do, for all four plants: the shipped procedures, the real models. */
import { describe, expect, it } from 'vitest';
import { makePlant } from '../../src/domain/station/plant.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import * as ahead from '../../src/main/training/ahead.ts';
import { devicePosition } from '../../src/main/training/device-position.ts';
import { Line } from '../../src/main/training/line.ts';
import { readAheadQuestion, runAhead } from '../../simulators/machine/ahead.ts';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { plantOf } from '../../simulators/plants/index.ts';
import { ROOT } from '../unit/domain/bench.ts';

const STOP = { 'fine-chemicals': 'HS-1001', 'ammonium-nitrate': 'HS-2001', 'ammonia-synthesis': 'HS-3001', 'h2o2': 'HS-4001' } as const;
const packs = loadPacks({ rulesDir: `${ROOT}/rules`, proceduresDir: `${ROOT}/procedures` });
const packOf = (plant: string) => packs.plants.find(({ id }) => id === plant) ?? expect.fail(plant);
const procedures = (plant: string) => [...makePlant(packOf(plant)).procedures.values()];

describe('REQ-TRN-19 A1 A2 A3 A4 modes of retreat, run ahead', () => {
  it.each(Object.entries(STOP))('%s: every way through every procedure is understood, no order of a step is dropped, and what is run is refused nowhere', (plant, stop) => {
    const definition = plantOf(plant as keyof typeof STOP, undefined) ?? expect.fail(plant);
    const machine = new PlantMachine(definition);
    machine.step(0.25);
    const snapshot = machine.snapshot();
    const seen = new Set<string>();
    for (const [i, procedure] of procedures(plant).entries()) {
      const modes = ahead.modesOf(stop, packOf(plant), [procedure]);
      const question = readAheadQuestion({ modes, tags: [], endS: 100 }, definition);
      const read = question.ok ? question.value.modes : expect.fail(`${procedure.id}: ${question.message}`);
      for (const { sets, id } of procedure.steps) for (const [device, value] of Object.entries(sets)) expect([procedure.id, id, device, devicePosition(packOf(plant), device, value) !== null]).toEqual([procedure.id, id, device, true]);
      // All of them are looked at; the first is run.
      if (i > 0) continue;
      for (const mode of read) {
        if (seen.has(mode.id)) continue;
        seen.add(mode.id);
        const run = runAhead(definition, snapshot, mode, { tags: [], endS: 100 });
        expect([mode.id, run.ok ? run.value.end.refused : run.message]).toEqual([mode.id, []]);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['nothing', 'stop']));
    expect(seen.size).toBeGreaterThan(2);
  });

  it('each outcome says what it supposes, in both languages', async () => {
    const results = ['nothing', 'stop', 'P-A1.1/HELD'].map((id) => ({ id, title: { zh: id, en: id }, tags: [], margins: [], trips: [], end: { refused: [] } }));
    const line = new Line(() => ({ call: (method: string) => Promise.resolve({ ok: true, value: method === 'Truth' ? { margins: [] } : { state: 'done', progress: 1, message: null, fromTimeS: 0, results } }) }) as never);
    const told = await ahead.result(line, 1, []);
    const supposed = told.ok ? told.value.runs.map((run) => run.supposed) : expect.fail(told.reason);
    expect(supposed.map((each) => each?.en)).toEqual([expect.stringContaining('nobody touches anything'), expect.stringContaining('pressed after 5 s'), expect.stringContaining('a step every 20 s')]);
    expect(supposed.every((each) => each?.zh.startsWith('假设：') === true)).toBe(true);
  });
});
