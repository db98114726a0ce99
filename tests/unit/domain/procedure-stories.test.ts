/** How a running procedure lives: kinds of steps, times, calls for others, handling, holding, giving way. Real engine, real station. */
import { describe, expect, it } from 'vitest';
import { presentStepOf, placeOf } from '../../../src/domain/procedures/machine.ts';
import type { ProcedureDef } from '../../../src/domain/packs/schema.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { givesWayOf } from '../../../src/domain/station/commanding.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import { adviceOf } from '../../../src/main/station/advice.ts';
import { procedureView } from '../../../src/main/station/procedure-view.ts';
import { ammoniaNormal } from '../../support/rules/ammonia-normal.ts';
import { ammoniumNitrateNormal } from '../../support/rules/normal-values.ts';
import { Bench, PEOPLE, rulesOf, sample, shippedPack } from './bench.ts';
import { begun, bySignature, byTag, investigating, option, procedure, step, valve, words } from './made-procedures.ts';

const commands = { ...stationCommands, ...procedureCommands };
const { operator, supervisor, engineer, engineer2 } = PEOPLE;
const MINUTE = 60_000;

const present = (bench: Bench, id = 'P-1'): string => presentStepOf(bench.plant.procedures.get(id) as ProcedureDef, bench.run(id).course)?.id ?? placeOf(bench.run(id).course);
const course = (bench: Bench, id = 'P-1') => bench.run(id).course.context;
const instance = (bench: Bench, id = 'P-1'): string => bench.run(id).instance;
const late = (bench: Bench, id = 'P-1'): boolean => bench.state.alarms.get(`LATE/${id}`)?.active ?? false;
const moves = (bench: Bench, type: string): number => bench.factsOf('procedure.moved').filter(({ data }) => data.event.type === type).length;
const raised = (bench: Bench, id: string): number => bench.factsOf('procedure.raised').filter(({ data }) => data.procedure === id).length;
const choose = (bench: Bench, chosen: string, reason = '', isSigned = false, at = 'D') => bench.do((c) => commands.chooseOption(c, { instance: instance(bench), step: at, option: chosen, reason }, 'li.na', isSigned));
const posts = (bench: Bench): void => {
  bench.do((c) => commands.takePost(c, 'commander', supervisor));
  bench.do((c) => commands.takePost(c, 'watch', operator));
};
const sign = (bench: Bench, at: string, proof: string, signer: Signer, figure?: number, id = 'P-1') => bench.do((c) => commands.confirmProof(c, { instance: instance(bench, id), step: at, proof, note: 'seen', figure }, signer));
const stop = (bench: Bench) => bench.do((c) => commands.stop(c, 'post', 'people'));

const NEXT = procedure('P-2', { priority: 1, modes: ['whole-plant-stop'], clauses: ['4.1.2'], steps: [valve('X', 'XV-4104')] });

