// REQ-INC-11: what goes into the browser's store, with the mirror itself on an IndexedDB in memory; the browser's own is in tests/e2e/console-incidents.spec.ts.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import type { IncidentEvent, IncidentRow } from '../../src/contract/incidents.ts';
import { mirrorDatabase } from '../../src/renderer/store/database.ts';
import { IncidentMirror } from '../../src/renderer/store/incident-mirror.ts';
import { Incidents } from '../../src/renderer/store/incidents.ts';
import type { ConsoleModel } from '../../src/renderer/store/model.ts';
import type { StationClient } from '../../src/renderer/transport/client.ts';

const ROW: IncidentRow = { id: 'I-1', openedMs: 1, closedMs: 2, firstCondition: null, fromRecord: 1, toRecord: 10, procedures: [], worst: null, retreats: 0, refusals: 0, broken: 0 };
const EVENTS: IncidentEvent[] = [1, 2, 3].map((n) => ({ n, atMs: n, wallMs: n, lane: 'alarm', type: 'alarm.raised', by: null, text: { zh: '一', en: 'one' } }));
const WITHIN = { timeout: 8_000 };

const stops: (() => void)[] = [];
afterEach(() => { for (const stop of stops.splice(0)) stop(); });

const kept = async (): Promise<unknown> => {
  const database = mirrorDatabase();
  return { rows: await database.incidents.count(), events: await database.incidentEvents.count(), journal: (await database.incidentJournal.get('journal'))?.identity };
};

it('REQ-INC-11 a list and a time line that were read before it was known whose journal it is are kept as soon as that is known', async () => {
  let connected = false;
  const sections = { station: { version: '1', journal: { genesis: 'a', records: 10 } }, plant: { id: 'h2o2' }, incident: { current: null, past: [] } };
  const model = { section: (name: keyof typeof sections) => sections[name], linkToStation: () => ({ connected, downSinceMs: connected ? null : 99, dropped: 0 }), nowMs: () => 1_000_000_000 } as unknown as ConsoleModel;
  const client = {
    request: (command: string) => Promise.resolve({ outcome: 'done', output: command === 'incident.list' ? { incidents: [ROW], next: null } : { events: EVENTS, next: null, head: 3 } }),
  } as unknown as StationClient;
  await mirrorDatabase().incidentJournal.put({ key: 'journal', identity: 'a/1/h2o2', records: 10, next: null, atMs: 1 });
  const incidents = new Incidents(model, client);
  // The connection comes between the look that asks whose journal it is and the reading that follows it.
  stops.push(incidents.subscribe(() => { connected = true; }), incidents.watchList(), incidents.watchStory('I-1'));
  await vi.waitFor(() => { expect(incidents.story('I-1').events).toHaveLength(3); }, WITHIN);
  expect(await kept(), 'the fault arrived: both were read and could not be kept').toEqual({ rows: 0, events: 0, journal: 'a/1/h2o2' });
  await vi.waitFor(async () => { expect(await kept()).toEqual({ rows: 1, events: 3, journal: 'a/1/h2o2' }); }, WITHIN);
});

it('REQ-INC-11 another journal comes while a time line of the first is on its way out of the store: nothing of it is shown', async () => {
  const sections = { station: { version: '1', journal: { genesis: 'b', records: 10 } }, plant: { id: 'h2o2' }, incident: { current: null, past: [] } };
  const model = { section: (name: keyof typeof sections) => sections[name], linkToStation: () => ({ connected: true, downSinceMs: null, dropped: 0 }), nowMs: () => 1_000_000_000 } as unknown as ConsoleModel;
  const client = { request: (command: string) => Promise.resolve({ outcome: 'done', output: command === 'incident.list' ? { incidents: [], next: null } : { events: [], next: null, head: 3 } }) } as unknown as StationClient;
  const mirror = new IncidentMirror();
  await mirror.settle('b/1/h2o2', 10, 1);
  await mirror.keepStory('I-1', EVENTS, { upTo: 3, count: 3, usedMs: 1 });
  const { journal } = IncidentMirror.prototype;
  let held = 0;
  const spy = vi.spyOn(IncidentMirror.prototype, 'journal').mockImplementation(async function late(this: IncidentMirror) {
    const known = await journal.call(this);
    held += 1;
    if (held < 2) return known;
    // The second to ask is the time line: the station has turned to another journal before it has its answer.
    sections.station.journal.genesis = 'c';
    await vi.waitFor(async () => { expect((await mirrorDatabase().incidentJournal.get('journal'))?.identity).toBe('c/1/h2o2'); }, WITHIN);
    return known;
  });
  const incidents = new Incidents(model, client);
  const seen: number[] = [];
  stops.push(() => spy.mockRestore(), incidents.subscribe(() => { seen.push(incidents.story('I-1').events.length); }), incidents.watchStory('I-1'));
  await vi.waitFor(() => { expect(incidents.story('I-1').head).toBe(3); }, WITHIN);
  expect(held, 'the fault arrived: the journal changed between the two questions').toBeGreaterThanOrEqual(2);
  expect(seen.filter((count) => count > 0), 'nothing of the first journal').toEqual([]);
});
