/** The browser host with real sockets: what a console gets, and what everybody else gets. REQ-SRV, docs/design/serve.md. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { MESSAGE_MAX_BYTES } from '../../src/contract/envelope.ts';
import { CLIENTS_MAX, serveConsole } from '../../src/main/serve/serve-console.ts';
import type { ConsolePort, ConsoleServer, ServeOptions } from '../../src/main/serve/serve-console.ts';

const CSP = "default-src 'none'; script-src 'self'";

let root: string;
let served: ConsoleServer;
let port: number;
let ports: ConsolePort[];
let heard: string[];
let closed: number;
let logged: string[];

async function start(options: Partial<ServeOptions> = {}): Promise<ConsoleServer> {
  const result = await serveConsole({ port: 0, consoleDir: join(root, 'console'), csp: CSP, connect: hear, log: (line) => logged.push(line), ...options });
  if (!result.ok) throw new Error(result.problem.message.en);
  return result.value;
}

/** A station that answers every message with the same words in capitals. */
function hear(consolePort: ConsolePort): void {
  ports.push(consolePort);
  consolePort.onMessage((text) => {
    heard.push(text);
    consolePort.send(text.toUpperCase());
  });
  consolePort.onClose(() => (closed += 1));
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'haven-serve-'));
  mkdirSync(join(root, 'console/assets'), { recursive: true });
  mkdirSync(join(root, 'console-secret'));
  writeFileSync(join(root, 'console/index.html'), '<!doctype html><title>退守</title>');
  writeFileSync(join(root, 'console/assets/app.js'), 'export {};');
  writeFileSync(join(root, 'console/assets/source.map'), '{}');
  writeFileSync(join(root, 'console-secret/index.html'), 'secret');
  writeFileSync(join(root, 'users.json'), 'secret');
  symlinkSync(join(root, 'users.json'), join(root, 'console/link.json'));
  [ports, heard, logged, closed] = [[], [], [], 0];
  served = await start();
  port = Number(new URL(served.url).port);
});

afterEach(async () => {
  await served.close();
  rmSync(root, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Node's own client, because fetch tidies `..` away and does not let a caller set Host. */
function ask(path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on('error', reject).end(body);
  });
}

interface Knock {
  readonly protocols?: string[];
  readonly origin?: string | null;
  readonly host?: string;
  readonly path?: string;
}

/** Opens a console's socket; answers with it, or with the status of the refusal. */
function knock({ protocols = ['haven', served.token], origin = `http://127.0.0.1:${String(port)}`, host, path = '/ws' }: Knock = {}): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, protocols, { ...(origin === null ? {} : { origin }), ...(host === undefined ? {} : { headers: { host } }) });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}

async function opened(options?: Knock): Promise<WebSocket> {
  const socket = await knock(options);
  if (typeof socket === 'number') throw new Error(`refused with ${String(socket)}`);
  return socket;
}

