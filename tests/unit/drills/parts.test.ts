/** REQ-SCO-13: who did what in a team's exercise, by the journal; what it cannot tell is put to nobody. */
import { describe, expect, it } from 'vitest';
import { PlantClock } from '../../../src/domain/drills/plant-clock.ts';
import { partsOf } from '../../../src/domain/drills/parts.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';

const START = 1_000_000;
const at = (s: number): number => START + s * 1_000;
const told: Fact[] = [
  fact('training.posted', at(0), 'op1', { name: '李操作', post: 'board' }), fact('training.posted', at(0), 'op2', { name: '王操作', post: 'field' }), fact('training.instructed', at(5), null, { command: 'order XV-4301 0' }),
  fact('alarm.acknowledged', at(12), 'op1', { id: 'A-1', afterMs: 2_000, inTime: true } as never), fact('refused', at(40), 'op2', { operation: 'people.enter', obstacles: [] } as never), fact('training.hinted', at(50), 'op2', { exercise: 'EX-1', hint: { zh: '', en: '' } }),
  fact('training.posted', at(60), 'op1', { name: '李操作', post: null }), fact('training.posted', at(61), 'op2', { name: '王操作', post: 'board' }), fact('retreat.stop', at(70), 'op2', { actedOn: 'simulator' }), fact('session.locked', at(90), 'sup1', { user: 'sup1' }),
];
const records = told.map((each, i) => ({ n: i + 1, wallMs: each.atMs, fact: each }));
const breach = (clause: string, ...numbers: number[]) => ({ clause, kind: 'refusal' as const, atMs: at(40), atS: 40, text: { zh: '', en: '' }, records: numbers });

describe('REQ-SCO-13 3.1 who did what', () => {
  it('each by what stands under their name: posts in their order, first deed, answers, refusals, hints, and the clauses of their own records', () => {
    const participants = [{ user: 'op1', name: '李操作', post: 'board' }, { user: 'op2', name: '王操作', post: 'board' }, { user: 'sup1', name: '赵班长', post: 'leader' }];
    expect(partsOf(participants, records, { breaches: [breach('4.2.3', 5), breach('A4.2', 3), breach('4.2.3', 5)] }, new PlantClock(START, null, records))).toEqual([
      { user: 'op1', name: '李操作', posts: ['board'], deeds: 1, firstAtS: 12, acknowledged: 1, refused: 0, hints: 0, breaches: [] },
      { user: 'op2', name: '王操作', posts: ['field', 'board'], deeds: 2, firstAtS: 40, acknowledged: 0, refused: 1, hints: 1, breaches: ['4.2.3'] },
      // Who held a post and did nothing stands there as that.
      { user: 'sup1', name: '赵班长', posts: ['leader'], deeds: 0, firstAtS: null, acknowledged: 0, refused: 0, hints: 0, breaches: [] },
    ]);
  });
});
