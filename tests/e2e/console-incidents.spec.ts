// The Incidents screen (docs/design/incidents-screen.md, REQ-INC-04 to REQ-INC-12), against a scripted station and a real IndexedDB.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { seriousFindings } from '../support/axe.ts';
import { openConsole, SMALLEST } from '../support/fake-station/console.ts';
import { LONG_EVENTS } from '../support/fake-station/incidents.ts';
import { isKept } from '../support/fake-station/own-store.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

let station: FakeStation;
let url: string;
let violations: string[];
test.beforeEach(({ page }) => {
  station = new FakeStation();
  violations = [];
  page.on('console', (message) => { if (/Content Security Policy|Refused to/u.test(message.text())) violations.push(message.text()); });
  page.on('pageerror', (error) => violations.push(error.message));
});
test.afterEach(async () => {
  await station.stop();
  expect(violations, 'no CSP violation and no script error').toEqual([]);
});

async function open(page: Page, scene: Scene = 'upset', language: 'zh' | 'en' = 'zh', size: { width: number; height: number } = SMALLEST): Promise<void> {
  await page.setViewportSize(size);
  url = await station.start(scene);
  await openConsole(page, url, { screen: 'incidents', language });
}
/** The console opened again on the same station. */
async function again(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByTestId('nav-incidents').click();
}
const asked = (command: string): unknown[] => station.requests.filter((request) => request.command === command).map(({ input }) => input);
const LONG = 'INC-2026-013', OPEN = 'INC-2026-014';
async function openLong(page: Page): Promise<void> {
  await page.getByTestId(`incident-${LONG}`).click();
  await longIsRead(page);
}
/** The station has been asked for what the store lacked: what the store has alone is idle too until the connection stands, but said to be old. */
async function longIsRead(page: Page): Promise<void> {
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-events', String(LONG_EVENTS));
  await expect(page.getByTestId('timeline-as-of')).toHaveCount(0);
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-phase', 'idle');
}
const number = async (of: Locator, name: string): Promise<number> => Number(await of.getAttribute(name));
const spanOf = async (page: Page): Promise<[number, number]> => [await number(page.getByTestId('timeline'), 'data-from'), await number(page.getByTestId('timeline'), 'data-to')];
/** What the picture accounts for: shown in it, and counted at its edges. */
async function inPicture(page: Page, lane: string): Promise<{ shown: number; outside: number }> {
  const marks = page.getByTestId(`lane-marks-${lane}`);
  return { shown: await number(marks, 'data-shown'), outside: await number(marks, 'data-before') + await number(marks, 'data-after') };
}

test('REQ-INC-04 the list: the open one first, then the newest, each with priority, procedures and what stands out; older ones come on demand', async ({ page }) => {
  await open(page);
  const rows = page.getByTestId('incident-list').getByRole('option');
  await expect(rows.first()).toHaveAttribute('data-incident', OPEN);
  for (const words of ['萃取塔温度异常升高', '进行中', 'A4-2', '退守 1', '拒绝 3', '违禁 1']) await expect(rows.first()).toContainText(words);
  await expect(rows.first().getByRole('img')).toHaveAccessibleName(/1/u);
  await expect(rows.nth(1)).toContainText('1:06:40');
  await expect(page.getByTestId('incident-count')).toContainText('30 起，还有更早的');
  for (const count of [60, 72]) {
    await page.getByTestId('incident-older').click();
    await expect(rows).toHaveCount(count);
  }
  await expect(page.getByTestId('incident-older')).toHaveCount(0);
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-incident')));
  expect(new Set(ids).size).toBe(72);
});

