/** 4.5.3: the analysis of an incident's causes, from the end of the incident to the two signatures (docs/design/aftermath.md). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysesSectionSchema } from '../../../src/contract/aftermath.ts';
import { ANALYSIS_OVERDUE_ALARM_ID } from '../../../src/domain/alarms/own-alarms.ts';
import { handOverItems } from '../../../src/domain/handover/items.ts';
import { NO_AFTERMATH } from '../../../src/domain/incidents/aftermath.ts';
import { ANALYSIS_TERM_MS, CHAINS_MAX, CONCLUDED_ANALYSES_MAX, ENTRIES_MAX, FACTOR_KINDS, NO_ANALYSES, OPEN_ANALYSES_MAX, standingChains, standingRoot, standingWhys, stands, withAnalysis, withConcluded, withReopened, WHYS_MAX } from '../../../src/domain/incidents/cause-analysis.ts';
import { AROUND_MS } from '../../../src/domain/report/incident.ts';
import { openAnalysis, reopenAnalysis, withdrawEntry } from '../../../src/domain/station/analysis-commands.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { restAfter, isDue } from '../../../src/domain/station/due.ts';
import { evolve, evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { analysesSection } from '../../../src/main/station/aftermath-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Aftermath, instructor, investigator, message } from '../../support/aftermath/story.ts';
import { PEOPLE, T0 } from './bench.ts';

const { operator, supervisor, engineer, both } = PEOPLE;
const withdraw = (story: Aftermath, entry: string, by: Signer = engineer, reason = '查证不实') => story.bench.do((c) => withdrawEntry(c, story.incident, entry, reason, by));
const reopen = (story: Aftermath, by: Signer = supervisor, reason = '新证据') => story.bench.do((c) => reopenAnalysis(c, story.incident, reason, by));
const open = (story: Aftermath, incident = story.incident, by: Signer = engineer) => story.bench.do((c) => openAnalysis(c, incident, by));

describe('REQ-AFT-01 4.5.3 the analysis is owed when the incident is over', () => {
  it('opened by itself with the close, with its term, the time of the incident and the procedures that were used', () => {
    const story = new Aftermath();
    const closedMs = story.bench.state.pastIncidents[0]?.closedMs ?? 0;
    expect(story.analysis).toMatchObject({ openedBy: null, toMs: closedMs, dueMs: closedMs + ANALYSIS_TERM_MS, procedures: ['P-A4.2'], chains: [], concluded: null });
    expect(story.bench.factsOf('analysis.owed').length).toBe(1);
    story.bench.pass(5_000);
    expect(story.bench.factsOf('analysis.owed').length).toBe(1);
  });

  it('by hand before it is over: nothing is owed until then, and its end finds it; the second time it is not opened', () => {
    const story = new Aftermath({ over: false });
    expect(open(story, 'I-none')).toMatchObject({ outcome: 'failed', code: 'not-found' });
    expect(open(story).outcome).toBe('done');
    expect(story.analysis).toMatchObject({ openedBy: 'zhao.min', toMs: null, dueMs: null });
    expect(message(open(story))).toContain('there already');
    expect(story.chain().outcome).toBe('done');
    story.end();
    expect(story.analysis).toMatchObject({ openedBy: 'zhao.min', procedures: ['P-A4.2'], dueMs: (story.analysis?.toMs ?? 0) + ANALYSIS_TERM_MS, chains: [{ id: 'C1' }] });
    expect(story.bench.state.aftermath.analyses.open.length).toBe(1);
  });

  it('an exercise owes none; one may be opened by hand, knows what was used, and is never overdue', () => {
    const story = new Aftermath({ training: true });
    expect(story.analysis).toBe(undefined);
    expect(open(story).outcome).toBe('done');
    expect(story.analysis).toMatchObject({ dueMs: null, procedures: ['P-A4.2'] });
    expect(story.complete().conclude().outcome).toBe('done');
  });
});

describe('REQ-AFT-02 a chain begins with an event of the time line', () => {
  it('its record is of the incident, from half an hour before to half an hour after, and tells of an event', () => {
    const story = new Aftermath();
    expect(message(story.chain(operator, 99_999))).toContain('no record 99999');
    const edge = (atMs: number): string => {
      story.bench.facts.push(fact('link.changed', atMs, null, { phase: 'connected', reason: null }));
      return message(story.chain(operator, story.bench.facts.length));
    };
    const { fromMs, toMs } = story.analysis ?? { fromMs: 0, toMs: 0 };
    expect([edge(fromMs - AROUND_MS - 1), edge((toMs ?? 0) + AROUND_MS + 1)].map((each) => each.includes('is no event of'))).toEqual([true, true]);
    expect([edge(fromMs - AROUND_MS), edge((toMs ?? 0) + AROUND_MS)]).toEqual(['done', 'done']);
    expect(message(story.chain(operator, story.first('analysis.owed')))).toContain('is no event');
    expect(message(story.chain(operator, story.event, '  '))).toContain('problem is missing');
    expect(story.analysis?.chains[0]?.event.n).toBe(story.bench.facts.findIndex((each) => each.atMs === fromMs - AROUND_MS) + 1);
  });

  it(`at most ${CHAINS_MAX} stand; a withdrawn one makes room and stays readable`, () => {
    const story = new Aftermath();
    for (let i = 0; i < CHAINS_MAX; i += 1) expect(story.chain().outcome).toBe('done');
    expect(message(story.chain())).toContain('chains stand');
    expect(withdraw(story, 'C3', operator).outcome).toBe('done');
    expect(story.chain()).toMatchObject({ output: { chain: `C${CHAINS_MAX + 1}` } });
    expect(story.analysis?.chains.find(({ id }) => id === 'C3')).toMatchObject({ problem: '氧化塔温度升高', withdrawn: { by: 'li.na', reason: '查证不实' } });
    expect(message(story.why('C3'))).toContain('was withdrawn');
  });
});

describe('REQ-AFT-03 whys stand one below the other', () => {
  it(`at most ${WHYS_MAX}, each signed; then the root cause, under which nothing comes`, () => {
    const story = new Aftermath();
    story.chain();
    expect(message(story.root())).toContain('no why yet');
    for (let i = 0; i < WHYS_MAX; i += 1) expect(story.why('C1', i % 2 === 0 ? operator : investigator, `w${i}`).outcome).toBe('done');
    expect(message(story.why())).toContain(`${WHYS_MAX} whys`);
    expect(story.root().outcome).toBe('done');
    for (const more of [story.why(), story.root()]) expect(message(more)).toContain('root cause');
    expect(story.analysis?.chains[0]?.whys.map(({ id, by }) => [id, by]).slice(0, 2)).toEqual([['C1.1', 'li.na'], ['C1.2', 'gu.wen']]);
    for (const nowhere of [story.why('C9'), story.why('constructor'), story.root('C9')]) expect(nowhere).toMatchObject({ code: 'not-found' });
    for (const empty of [story.why('C1', operator, ' '), story.root('C1', engineer, '')]) expect(message(empty)).toContain('missing');
  });

  it('withdrawn from the lowest upwards, with a reason; nothing is deleted and no number is given twice', () => {
    const story = new Aftermath();
    story.chain();
    for (const text of ['a', 'b']) story.why('C1', operator, text);
    story.root();
    expect(message(withdraw(story, 'C1.2'))).toContain('C1.R1 stands on C1.2');
    expect(message(withdraw(story, 'C1.1'))).toContain('C1.2 stands on C1.1');
    expect(message(withdraw(story, 'C1.R1', engineer, ' '))).toContain('reason is missing');
    expect([withdraw(story, 'C1.R1').outcome, withdraw(story, 'C1.2').outcome]).toEqual(['done', 'done']);
    for (const gone of ['C1.2', 'C1.R1', 'C9', 'F1']) expect(withdraw(story, gone)).toMatchObject({ code: 'not-found' });
    story.why('C1', operator, 'c');
    story.root('C1', engineer, 'r2');
    const [chain] = story.analysis?.chains ?? [];
    expect(chain?.whys.map(({ id, text, withdrawn }) => [id, text, withdrawn === null])).toEqual([['C1.1', 'a', true], ['C1.2', 'b', false], ['C1.3', 'c', true]]);
    expect(chain?.roots.map(({ id, withdrawn }) => [id, withdrawn?.by])).toEqual([['C1.R1', 'zhao.min'], ['C1.R2', undefined]]);
  });

  it('an operator takes back their own words and nobody else’s', () => {
    const story = new Aftermath();
    story.chain(engineer);
    story.why('C1', operator);
    expect(message(withdraw(story, 'C1', operator))).toContain('another than who said it');
    expect(withdraw(story, 'C1.1', operator).outcome).toBe('done');
  });
});

describe('REQ-AFT-04 what contributed, and what is done about each cause', () => {
  it('every kind; with records of the incident, at least one; with an action that is on record, by who may answer', () => {
    const story = new Aftermath();
    for (const kind of FACTOR_KINDS) expect(story.factor(operator, kind).outcome).toBe('done');
    expect(message(story.factor(operator, 'design', []))).toContain('1 to');
    expect(message(story.factor(operator, 'design', [story.event, 99_999]))).toContain('no record 99999');
    expect(message(story.factor(operator, 'design', [story.event], null, ' '))).toContain('missing');
    expect(story.factor(engineer, 'design', [story.event], 'CA-9')).toMatchObject({ code: 'not-found' });
    const action = story.action();
    expect(message(story.factor(operator, 'design', [story.event], action))).toContain('answered by');
    expect(story.factor(engineer, 'design', [story.event, story.event], action)).toMatchObject({ outcome: 'done', output: { factor: `F${FACTOR_KINDS.length + 1}` } });
    expect(story.analysis?.factors.at(-1)).toMatchObject({ evidence: [{ n: story.event }], answers: [{ action, by: 'zhao.min' }] });
  });

  it('answered by an action or by a reason; not twice by the same; not for a cause that does not stand', () => {
    const story = new Aftermath().complete();
    const action = story.action();
    expect(message(story.answer('F1', engineer, null, ' '))).toContain('both are missing');
    expect(story.answer('F1', engineer, 'CA-9', '')).toMatchObject({ code: 'not-found' });
    expect(story.answer('F1', supervisor, action, '').outcome).toBe('done');
    expect(message(story.answer('F1', supervisor, action, ''))).toContain('already');
    withdraw(story, 'C1.R1');
    for (const gone of ['C1.R1', 'C1', 'F7']) expect(story.answer(gone)).toMatchObject({ code: 'not-found' });
  });
});

describe('REQ-AFT-05 4.5.3 the conclusion takes everything, and two different people', () => {
  it('over all combinations of what is left out: concluded only when nothing is, and the answer names all of it', () => {
    const parts = ['a chain of why', 'the root cause of C1', 'for C1.R1', 'for F1', 'the conclusion in words', 'whether P-A4.2'] as const;
    for (let mask = 0; mask < 2 ** parts.length; mask += 1) {
      const left = parts.filter((_part, i) => (mask & (1 << i)) !== 0);
      const has = (part: (typeof parts)[number]): boolean => !left.includes(part);
      const story = new Aftermath({ training: false });
      if (has('a chain of why')) { story.chain(); story.why(); if (has('the root cause of C1')) { story.root(); if (has('for C1.R1')) story.answer('C1.R1'); } }
      story.factor();
      if (has('for F1')) story.answer('F1');
      const decision = story.conclude(engineer, supervisor, has('whether P-A4.2') ? story.reviews : [], has('the conclusion in words') ? 't' : ' ');
      expect(decision.outcome, left.join()).toBe(left.length === 0 ? 'done' : 'failed');
      // What hangs on something that is missing is not named beside it.
      const named = left.filter((part) => !((part === 'the root cause of C1' && !has('a chain of why')) || (part === 'for C1.R1' && (!has('a chain of why') || !has('the root cause of C1')))));
      for (const part of parts) expect(message(decision).includes(part), `${left.join()}: ${part}`).toBe(named.includes(part));
      if (left.length > 0) expect(decision).toMatchObject({ code: 'bad-input' });
    }
  }, 120_000);

  it('not before the incident is over', () => {
    const story = new Aftermath({ over: false });
    open(story);
    story.complete();
    expect(message(story.conclude())).toContain('the end of the incident');
    story.end();
    expect(story.conclude().outcome).toBe('done');
  });

  it('an engineer and a supervisor who are not the same person; concluded it takes no more words until it is opened again with a reason', () => {
    const story = new Aftermath().complete();
    expect(message(story.conclude(both, both))).toContain('two different people');
    expect(story.conclude(both, supervisor).outcome).toBe('done');
    expect(story.analysis?.concluded).toMatchObject({ engineer: 'qian.duo', supervisor: 'wang.wei', reviews: [{ procedure: 'P-A4.2', outcome: 'stays' }] });
    for (const late of [story.chain(), story.why(), story.root(), story.factor(), story.answer('F1'), withdraw(story, 'F1'), story.conclude()]) expect(message(late)).toContain('concluded, by qian.duo and wang.wei');
    expect(message(reopen(story, supervisor, ' '))).toContain('reason is missing');
    expect(reopen(story).outcome).toBe('done');
    expect(story.analysis).toMatchObject({ concluded: null, dueMs: story.bench.nowMs + ANALYSIS_TERM_MS, reopened: [{ by: 'wang.wei', reason: '新证据' }], chains: [{ id: 'C1' }] });
    expect(message(reopen(story))).toContain('is open');
    expect(story.conclude().outcome).toBe('done');
  });
});

describe('REQ-AFT-06 4.5.3 each procedure that was used is updated, or stays with a word why', () => {
  it('to be updated: a follow-up of this incident that revises it; stays: a reason', () => {
    const story = new Aftermath().complete();
    const as = (outcome: 'update' | 'stays', note = '') => story.conclude(engineer, supervisor, [{ procedure: 'P-A4.2', outcome, note }]);
    expect(message(as('stays'))).toContain('why P-A4.2 stays');
    expect(message(as('update'))).toContain('a follow-up that revises P-A4.2');
    for (const other of [{ kind: 'drill' as const }, { incident: null }]) story.followUp(other);
    expect(message(as('update'))).toContain('a follow-up that revises P-A4.2');
    story.followUp({ kind: 'operating-procedure' });
    expect(as('update').outcome).toBe('done');
    // Read through and left is a review; to be updated is none yet.
    expect(story.bench.state.aftermath.readiness['P-A4.2']?.procedure).toBe(undefined);
  });

  it('what is said of a procedure that was not used is not kept', () => {
    const story = new Aftermath().complete();
    story.conclude(engineer, supervisor, [...story.reviews, { procedure: 'P-A4.3', outcome: 'stays', note: 'n' }]);
    expect(story.analysis?.concluded?.reviews.map(({ procedure }) => procedure)).toEqual(['P-A4.2']);
    expect(story.bench.state.aftermath.readiness['P-A4.2']?.procedure).toMatchObject({ source: story.incident });
  });
});

describe('REQ-AFT-07 who may sign what', () => {
  const everybody = { operator, supervisor, engineer, investigator, instructor };
  const deeds: Readonly<Record<string, { readonly may: readonly (keyof typeof everybody)[]; readonly act: (story: Aftermath, by: Signer) => { readonly outcome: string } }>> = {
    open: { may: ['supervisor', 'engineer', 'investigator'], act: (_story, by) => open(new Aftermath({ training: true }), undefined, by) },
    chain: { may: ['operator', 'supervisor', 'engineer', 'investigator'], act: (story, by) => story.chain(by) },
    why: { may: ['operator', 'supervisor', 'engineer', 'investigator'], act: (story, by) => { story.chain(); return story.why('C2', by); } },
    root: { may: ['supervisor', 'engineer', 'investigator'], act: (story, by) => { story.chain(); story.why('C2'); return story.root('C2', by); } },
    factor: { may: ['operator', 'supervisor', 'engineer', 'investigator'], act: (story, by) => story.factor(by) },
    answer: { may: ['supervisor', 'engineer', 'investigator'], act: (story, by) => story.answer('F1', by) },
    withdraw: { may: ['supervisor', 'engineer', 'investigator'], act: (story, by) => { story.chain({ ...supervisor, user: 'another' }); return withdraw(story, 'C2', by); } },
    reopen: { may: ['supervisor', 'engineer', 'investigator'], act: (story, by) => { story.conclude(); return reopen(story, by); } },
  };
  for (const [deed, { may, act }] of Object.entries(deeds)) {
    it(`${deed}: ${may.join(', ')} and nobody else`, () => {
      const allowed = Object.entries(everybody).filter(([, by]) => act(new Aftermath().complete(), by).outcome === 'done').map(([who]) => who);
      expect(allowed).toEqual([...may]);
    });
  }

  it('conclude: of all pairs an engineer with a supervisor who is another, and no other', () => {
    const people = { ...everybody, both };
    const signed = Object.entries(people).flatMap(([a, first]) => Object.entries(people).flatMap(([b, second]) => (new Aftermath().complete().conclude(first, second).outcome === 'done' ? [`${a}+${b}`] : [])));
    expect(signed).toEqual(['engineer+supervisor', 'engineer+both', 'both+supervisor']);
  }, 60_000);

  it('3.4 in the next upset, with the link lost and the authority run out, all of it is done; and the way to safety with it', () => {
    const story = new Aftermath().complete();
    story.bench.set({ 'TI-4202': 60 });
    expect(story.bench.do((c) => commands.stop(c, 'post', 'people')).outcome).toBe('done');
    story.bench.link('frozen');
    (story.bench as { plant: unknown }).plant = { ...story.bench.plant, pack: { ...story.bench.plant.pack, authority: [] } };
    expect([story.chain().outcome, story.why('C2').outcome, story.root('C2').outcome, story.answer('C2.R1').outcome, story.followUp().outcome, story.conclude().outcome, reopen(story).outcome]).toEqual(Array.from({ length: 7 }, () => 'done'));
    expect(story.bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome).toBe('done');
  });

  it('whatever order of deeds by whomever: what is concluded has a root cause in each chain, an answer to each cause, and two different signers', () => {
    const who = fc.constantFrom<Signer>(operator, supervisor, engineer, engineer, engineer, both, investigator);
    const second = fc.constantFrom<Signer>(supervisor, supervisor, both, engineer);
    const deed = fc.record({ what: fc.constantFrom('chain', 'why', 'why', 'root', 'root', 'factor', 'answer', 'answer', 'withdraw', 'withdraw', 'withdraw', 'withdraw', 'conclude', 'conclude', 'conclude', 'reopen', 'finish', 'finish'), by: who, second, n: fc.integer({ min: 1, max: 2 }), m: fc.integer({ min: 1, max: 3 }), text: fc.constantFrom('w', 'w', 'w', ' ') });
    let [conclusions, withdrawn] = [0, 0];
    fc.assert(fc.property(fc.array(deed, { minLength: 20, maxLength: 60 }), (deeds) => {
      const story = new Aftermath();
      for (const { what, by, second, n, m, text } of deeds) {
        const entry = [`C${n}`, `C${n}.${m}`, `C${n}.R${m}`, `F${n}`][(n + m) % 4] as string;
        const before = story.bench.state.aftermath.analyses.concluded.length;
        switch (what) {
          case 'chain': story.chain(by, story.event, text); break;
          case 'why': story.why(`C${n}`, by, text); break;
          case 'root': story.root(`C${n}`, by, text); break;
          case 'factor': story.factor(by); break;
          case 'answer': story.answer(m === 1 ? `F${n}` : `C${n}.R${m - 1}`, by, null, text); break;
          case 'withdraw': if (withdraw(story, entry, by, text).outcome === 'done') withdrawn += 1; break;
          case 'conclude': story.conclude(by, second); break;
          case 'reopen': reopen(story, by, text); break;
          case 'finish':
            if (story.analysis !== undefined && standingChains(story.analysis).length === 0) story.chain();
            // What is missing is said, so that conclusions are reached at all; nobody can take a short cut by it.
            for (const chain of story.analysis === undefined ? [] : standingChains(story.analysis)) { if (standingWhys(chain).length === 0) story.why(chain.id); story.root(chain.id); }
            for (const { id } of [...(story.analysis?.factors ?? []), ...(story.analysis?.chains ?? []).flatMap(({ roots }) => roots)]) story.answer(id);
            break;
        }
        const { concluded } = story.bench.state.aftermath.analyses;
        if (concluded.length <= before) continue;
        conclusions += 1;
        for (const analysis of concluded) {
          const chains = standingChains(analysis);
          expect(chains.length).toBeGreaterThan(0);
          for (const chain of chains) {
            expect([standingRoot(chain)?.text, (standingRoot(chain)?.answers.length ?? 0) > 0, standingWhys(chain).length > 0, chain.roots.filter(stands).length]).toEqual([expect.any(String), true, true, 1]);
          }
          for (const factor of analysis.factors.filter(stands)) expect(factor.answers.length).toBeGreaterThan(0);
          expect(analysis.concluded?.engineer).not.toBe(analysis.concluded?.supervisor);
          expect([['zhao.min', 'qian.duo'].includes(analysis.concluded?.engineer ?? ''), ['wang.wei', 'qian.duo'].includes(analysis.concluded?.supervisor ?? '')]).toEqual([true, true]);
        }
      }
      // Nothing that was said is gone.
      const said = story.bench.facts.filter(({ type }) => ['analysis.chain', 'analysis.why', 'analysis.root', 'analysis.factor'].includes(type)).length;
      expect((story.analysis?.chains ?? []).reduce((sum, { whys, roots }) => sum + 1 + whys.length + roots.length, 0) + (story.analysis?.factors.length ?? 0)).toBe(said);
    }), { numRuns: 80 });
    expect([conclusions > 15, withdrawn > 15], `${conclusions} conclusions, ${withdrawn} withdrawn`).toEqual([true, true]);
  }, 120_000);
});

describe('REQ-AFT-10 4.5.3 an analysis that is overdue is raised', () => {
  it('when its term has passed, with nobody looking in between; gone with the conclusion', () => {
    const story = new Aftermath().complete();
    const { bench } = story;
    const alarm = (): boolean => bench.state.alarms.get(ANALYSIS_OVERDUE_ALARM_ID)?.active === true;
    const dueMs = story.analysis?.dueMs ?? 0;
    bench.nowMs = dueMs - 1;
    bench.settle();
    expect(alarm()).toBe(false);
    const rest = restAfter(bench.plant, bench.state, bench.nowMs);
    expect(isDue(bench.plant, rest, bench.state, 0, dueMs)).toBe(true);
    bench.nowMs = dueMs;
    bench.settle();
    expect([alarm(), analysesSection(bench.plant, bench.state, bench.nowMs).overdue]).toEqual([true, 1]);
    expect(bench.plant.alarms.get(ANALYSIS_OVERDUE_ALARM_ID)).toMatchObject({ priority: 3, class: 'system', clauses: ['4.5.3'] });
    expect(bench.do((c) => commands.stop(c, 'post', 'people')).outcome).toBe('done');
    story.conclude();
    expect([alarm(), analysesSection(bench.plant, bench.state, bench.nowMs).overdue]).toEqual([false, 0]);
  });
});

describe('REQ-AFT-11 open analyses are handed over', () => {
  it('with what is missing; overdue it is another item; concluded it is none', () => {
    const story = new Aftermath();
    const items = () => handOverItems(story.bench.plant, story.bench.state, story.bench.nowMs).filter(({ kind }) => kind === 'analysis');
    expect(items()).toMatchObject([{ id: `analysis/${story.incident}/open`, worst: false, text: { zh: `${story.incident} 原因分析，还缺 1 项` } }]);
    story.complete();
    expect(items()[0]).toMatchObject({ id: `analysis/${story.incident}/open`, text: { en: `Causes of ${story.incident}, to be signed` } });
    story.bench.nowMs = (story.analysis?.dueMs ?? 0) + 1;
    expect(items()[0]).toMatchObject({ id: `analysis/${story.incident}/overdue`, worst: true });
    story.conclude();
    expect(items()).toEqual([]);
  });
});

describe('REQ-AFT-12 bounded, and a fold of the journal', () => {
  it('the state comes from the facts alone, through JSON; an older journal owes nothing for what was before', () => {
    const story = new Aftermath().concluded();
    reopen(story);
    withdraw(story, 'F1');
    const facts = JSON.parse(JSON.stringify(story.bench.facts)) as Fact[];
    // Runs were ended by hand in this story; what was used is remembered at the close all the same.
    expect(evolveAll(EMPTY_STATE, facts, story.bench.plant.machines).aftermath.analyses).toEqual(story.bench.state.aftermath.analyses);
    const old = facts.filter(({ type }) => !type.startsWith('analysis.'));
    const folded = evolveAll(EMPTY_STATE, old, story.bench.plant.machines).aftermath;
    expect(folded).toEqual({ ...NO_AFTERMATH, usedBefore: [{ incident: story.incident, procedures: ['P-A4.2'] }] });
    story.bench.state = { ...story.bench.state, aftermath: folded };
    story.bench.pass(2_000);
    expect(story.bench.state.aftermath.analyses).toEqual(NO_ANALYSES);
  });

  it('what is not known is left alone', () => {
    const story = new Aftermath().complete();
    const strays: Fact[] = [
      fact('analysis.why', T0, 'u', { incident: 'I-0', chain: 'C1', why: 'C1.9', text: 'x' }), fact('analysis.why', T0, 'u', { incident: story.incident, chain: '__proto__', why: 'x', text: 'x' }),
      fact('analysis.withdrawn', T0, 'u', { incident: story.incident, entry: 'C7', reason: 'r' }), fact('analysis.reopened', T0, 'u', { incident: story.incident, reason: 'r', dueMs: 1 }), fact('analysis.concluded', T0, 'u', { incident: 'I-0', supervisor: 's', text: 't', reviews: [{ procedure: 'P-A4.2', outcome: 'stays', note: 'n' }] }),
    ];
    for (const stray of strays) {
      const after = evolve(story.bench.state, stray, story.bench.plant.machines).aftermath;
      expect({ ...after, analyses: { ...after.analyses, open: after.analyses.open.map((each) => ({ ...each, entries: 0 })) } }, stray.type).toEqual({ ...story.bench.state.aftermath, analyses: { ...story.bench.state.aftermath.analyses, open: story.bench.state.aftermath.analyses.open.map((each) => ({ ...each, entries: 0 })) } });
    }
  });

  it('so many are open and no more, so many concluded are kept; what is full says so; the section holds the contract', () => {
    const story = new Aftermath();
    const span = (i: number) => ({ incident: `I-${i}`, fromMs: T0, toMs: T0, dueMs: T0 + i, procedures: ['P-gone'] });
    let register = NO_ANALYSES;
    for (let i = 0; i < CONCLUDED_ANALYSES_MAX + 5; i += 1) register = withConcluded(withAnalysis(register, span(i), null, T0), `I-${i}`, { atMs: T0, engineer: 'e', supervisor: 's', text: 't', reviews: [] });
    expect([register.open.length, register.concluded.length, register.concluded[0]?.incident]).toEqual([0, CONCLUDED_ANALYSES_MAX, `I-${CONCLUDED_ANALYSES_MAX + 4}`]);
    expect(withReopened(register, 'I-0', 1, { by: 'u', atMs: 1, reason: 'r' })).toBe(register);
    for (let i = 0; i < OPEN_ANALYSES_MAX; i += 1) register = withAnalysis(register, span(1_000 + i), null, T0);
    story.bench.state = { ...story.bench.state, aftermath: { ...story.bench.state.aftermath, analyses: register } };
    expect(message(open(story))).toContain('analyses are open');
    expect(analysesSectionSchema.safeParse(analysesSection(story.bench.plant, story.bench.state, story.bench.nowMs)).error?.issues).toBe(undefined);
    // At the limit an incident still closes, and owes no more.
    story.bench.set({ 'TI-4202': 60 });
    story.end();
    expect(story.bench.state.aftermath.analyses.open.length).toBe(OPEN_ANALYSES_MAX);
  });

  it('the longest analysis holds the contract, and takes no more', () => {
    const story = new Aftermath();
    const long = '长'.repeat(500);
    story.chain(operator, story.event, long);
    for (let i = 0; i < ENTRIES_MAX; i += 1) { story.why('C1', operator, long); withdraw(story, `C1.${i + 1}`, operator, long); }
    expect(story.analysis?.entries).toBe(ENTRIES_MAX);
    expect(message(story.why())).toContain('takes no more');
    expect(analysesSectionSchema.safeParse(analysesSection(story.bench.plant, story.bench.state, story.bench.nowMs)).error?.issues).toBe(undefined);
  });

  it('what was said stands in the record, in both languages', () => {
    const story = new Aftermath().concluded();
    reopen(story);
    withdraw(story, 'F1');
    const words = story.bench.facts.filter(({ type }) => type.startsWith('analysis.')).map((each) => recordText(each, story.bench.plant));
    expect(words.length).toBeGreaterThan(9);
    for (const part of ['氧化塔温度升高', '冷却水阀卡涩', '阀门未列入检修计划', '温度计漂移', 'wang.wei', '新证据', '查证不实', story.incident, `#${story.event}`]) expect([words.some(({ zh }) => zh.includes(part)), words.some(({ en }) => en.includes(part))], part).toEqual([true, true]);
  });
});
