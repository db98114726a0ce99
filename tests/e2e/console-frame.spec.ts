// The frame: what stays on every screen, in both languages and at every size (docs/design/console.md, CON-1 to CON-4).
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { seriousFindings } from '../support/axe.ts';
import { isKept } from '../support/fake-station/own-store.ts';
import { FakeStation } from '../support/fake-station/server.ts';

const SIZES = [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }, { width: 3840, height: 2160 }];
const SCREENS = ['overview', 'upset', 'alarms', 'interlocks', 'people', 'trends', 'training', 'incidents', 'setup', 'permits'];
const FRAME = ['mode', 'link', 'alarm-banner', 'emergency-stop', 'evacuate', 'lang-switch', 'interlock-I-4300'];

let station: FakeStation;
let url: string;
let violations: string[];

test.beforeEach(async ({ page }) => {
  station = new FakeStation();
  url = await station.start('upset');
  violations = [];
  page.on('console', (message) => { if (/Content Security Policy|Refused to/u.test(message.text())) violations.push(message.text()); });
  page.on('pageerror', (error) => violations.push(error.message));
});
test.afterEach(async () => {
  await station.stop();
  expect(violations, 'no CSP violation and no script error').toEqual([]);
});

async function open(page: Page, size = SIZES[1]): Promise<void> {
  if (size !== undefined) await page.setViewportSize(size);
  await page.goto(url);
  await expect(page.getByTestId('mode')).toHaveAttribute('data-mode', 'TRAINING');
  await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected');
}

const inside = async (page: Page, testId: string): Promise<boolean> => {
  const box = await page.getByTestId(testId).boundingBox();
  const view = page.viewportSize();
  return box !== null && view !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= view.width + 1 && box.y + box.height <= view.height + 1;
};

for (const size of SIZES) {
  test(`CON-1 the whole frame stays on every screen in both languages at ${size.width}x${size.height}`, async ({ page }) => {
    // Software rendering of eight million pixels is slow; the pixels are not what is timed here.
    test.setTimeout(240_000);
    await open(page, size);
    for (const language of ['zh', 'en']) {
      if (language === 'en') await page.getByTestId('lang-switch').click();
      for (const screen of SCREENS) {
        await page.getByTestId(`nav-${screen}`).click();
        await expect(page.getByTestId(`screen-${screen}`)).toBeVisible();
        for (const part of FRAME) expect(await inside(page, part), `${part} on ${screen} in ${language}`).toBe(true);
        expect((await page.getByTestId('emergency-stop').boundingBox())?.height).toBeGreaterThanOrEqual(64);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing hangs out sideways').toBe(true);
      }
    }
  });
}

test('CON-1 at 200 % zoom of a small screen the frame and the buttons stay', async ({ page }) => {
  await open(page, { width: 683, height: 384 });
  for (const screen of SCREENS) {
    await page.getByTestId(`nav-${screen}`).click();
    for (const part of ['mode', 'link', 'alarm-banner', 'emergency-stop', 'evacuate']) expect(await inside(page, part), `${part} on ${screen}`).toBe(true);
    expect((await page.getByTestId('emergency-stop').boundingBox())?.height).toBeGreaterThanOrEqual(64);
  }
});

test('CON-2 the language switch is live and keeps the place, Chinese glyphs are drawn', async ({ page }) => {
  await open(page);
  await page.getByTestId('nav-upset').click();
  await page.getByTestId('procedure-tab-A4-3').click();
  await expect(page.getByTestId('mode')).toHaveText('演练');
  // A missing glyph is drawn as one and the same box: two different signs must differ in their pixels.
  expect(await page.evaluate(() => {
    const draw = (sign: string): string => {
      const canvas = document.createElement('canvas');
      const pen = canvas.getContext('2d');
      if (pen === null) return '';
      pen.font = `40px ${getComputedStyle(document.body).fontFamily}`;
      pen.fillText(sign, 10, 50);
      return canvas.toDataURL();
    };
    return new Set(['退', '守', '撤', '\u{10FFFD}'].map(draw)).size;
  })).toBe(4);
  await page.getByTestId('lang-switch').click();
  await expect(page.getByTestId('mode')).toHaveText('TRAINING');
  await expect(page.getByTestId('screen-upset')).toBeVisible();
  await expect(page.getByTestId('procedure-tab-A4-3')).toHaveAttribute('aria-selected', 'true');
  await isKept(page, 'preferences', { key: 'language', value: 'en' });
  await page.reload();
  await expect(page.getByTestId('mode')).toHaveText('TRAINING');
  await expect(page.getByTestId('procedure-tab-A4-3')).toHaveAttribute('aria-selected', 'true');
});

