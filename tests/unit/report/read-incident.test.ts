/** REQ-RPT-01 to 05: an incident found in a real journal, with what belongs to it and how things stood before. */
import { beforeAll, describe, expect, it } from 'vitest';
import { AROUND_MS } from '../../../src/domain/report/incident.ts';
import { IncidentReader } from '../../../src/domain/report/read-incident.ts';
import type { ReadRecord } from '../../../src/domain/report/read-incident.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { toFact } from '../../../src/main/station/core.ts';
import { T0 } from '../domain/bench.ts';
import { HOUR } from '../../support/report/incident-journal.ts';
import { read, story } from '../../support/report/story.ts';

beforeAll(() => { story(); }, 120_000);
const factsOf = (records: readonly ReadRecord[]) => records.flatMap((record) => toFact(record) ?? []);

describe('REQ-RPT-01 the incident and what belongs to it', () => {
  it('takes the half hours around it, and nothing else but what names it later', () => {
    const { incident, records, journal } = story();
    const { moments } = journal;
    expect(incident.incident).toEqual({ id: journal.incident, openedMs: T0 + moments.opened, closedMs: T0 + moments.closed, firstCondition: 'C-A4.2(2)-TI-4203', fromMs: T0 + moments.opened - AROUND_MS, toMs: T0 + moments.closed + AROUND_MS });
    const inTime = records.filter(({ atMs, type }) => atMs >= incident.incident.fromMs && atMs <= incident.incident.toMs && type !== 'journal.genesis').map(({ n }) => n);
    const later = records.filter(({ type, data }) => type === 'action.opened' && (data as { incident: unknown }).incident === journal.incident).map(({ n }) => n);
    expect([later.length, inTime.length > 150]).toEqual([1, true]);
    expect(incident.records.map(({ n }) => n)).toEqual([...inTime, ...later]);
  });

  it('what is done later to something that names it belongs to it too; to another thing not', () => {
    const { records, journal } = story();
    const last = records.at(-1) as ReadRecord;
    const more = (offset: number, type: string, data: ReadRecord['data']): ReadRecord => ({ n: last.n + offset, type, atMs: last.atMs + offset, wallMs: last.wallMs, by: 'sun.lei', data });
    const longer = [...records, more(1, 'action.closed', { action: journal.action, evidence: 'photo' }), more(2, 'action.closed', { action: 'CA-2', evidence: 'photo' }), more(3, 'action.rescheduled', { action: 'CA-2', dueMs: last.atMs, reason: 'r' })];
    const found = read(longer, journal.incident);
    expect(found.ok && found.value.records.slice(-2).map(({ n, fact }) => [n, fact.type])).toEqual([[story().incident.records.at(-1)?.n, 'action.opened'], [last.n + 1, 'action.closed']]);
  });

  it('while it is open it goes to the head of the journal', () => {
    const { records, journal } = story();
    const cut = records.slice(0, records.findIndex(({ type }) => type === 'incident.closed'));
    const found = read(cut, journal.incident);
    expect(found.ok && [found.value.incident.closedMs, found.value.incident.toMs, found.value.records.at(-1)?.n]).toEqual([null, cut.at(-1)?.atMs, cut.at(-1)?.n]);
  });

  it('shortly after the close it goes to the head, not beyond what is known', () => {
    const { records, journal } = story();
    const cut = records.slice(0, records.findIndex(({ type }) => type === 'incident.closed') + 1);
    const found = read(cut, journal.incident);
    expect(found.ok && [found.value.incident.closedMs, found.value.incident.toMs]).toEqual([T0 + journal.moments.closed, T0 + journal.moments.closed]);
  });
});

describe('REQ-RPT-02 what it cannot do is said as what there is instead', () => {
  it('no such incident: which there are', () => {
    const { records, journal } = story();
    expect(read(records, 'I-0')).toEqual({ ok: false, problem: { code: 'no-incident', incidents: [{ id: journal.incident, openedMs: T0 + journal.moments.opened }], left: 0 } });
    expect(read([], 'I-0')).toEqual({ ok: false, problem: { code: 'no-incident', incidents: [], left: 0 } });
  });

  it('no rules in the journal, half of them, or such that nobody can read', () => {
    const { records, journal } = story();
    const parts = records.filter(({ type }) => type === 'pack.recorded');
    expect(parts.length).toBeGreaterThan(1);
    const without = (isGone: (record: ReadRecord) => boolean) => read(records.filter((record) => !isGone(record)), journal.incident);
    expect(without(({ type }) => type === 'pack.recorded')).toEqual({ ok: false, problem: { code: 'no-pack' } });
    expect(without(({ n }) => n === parts.at(-1)?.n)).toEqual({ ok: false, problem: { code: 'no-pack' } });
    const broken = records.map((record) => (record.type === 'pack.recorded' ? { ...record, data: { hash: 'h', part: 1, of: 1, text: '{"format":"haven-pack/9","pack":7}' } } : record));
    expect(read(broken, journal.incident)).toEqual({ ok: false, problem: { code: 'no-pack' } });
  });

  it('rules that came only after it (the station was brought up to date) are better than none', () => {
    const { records, journal } = story();
    const parts = records.filter(({ type }) => type === 'pack.recorded').map((record) => ({ ...record, atMs: records.at(-1)?.atMs ?? 0 }));
    const others = records.filter(({ type }) => type !== 'pack.recorded');
    const found = read([...others, ...parts], journal.incident);
    expect(found.ok && [found.value.packHash, found.value.records.length]).toEqual([journal.packHash, story().incident.records.length]);
  });

  it('rules of after its opening do not take the place of those in force', () => {
    const { records, journal } = story();
    const last = records.at(-1) as ReadRecord;
    const found = read([...records, { ...last, n: last.n + 1, type: 'pack.recorded', by: null, data: { hash: 'later', part: 1, of: 1, text: '{"format":"haven-pack/1","pack":{},"clauses":[]}' } }], journal.incident);
    expect(found.ok && [found.value.packHash, found.value.plant.pack.id]).toEqual([journal.packHash, 'h2o2']);
  });
});

