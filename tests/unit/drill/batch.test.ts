import { describe, expect, test } from 'vitest';
import { PLANTS } from '../../../simulators/plants/index.ts';
import { batchTasks, planOf, reportOf } from '../../../src/main/drill/batch.ts';
import { BATCH_BEGIN, BATCH_END, batchTable, writeBatchTable } from '../../../src/main/drill/batch-table.ts';
import { exercisesOf } from '../../../src/main/drill/exercise-files.ts';
import type { TaskResult } from '../../../src/main/drill/pool.ts';
import { strayedAt } from '../../../src/main/drill/summary.ts';
import type { DrillSummary, TellingBy } from '../../../src/main/drill/summary.ts';
import { variantOf } from '../../../src/main/drill/variant.ts';

const { exercises } = exercisesOf('h2o2');
const clay = exercises.find(({ script }) => script.id === 'S-CLAY');

describe('REQ-DRL-09 randomised upsets', () => {
  test('one seed draws one variant, within its ranges; another seed another', () => {
    if (clay === undefined) throw new Error('no S-CLAY');
    const written = { ...clay, script: { ...clay.script, vary: { 'faults.0.severity': [0.5, 0.6] as [number, number] } }, raw: { ...clay.raw, vary: { 'faults.0.severity': [0.5, 0.6] } } };
    const severities = [1, 1, 2, 3].map((seed) => variantOf(written, seed).script.faults[0]?.['severity']);
    expect(severities[0]).toBe(severities[1]);
    expect(new Set(severities).size).toBe(3);
    for (const severity of severities) expect(Number(severity) >= 0.5 && Number(severity) <= 0.6).toBe(true);
    expect(clay.raw).toEqual(exercisesOf('h2o2').exercises.find(({ script }) => script.id === 'S-CLAY')?.raw);
  });

  test('a call is the same tasks each time, with runs in which nothing is wrong', () => {
    const call = { count: 20, seed: 7, plant: 'h2o2', dir: '' };
    const tasks = batchTasks(exercises, call);
    expect(batchTasks(exercises, call)).toEqual(tasks);
    expect(batchTasks(exercises, { ...call, seed: 8 })).not.toEqual(tasks);
    expect(tasks.filter(({ isControl }) => isControl !== true)).toHaveLength(20);
    expect(tasks.filter(({ isControl }) => isControl === true).length).toBeGreaterThan(0);
    expect(tasks.every(({ person }) => person === null)).toBe(true);
  });

  test('no upset of a plant is left out of the draw: whoever writes a fault says what must be told of it', () => {
    const all = Object.keys(PLANTS).flatMap((plant) => exercisesOf(plant).exercises);
    const drawn = new Set(batchTasks(all, { count: 1_000, seed: 1, plant: undefined, dir: '' }).map(({ file }) => file));
    const left = all.filter(({ file, script }) => script.faults.length > 0 && /^(?:A[1-4]\.|4\.1\.1)/u.test(script.clauses[0] ?? '') && !drawn.has(file)).map(({ script }) => script.id);
    // Oxygen in a dead leg is nothing to tell until somebody lets hydrogen in.
    expect(left).toEqual(['S-A4.6-START']);
  });

  const condition = (id: string, clause: string, atS: number, by: TellingBy = 'tag') => ({ id, role: 'trigger', clauses: [clause], atS, by });
  const summary = (more: Partial<DrillSummary>): DrillSummary => ({
    scenario: 'S-XX', plant: 'h2o2', clauses: ['A4.9'], expects: [], beganS: 60, broken: [], person: null, seed: 1, score: null as never, verdicts: [], traversal: [], end: 'end', endS: 600, isSafe: false, amiss: [], breaches: [], conditions: [], faults: [{ id: 'F', atS: 60 }], lost: [], promises: [], complaints: [], ...more,
  });
  const result = (n: number, own: DrillSummary, isControl = false): TaskResult => ({ task: { n, plant: 'h2o2', file: 'x', person: null, seed: n, isControl }, ok: true, summary: own, tookMs: 1 });

  test('figures by clause: delay, missed, what was told without a reason, lead before the margin is lost', () => {
    const lost = [{ id: 'M', clauses: ['A4.9'], atS: 300 }];
    const report = reportOf([
      result(0, summary({ conditions: [condition('C-1', 'A4.9', 100)], lost })),
      result(1, summary({ conditions: [condition('W-9', 'A4.5', 90), condition('C-1', 'A4.9', 160)], lost })),
      result(2, summary({ conditions: [condition('C-0', 'A4.9', 30)] })), // told before its fault began, and then never
      result(3, summary({ faults: [], conditions: [condition('C-7', 'A4.1', 5)], endS: 1_200 }), true),
    ], 5);
    expect(report.clauses).toEqual([{ clause: 'A4.9', plant: 'h2o2', exercises: 1, runs: 3, detectMedianS: 40, detect90S: 100, byTag: 2, byEyes: 0, bySample: 0, missed: 1, unshown: 0, lost: 2, leadMedianS: 140, leadWorstS: 140 }]);
    expect(report.falseAlarms).toEqual([{ plant: 'h2o2', runs: 1, hours: 0.38, conditions: [{ id: 'C-0', count: 1 }, { id: 'C-7', count: 1 }] }]);
  });

  test('what the exercise names is told as well as its clause: a level that swings may reach its low end first', () => {
    const swings = summary({ clauses: ['A4.2(3)'], expects: ['C-A4.2(1)-LOW'], conditions: [condition('C-A4.2(1)-LOW-LOW', 'A4.2(1)', 90)] });
    expect(reportOf([result(0, swings)], 5).clauses).toMatchObject([{ detectMedianS: 30, missed: 0 }]);
    expect(reportOf([result(0, { ...swings, expects: [] })], 5).clauses).toMatchObject([{ detectMedianS: null, missed: 1 }]);
  });

  test('an upset that never showed is not missed, and is told apart; one that showed and was not told is', () => {
    const silent = (promises: (number | null)[]) => reportOf([result(0, summary({ promises }))], 5).clauses[0];
    expect(silent([null, null])).toMatchObject({ missed: 0, unshown: 1 });
    expect(silent([null, 120])).toMatchObject({ missed: 1, unshown: 0 });
    expect(silent([])).toMatchObject({ missed: 1, unshown: 0 });
  });

  test('what an exercise has set with its own hand is no calm plant: nothing told then is a false alarm; a key or a frozen transmitter moves nothing', () => {
    if (clay === undefined) throw new Error('no S-CLAY');
    const begins = (setup: readonly object[], start = 'normal') => batchTasks([{ ...clay, script: { ...clay.script, start }, raw: { ...clay.raw, setup } }], { count: 1, seed: 1, plant: 'h2o2', dir: '' })[0]?.beginsUpset;
    expect(begins([])).toBeUndefined();
    expect(begins([{ kind: 'command', name: 'HS-I-4200-BYP', value: true }, { kind: 'sensor', tag: 'TI-4402', malfunction: 'freeze' }, { kind: 'people', zone: 'PC-4500', count: 2 }])).toBeUndefined();
    expect([begins([{ kind: 'order', device: 'XV-4101', position: 0 }]), begins([{ kind: 'command', name: 'HS-3209', value: true }]), begins([{ kind: 'stick', device: 'XV-4101' }]), begins([], 'clay-regeneration')]).toEqual([true, true, true, true]);
  });

  test('a run that failed is told, not counted', () => {
    const report = reportOf([{ task: { n: 0, plant: 'h2o2', file: 'x.yaml', person: null, seed: 1 }, ok: false, message: 'broke' }], 1);
    expect(report).toMatchObject({ runs: 0, clauses: [], problems: ['x.yaml: broke'] });
  });

  test('the table goes between its marks and nowhere else', () => {
    const table = batchTable(reportOf([result(0, summary({ conditions: [condition('C-1', 'A4.9', 100)] }))], 5), 'haven drill --batch 1 --seed 5', '2026-11-30');
    expect(table).toContain('| A4.9 | h2o2 | 1 | 1 | 40 | 40 | tags | 0 | 0 | 0 | - | - |');
    const before = `# B\n\n${BATCH_BEGIN}\nOUTDATED\n${BATCH_END}\nafter\n`;
    const written = writeBatchTable(before, table) ?? '';
    expect(written).not.toContain('OUTDATED');
    expect(written.startsWith('# B\n') && written.endsWith('after\n')).toBe(true);
    expect(writeBatchTable(written, table)).toBe(written);
    expect(writeBatchTable('nothing here', table)).toBeNull();
  });
});