test('REQ-INC-04 arrows go through the list; what was chosen and which part of it is there again after a restart of the console', async ({ page }) => {
  await open(page);
  const list = page.getByTestId('incident-list');
  await list.getByRole('option').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId(`incident-${LONG}`)).toBeFocused();
  await expect(page.getByTestId('incident-chosen')).toHaveAttribute('data-incident', LONG);
  await page.getByTestId('incident-tab-report').click();
  await isKept(page, 'preferences', { key: 'incident-tab', value: 'report' });
  await again(page);
  await expect(page.getByTestId('incident-chosen')).toHaveAttribute('data-incident', LONG);
  await expect(page.getByTestId('incident-tab-report')).toHaveAttribute('aria-selected', 'true');
});

test('REQ-INC-04 no incident yet: every part says what to do next', async ({ page }) => {
  station.incidents.list = () => ({ incidents: [], next: null });
  url = await station.start('normal');
  station.incidents.list = () => ({ incidents: [], next: null });
  await openConsole(page, url, { screen: 'incidents' });
  await expect(page.getByTestId('incident-list-panel')).toContainText('演练');
  await expect(page.getByRole('tabpanel')).toContainText('演练');
  await page.getByTestId('incident-tab-report').click();
  await expect(page.getByRole('tabpanel')).toContainText('左侧');
});

test('REQ-INC-05 5,000 records: the picture accounts for every one of every lane at every zoom; wheel, buttons, keys and a drag change it', async ({ page }) => {
  await open(page);
  await openLong(page);
  const totals = station.incidents.lanesOf(LONG);
  const accounts = async (): Promise<void> => {
    for (const [lane, total] of Object.entries(totals)) {
      const { shown, outside } = await inPicture(page, lane);
      expect(shown + outside, lane).toBe(total);
    }
  };
  await accounts();
  await expect(page.getByTestId('lane-alarm')).toContainText(String(totals['alarm']));
  await page.getByTestId('timeline-fit-all').click();
  expect((await inPicture(page, 'alarm')).outside).toBe(0);
  await accounts();
  const whole = await spanOf(page);
  await page.getByTestId('timeline-closer').click();
  await expect.poll(async () => { const [from, to] = await spanOf(page); return to - from; }).toBeLessThan((whole[1] - whole[0]) * 0.6);
  await accounts();

  // The wheel: the time under the pointer stays there.
  const picture = page.getByTestId('timeline');
  const box = await picture.boundingBox();
  if (box === null) throw new Error('the picture has no place');
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  const before = await spanOf(page);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await spanOf(page))[0]).toBeGreaterThan(before[0]);
  const after = await spanOf(page);
  expect(Math.abs((after[0] + after[1]) / 2 - (before[0] + before[1]) / 2)).toBeLessThan((before[1] - before[0]) * 0.03);

  // A drag chooses a range; with the other tool it pushes the picture along.
  await page.getByTestId('timeline-fit-incident').click();
  const wide = await spanOf(page);
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const narrow = await spanOf(page);
  expect(narrow[1] - narrow[0]).toBeLessThan((wide[1] - wide[0]) * 0.4);
  await page.getByTestId('timeline-drag-pan').click();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const moved = await spanOf(page);
  expect(moved[0]).toBeLessThan(narrow[0]);
  expect(Math.abs((moved[1] - moved[0]) - (narrow[1] - narrow[0]))).toBeLessThan(3);
  await accounts();

  // Keys alone.
  await picture.focus();
  await page.keyboard.press('+');
  await expect.poll(async () => { const [from, to] = await spanOf(page); return to - from; }).toBeLessThan((moved[1] - moved[0]) * 0.6);
  const [fromMs] = await spanOf(page);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await spanOf(page))[0]).toBeGreaterThan(fromMs);
  await page.keyboard.press('0');
  await expect.poll(() => spanOf(page)).toEqual(wide);
});

