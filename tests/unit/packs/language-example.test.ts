/** The example in docs/procedure-language.md is read by people who copy it: it must be right. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { assemblePacks } from '../../../src/main/packs/load.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

it('REQ-PACK-06 the example of the language loads beside the rules of its plant', () => {
  const page = readFileSync(path.join(ROOT, 'docs/procedure-language.md'), 'utf8');
  const example = /```yaml\n([\s\S]*?)```/u.exec(page)?.[1] ?? '';
  const rules = ['general', 'h2o2'].flatMap((plant) => readdirSync(path.join(ROOT, 'rules', plant)).filter((name) => name.endsWith('.yaml')).map((name) => ({
    name: `${plant}/${name}`, kind: 'rules' as const, bytes: readFileSync(path.join(ROOT, 'rules', plant, name)),
  })));
  const clauses = { name: 'clauses.yaml', kind: 'clauses' as const, bytes: readFileSync(path.join(ROOT, 'procedures/clauses.yaml')) };
  // It raises another procedure of the plant when the bed does not cool, and that one must be there.
  const others = ['annex-4', 'general'].flatMap((annex) => readdirSync(path.join(ROOT, 'procedures', annex)).filter((name) => name !== 'P-A4.9.yaml').map((name) => ({
    name: `${annex}/${name}`, kind: 'procedure' as const, bytes: readFileSync(path.join(ROOT, 'procedures', annex, name)),
  })));
  const { findings, plants } = assemblePacks([...rules, clauses, ...others, { name: 'example.yaml', kind: 'procedure', bytes: new TextEncoder().encode(example) }]);
  expect(findings.filter((finding) => finding.file === 'example.yaml')).toEqual([]);
  expect(plants[0]?.procedures.map((procedure) => procedure.id)).toContain('P-A4.9');
});
