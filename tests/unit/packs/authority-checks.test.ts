/** REQ-AUT-05, REQ-AUT-06: a standing authority matrix that is wrong is told at its place; what is lacking leaves the plant in use. */
import { describe, expect, it } from 'vitest';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks } from '../../../src/main/packs/load.ts';
import { dayStartMs } from '../../../src/main/packs/authority-term.ts';
import { authorityText } from '../../support/rules/authority.ts';
import { CLAUSES, packFile, PROCEDURE, RULES, swap } from './small-plant.ts';

const MATRIX = authorityText('small');
const T2026 = dayStartMs('2026-05-28') ?? 0;

function load(text: string, nowMs = T2026): LoadedPacks {
  return assemblePacks([packFile('rules', RULES), packFile('procedure', PROCEDURE), packFile('clauses', CLAUSES), { ...packFile('rules', text), name: 'authority.yaml' }], { nowMs });
}
const entry = (id: string, change: (text: string) => string): ((text: string) => string) => (text) => {
  const from = text.indexOf(`  - id: ${id}\n`);
  const to = text.indexOf('  - id:', from + 5);
  const [before, own, after] = [text.slice(0, from), text.slice(from, to < 0 ? undefined : to), to < 0 ? '' : text.slice(to)];
  if (change(own) === own) throw new Error(`the change does not hit ${id}`);
  return before + change(own) + after;
};
const without = (id: string) => entry(id, () => '');

