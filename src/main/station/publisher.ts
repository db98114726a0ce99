/** Keeps the view and the values with versions, so that every console gets only what changed. */
import type { WireValue } from '../../contract/envelope.ts';
import type { AlarmBoard } from './alarm-board.ts';
import type { Published, WholeSections } from './console-session.ts';

export class Publisher {
  #version = 0;
  #texts = new Map<keyof WholeSections, string>();
  #sectionVersions = new Map<keyof WholeSections, number>();
  readonly #values = new Map<string, { version: number; wire: WireValue }>();
  #view: WholeSections | null = null;

  /** Takes the newest view and the values that changed since the last call. Alarms have versions of their own, row by row. */
  publish(nowMs: number, view: WholeSections, alarms: AlarmBoard, changed: Iterable<readonly [string, WireValue]>): Published {
    this.#version += 1;
    for (const name of Object.keys(view) as (keyof WholeSections)[]) {
      if (this.#view?.[name] === view[name]) continue;
      const text = JSON.stringify(view[name]);
      if (this.#texts.get(name) === text) continue;
      this.#texts.set(name, text);
      this.#sectionVersions.set(name, this.#version);
    }
    for (const [tag, wire] of changed) this.#values.set(tag, { version: this.#version, wire });
    this.#view = view;
    return { nowMs, view, alarms, sectionVersions: Object.fromEntries(this.#sectionVersions) as Record<keyof WholeSections, number>, values: this.#values, version: this.#version };
  }
}
