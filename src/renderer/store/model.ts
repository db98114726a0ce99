/**
 * What the console knows now: the last sections and values the station sent, and whether it still speaks to us.
 * It computes no rule, gate or permission (architecture rule 5). Without a connection every value counts as stale.
 */
import type { CommandOutput } from '../../contract/commands.ts';
import type { Push, WireValue } from '../../contract/envelope.ts';
import type { SessionView } from '../../contract/session.ts';
import type { Reading, SectionName, View } from '../../contract/view.ts';
import { AlarmIndex } from './alarm-index.ts';

export type LinkToStation = {
  connected: boolean;
  /** Station clock at the moment the connection was lost; null before anything was ever received. */
  downSinceMs: number | null;
  /** Pushes the station dropped because this console was too slow (shown to the user). */
  dropped: number;
};

type Listener = () => void;

export class ConsoleModel {
  /** Alarms come as deltas and are kept by row; everything else comes as whole sections. */
  readonly alarms = new AlarmIndex();
  private sections: Partial<Omit<View, 'alarms'>> = {};
  private values = new Map<string, WireValue>();
  private link: LinkToStation = { connected: false, downSinceMs: null, dropped: 0 };
  /** Who is logged on here. Never mirrored: it is nobody's until the station says so. */
  private session: SessionView | null = null;
  private clock: { stationMs: number; atMs: number } | null = null;
  private readonly listeners = new Set<Listener>();
  private readonly monotonicMs: () => number;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.monotonicMs = monotonicMs;
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  section<N extends SectionName>(name: N): View[N] | undefined;
  section(name: SectionName): View[SectionName] | undefined { return name === 'alarms' ? this.alarms.section() : this.sections[name]; }
  value(tag: string): WireValue | undefined { return this.values.get(tag); }
  linkToStation(): LinkToStation { return this.link; }
  loggedOn(): SessionView | null { return this.session; }

  /** Plant time = the station's clock, carried on by the monotonic clock between messages (hmi rule 10). */
  nowMs(): number {
    return this.clock === null ? Date.now() : Math.round(this.clock.stationMs + this.monotonicMs() - this.clock.atMs);
  }

  /** Last known sections from the local mirror, only while the station has not spoken yet. */
  recall(sections: Partial<View>): void {
    if (this.clock !== null) return;
    const { alarms, ...others } = sections;
    this.sections = others;
    this.alarms.load(alarms);
    this.tell();
  }

  applySnapshot(snapshot: CommandOutput<'view.snapshot'>): void {
    this.setClock(snapshot.nowMs);
    const { alarms, ...others } = snapshot.view;
    this.sections = others;
    this.alarms.load(alarms);
    this.values = new Map(Object.entries(snapshot.values));
    this.takeSession(snapshot.session);
    this.tell();
  }

  /** True when it does not stand on what is known here: a snapshot must be asked for. */
  applyPush(push: Push): boolean {
    this.setClock(push.nowMs);
    const { alarms, ...others } = definedOnly(push.sections);
    if (Object.keys(others).length > 0) this.sections = { ...this.sections, ...others };
    if (alarms !== undefined) this.alarms.load(alarms);
    const lost = push.alarms !== undefined && !this.alarms.apply(push.alarms);
    for (const [tag, value] of Object.entries(push.values)) this.values.set(tag, value);
    this.takeSession(push.session);
    if (push.dropped !== this.link.dropped) this.link = { ...this.link, dropped: push.dropped };
    this.tell();
    return lost;
  }

  setConnected(connected: boolean): void {
    if (connected === this.link.connected && connected) return;
    this.link = { ...this.link, connected, downSinceMs: connected || this.clock === null ? null : (this.link.downSinceMs ?? this.nowMs()) };
    this.tell();
  }

  /** The newest word on a reading: the live value when it is newer; stale when the station is silent (hmi rule 1). */
  current(reading: Reading): Reading {
    const live = this.values.get(reading.tag);
    const newest = live !== undefined && (live[2] ?? 0) >= (reading.sourceMs ?? 0) ? { ...reading, value: live[0], quality: live[1], sourceMs: live[2] } : reading;
    return this.link.connected ? newest : { ...newest, quality: newest.quality === 'bad' ? 'bad' : 'stale' };
  }

  /** The same object while nothing changed: whoever shows it draws only then. */
  private takeSession(next: SessionView | null): void {
    if (JSON.stringify(next) !== JSON.stringify(this.session)) this.session = next;
  }

  private setClock(stationMs: number): void {
    this.clock = { stationMs, atMs: this.monotonicMs() };
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function definedOnly(sections: Push['sections']): Partial<View> {
  // zod's `partial` admits undefined; an undefined section is no news and must not erase what is known.
  return Object.fromEntries(Object.entries(sections).filter(([, section]) => section !== undefined)) as Partial<View>;
}
