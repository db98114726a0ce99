/**
 * Abuse over real WebSockets, at the whole station: forged session, two consoles racing, a flood of 100,000 messages. What an emergency
 * stop waits for in the midst of it is measured. No plant is there: the station has no link, and everything is unknown.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Push, Response } from '../../src/contract/envelope.ts';
import { serveConsole } from '../../src/main/serve/serve-console.ts';
import type { ConsoleServer } from '../../src/main/serve/serve-console.ts';
import { startStation } from '../../src/main/station/index.ts';
import type { Station } from '../../src/main/station/index.ts';
import { TRAINING_SECRET } from '../../src/main/users/users.ts';

const ROOT = join(import.meta.dirname, '../..');
const FLOOD = 100_000;
/** A person holds the button for a second; what comes on top must not be felt. Generous, for a machine that is shared: alone it is a tenth. Behind the whole flood it would be ten seconds and more. */
const ELSEWHERE_WITHIN_MS = 4_000;
const OWN_WITHIN_MS = 20_000;

let dir: string;
let station: Station;
let served: ConsoleServer;
const open: Wire[] = [];
let count = 0;

/** A console's page, without the page. */
class Wire {
  readonly socket: WebSocket;
  readonly pushes: Push[] = [];
  readonly #waiting = new Map<string, (answer: Response) => void>();
  answers = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    open.push(this);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Response | Push;
      if (message.kind === 'push') { this.pushes.push(message); return; }
      this.answers += 1;
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    });
  }

  static async open(token = served.token): Promise<Wire> {
    const port = new URL(served.url).port;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['haven', token], { origin: `http://127.0.0.1:${port}` });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Wire(socket);
  }

  ask(command: string, input: unknown = {}): Promise<Response> {
    const id = `request-${String((count += 1))}`;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ kind: 'request', id, command, input }));
    });
  }

  /** Both, and how long the slower took. */
  async retreats(): Promise<number> {
    const before = station.core.state.retreats.length;
    const fromMs = performance.now();
    const answers = await Promise.all([this.ask('retreat.stop'), this.ask('retreat.evacuate')]);
    const tookMs = performance.now() - fromMs;
    expect(answers).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(station.core.state.retreats.length).toBeGreaterThanOrEqual(Math.min(50, before + 2));
    return tookMs;
  }
}

