/** REQ-REPL-08 REQ-REPL-09: `haven replay` as a process among others: a reader that goes away, Ctrl-C, a pipe as its file. */
import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBenchPack } from '../../src/main/bench/bench-pack.ts';
import { tagIds } from '../../src/main/bench/traffic.ts';
import { ROOT } from '../unit/domain/bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'haven-replay-stream-'));
const trace = path.join(folder, 'trace.csv');
const TAGS = 50;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An alarm every other row: much to tell. */
const row = (i: number): string => `${i},${i % 2 === 0 ? 140 : 60}${',50'.repeat(TAGS - 1)}\n`;
const header = `time,TI-4101,${tagIds(TAGS - 1).join(',')}\n`;

beforeAll(() => {
  writeBenchPack(folder, TAGS);
  const file = openSync(trace, 'w');
  writeSync(file, header);
  for (let i = 0; i < 60_000; i += 1_000) writeSync(file, Array.from({ length: 1_000 }, (_, k) => row(i + k)).join(''));
  closeSync(file);
});

const start = (file: string) => spawn(process.execPath, [path.join(ROOT, 'src/main/cli.ts'), 'replay', file, '--plant', 'bench', '--json', '--rules', path.join(folder, 'rules'), '--procedures', path.join(folder, 'procedures')], { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
const endOf = (child: ReturnType<typeof start>): Promise<number | string | null> => new Promise((done) => child.once('close', (code, signal) => done(code ?? signal)));

describe('REQ-REPL-09 Ctrl-C', () => {
  it('ends it cleanly: whole lines, no end event, how far on stderr, exit 130', async () => {
    const child = start(trace);
    let [out, err, isAsked] = ['', '', false];
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!isAsked && out.length > 200_000) {
        isAsked = true;
        child.kill('SIGINT');
      }
    });
    expect(await endOf(child)).toBe(130);
    const lines = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string; t: number });
    expect(lines.some(({ type }) => type === 'end')).toBe(false);
    expect(lines.at(-1)?.t).toBeLessThan(59_999);
    expect(err).toMatch(/^haven replay: ended by Ctrl-C after [\d,]+ samples, [\d,]+ s into the trace, at 2000-01-01T[\d:.]+Z; this is not the whole trace\n$/u);
  });
});

describe('REQ-REPL-08 pipes', () => {
  it('a reader that goes away is no error', async () => {
    const child = start(trace);
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.stdout.once('data', () => child.stdout.destroy());
    expect([await endOf(child), err]).toEqual([0, '']);
  });

  it('a reader that stops for a while gets everything', async () => {
    const child = start(trace);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (out.length < 100_000) {
        child.stdout.pause();
        setTimeout(() => child.stdout.resume(), 50);
      }
      out += chunk.toString();
    });
    expect(await endOf(child)).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', samples: 60_000 * TAGS, durationMs: 59_999_000 });
    expect(lines.filter((line) => line.includes('"type":"condition"') && line.includes('"state":"raised"')).length).toBe(30_000);
  });

  // A pipe of the shell: what Node gives a child as its input is a socket, which cannot be opened by name.
  it.skipIf(process.platform === 'win32')('the trace itself may come through a pipe', async () => {
    const command = `head -n 301 '${trace}' | '${process.execPath}' src/main/cli.ts replay /dev/stdin --plant bench --json --rules '${folder}/rules' --procedures '${folder}/procedures'`;
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1_048_576 });
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'end', samples: 300 * TAGS });
  });
});
