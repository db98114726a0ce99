/** REQ-REC-06: kill -9 of a real process that records, at random moments. What the journal vouches for is there; nothing is altered; the time between is a gap. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/domain/station/facts.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { openRecording } from '../../src/main/recorder/reader.ts';
import { INCIDENT, TAGS, valueAt } from './recorder-writer.process.ts';

const WRITER = join(import.meta.dirname, 'recorder-writer.process.ts');
const ROUNDS = Number(process.env['HAVEN_KILL_ROUNDS'] ?? 8);

/** Killed so long after its first mark: what it had confirmed until then. */
async function recordAndKill(dir: string, afterMs: number): Promise<Fact[]> {
  const writer = spawn(process.execPath, [WRITER, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let kill: NodeJS.Timeout | undefined;
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    kill ??= setTimeout(() => writer.kill('SIGKILL'), afterMs);
  });
  const signal = await new Promise((resolve) => writer.once('close', (_code, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Fact);
}

describe('REQ-REC-06 kill -9', () => {
  test(`${String(ROUNDS)} times: every mark that was confirmed holds, every sample is what it was, the time between is told`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'haven-recorder-kill-'));
    let samples = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const confirmed = await recordAndKill(dir, 20 + ((round * 7_919) % 400));
      const facts = [...readRecords(join(dir, 'journal.sqlite'))] as unknown as Fact[];
      const marks = facts.filter(({ type }) => type === 'recording.marked');
      expect(marks.length).toBeGreaterThan(0);
      for (const mark of confirmed) expect(facts).toContainEqual(expect.objectContaining({ type: mark.type, data: mark.data }));
      const recording = openRecording(dir, INCIDENT, facts);
      expect(recording.recording?.verdict).toBe('running');
      expect(recording.recording?.gaps.filter(({ reason }) => reason.en === 'The station was off').length).toBe(round - 1);
      let found = 0;
      for (const { tag, value, receivedMs } of recording.samples()) {
        if (value !== valueAt(TAGS.indexOf(tag), receivedMs)) throw new Error(`${tag} at ${String(receivedMs)} is ${String(value)}`);
        found += 1;
      }
      recording.close();
      expect(found).toBeGreaterThan(samples);
      samples = found;
    }
    console.log(`kill -9 of the recorder: ${String(ROUNDS)} rounds, ${String(samples)} samples, none altered, every confirmed mark holds`);
    rmSync(dir, { recursive: true, force: true });
  }, 60_000 + ROUNDS * 15_000);
});
