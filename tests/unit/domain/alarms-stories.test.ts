/** Alarms as people live with them: answered, hidden for a time, latched, forgotten, first, many. */
import { describe, expect, it } from 'vitest';
import { SHELVE_MAX_MS } from '../../../src/domain/alarms/alarms.ts';
import { SITE_ALARM_ID } from '../../../src/domain/alarms/own-alarms.ts';
import type { Alarm } from '../../../src/domain/alarms/alarms.ts';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { placeOf } from '../../../src/domain/procedures/machine.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { calmPlant, condition, CONDITIONS, end, raise } from './alarms-plant.ts';
import { Bench, PEOPLE, rulesOf, sample, T0 } from './bench.ts';

const MINUTE = 60_000;
const the = (bench: Bench, id: string): Alarm => {
  const found = bench.state.alarms.get(id);
  if (found === undefined) throw new Error(`${id} is at rest`);
  return found;
};
const answer = (bench: Bench, ...ids: string[]) => bench.do((c) => alarms.acknowledge(c, ids, 'post'));
const shelve = (bench: Bench, id: string, forMs = 20 * MINUTE) => bench.do((c) => alarms.shelve(c, [id], 'being repaired', forMs, 'post'));
const typesOf = (bench: Bench, id: string): string[] => bench.facts.filter((f) => f.type.startsWith('alarm.') && 'id' in f.data && f.data.id === id).map((f) => f.type.slice(6));

describe('REQ-ALM-05 what is always visible', () => {
  it.each(['trip', 'gas'])('3.6 %s is never shelved, suppressed or taken out of service, by whomever', (id) => {
    const bench = calmPlant();
    raise(bench, id);
    for (const decision of [shelve(bench, id, 1_000), bench.do((c) => alarms.takeOutOfService(c, id, 'WP-1', 'r', PEOPLE.engineer))]) {
      expect(rulesOf(decision)).toContain('ALM-ALWAYS-VISIBLE');
      if (decision.outcome !== 'refused') throw new Error('not refused');
      const [obstacle] = decision.refusal.obstacles;
      expect([obstacle?.clause, obstacle?.whoCanChange, decision.refusal.meanwhile.length > 0]).toEqual(['3.6', [], true]);
      expect([obstacle?.fact.zh.length, obstacle?.fact.en.length].every((n) => (n ?? 0) > 5)).toBe(true);
    }
    expect(the(bench, id)).toMatchObject({ shelved: null, suppressed: null, outOfService: null, state: 'unacknowledged' });
    expect(bench.factsOf('refused').length).toBe(2);
  });

  it('3.6 a pack that would suppress a safety alarm does not', () => {
    const bench = calmPlant(CONDITIONS.map((c) => (c.id === 'flow' ? { ...c, alarm: { latching: false, suppressedWhile: ['stopped'], class: 'safety' as const } } : c)));
    raise(bench, 'stopped', 'flow');
    expect(the(bench, 'flow')).toMatchObject({ suppressed: null, state: 'unacknowledged' });
  });

  it('the product’s own alarms are safety alarms; a class in the pack overrides the role', () => {
    const { plant } = calmPlant();
    expect(['NO-PROCEDURE', 'LINK', 'trip', 'plain', 'gas', 'early'].map((id) => plant.alarms.get(id)?.class)).toEqual(['safety', 'safety', 'safety', 'process', 'fire-gas', 'process']);
    expect(new Bench().plant.alarms.get('PEOPLE/Z-4200')?.class).toBe('safety');
  });

  it('3.6 an alarm that a new pack makes a safety alarm comes out of hiding', () => {
    const before = calmPlant();
    raise(before, 'plain');
    shelve(before, 'plain');
    const after = calmPlant(CONDITIONS.map((c) => (c.id === 'plain' ? { ...c, alarm: { latching: false, suppressedWhile: [], class: 'safety' as const } } : c)));
    after.state = before.state;
    after.settle();
    expect(after.factsOf('alarm.unshelved').map((f) => f.data.because)).toEqual(['class']);
    expect(the(after, 'plain').shelved).toBe(null);
  });
});

