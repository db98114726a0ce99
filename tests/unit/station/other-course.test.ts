/** REQ-CRS-02 to 04: a simulated plant is put back; what belongs to the course that is left ends, the station stands where the plant stands, and conditions begin anew. */
import { describe, expect, it } from 'vitest';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { StationState } from '../../../src/domain/station/state.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { endOfCourse, ledBack } from '../../../src/domain/station/other-course.ts';
import * as people from '../../../src/domain/station/people-commands.ts';
import { beginEngineAgain } from '../../../src/domain/station/plant.ts';
import * as procedures from '../../../src/domain/station/procedure-commands.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Lived } from '../../../src/main/station/lived.ts';
import { Bench, engineOf, equipped, line, node, PEOPLE, sample, T0 } from '../domain/bench.ts';

const S = 1_000;
const hot = (id: string, offDelayMs: number) => node(id, { kind: 'limit', input: 'TI-1', above: 60, deadband: 0 }, 0, offDelayMs);
/** The calm bench itself comes to warn of a flow after a while. */
const WARNS = /^W-/u;
const held = (state: StationState): string[] => [...state.conditions.values()].filter((each) => each.held && !WARNS.test(each.id)).map(({ id }) => id);

/** As the core does it: the facts in one go, then conditions anew, then a look. */
function beginsAgain(bench: Bench, facts: readonly Fact[]): void {
  bench.commit(facts);
  beginEngineAgain(bench.plant, bench.state);
  bench.settle();
}

/** An exercise in which the oxidation tower is too hot, begun, owned, with people in a zone and something seen. */
function exercise(): Bench {
  const bench = Bench.calm();
  bench.commit([fact('training.started', bench.nowMs, 'op1', { scenario: 'S-1' })]);
  bench.pass(2 * S);
  return bench;
}
function upset(bench: Bench): string {
  bench.set({ 'TI-4202': 60 });
  const { instance } = bench.run('P-A4.2');
  bench.do((c) => procedures.startProcedure(c, instance, PEOPLE.operator.user));
  bench.do((c) => commands.evacuate(c, 'post', 'simulator'));
  bench.pass(5 * S);
  return instance;
}

describe('REQ-CRS-03 conditions begin anew', () => {
  it('one in its off-delay is not raised on the plant that stands there now; taken as before it would be', () => {
    for (const isAnew of [false, true]) {
      const engine = engineOf([hot('C', 30 * S)], ['TI-1']);
      engine.push(sample('TI-1', 70, T0));
      engine.push(sample('TI-1', 40, T0 + S));
      expect(engine.drain().map(line)).toEqual(['+0 C raised']);
      if (isAnew) engine.beginAgain([]);
      expect(engine.heldRaised('C') !== null).toBe(!isAnew);
      engine.push(sample('TI-1', 41, T0 + 2 * S));
      expect(engine.drain().map(line)).toEqual([]);
      engine.push(sample('TI-1', 70, T0 + 3 * S));
      expect(engine.drain().map(line)).toEqual(isAnew ? ['+3000 C raised'] : []);
    }
  });

  it('an on-delay begins anew; what is true and has no delay is raised again; what was raised then stays so until the tags say otherwise', () => {
    const engine = engineOf([hot('NOW', 0), node('LATER', { kind: 'limit', input: 'TI-1', above: 60, deadband: 0 }, 10 * S), hot('THEN', 5 * S)], ['TI-1'], 60 * S);
    engine.push(sample('TI-1', 70, T0));
    engine.advance(T0 + 8 * S);
    engine.drain();
    engine.beginAgain([]);
    expect(engine.drain().map(line).sort()).toEqual(['+8000 NOW raised', '+8000 THEN raised']);
    engine.advance(T0 + 12 * S);
    expect(engine.drain()).toEqual([]);
    engine.advance(T0 + 18 * S);
    expect(engine.drain().map(line)).toEqual(['+18000 LATER raised']);
    engine.push(sample('TI-1', 40, T0 + 19 * S));
    engine.drain();
    engine.beginAgain([{ id: 'THEN', held: true, onsetMs: T0 }]);
    expect([engine.heldRaised('THEN')?.onsetMs, engine.heldRaised('NOW')]).toEqual([T0, null]);
    engine.advance(T0 + 30 * S);
    expect(engine.drain().map(line)).toContain('+24000 THEN cleared');
  });

  it('what people had said was said of another plant', () => {
    const engine = engineOf([node('SMOKE', { kind: 'seen', input: 'seen:smoke' } as never)], ['seen:smoke']);
    engine.push(sample('seen:smoke', true, T0));
    expect(engine.drain().map(line)).toEqual(['+0 SMOKE raised']);
    engine.beginAgain([]);
    expect([engine.truthOf('SMOKE'), engine.readingOf('seen:smoke')?.value, engine.drain()]).toEqual([0, null, []]);
    engine.push(sample('seen:smoke', true, T0 + S));
    expect(engine.drain().map(line)).toEqual(['+1000 SMOKE raised']);
  });
});

