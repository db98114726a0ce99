/** 3.1, 4.5.3: documents, training and drills, and what stands ready because of them (docs/design/aftermath.md). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followUpsSectionSchema, readinessSectionSchema } from '../../../src/contract/aftermath.ts';
import { FOLLOW_UP_OVERDUE_ALARM_ID } from '../../../src/domain/alarms/own-alarms.ts';
import { handOverItems } from '../../../src/domain/handover/items.ts';
import { DUE_AHEAD_MAX_MS, isResponsible } from '../../../src/domain/incidents/corrective-actions.ts';
import { EVIDENCE_PARTS, FOLLOW_UP_KINDS, NO_FOLLOW_UPS, OPEN_FOLLOW_UPS_MAX, OVER_FOLLOW_UPS_MAX, withFollowUp, withFollowUpOver } from '../../../src/domain/incidents/follow-ups.ts';
import type { FollowUpEvidence, FollowUpKind, FollowUpOutline } from '../../../src/domain/incidents/follow-ups.ts';
import { conditionMark, MARK_OF, MARKS, markOf, nextDueMs, READY_PROCEDURES_MAX, SHOWN_AGAIN_MS, withShown } from '../../../src/domain/incidents/readiness.ts';
import type { Readiness } from '../../../src/domain/incidents/readiness.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { isDue, restAfter } from '../../../src/domain/station/due.ts';
import { evolve, evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { doneFollowUp, openFollowUp, withdrawFollowUp } from '../../../src/domain/station/follow-up-commands.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { followUpsSection, readinessSection, ReadinessView } from '../../../src/main/station/aftermath-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Aftermath, DAY, instructor, investigator, message } from '../../support/aftermath/story.ts';
import { Bench, PEOPLE, shippedPacks, T0 } from './bench.ts';

const { operator, supervisor, engineer, engineer2, both } = PEOPLE;
const outline = (changes: Partial<FollowUpOutline> = {}): FollowUpOutline => ({ kind: 'drill', title: '超温停车演练', responsible: '孙磊', dueMs: T0 + 7 * DAY, incident: null, procedures: ['P-A4.2'], ...changes });
const shown = (changes: Partial<FollowUpEvidence> = {}): FollowUpEvidence => ({ document: 'SOP-12', revision: 'C', heldMs: T0, participants: '一班 8 人', ...changes });
const opened = (bench: Bench, changes: Partial<FollowUpOutline> = {}, by: Signer = supervisor): string => {
  const decision = bench.do((c) => openFollowUp(c, outline(changes), by));
  if (decision.outcome !== 'done') throw new Error(message(decision));
  return decision.output.followUp;
};
const finish = (bench: Bench, id: string, changes: Partial<FollowUpEvidence> = {}, by: Signer = engineer) => bench.do((c) => doneFollowUp(c, id, shown(changes), by));
const withdraw = (bench: Bench, id: string, by: Signer = engineer, reason = '重复') => bench.do((c) => withdrawFollowUp(c, id, reason, by));

describe('REQ-AFT-08 3.1 4.5.3 documents, training and drills', () => {
  it('over all combinations of what is left out: opened only with all of it, and the answer names what is missing', () => {
    const bench = Bench.calm();
    const parts = { title: 'title', responsible: 'responsible person', dueMs: 'deadline', procedures: 'a procedure' } as const;
    const names = Object.keys(parts) as (keyof typeof parts)[];
    for (let mask = 0; mask < 2 ** names.length; mask += 1) {
      const left = names.filter((_name, i) => (mask & (1 << i)) !== 0);
      const changes = Object.fromEntries(left.map((name) => [name, name === 'dueMs' ? bench.nowMs : name === 'procedures' ? [] : ' ']));
      const decision = openFollowUp({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, outline(changes), supervisor);
      expect(decision.outcome, left.join()).toBe(left.length === 0 ? 'done' : 'failed');
      const missing = message(decision).split('missing: ')[1] ?? '';
      for (const name of names) expect(missing.includes(parts[name]), `${left.join()}: ${name}`).toBe(left.includes(name));
    }
    for (const unknown of [{ incident: 'I-none' }, { incident: 'constructor' }, { procedures: ['P-none'] }, { procedures: ['P-A4.2', 'toString'] }]) expect(bench.do((c) => openFollowUp(c, outline(unknown), supervisor))).toMatchObject({ code: 'not-found' });
    expect(message(bench.do((c) => openFollowUp(c, outline({ dueMs: c.nowMs + DUE_AHEAD_MAX_MS + 1 }), supervisor)))).toContain('days away');
  });

  it('for each kind and each of its parts: done only with all of them, not on a day to come', () => {
    for (const kind of FOLLOW_UP_KINDS) {
      const bench = Bench.calm();
      const id = opened(bench, { kind });
      for (const [part, words] of EVIDENCE_PARTS[kind]) expect(message(finish(bench, id, { [part]: ' ' })), `${kind} ${part}`).toContain(`missing: ${words}`);
      expect(message(finish(bench, id, { heldMs: bench.nowMs + 1 }))).toContain('in the future');
      // What this kind does not ask for may be left empty.
      const needed = EVIDENCE_PARTS[kind].map(([part]) => part);
      const bare = Object.fromEntries((['document', 'revision', 'participants'] as const).filter((part) => !needed.includes(part)).map((part) => [part, '']));
      expect(finish(bench, id, bare).outcome, kind).toBe('done');
      expect(bench.state.aftermath.followUps.over[0]).toMatchObject({ id, done: { by: 'zhao.min', heldMs: T0 } });
    }
  });

  it('nobody signs for their own work, by whichever name; over it stays over', () => {
    const bench = Bench.calm();
    const id = opened(bench);
    for (const own of [finish(bench, id, {}, engineer2), withdraw(bench, id, engineer2)]) expect(message(own)).toContain('sun.lei is responsible');
    expect(message(withdraw(bench, id, engineer, ' '))).toContain('reason is missing');
    expect(finish(bench, id).outcome).toBe('done');
    for (const again of [finish(bench, id), withdraw(bench, id)]) expect(message(again)).toContain('over already, signed by zhao.min');
    expect(finish(bench, 'FU-9')).toMatchObject({ code: 'not-found' });
    const other = opened(bench);
    withdraw(bench, other, supervisor);
    expect(message(finish(bench, other))).toContain('signed by wang.wei');
  });

  it('supervisors and engineers open, sign and withdraw; of everybody nobody else', () => {
    const people = { operator, supervisor, engineer, both, investigator, instructor };
    const may = (act: (bench: Bench, by: Signer) => { outcome: string }) => Object.entries(people).filter(([, by]) => { const bench = Bench.calm(); opened(bench); return act(bench, by).outcome === 'done'; }).map(([who]) => who);
    for (const act of [(bench: Bench, by: Signer) => bench.do((c) => openFollowUp(c, outline(), by)), (bench: Bench, by: Signer) => finish(bench, 'FU-1', {}, by), (bench: Bench, by: Signer) => withdraw(bench, 'FU-1', by)]) expect(may(act)).toEqual(['supervisor', 'engineer', 'both']);
  });

  it('an incident that closes makes none by itself', () => {
    expect(new Aftermath().bench.state.aftermath.followUps).toEqual(NO_FOLLOW_UPS);
  });

  it('whoever signs in whatever order: what is done was shown by somebody who was not responsible', () => {
    const people = fc.constantFrom<Signer>(operator, supervisor, engineer);
    const deed = fc.record({ what: fc.constantFrom('open', 'done', 'done', 'withdraw'), by: people, responsible: people, n: fc.integer({ min: 1, max: 5 }), kind: fc.constantFrom(...FOLLOW_UP_KINDS), words: fc.constantFrom('', 'w', 'w', 'w'), inMs: fc.constantFrom(-DAY, 1) });
    let finished = 0;
    fc.assert(fc.property(fc.array(deed, { minLength: 10, maxLength: 40 }), (deeds) => {
      const bench = new Bench();
      for (const { name } of [operator, supervisor, engineer]) opened(bench, { responsible: name });
      for (const { what, by, responsible, n, kind, words, inMs } of deeds) {
        if (what === 'open') bench.do((c) => openFollowUp(c, outline({ kind, title: words, responsible: responsible.name }), by));
        else if (what === 'done') finish(bench, `FU-${n}`, { document: words, revision: words, participants: words, heldMs: bench.nowMs + inMs }, by);
        else withdraw(bench, `FU-${n}`, by, words);
      }
      const { open, over, opened: count } = bench.state.aftermath.followUps;
      expect(open.length + over.length).toBe(count);
      for (const each of over) {
        const by = (each.done ?? each.withdrawn)?.by;
        expect([by === 'li.na', isResponsible(each, Object.values(PEOPLE).find(({ user }) => user === by) as Signer), (each.done === null) === (each.withdrawn !== null)]).toEqual([false, false, true]);
        if (each.done === null) continue;
        finished += 1;
        for (const [part] of EVIDENCE_PARTS[each.kind]) expect(each.done[part]).toBe('w');
      }
    }), { numRuns: 60 });
    expect(finished).toBeGreaterThan(30);
  });
});

describe('REQ-AFT-09 3.1 what stands ready for each condition and procedure', () => {
  const now = (bench: Bench, mark: (typeof MARKS)[number], procedure = 'P-A4.2') => readinessSection(bench.plant, bench.state.aftermath.readiness, bench.nowMs).procedures.find(({ id }) => id === procedure)?.marks[mark];

  it('never recorded until it was shown; each kind fills its own mark and no other', () => {
    for (const kind of FOLLOW_UP_KINDS) {
      const bench = Bench.calm();
      for (const mark of MARKS) expect(now(bench, mark)).toEqual({ state: 'never', atMs: null, source: null, document: null });
      const id = opened(bench, { kind });
      expect(now(bench, MARK_OF[kind])?.state).toBe('never');
      finish(bench, id);
      for (const mark of MARKS) expect(now(bench, mark), `${kind} ${mark}`).toEqual(mark === MARK_OF[kind] ? { state: 'current', atMs: T0, source: id, document: 'SOP-12 / C' } : { state: 'never', atMs: null, source: null, document: null });
      expect(now(bench, MARK_OF[kind], 'P-A4.3')?.state).toBe('never');
    }
  });

  it('the latest counts, whenever it was written down; a withdrawn one shows nothing; older than a year it is due', () => {
    const bench = Bench.calm();
    const [newer, older, gone] = [opened(bench), opened(bench), opened(bench)];
    finish(bench, newer, { heldMs: T0 - DAY });
    finish(bench, older, { heldMs: T0 - 5 * DAY });
    withdraw(bench, gone);
    expect(now(bench, 'drill')).toMatchObject({ atMs: T0 - DAY, source: newer });
    bench.nowMs = T0 - DAY + SHOWN_AGAIN_MS;
    expect(now(bench, 'drill')?.state).toBe('current');
    bench.nowMs += 1;
    expect(now(bench, 'drill')?.state).toBe('due');
    expect(nextDueMs(bench.state.aftermath.readiness, T0)).toBe(bench.nowMs);
    expect(nextDueMs(bench.state.aftermath.readiness, bench.nowMs)).toBe(null);
  });

  it('a condition is as ready as the least ready of its procedures; without one it has no procedure', () => {
    const r = (atMs: number) => ({ atMs, source: 's', document: '', revision: '' });
    const readiness: Readiness = { A: { drill: r(T0), training: r(T0 - 2 * SHOWN_AGAIN_MS) }, B: { drill: r(T0 - DAY) } };
    expect(conditionMark(readiness, ['A', 'B'], 'drill', T0)).toMatchObject({ state: 'current', shown: { atMs: T0 - DAY } });
    expect([conditionMark(readiness, ['A'], 'training', T0).state, conditionMark(readiness, ['A', 'B'], 'training', T0).state, conditionMark(readiness, ['A', 'C'], 'drill', T0).state]).toEqual(['due', 'never', 'never']);
    expect(MARKS.map((mark) => conditionMark(readiness, [], mark, T0).state)).toEqual(['never', 'absent', 'never', 'never']);
    expect(markOf(readiness, 'constructor', 'drill', T0).state).toBe('never');
  });

  it('every shipped plant: every abnormal condition has its four marks, and the section holds the contract', () => {
    for (const pack of shippedPacks()) {
      const { plant } = new Bench(pack, new Map());
      const section = readinessSection(plant, withShown({}, pack.procedures.map(({ id }) => id), 'drill', { atMs: T0, source: 'FU-1', document: 'd'.repeat(120), revision: 'r'.repeat(40) }), T0);
      expect(readinessSectionSchema.safeParse(section).error?.issues, pack.id).toBe(undefined);
      expect([section.conditions.length, section.procedures.length, section.omitted]).toEqual([plant.triggers.length, pack.procedures.length, 0]);
      expect(section.conditions.every(({ marks, procedures }) => marks.riskAssessment.state === 'never' && (procedures.length === 0) === (marks.procedure.state === 'absent') && (procedures.length === 0 || marks.drill.state === 'current'))).toBe(true);
    }
  });

  it('4.5.3 a procedure that was read through after an incident and stays counts as reviewed by that analysis', () => {
    const { bench, incident } = new Aftermath().concluded();
    expect(now(bench, 'procedure')).toMatchObject({ state: 'current', source: incident });
  });

  it('made anew only when something was shown or became due', () => {
    const bench = Bench.calm();
    const view = new ReadinessView(bench.plant);
    const first = view.section(bench.state, bench.nowMs);
    bench.pass(2_000);
    expect(view.section(bench.state, bench.nowMs)).toBe(first);
    const id = opened(bench);
    finish(bench, id);
    const second = view.section(bench.state, bench.nowMs);
    expect(second).not.toBe(first);
    expect(view.section(bench.state, T0 + SHOWN_AGAIN_MS)).toBe(second);
    expect(view.section(bench.state, T0 + SHOWN_AGAIN_MS + 1).procedures.find(({ id: each }) => each === 'P-A4.2')?.marks.drill.state).toBe('due');
  });

  it('bounded: procedures of former packs do not add up for ever; a known one goes on', () => {
    const mark = { atMs: T0, source: 's', document: '', revision: '' };
    const full = withShown({}, Array.from({ length: READY_PROCEDURES_MAX + 10 }, (_, i) => `P-${i}`), 'drill', mark);
    expect(Object.keys(full).length).toBe(READY_PROCEDURES_MAX);
    expect(withShown(full, ['P-1', 'P-new'], 'training', mark)).toEqual({ ...full, 'P-1': { drill: mark, training: mark } });
  });
});

describe('REQ-AFT-10 3.1 an overdue follow-up is raised', () => {
  it('the moment it passes, with nobody looking in between; one alarm, gone when the last is done or withdrawn', () => {
    const bench = Bench.calm();
    const alarm = (): boolean => bench.state.alarms.get(FOLLOW_UP_OVERDUE_ALARM_ID)?.active === true;
    const [first, second] = [opened(bench, { dueMs: bench.nowMs + 60_000 }), opened(bench, { dueMs: bench.nowMs + 60_000 })];
    const dueMs = bench.nowMs + 60_000;
    expect([isDue(bench.plant, restAfter(bench.plant, bench.state, bench.nowMs), bench.state, 0, dueMs - 30_000), isDue(bench.plant, restAfter(bench.plant, bench.state, bench.nowMs), bench.state, 0, dueMs)]).toEqual([expect.any(Boolean), true]);
    bench.pass(59_000);
    expect(alarm()).toBe(false);
    bench.pass(1_000);
    expect([alarm(), followUpsSection(bench.plant, bench.state, bench.nowMs).overdue]).toEqual([true, 2]);
    expect(bench.plant.alarms.get(FOLLOW_UP_OVERDUE_ALARM_ID)).toMatchObject({ priority: 3, class: 'system', clauses: ['3.1', '4.5.3'] });
    expect([bench.do((c) => commands.stop(c, 'post', 'people')).outcome, bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome]).toEqual(['done', 'done']);
    finish(bench, first);
    expect(alarm()).toBe(true);
    withdraw(bench, second);
    expect([alarm(), bench.factsOf('alarm.raised').filter(({ data }) => data.id === FOLLOW_UP_OVERDUE_ALARM_ID).length]).toEqual([false, 1]);
  });
});

describe('REQ-AFT-11 open follow-ups are handed over', () => {
  it('overdue first, and then another item; done they are gone', () => {
    const bench = Bench.calm();
    const [late, soon] = [opened(bench, { dueMs: bench.nowMs + DAY }), opened(bench, { dueMs: bench.nowMs + 60_000, title: '复训' })];
    const items = () => handOverItems(bench.plant, bench.state, bench.nowMs).filter(({ kind }) => kind === 'followUp').map(({ id, worst }) => [id, worst]);
    expect(items()).toEqual([[`followUp/${late}/open`, false], [`followUp/${soon}/open`, false]]);
    bench.pass(60_000);
    expect(items()).toEqual([[`followUp/${soon}/overdue`, true], [`followUp/${late}/open`, false]]);
    for (const id of [late, soon]) finish(bench, id);
    expect(items()).toEqual([]);
  });
});

describe('REQ-AFT-12 bounded, and a fold of the journal', () => {
  it('the state comes from the facts alone, through JSON; what is not known is left alone; the record has it in both languages', () => {
    const bench = Bench.calm();
    const [first, second] = [opened(bench), opened(bench)];
    opened(bench, { kind: 'training' });
    finish(bench, first);
    withdraw(bench, second);
    const facts = JSON.parse(JSON.stringify(bench.facts)) as Fact[];
    expect(evolveAll(EMPTY_STATE, facts, bench.plant.machines).aftermath).toEqual(bench.state.aftermath);
    for (const stray of [fact('follow-up.done', T0, 'u', { followUp: first, ...shown() }), fact('follow-up.withdrawn', T0, 'u', { followUp: '__proto__', reason: 'r' }), fact('follow-up.opened', T0, 'u', { followUp: 'FU-3', ...outline() })]) expect(evolve(bench.state, stray, bench.plant.machines).aftermath).toEqual(bench.state.aftermath);
    const words = bench.facts.filter(({ type }) => type.startsWith('follow-up.')).map((each) => recordText(each, bench.plant));
    for (const part of ['超温停车演练', '孙磊', 'P-A4.2', 'SOP-12', '一班 8 人', '重复']) expect([words.some(({ zh }) => zh.includes(part)), words.some(({ en }) => en.includes(part))], part).toEqual([true, true]);
  });

  it('the 501st is not opened; open ones are never dropped; 500 that are over are kept; the section holds the contract', () => {
    const bench = Bench.calm();
    let register = NO_FOLLOW_UPS;
    const next = (): string => `FU-${register.opened + 1}`;
    const kind: FollowUpKind = 'training';
    for (let i = 0; i < OVER_FOLLOW_UPS_MAX + 20; i += 1) register = withFollowUpOver(withFollowUp(register, next(), outline({ kind }), 'u', T0), next(), { withdrawn: { by: 'u', atMs: T0, reason: 'r' } });
    expect([register.open.length, register.over.length, register.over[0]?.id]).toEqual([0, OVER_FOLLOW_UPS_MAX, 'FU-520']);
    for (let i = 0; i < OPEN_FOLLOW_UPS_MAX; i += 1) register = withFollowUp(register, next(), outline({ title: '长'.repeat(200), procedures: ['P-gone'] }), 'u', T0);
    bench.state = { ...bench.state, aftermath: { ...bench.state.aftermath, followUps: register } };
    expect(message(bench.do((c) => openFollowUp(c, outline(), supervisor)))).toContain('500 follow-ups are open');
    expect(followUpsSectionSchema.safeParse(followUpsSection(bench.plant, bench.state, bench.nowMs)).error?.issues).toBe(undefined);
    withdraw(bench, 'FU-521');
    expect(opened(bench)).toBe('FU-1021');
  });
});
