/** The station's domain against the shipped plant: what people live through, from the first signal to the closed return. */
import { describe, expect, it } from 'vitest';
import type { ProcedureDef, PlantPack } from '../../../src/domain/packs/schema.ts';
import { placeOf, regionsOf } from '../../../src/domain/procedures/machine.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { acknowledge } from '../../../src/domain/station/alarm-commands.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { returnVerdict, sustainVerdict } from '../../../src/domain/station/gates/verdicts.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { Bench, calmValues, PEOPLE, rulesOf, sample, shippedPack, STOPPED } from './bench.ts';

const commands = { ...stationCommands, ...procedureCommands };

const { operator, supervisor, engineer, engineer2, both } = PEOPLE;
const HOUR = 3_600_000;
const stop = (bench: Bench) => bench.do((c) => commands.stop(c, 'post', 'people'));
const approve = (bench: Bench, procedure: string, signer: typeof supervisor | typeof engineer | typeof both | typeof operator) => bench.do((c) => commands.approveReturn(c, bench.run(procedure).instance, signer));
const posts = (bench: Bench): void => {
  bench.do((c) => commands.takePost(c, 'commander', supervisor));
  bench.do((c) => commands.takePost(c, 'watch', operator));
};
const places = (bench: Bench): string[] => bench.state.runs.map((run) => placeOf(run.course));

describe('REQ-GATE-08 what an abnormal condition leads to', () => {
  it('A4.2(2) a tower at 60 degC raises its alarm as first-out, the whole-plant stop, an incident, and empties the zones', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    expect(bench.state.alarms.get('C-A4.2(2)-TI-4202')).toMatchObject({ state: 'unacknowledged', priority: 1, input: 'TI-4202', value: 60, limit: 60 });
    expect([bench.place('P-A4.2'), bench.run('P-A4.2').because.map((b) => b.condition)]).toEqual(['raised', ['C-A4.2(2)-TI-4202']]);
    expect(bench.state.incident?.firstCondition).toBe('C-A4.2(2)-TI-4202');
    expect(['Z-4100', 'Z-4200', 'Z-4300', 'Z-4500'].map((z) => [bench.state.zones[z]?.stage, bench.state.zones[z]?.limit])).toEqual(Array.from({ length: 4 }, () => ['unclear', 0]));
  });

  it('a second trigger joins the running procedure and raises no second one', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    bench.set({ 'AI-4106A': 2.01 });
    expect(bench.run('P-A4.2').because.map((b) => b.condition)).toEqual(['C-A4.2(2)-TI-4202', 'C-A4.2(7)-AI-4106A']);
    expect(bench.factsOf('procedure.raised').filter((f) => f.data.procedure === 'P-A4.2').length).toBe(1);
  });

  const withoutProcedure = (): PlantPack => ({ ...shippedPack(), procedures: shippedPack().procedures.filter((p) => p.id !== 'P-A4.2') });

  it('4.1.2 a trigger whose procedure is not there raises NO-PROCEDURE and the procedure for the unforeseen, refuses entry, and empties every zone', () => {
    const bench = new Bench(withoutProcedure());
    bench.link('connected');
    bench.set({ 'TI-4202': 60 });
    expect(bench.state.alarms.get('NO-PROCEDURE')).toMatchObject({ priority: 1, state: 'unacknowledged' });
    expect([bench.state.noProcedure, bench.place('P-4.1.2')]).toEqual([['C-A4.2(2)-TI-4202'], 'raised']);
    expect(Object.values(bench.state.zones).every((z) => z.stage === 'unclear')).toBe(true);
    posts(bench);
    expect(rulesOf(bench.do((c) => commands.enterZone(c, { zone: 'Z-4200', name: 'x', task: 't', protection: 'p' }, supervisor)))).toContain('G-NO-PROCEDURE');
    bench.set({ 'TI-4202': 45 });
    expect([bench.state.noProcedure, bench.state.alarms.get('NO-PROCEDURE')?.state]).toEqual([null, 'returned']);
  });

  it('4.1.2 someone reports what nobody foresaw: P-4.1.2', () => {
    const bench = Bench.calm();
    bench.do((c) => commands.reportSeen(c, 'UNFORESEEN', true, 'a bang', 'post'));
    expect(bench.place('P-4.1.2')).toBe('raised');
  });

  it('A4.2(5) the laboratory: 0.31 calls for another analysis, 0.31 again stops the plant', () => {
    const bench = Bench.calm();
    bench.do((c) => commands.enterLab(c, 'RAFFINATE-H2O2', 0.31, bench.nowMs, engineer));
    expect([bench.state.alarms.ids(), bench.state.runs]).toEqual([['W-A4.2(5)-LAB-SUSPECTED'], []]);
    bench.nowMs += 60_000;
    bench.do((c) => commands.enterLab(c, 'RAFFINATE-H2O2', 0.31, bench.nowMs, engineer));
    expect(bench.run('P-A4.2').because.map((b) => b.condition)).toContain('C-A4.2(5)-LAB-CONFIRMED');
  });

  it('A4.2 an interlock that trips by itself begins the retreat, in its own name', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    bench.set({ 'I-4200-TRIP': true });
    expect([bench.place('P-A4.2'), bench.run('P-A4.2').course.context.startedBy]).toEqual(['retreating', 'I-4200']);
  });

  it('4.1.1(3) key values that go silent are a control-system fault after their delay', () => {
    const bench = Bench.calm();
    bench.silence(20_000);
    expect(bench.place('P-4.1.1(3)')).toBe('raised');
  });
});

