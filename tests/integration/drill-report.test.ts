/** REQ-SCO-10 to 15, REQ-COM-05 to 07: what an exercise leaves on the disk and on paper, out of a real journal, by the commands as a shell calls them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { debriefSchema } from '../../src/contract/drill.ts';
import type { CompetenceRecord, Debrief } from '../../src/contract/drill.ts';
import { withStop } from '../../src/domain/drills/debrief.ts';
import { openExercise } from '../../src/domain/drills/exercise.ts';
import { scoredExerciseOf } from '../../src/domain/drills/score.ts';
import { partsOf } from '../../src/domain/packs/recorded-pack.ts';
import { fact } from '../../src/domain/station/facts.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { run as competence } from '../../src/main/cli/competence.ts';
import { run as debriefCommand } from '../../src/main/cli/debrief.ts';
import { debriefHtml } from '../../src/main/drill-report/debrief-html.ts';
import { competenceIn } from '../../src/main/drill-report/read-exercise.ts';
import { TRUTH_DIR, TruthKeeper } from '../../src/main/drill-report/truth-keeper.ts';
import type { KeptTruth } from '../../src/main/drill-report/truth-keeper.ts';
import { statementOf, statementSchema } from '../../src/main/drill-report/xapi.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import { findPrinter, hereAndNow } from '../../src/main/reports/browser.ts';
import { EXERCISE, exerciseOf } from '../support/drills/exercise.ts';
import { HOSTILE } from '../support/report/example-report.ts';
import { recordedRules } from '../support/report/incident-journal.ts';

const SCENARIO = 'S-OX-RUNAWAY';
const TITLE = { zh: '氧化塔飞温', en: 'Oxidation tower runs away' };
const PARTICIPANTS = [{ user: 'li.na', name: '李娜', post: 'panel' }, { user: 'op2', name: '=HYPERLINK("http://x")', post: 'field' }];
const DAY = 86_400_000;

let dir: string;
let kept: KeptTruth;
let told: ReturnType<typeof exerciseOf>;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'haven-drill-report-'));
  const plain = exerciseOf({ deceptionDegC: 8 });
  const stop = fact('retreat.stop', plain.startedMs + 240_000, 'li.na', { actedOn: 'simulator' });
  told = { ...plain, records: [...plain.records, { n: 900, wallMs: stop.atMs, fact: stop }].sort((a, b) => a.fact.atMs - b.fact.atMs || a.n - b.n) };
  const kept_ = await new TruthKeeper(dir).keep(EXERCISE, told.truth);
  kept = kept_.ok ? kept_.value : expect.fail(kept_.reason);
  const scored = scoredExerciseOf(openExercise({ ...told, scenario: { ...told.scenario, id: SCENARIO } }), TITLE, PARTICIPANTS, kept);
  const { text, hash } = recordedRules();
  const parts = partsOf(text);
  const after = told.endedMs + 60_000;
  const record = (id: string, user: string, name: string, passed: boolean, atMs: number, comment: string): CompetenceRecord => ({ id, user, name, post: 'panel', plant: 'h2o2', scenario: SCENARIO, title: TITLE, clauses: ['A4.2(2)'], exercise: EXERCISE, atMs, total: scored.score.total, passed, validUntilMs: passed ? atMs + 365 * DAY : null, retrainByMs: passed ? atMs + 335 * DAY : atMs, instructor: '周教员', comment, breaches: [], ...(id === 'CR-1' ? {} : { lastedS: 480.5, completed: id === 'CR-2' }) });
  const facts: Fact[] = [
    ...parts.map((part, i) => fact('pack.recorded', told.startedMs - 1_000, null, { hash, part: i + 1, of: parts.length, text: part })),
    ...told.records.map(({ fact: each }): Fact => (each.type === 'training.started' ? { ...each, data: { scenario: SCENARIO } } : each)),
    fact('training.ended', told.endedMs, 'instructor', {}), fact('training.scored', told.endedMs, null, scored), fact('training.noted', after, 'instructor', { exercise: EXERCISE, atS: 100, text: HOSTILE }),
    fact('competence.recorded', after, 'instructor', { record: record('CR-1', 'li.na', '李娜', false, told.endedMs - DAY, '@first time') }, 'instructor'),
    fact('competence.recorded', after, 'instructor', { record: record('CR-2', 'li.na', '李娜', true, told.endedMs, '') }, 'instructor'),
    fact('competence.recorded', after, 'instructor', { record: record('CR-3', 'op2', '=HYPERLINK("http://x")', false, told.endedMs, HOSTILE) }, 'instructor'),
  ];
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => after });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const written = opened.value.append(facts.map(({ type, atMs, by, data }) => ({ type, atMs, wallMs: atMs, by, data: structuredClone(data) as never })));
  expect(written.ok).toBe(true);
  opened.value.close();
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function haven(command: typeof competence, ...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const status = await command(args, { cwd: dir, stdout: (text) => { stdout += text; }, stderr: (text) => { stderr += text; } });
  return { status, stdout, stderr };
}

describe('REQ-SCO-10 the truth of an exercise', () => {
  it('is the same after it was kept, is refused when a byte is another, missing when it is gone, and no name leads out of its folder', async () => {
    const keeper = new TruthKeeper(dir);
    expect(readdirSync(join(dir, TRUTH_DIR))).toEqual([kept.file]);
    expect(await keeper.read(kept)).toEqual({ ok: true, value: told.truth });
    const second = await keeper.keep('other/../EX 2', told.truth);
    const other = second.ok ? second.value : expect.fail(second.reason);
    const path = join(dir, TRUTH_DIR, other.file);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill((bytes[40] ?? 0) ^ 1, 40, 41));
    expect(await keeper.read(other)).toMatchObject({ ok: false, code: 'altered' });
    rmSync(path);
    expect(await keeper.read(other)).toMatchObject({ ok: false, code: 'missing' });
    expect(await keeper.read({ file: '../journal.sqlite', sha256: other.sha256 })).toMatchObject({ ok: false, code: 'unreadable' });
  });
});

let made: Debrief | null = null;
describe('REQ-SCO-11 A4.2(2) the debrief', () => {
  it('out of the journal: truth beside what was shown, where it was not the same, deeds with their records, notes, what would have been', async () => {
    const out = join(dir, 'out');
    const answer = await haven(debriefCommand, EXERCISE, '--journal', dir, '--format', 'json,html', '--out', out, '--language', 'en', '--what-if=-1', '--json');
    expect([answer.status, answer.stderr]).toEqual([0, '']);
    expect(JSON.parse(answer.stdout)).toMatchObject({ truth: 'whole', notMade: [], files: [{ name: 'debrief.json' }, { name: 'debrief.html' }] });
    const debrief = debriefSchema.parse(JSON.parse(readFileSync(join(out, 'debrief.json'), 'utf8')));
    made = debrief;
    const lying = debrief.trends.find(({ tag }) => tag === 'TI-4203');
    expect(lying?.deceived).toHaveLength(1);
    expect((lying?.truth[50]?.[1] ?? 0) - (lying?.shown[50]?.[1] ?? 0)).toBeCloseTo(8, 5);
    expect(debrief.trends[0]).toMatchObject({ tag: 'OX-T', limit: 62, shown: [] });
    expect(debrief.events.map(({ kind }) => kind)).toContain('deception');
    expect(debrief.notes).toEqual([{ atS: 100, by: 'instructor', text: HOSTILE }]);
    expect(debrief.deeds?.find(({ text }) => text.en.includes('Emergency stop'))).toMatchObject({ atS: 240, by: 'li.na' });
    // The real simulator, the stop a minute earlier.
    expect(debrief.counterfactuals.map(({ shiftMs, stopS }) => [shiftMs, Math.round(stopS ?? 0)])).toEqual([[0, 240], [-60_000, 180]]);
    expect(debrief.counterfactuals[1]?.worst.length).toBeGreaterThan(0);
  }, 120_000);

  it('nobody pressed the stop: it is supposed when the procedure was begun, or when the first alarm came, and says so', () => {
    const withoutStop = told.records.filter(({ fact: { type } }) => type !== 'retreat.stop');
    const alarm = withoutStop.find(({ fact: { type } }) => type === 'alarm.raised')?.fact.atMs;
    const stopIn = (records: typeof told.records) => { const made_ = withStop(records); return made_ === null ? null : [made_.isSupposed, made_.records.find(({ fact: { type } }) => type === 'retreat.stop')?.fact.atMs]; };
    const start = fact('procedure.moved', told.startedMs + 200_000, 'li.na', { instance: 'P-A4.2:1', event: { type: 'START', atMs: told.startedMs + 200_000, by: 'li.na', dueMs: told.endedMs }, place: 'retreating' });
    const begun = [...withoutStop.filter(({ fact: { atMs } }) => atMs < start.atMs), { n: 950, wallMs: start.atMs, fact: start }, ...withoutStop.filter(({ fact: { atMs } }) => atMs >= start.atMs)];
    expect([stopIn(told.records), stopIn(withoutStop), stopIn(begun), stopIn([])]).toEqual([[false, told.startedMs + 240_000], [true, alarm], [true, start.atMs], null]);
    const page = debriefHtml({ ...(made ?? expect.fail('no debrief')), counterfactuals: (made?.counterfactuals ?? []).map((each) => ({ ...each, supposed: true })) }, { plant: { zh: '装置', en: 'Plant' }, record: 7, version: '1' }, { language: 'en', timeZone: 'Asia/Shanghai' });
    expect(page).toContain('Nobody pressed the stop in the exercise');
  });

  it('the page says TRAINING in its head and on every page, and no word of a person is markup', () => {
    const page = readFileSync(join(dir, 'out', 'debrief.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/u);
    expect(page).toContain('<span class="mode">TRAINING 演练</span>');
    expect(page).toMatch(/@page\{.*@top-center\{content:"TRAINING 演练"/su);
    expect(page).not.toContain('<script');
    expect(page.match(/<\/style>/gu)).toHaveLength(1);
    const zh = debriefHtml(made ?? expect.fail('no debrief'), { plant: { zh: '过氧化氢装置', en: 'Hydrogen peroxide' }, record: 7, version: '1' }, { language: 'zh', timeZone: 'Asia/Shanghai' });
    for (const words of ['演练讲评', '真值与显示', '假如更早或更晚停车', '满分至 / 零分自']) expect(zh).toContain(words);
  });

  it('a truth that is not what the journal vouches for is left out and said, exit 1; a wrong call is refused in words, exit 2', async () => {
    const path = join(dir, TRUTH_DIR, kept.file);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, -1));
    const answer = await haven(debriefCommand, EXERCISE, '--journal', dir, '--format', 'json', '--out', join(dir, 'altered'), '--json');
    writeFileSync(path, bytes);
    expect([answer.status, answer.stderr.includes('truth was not made')]).toEqual([1, true]);
    expect(JSON.parse(answer.stdout)).toMatchObject({ truth: 'altered' });
    expect(debriefSchema.parse(JSON.parse(readFileSync(join(dir, 'altered', 'debrief.json'), 'utf8'))).trends).toEqual([]);
    expect(JSON.parse((await haven(debriefCommand, '--journal', dir, '--json')).stdout)).toMatchObject({ exercises: [{ id: EXERCISE, scenario: SCENARIO }] });
    for (const [args, words] of [[['EX-9', '--journal', dir], `there is no exercise 'EX-9' in the journal; expected one of ${EXERCISE}`], [[EXERCISE], '--journal is missing'], [[EXERCISE, '--journal', 'nowhere'], 'there is no journal at'], [[EXERCISE, '--journal', dir, '--format', 'docx'], '--format docx is not known'], [[EXERCISE, '--journal', dir, '--what-if', '99'], '--what-if 99; expected']] as const) {
      const wrong = await haven(debriefCommand, ...args);
      expect([wrong.status, wrong.stdout, wrong.stderr.startsWith('haven debrief: '), wrong.stderr.includes(words)]).toEqual([2, '', true, true]);
    }
  });
});

describe('REQ-COM-05 H.2 records per person, handed out', () => {
  it('as CSV: every record, formulas are text, what counts now is told; as JSON the records as they are', async () => {
    const answer = await haven(competence, '--journal', dir, '--format', 'csv,json', '--out', join(dir, 'people'), '--at', new Date(told.endedMs + 340 * DAY).toISOString(), '--json');
    expect([answer.status, answer.stderr]).toEqual([0, '']);
    const [head = '', ...rows] = readFileSync(join(dir, 'people', 'competence.csv'), 'utf8').slice(1).trimEnd().split('\r\n');
    expect(head.split(',').slice(0, 5)).toEqual(['record', 'id', 'user', 'name', 'post']);
    expect(rows).toHaveLength(3);
    expect(rows[2]).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(rows.map((row) => /,(valid|due|expired|failed),(yes|no),/u.exec(row)?.slice(1))).toEqual([['failed', 'no'], ['due', 'yes'], ['failed', 'yes']]);
    expect(rows.every((row) => /,TRAINING,[\d.]*,(?:yes|no)?$/u.test(row))).toBe(true);
    expect(JSON.parse(readFileSync(join(dir, 'people', 'competence.json'), 'utf8'))).toMatchObject({ records: [{ id: 'CR-1' }, { id: 'CR-2', passed: true, by: 'instructor' }, { id: 'CR-3' }] });
  });

  it('of one person, as words and as one JSON document', async () => {
    expect((await haven(competence, '--journal', dir, '--user', 'op2')).stdout).toMatch(/^TRAINING\nop2 {2}=HYPERLINK\("http:\/\/x"\) {2}S-OX-RUNAWAY {2}\d+(\.\d)? {2}failed\n$/u);
    expect(JSON.parse((await haven(competence, '--journal', dir, '--user', 'li.na', '--json')).stdout)).toMatchObject({ records: [{ id: 'CR-2' }] });
    for (const [args, words] of [[['--journal', dir, '--user', 'nobody'], "there is no record of 'nobody'"], [['--journal', dir, '--format', 'doc'], '--format doc is not known'], [['--journal', dir, '--at', 'soon'], '--at soon is no date']] as const) expect((await haven(competence, ...args)).stderr).toContain(words);
  });
});

describe('REQ-COM-06 H.2 xAPI 1.0.3', () => {
  it('each record is a statement of the strict model, twice the same with the same id, no two alike', async () => {
    expect((await haven(competence, '--journal', dir, '--format', 'xapi', '--out', join(dir, 'xapi'))).status).toBe(0);
    const statements = statementSchema.array().parse(JSON.parse(readFileSync(join(dir, 'xapi', 'competence.xapi.json'), 'utf8')));
    expect(statements.map(({ verb, result }) => [verb.display['en-US'], result.success])).toEqual([['failed', false], ['passed', true], ['failed', false]]);
    expect(new Set(statements.map(({ id }) => id)).size).toBe(3);
    expect(new Set(statements.map(({ context }) => context.registration)).size).toBe(1);
    expect(statements).toEqual(competenceIn(dir, null).map(statementOf));
    const [, passed] = statements;
    expect(passed).toMatchObject({ actor: { name: '李娜', account: { name: 'li.na' } }, result: { score: { scaled: expect.any(Number) as number, min: 0, max: 100 }, completion: true, duration: 'PT480.5S' }, context: { instructor: { account: { name: 'instructor' } }, contextActivities: { category: [{ id: 'https://haven.invalid/clauses/A4.2(2)' }] } }, version: '1.0.3' });
    // One that a limit ended was not completed; of an older record nothing is said of it.
    expect([statements[2]?.result.completion, statements[0]?.result.completion, statements[0]?.result.duration]).toEqual([false, undefined, undefined]);
    for (const wrong of [{ ...passed, result: { ...passed?.result, duration: '8 min' } }, { ...passed, id: 'x' }, { ...passed, extra: 1 }, { ...passed, actor: { ...passed?.actor, mbox: 'mailto:a@b' } }, { ...passed, timestamp: 'today' }, { ...passed, version: '2.0' }]) expect(statementSchema.safeParse(wrong).success).toBe(false);
  });
});

describe('REQ-COM-07 H.2 the sheet on paper', () => {
  const hasTool = spawnSync('pdftotext', ['-v']).error === undefined;
  test.skipIf(!findPrinter(hereAndNow()).found || !hasTool)('a page for each person, TRAINING on each, what is not valid told (skipped without a browser or poppler-utils)', async () => {
    const answer = await haven(competence, '--journal', dir, '--format', 'pdf', '--out', join(dir, 'paper'), '--language', 'en', '--at', new Date(told.endedMs + DAY).toISOString());
    expect([answer.status, answer.stderr]).toEqual([0, '']);
    const pages = spawnSync('pdftotext', ['-layout', join(dir, 'paper', 'competence.pdf'), '-'], { encoding: 'utf8' }).stdout.split('\f').filter((page) => page.trim() !== '');
    expect(pages).toHaveLength(2);
    expect(pages.every((page) => page.includes('TRAINING') && page.includes('Record of competence'))).toBe(true);
    expect([pages[0]?.includes('li.na'), pages[0]?.includes('PASSED'), pages[1]?.includes('op2'), pages[1]?.includes('PASSED')]).toEqual([true, false, true, true]);
  }, 60_000);
});
