/** The hand-over of the shift: every open thing is an item, every item is ticked, two people sign (docs/design/handover.md). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompetenceRecord } from '../../../src/contract/drill.ts';
import { HANDOVER_KINDS as CONTRACT_KINDS, HANDOVER_KIND_MAX as CONTRACT_MAX, handoverSectionSchema } from '../../../src/contract/handover.ts';
import { handOverItems } from '../../../src/domain/handover/items.ts';
import { HANDOVER_KINDS, HANDOVER_KIND_MAX } from '../../../src/contract/handover.ts';
import type { HandoverKind } from '../../../src/contract/handover.ts';
import type { HandoverItem } from '../../../src/domain/handover/open-thing.ts';
import { canonicalJson } from '../../../src/domain/journal/canonical-json.ts';
import { DATA_MAX_LENGTH } from '../../../src/domain/journal/record.ts';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { startProcedure } from '../../../src/domain/station/procedure-commands.ts';
import { handOverShift } from '../../../src/domain/station/shift-commands.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { handoverSection } from '../../../src/main/station/handover-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { calmPlant, condition, raise } from './alarms-plant.ts';
import { requestBypass, withdrawBypass } from '../../../src/domain/station/bypass-commands.ts';
import { enterZone } from '../../../src/domain/station/people-commands.ts';
import { Bench, equipped, PEOPLE } from './bench.ts';

const { operator, supervisor, engineer } = PEOPLE;
const HOUR = 3_600_000;
const itemsOf = (bench: Bench): readonly HandoverItem[] => handOverItems(bench.plant, bench.state, bench.nowMs);
const ids = (bench: Bench, kind?: HandoverKind): string[] => itemsOf(bench).filter((item) => kind === undefined || item.kind === kind).map(({ id }) => id);
const handOver = (bench: Bench, items: readonly string[] = ids(bench), notes = '', from = operator as typeof operator | typeof supervisor, to: typeof operator | typeof supervisor | typeof engineer = supervisor) => bench.do((c) => handOverShift(c, items, notes, from, to));

function upset(): Bench {
  const bench = Bench.calm();
  bench.set({ 'TI-4202': 60 });
  return bench;
}

describe('REQ-HOV-01 every open thing is an item', () => {
  it('a calm plant has none', () => {
    expect(itemsOf(Bench.calm())).toEqual([]);
  });

  it('a plant of which nothing was ever heard hands over that it is not known: unknown is never good', () => {
    const bench = new Bench();
    expect([ids(bench, 'interlock').length, itemsOf(bench).filter(({ kind }) => kind === 'interlock').every(({ worst, sinceMs }) => worst && sinceMs === null)]).toEqual([bench.plant.pack.interlocks.length, true]);
    expect([ids(bench, 'fault'), ids(bench, 'person').length]).toEqual([['fault/link/connecting'], bench.plant.pack.zones.length]);
  });

  it('incident, procedures with their place and step, posts, unanswered alarms of priority 1', () => {
    const bench = upset();
    bench.do((c) => commands.takePost(c, 'commander', supervisor));
    expect(ids(bench, 'incident')).toEqual([`incident/${bench.state.incident?.id ?? ''}`]);
    expect(ids(bench, 'procedure')).toEqual([`procedure/${bench.run('P-A4.2').instance}/raised`]);
    expect(ids(bench, 'post')).toEqual(['post/commander/wang.wei']);
    expect(ids(bench, 'unanswered')).toContain('unanswered/C-A4.2(2)-TI-4202');
    bench.do((c) => alarms.acknowledge(c, bench.state.alarms.ids(), 'post'));
    expect(ids(bench, 'unanswered')).toEqual([]);
    bench.do((c) => startProcedure(c, bench.run('P-A4.2').instance, 'post'));
    const item = itemsOf(bench).find(({ kind }) => kind === 'procedure');
    expect([item?.id.endsWith('/retreating'), item?.text.en.includes('present step'), item?.text.zh.includes('当前步骤')]).toEqual([true, true, true]);
    bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
    expect(ids(bench, 'held')).toEqual([`held/${bench.run('P-A4.2').instance}`]);
  });

  it('3.3 a bypass in every phase that is not its end, with its interlock; the phase is part of the item', () => {
    const bench = Bench.calm();
    bench.do((c) => requestBypass(c, { interlock: 'I-4200', reason: 'repair', hazard: 'h', measures: [{ text: 'm', owner: 'li.na', everyMs: HOUR }], untilMs: bench.nowMs + HOUR }, operator));
    const id = bench.state.bypasses[0]?.id ?? '';
    expect(ids(bench, 'bypass')).toEqual([`bypass/${id}/requested`]);
    bench.set({ 'I-4200-BYP': true });
    expect(ids(bench, 'interlock')).toEqual(['interlock/I-4200/bypassed']);
    for (const phase of ['assessed', 'approved', 'active', 'expired', 'lapsed', 'restored', 'tested'] as const) {
      const state = { ...bench.state, bypasses: bench.state.bypasses.map((bypass) => ({ ...bypass, phase })) };
      expect(handOverItems(bench.plant, state, bench.nowMs).filter(({ kind }) => kind === 'bypass').map(({ id: each }) => each)).toEqual([`bypass/${id}/${phase}`]);
    }
    bench.do((c) => withdrawBypass(c, id, 'done otherwise', engineer));
    expect(ids(bench, 'bypass')).toEqual([]);
  });

  it('4.2 people by zone and name, and those that the tags see beyond the names', () => {
    const bench = Bench.calm();
    bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', '赵强', { task: '巡检' }), operator));
    expect(itemsOf(bench).map(({ text }) => text.zh)).toEqual(['氧化区：赵强，巡检']);
    bench.set({ 'PC-4200': 3 });
    expect(ids(bench, 'person')).toEqual(['person/Z-4200/unnamed-2', expect.stringMatching(/^person\/Z-4200\/E-/u)]);
    bench.bad.add('PC-4200');
    bench.pass(1_000);
    expect(ids(bench, 'person').some((id) => id.endsWith('/unknown'))).toBe(true);
  });

  it('shelved and out-of-service alarms, with who and why', () => {
    const bench = calmPlant();
    raise(bench, 'plain', 'slow');
    bench.do((c) => alarms.shelve(c, ['plain'], 'noise', 600_000, 'li.na'));
    bench.do((c) => alarms.takeOutOfService(c, 'flow', 'WP-7', 'transmitter', engineer));
    expect(itemsOf(bench).map(({ kind, text, untilMs }) => [kind, text.en, untilMs])).toEqual([
      ['shelved', 'Shelved: plain (li.na: noise)', bench.nowMs + 600_000], ['outOfService', 'Out of service: flow, work permit WP-7 (zhao.min: transmitter)', null],
    ]);
  });

  it('faults of the station and retreats of this shift, not those of the one before', () => {
    const bench = Bench.calm();
    bench.link('frozen');
    expect(ids(bench, 'fault')).toEqual(['fault/link/frozen']);
    bench.do((c) => commands.evacuate(c, 'post', 'people'));
    expect(ids(bench, 'retreat').length).toBe(1);
    bench.nowMs += 1_000;
    expect(handOver(bench).outcome).toBe('done');
    expect(ids(bench, 'retreat')).toEqual([]);
  });

  it('H.2 who has to train again stands there by person and exercise; what runs out is another item, a later pass ends it, and in nobody else\'s name', () => {
    const bench = Bench.calm();
    const DAY = 24 * HOUR;
    const record = (id: string, passed: boolean, retrainInMs: number): CompetenceRecord => ({
      id, user: 'li.na', name: '李娜', post: 'board', plant: 'h2o2', scenario: 'S-ACID', title: { zh: '磷酸加入中断', en: 'Acid dosing lost' }, clauses: ['A4.7'], exercise: 'EX-1', atMs: bench.nowMs, total: passed ? 95 : 40, passed,
      validUntilMs: passed ? bench.nowMs + retrainInMs + 30 * DAY : null, retrainByMs: bench.nowMs + retrainInMs, instructor: '周教员', comment: '', breaches: [],
    });
    const signs = (each: CompetenceRecord): void => bench.commit([fact('competence.recorded', bench.nowMs, 'zhou', { record: each }, 'instructor')]);
    signs(record('CR-1', true, DAY));
    expect(ids(bench, 'training')).toEqual([]);
    const told = (afterMs: number) => handOverItems(bench.plant, bench.state, bench.nowMs + afterMs).filter(({ kind }) => kind === 'training').map(({ id, text, worst, untilMs }) => [id, text.zh, text.en, worst, untilMs === null]);
    expect(told(DAY)).toEqual([['training/CR-1/due', '李娜：磷酸加入中断（A4.7）已到复训日期', '李娜: Acid dosing lost (A4.7), due to train again', false, false]]);
    expect(told(31 * DAY)).toEqual([['training/CR-1/expired', '李娜：磷酸加入中断（A4.7）已过有效期', '李娜: Acid dosing lost (A4.7), no longer valid', true, true]]);
    signs(record('CR-2', false, 0));
    expect(told(0)).toEqual([['training/CR-2/failed', '李娜：磷酸加入中断（A4.7）未合格，须再训练', '李娜: Acid dosing lost (A4.7), not passed, to be trained again', true, true]]);
    expect(handOver(bench, []).outcome).toBe('failed');
    signs(record('CR-3', true, DAY));
    expect([ids(bench, 'training'), handOver(bench).outcome]).toEqual([[], 'done']);
  });

  it('in a flood each kind stays readable, what is beyond is an item of its own, and the whole fits one record and the contract', () => {
    const many = Array.from({ length: 500 }, (_, i) => condition(`f${i}`, `T-f${i}`, { priority: 1, title: { zh: '长'.repeat(300), en: 'x'.repeat(300) } }));
    const bench = calmPlant(many);
    raise(bench, ...many.map(({ id }) => id));
    const items = itemsOf(bench);
    const unanswered = items.filter(({ kind }) => kind === 'unanswered');
    expect([unanswered.length, unanswered.at(-1)?.id, unanswered.at(-1)?.text.en]).toEqual([HANDOVER_KIND_MAX + 1, 'unanswered/more', '440 more, on their own screen']);
    expect(handOver(bench).outcome).toBe('done');
    const [record] = bench.factsOf('shift.handed-over');
    const whole = canonicalJson({ ...record?.data } as never);
    expect(whole.ok && (whole.text.length / unanswered.length) * HANDOVER_KINDS.length * (HANDOVER_KIND_MAX + 1) < DATA_MAX_LENGTH).toBe(true);
    expect(handoverSectionSchema.safeParse(handoverSection(bench.plant, bench.state, bench.nowMs)).error?.issues).toBe(undefined);
  });

  it('the kinds are the contract\'s, ids are unique, and what stands against the guideline comes first in its kind', () => {
    expect([HANDOVER_KINDS, HANDOVER_KIND_MAX]).toEqual([CONTRACT_KINDS, CONTRACT_MAX]);
    const bench = upset();
    bench.set({ 'I-4200-BYP': true, 'I-4100-TRIP': true });
    const all = itemsOf(bench);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ kind }) => kind === 'interlock').map(({ id, worst }) => [id, worst])).toEqual([['interlock/I-4200/bypassed', true], ['interlock/I-4100/tripped', false]]);
  });
});

describe('REQ-HOV-02 everything that stands open is ticked, or nothing is signed', () => {
  it('whatever is left out, the hand-over is not made and the answer names it', () => {
    const bench = upset();
    bench.set({ 'I-4200-BYP': true, 'PC-4200': 1 });
    const all = itemsOf(bench);
    fc.assert(fc.property(fc.subarray([...all]), (ticked) => {
      const decision = handOverShift({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, ticked.map(({ id }) => id), '', operator, supervisor);
      const left = all.filter((item) => !ticked.includes(item));
      expect(decision.outcome).toBe(left.length === 0 ? 'done' : 'failed');
      if (decision.outcome === 'failed') for (const { text } of left.slice(0, 10)) expect(decision.message).toContain(text.zh);
    }), { numRuns: 200 });
  });

  it('what came while the form was open is new; what went meanwhile does not matter; a changed state is another thing', () => {
    const bench = Bench.calm();
    const before = ids(bench);
    bench.set({ 'I-4200-TRIP': true });
    const refused = handOver(bench, before);
    expect(refused).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(refused.outcome === 'failed' && refused.message).toContain('new since the form was opened');
    const tripped = ids(bench);
    bench.set({ 'I-4200-BYP': true });
    expect(handOver(bench, tripped).outcome).toBe('failed');
    bench.set({ 'I-4200-BYP': false, 'I-4200-TRIP': false });
    expect(handOver(bench, [...ids(bench), ...tripped]).outcome).toBe('done');
  });
});

describe('REQ-HOV-03 two people sign, and it stands in the record', () => {
  it('two different people, operators or supervisors', () => {
    const bench = Bench.calm();
    expect([handOver(bench, [], '', operator, operator).outcome, handOver(bench, [], '', operator, engineer).outcome]).toEqual(['failed', 'failed']);
    expect(handOver(bench, [], 'pump B vibrates', operator, supervisor).outcome).toBe('done');
    expect(bench.state.shift).toEqual({ user: 'wang.wei', name: '王伟', sinceMs: bench.nowMs, from: { user: 'li.na', name: '李娜' } });
  });

  it('with every item in both languages and the notes; who stood in the record, when somebody else hands over', () => {
    const bench = upset();
    const count = itemsOf(bench).length;
    handOver(bench, ids(bench), 'pump B vibrates');
    const [first] = bench.factsOf('shift.handed-over') as [Fact & { type: 'shift.handed-over' }];
    expect([first.by, first.data.items.length, first.data.notes, first.data.instead, recordText(first, bench.plant).en]).toEqual(['wang.wei', count, 'pump B vibrates', undefined, `李娜 hands the shift over to 王伟 (both signed); ${count} open item(s); notes: pump B vibrates`]);
    handOver(bench, ids(bench), '', operator, supervisor);
    expect(bench.factsOf('shift.handed-over').at(-1)?.data.instead).toEqual({ user: 'wang.wei', name: '王伟' });
  });

  it('the last twenty are kept, the newest with what stood open; the state is folded from facts alone, through JSON', () => {
    const bench = upset();
    for (let i = 0; i < 25; i += 1) {
      bench.nowMs += 1_000;
      handOver(bench, ids(bench), `n${i}`, i % 2 === 0 ? operator : supervisor, i % 2 === 0 ? supervisor : operator);
    }
    expect([bench.state.handOvers.length, bench.state.handOvers[0]?.notes, bench.state.handOvers[0]?.items.length === bench.state.handOvers[0]?.count, bench.state.handOvers.slice(1).every(({ items, count }) => items.length === 0 && count > 0)]).toEqual([20, 'n24', true, true]);
    const again = evolveAll(EMPTY_STATE, JSON.parse(JSON.stringify(bench.facts)) as Fact[], bench.plant.machines);
    expect([again.shift, again.handOvers]).toEqual([bench.state.shift, bench.state.handOvers]);
    expect(evolveAll(EMPTY_STATE, [fact('station.started', 1, null, { version: '0', mode: 'TRAINING', plant: 'h2o2', restarted: false })], bench.plant.machines).shift).toBe(null);
  });
});

describe('REQ-HOV-04 3.4 no state of the plant refuses it, and it stands in nobody\'s way', () => {
  it('in an upset, in a stop, with the link lost, held after a restart, with the authority run out: signed all the same', () => {
    const bench = upset();
    bench.do((c) => commands.stop(c, 'post', 'people'));
    bench.link('frozen');
    bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
    const plant = { ...bench.plant, pack: { ...bench.plant.pack, authority: [] } };
    const context = { plant, state: bench.state, nowMs: bench.nowMs };
    const all = handOverItems(plant, bench.state, bench.nowMs);
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['fault/authority', 'fault/link/frozen']));
    expect(handOverShift(context, all.map(({ id }) => id), '', operator, supervisor).outcome).toBe('done');
  });

  it('without any hand-over, or in the middle of one, stop and evacuation are what they were', () => {
    const bench = upset();
    expect([handOver(bench, []).outcome, bench.do((c) => commands.stop(c, 'post', 'people')).outcome, bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome]).toEqual(['failed', 'done', 'done']);
  });
});
