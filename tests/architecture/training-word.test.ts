/**
 * REQ-SCO-12: whatever leaves the station of an exercise says TRAINING. Every command, and every source file that makes something to be read or kept
 * elsewhere, stands in one of two tables here: it says the word (and the test asks it), or why it need not. One that is new is in neither, and fails.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompetenceRecord } from '../../src/contract/drill.ts';
import { debriefOf } from '../../src/domain/drills/debrief.ts';
import { scoredExerciseOf } from '../../src/domain/drills/score.ts';
import { openExercise } from '../../src/domain/drills/exercise.ts';
import { partsOf } from '../../src/domain/packs/recorded-pack.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { run as competence } from '../../src/main/cli/competence.ts';
import { run as debrief } from '../../src/main/cli/debrief.ts';
import { run as kpi } from '../../src/main/cli/kpi.ts';
import { run as platform } from '../../src/main/cli/platform.ts';
import { run as report } from '../../src/main/cli/report.ts';
import type { CommandIo } from '../../src/main/cli/io.ts';
import { exportOf } from '../../src/main/drill-report/exports.ts';
import { EXPORT_FORMATS } from '../../src/contract/training.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import { eventRows } from '../../src/main/reports/csv.ts';
import { historyCsv } from '../../src/renderer/features/alarms/history-query.ts';
import { EXERCISE, exerciseOf } from '../support/drills/exercise.ts';
import { recordedRules } from '../support/report/incident-journal.ts';
import { ROOT } from '../unit/domain/bench.ts';

const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const dir = mkdtempSync(join(tmpdir(), 'haven-word-'));
const RECORD: CompetenceRecord = { id: 'CR-1', user: 'li.na', name: '李娜', post: 'board', plant: 'h2o2', scenario: 'S-OX-COOLING', title: { zh: '冷却', en: 'Cooling' }, clauses: ['A4.2(2)'], exercise: EXERCISE, atMs: 1_800_000_000_000, total: 100, passed: true, validUntilMs: 1_830_000_000_000, retrainByMs: 1_829_000_000_000, instructor: '周教员', comment: '', breaches: [] };
let told: ReturnType<typeof exerciseOf>;

beforeAll(() => {
  told = exerciseOf();
  const { text, hash } = recordedRules();
  const parts = partsOf(text);
  const facts = [...parts.map((part, i) => fact('pack.recorded', told.startedMs - 1_000, null, { hash, part: i + 1, of: parts.length, text: part })), ...told.records.map(({ fact: each }) => each), fact('training.scored', told.endedMs, null, scored()), fact('competence.recorded', told.endedMs, 'zhou', { record: RECORD })];
  const opened = openJournal({ dir: join(dir, 'training'), mode: 'TRAINING', nowMs: () => told.endedMs });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  expect(opened.value.append(facts.map(({ type, atMs, by, data }) => ({ type, atMs, wallMs: atMs, by, data: structuredClone(data) as never }))).ok).toBe(true);
  opened.value.close();
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const scored = () => scoredExerciseOf(openExercise(told), RECORD.title, [], null);
async function said(command: (args: readonly string[], io: CommandIo) => Promise<number>, ...args: readonly string[]): Promise<string> {
  let stdout = '';
  await command(args, { cwd: dir, stdout: (text) => { stdout += text; }, stderr: () => undefined });
  return stdout;
}
const lists = (command: Parameters<typeof said>[0], ...args: readonly string[]) => async (): Promise<readonly string[]> => [await said(command, ...args), await said(command, ...args, '--json')];

/** What it printed, each of which has the word; or why it has not to have it. */
type Says = (() => Promise<readonly string[]>) | string;

const COMMANDS: Readonly<Record<string, Says>> = {
  debrief: async () => [...(await lists(debrief, '--journal', 'training')()), await said(debrief, EXERCISE, '--journal', 'training', '--out', join(dir, 'd'), '--json'), ...filesIn(join(dir, 'd'))],
  competence: async () => [...(await lists(competence, '--journal', 'training')()), await said(competence, '--journal', 'training', '--format', 'csv,xapi,json', '--out', join(dir, 'c'), '--json'), ...filesIn(join(dir, 'c'))],
  kpi: lists(kpi, 'training'),
  report: async () => lists(report, '--journal', 'training')(),
  platform: lists(platform, 'status', '--data', dir, '--training'),
  drill: 'asked where it is run: tests/integration/drill-command.test.ts',
  lint: 'of rules and procedures', packs: 'of rules and procedures', clauses: 'of rules and procedures', gates: 'of rules', prove: 'of procedures', replay: 'of a recorded trace: what it makes is RECONSTRUCTED', journal: 'of the file itself: no value and no deed of it is told',
  users: 'of accounts', serve: 'the console says it on every screen (REQ-TRN-08)', bench: 'of the product',
};

