/** REQ-PACK-07, REQ-PACK-08: what outside programs see of `haven lint`, `packs` and `clauses`. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { run as clauses } from '../../src/main/cli/clauses.ts';
import type { CommandIo } from '../../src/main/cli/io.ts';
import { run as lint } from '../../src/main/cli/lint.ts';
import { run as packs } from '../../src/main/cli/packs.ts';
import { namesClause } from '../../src/main/packs/coverage.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folders: string[] = [];
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

async function call(command: Command, args: readonly string[], cwd = ROOT): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await command(args, { stdout: (text) => { out += text; }, stderr: (text) => { err += text; }, cwd });
  return { code, out, err };
}

/** A copy of the shipped packs in a folder of its own, with one file changed. */
function copyWith(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'haven-packs-'));
  folders.push(folder);
  for (const dir of ['rules', 'procedures']) cpSync(path.join(ROOT, dir), path.join(folder, dir), { recursive: true });
  const target = path.join(folder, file);
  writeFileSync(target, change(readFileSync(target, 'utf8')));
  return folder;
}

const without = (from: string, to: string) => (text: string): string => text.slice(0, text.indexOf(`\n${from}`)) + text.slice(text.indexOf(`\n${to}`));
const lintShape = z.strictObject({ ok: z.boolean(), files: z.array(z.string()), findings: z.array(z.strictObject({ file: z.string(), line: z.number(), column: z.number(), severity: z.enum(['error', 'warning']), message: z.string() })) });
const parse = <T>(schema: z.ZodType<T>, out: string): T => schema.parse(JSON.parse(out));

describe('REQ-PACK-07 haven lint', () => {
  it('finds nothing in the shipped packs', async () => {
    const { code, out } = await call(lint, ['--json']);
    expect(code).toBe(0);
    const report = parse(lintShape, out);
    expect(report.ok).toBe(true);
    expect(report.findings).toEqual([]);
    expect(report.files.length).toBeGreaterThan(100);
  });

  it('3.2 refuses a procedure without shutdown conditions, by file, line and missing part', async () => {
    const folder = copyWith('procedures/annex-4/P-A4.2.yaml', without('shutdownConditions:', 'safeState:'));
    const { code, out, err } = await call(lint, ['--json'], folder);
    expect(code).toBe(1);
    const message = "procedure P-A4.2 lacks 'shutdownConditions'; 3.2 requires steps, safety measures and shutdown conditions";
    const report = parse(lintShape, out);
    expect(report.ok).toBe(false);
    expect(report.findings.filter((finding) => finding.severity === 'error')).toMatchObject([{ file: 'procedures/annex-4/P-A4.2.yaml', line: 3, column: 1, message }]);
    expect(err).toContain(`procedures/annex-4/P-A4.2.yaml:3:1: ${message}\n`);
  });

  it('judges a lone file, in whatever folder, together with the installed packs', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'haven-lone-'));
    folders.push(folder);
    const lone = path.join(folder, 'draft.yaml');
    writeFileSync(lone, readFileSync(path.join(ROOT, 'procedures/annex-4/P-A4.5.yaml'), 'utf8').replace('watchedBy: N-A4.5-VENT', 'watchedBy: N-A4.5-VENTS'));
    const { code, err } = await call(lint, [lone]);
    expect(code).toBe(1);
    expect(err).toContain(`${lone}:`);
    expect(err).toContain("unknown condition 'N-A4.5-VENTS'; expected an existing condition, perhaps 'N-A4.5-VENT'");
    expect((await call(lint, ['procedures/annex-4/P-A4.5.yaml'])).code).toBe(0);
  });

  it('tells what a changed file breaks in the installed ones', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'haven-changed-'));
    folders.push(folder);
    const changed = path.join(folder, 'conditions.yaml');
    writeFileSync(changed, readFileSync(path.join(ROOT, 'rules/h2o2/conditions-storage.yaml'), 'utf8').replace('id: C-A4.11-PI-4801\n', 'id: C-A4.11-PI\n'));
    const { code, err } = await call(lint, [changed]);
    expect(code).toBe(1);
    expect(err).toMatch(/rules\/h2o2\/interlocks\.yaml:\d+:\d+: unknown condition 'C-A4\.11-PI-4801'/u);
  });

  it('takes whole folders elsewhere', async () => {
    const folder = copyWith('rules/h2o2/plant.yaml', (text) => text);
    expect((await call(lint, [folder])).code).toBe(0);
    expect((await call(lint, [path.join(folder, 'rules'), path.join(folder, 'procedures')], tmpdir())).code).toBe(0);
  });

  it.each([['a path that is not there', ['/no/such/path']], ['an unknown option', ['--jsn']], ['an empty folder', ['.']]])('exits 2 on %s', async (_what, args) => {
    const empty = mkdtempSync(path.join(tmpdir(), 'haven-empty-'));
    folders.push(empty);
    const { code, err, out } = await call(lint, args, empty);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/; expected/u);
  });

  it.each([['lint', lint], ['packs', packs], ['clauses', clauses]] as const)('%s --help exits 0 and says what it does', async (name, command) => {
    const { code, out } = await call(command, ['--help']);
    expect(code).toBe(0);
    expect(out).toContain(`haven ${name}`);
  });
});

