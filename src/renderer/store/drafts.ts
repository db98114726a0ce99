/** Half-written forms: kept through a change of screen and a restart. Secrets are never given to it. */
import { ownDatabase, withDatabase } from './database.ts';

const SAVE_DELAY_MS = 300;

export class Drafts {
  private readonly fields = new Map<string, Record<string, string>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** A store that is slow does not hold up the start; what it says later counts for forms that nobody has begun meanwhile. */
  async load(): Promise<void> {
    await withDatabase(() => ownDatabase().drafts.toArray().then((rows) => {
      for (const row of rows) if (!this.fields.has(row.key)) this.fields.set(row.key, row.fields);
    }), undefined);
  }

  get(key: string): Record<string, string> { return this.fields.get(key) ?? {}; }

  set(key: string, fields: Record<string, string>): void {
    this.fields.set(key, fields);
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => void withDatabase(() => ownDatabase().drafts.put({ key, fields, atMs: Date.now() }), key), SAVE_DELAY_MS));
  }

  clear(key: string): void {
    // Empty, not gone: what the store says late does not bring it back.
    this.fields.set(key, {});
    clearTimeout(this.timers.get(key));
    void withDatabase(() => ownDatabase().drafts.delete(key), undefined);
  }
}
