// REQ-PPL-17: what the People screen shows and sends (docs/design/people.md). The station decides; the screen shows.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openConsole } from '../support/fake-station/console.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

let station: FakeStation;

test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => station.stop());

const open = async (page: Page, scene: Scene): Promise<void> => openConsole(page, await station.start(scene), { screen: 'people' });
const sent = (command: string): unknown => station.requests.find((request) => request.command === command)?.input;
async function sign(page: Page): Promise<void> {
  await page.getByTestId('sign-user').selectOption('wang');
  await page.getByTestId('sign-secret').fill('secret');
  await page.getByTestId('sign-submit').click();
}

test('REQ-PPL-17 4.2 V.1 V.4 a zone in an upset: both counts, their difference, who is inside with what, the lost picture, the broken fence, the ways out', async ({ page }) => {
  await open(page, 'upset');
  const card = page.getByTestId('zone-extraction');
  await expect(page.getByTestId('differs-extraction')).toContainText('定位 2 人，签到 1 人');
  await expect(card).toContainText('取样口 S-4307');
  await expect(card).toContainText('耐酸碱防护服');
  await expect(card).toContainText('无气体检测仪');
  await expect(page.getByTestId('camera-CAM-4300')).toHaveAttribute('data-state', 'lost');
  await expect(page.getByTestId('CAM-4300-picture')).toHaveAttribute('data-state', 'lost');
  await expect(page.getByTestId('CAM-4300-power')).toHaveAttribute('data-state', 'good');
  await expect(page.getByTestId('fence-extraction')).toHaveAttribute('data-state', 'broken');
  await expect(card).toContainText('西侧楼梯');
  await expect(card.getByTestId('refusal').first()).toBeVisible();
});

test('REQ-PPL-17 4.2.1 the roll-call stands on top while it runs, and is signed zone by zone; it hides no retreat', async ({ page }) => {
  await open(page, 'upset');
  await expect(page.getByTestId('roll-call')).toHaveAttribute('data-open', 'true');
  await expect(page.getByTestId('roll-call')).toContainText('4 个区中 3 个');
  await expect(page.getByTestId('roll-call')).toContainText('萃取净化区');
  await page.getByTestId('sign-roll-call-extraction').click();
  await page.getByTestId('roll-call-empty').selectOption('no');
  await page.getByTestId('roll-call-note').fill('孙磊还在二层');
  await sign(page);
  await expect.poll(() => sent('people.rollCall')).toMatchObject({ zone: 'extraction', empty: false, note: '孙磊还在二层', signature: { user: 'wang' } });
  await expect(page.getByTestId('emergency-stop')).toBeInViewport();
});

test('REQ-PPL-17 4.3.4 equipment is confirmed item by item by its name; what is missing is sent and left to the station', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('enter-oxidation').click();
  await page.getByTestId('enter-name').fill('赵强');
  await page.getByTestId('enter-part').fill('塔底');
  await page.getByTestId('worn-helmet').check();
  await page.getByTestId('worn-radio').check();
  await page.getByTestId('worn-helmet').uncheck();
  await sign(page);
  await expect.poll(() => sent('people.enter')).toMatchObject({ zone: 'oxidation', name: '赵强', task: '', part: '塔底', gasDetector: '', confirmed: ['radio'] });
  await expect(page.getByTestId('zone-oxidation').getByRole('alert').getByTestId('refusal')).toBeVisible();
});

test('REQ-PPL-17 V.3 an outage is asked for at its camera; one that is in force is shown and ended there', async ({ page }) => {
  await open(page, 'bypassed');
  await expect(page.getByTestId('outage-of-CAM-4100')).toContainText('更换镜头');
  await page.getByTestId('restore-CAM-4100').click();
  await expect.poll(() => sent('camera.restore')).toEqual({ camera: 'CAM-4100' });
  await page.getByTestId('outage-CAM-4200').click();
  await page.getByTestId('outage-reason').fill('清洗');
  await page.getByTestId('outage-report').fill('ZH-118');
  await sign(page);
  await expect.poll(() => sent('camera.outage')).toMatchObject({ camera: 'CAM-4200', reason: '清洗', report: 'ZH-118' });
});

test('REQ-PPL-17 unknown is never good: camera, fence and positioning that are not known are hatched', async ({ page }) => {
  await open(page, 'stale');
  await expect(page.getByTestId('camera-CAM-4800')).toHaveAttribute('data-state', 'unknown');
  await expect(page.getByTestId('camera-CAM-4800').locator('.camera-state')).toHaveClass(/hatched/u);
  await expect(page.getByTestId('fence-tanks')).toHaveClass(/hatched/u);
  await expect(page.getByTestId('roll-call-tanks')).toContainText('定位未知');
});
