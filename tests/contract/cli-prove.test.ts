/** REQ-PROVE-05: what outside programs see of `haven prove`. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CommandIo } from '../../src/main/cli/io.ts';
import { run as prove } from '../../src/main/cli/prove.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folders: string[] = [];
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

async function call(args: readonly string[], cwd = ROOT): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const io: CommandIo = { stdout: (text) => { out += text; }, stderr: (text) => { err += text; }, cwd };
  const code = await prove(args, io);
  return { code, out, err };
}

const law = z.strictObject({ id: z.enum(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8']), holds: z.boolean(), counterexample: z.array(z.string()).optional() });
const shape = z.strictObject({
  ok: z.boolean(),
  procedures: z.array(z.strictObject({ id: z.string(), plant: z.string(), design: z.string().optional(), states: z.number().int().positive(), transitions: z.number().int().positive(), ms: z.number(), laws: z.array(law).length(8) })),
  pairs: z.array(z.strictObject({ pair: z.array(z.string()).length(2), states: z.number(), transitions: z.number(), conflicts: z.array(z.strictObject({ tag: z.string(), followed: z.string() })), holds: z.boolean(), counterexample: z.array(z.string()).optional() })),
});

/** The shipped packs with one file changed. */
function copyWith(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'haven-prove-'));
  folders.push(folder);
  for (const dir of ['rules', 'procedures']) cpSync(path.join(ROOT, dir), path.join(folder, dir), { recursive: true });
  const target = path.join(folder, file);
  const before = readFileSync(target, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(target, after);
  return folder;
}

describe('REQ-PROVE-05 haven prove', () => {
  it('--json: one document, every law of the procedures named, in every design that has them', { timeout: 60_000 }, async () => {
    const { code, out, err } = await call(['P-A4.9', 'P-A2.7', '--json']);
    const report = shape.parse(JSON.parse(out));
    expect([code, err, report.ok]).toEqual([0, '', true]);
    expect(report.procedures.map(({ id, plant, design }) => [id, plant, design])).toEqual([['P-A2.7', 'ammonium-nitrate', undefined], ['P-A4.9', 'h2o2', 'co-current'], ['P-A4.9', 'h2o2', 'counter-current']]);
    expect(report.procedures.flatMap(({ laws }) => laws.filter(({ holds }) => !holds))).toEqual([]);
    expect(report.pairs.length).toBeGreaterThan(20);
  });

  it('A2.7 a procedure that breaks a law: exit 1, the law, and the story in words', { timeout: 60_000 }, async () => {
    const folder = copyWith('procedures/annex-2/P-A2.7.yaml', (text) => text.replace(/within: 20 min/gu, 'within: 25 min'));
    const { code, out } = await call(['P-A2.7'], folder);
    expect(code).toBe(1);
    expect(out).toContain('BROKEN P-A2.7');
    expect(out).toMatch(/L7 deadlines lead somewhere: broken\n\s+1\. clause A2\.7 sets 20 min and the procedure holds 25 min/u);
    expect(out).toContain('NOT all laws hold');
  });

  it('a wrong call says what is expected', async () => {
    expect(await call(['P-NOWHERE'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining("there is no procedure 'P-NOWHERE'; expected haven prove [PROCEDURE...]") as string });
    expect(await call(['--nonsense'])).toMatchObject({ code: 2, out: '' });
    const help = await call(['--help']);
    expect([help.code, help.out]).toEqual([0, expect.stringContaining('L8  losing any tag')]);
  });
});
