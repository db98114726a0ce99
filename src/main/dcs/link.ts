/**
 * One life of a connection: session, subscription, items. It is made whole or not at all, tells what it sees, and ends
 * once. Whatever goes wrong ends it; the client above makes the next one from nothing, so that no dead item, old
 * namespace index or forgotten subscription can live on.
 */
import { AttributeIds, ClientSubscription, StatusCodes, TimestampsToReturn, VariableIds } from 'node-opcua-client';
import type { ClientMonitoredItemGroup, ClientSession, DataValue, NotificationMessage } from 'node-opcua-client';
import { STATUS } from '../../domain/samples/sample.ts';
import { nodeIdOf } from './address.ts';
import { callSize, chunksOf } from './chunks.ts';
import { checkSequence, FIRST_SEQUENCE } from './sequence.ts';
import type { SecureConnection } from './secure-connection.ts';
import { skewOf } from './skew.ts';
import type { DcsClock, DcsTag, LinkReason } from './types.ts';
import type { Reading } from './value.ts';
import { paceOf } from './watch.ts';

/** Our own limits on one call, for servers that state none. */
const MAX_ITEMS_PER_CALL = 1000;
const MAX_READS_PER_CALL = 2000;
const MAX_NOTIFICATIONS_PER_PUBLISH = 5000;
/** Values an item may change to between two publishes before the oldest goes (with the overflow bit set). */
const QUEUE_SIZE = 10;
/** Publishes a subscription survives without us: about 10 s, so that a dead client does not burden the server for long. */
const LIFETIME_MS = 10_000;
/** The library counts fewer than three publishes to a keep-alive as three. */
const MIN_KEEP_ALIVE_COUNT = 3;
const STATUS_NAMES_THAT_MEAN_LOST: ReadonlySet<number> = new Set([STATUS.badNodeIdUnknown, StatusCodes.BadNodeIdInvalid.value]);

/** What the link needs to know of the client's options. */
export interface LinkSettings {
  readonly namespaceUri: string;
  readonly tags: readonly DcsTag[];
  readonly clock: DcsClock;
  readonly publishingIntervalMs: number;
  readonly keepAliveDueMs: number;
  readonly lostTagRetryMs: number;
  readonly skewIntervalMs: number;
}

/** What the link tells. All calls are synchronous and must return at once. */
export interface LinkListener {
  /** A publish message arrived; `publishMs` is the server's own time on it. Comes before the readings in it. */
  published(publishMs: number | null): void;
  reading(tag: DcsTag, reading: Reading): void;
  /** `missing` messages were sent and never arrived. */
  missed(missing: number): void;
  skew(skewMs: number): void;
  /** How often the server will say something at least: `keepAliveDueMs`, or more if it would not grant that. */
  pace(dueMs: number): void;
  lost(tags: readonly string[]): void;
  ended(reason: LinkReason): void;
}

/** A living link. */
export interface Link {
  readonly session: ClientSession;
  /** The namespace array as it was when this link was made. */
  readonly namespaceArray: readonly string[];
  /** Reads every tag now and tells it as readings; false when the server did not answer. */
  readAll(): Promise<boolean>;
  /** Compares clocks and tells the difference; false when the answer came too late to say anything. */
  measureSkew(): Promise<boolean>;
  end(reason: LinkReason): void;
}

interface Limits {
  readonly itemsPerCall: number;
  readonly readsPerCall: number;
}

interface WatchedItem {
  readonly remove: () => Promise<void>;
}

/** Makes a link over a fresh connection. Throws when the server does not play along; the caller closes the connection. */
export async function makeLink(connection: SecureConnection, settings: LinkSettings, listener: LinkListener): Promise<Link> {
  const life = new LinkLife(connection, settings, listener);
  await life.begin();
  return life;
}