describe('REQ-ALM-06 shelving', () => {
  it('has a reason, a name and an end; the alarm comes back by itself, to be answered anew', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    answer(bench, 'plain');
    expect(shelve(bench, 'plain', 5 * MINUTE).outcome).toBe('done');
    expect(the(bench, 'plain').shelved).toMatchObject({ reason: 'being repaired', by: 'post', untilMs: bench.nowMs + 5 * MINUTE });
    bench.pass(5 * MINUTE - 1_000);
    expect(the(bench, 'plain').shelved).not.toBe(null);
    bench.pass(1_000);
    expect(the(bench, 'plain')).toMatchObject({ shelved: null, state: 'unacknowledged', acknowledgedBy: null });
    expect(bench.factsOf('alarm.unshelved').map((f) => [f.by, f.data.because])).toEqual([[null, 'time']]);
  });

  it.each([['urgent', 1], ['second', 2], ['plain', 3], ['soft', 4]] as const)('%s, priority %i: as long as its priority allows, and not a second longer', (id, priority) => {
    const bench = calmPlant();
    raise(bench, id);
    expect(shelve(bench, id, SHELVE_MAX_MS[priority] + 1_000)).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(shelve(bench, id, SHELVE_MAX_MS[priority]).outcome).toBe('done');
  });

  it('is not prolonged: what is shelved is not shelved again', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    shelve(bench, 'plain', 10 * MINUTE);
    bench.pass(5 * MINUTE);
    expect(rulesOf(shelve(bench, 'plain', 10 * MINUTE))).toEqual(['ALM-SHELVED']);
  });

  it('a page is shelved whole or not at all', () => {
    const bench = calmPlant();
    raise(bench, 'plain', 'trip');
    expect(rulesOf(bench.do((c) => alarms.shelve(c, ['plain', 'trip'], 'r', MINUTE, 'post')))).toContain('ALM-ALWAYS-VISIBLE');
    expect(the(bench, 'plain').shelved).toBe(null);
    expect(bench.do((c) => alarms.shelve(c, ['plain', 'no-such'], 'r', MINUTE, 'post'))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });

  it('raised again while shelved it stays shelved within its time, is recorded as hidden, and is not put before the operator', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    shelve(bench, 'plain', 10 * MINUTE);
    end(bench, 'plain');
    raise(bench, 'plain');
    expect([the(bench, 'plain').shelved !== null, bench.factsOf('alarm.raised').map((f) => f.data.hidden ?? false), bench.state.raises.recent.length]).toEqual([true, [false, true], 1]);
    bench.pass(10 * MINUTE);
    expect([the(bench, 'plain').state, bench.state.raises.recent.length]).toEqual(['unacknowledged', 2]);
  });

  it('what has gone when its time is up is gone: there is nothing to answer', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    shelve(bench, 'plain', 2 * MINUTE);
    end(bench, 'plain');
    expect(bench.state.alarms.has('plain')).toBe(true);
    bench.pass(2 * MINUTE);
    expect(bench.state.alarms.has('plain')).toBe(false);
  });

  it('3.6 a procedure that starts and names the condition brings it back, and keeps it from being shelved', () => {
    const bench = calmPlant();
    raise(bench, 'early');
    shelve(bench, 'early');
    raise(bench, 'trip');
    expect([placeOf(bench.run('P-1').course), the(bench, 'early').shelved, bench.factsOf('alarm.unshelved')[0]?.data.because]).toEqual(['raised', null, 'procedure']);
    expect(rulesOf(shelve(bench, 'early'))).toEqual(['ALM-PROCEDURE']);
  });

  it('a person brings it back, whoever; what is not shelved is passed over', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    shelve(bench, 'plain');
    expect(bench.do((c) => alarms.unshelve(c, ['plain', 'gas', 'no-such'], 'post'))).toMatchObject({ outcome: 'done', facts: [{ type: 'alarm.unshelved', data: { because: 'person' } }] });
    expect(the(bench, 'plain').state).toBe('unacknowledged');
  });

  it('not more than the limit of all', () => {
    const many = Array.from({ length: alarms.SHELVED_MAX + 1 }, (_, i) => condition(`c${i}`, 'T-plain'));
    const bench = calmPlant(many);
    expect(bench.do((c) => alarms.shelve(c, many.slice(0, alarms.SHELVED_MAX).map(({ id }) => id), 'r', MINUTE, 'post')).outcome).toBe('done');
    expect(shelve(bench, `c${alarms.SHELVED_MAX}`, MINUTE)).toMatchObject({ outcome: 'failed', code: 'bad-input' });
  });

  it('over a restart it is shelved still, and ends when it would have ended', () => {
    const before = calmPlant();
    raise(before, 'plain');
    shelve(before, 'plain', 10 * MINUTE);
    const after = calmPlant();
    after.state = evolveAll(EMPTY_STATE, before.facts, after.plant.machines);
    after.nowMs = before.nowMs + 10 * MINUTE - 1;
    after.settle();
    expect(the(after, 'plain').shelved).not.toBe(null);
    after.nowMs += 1;
    after.settle();
    expect(the(after, 'plain').shelved).toBe(null);
  });
});