const nextMessage = (socket: WebSocket) => new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));
/** Waits for something that has to come true; the test's own time limit is the only one. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resume) => setTimeout(resume, 5));
}

describe('files', () => {
  test('REQ-SRV-01 the console comes with its type and with every guarding header', async () => {
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>退守</title>' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(await ask('/assets/app.js?v=1')).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { 'content-length': String(page.body.length + 4) } });
  });

  test.each([
    ['a file that is not there', '/nothing.html', 404],
    ['a kind of file the console has no need of', '/assets/source.map', 404],
    ['a folder', '/assets', 404],
    ['the file beside the folder', '/../users.json', 403],
    ['the same, encoded', '/%2e%2e/users.json', 403],
    ['the same, with an encoded slash', '/..%2fusers.json', 403],
    ['a way that goes down and up again', '/assets/../../users.json', 403],
    ['a folder whose name begins alike', '/../console-secret/index.html', 403],
    ['a link that leads out', '/link.json', 403],
    ['a Windows path', '/..%5cusers.json', 400],
    ['a drive', '/c:/users.json', 400],
    ['a null byte', '/index.html%00.js', 400],
    ['a broken percent sign', '/%zz', 400],
    ['encoded twice', '/%252e%252e/users.json', 404],
    ['an endless path', `/${'a'.repeat(2_000)}.html`, 400],
    ['an absolute address', 'http://elsewhere/', 400],
  ])('REQ-SRV-02 no way out of the folder: %s', async (_what, path, status) => {
    const refused = await ask(path);
    expect(refused).toMatchObject({ status, body: '', headers: { 'content-security-policy': CSP } });
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('REQ-SRV-03 reads only: %s is refused', async (method) => {
    expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test('REQ-SRV-03 no request may have a body', async () => {
    expect((await ask('/', { body: 'x', headers: { 'content-length': '1' } })).status).toBe(413);
    expect((await ask('/', { body: 'x', headers: { 'transfer-encoding': 'chunked' } })).status).toBe(413);
  });
});

describe('who may come', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost', '127.0.0.1.evil.example'])('REQ-SRV-04 a foreign host name gets nothing: "%s"', async (host) => {
    const refused = await ask('/', { headers: { host } });
    expect(refused.status).toBe(403);
    expect(refused.body).toBe('');
    expect(await knock({ host })).toBe(403);
  });

  test('REQ-SRV-04 a request that names no host gets nothing', async () => {
    const raw = connectTcp(port, '127.0.0.1', () => raw.write('GET / HTTP/1.1\r\n\r\n'));
    const said = await new Promise<string>((resolve) => raw.once('data', (data: Buffer) => resolve(data.toString())));
    expect(said).toMatch(/^HTTP\/1\.1 40[03] /u);
    expect(said).not.toContain('doctype');
    raw.destroy();
  });

  test('REQ-SRV-05 the right token from the right page becomes a wire in both directions', async () => {
    const socket = await opened();
    expect(socket.protocol).toBe('haven');
    socket.send('{"kind":"request"}');
    expect(await nextMessage(socket)).toBe('{"KIND":"REQUEST"}');
    expect(ports[0]?.buffered()).toBe(0);
    socket.close();
    await until(() => closed === 1);
    expect({ heard, logged }).toEqual({ heard: ['{"kind":"request"}'], logged: [] });
  });

  test('REQ-SRV-05 localhost is ours as well, if page and socket agree on it', async () => {
    const host = `localhost:${String(port)}`;
    expect((await ask('/', { headers: { host } })).status).toBe(200);
    (await opened({ host, origin: `http://${host}` })).terminate();
    expect(await knock({ host, origin: `http://127.0.0.1:${String(port)}` })).toBe(403);
  });

  test('REQ-SRV-06 the token has 256 bits, is new at every start, and stays good for a reload', async () => {
    expect(Buffer.from(served.token, 'base64url')).toHaveLength(32);
    expect(served.url).toBe(`http://127.0.0.1:${String(port)}/#token=${served.token}`);
    const other = await start();
    expect(other.token).not.toBe(served.token);
    await other.close();
    (await opened()).terminate();
    (await opened()).terminate();
  });

  test.each<[string, (token: string) => string[], number]>([
    ['a wrong token', () => ['haven', 'A'.repeat(43)], 401],
    ['a token one letter short', (token) => ['haven', token.slice(0, -1)], 401],
    ['no token', () => ['haven'], 400],
    ['the token alone', (token) => [token], 400],
    ['the token first', (token) => [token, 'haven'], 400],
    ['one protocol too many', (token) => ['haven', token, 'more'], 400],
    ['no protocol', () => [], 400],
  ])('REQ-SRV-06 %s is refused', async (_what, protocols, status) => {
    expect(await knock({ protocols: protocols(served.token) })).toBe(status);
    expect({ ports, lines: logged.length }).toEqual({ ports: [], lines: 1 });
    expect(logged.join()).not.toContain(served.token);
  });

  test.each<[string, string | null]>([
    ['a foreign page', 'https://evil.example'],
    ['a page on another port of this machine', 'http://127.0.0.1:1'],
    ['our name over another scheme', 'https://127.0.0.1'],
    ['a sandboxed page', 'null'],
    ['a program that names no page', null],
  ])('REQ-SRV-07 %s is refused although it has the token', async (_what, origin) => {
    expect(await knock({ origin })).toBe(403);
    expect(ports).toEqual([]);
  });

  test('REQ-SRV-07 only /ws becomes a wire', async () => {
    expect(await knock({ path: '/' })).toBe(404);
    expect(await knock({ path: '/ws?x=1' })).toBe(404);
  });
});

describe('limits', () => {
  test('REQ-SRV-08 a message of the largest size passes, one byte more ends that console and no other', async () => {
    const [big, other] = [await opened(), await opened()];
    big.send('x'.repeat(MESSAGE_MAX_BYTES));
    expect(await nextMessage(big)).toHaveLength(MESSAGE_MAX_BYTES);
    big.send('x'.repeat(MESSAGE_MAX_BYTES + 1));
    expect(await closing(big)).toBe(1009);
    other.send('still here');
    expect(await nextMessage(other)).toBe('STILL HERE');
    expect(heard.map((text) => text.length)).toEqual([MESSAGE_MAX_BYTES, 10]);
  });

  test('REQ-SRV-08 binary frames are refused', async () => {
    const socket = await opened();
    socket.send(Buffer.from('text?'));
    expect(await closing(socket)).toBe(1003);
    expect(heard).toEqual([]);
  });

  test('REQ-SRV-09 the seventeenth console is refused, and let in when another has gone', async () => {
    const sockets = await Promise.all(Array.from({ length: CLIENTS_MAX }, () => opened()));
    expect(await knock()).toBe(503);
    sockets[0]?.close();
    await until(() => closed === 1);
    (await opened()).terminate();
    expect(ports).toHaveLength(CLIENTS_MAX + 1);
  });

  test('REQ-SRV-10 a console that gives no sign of life is dropped, a living one is not', async () => {
    const quick = await start({ heartbeatEveryMs: 250 });
    const at = `127.0.0.1:${new URL(quick.url).port}`;
    const living = new WebSocket(`ws://${at}/ws`, ['haven', quick.token], { origin: `http://${at}` });
    const dead = new WebSocket(`ws://${at}/ws`, ['haven', quick.token], { origin: `http://${at}`, autoPong: false });
    await closing(dead);
    await until(() => closed === 1);
    expect(logged).toEqual(['dropped a console that gave no sign of life']);
    living.send('here');
    expect(await nextMessage(living)).toBe('HERE');
    await quick.close();
  });

  test('REQ-SRV-10 a console that stops reading is dropped before it fills the memory', async () => {
    const socket = await opened();
    socket.pause();
    const megabyte = 'x'.repeat(1_000_000);
    const [wire] = ports;
    for (let sent = 0; sent < 60 && closed === 0; sent += 1) {
      wire?.send(megabyte);
      await new Promise((resume) => setImmediate(resume));
    }
    await until(() => closed === 1);
    expect(logged).toEqual(['dropped a console that could not keep up']);
    socket.terminate();
  });
});

describe('start and end', () => {
  test('REQ-SRV-11 a taken port is a sentence, not an exception', async () => {
    const second = await serveConsole({ port, consoleDir: root, csp: CSP, connect: hear, log: () => undefined });
    expect(second).toMatchObject({ ok: false, problem: { code: 'port-taken' } });
    if (!second.ok) expect(second.problem.message.en).toBe(`Port ${String(port)} is in use, perhaps by another Haven. Stop that program or choose another port.`);
  });

  test.each([
    [{ port: 70_000 }, 'bad-port'],
    [{ port: -1 }, 'bad-port'],
    [{ port: Number.NaN }, 'bad-port'],
    [{ port: 0, host: '0.0.0.0' }, 'no-address'],
    [{ port: 0, host: '192.168.1.5' }, 'no-address'],
  ])('REQ-SRV-11 %j is refused', async (options, code) => {
    expect(await serveConsole({ consoleDir: root, csp: CSP, connect: hear, log: () => undefined, ...options })).toMatchObject({ ok: false, problem: { code } });
  });

  test('REQ-SRV-12 closing ends every console and leaves no listener', async () => {
    const socket = await opened();
    const idle = connectTcp(port, '127.0.0.1');
    idle.on('error', () => undefined);
    await new Promise((resolve) => idle.once('connect', resolve));
    const ended = closing(socket);
    await served.close();
    await ended;
    expect(closed).toBe(1);
    const reason = await new Promise<string>((resolve) => connectTcp(port, '127.0.0.1').once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? '')));
    expect(reason).toBe('ECONNREFUSED');
    idle.destroy();
  });
});
