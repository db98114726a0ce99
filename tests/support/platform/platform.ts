/** A platform to order about, and a station that hands on to it: the real journal, core, outbox and client, without a link to a plant. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { recordedPackText } from '../../../src/domain/packs/recorded-pack.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { Journal } from '../../../src/main/journal/journal.ts';
import { readPlatformConfig } from '../../../src/main/platform/config.ts';
import { StationCore } from '../../../src/main/station/core.ts';
import { PlatformDesk } from '../../../src/main/station/platform.ts';
import { shippedPack } from '../../unit/domain/bench.ts';
import { freePort } from '../station/processes.ts';
import type { Certificates, Issued } from './certificates.ts';
import type { Kept, News, Order } from './platform-server.process.ts';

const PROCESS = join(import.meta.dirname, 'platform-server.process.ts');

export class TestPlatform {
  readonly dir: string;
  readonly port: number;
  readonly certificates: Certificates;
  readonly news: News[] = [];
  #child: ChildProcess | null = null;

  private constructor(dir: string, port: number, certificates: Certificates) {
    [this.dir, this.port, this.certificates] = [dir, port, certificates];
  }

  static async open(certificates: Certificates): Promise<TestPlatform> {
    const platform = new TestPlatform(mkdtempSync(join(tmpdir(), 'haven-platform-')), await freePort(), certificates);
    await platform.begin();
    return platform;
  }

  async begin(): Promise<void> {
    const { ca, server } = this.certificates;
    const child = fork(PROCESS, [JSON.stringify({ dir: this.dir, port: this.port, ca, server })], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    child.on('message', (news: News) => this.news.push(news));
    const from = this.news.length;
    await until('the platform listens', () => this.news.slice(from).some(({ news }) => news === 'ready'));
  }

  /** Carried out when it returns; answers with what the platform holds. */
  async order(order: Order): Promise<readonly Kept[]> {
    const from = this.news.length;
    this.#child?.send(order);
    await until(`the order ${order.kind} is carried out`, () => this.news.slice(from).some(({ news }) => news === 'done'));
    return this.news.slice(from).find((news) => news.news === 'done')?.kept ?? [];
  }

  holds(): Promise<readonly Kept[]> {
    return this.order({ kind: 'ok' });
  }

  faults(kind: Order['kind']): number {
    return this.news.filter((news) => news.news === 'fault' && news.kind === kind).length;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export async function until(what: string, isSo: () => boolean, withinMs = 60_000): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 10) {
    if (waitedMs >= withinMs) throw new Error(`waited ${String(withinMs)} ms in vain: ${what}`);
    await pause(10);
  }
}

export interface SettingsOfTest { readonly client?: Issued; readonly names?: boolean; readonly answerMs?: number; readonly mostMs?: number; readonly messages?: number; readonly port?: number; readonly url?: string; readonly training?: 'test' }

/** Writes platform.json and its certificates into a data folder. */
export function configure(dataDir: string, certificates: Certificates, port: number, { client = certificates.client, names = false, answerMs = 400, mostMs = 40, messages = 20, url, training }: SettingsOfTest = {}): void {
  copyFileSync(client.cert, join(dataDir, 'client.pem'));
  copyFileSync(client.key, join(dataDir, 'client.key'));
  copyFileSync(certificates.ca, join(dataDir, 'ca.pem'));
  writeFileSync(join(dataDir, 'platform.json'), JSON.stringify({
    url: url ?? `https://127.0.0.1:${String(port)}/base/`, station: 'plant-7', certificate: 'client.pem', key: 'client.key', ca: 'ca.pem', names, batch: { messages }, timeouts: { connectMs: 400, answerMs }, retry: { firstMs: 10, mostMs }, ...(training === undefined ? {} : { training }),
  }));
}

/** The station's side. */
export class HandingStation {
  readonly dataDir: string;
  readonly mode: 'OPERATION' | 'TRAINING';
  nowMs = 1_780_000_000_000;
  journal: Journal;
  core: StationCore;
  desk: PlatformDesk;

  constructor(dataDir = mkdtempSync(join(tmpdir(), 'haven-handing-')), mode: 'OPERATION' | 'TRAINING' = 'OPERATION', startsHanding = true, pack = shippedPack()) {
    [this.dataDir, this.mode] = [dataDir, mode];
    const dir = join(dataDir, mode.toLowerCase());
    mkdirSync(dir, { recursive: true });
    const opened = openJournal({ dir, mode, nowMs: () => this.nowMs });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    this.journal = opened.value;
    this.nowMs = Math.max(this.nowMs, this.journal.tail(1)[0]?.atMs ?? 0);
    const plant = makePlant(pack);
    const text = recordedPackText(pack, []);
    const packHash = hash('sha256', text, 'hex');
    let desk: PlatformDesk | null = null;
    this.core = new StationCore({ plant, journal: this.journal, clock: { nowMs: () => this.nowMs, wallMs: () => this.nowMs, stepMs: () => 0 }, onFacts: () => desk?.tell() });
    this.core.restore({ version: 'test', mode, pack: { hash: packHash, text } });
    desk = new PlatformDesk({ config: readPlatformConfig(dataDir, mode, Date.now()), plant, packHash, journal: this.journal, core: this.core, nowMs: () => this.nowMs, changed: () => undefined });
    this.desk = desk;
    if (startsHanding) desk.start();
  }

  /** So many stops: each is told, whatever else is the matter. */
  stops(count: number, from = 1): void {
    for (let i = 0; i < count; i += 1) {
      this.nowMs += 1_000;
      this.core.record([fact('retreat.stop', this.nowMs, `person-${String(from + i)}`, { actedOn: 'people' }, 'operator')]);
    }
  }

  async caughtUp(withinMs?: number): Promise<void> {
    await until('everything is handed on', () => this.desk.section().behind === 0, withinMs);
  }

  async close(): Promise<void> {
    await this.desk.stop();
    this.journal.close();
  }

  records(type: string): readonly { readonly n: number; readonly data: Readonly<Record<string, unknown>> }[] {
    return [...this.journal.records()].filter((record) => record.type === type) as never;
  }
}