describe('REQ-PROC-14 4.1.1 a decision', () => {
  const when = (input: string) => ({ kind: 'state', input, is: 'open' });
  const DECIDE = procedure('P-1', { steps: [
    step('D', { kind: 'decide', within: '2 min', default: 'CAREFUL', options: [option('CAREFUL', 'A', when('XV-4104')), option('QUICK', 'B', when('XV-4401'))] }),
    valve('A', 'XV-4102'), valve('B', 'XV-4102'),
  ] });

  it.each([[{ 'XV-4104': 'open' }, 'A', 'CAREFUL'], [{ 'XV-4401': 'open' }, 'B', 'QUICK']])('the tags show exactly one way: it is taken at once (%o)', (values, at, chosen) => {
    const bench = begun([DECIDE]);
    bench.pass(1_000);
    expect(present(bench)).toBe('D');
    bench.set(values);
    expect([present(bench), course(bench).chosen['D']]).toEqual([at, { option: chosen, by: 'tags', seen: chosen, reason: '', atMs: bench.nowMs }]);
  });

  it('the tags show two ways, or none, or are bad: nothing is taken until a person chooses, who needs no signature', () => {
    const both = begun([DECIDE], { 'XV-4104': 'open', 'XV-4401': 'open' });
    both.pass(30_000);
    expect(present(both)).toBe('D');
    expect(choose(both, 'QUICK').outcome).toBe('done');
    expect([present(both), course(both).chosen['D']?.by, course(both).chosen['D']?.seen]).toEqual(['B', 'li.na', null]);
    const blind = begun([DECIDE]);
    blind.bad.add('XV-4104');
    blind.set({ 'XV-4104': 'open' });
    expect(present(blind)).toBe('D');
  });

  it('refused against the tags without signature and reason; with both it is taken and the journal keeps both assessments', () => {
    // With "exactly one" seen the product would choose by itself: the person is asked in the same moment, before it looks.
    const bench = begun([DECIDE]);
    bench.plant.engine.push(sample('XV-4401', 'open', bench.nowMs));
    const ask = (reason: string, isSigned: boolean) => commands.chooseOption({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, { instance: instance(bench), step: 'D', option: 'CAREFUL', reason }, 'li.na', isSigned);
    expect([ask('', false).outcome, ask('the valve is stuck', false).outcome, ask(' ', true).outcome]).toEqual(['failed', 'failed', 'failed']);
    const decision = ask('the valve is stuck', true);
    if (decision.outcome !== 'done') throw new Error('not taken');
    bench.commit(decision.facts);
    expect([present(bench), course(bench).chosen['D']]).toEqual(['A', expect.objectContaining({ option: 'CAREFUL', by: 'li.na', seen: 'QUICK', reason: 'the valve is stuck' })]);
  });

  it('nobody decides: the careful one is taken at the deadline', () => {
    const bench = begun([DECIDE]);
    bench.pass(119_000);
    expect(present(bench)).toBe('D');
    bench.pass(1_000);
    expect([present(bench), course(bench).chosen['D']?.by]).toEqual(['A', 'deadline']);
  });

  it('REQ-PROC-14 what the tags show goes before the deadline, wherever the default stands in the list', () => {
    const bench = begun([DECIDE]);
    bench.pass(119_000);
    bench.set({ 'XV-4401': 'open' });
    expect(course(bench).chosen['D']).toMatchObject({ option: 'QUICK', by: 'tags' });
  });

  it('REQ-PROC-14 3.4 a stop asks again, in its own time: an old deadline decides nothing', () => {
    const bench = begun([DECIDE]);
    choose(bench, 'QUICK');
    bench.pass(10 * MINUTE);
    stop(bench);
    expect([present(bench), course(bench).chosen['D'], course(bench).steps['D']?.dueMs]).toEqual(['D', undefined, bench.nowMs + 2 * MINUTE]);
    bench.pass(2 * MINUTE);
    expect([present(bench), course(bench).chosen['D']?.option]).toEqual(['A', 'CAREFUL']);
  });
});

describe('REQ-PROC-12 4.1.1 times of the steps', () => {
  it('a time runs out: the course goes on, the step stays open under LATE, a late proof ticks it and ends the alarm', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104'), valve('B', 'XV-4401', 'open', { within: '20 min' })] })]);
    bench.pass(59_000);
    expect([present(bench), late(bench)]).toEqual(['A', false]);
    bench.pass(1_000);
    expect([present(bench), late(bench), course(bench).steps['A']]).toEqual(['B', true, expect.objectContaining({ overdue: true, doneMs: null })]);
    expect(bench.state.alarms.get('LATE/P-1')?.priority).toBeLessThanOrEqual(2);
    const open = procedureView(bench.plant, bench.state, bench.run('P-1'), bench.nowMs, []).steps.map(({ state }) => state);
    expect(open).toEqual(['open', 'now']);
    bench.pass(5 * MINUTE);
    bench.set({ 'XV-4104': 'open' });
    expect([course(bench).steps['A'], present(bench), late(bench)]).toEqual([expect.objectContaining({ doneMs: bench.nowMs, by: 'tags' }), 'B', false]);
    expect([moves(bench, 'STEP_OVERDUE'), moves(bench, 'STEP_LATE')]).toEqual([1, 1]);
  });

  it('at-once: people walk out while valves close; the proof is watched beside, late at its time', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104', 'open', { proceed: 'at-once' }), valve('B', 'XV-4401', 'open', { within: '20 min' })] })]);
    expect([present(bench), late(bench)]).toEqual(['B', false]);
    bench.pass(MINUTE);
    expect([present(bench), late(bench), course(bench).steps['A']?.overdue]).toEqual(['B', true, true]);
    bench.set({ 'XV-4104': 'open' });
    expect([course(bench).steps['A']?.doneMs, late(bench)]).toEqual([bench.nowMs, false]);
  });

  it('REQ-PROC-10 4.2.1 the safe state is not proved while people who were told to leave are not shown to be out; an unknown head count shows nothing', () => {
    const out = { id: 'E.1', text: words('people'), expected: words('nobody'), when: { kind: 'limit', input: 'PC-4200', atOrBelow: 0 } };
    const bench = begun([procedure('P-1', { modes: ['evacuation'], steps: [step('E', { modes: ['evacuation'], proceed: 'at-once', within: '5 min', proof: [out] }), valve('A', 'XV-4205')] })], { 'PC-4200': 2, 'XV-4205': 'open' });
    bench.pass(1_000);
    const state = () => [bench.place('P-1'), present(bench), course(bench).steps['E']?.doneMs ?? null];
    // The valves did not wait for the people; the safe state does.
    expect([course(bench).steps['A']?.doneMs !== null, state()]).toEqual([true, ['retreating', 'retreating', null]]);
    bench.push(sample('PC-4200', 0, bench.nowMs, STATUS.bad));
    expect(state()).toEqual(['retreating', 'retreating', null]);
    bench.set({ 'PC-4200': 0 });
    expect([bench.place('P-1'), course(bench).steps['E']?.doneMs]).toEqual(['safe', bench.nowMs]);
  });

  it('wait: not before its least time, though all is proved; and not without its proof when the time is over', () => {
    const wait = procedure('P-1', { steps: [step('W', { kind: 'wait', atLeast: '5 min', within: '10 min', proof: [byTag('W.1', 'XV-4104', 'open')] }), valve('B', 'XV-4401')] });
    const proved = begun([wait], { 'XV-4104': 'open' });
    proved.pass(5 * MINUTE - 1_000);
    expect(present(proved)).toBe('W');
    proved.pass(1_000);
    expect(present(proved)).toBe('B');
    const unproved = begun([wait]);
    unproved.pass(9 * MINUTE);
    expect(present(unproved)).toBe('W');
    unproved.set({ 'XV-4104': 'open' });
    expect([present(unproved), late(unproved)]).toEqual(['B', false]);
  });

  it('warn: acknowledged, or passed at its time; given late it is given', () => {
    const warn = procedure('P-1', { steps: [step('N', { kind: 'warn' }), valve('B', 'XV-4401', 'open', { within: '20 min' })] });
    const told = begun([warn]);
    told.do((c) => commands.acknowledgeItems(c, instance(told), ['N'], 'post'));
    expect([present(told), course(told).steps['N']?.by]).toEqual(['B', 'post']);
    const untold = begun([warn]);
    untold.pass(MINUTE);
    expect([present(untold), late(untold)]).toEqual(['B', true]);
    untold.do((c) => commands.acknowledgeItems(c, instance(untold), ['N', 'N'], 'post'));
    expect([course(untold).steps['N'], late(untold)]).toEqual([expect.objectContaining({ by: 'post', doneMs: untold.nowMs }), false]);
    expect(moves(untold, 'ACKNOWLEDGED')).toBe(1);
    expect(untold.do((c) => commands.acknowledgeItems(c, instance(untold), ['nothing'], 'post'))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });

  it('record: a figure in its range proves, one outside proves the contrary, none is refused', () => {
    const record = procedure('P-1', { steps: [step('R', { kind: 'record', proof: [bySignature('R.1', 'operator', { figure: { unit: 'vol%', low: 0, high: 0.5 } })] })] });
    const shown = (bench: Bench) => procedureView(bench.plant, bench.state, bench.run('P-1'), bench.nowMs, []).steps[0]?.proofs[0]?.state;
    const bench = begun([record]);
    expect([sign(bench, 'R', 'R.1', operator).outcome, sign(bench, 'R', 'R.1', engineer, 0.2).outcome, shown(bench)]).toEqual(['failed', 'failed', 'unknown']);
    sign(bench, 'R', 'R.1', operator, 0.7);
    expect([present(bench), shown(bench)]).toEqual(['R', 'false']);
    sign(bench, 'R', 'R.1', operator, 0.5);
    expect([shown(bench), course(bench).steps['R']?.by]).toEqual(['true', 'li.na']);
  });

  it('skipped with a reason, only the present one; in the way to safety nobody is asked for more', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104'), valve('B', 'XV-4401')] })]);
    expect(bench.do((c) => commands.skipStep(c, instance(bench), 'B', 'other', 'n', operator)).outcome).toBe('failed');
    bench.do((c) => commands.skipStep(c, instance(bench), 'A', 'other', 'stuck', operator));
    expect([present(bench), course(bench).steps['A']?.skipReason]).toEqual(['B', 'other: stuck']);
  });
});

