// After an incident on the console (docs/design/aftermath.md, REQ-AFT-15), against a scripted station.
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
/** To the panels of this part on the Incidents screen. */
const toIncidents = async (page: Page): Promise<void> => {
  await page.getByTestId('nav-incidents').click();
  await page.getByTestId('incident-tab-after').click();
};
/** The open incident is in front; the analysis that is owed is of the one before. */
const toTheOwed = async (page: Page): Promise<void> => {
  await toIncidents(page);
  await page.getByTestId('analysis-incident').selectOption('INC-2026-013');
};
const asked = (command: string): unknown => station.requests.findLast((request) => request.command === command)?.input;

test('REQ-AFT-15 4.5.3 3.1 the Overview has what is overdue of all three kinds, raised above what fills the screen, with the way there', async ({ page }) => {
  await open(page);
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('overview-analyses')).toContainText('逾期 1 起');
  await expect(page.getByTestId('overview-follow-ups')).toContainText('逾期 1 项');
  await expect(page.getByTestId('overview-follow-ups')).toBeInViewport({ ratio: 1 });
  await page.getByTestId('overview-actions').getByRole('link').click();
  await expect(page.getByTestId('analyses-panel')).toContainText('逾期 1 起');
  await expect(page.getByTestId('follow-ups-panel')).toContainText('逾期 1 项');
});

test('REQ-AFT-15 4.5.3 a chain is followed from its record to its root cause; what was withdrawn stays, with who and why; what is missing is said', async ({ page }) => {
  await open(page);
  await toTheOwed(page);
  const chain = page.getByTestId('chain-C1');
  for (const part of ['#412', '萃取塔温度异常升高', '48 ℃ 升到 61 ℃', '阀芯卡涩', '关键设备预防性检修计划', 'CA-2', '趋势显示阀位已开到 100%']) await expect(chain).toContainText(part);
  await expect(page.getByTestId('entry-C1.2')).toHaveAttribute('data-withdrawn', 'true');
  await expect(page.getByTestId('analysis-lacks')).toHaveAttribute('data-count', '2');
  await expect(page.getByTestId('analysis-lacks')).toContainText('C2 的根本原因');
  // Only the lowest can be taken back, and under a root cause nothing comes.
  await expect(page.getByTestId('analysis-withdraw-C1.R1')).toBeVisible();
  for (const not of ['analysis-withdraw-C1.4', 'analysis-why-C1', 'analysis-root-C1']) await expect(page.getByTestId(not)).toHaveCount(0);
});

test('REQ-AFT-15 4.5.3 an analysis is brought to its end: root cause, answers, each procedure, two signatures; what was typed outlives leaving the screen', async ({ page }) => {
  await open(page);
  await toTheOwed(page);
  await page.getByTestId('analysis-conclude').click();
  await page.getByTestId('review-outcome-A4-2').selectOption('update');
  await page.getByTestId('analysis-conclusion-text').fill('调节阀卡涩，夜班中控人手不足');
  await page.getByTestId('sign-first-user').selectOption('li');
  await page.getByTestId('sign-second-user').selectOption('wang');
  await page.getByTestId('sign-both').click();
  // The station says what is missing; it stands at the button, and nothing typed is lost.
  await expect(page.getByTestId('analysis-panel').getByRole('alert')).toContainText('4.5.3');
  await page.getByTestId('nav-overview').click();
  await toTheOwed(page);
  await page.getByTestId('analysis-root-C2').click();
  await page.getByTestId('analysis-root-C2-text').fill('未规定夜班中控最低人数');
  await signWithin(page, 'chain-C2', 'li');
  await expect.poll(() => asked('analysis.root')).toMatchObject({ incident: 'INC-2026-013', chain: 'C2', text: '未规定夜班中控最低人数', signature: { user: 'li' } });
  await page.getByTestId('analysis-answer-C2.R1').click();
  await page.getByTestId('analysis-action').selectOption('CA-3');
  await signWithin(page, 'chain-C2', 'wang');
  await expect.poll(() => asked('analysis.answer')).toMatchObject({ cause: 'C2.R1', action: 'CA-3', reason: '' });
  await page.getByTestId('analysis-answer-F1').click();
  await page.getByTestId('analysis-reason').fill('由 CA-3 一并解决');
  await signWithin(page, 'factor-F1', 'wang');
  await expect.poll(() => asked('analysis.answer')).toMatchObject({ cause: 'F1', reason: '由 CA-3 一并解决' });
  await expect(page.getByTestId('analysis-lacks')).toHaveAttribute('data-count', '0');
  await page.getByTestId('analysis-conclude').click();
  await expect(page.getByTestId('analysis-conclusion-text')).toHaveValue('调节阀卡涩，夜班中控人手不足');
  await page.getByTestId('sign-first-user').selectOption('li');
  await page.getByTestId('sign-second-user').selectOption('wang');
  await page.getByTestId('sign-both').click();
  await expect.poll(() => asked('analysis.conclude')).toMatchObject({ text: '调节阀卡涩，夜班中控人手不足', reviews: [{ procedure: 'A4-2', outcome: 'update', note: '' }], engineer: { user: 'li' }, supervisor: { user: 'wang' } });
  await page.getByTestId('analysis-incident').selectOption('INC-2026-013');
  await expect(page.getByTestId('analysis-concluded')).toContainText('由 li、wang 签字完成');
});

