/**
 * One console's session: what it has been sent, in numbered pushes, at most five a second. A console that is too slow
 * loses pushes, not truth: it is told how many, and gets whole sections again.
 */
import type { Push, WireValue } from '../../contract/envelope.ts';
import type { SessionView } from '../../contract/session.ts';
import type { View } from '../../contract/view.ts';
import type { AlarmBoard } from './alarm-board.ts';

export interface ConsolePort {
  send(text: string): void;
  onMessage(callback: (text: string) => void): void;
  onClose(callback: () => void): void;
  /** Bytes that wait to be sent, where the transport can tell. */
  buffered?(): number;
}

/** More than this waiting: the console is too slow, the push is dropped. */
const BUFFERED_MAX_BYTES = 1024 * 1024;

/** Sections that go out whole when they change. Alarms do not: there may be thousands, and hundreds change a second. */
export type WholeSections = Omit<View, 'alarms'>;

/** The present view with a version for each section and each value, made once for all consoles. */
export interface Published {
  readonly nowMs: number;
  readonly view: WholeSections;
  readonly alarms: Pick<AlarmBoard, 'version' | 'section' | 'since'>;
  readonly sectionVersions: Readonly<Record<keyof WholeSections, number>>;
  readonly values: ReadonlyMap<string, { readonly version: number; readonly wire: WireValue }>;
  readonly version: number;
}

export class ConsoleSession {
  readonly #port: ConsolePort;
  readonly #sent = new Map<keyof WholeSections, number>();
  #alarmsVersion = 0;
  #valuesVersion = 0;
  #seq = 0;
  #dropped = 0;
  #isLive = false;

  constructor(port: ConsolePort) {
    this.#port = port;
  }

  get seq(): number {
    return this.#seq;
  }

  /** From now on pushes follow; the snapshot that goes with it holds everything up to `published`. */
  begin(published: Published): number {
    for (const name of Object.keys(published.view) as (keyof WholeSections)[]) this.#sent.set(name, published.sectionVersions[name]);
    this.#valuesVersion = published.version;
    this.#alarmsVersion = published.alarms.version;
    this.#isLive = true;
    return this.#seq;
  }

  reply(text: string): void {
    this.#port.send(text);
  }

  push(published: Published, logOn: SessionView | null = null): void {
    if (!this.#isLive) return;
    if ((this.#port.buffered?.() ?? 0) > BUFFERED_MAX_BYTES) {
      this.#dropped += 1;
      return;
    }
    const sections: Partial<View> = {};
    for (const name of Object.keys(published.view) as (keyof WholeSections)[]) {
      if (this.#sent.get(name) === published.sectionVersions[name]) continue;
      this.#sent.set(name, published.sectionVersions[name]);
      Object.assign(sections, { [name]: published.view[name] });
    }
    const alarms = this.#alarmsVersion === published.alarms.version ? {} : this.#alarmNews(published.alarms, sections);
    const values: Record<string, WireValue> = {};
    for (const [tag, { version, wire }] of published.values) if (version > this.#valuesVersion) values[tag] = wire;
    this.#valuesVersion = published.version;
    this.#seq += 1;
    const push: Push = { kind: 'push', seq: this.#seq, nowMs: published.nowMs, sections, ...alarms, values, session: logOn, dropped: this.#dropped };
    this.#port.send(JSON.stringify(push));
  }

  /** What changed of the alarms since this console was last told; the whole section when it fell too far behind. */
  #alarmNews(board: Published['alarms'], sections: Partial<View>): Pick<Push, 'alarms'> {
    const delta = board.since(this.#alarmsVersion);
    this.#alarmsVersion = board.version;
    if (delta !== null) return { alarms: delta };
    sections.alarms = board.section();
    return {};
  }
}