test('REQ-INC-06 the words are in step with the picture: what is zoomed to is listed, a mark chooses its row, a row moves the cursor, only rows in sight are drawn', async ({ page }) => {
  await open(page);
  await openLong(page);
  expect(await page.getByTestId('timeline-row').count()).toBeLessThan(40);
  await expect(page.getByTestId('timeline-count')).toContainText(`共 ${LONG_EVENTS} 条`);
  await page.getByTestId('timeline-fit-all').click();
  await expect(page.getByTestId('timeline-count')).toContainText(`图中 ${LONG_EVENTS} 条`);
  await page.getByTestId('timeline-closer').click();
  await expect(page.getByTestId('timeline-count')).not.toContainText(`图中 ${LONG_EVENTS} 条`);
  await page.getByTestId('timeline-show-all').click();

  // The stop stands out in the picture; pressed, its row is there with its number and its whole sentence.
  await page.getByTestId('lane-marks-person').locator('[data-shape="retreat"]').click();
  const detail = page.getByTestId('timeline-detail');
  const n = await number(detail, 'data-n');
  expect(n).toBeGreaterThan(12_000);
  await expect(page.locator('.timeline-row-chosen')).toHaveAttribute('data-n', String(n));
  await expect(page.locator('.timeline-row-chosen')).toBeInViewport();
  // Arrows go from record to record, in the list and in the picture alike.
  await page.getByTestId('timeline-rows').focus();
  await page.keyboard.press('ArrowDown');
  await expect(detail).toHaveAttribute('data-n', String(n + 1));
  await page.getByTestId('timeline').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(detail).toHaveAttribute('data-n', String(n));
  await expect(page.getByTestId('timeline')).toHaveAttribute('aria-valuetext', /20\d\d-\d\d-\d\d \d\d:\d\d:\d\d .+/u);
  await page.getByTestId('timeline-rows').focus();
  await page.keyboard.press('End');
  await expect(detail).toHaveAttribute('data-n', '17000');
  await expect(page.locator('[data-testid="timeline-row"][data-n="17000"]')).toBeInViewport();
});

test('REQ-INC-06 filtered by lane, by person and by words; the lanes that are off go on being counted, and one press brings everything back', async ({ page }) => {
  await open(page);
  await openLong(page);
  await page.getByTestId('timeline-fit-all').click();
  const totals = station.incidents.lanesOf(LONG);
  await page.getByTestId('lane-alarm').click();
  await expect(page.getByTestId('timeline-count')).toContainText(`图中 ${LONG_EVENTS - (totals['alarm'] ?? 0)} 条`);
  await expect(page.getByTestId('lane-alarm')).toContainText(String(totals['alarm']));
  await page.getByTestId('timeline-person').selectOption('wang');
  await expect(page.getByTestId('timeline-row').first()).toContainText('wang');
  await page.getByTestId('timeline-words').fill('4.5.2');
  await expect(page.getByTestId('timeline-row').first()).toContainText('4.5.2');
  await expect(page.getByTestId('timeline-row').first()).toContainText('wang');
  await page.getByTestId('timeline-words').fill('no such words');
  await expect(page.getByTestId('timeline-row')).toHaveCount(0);
  await page.getByTestId('timeline-clear').click();
  await expect(page.getByTestId('timeline-count')).toContainText(`图中 ${LONG_EVENTS} 条`);
  // A record's number finds the record.
  await page.getByTestId('timeline-words').fill('12345');
  await expect(page.getByTestId('timeline-row')).toHaveCount(1);
});

test('REQ-INC-07 live while it is open: a new record comes by itself and stays in sight until the reader goes elsewhere', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('incident-chosen')).toHaveAttribute('data-incident', OPEN);
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-phase', 'idle');
  const first = station.goOn();
  await expect(page.locator(`[data-testid="timeline-row"][data-n="${first}"]`)).toBeInViewport();
  await expect(page.locator(`[data-testid="timeline-row"][data-n="${first}"]`)).toContainText('王班长签字');
  await page.getByTestId('timeline-rows').focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('timeline-follow')).toHaveAttribute('aria-pressed', 'false');
  const second = station.goOn();
  await expect(page.getByTestId('timeline-loaded')).toContainText('47');
  await expect(page.locator(`[data-testid="timeline-row"][data-n="${second}"]`)).toHaveCount(0);
  // Only what is new is asked for.
  expect(asked('incident.events').at(-1)).toMatchObject({ incident: OPEN, cursor: second });
});