describe('REQ-CRS-02 the end of an exercise', () => {
  it('its procedures, incident, roll-call, entries, permits, observations and shelved alarms end with it, each by a fact with the reason; what was there before stays', () => {
    const bench = Bench.calm();
    const [zone] = bench.plant.pack.zones;
    const enter = (name: string): void => { bench.do((c) => people.enterZone(c, equipped(bench, zone?.id ?? '', name), PEOPLE.supervisor)); };
    enter('before');
    bench.pass(S);
    const startedMs = bench.nowMs;
    bench.commit([fact('training.started', startedMs, 'op1', { scenario: 'S-1' })]);
    bench.pass(S);
    enter('after');
    upset(bench);
    const observation = bench.plant.pack.observations[0]?.id ?? '';
    bench.do((c) => commands.reportSeen(c, observation, true, '', 'op1'));
    const [shelvable] = [...bench.state.alarms.values()].filter(({ active }) => active);
    bench.do((c) => alarms.acknowledge(c, [shelvable?.id ?? ''], 'op1'));
    expect([bench.state.runs.length > 0, bench.state.incident !== null, bench.state.rollCall?.endedMs, held(bench.state).length > 0]).toEqual([true, true, null, true]);
    for (const [tag, value] of Bench.calm().values) bench.values.set(tag, value);
    const facts = endOfCourse(bench.plant, bench.state, 'exercise-ended', startedMs, bench.nowMs);
    const kinds = facts.map(({ type }) => type);
    for (const kind of ['procedure.ended', 'roll-call.ended', 'people.left', 'incident.closed', 'training.forgot', 'alarm.returned']) expect(kinds).toContain(kind);
    for (const each of facts) expect(Object.values(recordText(each, bench.plant)).every((words) => words.length > 4)).toBe(true);
    for (const [tag, value] of bench.values) bench.plant.engine.push(sample(tag, value, bench.nowMs));
    beginsAgain(bench, [...facts, fact('training.ended', bench.nowMs, 'op1', {})]);
    bench.pass(120 * S);
    expect([bench.state.runs, bench.state.incident, bench.state.rollCall, bench.state.noProcedure, bench.state.observations, held(bench.state), bench.state.commander]).toEqual([[], null, null, null, {}, [], null]);
    expect(bench.state.zones[zone?.id ?? '']?.entries.map(({ name }) => name)).toEqual(['before']);
    expect([...bench.state.alarms.values()].filter(({ id, active }) => active && !WARNS.test(id)).map(({ id }) => id)).toEqual([]);
    expect(bench.factsOf('analysis.owed')).toEqual([]);
    expect(evolveAll(EMPTY_STATE, bench.facts, bench.plant.machines)).toEqual(bench.state);
  });

  it('the next exercise raises the same procedure under a number of its own', () => {
    const bench = exercise();
    const first = upset(bench);
    for (const because of ['exercise-ended', 'exercise-began'] as const) {
      bench.values.set('TI-4202', 45);
      bench.plant.engine.push(sample('TI-4202', 45, bench.nowMs));
      beginsAgain(bench, endOfCourse(bench.plant, bench.state, because, 0, bench.nowMs));
      bench.pass(60 * S);
      expect(bench.state.runs).toEqual([]);
      bench.set({ 'TI-4202': 60 });
      expect(bench.run('P-A4.2').instance).not.toBe(first);
    }
  });
});

