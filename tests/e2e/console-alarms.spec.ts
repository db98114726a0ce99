// The Alarms screen: lists, flood, holding still, acknowledging, shelving, 3.6, keyboard (docs/design/console.md, CON-31 to CON-38, CON-42, CON-43).
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { seriousFindings } from '../support/axe.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import { floodRow } from '../support/fake-station/scenes.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

const VIEWS = ['active', 'shelved', 'suppressed', 'outOfService', 'history', 'kpi'];
let station: FakeStation;

test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => station.stop());

async function open(page: Page, scene: Scene): Promise<void> {
  await page.goto(await station.start(scene));
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected');
  await page.getByTestId('nav-alarms').click();
  await expect(page.getByTestId('alarm-rows').or(page.locator('.alarm-rows-empty'))).toBeVisible();
}
const rows = (page: Page): Locator => page.locator('[data-testid^="alarm-row-"]');
const list = (page: Page): Locator => page.getByTestId('alarm-rows');
const idsInOrder = (page: Page): Promise<string[]> => rows(page).evaluateAll((found) => found.toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex'))).map((row) => row.dataset['testid']?.replace('alarm-row-', '') ?? ''));
const raised = (id: string, changes: Partial<ReturnType<typeof floodRow>> = {}): ReturnType<typeof floodRow> => ({ ...floodRow(4, Date.now()), id, ...changes });
const requested = (command: string): unknown[] => station.requests.filter((request) => request.command === command).map(({ input }) => input);
/** Hands and eyes elsewhere, so that the list orders itself. */
const leave = async (page: Page): Promise<void> => { await page.getByTestId('lang-switch').hover(); await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur()); };

test('CON-31 of 5,000 active alarms only those in sight are drawn, every one can be reached, and the count is the count', async ({ page }) => {
  await open(page, 'flood');
  await expect(page.getByTestId('count-active')).toHaveText(' 5000');
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-listed', '5000');
  expect(await rows(page).count()).toBeLessThan(60);
  await list(page).focus();
  await page.keyboard.press('End');
  await expect(page.locator('.alarm-row-active')).toBeInViewport();
  // 5,000 rows, the heads of five groups, the head of the first-outs, and the head of the table.
  await expect(page.locator('.alarm-row-active')).toHaveAttribute('aria-rowindex', String(5_000 + 5 + 1 + 1));
  expect(await rows(page).count()).toBeLessThan(60);
});

