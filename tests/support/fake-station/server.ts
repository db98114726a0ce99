/**
 * A scripted station for the console's own tests: serves the built console with the real CSP and plays hand-written
 * scenes over the real protocol. It decides nothing and simulates nothing.
 *
 * By hand: `node tests/support/fake-station/server.ts upset 8099`
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Request, Response } from '../../../src/contract/envelope.ts';
import type { AlarmsDelta, View } from '../../../src/contract/view.ts';
import { PLANT } from './plant.ts';
import { alarmsSection, REFUSED_ENTRY, SCENES, valueAt, viewOf } from './scenes.ts';
import type { Scene } from './scenes.ts';

export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const CONSOLE_DIR = fileURLToPath(new URL('../../../.vite/renderer/console/', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json' };
const TOKEN = 'fake-station-token';
const PUSH_EVERY_MS = 500;

type Wire = [number | boolean | null, 'good' | 'uncertain' | 'stale' | 'bad', number | null];

export class FakeStation {
  /** Every request received, for assertions. */
  readonly requests: Request[] = [];
  /** When true, connections are refused and dropped. */
  private down = false;
  /** When true, requests are heard and not answered. */
  silent = false;
  private scene: Scene = 'normal';
  private startedMs = Date.now();
  private view: View;
  private readonly answered = new Map<string, Response>();
  private readonly sockets = new Map<WebSocket, { seq: number }>();
  private readonly http: Server;
  private readonly wss: WebSocketServer;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.view = viewOf(this.scene, Date.now(), this.startedMs);
    this.http = createServer((request, response) => serveFile(request, response));
    this.wss = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => (protocols.has('haven') ? 'haven' : false) });
    this.http.on('upgrade', (request, socket, head) => {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
      if (this.down || request.url !== '/ws' || !offered.includes(TOKEN)) { socket.destroy(); return; }
      this.wss.handleUpgrade(request, socket, head, (ws) => this.welcome(ws));
    });
  }

  async start(scene: Scene = 'normal', port = 0): Promise<string> {
    this.play(scene);
    await new Promise<void>((resolve) => this.http.listen(port, '127.0.0.1', resolve));
    this.timer = setInterval(() => this.pushAll({}), PUSH_EVERY_MS);
    return this.url();
  }

  url(): string {
    // listen() on a port gives an AddressInfo, never a pipe name.
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/#token=${TOKEN}`;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    for (const ws of this.sockets.keys()) ws.terminate();
    this.wss.close();
    this.http.closeAllConnections();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
  }

  /** Shows a scene from its beginning. */
  play(scene: Scene): void {
    this.scene = scene;
    this.startedMs = Date.now();
    this.view = viewOf(scene, this.startedMs, this.startedMs);
    this.pushAll(this.view);
  }

  setLink(up: boolean): void {
    this.down = !up;
    if (this.down) for (const ws of this.sockets.keys()) ws.terminate();
  }

  /** Sends a push whose number leaves a hole, as a slow console would see it. */
  skipOne(): void {
    for (const session of this.sockets.values()) session.seq += 1;
  }

  private welcome(ws: WebSocket): void {
    this.sockets.set(ws, { seq: 0 });
    ws.on('message', (data) => this.hear(ws, String(data)));
    ws.on('close', () => this.sockets.delete(ws));
  }

  private hear(ws: WebSocket, json: string): void {
    const request = JSON.parse(json) as Request;
    this.requests.push(request);
    if (this.silent) return;
    const answer = this.answered.get(request.id) ?? this.answer(ws, request);
    if (request.command !== 'view.snapshot') this.answered.set(request.id, answer);
    ws.send(JSON.stringify(answer));
  }

  private answer(ws: WebSocket, { id, command, input }: Request): Response {
    const done = (output: unknown): Response => ({ kind: 'response', id, outcome: 'done', output });
    const now = Date.now();
    switch (command) {
      case 'view.snapshot': return done({ seq: this.sockets.get(ws)?.seq ?? 0, nowMs: now, view: this.view, values: this.values(now) });
      case 'history.read': return done({ series: this.history(input as { tags: string[]; fromMs: number; toMs: number }) });
      case 'alarm.history': return done({ events: this.view.alarms.history, next: null });
      case 'journal.verify': return done({ verdict: 'sound', records: 1_284 });
      case 'retreat.stop': case 'retreat.evacuate': return this.retreat(command === 'retreat.stop' ? 'stop' : 'evacuate', now, done);
      case 'people.enter': return { kind: 'response', id, outcome: 'refused', refusal: REFUSED_ENTRY };
      case 'bypass.request': return done({ bypass: 'B-0008' });
      case 'procedure.return': return done({ closed: false });
      case 'procedure.confirm': return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-signature', message: '' } };
      case 'training.start': this.play('upset'); return done({});
      case 'training.end': this.play('normal'); return done({});
      case 'alarm.acknowledge': this.acknowledge((input as { alarms: string[] }).alarms, now); return done({});
      default: return done({});
    }
  }

  private retreat(kind: 'stop' | 'evacuate', now: number, done: (output: unknown) => Response): Response {
    const actedOn = this.view.station.mode === 'TRAINING' ? 'simulator' as const : 'people' as const;
    this.change({ upset: { ...this.view.upset, retreats: [{ kind, atMs: now, by: '控制台', actedOn }, ...this.view.upset.retreats] } });
    return done({ atMs: now, actedOn });
  }

  private acknowledge(ids: readonly string[], now: number): void {
    const { active, shelved, suppressed, outOfService, version } = this.view.alarms;
    const answered = active.map((alarm) => (ids.includes(alarm.id) ? { ...alarm, state: 'acknowledged' as const, acknowledged: true, acknowledgedMs: now, acknowledgedBy: '张操作', answeredInTime: now <= alarm.answerByMs } : alarm));
    const kept = answered.filter((alarm) => alarm.active || alarm.latched || !alarm.acknowledged);
    const removed = active.map(({ id }) => id).filter((id) => !kept.some((alarm) => alarm.id === id));
    const section = { ...alarmsSection(kept, [...shelved, ...suppressed, ...outOfService], now, version + 1), history: this.view.alarms.history };
    const { version: _version, active: _active, shelved: _shelved, suppressed: _suppressed, outOfService: _outOfService, history: _history, ...head } = section;
    this.view = { ...this.view, alarms: section };
    this.pushAll({}, { from: version, version: section.version, changed: kept.filter(({ id }) => ids.includes(id)), removed, history: [], head });
  }

  private change(sections: Partial<View>): void {
    this.view = { ...this.view, ...sections };
    this.pushAll(sections);
  }

  private pushAll(sections: Partial<View>, alarms?: AlarmsDelta): void {
    const now = Date.now();
    const link = { ...this.view.link, lastDataMs: now - 300 };
    this.view = { ...this.view, link };
    for (const [ws, session] of this.sockets) {
      session.seq += 1;
      ws.send(JSON.stringify({ kind: 'push', seq: session.seq, nowMs: now, sections: { ...sections, link }, ...(alarms === undefined ? {} : { alarms }), values: this.values(now), dropped: 0 }));
    }
  }

  private values(now: number): Record<string, Wire> {
    return Object.fromEntries(PLANT.tags.map(({ id }): [string, Wire] => {
      const [value, quality] = valueAt(id, this.scene, now, this.startedMs);
      return [id, [value, quality, quality === 'good' ? now - 400 : this.startedMs - 28_000]];
    }));
  }

  private history({ tags, fromMs, toMs }: { tags: string[]; fromMs: number; toMs: number }): { tag: string; points: [number, number | null][] }[] {
    const stepMs = Math.max(2_000, Math.floor((toMs - fromMs) / 600));
    return tags.map((tag) => ({
      tag,
      points: Array.from({ length: Math.floor((toMs - fromMs) / stepMs) }, (_, index): [number, number | null] => {
        const ms = fromMs + index * stepMs;
        const [value, quality] = valueAt(tag, this.scene, ms, this.startedMs);
        // A hole of half a minute in every trend, so that gaps are always looked at.
        return [ms, quality === 'stale' || quality === 'bad' ? (ms < this.startedMs - 28_000 ? Number(value) * 1.4 : null) : ms % 600_000 < 30_000 ? null : Number(value)];
      }),
    }));
  }
}

function serveFile(request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
  const file = join(CONSOLE_DIR, path.endsWith('/') ? `${path}index.html` : path);
  response.setHeader('Content-Security-Policy', CSP);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!file.startsWith(CONSOLE_DIR) || !existsSync(file) || !statSync(file).isFile()) { response.writeHead(404).end(); return; }
  response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const scene = SCENES.find((each) => each === process.argv[2]) ?? 'normal';
  console.log(await new FakeStation().start(scene, Number(process.argv[3] ?? 8099)));
}
