/** What holds of the verdicts whatever the incident was. The incidents are those of the cases, with facts taken away and put in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clauseVerdictSchema } from '../../src/contract/report.ts';
import type { JudgedIncident, NumberedFact } from '../../src/domain/report/incident.ts';
import { judgeClauses } from '../../src/domain/report/clauses/judge-clauses.ts';
import { fact } from '../../src/domain/station/facts.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { CASES } from '../support/report/clause-cases.ts';
import { Story } from '../support/report/judged.ts';
import { shippedPacks } from '../unit/domain/bench.ts';

/** Generated are numbers alone: an incident holds a whole plant, and a counterexample must be readable. */
const cases = fc.nat({ max: CASES.length - 1 });
const incidentOf = (index: number): JudgedIncident => (CASES[index] as (typeof CASES)[number]).story().judged();
const picks = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 6 });
const picked = (records: readonly NumberedFact[], which: readonly number[]): Set<number> => new Set(records.length === 0 ? [] : which.map((each) => (records[each % records.length] as NumberedFact).n));
const verdictsOf = (incident: JudgedIncident): Map<string, string> => new Map(judgeClauses(incident).map(({ id, verdict }) => [id, verdict]));
const renumbered = (records: readonly NumberedFact[]): NumberedFact[] => records.map((record, index) => ({ ...record, n: 100 + index }));

/** Facts that show something good: without them nothing more can be met. */
function isGood({ type, data }: Fact, records: readonly NumberedFact[]): boolean {
  switch (type) {
    case 'alarm.acknowledged': case 'alarm.cause': case 'alarm.confirmed-on-site': case 'interlock.cause': return true;
    // Who has both posts is too many at them: without one of the two that would not show.
    case 'post.taken': return !records.some((record) => record.fact.type === 'post.taken' && record.fact.data.user === data.user && record.fact.data.post !== data.post);
    case 'permit.issued': return data.kind !== 'pressure-work';
    case 'camera.changed': return data.state === 'seen';
    case 'prohibition.changed': return data.state === 'kept';
    case 'procedure.moved': return ['START', 'STEP_DONE', 'SAFE_PROVED', 'ACKNOWLEDGED', 'INVESTIGATE'].includes(data.event.type) || (data.event.type === 'SIGNED' && data.event.evidence !== undefined);
    default: return false;
  }
}

/** What has nothing to do with any clause. */
const unrelated = (atMs: number): Fact[] => [
  fact('session.logged-on', atMs, 'x', { user: 'x', name: 'X', replaces: null }), fact('session.locked', atMs, 'x', { user: 'x' }), fact('link.skewed', atMs, null, { skewMs: 12 }), fact('clock.stepped', atMs, null, { byMs: 5 }),
  fact('lab.entered', atMs, 'x', { lab: 'ELSEWHERE', value: 1, sampledMs: atMs }), fact('seen.reported', atMs, 'x', { observation: 'ELSEWHERE', present: false, note: '' }), fact('flood.began', atMs, null, { raised: 11 }), fact('access.refused', atMs, null, { command: null, code: 'x', count: 1 }),
];