describe('REQ-PROC-16 4.1.1 one procedure calls for another', () => {
  it('goto raises it and keeps its place; the step is done when that one runs', () => {
    const bench = begun([procedure('P-1', { steps: [step('G', { kind: 'goto', procedure: 'P-2' }), valve('B', 'XV-4401')] }), NEXT]);
    bench.pass(1_000);
    expect([bench.place('P-2'), present(bench), course(bench).led['goto/G']?.procedure, raised(bench, 'P-2')]).toEqual(['raised', 'B', 'P-2', 1]);
  });

  it('otherwise.raise raises the next mode once, and the course goes on', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104', 'open', { otherwise: { ...words('next'), raise: 'P-2' } }), valve('B', 'XV-4401', 'open', { within: '20 min' })] }), NEXT]);
    bench.pass(MINUTE);
    expect([bench.place('P-2'), present(bench), course(bench).led['A']?.procedure]).toEqual(['raised', 'B', 'P-2']);
    bench.pass(5 * MINUTE);
    expect([raised(bench, 'P-2'), moves(bench, 'LED')]).toEqual([1, 1]);
  });

  it('REQ-PROC-16 a step that leads back when its time runs out raises the next mode all the same', () => {
    const round = procedure('P-1', { steps: [valve('A', 'XV-4104'), step('V', { kind: 'verify', proof: [byTag('V.1', 'XV-4401', 'open')], otherwise: { ...words('again'), goto: 'A', raise: 'P-2' } })] });
    const bench = begun([round, NEXT], { 'XV-4104': 'open' });
    bench.pass(MINUTE + 2_000);
    expect([bench.place('P-2'), raised(bench, 'P-2')]).toEqual(['raised', 1]);
    bench.pass(5 * MINUTE);
    expect(raised(bench, 'P-2')).toBe(1);
  });

  it('A3.5 the gasifier does not come down: P-A3.3 for the plug is raised, and the oxygen line is left alone', () => {
    const pack = shippedPack('ammonia-synthesis');
    const bench = Bench.calm(pack, new Map(Object.entries({ ...ammoniaNormal(pack), 'XV-3102A': 'closed', 'XV-3102B': 'closed', 'XS-3110': false, 'XV-3103': 'closed' })));
    bench.do((c) => commands.raiseByHand(c, 'P-A3.5', 'depressurise', 'post'));
    bench.do((c) => commands.startProcedure(c, instance(bench, 'P-A3.5'), 'post'));
    bench.pass(1_000);
    expect(present(bench, 'P-A3.5')).toBe('B');
    bench.pass(61 * MINUTE, 5_000);
    expect(present(bench, 'P-A3.5')).toBe('V');
    bench.pass(10 * MINUTE, 5_000);
    expect([present(bench, 'P-A3.5'), course(bench, 'P-A3.5').led['V']?.procedure, bench.place('P-A3.3')]).toEqual(['B', 'P-A3.3', 'raised']);
  });

  it('REQ-PROC-16 ifNotSafe: the safe state does not come, the next mode is raised once; lost again after that one has closed, it is raised again', () => {
    const lost = procedure('P-1', { steps: [valve('A', 'XV-4104')], ifNotSafe: { ...words('next'), raise: 'P-2' } });
    const bench = begun([lost, NEXT], { 'XV-4104': 'open' });
    bench.pass(10 * MINUTE - 1_000);
    expect([bench.place('P-2'), late(bench)]).toEqual([null, false]);
    bench.pass(2_000);
    expect([bench.place('P-2'), late(bench), course(bench).safeOverdue]).toEqual(['raised', true, true]);
    bench.pass(20 * MINUTE, 5_000);
    expect(raised(bench, 'P-2')).toBe(1);
    bench.set({ 'XV-4205': 'open' });
    expect([bench.place('P-1'), late(bench)]).toEqual(['safe', false]);
    // As if P-2 had been returned meanwhile.
    bench.state = { ...bench.state, runs: bench.state.runs.filter((run) => run.procedure !== 'P-2'), closedRuns: 1 };
    bench.set({ 'XV-4205': 'closed' });
    expect(bench.place('P-1')).toBe('retreating');
    bench.pass(11 * MINUTE, 5_000);
    expect(raised(bench, 'P-2')).toBe(2);
    expect(new Set(bench.factsOf('procedure.raised').map(({ data }) => data.instance)).size).toBe(3);
  });
});