describe('REQ-ALM-07 suppressed by design', () => {
  it('while its condition is true and no longer; seen in the record, not by the operator', () => {
    const bench = calmPlant();
    raise(bench, 'stopped');
    raise(bench, 'flow');
    expect([the(bench, 'flow').suppressed?.by, bench.factsOf('alarm.raised').map((f) => f.data.hidden)]).toEqual([['stopped'], [true]]);
    end(bench, 'stopped');
    expect(the(bench, 'flow')).toMatchObject({ suppressed: null, state: 'unacknowledged' });
    expect(typesOf(bench, 'flow')).toEqual(['suppressed', 'raised', 'unsuppressed']);
  });

  it('what stops and what follows in the same moment: suppressed first, never put before the operator', () => {
    const bench = calmPlant();
    raise(bench, 'flow', 'stopped');
    expect(typesOf(bench, 'flow')).toEqual(['suppressed', 'raised']);
    expect(bench.state.raises.recent).toEqual([]);
  });

  it('unknown does not suppress', () => {
    const bench = calmPlant();
    raise(bench, 'stopped', 'flow');
    bench.values.delete('T-stopped');
    bench.push(sample('T-stopped', null, bench.nowMs + 1, STATUS.bad));
    expect(the(bench, 'flow')).toMatchObject({ suppressed: null, state: 'unacknowledged' });
  });

  it('an equipment that stands and raises nothing leaves nothing behind', () => {
    const bench = calmPlant();
    raise(bench, 'stopped');
    expect(the(bench, 'flow')).toMatchObject({ active: false, count: 0 });
    end(bench, 'stopped');
    expect(bench.state.alarms.size).toBe(0);
  });
});

describe('REQ-ALM-08 out of service', () => {
  it('is signed by an engineer under a work permit, and lasts until somebody puts it back', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    expect(rulesOf(bench.do((c) => alarms.takeOutOfService(c, 'plain', 'WP-7', 'transmitter out', PEOPLE.operator)))).toEqual(['G-ROLE']);
    expect(bench.do((c) => alarms.takeOutOfService(c, 'plain', 'WP-7', 'transmitter out', PEOPLE.engineer)).outcome).toBe('done');
    expect(the(bench, 'plain').outOfService).toMatchObject({ by: 'zhao.min', permit: 'WP-7', reason: 'transmitter out' });
    expect(rulesOf(bench.do((c) => alarms.takeOutOfService(c, 'plain', 'WP-8', 'r', PEOPLE.engineer)))).toEqual(['ALM-OUT-OF-SERVICE']);
    bench.pass(30 * MINUTE);
    expect(the(bench, 'plain').outOfService).not.toBe(null);
    bench.do((c) => alarms.putInService(c, 'plain', PEOPLE.operator));
    expect(the(bench, 'plain')).toMatchObject({ outOfService: null, state: 'unacknowledged' });
  });

  it('one that is not raised stands in the list all the same', () => {
    const bench = calmPlant();
    bench.do((c) => alarms.takeOutOfService(c, 'plain', 'WP-7', 'r', PEOPLE.engineer));
    expect(the(bench, 'plain')).toMatchObject({ active: false, acknowledged: true });
  });
});

describe('REQ-ALM-02 a latched alarm', () => {
  it('stays when its condition is gone, until a person who has answered it resets it', () => {
    const bench = calmPlant();
    raise(bench, 'latch');
    const reset = () => bench.do((c) => alarms.resetAlarms(c, ['latch'], 'post'));
    expect(rulesOf(reset())).toEqual(['ALM-STILL-RAISED', 'ALM-UNANSWERED']);
    end(bench, 'latch');
    expect(rulesOf(reset())).toEqual(['ALM-UNANSWERED']);
    answer(bench, 'latch');
    expect(the(bench, 'latch')).toMatchObject({ active: false, latched: true });
    expect([reset().outcome, bench.state.alarms.has('latch')]).toEqual(['done', false]);
  });

  it('raised while latched, it is raised again and counted; with its value lost it is not reset', () => {
    const bench = calmPlant();
    raise(bench, 'latch');
    end(bench, 'latch');
    answer(bench, 'latch');
    raise(bench, 'latch');
    expect(the(bench, 'latch')).toMatchObject({ active: true, count: 2, state: 'unacknowledged' });
    end(bench, 'latch');
    answer(bench, 'latch');
    bench.values.delete('T-latch');
    bench.push(sample('T-latch', null, bench.nowMs + 1, STATUS.bad));
    expect(rulesOf(bench.do((c) => alarms.resetAlarms(c, ['latch'], 'post')))).toEqual(['ALM-UNKNOWN']);
  });
});