describe('REQ-RPT-03 how things stood before it', () => {
  it('is the fold of every record before the window, and of none in it', () => {
    const { incident, records } = story();
    const before = records.filter(({ atMs }) => atMs < incident.incident.fromMs);
    expect(before.length).toBeGreaterThan(15);
    expect(incident.before).toEqual(evolveAll(EMPTY_STATE, factsOf(before), incident.plant.machines));
    expect([incident.before.bypasses.map(({ phase }) => phase), incident.before.incident, incident.before.runs]).toEqual([['requested'], null, []]);
  });

  it('what ran says the journal: version and mode of the last start before it', () => {
    const { incident, records, journal } = story();
    expect(incident.station).toEqual({ version: '1.2.3', mode: 'OPERATION' });
    const later = records.map((record): ReadRecord => (record.type === 'station.started' ? { ...record, atMs: record.atMs + 24 * HOUR } : record));
    const found = read([...later.filter(({ type }) => type !== 'station.started'), ...later.filter(({ type }) => type === 'station.started')], journal.incident);
    expect(found.ok && found.value.station).toEqual({ version: '', mode: 'OPERATION' });
  });
});

describe('REQ-RPT-04 what this version does not know is passed over', () => {
  it('newer kinds of records anywhere change nothing', () => {
    const { records, journal, incident } = story();
    const strange = records.flatMap((record): ReadRecord[] => [record, { ...record, type: 'reactor.dreamt', data: { incident: journal.incident } }]);
    const found = read(strange, journal.incident);
    expect(found.ok && found.value.records).toEqual(incident.records);
  });

  it('a course that these rules cannot move is left where it stood', () => {
    const { records, journal } = story();
    const torn = records.map((record): ReadRecord => (record.type === 'procedure.moved' ? { ...record, data: { instance: journal.instance, place: 'safe', event: null } } : record));
    expect(read(torn, journal.incident).ok).toBe(true);
  });
});

describe('REQ-RPT-05 one pass, and bounded', () => {
  const { packs, quiet } = { packs: (records: readonly ReadRecord[]) => records.filter(({ type }) => type === 'pack.recorded'), quiet: 200_000 };
  /** Four records a second for half a day, then the incident. */
  function* long(): Generator<ReadRecord> {
    const { records, journal } = story();
    yield* packs(records);
    for (let i = 0; i < quiet; i += 1) yield { n: 10 + i, type: 'link.skewed', atMs: T0 + i * 250, wallMs: T0, by: null, data: { skewMs: i % 7 } };
    yield { n: 10 + quiet, type: 'incident.opened', atMs: T0 + quiet * 250, wallMs: T0, by: null, data: { incident: journal.incident, firstCondition: null } };
  }

  it('holds no more than the last half hour before it opens, and has folded all the rest', () => {
    const reader = new IncidentReader({ incident: story().journal.incident, toFact });
    let most = 0;
    let n = 0;
    for (const record of long()) {
      reader.add(record);
      n += 1;
      most = Math.max(most, reader.held);
    }
    const halfHour = AROUND_MS / 250;
    expect([n, most <= halfHour + 3, most > halfHour / 2]).toEqual([quiet + 1 + packs(story().records).length, true, true]);
    const found = reader.finish();
    expect(found.ok && [found.value.records.length, found.value.before.lastFactMs]).toEqual([halfHour + 1, T0 + quiet * 250 - AROUND_MS - 250]);
  });

  it('who reads may stop at any record and ask', () => {
    const reader = new IncidentReader({ incident: 'I-0', toFact });
    for (const record of story().records.slice(0, 30)) reader.add(record);
    expect(reader.finish()).toMatchObject({ ok: false, problem: { code: 'no-incident' } });
  });

  it('the window begins at its first moment and ends with its last', () => {
    const { records, journal, incident } = story();
    const at = (atMs: number, n: number): ReadRecord => ({ n, type: 'link.skewed', atMs, wallMs: atMs, by: null, data: { skewMs: n } });
    const { fromMs, toMs } = incident.incident;
    const longer = [...records, at(fromMs - 1, 9_001), at(fromMs, 9_002), at(toMs, 9_003), at(toMs + 1, 9_004)].sort((a, b) => a.atMs - b.atMs || a.n - b.n);
    const found = read(longer, journal.incident);
    expect(found.ok && found.value.records.map(({ n }) => n).filter((n) => n > 9_000)).toEqual([9_002, 9_003]);
  });
});