// --- the report ----------------------------------------------------------------------------------------------------------------

test('REQ-INC-08 a report is asked for, its progress stands there, it can be cancelled, and why one did not come to an end is said at the button', async ({ page }) => {
  await open(page);
  await page.getByTestId(`incident-${LONG}`).click();
  await page.getByTestId('incident-tab-report').click();
  await expect(page.getByTestId('report-made')).toContainText('开始制作');
  station.holdsReport = true;
  await page.getByTestId('report-format-csv').uncheck();
  await page.getByTestId('report-redacted').check();
  await page.getByTestId('report-language').selectOption('en');
  await page.getByTestId('report-what-if').fill('ten');
  await expect(page.getByTestId('report-what-if-wrong')).toBeVisible();
  await expect(page.getByTestId('report-make')).toBeDisabled();
  await page.getByTestId('report-what-if').fill('-5， 2');
  await page.getByTestId('report-make').click();
  await expect.poll(() => asked('report.make')).toEqual([{ incident: LONG, formats: ['html', 'pdf', 'json'], redacted: true, language: 'en', whatIf: [-5, 2] }]);
  await expect(page.getByTestId('report-running')).toContainText('正在画趋势 50 %');
  await page.getByTestId('report-cancel').click();
  await expect(page.getByTestId('report-failed')).toContainText('已按要求取消');
  // What was chosen is still there.
  await expect(page.getByTestId('report-redacted')).toBeChecked();
});

test('REQ-INC-08 in OPERATION there is no what-if', async ({ page }) => {
  await open(page, 'bypassed');
  await page.getByTestId('incident-tab-report').click();
  await expect(page.getByTestId('report-make')).toBeEnabled();
  await expect(page.getByTestId('report-what-if')).toHaveCount(0);
});

test('REQ-INC-09 a file is put together of its pieces and saved as it is; one that is not what was promised is not', async ({ page }) => {
  await open(page);
  await page.getByTestId(`incident-${LONG}`).click();
  await page.getByTestId('incident-tab-report').click();
  await page.getByTestId('report-make').click();
  const json = page.getByTestId('report-file-json');
  const [download] = await Promise.all([page.waitForEvent('download'), json.getByTestId('report-download').click()]);
  expect(download.suggestedFilename()).toBe(`${LONG}_zh.json`);
  expect(readFileSync(await download.path(), 'utf8')).toBe(`json of ${LONG}\n`.repeat(1_000));
  expect(asked('report.read').length).toBeGreaterThan(3);
  await expect(json.getByTestId('report-saved')).toBeVisible();
  station.reports.isSpoilt = true;
  await page.getByTestId('report-file-csv').getByTestId('report-download').click();
  await expect(page.getByTestId('report-altered')).toBeVisible();
  await expect(page.getByTestId('report-file-csv').getByTestId('report-saved')).toHaveCount(0);
});

test('REQ-INC-10 the preview shows the report with its styles, and nothing in it runs or leads away', async ({ page }) => {
  await open(page);
  await page.getByTestId(`incident-${LONG}`).click();
  await page.getByTestId('incident-tab-report').click();
  await page.getByTestId('report-make').click();
  await page.getByTestId('report-preview').click();
  const frame = page.frameLocator('[data-testid="report-frame"]');
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(`事件报告 ${LONG}`);
  await expect(frame.locator('.mode')).toHaveCSS('background-color', 'rgb(20, 25, 29)');
  await expect(frame.locator('#styled')).toHaveCSS('color', 'rgb(166, 15, 39)');
  await expect(frame.getByText('example')).not.toHaveAttribute('href', /./u);
  await expect(page.getByTestId('report-frame')).toHaveAttribute('sandbox', 'allow-same-origin');
  await expect(frame.locator('script')).toHaveCount(0);
  expect(await page.title()).not.toContain('broken out');
  // Its table of contents works.
  await frame.getByText('到末尾').click();
  await expect(frame.locator('#end')).toBeInViewport();
});

