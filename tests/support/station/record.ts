/** What an investigator does with a real incident at the console: finds it, reads its time line, asks why, and has its report made. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { logOn, signed } from './desks.ts';
import { ROOT } from './processes.ts';

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
    // Byte for byte: nothing in it comes from a clock, and that a report was made changes no report.
    expect(readFileSync(join(out, basename(files[0]?.name ?? 'report.json')), 'utf8')).toBe(readFileSync(join(reports, made, 'report.json'), 'utf8'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
