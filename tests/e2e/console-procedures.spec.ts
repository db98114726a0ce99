// Procedures on the Upset screen (docs/design/console.md, CON-44 to CON-55): three at once, every kind of step, the browser, the paper.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { UPSET_KEYS } from '../../src/renderer/features/upset/keys.ts';
import { seriousFindings } from '../support/axe.ts';
import { FakeStation } from '../support/fake-station/server.ts';
import type { Scene } from '../support/fake-station/scenes.ts';

const SIZES = [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }];
let station: FakeStation;
let errors: string[];

test.beforeEach(({ page }) => {
  station = new FakeStation();
  errors = [];
  page.on('console', (message) => { if (/Content Security Policy|Refused to/u.test(message.text())) errors.push(message.text()); });
  page.on('pageerror', (error) => errors.push(error.message));
});
test.afterEach(async () => {
  await station.stop();
  expect(errors).toEqual([]);
});

async function open(page: Page, scene: Scene, language: 'zh' | 'en' = 'zh'): Promise<void> {
  await page.goto(await station.start(scene));
  await expect(page.getByTestId('link')).not.toHaveAttribute('data-phase', 'station-lost');
  await page.getByTestId('nav-upset').click();
  await expect(page.getByTestId('browse')).toBeVisible();
  if (language === 'en') await page.getByTestId('lang-switch').click();
}

const asked = (command: string): unknown => station.requests.findLast((request) => request.command === command)?.input;
const box = async (page: Page, testId: string) => (await page.getByTestId(testId).boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
const sign = async (page: Page, user: string): Promise<void> => { await page.getByTestId('sign-user').selectOption(user); await page.getByTestId('sign-submit').click(); };

/** The whole element is where eyes are: not scrolled off, and under nothing. */
async function isWhole(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const points = [[left + 4, top + 4], [right - 4, bottom - 4], [(left + right) / 2, (top + bottom) / 2]] as const;
    return points.every(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit !== null && element.contains(hit); });
  });
}

