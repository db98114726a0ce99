/** People at consoles of one station: they log on, open forms, fill and sign them, and hold the stop. */
import { expect } from '@playwright/test';
import type { Browser, Locator, Page } from '@playwright/test';

export const SECRET = 'haven-training';
export const PEOPLE = { operator: 'op1', supervisor: 'sup1', second: 'sup2', engineer: 'eng1', instructor: 'ins1' } as const;
export type Who = keyof typeof PEOPLE;
export type Desks = Readonly<Record<Who, Page>>;

/** Log-on by two fields; the header says who is there from then on. */
export async function logOn(page: Page, user: string): Promise<void> {
  await page.getByTestId('who').click();
  await page.getByTestId('log-on-user').selectOption(user);
  await page.getByTestId('log-on-secret').fill(SECRET);
  await page.getByTestId('log-on-submit').click();
  await expect(page.getByTestId('who')).toHaveAttribute('data-state', 'on');
}

export async function openDesks(browser: Browser, url: string): Promise<Desks> {
  const entries = await Promise.all((Object.entries(PEOPLE) as [Who, string][]).map(async ([who, user]) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await expect(page.getByTestId('link')).toHaveAttribute('data-phase', 'connected', { timeout: 30_000 });
    await logOn(page, user);
    return [who, page] as const;
  }));
  return Object.fromEntries(entries) as Desks;
}

/** Opens a form, fills it and signs it; the form folds only when the station has accepted. */
export async function sign(page: Page, opener: string, user: string, fill: () => Promise<void> = async () => undefined): Promise<Locator> {
  await page.getByTestId(opener).click();
  await fill();
  const form = page.locator('form:has([data-testid="sign-user"])').last();
  await form.getByTestId('sign-user').selectOption(user);
  await form.getByTestId('sign-secret').fill(SECRET);
  await form.getByTestId('sign-submit').click();
  return form;
}
export async function signed(page: Page, opener: string, user: string, fill?: () => Promise<void>): Promise<void> {
  await expect(await sign(page, opener, user, fill)).toBeHidden();
}
/** The refusal stands where it was pressed; the form is folded afterwards. */
export async function refused(page: Page, at: Locator, words: RegExp, opener: string, user: string, fill?: () => Promise<void>): Promise<void> {
  await sign(page, opener, user, fill);
  await expect(at.getByRole('alert').getByTestId('refusal').filter({ hasText: words }).first()).toBeVisible();
  await page.getByTestId(opener).click();
}

export async function holdToStop(page: Page): Promise<void> {
  await page.getByTestId('emergency-stop').hover();
  await page.mouse.down();
  await page.waitForTimeout(1_200);
  await page.mouse.up();
}
