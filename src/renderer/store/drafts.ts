/** Half-written forms: kept through a change of screen and a restart. Secrets are never given to it. */
import { ownDatabase, withDatabase } from './database.ts';

const SAVE_DELAY_MS = 300;

export class Drafts {
  private readonly fields = new Map<string, Record<string, string>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  async load(): Promise<void> {
    const rows = await withDatabase(() => ownDatabase().drafts.toArray(), []);
    for (const row of rows) this.fields.set(row.key, row.fields);
  }

  get(key: string): Record<string, string> { return this.fields.get(key) ?? {}; }

  set(key: string, fields: Record<string, string>): void {
    this.fields.set(key, fields);
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => void withDatabase(() => ownDatabase().drafts.put({ key, fields, atMs: Date.now() }), key), SAVE_DELAY_MS));
  }

  clear(key: string): void {
    this.fields.delete(key);
    clearTimeout(this.timers.get(key));
    void withDatabase(() => ownDatabase().drafts.delete(key), undefined);
  }
}
