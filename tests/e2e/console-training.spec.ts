/**
 * The nine panes of Training and the tour's bar in front of a scripted station (docs/design/training.md): both languages, the smallest screen, the keyboard
 * alone, axe, nothing cut, nothing left in the other language, the retreat always in sight. One page is loaded for all of them.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openConsole, SMALLEST } from '../support/fake-station/console.ts';
import { FakeStation, personOf } from '../support/fake-station/server.ts';
import { trainingSection, withTour } from '../support/fake-station/training.ts';

const PANES = ['scenarios', 'team', 'board', 'instructor', 'time', 'ahead', 'score', 'debrief', 'records'] as const;
type Pane = (typeof PANES)[number];
/** What shows that the station's answer has come and the pane is full. */
const FULL: Readonly<Record<Pane, string>> = { scenarios: 'scenario-acid-loss', team: 'post-board', board: 'crews', instructor: 'on-now-list', time: 'branch-overlay', ahead: 'ahead-outcomes', score: 'score-hints', debrief: 'counterfactuals', records: 'records' };
/** What people of the scripted station are called and have written: it stands in their own language, whichever is switched on. */
const AS_WRITTEN = /张操作|王班长|李工|陈教员|陈工|周教员|停车前没有看萃余液|停车前|判断清楚/gu;

let station: FakeStation;
test.beforeEach(() => { station = new FakeStation(); });
test.afterEach(async () => station.stop());

const tab = (page: Page, pane: Pane) => page.getByTestId(`training-tab-${pane}`);
const shown = (page: Page, pane: Pane) => page.getByTestId(`training-pane-${pane}`);

/** What nobody may have to live with, on what is shown now; empty: nothing. */
async function complaints(page: Page, within: string, withAxe = true): Promise<string[]> {
  const seen = await page.evaluate((selector) => {
    const root = document.querySelector(selector);
    if (root === null) return [`${selector} is not there`];
    const found: string[] = [];
    const name = (element: Element): string => element.outerHTML.slice(0, 110);
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page hangs out sideways');
    for (const id of ['emergency-stop', 'evacuate', 'mode']) {
      const box = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
      if (box === undefined || box.top < 0 || box.left < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || (id !== 'mode' && box.height < 64)) found.push(`${id} is not wholly in sight`);
    }
    const host = root.closest('.screen-host') ?? root;
    if (host.scrollWidth > host.clientWidth + 1) found.push(`the screen scrolls sideways: ${host.scrollWidth} > ${host.clientWidth}`);
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.closest('svg') !== null || element.closest('.chart') !== null || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
      if (hasText && Number.parseFloat(style.fontSize) < 14) found.push(`smaller than 14 px: ${name(element)}`);
      const scrolls = element.closest('.table-scroll') !== null;
      if (!scrolls && hasText && style.overflowX !== 'auto' && (element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline')) found.push(`cut: ${name(element)}`);
      if (!scrolls && element.getBoundingClientRect().right > root.getBoundingClientRect().right + 1) found.push(`hangs out: ${name(element)}`);
    }
    return found;
  }, within);
  const words = (await page.locator(within).innerText()).replaceAll(AS_WRITTEN, '');
  const language = await page.evaluate(() => document.documentElement.lang);
  const foreign = language.startsWith('en') ? [...words.matchAll(/.{0,12}[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef].{0,12}/gu)].map(([each]) => `not in English: ${each}`) : [];
  const keys = [...words.matchAll(/\b(?:training|tour|command|state|mode|list|post)\.[a-z][\w.-]+/gu)].map(([each]) => `a key, not a word: ${each}`);
  const { violations } = withAxe ? await new AxeBuilder({ page }).include(within).analyze() : { violations: [] };
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  return [...seen, ...foreign, ...keys, ...serious];
}

/** Fills the panes that show nothing before somebody has asked, by keys alone. */
const ASKED: Readonly<Partial<Record<Pane, (page: Page) => Promise<void>>>> = {
  ahead: async (page) => { await page.getByTestId('ahead-begin').focus(); await page.keyboard.press('Enter'); },
  time: async (page) => { await page.getByTestId('branch-1').focus(); await page.keyboard.press('Space'); },
};

/** Tab goes from the chosen tab through everything of its pane that can be used, in the order in which it stands there. */
async function tabThrough(page: Page, pane: Pane): Promise<{ usable: number; reached: number; unseen: number }> {
  await tab(page, pane).focus();
  const usable = await page.evaluate((selector) => {
    const all = [...document.querySelectorAll<HTMLElement>(`${selector} :is(button, input, select, textarea, a[href], summary)`)].filter((element) => element.checkVisibility() && !(element as HTMLButtonElement).disabled);
    for (const [index, element] of all.entries()) element.dataset['order'] = String(index);
    return all.length;
  }, `[data-testid="training-pane-${pane}"]`);
  let [reached, unseen] = [0, 0];
  // A table that scrolls takes a stop of its own.
  for (let pressed = 0; reached < usable && pressed < usable + 6; pressed += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => { const element = document.activeElement as HTMLElement | null; return { order: element?.dataset['order'] ?? null, ring: element !== null && getComputedStyle(element).outlineStyle !== 'none' }; });
    if (at.order !== String(reached)) continue;
    reached += 1;
    if (!at.ring) unseen += 1;
  }
  return { usable, reached, unseen };
}

