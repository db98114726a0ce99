/** REQ-AFT-14: what the report says of causes and follow-ups, from the facts alone (docs/design/aftermath.md). */
import { describe, expect, it } from 'vitest';
import { causeAnalysisSchema, reportFollowUpSchema } from '../../../src/contract/report.ts';
import { aftermathOf, causesOf, followUpsOf } from '../../../src/domain/report/after-incident.ts';
import { AROUND_MS } from '../../../src/domain/report/incident.ts';
import { closeAction } from '../../../src/domain/station/action-commands.ts';
import { reopenAnalysis, withdrawEntry } from '../../../src/domain/station/analysis-commands.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { doneFollowUp, withdrawFollowUp } from '../../../src/domain/station/follow-up-commands.ts';
import { Aftermath, DAY } from '../../support/aftermath/story.ts';
import { PEOPLE } from './bench.ts';

const { supervisor, engineer } = PEOPLE;
const spanOf = (story: Aftermath) => ({ id: story.incident, fromMs: (story.analysis?.fromMs ?? 0) - AROUND_MS, toMs: (story.analysis?.toMs ?? 0) + AROUND_MS });
const numberOf = (story: Aftermath, type: string, where: (data: never) => boolean = () => true): number => story.bench.facts.findIndex((each) => each.type === type && where(each.data as never)) + 1;

describe('REQ-AFT-14 4.5.3 causes of the report', () => {
  it('chains, factors, answers and the conclusion with the numbers of the records that said them', () => {
    const story = new Aftermath().complete();
    const action = story.action();
    story.answer('F1', engineer, action, '');
    story.conclude();
    const causes = causesOf(story.numbered(), spanOf(story));
    expect(causeAnalysisSchema.safeParse(causes).error?.issues).toBe(undefined);
    expect(causes.chains).toEqual([{
      id: 'C1', event: { n: story.event, text: expect.objectContaining({ zh: expect.any(String) as string }) as never }, problem: '氧化塔温度升高', whys: [{ n: numberOf(story, 'analysis.why'), text: '冷却水阀卡涩', by: 'li.na' }], root: '阀门未列入检修计划',
      answers: [{ n: numberOf(story, 'analysis.answered'), by: 'zhao.min', action: null, reason: '已由 CA-1 一并处理' }],
    }]);
    expect(causes.factors).toMatchObject([{ id: 'F1', n: numberOf(story, 'analysis.factor'), kind: 'instrument', by: 'li.na', evidence: [story.event], answers: [{ action: null }, { n: numberOf(story, 'analysis.answered', ({ action: a }: { action: string | null }) => a === action), action }] }]);
    expect(causes.concluded).toMatchObject({ n: numberOf(story, 'analysis.concluded'), by: ['zhao.min', 'wang.wei'], text: '阀门未检修导致超温', reviews: [{ procedure: 'P-A4.2', outcome: 'stays' }] });
    expect([causes.withdrawn, causes.reopened]).toEqual([[], []]);
  });

  it('what was withdrawn stands in no chain, but stands in the report with its reason; opened again it is not concluded', () => {
    const story = new Aftermath().concluded();
    story.bench.do((c) => reopenAnalysis(c, story.incident, '新证据', supervisor));
    for (const entry of ['C1.R1', 'C1.1', 'F1']) story.bench.do((c) => withdrawEntry(c, story.incident, entry, '查证不实', engineer));
    const causes = causesOf(story.numbered(), spanOf(story));
    expect(causeAnalysisSchema.safeParse(causes).error?.issues).toBe(undefined);
    expect([causes.chains[0]?.whys, causes.chains[0]?.root, causes.factors, causes.concluded]).toEqual([[], null, [], null]);
    expect(causes.withdrawn?.map(({ what, saidBy, by, reason }) => [what, saidBy, by, reason])).toEqual([['阀门未列入检修计划', 'zhao.min', 'zhao.min', '查证不实'], ['冷却水阀卡涩', 'li.na', 'zhao.min', '查证不实'], ['温度计漂移', 'li.na', 'zhao.min', '查证不实']]);
    expect(causes.reopened).toMatchObject([{ n: numberOf(story, 'analysis.reopened'), by: 'wang.wei', reason: '新证据' }]);
  });

  it('3.5 3.6 causes that people signed in the course of it, within its time and not after; without an analysis nothing is made up', () => {
    const story = new Aftermath({ training: true });
    const { bench } = story;
    const [fromMs, toMs] = [bench.state.pastIncidents[0]?.openedMs ?? 0, bench.state.pastIncidents[0]?.closedMs ?? 0];
    const span = { id: story.incident, fromMs: fromMs - AROUND_MS, toMs: toMs + AROUND_MS };
    const at = (atMs: number) => [
      fact('interlock.cause', atMs, 'u1', { interlock: 'I-4200', text: 'a' }), fact('alarm.cause', atMs, 'u2', { id: 'C-1', text: 'b' }),
      fact('procedure.moved', atMs, 'u3', { instance: 'P-A4.2:1', event: { type: 'CAUSE', atMs, by: 'u3', text: 'c' }, place: 'investigating' }), fact('procedure.moved', atMs, 'u3', { instance: 'P-A4.2:1', event: { type: 'READY', atMs }, place: 'readyToReturn' }),
    ];
    const facts = [...at(span.fromMs - 1), ...at(fromMs), ...at(span.toMs), ...at(span.toMs + 1)];
    const causes = causesOf(facts.map((each, i) => ({ n: i + 1, wallMs: each.atMs, fact: each })), span);
    expect(causes).toEqual({ stated: [[5, 'I-4200', 'a', 'u1'], [6, 'C-1', 'b', 'u2'], [7, 'P-A4.2:1', 'c', 'u3'], [9, 'I-4200', 'a', 'u1'], [10, 'C-1', 'b', 'u2'], [11, 'P-A4.2:1', 'c', 'u3']].map(([n, about, text, by]) => ({ n, atMs: Number(n) < 9 ? fromMs : span.toMs, by, about, text })), chains: [], factors: [], concluded: null });
    expect(causeAnalysisSchema.safeParse(causes).error?.issues).toBe(undefined);
  });

  it('people go by the keys of the directory, every one of them', () => {
    const story = new Aftermath().concluded();
    story.bench.do((c) => reopenAnalysis(c, story.incident, 'r', supervisor));
    story.bench.do((c) => withdrawEntry(c, story.incident, 'F1', 'r', engineer));
    story.factor();
    story.answer('F2');
    story.conclude();
    const words = JSON.stringify(causesOf(story.numbered(), spanOf(story), () => 'KEY'));
    expect(['li.na', 'zhao.min', 'wang.wei'].filter((user) => words.includes(user))).toEqual([]);
    expect(words.split('"KEY"').length).toBeGreaterThan(9);
  });

  it('another incident’s analysis is not mixed in', () => {
    const story = new Aftermath().concluded();
    expect(causesOf(story.numbered(), { ...spanOf(story), id: 'I-other' })).toMatchObject({ chains: [], factors: [], concluded: null });
  });
});

