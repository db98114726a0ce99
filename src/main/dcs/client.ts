/**
 * The client that never gives up and never keeps a value good by mistake. Makes one link after another for as long as
 * it runs, and judges all values by status code AND connection AND silence (docs/design/dcs.md).
 */
import { STATUS } from '../../domain/samples/sample.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { backoffMs } from './backoff.ts';
import { Listeners, SampleDelivery } from './delivery.ts';
import { describeTags } from './descriptions.ts';
import { makeLink } from './link.ts';
import type { Link, LinkListener, LinkSettings } from './link.ts';
import { connectSecurely } from './secure-connection.ts';
import type { ConnectionFailure, SecureConnection } from './secure-connection.ts';
import { openCertificateStore } from './trust.ts';
import type { CertificateStore } from './trust.ts';
import type { CertificateFacts, DcsClient, DcsOptions, DcsTag, Gap, GapReason, LinkPhase, LinkReason, LinkState, Outcome, TagDescription, Unsubscribe } from './types.ts';
import { sampleFrom } from './value.ts';
import type { Reading } from './value.ts';
import { freshnessOf, overlay, provesThePresent, watcherSlept } from './watch.ts';
import type { Freshness, WatchLimits } from './watch.ts';

const WATCH_TICK_MS = 200;
/** Half of what a person waits for an alarm is this; a tenth of a second costs server and network little, because only what changed is sent. */
const PUBLISHING_MS = 100;
/** How long stop() waits for an attempt under way; it ends by itself soon after. */
const STOP_MS = 2000;
const MAX_TAGS = 100_000;
/** A clock comparison forced by implausible publish times is not repeated more often than this. */
const FORCED_SKEW_MS = 1000;

/** Makes a client; nothing happens before `start()`. */
export function createDcsClient(options: DcsOptions): DcsClient {
  return new StationDcsClient(options);
}

type Attempt = { readonly link: Link } | { readonly failure: ConnectionFailure };

