/** The first-visit tour, walked on the real station and the real simulated plant to the scored drill: every step waits for the deed (docs/design/training.md). */
import { expect, test } from '@playwright/test';
import { holdToStop } from '../support/station/desks.ts';
import { openScene } from '../support/station/processes.ts';
import type { Page } from '@playwright/test';

const step = (page: Page, expected: string) => expect(page.getByTestId('tour')).toHaveAttribute('data-step', expected, { timeout: 150_000 }); // as in the story: a rate knows nothing until half its window is full
/** What a stop raises comes one after the other, and what is not in sight is not acknowledged: down the list and up again, as often as some are left. */
async function acknowledgeAll(page: Page): Promise<void> {
  await page.getByTestId('ack-page').hover();
  let turn = 0;
  await expect(async () => {
    await page.getByTestId('ack-page').click();
    await page.getByRole('grid').hover();
    turn += 1;
    await page.mouse.wheel(0, turn % 4 === 0 ? -4_000 : 180);
    await expect(page.getByTestId('tour')).toHaveAttribute('data-step', 'end', { timeout: 1_000 });
  }).toPass({ timeout: 90_000 });
}
const go = (page: Page, screen: string) => page.getByTestId(`nav-${screen}`).click();

test('REQ-TRN-09 REQ-TRN-10 the tour waits for each real deed, covers nothing, can be left and taken up again, and ends with the drill scored', async ({ page }) => {
  test.setTimeout(400_000);
  const scene = await openScene('tour');
  try {
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto((await scene.startStation()).ready['url'] ?? '');
    await page.getByTestId('tour-begin').click({ timeout: 60_000 });
    await step(page, 'training');
    // It takes place of its own: what must be reached at any time is neither covered nor pushed out.
    const box = async (testId: string) => { const found = await page.getByTestId(testId).first().boundingBox(); if (found === null) throw new Error(`${testId} is not to be seen`); return found; };
    const bar = await box('tour');
    for (const other of ['emergency-stop', 'alarm-banner', 'screen-overview']) { const { y, height } = await box(other); expect([other, y >= bar.y + bar.height - 1 || y + height <= bar.y + 1]).toEqual([other, true]); }
    await page.getByTestId('tour-leave').click();
    await expect(page.getByTestId('tour')).toHaveCount(0);
    await go(page, 'training');
    await page.getByTestId('tour-begin').click();
    await step(page, 'start');
    await page.getByTestId('scenario-start-S-TOUR').click();
    await step(page, 'alarms');
    await go(page, 'alarms');
    await step(page, 'acknowledge');
    await page.getByTestId('ack-page').click();
    await step(page, 'upset');
    await go(page, 'upset');
    await step(page, 'stop');
    await holdToStop(page);
    // The stop has begun what was raised, and the first step is proved within a second or two: both are seen without a deed.
    await step(page, 'people');
    await go(page, 'people');
    await step(page, 'evacuate');
    await page.getByTestId('evacuate').hover();
    await page.mouse.down();
    await page.waitForTimeout(1_200);
    await page.mouse.up();
    await step(page, 'wayBack');
    await go(page, 'upset');
    await page.screenshot({ path: 'test-results/tour-way-back.png' });
    await page.getByTestId('way-returnConditions').locator('summary').click();
    // "safe" needs no deed: it may have been proved while the person was among the people.
    await step(page, 'rest');
    await go(page, 'alarms');
    await acknowledgeAll(page);
    await step(page, 'end');
    await go(page, 'training');
    await page.getByTestId('training-end').click();
    // Scored like any other exercise, and told at once.
    await expect(page.getByTestId('tour-result')).toContainText(/\d/u, { timeout: 60_000 });
    await page.screenshot({ path: 'test-results/tour-result.png' });
    await expect(page.getByTestId('tour-result')).toContainText('演练成功');
    await page.getByTestId('training-tab-debrief').click();
    await expect(page.getByTestId('score')).toHaveAttribute('data-total', /\d/u, { timeout: 60_000 });
  } finally {
    await scene.close();
  }
});