for (const size of SIZES) for (const language of ['zh', 'en'] as const) {
  test(`CON-44 under a flood the next step is found in one look at ${size.width}x${size.height} (${language})`, async ({ page }) => {
    await page.setViewportSize(size);
    await open(page, 'three-flood', language);
    await expect(page.getByTestId('now-card')).toHaveAttribute('data-step', 's3');
    await expect(page.getByTestId('alarm-banner')).toContainText('200');
    expect(await isWhole(page, '[data-testid="now-card"]')).toBe(true);
    for (const id of ['next-A4-1', 'next-A4-2', 'next-A4-3', 'procedure-tab-A4-1', 'procedure-tab-A4-2', 'procedure-tab-A4-3', 'prohibition-n1', 'continuous-c1', 'leg']) expect(await isWhole(page, `[data-testid="${id}"]`), id).toBe(true);
    await expect(page.getByTestId('next-A4-2')).toContainText(language === 'zh' ? '停止氢化、氧化进料' : 'Stop the feeds');
    // Each of the others shows its instruction at once when it is opened.
    for (const id of ['A4-2', 'A4-3']) {
      await page.getByTestId(`next-${id}`).click();
      await expect.poll(() => isWhole(page, '.now-instruction'), id).toBe(true);
      await expect.poll(() => isWhole(page, '.now-meta'), id).toBe(true);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    for (const id of ['emergency-stop', 'evacuate']) expect(await isWhole(page, `[data-testid="${id}"]`)).toBe(true);
  });
}

test('CON-44 tabs: the station\'s order, place, step, marks in words, time left; put aside ones last with the word', async ({ page }) => {
  await open(page, 'three');
  const tabs = page.getByRole('tablist', { name: '进行中的程序' }).getByRole('tab');
  await expect(tabs).toHaveCount(3);
  await expect(tabs.nth(0)).toContainText('双氧水分解');
  await expect(tabs.nth(0)).toContainText('退守 3/6');
  await expect(tabs.nth(0)).toContainText('禁令被违反');
  await expect(tabs.nth(0)).toContainText('有超时');
  await expect(tabs.nth(0)).toContainText('萃取塔还在升温吗');
  await expect(tabs.nth(2)).toContainText(/剩余 \d\d:\d\d/u);
  await page.getByTestId('suspend').click();
  await page.getByTestId('suspend-reason').fill('先处置分解');
  await page.getByTestId('suspend-submit').click();
  await expect(tabs.nth(2)).toContainText('双氧水分解');
  await expect(tabs.nth(2)).toContainText('已暂挂');
  expect(asked('procedure.suspend')).toMatchObject({ instance: 'A4-1/1', reason: '先处置分解' });
});

test('CON-45 a more urgent procedure says so and flashes; the open one stays open', async ({ page }) => {
  await open(page, 'upset');
  await expect(page.getByTestId('procedure-tab-A4-2')).toHaveAttribute('aria-selected', 'true');
  station.raiseUrgent();
  await expect(page.getByTestId('newer-procedure')).toContainText('双氧水分解');
  await expect(page.getByTestId('procedure-tab-A4-1')).toHaveAttribute('data-newer', 'true');
  await expect(page.getByTestId('procedure-tab-A4-2')).toHaveAttribute('aria-selected', 'true');
  expect(await page.getByTestId('procedure-tab-A4-1').evaluate((tab) => getComputedStyle(tab).animationDuration)).toBe('1s');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const still = await page.getByTestId('procedure-tab-A4-1').evaluate((tab) => ({ name: getComputedStyle(tab).animationName, width: Number.parseFloat(getComputedStyle(tab).borderTopWidth) }));
  expect(still.name).toBe('none');
  expect(still.width).toBeGreaterThanOrEqual(5);
  // Also on the way over another screen: it is still said.
  await page.getByTestId('nav-alarms').click();
  await page.getByTestId('nav-upset').click();
  await page.getByTestId('newer-open').click();
  await expect(page.getByTestId('procedure-tab-A4-1')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('newer-procedure')).toHaveCount(0);
});

test('CON-46 decide: what speaks for and against, what the tags show; against them only with reason and signature', async ({ page }) => {
  await open(page, 'three');
  const shown = page.getByTestId('option-discharge');
  await expect(shown).toHaveAttribute('data-seen', 'true');
  await expect(shown).toContainText('到时按此执行');
  await expect(shown).toContainText('塔温仍以 1.3');
  await expect(shown).toContainText('应急槽液位升高');
  await expect(shown).toContainText(/TI-4302.*61\.\d.*前/u);
  await page.getByTestId('choose-hold').click();
  await page.getByTestId('sign-user').selectOption('wang');
  await page.getByTestId('sign-submit').click();
  await page.getByTestId('choose-reason').fill('第二支温度计在降');
  await page.getByTestId('sign-submit').click();
  await expect.poll(() => asked('procedure.choose')).toMatchObject({ step: 's3', option: 'hold', reason: '第二支温度计在降', signature: { user: 'wang' } });
  await page.getByTestId('choose-discharge').click();
  await expect.poll(() => asked('procedure.choose')).toEqual({ instance: 'A4-1/1', step: 's3', option: 'discharge', reason: '' });
  // Neither choosing alone nor signing without a reason has asked for anything.
  expect(station.requests.filter(({ command }) => command === 'procedure.choose')).toHaveLength(2);
});

test('CON-47 a step that gives way says not to do it, before its instruction', async ({ page }) => {
  await open(page, 'three');
  await expect(page.getByTestId('next-A4-3')).toContainText('现在不做');
  await page.getByTestId('procedure-tab-A4-3').click();
  const bar = page.getByTestId('gives-way');
  await expect(bar).toContainText('现在不要做这一步');
  await expect(bar).toContainText('双氧水分解');
  await expect(bar).toContainText('XV-4203 → 关');
  const instruction = await page.locator('.now-instruction').boundingBox();
  const { y, height } = await box(page, 'gives-way');
  expect(y + height).toBeLessThanOrEqual(instruction?.y ?? 0);
  await page.getByTestId('gives-way-open').click();
  await expect(page.getByTestId('procedure-tab-A4-1')).toHaveAttribute('aria-selected', 'true');
});

test('CON-48 above the card what cannot wait, under it what is open, runs and is watched', async ({ page }) => {
  await open(page, 'three');
  const card = await box(page, 'now-card');
  for (const id of ['prohibition-n1', 'continuous-c1']) expect((await box(page, id)).y).toBeLessThan(card.y);
  await expect(page.getByTestId('prohibition-n1')).toContainText('立即改正：广播呼叫');
  await expect(page.getByTestId('continuous-c1')).toContainText('PI-4303');
  await expect(page.getByTestId('time-d1')).toContainText(/剩余 10:\d\d/u);
  expect((await box(page, 'open-rail')).y).toBeGreaterThan(card.y);
  const openStep = page.getByTestId('open-s2');
  await expect(openStep).toContainText(/自 \d\d:\d\d:\d\d/u);
  await expect(openStep.locator('strong').filter({ hasText: '在电气室远程分闸' })).toBeVisible();
  await expect(openStep.getByTestId('proof-d2')).toContainText('行程中');
  await expect(page.getByTestId('watched-c2')).toHaveAttribute('data-state', 'quiet');
  // One that comes into effect stands above; the card keeps its step and stays in sight.
  station.changeProcedure('A4-1/1', (each) => ({ ...each, continuous: each.continuous.map((action) => (action.id === 'c2' ? { ...action, state: 'overdue' as const, dueMs: Date.now() - 5_000 } : action)) }));
  await expect(page.getByTestId('continuous-c2')).toContainText('到时未执行');
  await expect(page.getByTestId('now-card')).toHaveAttribute('data-step', 's3');
  expect(await isWhole(page, '.now-instruction')).toBe(true);
  await page.getByTestId('procedure-tab-A4-2').click();
  await expect(page.getByTestId('deadline-bar-d2')).toContainText('现在做：按一键停车硬按钮');
});

test('CON-49 cautions with their state and who read them; the machine\'s word and a person\'s kept apart', async ({ page }) => {
  await open(page, 'three');
  const caution = page.getByTestId('caution-s3/vent');
  await expect(caution).toHaveAttribute('data-state', 'true');
  await expect(caution).toContainText('现在成立');
  await page.getByTestId('read-s3/vent').click();
  await expect(caution).toContainText('控制台 已阅');
  await page.getByTestId('procedure-tab-A4-2').click();
  const contested = page.getByTestId('judged-pr1');
  await expect(page.getByTestId('proof-pr1')).toHaveAttribute('data-state', 'false');
  await expect(contested).toHaveAttribute('data-differs', 'true');
  await expect(contested).toContainText('数据： 已证实');
  await expect(contested).toContainText(/李工 \d\d:\d\d:\d\d 质疑：阀位开关曾误报/u);
  await page.getByTestId('assess-pr2').click();
  await page.getByTestId('assessment-pr2').selectOption('contested');
  await page.getByTestId('assess-reason-pr2').fill('流量计零漂');
  await sign(page, 'li');
  await expect.poll(() => asked('procedure.assess')).toMatchObject({ proof: 'pr2', assessment: 'contested', reason: '流量计零漂', signature: { user: 'li' } });
  station.setLink(false);
  await expect(page.getByTestId('proof-pr2')).toHaveAttribute('data-state', 'unknown');
  await expect(page.getByTestId('deadline-bar-d2')).toContainText('数据未知');
});

test('CON-50 handling: permit refused in place, permit given with its giver, a figure with unit and range, a hold point', async ({ page }) => {
  await open(page, 'handling');
  const permit = page.getByTestId('permit');
  await expect(permit).toHaveAttribute('data-state', 'refused');
  await expect(permit.getByTestId('refusal')).toContainText('4.4.1');
  await expect(permit.getByTestId('refusal')).toContainText('盲板 B-4301 未签字');
  await expect(page.getByTestId('caution-h2/acid')).toHaveAttribute('data-state', 'unknown');
  expect(await page.getByTestId('caution-h2/acid').evaluate((element) => getComputedStyle(element).backgroundImage)).toContain('gradient');
  await page.getByTestId('permit-h2').click();
  await sign(page, 'wang');
  await expect.poll(() => asked('procedure.permit')).toMatchObject({ step: 'h2', signature: { user: 'wang' } });
  await expect(page.getByTestId('handling')).toContainText('拆开 E-4302');
  await page.getByTestId('procedure-tab-A4-9').click();
  await expect(permit).toContainText(/王班长 \d\d:\d\d:\d\d 准许/u);
  await page.getByTestId('confirm-k-gas').click();
  await expect(page.getByText('数值（0 至 10 %LEL）')).toBeVisible();
  await page.getByTestId('figure-k-gas').fill('4.5');
  await sign(page, 'li');
  await expect.poll(() => asked('procedure.confirm')).toMatchObject({ step: 'k1', proof: 'k-gas', figure: 4.5 });
  await page.getByTestId('procedure-tab-A4-7').click();
  await expect(page.getByTestId('now-card')).toContainText('另一人复核并签字');
});

test('CON-51 the course is drawn; N returns to the present step; a role filter dims and hides nothing', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await open(page, 'three');
  const dots = page.getByTestId('leg').locator('> li');
  await expect.poll(() => dots.evaluateAll((all) => all.map((dot) => dot.getAttribute('data-state')))).toEqual(['done', 'open', 'now', 'next', 'next', 'next']);
  await expect(page.getByTestId('leg').getByRole('img', { name: '向应急槽 V-4306 卸料' })).toHaveCount(1);
  await page.getByTestId('role-supervisor').click();
  await expect(page.getByTestId('step-s1')).toHaveAttribute('data-dimmed', 'true');
  await expect(page.getByTestId('step-s3')).toHaveAttribute('data-dimmed', 'false');
  await expect(page.getByTestId('step-s6')).toHaveAttribute('data-dimmed', 'false');
  for (const id of ['s1', 's2', 's3', 's4', 's5', 's6']) await expect(page.getByTestId(`step-${id}`)).toBeAttached();
  await page.getByTestId('ownership').scrollIntoViewIfNeeded();
  await expect.poll(() => isWhole(page, '.now-instruction')).toBe(false);
  await expect(page.getByTestId('out-of-sight')).toContainText('萃取塔还在升温吗');
  await page.keyboard.press(UPSET_KEYS.present);
  await expect.poll(() => isWhole(page, '.now-instruction')).toBe(true);
  await expect(page.getByTestId('now-card')).toBeFocused();
  await expect(page.getByTestId('out-of-sight')).toHaveCount(0);
});