describe('REQ-GATE-09 emergency stop', () => {
  it('on an idle plant raises the whole-plant stop for the unforeseen and is stopping', () => {
    const bench = Bench.calm();
    expect(stop(bench)).toMatchObject({ outcome: 'done', output: { actedOn: 'people' } });
    expect([bench.state.runs.map((r) => r.procedure), places(bench), bench.state.retreats[0]?.kind, bench.state.incident !== null]).toEqual([['P-4.1.2'], ['stopping'], 'stop', true]);
  });

  it('when nothing was ever heard of the plant', () => {
    const bench = new Bench();
    expect([stop(bench).outcome, places(bench)]).toEqual(['done', ['stopping']]);
  });

  it('with the link down, everything bad, and a run held after a restart', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    bench.link('lost');
    bench.push(...[...bench.values.keys()].map((tag) => sample(tag, null, bench.nowMs + 1, STATUS.badNoCommunication)));
    bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
    expect(stop(bench).outcome).toBe('done');
    expect(new Set(places(bench))).toEqual(new Set(['stopping']));
    expect(regionsOf(bench.run('P-A4.2').course).authority).toBe('held');
  });

  it('with several procedures at different places, all are stopping; pressed again, nothing moves back', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60, 'TI-4502A': 71, 'AI-4207': 0.5 });
    bench.do((c) => commands.startProcedure(c, bench.run('P-A4.5').instance, 'post'));
    stop(bench);
    const first = bench.state.runs.map((run) => run.course);
    expect(new Set(places(bench))).toEqual(new Set(['stopping']));
    expect(stop(bench).outcome).toBe('done');
    expect(bench.state.runs.map((run) => run.course)).toEqual(first);
  });

  it('when the running procedure is of another version than today’s pack: START and STOP take effect', () => {
    for (const order of ['start', 'stop'] as const) {
      const bench = Bench.calm();
      bench.set({ 'TI-4202': 60 });
      bench.state = { ...bench.state, runs: bench.state.runs.map((run) => ({ ...run, version: 99, sourceHash: 'other' })) };
      if (order === 'start') expect(bench.do((c) => commands.startProcedure(c, bench.run('P-A4.2').instance, 'post')).outcome).toBe('done');
      else expect(stop(bench).outcome).toBe('done');
      expect(bench.place('P-A4.2')).toBe(order === 'start' ? 'retreating' : 'stopping');
      expect(rulesOf(approve(bench, 'P-A4.2', supervisor))).toContain('G-TRIP-CONDITION');
    }
  });

  it('a pack without any whole-plant stop still records the stop', () => {
    const bench = new Bench({ ...shippedPack(), procedures: [] });
    expect([stop(bench).outcome, bench.state.retreats.length]).toEqual(['done', 1]);
  });

  it('evacuation is recorded and needs nobody', () => {
    const bench = new Bench();
    expect(bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome).toBe('done');
    expect(bench.state.retreats[0]?.kind).toBe('evacuate');
  });
});

