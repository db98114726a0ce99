/** Coverage of the clauses: who carries each, and which tests name it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compareCodePoints } from './edit-distance.ts';
import type { LoadedPacks } from './load.ts';
import { PRODUCT_CARRIERS } from './product-carriers.ts';
import type { Carrier } from './product-carriers.ts';

export interface ClauseCoverage { readonly id: string; readonly kind: string; readonly carriers: readonly Carrier[]; readonly tests: readonly string[] }
export interface TestTitle { readonly file: string; readonly title: string }

/** Limits on everything. */
const MAX_TEST_FILES = 5_000;
const MAX_TEST_FILE_BYTES = 4 * 1024 * 1024;

export function coverageOf(loaded: LoadedPacks, tests: readonly TestTitle[]): ClauseCoverage[] {
  const carriers = carriersByClause(loaded);
  return loaded.clauses.map(({ id, kind }) => ({
    id, kind,
    carriers: [...(carriers.get(id) ?? []), ...(PRODUCT_CARRIERS[id] ?? [])],
    tests: tests.filter((test) => namesClause(test.title, id)).map((test) => `${test.file}:${test.title}`),
  }));
}

/** What must be recognised is not carried by a page that only mentions it. Null: any carrier will do. */
const ACTING: Readonly<Record<string, readonly Carrier['type'][] | null>> = {
  trigger: ['condition', 'interlock', 'gate', 'command', 'rule'],
  // A limit of people or of time may also stand in a procedure, which holds it.
  limit: ['condition', 'interlock', 'procedure', 'gate', 'command', 'rule'],
};

/** Clauses that nothing carries out, or that no test names. In a copy without tests only carriers count. */
export function uncoveredOf(clauses: readonly ClauseCoverage[], withTests: boolean): string[] {
  return clauses.filter(({ kind, carriers, tests }) => {
    const acting = ACTING[kind] ?? null;
    const isCarried = carriers.some(({ type }) => acting === null || acting.includes(type));
    return !isCarried || (withTests && tests.length === 0);
  }).map(({ id }) => id);
}

function carriersByClause(loaded: LoadedPacks): Map<string, Carrier[]> {
  const carriers = new Map<string, Carrier[]>();
  const add = (clause: string, type: Carrier['type'], id: string): void => {
    const before = carriers.get(clause) ?? [];
    // Most of a plant is the same in all its designs.
    if (!before.some((carrier) => carrier.type === type && carrier.id === id)) carriers.set(clause, [...before, { type, id }]);
  };
  for (const plant of [...loaded.plants, ...loaded.otherDesigns()]) {
    for (const condition of plant.conditions) if (condition.role !== 'input') for (const clause of condition.clauses) add(clause, 'condition', condition.id);
    for (const interlock of plant.interlocks) for (const clause of interlock.clauses) add(clause, 'interlock', interlock.id);
    for (const procedure of plant.procedures) {
      for (const clause of procedure.clauses) add(clause, 'procedure', procedure.id);
      for (const prohibition of procedure.prohibitions) add(prohibition.clause, 'prohibition', `${procedure.id}/${prohibition.id}`);
    }
  }
  return carriers;
}

/** `A4.2` is not named by `A4.2(1)`, nor `3.2` by `A3.2` or `3.2.1`. */
export function namesClause(title: string, id: string): boolean {
  const plain = id.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`(?<![\\w.])${plain}(?![\\w(]|\\.\\d|-modes)`, 'u').test(title);
}

/** Titles of all tests under `dir`. Null when there are no tests, as in an installed copy. */
export function testTitles(dir: string, shown: string): TestTitle[] | null {
  let names: string[];
  try {
    names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  } catch {
    return null;
  }
  const files = names.filter((name) => /\.(?:test|spec)\.tsx?$/u.test(name) && !name.includes('node_modules')).sort(compareCodePoints).slice(0, MAX_TEST_FILES);
  return files.flatMap((name) => titlesIn(path.join(dir, name)).map((title) => ({ file: path.join(shown, name), title })));
}

const TITLE = /\b(?:test|it|describe)(?:\.\w+)*\s*\(\s*(?:[^\n]*?\)\s*\(\s*)?(['"`])((?:\\.|(?!\1)[^\n\\])*)\1/gu;

function titlesIn(file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > MAX_TEST_FILE_BYTES ? [] : [...text.matchAll(TITLE)].map((match) => (match[2] ?? '').replace(/\\(.)/gu, '$1'));
  } catch {
    return [];
  }
}
