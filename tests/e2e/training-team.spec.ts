/** Two consoles of one station on the real simulated plant: a trainee's and an instructor's, from the start to the debrief (docs/design/training.md). */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { holdToStop, logOn, signed } from '../support/station/desks.ts';
import { openScene } from '../support/station/processes.ts';

const pane = (page: Page, name: string) => page.getByTestId(`training-tab-${name}`).click();

test('REQ-TRN-02 REQ-TRN-06 REQ-TRN-07 REQ-TRN-08 REQ-INS-22 REQ-INS-23 REQ-INS-26 3.4 H.2 a team exercise: the instructor leads and sees the truth, the trainee works the board and is refused the rest, both read the debrief', async ({ browser }) => {
  test.setTimeout(300_000);
  const scene = await openScene('team');
  try {
    const url = (await scene.startStation()).ready['url'] ?? '';
    const [desk, board] = await Promise.all(['ins1', 'op1'].map(async (user) => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(url);
      await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected', { timeout: 60_000 });
      await logOn(page, user);
      await page.getByTestId('nav-training').click();
      return page;
    })) as [Page, Page];

    // Posts are shared out; the trainee's console is refused what leads, in words, where it pressed, and the retreat stays.
    await pane(board, 'team');
    await board.getByTestId('post-join-board').click();
    await expect(desk.getByTestId('training-apart')).toBeVisible();
    await pane(desk, 'team');
    await expect(desk.getByTestId('post-board')).toHaveAttribute('data-held', 'op1');
    await pane(board, 'scenarios');
    await board.getByTestId('scenario-start-S-OX-RUNAWAY').click();
    await expect(board.getByTestId('scenario-S-OX-RUNAWAY').getByTestId('refusal')).toContainText('3.1');
    await pane(board, 'instructor');
    await expect(board.getByTestId('fault-inject')).toHaveCount(0);

    await pane(desk, 'scenarios');
    await desk.getByTestId('scenario-find').fill('A4.2(2) 旁路');
    await desk.getByTestId('plan-team').check();
    await desk.getByTestId('scenario-start-S-OX-RUNAWAY').click();
    await expect(board.getByTestId('scenario-S-OX-RUNAWAY')).toHaveCount(0);
    await pane(board, 'scenarios');
    await expect(board.getByTestId('scenario-S-OX-RUNAWAY')).toHaveAttribute('data-running', 'true');
    for (const page of [desk, board]) await expect(page.getByTestId('mode')).toHaveAttribute('data-mode', 'TRAINING');

    // A transmitter is made to lie: the instructor sees both, the trainee's console has no truth to show.
    await pane(desk, 'instructor');
    await desk.getByTestId('deceive-tag').selectOption('TI-4301');
    await desk.getByTestId('deceive-how').selectOption('bias');
    await desk.getByTestId('deceive-size').fill('12');
    await desk.getByTestId('deceive-begin').click();
    await expect(desk.getByTestId('truth-tags').locator('tr[data-lies="true"]').filter({ hasText: 'TI-4301' })).toBeVisible({ timeout: 60_000 });
    await pane(board, 'score');
    await expect(board.getByTestId('score')).toHaveCount(0);

    // REQ-INS-22, 23, 26: a worn pump, two faults of one cause by chance, a crew; a trigger that is not understood is refused in place; a reload loses nothing of it.
    await desk.getByTestId('device-which').selectOption('P-4901');
    await desk.getByTestId('device-how').selectOption('degraded');
    await desk.getByTestId('device-size').fill('60');
    await desk.getByTestId('device-fail').click();
    await desk.getByTestId('fault-which').selectOption('F4-07');
    await desk.getByTestId('fault-when').fill('XX-1 > 3');
    await desk.getByTestId('fault-inject').click();
    await expect(desk.getByRole('alert').filter({ hasText: 'XX-1' })).toBeVisible();
    await desk.getByTestId('fault-when').fill('t > 80000');
    await desk.getByTestId('fault-chance').fill('50');
    await desk.getByTestId('fault-together').selectOption('F4-03');
    await desk.getByTestId('fault-inject').click();
    await desk.getByTestId('field-device').selectOption('XV-4301');
    await desk.getByTestId('field-zone').selectOption('Z-4300');
    await desk.getByTestId('field-walk').fill('900');
    await desk.getByTestId('field-send').click();
    await expect(desk.getByTestId('crew-1')).toHaveAttribute('data-phase', 'walking-in');
    await desk.reload();
    await expect(desk.getByTestId('link')).toHaveAttribute('data-phase', 'connected', { timeout: 30_000 });
    await logOn(desk, 'ins1');
    await expect(desk.getByTestId('on-F4-03')).toContainText('t > 80000', { timeout: 30_000 });
    await expect(desk.getByTestId('on-P-4901')).toContainText('60 %');
    await expect(desk.getByTestId('on-TI-4301')).toContainText('12');
    await desk.getByTestId('off-F4-03').click();
    await expect(desk.getByTestId('on-F4-03')).toHaveCount(0);
    await expect(desk.getByTestId('on-F4-07')).toBeVisible();
    await desk.getByTestId('crew-recall-1').click();
    // The trainee's console sees the crew, and nothing of what was put on.
    await pane(board, 'board');
    await expect(board.getByTestId('crew-1')).toHaveAttribute('data-phase', /walking-out|home/u);
    await expect(board.getByTestId('on-now')).toHaveCount(0);

    // The trainee orders a valve on the faceplate and looks ahead; the instructor keeps a moment and goes back to it.
    await pane(board, 'board');
    await board.getByTestId('device-find').fill('XV-4301');
    await board.getByTestId('order-XV-4301-0').click();
    await expect(board.getByTestId('order-XV-4301-0')).toHaveAttribute('aria-pressed', 'true');
    await board.getByTestId('order-XV-4301-none').click();
    await pane(desk, 'time');
    await desk.getByTestId('snapshot-name').fill('停车前');
    await desk.getByTestId('snapshot-take').click();
    await desk.getByTestId('branch-tree').getByRole('button', { name: /停车前/u }).click();
    await expect(desk.locator('[data-testid^="lane-"][data-current="true"]')).toContainText(/由支线/u, { timeout: 30_000 });
    await pane(board, 'ahead');
    await board.getByTestId('ahead-horizon').selectOption('10');
    await board.getByTestId('ahead-begin').click();
    await expect(board.getByTestId('ahead-outcomes')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
    await expect(board.getByTestId('ahead-stop')).toBeVisible();
    await board.screenshot({ path: 'test-results/team-ahead.png' });

    // The trainee's stop; the instructor's live score; the end; the debrief on both; the record.
    await holdToStop(board);
    await expect(board.getByTestId('retreat-note')).toBeVisible();
    await pane(desk, 'score');
    await expect(desk.getByTestId('score')).toBeVisible({ timeout: 60_000 });
    await desk.getByTestId('training-end').click();
    for (const page of [board, desk]) {
      await pane(page, 'debrief');
      await expect(page.getByTestId('debrief-events')).toContainText('TI-4301', { timeout: 60_000 });
      await expect(page.getByTestId('score')).toBeVisible();
    }
    await desk.screenshot({ path: 'test-results/team-debrief.png' });
    await signed(desk, 'assess', 'ins1');
    await pane(board, 'records');
    await expect(board.getByTestId('records')).toContainText('氧化塔飞温', { timeout: 30_000 });
    const download = board.waitForEvent('download');
    await board.getByTestId('export-csv').click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/u);
  } finally {
    // Left open, the consoles go on for as long as the browser does, which is that of the next tests too.
    for (const context of browser.contexts()) await context.close();
    await scene.close();
  }
});
