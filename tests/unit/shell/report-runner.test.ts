/** Reports in the desktop program: a utility process makes them, a hidden window prints them. With a stand-in for Electron. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReportOrder } from '../../../src/main/incident-report/compose.ts';
import { printReport } from '../../../src/main/shell/print-report.ts';
import { utilityRunner } from '../../../src/main/shell/report-runner.ts';
import type { FakeUtility } from '../../support/electron-mock.ts';
import { calls, resetElectron, state } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electronMock());

const ORDER: ReportOrder = { journal: '/j', incident: 'I-1', formats: ['pdf'], redacted: false, language: 'zh', whatIf: [], outDir: '/o' };
const heard: string[] = [];
const hearer = { progress: () => { heard.push('progress'); }, ended: () => { heard.push('ended'); }, died: (how: string) => { heard.push(`died ${how}`); } };
const ended = { kind: 'ended', ended: { outcome: 'cancelled' } };
const child = (): FakeUtility => state.utilities.at(-1) as FakeUtility;

beforeEach(() => {
  resetElectron();
  heard.length = 0;
});

describe('REQ-RPT-78 a report in the desktop program', () => {
  it('is ordered from a bundle of its own, printed by us, and told', async () => {
    utilityRunner('/app/report.process.cjs').start(ORDER, hearer);
    expect(child().path).toBe('/app/report.process.cjs');
    expect(child().sent).toEqual([]);
    child().emit('spawn');
    expect(child().sent).toEqual([{ kind: 'make', order: ORDER, printsHere: true }]);
    child().emit('message', { kind: 'progress', phase: { zh: '', en: '' }, done: 0 });
    child().emit('message', { kind: 'print', html: '<p>report</p>' });
    await vi.waitFor(() => expect(child().sent).toHaveLength(2));
    expect(child().sent[1]).toEqual({ kind: 'printed', bytes: new Uint8Array(Buffer.from('%PDF-fake')) });
    child().emit('message', ended);
    child().emit('exit', 0);
    expect(heard).toEqual(['progress', 'ended']);
  });

  it('that dies is told with its exit code; one that was killed says nothing more', () => {
    utilityRunner('/m').start(ORDER, hearer);
    child().emit('exit', 9);
    expect(heard).toEqual(['died exit 9']);
    const running = utilityRunner('/m').start(ORDER, hearer);
    running.kill();
    child().emit('message', ended);
    child().emit('exit', 15);
    expect([heard, child().killed]).toEqual([['died exit 9'], true]);
  });

  it('a page that does not print is a problem in words, not the end of the report', async () => {
    utilityRunner('/m').start(ORDER, hearer);
    child().emit('spawn');
    state.printing = () => Promise.reject(new Error('no printer'));
    child().emit('message', { kind: 'print', html: 'x' });
    await vi.waitFor(() => expect(child().sent.at(-1)).toEqual({ kind: 'not-printed', problem: 'no printer' }));
  });
});

describe('REQ-RPT-79 the hidden window', () => {
  it('shows nothing, runs nothing, loads the one page and nothing else, and is gone afterwards with its file', async () => {
    let page = '';
    state.printing = () => { page = readFileSync(fileURLToPath(state.windows[0]?.loaded[0] ?? ''), 'utf8'); return Promise.resolve(Buffer.from('%PDF-fake')); };
    await printReport('<p>退守</p>');
    const window = state.windows[0];
    const url = window?.loaded[0] ?? '';
    expect([page, url.startsWith('file:'), existsSync(fileURLToPath(url)), window?.destroyed]).toEqual(['<p>退守</p>', true, false, true]);
    expect(window?.options).toMatchObject({ show: false, webPreferences: { sandbox: true, javascript: false, nodeIntegration: false, contextIsolation: true, partition: 'haven-print' } });
    expect(calls.find(({ name }) => name === 'printToPDF')?.args[0]).toMatchObject({ pageSize: 'A4', preferCSSPageSize: true, printBackground: true, displayHeaderFooter: false });
    const answers: unknown[] = [];
    for (const asked of [url, 'https://example.org/x.png', 'file:///etc/passwd', `${url}?x`]) state.partitions.get('haven-print')?.beforeRequest?.({ url: asked }, (answer) => answers.push(answer.cancel === true));
    expect(answers).toEqual([false, true, true, true]);
  });

  it('that hangs is closed', async () => {
    state.printing = () => new Promise(() => undefined);
    await expect(printReport('x', 20)).rejects.toThrow('did not print within 0.02 s');
    expect(state.windows[0]?.destroyed).toBe(true);
  });
});