describe('REQ-GATE-06 the whole way back', () => {
  it('3.5 every refusal on the way, until two people close it', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    const { instance } = bench.run('P-A4.2');
    const refusals = (): string[] => rulesOf(approve(bench, 'P-A4.2', supervisor));
    expect(refusals()).toEqual(['G-SAFE', 'G-CAUSE', 'G-TRIP-CONDITION', 'G-COMMANDER', 'G-WATCH']);
    bench.do((c) => commands.startProcedure(c, instance, 'post'));
    posts(bench);
    expect(refusals()).toEqual(['G-SAFE', 'G-CAUSE', 'G-TRIP-CONDITION']);
    // The plant stops: tags prove the steps one by one, the rate proof and the hold times take their minutes.
    bench.set({ ...STOPPED, 'TI-4202': 54 });
    bench.pass(300_000);
    expect(bench.place('P-A4.2')).toBe('safe');
    expect(bench.do((c) => commands.recordCause(c, instance, 'cooling water lost', engineer))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    bench.do((c) => commands.investigate(c, instance, 'post'));
    expect(bench.do((c) => commands.recordCause(c, instance, 'cooling water lost', operator))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(refusals()).toEqual(['G-CAUSE', 'G-TRIP-CONDITION']);
    bench.do((c) => commands.recordCause(c, instance, 'cooling water lost', engineer));
    expect(refusals()).toEqual(['G-TRIP-CONDITION']);
    expect(bench.do((c) => commands.confirmProof(c, { instance, step: 'returnConditions', proof: 'R11', note: 'done' }, supervisor))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(bench.do((c) => commands.confirmProof(c, { instance, step: 'returnConditions', proof: 'R1', note: 'I looked' }, engineer))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    bench.do((c) => commands.confirmProof(c, { instance, step: 'returnConditions', proof: 'R11', note: 'done' }, engineer));
    bench.pass(5_000);
    expect(rulesOf(approve(bench, 'P-A4.2', operator))).toEqual(['G-ROLE']);

    // An interlock bypassed, people inside, a link down, an unknown value: each stands in the way by itself, and goes.
    for (const [worse, better, rule] of [[{ 'I-4200-BYP': true }, { 'I-4200-BYP': false }, 'G-INTERLOCK'], [{ 'I-4200-FLT': true }, { 'I-4200-FLT': false }, 'G-INTERLOCK'], [{ 'PC-4200': 1 }, { 'PC-4200': 0 }, 'G-PEOPLE'], [{ 'AI-4207': 1.9 }, { 'AI-4207': 4 }, 'G-TRIP-CONDITION']] as const) {
      bench.set(worse);
      expect(refusals()).toEqual([rule]);
      bench.set(better);
    }
    bench.link('lost');
    expect(refusals()).toEqual(['G-LINK']);
    bench.link('connected');

    expect(approve(bench, 'P-A4.2', both)).toMatchObject({ outcome: 'done', output: { closed: false } });
    expect(rulesOf(approve(bench, 'P-A4.2', both))).toEqual(['G-TWO-PERSONS']);
    expect(approve(bench, 'P-A4.2', engineer)).toMatchObject({ outcome: 'done', output: { closed: true } });
    expect([bench.state.runs, bench.state.closedRuns, bench.state.incident, bench.state.commander, bench.state.watch]).toEqual([[], 1, null, null, null]);
    expect(Object.values(bench.state.zones).every((z) => z.stage === 'normal')).toBe(true);
    expect(bench.factsOf('refused').length).toBeGreaterThan(10);
  });

  it('3.5 the safe state lost on the way sends back; an unknown value does not, but stands in the way', () => {
    const bench = Bench.calm();
    stop(bench);
    bench.set(STOPPED);
    bench.pass(130_000);
    expect(bench.place('P-4.1.2')).toBe('safe');
    bench.push(sample('XV-4101', null, bench.nowMs + 1, STATUS.bad));
    expect(bench.place('P-4.1.2')).toBe('safe');
    const verdict = returnVerdict(bench.plant, bench.state, bench.run('P-4.1.2'), bench.nowMs);
    expect(!verdict.allowed && verdict.refusal.obstacles.some((o) => o.fact.en === 'Condition of return not known: Hydrogen cut-off valve XV-4101')).toBe(true);
    bench.set({ 'XV-4101': 'open' });
    expect(bench.place('P-4.1.2')).toBe('retreating');
  });
});

describe('REQ-PROC-10 REQ-PROC-11 how a procedure moves by itself', () => {
  it('4.3.3 steps are ticked by proofs only, and marked overdue once at their deadline', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    bench.do((c) => commands.startProcedure(c, bench.run('P-A4.2').instance, 'post'));
    bench.pass(59_000);
    expect(bench.run('P-A4.2').course.context.steps['A']?.overdue).toBe(false);
    bench.pass(5_000);
    expect(bench.run('P-A4.2').course.context.steps['A']?.overdue).toBe(true);
    expect(bench.factsOf('procedure.moved').filter((f) => f.data.event.type === 'STEP_OVERDUE').length).toBe(1);
    bench.set({ 'XV-4101': 'closed', 'XV-4102': 'open' });
    expect(bench.run('P-A4.2').course.context.steps['A']).toMatchObject({ by: 'tags', doneMs: bench.nowMs });
  });

  it('a step whose tag is bad is not ticked', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60, 'XV-4101': 'closed' });
    bench.do((c) => commands.startProcedure(c, bench.run('P-A4.2').instance, 'post'));
    bench.push(sample('XV-4102', 'open', bench.nowMs + 1, STATUS.uncertain));
    expect(bench.run('P-A4.2').course.context.steps['A']?.doneMs).toBe(null);
  });

  it('60 steps that are all proved at once are gone through at once', () => {
    const one = shippedPack().procedures.find((p) => p.id === 'P-4.1.2') as ProcedureDef;
    const [step] = one.steps;
    if (step === undefined) throw new Error('P-4.1.2 has no steps');
    const long: ProcedureDef = { ...one, steps: Array.from({ length: 60 }, (_, i) => ({ ...step, id: `S${i}`, proof: step.proof.map((p) => ({ ...p, id: `${i}.${p.id}` })) })) };
    const bench = new Bench({ ...shippedPack(), procedures: [long] }, new Map([...calmValues(shippedPack()), ...Object.entries(STOPPED)]));
    bench.pass(1_000);
    stop(bench);
    expect(Object.values(bench.run('P-4.1.2').course.context.steps).filter((s) => s.doneMs !== null).length).toBe(60);
  });
});

