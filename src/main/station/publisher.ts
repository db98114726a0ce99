/** Keeps the view and the values with versions, so that every console gets only what changed. */
import type { WireValue } from '../../contract/envelope.ts';
import type { SectionName, View } from '../../contract/view.ts';
import type { Published } from './console-session.ts';

export class Publisher {
  #version = 0;
  #texts = new Map<SectionName, string>();
  #sectionVersions = new Map<SectionName, number>();
  readonly #values = new Map<string, { version: number; wire: WireValue }>();
  #view: View | null = null;

  /** Takes the newest view and the values that changed since the last call. */
  publish(nowMs: number, view: View, changed: Iterable<readonly [string, WireValue]>): Published {
    this.#version += 1;
    for (const name of Object.keys(view) as SectionName[]) {
      if (this.#view?.[name] === view[name]) continue;
      const text = JSON.stringify(view[name]);
      if (this.#texts.get(name) === text) continue;
      this.#texts.set(name, text);
      this.#sectionVersions.set(name, this.#version);
    }
    for (const [tag, wire] of changed) this.#values.set(tag, { version: this.#version, wire });
    this.#view = view;
    return { nowMs, view, sectionVersions: Object.fromEntries(this.#sectionVersions) as Record<SectionName, number>, values: this.#values, version: this.#version };
  }
}
