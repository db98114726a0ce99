/**
 * One console's wire over a WebSocket, as the station sees every console: text in, text out, an end. Drops a console that
 * is dead or cannot keep up: it reconnects and takes a snapshot, which is better than a picture that lags behind the plant.
 */
import type { RawData, WebSocket } from 'ws';

/** What the station gets, whether the console is a browser, the desktop window or a test. */
export interface ConsolePort {
  send(text: string): void;
  /** Set it before `connect` returns: what comes earlier goes to nobody. */
  onMessage(callback: (text: string) => void): void;
  onClose(callback: () => void): void;
  /** Bytes given to `send` and not yet taken by the network. The station lets pushes out when this grows. */
  buffered(): number;
}

/** More than this waiting in one console's pipe, bytes, and it is dropped. */
export const SEND_BUFFER_MAX_BYTES = 16 * 1024 * 1024;

/** WebSocket close codes, RFC 6455 7.4.1. */
const CLOSE = { unsupportedData: 1003, tryAgainLater: 1013 } as const;

export function consolePort(socket: WebSocket, log: (line: string) => void): ConsolePort {
  return {
    send(text) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > SEND_BUFFER_MAX_BYTES) {
        log('dropped a console that could not keep up');
        socket.terminate();
        return;
      }
      socket.send(text);
    },
    onMessage(callback) {
      socket.on('message', (data: RawData, isBinary: boolean) => {
        if (isBinary) socket.close(CLOSE.unsupportedData, 'text only');
        else callback(textOf(data));
      });
    },
    onClose(callback) {
      socket.once('close', () => callback());
    },
    buffered: () => socket.bufferedAmount,
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

/** Asks every console for a sign of life, and drops those that gave none since the last time. Call the result to end it. */
export function keepHeartbeat(sockets: ReadonlySet<WebSocket>, everyMs: number, log: (line: string) => void): () => void {
  const silent = new WeakSet<WebSocket>();
  const beat = () => {
    for (const socket of sockets) {
      if (silent.has(socket)) {
        log('dropped a console that gave no sign of life');
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
  };
  // Not at once: when the station itself was held up, answers that have arrived meanwhile are read first.
  const timer = setInterval(() => setImmediate(beat), everyMs).unref();
  return () => clearInterval(timer);
}
