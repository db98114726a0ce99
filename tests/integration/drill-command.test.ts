/** `haven drill`, as a shell would call it, and the runs behind it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/main/cli/drill.ts';
import { BATCH_BEGIN, BATCH_END } from '../../src/main/drill/batch-table.ts';
import { exercisesOf, readExercise } from '../../src/main/drill/exercise-files.ts';
import type { DrillSummary } from '../../src/main/drill/summary.ts';
import { variantOf } from '../../src/main/drill/variant.ts';
import { readIncident } from '../../src/domain/report/read-incident.ts';
import { incidentsOf } from '../../src/main/incident-report/incidents.ts';
import { journalFileOf } from '../../src/main/journal/proof.ts';
import { makeDebrief } from '../../src/main/drill-report/make-debrief.ts';
import { readExercise as readScored } from '../../src/main/drill-report/read-exercise.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { verifyJournalInSlices } from '../../src/main/journal/verify.ts';
import { toFact } from '../../src/main/station/core.ts';
import { ROOT } from '../unit/domain/bench.ts';

const dir = mkdtempSync(join(tmpdir(), 'haven-drill-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function haven(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const code = await run([...args, '--rules', join(ROOT, 'rules'), '--procedures', join(ROOT, 'procedures')], { stdout: (text) => { stdout += text; }, stderr: (text) => { stderr += text; }, cwd: dir });
  return { code, stdout, stderr };
}

const runaway = exercisesOf('h2o2').exercises.find(({ script }) => script.id === 'S-OX-RUNAWAY');

/** The runaway with people of our own. */
function written(name: string, people: readonly object[], more: object = {}): string {
  const file = join(dir, name);
  writeFileSync(file, JSON.stringify({ ...runaway?.raw, endS: 600, vary: {}, ...more, people }));
  return file;
}

const FOLLOW = { follow: { delayS: 10 } };

