/**
 * Folds the journal into one tally for each ten-minute window of the wall clock. Bounded memory: what stands now, and the window in hand.
 *
 * The KPIs of a period are the sum of its windows (`addTally`), whether they were folded this minute by the station or next year
 * from a file. Facts of equal time may come in any order as long as each alarm's own stay in theirs.
 */
import { FLOOD_BEGINS_ABOVE, FLOOD_ENDS_BELOW, FLOOD_WINDOW_MS } from '../alarms/flood.ts';
import type { HiddenBy, KpiEvent } from './events.ts';
import { copyTally, countAlarm, countResponse, emptyTally, nameIn } from './tally.ts';
import type { Tally } from './tally.ts';

/** The windows of ISA-18.2: ten minutes of the wall clock, from multiples of ten minutes. */
export const WINDOW_MS = 600_000;
/** Three times within a minute is chattering; back to normal within a minute is fleeting; more than a day is stale. */
export const CHATTER_RAISES = 3;
export const CHATTER_MS = 60_000;
export const FLEETING_MS = 60_000;
export const STALE_MS = 24 * 3_600_000;
/** Longest silence that is folded window by window; a journal that jumps further is one whose clock was wrong. */
const GAP_MAX_MS = 10 * 366 * 24 * 3_600_000;
/** Most alarms that are followed by name; a pack holds fewer. */
const ALARMS_MAX = 50_000;
/** Most annunciations that are remembered for ten minutes; a peak beyond this is shown as this. */
const ROLLING_MAX = 20_000;

interface Standing {
  readonly priority: 1 | 2 | 3 | 4;
  raisedMs: number;
  /** The first raise that nobody has acknowledged. */
  unansweredMs: number | null;
  returnedMs: number | null;
}

export const windowOf = (atMs: number): number => Math.floor(atMs / WINDOW_MS) * WINDOW_MS;

export class KpiFold {
  readonly #onWindow: (startMs: number, tally: Tally) => void;
  #tally: Tally = emptyTally();
  #nowMs = Number.NaN;
  #isRunning = false;
  readonly #standing = new Map<string, Standing>();
  readonly #hidden: Readonly<Record<HiddenBy, Set<string>>> = { shelved: new Set(), suppressed: new Set(), outOfService: new Set() };
  /** The last raises of each alarm, for chattering. */
  readonly #raises = new Map<string, number[]>();
  readonly #rolling = new RollingTimes();
  #isFlood = false;
  #upset: { readonly atMs: number; count: number } | null = null;

  /** @param onWindow gets each window that is over, in order; also those in which the station did not run (`windows` = 0) */
  constructor(onWindow: (startMs: number, tally: Tally) => void) {
    this.#onWindow = onWindow;
  }