describe('REQ-PROC-15 4.1.1 a continuous action', () => {
  const CONTINUOUS = procedure('P-1', {
    steps: [valve('A', 'XV-4104', 'open', { within: '1 h' })],
    continuous: [{ id: 'K', who: 'operator', text: words('cool'), when: { kind: 'limit', input: 'FI-4902', above: 30 }, sets: { 'XV-4401': 'open' }, proof: [byTag('K.1', 'XV-4401', 'open')], within: '1 min', otherwise: { ...words('next'), raise: 'P-2' } }],
  });
  const state = (bench: Bench) => course(bench).continuous['K']?.state ?? null;

  it('in effect while it is called for, answered by its proof, quiet when the call is gone; unknown changes nothing', () => {
    const bench = begun([CONTINUOUS, NEXT]);
    bench.pass(2_000);
    expect(state(bench)).toBe(null);
    bench.set({ 'FI-4902': 35 });
    expect([state(bench), course(bench).continuous['K']?.dueMs]).toEqual(['inEffect', bench.nowMs + MINUTE]);
    bench.set({ 'XV-4401': 'open' });
    expect(state(bench)).toBe('answered');
    bench.set({ 'XV-4401': 'closed' });
    expect(state(bench)).toBe('inEffect');
    bench.bad.add('FI-4902');
    bench.set({ 'FI-4902': 5 });
    expect(state(bench)).toBe('inEffect');
    bench.bad.clear();
    bench.pass(1_000);
    expect(state(bench)).toBe('quiet');
    expect(present(bench)).toBe('A');
  });

  it('not answered in time: overdue, LATE, and its procedure raised once; answered late the alarm ends', () => {
    const bench = begun([CONTINUOUS, NEXT], { 'FI-4902': 35 });
    bench.pass(MINUTE + 1_000);
    expect([state(bench), late(bench), bench.place('P-2'), raised(bench, 'P-2')]).toEqual(['overdue', true, 'raised', 1]);
    bench.set({ 'XV-4401': 'open' });
    expect([state(bench), late(bench)]).toEqual(['answered', false]);
  });
});

describe('REQ-PROC-15 times over several steps, as data', () => {
  function story(id: string, values: Readonly<Record<string, string | number | boolean>>): Bench {
    const pack = shippedPack('ammonium-nitrate');
    const bench = Bench.calm(pack, new Map(Object.entries({ ...ammoniumNitrateNormal(pack), ...values })));
    bench.do((c) => commands.raiseByHand(c, id, 'a story', 'post'));
    bench.do((c) => commands.startProcedure(c, instance(bench, id), 'post'));
    bench.pass(1_000);
    return bench;
  }
  const deadline = (bench: Bench, id: string, name: string) => course(bench, id).deadlines[name];

  it('A2.7 20 min in the seal tank, 30 min in the intermediate tank: running, exceeded once each, P-A2.1 raised, met later all the same', () => {
    const stopped = { 'XV-2520': 'closed', 'JS-2520': 'off', 'FI-2406': 0, 'FI-2416': 0 };
    const bench = story('P-A2.7', { ...stopped, 'LI-2411': 60, 'LI-2412': 60 });
    const startMs = bench.nowMs - 1_000;
    expect([deadline(bench, 'P-A2.7', 'SEAL-20'), deadline(bench, 'P-A2.7', 'MIDDLE-30')]).toMatchObject([{ state: 'running', dueMs: startMs + 20 * MINUTE }, { state: 'running', dueMs: startMs + 30 * MINUTE }]);
    bench.pass(20 * MINUTE - 2_000);
    expect(deadline(bench, 'P-A2.7', 'SEAL-20')?.state).toBe('running');
    bench.pass(1_000);
    expect([deadline(bench, 'P-A2.7', 'SEAL-20')?.state, deadline(bench, 'P-A2.7', 'MIDDLE-30')?.state, late(bench, 'P-A2.7'), raised(bench, 'P-A2.1')]).toEqual(['exceeded', 'running', true, 1]);
    bench.pass(10 * MINUTE);
    expect(deadline(bench, 'P-A2.7', 'MIDDLE-30')?.state).toBe('exceeded');
    expect(raised(bench, 'P-A2.1')).toBe(1);
    bench.set({ 'LI-2411': 0, 'LI-2412': 0 });
    expect([deadline(bench, 'P-A2.7', 'SEAL-20')?.state, deadline(bench, 'P-A2.7', 'MIDDLE-30')?.state]).toEqual(['met', 'met']);
    expect(bench.factsOf('procedure.moved').flatMap(({ data }) => (data.event.type === 'DEADLINE' ? [`${data.event.id} ${data.event.state}`] : []))).toEqual(['SEAL-20 running', 'MIDDLE-30 running', 'SEAL-20 exceeded', 'MIDDLE-30 exceeded', 'SEAL-20 met', 'MIDDLE-30 met']);
  });

  it.each([['A2.9', 'P-A2.9', 'HOLD-4H', 240, 'XS-2501', 'TI-2501'], ['A2.10', 'P-A2.10', 'HOLD-1H', 60, 'XS-2502', 'TI-2502']])('%s a mixing tank held in a short stop (%s): %s runs %i min, then everybody out though the tank is safe', (_clause, id, name, minutes, state, temperature) => {
    const bench = story(id, { [state]: 'short-stop', [temperature]: 136 });
    const dueMs = bench.nowMs - 1_000 + minutes * MINUTE;
    expect(deadline(bench, id, name)).toMatchObject({ state: 'running', dueMs });
    expect(procedureView(bench.plant, bench.state, bench.run(id), bench.nowMs, []).deadlines[0]).toMatchObject({ id: name, state: 'running', dueMs });
    bench.pass((minutes - 1) * MINUTE, 5_000);
    expect([deadline(bench, id, name)?.state, course(bench, id).led[`deadline/${name}`]]).toEqual(['running', undefined]);
    bench.pass(MINUTE, 5_000);
    expect([deadline(bench, id, name)?.state, late(bench, id), course(bench, id).led[`deadline/${name}`]?.procedure]).toEqual(['exceeded', true, 'P-A2.1']);
    expect(raised(bench, 'P-A2.1')).toBe(1);
    bench.set({ [state]: 'empty' });
    expect(deadline(bench, id, name)?.state).toBe('met');
  });

  it('REQ-PROC-15 a stop does not begin a time anew, and a step that was passed over meets none', () => {
    const timed = procedure('P-1', { steps: [valve('A', 'XV-4104', 'open', { within: '1 h' }), valve('B', 'XV-4401', 'open', { within: '1 h' })], deadlines: [{ id: 'T', clause: 'A2.7', text: words('20 min'), within: '20 min', from: 'start', until: 'A', otherwise: { ...words('next'), raise: 'P-2' } }] });
    const bench = begun([timed, NEXT]);
    const dueMs = bench.nowMs + 20 * MINUTE;
    bench.pass(10 * MINUTE, 5_000);
    stop(bench);
    bench.do((c) => commands.skipStep(c, instance(bench), 'A', 'other', 'stuck', operator));
    bench.pass(1_000);
    expect([present(bench), course(bench).deadlines['T']]).toEqual(['B', expect.objectContaining({ state: 'running', dueMs })]);
    bench.pass(10 * MINUTE, 5_000);
    expect([course(bench).deadlines['T']?.state, course(bench).led['deadline/T']?.procedure, late(bench)]).toEqual(['exceeded', 'P-2', true]);
    bench.set({ 'XV-4104': 'open' });
    expect(course(bench).deadlines['T']?.state).toBe('met');
  });
});

