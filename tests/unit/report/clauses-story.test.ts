/** The judges over what the domain itself decides: a bench over the shipped plant, and every fact as the station would write it. */
import { describe, expect, test } from 'vitest';
import { AROUND_MS } from '../../../src/domain/report/incident.ts';
import type { JudgedIncident } from '../../../src/domain/report/incident.ts';
import { judgeClauses } from '../../../src/domain/report/clauses/judge-clauses.ts';
import { summaryOf } from '../../../src/domain/report/clauses/summary.ts';
import { utc } from '../../../src/domain/report/clauses/wording.ts';
import { acknowledge } from '../../../src/domain/station/alarm-commands.ts';
import { stop } from '../../../src/domain/station/commands.ts';
import { takePost } from '../../../src/domain/station/post-commands.ts';
import { Bench, PEOPLE, STOPPED, T0 } from '../domain/bench.ts';
import { HOUR, INCIDENT, MINUTE, NAMES, OPERATOR, SECOND, Story, triggerOf } from '../../support/report/judged.ts';
import { walked } from '../../support/report/clause-cases.ts';

/** What the bench told, as the report would have it. */
function judgedBy(bench: Bench): JudgedIncident {
  const opened = bench.factsOf('incident.opened')[0];
  const closed = bench.factsOf('incident.closed')[0];
  if (opened === undefined) throw new Error('no incident was opened');
  const made = new Story(bench.plant.pack).judged();
  const incident = { ...made.incident, id: opened.data.incident, openedMs: opened.atMs, closedMs: closed?.atMs ?? null, fromMs: opened.atMs - AROUND_MS, toMs: bench.nowMs };
  return { ...made, plant: bench.plant, incident, before: { ...made.before, interlocks: {}, cameras: {}, lastFactMs: 0 }, records: bench.facts.map((fact, index) => ({ n: index + 1, wallMs: fact.atMs, fact })) };
}
const verdictOf = (incident: JudgedIncident, clause: string) => judgeClauses(incident).find(({ id }) => id === clause);

describe('REQ-RPT-45 an incident that the domain itself has decided', () => {
  /** Raised, stopped by the button, brought to the safe state in two minutes. */
  function stopped(): Bench {
    const bench = Bench.calm();
    bench.pass(2 * MINUTE);
    bench.set({ 'TI-4201': 61 });
    bench.do((c) => acknowledge(c, ['C-A4.2(2)-TI-4201', 'W-A4.2(2)-TI-4201'], PEOPLE.operator.user));
    bench.do((c) => stop(c, PEOPLE.operator.user, 'people'));
    bench.do((c) => takePost(c, 'commander', PEOPLE.supervisor));
    bench.do((c) => takePost(c, 'watch', PEOPLE.operator));
    bench.set({ ...STOPPED, 'TI-4201': 50 });
    bench.pass(3 * MINUTE);
    return bench;
  }

  test('A4.2(2) and A4.2 are met when the stop was made at once and the safe state came', () => {
    const incident = judgedBy(stopped());
    for (const clause of ['A4.2(2)', 'A4.2', '3.4', '4.2.1', 'A4.7', '3.3']) expect(verdictOf(incident, clause), `${clause}: ${verdictOf(incident, clause)?.because.en ?? ''}`).toMatchObject({ verdict: 'met' });
    expect(verdictOf(incident, 'A4.2(2)')?.because.en).toMatch(/^C-A4\.2\(2\)-TI-4201 \(TI-4201 = 61, limit 60\) was raised; P-A4\.2 was begun 0 s after the raise, 6 steps were proved/u);
    for (const clause of ['A4.2(7)', '4.1.1(2)', '4.3.2', 'A2.3', '3.7']) expect(verdictOf(incident, clause), clause).toMatchObject({ verdict: 'notApplicable' });
  });

  test('A4.2(2) is not met when nobody moves, and says which step ran out', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4201': 61 });
    bench.do((c) => stop(c, PEOPLE.operator.user, 'people'));
    bench.pass(5 * MINUTE, 5 * SECOND);
    const verdict = verdictOf(judgedBy(bench), 'A4.2(2)');
    expect(verdict).toMatchObject({ verdict: 'notMet' });
    expect(verdict?.because.en).toContain('ran out of time at step A');
  });

  test('A4.2(2) is still unknown while the stop goes on in its time', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4201': 61 });
    bench.do((c) => stop(c, PEOPLE.operator.user, 'people'));
    expect(verdictOf(judgedBy(bench), 'A4.2(2)')).toMatchObject({ verdict: 'unknown' });
  });

  test('4.1.1(3) all tags fall silent: what could not be judged is unknown and not absent', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4201': 61 });
    bench.silence(MINUTE);
    const incident = judgedBy(bench);
    expect(verdictOf(incident, 'A4.2(7)')).toMatchObject({ verdict: 'unknown' });
    expect(verdictOf(incident, '4.2.1')).toMatchObject({ verdict: 'unknown' });
    expect(verdictOf(incident, '3.3')).toMatchObject({ verdict: 'unknown' });
  });

  test('3.3 a key that is turned without an entry is not met, with how long', () => {
    const bench = stopped();
    bench.set({ 'I-4200-BYP': true });
    bench.pass(MINUTE);
    expect(verdictOf(judgedBy(bench), '3.3')).toMatchObject({ verdict: 'notMet', because: { en: 'Interlock I-4200 was bypassed for 1 min; there was no entry.' } });
  });

  test('3.6 an alarm that nobody answered is not met', () => {
    const bench = stopped();
    bench.set({ 'TI-4203': 61 });
    bench.pass(5 * MINUTE, 5 * SECOND);
    const verdict = verdictOf(judgedBy(bench), '3.6');
    expect(verdict).toMatchObject({ verdict: 'notMet' });
    expect(verdict?.because.en).toContain('were not answered');
  });
});

