/** The headless plant as a process, line by line. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../unit/domain/bench.ts';

const PROGRAM = join(ROOT, 'simulators/headless.ts');

/** One process, all lines at once; its answers as they came. */
function told(lines: readonly (string | object)[]): { readonly bytes: string; readonly answers: readonly Record<string, unknown>[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM], { input: `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`, encoding: 'utf8', maxBuffer: 64_000_000 });
  expect([status, stderr]).toEqual([0, '']);
  return { bytes: stdout, answers: stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const SCENARIO = {
  id: 'S-HEADLESS', plant: 'h2o2', title: { zh: '一', en: 'one' }, sees: { zh: '一', en: 'one' }, clauses: ['A4.9'], setup: [{ kind: 'people', zone: 'PC-4200', count: 2 }], faults: [{ id: 'F4-12', severity: 1, delayS: 5 }],
  then: [
    { atS: 10, do: { kind: 'people', zone: 'PC-4200', count: 3 } },
    { when: 'PC-4200 = 3', afterS: 5, do: { kind: 'sensor', tag: 'TI-4402', malfunction: 'fail-high' } },
    { when: 'TI-4402 > 500', do: { kind: 'clear', id: 'F4-12' } },
  ],
};

describe('REQ-DRL-03, REQ-DRL-04 a plant without a server', () => {
  const lines = [
    { do: 'begin', plant: 'h2o2', seed: 5 }, { do: 'exercise', scenario: SCENARIO, watch: { three: 'PC-4200 = 3', later: 't > 12' } }, { do: 'step', seconds: 8, truth: true }, { do: 'step', seconds: 8 }, { do: 'order', device: 'XV-4101', position: 0 },
    { do: 'step', seconds: 5 }, { do: 'press', button: 'HS-4001' }, { do: 'key', interlock: 'I-4200', on: true }, { do: 'step', seconds: 30, truth: true },
  ];
  const first = told(lines);

  test('the same seed and the same requests give the same bytes, another seed other ones', () => {
    expect(told(lines).bytes).toBe(first.bytes);
    expect(told([{ ...lines[0], seed: 6 }, ...lines.slice(1)]).bytes).not.toBe(first.bytes);
  });

  test('an answer says what has changed, what holds, and what happened', () => {
    const [begun, , early, later, , ordered, , , last] = first.answers;
    expect(begun).toMatchObject({ ok: true, timeS: 120, atS: null, described: { buttons: { stop: 'HS-4001' } } });
    expect((begun?.['changed'] as unknown[]).length).toBeGreaterThan(60);
    expect(early).toMatchObject({ atS: 8, holds: [], events: [{ kind: 'fault-began', subject: 'F4-12', clauses: ['A4.9'] }], truth: { people: { 'PC-4200': 2 } } });
    expect(later).toMatchObject({ atS: 16, holds: ['three', 'later'] });
    expect(ordered?.['changed']).toContainEqual(['XV-4101', 'closed']);
    expect(last?.['changed']).toContainEqual(['K-4201', 'stopped']);
    expect(last).toMatchObject({ truth: { lost: [] } });
  });

  test('what happens later is done once: at its time, after its trigger, and not without it', () => {
    const events = first.answers.flatMap(({ events: own }) => (own ?? []) as { kind: string; subject: string; atS: number }[]);
    expect(events.filter(({ subject }) => subject === 'PC-4200').map(({ kind, atS }) => [kind, atS])).toEqual([['field', 10]]);
    expect(events.filter(({ kind }) => kind === 'deception').map(({ subject, atS }) => [subject, atS])).toEqual([['TI-4402', 16]]); // seen a second later, and then 5 s
    expect(events.filter(({ kind }) => kind === 'fault-ended')).toEqual([]);
  });

  test('a mistake is an answer and changes nothing', () => {
    const wrong = told([
      { do: 'step', seconds: 1 }, 'no json', { do: 'jump' }, { do: 'begin', plant: 'h2o2', seed: -1 }, `"${'x'.repeat(600_000)}"`, { do: 'begin', plant: 'h2o2', start: 'nowhere' }, { do: 'begin', plant: 'h2o2', settleS: 1 },
      { do: 'order', device: 'XV-9999', position: 0 }, { do: 'order', device: 'XV-4101', position: 7 }, { do: 'lab', id: 'NOTHING' }, { do: 'exercise', scenario: { ...SCENARIO, surprise: 1 } }, { do: 'exercise', scenario: SCENARIO, watch: { bad: 'TI-9999 > 1' } },
      { do: 'step', seconds: 99_999 }, { do: 'step', seconds: 1, truth: true },
    ]);
    expect(wrong.answers.map(({ ok }) => ok)).toEqual([false, false, false, false, false, false, true, false, false, false, false, false, false, true]);
    expect(wrong.answers.at(-1)).toMatchObject({ timeS: 2, truth: { people: { 'PC-4200': 1 } } });
    for (const { ok, message } of wrong.answers) if (ok === false) expect(String(message).length).toBeGreaterThan(10);
  });
});
