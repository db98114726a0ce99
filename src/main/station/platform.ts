/**
 * Handing on to the supervising platform (D.2): reads the journal from the platform's last receipt on, lets `Delivery` send what is told, and
 * writes receipts into the journal. Everything is read in slices, and nothing that a person or the plant asks for waits for it.
 */
import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlatformSection } from '../../contract/platform.ts';
import { canonicalJson } from '../../domain/journal/canonical-json.ts';
import { PackReader } from '../../domain/packs/recorded-pack.ts';
import { behindOf, BEHIND_LONG_MS } from '../../domain/platform/handed-on.ts';
import { messageOf, outboxStep } from '../../domain/platform/outbox.ts';
import { EMPTY_OUTBOX } from '../../domain/platform/outbox-state.ts';
import type { OutboxState } from '../../domain/platform/outbox-state.ts';
import { NO_WORDS, wordsFrom } from '../../domain/platform/pack-words.ts';
import type { PackWords } from '../../domain/platform/pack-words.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { Journal } from '../journal/journal.ts';
import { PlatformClient } from '../platform/client.ts';
import type { Outgoing } from '../platform/client.ts';
import type { PlatformConfig, PlatformSettings } from '../platform/config.ts';
import { Delivery } from '../platform/delivery.ts';
import { toFact } from './core.ts';
import type { StationCore } from './core.ts';

export interface PlatformDeskOptions {
  readonly config: PlatformConfig;
  readonly plant: Plant;
  readonly packHash: string;
  readonly journal: Pick<Journal, 'records'>;
  readonly core: Pick<StationCore, 'state' | 'record'>;
  readonly nowMs: () => number;
  readonly changed: () => void;
}

/** Records read between two turns of the event loop. */
const SLICE_RECORDS = 250;
/** What is sent within this is not called behind: it is on its way. */
const ON_ITS_WAY_MS = 5_000;
/** Packs of earlier times that are kept at hand. */
const PACKS_KEPT_MAX = 3;

export class PlatformDesk {
  readonly #options: PlatformDeskOptions;
  readonly #delivery: Delivery | null = null;
  readonly #client: PlatformClient | null = null;
  readonly #packs = new Map<string, PackWords>();
  /** The outbox after each message of the batch that is out. */
  #after = new Map<number, OutboxState>();
  /** How far was read behind the cursor without finding anything to tell: not read again at every look. */
  #scan: { readonly cursor: unknown; at: number; outbox: OutboxState } | null = null;
  #stopped = false;

