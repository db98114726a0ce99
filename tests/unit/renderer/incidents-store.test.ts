// REQ-INC-11, REQ-INC-12: what the console holds of incidents and whose it is; here without a browser's store, so from the station alone.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandInput, CommandName } from '../../../src/contract/commands.ts';
import type { IncidentEvent, IncidentRow } from '../../../src/contract/incidents.ts';
import { Incidents, LIST_PAGE } from '../../../src/renderer/store/incidents.ts';
import type { ConsoleModel } from '../../../src/renderer/store/model.ts';
import type { StationClient } from '../../../src/renderer/transport/client.ts';

const row = (n: number, changes: Partial<IncidentRow> = {}): IncidentRow => ({ id: `I-${n}`, openedMs: n, closedMs: n + 1, firstCondition: null, fromRecord: 1, toRecord: 10, procedures: [], worst: null, retreats: 0, refusals: 0, broken: 0, ...changes });
const event = (n: number): IncidentEvent => ({ n, atMs: n, wallMs: n, lane: 'alarm', type: 'alarm.raised', by: null, text: { zh: '一', en: 'one' } });

/** A station that holds `rows` (newest first) and the events of each; gives at most `atOnce` of them at a time. */
function station() {
  const held = { rows: [] as IncidentRow[], events: [] as IncidentEvent[], genesis: 'a' as string | undefined, records: 10, connected: true, atOnce: 7, down: false, key: 0 };
  const asked: { command: CommandName; input: unknown }[] = [];
  const sections = () => ({ station: { version: '1', journal: { genesis: held.genesis, records: held.records } }, plant: { id: 'h2o2' }, incident: { current: null, past: [{ id: `k-${held.key}` }] } });
  const model = { section: (name: 'station') => sections()[name], linkToStation: () => ({ connected: held.connected, downSinceMs: held.connected ? null : 99, dropped: 0 }), nowMs: () => 1_000_000_000 } as unknown as ConsoleModel;
  const client = {
    request: (command: CommandName, input: unknown) => {
      asked.push({ command, input });
      if (held.down) return Promise.resolve({ outcome: 'failed', id: 'x', problem: { code: 'timeout', message: '' } });
      if (command === 'incident.list') {
        const { beforeMs = Infinity, limit } = input as CommandInput<'incident.list'>;
        const rest = held.rows.filter(({ openedMs }) => openedMs < beforeMs), page = rest.slice(0, Math.min(limit, held.atOnce));
        return Promise.resolve({ outcome: 'done', output: { incidents: page, next: rest.length > page.length ? (rest[page.length]?.openedMs ?? 0) + 1 : null } });
      }
      const { cursor = 1, limit } = input as CommandInput<'incident.events'>;
      const rest = held.events.filter(({ n }) => n >= cursor), page = rest.slice(0, Math.min(limit, held.atOnce));
      return Promise.resolve({ outcome: 'done', output: { events: page, next: rest.length > page.length ? (rest[page.length]?.n ?? null) : null, head: held.events.at(-1)?.n ?? 1 } });
    },
  } as unknown as StationClient;
  return { held, asked, incidents: new Incidents(model, client) };
}

const stops: (() => void)[] = [];
const passes = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
beforeEach(() => { vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }); });
afterEach(() => { for (const stop of stops.splice(0)) stop(); vi.useRealTimers(); });

