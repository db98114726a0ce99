// Corrective actions on the console (docs/design/actions.md, REQ-ACT-09), against a scripted station.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { seriousFindings } from '../support/axe.ts';
import { openConsole, signWithin, SMALLEST } from '../support/fake-station/console.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

let station: FakeStation;
test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => { await station.stop(); });

async function open(page: Page, scene: Scene = 'handling', language: 'zh' | 'en' = 'zh'): Promise<void> {
  await page.setViewportSize(SMALLEST);
  await openConsole(page, await station.start(scene), { language });
}
/** Corrective actions stand in a tab of the screen. */
async function toActions(page: Page): Promise<void> {
  await page.getByTestId('nav-incidents').click();
  await page.getByTestId('incident-tab-after').click();
}
const asked = (command: string): unknown => station.requests.findLast((request) => request.command === command)?.input;

test('REQ-ACT-09 H.1 the Overview has the number of overdue actions with the way to them; the overdue one stands first with its five parts', async ({ page }) => {
  await open(page);
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('overview-actions')).toContainText('逾期 1 项');
  await expect(page.getByTestId('overview-actions')).toBeInViewport({ ratio: 1 });
  await page.getByTestId('overview-actions').getByRole('link').click();
  const rows = page.getByTestId('actions-panel').locator('[data-testid^="action-CA-"]');
  await expect(rows.first()).toHaveAttribute('data-testid', 'action-CA-2');
  await expect(rows.first()).toHaveAttribute('data-state', 'overdue');
  for (const part of ['更换萃取塔温度变送器', '赵强', '3.2 万元', '每小时现场测温', '期限', '备件未到货', '萃取塔超温']) await expect(rows.first()).toContainText(part);
  // Its deadline has been moved once: there is no second time.
  await expect(page.getByTestId('action-move-CA-2')).toHaveCount(0);
  await expect(page.getByTestId('action-CA-1')).toBeHidden();
  await page.getByTestId('actions-closed').locator('summary').click();
  await expect(page.getByTestId('action-CA-1')).toContainText('验收单 Y-40');
});

test('REQ-ACT-09 4.5.3 one is opened for a past incident by signature; what was typed outlives leaving the screen', async ({ page }) => {
  await open(page, 'normal');
  await toActions(page);
  await expect(page.getByTestId('actions-panel')).toContainText('没有未关闭的整改措施');
  await page.getByTestId('action-open').click();
  await expect(page.getByTestId('action-incident')).toHaveValue('INC-2026-013');
  await page.getByTestId('action-measure').fill('加装独立高温联锁');
  await page.getByTestId('action-responsible').fill('赵强');
  await page.getByTestId('nav-overview').click();
  await page.getByTestId('nav-incidents').click();
  await page.getByTestId('action-open').click();
  await expect(page.getByTestId('action-measure')).toHaveValue('加装独立高温联锁');
  await page.getByTestId('action-funding').fill('安全费用');
  await page.getByTestId('action-contingency').fill('每小时测温');
  // Without a deadline it is not sent; that it was sent once only stands below.
  await signWithin(page, 'actions-panel', 'wang');
  await page.getByTestId('action-due').fill('2031-03-01T08:00:00');
  const procedure = page.locator('[data-testid^="action-procedure-"]').first();
  await procedure.check();
  const id = (await procedure.getAttribute('data-testid'))?.replace('action-procedure-', '');
  await signWithin(page, 'actions-panel', 'wang');
  await expect.poll(() => asked('action.open')).toMatchObject({ incident: 'INC-2026-013', measure: '加装独立高温联锁', responsible: '赵强', funding: '安全费用', dueMs: Date.parse('2031-03-01T08:00:00+08:00'), contingency: '每小时测温', procedures: [id], signature: { user: 'wang', secret: 'drill' } });
  await expect(page.getByTestId('action-CA-1')).toHaveAttribute('data-state', 'open');
  expect(station.requests.filter(({ command }) => command === 'action.open')).toHaveLength(1);
  await page.getByTestId('action-open').click();
  await expect(page.getByTestId('action-measure')).toHaveValue('');
});

test('REQ-ACT-09 H.1 the deadline is moved with a reason; it is closed with evidence, and what the station answers to the responsible person stands at the button', async ({ page }) => {
  await open(page);
  await toActions(page);
  await page.getByTestId('action-move-CA-3').click();
  await page.getByTestId('action-new-due').fill('2031-04-01T08:00:00');
  await page.getByTestId('action-reason').fill('化验方法待批');
  await signWithin(page, 'action-CA-3', 'wang');
  await expect.poll(() => asked('action.reschedule')).toMatchObject({ action: 'CA-3', dueMs: Date.parse('2031-04-01T08:00:00+08:00'), reason: '化验方法待批' });
  await expect(page.getByTestId('action-CA-3')).toContainText('化验方法待批');
  await expect(page.getByTestId('action-move-CA-3')).toHaveCount(0);
  await page.getByTestId('action-close-CA-3').click();
  await page.getByTestId('action-evidence').fill('规程修订单 R-9');
  await signWithin(page, 'action-CA-3', 'li');
  await expect(page.getByTestId('action-CA-3').getByRole('alert')).toBeVisible();
  await expect(page.getByTestId('action-evidence')).toHaveValue('规程修订单 R-9');
  await signWithin(page, 'action-CA-3', 'wang');
  await expect.poll(() => asked('action.close')).toMatchObject({ action: 'CA-3', evidence: '规程修订单 R-9', signature: { user: 'wang' } });
  await page.getByTestId('actions-closed').locator('summary').click();
  await expect(page.getByTestId('action-CA-3')).toHaveAttribute('data-state', 'closed');
});

for (const language of ['zh', 'en'] as const) {
  test(`REQ-ACT-09 axe finds nothing serious with the form open, the retreat stays in sight (${language})`, async ({ page }) => {
    await open(page, 'handling', language);
    for (const screen of ['overview', 'incidents'] as const) {
      await page.getByTestId(`nav-${screen}`).click();
      if (screen === 'incidents') { await page.getByTestId('incident-tab-after').click(); await page.getByTestId('actions-closed').locator('summary').click(); await page.getByTestId('action-open').click(); await page.getByTestId('action-close-CA-2').click(); }
      expect(await seriousFindings(page, screen)).toEqual([]);
      await expect(page.getByTestId('emergency-stop')).toBeInViewport();
    }
  });
}
