/** The packs as shipped: clean, in both languages, and with the source's figures and comparison words. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConditionDef, Measure, ProcedureDef } from '../../../src/domain/packs/schema.ts';
import { schemaFiles } from '../../../src/main/packs/json-schema.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const loaded = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });
const h2o2 = loaded.plants.find((plant) => plant.id === 'h2o2');
const conditions = new Map((h2o2?.conditions ?? []).map((condition) => [condition.id, condition]));
const procedures = h2o2?.procedures ?? [];

function condition(id: string): ConditionDef {
  const found = conditions.get(id);
  if (found === undefined) throw new Error(`the shipped packs have no condition ${id}`);
  return found;
}

describe('REQ-PACK-06 the shipped packs are clean', () => {
  it('have not one finding, not even a warning, but that the procedures of three plants are not written yet (4.1.2)', () => {
    const withoutProcedures = loaded.findings.filter((finding) => finding.severity === 'warning' && finding.message.includes('has no procedure, so that every trigger leads to a plain stop'));
    expect(loaded.findings.filter((finding) => !withoutProcedures.includes(finding))).toEqual([]);
    expect(withoutProcedures.map((finding) => path.basename(path.dirname(finding.file))).filter((plant) => !['ammonia-synthesis', 'ammonium-nitrate', 'fine-chemicals'].includes(plant))).toEqual([]);
    expect(h2o2).toBeDefined();
  });

  it('every alarming condition has a card, a group, a reason and a source', () => {
    const alarming = [...conditions.values()].filter((one) => one.role !== 'input');
    expect(alarming.filter((one) => one.card === undefined || one.group === undefined || one.reason.length < 10).map((one) => one.id)).toEqual([]);
  });

  it('every text is in both languages, the Chinese one in Chinese, the English one without', () => {
    const odd: string[] = [];
    const walk = (value: unknown, where: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { zh, en } = value as { zh?: unknown; en?: unknown };
      if (typeof zh === 'string' && typeof en === 'string' && (/\p{Script=Han}/u.test(en) || !/[A-Za-z]/u.test(en) || (!/\p{Script=Han}/u.test(zh) && /[a-z]{3}/u.test(zh)))) odd.push(`${where}: ${zh} / ${en}`);
      for (const [key, entry] of Object.entries(value)) walk(entry, `${where}.${key}`);
    };
    walk({ plants: loaded.plants, clauses: loaded.clauses }, '');
    expect(odd).toEqual([]);
  });

  it('hashes each procedure by the bytes of its file', () => {
    const bytes = readFileSync(path.join(ROOT, 'procedures/annex-4/P-A4.2.yaml'));
    expect(h2o2?.sourceHashes['P-A4.2']).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Object.keys(h2o2?.sourceHashes ?? {}).sort()).toEqual(procedures.map((procedure) => procedure.id).sort());
  });

  it.each(schemaFiles())('REQ-PACK-09 $file is up to date (node src/main/packs/json-schema.ts)', ({ file, text }) => {
    expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(text);
  });
});

/** The source's words and what they mean: 至 is at or above, 超过 above, 低于 below, 降低至 at or below. */
const FIGURES: readonly (readonly [string, Partial<Measure>, string])[] = [
  ...['TI-4201', 'TI-4202', 'TI-4203', 'TI-4301', 'TI-4302', 'TI-4303', 'TI-4308'].map((input) => [`C-A4.2(2)-${input}`, { kind: 'limit', input, atOrAbove: 60 }, '升高至 60℃'] as const),
  ...['A', 'B', 'C'].map((letter) => [`C-A4.2(7)-AI-4106${letter}`, { kind: 'limit', input: `AI-4106${letter}`, above: 2 }, '超过 2%'] as const),
  ['C-A4.2(4)-LDI-4304', { kind: 'limit', input: 'LDI-4304', atOrAbove: 85 }, '高高限'],
  ['C-A4.2(5)-LAB-CONFIRMED', { kind: 'lab', input: 'lab:RAFFINATE-H2O2', above: 0.3, phase: 'confirmed' }, '超过 0.3g/L'],
  ['W-A4.2(5)-LAB-SUSPECTED', { kind: 'lab', input: 'lab:RAFFINATE-H2O2', above: 0.3, phase: 'suspected' }, '立即再次进行复核分析'],
  ['W-A4.2(5)-AI-4305A', { kind: 'limit', input: 'AI-4305A', above: 0.3 }, '超过 0.3g/L'],
  ['W-A4.2(5)-AI-4305B', { kind: 'limit', input: 'AI-4305B', above: 0.3 }, '超过 0.3g/L'],
  ['C-A4.7-AI-4207', { kind: 'limit', input: 'AI-4207', below: 1 }, '低于 1mg/L'],
  ['W-A4.7-AI-4207-LOW', { kind: 'limit', input: 'AI-4207', below: 2 }, '保持在 2~6mg/L'],
  ['W-A4.7-AI-4207-HIGH', { kind: 'limit', input: 'AI-4207', above: 6 }, '保持在 2~6mg/L'],
  ...['A', 'B', 'C'].map((letter) => [`W-A4.2(1)-LI-4108-LL-${letter}`, { kind: 'limit', input: `LI-4108${letter}`, atOrBelow: 15 }, '降低至低低限'] as const),
  ...['A', 'B', 'C'].map((letter) => [`W-A4.2(1)-LI-4204-LL-${letter}`, { kind: 'limit', input: `LI-4204${letter}`, atOrBelow: 15 }, '降低至低低限'] as const),
  ...['A', 'B', 'C'].map((letter) => [`W-A4.2(3)-LI-4204-HH-${letter}`, { kind: 'limit', input: `LI-4204${letter}`, atOrAbove: 85 }, '导致高高限报警'] as const),
  ['C-A4.5-TI-4502A', { kind: 'limit', input: 'TI-4502A', atOrAbove: 70 }, '异常升高'],
  ['C-A4.5-PI-4502', { kind: 'limit', input: 'PI-4502', atOrAbove: 0.05 }, '异常升高'],
  ['C-A4.9-TI-4402', { kind: 'limit', input: 'TI-4402', atOrAbove: 85 }, '异常升高'],
  ['C-A4.11-TI-4801A', { kind: 'limit', input: 'TI-4801A', atOrAbove: 40 }, '异常升高'],
];

