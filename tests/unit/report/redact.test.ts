/** REQ-RPT-32: redaction of the parts that are concluded, and of what is handed on with them; made in slices. */
import { beforeAll, describe, expect, it } from 'vitest';
import { incidentReportSchema, REPORT_FORMAT } from '../../../src/contract/report.ts';
import type { IncidentReport } from '../../../src/contract/report.ts';
import { redact, redactSteps } from '../../../src/domain/report/redact.ts';
import { wordsOf } from '../../../src/domain/report/words.ts';
import { story } from '../../support/report/story.ts';

beforeAll(() => { story(); }, 120_000);

const said = (words: string) => ({ zh: `由${words}说`, en: `as ${words} said` });

/** A whole report in which 李娜 and her account are named in every place where people write. */
function whole(name: string): IncidentReport {
  const { draft } = story();
  const key = draft.people.directory[0]?.key ?? '';
  const [zone] = draft.people.zones;
  return {
    ...draft, format: REPORT_FORMAT, redacted: false,
    summary: [said(name), said(name), said(name), said(name), said(name)],
    clauses: [{ id: '4.5.1', kind: 'govern', text: { zh: '指挥', en: 'command' }, verdict: 'met', because: said(name), evidence: [58] }],
    causes: {
      stated: [{ n: 1, atMs: 1, by: key, about: 'I-4200', text: name }],
      chains: [{ id: 'W-1', event: { n: 1, text: said(name) }, problem: name, whys: [{ n: 1, text: name, by: key }], root: name }],
      factors: [{ n: 1, id: 'F-1', kind: 'training', text: name, by: key, evidence: [] }],
      concluded: { n: 1, atMs: 1, by: [key, name], text: name },
    },
    actions: [{ id: 'CA-1', incident: null, measure: name, responsible: name, funding: name, dueMs: 1, contingency: name, procedures: [], openedBy: key, openedMs: 1, overdue: false, movable: true, extended: [{ fromMs: 1, toMs: 2, reason: name, by: key, atMs: 1 }], closed: { by: key, atMs: 1, evidence: name } }],
    followUps: [{ id: 'FU-1', kind: 'training', title: name, procedures: [], dueMs: 1, doneMs: null, responsible: name, evidence: [] }],
    refusals: [{ n: 1, atMs: 1, by: key, operation: 'people.enter', direction: 'intervene', obstacles: [{ rule: 'G-ONE-COMMANDER', clause: '4.5.1', fact: said(name), whoCanChange: ['supervisor'], subject: name }], instead: { n: 2, atMs: 2, text: said(name) } }],
    people: { ...draft.people, zones: zone === undefined ? [] : [{ ...zone, entries: [{ entry: 'E-1', who: key, task: name, enteredMs: 1, leftMs: null, evidence: [] }] }] },
    whatIf: null, recording: null,
    proof: { verdict: 'sound', detail: '', fromRecord: 1, toRecord: 2, headHash: '', publicKey: '', genesisHash: '', signedBy: null },
  };
}

describe('REQ-RPT-32 what others put into the report', () => {
  it.each(['李娜', 'li.na', 'LI.NA'])('%s goes out of the summary, the clauses, the causes, the actions and the follow-ups too', (name) => {
    const report = whole(name);
    expect(incidentReportSchema.safeParse(report).error).toBeUndefined();
    expect(JSON.stringify(report).split(name).length).toBeGreaterThan(25);
    const gone = redact(report);
    expect(incidentReportSchema.safeParse(gone).error).toBeUndefined();
    expect(JSON.stringify(gone).toLowerCase()).not.toContain(name.toLowerCase());
    expect([gone.redacted, gone.summary[0]?.en, gone.actions[0]?.responsible]).toEqual([true, 'as person 1 said', report.people.directory[0]?.key]);
  });

  it('a clause, a title and a word of the rules are left though somebody is called that', () => {
    const report = whole('x');
    const [first, ...others] = report.people.directory;
    const named = { ...report, people: { ...report.people, directory: [{ ...(first ?? expect.fail('nobody')), user: '指挥', name: 'command' }, ...others] } };
    expect(redact(named).clauses).toEqual(report.clauses);
    expect(redact(named).procedures.map(({ title }) => title)).toEqual(report.procedures.map(({ title }) => title));
  });

  it('a short name goes where it stands alone, and from no other word', () => {
    const report = whole('Xu, who was next to Xu. Luxury, XU!');
    const [first, ...others] = report.people.directory;
    const named = { ...report, people: { ...report.people, directory: [{ ...(first ?? expect.fail('nobody')), user: 'xu', name: 'Xu' }, ...others] } };
    expect(redact(named).summary[0]?.en).toBe('as person 1, who was next to person 1. Luxury, person 1! said');
  });

  it('a field that is full is not made longer than the contract takes', () => {
    const full = 'op1 '.repeat(20).trim().slice(0, 79);
    const gone = redact(whole(full));
    expect(incidentReportSchema.safeParse(gone).error).toBeUndefined();
    expect(JSON.stringify(gone)).not.toContain('op1');
  });

  it('who shares an event loop stops between the items of the long lists; the outcome is the same', () => {
    const report = whole('李娜');
    let stops = 0;
    const steps = redactSteps(report);
    let next = steps.next();
    while (next.done !== true) {
      stops += 1;
      next = steps.next();
    }
    expect([stops > 20, next.value]).toEqual([true, redact(report)]);
  });

  it('free words are what people wrote: none of the rules’ own', () => {
    const words = new Set(wordsOf(whole('李娜')));
    const { pack } = story().incident.plant;
    const rules = [...pack.procedures.flatMap(({ title, steps }) => [title, ...steps.map(({ text }) => text)]), ...pack.conditions.map(({ title }) => title)].flatMap(({ zh, en }) => [zh, en]);
    expect(rules.filter((each) => words.has(each))).toEqual([]);
    expect([words.has('李娜'), words.has('as 李娜 said')]).toEqual([true, true]);
  });
});