test('CON-52 owner, put aside and resumed, what raised what', async ({ page }) => {
  await open(page, 'three');
  await expect(page.getByTestId('ownership')).toContainText('王班长');
  await page.getByTestId('take-ownership').click();
  await sign(page, 'zhang');
  await expect(page.getByTestId('ownership')).toContainText('张操作');
  await expect(page.getByTestId('led')).toContainText('已引出：');
  await page.getByTestId('led').getByRole('button', { name: /萃取塔超温/u }).click();
  await expect(page.getByTestId('procedure-tab-A4-2')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('led')).toContainText('由此程序引出：');
  await page.getByTestId('suspend').click();
  await page.getByTestId('suspend-reason').fill('人手不够');
  await page.getByTestId('suspend-submit').click();
  await expect(page.getByTestId('suspended')).toContainText('人手不够');
  await page.getByTestId('resume').click();
  await expect(page.getByTestId('suspended')).toHaveCount(0);
});

test('CON-53 the browser by keyboard: advised first, why and why not, looking ahead is not running, raising by hand', async ({ page }) => {
  await open(page, 'three');
  await page.keyboard.press(UPSET_KEYS.browse);
  await expect(page.getByTestId('browser-search')).toBeFocused();
  const listed = page.locator('[data-testid^="advice-"]');
  await expect(listed.nth(0)).toHaveAttribute('data-standing', 'advised');
  await expect(listed.nth(2)).toHaveAttribute('data-standing', 'unknown');
  await expect(page.getByTestId('entry-A4-1-extraction-hot')).toContainText(/≥ 60.*61\.\d/u);
  await expect(page.getByTestId('entry-A4-9-bed-high')).toHaveAttribute('data-state', 'cleared');
  await expect(page.getByTestId('entry-A4-9-bed-high').locator('.age')).toBeVisible();
  await expect(page.getByTestId('now-card')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const id of ['emergency-stop', 'evacuate']) expect(await isWhole(page, `[data-testid="${id}"]`)).toBe(true);
  await page.keyboard.type('4.3.3');
  await expect(page.getByTestId('browser-count')).toContainText('1 / 6');
  await page.keyboard.press('Tab'); // to the present step
  await page.keyboard.press('Tab'); // close
  await page.keyboard.press('Tab'); // look ahead
  await expect(page.getByTestId('look-A4-9')).toBeFocused();
  await page.keyboard.press('Enter');
  const ahead = page.getByTestId('browser-page');
  await expect(ahead.getByTestId('ahead')).toHaveText('预览，未执行');
  await expect(ahead.getByRole('heading', { name: '白土床更换' })).toBeFocused();
  await expect(ahead.getByTestId('ahead-k1')).toContainText('须准许');
  await expect(ahead.getByTestId('proof-h-blind')).toHaveAttribute('data-state', 'true');
  await expect(ahead.locator('[data-testid^="confirm-"], [data-testid^="assess-"], [data-testid^="choose-"], [data-testid^="read-"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(ahead).toHaveCount(0);
  await page.getByTestId('browser-search').fill('');
  await page.getByTestId('raise-A4-11').click();
  await page.getByTestId('raise-reason-A4-11').fill('E-4302 堵塞');
  await page.getByTestId('raise-submit-A4-11').click();
  await expect.poll(() => asked('procedure.raise')).toEqual({ procedure: 'A4-11', reason: 'E-4302 堵塞' });
  await page.getByTestId('go-A4-11').click();
  await expect(page.getByTestId('procedure-tab-A4-11')).toHaveAttribute('aria-selected', 'true');
  await page.getByTestId('browser-search').focus();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('browser')).toHaveCount(0);
});

test('CON-53 the browser is there when nothing is wrong', async ({ page }) => {
  await open(page, 'normal', 'en');
  await page.getByTestId('browse').click();
  await expect(page.getByTestId('advice-A4-1')).toContainText('Advised');
  await page.getByTestId('look-A4-1').click();
  await expect(page.getByTestId('ahead')).toHaveText('Looking ahead: not running');
  await expect(page.getByTestId('ahead-s3')).toContainText('taken at the deadline');
});

test('CON-54 the paper says everything as it stands, in both languages, and other procedures print too', async ({ page }) => {
  await page.addInitScript(() => { window.print = () => { document.body.dataset['printed'] = document.querySelector('.print-sheet h1')?.textContent ?? ''; }; });
  await open(page, 'three');
  const sheet = page.getByTestId('print-sheet');
  for (const words of ['演练 TRAINING', '9f2c1ab7', '王班长', '未证实 open', '在电气室远程分闸', 'Trip the breaker', '到时按此执行 taken at the deadline', '现在须执行 in effect now', '20 min 内进入安全状态', 'Undo now', '全员撤出厂界']) await expect(sheet).toContainText(words);
  await page.getByTestId('print').click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', /双氧水分解.*H2O2 decomposing/u);
  await page.getByTestId('browse').click();
  await page.getByTestId('print-A4-11').click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', /管线堵塞清通/u);
  await expect(sheet).toContainText('安全状态下的处置 Handling in the safe state');
  await expect(sheet).toContainText('预览，未执行');
  await page.emulateMedia({ media: 'print' });
  await expect(sheet).toBeVisible();
  await expect(page.getByTestId('emergency-stop')).toBeHidden();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  // A4 in points, on every page.
  const pages = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/gu)].map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]);
  expect(pages.length).toBeGreaterThan(0);
  for (const [width, height] of pages) { expect(Math.abs((width ?? 0) - 595)).toBeLessThanOrEqual(1); expect(Math.abs((height ?? 0) - 842)).toBeLessThanOrEqual(1); }
});