describe('REQ-PROC-17 a person’s assessment beside the machine’s', () => {
  const SAFE = procedure('P-1', { steps: [valve('A', 'XV-4205')] });
  const assess = (bench: Bench, proof: string, assessment: 'contested' | 'asserted' | 'withdrawn') => bench.do((c) => commands.assessProof(c, { instance: instance(bench), proof, assessment, reason: 'I see it' }, engineer));
  const obstacles = (bench: Bench): string[] => {
    const decision = bench.do((c) => commands.approveReturn(c, instance(bench), supervisor));
    return decision.outcome === 'refused' ? decision.refusal.obstacles.map(({ fact }) => fact.en) : [decision.outcome];
  };

  it('contested: the safe state is not known any more, the return is refused, nobody is sent back; withdrawn it counts again', () => {
    const bench = investigating(SAFE);
    posts(bench);
    bench.do((c) => commands.recordCause(c, instance(bench), 'found', engineer));
    sign(bench, 'returnConditions', 'R2', engineer);
    expect(assess(bench, 'S1', 'contested').outcome).toBe('done');
    bench.pass(1_000);
    expect(bench.place('P-1')).toBe('readyToReturn');
    expect(obstacles(bench)).toEqual(['Condition of return not known: S1']);
    const shown = procedureView(bench.plant, bench.state, bench.run('P-1'), bench.nowMs, []).safeState[0];
    expect([shown?.state, shown?.machine, shown?.assessment?.assessment]).toEqual(['unknown', 'true', 'contested']);
    assess(bench, 'S1', 'withdrawn');
    expect(obstacles(bench)).toEqual(['done']);
  });

  it('asserted proves nothing where tags tell; what is not there is not contested, what is there not asserted', () => {
    const bench = begun([SAFE]);
    bench.pass(1_000);
    expect([assess(bench, 'A.1', 'contested').outcome, assess(bench, 'A.1', 'asserted').outcome]).toEqual(['failed', 'done']);
    bench.pass(5_000);
    expect(present(bench)).toBe('A');
    const proved = investigating(SAFE);
    expect([assess(proved, 'S1', 'asserted').outcome, assess(proved, 'nothing', 'contested').outcome]).toEqual(['failed', 'failed']);
  });
});

