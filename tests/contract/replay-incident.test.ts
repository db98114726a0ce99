/** REQ-REC-07: `haven replay --incident` makes a journal of a recorded trace of the simulated plant: facts, samples, and what it is. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as replay } from '../../src/main/cli/replay.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { verifyJournal } from '../../src/main/journal/verify.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import { openRecording } from '../../src/main/recorder/reader.ts';
import { toFact } from '../../src/main/station/core.ts';
import { recordText } from '../../src/main/station/record-text.ts';
import { PackReader } from '../../src/domain/packs/recorded-pack.ts';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { startStation } from '../../src/main/station/index.ts';
import { simulatedTrace } from '../support/recording/simulated-trace.ts';
import { ROOT } from '../unit/domain/bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'haven-reconstruct-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await replay(args, { stdout: (text) => { out += text; }, stderr: (text) => { err += text; }, cwd: ROOT });
  return { code, out, err };
}
const factsIn = (dir: string): Fact[] => [...readRecords(path.join(dir, 'journal.sqlite'))].flatMap((record) => toFact(record) ?? []);
const plant = makePlant((() => {
  const pack = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') }).plants.find(({ id }) => id === 'h2o2');
  if (pack === undefined) throw new Error('there is no h2o2 pack');
  return pack;
})());

const file = path.join(folder, 'upset.csv');
const dir = path.join(folder, 'upset');
const FROM = '2026-03-01T06:00:00.000Z';
let told: { code: number; out: string; err: string };
let plain: { code: number; out: string; err: string };
beforeAll(async () => {
  writeFileSync(file, simulatedTrace({ seconds: 3_000, faultAtS: 2_400, fault: 'F2-02', from: FROM, hole: [600, 720] }));
  plain = await call(file, '--plant', 'h2o2', '--json');
  told = await call(file, '--plant', 'h2o2', '--json', '--incident', dir);
}, 120_000);

describe('REQ-REC-07 a trace becomes an incident', () => {
  it('the events are those of a replay without it, and one line more for each incident', () => {
    expect([plain.code, told.code, told.err]).toEqual([0, 0, '']);
    expect(told.out.startsWith(plain.out)).toBe(true);
    const more = told.out.slice(plain.out.length).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(more).toEqual([{ incident: expect.stringMatching(/^I-\d+$/u) as string, openedMs: expect.any(Number) as number, closedMs: null, journal: dir }]);
    expect(more[0]?.['openedMs']).toBeGreaterThanOrEqual(Date.parse(FROM) + 2_400_000);
  });

  it('the journal is sound, says of which file it was made, holds the pack, and folds to an open incident', () => {
    expect(verifyJournal(path.join(dir, 'journal.sqlite')).verdict).toBe('sound');
    const records = [...readRecords(path.join(dir, 'journal.sqlite'))];
    expect(records[0]?.data).toMatchObject({ mode: 'RECONSTRUCTED' });
    expect(records[1]).toMatchObject({ type: 'trace.reconstructed', by: null, data: { file: 'upset.csv', sha256: createHash('sha256').update(readFileSync(file)).digest('hex'), plant: 'h2o2' } });
    const facts = factsIn(dir);
    expect(facts.length).toBe(records.length - 1);
    const reader = new PackReader();
    expect(facts.flatMap((f) => (f.type === 'pack.recorded' ? (reader.add(f.data) ?? []) : [])).map(({ recorded }) => recorded.pack.id)).toEqual(['h2o2']);
    const state = evolveAll(EMPTY_STATE, facts, plant.machines);
    expect(state.incident?.openedMs).toBe(facts.find((f) => f.type === 'incident.opened')?.atMs);
    expect(records.map(({ atMs }) => atMs)).toEqual(records.map(({ atMs }) => atMs).sort((a, b) => a - b));
  });

  it('nobody did anything in it, and it says so in both languages', () => {
    const facts = factsIn(dir);
    expect(facts.filter(({ by }) => by !== null)).toEqual([]);
    expect(facts.filter(({ type }) => /^(?:station|session|post|retreat|people\.entered|alarm\.acknowledged|training)/u.test(type))).toEqual([]);
    const first = facts.find(({ type }) => type === 'trace.reconstructed');
    expect(first === undefined ? null : recordText(first, plant)).toEqual({ zh: expect.stringContaining('据历史数据重建') as string, en: expect.stringContaining('Reconstructed from a recorded trace') as string });
  });

  it('the samples are those of the trace, vouched for by the journal, holes told as holes', () => {
    const facts = factsIn(dir);
    const id = facts.flatMap((f) => (f.type === 'incident.opened' ? [f.data.incident] : []))[0] ?? '';
    const recording = openRecording(dir, id, facts);
    expect(recording.recording).toMatchObject({ verdict: 'whole', toMs: Date.parse(FROM) + 3_000_000 });
    expect(recording.recording?.gaps).toEqual([{ fromMs: Date.parse(FROM) + 600_000, toMs: Date.parse(FROM) + 720_000, tags: null, reason: expect.objectContaining({ en: 'The trace has no rows here' }) as object }]);
    const [head = '', ...rows] = readFileSync(file, 'utf8').trim().split('\n');
    const columns = head.split(',');
    for (const tag of ['TI-4202', 'LI-4108A', 'I-4200-TRIP']) {
      const wanted = rows.map((row) => row.split(',')).map((cells) => [Date.parse(cells[0] ?? ''), cells[columns.indexOf(tag)] ?? ''] as const)
        .filter(([ms]) => ms >= (recording.recording?.fromMs ?? 0)).map(([ms, text]) => [ms, text === '!bad' ? null : text === 'true' ? 1 : text === 'false' ? 0 : Number(text)]);
      const points = recording.series(tag).filter(([ms, value]) => !(value === null && ms === Date.parse(FROM) + 600_000));
      expect(points).toEqual(wanted);
      expect(points.length).toBeGreaterThan(2_000);
    }
    recording.close();
  });

  it('a second reconstruction has the same facts; a trace that ends open is told as open', async () => {
    const again = path.join(folder, 'again');
    const { out } = await call(file, '--plant', 'h2o2', '--incident', again);
    expect(factsIn(again)).toEqual(factsIn(dir));
    expect(out).toContain('据历史数据重建 / reconstructed: I-');
    expect(out).toContain('still open when the trace ends');
    expect(factsIn(again).at(-1)).toMatchObject({ type: 'trace.ended', data: { incident: expect.stringMatching(/^I-/u) as string } });
  });

  it('a quiet trace has a journal and no incident', async () => {
    const quiet = path.join(folder, 'quiet.csv');
    writeFileSync(quiet, simulatedTrace({ seconds: 120, faultAtS: -1, fault: '' }));
    const { code, out } = await call(quiet, '--plant', 'h2o2', '--json', '--incident', path.join(folder, 'quiet'));
    expect([code, out.trim().split('\n').map((line) => (JSON.parse(line) as { type?: string; incident?: string }).incident)]).toEqual([0, expect.not.arrayContaining([expect.any(String)])]);
    expect(factsIn(path.join(folder, 'quiet')).at(-1)).toMatchObject({ type: 'trace.ended', data: { incident: null } });
  });
});

describe('REQ-REC-07 what is refused', () => {
  it('a folder that is not empty, a trace that is refused half way: exit 2, and no half a journal', async () => {
    expect(await call(file, '--plant', 'h2o2', '--json', '--incident', dir)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is not empty; expected a new folder') as string });
    const torn = path.join(folder, 'torn.csv');
    writeFileSync(torn, `time,TI-4202\n0,45\n1,61\n2,61\n3,hot\n`);
    const half = path.join(folder, 'half');
    mkdirSync(half);
    expect(await call(torn, '--plant', 'h2o2', '--incident', half)).toMatchObject({ code: 2, err: expect.stringContaining(':5:2:') as string });
    expect(readdirSync(half)).toEqual([]);
    expect(await call(path.join(folder, 'nowhere.csv'), '--plant', 'h2o2', '--incident', half)).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') as string });
  });

  it('a station does not go on with a reconstructed journal', async () => {
    const opened = openJournal({ dir, mode: 'OPERATION', nowMs: () => Date.now() });
    expect(opened).toMatchObject({ ok: false, problem: { code: 'wrong-mode', message: { en: expect.stringContaining('RECONSTRUCTED') as string } } });
    const dataDir = path.join(folder, 'data');
    mkdirSync(dataDir);
    const { cpSync } = await import('node:fs');
    cpSync(dir, path.join(dataDir, 'operation'), { recursive: true });
    const started = await startStation({ dataDir, plant: 'h2o2', training: false, rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures'), endpoint: 'opc.tcp://127.0.0.1:1' });
    expect(started).toMatchObject({ ok: false, problem: { message: expect.stringContaining('RECONSTRUCTED') as string } });
  });
});
