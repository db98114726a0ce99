// REQ-INC-11: what goes into the browser's store, with the mirror itself on an IndexedDB in memory; the browser's own is in tests/e2e/console-incidents.spec.ts.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import type { IncidentEvent, IncidentRow } from '../../src/contract/incidents.ts';
import { mirrorDatabase } from '../../src/renderer/store/database.ts';
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
