/** REQ-PROVE: the laws hold for everything that is shipped, and the prover finds every seeded defect. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clauseFigures } from '../../../src/main/packs/clause-register.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { compileCourse } from '../../../src/domain/procedures/course-table.ts';
import { conflictsOf } from '../../../src/domain/procedures/conflicts.ts';
import { prove } from '../../../src/domain/prove/laws.ts';
import { provePair } from '../../../src/domain/prove/pairs.ts';
import { proveProcedures, provePairs } from '../../../src/domain/prove/prove-plant.ts';
import { ROOT } from './bench.ts';
import { MUTANTS } from '../../support/procedures/mutants.ts';

const loaded = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });
const packs = [...loaded.plants, ...loaded.otherDesigns()];
const clauses = clauseFigures(loaded.clauses);
const packOf = (procedure: string) => packs.find((pack) => pack.procedures.some(({ id }) => id === procedure)) ?? expect.fail(`no procedure ${procedure}`);
const procedureOf = (id: string) => packOf(id).procedures.find((procedure) => procedure.id === id) ?? expect.fail(`no procedure ${id}`);
const always = (): boolean => true;

describe('REQ-PROVE-02 4.1.1 3.3 3.5 every procedure that is shipped', () => {
  it.each(packs.map((pack) => [`${pack.id}${pack.design === undefined ? '' : ` ${pack.design}`}`, pack] as const))('%s: L1 to L8 hold in all reachable states', { timeout: 180_000 }, (_name, pack) => {
    const proofs = [...proveProcedures(pack, clauses, always)];
    expect(proofs.flatMap(({ procedure, laws }) => laws.filter(({ holds }) => !holds).map(({ id, counterexample }) => ({ procedure, id, counterexample })))).toEqual([]);
    expect(proofs.length).toBe(pack.procedures.length);
    for (const { procedure, states, transitions } of proofs) {
      expect(states, procedure).toBeGreaterThan(procedureOf(procedure).steps.length * 2);
      expect(transitions, procedure).toBeGreaterThan(states * 5);
    }
  });

  it.each(packs.map((pack) => [`${pack.id} ${pack.design ?? ''}`, pack] as const))('4.5.1 %s: any two at once, the stated priority decides every contradiction', { timeout: 60_000 }, (_name, pack) => {
    const pairs = [...provePairs(pack, always)];
    expect(pairs.filter(({ holds }) => !holds)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(pack.procedures.length);
  });
});

describe('REQ-PROVE-03 seeded defects', () => {
  it('are at least forty, over all annexes and section 4, against every law', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
    expect([...new Set(MUTANTS.map(({ law }) => law))].sort()).toEqual(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8']);
    for (const annex of ['P-A1.', 'P-A2.', 'P-A3.', 'P-A4.', 'P-4.']) expect(MUTANTS.filter(({ procedure }) => procedure.startsWith(annex)).length, annex).toBeGreaterThanOrEqual(5);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });

  it.each(MUTANTS.map((mutant) => [mutant.law, mutant.procedure, mutant.name, mutant] as const))('%s finds in %s: %s', { timeout: 60_000 }, (law, id, _name, mutant) => {
    const { subject, surrounding } = mutant.make(procedureOf(id), { pack: packOf(id), ...clauses });
    const found = prove(subject, surrounding).laws.find((each) => each.id === law);
    expect(found?.holds).toBe(false);
    // In words, and as short as it can be told.
    expect(found?.counterexample?.length).toBeGreaterThan(0);
  });
});

describe('REQ-PROVE-04 4.5.1 pairs: seeded defects', () => {
  const [a, b] = [compileCourse(procedureOf('P-A1.1')), compileCourse(procedureOf('P-A1.1-R1103'))];
  it('the pair is sound, and its contradiction is resolved by priority', () => {
    const proof = provePair(a, b);
    expect(proof).toMatchObject({ holds: true, conflicts: [{ tag: 'XV-1113', followed: 'P-A1.1-R1103' }] });
    expect(proof.states).toBeGreaterThan(400);
  });
  it('equal priorities are found', () => {
    expect(provePair(a, compileCourse({ ...b.procedure, priority: a.procedure.priority }))).toMatchObject({ holds: false });
  });
  it('a conflict that nobody sees, and one resolved the wrong way round, are found', () => {
    expect(provePair(a, b, () => [])).toMatchObject({ holds: false });
    expect(provePair(a, b, (commanding) => conflictsOf(commanding.map((each) => ({ ...each, priority: 5 - each.priority }))))).toMatchObject({ holds: false });
  });
});