/** Makes something to be printed or kept; `words`: a text that it makes. */
const MAKERS: Readonly<Record<string, Says>> = {
  'src/main/drill-report/sheet.ts': async () => texts('pdf'),
  'src/main/drill-report/exports.ts': async () => (await Promise.all(EXPORT_FORMATS.map(texts))).flat(),
  'src/main/drill-report/records-csv.ts': async () => texts('csv'),
  'src/main/incident-report/compose.ts': () => Promise.resolve([JSON.stringify([...eventRows([{ n: 1, atMs: 0, wallMs: 0, lane: '', type: '', by: '', zh: '', en: '', data: '' }], String, 'TRAINING')]), source('src/main/incident-report/compose.ts').includes("report.mode === 'TRAINING' ? 'samples-training'") ? 'TRAINING' : '']),
  'src/renderer/features/alarms/HistoryExport.tsx': () => Promise.resolve([historyCsv([{ n: 1, atMs: 0, id: 'A', priority: 1, title: { zh: '', en: '' }, change: 'raised', by: '' } as never], { columns: [], change: String, mode: 'TRAINING' }), source('src/renderer/features/alarms/HistoryExport.tsx').includes("mode === 'TRAINING' ? 'TRAINING_'") ? 'TRAINING' : '']),
  'src/main/cli/debrief.ts': 'asked above', 'src/main/cli/competence.ts': 'asked above',
  'src/main/reports/csv.ts': 'writes what it is handed', 'src/main/reports/json.ts': 'the report has its mode in it (REQ-RPT-61)', 'src/main/reports/html.ts': 'asked in tests/unit/reports/report-html.test.ts', 'src/main/paper/sheet.ts': 'asked in tests/unit/station/paper-sheet.test.ts', 'src/main/paper/list.ts': () => Promise.resolve([source('src/main/station/paper.ts').includes('${pack.title.en} · ${MODE[options.mode].en}') ? 'the title has the word: TRAINING' : '']),
  'src/renderer/features/training/save-file.ts': 'hands on what the station made', 'src/renderer/features/incidents/report-files.ts': 'hands on what the station made', 'src/renderer/features/incidents/ReportFileRow.tsx': 'hands on what the station made', 'src/renderer/features/incidents/preview-document.ts': 'shows what the station made',
  'src/renderer/features/handover/HandoverScreen.tsx': 'its sheet is asked below', 'src/renderer/features/upset/UpsetScreen.tsx': 'its sheet is asked below', 'src/main/bench/scene.ts': 'of the product',
};
const MAKES = /csvPieces\(|samplePieces\(|<!doctype html|new Blob\(|text\/csv|window\.print\(|canonicalJson\((?:\{ mode|debrief|report)/u;

const filesIn = (folder: string): string[] => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
/** The console's exports in this format, of records and of a debrief; instead of a PDF the page that is printed. */
async function texts(format: (typeof EXPORT_FORMATS)[number]): Promise<string[]> {
  const made = debriefOf({ scored: scored(), plant: told.plant, records: told.records, truth: told.truth, counterfactuals: [], tell: () => ({ zh: '', en: '' }) });
  const pages: string[] = [];
  const answers = await Promise.all(([{ kind: 'records', user: null }, { kind: 'debrief', exercise: EXERCISE }] as const).flatMap((what) => (['zh', 'en'] as const).map((language) => exportOf({ format, what, language }, { signed: [{ record: RECORD, n: 1, recordedMs: 0, by: 'zhou' }], debrief: what.kind === 'debrief' ? made : null, plant: { zh: '装置', en: 'Plant' }, version: '1', nowMs: 0, print: (page) => { pages.push(page); return Promise.resolve({ ok: true, bytes: Buffer.from(page) }); } }))));
  return answers.map((answer) => (answer.ok ? Buffer.from(answer.value.base64, 'base64').toString('utf8') : expect.fail(answer.reason)));
}
function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? sources(`${folder}/${each.name}`) : /\.tsx?$/u.test(each.name) ? [`${folder}/${each.name}`] : []));
}

describe('REQ-SCO-12 the word TRAINING on everything that leaves the station of an exercise', () => {
  it('every command is in the table', () => {
    expect(Object.keys(COMMANDS).sort()).toEqual([...source('src/main/cli.ts').matchAll(/import\('\.\/cli\/([a-z-]+)\.ts'\)/gu)].map(([, name]) => name ?? '').sort());
  });

  it('every file that makes something to be printed or kept is in the table, and in it for a reason', () => {
    expect(Object.keys(MAKERS).sort()).toEqual(sources('src').filter((path) => MAKES.test(source(path))).sort());
  });

  for (const [name, says] of Object.entries({ ...COMMANDS, ...MAKERS })) {
    if (typeof says === 'string') continue;
    it(`${name} says it`, async () => {
      const all = await says();
      expect(all.length).toBeGreaterThan(0);
      for (const text of all) expect(text).toMatch(/TRAINING/u);
    });
  }

  it('sheets of the console have it in their head, and a screen that is printed without one on every page', () => {
    for (const sheet of ['src/renderer/features/handover/HandoverSheet.tsx', 'src/renderer/features/upset/PrintSheet.tsx']) expect(source(sheet)).toMatch(/print-mode">\{both\(`mode\.\$\{mode\}`\)\}/u);
    const css = source('src/renderer/app/print.css');
    expect(css).toMatch(/@page training \{[^}]*content: "演练 TRAINING"/u);
    expect(css).toMatch(/\.frame-training[^{]*\{ page: training; \}/u);
    expect(source('src/renderer/app/App.tsx')).toContain("mode === 'TRAINING' ? ' frame-training' : ''");
  });
});
