/** hmi.md rule 12, peers.md 2.1 no. 19: the paper fallback on a real disk and of a real station, which may die at any moment. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLOSED_MAX, PaperFolder } from '../../src/main/paper/folder.ts';
import type { Sheet } from '../../src/main/paper/folder.ts';
import { ConsoleProbe } from '../../src/main/bench/console-probe.ts';
import { instruct, openScene } from '../support/station/processes.ts';
import type { Scene } from '../support/station/processes.ts';

const WITHIN_MS = 60_000;

/** Waits until something is so; the test fails with what it was instead. */
async function until<T>(look: () => T, isSo: (found: T) => boolean, withinMs = WITHIN_MS): Promise<T> {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const found = look();
    if (isSo(found)) return found;
    if (Date.now() > endMs) throw new Error(`not within ${withinMs / 1_000} s; last seen: ${String(JSON.stringify(found)).slice(0, 1_000)}`);
    await pause(50);
  }
}
const textOf = (file: string): string => (existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : '');
const filesIn = (dir: string): string[] => (existsSync(dir) && statSync(dir).isDirectory() ? readdirSync(dir).sort() : []);

describe('the paper folder', () => {
  let dir: string;
  let folder: PaperFolder;
  let failures: string[];
  const word = (words: string): { zh: string; en: string } => ({ zh: words, en: words });
  const sheet = (instance: string, html: string): Sheet => ({ html, head: { instance, title: word('title'), place: word('place'), now: word('do this'), atMs: 0 } });

  const open = (): PaperFolder => {
    const made = new PaperFolder({ dir: join(dir, 'paper'), timeZone: 'UTC', title: word('plant'), nowMs: () => performance.now(), onFailure: (reason) => failures.push(reason) });
    made.start();
    return made;
  };
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'haven-paper-'));
    failures = [];
  });
  afterEach(async () => {
    await folder.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('REQ-PAP-03 many moves in a second are one or two writes, and the last one counts', async () => {
    folder = open();
    let rendered = 0;
    for (let i = 0; i < 200; i += 1) {
      folder.put('P-A:1', () => { rendered += 1; return sheet('P-A:1', `move ${i}`); });
      await pause(5);
    }
    await until(() => textOf(join(dir, 'paper/P-A=1.html')), (words) => words === 'move 199');
    expect(rendered).toBeLessThanOrEqual(4);
    const list = await until(() => textOf(join(dir, 'paper/index.html')), (words) => words.includes('P-A%3D1.html'));
    expect(list).toContain('do this');
    expect(filesIn(join(dir, 'paper')).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });

  test('REQ-PAP-04 closed ones are put aside, the newest 50 of them', async () => {
    const closed = join(dir, 'paper/closed');
    mkdirSync(closed, { recursive: true });
    for (let i = 0; i < CLOSED_MAX + 5; i += 1) {
      writeFileSync(join(closed, `old-${i}.html`), 'x');
      utimesSync(join(closed, `old-${i}.html`), 1_000 + i, 1_000 + i);
    }
    folder = open();
    folder.put('P-A:1', () => sheet('P-A:1', 'running'));
    await until(() => textOf(join(dir, 'paper/P-A=1.html')), (words) => words === 'running');
    folder.close('P-A:1', () => sheet('P-A:1', 'last'));
    await until(() => textOf(join(closed, 'P-A=1.html')), (words) => words === 'last');
    await until(() => filesIn(closed).length, (count) => count === CLOSED_MAX);
    expect(filesIn(closed)).not.toContain('old-5.html');
    expect(filesIn(closed)).toContain('old-6.html');
    await until(() => filesIn(join(dir, 'paper')).join(' '), (names) => names === 'closed index.html');
    await until(() => textOf(join(dir, 'paper/index.html')), (words) => !words.includes('P-A'));
  });

  test('REQ-PAP-04 what an earlier run left: sheets of procedures that do not run any more are closed, unfinished files are cleared away', async () => {
    mkdirSync(join(dir, 'paper'));
    for (const name of ['P-OLD=3.html', 'P-A=1.html', 'P-A=1.html.unfinished']) writeFileSync(join(dir, 'paper', name), name);
    folder = new PaperFolder({ dir: join(dir, 'paper'), timeZone: 'UTC', title: word('plant'), nowMs: () => performance.now(), onFailure: (reason) => failures.push(reason) });
    folder.put('P-A:1', () => sheet('P-A:1', 'anew'));
    await until(() => textOf(join(dir, 'paper/P-A=1.html')), (words) => words === 'anew');
    await until(() => filesIn(join(dir, 'paper/closed')).join(' '), (names) => names === 'P-OLD=3.html');
    await until(() => filesIn(join(dir, 'paper')).join(' '), (names) => names === 'P-A=1.html closed index.html');
  });

  test('REQ-PAP-05 a folder that cannot be written is reported once, asks nobody to wait, and is written when it can be', async () => {
    writeFileSync(join(dir, 'paper'), 'no folder');
    expect(() => writeFileSync(join(dir, 'paper/x'), 'x')).toThrow(); // the fault is there
    folder = open();
    for (let i = 0; i < 1_000; i += 1) folder.put('P-A:1', () => sheet('P-A:1', `move ${i}`));
    await until(() => failures.length, (count) => count === 1);
    rmSync(join(dir, 'paper'));
    await until(() => textOf(join(dir, 'paper/P-A=1.html')), (words) => words === 'move 999');
    expect(failures.length).toBe(1);
  });
});

describe('the paper of a real station', () => {
  let scene: Scene;
  let consoleDir: string;
  beforeEach(async () => {
    // No page is asked for here: the wire is spoken to directly.
    consoleDir = mkdtempSync(join(tmpdir(), 'haven-paper-console-'));
    writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>-</title>');
    scene = await openScene('paper', ['--console', consoleDir]);
  });
  afterEach(async () => {
    await scene.close();
    rmSync(consoleDir, { recursive: true, force: true });
  });

  const raise = async (): Promise<void> => {
    await instruct(scene.instructor, 'SetTag', ['TI-4402', '86']);
  };

  test('REQ-PAP-06 A4.9 writes the sheet while the procedure runs; killed, it leaves a readable sheet of the last move; started again, it goes on', async () => {
    const paper = join(scene.dir, 'data/paper-training');
    const station = await scene.startStation();
    await until(() => textOf(join(paper, 'index.html')), (words) => words.includes('没有正在运行的程序'));
    await raise();
    const file = join(paper, 'P-A4.9=1.html');
    await until(() => textOf(file), (words) => words.includes('已触发，未开始'));
    const probe = await ConsoleProbe.open(station.ready['url'] ?? '');
    probe.request('retreat.stop');
    const retreating = await until(() => textOf(file), (words) => /退守中|停车中/u.test(words) && words.includes('<tbody class="now">'));
    probe.close();
    for (const words of ['训练', 'TRAINING', 'P-A4.9:1', '严禁用空气吹扫降温', 'Never blow with air to cool', '停蒸汽', '返回条件']) expect(retreating).toContain(words);
    await until(() => textOf(join(paper, 'index.html')), (words) => words.includes('P-A4.9%3D1.html') && /退守中|停车中/u.test(words));
    await station.end('SIGKILL');
    const left = textOf(file);
    expect(left.startsWith('<!doctype html>')).toBe(true);
    expect(left.trimEnd().endsWith('</html>')).toBe(true);
    expect(left).toMatch(/退守中|停车中/u);
    await scene.startStation();
    await until(() => textOf(file), (words) => words !== left && words.includes('重新授权前'));
  });

  test('REQ-PAP-05 the one law: a paper folder that cannot be written never hinders the retreat, and is said once', async () => {
    mkdirSync(join(scene.dir, 'data'), { recursive: true });
    writeFileSync(join(scene.dir, 'data/paper-training'), 'no folder');
    const station = await scene.startStation();
    const probe = await ConsoleProbe.open(station.ready['url'] ?? '');
    const failed = probe.first(({ sections }) => sections.journal?.tail.find(({ type, text }) => type === 'effect.failed' && text.en.includes('paper')), WITHIN_MS, 'the record that the paper cannot be written');
    probe.request('view.snapshot');
    await failed; // the fault has arrived
    await raise();
    await probe.first(({ sections }) => sections.upset?.procedures.find(({ id, place }) => id === 'P-A4.9' && place === 'raised'), WITHIN_MS, 'the procedure');
    const retreats = probe.first(({ sections }) => sections.upset?.procedures.find(({ id, place }) => id === 'P-A4.9' && ['retreating', 'stopping', 'safe'].includes(place)), WITHIN_MS, 'the retreat');
    probe.request('retreat.stop');
    await retreats;
    // The simulated button is pressed over the wire, a moment later.
    for (let i = 0; ((await instruct(scene.instructor, 'Status')) as { emergencyStop?: boolean }).emergencyStop !== true; i += 1) {
      if (i > WITHIN_MS / 100) throw new Error('the emergency stop did not reach the plant');
      await pause(100);
    }
    probe.close();
  });
});
