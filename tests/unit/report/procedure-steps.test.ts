/** REQ-RPT-34 to 36: steps in the report that the eventful incident does not have: decided, permitted, signed with evidence, contested, withdrawn, done anew. Real domain, small procedures. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportProcedure } from '../../../src/contract/report.ts';
import type { IncidentRecords, ReportDraft } from '../../../src/domain/report/incident.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import * as workCommands from '../../../src/domain/station/work-commands.ts';
import { courseText } from '../../../src/main/station/course-text.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { evidenceFor } from '../../support/procedures/evidence-for.ts';
import { draftOf, draftSchema } from '../../support/report/story.ts';
import type { Bench } from '../domain/bench.ts';
import { PEOPLE, sample, shippedPack, T0 } from '../domain/bench.ts';
import { begun, bySignature, investigating, option, procedure, step, valve, words } from '../domain/made-procedures.ts';

const commands = { ...stationCommands, ...procedureCommands, ...workCommands };
const { operator, supervisor, engineer } = PEOPLE;
const fieldHand = { user: 'zhao.qiang', name: '赵强', roles: ['operator' as const] };
const MINUTE = 60_000;

beforeAll(() => { shippedPack(); }, 120_000);

/** All that happened on a bench, as an incident that is still open. */
function incidentOf(bench: Bench): IncidentRecords {
  const records = bench.facts.map((each, i) => ({ n: i + 1, wallMs: each.atMs, fact: each }));
  return { plant: bench.plant, packHash: 'h', clauses: [], incident: { id: 'I-1', openedMs: T0, closedMs: null, firstCondition: null, fromMs: T0, toMs: bench.nowMs }, records, before: EMPTY_STATE };
}
function reported(bench: Bench): { readonly draft: ReportDraft; readonly found: ReportProcedure; readonly step: (id: string) => ReportProcedure['steps'][number]; readonly key: (user: string) => string } {
  const draft = draftOf(incidentOf(bench));
  expect(draftSchema.safeParse(draft).error).toBeUndefined();
  const found = draft.procedures.find(({ id }) => id === 'P-1') ?? expect.fail('P-1 is not in the report');
  return { draft, found, step: (id) => found.steps.find((each) => each.id === id) ?? expect.fail(`no step ${id}`), key: (user) => draft.people.directory.find((row) => row.user === user)?.key ?? `no ${user}` };
}
const instance = (bench: Bench): string => bench.run('P-1').instance;

describe('REQ-RPT-34 ways that were chosen', () => {
  const when = (input: string) => ({ kind: 'state', input, is: 'open' });
  const DECIDE = procedure('P-1', { steps: [
    step('D', { kind: 'decide', within: '2 min', default: 'CAREFUL', options: [option('CAREFUL', 'A', when('XV-4104')), option('QUICK', 'B', when('XV-4401'))] }),
    valve('A', 'XV-4102'), valve('B', 'XV-4102'),
  ] });

  it('by the tags: no deviation, and nobody’s', () => {
    const bench = begun([DECIDE]);
    bench.set({ 'XV-4104': 'open' });
    expect(reported(bench).step('D')).toMatchObject({ state: 'done', by: null, deviations: [] });
  });

  it('against the tags: whose word, and both in the sentence', () => {
    const bench = begun([DECIDE]);
    bench.plant.engine.push(sample('XV-4401', 'open', bench.nowMs));
    bench.do((c) => commands.chooseOption(c, { instance: instance(bench), step: 'D', option: 'CAREFUL', reason: 'the valve is stuck' }, 'li.na', true));
    const { step: of, key, draft } = reported(bench);
    expect(of('D')).toMatchObject({ state: 'done', by: key('li.na'), deviations: [{ by: key('li.na'), what: { en: expect.stringMatching(/chosen CAREFUL .*; the tags show QUICK .*; reason: the valve is stuck/u) as string } }] });
    expect(draft.signatures.filter(({ by }) => by === key('li.na')).length).toBe(1);
  });

  it('by the clock: a deviation of nobody', () => {
    const bench = begun([DECIDE]);
    bench.pass(2 * MINUTE);
    expect(reported(bench).step('D')).toMatchObject({ state: 'done', by: null, deviations: [{ by: null, what: { en: expect.stringContaining('by the deadline') as string } }] });
  });
});