for (const language of ['zh', 'en'] as const) {
  test(`CON-55 axe finds nothing serious, no text is too small (${language})`, async ({ page }) => {
    await open(page, 'three', language);
    const look = async (what: string): Promise<void> => {
      expect(await seriousFindings(page, what)).toEqual([]);
      const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => element.closest('svg') === null && element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '') && Number.parseFloat(getComputedStyle(element).fontSize) < 14).map((element) => element.outerHTML.slice(0, 120)));
      expect(small, what).toEqual([]);
    };
    for (const id of ['A4-1', 'A4-2', 'A4-3']) {
      await page.getByTestId(`procedure-tab-${id}`).click();
      await look(id);
    }
    await page.getByTestId('browse').click();
    await expect(page.getByTestId('advice-A4-11')).toBeVisible();
    await look('browser');
    await page.getByTestId('look-A4-1').click();
    await expect(page.getByTestId('ahead-s3')).toBeVisible();
    await look('ahead');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    station.play('handling');
    await expect(page.getByTestId('permit')).toBeVisible();
    await look('handling');
  });
}

test('CON-55 by keyboard alone: from tab to tab, to the card, choose, read', async ({ page }) => {
  await open(page, 'three');
  await page.getByTestId('procedure-tab-A4-1').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('procedure-tab-A4-2')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press(UPSET_KEYS.present);
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('read-s3/vent')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('caution-s3/vent')).toContainText('已阅');
  await page.keyboard.press(UPSET_KEYS.present);
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('choose-discharge')).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(() => asked('procedure.choose')).toMatchObject({ option: 'discharge' });
});