const conditionShape = z.looseObject({
  id: z.string(), clauses: z.array(z.string()).min(1), kind: z.string(), inputs: z.array(z.string()), limit: z.number().optional(), comparison: z.string().optional(), unit: z.string().optional(),
  deadband: z.number().optional(), onDelayMs: z.number().optional(), offDelayMs: z.number().optional(), windowMs: z.number().optional(), priority: z.number(), role: z.string(), starts: z.array(z.string()).optional(),
});
const packsShape = z.looseObject({
  plants: z.array(z.looseObject({
    id: z.string(), title: z.object({ en: z.string(), zh: z.string() }),
    tags: z.array(z.looseObject({ id: z.string(), unit: z.string().optional(), low: z.number().optional(), high: z.number().optional(), description: z.string() })),
    conditions: z.array(conditionShape), interlocks: z.array(z.looseObject({ id: z.string() })), zones: z.array(z.looseObject({ id: z.string() })),
  })),
  procedures: z.array(z.looseObject({
    id: z.string(), plant: z.string(), clauses: z.array(z.string()), directions: z.array(z.string()), interlocks: z.array(z.string()), maxPeople: z.number(),
    prohibitions: z.array(z.looseObject({ id: z.string(), clause: z.string(), watchedBy: z.string().optional() })),
  })),
});

describe('REQ-PACK-08 haven packs --json', () => {
  it('has the shape outside programs build on', async () => {
    const { code, out } = await call(packs, ['--json']);
    expect(code).toBe(0);
    const { plants, procedures } = parse(packsShape, out);
    expect(plants.map((plant) => plant.id)).toEqual(['ammonia-synthesis', 'ammonium-nitrate', 'fine-chemicals', 'h2o2']);
    const byId = new Map(plants.find((plant) => plant.id === 'h2o2')?.conditions.map((condition) => [condition.id, condition]));
    expect(byId.get('C-A4.2(2)-TI-4203')).toMatchObject({ clauses: ['A4.2(2)'], kind: 'limit', inputs: ['TI-4203'], limit: 60, comparison: 'atOrAbove', unit: 'degC', priority: 1, role: 'trigger', starts: ['P-A4.2'] });
    expect(byId.get('C-A4.2(5)-AI-4305')).toMatchObject({ kind: 'all', inputs: ['AI-4305A', 'AI-4305B'], limit: 0.3, comparison: 'above', unit: 'g/L' });
    expect(byId.get('C-A4.2(5)-LAB-CONFIRMED')).toMatchObject({ kind: 'lab', inputs: ['lab:RAFFINATE-H2O2'], limit: 0.3, comparison: 'above' });
    expect(byId.get('C-A4.2(1)-LI-4108-LL')).toMatchObject({ kind: 'any', inputs: ['LI-4108A', 'LI-4108B', 'LI-4108C'], limit: 15, comparison: 'atOrBelow' });
    expect(byId.get('C-A4.11-TI-4801A-RATE')).toMatchObject({ limit: 0.0833, comparison: 'risingFasterThan', unit: 'degC/min', windowMs: 1_800_000 });
    expect(procedures.find((procedure) => procedure.id === 'P-A4.5')).toMatchObject({ maxPeople: 0, directions: ['retreat'], prohibitions: [{ id: 'KEEP-VENT-OPEN', clause: 'A4.5', watchedBy: 'N-A4.5-VENT' }, { id: 'NO-WATER-IN', clause: 'A4.5', watchedBy: 'N-A4.5-WATER' }] });
  });

  it('exits 1 and loads the rest when a procedure is broken', async () => {
    const folder = copyWith('procedures/annex-4/P-A4.9.yaml', without('safetyMeasures:', 'shutdownConditions:'));
    const { code, out, err } = await call(packs, ['--json'], folder);
    expect(code).toBe(1);
    expect(err).toContain("procedures/annex-4/P-A4.9.yaml:3:1: procedure P-A4.9 lacks 'safetyMeasures'");
    expect(parse(packsShape, out).procedures.map((procedure) => procedure.id)).not.toContain('P-A4.9');
    expect(parse(packsShape, out).procedures.map((procedure) => procedure.id)).toContain('P-A4.2');
  });

  it('exits 2 where there are no packs', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'haven-none-'));
    folders.push(empty);
    expect((await call(packs, ['--json'], empty)).code).toBe(2);
  });
});

