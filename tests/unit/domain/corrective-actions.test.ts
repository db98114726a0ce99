/** H.1, 4.5.3: corrective actions from opening to closing (docs/design/actions.md). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsSectionSchema } from '../../../src/contract/actions.ts';
import { ACTION_OVERDUE_ALARM_ID } from '../../../src/domain/alarms/own-alarms.ts';
import { handOverItems } from '../../../src/domain/handover/items.ts';
import { CLOSED_ACTIONS_MAX, DUE_AHEAD_MAX_MS, isResponsible, NO_ACTIONS, OPEN_ACTIONS_MAX, withClosed, withOpened, withRescheduled } from '../../../src/domain/incidents/corrective-actions.ts';
import type { CorrectiveAction, Outline } from '../../../src/domain/incidents/corrective-actions.ts';
import { closeAction, openAction, rescheduleAction } from '../../../src/domain/station/action-commands.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { evolve, evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { handOverShift } from '../../../src/domain/station/shift-commands.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { actionsSection } from '../../../src/main/station/actions-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Bench, PEOPLE, T0 } from './bench.ts';

const { operator, supervisor, engineer, engineer2, both } = PEOPLE;
const DAY = 86_400_000;
const outline = (changes: Partial<Outline> = {}): Outline => ({ incident: null, measure: '更换 TI-4202 热电偶', responsible: '孙磊', funding: '检修费 2026-07', dueMs: T0 + 7 * DAY, contingency: '每小时现场测温', procedures: ['P-A4.2'], ...changes });
const opened = (bench: Bench, changes: Partial<Outline> = {}, by: Signer = supervisor): string => {
  const decision = bench.do((c) => openAction(c, outline(changes), by));
  if (decision.outcome !== 'done') throw new Error(`not opened: ${decision.outcome === 'failed' ? decision.message : decision.outcome}`);
  return decision.output.action;
};
const message = (decision: { outcome: string }): string => ('message' in decision ? String(decision.message) : decision.outcome);
const overdueAlarm = (bench: Bench): boolean => bench.state.alarms.get(ACTION_OVERDUE_ALARM_ID)?.active === true;
const items = (bench: Bench) => handOverItems(bench.plant, bench.state, bench.nowMs).filter(({ kind }) => kind === 'action');

describe('REQ-ACT-01 H.1 five parts, or nothing is opened', () => {
  it('over all combinations of what is left out: opened only with all five, and the answer names every missing part and no other', () => {
    const bench = Bench.calm();
    const parts = { responsible: 'responsible person', measure: 'measure', funding: 'funding', dueMs: 'deadline', contingency: 'contingency plan' } as const;
    const names = Object.keys(parts) as (keyof typeof parts)[];
    for (let mask = 0; mask < 2 ** names.length; mask += 1) {
      const left = names.filter((_name, i) => (mask & (1 << i)) !== 0);
      const changes = Object.fromEntries(left.map((name) => [name, name === 'dueMs' ? bench.nowMs : '  ']));
      const decision = openAction({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, outline(changes), supervisor);
      expect(decision.outcome, left.join()).toBe(left.length === 0 ? 'done' : 'failed');
      if (decision.outcome !== 'failed') continue;
      expect(decision.code).toBe('bad-input');
      const missing = decision.message.split('missing: ')[1] ?? '';
      for (const name of names) expect(missing.includes(parts[name]), `${left.join()}: ${name}`).toBe(left.includes(name));
    }
  });

  it('4.5.3 for the present incident, for a past one, for none; an incident or a procedure that is unknown is not found', () => {
    const bench = Bench.calm();
    const tooEarly = bench.do((c) => openAction(c, outline({ incident: 'I-1' }), supervisor));
    expect(tooEarly).toMatchObject({ outcome: 'failed', code: 'not-found' });
    bench.set({ 'TI-4202': 60 });
    const incident = bench.state.incident?.id ?? '';
    expect(opened(bench, { incident })).toBe('CA-1');
    bench.commit([fact('incident.closed', bench.nowMs, null, { incident })]);
    expect(bench.state.pastIncidents.map(({ id }) => id)).toContain(incident);
    expect(opened(bench, { incident, procedures: ['P-A4.2', 'P-A4.2'] })).toBe('CA-2');
    expect(bench.state.actions.open.map((action) => [action.incident, action.procedures])).toEqual([[incident, ['P-A4.2']], [incident, ['P-A4.2']]]);
    for (const unknown of [{ incident: 'constructor' }, { procedures: ['toString'] }, { procedures: ['P-A4.2', 'P-none'] }]) expect(bench.do((c) => openAction(c, outline(unknown), supervisor))).toMatchObject({ outcome: 'failed', code: 'not-found' });
    expect(bench.do((c) => openAction(c, outline({ dueMs: c.nowMs + DUE_AHEAD_MAX_MS + 1 }), supervisor))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
  });

  it('what was said stands in the record, in both languages', () => {
    const bench = Bench.calm();
    const id = opened(bench);
    bench.do((c) => rescheduleAction(c, id, T0 + 9 * DAY, '备件未到', engineer));
    bench.do((c) => closeAction(c, id, '检验报告 R-77', engineer));
    const words = bench.facts.filter(({ type }) => type.startsWith('action.')).map((each) => recordText(each, bench.plant));
    expect(words.length).toBe(3);
    for (const part of ['更换 TI-4202 热电偶', '孙磊', '检修费 2026-07', '每小时现场测温', new Date(T0 + 7 * DAY).toISOString().slice(0, 10)]) expect([words[0]?.zh.includes(part), words[0]?.en.includes(part)], part).toEqual([true, true]);
    expect(words.map(({ en }) => en).slice(1)).toEqual([`Corrective action CA-1 is now due ${new Date(T0 + 9 * DAY).toISOString().slice(0, 16).replace('T', ' ')} UTC: 备件未到`, 'Corrective action CA-1 closed; evidence: 检验报告 R-77']);
  });
});

describe('REQ-ACT-02 who may, and that nothing else refuses it', () => {
  it('supervisors and engineers; an operator neither opens, moves nor closes', () => {
    const bench = Bench.calm();
    for (const who of [supervisor, engineer, both]) opened(bench, { responsible: '外委' }, who);
    for (const decision of [bench.do((c) => openAction(c, outline(), operator)), bench.do((c) => rescheduleAction(c, 'CA-1', T0 + 8 * DAY, 'r', operator)), bench.do((c) => closeAction(c, 'CA-1', 'e', operator))]) {
      expect(decision).toMatchObject({ outcome: 'failed', code: 'bad-input' });
      expect(message(decision)).toContain('supervisor or engineer');
    }
    expect(bench.state.actions.open.length).toBe(3);
  });

  it('3.4 in an upset, in a stop, with the link lost, with the authority run out: done all the same, and the way to safety with it', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    expect(bench.do((c) => commands.stop(c, 'post', 'people')).outcome).toBe('done');
    bench.link('frozen');
    bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
    const plant = { ...bench.plant, pack: { ...bench.plant.pack, authority: [] } };
    const id = opened(bench);
    const context = { plant, state: bench.state, nowMs: bench.nowMs };
    expect([openAction(context, outline(), engineer).outcome, rescheduleAction(context, id, T0 + 8 * DAY, 'r', engineer).outcome, closeAction(context, id, 'e', engineer).outcome]).toEqual(['done', 'done', 'done']);
  });
});

describe('REQ-ACT-03 H.1 the deadline is moved once', () => {
  it('with a reason, into the future, by somebody who does not have to do it; the second time it is not', () => {
    const bench = Bench.calm();
    const id = opened(bench);
    const move = (dueMs: number, reason: string, by: Signer) => bench.do((c) => rescheduleAction(c, id, dueMs, reason, by));
    expect(message(move(T0 + 9 * DAY, 'r', engineer2))).toContain('is responsible');
    expect(message(move(T0 + 9 * DAY, ' ', supervisor))).toContain('reason');
    expect(message(move(bench.nowMs, 'r', supervisor))).toContain('passed already');
    expect(message(move(bench.nowMs + DUE_AHEAD_MAX_MS + 1, 'r', supervisor))).toContain('days away');
    expect(message(move(T0 + 7 * DAY, 'r', supervisor))).toContain('the old one');
    expect(bench.state.actions.open[0]?.extended).toEqual([]);
    expect(move(T0 + 9 * DAY, '备件未到', supervisor).outcome).toBe('done');
    expect(bench.state.actions.open[0]).toMatchObject({ dueMs: T0 + 9 * DAY, extended: [{ fromMs: T0 + 7 * DAY, toMs: T0 + 9 * DAY, reason: '备件未到', by: 'wang.wei', atMs: bench.nowMs }] });
    expect(message(move(T0 + 12 * DAY, 'again', engineer))).toContain('moved once');
    expect(bench.do((c) => rescheduleAction(c, 'CA-9', T0 + 8 * DAY, 'r', engineer))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });
});

describe('REQ-ACT-04 H.1 closed only with evidence, by another person', () => {
  it('without evidence not; by the responsible person not; then it is, and stays', () => {
    const bench = Bench.calm();
    const id = opened(bench);
    expect(message(bench.do((c) => closeAction(c, id, ' \n', engineer)))).toContain('evidence');
    expect(message(bench.do((c) => closeAction(c, id, '已更换', engineer2)))).toContain('another person');
    expect(bench.state.actions.open.length).toBe(1);
    expect(bench.do((c) => closeAction(c, id, '检验报告 R-77', engineer)).outcome).toBe('done');
    expect([bench.state.actions.open, bench.state.actions.closed[0]?.closed]).toEqual([[], { by: 'zhao.min', atMs: bench.nowMs, evidence: '检验报告 R-77' }]);
    for (const again of [bench.do((c) => closeAction(c, id, 'other', supervisor)), bench.do((c) => rescheduleAction(c, id, T0 + 8 * DAY, 'r', supervisor))]) expect(message(again)).toContain('closed already, by zhao.min');
    expect(bench.do((c) => closeAction(c, 'constructor', 'e', engineer))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });

  it.each([
    ['孙磊', true], ['sun.lei', true], [' SUN.LEI ', true], ['仪表班 孙磊、李工', true], ['Sun Lei (sun.lei)', true], ['ｓｕｎ．ｌｅｉ', true], ['李娜/sun.lei', true],
    ['孙磊磊', true], ['sun.leigh', false], ['sun', false], ['仪表班', false], ['', false],
  ])('the responsible person %s is sun.lei, 孙磊: %s', (responsible, is) => {
    expect(isResponsible({ responsible } as CorrectiveAction, engineer2)).toBe(is);
  });

  it('whoever signs in whatever order: what is closed was closed with evidence by somebody who was not responsible', () => {
    const people = fc.constantFrom<Signer>(operator, supervisor, engineer);
    const deed = fc.record({ what: fc.constantFrom('open', 'move', 'close'), by: people, responsible: people, n: fc.nat(4), words: fc.constantFrom('', 'w', 'w', 'w'), inMs: fc.constantFrom(-1, 1_000, DAY) });
    let [closings, moves] = [0, 0];
    fc.assert(fc.property(fc.array(deed, { minLength: 10, maxLength: 40 }), (deeds) => {
      const bench = new Bench();
      for (const { name } of [operator, supervisor, engineer]) opened(bench, { responsible: name, measure: 'w' });
      for (const { what, by, responsible, n, words, inMs } of deeds) {
        const id = `CA-${n + 1}`;
        if (what === 'open') bench.do((c) => openAction(c, outline({ responsible: responsible.name, measure: words, dueMs: c.nowMs + inMs }), by));
        else if (what === 'move') bench.do((c) => rescheduleAction(c, id, c.nowMs + inMs, words, by));
        else bench.do((c) => closeAction(c, id, words, by));
        bench.nowMs += 600;
      }
      const { open, closed, opened: count } = bench.state.actions;
      expect(open.length + closed.length).toBe(count);
      for (const action of [...open, ...closed]) {
        const signers = [...action.extended.map(({ by }) => by), ...(action.closed === null ? [] : [action.closed.by])];
        expect([action.measure, action.extended.length <= 1, signers.every((user) => user !== 'li.na' && !isResponsible(action, Object.values(PEOPLE).find((each) => each.user === user) as Signer))]).toEqual(['w', true, true]);
        if (action.closed !== null) expect(action.closed.evidence).toBe('w');
        [closings, moves] = [closings + (action.closed === null ? 0 : 1), moves + action.extended.length];
      }
    }), { numRuns: 100 });
    expect([closings > 50, moves > 50]).toEqual([true, true]);
  });
});

describe('REQ-ACT-05 H.1 overdue ones are raised', () => {
  it('at the moment it passes one alarm, priority 3, of class system; gone when the last one is closed or moved', () => {
    const bench = Bench.calm();
    const first = opened(bench, { dueMs: bench.nowMs + 60_000 });
    const second = opened(bench, { dueMs: bench.nowMs + 60_000 });
    bench.pass(59_000);
    expect(overdueAlarm(bench)).toBe(false);
    bench.pass(1_000);
    expect(overdueAlarm(bench)).toBe(true);
    expect(bench.plant.alarms.get(ACTION_OVERDUE_ALARM_ID)).toMatchObject({ priority: 3, class: 'system', clauses: ['H.1', '4.5.3'] });
    bench.pass(120_000);
    expect(bench.factsOf('alarm.raised').filter(({ data }) => data.id === ACTION_OVERDUE_ALARM_ID).length).toBe(1);
    bench.do((c) => closeAction(c, first, 'e', engineer));
    expect(overdueAlarm(bench)).toBe(true);
    bench.do((c) => rescheduleAction(c, second, c.nowMs + 60_000, 'r', engineer));
    expect(overdueAlarm(bench)).toBe(false);
    bench.pass(60_000);
    expect([overdueAlarm(bench), actionsSection(bench.plant, bench.state, bench.nowMs).overdue]).toEqual([true, 1]);
    bench.do((c) => closeAction(c, second, 'e', engineer));
    expect([overdueAlarm(bench), actionsSection(bench.plant, bench.state, bench.nowMs).overdue]).toEqual([false, 0]);
  });

  it('3.4 with the alarm standing, stop and evacuation are what they were', () => {
    const bench = Bench.calm();
    opened(bench, { dueMs: bench.nowMs + 1_000 });
    bench.pass(2_000);
    expect([overdueAlarm(bench), bench.do((c) => commands.stop(c, 'post', 'people')).outcome, bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome]).toEqual([true, 'done', 'done']);
  });
});

describe('REQ-ACT-06 H.1 every open action is handed over', () => {
  it('overdue first; one that falls due or is moved while the form is open is ticked anew; a closed one is gone', () => {
    const bench = Bench.calm();
    const late = opened(bench, { dueMs: bench.nowMs + DAY });
    const soon = opened(bench, { dueMs: bench.nowMs + 60_000, measure: '加高围堰' });
    expect(items(bench).map(({ id, worst }) => [id, worst])).toEqual([[`action/${late}/open`, false], [`action/${soon}/open`, false]]);
    const before = items(bench).map(({ id }) => id);
    bench.pass(60_000);
    expect(items(bench).map(({ id, worst }) => [id, worst])).toEqual([[`action/${soon}/overdue`, true], [`action/${late}/open`, false]]);
    expect(items(bench)[0]?.text).toEqual({ zh: `${soon}（已逾期），孙磊：加高围堰`, en: `${soon} (overdue), 孙磊: 加高围堰` });
    expect(message(bench.do((c) => handOverShift(c, before, '', operator, supervisor)))).toContain('加高围堰');
    bench.do((c) => rescheduleAction(c, late, c.nowMs + 2 * DAY, 'r', engineer));
    expect(items(bench).at(-1)).toMatchObject({ id: `action/${late}/rescheduled`, untilMs: bench.nowMs + 2 * DAY });
    const all = handOverItems(bench.plant, bench.state, bench.nowMs).map(({ id }) => id);
    expect(bench.do((c) => handOverShift(c, all, '', operator, supervisor)).outcome).toBe('done');
    for (const id of [late, soon]) bench.do((c) => closeAction(c, id, 'e', engineer));
    expect(items(bench)).toEqual([]);
  });
});

describe('REQ-ACT-07 bounded, and a fold of the journal', () => {
  it('the 501st is not opened; open ones are never dropped; 500 closed are kept; numbers are not given twice', () => {
    const bench = new Bench();
    const context = () => ({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs });
    let register = NO_ACTIONS;
    const next = (): string => `CA-${register.opened + 1}`;
    for (let i = 0; i < CLOSED_ACTIONS_MAX + 20; i += 1) register = withClosed(withOpened(register, next(), outline(), 'u', T0), next(), 'e', 'u', T0 + i);
    expect([register.open.length, register.closed.length, register.closed[0]?.id, register.closed.at(-1)?.id]).toEqual([0, CLOSED_ACTIONS_MAX, 'CA-520', 'CA-21']);
    for (let i = 0; i < OPEN_ACTIONS_MAX - 1; i += 1) register = withOpened(register, next(), outline({ measure: '长'.repeat(500), contingency: '长'.repeat(500) }), 'u', T0);
    bench.state = { ...bench.state, actions: register };
    expect(opened(bench)).toBe('CA-1020');
    expect(message(openAction(context(), outline(), supervisor))).toContain('500 corrective actions are open');
    expect(actionsSectionSchema.safeParse(actionsSection(bench.plant, bench.state, bench.nowMs)).error?.issues).toBe(undefined);
    bench.do((c) => closeAction(c, 'CA-1020', 'e', engineer));
    expect(opened(bench)).toBe('CA-1021');
  });

  it('the state comes from the facts alone, through JSON; an older journal has none; what is not known is left alone', () => {
    const bench = Bench.calm();
    const [first, second] = [opened(bench), opened(bench)];
    bench.do((c) => rescheduleAction(c, first, T0 + 8 * DAY, 'r', engineer));
    bench.do((c) => closeAction(c, second, 'e', engineer));
    expect(evolveAll(EMPTY_STATE, JSON.parse(JSON.stringify(bench.facts)) as Fact[], bench.plant.machines).actions).toEqual(bench.state.actions);
    expect(evolveAll(EMPTY_STATE, bench.facts.filter(({ type }) => !type.startsWith('action.')), bench.plant.machines).actions).toEqual(NO_ACTIONS);
    for (const stray of [fact('action.closed', T0, null, { action: '__proto__', evidence: 'e' }), fact('action.closed', T0, 'u', { action: second, evidence: 'x' }), fact('action.rescheduled', T0, 'u', { action: second, dueMs: 1, reason: 'r' }), fact('action.opened', T0, 'u', { action: first, ...outline() })]) {
      expect(evolve(bench.state, stray, bench.plant.machines).actions).toEqual(bench.state.actions);
    }
    expect(withRescheduled(NO_ACTIONS, 'CA-1', 1, 'r', 'u', 1)).toEqual(NO_ACTIONS);
  });

  it('the section holds the contract: overdue first, then by deadline, with the titles of the procedures; one that is gone goes by its id', () => {
    const bench = Bench.calm();
    opened(bench, { dueMs: bench.nowMs + DAY });
    opened(bench, { dueMs: bench.nowMs + 5_000 });
    bench.pass(5_000);
    const gone = { ...bench.state, actions: withOpened(bench.state.actions, 'CA-3', outline({ procedures: ['P-gone'], dueMs: bench.nowMs + 2 * DAY }), 'u', T0) };
    const section = actionsSection(bench.plant, gone, bench.nowMs);
    expect(actionsSectionSchema.safeParse(section).error?.issues).toBe(undefined);
    expect(section.open.map(({ id, overdue, movable }) => [id, overdue, movable])).toEqual([['CA-2', true, true], ['CA-1', false, true], ['CA-3', false, true]]);
    expect([section.open[0]?.procedures[0]?.title.zh === 'P-A4.2', section.open[2]?.procedures[0]?.title.zh]).toEqual([false, 'P-gone']);
  });
});