test('CON-31 a change out of sight draws no row, a change in sight draws its own row only', async ({ page }) => {
  await open(page, 'flood');
  await list(page).hover();
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-held', 'true');
  const seen = (await idsInOrder(page))[4] ?? '';
  // Everything that changes in the rows, but for the clocks in them.
  await page.evaluate(() => {
    const work: string[] = [];
    Object.assign(window, { work });
    const clocks = '.cell-time, .cell-left, .age';
    new MutationObserver((records) => {
      for (const record of records) {
        const element = record.target instanceof Element ? record.target : record.target.parentElement;
        if (element?.closest(clocks) === null) work.push(element.closest('.alarm-row')?.id ?? 'canvas');
      }
    }).observe(document.querySelector('.alarm-canvas') ?? document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const work = (): Promise<string[]> => page.evaluate(() => (window as unknown as { work: string[] }).work);
  const far = floodRow(4_444, Date.now());
  station.raise({ ...far, count: 9 });
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-listed', '5000');
  station.changeAlarms([seen], 'raisedAgain', (alarm) => ({ ...alarm, count: 7 }));
  await expect(page.getByTestId(`alarm-row-${seen}`)).toContainText('×7');
  expect([...new Set(await work())]).toEqual([`alarm-${seen}`]);
});

test('CON-31 500 changes a second: nothing is dropped, the screen follows to the last change, and the keyboard is heard meanwhile', async ({ page }) => {
  await open(page, 'flood');
  const stop = station.churn(500);
  await list(page).focus();
  for (let presses = 0; presses < 20; presses += 1) await page.keyboard.press('ArrowDown');
  // The row on the tenth place below the first is the one that is meant, and it is in sight, while everything changes.
  await expect(page.locator('.alarm-row-active')).toBeInViewport();
  await expect.poll(() => station.alarmVersion()).toBeGreaterThan(30);
  const changed = stop();
  expect(changed).toBeGreaterThan(1_000);
  const last = raised('AL-LAST', { priority: 1, raisedMs: Date.now() + 1_000, title: { zh: '最后一条', en: 'The last one' } });
  station.raise(last);
  await leave(page);
  await expect(page.getByTestId('alarm-banner')).toHaveAttribute('data-alarm', 'AL-LAST');
  await expect(page.getByTestId('count-active')).toHaveText(' 5001');
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-listed', '5001');
  await expect(page.getByTestId('link')).not.toContainText('丢');
  // Nothing was lost on the way: the console never had to ask for everything anew.
  expect(requested('view.snapshot')).toHaveLength(1);
  expect(await rows(page).count()).toBeLessThan(60);
});

test('CON-32 an unacknowledged priority 1 stands in the banner, whatever the list is filtered to', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('ack-AL-extraction-hot').click();
  await page.getByTestId('alarm-filter-4').click();
  await expect(rows(page)).toHaveCount(0);
  await expect(page.getByTestId('left-out')).toContainText('筛去 6');
  station.raise(raised('AL-GAS-2', { priority: 1, title: { zh: '气体第二处', en: 'Gas, second place' } }));
  await expect(page.getByTestId('alarm-banner')).toHaveAttribute('data-alarm', 'AL-GAS-2');
  await expect(page.getByTestId('alarm-banner')).toContainText('气体第二处');
  await expect(page.getByTestId('left-out')).toContainText('筛去 7');
  await page.getByTestId('filter-clear').click();
  await expect(page.getByTestId('alarm-row-AL-GAS-2')).toBeVisible();
});

test('CON-33 a flood says since when, groups, pins first-outs with their uncertainty, and hides nothing', async ({ page }) => {
  await open(page, 'flood');
  await expect(page.getByTestId('flood')).toContainText(/自 \d\d:\d\d:\d\d 起/u);
  await expect(page.getByTestId('alarm-group-pinned')).toContainText('列出 3');
  expect((await idsInOrder(page)).slice(0, 3)).toEqual(['AL-TI-10001', 'AL-TI-10026', 'AL-TI-10051']);
  await expect(page.getByTestId('alarm-row-AL-TI-10026')).toContainText('可能首出 ±1.2 s');
  await page.getByTestId('groups-close').click();
  await expect(rows(page)).toHaveCount(3);
  const counted = await page.locator('.alarm-group').evaluateAll((groups) => groups.map((group) => Number(/\d+/u.exec(group.querySelector('.row-sub')?.textContent ?? '')?.[0])).reduce((sum, n) => sum + n, 0));
  expect(counted).toBe(5_000);
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-listed', '5000');
  // By keyboard: to the first group below the first-outs, and open it.
  await list(page).focus();
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
});

test('CON-34 nothing moves under the hand: new rows wait at the end and are announced, gone rows keep their place', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('alarm-row-AL-raffinate').hover();
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-held', 'true');
  const before = await idsInOrder(page);
  const top = (await page.getByTestId('alarm-row-AL-raffinate').boundingBox())?.y;
  station.raise(raised('AL-NEW', { priority: 1 }));
  station.changeAlarms(['AL-level'], 'acknowledged', () => null);
  await expect(page.getByTestId('held-bar')).toHaveAttribute('data-fresh', '1');
  await expect(page.getByTestId('alarm-gone-AL-level')).toContainText('已消失');
  expect(await idsInOrder(page)).toEqual([...before.filter((id) => id !== 'AL-level'), 'AL-NEW']);
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-listed', '6');
  // To the pixel.
  expect((await page.getByTestId('alarm-row-AL-raffinate').boundingBox())?.y).toBe(top);
  expect(await page.evaluate(([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest('.alarm-row')?.id, [400, (top ?? 0) + 20])).toBe('alarm-AL-raffinate');
  await page.keyboard.press('r');
  await expect.poll(async () => (await idsInOrder(page))[0]).toBe('AL-NEW');
  await leave(page);
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-held', 'false');
  await expect(page.getByTestId('alarm-gone-AL-level')).toHaveCount(0);
});

test('CON-34 a hand that rests for a minute lets the order go', async ({ page }) => {
  await page.clock.install();
  await open(page, 'upset');
  await page.getByTestId('alarm-row-AL-raffinate').hover();
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-held', 'true');
  await page.clock.runFor(61_000);
  await expect(page.getByTestId('alarm-counts')).toHaveAttribute('data-held', 'false');
});

test('CON-35 a row says priority, onset with seconds, first-out, value now and when raised, quality, limit, state, time left, unit', async ({ page }) => {
  await open(page, 'upset');
  const hot = page.getByTestId('alarm-row-AL-extraction-hot');
  await expect(hot.getByRole('img', { name: '优先级 1' })).toBeVisible();
  for (const words of [/\d\d:\d\d:\d\d/u, '首出', 'TI-4302', '萃取净化', /61\.\d/u, '报警时 60.1', '≥ 60', '未确认', '至应答时限', 'A4-2']) await expect(hot).toContainText(words);
  await expect(page.getByTestId('alarm-row-AL-acidity-low').locator('.value')).toHaveAttribute('data-quality', 'stale');
  await expect(page.getByTestId('alarm-row-AL-level')).toContainText('应答超时');
  await expect(page.getByTestId('alarm-row-AL-gas')).toContainText('锁存');
  for (const [name, n] of [['active', 6], ['shelved', 1], ['suppressed', 1], ['outOfService', 1]] as const) await expect(page.getByTestId(`count-${name}`)).toHaveText(` ${n}`);
  for (const [name, words] of [['shelved', '滤芯下午更换'], ['suppressed', '循环泵已停'], ['outOfService', 'WP-2026-118']] as const) {
    await page.getByTestId(`alarm-tab-${name}`).click();
    await expect(rows(page).first()).toContainText(words);
  }
});

test('CON-35 filters by priority, unit, state, class and words; each says how many it leaves out', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('alarm-filter-1').click();
  await expect(rows(page)).toHaveCount(3);
  await page.getByTestId('alarm-filter-state').selectOption('latched');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByTestId('left-out')).toContainText('筛去 5');
  await page.getByTestId('filter-clear').click();
  await page.getByTestId('alarm-filter-class').selectOption('fire-gas');
  await expect(rows(page)).toHaveCount(1);
  await page.getByTestId('filter-clear').click();
  await page.getByTestId('alarm-filter-area').selectOption('-');
  await expect(page.getByTestId('alarm-row-AL-bypass-I-4200')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test('CON-36 acknowledging the page takes what is in sight and nothing else', async ({ page }) => {
  await open(page, 'flood');
  await list(page).focus();
  const box = await list(page).boundingBox();
  const seen = await rows(page).evaluateAll((found, [top, bottom]) => found.filter((row) => {
    const place = row.getBoundingClientRect();
    const head = document.querySelector('.alarm-head')?.getBoundingClientRect().bottom ?? 0;
    return place.top >= Math.max(top ?? 0, head) - 1 && place.bottom <= (bottom ?? 0) + 1 && row.querySelector('[data-testid^="ack-"]') !== null;
  }).map((row) => row.dataset['testid']?.replace('alarm-row-', '') ?? ''), [box?.y ?? 0, (box?.y ?? 0) + (box?.height ?? 0)]);
  await page.keyboard.press('p');
  await expect.poll(() => requested('alarm.acknowledge').length).toBe(1);
  const asked = (requested('alarm.acknowledge')[0] as { alarms: string[] }).alarms;
  expect(asked.toSorted()).toEqual(seen.toSorted());
  expect(asked.length).toBeGreaterThan(2);
  await expect(page.getByTestId(`alarm-row-${asked[0] ?? ''}`)).toHaveAttribute('data-state', 'acknowledged');
});

test('CON-36 a problem with acknowledging stands at its row', async ({ page }) => {
  await page.clock.install();
  await open(page, 'upset');
  station.silent = true;
  await page.getByTestId('ack-AL-raffinate').click();
  await page.clock.runFor(11_000);
  await expect(page.getByTestId('alarm-row-AL-raffinate').getByTestId('problem')).toBeVisible();
});

test('CON-37 shelving: reason and time, at most as long as the station allows; a safety alarm is refused with its clause', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('alarm-row-AL-raffinate').click();
  await page.keyboard.press('s');
  await expect(page.getByTestId('shelve-reason')).toBeFocused();
  await expect(page.getByTestId('shelve-for').locator('option')).toHaveText(['5 min', '15 min', '30 min', '60 min']);
  // Letters are words here and no orders.
  await page.keyboard.type('rapm');
  await page.getByTestId('shelve-for').selectOption('1800000');
  await page.getByTestId('shelve-submit').click();
  await expect(page.getByTestId('count-shelved')).toHaveText(' 2');
  expect(requested('alarm.shelve')).toEqual([{ alarms: ['AL-raffinate'], reason: 'rapm', forMs: 1_800_000 }]);
  expect(requested('alarm.acknowledge')).toEqual([]);
  await page.getByTestId('alarm-tab-shelved').click();
  await page.getByTestId('alarm-row-AL-raffinate').click();
  await page.getByTestId('unshelve').click();
  await expect(page.getByTestId('count-shelved')).toHaveText(' 1');
  await page.getByTestId('alarm-tab-active').click();
  await page.getByTestId('alarm-row-AL-extraction-hot').click();
  await expect(page.getByTestId('shelve-act')).toHaveAttribute('data-allowed', 'false');
  await page.getByTestId('shelve').click();
  await expect(page.getByTestId('shelve-act').getByTestId('refusal')).toContainText('3.6');
  await page.getByTestId('shelve-reason').fill('试一试');
  await page.getByTestId('shelve-submit').click();
  await expect(page.getByTestId('shelve-act').getByRole('alert').getByTestId('refusal')).toContainText('安全类报警任何人不得搁置');
});

test('CON-37 out of service and back are signed', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('alarm-row-AL-raffinate').click();
  await page.getByTestId('out-of-service').click();
  await page.getByTestId('out-permit').fill('WP-7');
  await page.getByTestId('out-reason').fill('校验');
  await page.getByTestId('sign-user').selectOption('wang');
  await page.getByTestId('sign-submit').click();
  await expect(page.getByTestId('count-outOfService')).toHaveText(' 2');
  expect(requested('alarm.outOfService')).toMatchObject([{ alarm: 'AL-raffinate', permit: 'WP-7', signature: { user: 'wang' } }]);
  await page.getByTestId('alarm-tab-outOfService').click();
  await page.getByTestId('alarm-row-AL-raffinate').click();
  await page.getByTestId('in-service').click();
  await page.getByTestId('sign-submit').click();
  await expect(page.getByTestId('count-outOfService')).toHaveText(' 1');
});

test('CON-37 a gas alarm is reset only after both signed parts: the cause analysed and somebody on site (3.6)', async ({ page }) => {
  await open(page, 'upset');
  await page.getByTestId('alarm-row-AL-gas').click();
  await expect(page.getByTestId('clearing')).toContainText('法兰渗漏');
  await expect(page.getByTestId('reset-act')).toHaveAttribute('data-allowed', 'false');
  await expect(page.getByTestId('reset-act').getByTestId('refusal')).toContainText('现场尚未确认');
  await page.getByTestId('clearing-confirm').click();
  await page.getByTestId('clearing-confirm-text').fill('现场无味，便携式 0 %LEL');
  await page.getByTestId('sign-user').selectOption('zhang');
  await page.getByTestId('sign-submit').click();
  await expect(page.getByTestId('reset-act')).toHaveAttribute('data-allowed', 'true');
  await page.getByTestId('reset').click();
  await expect(page.getByTestId('count-active')).toHaveText(' 5');
  expect(requested('alarm.confirmOnSite')).toMatchObject([{ alarm: 'AL-gas', signature: { user: 'zhang' } }]);
});

test('CON-38 the response card: action, times, cause, consequence, clause, and one key to the step of its procedure', async ({ page }) => {
  await open(page, 'upset');
  await list(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const card = page.getByTestId('alarm-card');
  for (const words of ['立即退守', 'A4.2(2)', '允许时间', '3 min', '所需时间', '60 s', '延时占去 2.0 s', '冷却不足', '塔内分解爆炸', /剩余时间\s*(?:已超过 )?\d\d:\d\d/u]) await expect(card).toContainText(words);
  await page.keyboard.press('g');
  await expect(page.getByTestId('screen-upset')).toBeVisible();
  await expect(page.getByTestId('procedure-tab-A4-2')).toHaveAttribute('aria-selected', 'true');
});

test('CON-42 the keyboard alone: move, open, acknowledge, filter, history and back; the help line names the keys', async ({ page }) => {
  await open(page, 'upset');
  await expect(page.getByTestId('alarm-help')).toContainText('PgUp');
  await list(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(list(page)).toHaveAttribute('aria-activedescendant', 'alarm-AL-raffinate');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('alarm-card')).toContainText('萃余液');
  await page.keyboard.press('a');
  await expect(page.getByTestId('alarm-row-AL-raffinate')).toHaveAttribute('data-state', 'acknowledged');
  await page.keyboard.press('End');
  await expect(list(page)).toHaveAttribute('aria-activedescendant', 'alarm-AL-level');
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(list(page)).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByTestId('alarm-filter')).toBeFocused();
  await page.keyboard.type('hpl');
  await expect(page.getByTestId('alarm-filter')).toHaveValue('hpl');
  await page.getByTestId('alarm-filter').fill('');
  await list(page).focus();
  await page.keyboard.press('h');
  await expect(page.getByTestId('alarm-history')).toBeVisible();
  await page.keyboard.press('l');
  await expect(list(page)).toBeVisible();
});

test('CON-42 stop and evacuate work from inside the forms of this screen', async ({ page }) => {
  await page.clock.install();
  await open(page, 'upset');
  await page.getByTestId('alarm-row-AL-raffinate').click();
  await page.keyboard.press('s');
  await expect(page.getByTestId('shelve-reason')).toBeFocused();
  for (const [key, command] of [['F11', 'retreat.stop'], ['F12', 'retreat.evacuate']] as const) {
    await page.keyboard.down(key);
    await page.clock.runFor(1_500);
    await page.keyboard.up(key);
    await expect.poll(() => requested(command).length).toBe(1);
  }
});

for (const language of ['zh', 'en']) {
  test(`CON-43 axe finds nothing serious in any view, also in a flood and with a form open (${language})`, async ({ page }) => {
    test.setTimeout(180_000);
    await open(page, 'upset');
    if (language === 'en') await page.getByTestId('lang-switch').click();
    const check = async (where: string): Promise<void> => {
      expect(await seriousFindings(page, where)).toEqual([]);
    };
    await page.getByTestId('alarm-row-AL-gas').click();
    await page.getByTestId('clearing-confirm').click();
    await check('form');
    for (const view of VIEWS) {
      await page.getByTestId(`alarm-tab-${view}`).click();
      await check(view);
    }
    await page.getByTestId('alarm-tab-active').click();
    station.play('flood');
    await expect(page.getByTestId('flood')).toBeVisible();
    await check('flood');
  });
}

for (const size of [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }, { width: 3840, height: 2160 }, { width: 683, height: 384 }]) {
  test(`CON-43 nothing hangs out sideways and rows can be pressed with a finger at ${size.width}x${size.height}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(size);
    await open(page, 'upset');
    for (const language of ['zh', 'en']) {
      if (language === 'en') await page.getByTestId('lang-switch').click();
      for (const view of VIEWS) {
        await page.getByTestId(`alarm-tab-${view}`).click();
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} in ${language}`).toBe(true);
      }
      await page.getByTestId('alarm-tab-active').click();
      const button = page.getByTestId('ack-AL-extraction-hot');
      await button.scrollIntoViewIfNeeded();
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(32);
      expect(await button.evaluate((element) => element.scrollWidth <= element.clientWidth + 1)).toBe(true);
    }
  });
}