describe('REQ-RPT-46 what nobody was there for', () => {
  test('in a reconstructed incident whatever only people could show is unknown, with that reason', () => {
    const story = walked('A4.2(2)');
    story.mode = 'RECONSTRUCTED';
    const verdicts = judgeClauses(story.judged());
    for (const clause of ['3.1', '3.4', '3.7', '4.2.2', '4.2.4', '4.3.1', '4.3.3', '4.3.4', '4.4.1', '4.5.1', '4.5.2', '4.5.3', 'V.1', 'V.2', 'V.3', 'H.1', 'H.2']) {
      const verdict = verdicts.find(({ id }) => id === clause);
      expect(verdict, clause).toMatchObject({ verdict: 'unknown' });
      expect(verdict?.because.en, clause).toMatch(/^Reconstructed from a trace, with nobody there/u);
    }
    expect(verdicts.find(({ id }) => id === 'A4.2(2)')).toMatchObject({ verdict: 'met' });
  });

  test('that nobody began the procedure, or answered an alarm, is not held against anybody', () => {
    const story = new Story();
    const { id } = triggerOf(story, 'A4.2(2)');
    story.condition(id).alarm(id);
    story.raise('P-A4.2', [id]);
    story.open(id).pass(HOUR).close();
    story.mode = 'RECONSTRUCTED';
    const verdicts = judgeClauses(story.judged());
    expect(verdicts.filter(({ verdict }) => verdict === 'notMet')).toEqual([]);
    expect(verdicts.find(({ id: clause }) => clause === 'A4.2(2)')).toMatchObject({ verdict: 'unknown' });
    // What the tags themselves show stays: a prohibition that was broken was broken, whoever was there.
    story.records.splice(3, 0, { n: 0, wallMs: T0, fact: { type: 'prohibition.changed', atMs: T0, by: null, data: { instance: 'P-A4.2:1', id: 'NO-HAND-DOSING', clause: 'A4.7', state: 'violated' } } });
    const incident = story.judged();
    expect(verdictOf({ ...incident, records: incident.records.map((record, index) => ({ ...record, n: 100 + index })) }, 'A4.7')).toMatchObject({ verdict: 'notMet' });
  });

  test('what only people report is not absent because a trace does not hold it', () => {
    const story = new Story('ammonium-nitrate').open().pass(MINUTE).close();
    story.mode = 'RECONSTRUCTED';
    expect(verdictOf(story.judged(), 'A2.4(2)')).toMatchObject({ verdict: 'unknown' });
  });
});