describe('REQ-CRS-04 led back', () => {
  it('the station stands where it stood at that moment; times that run are put off, what was signed keeps its time, and no number is given twice', () => {
    const bench = exercise();
    const before = bench.state;
    const first = upset(bench);
    const begun = bench.state;
    const toMs = bench.nowMs;
    bench.pass(40 * S);
    bench.do((c) => people.signRollCall(c, { zone: Object.keys(bench.state.rollCall?.zones ?? {})[0] ?? '', empty: true, note: '' }, PEOPLE.supervisor));
    const back = (then: StationState | null, at: number): readonly Fact[] => ledBack(bench.plant, bench.state, then, { fromS: 50, toS: 10, fromMs: bench.nowMs, toMs: at }, bench.nowMs, 'ins1');

    // To the midst of it: the same run at the same place, and 40 s more for what it has to do.
    const due = (state: StationState): number[] => state.runs.flatMap(({ course }) => Object.values(course.context.steps).map(({ dueMs }) => dueMs));
    beginsAgain(bench, back(begun, toMs));
    expect([bench.state.runs.map(({ instance }) => instance), bench.state.rollCall?.zones]).toEqual([[...begun.runs.map(({ instance }) => instance)], begun.rollCall?.zones]);
    expect(due(bench.state)).toEqual(due(begun).map((ms) => ms + bench.nowMs - toMs));
    expect(bench.state.runs.map(({ course }) => course.context.raisedMs)).toEqual(begun.runs.map(({ course }) => course.context.raisedMs));
    expect(held(bench.state)).toEqual(held(begun));

    // To before it: nothing of it stands, and the next of its kind is another one.
    bench.values.set('TI-4202', 45);
    bench.plant.engine.push(sample('TI-4202', 45, bench.nowMs));
    beginsAgain(bench, back(before, before.lastFactMs));
    bench.pass(5 * S);
    expect([bench.state.runs, bench.state.incident, bench.state.rollCall, held(bench.state), [...bench.state.alarms.values()].map(({ id }) => id).filter((id) => !WARNS.test(id))]).toEqual([[], null, null, [], [...before.alarms.values()].map(({ id }) => id)]);
    bench.set({ 'TI-4202': 60 });
    expect(bench.run('P-A4.2').instance).not.toBe(first);
    expect(evolveAll(EMPTY_STATE, bench.facts, bench.plant.machines)).toEqual(bench.state);
  });

  it('a moment that is not known any more: what stands ends', () => {
    const bench = exercise();
    upset(bench);
    bench.values.set('TI-4202', 45);
    bench.plant.engine.push(sample('TI-4202', 45, bench.nowMs));
    const facts = ledBack(bench.plant, bench.state, null, { fromS: 50, toS: 10, fromMs: bench.nowMs, toMs: T0 }, bench.nowMs, 'ins1');
    expect(facts.at(-1)).toMatchObject({ type: 'training.led-back', data: { standing: null } });
    beginsAgain(bench, facts);
    bench.pass(5 * S);
    expect([bench.state.runs, bench.state.incident]).toEqual([[], null]);
  });

  it('how things stood is known through the exercise, thinned when it is long, and of no other', () => {
    const lived = new Lived();
    const at = (lastFactMs: number, training: StationState['training'] = { scenario: 'S-1', startedMs: 1 }): StationState => ({ ...EMPTY_STATE, training, lastFactMs });
    expect(lived.at(5)).toBeNull();
    for (let ms = 1; ms <= 20_000; ms += 1) lived.keep(ms, at(ms));
    expect([lived.at(0)?.lastFactMs, lived.at(30_000)?.lastFactMs]).toEqual([1, 20_000]);
    const found = lived.at(10_000)?.lastFactMs ?? 0;
    expect(found <= 10_000 && found > 9_990).toBe(true);
    lived.keep(20_001, at(20_001, null));
    expect(lived.at(10_000)).toBeNull();
  });
});