describe('REQ-DRL-13 an exercise says which way the right procedure takes', () => {
  const at = (t: number, state: string, step?: string, procedure = 'P-A') => ({ t, procedure, state, ...(step === undefined ? {} : { step }) });
  const way = [at(1, 'raised'), at(2, 'retreating'), at(3, 'done', 'A'), at(4, 'overdue', 'B'), at(5, 'done', 'X', 'P-OTHER'), at(6, 'chosen', 'D'), at(7, 'done late', 'B'), at(8, 'skipped', 'E'), at(9, 'safe')];

  test('its steps in their order, whatever lies between', () => {
    expect(strayedAt({ procedure: 'P-A', traversal: ['retreating', 'A', 'D', 'B', 'safe'] }, way)).toBeNull();
    expect(strayedAt({ procedure: 'P-A', traversal: ['A', 'safe'] }, way)).toBeNull();
  });

  test.each([['another order', ['D', 'A'], 'A'], ['a step that was overdue and not done then', ['B', 'D'], 'D'], ['a step that was passed over', ['E'], 'E'], ['a step of another procedure', ['X'], 'X'], ['a place that it never came to', ['safe', 'handling'], 'handling']])('%s is told by name', (_what, traversal, stray) => {
    expect(strayedAt({ procedure: 'P-A', traversal }, way)).toBe(stray);
  });

  test('without a word about the way, none is asked for', () => {
    expect([strayedAt({ procedure: 'P-A' }, way), strayedAt({ traversal: ['Z'] }, way)]).toEqual([null, null]);
  });
});

