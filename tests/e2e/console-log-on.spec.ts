// Who is logged on: in the header, in a panel, never before the retreat buttons (docs/design/sessions.md, REQ-SES-12).
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { seriousFindings } from '../support/axe.ts';
import { FakeStation, personOf } from '../support/fake-station/server.ts';

const SIZES = [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }, { width: 640, height: 480 }];

let station: FakeStation;
let url: string;
let failures: string[];

test.beforeEach(async ({ page }) => {
  station = new FakeStation();
  station.person = null;
  url = await station.start('normal');
  failures = [];
  page.on('console', (message) => { if (/Content Security Policy|Refused to/u.test(message.text())) failures.push(message.text()); });
  page.on('pageerror', (error) => failures.push(error.message));
});
test.afterEach(async () => {
  await station.stop();
  expect(failures).toEqual([]);
});

async function open(page: Page): Promise<void> {
  await page.goto(url);
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected');
}
const requested = (command: string): unknown[] => station.requests.filter((request) => request.command === command).map(({ input }) => input);

/** Held for a second, as a person holds it. */
async function stops(page: Page): Promise<void> {
  const before = requested('retreat.stop').length;
  await page.getByTestId('emergency-stop').hover();
  await page.mouse.down();
  await expect.poll(() => requested('retreat.stop').length).toBe(before + 1);
  await page.mouse.up();
}

test('REQ-SES-12 3.4 log on by two fields, shown in the header; the secret is emptied and stored nowhere; stop works with the panel open', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'post');
  await page.getByTestId('who').click();
  await expect(page.getByTestId('log-on-user')).toBeFocused();
  await page.getByTestId('log-on-user').selectOption('zhang');
  await page.getByTestId('log-on-secret').fill('wrong');
  await page.getByTestId('log-on-submit').click();
  await expect(page.getByTestId('problem')).toContainText('口令不对');
  await expect(page.getByTestId('log-on-secret')).toHaveValue('');
  await stops(page);
  await page.getByTestId('log-on-secret').fill('right-secret-1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'on');
  await expect(page.getByTestId('who')).toContainText('张操作');
  await expect(page.getByTestId('log-on-panel')).toHaveCount(0);
  const stored = await page.evaluate(async () => {
    const dumped: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => { const opened = indexedDB.open(name ?? ''); opened.onsuccess = () => resolve(opened.result); });
      for (const store of db.objectStoreNames) dumped.push(await new Promise((resolve) => { const all = db.transaction(store).objectStore(store).getAll(); all.onsuccess = () => resolve(all.result); }));
    }
    return JSON.stringify(dumped);
  });
  expect(stored).not.toMatch(/right-secret-1|t{43}/u);
});

test('REQ-SES-12 locked is seen; anybody’s secret unlocks; change of shift; log off', async ({ page }) => {
  await open(page);
  station.logOn(personOf('zhang', true));
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'locked');
  await page.getByTestId('who').click();
  await expect(page.getByTestId('log-on-user')).toHaveValue('zhang');
  await page.getByTestId('log-on-user').selectOption('wang');
  await page.getByTestId('log-on-secret').fill('right-secret-2');
  await page.getByTestId('log-on-submit').click();
  await expect(page.getByTestId('who')).toContainText('王班长');
  await page.getByTestId('who').click();
  await expect(page.getByTestId('log-on-present')).toContainText('王班长');
  await page.getByTestId('log-off').click();
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'post');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('log-on-panel')).toHaveCount(0);
  await expect(page.getByTestId('who')).toBeFocused();
});

test('REQ-SES-12 first use: the given secret leads to the change, twice the new one, and then on', async ({ page }) => {
  await open(page);
  await page.getByTestId('who').click();
  await page.getByTestId('log-on-user').selectOption('li');
  await page.getByTestId('log-on-secret').fill('given');
  await page.getByTestId('log-on-submit').click();
  await page.getByTestId('first-use').click();
  await expect(page.getByTestId('log-on-user')).toHaveValue('li');
  await page.getByTestId('old-secret').fill('given');
  await page.getByTestId('new-secret').fill('my-own-word');
  await page.getByTestId('new-secret-again').fill('my-own-wood');
  await expect(page.getByTestId('change-secret-submit')).toBeDisabled();
  await page.getByTestId('new-secret-again').fill('my-own-word');
  await page.getByTestId('change-secret-submit').click();
  await expect(page.getByTestId('who')).toContainText('李工');
  expect(requested('session.changeSecret')).toEqual([{ user: 'li', secret: 'given', newSecret: 'my-own-word' }]);
});

test('REQ-SES-13 the connection lost and found again: the page goes on as the same person; signatures have the name filled in, never the secret', async ({ page }) => {
  await open(page);
  await page.getByTestId('who').click();
  await page.getByTestId('log-on-user').selectOption('wang');
  await page.getByTestId('log-on-secret').fill('right-secret-3');
  await page.getByTestId('log-on-submit').click();
  await expect(page.getByTestId('who')).toContainText('王班长');
  station.person = personOf('wang');
  station.setLink(false);
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'unknown');
  station.setLink(true);
  await expect.poll(() => requested('session.resume').length).toBeGreaterThan(0);
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'on');
});

for (const language of ['zh', 'en']) {
  test(`REQ-SES-12 the panel is complete at every size, covers no retreat button and is no dialog (${language})`, async ({ page }) => {
    test.setTimeout(120_000);
    await open(page);
    if (language === 'en') await page.getByTestId('lang-switch').click();
    for (const [index, person] of [null, personOf('zhang'), personOf('zhang', true)].entries()) {
      station.logOn(person);
      await page.getByTestId('who').click();
      await expect(page.getByTestId('log-on-panel')).toBeVisible();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const button of ['emergency-stop', 'evacuate']) {
          expect(await page.getByTestId(button).evaluate((element) => { const { x, y, width, height } = element.getBoundingClientRect(); return [0.1, 0.5, 0.9].every((part) => element.contains(document.elementFromPoint(x + width * part, y + height * part))); }), `${button} at ${size.width}`).toBe(true);
        }
        await page.getByTestId('log-on-submit').scrollIntoViewIfNeeded();
        await expect(page.getByTestId('log-on-submit')).toBeInViewport();
        await page.screenshot({ path: `test-results/log-on/${language}-${String(index)}-${String(size.width)}.png` });
      }
      await page.setViewportSize({ width: 1920, height: 1080 });
      expect(await page.locator('dialog, [role="dialog"], [aria-modal]').count()).toBe(0);
      expect(await seriousFindings(page, `panel ${String(index)}`)).toEqual([]);
      await page.getByTestId('who').click();
    }
  });
}
