/** REQ-PPL-02..07: who goes in, against what, and what two counts of them say. */
import { describe, expect, it } from 'vitest';
import { headCount, STAGE_LIMIT, zoneLimit, zoneState } from '../../../src/domain/people/people.ts';
import { isSame } from '../../../src/domain/people/same-words.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { assessZone, leaveZone, stop, takePost } from '../../../src/domain/station/commands.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { enterZone } from '../../../src/domain/station/people-commands.ts';
import { raiseByHand } from '../../../src/domain/station/procedure-commands.ts';
import { Bench, equipped, PEOPLE, rulesOf, sample, shippedPack } from './bench.ts';

const { supervisor, operator, engineer, both } = PEOPLE;
const ZONE = 'Z-4200';
const enter = (bench: Bench, name: string, more: Parameters<typeof equipped>[3] = {}, zone = ZONE, signer: Signer = supervisor) => bench.do((c) => enterZone(c, equipped(bench, zone, name, more), signer));
const inside = (bench: Bench, zone = ZONE) => bench.state.zones[zone]?.entries ?? [];

/** The oxidation tower is too hot, command and watch are taken, the zone is judged enterable for handling. */
function enterable(stage: 'reconnaissance' | 'handling' = 'handling'): Bench {
  const bench = Bench.calm();
  bench.set({ 'TI-4202': 60 });
  bench.do((c) => takePost(c, 'commander', supervisor));
  bench.do((c) => takePost(c, 'watch', operator));
  bench.do((c) => assessZone(c, ZONE, stage, 'gas clear', supervisor));
  return bench;
}

describe('REQ-PPL-02 4.2.5 the larger of the two counts holds', () => {
  it('over every positioning count, number of names and limit, and with the positioning not known', () => {
    for (let names = 0; names <= 8; names += 1) {
      const entries = Array.from({ length: names });
      for (const tag of [null, 0, 1, 2, 3, 6, 7]) {
        expect(headCount(tag, entries)).toBe(tag === null ? null : Math.max(tag, names));
        for (const limit of [null, 0, 2, 6]) {
          const larger = Math.max(tag ?? 0, names);
          const expected = limit === null ? 'within' : larger > limit ? 'exceeded' : tag === null ? 'unknown' : 'within';
          expect(zoneState(tag, entries, limit), `${String(tag)} by tag, ${names} by name, limit ${String(limit)}`).toBe(expected);
        }
      }
    }
  });

  it('names alone raise the gathering alarm although the positioning says nobody, or nothing', () => {
    const bench = enterable();
    expect([enter(bench, 'a').outcome, enter(bench, 'b').outcome]).toEqual(['done', 'done']);
    bench.do((c) => assessZone(c, ZONE, 'unclear', 'smoke', operator));
    expect([bench.values.get('PC-4200'), bench.state.alarms.get('PEOPLE/Z-4200')]).toMatchObject([0, { active: true, priority: 1, value: 2, limit: 0 }]);
    const dead = enterable();
    enter(dead, 'a');
    dead.bad.add('PC-4200');
    dead.pass(2_000);
    dead.do((c) => assessZone(c, ZONE, 'unclear', 'smoke', operator));
    expect(dead.state.alarms.get('PEOPLE/Z-4200')).toMatchObject({ active: true, value: 1, limit: 0 });
  });
});

describe('REQ-PPL-03 4.2.1 4.2.3 the limit of the stage, and less where a procedure says so', () => {
  it('0, 2 and 6 by stage, and never more than any procedure that concerns the zone', () => {
    expect([STAGE_LIMIT.unclear, STAGE_LIMIT.reconnaissance, STAGE_LIMIT.handling]).toEqual([0, 2, 6]);
    for (const stage of ['unclear', 'reconnaissance', 'handling'] as const) for (const one of [0, 2, 6]) for (const two of [0, 2, 6]) expect(zoneLimit(stage, [one, two])).toBe(Math.min(STAGE_LIMIT[stage] ?? 0, one, two));
  });

  it.each([['ammonium-nitrate', 'P-A2.5', 'Z-2200', 2], ['h2o2', 'P-A4.4', 'Z-4100', 6]] as const)('A2.5 A4.4 %s: %s allows in %s at most %i', (plant, procedure, zone, limit) => {
    const pack = shippedPack(plant);
    const bench = new Bench(pack);
    bench.link('connected');
    bench.do((c) => raiseByHand(c, procedure, 'a story', 'post'));
    for (const run of bench.state.runs) if (run.procedure !== procedure) throw new Error(`${run.procedure} runs as well`);
    bench.do((c) => takePost(c, 'commander', supervisor));
    bench.do((c) => takePost(c, 'watch', operator));
    bench.do((c) => assessZone(c, zone, 'handling', 'clear', supervisor));
    expect(bench.state.zones[zone]?.limit).toBe(limit);
  });
});

