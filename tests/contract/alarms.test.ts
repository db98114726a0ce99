/** Alarms over the wire: real dispatcher, handlers, journal and accounts; good, bad and hostile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import { responseSchema } from '../../src/contract/envelope.ts';
import type { AlarmEventView } from '../../src/contract/view.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import type { Journal } from '../../src/main/journal/journal.ts';
import { LOOKED_AT_MAX, readAlarmHistory } from '../../src/main/station/alarm-history.ts';
import { ConsoleSession } from '../../src/main/station/console-session.ts';
import { StationCore, toEntry } from '../../src/main/station/core.ts';
import { Dispatcher } from '../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../src/main/station/handlers.ts';
import { SampleHistory } from '../../src/main/station/sample-history.ts';
import { openUsers, TRAINING_SECRET } from '../../src/main/users/users.ts';
import type { Users } from '../../src/main/users/users.ts';
import { smallPack } from '../unit/domain/alarms-plant.ts';
import { sample, T0 } from '../unit/domain/bench.ts';

const dirs: string[] = [];
const journals: Journal[] = [];
let users: Users;
let nowMs = T0;
let count = 0;

function openedJournal(): Journal {
  const dir = mkdtempSync(path.join(tmpdir(), 'haven-alarms-'));
  dirs.push(dir);
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => nowMs });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  journals.push(opened.value);
  return opened.value;
}

beforeAll(async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'haven-alarms-'));
  dirs.push(dir);
  const accounts = await openUsers({ dir, mode: 'TRAINING' });
  if (!accounts.ok) throw new Error('the accounts do not open');
  users = accounts.value;
}, 60_000);
afterAll(() => {
  for (const journal of journals) journal.close();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

function house() {
  const journal = openedJournal();
  const plant = makePlant(smallPack());
  const core = new StationCore({ plant, journal, clock: { nowMs: () => nowMs, wallMs: () => nowMs, stepMs: () => 0 }, onFacts: () => undefined });
  const dispatcher = new Dispatcher(makeHandlers({
    core, users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => nowMs, actOnSimulator: () => undefined,
    publish: () => { throw new Error('no view in this test'); }, alarmHistory: (query) => readAlarmHistory(journal, plant, query), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 1 } as never),
  }));
  const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
  core.record([fact('link.changed', nowMs, null, { phase: 'connected', reason: null })]);
  const tell = (values: Record<string, number>): void => {
    nowMs += 1_000;
    core.ingest([...plant.pack.tags.map(({ id }) => sample(id, values[id] ?? 0, nowMs))]);
  };
  const send = async (command: string, input: unknown): Promise<Record<string, unknown>> => {
    const answer: unknown = JSON.parse(await dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${(count += 1)}`, command, input }), session));
    expect(responseSchema.safeParse(answer).error).toBeUndefined();
    return answer as Record<string, unknown>;
  };
  return { core, journal, plant, tell, send };
}

const signature = (role: 'operator' | 'supervisor' | 'engineer') => ({ user: users.list().find((u) => u.roles.includes(role))?.user ?? '', secret: TRAINING_SECRET });

describe('REQ-ALM-18 commands', () => {
  it('3.6 shelving a safety alarm is refused as a value, with clause, fact and what may be done; a process alarm is shelved', async () => {
    const { core, tell, send } = house();
    tell({ 'T-trip': 20, 'T-soft': 20 });
    expect(await send('alarm.shelve', { alarms: ['trip'], reason: 'r', forMs: 60_000 })).toMatchObject({ outcome: 'refused', refusal: { operation: 'alarm.shelve', direction: 'sustain', obstacles: [{ rule: 'ALM-ALWAYS-VISIBLE', clause: '3.6', whoCanChange: [] }, { rule: 'ALM-PROCEDURE' }, { rule: 'G-LOG-ON', clause: '3.4' }] } });
    expect(await send('alarm.shelve', { alarms: ['soft'], reason: 'filter', forMs: 60_000, signature: signature('operator') })).toMatchObject({ outcome: 'done' });
    expect(core.state.alarms.get('soft')?.shelved).toMatchObject({ by: signature('operator').user, reason: 'filter' });
    expect(await send('alarm.unshelve', { alarms: ['soft'] })).toMatchObject({ outcome: 'done' });
    expect(core.state.alarms.get('soft')?.shelved).toBe(null);
  });

  it('3.6 gas clears by two signed words and by nothing less', async () => {
    const { core, tell, send } = house();
    tell({ 'T-gas': 20 });
    await send('alarm.acknowledge', { alarms: ['gas'] });
    expect(await send('alarm.confirmOnSite', { alarm: 'gas', text: 'gone', signature: signature('operator') })).toMatchObject({ outcome: 'refused', refusal: { direction: 'return' } });
    tell({});
    expect(await send('alarm.cause', { alarm: 'gas', text: 'a flange', signature: { ...signature('engineer'), secret: 'wrong' } })).toMatchObject({ outcome: 'failed', problem: { code: 'bad-signature' } });
    expect(await send('alarm.reset', { alarms: ['gas'] })).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: 'ALM-CAUSE' }, { rule: 'ALM-ON-SITE' }, { rule: 'G-LOG-ON' }] } });
    expect(await send('alarm.reset', { alarms: ['gas'], signature: signature('operator') })).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: 'ALM-CAUSE' }, { rule: 'ALM-ON-SITE' }] } });
    await send('alarm.cause', { alarm: 'gas', text: 'a flange', signature: signature('engineer') });
    await send('alarm.confirmOnSite', { alarm: 'gas', text: 'gone', signature: signature('operator') });
    expect(await send('alarm.reset', { alarms: ['gas'], signature: signature('operator') })).toMatchObject({ outcome: 'done' });
    expect(core.state.alarms.has('gas')).toBe(false);
  });

  it('out of service and back, signed', async () => {
    const { core, send } = house();
    expect(await send('alarm.outOfService', { alarm: 'soft', permit: 'WP-1', reason: 'r', signature: signature('engineer') })).toMatchObject({ outcome: 'done' });
    expect(core.state.alarms.get('soft')?.outOfService?.permit).toBe('WP-1');
    expect(await send('alarm.inService', { alarm: 'soft', signature: signature('operator') })).toMatchObject({ outcome: 'done' });
    expect(core.state.alarms.has('soft')).toBe(false);
  });

  it.each([
    ['alarm.shelve', { alarms: ['soft'], reason: ' ', forMs: 60_000 }], ['alarm.shelve', { alarms: ['soft'], reason: 'r', forMs: 0 }], ['alarm.shelve', { alarms: ['soft'], reason: 'r', forMs: Number.MAX_SAFE_INTEGER }], ['alarm.shelve', { alarms: [], reason: 'r', forMs: 60_000 }],
    ['alarm.outOfService', { alarm: 'soft', permit: '', reason: 'r', signature: { user: 'a', secret: 'b' } }], ['alarm.outOfService', { alarm: 'soft', permit: 'WP', reason: 'r' }], ['alarm.cause', { alarm: 'gas', text: 't' }], ['alarm.reset', { alarms: ['a b'] }],
    ['alarm.history', { fromMs: 0, toMs: 1, limit: 0 }], ['alarm.history', { fromMs: 0, toMs: 1, limit: 10, filter: { change: ['exploded'] } }], ['alarm.history', { fromMs: 0, toMs: 1, limit: 10, cursor: 0 }],
  ])('%s %j is bad input', async (command, input) => {
    expect(await house().send(command, input)).toMatchObject({ outcome: 'failed', problem: { code: 'bad-input' } });
  });

  it.each(['constructor', '__proto__', 'no-such'])('%s is no alarm', async (name) => {
    const { send } = house();
    for (const [command, input] of [['alarm.shelve', { alarms: [name], reason: 'r', forMs: 60_000 }], ['alarm.reset', { alarms: [name] }], ['alarm.cause', { alarm: name, text: 't', signature: signature('engineer') }]] as const) expect(await send(command, input)).toMatchObject({ outcome: 'failed', problem: { code: 'not-found' } });
    expect(await send('alarm.unshelve', { alarms: [name] })).toMatchObject({ outcome: 'done' });
  });

  it('what hides has a direction that may be refused, what answers and brings back has not', () => {
    expect(Object.fromEntries(Object.entries(COMMANDS).filter(([name]) => name.startsWith('alarm.')).map(([name, { direction }]) => [name, direction]))).toEqual({
      'alarm.history': 'none', 'alarm.acknowledge': 'hold', 'alarm.unshelve': 'hold', 'alarm.inService': 'hold', 'alarm.cause': 'hold', 'alarm.confirmOnSite': 'return', 'alarm.shelve': 'sustain', 'alarm.outOfService': 'sustain', 'alarm.reset': 'return',
    });
  });
});

describe('REQ-ALM-19 history', () => {
  const all = async (send: (command: string, input: unknown) => Promise<Record<string, unknown>>, query: Record<string, unknown>): Promise<{ events: AlarmEventView[]; pages: number }> => {
    const events: AlarmEventView[] = [];
    let cursor: number | null | undefined;
    let pages = 0;
    do {
      const answer = await send('alarm.history', { fromMs: 0, toMs: nowMs, limit: 3, ...query, ...(cursor == null ? {} : { cursor }) });
      const page = answer['output'] as { events: AlarmEventView[]; next: number | null };
      events.push(...page.events);
      cursor = page.next;
      pages += 1;
    } while (cursor !== null && pages < 100);
    return { events, pages };
  };

  it('comes out of the journal, newest first, page by page, each event once', async () => {
    const { journal, tell, send } = house();
    for (let i = 0; i < 6; i += 1) tell(i % 2 === 0 ? { 'T-soft': 20, 'T-plain': 20 } : {});
    await send('alarm.acknowledge', { alarms: ['soft'] });
    const wanted = [...journal.records()].filter((r) => r.type.startsWith('alarm.')).map((r) => r.n).reverse();
    const { events, pages } = await all(send, {});
    expect(wanted.length).toBeGreaterThan(10);
    expect(events.map((e) => e.n)).toEqual(wanted);
    expect(pages).toBe(Math.ceil(wanted.length / 3) + (wanted.length % 3 === 0 ? 1 : 0));
    expect(events[0]).toMatchObject({ id: 'soft', change: 'acknowledged', by: 'post', priority: 4 });
  });

  it('by alarm, priority, unit, change, person and time', async () => {
    const { tell, send } = house();
    tell({ 'T-soft': 20 });
    const betweenMs = nowMs;
    tell({ 'T-soft': 20, 'T-plain': 20 });
    await send('alarm.acknowledge', { alarms: ['plain'] });
    const words = async (filter: Record<string, unknown>, more: Record<string, unknown> = {}) => (await all(send, { filter, ...more })).events.map((e) => `${e.id} ${e.change}`);
    expect(await words({ id: 'soft' })).toEqual(['soft raised']);
    expect(await words({ priority: [4] })).toEqual(['soft raised']);
    expect(await words({ change: ['acknowledged', 'shelved'] })).toEqual(['plain acknowledged']);
    expect(await words({ by: 'post' })).toEqual(['plain acknowledged']);
    expect(await words({ area: 'unit-a', change: ['raised'] })).toEqual(['plain raised']);
    expect(await words({}, { toMs: betweenMs })).toEqual(['soft raised']);
    expect(await words({ change: ['raised'] }, { fromMs: betweenMs + 1 })).toEqual(['plain raised']);
    expect(await words({}, { fromMs: nowMs + 1, toMs: nowMs + 2 })).toEqual([]);
  });

  it('a call looks at a bounded number of records, and says where to go on', () => {
    const { journal, plant } = house();
    const noise = Array.from({ length: 1_000 }, () => toEntry(fact('clock.stepped', nowMs, null, { byMs: 1 }), nowMs));
    journal.append([toEntry(fact('alarm.raised', nowMs, null, { id: 'soft', priority: 4, sourceMs: nowMs, firstOut: false, group: null, input: null, value: null, limit: null }), nowMs)]);
    for (let i = 0; i < LOOKED_AT_MAX / 1_000 + 1; i += 1) journal.append(noise);
    let read = 0;
    const counting = { status: () => journal.status(), *records(fromN?: number) { for (const record of journal.records(fromN)) { read += 1; yield record; } } };
    const first = readAlarmHistory(counting, plant, { fromMs: 0, toMs: nowMs, limit: 10, filter: {} });
    expect([first.events, first.next !== null]).toEqual([[], true]);
    expect(read).toBeLessThan(LOOKED_AT_MAX + 200);
    expect(readAlarmHistory(counting, plant, { fromMs: 0, toMs: nowMs, limit: 10, filter: {}, cursor: first.next ?? 1 }).events.map((e) => e.id)).toEqual(['soft']);
  });
});
