/**
 * A station's recorder and journal, to be killed: samples and marks without end. Says on stdout each mark that the journal has confirmed.
 * Started by the test beside it: DIR. The value of a sample follows from when it came, so that the reader can tell whether it was changed.
 */
import { writeSync } from 'node:fs';
import type { JsonValue } from '../../src/domain/journal/canonical-json.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import { Recorder } from '../../src/main/recorder/recorder.ts';

export const TAGS = Array.from({ length: 50 }, (_, i) => `TI-${String(i + 1)}`);
export const valueAt = (tag: number, ms: number): number => tag * 1_000 + ((ms / 1_000) % 997);
export const INCIDENT = 'I-1';

function write(dir: string): void {
  let nowMs = 1_790_000_000_000;
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => nowMs });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const journal = opened.value;
  // Time goes a thousand times as fast, and on from where it stood.
  nowMs = Math.max(nowMs, ...journal.tail(1).map(({ atMs }) => atMs)) + 300_000;
  const recorder = new Recorder({
    dir, tags: TAGS.map((id) => ({ id })), nowMs: () => nowMs,
    record: (facts) => {
      const appended = journal.append(facts.map((f) => ({ type: f.type, atMs: f.atMs, wallMs: f.atMs, by: null, data: f.data as unknown as JsonValue })));
      if (appended.ok) for (const f of facts) writeSync(1, `${JSON.stringify(f)}\n`);
    },
  });
  const openedMs = [...journal.records()].find(({ type }) => type === 'incident.opened')?.atMs;
  if (openedMs === undefined) {
    const opening = fact('incident.opened', nowMs, null, { incident: INCIDENT, firstCondition: null });
    journal.append([{ type: opening.type, atMs: nowMs, wallMs: nowMs, by: null, data: { incident: INCIDENT, firstCondition: null } }]);
  }
  recorder.start({ incident: { id: INCIDENT, openedMs: openedMs ?? nowMs, firstCondition: null }, pastIncidents: [], lastFactMs: nowMs });
  for (;;) {
    nowMs += 1_000;
    recorder.take(TAGS.map((tag, i) => ({ tag, value: valueAt(i, nowMs), status: 0, sourceMs: nowMs, receivedMs: nowMs })));
    recorder.tick();
  }
}

if (process.argv[1] === import.meta.filename) write(process.argv[2] ?? '');
