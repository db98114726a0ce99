/** The standing authority matrix at run time: who may sign what, when, and what is said when nobody may (docs/design/authority.md). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grant, Matrix } from '../../../src/domain/authority/grant.ts';
import { CRITICALITIES } from '../../../src/domain/authority/grant.ts';
import { GRANTED_OPERATIONS } from '../../../src/domain/authority/granted.ts';
import { grantFor, lapsedOperations, rolesFor, termsAfter } from '../../../src/domain/authority/matrix.ts';
import { OPERATIONS } from '../../../src/domain/gates/operations.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { startProcedure } from '../../../src/domain/station/procedure-commands.ts';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { calmPlant, raise } from './alarms-plant.ts';
import { enterZone } from '../../../src/domain/station/people-commands.ts';
import { Bench, calmValues, equipped, PEOPLE, rulesOf, shippedPack, shippedPacks, T0 } from './bench.ts';

const { operator, supervisor, engineer } = PEOPLE;
const grant = (change: Partial<Grant>): Grant => ({ id: 'G', operation: 'people.enter', criticality: null, roles: ['supervisor'], people: null, signatures: 1, fromMs: 100, untilMs: 200, ...change });
const withMatrix = (change: (matrix: Matrix) => Matrix): PlantPack => ({ ...shippedPack(), authority: change(shippedPack().authority) });
const only = (operation: string, change: Partial<Grant>) => (matrix: Matrix): Matrix => matrix.map((each) => (each.operation === operation ? { ...each, ...change } : each));
const calm = (pack: PlantPack): Bench => Bench.calm(pack, calmValues(pack));

describe('REQ-AUT-01 3.4 a grant counts in its term and not a moment longer', () => {
  it('from its first moment to the one before its end; without a valid entry nobody', () => {
    const matrix = [grant({})];
    expect([99, 100, 199, 200].map((nowMs) => rolesFor(matrix, 'people.enter', {}, nowMs))).toEqual([null, ['supervisor'], ['supervisor'], null]);
    expect(rolesFor(matrix, 'people.assess', {}, 150)).toBe(null);
  });

  it('an entry of a criticality speaks for that one alone, and not where none is known', () => {
    const matrix = [grant({ operation: 'bypass.approve', criticality: ['SIL2', 'SIL3'] })];
    expect([...CRITICALITIES.map((criticality) => rolesFor(matrix, 'bypass.approve', { criticality }, 150) !== null), rolesFor(matrix, 'bypass.approve', {}, 150) !== null]).toEqual([false, false, true, true, false]);
    expect([lapsedOperations(matrix, 150).includes('bypass.approve'), lapsedOperations(matrix, 200).includes('bypass.approve')]).toEqual([false, true]);
  });

  it('whatever the matrix: what is granted is an entry in force, and only at the told moments does anything change', () => {
    const some = fc.record({ operation: fc.constantFrom('people.enter', 'bypass.approve', 'other'), criticality: fc.option(fc.subarray([...CRITICALITIES], { minLength: 1 })), fromMs: fc.integer({ min: 0, max: 50 }), untilMs: fc.integer({ min: 0, max: 50 }) }).map(grant);
    fc.assert(fc.property(fc.array(some, { maxLength: 6 }), fc.integer({ min: 0, max: 50 }), fc.constantFrom(...CRITICALITIES), (matrix, nowMs, criticality) => {
      for (const operation of ['people.enter', 'bypass.approve'] as const) {
        const found = grantFor(matrix, operation, { criticality }, nowMs);
        const speaks = matrix.filter((each) => each.operation === operation && each.fromMs <= nowMs && nowMs < each.untilMs && (each.criticality?.includes(criticality) ?? true));
        expect(found === null ? 0 : speaks.indexOf(found) + 1).toBe(speaks.length === 0 ? 0 : 1);
      }
      const nextMs = Math.min(...termsAfter(matrix, nowMs), nowMs + 1_000);
      expect(lapsedOperations(matrix, nextMs - 1)).toEqual(lapsedOperations(matrix, nowMs));
    }));
  });
});

describe('REQ-AUT-02 3.4 the shipped matrices', () => {
  it('grant every gated operation that somebody signs, in every plant and design; running on and the return are not theirs', () => {
    for (const pack of shippedPacks()) expect([pack.id, lapsedOperations(pack.authority, T0), pack.authority.some(({ operation }) => operation === 'retreat')]).toEqual([pack.id, [], false]);
    expect(Object.keys(OPERATIONS).filter((id) => !(GRANTED_OPERATIONS as readonly string[]).includes(id))).toEqual(['sustain', 'procedure.return']);
  });

  it('hold from the first day of 2024 through the last of 2034, whole days', () => {
    const { authority } = shippedPack();
    const at = (...day: [number, number, number, number]): number => lapsedOperations(authority, new Date(...day).getTime()).length;
    expect([at(2023, 11, 31, 23), at(2024, 0, 1, 0), at(2034, 11, 31, 23), at(2035, 0, 1, 0)]).toEqual([GRANTED_OPERATIONS.length, 0, 0, GRANTED_OPERATIONS.length]);
  });
});

describe('REQ-AUT-03 3.4 what is granted to nobody is refused, loudly; retreat is not', () => {
  const expired = (): Bench => calm(withMatrix((matrix) => matrix.map((each) => ({ ...each, untilMs: T0 + 10_000 }))));

  it('raises AUTHORITY at the moment the term ends, and refuses entry, posts, permits and resets with who can change it', () => {
    const bench = expired();
    expect(bench.state.alarms.get('AUTHORITY')).toBe(undefined);
    bench.set({ 'TI-4202': 60 });
    expect(bench.do((c) => commands.takePost(c, 'commander', supervisor)).outcome).toBe('done');
    bench.pass(10_000);
    expect(bench.state.alarms.get('AUTHORITY')).toMatchObject({ priority: 2, active: true });
    const refused = bench.do((c) => commands.takePost(c, 'watch', operator));
    expect(rulesOf(refused)).toEqual(['G-AUTHORITY']);
    expect(refused.outcome === 'refused' && refused.refusal.obstacles[0]?.whoCanChange).toEqual(['engineer']);
    expect(rulesOf(bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'x'), supervisor)))).toContain('G-AUTHORITY');
    expect(rulesOf(bench.do((c) => commands.resetInterlock(c, 'I-4200', supervisor)))).toContain('G-AUTHORITY');
    expect(rulesOf(bench.do((c) => commands.handOverPost(c, 'commander', supervisor, PEOPLE.both)))).toEqual(['G-AUTHORITY']);
  });

  it('and stop, evacuation and the begin of a retreat are what they were', () => {
    const bench = expired();
    bench.set({ 'TI-4202': 60 });
    bench.pass(20_000);
    expect([bench.do((c) => startProcedure(c, bench.run('P-A4.2').instance, 'post')).outcome, bench.do((c) => commands.stop(c, 'post', 'people')).outcome, bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome]).toEqual(['done', 'done', 'done']);
  });

  it('ends when a new term begins, and nobody need have looked in between', () => {
    const bench = calm(withMatrix(only('post.watch', { fromMs: T0 + 60_000 })));
    expect(bench.state.alarms.get('AUTHORITY')?.active).toBe(true);
    bench.silence(1_000);
    bench.pass(60_000, 30_000);
    expect(bench.state.alarms.get('AUTHORITY')?.active).toBe(false);
  });
});

describe('REQ-AUT-04 the roles are the matrix\'s, not the code\'s', () => {
  it('another role, or named people of it, may sign as the matrix says', () => {
    const engineers = calm(withMatrix(only('post.commander', { roles: ['engineer'] })));
    expect([rulesOf(engineers.do((c) => commands.takePost(c, 'commander', supervisor))), engineers.do((c) => commands.takePost(c, 'commander', engineer)).outcome]).toEqual([['G-ROLE'], 'done']);
    const named = calm(withMatrix(only('post.commander', { people: ['ma.jun'] })));
    const refused = named.do((c) => commands.takePost(c, 'commander', supervisor));
    expect(rulesOf(refused)).toEqual(['G-ROLE']);
    expect(refused.outcome === 'refused' && refused.refusal.obstacles[0]?.fact.en).toBe('The standing authority matrix grants this to ma.jun alone');
    expect(named.do((c) => commands.takePost(c, 'commander', { ...supervisor, user: 'ma.jun' })).outcome).toBe('done');
    // Named, and of another role: both are asked.
    const wrong = calm(withMatrix(only('post.commander', { people: ['li.na'] })));
    expect(rulesOf(wrong.do((c) => commands.takePost(c, 'commander', operator)))).toEqual(['G-ROLE']);
  });

  it('3.6 alarms are taken out of service by whom it names', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    expect(rulesOf(bench.do((c) => alarms.takeOutOfService(c, 'plain', 'WP-1', 'r', operator)))).toEqual(['G-ROLE']);
    expect(bench.do((c) => alarms.takeOutOfService(c, 'plain', 'WP-1', 'r', engineer)).outcome).toBe('done');
  });
});
