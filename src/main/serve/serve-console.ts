/**
 * The browser host: the same station and the same console, without Electron. Plain HTTP on the loopback address: what
 * leaves the machine needs TLS, and that is not offered here.
 *
 * A token of 256 bits is made at every start and printed in the address's fragment, which no browser sends to a server. It
 * is good for as long as the process lives, so that a reload works: the console keeps it in sessionStorage.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { MESSAGE_MAX_BYTES } from '../../contract/envelope.ts';
import type { Text } from '../../contract/text.ts';
import { outsideReason } from '../outside-reason.ts';
import { consolePort, keepHeartbeat } from './console-socket.ts';
import type { ConsolePort } from './console-socket.ts';
import { SUBPROTOCOL, judgeUpgrade } from './gate.ts';
import { answer } from './static-files.ts';

export type { ConsolePort } from './console-socket.ts';

/** Consoles at a time. */
export const CLIENTS_MAX = 16;
/** TCP connections at a time: a browser opens up to six for files beside its WebSocket. */
const CONNECTIONS_MAX = 128;
const HEARTBEAT_EVERY_MS = 5_000;
/** A request that is not complete by then is dropped. */
const REQUEST_TIMEOUT_MS = 10_000;
const TOKEN_BYTES = 32;
/** How often Node looks for requests that are too slow. */
const SLOW_CHECK_EVERY_MS = 2_000;

export interface ServeOptions {
  /** 0 = any free port. A fixed one keeps the browser's stored preferences: they belong to the address. */
  readonly port: number;
  /** Loopback only. */
  readonly host?: string;
  /** The built console. */
  readonly consoleDir: string;
  readonly csp: string;
  /** A console has come. Called once for each. */
  readonly connect: (port: ConsolePort) => void;
  /** One line for the technical log. Never contains the token. */
  readonly log: (line: string) => void;
  readonly heartbeatEveryMs?: number;
}

export interface ConsoleServer {
  /** With the token in the fragment; for the person at this machine, not for logs. */
  readonly url: string;
  readonly token: string;
  /** Ends every console and frees the port. */
  close(): Promise<void>;
}

export interface ServeProblem {
  readonly code: 'port-taken' | 'port-not-allowed' | 'bad-port' | 'no-address' | 'io';
  readonly message: Text;
}
export type ServeResult = { readonly ok: true; readonly value: ConsoleServer } | { readonly ok: false; readonly problem: ServeProblem };

/** Starts to serve, or says why it cannot. */
export async function serveConsole(options: ServeOptions): Promise<ServeResult> {
  const { port, log } = options;
  const host = options.host ?? '127.0.0.1';
  if (!isLoopback(host)) return { ok: false, problem: notLoopback(host) };
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { ok: false, problem: badPort(port) };
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const server = fileServer(options);
  const sockets = socketServer();
  server.on('upgrade', (request, stream, head) => admit(request, stream, head, { options, server, sockets, token }));
  const failed = await listen(server, port, host);
  if (failed !== undefined) return { ok: false, problem: listenProblem(failed, port) };
  server.on('error', (error) => log(`browser host: ${error.message}`));
  const endHeartbeat = keepHeartbeat(sockets.clients, options.heartbeatEveryMs ?? HEARTBEAT_EVERY_MS, log);
  const url = `http://127.0.0.1:${String(portOf(server))}/#token=${token}`;
  return { ok: true, value: { url, token, close: () => closeAll(server, sockets, endHeartbeat) } };
}

function fileServer({ consoleDir, csp }: ServeOptions): Server {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: SLOW_CHECK_EVERY_MS, maxHeaderSize: 16 * 1024 },
    (request, response) => void answer(request, response, { consoleDir, csp, port: () => portOf(server) }),
  );
  server.maxConnections = CONNECTIONS_MAX;
  return server;
}

/** No compression: it costs memory per console and gains nothing on the loopback address. */
function socketServer(): WebSocketServer {
  return new WebSocketServer({ noServer: true, clientTracking: true, maxPayload: MESSAGE_MAX_BYTES, perMessageDeflate: false, handleProtocols: () => SUBPROTOCOL });
}

interface Door {
  readonly options: ServeOptions;
  readonly server: Server;
  readonly sockets: WebSocketServer;
  readonly token: string;
}

function admit(request: IncomingMessage, stream: Duplex, head: Buffer, door: Door): void {
  const { options, server, sockets, token } = door;
  stream.on('error', () => stream.destroy());
  const gate = judgeUpgrade(request, portOf(server), token);
  if (!gate.pass) {
    options.log(`refused a console that ${gate.reason}`);
    return turnAway(stream, gate.status);
  }
  if (sockets.clients.size >= CLIENTS_MAX) {
    options.log(`refused a console: ${String(CLIENTS_MAX)} are connected already`);
    return turnAway(stream, 503);
  }
  sockets.handleUpgrade(request, stream, head, (socket) => welcome(socket, options));
}

function welcome(socket: WebSocket, { connect, log }: ServeOptions): void {
  // Oversize and malformed frames end in here; `ws` then closes the socket by itself.
  socket.on('error', (error) => log(`dropped a console: ${error.message}`));
  connect(consolePort(socket, log));
}

function turnAway(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${String(status)} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}

function listen(server: Server, port: number, host: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });
}

/** Resolves when the port is free and every console's `onClose` has been called. */
async function closeAll(server: Server, sockets: WebSocketServer, endHeartbeat: () => void): Promise<void> {
  endHeartbeat();
  const freed = new Promise<void>((resolve) => server.close(() => resolve()));
  const emptied = new Promise<void>((resolve) => sockets.close(() => resolve()));
  for (const socket of sockets.clients) socket.terminate();
  server.closeAllConnections();
  await Promise.all([freed, emptied]);
}

function portOf(server: Server): number {
  // An AddressInfo once it listens on TCP; null before and after.
  const address = server.address() as AddressInfo | null;
  return address?.port ?? 0;
}

function isLoopback(host: string): boolean {
  return host === '127.0.0.1';
}

function listenProblem(error: NodeJS.ErrnoException, port: number): ServeProblem {
  const p = String(port);
  switch (error.code) {
    case 'EADDRINUSE':
      return {
        code: 'port-taken',
        message: { en: `Port ${p} is in use, perhaps by another Haven. Stop that program or choose another port.`, zh: `端口 ${p} 已被占用（可能另有一个退守程序）。请停止该程序或改用其他端口。` },
      };
    case 'EACCES':
      return { code: 'port-not-allowed', message: { en: `This account may not listen on port ${p}. Choose a port above 1023.`, zh: `当前账户无权监听端口 ${p}。请改用 1023 以上的端口。` } };
    case 'EADDRNOTAVAIL':
      return { code: 'no-address', message: { en: 'The address 127.0.0.1 is not available on this machine.', zh: '本机没有可用的 127.0.0.1 地址。' } };
    default:
      return { code: 'io', message: { en: `The browser host could not start (${outsideReason(error).en}).`, zh: `浏览器服务无法启动（${outsideReason(error).zh}）。` } };
  }
}

function badPort(port: number): ServeProblem {
  return { code: 'bad-port', message: { en: `${String(port)} is not a port; a whole number from 0 to 65535 is expected.`, zh: `${String(port)} 不是有效端口；应为 0 到 65535 的整数。` } };
}

function notLoopback(host: string): ServeProblem {
  return {
    code: 'no-address',
    message: { en: `Haven serves consoles on 127.0.0.1 only, not on ${host}: beyond this machine it would need TLS.`, zh: `退守只在 127.0.0.1 上提供控制台，不在 ${host} 上提供：跨机访问需要 TLS。` },
  };
}
