/**
 * The station's real parts without a link and without a host: journal, accounts, core, dispatcher, log-ons, record of refused access. The
 * test turns the clock and sends text, as a console would.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CommandName } from '../../../src/contract/commands.ts';
import { responseSchema } from '../../../src/contract/envelope.ts';
import type { Response } from '../../../src/contract/envelope.ts';
import type { Role } from '../../../src/contract/refusal.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { FactMap, FactType } from '../../../src/domain/station/facts.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { AppendResult, Journal } from '../../../src/main/journal/journal.ts';
import { AccessLog } from '../../../src/main/station/access-log.ts';
import type { StationClock } from '../../../src/main/station/clock.ts';
import { ConsoleSession } from '../../../src/main/station/console-session.ts';
import { StationCore } from '../../../src/main/station/core.ts';
import { Dispatcher } from '../../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../../src/main/station/handlers.ts';
import { LogOns } from '../../../src/main/station/log-ons.ts';
import { SampleHistory } from '../../../src/main/station/sample-history.ts';
import { openUsers, TRAINING_SECRET } from '../../../src/main/users/users.ts';
import type { Users } from '../../../src/main/users/users.ts';
import { sample, T0 } from '../../unit/domain/bench.ts';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export type Recorded<T extends FactType> = { readonly type: T; readonly by: string | null; readonly atMs: number; readonly data: FactMap[T] };

export class House {
  readonly dir = mkdtempSync(join(tmpdir(), 'haven-house-'));
  readonly users: Users;
  readonly journal: Journal;
  core: StationCore;
  readonly logOns: LogOns;
  readonly access: AccessLog;
  readonly dispatcher: Dispatcher;
  /** Steady time. */
  nowMs = T0;
  /** Times that a secret was really looked at. */
  checks = 0;
  /** The disk is full. */
  isFull = false;
  readonly #values: Map<string, SampleValue>;
  #count = 0;

  private constructor(pack: PlantPack, values: ReadonlyMap<string, SampleValue>, users: Users, clock: StationClock | null) {
    this.#values = new Map(values);
    if (clock !== null) this.nowMs = clock.nowMs();
    const opened = openJournal({ dir: this.dir, mode: 'TRAINING', nowMs: () => this.nowMs });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    const real = opened.value;
    const append: Journal['append'] = (entries): AppendResult => (this.isFull ? { ok: false, problem: { code: 'disk-full', message: { zh: '磁盘已满', en: 'The disk is full.' } } } : real.append(entries));
    this.journal = { append, records: (from) => real.records(from), tail: (count) => real.tail(count), status: () => real.status(), checkpoint: () => real.checkpoint(), close: () => real.close() };
    const counted = async <T extends { ok: boolean }>(asked: Promise<T & ({ ok: true } | { ok: false; problem: { code: string } })>) => {
      const answer = await asked;
      if (answer.ok || !['locked-out', 'busy'].includes(answer.problem.code)) this.checks += 1;
      return answer;
    };
    this.users = { ...users, check: (...asked) => counted(users.check(...asked)), changeSecret: (...asked) => counted(users.changeSecret(...asked)) };
    const steady: StationClock = clock ?? { nowMs: () => this.nowMs, wallMs: () => this.nowMs, stepMs: () => 0 };
    const nowMs = (): number => steady.nowMs();
    this.core = new StationCore({ plant: makePlant(pack), journal: this.journal, clock: steady, onFacts: () => undefined });
    const record = (facts: Parameters<StationCore['record']>[0]): void => this.core.record(facts);
    this.logOns = new LogOns({ users: this.users, nowMs, record });
    this.access = new AccessLog({ nowMs, record, isAccount: (user) => this.users.rows().some((row) => row.user === user) });
    this.dispatcher = new Dispatcher(makeHandlers({
      core: this.core, users: this.users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: false, reason: { code: 'none', text: 'no such server' } }) } as never, history: new SampleHistory(), nowMs,
      publish: () => { throw new Error('no view in this test'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 1 } as never), actOnSimulator: () => undefined, logOns: this.logOns,
    }), { nowMs, access: this.access, onAsked: (session) => this.logOns.used(session) });
    this.core.record([fact('link.changed', nowMs(), null, { phase: 'connected', reason: null })]);
  }

  /** In a folder of its own, with the demonstration accounts. */
  static async open(pack: PlantPack, values: ReadonlyMap<string, SampleValue> = new Map(pack.tags.map(({ id }) => [id, 0])), clock: StationClock | null = null): Promise<House> {
    const dir = mkdtempSync(join(tmpdir(), 'haven-house-users-'));
    mkdirSync(dir, { recursive: true });
    let house: House | null = null;
    const users = await openUsers({ dir, mode: 'TRAINING', nowMs: () => house?.nowMs ?? T0 });
    if (!users.ok) throw new Error(users.problem.message.en);
    house = new House(pack, values, users.value, clock);
    house.#usersDir = dir;
    if (clock === null) house.tell({});
    else house.core.ingest([...values].map(([tag, value]) => sample(tag, value, clock.nowMs())));
    return house;
  }
  #usersDir = '';

  close(): void {
    this.journal.close();
    for (const dir of [this.dir, this.#usersDir]) rmSync(dir, { recursive: true, force: true });
  }

  console(): Console {
    return new Console(this);
  }

  nextId(): string {
    return `request-${String((this.#count += 1))}`;
  }

  /** Sets values that from now on stand, and lets every tag tell its own. */
  tell(values: Readonly<Record<string, SampleValue>>): void {
    for (const [tag, value] of Object.entries(values)) this.#values.set(tag, value);
    this.pass(1_000);
  }

  pass(durationMs: number, stepMs = 1_000): void {
    for (let doneMs = 0; doneMs < durationMs; doneMs += stepMs) {
      this.nowMs += Math.min(stepMs, durationMs - doneMs);
      this.core.ingest([...this.#values].map(([tag, value]) => sample(tag, value, this.nowMs)));
    }
    this.core.tick();
    this.logOns.tick();
    this.access.tick();
  }

  records<T extends FactType>(type: T): Recorded<T>[] {
    return [...this.journal.records()].filter((record) => record.type === type) as unknown as Recorded<T>[];
  }

  refusals(): Recorded<'access.refused'>['data'][] {
    return this.records('access.refused').map(({ data }) => data);
  }

  /** A demonstration account's signature. */
  sign(user: string, secret: string = TRAINING_SECRET): { user: string; secret: string } {
    return { user, secret };
  }

  /** The first demonstration account of a role. */
  of(role: Role): { user: string; secret: string } {
    return this.sign(this.users.list().find(({ roles }) => roles.includes(role))?.user ?? '');
  }
}

/** One connection. */
export class Console {
  readonly session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  text(command: CommandName | string, input: unknown = {}, id = this.#house.nextId()): string {
    return JSON.stringify({ kind: 'request', id, command, input });
  }

  async hear(text: string): Promise<Response> {
    const parsed = responseSchema.safeParse(JSON.parse(await this.#house.dispatcher.handle(text, this.session)));
    expect(parsed.error).toBeUndefined();
    return parsed.data as Response;
  }

  ask(command: CommandName, input: unknown = {}): Promise<Response> {
    return this.hear(this.text(command, input));
  }

  async logOn(user: string, secret: string = TRAINING_SECRET): Promise<string> {
    const answer = await this.ask('session.logOn', { user, secret });
    if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer));
    return (answer.output as { ticket: string }).ticket;
  }

  /** The one law, here and now: both are done, recorded, and in force. */
  async retreats(): Promise<void> {
    const { core, journal } = this.#house;
    const before = core.state.retreats.length;
    const wanted = [[await this.ask('retreat.stop'), 'retreat.stop'], [await this.ask('retreat.evacuate'), 'retreat.evacuate']] as const;
    for (const [answer] of wanted) expect(answer).toMatchObject({ outcome: 'done', output: { actedOn: 'people' } });
    expect(core.state.retreats.length).toBe(Math.min(50, before + 2));
    expect(core.state.retreats.slice(0, 2).map(({ kind }) => kind)).toEqual(['evacuate', 'stop']);
    if (!this.#house.isFull) expect(journal.tail(50).map(({ type }) => type)).toEqual(expect.arrayContaining(['retreat.stop', 'retreat.evacuate']));
  }
}
