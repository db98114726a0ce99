/** What an investigator does with a real incident at the console: finds it, reads its time line, asks why, and has its report made. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { IncidentReport } from '../../../src/contract/report.ts';
import { logOn, signed } from './desks.ts';
import { ROOT } from './processes.ts';

type Report = Pick<IncidentReport, 'mode' | 'incident' | 'proof' | 'clauses' | 'whatIf'>;

/** Chooses the only incident there is; it is over. Answers with its id. */
export async function findTheIncident(page: Page): Promise<string> {
  await page.getByTestId('nav-incidents').click();
  const chosen = page.getByTestId('incident-chosen');
  await expect(chosen).toBeVisible();
  await page.getByTestId('incident-tab-timeline').click();
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-phase', 'idle', { timeout: 30_000 });
  expect(Number(await page.getByTestId('timeline-loaded').getAttribute('data-events'))).toBeGreaterThan(50);
  return (await chosen.getAttribute('data-incident')) ?? '';
}

/** 4.5.3: a chain of why begins with a record of the time line. */
export async function askWhy(page: Page, problem: string): Promise<void> {
  await page.getByTestId('timeline-words').fill('TI-4203');
  await page.getByTestId('timeline-row').filter({ hasText: 'TI-4203' }).first().click();
  await page.getByTestId('timeline-why').click();
  // An exercise owes no analysis: somebody begins it.
  await signed(page, 'analysis-open', 'eng1');
  await signed(page, 'analysis-add-chain', 'eng1', async () => { await page.getByTestId('analysis-problem').fill(problem); });
}

/** The report from the console, every format, with the stop a minute earlier; then the same from the journal alone, by command line. */
export async function makeTheReport(page: Page, journalFile: string, incident: string): Promise<void> {
  await logOn(page, 'sup1');
  await page.getByTestId('incident-tab-report').click();
  for (const format of ['html', 'pdf', 'json', 'csv']) await page.getByTestId(`report-format-${format}`).setChecked(true);
  await page.getByTestId('report-what-if').fill('-1');
  await page.getByTestId('report-make').click();
  await expect(page.getByTestId('report-file-pdf')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByTestId('report-failed')).toHaveCount(0);
  await page.getByTestId('report-preview').click();
  await expect(page.frameLocator('[data-testid="report-preview-panel"] iframe').getByText(incident).first()).toBeVisible();

  const reports = join(dirname(journalFile), 'reports');
  const [made = ''] = readdirSync(reports);
  const out = mkdtempSync(join(tmpdir(), 'haven-record-'));
  try {
    const called = spawnSync(process.execPath, ['src/main/cli.ts', 'report', incident, '--journal', journalFile, '--format', 'json', '--what-if', '-1', '--out', out, '--json'], { cwd: ROOT, encoding: 'utf8' });
    expect({ status: called.status, stderr: called.stderr }).toMatchObject({ status: 0 });
    const { files } = JSON.parse(called.stdout) as { files: { name: string }[] };
    // The journal goes on (half an hour after the close still belongs to it): what was concluded stays. To the byte: REQ-RPT-68, on a journal at rest.
    const [here, there] = [join(reports, made, 'report.json'), join(out, basename(files[0]?.name ?? 'report.json'))].map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
    expect(there?.clauses.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(here?.clauses.map(({ id, verdict }) => `${id} ${verdict}`));
    expect(here).toMatchObject({ mode: 'TRAINING', incident: { id: incident }, proof: { verdict: 'sound' }, causes: { chains: [{ id: 'C1' }] }, recording: { verdict: 'running' } });
    // The key of I-4200 was turned and nobody had approved it; the stop waited for nobody; the simulator was run again.
    expect(here?.clauses.find(({ id }) => id === '3.3')).toMatchObject({ verdict: 'notMet' });
    expect(here?.clauses.find(({ id }) => id === '3.4')).toMatchObject({ verdict: 'met' });
    expect(here?.whatIf?.runs.map(({ shiftMs }) => shiftMs)).toEqual([0, -60_000]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
