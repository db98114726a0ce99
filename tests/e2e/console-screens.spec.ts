// What each screen must show (docs/design/console.md, CON-20 to CON-28).
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openConsole } from '../support/fake-station/console.ts';
import { isKept } from '../support/fake-station/own-store.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

let station: FakeStation;

test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => station.stop());

const open = async (page: Page, scene: Scene, screen: string): Promise<void> => openConsole(page, await station.start(scene), { screen });

test('CON-20 Upset: prohibitions stand before the instruction, proofs show state and value, first-out comes first', async ({ page }) => {
  await open(page, 'upset', 'upset');
  await expect(page.getByTestId('course')).toHaveAttribute('data-place', 'retreating');
  const card = page.getByTestId('now-card');
  await expect(card).toHaveAttribute('data-step', 's2');
  await expect(page.getByTestId('prohibition-p1')).toHaveAttribute('data-state', 'violated');
  await expect(page.getByTestId('prohibition-p2')).toHaveAttribute('data-state', 'kept');
  const prohibitionBottom = await page.getByTestId('prohibition-p2').evaluate((element) => element.getBoundingClientRect().bottom);
  const instructionTop = await card.locator('.now-instruction').evaluate((element) => element.getBoundingClientRect().top);
  expect(prohibitionBottom).toBeLessThan(instructionTop);
  await expect(page.getByTestId('proof-pr1')).toHaveAttribute('data-state', 'true');
  await expect(page.getByTestId('proof-pr3')).toHaveAttribute('data-state', 'false');
  await expect(page.getByTestId('proof-pr3')).toContainText('行程中');
  await expect(page.getByTestId('proof-pr4')).toHaveAttribute('data-state', 'unknown');
  await expect(page.locator('[data-testid^="condition-"]').first()).toHaveAttribute('data-testid', 'condition-extraction-hot');
  await expect(page.getByTestId('condition-extraction-hot')).toContainText('首出');
});

test('CON-21 a refusal stands at its button: clause, fact, who, meanwhile', async ({ page }) => {
  await open(page, 'upset', 'upset');
  const reset = page.getByTestId('wayback-interlock.reset');
  await expect(reset).toHaveAttribute('data-allowed', 'false');
  await expect(reset.getByTestId('refusal')).toContainText('3.5');
  await expect(reset.getByTestId('refusal')).toContainText('TI-4302 仍为 61.4 ℃');
  await expect(reset.getByTestId('refusal')).toContainText('工程师');
  await expect(reset.getByTestId('refusal')).toContainText('紧急停车');
  await page.getByTestId('nav-people').click();
  await page.getByTestId('enter-extraction').click();
  await page.getByTestId('enter-name').fill('赵强');
  await page.getByTestId('enter-task').fill('侦检');
  await page.getByTestId('enter-part').fill('萃取塔二层');
  await page.getByTestId('worn-helmet').check();
  await page.getByTestId('sign-user').selectOption('wang');
  await page.getByTestId('sign-submit').click();
  await expect(page.getByTestId('zone-extraction').getByRole('alert').getByTestId('refusal')).toContainText('人员进入萃取净化区');
});