test('REQ-AFT-15 4.5.3 a chain begins with a record, a why comes under it, a factor points to records', async ({ page }) => {
  await open(page, 'normal');
  await toIncidents(page);
  await page.getByTestId('analysis-add-chain').click();
  await page.getByTestId('analysis-record').fill('1281');
  await page.getByTestId('analysis-problem').fill('塔温升高');
  await signWithin(page, 'analysis-panel', 'zhang');
  await expect.poll(() => asked('analysis.chain')).toMatchObject({ incident: 'INC-2026-013', record: 1_281, problem: '塔温升高' });
  await page.getByTestId('analysis-why-C1').click();
  await page.getByTestId('analysis-why-C1-text').fill('冷却水不足');
  await signWithin(page, 'chain-C1', 'zhang');
  await expect(page.getByTestId('entry-C1.1')).toContainText('冷却水不足');
  await page.getByTestId('analysis-withdraw-C1.1').click();
  await page.getByTestId('analysis-withdraw-reason').fill('查证不实');
  await signWithin(page, 'chain-C1', 'zhang');
  await expect(page.getByTestId('entry-C1.1')).toHaveAttribute('data-withdrawn', 'true');
  await page.getByTestId('analysis-add-factor').click();
  await page.getByTestId('factor-kind').selectOption('instrument');
  await page.getByTestId('factor-records').fill('1281，#1283');
  await page.getByTestId('factor-text').fill('温度计漂移');
  await signWithin(page, 'analysis-panel', 'zhang');
  await expect.poll(() => asked('analysis.factor')).toEqual({ incident: 'INC-2026-013', kind: 'instrument', text: '温度计漂移', records: [1_281, 1_283], signature: { user: 'zhang', secret: 'drill' } });
});

