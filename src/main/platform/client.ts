/**
 * Hands one message to the platform and says how that ended. One connection, kept; every stage has its time; nothing of an answer is
 * believed but a receipt for exactly what was sent. Sends by PUT to an address that carries the number: sent twice it is there once.
 */
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { platformMissingSchema, platformReceiptSchema } from '../../contract/platform.ts';
import type { PlatformSettings } from './config.ts';
import { failureOf } from './outcome.ts';
import type { Failure, Outcome } from './outcome.ts';
import { retryAfterMs } from './pace.ts';

/** A receipt is short. */
const ANSWER_MAX_BYTES = 16 * 1_024;

export interface Outgoing {
  readonly station: string;
  readonly seq: number;
  readonly toRecord: number;
  /** Canonical JSON. */
  readonly body: Buffer;
  readonly sha256: string;
}

type Given = Pick<PlatformSettings, 'url' | 'certificate' | 'key' | 'ca' | 'timeouts'>;

export class PlatformClient {
  readonly #settings: Given;
  #agent: Agent;

  constructor(settings: Given) {
    this.#settings = settings;
    this.#agent = this.#fresh();
  }

  #fresh(): Agent {
    const { certificate: cert, key, ca } = this.#settings;
    // No session tickets: after a certificate was exchanged, on either side, the next connection must show it.
    return new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1, maxCachedSessions: 0, cert, key, ca, minVersion: 'TLSv1.2', rejectUnauthorized: true });
  }

  close(): void {
    this.#agent.destroy();
  }

  async put(message: Outgoing, signal: AbortSignal): Promise<Outcome> {
    const outcome = await this.#put(message, signal);
    // A connection on which something went wrong is not used again: what comes next on it might be the rest of this answer.
    if (outcome.outcome === 'failed') {
      this.#agent.destroy();
      this.#agent = this.#fresh();
    }
    return outcome;
  }

  #put(message: Outgoing, signal: AbortSignal): Promise<Outcome> {
    const { url, timeouts } = this.#settings;
    return new Promise((resolve) => {
      let stage: 'connect' | 'handshake' | 'answer' = 'connect';
      let timer: NodeJS.Timeout | undefined;
      const end = (outcome: Outcome): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        if (outcome.outcome === 'failed') asked.destroy();
        resolve(outcome);
      };
      const within = (ms: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => end(failed(stage === 'connect' ? 'connect-timeout' : stage === 'handshake' ? 'handshake-timeout' : 'answer-timeout', `${String(ms)} ms`)), ms);
      };
      const abort = (): void => end(failed('reset', 'the station stops'));
      const asked = request({
        agent: this.#agent, method: 'PUT', host: url.hostname.replace(/^\[|\]$/gu, ''), port: url.port === '' ? 443 : Number(url.port), path: `${url.pathname.replace(/\/$/u, '')}/v1/stations/${message.station}/messages/${String(message.seq)}`,
        headers: { 'content-type': 'application/json', 'content-length': message.body.length, 'x-haven-sha256': message.sha256, host: url.host },
      });
      within(timeouts.connectMs);
      signal.addEventListener('abort', abort);
      asked.on('socket', (socket) => {
        const answer = (): void => { stage = 'answer'; within(timeouts.answerMs); };
        if (!socket.connecting && (asked.reusedSocket || (socket as TLSSocket).authorized)) { answer(); return; }
        socket.once('connect', () => { stage = 'handshake'; within(timeouts.connectMs); });
        socket.once('secureConnect', answer);
      });
      asked.on('response', (response) => { void answerOf(response, message).then(end); });
      asked.on('error', (error) => end(failed(failureOf(error), error.message)));
      asked.end(message.body);
      if (signal.aborted) abort();
    });
  }

  /** One TLS handshake, and nothing sent. */
  handshake(): Promise<{ readonly ok: true; readonly subject: string; readonly validTo: string; readonly protocol: string } | { readonly ok: false; readonly failure: Failure; readonly detail: string }> {
    const { url, certificate: cert, key, ca, timeouts } = this.#settings;
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    return new Promise((resolve) => {
      const socket = connect({ host, port: url.port === '' ? 443 : Number(url.port), ...(/^[\d.]+$|:/u.test(host) ? {} : { servername: host }), cert, key, ca, minVersion: 'TLSv1.2', rejectUnauthorized: true });
      const fail = (failure: Failure, detail: string): void => { clearTimeout(timer); socket.destroy(); resolve({ ok: false, failure, detail }); };
      const timer = setTimeout(() => fail(socket.connecting ? 'connect-timeout' : 'handshake-timeout', `${String(timeouts.connectMs)} ms`), timeouts.connectMs);
      socket.on('error', (error) => fail(failureOf(error), error.message));
      socket.once('secureConnect', () => {
        const peer = socket.getPeerCertificate();
        // With TLS 1.3 a server says only after the handshake that our certificate will not do.
        setTimeout(() => {
          clearTimeout(timer);
          resolve({ ok: true, subject: String(peer.subject?.CN ?? ''), validTo: peer.valid_to, protocol: socket.getProtocol() ?? '' });
          socket.end();
        }, Math.min(500, timeouts.connectMs / 2));
      });
    });
  }
}

const failed = (failure: Failure, detail: string, patienceMs: number | null = null): Outcome => ({ outcome: 'failed', failure, detail: detail.slice(0, 300), retryAfterMs: patienceMs });

async function answerOf(response: IncomingMessage, message: Outgoing): Promise<Outcome> {
  const status = response.statusCode ?? 0;
  const read = await bodyOf(response);
  if (typeof read !== 'string') return failed(read.failure, `HTTP ${String(status)}`);
  const patience = retryAfterMs(response.headers['retry-after'], Date.now());
  const detail = `HTTP ${String(status)}`;
  if (status === 200 || status === 201) return receiptOf(read, message);
  if (status === 409) return { outcome: 'conflict' };
  if (status === 412) {
    const missing = platformMissingSchema.safeParse(jsonOf(read));
    return missing.success && missing.data.missing < message.seq ? { outcome: 'missing', seq: missing.data.missing } : failed('nonsense', detail);
  }
  if (status >= 300 && status < 400) return failed('redirect', detail);
  if (status === 401 || status === 403) return failed('denied', detail);
  if (status === 429 || status === 503) return failed('busy', detail, patience);
  return failed(status >= 500 ? 'server-error' : status >= 400 ? 'not-accepted' : 'nonsense', detail, patience);
}

function receiptOf(text: string, message: Outgoing): Outcome {
  const receipt = platformReceiptSchema.safeParse(jsonOf(text));
  if (!receipt.success) return failed('nonsense', 'no {seq, sha256}');
  if (receipt.data.seq !== message.seq || receipt.data.sha256 !== message.sha256) return failed('other-receipt', `sent ${String(message.seq)} ${message.sha256.slice(0, 12)}, answered ${String(receipt.data.seq)} ${receipt.data.sha256.slice(0, 12)}`);
  return { outcome: 'receipt', receipt: receipt.data.receipt ?? null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bodyOf(response: IncomingMessage): Promise<string | { readonly failure: Failure }> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > ANSWER_MAX_BYTES) { response.destroy(); resolve({ failure: 'too-long' }); } else parts.push(part);
    });
    response.on('end', () => resolve(response.complete ? Buffer.concat(parts).toString('utf8') : { failure: 'truncated' }));
    response.on('error', () => resolve({ failure: 'truncated' }));
    response.on('close', () => resolve({ failure: 'truncated' }));
  });
}