test('CON-22 anything but good is hatched with its letter and never a plain number', async ({ page }) => {
  await open(page, 'stale', 'upset');
  const lost = page.getByTestId('condition-acidity-low').locator('.value');
  await expect(lost).toHaveAttribute('data-quality', 'stale');
  await expect(lost).toContainText('S');
  await page.getByTestId('nav-overview').click();
  await expect(page.locator('.value[data-quality="bad"]').first()).toContainText('B');
  await expect(page.locator('.value[data-quality="uncertain"]').first()).toContainText('U');
  for (const value of await page.locator('.value:not([data-quality="good"])').all()) expect(await value.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain('gradient');
});

test('CON-23 while the station is silent every value is unknown, and it says since when', async ({ page }) => {
  await open(page, 'upset', 'upset');
  station.setLink(false);
  await expect(page.getByTestId('link-banner')).toContainText('数据未知');
  await expect(page.getByTestId('link-banner')).toContainText(/\d\d:\d\d:\d\d/u);
  for (const screen of ['upset', 'overview', 'people', 'interlocks', 'trends']) {
    await page.getByTestId(`nav-${screen}`).click();
    await expect(page.locator('.value[data-quality="good"]')).toHaveCount(0);
  }
  await expect(page.getByTestId('interlock-I-4300')).toHaveAttribute('data-state', 'unknown');
  await page.getByTestId('nav-upset').click();
  await expect(page.getByTestId('proof-pr1')).toHaveAttribute('data-state', 'unknown');
  await expect(page.getByTestId('wayback-interlock.reset')).toHaveAttribute('data-allowed', 'false');
  station.setLink(true);
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected', { timeout: 10_000 });
  await expect(page.getByTestId('proof-pr1')).toHaveAttribute('data-state', 'true');
});

test('CON-24 after a missed push the console asks for a snapshot', async ({ page }) => {
  await open(page, 'normal', 'overview');
  const snapshots = (): number => station.requests.filter(({ command }) => command === 'view.snapshot').length;
  const before = snapshots();
  station.skipOne();
  await expect.poll(snapshots).toBe(before + 1);
});

test('CON-25 Alarms: acknowledge one, filter, response card', async ({ page }) => {
  await open(page, 'upset', 'alarms');
  await expect(page.getByTestId('alarm-row-AL-extraction-hot')).toHaveAttribute('data-state', 'unacknowledged');
  await page.getByTestId('ack-AL-extraction-hot').click();
  await expect(page.getByTestId('alarm-row-AL-extraction-hot')).toHaveAttribute('data-state', 'acknowledged');
  await expect(page.getByTestId('alarm-card')).toContainText('立即退守');
  await page.getByTestId('alarm-filter').fill('AI-4305');
  await expect(page.locator('[data-testid^="alarm-row-"]')).toHaveCount(1);
});

test('CON-56 the cause-and-effect matrix: what a trip commands, and whether the tags show it; unknown while the station is silent', async ({ page }) => {
  await open(page, 'upset', 'interlocks');
  await expect(page.getByTestId('effect-I-4100-XV-4301')).toHaveAttribute('data-reached', 'armed');
  await expect(page.getByTestId('effect-I-4300-P-4109').first()).toHaveAttribute('data-reached', 'true');
  const missing = page.getByTestId('effect-I-4300-XV-4301').first();
  await expect(missing).toHaveAttribute('data-reached', 'false');
  await expect(missing).toContainText('关 · 未到位');
  await expect(missing.locator('.priority')).toBeVisible();
  station.setLink(false);
  await expect(missing).toHaveAttribute('data-reached', 'unknown');
});

test('CON-26 Interlocks: an unapproved bypass stands out everywhere and its request is signed', async ({ page }) => {
  await open(page, 'bypassed', 'interlocks');
  await expect(page.getByTestId('mode')).toHaveText('运行');
  await expect(page.getByTestId('interlock-I-4200')).toHaveAttribute('data-approved', 'false');
  await expect(page.getByTestId('interlock-row-I-4200')).toHaveAttribute('data-state', 'bypassed');
  await expect(page.getByTestId('interlock-row-I-4200').getByTestId('refusal')).toContainText('旁路未经风险评估和审批');
  await expect(page.getByTestId('bypass-assess-B-0007')).toBeVisible();
  await expect(page.getByTestId('bypass-effects-B-0007')).toContainText('A4-2');
  await page.getByTestId('bypass-request-I-4400').click();
  await page.getByTestId('bypass-reason').fill('检修');
  await page.getByTestId('bypass-hazard').fill('超温不停蒸汽');
  await page.getByTestId('bypass-measure-0-text').fill('专人盯守');
  await page.getByTestId('bypass-measure-0-owner').fill('zhang');
  await page.getByTestId('bypass-measure-add').click();
  await page.getByTestId('bypass-measure-1-text').fill('手动阀待命');
  await page.getByTestId('bypass-measure-1-owner').fill('wang');
  await page.getByTestId('bypass-measure-1-how').selectOption('is');
  await page.getByTestId('bypass-measure-1-tag').fill('XV-4301');
  await page.getByTestId('bypass-measure-1-value').fill('closed');
  await page.getByTestId('sign-user').selectOption('zhang');
  await expect(page.getByTestId('sign-secret')).toHaveValue('');
  await page.getByTestId('sign-secret').fill('secret');
  await page.getByTestId('sign-submit').click();
  await expect(page.getByTestId('interlock-row-I-4400')).toContainText('B-0008');
  const request = station.requests.find(({ command }) => command === 'bypass.request');
  expect(request?.input).toMatchObject({ interlock: 'I-4400', measures: [{ text: '专人盯守', owner: 'zhang', everyMs: 3_600_000 }, { text: '手动阀待命', owner: 'wang', watch: { tag: 'XV-4301', is: 'closed' } }], signature: { user: 'zhang' } });
});

test('CON-27 a half-written form survives a change of screen and a reload; its secret does not', async ({ page }) => {
  await open(page, 'bypassed', 'interlocks');
  await page.getByTestId('bypass-request-I-4400').click();
  await page.getByTestId('bypass-reason').fill('检修中途');
  await page.getByTestId('sign-secret').fill('secret');
  await page.getByTestId('nav-people').click();
  await isKept(page, 'drafts', { fields: expect.objectContaining({ reason: '检修中途' }) as unknown });
  await page.reload();
  await page.getByTestId('nav-interlocks').click();
  await page.getByTestId('bypass-request-I-4400').click();
  await expect(page.getByTestId('bypass-reason')).toHaveValue('检修中途');
  await expect(page.getByTestId('sign-secret')).toHaveValue('');
});

test('CON-28 Training: pick an upset and be led to it; 4.1.2 says stop at once; journal verdict in words', async ({ page }) => {
  await open(page, 'normal', 'upset');
  await page.getByRole('link', { name: '去演练画面选一个异常工况' }).click();
  await page.getByTestId('scenario-start-extraction-overheat').click();
  await page.getByTestId('nav-upset').click();
  await expect(page.getByTestId('now-card')).toBeVisible();
  station.play('noProcedure');
  await expect(page.getByTestId('no-procedure')).toContainText('立即停车');
  await page.getByTestId('nav-incidents').click();
  await page.getByTestId('journal-verify').click();
  await expect(page.getByTestId('journal-verdict')).toContainText('完整');
});

test('CON-29 everything works without IndexedDB', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await open(page, 'upset', 'upset');
  await expect(page.getByTestId('now-card')).toBeVisible();
  await page.getByTestId('lang-switch').click();
  await expect(page.getByTestId('mode')).toHaveText('TRAINING');
});

test('CON-30 the procedure prints in both languages with the mode word', async ({ page }) => {
  await open(page, 'upset', 'upset');
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.print-sheet');
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('演练 TRAINING');
  await expect(sheet).toContainText('停止氢化、氧化进料');
  await expect(sheet).toContainText('Stop the feeds to hydrogenation');
  await expect(page.getByTestId('emergency-stop')).toBeHidden();
});
