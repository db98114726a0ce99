/** Incidents over the wire: real dispatcher, handlers and journal; few and many records, few and many incidents. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import type { CommandOutput } from '../../src/contract/commands.ts';
import { responseSchema } from '../../src/contract/envelope.ts';
import type { IncidentEvent, IncidentRow } from '../../src/contract/incidents.ts';
import type { JournalEntry, JournalRecord } from '../../src/domain/journal/record.ts';
import { AROUND_MS } from '../../src/domain/report/incident.ts';
import { fact } from '../../src/domain/station/facts.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import type { StationState } from '../../src/domain/station/state.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';
import { ConsoleSession } from '../../src/main/station/console-session.ts';
import { StationCore, toEntry, toFact } from '../../src/main/station/core.ts';
import { Dispatcher } from '../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../src/main/station/handlers.ts';
import { IncidentHistory, LOOKED_AT_MAX } from '../../src/main/station/incident-history.ts';
import { SampleHistory } from '../../src/main/station/sample-history.ts';
import { openUsers } from '../../src/main/users/users.ts';
import type { Users } from '../../src/main/users/users.ts';
import { smallPack } from '../unit/domain/alarms-plant.ts';
import { T0 } from '../unit/domain/bench.ts';

const dirs: string[] = [];
const journals: Journal[] = [];
let users: Users;
let requests = 0;

beforeAll(async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'haven-incidents-'));
  dirs.push(dir);
  const accounts = await openUsers({ dir, mode: 'TRAINING' });
  if (!accounts.ok) throw new Error('the accounts do not open');
  users = accounts.value;
}, 60_000);
afterAll(() => {
  for (const journal of journals) journal.close();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

const MINUTE = 60_000;
const at = (minutes: number): number => T0 + minutes * MINUTE;
const opened = (id: string, minutes: number, firstCondition: string | null = null): Fact => fact('incident.opened', at(minutes), null, { incident: id, firstCondition });
const closed = (id: string, minutes: number): Fact => fact('incident.closed', at(minutes), null, { incident: id });
const raised = (id: string, minutes: number, priority: 1 | 2 | 3 | 4, firstOut = false): Fact => fact('alarm.raised', at(minutes), null, { id, priority, sourceMs: at(minutes), group: null, input: null, value: 20, limit: 10, firstOut });
const seen = (minutes: number, note = ''): Fact => fact('seen.reported', at(minutes), 'zhang', { observation: 'smoke', present: true, note });

/** A station that starts over a journal that holds all this. `looked`: records that were read from it since. */
async function house(entries: readonly JournalEntry[]) {
  const dir = mkdtempSync(path.join(tmpdir(), 'haven-incidents-'));
  dirs.push(dir);
  let nowMs = T0 - 600 * MINUTE;
  const journal = openJournal({ dir, mode: 'TRAINING', nowMs: () => nowMs });
  if (!journal.ok) throw new Error(journal.problem.message.en);
  journals.push(journal.value);
  for (let i = 0; i < entries.length; i += 5_000) {
    nowMs = entries[Math.min(i + 5_000, entries.length) - 1]?.atMs ?? nowMs;
    expect(journal.value.append(entries.slice(i, i + 5_000)).ok).toBe(true);
  }
  const plant = makePlant(smallPack());
  const core = new StationCore({ plant, journal: journal.value, clock: { nowMs: () => nowMs, wallMs: () => nowMs, stepMs: () => 0 }, onFacts: () => undefined });
  // What the plant does is not of this test: the state is the fold of what the journal holds.
  const fold = (): StationState => evolveAll(EMPTY_STATE, [...journal.value.records()].flatMap((record) => toFact(record) ?? []), plant.machines);
  let state = fold();
  const reading = { looked: 0, isBroken: false };
  const counting: Pick<Journal, 'records' | 'status'> = {
    status: () => journal.value.status(),
    *records(from) {
      if (reading.isBroken) throw new Error('disk I/O error');
      for (const record of journal.value.records(from)) { reading.looked += 1; yield record; }
    },
  };
  const incidents = new IncidentHistory({ journal: counting, plant, state: () => state });
  const dispatcher = new Dispatcher(makeHandlers({
    core, users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => nowMs, actOnSimulator: () => undefined, incidents,
    publish: () => { throw new Error('no view in this test'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 1 } as never),
  }));
  const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
  const send = async (command: 'incident.list' | 'incident.events', input: unknown): Promise<Record<string, unknown>> => {
    const answer: unknown = JSON.parse(await dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${(requests += 1)}`, command, input }), session));
    expect(responseSchema.safeParse(answer).error).toBeUndefined();
    return answer as Record<string, unknown>;
  };
  const ask = async <N extends 'incident.list' | 'incident.events'>(command: N, input: unknown): Promise<CommandOutput<N>> => {
    const answer = await send(command, input);
    expect(answer).toMatchObject({ outcome: 'done' });
    return COMMANDS[command].output.parse(answer['output']) as CommandOutput<N>;
  };
  const record = (...facts: readonly Fact[]): void => { nowMs = Math.max(nowMs, facts.at(-1)?.atMs ?? 0); expect(journal.value.append(facts.map((f) => toEntry(f, f.atMs))).ok).toBe(true); state = fold(); };
  const everyRecord = (): JournalRecord[] => [...journal.value.records()];
  /** The whole list and the whole time line, page by page; each call is held to its bound. */
  const wholeList = async (limit: number): Promise<{ rows: IncidentRow[]; calls: number }> => {
    const rows: IncidentRow[] = [];
    let beforeMs: number | undefined;
    for (let calls = 1; ; calls += 1) {
      expect(calls).toBeLessThan(2_000);
      const page = await ask('incident.list', { limit, ...(beforeMs === undefined ? {} : { beforeMs }) });
      rows.push(...page.incidents);
      if (page.next === null) return { rows, calls };
      beforeMs = page.next;
    }
  };
  const wholeStory = async (incident: string, limit: number, more: object = {}): Promise<{ events: IncidentEvent[]; calls: number; head: number }> => {
    const events: IncidentEvent[] = [];
    let cursor: number | undefined;
    for (let calls = 1; ; calls += 1) {
      expect(calls).toBeLessThan(2_000);
      const before = reading.looked;
      const page = await ask('incident.events', { incident, limit, ...more, ...(cursor === undefined ? {} : { cursor }) });
      expect(reading.looked - before).toBeLessThanOrEqual(LOOKED_AT_MAX * 2);
      events.push(...page.events);
      if (page.next === null) return { events, calls, head: page.head };
      cursor = page.next;
    }
  };
  return { state: () => state, send, ask, record, reading, everyRecord, wholeList, wholeStory };
}
const entriesOf = (facts: readonly Fact[]): JournalEntry[] => facts.map((f) => toEntry(f, f.atMs));

const STORY: readonly Fact[] = [
  seen(-100), seen(-31), seen(-29, 'half an hour before'),
  raised('plain', 0, 3, true), fact('procedure.raised', at(0), null, { instance: 'A4-2:1', procedure: 'A4-2', version: 1, sourceHash: 'x', because: ['plain'] }), opened('I-1', 0, 'plain'),
  raised('gas', 2, 1), fact('retreat.stop', at(3), 'zhang', { actedOn: 'simulator' }),
  fact('refused', at(4), 'li', { operation: 'people.enter', direction: 'intervene', obstacles: [] }),
  fact('prohibition.changed', at(5), null, { instance: 'A4-2:1', id: 'p1', clause: '4.2.1', state: 'violated' }), fact('prohibition.changed', at(6), null, { instance: 'A4-2:1', id: 'p1', clause: '4.2.1', state: 'kept' }), fact('prohibition.changed', at(7), null, { instance: 'A4-2:1', id: 'p1', clause: '4.2.1', state: 'violated' }),
  closed('I-1', 10), seen(39, 'half an hour after'), seen(41),
  opened('I-2', 100), seen(101), closed('I-2', 110), seen(150),
  opened('I-3', 200), raised('plain', 201, 4),
];

describe('REQ-INC-01 the list', () => {
  it('newest first, the open one before all; each with its worst priority, procedures, retreats, refusals, broken prohibitions and its records with the half hours around', async () => {
    const { wholeList, everyRecord } = await house(entriesOf(STORY));
    const { rows } = await wholeList(2);
    expect(rows.map(({ id }) => id)).toEqual(['I-3', 'I-2', 'I-1']);
    const records = everyRecord();
    const numberOf = (note: string): number => records.find(({ data }) => (data as { note?: string }).note === note)?.n ?? -1;
    expect(rows[0]).toMatchObject({ closedMs: null, toRecord: null, worst: 4, firstCondition: null });
    expect(rows[2]).toMatchObject({ openedMs: at(0), closedMs: at(10), worst: 1, retreats: 1, refusals: 1, broken: 1, procedures: [{ id: 'A4-2' }], fromRecord: numberOf('half an hour before'), toRecord: numberOf('half an hour after') });
    expect(rows[2]?.firstCondition?.title).toEqual(smallPack().conditions.find(({ id }) => id === 'plain')?.title);
    expect(rows[1]).toMatchObject({ worst: null, retreats: 0, refusals: 0, broken: 0, procedures: [] });
  });

  it('an open one is counted on, a closed one keeps its last record open until the half hour has passed', async () => {
    const { ask, record } = await house(entriesOf(STORY));
    const row = async (): Promise<IncidentRow | undefined> => (await ask('incident.list', { limit: 1 })).incidents[0];
    expect(await row()).toMatchObject({ id: 'I-3', worst: 4, retreats: 0 });
    record(raised('gas', 203, 2), fact('retreat.evacuate', at(203), 'zhang', { actedOn: 'simulator' }));
    expect(await row()).toMatchObject({ worst: 2, retreats: 1, closedMs: null, toRecord: null });
    record(closed('I-3', 205), seen(210));
    const before = await row();
    record(seen(220));
    const after = await row();
    expect([before?.closedMs, after?.closedMs]).toEqual([at(205), at(205)]);
    expect(after?.toRecord).toBeGreaterThan(before?.toRecord ?? Infinity);
    record(seen(236));
    const last = await row();
    record(seen(237));
    expect((await row())?.toRecord).toBe(last?.toRecord);
  });

  it('more incidents than the state holds: the journal is walked for the older ones, each exactly once', async () => {
    const count = 260;
    const { wholeList, state, reading } = await house(entriesOf(Array.from({ length: count }, (_, i) => [opened(`I-${String(at(i * 100))}`, i * 100), ...Array.from({ length: 18 }, () => seen(i * 100 + 1)), closed(`I-${String(at(i * 100))}`, i * 100 + 2)]).flat()));
    expect(state().pastIncidents.length).toBeLessThan(count);
    const { rows } = await wholeList(100);
    expect(rows.map(({ openedMs }) => openedMs)).toEqual(Array.from({ length: count }, (_, i) => at((count - 1 - i) * 100)));
    expect(new Set(rows.map(({ closedMs, openedMs }) => (closedMs ?? 0) - openedMs))).toEqual(new Set([2 * MINUTE]));
    // Counted once: asked again, hardly anything is read.
    const before = reading.looked;
    await wholeList(100);
    expect(reading.looked - before).toBeLessThan(before / 2);
  }, 60_000);

  it('a journal without an incident has an empty list', async () => {
    const { ask } = await house(entriesOf([seen(0)]));
    expect(await ask('incident.list', { limit: 10 })).toEqual({ incidents: [], next: null });
  });
});

describe('REQ-INC-02 the time line', () => {
  it('every record from half an hour before to half an hour after, in order, with its sentence, its lane, who it was and what is set off', async () => {
    const { wholeStory, everyRecord } = await house(entriesOf(STORY));
    for (const limit of [1, 3, 1_000]) {
      const { events, head } = await wholeStory('I-1', limit);
      const expected = everyRecord().filter(({ atMs }) => atMs >= at(0) - AROUND_MS && atMs <= at(10) + AROUND_MS);
      expect(events.map(({ n, type, by }) => [n, type, by])).toEqual(expected.map(({ n, type, by }) => [n, type, by]));
      expect(head).toBe(expected.at(-1)?.n);
    }
    const { events } = await wholeStory('I-1', 1_000);
    const of = (type: string): IncidentEvent | undefined => events.find((event) => event.type === type);
    expect(of('alarm.raised')).toMatchObject({ lane: 'alarm', mark: 'firstOut', priority: 3 });
    expect(of('retreat.stop')).toMatchObject({ lane: 'person', mark: 'retreat', by: 'zhang' });
    expect(of('prohibition.changed')).toMatchObject({ lane: 'procedure', mark: 'broken' });
    expect(of('refused')).toMatchObject({ lane: 'refusal' });
    expect(events.every(({ text }) => text.zh !== '' && text.en !== '')).toBe(true);
  });

  it('by lane: only those, and the pages go on over what is left out', async () => {
    const { wholeStory } = await house(entriesOf(STORY));
    const { events } = await wholeStory('I-1', 2, { lanes: ['alarm', 'refusal'] });
    expect(events.map(({ lane }) => lane)).toEqual(['alarm', 'alarm', 'refusal']);
  });

  it('an open incident ends where the journal ends, and goes on from there', async () => {
    const { ask, record, wholeStory } = await house(entriesOf(STORY));
    const { head } = await wholeStory('I-3', 100);
    record(seen(202, 'later'));
    const page = await ask('incident.events', { incident: 'I-3', limit: 100, cursor: head + 1 });
    expect(page.events.map(({ n }) => n)).toEqual([head + 1]);
    expect(page).toMatchObject({ next: null, head: head + 1 });
  });

  it('a record of a kind that this version does not know is told as such, not left out', async () => {
    const { wholeStory } = await house([...entriesOf(STORY.slice(0, 6)), { type: 'weather.changed', atMs: at(1), wallMs: at(1), by: null, data: { wind: 'N' } }]);
    expect((await wholeStory('I-1', 100)).events.find(({ type }) => type === 'weather.changed')).toMatchObject({ lane: 'station', text: { en: expect.stringContaining('weather.changed') as string } });
  });

  it('120,000 records in one incident: no call looks at more than its bound, the station breathes meanwhile, nothing is left out', async () => {
    const many = 120_000;
    const { wholeList, wholeStory, reading, ask } = await house(entriesOf([seen(-5), opened('I-9', 0, 'plain'), ...Array.from({ length: many }, (_, i) => (i % 1_000 === 0 ? fact('refused', at(1) + i, 'li', { operation: 'x', direction: 'return', obstacles: [] }) : seen(1 + i / MINUTE))), closed('I-9', 60), seen(120), opened('I-10', 200)]));
    const before = reading.looked;
    let breaths = 0;
    const timer = setInterval(() => { breaths += 1; }, 1);
    const first = await ask('incident.list', { limit: 10 });
    clearInterval(timer);
    expect(breaths).toBeGreaterThan(3);
    expect(reading.looked - before).toBeLessThanOrEqual(LOOKED_AT_MAX * 1.2);
    // The budget was spent on the long one; it is not shown before it is counted.
    expect(first.incidents.map(({ id }) => id)).toEqual(['I-10']);
    expect(first.next).not.toBeNull();
    const { rows } = await wholeList(10);
    expect(rows.find(({ id }) => id === 'I-9')).toMatchObject({ refusals: many / 1_000, toRecord: many + 4 });
    const { events, calls } = await wholeStory('I-9', 1_000);
    expect(events).toHaveLength(many + 3);
    expect(calls).toBeGreaterThanOrEqual(many / 1_000);
    // Few of a lane among many: empty pages go on, and all are found.
    const refusals = await wholeStory('I-9', 1_000, { lanes: ['refusal'] });
    expect(refusals.events).toHaveLength(many / 1_000);
    expect(refusals.calls).toBeGreaterThan(3);
  }, 120_000);
});

describe('REQ-INC-03 what can go wrong', () => {
  it.each(['I-0', 'I-99', 'I-999999999999999', 'constructor', 'no-such'])('%s is no incident', async (incident) => {
    const { send } = await house(entriesOf(STORY));
    expect(await send('incident.events', { incident, limit: 10 })).toMatchObject({ outcome: 'failed', problem: { code: 'not-found' } });
  });

  it.each([
    ['incident.list', { limit: 0 }], ['incident.list', { limit: 101 }], ['incident.list', { limit: 1, beforeMs: -1 }], ['incident.list', {}],
    ['incident.events', { incident: 'I-1', limit: 0 }], ['incident.events', { incident: 'I-1', limit: 1_001 }], ['incident.events', { incident: 'I-1', limit: 1, cursor: 0 }], ['incident.events', { incident: 'a b', limit: 1 }], ['incident.events', { incident: 'I-1', limit: 1, lanes: ['weather'] }],
  ] as const)('%s %j is bad input', async (command, input) => {
    expect(await (await house([])).send(command, input)).toMatchObject({ outcome: 'failed', problem: { code: 'bad-input' } });
  });

  it('a journal that cannot be read is said to be so, and is asked again the next time', async () => {
    const { send, reading } = await house(entriesOf(STORY));
    reading.isBroken = true;
    expect(await send('incident.list', { limit: 10 })).toMatchObject({ outcome: 'failed', problem: { code: 'journal-failed', message: expect.stringContaining('disk I/O error') as string } });
    expect(await send('incident.events', { incident: 'I-1', limit: 10 })).toMatchObject({ outcome: 'failed', problem: { code: 'journal-failed' } });
    reading.isBroken = false;
    expect(await send('incident.list', { limit: 10 })).toMatchObject({ outcome: 'done' });
  });

  it('a cursor beyond the end, or before the beginning, gives what belongs to the incident and nothing else', async () => {
    const { ask, wholeStory } = await house(entriesOf(STORY));
    const { events } = await wholeStory('I-1', 100);
    expect(await ask('incident.events', { incident: 'I-1', limit: 100, cursor: 1_000_000 })).toMatchObject({ events: [], next: null });
    expect((await ask('incident.events', { incident: 'I-1', limit: 100, cursor: 1 })).events.map(({ n }) => n)).toEqual(events.map(({ n }) => n));
  });
});