describe('REQ-PROC-13 4.3 4.4 the handling', () => {
  const HANDLING = procedure('P-1', {
    steps: [valve('A', 'XV-4205')],
    handling: [
      step('H1', { kind: 'record', direction: 'hold', within: '1 h', proof: [bySignature('H1.1', 'operator', { shows: 'gas-free', evidence: 'portable-test', figure: { unit: '%LEL', low: 0, high: 10 } })] }),
      step('H2', { kind: 'command', direction: 'intervene', within: '30 min', cautions: [words('slowly'), { id: 'HOT', ...words('hot'), when: { kind: 'limit', input: 'TI-4202', above: 50 } }], proof: [byTag('H2.1', 'XV-4401', 'open')] }),
      step('H3', { kind: 'hold', direction: 'hold', within: '1 h', proof: [bySignature('H3.1')] }),
      step('H4', { kind: 'command', direction: 'intervene', within: '30 min', proof: [byTag('H4.1', 'XV-4104', 'open')] }),
    ],
  });
  const permit = (bench: Bench, at = 'H2', signer: Signer = supervisor) => bench.do((c) => commands.permitStep(c, instance(bench), at, signer));
  const read = (bench: Bench) => bench.do((c) => commands.acknowledgeItems(c, instance(bench), ['H2/caution-1', 'H2/HOT'], 'post'));
  const assessed = (bench: Bench) => bench.do((c) => commands.assessZone(c, 'Z-4200', 'handling', 'clear', engineer));
  const permitted = (bench: Bench, at = 'H2'): boolean => course(bench).permits[at] !== undefined;

  /** H1 signed, everything in order for H2. */
  function ready(): Bench {
    const bench = investigating(HANDLING);
    posts(bench);
    assessed(bench);
    sign(bench, 'H1', 'H1.1', operator, 2);
    read(bench);
    return bench;
  }

  it('a permit is refused with every clause and fact that stands in its way, and given when none does', () => {
    const bench = investigating(HANDLING);
    expect([present(bench), permit(bench).outcome]).toEqual(['H1', 'failed']);
    sign(bench, 'H1', 'H1.1', operator, 2);
    expect(present(bench)).toBe('H2');
    const refused = permit(bench);
    expect(rulesOf(refused)).toEqual(['G-COMMANDER', 'G-WATCH', 'G-UNCLEAR', 'G-CAUTION']);
    expect(refused.outcome === 'refused' && refused.refusal.obstacles.every(({ clause, fact }) => clause !== '' && fact.en !== '' && fact.zh !== '')).toBe(true);
    expect(bench.factsOf('refused').at(-1)).toMatchObject({ by: 'wang.wei', data: { operation: 'procedure.permit', direction: 'intervene' } });
    posts(bench);
    assessed(bench);
    expect(rulesOf(permit(bench))).toEqual(['G-CAUTION']);
    read(bench);
    expect(rulesOf(permit(bench, 'H2', operator))).toEqual(['G-ROLE']);
    expect([permit(bench).outcome, permitted(bench), course(bench).steps['H2']?.dueMs]).toEqual(['done', true, bench.nowMs + 30 * MINUTE]);
  });

  it.each([
    ['G-INTERLOCK', { 'I-4200-BYP': true }, { 'I-4200-BYP': false }], ['G-INTERLOCK', { 'I-4200-FLT': true }, { 'I-4200-FLT': false }], ['G-PEOPLE-LIMIT', { 'PC-4200': 3 }, { 'PC-4200': 2 }],
  ])('%s: refused while it stands (%o), withdrawn when it comes while it is permitted', (rule, worse, better) => {
    const bench = ready();
    bench.set(worse);
    expect(rulesOf(permit(bench))).toEqual([rule]);
    bench.set(better);
    expect([permit(bench).outcome, permitted(bench)]).toEqual(['done', true]);
    bench.set(worse);
    expect([permitted(bench), moves(bench, 'WITHDRAWN'), present(bench)]).toEqual([false, 1, 'H2']);
    // A proof without a permit ticks nothing.
    bench.set({ 'XV-4401': 'open' });
    expect(course(bench).steps['H2']?.doneMs).toBe(null);
  });

  it.each([['I-4200-BYP', 'G-INTERLOCK'], ['PC-4200', 'G-PEOPLE-LIMIT']])('unknown is never good: %s bad withdraws the permit (%s)', (tag, rule) => {
    const bench = ready();
    permit(bench);
    bench.push(sample(tag, null, bench.nowMs + 1, STATUS.bad));
    expect([permitted(bench), rulesOf(permit(bench))]).toEqual([false, [rule]]);
  });

  it('G-LINK, G-PROOF, G-HELD and G-PROHIBITION withdraw it as well', () => {
    const link = ready();
    permit(link);
    link.link('lost');
    expect([permitted(link), rulesOf(permit(link))]).toEqual([false, ['G-LINK']]);
    const proof = ready();
    permit(proof);
    proof.do((c) => commands.assessProof(c, { instance: instance(proof), proof: 'H1.1', assessment: 'contested', reason: 'smells' }, engineer));
    expect([permitted(proof), rulesOf(permit(proof))]).toEqual([false, ['G-PROOF']]);
    const held = ready();
    permit(held);
    held.commit(commands.holdAll({ plant: held.plant, state: held.state, nowMs: held.nowMs }));
    expect([permitted(held), rulesOf(permit(held))]).toEqual([false, ['G-HELD']]);
    const forbidden = investigating({ ...HANDLING, prohibitions: [{ id: 'NO', clause: 'A4.7', text: words('no dosing by hand'), watchedBy: 'N-A4.7-HAND', undo: words('close it') }] });
    posts(forbidden);
    assessed(forbidden);
    sign(forbidden, 'H1', 'H1.1', operator, 2);
    read(forbidden);
    permit(forbidden);
    forbidden.set({ 'XV-4902': 'open' });
    expect([permitted(forbidden), rulesOf(permit(forbidden))]).toEqual([false, ['G-PROHIBITION']]);
  });

  it('4.3.1 the time of a permit runs out: it is withdrawn and nobody goes on; permitted anew it has its time anew', () => {
    const bench = ready();
    permit(bench);
    bench.pass(30 * MINUTE, 5_000);
    expect([permitted(bench), present(bench), course(bench).steps['H2']?.overdue]).toEqual([false, 'H2', true]);
    expect([permit(bench).outcome, course(bench).steps['H2']]).toEqual(['done', expect.objectContaining({ overdue: false, dueMs: bench.nowMs + 30 * MINUTE })]);
    bench.set({ 'XV-4401': 'open' });
    expect(present(bench)).toBe('H3');
  });

  it('a hold point is refused to whoever signed or permitted another step, and goes on with another person', () => {
    const bench = ready();
    permit(bench, 'H2', engineer);
    bench.set({ 'XV-4401': 'open' });
    expect(present(bench)).toBe('H3');
    expect([sign(bench, 'H3', 'H3.1', engineer), sign(bench, 'H4', 'H4.1', engineer2)]).toMatchObject([{ outcome: 'failed', code: 'bad-input' }, { outcome: 'failed' }]);
    expect(bench.do((c) => commands.skipStep(c, instance(bench), 'H3', 'other', 'n', engineer2)).outcome).toBe('failed');
    expect([sign(bench, 'H3', 'H3.1', engineer2).outcome, present(bench)]).toEqual(['done', 'H4']);
  });

  it('REQ-PROC-04 3.5 the safe state lost voids cause, approvals, permits, the proofs of the handling and what was signed for the return', () => {
    const bench = ready();
    permit(bench);
    bench.do((c) => commands.recordCause(c, instance(bench), 'found', engineer));
    sign(bench, 'returnConditions', 'R2', engineer);
    expect([course(bench).cause?.text, Object.keys(course(bench).signed)]).toEqual(['found', ['H1.1', 'R2']]);
    bench.set({ 'XV-4205': 'closed' });
    expect([bench.place('P-1'), course(bench).cause, course(bench).approvals, course(bench).permits, Object.keys(course(bench).signed), Object.keys(course(bench).steps)]).toEqual(['retreating', null, [], {}, [], ['A']]);
    bench.set({ 'XV-4205': 'open' });
    bench.do((c) => commands.investigate(c, instance(bench), 'post'));
    expect(present(bench)).toBe('H1');
  });

  it('REQ-PROC-04 4.2.1 the safe state lost: the zone is unclear again, and whoever is inside is too many', () => {
    const bench = ready();
    permit(bench);
    bench.set({ 'PC-4200': 2 });
    expect(bench.state.zones['Z-4200']).toMatchObject({ stage: 'handling', state: 'within', count: 2 });
    bench.set({ 'XV-4205': 'closed' });
    expect(bench.state.zones['Z-4200']).toMatchObject({ stage: 'unclear', state: 'exceeded', limit: 0 });
    expect(bench.state.alarms.get('PEOPLE/Z-4200')?.active).toBe(true);
  });

  it('REQ-PROC-04 4.2.1 an emergency stop out of the safe state does the same', () => {
    const bench = ready();
    bench.set({ 'PC-4200': 1 });
    bench.do((c) => commands.stop(c, 'post', 'people'));
    // Its one step is done and its safe state still proved, so that the stop is over at once; the handling begins anew all the same.
    expect([bench.place('P-1'), course(bench).permits, bench.state.zones['Z-4200']?.stage, bench.state.zones['Z-4200']?.state]).toEqual(['safe', {}, 'unclear', 'exceeded']);
  });

  it('REQ-PROC-04 3.5 what a return needs is signed in the safe state and not before', () => {
    const bench = investigating(HANDLING);
    expect(sign(bench, 'returnConditions', 'R2', engineer)?.outcome ?? 'done').toBe('done');
    bench.set({ 'XV-4205': 'closed' });
    expect(bench.do((c) => commands.confirmProof(c, { instance: instance(bench), step: 'returnConditions', proof: 'R2', note: '' }, engineer))).toMatchObject({ outcome: 'failed', code: 'bad-input', message: expect.stringContaining("'retreating'") as string });
  });

  it('3.4 STOP from every place of a long story: stopping, nothing asked, nothing permitted', () => {
    const chapters: readonly ((bench: Bench) => unknown)[] = [
      () => undefined, posts, assessed, (bench) => sign(bench, 'H1', 'H1.1', operator, 2), read, (bench) => permit(bench), (bench) => bench.set({ 'XV-4401': 'open' }), (bench) => sign(bench, 'H3', 'H3.1', engineer2),
      (bench) => permit(bench, 'H4'), (bench) => bench.set({ 'XV-4104': 'open' }), (bench) => bench.do((c) => commands.recordCause(c, instance(bench), 'found', engineer)), (bench) => sign(bench, 'returnConditions', 'R2', engineer),
      (bench) => bench.do((c) => commands.approveReturn(c, instance(bench), supervisor)),
    ];
    const places = new Set<string>();
    for (let told = 0; told <= chapters.length; told += 1) {
      const bench = investigating(HANDLING);
      for (const chapter of chapters.slice(0, told)) chapter(bench);
      places.add(`${bench.place('P-1') ?? ''} ${present(bench)} ${permitted(bench, present(bench)) ? 'open' : ''}`);
      const before = bench.factsOf('procedure.moved').length;
      expect(stop(bench).outcome).toBe('done');
      const [first] = bench.factsOf('procedure.moved').slice(before);
      expect(first?.data).toMatchObject({ event: { type: 'STOP' }, place: 'stopping' });
      expect([course(bench).permits, course(bench).cause, course(bench).approvals]).toEqual([{}, null, []]);
    }
    expect([...places]).toEqual(['investigating H1 ', 'investigating H2 ', 'investigating H2 open', 'investigating H3 ', 'investigating H4 ', 'investigating H4 open', 'investigating investigating ', 'readyToReturn readyToReturn ']);
  });
});

