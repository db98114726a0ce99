/** The console in front of a scripted station: opened at a screen, a form signed. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** The smallest screen that the console is built for (docs/design/console.md). */
export const SMALLEST = { width: 1366, height: 768 } as const;

/** Goes to the console, waits until its station has spoken, and turns to the screen and language asked for. */
export async function openConsole(page: Page, url: string, { screen, language = 'zh' }: { readonly screen?: string; readonly language?: 'zh' | 'en' } = {}): Promise<void> {
  await page.goto(url);
  await expect(page.getByTestId('link')).not.toHaveAttribute('data-phase', 'station-lost');
  if (screen !== undefined) await page.getByTestId(`nav-${screen}`).click();
  if (language === 'en') await page.getByTestId('lang-switch').click();
}

/** Signs the form inside `within`; a scripted station asks for no secret. */
export async function signWithin(page: Page, within: string, user: string): Promise<void> {
  const form = page.getByTestId(within);
  await form.getByTestId('sign-user').selectOption(user);
  await form.getByTestId('sign-submit').click();
}