describe('REQ-PACK-17 REQ-PACK-18 A4.2 haven packs and lint with a site, and a list of tags', () => {
  const refused = (): string => copyWith('rules/h2o2/sites/example.yaml', (text) => text.replace('limit: 58', 'limit: 62'));

  it('--site gives the site\'s figures; a refused site gives the plant\'s own, names the clause and both figures, and exits 1', async () => {
    const limitOf = (out: string): number | undefined => parse(packsShape, out).plants.flatMap((plant) => plant.conditions).find((condition) => condition.id === 'C-A4.2(2)-TI-4202')?.limit;
    const good = await call(packs, ['--json', '--site', 'example']);
    expect([good.code, limitOf(good.out)]).toEqual([0, 58]);
    const bad = await call(packs, ['--json', '--site', 'example'], refused());
    expect([bad.code, limitOf(bad.out)]).toEqual([1, 60]);
    expect(bad.err).toContain("beyond the guideline's own figure of A4.2(2), 60; expected at most 60");
  });

  it('lint judges every site, and says where the refused figure stands', async () => {
    const { code, err } = await call(lint, [], refused());
    expect(code).toBe(1);
    expect(err).toMatch(/rules\/h2o2\/sites\/example\.yaml:10:12: C-A4\.2\(2\)-TI-4202 would come at 62/u);
  });

  it('--export-tags writes the tags of a plant as CSV; an unknown plant is a wrong call', async () => {
    const { code, out } = await call(packs, ['--export-tags', 'h2o2']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\uFEFFid,area,kind,unit,low,high,states,scan,service,nodeId,zh,en\r\nTI-4101,hydrogenation,analog,degC,0,150,/u);
    expect((await call(packs, ['--export-tags', 'h3o3'])).code).toBe(2);
  });
});

const clausesShape = z.strictObject({
  clauses: z.array(z.strictObject({ id: z.string(), kind: z.string(), carriers: z.array(z.strictObject({ type: z.string(), id: z.string() })), tests: z.array(z.string()) })),
  uncovered: z.array(z.string()),
});

describe('REQ-PACK-08 haven clauses', () => {
  it('tells carriers and tests of each clause, and the uncovered ones', async () => {
    const { code, out } = await call(clauses, ['--json']);
    expect(code).toBe(0);
    const report = parse(clausesShape, out);
    const byId = new Map(report.clauses.map((clause) => [clause.id, clause]));
    expect(byId.get('A4.2(2)')?.carriers).toContainEqual({ type: 'condition', id: 'C-A4.2(2)-TI-4203' });
    expect(byId.get('A4.5')?.carriers).toContainEqual({ type: 'prohibition', id: 'P-A4.5/NO-WATER-IN' });
    expect(byId.get('3.3')?.carriers).toContainEqual({ type: 'gate', id: 'G-INTERLOCK' });
    expect(byId.get('3.2')?.tests).toContain('tests/contract/cli-packs.test.ts:3.2 refuses a procedure without shutdown conditions, by file, line and missing part');
    expect(report.uncovered).toEqual([]);
    // Every abnormal condition and every limit of the guideline is recognised and tested.
    expect(report.clauses.filter(({ id, kind }) => (kind === 'trigger' || kind === 'limit') && report.uncovered.includes(id)).map(({ id }) => id)).toEqual([]);
    expect(report.uncovered).not.toContain('A4.2(5)');
  });

  it.each([
    ['A4.2 whole plant', 'A4.2', true], ['A4.2(1) level', 'A4.2', false], ['A4.2(1) level', 'A4.2(1)', true], ['A3.2 nobody', '3.2', false],
    ['4.1.1(3): stale', '4.1.1(3)', true], ['A4.11 tank', 'A4.1', false], ['A2.10 mixing', 'A2.1(1)', false], ['(3.2) three parts', '3.2', true], ['3.2.', '3.2', true], ['4.3.3(1)', '4.3.3', false],
  ])('%s names %s: %s', (title, id, expected) => {
    expect(namesClause(title, id)).toBe(expected);
  });
});
