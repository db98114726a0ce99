/** What the browser keeps of a person's own (preferences, half-written forms), asked of IndexedDB itself. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** The rows of one store; none while the database is not there. */
const rowsOf = (page: Page, store: 'preferences' | 'drafts'): Promise<unknown[]> => page.evaluate(async (name) => {
  const names = await indexedDB.databases();
  if (!names.some((each) => each.name === 'haven-own')) return [];
  return new Promise<unknown[]>((resolve, reject) => {
    const opening = indexedDB.open('haven-own');
    opening.onerror = () => reject(new Error('not opened'));
    opening.onsuccess = () => {
      const reading = opening.result.transaction(name).objectStore(name).getAll();
      reading.onsuccess = () => { opening.result.close(); resolve(reading.result); };
      reading.onerror = () => reject(new Error('not answered'));
    };
  });
}, store);

/** Waits until a row that has these fields is written: a page that is left before that loses what was chosen or typed last. */
export async function isKept(page: Page, store: 'preferences' | 'drafts', row: Record<string, unknown>): Promise<void> {
  await expect.poll(() => rowsOf(page, store)).toContainEqual(expect.objectContaining(row));
}