  constructor(options: PlatformDeskOptions) {
    this.#options = options;
    this.#packs.set(options.packHash, wordsFrom(options.plant.pack));
    if (options.config.state !== 'on') return;
    const { settings } = options.config;
    const client = new PlatformClient(settings);
    this.#client = client;
    this.#delivery = new Delivery({
      next: () => this.#next(settings), put: (message, signal) => client.put(message, signal), retry: settings.retry, random: Math.random, nowMs: options.nowMs, changed: options.changed,
      delivered: (last, count, receipt) => this.#delivered(last, count, receipt), conflict: (message) => this.#conflict(message), rewind: (message, missing) => this.#rewind(message, missing),
    });
  }

  /** After the journal was read. What is configured now is put on record where it is another than before: the numbering follows the journal alone. */
  start(): void {
    const { config, core, nowMs } = this.#options;
    const was = core.state.handedOn.outbox.settings;
    const now = config.state === 'on' ? { station: config.settings.station, names: config.settings.names } : config.state === 'off' ? null : was;
    if (was?.station !== now?.station || was?.names !== now?.names) core.record([fact('platform.configured', nowMs(), null, { station: now?.station ?? null, names: now?.names === true })]);
    this.#delivery?.start();
  }

  tell(): void {
    if (behindOf(this.#options.core.state.handedOn) > 0) this.#delivery?.poke();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#delivery?.stop();
    this.#client?.close();
  }

  section(): PlatformSection {
    const { config, core, nowMs } = this.#options;
    const { handedOn } = core.state;
    const { behindSinceMs, lastReceiptMs, cursor } = handedOn;
    const common = { lastReceiptMs, station: handedOn.outbox.settings?.station ?? null, lastSeq: cursor.outbox.seqs[cursor.outbox.settings?.station ?? ''] ?? null };
    if (config.state === 'off') return { ...common, state: 'off', behind: 0, sinceMs: null, reason: config.reason, station: null, host: null, long: false };
    const waits = { behind: behindOf(handedOn), sinceMs: behindSinceMs, long: behindSinceMs !== null && nowMs() - behindSinceMs >= BEHIND_LONG_MS };
    if (config.state === 'wrong') return { ...common, ...waits, state: 'wrong', reason: config.reason, host: null };
    const status = this.#delivery?.status() ?? { failing: null, stopped: false };
    const isBehind = waits.behind > 0 && (status.failing !== null || nowMs() - (behindSinceMs ?? 0) > ON_ITS_WAY_MS);
    return { ...common, ...waits, state: status.stopped ? 'stopped' : isBehind ? 'behind' : 'working', reason: status.failing?.reason ?? config.settings.warnings[0] ?? null, host: config.settings.url.host };
  }

  async #next({ batch: limits }: PlatformSettings): Promise<readonly Outgoing[]> {
    const { core, journal } = this.#options;
    const { cursor } = core.state.handedOn;
    const scan = this.#scan?.cursor === cursor ? this.#scan : { cursor, at: cursor.toRecord, outbox: cursor.outbox };
    this.#scan = scan;
    const [batch, after] = [[] as Outgoing[], new Map<number, OutboxState>()];
    let [outbox, fromRecord, bytes, looked] = [scan.outbox, cursor.toRecord + 1, 0, 0];
    for (const record of journal.records(scan.at + 1)) {
      looked += 1;
      if (looked % SLICE_RECORDS === 0) await nextTurn();
      if (this.#stopped) return [];
      const found = toFact(record);
      if (found !== null) {
        const step = outboxStep(outbox, found);
        if (step.kind !== null) {
          const message = messageOf({ n: record.n, wallMs: record.wallMs, fact: found }, step.kind, outbox, step.next, fromRecord, await this.#wordsOf(step.next.pack));
          const body = bodyOf(message);
          bytes += body.length;
          batch.push({ station: message.station, seq: message.seq, toRecord: record.n, body, sha256: hash('sha256', body, 'hex') });
          after.set(record.n, step.next);
          fromRecord = record.n + 1;
        }
        outbox = step.next;
      }
      if (batch.length === 0) Object.assign(scan, { at: record.n, outbox });
      if (batch.length >= limits.messages || bytes >= limits.bytes) break;
    }
    this.#after = after;
    return batch;
  }

  #delivered(last: Outgoing, messages: number, receipt: string | null): void {
    const outbox = this.#after.get(last.toRecord);
    if (outbox === undefined || this.#stopped) return; // Not on record: it is sent again, and is there once all the same.
    const { station, seq, toRecord, sha256 } = last;
    this.#options.core.record([fact('platform.delivered', this.#options.nowMs(), null, { station, seq, toRecord, messages, sha256, receipt, outbox })]);
    this.#options.changed();
  }

  #conflict({ station, seq, sha256 }: Outgoing): void {
    const { core, nowMs } = this.#options;
    if (this.#stopped || core.state.handedOn.conflict?.seq === seq) return;
    core.record([fact('platform.conflict', nowMs(), null, { station, seq, sha256 })]);
  }

  /** Finds the place before the missing message. All messages before it are made again in passing, which is all that "lost" can cost. */
  async #rewind({ station }: Outgoing, missing: number): Promise<boolean> {
    const { core, journal, nowMs } = this.#options;
    let [outbox, before, looked] = [EMPTY_OUTBOX, { toRecord: 0, outbox: EMPTY_OUTBOX }, 0];
    for (const record of journal.records()) {
      looked += 1;
      if (looked % SLICE_RECORDS === 0) await nextTurn();
      if (this.#stopped) return false;
      const found = toFact(record);
      if (found === null) continue;
      const { next, kind } = outboxStep(outbox, found);
      outbox = next;
      if (kind === null) continue;
      if (next.settings?.station === station && next.seqs[station] === missing) {
        core.record([fact('platform.rewound', nowMs(), null, { station, seq: missing, ...before })]);
        return true;
      }
      before = { toRecord: record.n, outbox };
    }
    return false;
  }

  /** The pack that was in force then: in memory, or out of the journal. */
  async #wordsOf(pack: string | null): Promise<PackWords> {
    if (pack === null) return NO_WORDS;
    const known = this.#packs.get(pack);
    if (known !== undefined) return known;
    const reader = new PackReader();
    let [words, looked] = [NO_WORDS, 0];
    for (const record of this.#options.journal.records()) {
      looked += 1;
      if (looked % SLICE_RECORDS === 0) await nextTurn();
      if (this.#stopped) break;
      if (record.type !== 'pack.recorded') continue;
      const whole = reader.add(record.data as unknown as Parameters<PackReader['add']>[0]);
      if (whole?.hash !== pack) continue;
      words = wordsFrom(whole.recorded.pack);
      break;
    }
    if (this.#packs.size >= PACKS_KEPT_MAX) this.#packs.delete([...this.#packs.keys()].find((each) => each !== this.#options.packHash) ?? '');
    this.#packs.set(pack, words);
    return words;
  }
}

/** Canonical, so that the same message is the same bytes. The journal holds nothing that has no canonical text. */
function bodyOf(message: unknown): Buffer {
  const canonical = canonicalJson(message);
  if (!canonical.ok) throw new Error(`${canonical.problem.path}: ${canonical.problem.message}`);
  return Buffer.from(canonical.text, 'utf8');
}
