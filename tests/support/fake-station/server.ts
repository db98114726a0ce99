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
import type { SessionView } from '../../../src/contract/session.ts';
import type { CommandInput, CommandOutput } from '../../../src/contract/commands.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import type { AlarmChange, AlarmEventView, AlarmsDelta, AlarmView, ProcedureView, StepView, View } from '../../../src/contract/view.ts';
import { action } from './actions.ts';
import { followUp, said } from './aftermath.ts';
import { FakeIncidents, FakeReports } from './incidents.ts';
import { PLANT } from './plant.ts';
import { adviceOf, decomposing, pageOf } from './procedures.ts';
import { REFUSED_POST } from './handover.ts';
import { alarmsSection, floodRow, REFUSED_ENTRY, SCENES, valueAt, viewOf } from './scenes.ts';
import type { Scene } from './scenes.ts';
import { answerTraining, REFUSED_INSTRUCTOR } from './training.ts';

export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const CONSOLE_DIR = fileURLToPath(new URL('../../../.vite/renderer/console/', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json' };
const TOKEN = 'fake-station-token';
const PUSH_EVERY_MS = 500;
const LISTS = ['active', 'shelved', 'suppressed', 'outOfService'] as const;

type Wire = [number | boolean | null, 'good' | 'uncertain' | 'stale' | 'bad', number | null];

const PEOPLE: Readonly<Record<string, Pick<SessionView, 'name' | 'roles'>>> = { zhang: { name: '张操作', roles: ['operator'] }, wang: { name: '王班长', roles: ['supervisor'] }, li: { name: '李工', roles: ['engineer'] }, chen: { name: '陈教员', roles: ['instructor'] } };
export const personOf = (user: string, locked = false): SessionView => ({ user, ...(PEOPLE[user] ?? { name: user, roles: [] }), locked, lockAtMs: Date.now() + 600_000 });

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
  /** The whole alarm history, newest first, numbered. */
  private events: AlarmEventView[] = [];
  /** Incidents with their time lines, as a journal would have them. */
  incidents = new FakeIncidents(Date.now(), false);
  readonly reports = new FakeReports();
  /** When true, a report stays at half of its way until `finishReport`. */
  holdsReport = false;
  private report: CommandInput<'report.make'> | null = null;
  private readonly answered = new Map<string, Response>();
  /** Who is logged on at a console that connects; null = nobody. */
  person: SessionView | null = personOf('zhang');
  private readonly sockets = new Map<WebSocket, { seq: number; session: SessionView | null }>();
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
    this.incidents = new FakeIncidents(this.startedMs, this.view.incident.current !== null);
    const { history } = this.view.alarms;
    this.events = history.map((event, index) => ({ ...event, n: history.length - index }));
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
    this.sockets.set(ws, { seq: 0, session: this.person });
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
      case 'view.snapshot': return done({ seq: this.sockets.get(ws)?.seq ?? 0, nowMs: now, view: this.view, values: this.values(now), session: this.sockets.get(ws)?.session ?? null });
      case 'session.logOn': case 'session.changeSecret': return this.showSecret(ws, id, command, input as { user: string; secret: string });
      case 'session.resume': this.logOnAt(ws, this.person); return done({});
      case 'session.logOff': this.logOnAt(ws, null); return done({});
      case 'history.read': return done({ series: this.history(input as { tags: string[]; fromMs: number; toMs: number }) });
      case 'alarm.history': return done(this.alarmHistory(input as CommandInput<'alarm.history'>));
      case 'alarm.shelve': return this.shelve(id, input as CommandInput<'alarm.shelve'>, now);
      case 'alarm.unshelve': this.changeAlarms((input as CommandInput<'alarm.unshelve'>).alarms, 'unshelved', (alarm) => ({ ...alarm, list: 'active', shelved: null })); return done({});
      case 'alarm.outOfService': { const { alarm: which, permit, reason } = input as CommandInput<'alarm.outOfService'>; this.changeAlarms([which], 'outOfService', (alarm) => ({ ...alarm, list: 'outOfService', outOfService: { by: '李工', permit, reason, sinceMs: now } })); return done({}); }
      case 'alarm.inService': this.changeAlarms([(input as CommandInput<'alarm.inService'>).alarm], 'inService', (alarm) => ({ ...alarm, list: 'active', outOfService: null })); return done({});
      case 'alarm.cause': { const { alarm: which, text: words } = input as CommandInput<'alarm.cause'>; this.changeAlarms([which], 'cause', (alarm) => ({ ...alarm, clearing: { cause: { text: words, by: '李工', atMs: now }, confirmation: alarm.clearing?.confirmation ?? null } })); return done({}); }
      case 'alarm.confirmOnSite': { const { alarm: which, text: words } = input as CommandInput<'alarm.confirmOnSite'>; this.changeAlarms([which], 'confirmed', (alarm) => ({ ...alarm, clearing: { cause: alarm.clearing?.cause ?? null, confirmation: { text: words, by: '张操作', atMs: now } }, may: { ...alarm.may, reset: { allowed: true } } })); return done({}); }
      case 'alarm.reset': this.changeAlarms((input as CommandInput<'alarm.reset'>).alarms, 'reset', () => null); return done({});
      case 'journal.verify': return done({ verdict: 'sound', records: this.view.station.journal.records });
      case 'incident.list': return done(this.incidents.list(input as CommandInput<'incident.list'>));
      case 'incident.events': return this.orNotFound(id, this.incidents.events(input as CommandInput<'incident.events'>));
      case 'report.make': return done({ report: this.makeReport(input as CommandInput<'report.make'>) });
      case 'report.cancel': this.endReport({ incident: this.view.reports.running?.incident ?? '', reason: { zh: '已按要求取消', en: 'Cancelled on request' } }); return done({});
      case 'report.read': return this.orNotFound(id, this.reports.read(input as CommandInput<'report.read'>));
      case 'retreat.stop': case 'retreat.evacuate': return this.retreat(command === 'retreat.stop' ? 'stop' : 'evacuate', now, done);
      case 'people.enter': return { kind: 'response', id, outcome: 'refused', refusal: REFUSED_ENTRY };
      case 'camera.outage': return done({ outage: 'CO-2' });
      case 'action.open': { const { signature, procedures, ...rest } = input as CommandInput<'action.open'>; const number = `CA-${this.view.actions.open.length + this.view.actions.closed.length + 1}`; this.changeActions((open) => [...open, action(now, number, { ...rest, incident: rest.incident ?? null, procedures: procedures.map((each) => ({ id: each, title: { zh: each, en: each } })), openedBy: signature.user, openedMs: now })]); return done({ action: number }); }
      case 'action.reschedule': { const { action: which, dueMs, reason, signature } = input as CommandInput<'action.reschedule'>; this.changeActions((open) => open.map((each) => (each.id === which ? { ...each, dueMs, overdue: false, movable: false, extended: [{ fromMs: each.dueMs, toMs: dueMs, reason, by: signature.user, atMs: now }] } : each))); return done({}); }
      case 'action.close': {
        const { action: which, evidence, signature } = input as CommandInput<'action.close'>;
        const found = this.view.actions.open.find((each) => each.id === which);
        if (found?.responsible === this.somebody(signature.user).name) return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-input', message: `${signature.user} is responsible for ${which}` } };
        if (found !== undefined) this.changeActions((open) => open.filter((each) => each !== found), [{ ...found, overdue: false, movable: false, closed: { by: signature.user, atMs: now, evidence } }]);
        return done({});
      }
      case 'analysis.chain': case 'analysis.why': case 'analysis.root': case 'analysis.factor': case 'analysis.answer': case 'analysis.withdraw': case 'analysis.conclude': return this.analyse(id, command, input as { incident: string }, now);
      case 'followUp.open': { const { signature, procedures, incident, ...rest } = input as CommandInput<'followUp.open'>; this.change({ followUps: { ...this.view.followUps, open: [...this.view.followUps.open, followUp(now, 'FU-9', { ...rest, incident: incident ?? null, procedures: procedures.map((each) => ({ id: each, title: { zh: each, en: each } })), openedBy: signature.user, openedMs: now })] } }); return done({ followUp: 'FU-9' }); }
      case 'followUp.done': {
        const { followUp: which, signature, ...evidence } = input as CommandInput<'followUp.done'>;
        const found = this.view.followUps.open.find((each) => each.id === which);
        if (found?.responsible === this.somebody(signature.user).name) return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-input', message: `${signature.user} is responsible for ${which}` } };
        if (found !== undefined) this.change({ followUps: { open: this.view.followUps.open.filter((each) => each !== found), over: [{ ...found, overdue: false, done: { by: signature.user, atMs: now, ...evidence } }, ...this.view.followUps.over], overdue: 0 } });
        return done({});
      }
      case 'bypass.request': return done({ bypass: 'B-0008' });
      case 'procedure.return': return done({ closed: false });
      case 'procedure.confirm': return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-signature', message: '' } };
      case 'procedure.advice': return done({ procedures: adviceOf(now, this.view.upset.procedures) });
      case 'procedure.page': { const page = pageOf((input as CommandInput<'procedure.page'>).procedure, now); return page === undefined ? { kind: 'response', id, outcome: 'failed', problem: { code: 'not-found', message: '' } } : done({ procedure: page }); }
      case 'procedure.raise': return done({ instance: this.raiseByHand((input as CommandInput<'procedure.raise'>).procedure, now) });
      case 'procedure.acknowledge': { const { instance, items } = input as CommandInput<'procedure.acknowledge'>; this.changeSteps(instance, (step) => ({ ...step, cautions: step.cautions.map((each) => (items.includes(each.id) ? { ...each, readBy: '控制台' } : each)) })); return done({}); }
      case 'procedure.suspend': { const { instance, reason } = input as CommandInput<'procedure.suspend'>; this.changeProcedure(instance, (each) => ({ ...each, suspended: { by: '控制台', reason, atMs: now } })); return done({}); }
      case 'procedure.start': this.changeProcedure((input as CommandInput<'procedure.start'>).instance, (each) => ({ ...each, place: 'retreating' })); return done({});
      case 'procedure.resume': this.changeProcedure((input as CommandInput<'procedure.resume'>).instance, (each) => ({ ...each, suspended: null })); return done({});
      case 'procedure.own': this.changeProcedure((input as CommandInput<'procedure.own'>).instance, (each) => ({ ...each, owner: { user: 'zhang', name: '张操作', atMs: now } })); return done({});
      case 'post.commander': case 'post.watch': this.post(command === 'post.commander' ? 'commander' : 'watch', (input as CommandInput<'post.watch'>).signature.user, now); return done({});
      case 'post.handOver': {
        const { post, from, to } = input as CommandInput<'post.handOver'>;
        if (this.view.people[post]?.user !== from.user) return { kind: 'response', id, outcome: 'refused', refusal: REFUSED_POST };
        this.post(post, to.user, now);
        return done({});
      }
      case 'post.relieve': { const { post, to } = input as CommandInput<'post.relieve'>; this.post(post, to.user, now); return done({}); }
      case 'shift.handOver': return this.handOver(id, input as CommandInput<'shift.handOver'>, now);
      case 'training.start':
        if (this.view.training.apart !== null && this.sockets.get(ws)?.session?.roles.includes('instructor') !== true) return { kind: 'response', id, outcome: 'refused', refusal: REFUSED_INSTRUCTOR };
        this.beginExercise((input as CommandInput<'training.start'>).scenario);
        return done({});
      case 'training.end': this.endExercise(now); return done({});
      case 'training.speed': this.change({ training: { ...this.view.training, speed: (input as CommandInput<'training.speed'>).speed } }); return done({});
      case 'training.join': { const { post } = input as CommandInput<'training.join'>; const { user, name } = this.sockets.get(ws)?.session ?? personOf('zhang'); this.change({ training: { ...this.view.training, participants: [...this.view.training.participants.filter((each) => each.user !== user && each.post !== post), { user, name, post }] } }); return done({}); }
      case 'alarm.acknowledge': this.acknowledge((input as { alarms: string[] }).alarms, now); return done({});
      default: return done(answerTraining(command, input, this.view.training.running !== null) ?? {});
    }
  }

  private beginExercise(scenario: string): void {
    const { scenarios, past } = this.view.training;
    this.play('upset');
    const { training } = this.view;
    this.change({ training: { ...training, scenarios, past, running: training.running === null ? null : { ...training.running, scenario } } });
  }

  private endExercise(now: number): void {
    const { scenarios, past, running } = this.view.training;
    this.play('normal');
    const title = scenarios.find(({ id }) => id === running?.scenario)?.title ?? { zh: '', en: '' };
    this.change({ training: { ...this.view.training, scenarios, past: running === null ? past : [{ exercise: running.exercise, scenario: running.scenario, title, endedMs: now, total: 92, passed: true }, ...past] } });
  }

  /** `wrong` is a wrong secret, `given` one that must be changed; every other one is right. */
  private showSecret(ws: WebSocket, id: string, command: string, { user, secret }: { user: string; secret: string }): Response {
    if (secret === 'wrong') return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-signature', message: '' } };
    if (command === 'session.changeSecret') return { kind: 'response', id, outcome: 'done', output: {} };
    if (secret === 'given') return { kind: 'response', id, outcome: 'failed', problem: { code: 'must-change', message: '' } };
    this.logOnAt(ws, personOf(user));
    return { kind: 'response', id, outcome: 'done', output: { ticket: 't'.repeat(43) } };
  }

  private logOnAt(ws: WebSocket, person: SessionView | null): void {
    const console = this.sockets.get(ws);
    if (console !== undefined) console.session = person;
    this.pushAll({});
  }

  /** The same at every console. */
  logOn(person: SessionView | null): void {
    this.person = person;
    for (const ws of this.sockets.keys()) this.logOnAt(ws, person);
  }

  private somebody(user: string): { user: string; name: string } {
    return { user, name: this.view.station.accounts.find((each) => each.user === user)?.name ?? user };
  }

  private post(post: 'commander' | 'watch', user: string, now: number): void {
    this.change({ people: { ...this.view.people, [post]: { ...this.somebody(user), sinceMs: now } } });
  }

  private handOver(id: string, { items: ticked, notes, from, to }: CommandInput<'shift.handOver'>, now: number): Response {
    const { items, past } = this.view.handover;
    const missing = items.filter((item) => !ticked.includes(item.id));
    if (missing.length > 0) return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-input', message: missing.map(({ text }) => text.zh).join('; ') } };
    const [giver, taker] = [this.somebody(from.user), this.somebody(to.user)];
    this.change({ handover: { items, shift: { ...taker, sinceMs: now, from: giver }, past: [{ atMs: now, from: giver, to: taker, notes, count: items.length, items: items.map(({ text }) => text) }, ...past] } });
    return { kind: 'response', id, outcome: 'done', output: {} };
  }

  /** Changes one running procedure; suspended ones stand last, as the station orders them. */
  changeProcedure(instance: string, to: (procedure: ProcedureView) => ProcedureView): void {
    const procedures = this.view.upset.procedures.map((each) => (each.instance === instance ? to(each) : each));
    this.change({ upset: { ...this.view.upset, procedures: procedures.toSorted((a, b) => Number(a.suspended !== null) - Number(b.suspended !== null)) } });
  }

  changeSteps(instance: string, to: (step: StepView) => StepView): void {
    this.changeProcedure(instance, (each) => ({ ...each, steps: each.steps.map(to), handling: each.handling.map(to) }));
  }

  /** A procedure that is more urgent than all that run. */
  raiseUrgent(): void {
    this.change({ upset: { ...this.view.upset, procedures: [decomposing(Date.now()), ...this.view.upset.procedures] } });
  }

  /** A refusal stands where its button is: at an interlock, at a zone, or at the way back of a procedure. */
  refuse(refusal: Refusal): void {
    const verdict = { allowed: false as const, refusal };
    const { interlocks, people, upset } = this.view;
    switch (refusal.direction) {
      case 'sustain': this.change({ interlocks: { ...interlocks, interlocks: interlocks.interlocks.map((each) => ({ ...each, sustain: verdict })) } }); return;
      case 'intervene': this.change({ people: { ...people, zones: people.zones.map((each) => ({ ...each, enter: verdict })) } }); return;
      case 'return': this.change({ upset: { ...upset, procedures: upset.procedures.map((each) => ({ ...each, wayBack: each.wayBack.map((way) => ({ ...way, verdict })) })) } }); return;
      case 'retreat': case 'hold': throw new Error('nobody refuses these');
    }
  }

  private raiseByHand(procedure: string, now: number): string {
    const page = pageOf(procedure, now);
    const instance = `${procedure}/1`;
    if (page !== undefined && !this.view.upset.procedures.some((each) => each.instance === instance)) this.change({ upset: { ...this.view.upset, procedures: [...this.view.upset.procedures, { ...page, instance, place: 'raised', raisedMs: now }] } });
    return instance;
  }

  private shelve(id: string, { alarms, reason, forMs }: CommandInput<'alarm.shelve'>, now: number): Response {
    const refused = this.view.alarms.active.find((alarm) => alarms.includes(alarm.id) && alarm.may.shelve?.allowed === false);
    if (refused?.may.shelve?.allowed === false) return { kind: 'response', id, outcome: 'refused', refusal: refused.may.shelve.refusal };
    this.changeAlarms(alarms, 'shelved', (alarm) => ({ ...alarm, list: 'shelved', shelved: { untilMs: now + forMs, by: '张操作', reason, sinceMs: now } }));
    return { kind: 'response', id, outcome: 'done', output: {} };
  }

  private retreat(kind: 'stop' | 'evacuate', now: number, done: (output: unknown) => Response): Response {
    const actedOn = this.view.station.mode === 'TRAINING' ? 'simulator' as const : 'people' as const;
    this.change({ upset: { ...this.view.upset, retreats: [{ kind, atMs: now, by: '控制台', actedOn }, ...this.view.upset.retreats] } });
    return done({ atMs: now, actedOn });
  }

  private acknowledge(ids: readonly string[], now: number): void {
    this.changeAlarms(ids, 'acknowledged', (alarm) => (!alarm.active && !alarm.latched ? null : { ...alarm, state: 'acknowledged', acknowledged: true, acknowledgedMs: now, acknowledgedBy: '张操作', answeredInTime: now <= alarm.answerByMs }));
  }

  /** Changes alarms by id, as the station would: one delta with its head. Null takes the alarm away. */
  changeAlarms(ids: readonly string[], change: AlarmChange, to: (alarm: AlarmView) => AlarmView | null): void {
    const rows = new Map(LISTS.flatMap((list) => this.view.alarms[list].map((alarm) => [alarm.id, alarm] as const)));
    const before = ids.flatMap((id) => rows.get(id) ?? []);
    const after = before.map(to);
    this.applyAlarms(after.filter((alarm) => alarm !== null), before.filter((_, index) => after[index] === null).map(({ id }) => id), before.map((alarm) => [alarm, change]));
  }

  /** Raises alarms that were not there, or puts others in their place. */
  raise(...rows: readonly AlarmView[]): void {
    this.applyAlarms(rows, [], rows.map((alarm) => [alarm, 'raised']));
  }

  private applyAlarms(changed: readonly AlarmView[], removed: readonly string[], events: readonly (readonly [AlarmView, AlarmChange])[]): void {
    const { version, history: old, flood, floodState, ...lists } = this.view.alarms;
    const rows = new Map(LISTS.flatMap((list) => lists[list].map((alarm) => [alarm.id, alarm] as const)));
    for (const id of removed) rows.delete(id);
    for (const alarm of changed) rows.set(alarm.id, alarm);
    const all = [...rows.values()], now = Date.now();
    const history = events.map(([{ id, title, priority }, change]) => ({ n: null, atMs: now, id, title, priority, change, by: change === 'raised' ? null : '张操作' }));
    this.events.unshift(...history.map((event, index) => ({ ...event, n: this.events.length + history.length - index })));
    const section = { ...alarmsSection(all.filter(({ list }) => list === 'active'), all.filter(({ list }) => list !== 'active'), now, version + 1), flood, floodState, history: [...history, ...old].slice(0, 200) };
    const { version: _version, active: _active, shelved: _shelved, suppressed: _suppressed, outOfService: _outOfService, history: _history, ...head } = section;
    this.view = { ...this.view, alarms: section };
    this.pushAll({}, { from: version, version: section.version, changed: [...changed], removed: [...removed], history, head });
  }

  alarmVersion(): number { return this.view.alarms.version; }

  /** `perSecond` alarms change, in ten pushes a second as the station batches them. The answer ends it and says how many changed. */
  churn(perSecond: number): () => number {
    const atOnce = Math.ceil(perSecond / 10);
    let turn = 0;
    const timer = setInterval(() => {
      const { active } = this.view.alarms;
      const ids = Array.from({ length: atOnce }, (_, index) => active[(turn * atOnce + index * 97) % active.length]?.id ?? '');
      turn += 1;
      const now = Date.now();
      this.changeAlarms(ids, 'raisedAgain', (alarm) => ({ ...alarm, count: alarm.count + 1, raisedMs: now, sourceMs: now, answerByMs: now + 120_000, state: 'unacknowledged', acknowledged: false, acknowledgedMs: null, acknowledgedBy: null }));
    }, 100);
    return () => { clearInterval(timer); return turn * atOnce; };
  }

  private alarmHistory({ fromMs, toMs, cursor, limit, filter }: CommandInput<'alarm.history'>): CommandOutput<'alarm.history'> {
    const all = this.events.filter(({ atMs, n }) => atMs >= fromMs && atMs <= toMs && (cursor === undefined || (n ?? 0) < cursor));
    const page = all.slice(0, limit);
    const isWanted = ({ id, priority, change, by }: AlarmEventView): boolean => (filter.id === undefined || filter.id === id) && (filter.priority?.includes(priority) ?? true) && (filter.change?.includes(change) ?? true) && (filter.by === undefined || filter.by === by);
    // Like the station: a page looks at a bounded number of records, so after a filter it may be short or empty and still go on.
    return { events: page.filter(isWanted), next: all.length > page.length ? (page.at(-1)?.n ?? null) : null };
  }

  /** Fills the alarm history with `count` events, one a second, newest first. */
  fillHistory(count: number): void {
    const now = Date.now();
    this.events = Array.from({ length: count }, (_, index) => {
      const { id, title, priority } = floodRow(index % 500, now);
      const isRaise = index % 2 === 1;
      return { n: count - index, atMs: now - index * 1_000, id, title, priority, change: isRaise ? 'raised' as const : 'acknowledged' as const, by: isRaise ? null : '张操作' };
    });
  }

  private analyse(id: string, command: string, input: { incident: string }, now: number): Response {
    const { open, concluded } = this.view.analyses;
    const before = open.find(({ incident }) => incident === input.incident);
    if (before === undefined) return { kind: 'response', id, outcome: 'failed', problem: { code: 'not-found', message: `no analysis of ${input.incident}` } };
    if (command === 'analysis.conclude' && before.lacks.length > 0) return { kind: 'response', id, outcome: 'failed', problem: { code: 'bad-input', message: `4.5.3: missing: ${before.lacks.map(({ what, of }) => `${what} ${of ?? ''}`).join('; ')}` } };
    const after = said(now, before, command, input);
    const rest = open.filter((each) => each !== before);
    this.change({ analyses: after.concluded === null ? { open: [after, ...rest], concluded, overdue: [after, ...rest].filter(({ overdue }) => overdue).length } : { open: rest, concluded: [after, ...concluded], overdue: rest.filter(({ overdue }) => overdue).length } });
    return { kind: 'response', id, outcome: 'done', output: command === 'analysis.chain' ? { chain: after.chains.at(-1)?.id ?? '' } : command === 'analysis.factor' ? { factor: after.factors.at(-1)?.id ?? '' } : {} };
  }

  private orNotFound(id: string, output: unknown): Response {
    return output === null ? { kind: 'response', id, outcome: 'failed', problem: { code: 'not-found', message: '' } } : { kind: 'response', id, outcome: 'done', output };
  }

  /** A console of the same origin now hears the station of another journal. */
  changeJournal(genesis: string): void {
    this.change({ station: { ...this.view.station, journal: { ...this.view.station.journal, genesis } } });
  }

  /** The open incident has one record more. */
  goOn(): number {
    const records = this.incidents.goOn(Date.now());
    this.change({ station: { ...this.view.station, journal: { ...this.view.station.journal, records } } });
    return records;
  }

  private makeReport(asked: CommandInput<'report.make'>): string {
    this.report = asked;
    const step = (done: number, phase: { zh: string; en: string }): void => this.change({ reports: { ...this.view.reports, failed: null, running: { report: 'running', incident: asked.incident, phase, done } } });
    step(0.5, { zh: '正在画趋势', en: 'Drawing the trends' });
    if (!this.holdsReport) setTimeout(() => this.finishReport(), 300);
    return 'running';
  }

  finishReport(): void {
    if (this.report === null) return;
    const made = this.reports.make(this.report, Date.now());
    this.report = null;
    this.change({ reports: { running: null, failed: null, made: [made, ...this.view.reports.made] } });
  }

  endReport(failed: View['reports']['failed']): void {
    this.report = null;
    this.change({ reports: { ...this.view.reports, running: null, failed } });
  }

  private changeActions(to: (open: View['actions']['open']) => View['actions']['open'], closed: View['actions']['closed'] = []): void {
    const open = to(this.view.actions.open);
    this.change({ actions: { open, closed: [...closed, ...this.view.actions.closed], overdue: open.filter(({ overdue }) => overdue).length } });
  }

  /** Whatever a test wants shown. */
  change(sections: Partial<View>): void {
    this.view = { ...this.view, ...sections };
    this.pushAll(sections);
  }

  private pushAll(sections: Partial<View>, alarms?: AlarmsDelta): void {
    const now = Date.now();
    const link = { ...this.view.link, lastDataMs: now - 300 };
    this.view = { ...this.view, link };
    for (const [ws, session] of this.sockets) {
      session.seq += 1;
      ws.send(JSON.stringify({ kind: 'push', seq: session.seq, nowMs: now, sections: { ...sections, link }, ...(alarms === undefined ? {} : { alarms }), values: this.values(now), session: session.session, dropped: 0 }));
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