describe('REQ-PROC-18 REQ-PROC-19 several procedures at once', () => {
  const LESS = procedure('P-1', { priority: 3, steps: [valve('A', 'XV-4104', 'open', { within: '1 h' })] });
  const MORE = procedure('P-2', { priority: 2, modes: ['stop-feeding'], steps: [valve('X', 'XV-4104', 'closed', { within: '1 h', proof: [byTag('X.1', 'XV-4401', 'open')] })] });
  const both = (): Bench => {
    const bench = begun([LESS, MORE]);
    bench.do((c) => commands.raiseByHand(c, 'P-2', 'a story', 'post'));
    bench.do((c) => commands.startProcedure(c, instance(bench, 'P-2'), 'post'));
    return bench;
  };
  const suspend = (bench: Bench, id: string) => bench.do((c) => commands.suspendProcedure(c, instance(bench, id), 'the other first', 'post'));

  it('one tag commanded differently: the smaller priority is followed, the other gives way and says to what', () => {
    const bench = both();
    const gives = givesWayOf(bench.plant, bench.state);
    expect(gives).toEqual([{ instance: instance(bench), item: 'A', tag: 'XV-4104', to: { instance: instance(bench, 'P-2'), item: 'X', state: 'closed' } }]);
    const view = (id: string) => procedureView(bench.plant, bench.state, bench.run(id), bench.nowMs, gives).steps[0]?.givesWay;
    expect([view('P-1'), view('P-2')]).toEqual([expect.objectContaining({ tag: 'XV-4104', state: 'closed' }), null]);
    bench.set({ 'XV-4401': 'open' });
    expect(givesWayOf(bench.plant, bench.state)).toEqual([]);
  });

  it('the most urgent is not put aside; another is, and goes on being watched', () => {
    const bench = both();
    expect([suspend(bench, 'P-2').outcome, suspend(bench, 'P-1').outcome]).toEqual(['failed', 'done']);
    expect(course(bench).suspended).toMatchObject({ by: 'post', reason: 'the other first' });
    bench.set({ 'XV-4104': 'open' });
    expect(course(bench).steps['A']?.doneMs).toBe(bench.nowMs);
    bench.do((c) => commands.resumeProcedure(c, instance(bench), 'post'));
    expect(course(bench).suspended).toBe(null);
  });

  it('REQ-PROC-18 3.4 a stop ends it, also where the procedure was stopping already', () => {
    const bench = both();
    suspend(bench, 'P-1');
    stop(bench);
    expect([course(bench).suspended, bench.place('P-1')]).toEqual([null, 'stopping']);
    suspend(bench, 'P-1');
    expect(course(bench).suspended).not.toBe(null);
    stop(bench);
    expect(course(bench).suspended).toBe(null);
  });

  it('REQ-PROC-18 when the more urgent one is closed, what was put aside comes back by itself', () => {
    const bench = both();
    suspend(bench, 'P-1');
    bench.pass(1_000);
    expect(course(bench).suspended).not.toBe(null);
    bench.set({ 'XV-4401': 'open', 'XV-4205': 'open' });
    posts(bench);
    const at = instance(bench, 'P-2');
    bench.do((c) => commands.investigate(c, at, 'post'));
    bench.do((c) => commands.recordCause(c, at, 'found', engineer));
    sign(bench, 'returnConditions', 'R2', engineer, undefined, 'P-2');
    for (const signer of [supervisor, engineer]) bench.do((c) => commands.approveReturn(c, at, signer));
    expect([bench.place('P-2'), course(bench).suspended]).toEqual([null, null]);
  });
});