test('REQ-AFT-15 3.1 a drill is opened, and done with its evidence by another than the responsible person', async ({ page }) => {
  await open(page);
  await toIncidents(page);
  const rows = page.getByTestId('follow-ups-panel').locator('[data-testid^="follow-up-FU-"]');
  await expect(rows.first()).toHaveAttribute('data-testid', 'follow-up-FU-2');
  await expect(rows.first()).toHaveAttribute('data-state', 'overdue');
  await page.getByTestId('follow-up-done-FU-2').click();
  // A drill has people and no revision.
  await expect(page.getByTestId('follow-up-revision')).toHaveCount(0);
  await page.getByTestId('follow-up-document').fill('YL-2026-07');
  await page.getByTestId('follow-up-held').fill('2026-07-01T09:00:00');
  await page.getByTestId('follow-up-participants').fill('夜班 6 人');
  await signWithin(page, 'follow-up-FU-2', 'wang');
  await expect(page.getByTestId('follow-up-FU-2').getByRole('alert')).toBeVisible();
  await signWithin(page, 'follow-up-FU-2', 'li');
  await expect.poll(() => asked('followUp.done')).toMatchObject({ followUp: 'FU-2', document: 'YL-2026-07', revision: '', heldMs: Date.parse('2026-07-01T09:00:00+08:00'), participants: '夜班 6 人' });
  await page.getByTestId('follow-ups-over').locator('summary').click();
  await expect(page.getByTestId('follow-up-FU-2')).toContainText('夜班 6 人');
  await page.getByTestId('follow-up-open').click();
  await page.getByTestId('follow-up-kind').selectOption('training');
  await page.getByTestId('follow-up-title').fill('新规程宣贯');
  await page.getByTestId('follow-up-responsible').fill('赵强');
  await page.getByTestId('follow-up-due').fill('2031-03-01T08:00:00');
  await page.locator('[data-testid^="follow-up-procedure-"]').first().check();
  await signWithin(page, 'follow-ups-panel', 'wang');
  await expect.poll(() => asked('followUp.open')).toMatchObject({ kind: 'training', title: '新规程宣贯', responsible: '赵强', dueMs: Date.parse('2031-03-01T08:00:00+08:00'), incident: 'INC-2026-014' });
});

test('REQ-AFT-15 3.1 four marks for each condition; never recorded and due are said; a procedure looked at ahead shows its own', async ({ page }) => {
  await open(page);
  await toIncidents(page);
  const ready = page.getByTestId('readiness-panel');
  await expect(ready.getByTestId('ready-extraction-hot')).toContainText('从无记录');
  await expect(ready.getByTestId('ready-extraction-hot')).toContainText('到期');
  await expect(ready.getByTestId('ready-extraction-hot')).toContainText('HAZOP-2026-07 / B');
  await expect(ready.getByTestId('ready-odd-smell')).toContainText('没有程序');
  await expect(ready.getByTestId('ready-tank-hot')).toBeVisible();
  await page.getByTestId('readiness-gaps').check();
  await expect(ready.getByTestId('ready-tank-hot')).toHaveCount(0);
  await page.getByTestId('nav-upset').click();
  await page.getByTestId('browse').first().click();
  await page.getByTestId('look-A4-2').click();
  for (const part of ['HAZOP-2026-07 / B', 'v3，复核：', '从无记录', '到期']) await expect(page.getByTestId('ahead-ready')).toContainText(part);
});

for (const language of ['zh', 'en'] as const) {
  test(`REQ-AFT-15 axe finds nothing serious with the forms open, the retreat stays in sight (${language})`, async ({ page }, info) => {
    await open(page, 'handling', language);
    await toTheOwed(page);
    const shoot = async (name: string, testId: string): Promise<void> => { await page.setViewportSize({ width: SMALLEST.width, height: 3_600 }); await page.getByTestId(testId).screenshot({ path: info.outputPath(`${name}-${language}.png`) }); await page.setViewportSize(SMALLEST); };
    await shoot('analysis', 'analysis-panel');
    await shoot('follow-ups', 'follow-ups-panel');
    await shoot('readiness', 'readiness-panel');
    for (const button of ['analysis-conclude', 'analysis-add-factor', 'analysis-why-C2', 'follow-up-open', 'follow-up-done-FU-2']) await page.getByTestId(button).click();
    await page.getByTestId('follow-ups-over').locator('summary').click();
    expect(await seriousFindings(page, 'aftermath')).toEqual([]);
    await expect(page.getByTestId('emergency-stop')).toBeInViewport();
    await shoot('analysis-forms', 'analysis-panel');
    await shoot('follow-ups-forms', 'follow-ups-panel');
    await page.getByTestId('nav-overview').click();
    await page.screenshot({ path: info.outputPath(`overview-${language}.png`) });
  });
}
