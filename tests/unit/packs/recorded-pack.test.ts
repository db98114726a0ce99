/** Rules and procedures in the journal, so that a report needs nothing else (issue 5: "made from the journal alone"). */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackReader, partsOf, recordedPackText } from '../../../src/domain/packs/recorded-pack.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { packFacts } from '../../../src/main/station/core.ts';
import { checkEntry } from '../../../src/domain/journal/record.ts';

const loaded = loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures' });

describe('the pack in the journal', () => {
  test.each(loaded.plants.map((pack) => [pack.id, pack] as const))('%s: goes in as records that the journal takes, and comes out as it was', (_id, pack) => {
    const text = recordedPackText(pack, loaded.clauses);
    const hash = createHash('sha256').update(text).digest('hex');
    const facts = packFacts({ hash, text }, 7);
    const reader = new PackReader();
    const read = facts.map((f) => {
      expect(checkEntry({ type: f.type, atMs: f.atMs, wallMs: 7, by: null, data: { ...(f.data as Record<string, string>) } })).toMatchObject({ ok: true });
      return f.type === 'pack.recorded' ? reader.add(f.data) : null;
    });
    expect(facts.length).toBeGreaterThan(1);
    expect(read.slice(0, -1).every((each) => each === null)).toBe(true);
    const last = read.at(-1);
    expect(last?.hash).toBe(hash);
    expect(last?.recorded.pack).toEqual(JSON.parse(JSON.stringify(pack)));
    expect(makePlant(last?.recorded.pack ?? pack).machines.size).toBe(pack.procedures.length);
    expect(last?.recorded.clauses.map(({ id }) => id)).toEqual(loaded.clauses.map(({ id }) => id));
  });

  test('a pack that lacks a part, or has one of another, is none', () => {
    const parts = [1, 2, 3].map((part) => ({ hash: 'a', part, of: 3, text: part === 1 ? '{' : part === 3 ? '}' : '' }));
    const take = (order: readonly number[]) => { const reader = new PackReader(); return order.map((i) => reader.add(parts[i] as (typeof parts)[0])).at(-1); };
    expect(take([0, 1, 2])).toMatchObject({ hash: 'a' });
    expect(take([0, 2])).toBeNull();
    expect(take([1, 2])).toBeNull();
    const reader = new PackReader();
    reader.add(parts[0] as (typeof parts)[0]);
    expect(reader.add({ hash: 'b', part: 2, of: 2, text: '}' })).toBeNull();
  });

  test('no cut tears a character in two', () => {
    fc.assert(fc.property(fc.integer({ min: 299_990, max: 300_005 }), (lead) => {
      const text = `${'x'.repeat(lead)}${'😀'.repeat(20)}`;
      const parts = partsOf(text);
      expect(parts.join('')).toBe(text);
      expect(parts.every((part) => part.isWellFormed())).toBe(true);
    }));
  });
});
