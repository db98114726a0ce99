/**
 * A supervising platform in a process of its own, that fails as it is told. Keeps what it was given in a file, so that it can die and come
 * back. Started by `fork`: argument 1 is a JSON of its folder, certificates and port. Orders come by IPC, news go back by IPC.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';

export interface Issued { readonly cert: string; readonly key: string }
export interface ServerArguments { readonly dir: string; readonly port: number; readonly ca: string; readonly server: Issued }

/** How the next requests are treated, until another order comes. `times` < 0 = for ever; afterwards it behaves well again. */
export interface Order {
  readonly kind: 'ok' | 'refuse' | 'hang-handshake' | 'reset-connection' | 'hang' | 'hang-after-headers' | 'reset' | 'reset-half-answer' | 'answer' | 'late' | 'other-seq' | 'other-hash' | 'truncated' | 'long' | 'certificate' | 'forget-last' | 'forge';
  readonly times?: number;
  /** Is the message kept, although the answer says otherwise? */
  readonly keeps?: boolean;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly afterMs?: number;
  readonly certificate?: Issued;
  readonly seq?: number;
}
export interface Kept { readonly seq: number; readonly sha256: string; readonly body: string }
export type News = { readonly news: 'ready' } | { readonly news: 'done'; readonly kept: readonly Kept[] } | { readonly news: 'fault'; readonly kind: Order['kind']; readonly seq: number | null; readonly connection: number } | { readonly news: 'kept' | 'again'; readonly seq: number };

const BODY_MAX_BYTES = 4_000_000;

class Platform {
  readonly #arguments: ServerArguments;
  readonly #https;
  #front: Server | null = null;
  #order: Order = { kind: 'ok' };
  #left = -1;
  #connections = 0;
  readonly #sockets = new Set<Socket>();
  kept: Kept[];

  constructor(given: ServerArguments) {
    this.#arguments = given;
    const file = join(given.dir, 'platform.ndjson');
    this.kept = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Kept) : [];
    this.#https = createHttps({ ca: readFileSync(given.ca), cert: readFileSync(given.server.cert), key: readFileSync(given.server.key), requestCert: true, rejectUnauthorized: true }, (asked, answer) => { void this.#handle(asked, answer); });
  }

  listen(): Promise<void> {
    this.#front = createServer((socket) => this.#connected(socket));
    return new Promise((done) => this.#front?.listen(this.#arguments.port, '127.0.0.1', done));
  }

  #connected(socket: Socket): void {
    this.#connections += 1;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    if (this.#order.kind === 'hang-handshake') {
      this.#fault(null);
      return;
    }
    if (this.#order.kind === 'reset-connection') {
      this.#fault(null);
      socket.once('data', () => socket.resetAndDestroy());
      return;
    }
    this.#https.emit('connection', socket);
  }

  async order(order: Order): Promise<void> {
    const { certificate } = order;
    this.#order = order;
    this.#left = order.times ?? -1;
    if (certificate !== undefined) this.#https.setSecureContext({ ca: readFileSync(this.#arguments.ca), cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) });
    if (order.kind === 'forget-last') this.kept = this.kept.slice(0, -1);
    if (order.kind === 'forge') this.kept.push({ seq: order.seq ?? 0, sha256: 'f'.repeat(64), body: 'another' });
    // A new order begins with new connections.
    for (const socket of this.#sockets) socket.destroy();
    if (order.kind === 'refuse') await new Promise((done) => { if (this.#front === null) done(null); else this.#front.close(done); this.#front = null; });
    else if (this.#front === null) await this.listen();
  }

  #fault(seq: number | null): void {
    say({ news: 'fault', kind: this.#order.kind, seq, connection: this.#connections });
    if (this.#left > 0) this.#left -= 1;
    if (this.#left === 0) this.#order = { kind: 'ok' };
  }

  async #handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    asked.on('error', () => undefined);
    answer.on('error', () => undefined);
    const seq = Number(/^\/base\/v1\/stations\/plant-7\/messages\/(\d+)$/u.exec(asked.url ?? '')?.[1] ?? Number.NaN);
    if (asked.method !== 'PUT' || !Number.isInteger(seq)) { answer.writeHead(404).end(); return; }
    const order = this.#order;
    if (order.kind === 'reset') {
      if (order.keeps === true) this.#keep(seq, await textOf(asked));
      this.#fault(seq);
      (asked.socket as unknown as Socket).destroy();
      return;
    }
    const body = await textOf(asked);
    const claimed = asked.headers['x-haven-sha256'];
    const sha256 = createHash('sha256').update(body).digest('hex');
    if (claimed !== sha256) { answer.writeHead(400).end(); return; }
    if (order.kind === 'ok' || order.kind === 'certificate' || order.kind === 'forget-last' || order.kind === 'forge') {
      const [status, said] = this.#keep(seq, body);
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
      return;
    }
    if (order.keeps === true) this.#keep(seq, body);
    this.#fault(seq);
    switch (order.kind) {
      case 'hang': return;
      case 'late': setTimeout(() => answer.writeHead(200).end(JSON.stringify({ seq, sha256 })), order.afterMs ?? 0); return;
      case 'hang-after-headers': answer.writeHead(200, { 'content-length': '200' }).write('{'); return;
      case 'truncated': answer.writeHead(200, { 'content-length': '200' }).write(`{"seq":${String(seq)},"sha`); setTimeout(() => answer.destroy(), 20); return;
      case 'reset-half-answer': answer.writeHead(200, { 'content-length': '200' }).write('{'); setTimeout(() => (asked.socket as unknown as Socket).destroy(), 20); return;
      case 'long': answer.writeHead(200); for (let i = 0; i < 64; i += 1) answer.write(' '.repeat(4_096)); answer.end(JSON.stringify({ seq, sha256 })); return;
      case 'other-seq': answer.writeHead(200).end(JSON.stringify({ seq: seq + 1, sha256 })); return;
      case 'other-hash': answer.writeHead(200).end(JSON.stringify({ seq, sha256: '0'.repeat(64) })); return;
      case 'answer': answer.writeHead(order.status ?? 500, order.headers ?? {}).end(order.body ?? ''); return;
      default: answer.writeHead(500).end();
    }
  }

  /** What a platform promises: a number is taken once, in order, and never overwritten. */
  #keep(seq: number, body: string): [number, Record<string, unknown>] {
    const sha256 = createHash('sha256').update(body).digest('hex');
    const there = this.kept.find((each) => each.seq === seq);
    if (there !== undefined) {
      say({ news: 'again', seq });
      return there.sha256 === sha256 ? [200, { seq, sha256 }] : [409, {}];
    }
    const next = (this.kept.at(-1)?.seq ?? 0) + 1;
    if (seq !== next) return [412, { missing: next }];
    const kept = { seq, sha256, body };
    this.kept.push(kept);
    appendFileSync(join(this.#arguments.dir, 'platform.ndjson'), `${JSON.stringify(kept)}\n`);
    say({ news: 'kept', seq });
    return [201, { seq, sha256, receipt: `R-${String(seq)}` }];
  }
}

async function textOf(asked: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of asked as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_MAX_BYTES) throw new Error('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const say = (news: News): void => { process.send?.(news); };

if (import.meta.main) {
  const platform = new Platform(JSON.parse(process.argv[2] ?? '{}') as ServerArguments);
  process.on('message', (order: Order) => { void platform.order(order).then(() => say({ news: 'done', kept: platform.kept })); });
  process.on('disconnect', () => process.exit(0));
  await platform.listen();
  say({ news: 'ready' });
}