  /** Time up to which it was folded, ms; NaN before the first event. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Takes the next event. Times never go back (the journal's clock is steady); an earlier one counts as now. */
  apply(event: KpiEvent): void {
    if (!Number.isFinite(event.atMs)) return;
    // The station did not run between the last record of its earlier life and this one.
    if (event.kind === 'started') this.#isRunning = false;
    const atMs = Math.max(event.atMs, Number.isNaN(this.#nowMs) ? event.atMs : this.#nowMs);
    this.advance(atMs);
    this.#isRunning = event.kind !== 'stopped';
    this.#tally.windows = 1;
    this.#take(event, atMs);
  }

  #take(event: KpiEvent, atMs: number): void {
    switch (event.kind) {
      case 'raised': return this.#raise(event, atMs);
      case 'again': return this.#raiseAgain(event.id, atMs);
      case 'returned': return this.#return(event.id, atMs, false);
      case 'cleared': return this.#return(event.id, atMs, true);
      case 'acknowledged': return this.#acknowledge(event.id, atMs);
      case 'overdue': if (!this.#isHidden(event.id)) this.#tally.unanswered += 1; return;
      case 'hidden': return this.#hide(event);
      case 'upset': return this.#beginUpset(atMs);
      case 'started': case 'stopped': case 'alive': return;
    }
  }

  /** Time passes: windows end, floods end, alarms grow stale. */
  advance(toMs: number): void {
    if (Number.isNaN(this.#nowMs)) this.#nowMs = toMs;
    if (toMs - this.#nowMs > GAP_MAX_MS) this.#nowMs = windowOf(toMs);
    while (toMs > this.#nowMs) {
      const endMs = windowOf(this.#nowMs) + WINDOW_MS;
      this.#pass(Math.min(endMs, toMs));
      if (this.#nowMs < endMs) return;
      this.#onWindow(endMs - WINDOW_MS, finished(this.#tally, this.#staleNow()));
      this.#tally = this.#freshTally();
    }
  }

  /** The window in hand as it stands at `toMs`: its start and a copy of its tally. Folds on to `toMs`. */
  current(toMs: number): { readonly startMs: number; readonly tally: Tally } {
    this.advance(toMs);
    return { startMs: windowOf(this.#nowMs), tally: finished(copyTally(this.#tally), this.#staleNow()) };
  }

  /** A stretch within one window, without any event in it. */
  #pass(untilMs: number): void {
    const fromMs = this.#nowMs;
    const floodEndsMs = this.#isFlood ? Math.min(untilMs, this.#rolling.fallsBelowMs(FLOOD_ENDS_BELOW)) : fromMs;
    if (this.#isRunning) {
      this.#tally.windows = 1;
      this.#tally.observedMs += untilMs - fromMs;
      this.#tally.floodMs += Math.max(0, floodEndsMs - fromMs);
    }
    this.#nowMs = untilMs;
    this.#rolling.forgetBefore(untilMs);
    if (this.#rolling.size < FLOOD_ENDS_BELOW) this.#isFlood = false;
    if (this.#upset !== null && untilMs > this.#upset.atMs + WINDOW_MS) this.#upset = null;
  }

  /** What stands does so from the window's first moment. */
  #freshTally(): Tally {
    const cutMs = this.#nowMs - CHATTER_MS;
    for (const [id, times] of this.#raises) if ((times.at(-1) ?? 0) < cutMs) this.#raises.delete(id);
    const { shelved, outOfService } = this.#hidden;
    return { ...emptyTally(), shelvedPeak: shelved.size, outOfServicePeak: outOfService.size, rollingPeak: this.#rolling.size };
  }

  #staleNow(): number {
    let stale = 0;
    for (const [id, { raisedMs, returnedMs }] of this.#standing) if (returnedMs === null && this.#nowMs - raisedMs > STALE_MS && !this.#isHidden(id)) stale += 1;
    return stale;
  }

  #isHidden(id: string): boolean {
    return this.#hidden.shelved.has(id) || this.#hidden.suppressed.has(id) || this.#hidden.outOfService.has(id);
  }

  #raise({ id, priority, isHidden }: Extract<KpiEvent, { kind: 'raised' }>, atMs: number): void {
    const unansweredMs = this.#standing.get(id)?.unansweredMs ?? atMs;
    if (this.#standing.size < ALARMS_MAX || this.#standing.has(id)) this.#standing.set(id, { priority, raisedMs: atMs, unansweredMs, returnedMs: null });
    if (isHidden || this.#isHidden(id)) {
      this.#tally.hidden += 1;
      return;
    }
    const times = [...(this.#raises.get(id) ?? []), atMs].slice(-CHATTER_RAISES);
    this.#raises.set(id, times);
    if (times.length === CHATTER_RAISES && atMs - (times[0] ?? 0) <= CHATTER_MS) nameIn(this.#tally.chattering, id);
    this.#annunciate(id, priority, atMs);
  }

  /** A re-alarm sounds and counts again. It is no chattering: the condition never went away. */
  #raiseAgain(id: string, atMs: number): void {
    const standing = this.#standing.get(id);
    if (standing === undefined || this.#isHidden(id)) return;
    standing.unansweredMs ??= atMs;
    this.#annunciate(id, standing.priority, atMs);
  }

  #annunciate(id: string, priority: 1 | 2 | 3 | 4, atMs: number): void {
    countAlarm(this.#tally, id, priority);
    this.#rolling.add(atMs);
    this.#tally.rollingPeak = Math.max(this.#tally.rollingPeak, this.#rolling.size);
    if (this.#rolling.size > FLOOD_BEGINS_ABOVE) this.#isFlood = true;
    if (this.#upset !== null) this.#countInUpset(1);
  }

  #return(id: string, atMs: number, isGone: boolean): void {
    const standing = this.#standing.get(id);
    if (standing === undefined) return;
    if (standing.returnedMs === null) {
      standing.returnedMs = atMs;
      if (atMs - standing.raisedMs <= FLEETING_MS && !this.#isHidden(id)) nameIn(this.#tally.fleeting, id);
    }
    if (isGone || standing.unansweredMs === null) this.#standing.delete(id);
  }

  #acknowledge(id: string, atMs: number): void {
    const standing = this.#standing.get(id);
    if (standing === undefined || standing.unansweredMs === null) return;
    if (!this.#isHidden(id)) countResponse(this.#tally, atMs - standing.unansweredMs);
    standing.unansweredMs = null;
    if (standing.returnedMs !== null) this.#standing.delete(id);
  }

  #hide({ id, by, isHidden, isAuthorised }: Extract<KpiEvent, { kind: 'hidden' }>): void {
    if (!isHidden) this.#hidden[by].delete(id);
    else if (this.#hidden[by].size < ALARMS_MAX) this.#hidden[by].add(id);
    if (!isAuthorised) this.#tally.unauthorised += 1;
    this.#tally.shelvedPeak = Math.max(this.#tally.shelvedPeak, this.#hidden.shelved.size);
    this.#tally.outOfServicePeak = Math.max(this.#tally.outOfServicePeak, this.#hidden.outOfService.size);
  }

  /** The alarm that opened the upset has the same time and may stand before it in the journal. */
  #beginUpset(atMs: number): void {
    this.#tally.upsets += 1;
    this.#upset = { atMs, count: 0 };
    this.#countInUpset(this.#rolling.countAt(atMs));
  }

  #countInUpset(count: number): void {
    if (this.#upset === null) return;
    this.#upset.count += count;
    this.#tally.upsetPeak = Math.max(this.#tally.upsetPeak ?? 0, this.#upset.count);
  }
}

/** What is only known at a window's end. */
function finished(tally: Tally, staleNow: number): Tally {
  tally.stalePeak = Math.max(tally.stalePeak, staleNow);
  tally.windowsOver = tally.windows > 0 && tally.raised > FLOOD_BEGINS_ABOVE ? 1 : 0;
  return tally;
}

/** Times of the annunciations of the last ten minutes, oldest first. */
class RollingTimes {
  #times: number[] = [];
  #first = 0;

  get size(): number {
    return this.#times.length - this.#first;
  }

  add(atMs: number): void {
    this.forgetBefore(atMs);
    this.#times.push(atMs);
    if (this.size > ROLLING_MAX) this.#first += 1;
  }

  forgetBefore(nowMs: number): void {
    while (this.#first < this.#times.length && (this.#times[this.#first] as number) <= nowMs - FLOOD_WINDOW_MS) this.#first += 1;
    if (this.#first < 1_000) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }

  /** When there will be fewer than `count`, if nothing more is annunciated. */
  fallsBelowMs(count: number): number {
    return this.size < count ? Number.NEGATIVE_INFINITY : (this.#times[this.#times.length - count] as number) + FLOOD_WINDOW_MS;
  }

  /** Annunciations at exactly this time. */
  countAt(atMs: number): number {
    let count = 0;
    for (let i = this.#times.length - 1; i >= this.#first && this.#times[i] === atMs; i -= 1) count += 1;
    return count;
  }
}