test('REQ-INC-10 a preview that cannot be read says so and can be tried again', async ({ page }) => {
  await open(page);
  await page.getByTestId(`incident-${LONG}`).click();
  await page.getByTestId('incident-tab-report').click();
  await page.getByTestId('report-make').click();
  station.reports.isSpoilt = true;
  await page.getByTestId('report-preview').click();
  await expect(page.getByTestId('report-altered')).toBeVisible();
  station.reports.isSpoilt = false;
  await page.getByTestId('report-preview-again').click();
  await expect(page.frameLocator('[data-testid="report-frame"]').getByRole('heading', { level: 1 })).toBeVisible();
});

// --- the browser's store -------------------------------------------------------------------------------------------------------

/** A store that once did not answer in time (a loaded machine) is left alone for ten seconds before it is written again. */
const STORE_RECOVERS = { timeout: 60_000 };
/** What IndexedDB holds, asked of the browser itself. */
const stored = (page: Page): Promise<{ incidents: number; events: number; identity: string | null }> => page.evaluate(async () => {
  const names = await indexedDB.databases();
  if (!names.some(({ name }) => name === 'haven-mirror')) return { incidents: 0, events: 0, identity: null };
  const database = await new Promise<IDBDatabase>((resolve, reject) => { const asking = indexedDB.open('haven-mirror'); asking.onsuccess = () => resolve(asking.result); asking.onerror = () => reject(new Error('not opened')); });
  const ask = <T>(store: string, question: (from: IDBObjectStore) => IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => { const asking = question(database.transaction(store).objectStore(store)); asking.onsuccess = () => resolve(asking.result); asking.onerror = () => reject(new Error('not answered')); });
  try {
    const journal = await ask('incidentJournal', (from) => from.get('journal')) as { identity: string } | undefined;
    return { incidents: await ask('incidents', (from) => from.count()), events: await ask('incidentEvents', (from) => from.count()), identity: journal?.identity ?? null };
  } catch {
    return { incidents: 0, events: 0, identity: null };
  } finally {
    database.close();
  }
});

test('REQ-INC-11 what was read is there at once and is not asked for again; without a connection it is shown, and said to be old', async ({ page }) => {
  await open(page);
  await openLong(page);
  await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ incidents: 30, events: LONG_EVENTS + 45 });
  station.requests.length = 0;
  await again(page);
  await longIsRead(page);
  expect(asked('incident.events')).toEqual([{ incident: LONG, limit: 1_000, cursor: 17_001 }]);

  // The station falls silent; the console is begun anew in front of a station that is gone.
  station.setLink(false);
  await expect(page.getByTestId('incidents-as-of')).toContainText('截至');
  await expect(page.getByTestId('timeline-as-of')).toContainText('截至');
  await again(page);
  await expect(page.getByTestId(`incident-${LONG}`)).toBeVisible();
  await expect(page.getByTestId('incidents-as-of')).toContainText('截至');
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-events', String(LONG_EVENTS));
  await page.getByTestId('timeline-fit-all').click();
  await expect(page.getByTestId('timeline-count')).toContainText(`图中 ${LONG_EVENTS} 条`);
  station.setLink(true);
  await expect(page.getByTestId('incidents-as-of')).toHaveCount(0);
  await expect(page.getByTestId('timeline-as-of')).toHaveCount(0);
});

