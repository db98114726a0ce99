/** What is wrong with an interlock is told with file, line and column, and with what is expected (REQ-ILK-14). */
import { describe, expect, it } from 'vitest';
import { RULES, loadWith, placeOf, swap } from './small-plant.ts';

const CAUSE = 'causes: [{zh: "超温", en: "Too hot"}]';
const withCause = (rest: string): { from: string; to: string } => ({ from: CAUSE, to: `causes: [{zh: "超温", en: "Too hot", ${rest}}]` });

interface Broken { readonly what: string; readonly from: string; readonly to: string; readonly at: string; readonly says: string; readonly severity?: 'warning' }
const BROKEN: readonly Broken[] = [
  { what: 'an initiator that is no tag', ...withCause('voting: 1oo1, tags: [TI-99]'), at: 'TI-99', says: "unknown tag 'TI-99'" },
  { what: 'voting of more than are named', ...withCause('voting: 2oo3, tags: [TI-1]'), at: '2oo3', says: 'is of 3 and 1 initiators are named' },
  { what: 'voting that needs more than are built', ...withCause('voting: 3oo2'), at: '3oo2', says: 'needs more than there are' },
  { what: 'initiators without voting', ...withCause('tags: [TI-1]'), at: '[TI-1]}', says: 'has 1 initiators and no voting' },
  { what: 'an initiator twice', ...withCause('voting: 2oo2, tags: [TI-1, TI-1]'), at: '[TI-1, TI-1]', says: 'names a tag twice' },
  { what: 'a word that is no voting', ...withCause('voting: all'), at: 'all}', says: 'voting' },
  { what: 'a hazard that is not there', from: 'guards: [HZ-ONE]', to: 'guards: [HZ-ONE, HZ-ONA]', at: 'HZ-ONA', says: "unknown hazard 'HZ-ONA'; expected an existing hazard, perhaps 'HZ-ONE'" },
  { what: 'a forced input that is no tag', from: '    guards: [HZ-ONE]', to: '    forcedTag: I-1-FRC\n    guards: [HZ-ONE]', at: 'I-1-FRC', says: "unknown tag 'I-1-FRC'" },
  { what: 'a bypass key that is no boolean', from: '    guards: [HZ-ONE]', to: '    bypassCommandTag: TI-1\n    guards: [HZ-ONE]', at: 'TI-1\n    guards', says: 'expected a boolean tag' },
  { what: 'an interlock that guards nothing', from: '    guards: [HZ-ONE]\n', to: '', at: 'I-1\n    title', says: 'interlock I-1 guards nothing', severity: 'warning' },
  { what: 'a hazard that nothing guards', from: '  - {id: HZ-ONE, title: {zh: "飞温", en: "Runaway"}}', to: '  - {id: HZ-ONE, title: {zh: "飞温", en: "Runaway"}}\n  - {id: HZ-7, title: {zh: "漏", en: "Leak"}}', at: 'HZ-7', says: 'hazard HZ-7 is guarded by no interlock', severity: 'warning' },
  { what: 'a credit that its criticality does not promise', from: CAUSE, to: `lopaCredit: 4\n    ${CAUSE}`, at: '4\n    causes', says: 'is counted for 4 and its criticality', severity: 'warning' },
  { what: 'half a credit', from: CAUSE, to: `lopaCredit: 1.5\n    ${CAUSE}`, at: '1.5', says: 'int' },
  { what: 'a hazard twice', from: '  - {id: HZ-ONE, title: {zh: "飞温", en: "Runaway"}}', to: '  - {id: HZ-ONE, title: {zh: "飞温", en: "Runaway"}}\n  - {id: "HZ-ONE", title: {zh: "漏", en: "Leak"}}', at: '"HZ-ONE"', says: "duplicate hazard 'HZ-ONE'" },
];

describe('REQ-ILK-14 a pack says how its interlocks vote and what they guard, or is told where it does not', () => {
  it.each(BROKEN)('REQ-ILK-14 $what', ({ from, to, at, says, severity }) => {
    const mutate = swap(from, to);
    const { findings } = loadWith('rules', mutate);
    const told = findings.filter(({ file, message }) => file === 'rules.yaml' && message.includes(says));
    expect(told.map(({ line, column, severity: level }) => ({ line, column, severity: level })), findings.map((f) => `${f.file}:${f.line}:${f.column}: ${f.message}`).join('\n')).toContainEqual({ ...placeOf(mutate(RULES), at), severity: severity ?? 'error' });
  });

  it('REQ-ILK-14 voting that fits is taken', () => {
    const { findings, plants } = loadWith('rules', swap(CAUSE, 'causes: [{zh: "超温", en: "Too hot", voting: 1oo1, tags: [TI-1]}]'));
    expect([findings, plants[0]?.interlocks[0]?.causes[0]]).toEqual([[], { zh: '超温', en: 'Too hot', voting: '1oo1', tags: ['TI-1'] }]);
  });
});