class LinkLife implements Link {
  readonly session: ClientSession;
  namespaceArray: readonly string[] = [];
  readonly #connection: SecureConnection;
  readonly #settings: LinkSettings;
  readonly #listener: LinkListener;
  readonly #items = new Map<string, WatchedItem>();
  readonly #lost = new Set<string>();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Reads under way, each with the tags published meanwhile: those are newer than what the read will say. */
  readonly #reads = new Set<Set<string>>();
  #limits: Limits = { itemsPerCall: MAX_ITEMS_PER_CALL, readsPerCall: MAX_READS_PER_CALL };
  #subscription: ClientSubscription | null = null;
  /** When the server sent a message, by the message itself. */
  readonly #sentMs = new WeakMap<NotificationMessage, number>();
  #sequence = FIRST_SEQUENCE;
  #ended = false;
  #retrying = false;

  constructor(connection: SecureConnection, settings: LinkSettings, listener: LinkListener) {
    this.#connection = connection;
    this.#settings = settings;
    this.#listener = listener;
    this.session = connection.session;
  }

  async begin(): Promise<void> {
    this.#watchConnection();
    this.namespaceArray = await this.session.readNamespaceArray();
    this.#limits = await this.#readLimits();
    // Without one plausible comparison of clocks nobody could tell a slow line's old messages from new ones.
    if (!(await this.measureSkew())) throw new Error('LineTooSlow: the server takes too long to tell its time');
    this.#subscription = await this.#subscribe();
    await this.#keepPace(this.#subscription);
    await this.#watchTags(this.#settings.tags);
    if (this.#ended) throw new Error('Unreachable: the connection was lost while it was being made');
    this.#listener.lost([...this.#lost]);
    this.#every(this.#settings.skewIntervalMs, () => this.measureSkew());
    this.#every(this.#settings.lostTagRetryMs, () => this.#retryLost());
  }

  end(reason: LinkReason): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#subscription?.removeAllListeners();
    // The library may still raise an error on a subscription that is going down; nobody else would catch it.
    this.#subscription?.on('error', () => undefined);
    this.#listener.ended(reason);
    void this.#connection.close();
  }