test('REQ-INC-11 the store is deleted while the console runs: the screen does not notice, and the store is there again', async ({ page }) => {
  await open(page);
  await openLong(page);
  await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ events: LONG_EVENTS + 45 });
  await page.evaluate(() => new Promise<void>((resolve, reject) => { const asking = indexedDB.deleteDatabase('haven-mirror'); asking.onsuccess = () => resolve(); asking.onerror = () => reject(new Error('not deleted')); }));
  await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ incidents: 30 });
  await expect.poll(async () => (await stored(page)).events, STORE_RECOVERS).toBeGreaterThanOrEqual(LONG_EVENTS);
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-events', String(LONG_EVENTS));
  // Whole again: a console begun anew has it without asking for a record of it.
  station.requests.length = 0;
  await again(page);
  await longIsRead(page);
  expect(asked('incident.events')).toEqual([{ incident: LONG, limit: 1_000, cursor: 17_001 }]);
  // The other mirrors in it are there again too: it starts with the procedure that was running, before the station is heard.
  await expect.poll(() => page.evaluate(() => new Promise<number>((resolve) => { const asking = indexedDB.open('haven-mirror'); asking.onsuccess = () => { const count = asking.result.transaction('sections').objectStore('sections').count(); count.onsuccess = () => { asking.result.close(); resolve(count.result); }; }; }))).toBeGreaterThan(10);
});

for (const [what, change] of [
  ['an event that is none', { store: 'incidentEvents', key: [LONG, 12_100], field: 'event', value: { n: 12_100, text: 'rubbish' } }],
  ['an event under another number', { store: 'incidentEvents', key: [LONG, 12_100], field: 'event', value: { n: 1, atMs: 1, wallMs: 1, lane: 'alarm', type: 'x', by: null, text: { zh: '假', en: 'false' } } }],
  ['an incident that is none', { store: 'incidents', key: LONG, field: 'row', value: { id: LONG } }],
  ['a lost event', { store: 'incidentEvents', key: [LONG, 12_100], field: null, value: null }],
] as const) {
  test(`REQ-INC-11 ${what} in the store is not shown: it comes from the station again`, async ({ page }) => {
    await open(page);
    await openLong(page);
    await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ events: LONG_EVENTS + 45 });
    await page.evaluate(({ store, key, field, value }) => new Promise<void>((resolve, reject) => {
      const asking = indexedDB.open('haven-mirror');
      asking.onsuccess = () => {
        const writing = asking.result.transaction(store, 'readwrite');
        const rows = writing.objectStore(store);
        if (field === null) rows.delete(key as IDBValidKey);
        else { const found = rows.get(key as IDBValidKey); found.onsuccess = () => rows.put({ ...found.result as object, [field]: value }); }
        writing.oncomplete = () => { asking.result.close(); resolve(); };
        writing.onerror = () => reject(new Error('not changed'));
      };
    }), change as { store: string; key: unknown; field: string | null; value: unknown });
    station.requests.length = 0;
    await again(page);
    await openLong(page);
    await page.getByTestId('timeline-words').fill('12100');
    await page.getByTestId('timeline-fit-all').click();
    await expect(page.getByTestId('timeline-row').first()).toContainText(/（100）/u);
    await expect(page.getByTestId('timeline-row')).toHaveCount(1);
    if (change.store === 'incidentEvents') expect(asked('incident.events')[0]).toEqual({ incident: LONG, limit: 1_000 });
    await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ events: LONG_EVENTS + 45 });
  });
}

test('REQ-INC-11 another journal on the same origin: the mirror of the first is thrown away, its rows are not shown', async ({ page }) => {
  await open(page);
  await openLong(page);
  await expect.poll(async () => (await stored(page)).identity).toContain('5f1d0c77');
  await page.goto('about:blank');
  station.changeJournal('0a'.repeat(32));
  station.incidents.list = () => ({ incidents: [], next: null });
  await page.goto(url);
  await page.getByTestId('nav-incidents').click();
  await expect(page.getByTestId('incident-list-panel')).toContainText('尚无事件');
  await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ incidents: 0, events: 0, identity: expect.stringContaining('0a0a') as unknown });
});

