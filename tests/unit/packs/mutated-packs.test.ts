/** REQ-PACK-01: whatever is done to the files, loading never throws, and every finding has its place. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { Finding } from '../../../src/main/packs/finding.ts';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import { CLAUSES, packFile, PROCEDURE, RULES } from './small-plant.ts';
import { proceduresKind, rulesKind } from '../../../src/main/packs/pack-files.ts';
import type { PackFile } from '../../../src/main/packs/pack-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (dir: string): PackFile[] => readdirSync(path.join(ROOT, dir), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && (dir !== 'rules' || /^(?:h2o2|general)\b/u.test(name))).sort()
  .map((name) => ({ name: path.join(dir, name), kind: dir === 'rules' ? rulesKind(name) : proceduresKind(name), bytes: readFileSync(path.join(ROOT, dir, name)) }));

const SHIPPED = [...read('rules'), ...read('procedures')];
const SMALL = [packFile('rules', RULES), packFile('procedure', PROCEDURE), packFile('clauses', CLAUSES)];
const JUNK: readonly unknown[] = [null, '', 'x', -1, 1e308, true, [], {}, [[]], { a: 1 }, 'P-A4.2', '60 s', Number.NaN];

type Action = 'delete' | 'replace' | 'duplicate';

/** Every collection of a document, so that a mutation can pick one and one of its entries. */
function collections(node: unknown): Node[] {
  if (!isCollection(node)) return [];
  const inner = node.items.flatMap((item) => collections(isMap(node) ? (item as { value?: unknown }).value : item));
  return [node as Node, ...inner];
}

function mutate(document: Document, pick: number, entry: number, action: Action, junk: unknown): void {
  const all = collections(document.contents);
  const node = all[pick % Math.max(1, all.length)];
  if (!isMap(node) && !isSeq(node)) return;
  const items = node.items as unknown[];
  if (items.length === 0) return;
  const index = entry % items.length;
  if (action === 'delete') items.splice(index, 1);
  else if (action === 'duplicate') items.splice(index, 0, items[index]);
  else if (isSeq(node)) items[index] = document.createNode(junk);
  else { const pair = items[index] as { key: unknown; value: unknown }; if (isScalar(pair.key)) pair.value = document.createNode(junk); }
}

function expectPlaced(finding: Finding, names: readonly string[]): void {
  expect(names).toContain(finding.file);
  expect(finding.line).toBeGreaterThan(0);
  expect(finding.column).toBeGreaterThan(0);
  expect(finding.message).toMatch(/.; ./u);
  expect(finding.message).not.toMatch(/\n|undefined|\[object/u);
}

/** Every start, interlock and input of what is loaded exists. */
function expectStandsByItself(plant: PlantPack): void {
  const ids = (items: readonly { readonly id: string }[]): Set<string> => new Set(items.map((item) => item.id));
  const procedures = ids(plant.procedures);
  expect(plant.conditions.flatMap((condition) => condition.starts).filter((id) => !procedures.has(id))).toEqual([]);
  const interlocks = ids(plant.interlocks);
  expect(plant.procedures.flatMap((procedure) => procedure.interlocks).filter((id) => !interlocks.has(id))).toEqual([]);
  const conditions = ids(plant.conditions);
  expect(plant.conditions.flatMap(({ measure }) => (measure.kind === 'all' || measure.kind === 'any' ? measure.of : [])).filter((id) => !conditions.has(id))).toEqual([]);
}

describe('REQ-PACK-01 loading never throws and every finding has file, line and column', () => {
  /** The small plant has every kind of entry and is quick; of the shipped packs a few mutations show that size changes nothing. */
  it.each([['the small plant', SMALL, 200], ['the shipped packs', SHIPPED, 12]] as const)('for any node deleted, replaced or duplicated in %s', (_what, files, numRuns) => {
    fc.assert(fc.property(
      fc.nat(files.length - 1), fc.nat(), fc.nat(), fc.constantFrom<Action>('delete', 'replace', 'duplicate'), fc.constantFrom(...JUNK),
      (which, pick, entry, action, junk) => {
        const target = files[which];
        if (target === undefined) return;
        const document = parseDocument(Buffer.from(target.bytes).toString('utf8'), { uniqueKeys: false });
        mutate(document, pick, entry, action, junk);
        const bytes = new TextEncoder().encode(document.toString());
        const { findings, plants } = assemblePacks(files.map((file) => (file === target ? { ...file, bytes } : file)));
        const names = files.map((file) => file.name);
        for (const finding of findings) expectPlaced(finding, names);
        for (const plant of plants) expectStandsByItself(plant);
      },
    ), { numRuns, seed: 4017 });
  });

  it('for any bytes cut off, and for any text at all', () => {
    const procedure = SHIPPED.find((file) => file.name.endsWith('P-A4.2.yaml'));
    const text = Buffer.from(procedure?.bytes ?? []).toString('utf8');
    fc.assert(fc.property(fc.oneof(fc.nat(text.length).map((length) => text.slice(0, length)), fc.string({ unit: 'binary' }), fc.json()), fc.constantFrom('rules' as const, 'procedure' as const, 'clauses' as const), (content, kind) => {
      const { findings, plants } = assemblePacks([{ name: 'x.yaml', kind, bytes: new TextEncoder().encode(content) }]);
      expect(plants.flatMap((plant) => plant.procedures)).toEqual([]);
      expect(findings.length).toBeGreaterThan(0);
    }), { numRuns: 150, seed: 4017 });
  });
});