describe('REQ-AFT-14 3.1 follow-ups of the report, and which facts belong to an incident', () => {
  it('those of the incident, done or not, with their records; withdrawn ones are left out', () => {
    const story = new Aftermath();
    story.followUp();
    story.followUp({ incident: null });
    story.followUp({ kind: 'drill', title: '演练' });
    story.followUp({ kind: 'training' });
    const heldMs = story.bench.nowMs - 1_000;
    story.bench.do((c) => doneFollowUp(c, 'FU-3', { document: 'D-1', revision: '', heldMs, participants: '一班' }, engineer));
    story.bench.do((c) => withdrawFollowUp(c, 'FU-4', 'r', engineer));
    const found = followUpsOf(story.numbered(), { id: story.incident });
    for (const each of found) expect(reportFollowUpSchema.safeParse(each).error?.issues).toBe(undefined);
    expect(found.map(({ id, kind, doneMs }) => [id, kind, doneMs])).toEqual([['FU-1', 'emergency-procedure', null], ['FU-3', 'drill', heldMs]]);
    expect(found[1]?.evidence).toEqual([numberOf(story, 'follow-up.opened', ({ followUp }: { followUp: string }) => followUp === 'FU-3'), numberOf(story, 'follow-up.done')]);
  });

  it('actions, follow-ups and analysis of this incident and no other, however long after', () => {
    const story = new Aftermath().complete();
    const [mine] = [story.action()];
    story.followUp();
    story.followUp({ incident: null });
    story.bench.nowMs += 90 * DAY;
    story.bench.do((c) => closeAction(c, mine, 'e', engineer));
    const belongs = aftermathOf(story.incident);
    const kept = story.bench.facts.filter((each) => belongs(each)).map(({ type }) => type);
    expect(kept.filter((type) => type.startsWith('analysis.')).length).toBe(7);
    expect(kept.filter((type) => !type.startsWith('analysis.'))).toEqual(['action.opened', 'follow-up.opened', 'action.closed']);
    const others = aftermathOf('I-other');
    expect(story.bench.facts.filter((each) => others(each))).toEqual([]);
  });
});