test('REQ-INC-11 the journal changes while the console is open: what stood there goes at once', async ({ page }) => {
  await open(page);
  await openLong(page);
  station.incidents.list = () => ({ incidents: [], next: null });
  station.changeJournal('0b'.repeat(32));
  await expect(page.getByTestId('incident-list-panel')).toContainText('尚无事件');
  await expect(page.getByTestId(`incident-${LONG}`)).toHaveCount(0);
  await expect.poll(() => stored(page), STORE_RECOVERS).toMatchObject({ incidents: 0, events: 0 });
});

for (const [what, script] of [
  ['there is no IndexedDB', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
  ['the store never opens', () => { IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest; }],
  ['the store is full', () => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; IDBObjectStore.prototype.add = IDBObjectStore.prototype.put; }],
] as const) {
  test(`REQ-INC-12 ${what}: everything comes from the station, and the screen says so`, async ({ page }) => {
    await page.addInitScript(script);
    await open(page);
    await openLong(page);
    await page.getByTestId('incident-older').click();
    await expect(page.getByTestId('incident-list').getByRole('option')).toHaveCount(60);
    await expect(page.getByTestId('incidents-no-store')).toBeVisible();
    await expect(page.getByTestId('emergency-stop')).toBeInViewport();
  });
}

test('REQ-INC-12 the station does not answer: the problem stands in the list and in the time line, and both come when it answers again', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('incident-list')).toBeVisible();
  const { events } = station.incidents;
  station.incidents.events = () => null;
  await page.getByTestId(`incident-${LONG}`).click();
  await expect(page.getByTestId('timeline-panel').getByTestId('problem')).toBeVisible();
  station.incidents.events = events;
  await expect(page.getByTestId('timeline-loaded')).toHaveAttribute('data-events', String(LONG_EVENTS));
  await expect(page.getByTestId('timeline-panel').getByTestId('problem')).toHaveCount(0);
});

// --- for everybody -------------------------------------------------------------------------------------------------------------

for (const language of ['zh', 'en'] as const) {
  test(`REQ-INC-13 axe finds nothing serious in any part, the retreat stays in sight, text is at least 14 px (${language})`, async ({ page }) => {
    await open(page, 'upset', language);
    await openLong(page);
    await page.getByTestId('lane-marks-person').locator('.timeline-mark').first().click();
    for (const tab of ['timeline', 'report', 'after', 'proof'] as const) {
      await page.getByTestId(`incident-tab-${tab}`).click();
      expect(await seriousFindings(page, tab)).toEqual([]);
      for (const button of ['emergency-stop', 'evacuate']) await expect(page.getByTestId(button)).toBeInViewport({ ratio: 1 });
      const small = await page.locator('.incidents').evaluate((host) => [...host.querySelectorAll('*')].filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '') && element.closest('svg') === null && Number.parseFloat(getComputedStyle(element).fontSize) < 14).map((element) => element.outerHTML.slice(0, 100)));
      expect(small).toEqual([]);
    }
  });
}

for (const size of [SMALLEST, { width: 1920, height: 1080 }, { width: 683, height: 384 }]) {
  test(`REQ-INC-13 nothing runs out of the window at ${size.width}x${size.height}, the list of words keeps room`, async ({ page }) => {
    await open(page, 'upset', 'en', size);
    await openLong(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    const host = await page.getByTestId('screen-incidents').evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(host).toBeLessThanOrEqual(0);
    const box = await page.getByTestId('timeline-rows').boundingBox();
    expect(box?.height).toBeGreaterThan(90);
    if (size.width > 1_000) await expect(page.getByTestId('timeline-rows')).toBeInViewport({ ratio: 0.99 });
    else { await page.getByTestId('timeline').scrollIntoViewIfNeeded(); await expect(page.getByTestId('timeline')).toBeInViewport(); }
  });
}