describe('A4 figures and comparison words are those of the source', () => {
  it.each(FIGURES)('%s', (id, measure) => {
    expect(condition(id).measure).toMatchObject(measure);
  });

  it('a trigger with the guideline\'s figure acts at once: no delay', () => {
    expect([...conditions.values()].filter((one) => one.role === 'trigger' && one.source === 'guideline' && one.onDelay > 0)).toEqual([]);
  });

  it.each([
    ['A4.1', 'P-A4.1'], ['A4.2(1)', 'P-A4.2'], ['A4.2(2)', 'P-A4.2'], ['A4.2(3)', 'P-A4.2'], ['A4.2(4)', 'P-A4.2'], ['A4.2(5)', 'P-A4.2'], ['A4.2(6)', 'P-A4.2'], ['A4.2(7)', 'P-A4.2'],
    ['A4.5', 'P-A4.5'], ['A4.7', 'P-A4.7'], ['A4.8', 'P-A4.8'], ['A4.9', 'P-A4.9'], ['A4.11', 'P-A4.11'], ['4.1.1(3)', 'P-4.1.1(3)'], ['4.1.2', 'P-4.1.2'],
  ])('%s has triggers and they start %s', (clause, procedure) => {
    const triggers = [...conditions.values()].filter((one) => one.role === 'trigger' && one.clauses[0] === clause);
    expect(triggers.length).toBeGreaterThan(0);
    expect(triggers.filter((one) => !one.starts.includes(procedure)).map((one) => one.id)).toEqual([]);
  });

  it('A4.2(1) two of three levels, or one while another is in doubt, stop the plant', () => {
    expect(condition('C-A4.2(1)-LI-4108-LL').measure).toEqual({ kind: 'any', of: ['VOTED', 'ONE-IN-DOUBT'].map((part) => `E-A4.2(1)-LI-4108-LL-${part}`) });
    expect(condition('E-A4.2(1)-LI-4108-LL-VOTED').measure).toMatchObject({ kind: 'voted', inputs: ['LI-4108A', 'LI-4108B', 'LI-4108C'], need: 2, atOrBelow: 15 });
    expect(condition('E-A4.2(1)-LI-4108-LL-ONE-IN-DOUBT').measure).toEqual({ kind: 'all', of: ['E-A4.2(1)-LI-4108-LL-ONE', 'E-LI-4108-DOUBT'] });
  });

  it('A4.2(5) both analysers together confirm each other', () => {
    expect(condition('C-A4.2(5)-AI-4305').measure).toEqual({ kind: 'all', of: ['W-A4.2(5)-AI-4305A', 'W-A4.2(5)-AI-4305B'] });
  });
});

