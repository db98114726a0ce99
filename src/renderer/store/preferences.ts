/** Small choices that survive a restart of the console: language, last screen, chosen tags, who signed last. */
import { ownDatabase, withDatabase } from './database.ts';
import type { PreferenceRow } from './database.ts';

export type PreferenceKey = 'language' | 'screen' | 'procedure' | 'procedures-seen' | 'trend-tags' | 'trend-window' | 'last-signer' | 'alarm-sort' | 'alarm-groups' | 'incident' | 'incident-tab' | 'incident-record' | 'tour' | 'training-pane';

export class Preferences {
  private readonly values = new Map<string, string>();
  private readonly listeners = new Set<() => void>();

  /** A store that is slow does not hold up the start; what it says later counts for what nobody has chosen meanwhile. */
  async load(): Promise<void> {
    await withDatabase(() => ownDatabase().preferences.toArray().then((rows) => this.adopt(rows)), undefined);
  }

  private adopt(rows: readonly PreferenceRow[]): void {
    for (const { key, value } of rows) if (!this.values.has(key)) this.values.set(key, value);
    this.tell();
  }

  get(key: PreferenceKey): string | undefined { return this.values.get(key); }

  set(key: PreferenceKey, value: string): void {
    if (this.values.get(key) === value) return;
    this.values.set(key, value);
    this.tell();
    void withDatabase(() => ownDatabase().preferences.put({ key, value }), key);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