test('REQ-TRN-13 REQ-TRN-14 REQ-TRN-08 3.4 each pane in both languages at 1366x768: by the keyboard alone, axe-clean, at least 14 px, nothing cut or foreign, the retreat in sight', async ({ page }) => {
  test.setTimeout(240_000); // eighteen looks by axe; a machine that is shared is slow
  await page.setViewportSize(SMALLEST);
  station.person = personOf('chen');
  await openConsole(page, await station.start('upset'), { screen: 'training' });
  const found: Record<string, unknown> = {};
  for (const language of ['zh', 'en'] as const) {
    if (language === 'en') await page.getByTestId('lang-switch').click();
    await tab(page, 'scenarios').click();
    for (const [index, pane] of PANES.entries()) {
      if (index > 0) await page.keyboard.press('ArrowRight');
      await expect(tab(page, pane)).toHaveAttribute('aria-selected', 'true');
      await expect(tab(page, pane)).toBeFocused();
      if (language === 'zh' || pane === 'ahead' || pane === 'time') await ASKED[pane]?.(page);
      await expect(shown(page, pane).getByTestId(FULL[pane]).first()).toBeVisible();
      const amiss = await complaints(page, '.training');
      if (amiss.length > 0) found[`${pane} ${language}`] = amiss;
      if (language === 'zh') {
        const keys = await tabThrough(page, pane);
        if (keys.reached !== keys.usable || keys.unseen > 0) found[`${pane} keys`] = keys;
      }
      await tab(page, pane).focus();
    }
  }
  expect(found).toEqual({});
});

test('REQ-TRN-15 where there is nothing to show, each pane says what to do next; a trainee beside an instructor is told whose it is, and is refused in place', async ({ page }) => {
  await page.setViewportSize(SMALLEST);
  await openConsole(page, await station.start('bypassed'), { screen: 'training' });
  // The list of exercises stands there to be read, and nothing of it can be started; under it the session says why.
  const words: Partial<Record<Pane, string>> = { scenarios: '磷酸加入中断', debrief: '“情景”', records: '能力记录' };
  await expect(page.locator('.training-session')).toContainText('用模拟装置启动站点');
  for (const pane of PANES) {
    await tab(page, pane).click();
    await expect(shown(page, pane)).toContainText(words[pane] ?? '用模拟装置启动站点');
    await expect(shown(page, pane).locator('form, button[data-testid^="scenario-start"], button[data-testid^="post-join"]')).toHaveCount(0);
  }
  // Now in training, with an instructor logged on elsewhere.
  station.play('normal');
  station.change({ training: { ...trainingSection(Date.now(), true, false), apart: { because: 'instructor', instructors: [{ user: 'chen', name: '陈教员' }] } } });
  await expect(page.getByTestId('training-apart')).toContainText('陈教员');
  for (const pane of ['instructor', 'time'] as const) {
    await tab(page, pane).click();
    await expect(shown(page, pane)).toContainText('由教员控制台主持');
  }
  await tab(page, 'scenarios').click();
  await page.getByTestId('scenario-start-acid-loss').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('scenario-acid-loss').getByTestId('refusal')).toContainText('紧急停车');
  expect(await complaints(page, '.training')).toEqual([]);
});