/** Least-squares slope error of a full window sampled every 5 s, at the worst noise of a transmitter: 0.3 % of span. */
function slopeNoise(measure: Extract<Measure, { kind: 'rate' }>): number {
  const tag = h2o2?.tags.find((one) => one.id === measure.input);
  const span = tag !== undefined && 'low' in tag ? tag.high - tag.low : 0;
  const samples = measure.window / 5_000;
  return (0.003 * span * Math.sqrt(12 / samples)) / (measure.window / 60_000);
}

describe('A4.1 rates do not fire on noise', () => {
  it.each([...conditions.values()].flatMap((one) => (one.measure.kind === 'rate' && one.role !== 'input' ? [[one.id, one.measure] as const] : [])))('%s', (_id, measure) => {
    expect(measure.risingFasterThan).toBeGreaterThan(4 * slopeNoise(measure));
  });
});

describe('3.2 the shipped procedures', () => {
  const annex = procedures.filter((procedure) => procedure.id.startsWith('P-A4'));

  it.each(annex.map((procedure) => [procedure.id, procedure] as const))('%s: the safe state is proved by tags alone', (_id, procedure: ProcedureDef) => {
    expect(procedure.safeState.every((proof) => 'when' in proof)).toBe(true);
  });

  it.each(annex.map((procedure) => [procedure.id, procedure] as const))('%s: no step waits for a signature (3.4)', (_id, procedure: ProcedureDef) => {
    expect(procedure.steps.flatMap((step) => step.proof).every((proof) => 'when' in proof)).toBe(true);
    expect(procedure.steps.every((step) => step.direction === 'retreat')).toBe(true);
  });

  it.each(procedures.map((procedure) => [procedure.id, procedure] as const))('%s: 4.2.3 A4.4 people limit at most 2, at a clay bed or filter change 6, return by supervisor and engineer', (id, procedure: ProcedureDef) => {
    expect(procedure.people.limit).toBeLessThanOrEqual(id === 'P-A4.4' ? 6 : 2);
    expect(procedure.returnApprovals).toEqual(['supervisor', 'engineer']);
  });

  it('4.2.1 nobody enters where H2O2 decomposes, nor where the cause is unknown', () => {
    expect(procedures.filter((procedure) => procedure.people.limit === 0).map((procedure) => procedure.id).sort()).toEqual(['P-4.1.2', 'P-A4.1', 'P-A4.11', 'P-A4.5', 'P-A4.8']);
  });

  it.each([
    ['P-A4.5', 'KEEP-VENT-OPEN', 'N-A4.5-VENT'], ['P-A4.5', 'NO-WATER-IN', 'N-A4.5-WATER'], ['P-A4.9', 'NO-AIR', 'N-A4.9-AIR'],
    ['P-A4.7', 'NO-HAND-DOSING', 'N-A4.7-HAND'], ['P-A4.11', 'NO-MANUAL-WORK', 'N-A4.11-PEOPLE'],
  ])('%s watches %s by %s', (id, prohibition, watchedBy) => {
    expect(procedures.find((procedure) => procedure.id === id)?.prohibitions.find((one) => one.id === prohibition)?.watchedBy).toBe(watchedBy);
  });

  it('3.3 longest bypass follows criticality: SIL2 at most 4 h, SIL1 at most 8 h', () => {
    const longestMs = { SIL3: 2 * 3_600_000, SIL2: 4 * 3_600_000, SIL1: 8 * 3_600_000, none: 24 * 3_600_000 } as const;
    expect((h2o2?.interlocks ?? []).filter((interlock) => interlock.maxBypass > longestMs[interlock.criticality]).map((interlock) => interlock.id)).toEqual([]);
  });
});