describe('REQ-RPT-35 work in the safe state', () => {
  const O2 = { unit: 'vol%', low: 19.5, high: 21, gas: 'O2' };
  const WORK = procedure('P-1', { steps: [valve('A', 'XV-4205')], handling: [
    step('H1', { direction: 'intervene', workPermit: 'blinding', within: '2 h', proof: [bySignature('H1.1', 'operator', { shows: 'isolated', evidence: 'blind' })] }),
    step('H2', { kind: 'record', direction: 'hold', within: '2 h', proof: [bySignature('H2.1', 'operator', { shows: 'gas-free', evidence: 'portable-test', figure: O2 }), bySignature('H2.2', 'engineer', { senses: true })] }),
  ] });
  const working = (): Bench => {
    const bench = investigating(WORK);
    bench.do((c) => commands.takePost(c, 'commander', supervisor));
    bench.do((c) => commands.takePost(c, 'watch', operator));
    bench.do((c) => commands.assessZone(c, 'Z-4200', 'handling', 'clear', supervisor));
    bench.do((c) => commands.issuePermit(c, { number: 'WP-1', kind: 'blinding', scope: 's', zone: 'Z-4200', holder: 'Zhao Da', fromMs: c.nowMs, untilMs: c.nowMs + 10 * MINUTE, isolation: [{ by: 'vents-open', number: 'V-1' }] }, supervisor));
    expect(bench.do((c) => commands.permitStep(c, instance(bench), 'H1', supervisor)).outcome).toBe('done');
    return bench;
  };
  const sign = (bench: Bench, at: string, proof: string, signer = fieldHand) => expect(bench.do((c) => commands.confirmProof(c, { instance: instance(bench), step: at, proof, note: 'looked', ...evidenceFor(c.plant.procedures.get('P-1'), proof, c.nowMs, 20.9) }, signer, operator)).outcome).toBe('done');

  it('signed: by whom, with the record’s number, its figure and note; a witness signs too', () => {
    const bench = working();
    sign(bench, 'H1', 'H1.1');
    const { step: of, key, draft } = reported(bench);
    const signed = bench.facts.findIndex((each) => each.type === 'procedure.moved' && each.data.event.type === 'SIGNED') + 1;
    expect(of('H1')).toMatchObject({ number: 1, part: 'handling', state: 'done', by: key('zhao.qiang'), proof: [{ id: 'H1.1', how: 'signed', by: key('zhao.qiang'), note: 'looked', evidence: [signed] }] });
    expect(draft.signatures.filter(({ n }) => n === signed).map(({ by, as }) => [by, as])).toEqual([[key('zhao.qiang'), 'operator'], [key('li.na'), null]]);
    expect(draft.people.directory.filter(({ name }) => name === 'Zhao Da').length).toBe(1);
    sign(bench, 'H2', 'H2.1');
    expect(reported(bench).step('H2').proof).toMatchObject([{ how: 'signed', note: '20.9 vol%; looked' }, { how: 'none', by: null, evidence: [] }]);
    expect(reported(bench).step('H2').state).toBe('open');
    bench.do((c) => commands.confirmProof(c, { instance: instance(bench), step: 'H2', proof: 'H2.2', note: '' }, engineer));
    expect(reported(bench).step('H2').proof[1]).toMatchObject({ how: 'sensory', by: reported(bench).key('zhao.min') });
  });

  it('a permit that runs out while people work is a deviation of that step, of nobody’s doing', () => {
    const bench = working();
    bench.pass(11 * MINUTE);
    expect(reported(bench).step('H1')).toMatchObject({ state: 'open', deviations: [{ by: null, what: { en: expect.stringContaining('permit withdrawn') as string } }] });
  });

  it('the safe state lost: what was done in it is told as it was, though the course has forgotten it', () => {
    const bench = working();
    sign(bench, 'H1', 'H1.1');
    const before = reported(bench).step('H1');
    bench.set({ 'XV-4205': 'closed' });
    expect(bench.place('P-1')).toBe('retreating');
    expect(bench.run('P-1').course.context.steps['H1']).toBeUndefined();
    const after = reported(bench);
    expect(after.step('H1')).toEqual(before);
    expect(after.found.places.map(({ place }) => place)).toEqual(['raised', 'retreating', 'safe', 'investigating', 'retreating']);
    expect(after.found.limits.find(({ id }) => id === 'safe')?.state).toBe('met');
  });
});