const records = (type: string) => station.core.tail.filter(({ fact }) => fact.type === type).map(({ fact }) => fact);
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
async function until(what: () => boolean): Promise<void> { while (!what()) await pause(10); }

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'haven-abuse-'));
  mkdirSync(join(dir, 'console'));
  writeFileSync(join(dir, 'console/index.html'), '<!doctype html>');
  const started = await startStation({ dataDir: join(dir, 'data'), plant: 'h2o2', training: true, rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), endpoint: 'opc.tcp://127.0.0.1:9/none' });
  if (!started.ok) throw new Error(started.problem.message);
  station = started.station;
  const host = await serveConsole({ port: 0, consoleDir: join(dir, 'console'), csp: "default-src 'none'", connect: (port) => station.connect(port), log: () => undefined });
  if (!host.ok) throw new Error(host.problem.message.en);
  served = host.value;
}, 60_000);
afterEach(() => { for (const wire of open.splice(0)) wire.socket.terminate(); });
afterAll(async () => {
  await served.close();
  await station.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('REQ-ABU-01 forged session, over a real wire', () => {
  test('a foreign token gets no wire, a forged ticket no person, a push of one’s own no hearing', async () => {
    await expect(Wire.open('x'.repeat(43))).rejects.toThrow();
    const wire = await Wire.open();
    expect(await wire.ask('session.resume', { ticket: 'f'.repeat(43) })).toMatchObject({ outcome: 'failed', problem: { code: 'log-on-ended' } });
    wire.socket.send(JSON.stringify({ kind: 'push', seq: 1, session: { user: 'sup1', name: 'x', roles: ['supervisor'], locked: false, lockAtMs: 1 } }));
    await wire.ask('view.snapshot');
    await until(() => wire.pushes.length > 0);
    expect(wire.pushes.at(-1)?.session).toBe(null);
    expect(records('access.refused').map(({ data }) => data)).toEqual(expect.arrayContaining([{ command: 'session.resume', code: 'log-on-ended', count: 1 }, { command: null, code: 'bad-envelope', count: 1 }]));
    await wire.retreats();
  });

  test('REQ-SES-04 the ticket of a page that is gone carries its person to the next connection; each console is told of its own only', async () => {
    const [first, other] = [await Wire.open(), await Wire.open()];
    const answer = await first.ask('session.logOn', { user: 'op1', secret: TRAINING_SECRET });
    expect(answer).toMatchObject({ outcome: 'done' });
    const { ticket } = (answer as { output: { ticket: string } }).output;
    for (const wire of [first, other]) await wire.ask('view.snapshot');
    await until(() => first.pushes.length > 0 && other.pushes.length > 0);
    expect([first.pushes.at(-1)?.session?.user, other.pushes.at(-1)?.session]).toEqual(['op1', null]);
    first.socket.terminate();
    await pause(50);
    const again = await Wire.open();
    expect(await again.ask('session.resume', { ticket })).toMatchObject({ outcome: 'done' });
    expect(await again.ask('view.snapshot')).toMatchObject({ output: { session: { user: 'op1', locked: false } } });
    expect(records('session.resumed')[0]?.data).toEqual({ user: 'op1', tookOver: false });
    await again.retreats();
  });
});

describe('REQ-ABU-07 two consoles racing, over real wires', () => {
  test('the watch taken by two at once ends with one of them, both on record; stops of both are both done', async () => {
    const [a, b] = [await Wire.open(), await Wire.open()];
    const asked = await Promise.all([a.ask('post.watch', { signature: { user: 'op1', secret: TRAINING_SECRET } }), b.ask('post.watch', { signature: { user: 'op2', secret: TRAINING_SECRET } })]);
    expect(asked.some(({ outcome }) => outcome === 'done')).toBe(true);
    expect(['op1', 'op2']).toContain(station.core.state.watch?.user);
    await Promise.all([a.retreats(), b.retreats()]);
  });
});

describe('REQ-ABU-08 a flood over a real wire', () => {
  test.each([
    ['small honest ones', () => JSON.stringify({ kind: 'request', id: `flood-${String((count += 1))}`, command: 'alarm.acknowledge', input: { alarms: ['none'] } }), FLOOD, 500],
    ['garbage', () => '{"kind":"request","id":"', FLOOD, 500],
    ['large ones', () => JSON.stringify({ kind: 'request', id: `flood-${String((count += 1))}`, command: 'seen.report', input: { observation: 'x', present: true, note: 'n'.repeat(200_000) } }), 1_000, 5],
  ])('3.4 of %s: another console’s stop does not feel it, its own comes through, the journal does not swell', async (_what, message, howMany, atOnce) => {
    const [flooder, honest] = [await Wire.open(), await Wire.open()];
    const before = station.core.tail[0]?.n ?? 0;
    let sent = 0;
    const pour = async (): Promise<void> => { for (; sent < howMany; sent += 1) { flooder.socket.send(message()); if (sent % atOnce === atOnce - 1) await new Promise((resume) => setImmediate(resume)); } };
    const pouring = pour();
    const elsewhere: number[] = [];
    // Behind all that it has sent itself: it waits its turn on the wire, and is not turned away.
    const own: number[] = [];
    while (sent < howMany) { elsewhere.push(await honest.retreats()); own.push(await flooder.retreats()); await pause(50); }
    await pouring;
    own.push(await flooder.retreats());
    expect(flooder.socket.readyState).toBe(flooder.socket.OPEN);
    expect(Math.max(...elsewhere)).toBeLessThan(ELSEWHERE_WITHIN_MS);
    expect(Math.max(...own)).toBeLessThan(OWN_WITHIN_MS);
    expect((station.core.tail[0]?.n ?? 0) - before).toBeLessThan(1_000 + 40 * elsewhere.length);
    expect(await honest.ask('session.logOn', { user: 'eng1', secret: TRAINING_SECRET })).toMatchObject({ outcome: 'done' });
    console.log(`flood of ${String(howMany)}: another console's stop at most ${Math.max(...elsewhere).toFixed(0)} ms (${String(elsewhere.length)} times), its own ${Math.max(...own).toFixed(0)} ms`);
  }, 120_000);

  test('3.4 one message too long ends that console only; nobody else notices', async () => {
    const [wild, honest] = [await Wire.open(), await Wire.open()];
    wild.socket.on('error', () => undefined);
    wild.socket.send('x'.repeat(1024 * 1024));
    await until(() => wild.socket.readyState === wild.socket.CLOSED);
    await honest.retreats();
  });
});