test('CON-3 the token leaves the address at once; without one the page says what to do in both languages', async ({ page, context }) => {
  await open(page);
  expect(page.url()).not.toContain('token');
  const stranger = await context.newPage();
  await stranger.goto(url.split('#')[0] ?? '');
  await expect(stranger.getByText('请打开站点启动时打印的完整地址')).toBeVisible();
  await expect(stranger.getByText('Open the full address that the station printed')).toBeVisible();
});

test('CON-4 the keyboard alone reaches every screen', async ({ page }) => {
  await open(page);
  for (const [index, screen] of SCREENS.entries()) {
    await page.keyboard.press(`Alt+${(index + 1) % 10}`);
    await expect(page.getByTestId(`screen-${screen}`)).toBeVisible();
  }
  await page.getByTestId('nav-setup').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('screen-incidents')).toBeVisible();
});

for (const language of ['zh', 'en']) {
  test(`CON-5 axe finds nothing serious on any screen (${language})`, async ({ page }) => {
    test.setTimeout(120_000);
    await open(page);
    if (language === 'en') await page.getByTestId('lang-switch').click();
    for (const screen of SCREENS) {
      await page.getByTestId(`nav-${screen}`).click();
      await expect(page.getByTestId(`screen-${screen}`)).toBeVisible();
      expect(await seriousFindings(page, screen)).toEqual([]);
    }
  });
}

test('CON-5 what axe is asked for does find a button without a name and a text that is too pale', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<button type="button"></button>');
    const heading = document.querySelector<HTMLElement>('main h2');
    if (heading !== null) heading.style.color = '#c8cccf';
  });
  const found = await seriousFindings(page, 'seeded');
  for (const rule of ['button-name', 'color-contrast']) expect(found.join('\n')).toContain(rule);
});

test('CON-1 in a flood the most urgent alarm keeps its words, in both languages, with the long sentence of the flood beside it', async ({ page }) => {
  await open(page);
  station.play('flood');
  for (const size of [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }]) {
    await page.setViewportSize(size);
    for (let language = 0; language < 2; language += 1) {
      await expect(page.locator('.alarm-flood')).toBeVisible();
      const { width, height } = await page.getByTestId('alarm-banner-title').boundingBox() ?? { width: 0, height: 0 };
      expect([size.width, language, width > 110, height < 64]).toEqual([size.width, language, true, true]);
      await page.screenshot({ path: `test-results/flood-${size.width}-${language}.png`, clip: { x: 0, y: 0, width: size.width, height: 90 } });
      await page.getByTestId('lang-switch').click();
    }
  }
});

test('CON-6 no text is smaller than 14 px and the now-card not smaller than 20 px', async ({ page }) => {
  await open(page, SIZES[0]);
  for (const screen of SCREENS) {
    await page.getByTestId(`nav-${screen}`).click();
    await page.waitForTimeout(300);
    const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => element.closest('svg') === null && element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '') && Number.parseFloat(getComputedStyle(element).fontSize) < 14).map((element) => element.outerHTML.slice(0, 120)));
    expect(small).toEqual([]);
  }
  await page.getByTestId('nav-upset').click();
  const instruction = page.getByTestId('now-card').locator('.now-instruction');
  expect(Number.parseFloat(await instruction.evaluate((element) => getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(20);
});