describe('REQ-RPT-36 what people say against the tags, and times that are exceeded', () => {
  it('contested is a deviation of the step that the proof belongs to', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4102'), valve('B', 'XV-4104')] })]);
    bench.set({ 'XV-4102': 'open' });
    expect(bench.do((c) => commands.assessProof(c, { instance: instance(bench), proof: 'A.1', assessment: 'contested', reason: 'I see it closed' }, engineer)).outcome).toBe('done');
    const { step: of, key } = reported(bench);
    expect(of('A').deviations).toMatchObject([{ by: key('zhao.min'), what: { en: expect.stringContaining('contested') as string } }]);
  });

  it('raised by hand: by whom; a time over several steps and the safe state, both exceeded, stay so though they are met later', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104')], safeWithin: '3 min', deadlines: [{ id: 'T', clause: 'A2.7', text: words('two minutes'), within: '2 min', from: 'start', until: 'A', otherwise: words('next') }] })]);
    bench.pass(6 * MINUTE);
    const limits = (): string[] => reported(bench).found.limits.map(({ id, clause, state }) => `${id} ${clause} ${state}`).toSorted();
    expect(limits()).toEqual(['T A2.7 exceeded', 'safe 4.1.1 exceeded']);
    bench.set({ 'XV-4104': 'open', 'XV-4205': 'open' });
    expect([bench.place('P-1'), limits()]).toEqual(['safe', ['T A2.7 exceeded', 'safe 4.1.1 exceeded']]);
    const { found, key, step: of } = reported(bench);
    expect([found.raisedBy, of('A').state, found.safeAfterMs]).toEqual(['post', 'late', bench.nowMs - T0 - 1_000]);
    expect(key('li.na')).toBe('no li.na');
  });

  it('a procedure that these rules do not have is named and has no steps', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104')] })]);
    bench.commit([fact('procedure.raised', bench.nowMs, null, { instance: 'P-old:1', procedure: 'P-old', version: 7, sourceHash: '', because: ['C-old'] })]);
    const old = reported(bench).draft.procedures.find(({ id }) => id === 'P-old');
    expect(old).toMatchObject({ version: 7, title: { zh: 'P-old', en: 'P-old' }, steps: [], because: ['C-old'], places: [{ place: 'raised' }], safeAfterMs: null });
  });

  it('one that ran before the report’s time began is told from there on', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104'), valve('B', 'XV-4401')] })]);
    const earlier = bench.state;
    const count = bench.facts.length;
    bench.set({ 'XV-4104': 'open' });
    const whole = incidentOf(bench);
    const made = draftOf({ ...whole, before: earlier, records: whole.records.slice(count) }).procedures[0];
    expect(made).toMatchObject({ raisedMs: earlier.runs[0]?.course.context.raisedMs, steps: [{ id: 'A', state: 'done', startedMs: earlier.runs[0]?.course.context.steps['A']?.startedMs }, { id: 'B' }] });
  });
});

describe('REQ-RPT-37 a sentence has no time zone in it', () => {
  it('a deadline is told in UTC, wherever the report is made', () => {
    const bench = begun([procedure('P-1', { steps: [valve('A', 'XV-4104')] })]);
    const event = { type: 'DEADLINE' as const, atMs: 0, id: 'T', state: 'running' as const, dueMs: Date.UTC(2026, 0, 1, 13, 5, 9) };
    expect(courseText(event, bench.plant, undefined)).toEqual({ zh: '时限 T 开始计时，至 13:05:09 UTC', en: 'time limit T is running until 13:05:09 UTC' });
    expect(recordText(fact('procedure.moved', 0, null, { instance: 'P-1:1', event, place: 'stopping' }), bench.plant).en).toContain('until 13:05:09 UTC');
  });
});