describe('REQ-RPT-42 unknown is never good', () => {
  test('with records missing from the middle of an incident nothing at all is met', () => {
    fc.assert(fc.property(cases, picks, (index, which) => {
      const incident = incidentOf(index);
      const closedAt = incident.records.findIndex((record) => record.fact.type === 'incident.closed');
      const gone = picked(incident.records.slice(1, closedAt === -1 ? -1 : closedAt), which);
      fc.pre(gone.size > 0);
      const met = judgeClauses({ ...incident, records: incident.records.filter(({ n }) => !gone.has(n)) }).filter(({ verdict }) => verdict === 'met').map(({ id, because }) => `${id}: ${because.en}`);
      expect(met).toEqual([]);
    }), { numRuns: 60 });
  });

  test('had fewer good things been done, or been written down, not one clause more would be met', () => {
    fc.assert(fc.property(cases, picks, (index, which) => {
      const incident = incidentOf(index);
      const gone = picked(incident.records.filter((record) => isGood(record.fact, incident.records)), which);
      fc.pre(gone.size > 0);
      const before = verdictsOf(incident);
      const better = judgeClauses({ ...incident, records: renumbered(incident.records.filter(({ n }) => !gone.has(n))) }).filter(({ id, verdict }) => verdict === 'met' && before.get(id) !== 'met').map(({ id, because }) => `${id} was ${before.get(id) ?? ''}: ${because.en}`);
      expect(better, CASES[index]?.what).toEqual([]);
    }), { numRuns: 80 });
  });

  test('records that are the journal\'s own are not missing, others beside them are', () => {
    const made = new Story().open().pass(60_000);
    made.n += 2;
    const incident = made.close().judged();
    expect(judgeClauses(incident).filter(({ verdict }) => verdict === 'met')).toEqual([]);
    expect(judgeClauses({ ...incident, journalOwn: [101] }).filter(({ verdict }) => verdict === 'met')).toEqual([]);
    expect(judgeClauses({ ...incident, journalOwn: [101, 102] }).filter(({ verdict }) => verdict === 'met').map(({ id }) => id)).toEqual(['3.2', '3.3']);
  });

  test('a record of its opening or close that is missing takes everything that was met', () => {
    const incident = new Story().open().pass(60_000).close().judged();
    expect(judgeClauses(incident).some(({ verdict }) => verdict === 'met')).toBe(true);
    for (const type of ['incident.opened', 'incident.closed']) {
      const without = { ...incident, records: incident.records.filter((record) => record.fact.type !== type) };
      expect(judgeClauses(without).filter(({ verdict }) => verdict === 'met')).toEqual([]);
    }
  });
});

describe('REQ-RPT-43 verdicts rest on records', () => {
  test('every number of the evidence is among the records, and every verdict is as the contract has it', () => {
    fc.assert(fc.property(cases, (index) => {
      const incident = incidentOf(index);
      const known = new Set(incident.records.map(({ n }) => n));
      for (const verdict of judgeClauses(incident)) {
        expect(clauseVerdictSchema.parse(verdict)).toEqual(verdict);
        expect(verdict.evidence.every((n) => known.has(n))).toBe(true);
      }
    }), { numRuns: 40 });
  });

  test('a fact that has nothing to do with it changes no verdict', () => {
    fc.assert(fc.property(cases, fc.array(fc.tuple(fc.nat({ max: 1_000 }), fc.nat({ max: 7 })), { minLength: 1, maxLength: 8 }), (index, places) => {
      const incident = incidentOf(index);
      const records = [...incident.records];
      for (const [place, which] of places) {
        const at = place % records.length;
        const atMs = records[at]?.fact.atMs ?? 0;
        records.splice(at + 1, 0, { n: 0, wallMs: atMs, fact: unrelated(atMs)[which] as Fact });
      }
      expect(verdictsOf({ ...incident, records: renumbered(records) }), CASES[index]?.what).toEqual(verdictsOf(incident));
    }), { numRuns: 50 });
  });
});

const watched = shippedPacks().flatMap((pack) => pack.procedures.flatMap((procedure) => procedure.prohibitions.filter(({ watchedBy }) => watchedBy !== undefined).map((prohibition) => ({ pack, procedure, prohibition }))));

describe('REQ-RPT-44 a prohibition that was broken is never met', () => {
  test.each([...new Set(watched.map(({ pack }) => pack))].map((pack) => [`${pack.id} ${pack.design ?? ''}`, pack] as const))('%s: each of them, whatever was told of it before and after', (_name, pack) => {
    const state = fc.constantFrom('kept' as const, 'unknown' as const);
    for (const { procedure, prohibition } of watched.filter((each) => each.pack === pack)) {
      fc.assert(fc.property(fc.array(state, { maxLength: 4 }), fc.array(state, { maxLength: 4 }), (before, after) => {
        const story = new Story(pack);
        const instance = story.raise(procedure.id);
        story.open();
        for (const each of [...before, 'violated' as const, ...after]) story.pass(1_000).tell('prohibition.changed', { instance, id: prohibition.id, clause: prohibition.clause, state: each });
        const [verdict] = judgeClauses(story.walk(instance).close().judged(prohibition.clause));
        expect(verdict?.verdict, `${procedure.id} ${prohibition.id}`).toBe('notMet');
      }), { numRuns: 3 });
    }
  });
});