describe('REQ-PPL-04 4.2.1 4.2.2 4.2.3 4.3.4 what everybody needs who goes in', () => {
  it('task, equipment by name and detector: each that is missing is refused by its own clause, and all at once', () => {
    const bench = enterable();
    expect(rulesOf(enter(bench, 'a', { task: '  ' }))).toEqual(['G-TASK']);
    expect(rulesOf(enter(bench, 'a', { gasDetector: ' ' }))).toEqual(['G-GAS-DETECTOR']);
    const bare = enter(bench, 'a', { confirmed: ['helmet', 'boots'] });
    expect(bare.outcome === 'refused' && bare.refusal.obstacles.map(({ rule, clause, fact }) => [rule, clause, fact.en])).toEqual([
      ['G-PROTECTION', '4.3.4', 'Protective equipment not confirmed: Suit against acids and alkalis'], ['G-PROTECTION', '4.3.4', 'Protective equipment not confirmed: Face shield'],
      ['G-PROTECTION', '4.3.4', 'Protective equipment not confirmed: Chemical-resistant gloves'], ['G-PROTECTION', '4.3.4', 'Protective equipment not confirmed: Explosion-proof radio'],
    ]);
    expect(rulesOf(enter(bench, 'a', { task: '', gasDetector: '', confirmed: [] }))).toEqual(['G-TASK', 'G-PROTECTION', 'G-GAS-DETECTOR']);
    expect([enter(bench, 'a').outcome, inside(bench)]).toMatchObject(['done', [{ name: 'a', task: 't', part: 'at a', gasDetector: 'GD-07', confirmed: shippedPack().zones[1]?.protection }]]);
    expect(enter(bench, 'b', { confirmed: ['umbrella'] })).toMatchObject({ outcome: 'failed', code: 'bad-input' });
  });

  it('every subset of the equipment: refused for exactly what it lacks', () => {
    const bench = enterable();
    const all = shippedPack().zones.find(({ id }) => id === ZONE)?.protection ?? [];
    for (let bits = 0; bits < 2 ** all.length; bits += 1) {
      const confirmed = all.filter((_, i) => (bits & (1 << i)) !== 0);
      const decision = enterZone({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, equipped(bench, ZONE, 'a', { confirmed: [...confirmed] }), supervisor);
      expect(decision.outcome === 'refused' ? decision.refusal.obstacles.length : 0).toBe(all.length - confirmed.length);
    }
  });

  it('two jobs at one part are refused, however it is written; the same job, another part or another zone is not', () => {
    const bench = enterable();
    enter(bench, 'a', { task: 'close the drain', part: 'Drain valve V-4206' });
    expect(rulesOf(enter(bench, 'b', { task: 'tighten the flange', part: ' ｄrain  VALVE v-4206 ' }))).toEqual(['G-SAME-PART']);
    expect(enter(bench, 'b', { task: 'Close the drain', part: 'drain valve v-4206' }).outcome).toBe('done');
    const other = enterable();
    enter(other, 'a', { task: 'close the drain', part: 'V-4206' });
    expect(enter(other, 'b', { task: 'look', part: 'V-4207' }).outcome).toBe('done');
  });

  it('in normal running equipment and detector are recorded and not demanded; a task is', () => {
    const bench = Bench.calm();
    expect(enter(bench, 'a', { gasDetector: '', confirmed: ['helmet'] }, ZONE, operator).outcome).toBe('done');
    expect(inside(bench)[0]).toMatchObject({ gasDetector: '', confirmed: ['helmet'] });
    expect(rulesOf(enter(bench, 'b', { task: '' }, ZONE, operator))).toEqual(['G-TASK']);
  });
});

describe('REQ-PPL-05 4.2.2 nobody is at two places', () => {
  it('a name that is signed in anywhere is bad input, however it is written; after leaving it is not', () => {
    const bench = enterable();
    enter(bench, '李 娜');
    for (const [name, zone] of [['李 娜', ZONE], [' 李  娜 ', 'Z-4300']] as const) expect(enter(bench, name, {}, zone)).toMatchObject({ outcome: 'failed', code: 'bad-input', message: expect.stringContaining(ZONE) as string });
    bench.do((c) => leaveZone(c, ZONE, inside(bench)[0]?.id ?? '', 'post'));
    expect(enter(bench, '李 娜').outcome).toBe('done');
    expect([isSame('Ａnna ', 'anna'), isSame('anna', 'anne')]).toEqual([true, false]);
  });

  it('a zone takes a bounded number of names', () => {
    const bench = Bench.calm();
    for (let i = 0; i < 50; i += 1) expect(enter(bench, `p${i}`, {}, ZONE, operator).outcome).toBe('done');
    expect(enter(bench, 'one more', {}, ZONE, operator)).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(new Set(inside(bench).map(({ id }) => id)).size).toBe(50);
  });
});

describe('REQ-PPL-06 4.5.1 who signs an entry or judges a zone enterable orders it', () => {
  it('in an upset the commander alone; lowering a zone to unclear is anybody’s; in normal running nobody commands', () => {
    const bench = enterable();
    expect(rulesOf(enter(bench, 'a', {}, ZONE, engineer))).toEqual(['G-ONE-COMMANDER']);
    expect(rulesOf(bench.do((c) => assessZone(c, 'Z-4300', 'handling', 'x', both)))).toEqual(['G-ONE-COMMANDER']);
    expect(bench.do((c) => assessZone(c, ZONE, 'unclear', 'smoke', operator)).outcome).toBe('done');
    expect(enter(Bench.calm(), 'a', {}, ZONE, operator).outcome).toBe('done');
  });

  it('leaving is never refused, and the stop works whoever is inside', () => {
    const bench = enterable();
    enter(bench, 'a');
    bench.link('lost');
    bench.push(sample('PC-4200', null, bench.nowMs + 1, STATUS.bad));
    expect(bench.do((c) => leaveZone(c, ZONE, inside(bench)[0]?.id ?? '', 'post')).outcome).toBe('done');
    expect(bench.do((c) => stop(c, 'post', 'people')).outcome).toBe('done');
  });
});

describe('REQ-PPL-07 4.2.5 positioning and signed entries differ', () => {
  const alarm = (bench: Bench) => bench.state.alarms.get('PEOPLE-DIFFER/Z-4200');

  it('for 60 s while the zone is concerned: an alarm of priority 2 with both numbers; it ends when they agree', () => {
    const bench = enterable();
    bench.set({ 'PC-4200': 1 });
    bench.pass(58_000);
    expect([alarm(bench), bench.state.zones[ZONE]?.differsSinceMs !== null]).toEqual([undefined, true]);
    bench.pass(2_000);
    expect(alarm(bench)).toMatchObject({ active: true, priority: 2, value: 1, limit: 0 });
    enter(bench, 'b');
    expect([alarm(bench)?.active, bench.state.zones[ZONE]?.differsSinceMs]).toEqual([false, null]);
  });

  it('somebody who passes the gate within the minute is no alarm; a positioning that dies neither begins nor ends it', () => {
    const bench = enterable();
    bench.set({ 'PC-4200': 1 });
    bench.pass(30_000);
    enter(bench, 'a');
    bench.pass(60_000);
    expect(alarm(bench)).toBeUndefined();
    bench.set({ 'PC-4200': 2 });
    bench.pass(61_000);
    bench.bad.add('PC-4200');
    bench.pass(5_000);
    expect(alarm(bench)?.active).toBe(true);
  });

  it('in normal running it is no news; when the upset is over it ends', () => {
    const bench = Bench.calm();
    bench.set({ 'PC-4200': 3 });
    bench.pass(70_000);
    expect([alarm(bench), bench.factsOf('people.differing')]).toEqual([undefined, []]);
  });
});