test('CON-50 kinds of steps: told by one large button, a procedure that is raised with its link, a time to wait', async ({ page }) => {
  await open(page, 'three');
  const only = (id: string) => (each: Parameters<Parameters<FakeStation['changeSteps']>[1]>[0]) => ({ ...each, state: each.id === id ? 'now' as const : each.state === 'now' ? 'next' as const : each.state, startedMs: each.id === id ? Date.now() - 65_000 : each.startedMs });
  const card = page.getByTestId('now-card');
  station.changeSteps('A4-1/1', only('s1'));
  await expect(card).toHaveAttribute('data-kind', 'warn');
  expect((await box(page, 'warned-s1')).height).toBeGreaterThanOrEqual(48);
  await page.getByTestId('warned-s1').click();
  await expect.poll(() => asked('procedure.acknowledge')).toEqual({ instance: 'A4-1/1', items: ['s1'] });
  station.changeSteps('A4-1/1', only('s5'));
  await expect(card).toHaveAttribute('data-kind', 'wait');
  await expect(card).toContainText(/已用 01:\d\d/u);
  station.changeSteps('A4-1/1', only('s4'));
  await expect(card.getByTestId('goes-to')).toContainText('A4-2 萃取塔超温');
  await page.getByTestId('open-A4-2').click();
  await expect(page.getByTestId('procedure-tab-A4-2')).toHaveAttribute('aria-selected', 'true');
});
