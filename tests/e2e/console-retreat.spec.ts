// The way to safety: one second by pointer or key, over anything, with or without the station (docs/design/console.md, CON-10 to CON-13).
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { FakeStation } from '../support/fake-station/server.ts';

let station: FakeStation;
let url: string;

test.beforeEach(async ({ page }) => {
  station = new FakeStation();
  url = await station.start('upset');
  await page.clock.install();
  await page.goto(url);
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected');
});
test.afterEach(async () => station.stop());

const stops = (): number => station.requests.filter(({ command }) => command === 'retreat.stop').length;
const evacuations = (): number => station.requests.filter(({ command }) => command === 'retreat.evacuate').length;
const note = (page: Page): Locator => page.getByTestId('retreat-note');

/**
 * Holds while the page's own clock goes on by exactly `ms`, timestamps of its events included: on a busy machine a wait of
 * 0.8 s in the test can be 1.2 s between the two events, and would then be a full second to any honest button.
 */
async function whileClockGoesOn(page: Page, ms: number, press: { down(): Promise<void>; up(): Promise<void> }): Promise<void> {
  await stopClock(page);
  await press.down();
  await page.clock.runFor(ms);
  await press.up();
}

/** The clock can only be stopped at a moment to come, and on a busy machine that moment may pass before the order arrives. */
async function stopClock(page: Page, aheadMs = 300): Promise<void> {
  try {
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + aheadMs);
  } catch (error) {
    if (aheadMs > 10_000) throw error;
    await stopClock(page, aheadMs * 3);
  }
}

async function hold(page: Page, testId: string, ms: number): Promise<void> {
  const box = await page.getByTestId(testId).boundingBox();
  if (box === null) throw new Error(`${testId} is not on screen`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await whileClockGoesOn(page, ms, { down: () => page.mouse.down(), up: () => page.mouse.up() });
  await page.clock.resume();
}

async function holdKey(page: Page, key: string, ms: number): Promise<void> {
  await whileClockGoesOn(page, ms, { down: () => page.keyboard.down(key), up: () => page.keyboard.up(key) });
  await page.clock.resume();
}

test('CON-10 a moment less than 1 s by pointer does nothing and says so, 1 s stops and says when and by what', async ({ page }) => {
  await hold(page, 'emergency-stop', 999);
  await expect(note(page)).toHaveAttribute('data-phase', 'tooShort');
  await expect(note(page)).toContainText('未满 1 秒，未执行');
  expect(stops()).toBe(0);
  await hold(page, 'emergency-stop', 1_000);
  await expect(note(page)).toHaveAttribute('data-phase', 'done');
  await expect(note(page)).toContainText(/\d\d:\d\d:\d\d/u);
  await expect(note(page)).toContainText('模拟装置');
  expect(stops()).toBe(1);
});

test('CON-10 progress is seen while holding', async ({ page }) => {
  const button = page.getByTestId('evacuate');
  await button.hover();
  await page.mouse.down();
  await expect(button).toHaveAttribute('data-holding', 'true');
  await page.mouse.up();
  await expect(button).toHaveAttribute('data-holding', 'false');
});

test('CON-11 F11 and F12 work from anywhere, Enter and Space on the button', async ({ page }) => {
  await holdKey(page, 'F11', 999);
  expect(stops()).toBe(0);
  await holdKey(page, 'F11', 1_000);
  await expect.poll(stops).toBe(1);
  await holdKey(page, 'F12', 1_000);
  await expect.poll(evacuations).toBe(1);
  await page.getByTestId('emergency-stop').focus();
  await holdKey(page, 'Enter', 1_000);
  await expect.poll(stops).toBe(2);
  await holdKey(page, 'Space', 1_000);
  await expect.poll(stops).toBe(3);
});

test('CON-12 an open form does not stand in the way', async ({ page }) => {
  await page.getByTestId('nav-interlocks').click();
  await page.getByTestId('bypass-request-I-4400').click();
  await page.getByTestId('sign-secret').fill('half written');
  await holdKey(page, 'F11', 1_000);
  await expect.poll(stops).toBe(1);
  await hold(page, 'evacuate', 1_000);
  await expect.poll(evacuations).toBe(1);
  await expect(page.getByTestId('sign-secret')).toHaveValue('half written');
  // Nothing lies over the corner: the topmost element at the button's middle is the button.
  expect(await page.getByTestId('emergency-stop').evaluate((button) => {
    const box = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
  })).toBe(true);
});

test('CON-13 with the link down the fallback comes at once and the call goes out once when the station is back', async ({ page }) => {
  station.setLink(false);
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'station-lost');
  await page.getByTestId('emergency-stop').focus();
  await whileClockGoesOn(page, 1_000, { down: () => page.keyboard.down('F11'), up: () => page.keyboard.up('F11') });
  // The clock stands still: nobody waits for an answer that cannot come.
  await expect(note(page)).toHaveAttribute('data-phase', 'unanswered');
  await page.clock.resume();
  await expect(note(page)).toContainText('站点无响应：立即用 DCS 硬按钮停车');
  await expect(note(page)).toContainText('停止氢化、氧化进料');
  expect(stops()).toBe(0);
  station.setLink(true);
  await expect.poll(stops, { timeout: 10_000 }).toBe(1);
  await expect(note(page)).toHaveAttribute('data-phase', 'done');
});

test('CON-13 a station that hears but does not answer gives the fallback too', async ({ page }) => {
  station.silent = true;
  await holdKey(page, 'F12', 1_000);
  await expect(note(page)).toHaveAttribute('data-phase', 'unanswered');
  await expect(note(page)).toContainText('撤离');
});