describe('REQ-SCN-07 a batch is drawn by plan and told by clause', () => {
  const all = Object.keys(PLANTS).flatMap((plant) => exercisesOf(plant).exercises);
  const upsets = [...new Set(batchTasks(all, { count: 1_000, seed: 1, plant: undefined, dir: '' }).filter(({ isControl }) => isControl !== true).map(({ file }) => file))].flatMap((file) => all.find((each) => each.file === file) ?? []);
  const rowOf = ({ script: { plant, clauses } }: (typeof all)[number]): string => `${plant} ${clauses[0] ?? ''}`;
  const runsOf = (count: number): number[] => [...Map.groupBy(planOf(upsets, count), rowOf).values()].map(({ length }) => length);
  const rows = new Set(upsets.map(rowOf)).size;

  test('fewer runs than clauses: one each of as many clauses; then every clause, every exercise, and at last the clauses evenly', () => {
    expect(Math.max(...runsOf(16))).toBe(1);
    expect(runsOf(16)).toHaveLength(16);
    expect(runsOf(rows)).toEqual(Array.from({ length: rows }, () => 1));
    expect(new Set(planOf(upsets, upsets.length)).size).toBe(upsets.length);
    const many = runsOf(10 * rows);
    expect(Math.max(...many) - Math.min(...many)).toBeLessThanOrEqual(1);
  });

  test('the variants of one exercise are one plan: each part of a range once', () => {
    const tasks = batchTasks(all, { count: 3 * rows, seed: 3, plant: undefined, dir: '' }).filter(({ isControl }) => isControl !== true);
    for (const own of Map.groupBy(tasks, ({ file }) => file).values()) {
      expect(own.map(({ stratum }) => stratum?.k)).toEqual(own.map((_each, k) => k));
      expect(new Set(own.map(({ stratum }) => `${String(stratum?.of)} ${String(stratum?.seed)}`))).toEqual(new Set([`${String(own.length)} ${String(own[0]?.stratum?.seed)}`]));
    }
  });

  const seen = (id: string, clause: string, atS: number, by: TellingBy = 'tag') => ({ id, role: 'trigger', clauses: [clause], atS, by });
  const told = (more: Partial<DrillSummary>): TaskResult => ({
    task: { n: 0, plant: 'h2o2', file: 'x', person: null, seed: 1 }, ok: true, tookMs: 1,
    summary: { scenario: 'S-TAIL-O2', plant: 'h2o2', clauses: ['A4.2(7)', 'A4.2(5)'], expects: ['C-A4.2(7)-AI-4106A'], beganS: 10, broken: [], person: null, seed: 1, score: null as never, verdicts: [], traversal: [], end: 'end', endS: 2_600, isSafe: false, amiss: [], breaches: [], conditions: [], faults: [], lost: [], promises: [], complaints: [], ...more },
  });

  test('the row of A4.2(7) is not told by what A4.2(5) tells, and not lost by its margin', () => {
    const frozen = told({ conditions: [seen('C-A4.2(5)-FROZEN', 'A4.2(5)', 14), seen('C-A4.2(7)-AI-4106A', 'A4.2(7)', 1_360)], lost: [{ id: 'raffinate', clauses: ['A4.2(5)'], atS: 800 }] });
    expect(reportOf([frozen], 1).clauses).toMatchObject([{ clause: 'A4.2(7)', detectMedianS: 1_350, missed: 0, lost: 0 }]);
  });

  test('by what it was told stands beside it: a reaction of ten seconds is that of the eyes', () => {
    const [row] = reportOf([told({ conditions: [seen('C-1', 'A4.2(7)', 20, 'eyes')] }), told({ conditions: [seen('C-1', 'A4.2(7)', 40, 'sample')] }), told({ conditions: [seen('C-1', 'A4.2(7)', 90)] })], 1).clauses;
    expect(row).toMatchObject({ byTag: 1, byEyes: 1, bySample: 1, exercises: 1, runs: 3 });
  });

  test('a state that is the upset itself begins with the exercise; a fault that never came is told of by nothing', () => {
    expect(reportOf([told({ beganS: 0, conditions: [seen('C-1', 'A4.2(7)', 93)] })], 1).clauses).toMatchObject([{ detectMedianS: 93 }]);
    expect(reportOf([told({ beganS: null, conditions: [seen('C-1', 'A4.2(7)', 93)] })], 1).clauses).toMatchObject([{ detectMedianS: null, missed: 1 }]);
  });
});