describe('REQ-DRL-08 haven drill', () => {
  test('one person: one document with score, verdicts, traversal, end; what the gates refused is on record and the person went on (REQ-DRL-06)', async () => {
    const file = written('enters.yaml', [{ id: 'enters', does: [FOLLOW, { atS: 120, do: { enter: { zone: 'Z-4200', count: 1 } } }, { atS: 150, do: { order: { device: 'XV-4902', position: 1 } } }], caught: ['4.2.1', 'A4.7'] }]);
    const told = await haven(file, '--person', 'enters', '--json');
    expect([told.code, told.stderr]).toEqual([0, '']);
    const summary = JSON.parse(told.stdout) as DrillSummary;
    expect(summary).toMatchObject({ mode: 'TRAINING', scenario: 'S-OX-RUNAWAY', person: 'enters', end: 'safe', isSafe: true, complaints: [], amiss: [] });
    expect(summary.score.passed).toBe(false); // a prohibition was broken
    expect(summary.traversal.filter(({ step }) => step === undefined).map(({ state }) => state)).toEqual(expect.arrayContaining(['raised', 'stopping', 'safe']));
    expect(summary.verdicts.length).toBeGreaterThan(10);
    expect(summary.verdicts.some(({ met, at }) => met !== null && at !== null)).toBe(true);
    const kinds = new Map(summary.breaches.map(({ clause, kind, atS }) => [`${clause} ${kind}`, atS]));
    expect(kinds.get('4.2.1 refusal')).toBe(120);
    expect(kinds.get('A4.7 prohibition')).toBeGreaterThanOrEqual(150);
  });

  test('exit 1 where a person is not caught or is not safe; each of them is run when none is named (REQ-DRL-05)', async () => {
    const file = written('both.yaml', [{ id: 'good', does: [FOLLOW], end: 'safe', caught: ['A4.5'] }, { id: 'nobody', does: [], end: 'safe' }], { endS: 200 });
    const told = await haven(file, '--workers', '1');
    expect([told.code, told.stderr]).toEqual([1, '']);
    expect(told.stdout).toContain('AMISS: not caught by A4.5');
    expect(told.stdout).toMatch(/TRAINING S-OX-RUNAWAY nobody: end after 200 s[\s\S]*AMISS: not safe: P-A4\.1 raised/u);
  });

  test.each([
    [['S-NOWHERE', '--plant', 'h2o2'], /no exercise 'S-NOWHERE'; it has S-/u], [['S-OX-RUNAWAY'], /--plant is missing/u], [['S-OX-RUNAWAY', '--plant', 'h2o2', '--person', 'who'], /no person 'who'/u], [['--batch', '0', '--seed', '1'], /--batch 0/u],
    [['S-TOUR', '--plant', 'h2o2', '--batch', '2'], /--batch and SCENARIO are two calls/u], [['--batch', '2', '--person', 'good'], /--person goes with SCENARIO only/u], [['S-TOUR', '--plant', 'h2o2', '--write', 'x.md'], /--write goes with --batch only/u], [['--batch', '1', '--write', 'nowhere.md'], /nowhere\.md cannot be written: ENOENT/u],
    [['nowhere.yaml'], /there is no file/u], [['--from-journal', 'nowhere', '--incident', 'I-1', '--out', 'x.yaml'], /there is no journal/u], [['--from-journal', 'nowhere'], /takes --incident and --out/u], [['a', 'b'], /2 scenarios/u], [['--seed', 'x', 'a'], /--seed x/u], [['--variant', '-1', 'a'], /--variant/u],
  ])('exit 2 and the reason: %j', async (args, reason) => {
    const told = await haven(...args);
    expect([told.code, told.stdout]).toEqual([2, '']);
    expect(told.stderr).toMatch(reason);
  });

  test('--variant draws one out of what the file lets vary: the fault comes when the seed says; without it the file is as it is written (REQ-DRL-09)', async () => {
    const fault = runaway?.raw['faults'] as readonly object[];
    const file = written('varies.yaml', [{ id: 'nobody', does: [] }], { endS: 60, promises: [], faults: [{ ...fault[0], delayS: 5 }], vary: { 'faults.0.delayS': [20, 40] } });
    const beganAt = async (...more: string[]): Promise<number> => (JSON.parse((await haven(file, '--json', ...more)).stdout) as DrillSummary).faults[0]?.atS ?? -1;
    const read = readExercise(file, readFileSync(file));
    if (!read.ok) throw new Error(read.message);
    const drawnS = Number(variantOf(read.value, 1).script.faults[0]?.['delayS']);
    expect(drawnS).toBeGreaterThanOrEqual(20);
    // To within one step of the plant.
    expect(Math.abs(await beganAt() - 5)).toBeLessThanOrEqual(1);
    expect(Math.abs(await beganAt('--variant', '1') - drawnS)).toBeLessThanOrEqual(1);
  });

  test('a broken file is told with line and column', async () => {
    const file = join(dir, 'broken.yaml');
    writeFileSync(file, 'id: S-XX\nplant: h2o2\ntitle: {zh: 一, en: one}\nclauses: []\n');
    expect((await haven(file)).stderr).toContain('broken.yaml:4:');
  });

  test('what cannot be put where it belongs is told; a table of runs that failed takes the place of none', async () => {
    const bench = join(dir, 'bench.md');
    const before = `before\n${BATCH_BEGIN}\nthe last table\n${BATCH_END}\n`;
    writeFileSync(bench, before);
    let [stdout, stderr] = ['', ''];
    const code = await run(['--batch', '1', '--plant', 'h2o2', '--workers', '1', '--rules', join(dir, 'no-rules'), '--write', bench], { stdout: (text) => { stdout += text; }, stderr: (text) => { stderr += text; }, cwd: dir });
    expect([code, stdout, /there are no rules of h2o2/u.test(stderr), readFileSync(bench, 'utf8')]).toEqual([2, '', true, before]);
  });

  test('a kept run that is ended by Ctrl-C leaves no folder behind', async () => {
    const file = written('kept-long.yaml', [{ id: 'nobody', does: [] }], { endS: 14_400, promises: [] });
    const kept = join(dir, 'cut-short');
    const ended = haven(file, '--person', 'nobody', '--journal', kept);
    await until(() => existsSync(join(kept, 'journal.sqlite')));
    process.emit('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('nothing was written') as unknown });
    expect(existsSync(kept)).toBe(false);
  });

  test('Ctrl-C ends it with 130, and no process is left of it', async () => {
    const file = written('long.yaml', [{ id: 'nobody', does: [] }], { endS: 14_400, promises: [] });
    // A group of its own, as a terminal has: the key reaches all of it.
    const child = spawn(process.execPath, [join(ROOT, 'src/main/cli.ts'), 'drill', file, '--workers', '1'], { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part: Buffer) => { said += part.toString(); });
    const group = -(child.pid ?? 0);
    await until(() => processesIn(group) >= 3); // the command, its worker, the plant
    const ended = new Promise<number | null>((resolve) => { child.once('exit', (code) => resolve(code)); });
    process.kill(group, 'SIGINT');
    expect(await ended).toBe(130);
    expect(said).toContain('ended by Ctrl-C');
    await until(() => processesIn(group) === 0);
  });
});

/** Processes of a group, by what the system says. */
function processesIn(group: number): number {
  return readdirProcesses().filter((stat) => stat === -group).length;
}

function readdirProcesses(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    try {
      // pid (name) state ppid pgrp ...; the name may hold anything, so from its end.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' ? [] : [Number(pgrp)];
    } catch {
      return [];
    }
  });
}