describe('REQ-ALM-09 gas and fire', () => {
  const reset = (bench: Bench) => bench.do((c) => alarms.resetAlarms(c, ['gas'], 'post'));
  const cause = (bench: Bench, by: typeof PEOPLE.engineer | typeof PEOPLE.operator = PEOPLE.engineer) => bench.do((c) => alarms.recordAlarmCause(c, 'gas', 'a flange', by));
  const confirm = (bench: Bench) => bench.do((c) => alarms.confirmOnSite(c, 'gas', 'nothing to be measured', PEOPLE.operator));

  it('3.6 clear only with the cause analysed and confirmed on site, both signed', () => {
    const bench = calmPlant();
    raise(bench, 'gas');
    answer(bench, 'gas');
    end(bench, 'gas');
    expect(rulesOf(reset(bench))).toEqual(['ALM-CAUSE', 'ALM-ON-SITE']);
    expect(cause(bench, PEOPLE.operator)).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    cause(bench);
    expect(rulesOf(reset(bench))).toEqual(['ALM-ON-SITE']);
    confirm(bench);
    expect([the(bench, 'gas').cause?.by, the(bench, 'gas').confirmation?.by]).toEqual(['zhao.min', 'li.na']);
    expect([reset(bench).outcome, bench.state.alarms.has('gas')]).toEqual(['done', false]);
  });

  it('3.6 the confirmation alone is not enough either', () => {
    const bench = calmPlant();
    raise(bench, 'gas');
    answer(bench, 'gas');
    end(bench, 'gas');
    confirm(bench);
    expect(rulesOf(reset(bench))).toEqual(['ALM-CAUSE']);
  });

  it('3.6 nobody confirms what is still measured, nor what cannot be measured', () => {
    const bench = calmPlant();
    raise(bench, 'gas');
    expect(rulesOf(confirm(bench))).toEqual(['ALM-STILL-RAISED']);
    bench.values.delete('T-gas');
    bench.push(sample('T-gas', null, bench.nowMs + 1, STATUS.bad));
    expect(rulesOf(confirm(bench))).toEqual(['ALM-UNKNOWN']);
    end(bench, 'gas');
    bench.link('lost');
    expect(rulesOf(confirm(bench))).toEqual(['ALM-LINK']);
  });

  it('3.6 gas that comes back makes both words void', () => {
    const bench = calmPlant();
    raise(bench, 'gas');
    end(bench, 'gas');
    cause(bench);
    confirm(bench);
    raise(bench, 'gas');
    expect(the(bench, 'gas')).toMatchObject({ cause: null, confirmation: null });
  });

  it('3.6 an alarm of another class is not cleared by words', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    expect(bench.do((c) => alarms.recordAlarmCause(c, 'plain', 't', PEOPLE.engineer))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(bench.do((c) => alarms.confirmOnSite(c, 'no-such', 't', PEOPLE.engineer))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });
});

describe('REQ-ALM-10 first-out', () => {
  const push = (bench: Bench, tag: string, value: number, sourceAgoMs: number): void => bench.push(sample(tag, value, bench.nowMs + 100, 0, bench.nowMs + 100 - sourceAgoMs));

  it('a value that comes late and began earlier moves it', () => {
    const bench = calmPlant();
    bench.nowMs += 5_000;
    push(bench, 'T-plain', 20, 0);
    expect(the(bench, 'plain').firstOut).toBe('first');
    push(bench, 'T-second', 20, 700);
    expect([the(bench, 'plain').firstOut, the(bench, 'second').firstOut]).toEqual([null, 'first']);
    expect(bench.factsOf('alarm.first-out').map((f) => f.data)).toEqual([{ group: 'G', first: 'second', possible: [], uncertaintyMs: 100 }]);
  });

  it('two in one scan are both possible, with the uncertainty; nobody is called first', () => {
    const bench = calmPlant();
    raise(bench, 'plain', 'second');
    expect(['plain', 'second'].map((id) => [the(bench, id).firstOut, the(bench, id).uncertaintyMs])).toEqual([['possible', 100], ['possible', 100]]);
  });

  it('when the group is quiet a new episode begins; until then the first stays, though it has returned', () => {
    const bench = calmPlant();
    raise(bench, 'plain');
    raise(bench, 'second');
    end(bench, 'plain');
    raise(bench, 'plain');
    expect([the(bench, 'plain').firstOut, the(bench, 'second').firstOut]).toEqual(['first', null]);
    end(bench, 'plain', 'second');
    expect(bench.state.episodes.size).toBe(0);
    raise(bench, 'second');
    expect(the(bench, 'second').firstOut).toBe('first');
  });

  it('what nobody sees began nothing', () => {
    const bench = calmPlant();
    shelve(bench, 'plain');
    raise(bench, 'plain');
    raise(bench, 'second');
    expect([the(bench, 'plain').firstOut, the(bench, 'second').firstOut]).toEqual([null, 'first']);
  });
});

describe('REQ-ALM-11 re-alarm', () => {
  it('still active after its time, answered or not: sounds and counts again', () => {
    const bench = calmPlant();
    raise(bench, 'again');
    answer(bench, 'again');
    bench.pass(2 * MINUTE - 2_000);
    expect(the(bench, 'again').state).toBe('acknowledged');
    bench.pass(2_000);
    expect(the(bench, 'again')).toMatchObject({ state: 'unacknowledged', count: 2, acknowledgedBy: null });
    bench.pass(2 * MINUTE);
    expect([the(bench, 'again').count, bench.state.raises.recent.length]).toEqual([3, 3]);
    end(bench, 'again');
    bench.pass(10 * MINUTE);
    expect(bench.factsOf('alarm.raised-again').length).toBe(2);
  });

  it('a day asleep makes one, not seven hundred', () => {
    const bench = calmPlant();
    raise(bench, 'again');
    bench.nowMs += 24 * 60 * MINUTE;
    bench.settle();
    expect(bench.factsOf('alarm.raised-again').length).toBe(1);
  });

  it('a pack that asks for every moment gets every minute', () => {
    const bench = calmPlant([condition('again', 'T-again', { alarm: { latching: false, suppressedWhile: [], reAlarm: 0 } })]);
    raise(bench, 'again');
    bench.pass(MINUTE);
    expect(bench.factsOf('alarm.raised-again').length).toBe(1);
  });
});

describe('REQ-ALM-12 time to respond', () => {
  it('counts from the onset of the raw condition: the on-delay is subtracted and told', () => {
    const bench = calmPlant();
    raise(bench, 'slow');
    const onsetMs = bench.nowMs;
    bench.pass(30_000);
    expect(the(bench, 'slow')).toMatchObject({ onsetMs, raisedMs: onsetMs + 30_000, respondByMs: onsetMs + 600_000, answerByMs: onsetMs + 540_000 });
  });

  it('3.6 answered in time or not is recorded with the answer', () => {
    const bench = calmPlant();
    raise(bench, 'slow', 'plain');
    bench.pass(MINUTE);
    answer(bench, 'plain');
    bench.pass(10 * MINUTE);
    answer(bench, 'slow');
    expect(bench.factsOf('alarm.acknowledged').map((f) => [f.data.id, f.data.inTime])).toEqual([['plain', true], ['slow', false]]);
    expect(the(bench, 'slow').answeredInTime).toBe(false);
  });
});

describe('REQ-ALM-13 every alarm is answered', () => {
  it('3.6 one that is not is overdue, once, at its time; also when it has returned', () => {
    const bench = calmPlant();
    raise(bench, 'plain', 'soft');
    end(bench, 'plain');
    bench.pass(9 * MINUTE);
    expect([bench.factsOf('alarm.overdue').map((f) => f.data.id), the(bench, 'plain').overdueMs !== null]).toEqual([['plain'], true]);
    bench.pass(30 * MINUTE);
    expect(bench.factsOf('alarm.overdue').map((f) => f.data.id)).toEqual(['plain', 'soft']);
    answer(bench, 'soft');
    expect(the(bench, 'soft').answeredInTime).toBe(false);
  });
});

describe('REQ-ALM-14 a flood', () => {
  const many = Array.from({ length: 14 }, (_, i) => condition(`c${i}`, `T-c${i}`));

  it('begins with the eleventh and ends by time, without a new alarm, as a fact', () => {
    const bench = calmPlant(many);
    for (let i = 0; i < 10; i += 1) raise(bench, `c${i}`);
    expect(bench.state.flood).toBe(null);
    raise(bench, 'c10');
    const beganMs = bench.nowMs;
    expect([bench.state.flood, bench.factsOf('flood.began').length]).toEqual([{ sinceMs: beganMs, raised: 11 }, 1]);
    bench.pass(10 * MINUTE - 5_000);
    expect(bench.state.flood).not.toBe(null);
    bench.pass(1_000);
    expect([bench.state.flood, bench.factsOf('flood.ended').map((f) => f.data)]).toEqual([null, [{ raised: 4 }]]);
  });

  it('hides nothing: every alarm stands in the state as before', () => {
    const bench = calmPlant(many);
    raise(bench, ...many.map(({ id }) => id));
    expect([bench.state.flood !== null, [...bench.state.alarms.values()].filter((a) => a.active && !a.acknowledged).length]).toEqual([true, 14]);
  });
});

describe('REQ-ALM-15 journals', () => {
  it('of before the orthogonal states are folded as they were', () => {
    const facts: Fact[] = [fact('alarm.raised', 1_000, null, { id: 'plain', priority: 2, sourceMs: 900, firstOut: true, group: 'G', input: 'T-plain', value: 20, limit: 10 }), fact('alarm.acknowledged', 2_000, 'post', { id: 'plain' }), fact('alarm.returned', 3_000, null, { id: 'plain' })];
    const { plant } = calmPlant();
    expect(evolveAll(EMPTY_STATE, facts.slice(0, 1), plant.machines).alarms.get('plain')).toMatchObject({ state: 'unacknowledged', firstOut: 'first', class: 'safety', latching: false, count: 1 });
    expect(evolveAll(EMPTY_STATE, facts, plant.machines)).toMatchObject({ alarms: { size: 0 }, episodes: { size: 0 } });
    expect(evolveAll(EMPTY_STATE, [...facts.slice(0, 1), fact('alarm.cleared', 2_000, null, { id: 'plain' })], plant.machines).alarms.size).toBe(0);
  });

  it('that speak of alarms that never were keep no station from starting', () => {
    const { plant } = calmPlant();
    for (const id of ['constructor', '__proto__', 'gone']) {
      const head = { id, priority: 3 as const, class: 'process' as const, latching: false, group: null };
      const facts: Fact[] = [
        fact('alarm.unshelved', 1, null, { id, because: 'time' }), fact('alarm.unsuppressed', 1, null, { id }), fact('alarm.in-service', 1, 'e', { id, because: 'person' }), fact('alarm.reset', 1, 'post', { id }), fact('alarm.cause', 1, 'e', { id, text: 't' }), fact('alarm.overdue', 1, null, { id }),
        fact('alarm.first-out', 1, null, { group: id, first: id, possible: [], uncertaintyMs: 1 }), fact('alarm.shelved', 1, 'post', { ...head, untilMs: 5, reason: 'r' }), fact('alarm.out-of-service', 1, 'e', { ...head, permit: 'p', reason: 'r' }), fact('alarm.suppressed', 1, null, { ...head, while: ['x'] }),
      ];
      const state = evolveAll(EMPTY_STATE, facts, plant.machines);
      expect(state.alarms.get(id)).toMatchObject({ shelved: { untilMs: 5 }, outOfService: { permit: 'p' }, suppressed: { by: ['x'] } });
    }
  });
});

describe('REQ-ALM-20 a site that was refused', () => {
  it('is told as an alarm for as long as the plant runs on its own figures; without a site there is none', () => {
    const { pack } = calmPlant().plant;
    const told = (site?: PlantPack['site']) => observe(makePlant(site === undefined ? pack : { ...pack, site }), EMPTY_STATE, [], T0).facts.filter((f) => f.type === 'alarm.raised').map((f) => f.data.id);
    const title = { zh: '某厂', en: 'a works' };
    expect([told({ id: 'a', title, applied: false }), told({ id: 'a', title, applied: true }), told()]).toEqual([[SITE_ALARM_ID], [], []]);
  });
});
