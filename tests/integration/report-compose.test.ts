/** Reports out of a real journal: the same to the byte, whole or not at all, cancellable, and printed by a real browser. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { incidentReportSchema } from '../../src/contract/report.ts';
import type { IncidentReport } from '../../src/contract/report.ts';
import { composeReport } from '../../src/main/incident-report/compose.ts';
import type { ComposeParts, Progress, ReportOrder } from '../../src/main/incident-report/compose.ts';
import type { ReportAuthors } from '../../src/main/incident-report/authors.ts';
import { houseAuthors } from '../../src/main/incident-report/house-authors.ts';
import { findPrinter, hereAndNow } from '../../src/main/reports/browser.ts';
import { reportHtml } from '../../src/main/reports/html.ts';
import { browserPrinter } from '../../src/main/reports/pdf.ts';
import type { PrintPdf } from '../../src/main/reports/pdf.ts';
import { exampleReport } from '../support/report/example-report.ts';
import { writeIncidentJournal } from '../support/report/incident-journal.ts';
import type { IncidentJournal } from '../support/report/incident-journal.ts';

let dir: string;
let journal: IncidentJournal;
let count = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-report-'));
  journal = writeIncidentJournal(join(dir, 'data'));
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const noPrinter: PrintPdf = () => Promise.resolve({ ok: false, problem: 'nobody prints here' });
const orderOf = (change: Partial<ReportOrder> = {}): ReportOrder => ({ journal: journal.dir, incident: journal.incident, formats: ['json', 'html', 'csv'], redacted: false, language: 'zh', whatIf: [], outDir: join(dir, `out-${String((count += 1))}`), ...change });
const partsOf = (change: Partial<ComposeParts> = {}): ComposeParts => ({ authors: houseAuthors, printPdf: noPrinter, signal: new AbortController().signal, ...change });
const textIn = (outDir: string, name: string): string => readFileSync(join(outDir, name), 'utf8');
const filesIn = (outDir: string): string[] => (existsSync(outDir) ? readdirSync(outDir).sort() : []);
const hasTool = (name: string): boolean => spawnSync(name, ['-v']).error === undefined;
/** A process that was killed and not yet collected is as good as gone. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !(existsSync(`/proc/${String(pid)}/stat`) && readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z '));
  } catch {
    return false;
  }
};
const browser = findPrinter(hereAndNow());

describe('REQ-RPT-68 made from the journal alone', () => {
  test('twice, and from a copy elsewhere, report.json is the same to the byte and fits the published schema', async () => {
    const copy = join(dir, 'copy');
    mkdirSync(copy);
    for (const name of ['journal.sqlite', 'checkpoints.ndjson']) copyFileSync(join(journal.dir, name), join(copy, name));
    const [first, second] = [orderOf(), orderOf({ journal: join(copy, 'journal.sqlite'), formats: ['json'], timeZone: 'UTC', language: 'en' })];
    const made = [await composeReport(first, partsOf()), await composeReport(second, partsOf())];
    expect(made.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(textIn(second.outDir, 'report.json')).toBe(textIn(first.outDir, 'report.json'));
    const report = incidentReportSchema.parse(JSON.parse(textIn(first.outDir, 'report.json')));
    expect(report.incident.id).toBe(journal.incident);
    expect(report.timeline.events.length).toBeGreaterThan(50);
    expect(filesIn(first.outDir)).toEqual(['events.csv', 'report.html', 'report.json', 'samples.csv']);
    expect(filesIn(second.outDir)).toEqual(['report.json']);
  });

  test('a report that went on record before changes nothing in the next one', async () => {
    const copy = join(dir, 'later');
    mkdirSync(copy);
    copyFileSync(join(journal.dir, 'journal.sqlite'), join(copy, 'journal.sqlite'));
    const db = new DatabaseSync(join(copy, 'journal.sqlite'));
    const last = db.prepare('SELECT n, at_ms FROM records ORDER BY n DESC LIMIT 1').get() ?? {};
    db.prepare('INSERT INTO records (n, type, at_ms, wall_ms, "by", data, previous_hash, hash) VALUES (?, ?, ?, ?, NULL, ?, ?, ?)').run(Number(last['n']) + 1, 'report.made', Number(last['at_ms']) + 9, 1, JSON.stringify({ report: 'R-1', incident: journal.incident, toRecord: 1, redacted: false, files: [] }), 'x'.repeat(64), 'y'.repeat(64));
    db.close();
    const [before, after] = [orderOf({ formats: ['json'] }), orderOf({ journal: copy, formats: ['json'] })];
    for (const order of [before, after]) expect(await composeReport(order, partsOf())).toMatchObject({ outcome: 'done' });
    const read = (order: ReportOrder): IncidentReport => JSON.parse(textIn(order.outDir, 'report.json')) as IncidentReport;
    // The forged record breaks the chain, which is told; the rest is the same.
    expect(read(after).proof.verdict).toBe('altered');
    expect({ ...read(after), proof: null }).toEqual({ ...read(before), proof: null });
  });

  test('the proof names the hash of the last record, the key, and the first checkpoint that vouches for it', async () => {
    const order = orderOf({ formats: ['json'] });
    await composeReport(order, partsOf());
    const { proof } = JSON.parse(textIn(order.outDir, 'report.json')) as IncidentReport;
    const db = new DatabaseSync(journal.file, { readOnly: true });
    const hashOf = (n: number): unknown => db.prepare('SELECT hash FROM records WHERE n = ?').get(n)?.['hash'];
    const checkpoints = db.prepare('SELECT records, head_hash FROM checkpoints ORDER BY records').all();
    expect(proof).toMatchObject({ verdict: 'sound', headHash: hashOf(proof.toRecord), genesisHash: hashOf(1) });
    const wanted = checkpoints.find((each) => Number(each['records']) >= proof.toRecord);
    expect(proof.signedBy).toMatchObject({ records: wanted?.['records'], headHash: wanted?.['head_hash'] });
    expect(JSON.stringify(db.prepare('SELECT data FROM records WHERE n = 1').get())).toContain(proof.publicKey);
    db.close();
  });

  test('an altered journal still gives its report, which says so first', async () => {
    const copy = join(dir, 'altered.sqlite');
    copyFileSync(journal.file, copy);
    const db = new DatabaseSync(copy);
    db.exec(`DROP TRIGGER ${String(db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records' AND sql LIKE '%BEFORE UPDATE%'").get()?.['name'])}`);
    const changed = db.prepare("UPDATE records SET data = replace(data, 'I-4200', 'I-4300') WHERE n = (SELECT min(n) FROM records WHERE type = 'interlock.changed' AND data LIKE '%I-4200%')").run();
    expect(Number(changed.changes)).toBe(1);
    db.close();
    const order = orderOf({ journal: copy, formats: ['json', 'html'], language: 'en' });
    expect(await composeReport(order, partsOf())).toMatchObject({ outcome: 'done' });
    expect((JSON.parse(textIn(order.outDir, 'report.json')) as IncidentReport).proof.verdict).toBe('altered');
    expect(textIn(order.outDir, 'report.html')).toContain('ALTERED');
  });

  test('what is not there is said in words: no such incident, no journal, no database', async () => {
    writeFileSync(join(dir, 'nonsense.sqlite'), 'no database at all'.repeat(100));
    expect(await composeReport(orderOf({ incident: 'I-none' }), partsOf())).toMatchObject({ outcome: 'failed', code: 'input', reason: { en: expect.stringContaining(journal.incident) as string } });
    for (const file of ['nowhere.sqlite', 'nonsense.sqlite']) expect(await composeReport(orderOf({ journal: join(dir, file) }), partsOf())).toMatchObject({ outcome: 'failed', code: 'input', reason: { zh: expect.stringContaining('读不出日志') as string } });
  });
});

describe('REQ-RPT-69 without names', () => {
  test('no name and no account that the journal knows is in any file, and the files say in their names what they are', async () => {
    const order = orderOf({ redacted: true, formats: ['json', 'html', 'csv'] });
    expect(await composeReport(order, partsOf())).toMatchObject({ outcome: 'done' });
    expect(filesIn(order.outDir)).toEqual(['events-redacted.csv', 'report-redacted.html', 'report-redacted.json', 'samples-redacted.csv']);
    const whole = orderOf();
    await composeReport(whole, partsOf());
    for (const [clean, named] of [['report-redacted.json', 'report.json'], ['events-redacted.csv', 'events.csv']] as const) {
      const names = journal.names.filter((name) => name.length > 3 || /\p{Script=Han}{2}/u.test(name));
      expect(names.filter((name) => textIn(whole.outDir, named).includes(name)).length, named).toBeGreaterThan(5);
      expect(names.filter((name) => textIn(order.outDir, clean).includes(name)), clean).toEqual([]);
    }
    expect(JSON.parse(textIn(order.outDir, 'report-redacted.json'))).toMatchObject({ redacted: true });
  });
});

describe('REQ-RPT-70 whole files or none', () => {
  /** Drafts for ever, a slice at a time. */
  const endless: ReportAuthors = { ...houseAuthors, draft: function* () { for (;;) yield 0.5; } };

  test('a cancel is heard at whatever it was, without waiting for the rest, and leaves nothing behind', async () => {
    const cancelled: [string, Partial<ComposeParts>, (phase: Progress) => boolean][] = [
      ['reading', {}, ({ phase }) => phase.en.startsWith('Reading')],
      ['drafting', { authors: endless }, ({ phase }) => phase.en.startsWith('Putting')],
      ['verifying', {}, ({ phase }) => phase.en.startsWith('Verifying')],
      ['writing', {}, ({ phase }) => phase.en.startsWith('Writing')],
      ['printing', { printPdf: (_html, signal) => new Promise((settle) => signal.addEventListener('abort', () => settle({ ok: false, problem: 'cancelled' }))) }, ({ phase }) => phase.en.startsWith('Printing')],
    ];
    for (const [what, change, isThen] of cancelled) {
      const order = orderOf({ formats: ['json', 'html', 'csv', 'pdf'] });
      const cancel = new AbortController();
      let abortedMs = Number.NaN;
      const made = await composeReport(order, partsOf({ ...change, signal: cancel.signal, onProgress: (progress) => { if (isThen(progress) && Number.isNaN(abortedMs)) { abortedMs = performance.now(); setImmediate(() => cancel.abort()); } } }));
      expect(made, what).toEqual({ outcome: 'cancelled' });
      expect(performance.now() - abortedMs, what).toBeLessThan(10_000);
      expect(filesIn(order.outDir), what).toEqual([]);
    }
  });

  test('what breaks in the middle of writing leaves nothing behind and is told', async () => {
    const order = orderOf();
    const broken: ReportAuthors = { ...houseAuthors, samples: () => ({ recording: null, series: () => [], rows: function* () { yield { atMs: 1, tag: 'A', value: 1 }; throw new Error('the disk ate it'); } }) };
    expect(await composeReport(order, partsOf({ authors: broken }))).toEqual({ outcome: 'failed', code: 'internal', reason: { zh: 'the disk ate it', en: 'the disk ate it' } });
    expect(filesIn(order.outDir)).toEqual([]);
  });

  test('a folder that cannot be written is told; an older report in it stays as it was', async () => {
    const outDir = join(dir, 'taken');
    writeFileSync(outDir, 'a file where the folder should be');
    expect(await composeReport(orderOf({ outDir }), partsOf())).toMatchObject({ outcome: 'failed', reason: { en: expect.stringContaining('taken') as string } });
    const order = orderOf();
    await composeReport(order, partsOf());
    const before = textIn(order.outDir, 'report.html');
    await composeReport({ ...order, language: 'en' }, partsOf({ authors: { ...houseAuthors, judge: () => { throw new Error('broken'); } } }));
    expect(textIn(order.outDir, 'report.html')).toBe(before);
  });

  test('without a printer the other formats are made, and why there is no PDF is said', async () => {
    const order = orderOf({ formats: ['json', 'pdf'] });
    expect(await composeReport(order, partsOf())).toMatchObject({ outcome: 'done', files: [{ name: 'report.json' }], notMade: [{ format: 'pdf', reason: 'nobody prints here' }] });
    expect(await composeReport(orderOf({ formats: ['pdf'] }), partsOf())).toMatchObject({ outcome: 'failed', reason: { en: 'pdf: nobody prints here' } });
  });

  test('progress goes forward only, in both languages, to the end', async () => {
    const told: Progress[] = [];
    await composeReport(orderOf(), partsOf({ onProgress: (progress) => told.push(progress) }));
    const done = told.map((each) => each.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(new Set(told.map(({ phase }) => phase.en)).size).toBeGreaterThanOrEqual(5);
    expect(told.every(({ phase }) => /\p{Script=Han}/u.test(phase.zh))).toBe(true);
  });
});

