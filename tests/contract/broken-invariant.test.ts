/** Fail closed, fail loud, keep retreating (architecture rule 7): what happens when the product itself breaks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePlant } from '../../src/domain/station/plant.ts';
import { stop } from '../../src/domain/station/commands.ts';
import { enterVerdict } from '../../src/domain/station/gates/verdicts.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import { createClock } from '../../src/main/station/clock.ts';
import { StationCore } from '../../src/main/station/core.ts';

let dir: string;
let journal: Journal;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-broken-'));
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => Date.now() });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  journal = opened.value;
});

afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true, force: true });
});

test('3.4 an invariant breaks in the middle: nothing stays known, entry is refused, emergency stop works and is journaled', () => {
  const { plants } = loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures' });
  const pack = plants.find((p) => p.id === 'h2o2');
  if (pack === undefined) throw new Error('no pack');
  const plant = makePlant(pack);
  const core = new StationCore({ plant, journal, clock: createClock(), onFacts: () => undefined });
  core.restore({ version: 'test', mode: 'TRAINING' });
  const now = core.context().nowMs;
  core.ingest([{ tag: 'TI-4203', value: 52, status: 0, sourceMs: now, receivedMs: now }]);
  expect(plant.engine.readingOf('TI-4203')).toMatchObject({ value: 52, quality: 'good' });

  let broke = 0;
  plant.engine.drain = () => {
    broke += 1;
    throw new Error('broken invariant: made by the test');
  };
  core.tick();
  expect(broke).toBe(1); // the fault has arrived
  expect(core.fault).toContain('made by the test');
  expect(plant.engine.readingOf('TI-4203')?.quality).toBe('bad');

  core.tick();
  core.ingest([{ tag: 'TI-4203', value: 53, status: 0, sourceMs: now + 1, receivedMs: now + 1 }]);
  expect(broke).toBe(1); // a broken part is not asked again
  const stopped = core.decide(stop(core.context(), 'post', 'people'), true);
  expect(stopped).toMatchObject({ outcome: 'done' });
  expect(core.state.runs.length).toBeGreaterThan(0);
  expect(enterVerdict(plant, core.state, 'Z-4200', now + 10).allowed).toBe(false);
  const types = [...journal.records()].map((record) => record.type);
  expect(types).toContain('effect.failed');
  expect(types).toContain('retreat.stop');
});
