/** The recorder in a real station at a real simulated plant: what it keeps through a kill, and that the retreat does not notice when it cannot. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConsoleProbe } from '../../src/main/bench/console-probe.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { openRecording } from '../../src/main/recorder/reader.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { instruct, openScene } from '../support/station/processes.ts';
import type { Scene } from '../support/station/processes.ts';

const WITHIN_MS = 60_000;
let scene: Scene;
let consoleDir: string;
beforeEach(async () => {
  consoleDir = mkdtempSync(join(tmpdir(), 'haven-recorder-console-'));
  writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>-</title>');
  scene = await openScene('recorder', ['--console', consoleDir]);
});
afterEach(async () => {
  await scene.close();
  rmSync(consoleDir, { recursive: true, force: true });
});

const facts = (): Fact[] => (existsSync(scene.journalFile) ? [...readRecords(scene.journalFile)] as unknown as Fact[] : []);
async function until<T>(look: () => T | undefined, what: string): Promise<T> {
  for (let i = 0; i < WITHIN_MS / 100; i += 1) {
    const found = look();
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error(`${what} did not come within ${WITHIN_MS / 1_000} s`);
}
const dir = (): string => dirname(scene.journalFile);

describe('the recorder of a real station', () => {
  test('REQ-REC-02 REQ-REC-06 every tag around an incident, vouched for by the journal; killed and started again it goes on, and tells the time between', async () => {
    const first = await scene.startStation();
    await pause(5_000);
    await instruct(scene.instructor, 'SetTag', ['TI-4402', '86']);
    const began = await until(() => facts().find((f) => f.type === 'recording.began'), 'the recording');
    await pause(12_000);
    await first.end('SIGKILL');
    const second = await scene.startStation();
    await pause(12_000);
    await second.end();
    const recording = openRecording(dir(), began.data.incident, facts());
    expect(recording.recording).toMatchObject({ verdict: 'running' });
    const reasons = recording.recording?.gaps.map(({ reason }) => reason.en) ?? [];
    expect(reasons).toContain('Recording had not begun yet');
    expect(reasons).toContain('The station was off');
    expect(recording.recording?.tags).toBeGreaterThan(140);
    const hot = recording.series('TI-4402');
    expect(hot.some(([, value]) => value === 86)).toBe(true);
    expect(hot.some(([, value]) => value === null)).toBe(true);
    // The word of a state tag is its index.
    expect(recording.series('XV-4101').some(([, value]) => value === 0 || value === 1)).toBe(true);
    recording.close();
  }, 240_000);

  test('REQ-REC-05 the one law: samples that cannot be written are warned of, and the retreat goes its way', async () => {
    mkdirSync(join(dir(), 'samples.sqlite'), { recursive: true }); // where the file should be
    const station = await scene.startStation();
    const probe = await ConsoleProbe.open(station.ready['url'] ?? '');
    const warned = probe.first(({ sections }) => sections.station?.recorder ?? undefined, WITHIN_MS, 'the warning');
    probe.request('view.snapshot');
    expect((await warned).en).toContain('Samples cannot be written; retreat is not affected'); // the fault has arrived
    await instruct(scene.instructor, 'SetTag', ['TI-4402', '86']);
    await probe.first(({ sections }) => sections.upset?.procedures.find(({ id, place }) => id === 'P-A4.9' && place === 'raised'), WITHIN_MS, 'the procedure');
    const retreats = probe.first(({ sections }) => sections.upset?.procedures.find(({ id, place }) => id === 'P-A4.9' && ['retreating', 'stopping', 'safe'].includes(place)), WITHIN_MS, 'the retreat');
    probe.request('retreat.stop');
    await retreats;
    rmSync(join(dir(), 'samples.sqlite'), { recursive: true });
    await until(() => (facts().some((f) => f.type === 'recording.began') ? true : undefined), 'the recording, once the cause is gone');
    probe.close();
  }, 240_000);
});