describe('REQ-RPT-71 the PDF', () => {
  const print = async (html: string): Promise<string> => {
    const printed = await browserPrinter()(html, new AbortController().signal);
    if (!printed.ok) throw new Error(printed.problem);
    const file = join(dir, `printed-${String((count += 1))}.pdf`);
    writeFileSync(file, printed.bytes);
    return file;
  };
  const run = (tool: string, ...args: string[]): string => spawnSync(tool, args, { encoding: 'utf8' }).stdout;

  test.skipIf(!browser.found || !hasTool('pdfinfo'))('is A4, of many pages, with every font in it, and mode, plant, incident and page on each (skipped without a browser or poppler-utils)', async () => {
    for (const language of ['zh', 'en'] as const) {
      const file = await print(reportHtml(exampleReport(), { language, timeZone: 'Asia/Shanghai' }));
      const info = run('pdfinfo', file);
      expect(info).toMatch(/Page size:\s+59[45](?:\.\d+)? x 84[12](?:\.\d+)? pts \(A4\)/u);
      const pages = Number(/Pages:\s+(\d+)/u.exec(info)?.[1]);
      expect(pages).toBeGreaterThan(5);
      const fonts = run('pdffonts', file).trimEnd().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      // Columns from the right: object ID (two), uni, sub, emb.
      expect(fonts.filter((line) => line.trim().split(/\s+/u).at(-5) !== 'yes')).toEqual([]);
      for (let page = 1; page <= pages; page += 1) {
        const words = run('pdftotext', '-f', String(page), '-l', String(page), '-layout', file, '-');
        for (const word of ['TRAINING 演练', 'INC-20261129-1', `${String(page)} / ${String(pages)}`]) expect(words, `${language} page ${String(page)}`).toContain(word);
      }
      const all = run('pdftotext', file, '-').replaceAll(/\s+/gu, '');
      expect(all).toContain(language === 'zh' ? '氧化塔温度高于60°C' : 'Oxidationtowerabove60°C');
    }
  });

  test.skipIf(!browser.found || process.platform === 'win32')('of a browser that hangs, breaks, prints nonsense or is cancelled is a problem in words, and no process stays', async () => {
    const fake = (script: string): PrintPdf => {
      const path = join(dir, `browser-${String((count += 1))}`);
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
      return browserPrinter({ surroundings: { ...hereAndNow(), environment: { HAVEN_BROWSER: path } }, withinMs: 1_000 });
    };
    const signal = new AbortController().signal;
    const pidFile = join(dir, 'hanging.pid');
    expect(await fake(`sleep 300 & echo $! > ${pidFile}; wait`)('x', signal)).toMatchObject({ ok: false, problem: expect.stringContaining('did not print within 1 s') as string });
    await expect.poll(() => isAlive(Number(readFileSync(pidFile, 'utf8'))), { timeout: 5_000 }).toBe(false);
    expect(await fake('echo "no display" >&2; exit 7')('x', signal)).toMatchObject({ ok: false, problem: expect.stringContaining('ended with 7: no display') as string });
    expect(await fake('exit 0')('x', signal)).toMatchObject({ ok: false, problem: expect.stringContaining('printed nothing') as string });
    expect(await fake('for a in "$@"; do case $a in --print-to-pdf=*) echo hello > "${a#*=}";; esac; done')('x', signal)).toMatchObject({ ok: false, problem: expect.stringContaining('is no PDF') as string });
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 100);
    expect(await fake('sleep 300')('x', cancel.signal)).toEqual({ ok: false, problem: 'cancelled' });
  });
});
