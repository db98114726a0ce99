/**
 * The station while its journal is in trouble, on a real disk: nothing that was confirmed is lost, nothing false is added, the console says
 * what is wrong, and stop and evacuate work all the while and are on record afterwards. REQ-JRN-25, REQ-GATE-13, 3.4.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { JournalOptions, OpenedJournal } from '../../src/main/journal/journal.ts';
import { verifyJournal } from '../../src/main/journal/verify.ts';
import { readAlarmHistory } from '../../src/main/station/alarm-history.ts';
import { ConsoleSession } from '../../src/main/station/console-session.ts';
import { StationCore, toFact } from '../../src/main/station/core.ts';
import { Dispatcher } from '../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../src/main/station/handlers.ts';
import { journalSection } from '../../src/main/station/journal-section.ts';
import { SampleHistory } from '../../src/main/station/sample-history.ts';
import { openUsers, TRAINING_SECRET } from '../../src/main/users/users.ts';
import type { Users } from '../../src/main/users/users.ts';
import { calmValues, sample, shippedPack, T0 } from '../unit/domain/bench.ts';

const DAY = 86_400_000;
const PACK = { hash: 'a'.repeat(64), text: '{"format":"haven-pack/1"}' };

/** The station's real parts over one folder, without a link. */
class Rig {
  readonly dir: string;
  now: number;
  /** What the calendar says more or less than the steady clock. */
  offsetMs = 0;
  readonly journal: OpenedJournal;
  readonly core: StationCore;
  readonly dispatcher: Dispatcher;
  folded = 0;
  #count = 0;
  readonly #values = new Map([...calmValues(shippedPack())]);