describe('REQ-RPT-47 a clause or a version that the judges do not know', () => {
  test('is unknown and says so', () => {
    const incident = { ...new Story().open().close().judged(), clauses: [{ id: '9.9', kind: 'govern' as const, text: { zh: 'x', en: 'x' } }] };
    expect(judgeClauses(incident)).toEqual([{ id: '9.9', kind: 'govern', text: { zh: 'x', en: 'x' }, verdict: 'unknown', because: { zh: '本版本没有这一条的判断规则。', en: 'This version has no judge for this clause.' }, evidence: [] }]);
    expect(judgeClauses({ ...incident, clauses: [{ id: 'constructor', kind: 'govern', text: { zh: 'x', en: 'x' } }] })[0]).toMatchObject({ verdict: 'unknown' });
  });

  test('an incident without any record is unknown but for what no record could change', () => {
    const incident = { ...new Story().judged(), records: [] };
    const verdicts = judgeClauses(incident);
    expect(verdicts.filter(({ verdict }) => verdict === 'met' || verdict === 'notMet').map(({ id }) => id)).toEqual([]);
    expect(verdicts.filter(({ verdict, id }) => verdict === 'notApplicable' && !/^A[123]\./u.test(id))).toEqual([]);
  });
});

describe('REQ-RPT-48 one incident close upon another', () => {
  test('what the first has left undone is not held against the second, and what still stands is known', () => {
    const first = new Story();
    first.tell('incident.opened', { incident: 'I-0', firstCondition: null });
    first.alarm('C-OLD').tell('interlock.changed', { id: 'I-4200', state: 'bypassed', approved: false }).pass(MINUTE).tell('incident.closed', { incident: 'I-0' });
    const incident = first.pass(MINUTE).open().pass(MINUTE).close().judged();
    expect(verdictOf(incident, '3.6')).toMatchObject({ verdict: 'notApplicable' });
    expect(verdictOf(incident, '3.3')).toMatchObject({ verdict: 'notMet', because: { en: 'Interlock I-4200 was bypassed for 1 min; there was no entry.' } });
  });
});

describe('REQ-RPT-49 the summary in five lines', () => {
  test('says what and when, how bad, what was done, who was where, and what is owed', () => {
    const story = new Story();
    const { id } = triggerOf(story, 'A4.2(2)');
    story.condition(id).answered(id, 5 * SECOND);
    const run = story.raise('P-A4.2', [id], { prohibitions: 'violated' });
    story.open(id).pass(10 * SECOND).tell('retreat.stop', { actedOn: 'people' }, OPERATOR).tell('interlock.tripped', { id: 'I-4200', first: [] }).walk(run).tell('refused', { operation: 'people.enter', direction: 'intervene', obstacles: [] }, OPERATOR).people('Z-4200', 2, 0, null).pass(MINUTE).close();
    const incident = { ...story.judged(), incident: { ...story.judged().incident, firstCondition: id } };
    const lines = summaryOf(incident, judgeClauses(incident));
    expect(lines).toHaveLength(5);
    expect(lines[0].en).toMatch(/^Incident I-1 at .* \(in operation\) began with .* at 2026-05-28 20:26:45 UTC; closed at 2026-05-28 20:28:02 UTC after 1 min 17 s\.$/u);
    expect(lines[1].en).toBe(`1 abnormal condition(s) (${id}), 0 could not be judged at times; 1 alarm(s), the worst of priority 1; first-out ${id}; 1 trip(s) (I-4200).`);
    expect(lines[2].en).toBe('P1 pressed the emergency stop after 10 s; P-A4.2 safe after 17 s.');
    expect(lines[3].en).toMatch(/^Oxidation area at most 2 \(over the limit for 1 min\), .*; 1 refusal\(s\); 1 prohibition\(s\) broken \(NO-HAND-DOSING\)\.$/u);
    expect(lines[4].en).toMatch(/^Of 98 clauses \d+ were not met \(.*\) and \d+ are unknown; 0 corrective action\(s\) and 0 follow-up\(s\) are open, 0 of them overdue\.$/u);
    for (const { zh, en } of lines) {
      expect(zh).toMatch(/。$/u);
      for (const name of NAMES) expect(`${zh}${en}`).not.toContain(name);
    }
  });

  test('an incident that is still open, or has lost records, says so', () => {
    const incident = new Story().open().pass(MINUTE).tell('link.skewed', { skewMs: 1 }).tell('link.skewed', { skewMs: 2 }).judged();
    expect(summaryOf(incident, [])[0].en).toContain('still open after 1 min');
    const holed = { ...incident, records: incident.records.filter(({ n }) => n !== 101) };
    expect(summaryOf(holed, [])[0].en).toContain('record 101 is missing');
    expect(incident.incident.id).toBe(INCIDENT);
  });

  test('the day of a time is that of the calendar', () => {
    for (const ms of [0, T0, Date.UTC(2024, 1, 29, 23, 59, 59), Date.UTC(2000, 1, 29), Date.UTC(2100, 2, 1), Date.UTC(1999, 11, 31, 12)]) expect(utc(ms)).toBe(`${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
  });
});
