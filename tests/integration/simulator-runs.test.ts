/** Runs that outlive their process (docs/design/instructor.md, REQ-INS-19): kept as they grow, taken up by the next, whole or not at all. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { PlantDefinition } from '../../simulators/machine/definition.ts';
import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import { METHODS } from '../../simulators/server/methods.ts';
import { RunBook, RUN_FILE_LIMITS, RunFolder } from '../../simulators/server/run-file.ts';
import { SimulationSession } from '../../simulators/server/session.ts';
import { RunTree } from '../../simulators/server/tree.ts';

const root = mkdtempSync(join(tmpdir(), 'haven-runs-'));
const sessions: SimulationSession[] = [];
afterAll(() => {
  for (const session of sessions) session.close();
  rmSync(root, { recursive: true, force: true });
});
let folders = 0;
const newFolder = (): string => join(root, String((folders += 1)));

type Facts = { branch: number; branches: { id: number; parent: number | null; name: string; seed: number; start: string; automatic: { count: number } | null }[]; moments: { id: number; name: string; timeS: number }[]; notes: { text: string; branch: number; timeS: number }[] };
interface Desk { readonly session: SimulationSession; readonly ask: (method: string, ...args: (string | number)[]) => { ok: boolean; value?: unknown; message?: string; zh?: string }; readonly told: <T = Record<string, unknown>>(method: string, ...args: (string | number)[]) => T }
/** as if a process had begun; wall time goes on by itself, so that files are told apart */
let wallMs = 1_800_000_000_000;
function open(folder: string | null, seed = 1, definition: PlantDefinition = H2O2): Desk {
  const session = new SimulationSession(definition, seed, 1, () => (wallMs += 7), folder === null ? null : new RunFolder(folder, definition.id, definition.model));
  sessions.push(session);
  const ask: Desk['ask'] = (name, ...args) => METHODS.find((method) => method.name === name)!.run(session, args);
  const told = <T,>(method: string, ...args: (string | number)[]): T => {
    const answer = ask(method, ...args);
    if (!answer.ok) throw new Error(answer.message);
    return answer.value as T;
  };
  return { session, ask, told };
}
const bytes = ({ session: { plant } }: Desk): string => JSON.stringify([plant.snapshot(), plant.tags(), plant.margins()]);
const withoutFile = (facts: Facts): unknown => ({ branches: facts.branches.map(({ id, parent, name, seed, start, automatic }) => ({ id, parent, name, seed, start, automatic })), moments: facts.moments, notes: facts.notes });

/** A morning of an instructor: two branches, a note, a name, an upset, a run from another seed left again. */
function morning(folder: string): { desk: Desk; facts: Facts; at: string } {
  const desk = open(folder, 42);
  desk.told('Step', 100);
  desk.told('Snapshot', 'before the upset');
  desk.told('Inject', 'F4-02F', '{}');
  desk.told('Step', 65);
  desk.told('Note', 'looked at the wrong screen');
  desk.told('Backtrack', '{"backS":40}');
  desk.told('Order', 'XV-4205', '0.25');
  desk.told('RenameBranch', 2, 'second try');
  desk.told('Step', 60);
  desk.told('Snapshot', 'here');
  return { desk, facts: desk.told<Facts>('Tree'), at: bytes(desk) };
}