describe('REQ-GATE-10 prohibitions', () => {
  it('A4.7 dosing by hand while the procedure runs: violated with an alarm, unknown does not undo it, closing the port does', () => {
    const bench = Bench.calm();
    bench.set({ 'XV-4902': 'open' });
    expect(bench.state.alarms.get('N-A4.7-HAND')).toBeUndefined();
    bench.set({ 'AI-4207': 0.9 });
    const state = (): unknown => [bench.run('P-A4.7').prohibitions['NO-HAND-DOSING'], regionsOf(bench.run('P-A4.7').course).prohibitions, bench.state.alarms.get('N-A4.7-HAND')?.state];
    expect(state()).toEqual(['violated', 'violated', 'unacknowledged']);
    bench.push(sample('XV-4902', null, bench.nowMs + 1, STATUS.bad));
    expect(state()).toEqual(['violated', 'violated', 'unacknowledged']);
    bench.set({ 'XV-4902': 'closed' });
    expect(state()).toEqual(['kept', 'kept', 'returned']);
  });
});

describe('REQ-GATE-11 bypasses (3.3)', () => {
  const request = { interlock: 'I-4200', reason: 'r', hazard: 'h', measures: ['m'] };
  const register = (bench: Bench, untilMs = bench.nowMs + HOUR): string => {
    const decision = bench.do((c) => commands.requestBypass(c, { ...request, untilMs }, operator));
    return decision.outcome === 'done' ? decision.output.bypass : decision.outcome;
  };

  it('seen on a tag without an entry: priority 1, running on refused; an unknown tag does not end the alarm, restoring does', () => {
    const bench = Bench.calm();
    bench.set({ 'I-4200-BYP': true });
    expect(bench.state.alarms.get('BYPASS/I-4200')).toMatchObject({ priority: 1, state: 'unacknowledged', input: 'I-4200-BYP' });
    expect(sustainVerdict(bench.state, 'I-4200', bench.nowMs).allowed).toBe(false);
    bench.push(sample('I-4200-BYP', null, bench.nowMs + 1, STATUS.bad));
    expect([bench.state.alarms.get('BYPASS/I-4200')?.state, bench.state.interlocks['I-4200']?.state]).toEqual(['unacknowledged', 'unknown']);
    bench.set({ 'I-4200-BYP': false });
    expect(bench.state.alarms.get('BYPASS/I-4200')?.state).toBe('returned');
  });

  it('assessed by an engineer, approved by a third person, until it expires', () => {
    const bench = Bench.calm();
    const id = register(bench);
    const assess = (by: typeof engineer | typeof operator) => bench.do((c) => commands.assessBypass(c, id, 'acceptable with measures', true, by)).outcome;
    const grant = (by: typeof supervisor | typeof engineer | typeof operator) => bench.do((c) => commands.approveBypass(c, id, by)).outcome;
    expect([grant(supervisor), assess(operator), assess(engineer), assess(engineer2)]).toEqual(['failed', 'failed', 'done', 'failed']);
    expect([grant(engineer), grant(operator), grant(engineer2), grant(supervisor)]).toEqual(['failed', 'failed', 'done', 'failed']);
    bench.set({ 'I-4200-BYP': true });
    expect([bench.state.alarms.get('BYPASS/I-4200'), sustainVerdict(bench.state, 'I-4200', bench.nowMs).allowed, bench.state.interlocks['I-4200']?.approved]).toEqual([undefined, true, true]);
    bench.nowMs += HOUR;
    bench.pass(1_000);
    expect([bench.state.bypasses[0]?.phase, bench.state.alarms.get('BYPASS/I-4200')?.state, sustainVerdict(bench.state, 'I-4200', bench.nowMs).allowed]).toEqual(['expired', 'unacknowledged', false]);
  });

  it('the requester, even as engineer, neither assesses nor approves; one not acceptable is rejected', () => {
    const bench = Bench.calm();
    const decision = bench.do((c) => commands.requestBypass(c, { ...request, untilMs: bench.nowMs + HOUR }, both));
    const id = decision.outcome === 'done' ? decision.output.bypass : '';
    expect(bench.do((c) => commands.assessBypass(c, id, 't', true, both)).outcome).toBe('failed');
    bench.do((c) => commands.assessBypass(c, id, 't', true, engineer));
    expect(bench.do((c) => commands.approveBypass(c, id, both)).outcome).toBe('failed');
    const other = Bench.calm();
    const refused = register(other);
    other.do((c) => commands.assessBypass(c, refused, 'no', false, engineer));
    expect([other.state.bypasses[0]?.phase, other.do((c) => commands.approveBypass(c, refused, supervisor)).outcome]).toEqual(['rejected', 'failed']);
  });

  it('longer than its criticality allows, in the past, a second one, or of nothing: not taken', () => {
    const bench = Bench.calm();
    expect(register(bench, bench.nowMs + 4 * HOUR + 1)).toBe('failed');
    expect(register(bench, bench.nowMs)).toBe('failed');
    expect(register(bench, bench.nowMs + 4 * HOUR)).toBe('B-I-4200-1');
    expect(register(bench)).toBe('failed');
    expect(bench.do((c) => commands.requestBypass(c, { ...request, interlock: 'I-9', untilMs: bench.nowMs + HOUR }, operator))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });

  it('an approved bypass of a linked interlock does not stand in the way of the return; expired it does', () => {
    const bench = Bench.calm();
    const id = register(bench);
    bench.do((c) => commands.assessBypass(c, id, 't', true, engineer));
    bench.do((c) => commands.approveBypass(c, id, supervisor));
    bench.set({ 'I-4200-BYP': true });
    bench.set({ 'TI-4202': 60 });
    expect(rulesOf(approve(bench, 'P-A4.2', supervisor))).not.toContain('G-INTERLOCK');
    bench.nowMs += HOUR;
    bench.pass(1_000);
    expect(rulesOf(approve(bench, 'P-A4.2', supervisor))).toContain('G-INTERLOCK');
  });
});

describe('REQ-GATE-07 resetting an interlock (3.5)', () => {
  it('while its trip condition stands, is unknown, or another linked procedure is not safe: refused', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60, 'AI-4207': 0.9 });
    posts(bench);
    const reset = (): string[] => rulesOf(commands.resetInterlock({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, 'I-4200', supervisor));
    expect(reset()).toEqual(['G-SAFE', 'G-CAUSE', 'G-TRIP-CONDITION']);
    // P-A4.7, first in the list, is safe with its cause found; P-A4.2 is not.
    const safe = (procedure: string): Fact[] => {
      const { instance } = bench.run(procedure);
      const at = bench.nowMs;
      const passed = (bench.plant.procedures.get(procedure)?.steps ?? []).map(({ id }) => ({ type: 'STEP_DONE', atMs: at, step: id, by: 'tags', dueMs: at + HOUR }) as const);
      return [{ type: 'STOP', atMs: at, by: 'post', dueMs: at + HOUR } as const, ...passed, { type: 'SAFE_PROVED', atMs: at } as const, { type: 'INVESTIGATE', atMs: at, by: 'post' } as const, { type: 'CAUSE', atMs: at, by: 'e', text: 'c' } as const].map((event) => fact('procedure.moved', at, null, { instance, event, place: 'safe' }));
    };
    const [first, second] = bench.state.runs.map((run) => run.procedure) as [string, string];
    expect([first, second].sort()).toEqual(['P-A4.2', 'P-A4.7']);
    bench.set({ 'TI-4202': 45, 'AI-4207': 4 });
    bench.state = evolveAll(bench.state, safe(first), bench.plant.machines);
    expect(reset()).toEqual(['G-SAFE', 'G-CAUSE']);
    bench.state = evolveAll(bench.state, safe(second), bench.plant.machines);
    bench.plant.engine.push(sample('TI-4203', null, bench.nowMs, STATUS.bad));
    expect(reset()).toEqual(['G-TRIP-CONDITION']);
    bench.plant.engine.push(sample('TI-4203', 45, bench.nowMs + 1));
    const ready = { plant: bench.plant, state: bench.state, nowMs: bench.nowMs };
    expect(commands.resetInterlock(ready, 'I-4200', operator)).toMatchObject({ outcome: 'refused' });
    const first2 = commands.resetInterlock(ready, 'I-4200', supervisor);
    if (first2.outcome !== 'done') throw new Error('refused');
    expect(first2).toMatchObject({ facts: [{ type: 'interlock.reset-approved' }], output: { reset: false } });
    // Two different people (3.5): the same one again is refused, the engineer completes it.
    const half = { ...ready, state: evolveAll(ready.state, first2.facts, bench.plant.machines) };
    expect(rulesOf(commands.resetInterlock(half, 'I-4200', supervisor))).toEqual(['G-TWO-PERSONS']);
    expect(commands.resetInterlock(half, 'I-4200', engineer)).toMatchObject({ outcome: 'done', facts: [{ type: 'interlock.reset-approved' }, { type: 'interlock.reset' }], output: { reset: true } });
  });
});

