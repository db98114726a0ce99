/** Small choices that survive a restart of the console: language, last screen, chosen tags, who signed last. */
import { ownDatabase, withDatabase } from './database.ts';

export type PreferenceKey = 'language' | 'screen' | 'procedure' | 'procedures-seen' | 'trend-tags' | 'trend-window' | 'last-signer' | 'alarm-sort' | 'alarm-groups' | 'incident' | 'incident-tab' | 'incident-record' | 'tour' | 'training-pane';

export class Preferences {
  private readonly values = new Map<string, string>();
  private readonly listeners = new Set<() => void>();

  async load(): Promise<void> {
    const rows = await withDatabase(() => ownDatabase().preferences.toArray(), []);
    for (const row of rows) this.values.set(row.key, row.value);
  }

  get(key: PreferenceKey): string | undefined { return this.values.get(key); }

  set(key: PreferenceKey, value: string): void {
    if (this.values.get(key) === value) return;
    this.values.set(key, value);
    for (const listener of this.listeners) listener();
    void withDatabase(() => ownDatabase().preferences.put({ key, value }), key);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