describe('REQ-INS-19 a run outlives its process', () => {
  test('the next process says that it is there, does not take it up by itself, and goes on with it bit for bit when asked', () => {
    const folder = newFolder();
    const { desk, facts, at } = morning(folder);
    const next = open(folder, 7);
    expect(next.session.status()).toMatchObject({ seed: 7, run: { problem: null }, earlier: { run: expect.stringMatching(/^run-h2o2-/u) as unknown, begunMs: expect.any(Number) as unknown } });
    expect(next.told<Facts>('Tree').branches).toHaveLength(1);
    expect(next.told('TakeUp', '')).toMatchObject({ branch: 3, simTimeS: desk.session.plant.timeS });
    expect([next.session.frozen, next.session.seed, next.session.plant.orders.get('XV-4205')]).toEqual([true, 42, 0.25]);
    expect(bytes(next)).toBe(at);
    const taken = next.told<Facts>('Tree');
    expect(withoutFile({ ...taken, branches: taken.branches.filter(({ id }) => id !== 3) })).toEqual(withoutFile(facts));
    expect(taken.notes).toMatchObject([{ text: 'looked at the wrong screen', branch: 1 }]);
    next.told('Restore', 'before the upset');
    desk.told('Restore', 'before the upset');
    for (const each of [desk, next]) {
      each.told('Order', 'XV-4101', '0.5');
      each.told('Step', 40);
    }
    expect(bytes(next)).toBe(bytes(desk));
    next.session.tick(0, () => 0);
    const lines = next.told<{ branch: number; timeS: number[]; series: Record<string, (number | null)[]> }[]>('Overlay', '{"branches":[1,2],"tags":["TI-4203"]}');
    expect(lines.map(({ branch, series }) => [branch, (series['TI-4203'] ?? []).length > 2])).toEqual([[1, true], [2, true]]);
    // What this process ran before is none of it, although its branch had the same number.
    for (const { timeS } of lines) expect(timeS).toEqual([...timeS].sort((a, b) => a - b));
    expect(next.told<{ samples: { atS: number }[] }>('Truth', -1).samples.map(({ atS }) => atS)).not.toContain(0);
    // and what it does is kept in its turn
    next.told('Snapshot', 'afternoon');
    expect(open(folder).told('TakeUp', '')).toMatchObject({ simTimeS: next.session.plant.timeS });
  });

  test('killed at any moment it has lost at most the moment that was being written', { timeout: 60_000 }, async () => {
    const folder = newFolder();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'simulator-run.process.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let written = 0;
    await new Promise<void>((done) => {
      child.stdout.on('data', (data: Buffer) => {
        written = Number(String(data).trim().split('\n').at(-1));
        if (written >= 12) child.kill('SIGKILL');
      });
      child.on('exit', (_code, signal) => {
        expect(signal).toBe('SIGKILL');
        done();
      });
    });
    const next = open(folder);
    next.told('TakeUp', '');
    const facts = next.told<Facts>('Tree');
    expect(facts.branches[0]?.automatic?.count ?? 0).toBeGreaterThanOrEqual(written);
    expect(facts.notes.map(({ text }) => text)).toEqual(['the air fails']);
    expect(facts.moments.map(({ name }) => name)).toEqual(expect.arrayContaining(['before', 'n 3', `n ${Math.floor(written / 3) * 3}`]));
    expect(next.ask('Restore', 'n 3').ok).toBe(true);
  });

  test('a last line that was not finished counts for nothing; damage anywhere else is told in both languages, the file stays, and the new run goes on', () => {
    const folder = newFolder();
    morning(folder).desk.session.close();
    const [name = ''] = readdirSync(folder);
    const file = join(folder, name);
    const whole = readFileSync(file);
    const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []));
    const last = whole.length - (ends.at(-2) ?? 0);
    for (const cut of [1, 2, Math.floor(last / 2), last - 1]) {
      writeFileSync(file, whole.subarray(0, whole.length - cut));
      expect(new RunFolder(folder, 'h2o2', H2O2.model).read(name), `cut ${cut}`).toMatchObject({ ok: true });
    }
    const broken = Buffer.from(whole);
    broken[Math.floor(whole.length / 2)] = (broken[Math.floor(whole.length / 2)] ?? 0) ^ 1;
    writeFileSync(file, broken);
    const next = open(folder);
    expect(next.ask('TakeUp', name)).toMatchObject({ ok: false, message: expect.stringMatching(/is damaged at line \d+/u) as unknown, zh: expect.stringMatching(/第 \d+ 行损坏/u) as unknown });
    expect(readFileSync(file).equals(broken)).toBe(true);
    next.told('Step', 60);
    expect(next.told<Facts>('Tree').branches[0]?.automatic?.count).toBe(2);
    expect(next.session.status()).toMatchObject({ run: { problem: null } });
    writeFileSync(file, 'nothing of ours\n');
    expect(next.ask('TakeUp', name).ok).toBe(false);
    expect(next.ask('TakeUp', '../../etc/passwd')).toMatchObject({ ok: false, message: expect.stringContaining('There is no run') as unknown });
  });

  test('another design of the plant is not offered and is refused; without a folder nothing is kept, and it says so', () => {
    const folder = newFolder();
    morning(folder).desk.session.close();
    const other = { ...H2O2, model: 'haven-h2o2-other-1' };
    const desk = open(folder, 1, other);
    expect(desk.session.status()).toMatchObject({ earlier: null });
    expect(desk.ask('TakeUp', readdirSync(folder)[0] ?? '')).toMatchObject({ ok: false, message: expect.stringContaining('belongs to the model') as unknown });
    const without = open(null);
    expect(without.session.status()).toMatchObject({ run: null, earlier: null });
    expect(without.ask('TakeUp', '')).toMatchObject({ ok: false, message: expect.stringContaining('--runs') as unknown, zh: expect.stringContaining('--runs') as unknown });
  });

  test('a disk that fails ends the writing with a sentence, never the plant', () => {
    writeFileSync(join(root, 'a file'), '');
    const desk = open(join(root, 'a file'));
    expect(desk.session.status()).toMatchObject({ run: { problem: { zh: expect.stringContaining('不再保存') as unknown, en: expect.stringContaining('no longer kept') as unknown } } });
    desk.told('Step', 60);
    desk.told('Snapshot', 'in memory');
    expect(desk.ask('Restore', 'in memory').ok).toBe(true);
  });

  test('a file stays bounded however long the run: written anew, it makes the same tree; and so many files are kept, no more', () => {
    const folder = newFolder();
    const { session } = open(null);
    const book = new RunBook(folder, 'run-h2o2-long.ndjson', { plant: 'h2o2', model: H2O2.model, begunMs: 1 }, { ...RUN_FILE_LIMITS, spareBytes: 20_000 });
    const tree = new RunTree(session.plant.snapshot(), 0, { automaticBytes: 15_000, bytes: 40_000 }, { tell: (change) => book.tell(change) });
    let most = 0;
    for (let i = 0; i < 120; i += 1) {
      session.plant.step(5);
      tree.reach(session.plant.timeS);
      if (i === 3) tree.keep('early', session.plant.snapshot(), 0);
      tree.keepAutomatically(session.plant.snapshot(), 0);
      if (book.isFat(tree.bytes)) book.rewrite(tree.changes());
      most = Math.max(most, book.facts.bytes);
    }
    book.close();
    expect(most).toBeLessThan(3 * 17_000 + 20_000 + 20_000);
    const read = new RunFolder(folder, 'h2o2', H2O2.model).read('run-h2o2-long.ndjson');
    if (!read.ok) throw new Error(read.message);
    const again = RunTree.of(read.value)!;
    expect({ ...again.facts(), bytes: 0 }).toEqual({ ...tree.facts(), bytes: 0 });
    expect(again.open(again.find('early')!.id)).toEqual(tree.open(tree.find('early')!.id));
    mkdirSync(folder, { recursive: true });
    for (let i = 0; i < 15; i += 1) {
      writeFileSync(join(folder, `run-h2o2-old-${i}.ndjson`), '');
      utimesSync(join(folder, `run-h2o2-old-${i}.ndjson`), i, i);
    }
    // Two files that were being written anew: by a process that was killed long ago, and by one that may be at it now.
    for (const [name, s] of [['run-h2o2-killed.ndjson.new', 1], ['run-h2o2-at-it.ndjson.new', Date.now() / 1_000]] as const) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), s, s);
    }
    new RunFolder(folder, 'h2o2', H2O2.model).tidy(Date.now());
    const left = readdirSync(folder);
    expect(left.filter((name) => name.endsWith('.ndjson'))).toHaveLength(RUN_FILE_LIMITS.files);
    expect(left.filter((name) => name.endsWith('.new'))).toEqual(['run-h2o2-at-it.ndjson.new']);
    expect(readdirSync(folder)).toContain('run-h2o2-long.ndjson');
  });
});

describe('REQ-INS-20 a button that was pressed when a moment was kept', () => {
  test('is let go of when one goes back to it: the next press is a press, the stop above all', () => {
    const desk = open(null);
    const { plant } = desk.session;
    // as on the plant's endpoint: pressed, and not yet sprung back
    plant.command('HS-4001', true);
    desk.told('Snapshot', 'pressed');
    plant.command('HS-4001', false);
    desk.told('Restore', 'pressed');
    expect(plant.machine.emergencyStop).toBe(true);
    for (const button of ['HS-4003', 'HS-4005']) desk.told('Command', button, 'true');
    expect([plant.machine.emergencyStop, plant.machine.running]).toEqual([false, true]);
    desk.told('Command', 'HS-4001', 'true');
    expect([plant.machine.emergencyStop, plant.machine.running]).toEqual([true, false]);
  });
});