describe('REQ-GATE-05 entering a zone', () => {
  const enter = (bench: Bench, name = 'x') => bench.do((c) => commands.enterZone(c, { zone: 'Z-4200', name, task: 't', protection: 'p' }, supervisor));

  it('4.2.1 nobody while unclear; two for reconnaissance; never more than the procedure says; people by tag count', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    posts(bench);
    expect(rulesOf(enter(bench))).toEqual(['G-UNCLEAR', 'G-PEOPLE-LIMIT']);
    expect(rulesOf(bench.do((c) => commands.assessZone(c, 'Z-4200', 'reconnaissance', 'gas clear', operator)))).toEqual(['G-ONE-COMMANDER', 'G-ROLE']);
    bench.do((c) => commands.assessZone(c, 'Z-4200', 'reconnaissance', 'gas clear', supervisor));
    expect([enter(bench, 'a').outcome, enter(bench, 'b').outcome, rulesOf(enter(bench, 'c'))]).toEqual(['done', 'done', ['G-PEOPLE-LIMIT']]);
    bench.do((c) => commands.leaveZone(c, 'Z-4200', bench.state.zones['Z-4200']?.entries[0]?.id ?? '', 'post'));
    bench.set({ 'PC-4200': 2 });
    expect(rulesOf(enter(bench, 'c'))).toEqual(['G-PEOPLE-LIMIT']);
    bench.set({ 'PC-4200': 3 });
    expect([bench.state.zones['Z-4200']?.state, bench.state.alarms.get('PEOPLE/Z-4200')?.priority]).toEqual(['exceeded', 1]);
    bench.push(sample('PC-4200', null, bench.nowMs + 1, STATUS.bad));
    expect([bench.state.zones['Z-4200']?.state, bench.state.alarms.get('PEOPLE/Z-4200')?.state, rulesOf(enter(bench, 'c'))]).toEqual(['unknown', 'unacknowledged', ['G-PEOPLE-LIMIT']]);
  });

  it('4.2.1 a zone is not judged enterable while the plant is not seen or nobody watches it: unknown is never good', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    const judge = (link: string): string[] => rulesOf(commands.assessZone({ plant: bench.plant, state: { ...bench.state, link }, nowMs: bench.nowMs }, 'Z-4200', 'reconnaissance', 'gas clear', supervisor));
    expect(judge('connected')).toEqual(['G-COMMANDER', 'G-WATCH']);
    posts(bench);
    expect(judge('frozen')).toEqual(['G-LINK']);
    expect(commands.assessZone({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, 'Z-4200', 'reconnaissance', 'gas clear', supervisor).outcome).toBe('done');
  });

  it('4.2.3 handling lets in what the procedure allows and no more; lowering to unclear is always allowed', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    posts(bench);
    bench.do((c) => commands.assessZone(c, 'Z-4200', 'handling', 'assessed', supervisor));
    expect([enter(bench, 'a').outcome, enter(bench, 'b').outcome, rulesOf(enter(bench, 'c'))]).toEqual(['done', 'done', ['G-PEOPLE-LIMIT']]);
    expect(bench.do((c) => commands.assessZone(c, 'Z-4200', 'unclear', 'smoke', operator)).outcome).toBe('done');
    expect(bench.state.zones['Z-4200']?.state).toBe('exceeded');
  });
});