describe('REQ-PROC-02 entry conditions', () => {
  it('the advice lists what the plant calls for first, says why not of the others, and never switches a running procedure', () => {
    const bench = Bench.calm();
    bench.set({ 'AI-4207': 0.9 });
    const running = bench.state.runs.map((run) => run.procedure);
    expect(running).toContain('P-A4.7');
    bench.do((c) => commands.startProcedure(c, instance(bench, 'P-A4.7'), 'post'));
    const before = bench.state;
    const advice = adviceOf(bench.plant, bench.state);
    expect(advice.length).toBe(bench.plant.pack.procedures.length);
    const advised = advice.filter((each) => each.advised).map(({ procedure: id }) => id);
    expect(advised).toEqual(expect.arrayContaining(['P-A4.7']));
    expect(advice.slice(0, advised.length).every((each) => each.advised)).toBe(true);
    const other = advice.find(({ procedure: id }) => id === 'P-A4.2');
    expect(other).toMatchObject({ advised: false, instance: null });
    expect(other?.entry.length).toBeGreaterThan(0);
    expect(other?.entry.every(({ state, readings }) => state !== 'raised' && readings.length > 0)).toBe(true);
    expect(bench.state).toBe(before);
    // A more urgent one is raised beside the running one, which keeps its place.
    const place = bench.place('P-A4.7');
    bench.set({ 'TI-4202': 60 });
    expect([bench.place('P-A4.2'), bench.place('P-A4.7')]).toEqual(['raised', place]);
    expect(adviceOf(bench.plant, bench.state).filter((each) => each.advised).map(({ priority }) => priority)).toEqual([...adviceOf(bench.plant, bench.state).filter((each) => each.advised).map(({ priority }) => priority)].sort());
  });

  it('raising by hand is never refused: link down, everything unknown, held, or running already', () => {
    for (const id of ['h2o2', 'ammonia-synthesis', 'ammonium-nitrate', 'fine-chemicals']) {
      const pack = shippedPack(id);
      const bench = new Bench(pack, new Map());
      bench.link('lost');
      for (const { id: procedureId } of pack.procedures) {
        expect(bench.do((c) => commands.raiseByHand(c, procedureId, 'seen', 'post'))).toMatchObject({ outcome: 'done' });
        expect(bench.place(procedureId)).not.toBe(null);
      }
      bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
      const runs = bench.state.runs.length;
      for (const { id: procedureId } of pack.procedures) expect(bench.do((c) => commands.raiseByHand(c, procedureId, 'again', 'post')).outcome).toBe('done');
      expect([bench.state.runs.length, new Set(bench.state.runs.map((run) => run.instance)).size]).toEqual([runs, runs]);
      expect(stop(bench).outcome).toBe('done');
      expect(new Set(bench.state.runs.map((run) => placeOf(run.course)))).toEqual(new Set(['stopping']));
    }
    const unknown = Bench.calm();
    expect(unknown.do((c) => commands.raiseByHand(c, 'constructor', 'x', 'post'))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });
});
