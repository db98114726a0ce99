// Work permits and evidence on the console (docs/design/work.md, REQ-WRK-15), against a scripted station.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { seriousFindings } from '../support/axe.ts';
import { openConsole, signWithin, SMALLEST } from '../support/fake-station/console.ts';
import { FakeStation } from '../support/fake-station/server.ts';

let station: FakeStation;
test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => { await station.stop(); });

async function open(page: Page, language: 'zh' | 'en' = 'zh'): Promise<void> {
  await page.setViewportSize(SMALLEST);
  await openConsole(page, await station.start('handling'), { language });
}
const asked = (command: string): unknown => station.requests.findLast((request) => request.command === command)?.input;

test('REQ-WRK-15 3.7 the step shows its permit: the one that carries it with its time, or the way to the register', async ({ page }) => {
  await open(page);
  await page.getByTestId('nav-upset').click();
  await expect(page.getByTestId('work-permit')).toHaveAttribute('data-number', '');
  await expect(page.getByTestId('work-permit')).toContainText('没有有效的作业票');
  await page.getByTestId('procedure-tab-A4-9').click();
  await expect(page.getByTestId('work-permit')).toHaveAttribute('data-number', 'WP-0412');
  await expect(page.getByTestId('work-permit').getByRole('timer')).toBeVisible();
});

test('REQ-WRK-15 4.3.3(4) V.2 a gas test is written down point by point, and the watching post acknowledges it', async ({ page }) => {
  await open(page);
  await page.getByTestId('nav-upset').click();
  await page.getByTestId('procedure-tab-A4-9').click();
  await page.getByTestId('confirm-k-o2').click();
  const form = page.getByTestId('proof-k-o2');
  await form.getByTestId('evidence-instrument-k-o2').fill('GD-07');
  await form.getByTestId('point-add').click();
  for (const [point, place, value] of [[0, '上部', '20.8'], [1, '下部', '20.6']] as const) {
    await form.getByTestId(`point-${point}-place`).fill(place);
    await form.getByTestId(`point-${point}-O2`).fill(value);
  }
  await form.getByTestId('gas-add').selectOption('H2S');
  await form.getByTestId('point-1-H2S').fill('0');
  await expect(form.getByTestId('witness')).toContainText('张操作');
  await signWithin(page, 'proof-k-o2', 'li');
  await expect.poll(() => asked('procedure.confirm')).toMatchObject({
    step: 'k1', proof: 'k-o2', signature: { user: 'li' }, witness: { user: 'zhang', secret: 'drill' },
    evidence: { instrument: 'GD-07', validForMs: 1_800_000, points: [{ place: '上部', values: [{ gas: 'O2', value: 20.8 }] }, { place: '下部', values: [{ gas: 'O2', value: 20.6 }, { gas: 'H2S', value: 0 }] }] },
  });
});

test('REQ-WRK-15 4.4.1 what the step stands on is counted down, and proved again in its place', async ({ page }) => {
  await open(page);
  await page.getByTestId('nav-upset').click();
  await page.getByTestId('procedure-tab-A4-9').click();
  const earlier = page.getByTestId('earlier');
  await expect(earlier.getByTestId('proof-k-lel').getByRole('timer')).toBeVisible();
  await expect(earlier.getByTestId('proof-k-blind')).toContainText('已拆除 B-13');
  await earlier.getByTestId('confirm-k-blind').click();
  await earlier.getByTestId('evidence-numbers-k-blind').fill('B-12、B-14');
  await earlier.getByTestId('evidence-place-k-blind').fill('E-4303');
  await signWithin(page, 'proof-k-blind', 'li');
  await expect.poll(() => asked('procedure.confirm')).toMatchObject({ step: 'k0', proof: 'k-blind', evidence: { numbers: ['B-12', 'B-14'], place: 'E-4303' }, witness: { user: 'zhang' } });
});

test('REQ-WRK-15 3.7 permits are issued and closed by signature; blinds that stand there are told out by number', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Alt+0');
  await expect(page.getByTestId('screen-permits')).toBeVisible();
  await expect(page.getByTestId('permit-row-WP-0409')).toHaveAttribute('data-state', 'expired');
  await expect(page.getByTestId('in-place').getByTestId('evidence-row-h-blind-B-12')).toBeVisible();
  await expect(page.getByTestId('evidence-register').getByTestId('evidence-row-h-blind-B-13')).toHaveAttribute('data-in-place', 'false');
  await page.getByTestId('permit-issue').click();
  await page.getByTestId('permit-number').fill('WP-0500');
  await page.getByTestId('permit-kind').selectOption('pressure-work');
  await page.getByTestId('permit-scope').fill('带压堵漏');
  await page.getByTestId('permit-zone').selectOption('extraction');
  await page.getByTestId('permit-holder').fill('赵强');
  await page.getByTestId('pressure-thicknessMm').fill('7.5');
  await page.getByTestId('pressure-cracksCanGrow').selectOption('no');
  await signWithin(page, 'permits-panel', 'wang');
  // What is left open is answered in the careful sense; nothing is nought that was not measured.
  await expect.poll(() => asked('permit.issue')).toMatchObject({ number: 'WP-0500', kind: 'pressure-work', zone: 'extraction', isolation: [], pressure: { necessity: '', thicknessMm: 7.5, requiredMm: null, extremelyHazardous: true, cracksCanGrow: false, strengthSuffices: false, safeguardsInPlace: false } });
  await page.getByTestId('permit-close-WP-0412').click();
  await page.getByTestId('permit-close-reason').fill('完成');
  await signWithin(page, 'permit-row-WP-0412', 'wang');
  await expect.poll(() => asked('permit.close')).toMatchObject({ permit: 'WP-0412', reason: '完成' });
  await page.getByTestId('remove-B-12').click();
  await signWithin(page, 'evidence-row-h-blind-B-12', 'zhang');
  await expect.poll(() => asked('evidence.remove')).toMatchObject({ proof: 'h-blind', number: 'B-12' });
});

for (const language of ['zh', 'en'] as const) {
  test(`REQ-WRK-15 axe finds nothing serious, the retreat stays in sight (${language})`, async ({ page }) => {
    await open(page, language);
    for (const screen of ['permits', 'upset'] as const) {
      await page.getByTestId(`nav-${screen}`).click();
      if (screen === 'upset') { await page.getByTestId('procedure-tab-A4-9').click(); await page.getByTestId('confirm-k-o2').click(); }
      else await page.getByTestId('permit-issue').click();
      if (screen === 'upset') await page.getByTestId('point-add').click();
      expect(await seriousFindings(page, screen)).toEqual([]);
      await expect(page.getByTestId('emergency-stop')).toBeInViewport();
    }
  });
}
