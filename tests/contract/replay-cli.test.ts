/** REQ-GATE-17: `haven replay` as outside programs call it (shared/design/cli.md): traces in, NDJSON or findings out. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { run as replay } from '../../src/main/cli/replay.ts';
import { ROOT } from '../unit/domain/bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'haven-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const base = { t: z.number(), time: z.iso.datetime() };
const event = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('condition'), id: z.string(), clauses: z.array(z.string()).min(1), state: z.enum(['raised', 'cleared', 'unknown']), input: z.string().nullable(), value: z.union([z.number(), z.boolean(), z.string()]).nullable(), limit: z.number().nullable() }),
  z.object({ ...base, type: z.literal('alarm'), id: z.string(), priority: z.number().int().min(1).max(4), state: z.enum(['unacknowledged', 'returned', 'cleared', 'suppressed']), firstOut: z.literal(true).optional() }),
  z.object({ ...base, type: z.literal('procedure'), id: z.string(), clauses: z.array(z.string()), state: z.string(), because: z.array(z.string()) }),
  z.object({ ...base, type: z.literal('prohibition'), id: z.string(), clause: z.string(), state: z.enum(['violated', 'cleared']) }),
  z.object({ ...base, type: z.literal('limit'), id: z.string(), clause: z.string(), state: z.enum(['running', 'exceeded', 'ended']) }),
  z.object({ ...base, type: z.literal('people'), zone: z.string(), count: z.number().nullable(), limit: z.number().nullable(), state: z.enum(['exceeded', 'within', 'unknown']) }),
  z.object({ ...base, type: z.literal('interlock'), id: z.string(), state: z.enum(['armed', 'tripped', 'bypassed', 'faulted', 'unknown']), approved: z.boolean() }),
  z.object({ ...base, type: z.literal('no-procedure'), because: z.array(z.string()), advice: z.literal('stop') }),
  z.object({ ...base, type: z.literal('end'), samples: z.number().int(), durationMs: z.number() }),
]);
type Event = z.infer<typeof event>;

let count = 0;
async function play(content: string | Uint8Array, ...args: readonly string[]): Promise<{ code: number; out: string; err: string; events: Event[] }> {
  const file = path.join(folder, `trace-${String((count += 1))}.csv`);
  writeFileSync(file, content);
  let [out, err] = ['', ''];
  const code = await replay([file, '--plant', 'h2o2', '--json', ...args], { stdout: (text) => { out += text; }, stderr: (text) => { err += text.replaceAll(file, 'TRACE'); }, cwd: ROOT });
  return { code, out, err, events: out.split('\n').filter((l) => l !== '').map((l) => event.parse(JSON.parse(l))) };
}
const conditions = (events: readonly Event[], id: string): string[] => events.flatMap((e) => (e.type === 'condition' && e.id === id ? [`${String(e.t)} ${e.state}`] : []));
const HOT = 'C-A4.2(2)-TI-4202';

describe('REQ-GATE-17 traces that are read', () => {
  it('A4.2(2) wide: condition, alarm first-out, procedure, people; the shapes of cli.md; the end last', async () => {
    const { code, err, events } = await play('time,TI-4202,TI-4203\n0,45,45\n1,59.9,45\n2,60,\n3,45,45\n');
    expect([code, err]).toEqual([0, '']);
    expect(conditions(events, HOT)).toEqual(['2 raised', '3 cleared']);
    expect(events.find((e) => e.type === 'condition' && e.id === HOT)).toMatchObject({ clauses: ['A4.2(2)'], input: 'TI-4202', value: 60, limit: 60 });
    expect(events.find((e) => e.type === 'alarm' && e.id === HOT)).toMatchObject({ priority: 1, state: 'unacknowledged' });
    expect(events.find((e) => e.type === 'procedure')).toMatchObject({ id: 'P-A4.2', state: 'raised', because: [HOT] });
    expect(events.some((e) => e.type === 'people' && e.zone === 'Z-4200' && e.limit === 0)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'end', t: 3, samples: 7, durationMs: 3_000 });
  });

  it('long, with and without quality, gives the same conditions as wide', async () => {
    const wide = await play('time,TI-4202\n0,45\n1,61\n2,!bad\n3,!uncertain\n4,61\n5,40\n');
    const long = await play('time,tag,value,quality\n0,TI-4202,45,\n1,TI-4202,61,good\n2,TI-4202,61,bad\n3,TI-4202,61,0x40000000\n4,TI-4202,61,0\n5,TI-4202,40,Good\n');
    expect(conditions(wide.events, HOT)).toEqual(['1 raised', '2 unknown', '4 raised', '5 cleared']);
    expect(conditions(long.events, HOT)).toEqual(conditions(wide.events, HOT));
    expect((await play('time,tag,value\n0,TI-4202,60\n')).code).toBe(0);
  });

  it('a BOM, quotes, CRLF, blank lines and empty fields', async () => {
    const { code, events } = await play('\uFEFF"time","TI-4202"\r\n"0","45"\r\n\r\n1,\r\n2,"61"\r\n');
    expect([code, conditions(events, HOT), events.at(-1)]).toMatchObject([0, ['2 raised'], { samples: 2 }]);
  });

  it('GB18030, found out by itself or named; a wrong name is said', async () => {
    // 温度 in GB18030 is a column that nobody knows: it is left out by --ignore-unknown, by its right name.
    const bytes = Buffer.concat([Buffer.from('time,TI-4202,'), Buffer.from([0xce, 0xc2, 0xb6, 0xc8]), Buffer.from('\n0,61,1\n')]);
    expect((await play(bytes)).err).toContain("TRACE:1:3: unknown tag '温度'");
    expect(conditions((await play(bytes, '--ignore-unknown')).events, HOT)).toEqual(['0 raised']);
    expect((await play(bytes, '--ignore-unknown', '--encoding', 'gb18030')).code).toBe(0);
    expect(await play(bytes, '--encoding', 'utf8')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('TRACE:1:1: the file is not utf8 text') as string });
  });

  it('ISO times with offset: t counts from the first row, time is the trace’s own', async () => {
    const { events } = await play('time,TI-4202\n2026-05-01T08:00:00+08:00,45\n2026-05-01T00:00:01.500Z,61\n');
    expect(events.find((e) => e.type === 'condition' && e.id === HOT)).toMatchObject({ t: 1.5, time: '2026-05-01T00:00:01.500Z' });
  });

  it('rows up to 10 s late are put in order', async () => {
    const { code, events } = await play('time,TI-4202,TI-4203\n0,45,45\n20,45,\n10,,61\n21,45,45\n');
    expect([code, conditions(events, 'C-A4.2(2)-TI-4203')]).toEqual([0, ['10 raised', '21 cleared']]);
    expect(events.map((e) => e.t)).toEqual([...events.map((e) => e.t)].sort((a, b) => a - b));
  });

  it('discrete words and their numbers, truth in words and figures', async () => {
    const { code, events } = await play('time,AI-4207,XV-4902,I-4200-BYP,I-4200-TRIP,I-4200-FLT\n0,0.5,closed,false,0,FALSE\n1,0.5,1,true,0,false\n2,0.5,closed,0,1,false\n');
    expect(code).toBe(0);
    expect(events.flatMap((e) => (e.type === 'prohibition' ? [`${e.t} ${e.id} ${e.state}`] : []))).toEqual(['1 NO-HAND-DOSING violated', '2 NO-HAND-DOSING cleared']);
    expect(events.flatMap((e) => (e.type === 'interlock' ? [`${e.t} ${e.state} ${String(e.approved)}`] : []))).toEqual(['0 armed false', '1 bypassed false', '2 tripped false']);
    expect(events.find((e) => e.type === 'alarm' && e.id === 'BYPASS/I-4200')).toMatchObject({ priority: 1 });
  });

  it('A4.2(5) laboratory: suspected, overdue after 15 min to the second, confirmed', async () => {
    const { events } = await play('time,lab:RAFFINATE-H2O2\n0,0.30\n60,0.31\n1200,0.31\n');
    expect([conditions(events, 'W-A4.2(5)-LAB-SUSPECTED'), conditions(events, 'W-A4.2(5)-LAB-OVERDUE'), conditions(events, 'C-A4.2(5)-LAB-CONFIRMED')]).toEqual([['60 raised'], ['960 raised', '1200 cleared'], ['1200 raised']]);
  });

  it('4.1.2 an observation of the unforeseen', async () => {
    const { events } = await play('time,seen:UNFORESEEN\n0,false\n5,true\n9,false\n');
    expect(conditions(events, 'C-4.1.2-UNFORESEEN')).toEqual(['5 raised', '9 cleared']);
    expect(events.find((e) => e.type === 'procedure')).toMatchObject({ id: 'P-4.1.2' });
  });

  it('4.1.1(3) a tag that misses its own cadence turns unknown, while the others go on', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i < 10 ? 61 : ''},45`).join('\n');
    const { events } = await play(`time,TI-4202,TI-4203\n${rows}\n`);
    expect(conditions(events, HOT).map((c) => c.split(' ')[1])).toEqual(['raised', 'unknown']);
    expect(conditions(events, 'C-4.1.1(3)-OXIDATION').map((c) => c.split(' ')[1])).toEqual(['raised']);
  });

  it('NaN and infinities are no numbers: neither satisfied nor told as such', async () => {
    const { code, out, events } = await play('time,TI-4202\n0,45\n1,NaN\n2,inf\n3,-Infinity\n4,61\n');
    expect([code, conditions(events, HOT)]).toEqual([0, ['1 unknown', '4 raised']]);
    expect(out).not.toMatch(/NaN|Infinity/u);
  });

  it('the same trace gives the same events, byte for byte', async () => {
    const trace = `time,TI-4202,LI-4108A\n${Array.from({ length: 200 }, (_, i) => `${i * 2},${45 + (i % 40)},${60 - (i % 50)}`).join('\n')}\n`;
    expect((await play(trace)).out).toBe((await play(trace)).out);
  });
});

describe('REQ-GATE-17 traces that are refused, by line and column, exit 2', () => {
  it.each([
    ['time,TI-9999\n0,1\n', '1:2: unknown tag'],
    ['time,tag,value\n0,TI-9999,1\n', '2:2: unknown tag'],
    ['time,TI-4202\n0,45\n30,45\n19.9,45\n', '4:1: time goes back by 10.1 s'],
    ['time,TI-4202\nyesterday,45\n', "2:1: 'yesterday' is not a time"],
    ['time,TI-4202\n2026-05-01T08:00:00,45\n', '2:1:'],
    ['time,TI-4202\n0,45\n2026-05-01T08:00:00Z,45\n', '3:1:'],
    ['time,TI-4202\n0,hot\n', "2:2: 'hot' is no value of TI-4202; expected a number"],
    ['time,XV-4101\n0,ajar\n', "2:2: 'ajar' is no value of XV-4101; expected closed, open"],
    ['time,I-4200-BYP\n0,2\n', '2:2:'],
    ['time,TI-4202\n0,!good\n', "2:2: '!good' is not a quality"],
    ['time,tag,value,quality\n0,TI-4202,1,fine\n', "2:4: 'fine' is not a quality"],
    ['time,TI-4202,TI-4202\n0,1,2\n', '1:3:'],
    ['time,TI-4202\n0,1,2\n', '2:3: the row has 3 fields; expected 2'],
    ['TI-4202,time\n1,0\n', '1:1: the first column is'],
    ['time,TI-4202\n', 'the trace has no rows'],
    ['time,TI-4202\n0,"45\n', 'expected CSV by RFC 4180'],
    ['', '1:1:'],
  ])('%j', async (trace, words) => {
    const { code, out, err } = await play(trace);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).toMatch(/^TRACE:\d+:\d+: .*expected/u);
  });

  it('tells the line of the row, also after a field with line breaks and blank lines', async () => {
    expect((await play('time,TI-4202\n\n0,45\n\n1,hot\n')).err).toMatch(/^TRACE:5:2:/u);
  });

  it('tells at most 20 problems', async () => {
    const { err } = await play(`time,TI-4202\n${Array.from({ length: 50 }, (_, i) => `${i},hot`).join('\n')}\n`);
    expect(err.trim().split('\n').length).toBe(20);
  });
});

describe('REQ-GATE-17 the program itself', () => {
  const haven = async (...args: readonly string[]): Promise<{ code: number; out: string; err: string }> => {
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [path.join(ROOT, 'src/main/cli.ts'), 'replay', ...args], { cwd: ROOT, encoding: 'utf8' });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    }
  };

  it('prints NDJSON and nothing else', async () => {
    const file = path.join(folder, 'spawned.csv');
    writeFileSync(file, 'time,TI-4202\n0,45\n1,60\n');
    const { code, out, err } = await haven(file, '--plant', 'h2o2', '--json');
    expect([code, err]).toEqual([0, '']);
    expect(out.trim().split('\n').map((l) => event.parse(JSON.parse(l)).type)).toEqual(expect.arrayContaining(['condition', 'alarm', 'procedure', 'end']));
  });

  it('a wrong call says what is expected, exit 2, nothing on stdout; --help is exit 0', async () => {
    for (const args of [[], ['no-such-file.csv', '--plant', 'h2o2'], ['x.csv'], ['x.csv', '--plant', 'nowhere'], ['a.csv', 'b.csv', '--plant', 'h2o2'], ['x.csv', '--plant', 'h2o2', '--fast']]) {
      const { code, out, err } = await haven(...args, '--json');
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('expected');
    }
    expect(await haven('--help')).toMatchObject({ code: 0, out: expect.stringContaining('haven replay FILE') as string });
  });
});