class StationDcsClient implements DcsClient {
  readonly #options: DcsOptions;
  readonly #settings: LinkSettings;
  readonly #askedLimits: WatchLimits;
  #limits: WatchLimits;
  #dueMs: number;
  readonly #delivery: SampleDelivery;
  readonly #linkListeners = new Listeners<LinkState>();
  readonly #gapListeners = new Listeners<Gap>();
  readonly #aliveListeners = new Listeners<{ atMs: number }>();
  /** The last sample of every tag as delivered: once silence has worsened it, only a fresh reading makes it good again. */
  readonly #last = new Map<string, Sample>();
  #state: LinkState;
  #store: CertificateStore | null = null;
  #running: Promise<void> | null = null;
  #started = false;
  #stopped = false;
  #wake: (() => void) | null = null;
  #wakeMissed = false;
  #link: Link | null = null;
  /** True from a link's first proof of life to its end: a link may deliver before it is made in full. */
  #connected = false;
  #freshness: Freshness = 'dead';
  /** Monotonic time of the last proof of life, over whichever link. */
  #provedAt: number | null = null;
  #linkMadeAt = 0;
  #lastTick = 0;
  #silentSinceMs: number | null = null;
  #gapReason: GapReason = 'linkLost';
  #skewForcedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DcsOptions) {
    checkOptions(options);
    const keepAliveDueMs = options.keepAliveDueMs ?? 1000;
    const lateMs = options.uncertainAfterMs ?? 2 * keepAliveDueMs;
    this.#options = options;
    this.#askedLimits = { lateMs, deadMs: options.badAfterMs ?? 2 * lateMs };
    this.#limits = this.#askedLimits;
    this.#dueMs = keepAliveDueMs;
    this.#settings = {
      namespaceUri: options.namespaceUri,
      tags: options.tags,
      clock: options.clock,
      publishingIntervalMs: options.publishingIntervalMs ?? PUBLISHING_MS,
      keepAliveDueMs,
      lostTagRetryMs: options.lostTagRetryMs ?? 10_000,
      skewIntervalMs: options.skewIntervalMs ?? 30_000,
    };
    this.#delivery = new SampleDelivery(options.tags.length, (dropped) => this.#tellGap(this.#state.lastDataMs ?? this.#nowMs(), 'overflow', dropped));
    this.#state = { phase: 'stopped', endpointUrl: options.endpointUrl, sinceMs: this.#nowMs(), lastDataMs: null, skewMs: null, lostTags: [] };
  }

  async start(): Promise<void> {
    if (this.#started) throw new Error('a client starts once; make a new one');
    this.#started = true;
    this.#become('connecting');
    const nowMs = this.#nowMs();
    for (const tag of this.#options.tags) this.#deliver({ tag: tag.id, value: null, status: STATUS.badWaitingForInitialData, sourceMs: nowMs, receivedMs: nowMs });
    try {
      await this.#openStore();
    } catch (error) {
      // Without a store there is no trust, without trust no link. Said, and tried again with every attempt.
      this.#become('failed', { code: 'CertificateStore', text: textOf(error) });
    }
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#link?.end({ code: 'Stopped', text: 'The station stopped watching.' });
    this.#wakeUp();
    await this.#untilRunEnds();
    this.#worsen('dead');
    this.#delivery.flush();
    await this.#store?.close();
    this.#store = null;
    this.#become('stopped');
  }

  async #untilRunEnds(): Promise<void> {
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, STOP_MS);
    await Promise.race([this.#running, patience.promise]);
    clearTimeout(timer);
  }

  onSamples(listener: (batch: readonly Sample[]) => void): Unsubscribe {
    return this.#delivery.listeners.add(listener);
  }

  onLink(listener: (state: LinkState) => void): Unsubscribe {
    return this.#linkListeners.add(listener);
  }

  onGap(listener: (gap: Gap) => void): Unsubscribe {
    return this.#gapListeners.add(listener);
  }

  onAlive(listener: (proof: { atMs: number }) => void): Unsubscribe {
    return this.#aliveListeners.add(listener);
  }

  link(): LinkState {
    return this.#state;
  }

  async readDescriptions(): Promise<Outcome<readonly TagDescription[]>> {
    const link = this.#link;
    if (!link) return { ok: false, reason: { code: 'NotConnected', text: 'There is no connection to ask over.' } };
    try {
      return { ok: true, value: await describeTags(link.session, this.#options.tags, this.#options.namespaceUri, link.namespaceArray) };
    } catch (error) {
      return { ok: false, reason: { code: 'ReadFailed', text: textOf(error) } };
    }
  }

  async trustServer(thumbprint: string): Promise<Outcome<CertificateFacts>> {
    const outcome = await (await this.#openStore()).trust(thumbprint);
    if (outcome.ok) this.#wakeUp();
    return outcome;
  }

  async importTrusted(certificatePemPath: string): Promise<Outcome<CertificateFacts>> {
    const outcome = await (await this.#openStore()).importTrusted(certificatePemPath);
    if (outcome.ok) this.#wakeUp();
    return outcome;
  }

  async rejected(): Promise<readonly CertificateFacts[]> {
    return (await this.#openStore()).rejected();
  }

  // --- one link after another -----------------------------------------------------------------------------------------

  async #run(): Promise<void> {
    this.#lastTick = this.#monotonicMs();
    const ticker = setInterval(() => this.#watch(), WATCH_TICK_MS);
    let failures = 0;
    while (!this.#stopped) {
      const ended = Promise.withResolvers<LinkReason>();
      const attempt = await this.#attempt((reason) => ended.resolve(reason));
      if ('failure' in attempt) failures += 1;
      else failures = 0;
      const failure: ConnectionFailure = 'failure' in attempt ? attempt.failure : { kind: 'unreachable', reason: await ended.promise };
      this.#link = null;
      this.#connected = false;
      if (!this.#stopped) this.#tellFailure(failure);
      if (!this.#stopped) await this.#pause(backoffMs(failures, this.#needsPerson()));
    }
    clearInterval(ticker);
  }

  async #attempt(onEnd: (reason: LinkReason) => void): Promise<Attempt> {
    let connection: SecureConnection | null = null;
    try {
      const store = await this.#openStore();
      const made = await connectSecurely(this.#connectionRequest(), store);
      if ('kind' in made) return { failure: made };
      connection = made;
      const link = await makeLink(connection, this.#settings, this.#listenTo(onEnd));
      this.#link = link;
      this.#linkMadeAt = this.#monotonicMs();
      if (this.#stopped) link.end({ code: 'Stopped', text: 'The station stopped watching.' });
      else if (this.#connected) this.#readAgain();
      return { link };
    } catch (error) {
      void connection?.close();
      return { failure: { kind: 'unreachable', reason: reasonOf(error) } };
    }
  }

  #connectionRequest(): Parameters<typeof connectSecurely>[0] {
    const { endpointUrl, applicationName, credentials, expects } = this.#options;
    return { endpointUrl, applicationName, transportTimeoutMs: this.#options.transportTimeoutMs ?? 5000, ...(credentials ? { credentials } : {}), ...(expects ? { expects } : {}) };
  }

  #listenTo(onEnd: (reason: LinkReason) => void): LinkListener {
    return {
      published: (publishMs) => this.#onPublished(publishMs),
      reading: (tag, reading) => this.#onReading(tag, reading),
      missed: (missing) => this.#onMissed(missing),
      skew: (skewMs) => {
        if (skewMs !== this.#state.skewMs) this.#change({ skewMs });
      },
      pace: (dueMs) => this.#onPace(dueMs),
      lost: (lostTags) => this.#onLost(lostTags),
      ended: onEnd,
    };
  }

  async #openStore(): Promise<CertificateStore> {
    this.#store ??= await openCertificateStore(this.#options.pkiDir, this.#options.applicationName);
    return this.#store;
  }

  async #pause(durationMs: number): Promise<void> {
    if (!this.#wakeMissed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, durationMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = null;
    this.#wakeMissed = false;
  }

  #wakeUp(): void {
    if (this.#wake) this.#wake();
    else this.#wakeMissed = true;
  }

  #tellFailure(failure: ConnectionFailure): void {
    switch (failure.kind) {
      case 'untrusted':
        return this.#lose('linkLost', 'untrusted', failure.reason, failure.untrusted);
      case 'refused':
        return this.#lose('linkLost', 'failed', failure.reason);
      case 'unreachable':
        return this.#lose('linkLost', this.#state.lastDataMs === null ? 'connecting' : 'reconnecting', failure.reason);
    }
  }

  #needsPerson(): boolean {
    return this.#state.phase === 'untrusted' || this.#state.phase === 'failed';
  }

  // --- what the link tells --------------------------------------------------------------------------------------------

  #onPublished(publishMs: number | null): void {
    const nowMs = this.#nowMs();
    if (this.#isPresent(publishMs, nowMs)) this.#prove(nowMs);
    else void this.#compareClocks(publishMs, nowMs);
  }

  #isPresent(publishMs: number | null, arrivedMs: number): boolean {
    return provesThePresent(publishMs, this.#state.skewMs, arrivedMs, this.#limits.lateMs);
  }

  #prove(nowMs: number): void {
    const wasFresh = this.#freshness === 'fresh' && this.#state.phase === 'connected';
    this.#connected = true;
    this.#provedAt = this.#monotonicMs();
    this.#freshness = 'fresh';
    this.#state = { ...this.#state, lastDataMs: nowMs };
    if (!wasFresh) this.#recover(nowMs);
    this.#aliveListeners.tell({ atMs: nowMs });
  }

  /** An old message: either the line delayed it, or a clock was set. One more comparison tells which. */
  async #compareClocks(publishMs: number | null, arrivedMs: number): Promise<void> {
    const link = this.#link;
    const nowMs = this.#monotonicMs();
    if (!link || nowMs - this.#skewForcedAt < FORCED_SKEW_MS) return;
    this.#skewForcedAt = nowMs;
    const compared = await link.measureSkew().catch(() => false);
    if (compared && link === this.#link && this.#isPresent(publishMs, arrivedMs)) this.#prove(arrivedMs);
  }

  #recover(nowMs: number): void {
    this.#become('connected');
    if (this.#silentSinceMs !== null) this.#tellGap(this.#silentSinceMs, this.#gapReason, 0, nowMs);
    this.#silentSinceMs = null;
    this.#readAgain();
  }

  /** What did not change during the silence will not be sent again by itself. */
  #readAgain(): void {
    const link = this.#link;
    // A link that is still being made reads everything once it is.
    if (!link) return;
    void link.readAll().then((done) => {
      if (!done) link.end({ code: 'ReadAllFailed', text: 'The server came back and did not answer a read.' });
    });
  }

  #onReading(tag: DcsTag, reading: Reading): void {
    const nowMs = this.#nowMs();
    // Values on a message that does not prove the present are delivered as old as they are.
    this.#deliver(overlay(sampleFrom(tag, reading, nowMs), this.#freshness, nowMs));
  }

  /** A server that grants less than was asked is judged by what it granted, in proportion. */
  #onPace(dueMs: number): void {
    const factor = dueMs / this.#settings.keepAliveDueMs;
    this.#dueMs = dueMs;
    this.#limits = { lateMs: this.#askedLimits.lateMs * factor, deadMs: this.#askedLimits.deadMs * factor };
  }

  #onMissed(missing: number): void {
    this.#tellGap(this.#state.lastDataMs ?? this.#nowMs(), 'sequence', missing);
    this.#readAgain();
  }

  #onLost(lostTags: readonly string[]): void {
    const before = this.#state.lostTags;
    if (before.length === lostTags.length && before.every((tag, index) => tag === lostTags[index])) return;
    this.#change({ lostTags });
  }

  // --- silence --------------------------------------------------------------------------------------------------------

  #watch(): void {
    const nowMs = this.#monotonicMs();
    const slept = watcherSlept(WATCH_TICK_MS, nowMs - this.#lastTick);
    this.#lastTick = nowMs;
    if (slept) return;
    if (this.#link && nowMs - Math.max(this.#linkMadeAt, this.#provedAt ?? 0) >= this.#rebuildAfterMs()) {
      return this.#link.end({ code: 'NoData', text: 'Connected, but nothing came; the connection is made anew.' });
    }
    const freshness = freshnessOf(this.#limits, this.#connected, this.#provedAt, nowMs);
    if (freshness === this.#freshness || freshness === 'fresh') return;
    if (this.#connected && this.#state.phase !== 'frozen') this.#freeze();
    this.#worsen(freshness);
  }

  #rebuildAfterMs(): number {
    return Math.max(this.#options.rebuildAfterMs ?? 10_000, this.#limits.deadMs);
  }

  #freeze(): void {
    this.#lose('frozen', 'frozen', { code: 'Silent', text: 'The connection stands but nothing comes over it.' });
    void this.#askAFrozenServer();
  }

  /**
   * A frozen server answers nothing and may thaw. One that answers a read while its subscription stays silent has
   * forgotten the subscription, which will never speak again: the library does not say so, the link is made anew.
   */
  async #askAFrozenServer(): Promise<void> {
    const link = this.#link;
    try {
      await link?.measureSkew();
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, this.#dueMs));
    if (link && link === this.#link && this.#state.phase === 'frozen') {
      link.end({ code: 'SubscriptionSilent', text: 'The server answers, but its subscription is silent; it is made anew.' });
    }
  }

  #lose(gap: GapReason, phase: LinkPhase, reason: LinkReason, untrusted?: CertificateFacts): void {
    this.#become(phase, reason, untrusted);
    if (this.#silentSinceMs === null || gap === 'linkLost') this.#gapReason = gap;
    this.#silentSinceMs ??= this.#state.lastDataMs;
    if (this.#freshness === 'fresh') this.#worsen('late');
  }

  /** Tells every tag's value again with the status that silence has left it. Only ever downwards. */
  #worsen(freshness: Freshness): void {
    if (this.#freshness === 'dead' || freshness === this.#freshness) return;
    this.#freshness = freshness;
    const nowMs = this.#nowMs();
    for (const sample of this.#last.values()) this.#deliver(overlay(sample, freshness, nowMs));
  }

  // --- telling --------------------------------------------------------------------------------------------------------

  #deliver(sample: Sample): void {
    this.#last.set(sample.tag, sample);
    this.#delivery.push(sample);
  }

  #become(phase: LinkPhase, reason?: LinkReason, untrusted?: CertificateFacts): void {
    const { endpointUrl, lastDataMs, skewMs, lostTags } = this.#state;
    const before = this.#state;
    if (before.phase === phase && before.reason?.code === reason?.code && before.untrusted?.thumbprint === untrusted?.thumbprint) return;
    const sinceMs = before.phase === phase ? before.sinceMs : this.#nowMs();
    this.#state = { phase, endpointUrl, sinceMs, lastDataMs, skewMs, lostTags, ...(reason ? { reason } : {}), ...(untrusted ? { untrusted } : {}) };
    this.#linkListeners.tell(this.#state);
  }

  #change(change: Partial<Pick<LinkState, 'skewMs' | 'lostTags'>>): void {
    this.#state = { ...this.#state, ...change };
    this.#linkListeners.tell(this.#state);
  }

  #tellGap(fromMs: number, reason: GapReason, lost: number, toMs = this.#nowMs()): void {
    this.#gapListeners.tell({ fromMs, toMs, reason, lost });
  }

  #nowMs(): number {
    return this.#options.clock.nowMs();
  }

  #monotonicMs(): number {
    return this.#options.clock.monotonicMs?.() ?? performance.now();
  }
}

/** Our own errors begin with their code; the library's do not. */
function reasonOf(error: unknown): LinkReason {
  const text = textOf(error);
  return { code: /^([A-Z][A-Za-z]+): /.exec(text)?.[1] ?? 'LinkNotMade', text };
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}

function checkOptions(options: DcsOptions): void {
  if (options.tags.length > MAX_TAGS) throw new Error(`${options.tags.length} tags on one server; at most ${MAX_TAGS}`);
  const ids = new Set(options.tags.map((tag) => tag.id));
  if (ids.size !== options.tags.length) throw new Error('two tags have the same id');
  if ((options.transportTimeoutMs ?? 0) > 8000) throw new Error('transportTimeoutMs above 8000 would hide a frozen server');
}
