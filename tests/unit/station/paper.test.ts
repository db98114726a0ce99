/** hmi.md rule 12: the station's paper from the raised procedure to its last sheet, over a real folder. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { Paper } from '../../../src/main/station/paper.ts';
import { Bench, PEOPLE, STOPPED } from '../domain/bench.ts';

const commands = { ...stationCommands, ...procedureCommands };
const { operator, supervisor, engineer } = PEOPLE;

let dir: string;
beforeEach(() => { dir = mkdtempSync(path.join(tmpdir(), 'haven-paper-')); });
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The bench with a paper that hears of everything in the portions in which the station would tell it. */
function open(bench: Bench, failures: string[]): { readonly paper: Paper; readonly tell: () => void } {
  const paper = new Paper({ dir, plant: bench.plant, mode: 'OPERATION', nowMs: () => bench.nowMs, state: () => bench.state, onFailure: (reason) => failures.push(reason) });
  paper.start();
  let told = bench.facts.length;
  return { paper, tell: () => { const news: readonly Fact[] = bench.facts.slice(told); told = bench.facts.length; paper.tell(news); } };
}
const read = (name: string): string => (existsSync(path.join(dir, name)) ? readFileSync(path.join(dir, name), 'utf8') : '');

test('REQ-PAP-04 A4.2 raised, safe, approved by two: the last sheet has both approvals and stands with the closed ones', async () => {
  const bench = Bench.calm();
  const failures: string[] = [];
  const { paper, tell } = open(bench, failures);
  bench.set({ 'TI-4202': 60 });
  tell();
  const { instance } = bench.run('P-A4.2');
  bench.do((c) => commands.startProcedure(c, instance, 'post'));
  bench.do((c) => commands.takePost(c, 'commander', supervisor));
  bench.do((c) => commands.takePost(c, 'watch', operator));
  tell();
  bench.set({ ...STOPPED, 'TI-4202': 54 });
  bench.pass(300_000);
  tell();
  expect(bench.place('P-A4.2')).toBe('safe');
  bench.do((c) => commands.investigate(c, instance, 'post'));
  bench.do((c) => commands.recordCause(c, instance, 'cooling <water> lost', engineer));
  bench.do((c) => commands.confirmProof(c, { instance, step: 'returnConditions', proof: 'R11', note: 'done' }, engineer));
  bench.pass(5_000);
  tell();
  bench.do((c) => commands.approveReturn(c, instance, supervisor));
  tell();
  // As the station tells it: the last approval and the close in one.
  bench.do((c) => commands.approveReturn(c, instance, engineer));
  tell();
  expect(bench.state.runs).toEqual([]);
  await paper.stop();
  const last = read('closed/P-A4.2=1.html');
  for (const words of ['已关闭', 'Closed', 'wang.wei · ', 'zhao.min · ', 'cooling &lt;water&gt; lost', '运行']) expect(last).toContain(words);
  expect(readdirSync(dir).sort()).toEqual(['closed', 'index.html']);
  expect(read('index.html')).toContain('没有正在运行的程序');
  expect(failures).toEqual([]);
});

test('REQ-PAP-06 after a restart every running procedure has its sheet, whether it moves or not', async () => {
  const bench = Bench.calm();
  bench.set({ 'TI-4202': 60 });
  const { paper } = open(bench, []);
  await paper.stop();
  expect(read('P-A4.2=1.html')).toContain('已触发，未开始');
});

test('REQ-PAP-05 whatever goes wrong with the paper goes wrong with the paper alone', () => {
  const bench = Bench.calm();
  const paper = new Paper({ dir, plant: bench.plant, mode: 'OPERATION', nowMs: () => bench.nowMs, state: () => { throw new Error('broken invariant'); }, onFailure: () => undefined });
  bench.set({ 'TI-4202': 60 });
  expect(() => paper.tell(bench.facts)).not.toThrow();
});