describe('REQ-GATE-15 names from outside', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is the name of nothing', (name) => {
    const bench = Bench.calm();
    const context = { plant: bench.plant, state: bench.state, nowMs: bench.nowMs };
    expect(acknowledge(context, [name], 'post')).toMatchObject({ outcome: 'done', facts: [] });
    for (const decision of [commands.leaveZone(context, name, name, 'post'), commands.enterLab(context, name, 1, 0, engineer), commands.reportSeen(context, name, true, '', 'post'), commands.assessZone(context, name, 'handling', 'a', engineer), commands.resetInterlock(context, name, engineer), commands.startProcedure(context, name, 'post'), commands.approveBypass(context, name, engineer), commands.confirmProof(context, { instance: name, step: name, proof: name, note: '' }, engineer)]) {
      expect(decision).toMatchObject({ outcome: 'failed', code: 'not-found' });
    }
  });

  it('a fact about an alarm or zone that never was does not keep the station from starting', () => {
    const bench = Bench.calm();
    for (const id of ['constructor', '__proto__', 'gone']) {
      const facts: Fact[] = [fact('alarm.acknowledged', 1, 'post', { id }), fact('alarm.returned', 1, null, { id }), fact('people.left', 1, 'post', { zone: id, entry: 'E' }), fact('lab.entered', 1, 'e', { lab: id, value: 1, sampledMs: 1 }), fact('procedure.moved', 1, null, { instance: id, event: { type: 'SAFE_LOST', atMs: 1 }, place: 'closed' })];
      expect(() => evolveAll(EMPTY_STATE, facts, bench.plant.machines)).not.toThrow();
    }
  });

  it('an alarm acknowledged twice in one request is acknowledged once', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    const id = 'C-A4.2(2)-TI-4202';
    bench.do((c) => acknowledge(c, [id, id], 'post'));
    expect(bench.factsOf('alarm.acknowledged').length).toBe(1);
    expect(bench.state.alarms.get(id)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'post' });
  });
});

