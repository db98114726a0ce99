// The hand-over of the shift and the posts at the console (docs/design/handover.md, authority.md).
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openConsole } from '../support/fake-station/console.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

let station: FakeStation;
test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => station.stop());

const open = async (page: Page, scene: Scene, screen: string): Promise<void> => openConsole(page, await station.start(scene), { screen });
async function sign(page: Page, first: string, second: string): Promise<void> {
  await page.getByTestId('sign-first-user').selectOption(first);
  await page.getByTestId('sign-second-user').selectOption(second);
  await page.getByTestId('sign-both').click();
}

test('REQ-HOV-06 what is not ticked is named by the station and nothing of the form is lost; ticked and signed by both it is handed over', async ({ page }) => {
  await open(page, 'upset', 'handover');
  await expect(page.getByTestId('handover-shift')).toContainText('张操作');
  const boxes = page.locator('[data-testid^="tick-"]');
  const total = await boxes.count();
  for (let i = 0; i < total - 1; i += 1) await boxes.nth(i).check();
  await page.getByTestId('handover-notes').fill('P-4109B 振动');
  await sign(page, 'zhang', 'wang');
  await expect(page.getByTestId('problem')).toContainText('磷酸加入中断（A4.7）已到复训日期');
  await page.getByTestId('nav-overview').click();
  await page.getByTestId('nav-handover').click();
  await expect(page.getByTestId('handover-count')).toHaveText(`已核对 ${total - 1} / ${total}`);
  await expect(page.getByTestId('handover-notes')).toHaveValue('P-4109B 振动');
  await boxes.nth(total - 1).check();
  await sign(page, 'zhang', 'wang');
  await expect(page.getByTestId('handover-shift')).toContainText('王班长');
  await expect(page.getByTestId('handover-past').locator('> li').first()).toContainText('P-4109B 振动');
  await expect(page.getByTestId('handover-count')).toHaveText(`已核对 0 / ${total}`);
});

test('REQ-HOV-07 3.4 the form stands before nothing: emergency stop is in sight and works with it open', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await open(page, 'upset', 'handover');
  await expect(page.getByTestId('handover-form')).toBeVisible();
  await expect(page.getByTestId('emergency-stop')).toBeInViewport();
  expect(await page.locator('dialog[open], [aria-modal="true"]').count()).toBe(0);
});

test('REQ-HOV-08 the hand-over prints in both languages with the mode word', async ({ page }) => {
  await open(page, 'upset', 'handover');
  await page.getByTestId('tick-post/watch/zhang').check();
  await page.emulateMedia({ media: 'print' });
  const sheet = page.getByTestId('handover-sheet');
  await expect(sheet).toBeVisible();
  for (const words of ['演练 TRAINING', '交接班记录 Shift hand-over', 'Bypass B-0007', '☑', '☐', '交班 Hands over']) await expect(sheet).toContainText(words);
  await expect(page.getByTestId('handover-form')).toBeHidden();
});

test('REQ-POST-07 a vacant post is taken, a held one handed over by two or relieved with a reason; a refusal stands at its button', async ({ page }) => {
  await open(page, 'upset', 'upset');
  const watch = page.getByTestId('post-watch');
  await expect(watch).toContainText('张操作');
  await expect(page.getByTestId('take-watch')).toHaveCount(0);
  await page.getByTestId('hand-over-watch').click();
  await sign(page, 'li', 'wang');
  await expect(watch.getByTestId('refusal')).toContainText('须由双方签字交接');
  await sign(page, 'zhang', 'li');
  await expect(watch).toContainText('李工');
  await page.getByTestId('relieve-watch').click();
  await page.getByTestId('relieve-reason').fill('对讲机无应答');
  await sign(page, 'chen', 'wang');
  await expect(watch).toContainText('陈工');
  expect(station.requests.find(({ command }) => command === 'post.relieve')?.input).toMatchObject({ post: 'watch', reason: '对讲机无应答', to: { user: 'chen' }, second: { user: 'wang' } });
});