test('REQ-TRN-09 REQ-TRN-16 the tour walked in front of a scripted station, in both languages: every step names what this plant shows, nothing is cut, the retreat stays', async ({ page }) => {
  await page.setViewportSize(SMALLEST);
  const url = await station.start('normal');
  station.change({ training: withTour(trainingSection(Date.now(), true, false)) });
  await openConsole(page, url);
  const bar = page.getByTestId('tour');
  const found: Record<string, unknown> = {};
  const at = async (step: string): Promise<void> => {
    await expect(bar).toHaveAttribute('data-step', step);
    for (const language of ['zh', 'en']) {
      // Its markup is the same in every step: one look by axe in each language is enough.
      const amiss = await complaints(page, '.tour', step === 'training');
      if (amiss.length > 0) found[`${step} ${language}`] = amiss;
      await page.getByTestId('lang-switch').click();
    }
  };
  const go = (screen: string) => page.getByTestId(`nav-${screen}`).click();
  const hold = async (button: string): Promise<void> => { await page.getByTestId(button).hover(); await page.mouse.down(); await page.waitForTimeout(1_150); await page.mouse.up(); };
  await page.getByTestId('tour-begin').click();
  await at('training');
  await go('training');
  await at('start');
  await expect(bar).toContainText('第一次演练');
  await page.getByTestId('scenario-start-S-TOUR').click();
  await at('alarms');
  await go('alarms');
  // The scene has one acknowledged already, and its first step is done: those steps are seen to be done at once.
  await at('upset');
  await go('upset');
  await at('stop');
  await hold('emergency-stop');
  await at('begin');
  await page.getByTestId('procedure-tab-A4-3').click();
  await page.getByTestId('start-retreat').click();
  await at('people');
  await go('people');
  await at('evacuate');
  await hold('evacuate');
  await at('wayBack');
  await go('upset');
  await page.locator('.way-back').first().click();
  await at('safe');
  station.changeProcedure('A4-2/1', (procedure) => ({ ...procedure, place: 'safe' }));
  await at('rest');
  await go('alarms');
  await page.getByTestId('ack-page').click();
  await at('end');
  await go('training');
  await page.getByTestId('training-end').click();
  await expect(page.getByTestId('tour-result')).toHaveAttribute('data-won', 'true');
  await expect(page.getByTestId('tour-result')).toContainText('92');
  expect(found).toEqual({});
});

test('REQ-TRN-08 H.2 whatever screen is printed, the sheet says TRAINING; the tour is not printed', async ({ page }) => {
  const url = await station.start('normal');
  station.change({ training: withTour(trainingSection(Date.now(), true, false)) });
  await openConsole(page, url, { screen: 'training' });
  await tab(page, 'debrief').click();
  await expect(page.getByTestId('debrief')).toBeVisible();
  const [first, second] = await page.getByTestId('debrief-parts').getByRole('row').allInnerTexts().then((rows) => rows.slice(1));
  for (const words of ['张操作', '0:41', 'A4.7']) expect(first).toContain(words);
  expect(second).toContain('王班长');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('tour-offer')).toBeHidden();
  // Said of the frame, and so of every screen in it.
  expect(await page.getByTestId('screen-training').evaluate((element) => { const frame = element.closest('.frame-training'); return frame === null ? '' : getComputedStyle(frame).getPropertyValue('page'); })).toBe('training');
});