  private constructor(dir: string, now: number, users: Users, options: Partial<JournalOptions>) {
    this.dir = dir;
    this.now = now;
    let core: StationCore | null = null;
    const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => this.now, carried: () => core?.carried() ?? null, ...options });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    this.journal = opened.value;
    let known = 0;
    const clock = { nowMs: () => this.now, wallMs: () => this.now + this.offsetMs, stepMs: () => { const byMs = this.offsetMs - known; known = this.offsetMs; return byMs; } };
    core = new StationCore({ plant: makePlant(shippedPack()), journal: this.journal, clock, onFacts: () => undefined });
    this.core = core;
    this.folded = core.restore({ version: 'test', mode: 'TRAINING', pack: PACK }).records;
    core.record([fact('link.changed', this.now, null, { phase: 'connected', reason: null })]);
    this.dispatcher = new Dispatcher(makeHandlers({
      core, users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => this.now,
      publish: () => { throw new Error('no view in this test'); }, alarmHistory: (query) => readAlarmHistory(this.journal, this.core.plant, query), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 0 }) as never, actOnSimulator: () => undefined,
    }));
  }

  static async open(dir: string, now = T0, options: Partial<JournalOptions> = {}): Promise<Rig> {
    const accounts = mkdtempSync(join(tmpdir(), 'haven-rig-users-'));
    folders.push(accounts);
    const users = await openUsers({ dir: accounts, mode: 'TRAINING' });
    if (!users.ok) throw new Error('the accounts do not open');
    const rig = new Rig(dir, now, users.value, options);
    rigs.push(rig);
    return rig;
  }

  tell(values: Readonly<Record<string, number | boolean | string>> = {}): void {
    for (const [tag, value] of Object.entries(values)) this.#values.set(tag, value);
    this.now += 1_000;
    this.core.ingest([...this.#values].map(([tag, value]) => sample(tag, value, this.now)));
    this.core.tick();
  }

  async ask(command: string, input: unknown): Promise<{ outcome: string; problem?: { code: string } }> {
    this.#count += 1;
    return JSON.parse(await this.dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${String(this.#count)}`, command, input }), SESSION)) as { outcome: string };
  }

  section() {
    return journalSection(this.journal.status(), this.core.waiting);
  }

  hashes(): string[] {
    return [...this.journal.records()].map(({ hash }) => hash);
  }

  types(fromN = 1): string[] {
    return [...this.journal.records(fromN)].map(({ type }) => type);
  }
}

const SESSION = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
const COMMANDER = { signature: { user: 'sup1', secret: TRAINING_SECRET } };

let dir: string;
let rigs: Rig[];
let folders: string[];
let undo: (() => void)[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-faults-'));
  [rigs, folders, undo] = [[], [dir], []];
});
afterEach(() => {
  for (const each of undo.reverse()) each();
  for (const rig of rigs) rig.journal.close();
  for (const each of undo) each();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A fault that can be brought about and taken away again; null = not on this machine. */
interface Fault {
  arrive(): Promise<void> | void;
  leave(): Promise<void> | void;
  readonly words: { readonly zh: string; readonly en: string };
  /** Where the journal is to be. */
  readonly home: string;
}

const isRoot = process.getuid?.() === 0;

function diskFull(): Fault | null {
  const disk = join(dir, 'disk');
  mkdirSync(disk);
  if (!isRoot || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status !== 0) return null;
  undo.push(() => spawnSync('umount', ['-l', disk]));
  return {
    home: join(disk, 'data'), words: { zh: '磁盘已满', en: 'The disk is full' },
    arrive: () => { try { writeFileSync(join(disk, 'ballast'), Buffer.alloc(24_000_000)); } catch { /* Until nothing more goes on it. */ } },
    leave: () => rmSync(join(disk, 'ballast')),
  };
}

/**
 * Files that the system itself lets nobody write any more, as a disk does that has gone read-only. Not the `-shm`: it is mapped into memory, and
 * a write to a map of an immutable file ends the process (SIGBUS) instead of failing; docs/design/journal.md says so.
 */
function readOnly(): Fault | null {
  const probe = join(dir, 'probe');
  writeFileSync(probe, '');
  if (!isRoot || spawnSync('chattr', ['+i', probe]).status !== 0) return null;
  spawnSync('chattr', ['-i', probe]);
  const home = join(dir, 'data');
  const all = (flag: string): void => { for (const name of existsSync(home) ? readdirSync(home).filter((each) => each === 'journal.sqlite' || each === 'journal.sqlite-wal') : []) spawnSync('chattr', [flag, join(home, name)]); };
  undo.push(() => all('-i'));
  return { home, words: { zh: '日志', en: 'The journal' }, arrive: () => all('+i'), leave: () => all('-i') };
}

function lockedByAnother(): Fault {
  const home = join(dir, 'data');
  let other: ReturnType<typeof spawn> | null = null;
  const script = `import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync(process.argv[1]); db.exec('BEGIN IMMEDIATE'); process.stdout.write('locked'); setInterval(() => {}, 1000);`;
  return {
    home, words: { zh: '被其他程序锁定', en: 'keeps the journal locked' },
    arrive: () => new Promise((locked) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, join(home, 'journal.sqlite')], { stdio: ['ignore', 'pipe', 'inherit'] });
      other = child;
      undo.push(() => child.kill('SIGKILL'));
      child.stdout.once('data', () => locked());
    }),
    leave: () => new Promise((gone) => { other?.once('close', () => gone()); other?.kill('SIGKILL'); }),
  };
}

describe('REQ-JRN-25 REQ-GATE-13 3.4 the journal cannot be written', () => {
  test.each<[string, () => Fault | null]>([['the disk is full', diskFull], ['the files have become read-only', readOnly], ['another process keeps it locked', lockedByAnother]])('%s', async (_what, make) => {
    const fault = make();
    if (fault === null) return console.log(`${_what}: not possible with the rights of this account`);
    const rig = await Rig.open(fault.home);
    rig.tell({ 'TI-4202': 60 });
    expect((await rig.ask('post.watch', { signature: { user: 'op1', secret: TRAINING_SECRET } })).outcome).toBe('done');
    await fault.arrive();
    // What room the write-ahead log still has of its own is used up first.
    for (const length of [2_000, 1]) for (let i = 0; i < 5_000 && rig.journal.append([{ type: 'load', atMs: rig.now, wallMs: rig.now, by: null, data: 'x'.repeat(length) }]).ok; i += 1);
    const before = rig.hashes();
    // The fault arrived: what has to be durable before it is believed is not believed.
    expect(await rig.ask('post.commander', COMMANDER)).toMatchObject({ outcome: 'failed', problem: { code: 'journal-failed' } });
    expect(rig.core.state.commander).toBe(null);
    expect(rig.section().ok).toBe(false);
    for (const language of ['zh', 'en'] as const) expect(rig.section().reason?.[language]).toContain(fault.words[language]);
    for (const command of ['retreat.stop', 'retreat.evacuate']) expect(await rig.ask(command, {})).toMatchObject({ outcome: 'done' });
    expect(rig.core.state.retreats.map(({ kind }) => kind)).toEqual(['evacuate', 'stop']);
    expect(rig.core.waiting).toBeGreaterThan(0);
    expect(rig.journal.status().records).toBe(before.length);

    await fault.leave();
    rig.tell();
    expect([rig.core.waiting, rig.section()]).toEqual([0, expect.objectContaining({ ok: true, reason: null })]);
    expect(rig.hashes().slice(0, before.length)).toEqual(before);
    const added = rig.types(before.length + 1);
    expect(added.filter((type) => type.startsWith('retreat.'))).toEqual(['retreat.stop', 'retreat.evacuate']);
    expect(added).not.toContain('post.taken');
    const { state, now } = { state: rig.core.state, now: rig.now };
    rig.journal.close();
    expect(verifyJournal(fault.home)).toMatchObject({ verdict: 'sound' });
    const again = await Rig.open(fault.home, now + 1_000);
    expect(again.core.state.retreats).toEqual(state.retreats);
    expect(again.core.state.watch?.user).toBe('op1');
  }, 120_000);

  test('a segment is due and the disk is full: recorded or refused as a value, and with room the chain goes on', async () => {
    const fault = diskFull();
    if (fault === null) return console.log('not possible with the rights of this account');
    const rig = await Rig.open(fault.home);
    rig.tell({ 'TI-4202': 60 });
    const before = rig.hashes();
    await fault.arrive();
    rig.now += 32 * DAY;
    expect(await rig.ask('retreat.stop', {})).toMatchObject({ outcome: 'done' });
    expect(rig.core.state.retreats).toHaveLength(1);
    await fault.leave();
    rig.now += 60_000;
    rig.tell();
    expect([rig.core.waiting, rig.journal.status().ok]).toEqual([0, true]);
    expect(rig.hashes().slice(0, before.length)).toEqual(before);
    expect(rig.types(before.length + 1).filter((type) => type.startsWith('retreat.'))).toEqual(['retreat.stop']);
    rig.journal.close();
    expect(verifyJournal(fault.home)).toMatchObject({ verdict: 'sound' });
  });
});

describe('REQ-JRN-22 a restart over segments', () => {
  test('folds from the newest carried state, to the state that the whole journal folds to; one segment tells by which rules; an archived one is not needed', async () => {
    const rig = await Rig.open(dir);
    rig.tell({ 'TI-4202': 60 });
    await rig.ask('post.commander', COMMANDER);
    await rig.ask('retreat.stop', {});
    rig.now += 32 * DAY;
    rig.tell();
    rig.now += 32 * DAY;
    rig.tell({ 'TI-4301': 70 });
    expect(rig.journal.status().segment).toBe(3);
    const { segmentStart, records } = rig.journal.status();
    expect(rig.types(segmentStart).slice(0, 3)).toEqual(['journal.continued', 'state.carried', 'pack.recorded']);
    const { now } = rig;
    rig.journal.close();
    const again = await Rig.open(dir, now + 1_000);
    // Only what stands behind the carried state.
    expect(again.folded).toBe(records - segmentStart - 1);
    expect(again.core.state.retreats).toHaveLength(1);
    expect(again.core.state.commander?.user).toBe('sup1');
    expect(again.core.state.incident).toEqual(rig.core.state.incident);
    expect(again.types().filter((type) => type === 'station.started')).toHaveLength(2);
    // Also what the restart itself found and recorded.
    const everything = [...again.journal.records()].flatMap((record) => toFact(record) ?? []);
    expect(again.core.state).toEqual(evolveAll(EMPTY_STATE, everything, again.core.plant.machines));
    again.journal.close();
    rmSync(join(dir, 'journal-000001.sqlite'));
    const third = await Rig.open(dir, again.now + 1_000);
    expect(third.core.state.retreats).toHaveLength(1);
    expect(third.core.tail.length).toBeGreaterThan(3);
    expect(() => third.types()).toThrow(/journal-000001\.sqlite/u);
    // The history of alarms says what is missing as well, and stop works meanwhile.
    expect(await third.ask('alarm.history', { fromMs: 0, toMs: third.now, limit: 200, filter: {} })).toMatchObject({ outcome: 'failed' });
    expect(await third.ask('retreat.stop', {})).toMatchObject({ outcome: 'done' });
  });

  test('killed between two segments: the restart folds from the older one, and carries the state into the new one at once', async () => {
    const rig = await Rig.open(dir);
    rig.tell({ 'TI-4202': 60 });
    await rig.ask('retreat.stop', {});
    rig.now += 32 * DAY;
    rig.tell();
    expect(rig.journal.status().segment).toBe(2);
    const { now } = rig;
    rig.journal.close();
    renameSync(join(dir, 'journal.sqlite'), join(dir, 'journal-000002.sqlite'));
    chmodSync(join(dir, 'journal-000002.sqlite'), 0o400);
    const again = await Rig.open(dir, now + 1_000);
    const { segment, segmentStart } = again.journal.status();
    expect([segment, again.types(segmentStart).slice(0, 3)]).toEqual([3, ['journal.continued', 'state.carried', 'pack.recorded']]);
    expect(again.core.state.retreats).toHaveLength(1);
    again.journal.close();
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound' });
  });
});

describe('REQ-JRN-25 clocks, tears and second stations', () => {
  test('a calendar that steps back: it is told, and records keep their order and their chain', async () => {
    const rig = await Rig.open(dir);
    rig.tell();
    rig.offsetMs = -3 * 3_600_000;
    rig.tell({ 'TI-4202': 60 });
    await rig.ask('retreat.stop', {});
    const records = [...rig.journal.records()];
    expect(records.map(({ n }) => n)).toEqual(records.map((_, i) => i + 1));
    expect(records.every((record, i) => i === 0 || record.atMs >= (records[i - 1]?.atMs ?? 0))).toBe(true);
    expect(records.find(({ type }) => type === 'clock.stepped')?.data).toEqual({ byMs: -3 * 3_600_000 });
    expect(records.some((record, i) => record.wallMs < (records[i - 1]?.wallMs ?? 0))).toBe(true);
    rig.journal.close();
    expect(verifyJournal(dir)).toMatchObject({ verdict: 'sound' });
  });

  test('a second station on the same journal is refused and told which process has it; the first goes on', async () => {
    const rig = await Rig.open(dir);
    const script = `import { openJournal } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/journal/journal.ts'))};
      const opened = openJournal({ dir: process.argv[1], mode: 'TRAINING', nowMs: () => 1 });
      process.stdout.write(opened.ok ? 'opened' : opened.problem.message.en + opened.problem.message.zh);`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, dir], { encoding: 'utf8' });
    expect(stdout).toContain(`process ${String(process.pid)}`);
    expect(stdout).toContain(`进程 ${String(process.pid)}`);
    expect(await rig.ask('retreat.stop', {})).toMatchObject({ outcome: 'done' });
  });

  test('a torn last page: not gone on with, not repaired, told in both languages', async () => {
    const rig = await Rig.open(dir);
    rig.tell({ 'TI-4202': 60 });
    rig.journal.close();
    const file = join(dir, 'journal.sqlite');
    const bytes = readFileSync(file);
    // The page that the newest record is in: what was under the pen when the disk died.
    const torn = Buffer.from(bytes);
    const at = torn.lastIndexOf('"type"') >= 0 ? torn.lastIndexOf('condition.changed') : torn.length - 4_096;
    torn.fill(7, at - (at % 4_096), at - (at % 4_096) + 4_096);
    writeFileSync(file, torn);
    const refused = openJournal({ dir, mode: 'TRAINING', nowMs: () => rig.now });
    if (refused.ok) refused.value.close();
    expect(refused).toMatchObject({ ok: false, problem: { code: expect.stringMatching(/^(?:damaged|truncated)$/u) as string, message: { zh: expect.stringMatching(/日志/u) as string } } });
    expect(readFileSync(file).equals(torn)).toBe(true);
    expect(['unreadable', 'altered', 'truncated']).toContain(verifyJournal(dir).verdict);
  });
});
