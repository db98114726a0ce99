/** REQ-RPT-10 to 29: what must be in the report of one eventful incident, section by section, out of the journal that the real station wrote. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { IncidentReport } from '../../../src/contract/report.ts';
import { TREND_POINTS_MAX, TREND_TAGS_MAX } from '../../../src/contract/report.ts';
import { canonicalJson } from '../../../src/domain/journal/canonical-json.ts';
import { KPI_DEFS } from '../../../src/domain/kpi/definitions.ts';
import { draftSteps, NO_SAMPLES } from '../../../src/domain/report/draft.ts';
import type { RecordedSamples, ReportDraft } from '../../../src/domain/report/incident.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { T0 } from '../domain/bench.ts';
import { CAUSE, DAY, FIELD, LONG, MINUTE, SECOND, SHORT } from '../../support/report/incident-journal.ts';
import type { Moments } from '../../support/report/incident-journal.ts';
import { draftOf, draftSchema, numbersIn, story } from '../../support/report/story.ts';

let draft: ReportDraft;
let moments: Moments;
beforeAll(() => { draft = story().draft; moments = story().journal.moments; }, 120_000);

const at = (moment: keyof Moments): number => T0 + moments[moment];
const typeOf = (n: number): string => story().records[n - 1]?.type ?? 'none';
const typesOf = (numbers: readonly number[]): string[] => numbers.map(typeOf);
const keyOf = (user: string): string => draft.people.directory.find((row) => row.user === user)?.key ?? `no ${user}`;
const keyOfName = (name: string): string => draft.people.directory.find((row) => row.name === name)?.key ?? `no ${name}`;
const found = <T>(list: readonly T[], isIt: (item: T) => boolean): T => list.find(isIt) ?? expect.fail('not in the report');
const interlock = (id: string) => found(draft.interlocks, (each) => each.id === id);
const procedure = () => found(draft.procedures, ({ id }) => id === 'P-A4.2');
const step = (id: string) => found(procedure().steps, (each) => each.id === id);
const raise = (id: string) => found(draft.alarms.raises, (each) => each.id === id);

describe('REQ-RPT-10 the whole', () => {
  it('is what the contract says, and says who made it, in which mode, by which rules', () => {
    expect(draftSchema.safeParse(draft).error).toBeUndefined();
    expect([draft.mode, draft.product.version, draft.plant.id, draft.plant.packHash, draft.plant.site]).toEqual(['OPERATION', '1.2.3', 'h2o2', story().journal.packHash, null]);
    expect(draft.incident).toEqual(story().incident.incident);
  });

  it('twice from the same records it is the same to the byte', () => {
    const [one, two] = [canonicalJson(draftOf(story().incident)), canonicalJson(draft)];
    expect(one.ok && two.ok && one.text === two.text).toBe(true);
  });

  it('every record number in it is one of the journal, of the incident, and of a fitting kind', () => {
    const own = new Set(story().incident.records.map(({ n }) => n));
    const kinds: Readonly<Record<string, RegExp>> = {
      timeline: /./u, firstOuts: /^alarm\./u, conditions: /^condition\.changed$/u, alarms: /^alarm\.raised/u, marks: /^(?:retreat|interlock|procedure|incident)\./u, interlocks: /^(?:interlock|bypass|condition)\./u, procedures: /^(?:procedure|prohibition)\./u,
      refusals: /./u, people: /^(?:people|roll-call)\./u, command: /./u, causes: /^(?:interlock|alarm|procedure)\./u, signatures: /./u, actions: /^action\./u,
    };
    const all = [...numbersIn(draft)];
    expect(all.length).toBeGreaterThan(400);
    for (const { path, n } of all) {
      expect([path, n, own.has(n)]).toEqual([path, n, true]);
      expect([path, typeOf(n)]).toEqual([path, expect.stringMatching(kinds[path.split('.')[0] ?? ''] ?? /^nothing$/u) as string]);
    }
  });

  it('made in slices it can be stopped between any two, shows how far it is, and is the same', () => {
    const steps = draftSteps(story().incident, NO_SAMPLES, { tell: (fact) => recordText(fact, story().incident.plant) });
    const progress: number[] = [];
    let next = steps.next();
    while (next.done !== true) {
      progress.push(next.value);
      next = steps.next();
    }
    expect([progress.length >= 2, progress.every((each, i) => each >= 0 && each <= 1 && each >= (progress[i - 1] ?? 0))]).toEqual([true, true]);
    expect(next.value).toEqual(draft);
    const stopped = draftSteps(story().incident, NO_SAMPLES, { tell: () => ({ zh: '', en: '' }) });
    stopped.next();
    expect(stopped.return(draft)).toMatchObject({ done: true });
  });

  it('a record that cannot be put into words stands there by its kind', () => {
    const steps = draftSteps(story().incident, NO_SAMPLES, { tell: () => { throw new Error('no words'); } });
    let next = steps.next();
    while (next.done !== true) next = steps.next();
    expect(next.value.timeline.events[0]?.text.en).toBe(draft.timeline.events[0]?.type);
    expect(draftSchema.safeParse(next.value).error).toBeUndefined();
  });

  it('of a trace it is said that it is reconstructed, whatever the station was', () => {
    const steps = draftSteps(story().incident, NO_SAMPLES, { tell: () => ({ zh: '', en: '' }), mode: 'RECONSTRUCTED' });
    let next = steps.next();
    while (next.done !== true) next = steps.next();
    expect(next.value.mode).toBe('RECONSTRUCTED');
  });
});

describe('REQ-RPT-11 the time line', () => {
  it('has every record of it, in the order of the journal, in the station’s own words, with the wall clock beside it', () => {
    const { incident } = story();
    expect(draft.timeline.left).toBe(0);
    expect(draft.timeline.events.map(({ n }) => n)).toEqual(incident.records.map(({ n }) => n));
    for (const [i, event] of draft.timeline.events.entries()) {
      const record = incident.records[i] ?? expect.fail('no such record');
      expect([event.text, event.atMs, event.wallMs]).toEqual([recordText(record.fact, incident.plant), record.fact.atMs, record.fact.atMs + 3_000]);
    }
  });

  it('says who did it by a key, and puts what people did in their own track', () => {
    const stop = found(draft.timeline.events, ({ type }) => type === 'retreat.stop');
    expect([stop.by, stop.lane, stop.atMs]).toEqual([keyOf('li.na'), 'person', at('stopped')]);
    expect(found(draft.timeline.events, ({ type }) => type === 'refused').lane).toBe('refusal');
    expect(new Set(draft.timeline.events.map(({ lane }) => lane))).toEqual(new Set(['condition', 'alarm', 'procedure', 'interlock', 'people', 'person', 'refusal']));
  });

  it('records of one time stand in the order in which they were written', () => {
    const same = draft.timeline.events.filter(({ atMs }) => atMs === at('opened'));
    expect(same.length).toBeGreaterThan(10);
    expect(same.map(({ n }) => n)).toEqual(same.map(({ n }) => n).toSorted((a, b) => a - b));
  });
});

describe('REQ-RPT-12 conditions', () => {
  it('A4.2(2) from onset to end, with value, limit and clause', () => {
    expect(found(draft.conditions, ({ id }) => id === 'C-A4.2(2)-TI-4203')).toMatchObject({ clauses: ['A4.2(2)'], priority: 1, onsetMs: at('opened'), input: 'TI-4203', value: 60, limit: 60, startsProcedure: true, unknown: [] });
    expect(found(draft.conditions, ({ id }) => id === 'W-A4.2(2)-TI-4203').startsProcedure).toBe(false);
    expect(found(draft.conditions, ({ id }) => id === 'N-A4.7-HAND')).toMatchObject({ onsetMs: at('brokenFrom'), clearedMs: at('brokenTo'), value: 'open' });
  });

  it('not known while it held is told with its time, and is not its end', () => {
    const { incident } = story();
    const raised = found([...incident.records], ({ fact }) => fact.type === 'condition.changed' && fact.data.id === 'C-A4.2(2)-TI-4203');
    const change = (n: number, seconds: number, state: 'unknown' | 'raised' | 'cleared') => ({ ...raised, n, fact: { ...raised.fact, atMs: raised.fact.atMs + seconds * SECOND, data: { ...raised.fact.data, state } } as typeof raised.fact });
    const records = [raised, change(901, 10, 'unknown'), change(902, 25, 'raised'), change(903, 30, 'unknown'), change(904, 50, 'cleared'), change(905, 60, 'unknown'), change(906, 70, 'raised')];
    const [first, second, ...rest] = draftOf({ ...incident, records }).conditions;
    const from = at('opened');
    expect(first).toMatchObject({ n: raised.n, clearedMs: from + 50 * SECOND, unknown: [{ n: 901, fromMs: from + 10 * SECOND, toMs: from + 25 * SECOND }, { n: 903, fromMs: from + 30 * SECOND, toMs: from + 50 * SECOND }] });
    expect([second?.n, second?.onsetMs, second?.clearedMs, second?.unknown, rest]).toEqual([906, from + 70 * SECOND, null, [], []]);
  });
});

describe('REQ-RPT-13 alarms, first-out and answers (3.6)', () => {
  it('every raise is there, in the order of source times', () => {
    const raised = story().incident.records.filter(({ fact }) => fact.type === 'alarm.raised');
    expect(draft.alarms.left).toBe(0);
    expect(draft.alarms.raises.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(raised.map(({ n }) => n));
    expect(draft.alarms.raises.map(({ sourceMs }) => sourceMs)).toEqual(draft.alarms.raises.map(({ sourceMs }) => sourceMs).toSorted((a, b) => a - b));
  });

  it('answered in time, answered late, answered by nobody: by whom, after how long', () => {
    expect(raise('C-A4.2(2)-TI-4203')).toMatchObject({ raisedMs: at('opened'), acknowledgedMs: at('answered'), acknowledgedBy: keyOf(SHORT.user), responseMs: 20 * SECOND, inTime: true, priority: 1, class: 'safety' });
    expect(raise('C-A4.2(2)-TI-4202')).toMatchObject({ acknowledgedMs: at('lateAnswer'), acknowledgedBy: keyOf(LONG.user), inTime: false });
    expect(raise('N-A4.7-HAND')).toMatchObject({ acknowledgedMs: null, acknowledgedBy: null, responseMs: null, inTime: false, returnedMs: at('brokenTo') });
  });

  it('the first of its group, and that a later one was not', () => {
    expect(found(draft.firstOuts, ({ group }) => group === 'G-A4.2')).toMatchObject({ first: 'W-A4.2(2)-TI-4203', possible: [] });
    expect([raise('W-A4.2(2)-TI-4203').firstOut, raise('C-A4.2(2)-TI-4203').firstOut]).toEqual(['first', null]);
  });

  it('a mark that a late value corrects is corrected in every raise of the episode', () => {
    const { incident } = story();
    const late = found([...incident.records], ({ fact }) => fact.type === 'alarm.raised' && fact.data.id === 'C-A4.2(2)-TI-4203');
    const corrected = { ...late, n: 900, fact: { type: 'alarm.first-out', atMs: late.fact.atMs, by: null, data: { group: 'G-A4.2', first: null, possible: ['W-A4.1-TI-4202-RATE', 'W-A4.2(2)-TI-4203'], uncertaintyMs: 150 } } as const };
    const place = incident.records.indexOf(late) + 1;
    const made = draftOf({ ...incident, records: incident.records.toSpliced(place, 0, corrected) });
    expect(found(made.firstOuts, ({ group }) => group === 'G-A4.2')).toMatchObject({ first: null, possible: ['W-A4.1-TI-4202-RATE', 'W-A4.2(2)-TI-4203'], uncertaintyMs: 150, evidence: expect.arrayContaining([900]) as number[] });
    expect(made.alarms.raises.filter(({ firstOut }) => firstOut === 'possible').map(({ id }) => id)).toEqual(['W-A4.2(2)-TI-4203', 'W-A4.1-TI-4202-RATE']);
  });

  it('one whose time has not run out when the journal ends is neither in time nor late', () => {
    const { incident } = story();
    const end = incident.records.findIndex(({ fact }) => fact.type === 'alarm.raised' && fact.data.id === 'C-A4.2(2)-TI-4203') + 1;
    const cut = draftOf({ ...incident, records: incident.records.slice(0, end), incident: { ...incident.incident, closedMs: null, toMs: at('opened') } });
    expect(found(cut.alarms.raises, ({ id }) => id === 'C-A4.2(2)-TI-4203')).toMatchObject({ inTime: null, responseMs: null });
  });
});

describe('REQ-RPT-14 alarm KPIs of its own time', () => {
  it('every one that is defined, with its target and verdict', () => {
    const kpi = (id: string) => found(draft.kpi, (each) => each.id === id);
    expect(draft.kpi.map(({ id }) => id)).toEqual(KPI_DEFS.map(({ id }) => id));
    const overdue = story().incident.records.filter(({ fact }) => fact.type === 'alarm.overdue').length;
    expect(kpi('unanswered')).toMatchObject({ value: overdue, verdict: 'over', target: '<= 0' });
    expect(kpi('response-p95').value).toBe(raise('C-A4.2(2)-TI-4202').responseMs === null ? null : (raise('C-A4.2(2)-TI-4202').responseMs ?? 0) / 1_000);
    expect(kpi('alarms-per-day').value).toBeNull();
  });

  it('quiet time before the first record counts, because the station ran', () => {
    const perTen = found(draft.kpi, ({ id }) => id === 'alarms-per-10-min').value ?? 0;
    const lastMs = story().incident.records.findLast(({ fact }) => fact.atMs <= draft.incident.toMs)?.fact.atMs ?? 0;
    expect(perTen).toBeCloseTo(draft.alarms.raises.length / ((lastMs - draft.incident.fromMs) / (10 * MINUTE)), 6);
  });
});

describe('REQ-RPT-15 trends', () => {
  it('without the recorder they are drawn from what the records hold, and that is said', () => {
    const trend = found(draft.trends, ({ tag }) => tag === 'TI-4203');
    expect(draft.trends[0]?.tag).toBe('TI-4203');
    expect(trend).toMatchObject({ unit: 'degC', samples: 0, because: expect.arrayContaining(['condition', 'proof']) as string[] });
    expect(trend.points).toEqual(expect.arrayContaining([[at('opened'), 60]]));
    expect(trend.limits).toEqual(expect.arrayContaining([{ condition: 'C-A4.2(2)-TI-4203', comparison: 'atOrAbove', limit: 60, priority: 1 }]));
  });

  const recording = { fromMs: T0, toMs: T0 + DAY, samples: 1, tags: 1, bytes: 1, hash: '', verdict: 'whole' as const, gaps: [] };

  it('with it: the deciding tags alone are asked for, each is thinned, and neither peak nor gap is lost', () => {
    const asked = new Set<string>();
    const from = draft.incident.fromMs;
    const peakMs = from + 777_000;
    const gapMs = from + 901_000;
    const samples: RecordedSamples = { recording, series: (tag) => { asked.add(tag); return Array.from({ length: 14_400 }, (_, i) => [from + i * 250, from + i * 250 === peakMs ? 99.5 : from + i * 250 === gapMs ? null : 45 + Math.sin(i)] as const); } };
    const made = draftOf(story().incident, samples);
    expect(draftSchema.safeParse(made).error).toBeUndefined();
    expect([asked.size <= TREND_TAGS_MAX, made.trends.length]).toEqual([true, TREND_TAGS_MAX]);
    for (const { points, samples: count } of made.trends) {
      expect([points.length <= TREND_POINTS_MAX, count, points.some(([ms, value]) => ms === peakMs && value === 99.5), points.some(([ms, value]) => ms === gapMs && value === null)]).toEqual([true, 14_400, true, true]);
      expect(points.map(([ms]) => ms)).toEqual(points.map(([ms]) => ms).toSorted((a, b) => a - b));
    }
    expect(made.trends.slice(0, 6).map(({ tag }) => tag)).toEqual(draft.trends.slice(0, 6).map(({ tag }) => tag));
    expect(made.recording).toBe(recording);
  });

  it('what held when the time began holds from its first moment; what comes after its end is not drawn', () => {
    const { fromMs, toMs } = draft.incident;
    const made = draftOf(story().incident, { recording, series: (tag) => (tag === 'TI-4203' ? [[fromMs - 60_000, 50], [fromMs - 1, 51], [fromMs + 5, 52], [toMs + 1, 53]] : []) });
    expect(found(made.trends, ({ tag }) => tag === 'TI-4203')).toMatchObject({ points: [[fromMs, 51], [fromMs + 5, 52]], samples: 2 });
    expect(found(made.trends, ({ tag }) => tag === 'AI-4106A').samples).toBe(0);
  });

  it('deeds are marked in them, in words', () => {
    const marked = draft.marks.map(({ n }) => typeOf(n));
    expect(marked).toEqual(expect.arrayContaining(['retreat.stop', 'retreat.evacuate', 'interlock.tripped', 'interlock.forced-reset', 'incident.opened', 'incident.closed', 'interlock.changed']));
  });
});

describe('REQ-RPT-16 REQ-RPT-17 interlocks (3.3, 3.5)', () => {
  it('tripped: which conditions were first, and how it was reset', () => {
    expect(interlock('I-4100').trips).toMatchObject([{ atMs: at('tripped'), first: ['C-A4.2(7)-AI-4106A', 'C-A4.2(7)-AI-4106B', 'C-A4.2(7)-AI-4106C'], releasedMs: at('released'), forced: false }]);
    expect(typesOf(interlock('I-4100').trips[0]?.evidence ?? [])).toEqual(['interlock.tripped', 'interlock.cause', 'interlock.reset-approved', 'interlock.reset-approved', 'interlock.reset', 'interlock.released']);
    expect(interlock('I-4100').missed).toEqual([]);
  });

  it('reset by force: that it was, and who answered for it', () => {
    expect(interlock('I-4400').trips).toMatchObject([{ first: [], releasedMs: at('forced'), forced: true }]);
    expect(typesOf(interlock('I-4400').trips[0]?.evidence ?? [])).toEqual(['interlock.tripped', 'interlock.forced-reset', 'interlock.cause', 'interlock.accounted']);
  });

  it('should have tripped: from the second vote of 2oo3 on, with the bypass told as the reason', () => {
    const [missed, ...more] = interlock('I-4200').missed;
    expect([interlock('I-4200').trips, more]).toEqual([[], []]);
    expect(missed?.atMs).toBe(found(draft.conditions, ({ id }) => id === 'C-A4.2(2)-TI-4202').onsetMs);
    expect(missed?.because.en).toBe('Oxidation tower lower section temperature up to 60 degC; Oxidation tower middle section temperature up to 60 degC; 10 s later I-4200 had not tripped: it was bypassed, and nobody had approved it');
    expect(missed?.because.zh).toContain('已旁路，未经批准');
    expect(typesOf(missed?.evidence ?? [])).toEqual(['interlock.changed', 'condition.changed', 'condition.changed']);
  });

  it('one vote alone demands nothing; a trip within its time, or one that stands already, is none that was missed', () => {
    const { incident } = story();
    const without = (id: string) => draftOf({ ...incident, records: incident.records.filter(({ fact }) => fact.type !== 'condition.changed' || fact.data.id !== id) });
    expect(found(without('C-A4.2(2)-TI-4202').interlocks, ({ id }) => id === 'I-4200').missed).toEqual([]);
    const second = found([...incident.records], ({ fact }) => fact.type === 'condition.changed' && fact.data.id === 'C-A4.2(2)-TI-4202');
    const tripped = (afterMs: number) => ({ ...second, n: 900, fact: { type: 'interlock.tripped', atMs: second.fact.atMs + afterMs, by: null, data: { id: 'I-4200', first: [] } } as const });
    const withTrip = (afterMs: number) => found(draftOf({ ...incident, records: [...incident.records, tripped(afterMs)].sort((a, b) => a.fact.atMs - b.fact.atMs || a.n - b.n) }).interlocks, ({ id }) => id === 'I-4200').missed.length;
    expect([withTrip(-MINUTE), withTrip(5 * SECOND), withTrip(30 * SECOND)]).toEqual([0, 0, 1]);
  });

  it('a demand that is over, or not known any more, before the function must have acted says nothing', () => {
    const { incident } = story();
    const second = found([...incident.records], ({ fact }) => fact.type === 'condition.changed' && fact.data.id === 'C-A4.2(2)-TI-4202');
    for (const state of ['cleared', 'unknown'] as const) {
      const ended = { ...second, n: 900, fact: { ...second.fact, atMs: second.fact.atMs + 9 * SECOND, data: { ...second.fact.data, state } } as typeof second.fact };
      const made = draftOf({ ...incident, records: [...incident.records, ended].sort((a, b) => a.fact.atMs - b.fact.atMs || a.n - b.n) });
      expect(found(made.interlocks, ({ id }) => id === 'I-4200').missed).toEqual([]);
    }
  });

  it('bypassed: how long, by which entry, and that nobody approved it', () => {
    expect(interlock('I-4200').bypassed).toMatchObject([{ fromMs: at('bypassed'), approved: false, entry: story().journal.bypass }]);
    expect(interlock('I-4200').bypassed[0]?.toMs).toBeGreaterThan(at('handedOver'));
    expect(interlock('I-4200').entries).toMatchObject([{ id: story().journal.bypass, requestedBy: keyOf('sun.lei'), assessedBy: null, approvedBy: [], outcome: { en: 'withdrawn' } }]);
  });

  it('an approval that comes, or is lost, in the middle cuts the stretch; forced inputs are never approved; not known goes on', () => {
    const { incident } = story();
    const base = incident.incident.openedMs;
    const changed = (n: number, state: 'bypassed' | 'unknown' | 'armed', approved: boolean) => ({ n, wallMs: base, fact: { type: 'interlock.changed', atMs: base + n * SECOND, by: null, data: { id: 'I-4300', state, approved } } as const });
    const inputs = (n: number, forced: boolean) => ({ n, wallMs: base, fact: { type: 'interlock.inputs', atMs: base + n * SECOND, by: null, data: { id: 'I-4300', forced, channels: 'full', voting: null } } as const });
    const made = draftOf({ ...incident, records: [changed(1, 'bypassed', false), changed(2, 'bypassed', true), changed(3, 'unknown', false), changed(4, 'bypassed', false), changed(5, 'armed', false), inputs(6, true), changed(7, 'armed', false), inputs(8, false)] });
    expect(found(made.interlocks, ({ id }) => id === 'I-4300').bypassed.map(({ fromMs, toMs, approved, evidence }) => [(fromMs - base) / SECOND, toMs === null ? null : (toMs - base) / SECOND, approved, evidence])).toEqual([
      [1, 2, false, [1, 2]], [2, 3, true, [2, 3]], [3, 5, false, [3, 4, 5]], [6, 8, false, [6, 7, 8]],
    ]);
  });
});

describe('REQ-RPT-18 procedures: places, steps, proof', () => {
  it('from raised to closed, why, and how soon it was safe', () => {
    expect(procedure().places.map(({ place }) => place)).toEqual(['raised', 'stopping', 'safe', 'investigating', 'readyToReturn', 'closed']);
    expect(procedure()).toMatchObject({ instance: story().journal.instance, version: 3, raisedMs: at('opened'), raisedBy: null, because: expect.arrayContaining(['C-A4.2(2)-TI-4203', 'C-A4.2(7)-AI-4106C']) as string[] });
    const safe = found(procedure().places, ({ place }) => place === 'safe');
    expect(procedure().safeAfterMs).toBe(safe.atMs - at('opened'));
    expect(found(procedure().places, ({ place }) => place === 'closed').atMs).toBe(at('closed'));
  });

  it('done by tags: each proof with the record that showed it', () => {
    expect(step('A')).toMatchObject({ number: 1, part: 'steps', state: 'done', startedMs: at('stopped'), dueMs: at('stopped') + MINUTE, by: null, deviations: [] });
    expect(step('A').proof.map(({ id, how, by, evidence }) => [id, how, by, typesOf(evidence)])).toEqual([['A.1', 'tag', null, ['procedure.moved']], ['A.2', 'tag', null, ['procedure.moved']]]);
  });

  it('late: both that its time ran out and that it was proved after all', () => {
    expect(step('B').state).toBe('late');
    expect(step('B').doneMs).toBeGreaterThan(step('B').dueMs ?? Number.POSITIVE_INFINITY);
    expect(step('B').deviations.map(({ what }) => what.en)).toEqual([expect.stringContaining('step not proved in time'), expect.stringContaining('overdue step proved after all')]);
  });

  it('passed over: by whom, why, and that nothing proved it', () => {
    expect(step('E')).toMatchObject({ state: 'skipped', doneMs: at('skipped'), by: keyOf('wang.wei') });
    expect([...new Set(step('E').proof.map(({ how }) => how))]).toEqual(['none']);
    expect(step('E').deviations).toMatchObject([{ by: keyOf('wang.wei'), what: { en: expect.stringContaining('no tag: seen by 李娜') as string } }]);
  });

  it('never come to, and begun without an end, when the journal ends there', () => {
    const { incident } = story();
    const end = incident.records.findIndex(({ fact }) => fact.type === 'procedure.moved' && fact.data.event.type === 'STEP_OVERDUE') + 1;
    const cut = draftOf({ ...incident, records: incident.records.slice(0, end), incident: { ...incident.incident, closedMs: null, toMs: incident.records[end - 1]?.fact.atMs ?? 0 } });
    expect(found(cut.procedures, ({ id }) => id === 'P-A4.2').steps.map(({ id, state }) => `${id} ${state}`)).toEqual(['A done', 'B open', 'C open', 'D notReached', 'E notReached', 'F notReached']);
  });

  it('times: a continuous action that was answered, the safe state within its time', () => {
    expect(procedure().limits.map(({ id, state }) => [id, state])).toEqual([['continuous/CA', 'met'], ['safe', 'met']]);
    expect(found(procedure().limits, ({ id }) => id === 'safe').dueMs).toBe((step('F').doneMs ?? 0) + 30 * MINUTE);
  });
});

describe('REQ-RPT-19 prohibitions', () => {
  it('A4.7 broken, for how long; A4.2 one that no tag watches is said to be unwatched, not kept', () => {
    expect(procedure().prohibitions).toMatchObject([{ id: 'NO-HANDLING-BEFORE-STOP', clause: 'A4.2', state: 'unwatched', brokenMs: 0 }, { id: 'NO-HAND-DOSING', clause: 'A4.7', state: 'violated', brokenMs: moments.brokenTo - moments.brokenFrom }]);
  });

  const changes = (...states: readonly ('kept' | 'violated' | 'unknown')[]) => {
    const { incident, journal } = story();
    const raised = found([...incident.records], ({ fact }) => fact.type === 'procedure.raised');
    const records = [raised, ...states.map((state, i) => ({ n: 900 + i, wallMs: 0, fact: { type: 'prohibition.changed', atMs: raised.fact.atMs + (i + 1) * SECOND, by: null, data: { instance: journal.instance, id: 'NO-HAND-DOSING', clause: 'A4.7', state } } as const }))];
    const { prohibitions } = found(draftOf({ ...incident, records, incident: { ...incident.incident, closedMs: null, toMs: raised.fact.atMs + 10 * SECOND } }).procedures, ({ id }) => id === 'P-A4.2');
    const { state, brokenMs } = found(prohibitions, ({ id }) => id === 'NO-HAND-DOSING');
    return [state, brokenMs / SECOND];
  };
  it.each([[['kept'], 'kept', 0], [['kept', 'unknown', 'kept'], 'unknown', 0], [[], 'unknown', 0], [['violated'], 'violated', 9], [['violated', 'unknown', 'kept'], 'violated', 2], [['violated', 'kept', 'violated', 'kept'], 'violated', 2]] as const)('%j is %s, broken for %d s', (states, state, brokenS) => {
    expect(changes(...states)).toEqual([state, brokenS]);
  });
});

describe('REQ-RPT-20 refusals, and what was done instead', () => {
  it('4.2 the entry that was refused: its facts, and the next deed of that person', () => {
    const [refusal, ...more] = draft.refusals;
    expect([refusal?.by, refusal?.atMs, refusal?.operation, refusal?.direction, more]).toEqual([keyOf('wang.wei'), at('refused'), 'people.enter', 'intervene', []]);
    expect(refusal?.obstacles.map(({ rule }) => rule)).toContain('G-INTERLOCK');
    expect([typeOf(refusal?.instead?.n ?? 0), refusal?.instead?.atMs]).toEqual(['post.taken', at('handedOver')]);
  });

  it('nobody’s refusal is answered by the post; what comes later than ten minutes is another matter', () => {
    const { incident } = story();
    const refused = found([...incident.records], ({ fact }) => fact.type === 'refused');
    const ofPost = (afterMs: number) => {
      const deed = { n: 901, wallMs: 0, fact: { type: 'seen.reported', atMs: refused.fact.atMs + afterMs, by: 'post', data: { observation: 'SMELL', present: true, note: '' } } as const };
      const coming = { n: 900, wallMs: 0, fact: { type: 'session.locked', atMs: refused.fact.atMs, by: 'post', data: { user: 'post' } } as const };
      return draftOf({ ...incident, records: [{ ...refused, fact: { ...refused.fact, by: null } }, coming, deed] }).refusals[0];
    };
    expect([ofPost(10 * MINUTE)?.by, ofPost(10 * MINUTE)?.instead?.n, ofPost(10 * MINUTE + 1)?.instead]).toEqual([null, 901, null]);
  });
});

describe('REQ-RPT-21 people per zone over time', () => {
  const zone = (id = 'Z-4200') => found(draft.people.zones, (each) => each.zone === id);

  it('4.2 how many, against which limit, for how long too many, for how long nobody knew', () => {
    const counts = zone().course.filter(({ atMs }) => atMs >= at('entered') && atMs <= at('unknownTo')).map(({ count, limit, state }) => `${String(count)}/${String(limit)} ${state}`);
    expect(counts).toEqual(['0/2 within', '1/2 within', '2/2 within', '3/2 exceeded', '2/2 within', 'null/2 unknown', '2/2 within', '1/2 within', '0/2 within']);
    const unknown = zone().course.find(({ state }) => state === 'unknown')?.atMs ?? 0;
    expect([zone().overMs, zone().unknownMs, zone().most]).toEqual([moments.crowdedTo - moments.crowdedFrom, at('unknownTo') - unknown, 3]);
    // 2 for a second, 3 for 91 s, 2 until nobody knew.
    expect(zone().headMinutes).toBeCloseTo((2 * 1 + 3 * 91 + 2 * ((unknown - at('crowdedTo')) / SECOND)) / 60, 1);
  });

  it('who went in, for what, from when to when', () => {
    expect(zone().entries.map(({ who, task, enteredMs, leftMs }) => [who, task, enteredMs, leftMs])).toEqual([
      [keyOfName(FIELD.first), 'look for Olaf Op', at('entered'), at('unknownTo')], [keyOfName(FIELD.second), 'look', at('entered'), at('unknownTo')],
    ]);
    expect(zone('Z-4100')).toMatchObject({ overMs: 0, unknownMs: 0, headMinutes: 0, entries: [] });
  });

  it('who was inside before it began is counted from its first moment', () => {
    const { incident } = story();
    const inside = { stage: 'normal' as const, entries: [{ id: 'E-1', name: 'Xu', task: 'paint', protection: '', part: '', gasDetector: '', confirmed: [], atMs: T0 }], count: 1, limit: 0, state: 'exceeded' as const, differsSinceMs: null };
    const made = draftOf({ ...incident, before: { ...incident.before, zones: { 'Z-4800': inside } }, records: [], incident: { ...incident.incident, toMs: incident.incident.fromMs + MINUTE } });
    expect(found(made.people.zones, (each) => each.zone === 'Z-4800')).toMatchObject({ overMs: MINUTE, headMinutes: 1, most: 1, entries: [{ task: 'paint', enteredMs: T0, leftMs: null }] });
  });

  it('REQ-RPT-22 the roll-call: opened, every zone shown empty, ended; who goes in later does not undo it', () => {
    const [call, ...more] = draft.people.rollCalls;
    expect([call?.openedMs, call?.endedMs, call?.zones.map(({ clearedMs }) => clearedMs), more]).toEqual([at('evacuated'), at('evacuated') + 30 * SECOND, Array.from({ length: 5 }, () => at('evacuated') + 30 * SECOND), []]);
    expect(new Set(typesOf(call?.evidence ?? []))).toEqual(new Set(['roll-call.opened', 'roll-call.signed', 'roll-call.zone', 'roll-call.ended']));
  });
});

describe('REQ-RPT-23 command and orders (4.5.1, 4.5.2)', () => {
  it('who stopped and who evacuated', () => {
    expect(draft.command.retreats.map(({ kind, by, atMs }) => [kind, by, atMs])).toEqual([['stop', keyOf('li.na'), at('stopped')], ['evacuate', 'post', at('evacuated')]]);
  });

  it('who commanded from when to when, handed over by name; the post ends with the incident', () => {
    expect(draft.command.posts.map(({ post, who, fromMs, toMs, how }) => [post, who, fromMs, toMs, how])).toEqual([
      ['commander', keyOf('wang.wei'), at('commander'), at('handedOver'), 'taken'], ['watch', keyOf('li.na'), at('commander'), at('closed'), 'taken'], ['commander', keyOf('qian.duo'), at('handedOver'), at('closed'), 'handedOver'],
    ]);
  });

  it('what people decided, in order, and nothing that the product did by itself', () => {
    const types = draft.command.orders.map(({ n }) => typeOf(n));
    expect(types).toEqual(expect.arrayContaining(['retreat.stop', 'retreat.evacuate', 'post.taken', 'people.staged', 'people.entered', 'interlock.cause', 'interlock.reset-approved', 'bypass.withdrawn', 'procedure.moved']));
    expect(draft.command.orders.every(({ by }) => by !== null)).toBe(true);
    expect(types).not.toContain('alarm.acknowledged');
    expect(draft.command.orders.filter(({ n }) => typeOf(n) === 'people.staged').length).toBe(1);
  });

  it('a shift that is handed over, and a post that is taken from somebody who could not be reached', () => {
    const { incident } = story();
    const base = incident.incident.openedMs;
    const [a, b, c] = [{ user: 'a', name: 'Aa' }, { user: 'b', name: 'Bb' }, { user: 'c', name: 'Cc' }];
    const records = [
      { n: 1, wallMs: 0, fact: { type: 'shift.handed-over', atMs: base, by: 'b', data: { from: a, to: b, items: [{ id: 'x', text: { zh: '', en: '' } }], notes: '' } } as const },
      { n: 2, wallMs: 0, fact: { type: 'post.taken', atMs: base + 1, by: 'b', data: { post: 'commander', ...b, from: a, relieved: true, second: c, reason: 'hurt' } } as const },
    ];
    const made = draftOf({ ...incident, records, known: [] });
    const key = (user: string) => found(made.people.directory, (row) => row.user === user).key;
    expect(made.command.handOvers).toEqual([{ n: 1, atMs: base, from: key('a'), to: key('b'), items: 1 }]);
    expect(made.command.posts).toMatchObject([{ who: key('b'), how: 'relieved' }]);
    // Who could not be reached did not sign.
    expect(made.signatures.map(({ n, by }) => [n, by])).toEqual([[1, key('a')], [1, key('b')], [2, key('b')], [2, key('c')]]);
  });
});

describe('REQ-RPT-24 signatures', () => {
  it('each with who, as what, and to what; of two people two', () => {
    const of = (type: string) => draft.signatures.filter(({ n }) => typeOf(n) === type).map(({ by, as }) => [by, as]);
    expect(of('interlock.reset-approved')).toEqual([[keyOf('zhao.min'), 'engineer'], [keyOf('wang.wei'), 'supervisor']]);
    expect(of('lab.entered')).toEqual([[keyOf('zhao.min'), null]]);
    expect(draft.signatures.filter(({ atMs }) => atMs === at('handedOver')).map(({ by }) => by)).toEqual([keyOf('qian.duo'), keyOf('wang.wei')]);
    const moves = draft.signatures.filter(({ n }) => typeOf(n) === 'procedure.moved').map(({ by, as }) => [by, as]);
    expect(moves).toEqual([[keyOf('wang.wei'), null], [keyOf('zhao.min'), null], [keyOf('zhao.min'), 'engineer'], [keyOf('wang.wei'), 'supervisor'], [keyOf('zhao.min'), 'engineer']]);
  });

  it('nothing that the product or the post did counts as signed', () => {
    expect(draft.signatures.filter(({ by }) => by === 'post' || by === '')).toEqual([]);
  });
});

describe('REQ-RPT-25 after the incident (4.5.3, H.1)', () => {
  it('causes that people signed: of the procedure, of each trip', () => {
    expect(draft.causes.stated.map(({ about, text, by }) => [about, text, by])).toEqual([
      ['I-4400', 'tag simulated', keyOf('zhao.min')], ['I-4400', 'reset at the panel by 孙磊', keyOf('zhao.min')], ['I-4100', 'analysers in test', keyOf('zhao.min')], [story().journal.instance, CAUSE, keyOf('zhao.min')],
    ]);
  });

  it('its own corrective action and no other, overdue by the journal’s last record and by no clock', () => {
    expect(draft.actions).toMatchObject([{ id: story().journal.action, incident: story().journal.incident, openedBy: keyOf('qian.duo'), overdue: true, closed: null, procedures: [{ id: 'P-A4.2', title: { en: 'Whole-plant emergency stop' } }] }]);
    const { incident } = story();
    const action = draft.actions[0] ?? expect.fail('no action');
    const judged = (asOfMs: number) => draftOf({ ...incident, asOfMs }).actions[0]?.overdue;
    expect([judged(action.dueMs - 1), judged(action.dueMs)]).toEqual([false, true]);
  });
});

describe('REQ-RPT-26 the directory', () => {
  it('has everybody who appears, once: accounts by account and name, those inside by name, those written about', () => {
    const rows = draft.people.directory;
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    const people = Object.values(story().journal.people).map(({ user }) => user);
    expect(rows.flatMap(({ user }) => user ?? []).toSorted()).toEqual([...people, SHORT.user, LONG.user].toSorted());
    expect(rows.flatMap(({ user, name }) => (user === null && name !== null ? [name] : [])).toSorted()).toEqual([FIELD.first, FIELD.second, '郑责任'].toSorted());
    expect(found(rows, ({ user }) => user === 'zhao.min')).toMatchObject({ roles: ['engineer'], label: { zh: '工程师 1', en: 'engineer 1' } });
  });

  it('every key that the report uses is in it', () => {
    const keys = new Set(draft.people.directory.map(({ key }) => key));
    const used = (report: Pick<IncidentReport, 'timeline' | 'signatures' | 'refusals' | 'command'>): (string | null)[] => [
      ...report.timeline.events.map(({ by }) => by), ...report.signatures.map(({ by }) => by), ...report.refusals.map(({ by }) => by), ...report.command.posts.map(({ who }) => who), ...draft.alarms.raises.map(({ acknowledgedBy }) => acknowledgedBy), ...draft.people.zones.flatMap(({ entries }) => entries.map(({ who }) => who)),
    ];
    expect(used(draft).filter((key) => key !== null && !keys.has(key))).toEqual([]);
  });

  it('a key is nothing that anybody is called', () => {
    const { incident } = story();
    const made = draftOf({ ...incident, known: [...(incident.known ?? []), { user: 'person-1', name: 'Somebody-else' }] });
    expect(made.people.directory.filter(({ key }) => key.startsWith('person-') || key.startsWith('somebody-'))).toEqual([]);
  });

  it('the name of one account is that account’s person; of two it is nobody’s', () => {
    const { incident } = story();
    const entered = found([...incident.records], ({ fact }) => fact.type === 'people.entered');
    const records = [{ ...entered, fact: { ...entered.fact, data: { ...entered.fact.data, name: '李娜' } } as typeof entered.fact }];
    const who = (known: typeof incident.known) => { const made = draftOf({ ...incident, records, known: known ?? [] }); return found(made.people.directory, ({ key }) => key === made.people.zones[0]?.entries[0]?.who).user; };
    expect([who([{ user: 'li.na', name: '李娜' }]), who([{ user: 'li.na', name: '李娜' }, { user: 'li.na2', name: '李娜' }])]).toEqual(['li.na', null]);
  });
});
