// Handing on to the supervising platform on the console (docs/design/platform.md, REQ-PLT-09), against a scripted station.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { View } from '../../src/contract/view.ts';
import { openConsole, SMALLEST } from '../support/fake-station/console.ts';
import { FakeStation } from '../support/fake-station/server.ts';

let station: FakeStation;
test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => { await station.stop(); });

const behind: View['platform'] = { state: 'behind', behind: 17, sinceMs: 1_780_000_000_000, reason: { zh: '平台拒绝连接', en: 'The platform refuses the connection' }, station: 'plant-7', host: 'platform.example', lastReceiptMs: 1_779_990_000_000, lastSeq: 41, long: false };

test('REQ-PLT-09 Set-up says whether incidents reach the platform, how many wait, since when and why; the banner only when it lasts', async ({ page }) => {
  await page.setViewportSize(SMALLEST);
  await openConsole(page, await station.start('normal'), { screen: 'setup' });
  const panel = page.getByTestId('platform');
  await expect(panel).toContainText('未上传');
  station.change({ platform: behind });
  await expect(panel).toHaveAttribute('data-state', 'behind');
  for (const part of ['滞后', '平台拒绝连接', 'plant-7', 'platform.example', '17', '41']) await expect(panel).toContainText(part);
  await expect(page.getByTestId('platform-banner')).toHaveCount(0);
  station.change({ platform: { ...behind, long: true } });
  await expect(page.getByTestId('platform-banner')).toContainText('监管平台收不到事件');
  await page.getByTestId('lang-switch').click();
  await expect(page.getByTestId('platform-banner')).toContainText('does not get the incidents');
  await expect(panel).toContainText('The platform refuses the connection');
  const { violations } = await new AxeBuilder({ page }).include('.setup').analyze();
  expect(violations).toEqual([]);
});