describe('REQ-GATE-16 alarms of the plant', () => {
  it('of a group the first is first-out, and an alarm whose value is lost stays', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 56 });
    bench.set({ 'TI-4203': 60 });
    expect([bench.state.alarms.get('W-A4.2(2)-TI-4202')?.firstOut, bench.state.alarms.get('C-A4.2(2)-TI-4203')?.firstOut]).toEqual(['first', null]);
    bench.push(sample('TI-4203', null, bench.nowMs + 1, STATUS.bad));
    expect(bench.state.alarms.get('C-A4.2(2)-TI-4203')?.state).toBe('unacknowledged');
  });

  it('more than ten alarms in ten minutes are a flood; later alarms, few, end it', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4201': 61, 'TI-4202': 61, 'TI-4203': 61, 'TI-4301': 61, 'TI-4302': 61, 'TI-4303': 61 });
    expect(bench.state.flood).not.toBe(null);
    for (let i = 0; i < 240; i += 1) bench.plant.engine.alive((bench.nowMs += 5_001));
    bench.set({ 'TI-4201': 45 });
    expect(bench.state.flood).toBe(null);
  });

  it('4.1.1(3) the link lost is an alarm, the link being made is none', () => {
    const bench = Bench.calm();
    const seen = ['connecting', 'lost', 'connected'].map((phase) => {
      bench.link(phase);
      return bench.state.alarms.get('LINK')?.state;
    });
    expect(seen).toEqual([undefined, 'unacknowledged', 'returned']);
  });
});