  async readAll(): Promise<boolean> {
    const known = this.#settings.tags.filter((tag) => !this.#lost.has(tag.id));
    const overtaken = new Set<string>();
    this.#reads.add(overtaken);
    try {
      for (const tags of chunksOf(known, this.#limits.readsPerCall)) {
        const values = await this.session.read(tags.map((tag) => ({ nodeId: this.#nodeId(tag) ?? 'i=0', attributeId: AttributeIds.Value })), 0);
        if (this.#ended) return false;
        tags.forEach((tag, index) => {
          if (!overtaken.has(tag.id)) this.#tell(tag, values[index]);
        });
      }
      return true;
    } catch {
      return false;
    } finally {
      this.#reads.delete(overtaken);
    }
  }

  async measureSkew(): Promise<boolean> {
    const sentMs = this.#settings.clock.nowMs();
    const value = await this.session.read({ nodeId: `i=${VariableIds.Server_ServerStatus_CurrentTime}`, attributeId: AttributeIds.Value });
    const serverTime: unknown = value.value.value;
    if (this.#ended || !(serverTime instanceof Date)) return false;
    const skewMs = skewOf(sentMs, this.#settings.clock.nowMs(), serverTime.getTime());
    if (skewMs !== null) this.#listener.skew(skewMs);
    return skewMs !== null;
  }

  #watchConnection(): void {
    const { client, session } = this.#connection;
    client.on('connection_lost', () => this.end({ code: 'ConnectionLost', text: 'The connection to the server was lost.' }));
    client.on('close', () => this.end({ code: 'ConnectionClosed', text: 'The connection to the server was closed.' }));
    client.on('receive_response', (response) => this.#onResponse(response));
    session.on('session_closed', () => this.end({ code: 'SessionClosed', text: 'The server closed the session.' }));
    session.on('keepalive_failure', () => this.end({ code: 'SessionSilent', text: 'The server no longer answers the session.' }));
  }

  async #readLimits(): Promise<Limits> {
    const [items, reads] = await this.session.read(
      [VariableIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall, VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead].map((id) => ({
        nodeId: `i=${id}`,
        attributeId: AttributeIds.Value,
      })),
    );
    // Optional nodes: a server without them answers BadNodeIdUnknown and null, which means "no limit stated".
    return { itemsPerCall: callSize(items?.value.value, MAX_ITEMS_PER_CALL), readsPerCall: callSize(reads?.value.value, MAX_READS_PER_CALL) };
  }

  async #subscribe(): Promise<ClientSubscription> {
    const { publishingIntervalMs, keepAliveDueMs } = this.#settings;
    const subscription = ClientSubscription.create(this.session, {
      requestedPublishingInterval: publishingIntervalMs,
      // One publish earlier than due, so that a punctual keep-alive is never a late one.
      requestedMaxKeepAliveCount: Math.max(MIN_KEEP_ALIVE_COUNT, Math.floor(keepAliveDueMs / publishingIntervalMs) - 1),
      requestedLifetimeCount: Math.ceil(LIFETIME_MS / publishingIntervalMs),
      maxNotificationsPerPublish: MAX_NOTIFICATIONS_PER_PUBLISH,
      publishingEnabled: true,
      priority: 10,
    });
    // Attached before the server can answer: the first message must not pass unseen.
    subscription.on('raw_notification', (message) => this.#onMessage(message));
    subscription.on('status_changed', (status) => this.end({ code: status.name, text: `The server ended the subscription: ${status.name}.` }));
    subscription.on('terminated', () => this.end({ code: 'SubscriptionTerminated', text: 'The subscription ended.' }));
    subscription.on('internal_error', (error) => this.end({ code: 'SubscriptionError', text: error.message.slice(0, 300) }));
    await new Promise<void>((resolve, reject) => {
      subscription.once('started', () => resolve());
      subscription.on('error', reject);
    });
    return subscription;
  }

  /** Servers may grant less than was asked; then their clock, watched along, says that they live. */
  async #keepPace(subscription: ClientSubscription): Promise<void> {
    const pace = paceOf(this.#settings.keepAliveDueMs, subscription.publishingInterval, subscription.maxKeepAliveCount);
    if (!pace) throw new Error(`ServerTooSlow: the server publishes every ${subscription.publishingInterval} ms only`);
    if (pace.needsHeartbeat) {
      const clock = { nodeId: `i=${VariableIds.Server_ServerStatus_CurrentTime}`, attributeId: AttributeIds.Value };
      await subscription.monitor(clock, { samplingInterval: subscription.publishingInterval, queueSize: 1, discardOldest: true }, TimestampsToReturn.Both);
    }
    this.#listener.pace(pace.dueMs);
  }

  /** The message's own publishTime is left empty by some servers (node-opcua's among them); the header's never is. */
  #onResponse(response: { responseHeader: { timestamp: Date | null }; notificationMessage?: NotificationMessage }): void {
    const sentMs = response.responseHeader.timestamp?.getTime() ?? 0;
    if (response.notificationMessage && sentMs > 0) this.#sentMs.set(response.notificationMessage, sentMs);
  }

  #onMessage(message: NotificationMessage): void {
    if (this.#ended) return;
    const { state, missing } = checkSequence(this.#sequence, message.sequenceNumber, (message.notificationData?.length ?? 0) === 0);
    this.#sequence = state;
    const publishMs = this.#sentMs.get(message) ?? message.publishTime?.getTime() ?? 0;
    this.#listener.published(publishMs > 0 ? publishMs : null);
    if (missing > 0) this.#listener.missed(missing);
  }

  async #watchTags(tags: readonly DcsTag[]): Promise<void> {
    for (const chunk of chunksOf(tags, this.#limits.itemsPerCall)) {
      const addressed: { tag: DcsTag; nodeId: string }[] = [];
      for (const tag of chunk) {
        const nodeId = this.#nodeId(tag);
        if (nodeId === null) this.#lose(tag);
        else addressed.push({ tag, nodeId });
      }
      if (addressed.length > 0) await this.#watchChunk(addressed);
    }
  }

  async #watchChunk(addressed: readonly { tag: DcsTag; nodeId: string }[]): Promise<void> {
    const subscription = this.#subscription;
    if (!subscription || this.#ended) throw new Error('Unreachable: the subscription ended');
    const group = await new Promise<ClientMonitoredItemGroup>((resolve, reject) => {
      const items = addressed.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value }));
      subscription.monitorItems(items, { samplingInterval: 0, queueSize: QUEUE_SIZE, discardOldest: true }, TimestampsToReturn.Both, (error, made) => {
        if (error || !made) return reject(error ?? new Error('the server made no items'));
        // In this callback, not after the promise: the first values may follow in the same packet.
        made.on('changed', (_item, value, index) => this.#onChanged(addressed[index]?.tag, value));
        resolve(made);
      });
    });
    this.#audit(addressed, group);
  }

  /** A group "succeeds" when single items do not; each one's own status tells. */
  #audit(addressed: readonly { tag: DcsTag }[], group: ClientMonitoredItemGroup): void {
    addressed.forEach(({ tag }, index) => {
      const item = group.monitoredItems[index];
      if (item?.statusCode.isGood()) {
        this.#lost.delete(tag.id);
        this.#items.set(tag.id, { remove: () => item.terminate() });
      } else {
        this.#lose(tag, item?.statusCode.value);
      }
    });
  }

  #lose(tag: DcsTag, status?: number): void {
    this.#lost.add(tag.id);
    this.#listener.reading(tag, { dataType: 0, isScalar: true, value: null, status: status || STATUS.badNodeIdUnknown, sourceMs: null });
  }

  async #retryLost(): Promise<void> {
    if (this.#lost.size === 0 || this.#retrying) return;
    this.#retrying = true;
    try {
      const present = await this.session.readNamespaceArray();
      if (present.join('\n') !== this.namespaceArray.join('\n')) return this.end({ code: 'NamespaceChanged', text: 'The server has renumbered its namespaces.' });
      const tags = this.#settings.tags.filter((tag) => this.#lost.has(tag.id));
      for (const tag of tags) {
        await this.#items.get(tag.id)?.remove();
        this.#items.delete(tag.id);
      }
      await this.#watchTags(tags);
      if (!this.#ended) this.#listener.lost([...this.#lost]);
    } finally {
      this.#retrying = false;
    }
  }

  #onChanged(tag: DcsTag | undefined, data: DataValue): void {
    if (!tag) return;
    for (const overtaken of this.#reads) overtaken.add(tag.id);
    this.#tell(tag, data);
  }

  #tell(tag: DcsTag, data: DataValue | undefined): void {
    if (this.#ended || !data) return;
    const status = data.statusCode.value;
    // A node can vanish under a living item; then the item never speaks again, even if the node comes back.
    if (STATUS_NAMES_THAT_MEAN_LOST.has(status) && !this.#lost.has(tag.id)) {
      this.#lost.add(tag.id);
      this.#listener.lost([...this.#lost]);
    }
    this.#listener.reading(tag, {
      dataType: data.value.dataType,
      isScalar: data.value.arrayType === 0,
      value: data.value.value as unknown,
      status,
      sourceMs: (data.sourceTimestamp ?? data.serverTimestamp)?.getTime() ?? null,
    });
  }

  #nodeId(tag: DcsTag): string | null {
    return nodeIdOf(tag, this.#settings.namespaceUri, this.namespaceArray);
  }

  /** A periodic task that failed on a living connection is tried again next time; silence is the watchdog's business. */
  #every(intervalMs: number, task: () => Promise<unknown>): void {
    this.#timers.push(setInterval(() => void task().catch(() => undefined), intervalMs));
  }
}