describe('the list', () => {
  it('goes on over short pages for one look, and older ones come when they are wanted', async () => {
    const { held, incidents } = station();
    held.rows = Array.from({ length: 50 }, (_, i) => row(100 - i));
    stops.push(incidents.watchList());
    await passes(2_500);
    expect(incidents.list()).toMatchObject({ hasMore: true, phase: 'idle', asOfMs: null, isMirrored: false });
    expect(incidents.list().rows).toHaveLength(LIST_PAGE);
    incidents.loadOlder();
    await passes(2_500);
    expect(incidents.list().rows.map(({ id }) => id)).toEqual(held.rows.map(({ id }) => id));
    expect(incidents.list().hasMore).toBe(false);
  });

  it('so many new ones that a hole would be left: the old ones go rather than to stand beside it', async () => {
    const { held, incidents } = station();
    held.rows = [row(10), row(9), row(8)];
    stops.push(incidents.watchList());
    await passes(2_500);
    expect(incidents.list().rows).toHaveLength(3);
    held.rows = [...Array.from({ length: 40 }, (_, i) => row(200 - i)), ...held.rows];
    held.key += 1;
    await passes(2_500);
    const ids = incidents.list().rows.map(({ id }) => id);
    expect(ids).toEqual(held.rows.slice(0, LIST_PAGE).map(({ id }) => id));
    expect(incidents.list().hasMore).toBe(true);
  });

  it('a failed question is told, and asked again by itself', async () => {
    const { held, incidents } = station();
    held.rows = [row(1)];
    held.down = true;
    stops.push(incidents.watchList());
    await passes(2_500);
    expect(incidents.list()).toMatchObject({ rows: [], problem: { code: 'timeout' } });
    held.down = false;
    await passes(8_000);
    expect(incidents.list()).toMatchObject({ problem: null, phase: 'idle' });
    expect(incidents.list().rows).toHaveLength(1);
  });

  it('nobody looks: nothing is asked', async () => {
    const { held, asked, incidents } = station();
    held.rows = [row(1)];
    const stop = incidents.watchList();
    await passes(2_500);
    stop();
    asked.length = 0;
    held.key += 1;
    await passes(30_000);
    expect(asked).toEqual([]);
  });
});

describe('whose it is', () => {
  it.each([
    ['another journal', (held: ReturnType<typeof station>['held']) => { held.genesis = 'b'; }],
    ['a journal that has lost records', (held: ReturnType<typeof station>['held']) => { held.records = 3; }],
    ['a station that does not say which', (held: ReturnType<typeof station>['held']) => { held.genesis = undefined; }],
  ])('%s: everything is forgotten and read anew', async (_what, change) => {
    const { held, incidents } = station();
    held.rows = [row(1)];
    held.events = [event(1), event(2)];
    stops.push(incidents.watchList(), incidents.watchStory('I-1'));
    await passes(2_500);
    expect(incidents.story('I-1').events).toHaveLength(2);
    held.rows = [row(5)];
    held.events = [event(7)];
    change(held);
    await passes(2_500);
    expect(incidents.list().rows.map(({ id }) => id)).toEqual(['I-5']);
    expect(incidents.story('I-1').events.map(({ n }) => n)).toEqual([7]);
  });
});

describe('a time line', () => {
  it('is read to its end page by page, and goes on from there while it is open', async () => {
    const { held, asked, incidents } = station();
    held.rows = [row(1, { closedMs: null, toRecord: null })];
    held.events = Array.from({ length: 30 }, (_, i) => event(i + 1));
    held.records = 30;
    stops.push(incidents.watchList(), incidents.watchStory('I-1'));
    await passes(2_500);
    expect(incidents.story('I-1')).toMatchObject({ phase: 'idle', upTo: 30, head: 30, isFull: false });
    expect(incidents.story('I-1').events.map(({ n }) => n)).toEqual(held.events.map(({ n }) => n));
    asked.length = 0;
    await passes(3_000);
    expect(asked.filter(({ command }) => command === 'incident.events')).toEqual([]);
    held.events.push(event(31));
    held.records = 31;
    await passes(2_500);
    expect(asked.filter(({ command }) => command === 'incident.events').map(({ input }) => input)).toEqual([{ incident: 'I-1', limit: 1_000, cursor: 31 }]);
    expect(incidents.story('I-1').events).toHaveLength(31);
  });

  it('without a connection it stands as it was, with the time of the last word', async () => {
    const { held, incidents } = station();
    held.rows = [row(1)];
    held.events = [event(1)];
    stops.push(incidents.watchList(), incidents.watchStory('I-1'));
    await passes(2_500);
    held.connected = false;
    await passes(2_500);
    expect([incidents.list().asOfMs, incidents.story('I-1').asOfMs]).toEqual([99, 99]);
    expect(incidents.story('I-1').events).toHaveLength(1);
    held.connected = true;
    await passes(8_000);
    expect([incidents.list().asOfMs, incidents.story('I-1').asOfMs]).toEqual([null, null]);
  });
});
