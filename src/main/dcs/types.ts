/**
 * What the OPC UA side of the station promises to the rest of it. Types only, so that whoever consumes samples
 * need not load a network stack to compile against them.
 */
import type { Sample } from '../../domain/samples/sample.ts';

/** One tag to watch. */
export interface DcsTag {
  /** Tag id as in the pack; the id that comes back on every sample. */
  readonly id: string;
  /**
   * Identifier inside the plant's namespace (`s=TI-4101`, `i=42`), or a whole `nsu=<uri>;s=...`.
   * Never `ns=<index>`: indexes move when a server restarts. Default `s=<id>`.
   */
  readonly nodeId?: string;
  /** Words of a discrete tag, in the order of the server's EnumStrings, from 0. */
  readonly states?: readonly string[];
  readonly kind: 'analog' | 'discrete' | 'boolean' | 'count';
  /** How often a new sample is due at the latest. Judged downstream, with `onAlive`; kept here with the tag. */
  readonly scanMs: number;
}

/** Wall clock for records, monotonic clock for durations: a wall clock that is set back must not hide a frozen server. */
export interface DcsClock {
  nowMs(): number;
  /** Default: `performance.now()`. */
  monotonicMs?(): number;
}

/** Name and password for the server's user token. Without them the session is anonymous. */
export interface DcsCredentials {
  readonly user: string;
  readonly password: string;
}

/** There is no security mode to choose: SignAndEncrypt with a current policy, or no link. */
export interface DcsOptions {
  readonly endpointUrl: string;
  readonly namespaceUri: string;
  readonly applicationName: string;
  /** Our own certificate store: `own/`, `trusted/`, `rejected/`, `issuers/`. Never node-opcua's default one. */
  readonly pkiDir: string;
  readonly tags: readonly DcsTag[];
  readonly clock: DcsClock;
  readonly credentials?: DcsCredentials;
  /** What the server must be; another is refused before any of its tags is read. Left out, either is listened to (tools, benchmarks). */
  readonly expects?: 'plant' | 'simulator';
  /** Default 100. */
  readonly publishingIntervalMs?: number;
  /** How often an idle server has to say that it lives. Default 1000. */
  readonly keepAliveDueMs?: number;
  /** Silence after which every tag is uncertain. Default 2 x keepAliveDueMs. */
  readonly uncertainAfterMs?: number;
  /** Silence after which every tag is bad. Default 2 x uncertainAfterMs. */
  readonly badAfterMs?: number;
  /** Silence on a connected link after which it is torn down and built anew. Default 10000. */
  readonly rebuildAfterMs?: number;
  /** How often tags that the server does not know are asked for again. Default 10000. */
  readonly lostTagRetryMs?: number;
  /** How often the server's clock is compared with ours. Default 30000. */
  readonly skewIntervalMs?: number;
  /** How long any single network exchange may take, at most 8000. Default 5000. */
  readonly transportTimeoutMs?: number;
}

/**
 * - `connecting`: never had data since start; `reconnecting`: had it, lost the connection
 * - `frozen`: the connection stands but nothing comes over it
 * - `untrusted`: the server's certificate waits for a person; `failed`: refused for a reason that needs a person
 * Every phase but `stopped` keeps trying by itself.
 */
export type LinkPhase = 'connecting' | 'connected' | 'reconnecting' | 'frozen' | 'untrusted' | 'failed' | 'stopped';

/** Why something is not as it should be: `code` for machines and tests, `text` for people. */
export interface LinkReason {
  readonly code: string;
  readonly text: string;
}

/** A certificate as a person has to see it before trusting it. */
export interface CertificateFacts {
  /** SHA-1, lower-case hex, as other OPC UA tools show it. */
  readonly thumbprint: string;
  readonly subject: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly file: string;
  readonly applicationUri: string | null;
}

/** The state of the link, a fresh frozen-in-time object at every change. */
export interface LinkState {
  readonly phase: LinkPhase;
  readonly endpointUrl: string;
  readonly reason?: LinkReason;
  readonly sinceMs: number;
  /** When the server last proved that its values are current, on our clock. */
  readonly lastDataMs: number | null;
  /** Server clock minus ours; null before the first comparison. */
  readonly skewMs: number | null;
  /** Tags that the server does not know (any more). */
  readonly lostTags: readonly string[];
  readonly untrusted?: CertificateFacts;
}

/**
 * - `linkLost`: no connection, or a new session had to be made; `frozen`: the same session fell silent and came back
 * - `sequence`: the server sent a message that never reached us; `overflow`: our own buffer was full
 */
export type GapReason = 'linkLost' | 'frozen' | 'sequence' | 'overflow';

/** A stretch of time in which values may have changed without our seeing it. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: GapReason;
  /** Messages (`sequence`) or samples (`overflow`) lost; 0 where nobody can count them. */
  readonly lost: number;
}

/** What the server says about a tag. */
export interface TagDescription {
  readonly tag: string;
  readonly unit?: string;
  readonly low?: number;
  readonly high?: number;
  readonly states?: readonly string[];
}

/** A value or the reason why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: LinkReason };

/** Unsubscribes what it was returned for. */
export type Unsubscribe = () => void;

/** The station's window on one OPC UA server. Reads and listens; has no means to write or to call. */
export interface DcsClient {
  /** Returns once watching has begun, whether or not the server is there. Delivers a bad sample for every tag first. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Batches, at most one every 50 ms. */
  onSamples(listener: (batch: readonly Sample[]) => void): Unsubscribe;
  onLink(listener: (state: LinkState) => void): Unsubscribe;
  onGap(listener: (gap: Gap) => void): Unsubscribe;
  /**
   * The subscription has just proved itself alive: every tag whose last sample was good is still what that sample said.
   * Comes at least every `keepAliveDueMs` while the server lives, and not at all while it does not.
   */
  onAlive(listener: (proof: { atMs: number }) => void): Unsubscribe;
  link(): LinkState;
  /** Units, ranges and state words as the server tells them, for comparison with the pack. */
  readDescriptions(): Promise<Outcome<readonly TagDescription[]>>;
  /** Trusts a refused certificate from now on and tries again at once. */
  trustServer(thumbprint: string): Promise<Outcome<CertificateFacts>>;
  /** Trusts a certificate from a PEM file, before the first connection or for a planned change. */
  importTrusted(certificatePemPath: string): Promise<Outcome<CertificateFacts>>;
  /** Certificates refused so far. */
  rejected(): Promise<readonly CertificateFacts[]>;
}