async function until(holds: () => boolean): Promise<void> {
  const endMs = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > endMs) throw new Error('it did not come to that');
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

describe('REQ-DRL-10 REQ-DRL-13 a record is a script, and the script takes the same course', () => {
  test('kept in a journal, read out of it, run again; the same seed gives the same records (REQ-DRL-07)', async () => {
    const file = written('good.yaml', [{ id: 'good', does: [FOLLOW, { atS: 40, do: { order: { device: 'XV-4206', position: 1 } } }], end: 'safe' }]);
    const journal = join(dir, 'kept');
    const kept = JSON.parse((await haven(file, '--person', 'good', '--journal', journal, '--json')).stdout) as DrillSummary;
    expect((await verifyJournalInSlices(journalFileOf(journal))).verdict).toBe('sound');
    // REQ-DRL-13: with its truth and its score, so that there is a debrief of it; of no person (H.2).
    const found = readScored(journalFileOf(journal), 'S-OX-RUNAWAY-1');
    const scored = found.ok ? found.value.scored : expect.fail(found.reason);
    expect([scored.score, scored.participants, scored.startedMs < scored.endedMs]).toEqual([kept.score, [], true]);
    const { debrief, noTruth } = found.ok ? await makeDebrief(found.value, { journalDir: journal, minutes: [] }) : expect.fail('not found');
    expect([noTruth, debrief.mode, debrief.trends.length > 0, debrief.events.some(({ kind }) => kind === 'fault-began'), debrief.deeds?.some(({ by }) => by !== null)]).toEqual([null, 'TRAINING', true, true, true]);
    const incident = incidentsOf(journalFileOf(journal))[0]?.id ?? '';
    // A journal as each report wants it: rules, records, incident.
    expect(readIncident(readRecords(journalFileOf(journal)), { incident, toFact }).ok).toBe(true);
    const made = await haven('--from-journal', journal, '--incident', incident, '--out', 'recorded.yaml', '--json');
    expect([made.code, made.stderr]).toEqual([0, '']);
    const script = parse(readFileSync(join(dir, 'recorded.yaml'), 'utf8')) as { people: { id: string; does: { atS: number; do: object }[] }[] };
    expect(script.people.map(({ id }) => id)).toEqual(['recorded']);
    expect(script.people[0]?.does).toEqual(expect.arrayContaining([{ atS: 40, do: { order: { device: 'XV-4206', position: 1 } } }, expect.objectContaining({ do: { stop: true } })]));
    // Twice, so that REQ-DRL-07 is held to the last figure.
    writeFileSync(join(dir, 'twice.yaml'), JSON.stringify({ ...script, people: [...script.people, { ...script.people[0], id: 'once-more' }] }));
    const { mode, runs } = JSON.parse((await haven('twice.yaml', '--json')).stdout) as { mode: string; runs: DrillSummary[] };
    const [again, onceMore] = runs;
    expect(mode).toBe('TRAINING');
    expect(again).toMatchObject({ complaints: [], isSafe: true });
    expect(again?.traversal).toEqual(kept.traversal);
    expect(again?.conditions).toEqual(kept.conditions);
    expect({ ...onceMore, person: 'recorded' }).toEqual(again);
  });

  test('REQ-CRS-07 who asked and was refused asks again in the script, and is refused again', async () => {
    const file = written('asks.yaml', [{ id: 'asks', does: [FOLLOW, { atS: 120, do: { enter: { zone: 'Z-4200', count: 1 } } }] }]);
    const journal = join(dir, 'asks');
    const kept = JSON.parse((await haven(file, '--person', 'asks', '--journal', journal, '--json')).stdout) as DrillSummary;
    const refused = ({ breaches }: DrillSummary): string[] => breaches.filter(({ kind }) => kind === 'refusal').map(({ clause, text }) => `${clause} ${text.en}`).sort();
    expect(refused(kept).length).toBeGreaterThan(0);
    const made = await haven('--from-journal', journal, '--incident', incidentsOf(journalFileOf(journal))[0]?.id ?? '', '--out', 'asked.yaml', '--json');
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(readFileSync(join(dir, 'asked.yaml'), 'utf8')).not.toContain('secret');
    expect(refused(JSON.parse((await haven('asked.yaml', '--json')).stdout) as DrillSummary)).toEqual(refused(kept));
  });

  // Each of another plant, the shortest that there are; a person who reads, chooses, samples and answers at the console.
  test.each([['ammonia-synthesis', 'S-A3.1(3)-BREAK-THROUGH'], ['ammonium-nitrate', 'S-A2.3-RATIO'], ['fine-chemicals', 'S-A1.7-CAUSTIC']])('%s: the record of %s, run again, is the same traversal, the same conditions, the same score', async (plant, id) => {
    const journal = join(dir, `kept-${plant}`);
    const kept = JSON.parse((await haven(id, '--plant', plant, '--person', 'good', '--journal', journal, '--json')).stdout) as DrillSummary;
    expect(kept).toMatchObject({ end: 'safe', amiss: [] });
    const made = await haven('--from-journal', journal, '--incident', incidentsOf(journalFileOf(journal))[0]?.id ?? '', '--out', `${plant}.yaml`, '--json');
    expect([made.code, made.stderr]).toEqual([0, '']);
    const again = JSON.parse((await haven(`${plant}.yaml`, '--json')).stdout) as DrillSummary;
    expect(again).toMatchObject({ complaints: [], isSafe: true, person: 'recorded' });
    expect([again.traversal, again.conditions, again.score.total]).toEqual([kept.traversal, kept.conditions, kept.score.total]);
  });

  test('an incident that is not there is told, with those that are', async () => {
    expect(existsSync(join(dir, 'kept'))).toBe(true);
    const told = await haven('--from-journal', join(dir, 'kept'), '--incident', 'I-0', '--out', 'x.yaml');
    expect([told.code, /there is no incident 'I-0' in the journal; it has I-/u.test(told.stderr)]).toEqual([2, true]);
  });
});