describe('REQ-AUT-05 3.4 a wrong matrix is told at its place', () => {
  it('the shipped one is in order', () => {
    expect(load(MATRIX).findings).toEqual([]);
  });

  it.each([
    { what: 'an operation that is none', change: entry('AUTH-ENTER', swap('people.enter', 'people.entr')), at: 'people.entr\n', says: "unknown operation 'people.entr'; expected an existing operation, perhaps 'people.enter'" },
    { what: 'running on, which nobody signs', change: entry('AUTH-ENTER', swap('people.enter', 'sustain')), at: 'sustain\n', says: "unknown operation 'sustain'" },
    { what: 'retreat for some', change: swap('roles: [operator, supervisor, engineer, instructor, investigator]', 'roles: [supervisor]'), at: '[supervisor], approvedBy', says: 'leaves out operator, engineer, instructor, investigator; expected every role' },
    { what: 'retreat until a day', change: swap('operation: retreat,', 'operation: retreat, validUntil: "2030-01-01",'), at: '"2030-01-01"', says: "restricted by 'validUntil'" },
    { what: 'retreat for named people', change: swap('operation: retreat,', 'operation: retreat, people: [li.na],'), at: '[li.na]', says: "restricted by 'people'" },
    { what: 'retreat by signature', change: swap('operation: retreat,', 'operation: retreat, signatures: 2,'), at: '2, roles: [operator, supervisor, engineer, instructor', says: "restricted by 'signatures'" },
    { what: 'a day that the calendar has not', change: entry('AUTH-ENTER', swap('"2034-12-31"', '"2034-02-30"')), at: '"2034-02-30"', says: 'expected days that the calendar has' },
    { what: 'a term that ends before it begins', change: entry('AUTH-ENTER', swap('"2034-12-31"', '"2023-12-31"')), at: '"2023-12-31"', says: 'before it begins' },
    { what: 'no term', change: entry('AUTH-ENTER', swap('    validUntil: "2034-12-31"\n', '')), at: 'id: AUTH-ENTER\n', says: 'has no term' },
    { what: 'a word for a day', change: entry('AUTH-ENTER', swap('"2034-12-31"', '"for ever"')), at: '"for ever"', says: 'expected a day' },
    { what: '3.5 a reset by one', change: entry('AUTH-RESET', swap('signatures: 2', 'signatures: 1')), at: '1\n', mark: 'AUTH-RESET', says: 'interlock.reset is granted with 1 signatures; the product asks for 2' },
    { what: 'two signatures of three roles', change: entry('AUTH-RESET', swap('[supervisor, engineer]', '[operator, supervisor, engineer]')), at: '[operator', mark: 'AUTH-RESET', says: 'names 3 roles; expected two' },
    { what: 'a criticality of what has none', change: entry('AUTH-ENTER', swap('    roles:', '    criticality: [SIL1]\n    roles:')), at: '[SIL1]', says: 'about no interlock' },
    { what: 'a second entry for the same time', change: (text: string) => `${text}  - {id: AUTH-TWICE, operation: people.enter, roles: [engineer], signatures: 1, validFrom: "2030-01-01", validUntil: "2040-01-01", approvedBy: me, reason: "Twice."}\n`, at: 'people.enter, roles', says: 'AUTH-TWICE and AUTH-ENTER' },
    { what: 'a second entry for the same criticality', change: entry('AUTH-BYPASS-APPROVE-HIGH', swap('[SIL2]', '[SIL1, SIL2]')), at: 'bypass.approve\n', mark: 'AUTH-BYPASS-APPROVE-HIGH', says: 'both speak for bypass.approve' },
    { what: 'an id twice', change: entry('AUTH-ENTER', swap('AUTH-ENTER', 'AUTH-WATCH')), at: 'AUTH-WATCH\n', mark: 'AUTH-COMMAND', says: "duplicate authority 'AUTH-WATCH'" },
    { what: 'a misspelt key', change: entry('AUTH-ENTER', swap('validUntil', 'validUntill')), at: 'validUntill', says: "unknown key 'validUntill'" },
  ])('$what', ({ change, says, at, mark = '' }) => {
    const text = change(MATRIX);
    const { findings, plants } = load(text);
    const found = findings.find(({ message }) => message.includes(says));
    expect([findings.map(({ message }) => message), found?.severity, found?.file]).toEqual([expect.arrayContaining([expect.stringContaining(says)]), 'error', 'authority.yaml']);
    // Line and column are those of the node that is wrong.
    const before = text.slice(0, text.indexOf(at, text.indexOf(mark))).split('\n');
    expect([found?.line, found?.column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
    // The plant stands all the same: without it retreat would be lost.
    expect(plants.map(({ id }) => id)).toEqual(['small']);
  });
});

describe('REQ-AUT-06 3.4 what is lacking leaves the plant in use, and is told', () => {
  it('an operation that nobody is granted, a criticality without an entry, no word of retreat', () => {
    const lacking = (text: string): { messages: string[]; plants: number; grants: number } => {
      const { findings, plants } = load(text);
      return { messages: findings.map(({ severity, message }) => `${severity}: ${message}`), plants: plants.length, grants: plants[0]?.authority.length ?? 0 };
    };
    const all = load(MATRIX).plants[0]?.authority.length ?? 0;
    expect(lacking(without('AUTH-ENTER')(MATRIX))).toEqual({ messages: [expect.stringMatching(/^error: .*grants people\.enter to nobody/u)], plants: 1, grants: all - 1 });
    expect(lacking(without('AUTH-BYPASS-APPROVE-HIGH')(MATRIX)).messages).toEqual([expect.stringMatching(/^error: bypass\.approve is granted to nobody for SIL2;/u)]);
    expect(lacking(MATRIX.split('\n').filter((line) => !line.includes('AUTH-RETREAT')).join('\n')).messages).toEqual([expect.stringMatching(/^error: .*everybody may retreat/u)]);
    expect(lacking('plant: small\n')).toMatchObject({ plants: 1, grants: 0, messages: [expect.stringContaining('may retreat'), expect.stringContaining('to nobody')] });
  });

  it('a term that ends within 30 days, or has ended, is a warning; one that another follows is none', () => {
    const messages = (text: string, day: string): string[] => load(text, dayStartMs(day) ?? 0).findings.map(({ severity, message }) => `${severity}: ${message}`);
    const soon = entry('AUTH-ENTER', swap('"2034-12-31"', '"2026-06-30"'))(MATRIX);
    expect(messages(soon, '2026-05-28')).toEqual([]);
    expect(messages(soon, '2026-06-02')).toEqual([expect.stringMatching(/^warning: authority AUTH-ENTER \(people\.enter\) ends within 30 days/u)]);
    expect(messages(soon, '2026-07-02')).toEqual([expect.stringMatching(/^warning: .* has ended/u)]);
    const followed = `${soon}  - {id: AUTH-ENTER-2, operation: people.enter, roles: [supervisor], signatures: 1, validFrom: "2026-07-01", validUntil: "2034-12-31", approvedBy: me, reason: "From July."}\n`;
    expect(messages(followed, '2026-06-02')).toEqual([]);
  });

  it('a plant says it by id in place of the general rules', () => {
    const own = `plant: small\nauthority:\n  - {id: AUTH-COMMAND, operation: post.commander, roles: [engineer], signatures: 1, validFrom: "2024-01-01", validUntil: "2034-12-31", approvedBy: me, reason: "Ours."}\n`;
    const rules = swap('namespaceUri: urn:small\n', 'namespaceUri: urn:small\nincludes: [general]\n')(RULES);
    const { plants, findings } = assemblePacks([packFile('rules', rules), packFile('procedure', PROCEDURE), packFile('clauses', CLAUSES), { ...packFile('rules', own), name: 'own.yaml' }, { ...packFile('rules', authorityText('general')), name: 'general.yaml' }], { nowMs: T2026 });
    expect(findings).toEqual([]);
    expect(plants[0]?.authority.filter(({ operation }) => operation === 'post.commander').map(({ roles }) => roles)).toEqual([['engineer']]);
  });
});
