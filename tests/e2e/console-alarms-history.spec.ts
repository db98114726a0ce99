// What happened to alarms, the figures, and the sound (docs/design/console.md, CON-39 to CON-41).
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { FakeStation } from '../support/fake-station/server.ts';
import { floodRow } from '../support/fake-station/scenes.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

let station: FakeStation;

test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => station.stop());

async function open(page: Page, scene: Scene, view: string): Promise<void> {
  await page.goto(await station.start(scene));
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected');
  await page.getByTestId('nav-alarms').click();
  if (scene !== 'normal' || view !== 'active') await page.getByTestId(`alarm-tab-${view}`).click();
}
const queries = (): { filter: object; cursor?: number }[] => station.requests.filter(({ command }) => command === 'alarm.history').map(({ input }) => input as { filter: object; cursor?: number });

test('CON-39 the history comes page by page as the reader goes down, and is asked by time, priority, unit, change, id and person', async ({ page }) => {
  await page.goto(await station.start('upset'));
  station.fillHistory(1_000);
  await page.getByTestId('nav-alarms').click();
  await page.getByTestId('alarm-tab-history').click();
  await expect(page.getByTestId('history-count')).toContainText('200 条，还有更多');
  expect(await page.getByTestId('history-row').count()).toBeLessThan(60);
  await page.getByTestId('history-more').click();
  await expect(page.getByTestId('history-count')).toContainText('400');
  expect(queries()[1]?.cursor).toBe(801);
  await page.getByTestId('alarm-filter-1').click();
  await page.getByTestId('alarm-filter-area').selectOption('extraction');
  await page.getByTestId('history-change').selectOption('acknowledged');
  await page.getByTestId('history-id').fill('AL-TI-10100');
  await page.getByTestId('history-by').fill('张操作');
  await page.getByTestId('history-search').click();
  await expect(page.getByTestId('history-row')).toHaveCount(1);
  await expect(page.getByTestId('history-row')).toContainText('AL-TI-10100');
  expect(queries().at(-1)?.filter).toEqual({ id: 'AL-TI-10100', priority: [1], area: 'extraction', change: ['acknowledged'], by: '张操作' });
});

test('CON-39 an id that cannot be one is said to be wrong and is not sent', async ({ page }) => {
  await open(page, 'upset', 'history');
  await expect.poll(() => queries().length).toBe(1);
  await page.getByTestId('history-id').fill('two words');
  await page.getByTestId('history-search').click();
  await expect(page.getByTestId('problem')).toBeVisible();
  expect(queries()).toHaveLength(1);
});

test('CON-39 the export is exactly what was searched for, with a mark for Excel, and can be cancelled', async ({ page }) => {
  await page.goto(await station.start('upset'));
  station.fillHistory(2_500);
  await page.getByTestId('nav-alarms').click();
  await page.getByTestId('alarm-tab-history').click();
  await page.getByTestId('history-change').selectOption('raised');
  await page.getByTestId('history-search').click();
  await expect(page.getByTestId('history-row').first()).toContainText('发生');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.startsWith('\u{FEFF}时间,序号,')).toBe(true);
  const lines = text.trimEnd().split('\r\n').slice(1);
  expect(lines).toHaveLength(1_250);
  expect(lines.every((line) => line.includes(',发生,'))).toBe(true);
  await expect(page.getByTestId('export-done')).toContainText('1250');
  station.silent = true;
  await page.getByTestId('export').click();
  await expect(page.getByTestId('export-progress')).toBeVisible();
  await page.getByTestId('export-cancel').click();
  await expect(page.getByTestId('export-cancelled')).toBeVisible();
});

test('CON-40 the figures stand beside their targets, say in a word and a shape how they are, and are defined on demand', async ({ page }) => {
  await open(page, 'upset', 'kpi');
  const peak = page.getByTestId('kpi-peak-10-min');
  await expect(peak).toContainText('≤ 10');
  await expect(peak.locator('[data-verdict="over"]').first()).toContainText('■ 14');
  await expect(peak.locator('[data-verdict="over"]').first()).toContainText('超上限');
  await expect(page.getByTestId('kpi-alarms-per-day').locator('[data-verdict="unknown"]').first()).toHaveText(/^\? +无法给出$/u);
  await page.getByTestId('kpi-define-peak-10-min').click();
  await expect(page.getByTestId('kpi-definition')).toContainText('滚动窗口');
  await expect(page.getByTestId('kpi-series').locator('.recharts-bar-rectangle')).not.toHaveCount(0);
  station.setLink(false);
  await expect(peak.locator('.kpi-figure').first()).toHaveClass(/hatched/u);
});

/** An ear: what the page would have played. */
async function listen(page: Page): Promise<() => Promise<number[]>> {
  await page.addInitScript(() => {
    const heard: number[] = [];
    class Ear extends EventTarget {
      state = 'suspended';
      currentTime = 0;
      destination = {};
      async resume(): Promise<void> { this.state = 'running'; this.dispatchEvent(new Event('statechange')); }
      createGain(): object { return { gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined }, connect: (to: unknown) => to }; }
      createOscillator(): object { const frequency = { value: 0 }; return { frequency, connect: (to: unknown) => to, start: () => { heard.push(frequency.value); }, stop: () => undefined }; }
    }
    Object.assign(window, { AudioContext: Ear, heard });
  });
  return () => page.evaluate(() => { const { heard } = window as unknown as { heard: number[] }; return heard.splice(0); });
}

test('CON-41 sound: the browser must be pressed first and the screen says so; M silences without acknowledging until the next of the same priority', async ({ page }) => {
  const heard = await listen(page);
  await page.clock.install();
  await page.goto(await station.start('upset'));
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'blocked');
  await expect(page.getByTestId('sound')).toContainText('声音未开');
  // Never more than 2.5 s at a time: after three silent seconds by its clock the page would take the station for lost.
  await page.clock.runFor(2_500);
  expect(await heard()).toEqual([]);
  await page.getByTestId('sound').click();
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'sounding');
  expect((await heard()).slice(0, 5)).toEqual([988, 784, 988, 784, 988]);
  // Repeated while anything is unacknowledged.
  await page.clock.runFor(1_600);
  expect((await heard()).length).toBeGreaterThanOrEqual(5);

  await page.keyboard.press('m');
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'silenced');
  await expect(page.getByTestId('sound')).toContainText('已消音');
  await heard();
  const row = (id: string, priority: 1 | 3): ReturnType<typeof floodRow> => ({ ...floodRow(4, Date.now()), id, priority });
  station.raise(row('AL-lower', 3));
  await expect(page.getByTestId('alarm-count-3')).toContainText('×2');
  await page.clock.runFor(2_500);
  expect(await heard()).toEqual([]);
  expect(station.requests.filter(({ command }) => command === 'alarm.acknowledge')).toEqual([]);

  station.raise(row('AL-same', 1));
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'sounding');
  expect((await heard()).slice(0, 5)).toEqual([988, 784, 988, 784, 988]);
});

test('CON-41 nothing unacknowledged is quiet; a lost station is heard', async ({ page }) => {
  const heard = await listen(page);
  await page.clock.install();
  await page.goto(await station.start('normal'));
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'blocked');
  await page.keyboard.press('Shift');
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'ready');
  await page.clock.runFor(2_500);
  expect(await heard()).toEqual([]);
  station.setLink(false);
  await expect(page.getByTestId('sound')).toHaveAttribute('data-phase', 'sounding');
  expect((await heard()).slice(0, 3)).toEqual([740, 740, 740]);
});
