/**
 * The OPC UA client against a real server in a process of its own that is frozen, killed, cut down and replaced.
 * Every story first proves that the fault has happened, then tells what the station was told.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ClientSubscription, TimestampsToReturn } from 'node-opcua-client';
import { severityOf, STATUS } from '../../src/domain/samples/sample.ts';
import { createDcsClient, openSession, serverIdentity } from '../../src/main/dcs/index.ts';
import type { DcsClient, DcsOptions, DcsTag } from '../../src/main/dcs/index.ts';
import { freePort, killAllServers, processState, startServer } from '../support/opcua/server-process.ts';
import type { ServerProcess } from '../support/opcua/server-process.ts';
import { openSlowLine } from '../support/opcua/slow-line.ts';
import type { ServerConfig, ServerTag } from '../support/opcua/test-server-protocol.ts';
import { Watcher } from '../support/opcua/watcher.ts';

const PLANT = 'urn:haven:plant:test';
const OTHER = 'urn:somebody:else';
const BAD_SENSOR_FAILURE = 0x808c0000;
/** Shorter limits for stories in which the limits themselves are not the point. */
const QUICK = { publishingIntervalMs: 100, keepAliveDueMs: 400, uncertainAfterMs: 1000, badAfterMs: 1500, rebuildAfterMs: 3000, transportTimeoutMs: 2000 } as const;

const SERVER_TAGS: readonly ServerTag[] = [
  { id: 'TI-1', type: 'Double', value: 72.5, range: [0, 150] },
  { id: 'TI-2', type: 'Double', value: 20 },
  { id: 'TI-3', type: 'Double', value: 30 },
  { id: 'XV-1', type: 'UInt32', value: 1, states: ['closed', 'open', 'travelling', 'fault'] },
  { id: 'XS-1', type: 'Boolean', value: true },
  { id: 'HB-1', type: 'UInt64', value: [0, 7] },
];
const TAGS: readonly DcsTag[] = [
  { id: 'TI-1', kind: 'analog', scanMs: 5000 },
  { id: 'TI-2', kind: 'analog', scanMs: 5000 },
  { id: 'TI-3', kind: 'analog', scanMs: 5000 },
  { id: 'XV-1', kind: 'discrete', scanMs: 5000, states: ['closed', 'open', 'travelling', 'fault'] },
  { id: 'XS-1', kind: 'boolean', scanMs: 5000 },
  { id: 'HB-1', kind: 'count', scanMs: 5000 },
];
const IDS = TAGS.map((tag) => tag.id);

let folder: string;
let port: number;
const clients: DcsClient[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'haven-dcs-'));
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()));
  await killAllServers();
});

afterAll(async () => {
  await killAllServers();
  await rm(folder, { recursive: true, force: true });
});

async function serve(change: Partial<ServerConfig> = {}): Promise<ServerProcess> {
  return startServer({ port, pkiDir: path.join(folder, 'server'), namespaces: [OTHER, PLANT], plantUri: PLANT, tags: SERVER_TAGS, ...change });
}

function watch(change: Partial<DcsOptions> = {}): Watcher {
  const client = createDcsClient({
    endpointUrl: `opc.tcp://127.0.0.1:${port}`,
    namespaceUri: PLANT,
    applicationName: 'HavenTest',
    pkiDir: path.join(folder, 'station'),
    tags: TAGS,
    clock: { nowMs: () => Date.now() },
    lostTagRetryMs: 1000,
    ...change,
  });
  clients.push(client);
  return new Watcher(client);
}

/** A client that already knows the server's certificate, with all its tags good. */
async function watchTrusting(change: Partial<DcsOptions> = {}): Promise<Watcher> {
  const watcher = watch(change);
  expect(await watcher.client.importTrusted(path.join(folder, 'server', 'own', 'certs', 'certificate.pem'))).toMatchObject({ ok: true });
  await watcher.client.start();
  await watcher.until('all tags good', () => watcher.all(IDS, 'good'));
  return watcher;
}

describe('trust', () => {
  it('REQ-DCS-06 a server nobody knows is refused with its certificate shown, trusted by a person, and trusted from then on', async () => {
    port = await freePort();
    const watcher = watch({ pkiDir: path.join(folder, 'new-station') });
    await watcher.client.start();

    // REQ-DCS-11: nobody is there. Starting is no error, and no tag is good.
    await watcher.until('a reason for not connecting', () => watcher.client.link().reason?.code === 'ECONNREFUSED');
    expect(watcher.client.link()).toMatchObject({ phase: 'connecting', lastDataMs: null });
    await watcher.until('a first word on every tag', () => watcher.latest.size === IDS.length);
    expect(IDS.map((id) => watcher.status(id))).toEqual(IDS.map(() => STATUS.badWaitingForInitialData));

    await serve();
    await watcher.until('the server is refused', () => watcher.client.link().phase === 'untrusted');
    const shown = watcher.client.link().untrusted;
    expect(shown).toMatchObject({ thumbprint: expect.stringMatching(/^[0-9a-f]{40}$/) as string, applicationUri: 'urn:haven:test-server' });
    expect(existsSync(shown?.file ?? '')).toBe(true);
    expect(Date.parse(shown?.validTo ?? '')).toBeGreaterThan(Date.parse(shown?.validFrom ?? ''));
    expect((await watcher.client.rejected()).map(({ thumbprint }) => thumbprint)).toEqual([shown?.thumbprint]);
    expect(watcher.all(IDS, 'bad')).toBe(true);

    expect(await watcher.client.trustServer('00'.repeat(20))).toMatchObject({ ok: false, reason: { code: 'UnknownThumbprint' } });
    expect(await watcher.client.trustServer(shown?.thumbprint.toUpperCase() ?? '')).toMatchObject({ ok: true });
    await watcher.until('all tags good', () => watcher.all(IDS, 'good'));
    expect(watcher.client.link().phase).toBe('connected');
    expect(await watcher.client.rejected()).toEqual([]);
  });

  it('REQ-DCS-06 a server that comes back with another certificate is a stranger again', async () => {
    port = await freePort();
    const server = await serve();
    const watcher = await watchTrusting(QUICK);
    await server.kill();
    await serve({ pkiDir: path.join(folder, 'impostor') });
    await watcher.until('the stranger is refused', () => watcher.client.link().phase === 'untrusted');
    await watcher.until('nothing is good', () => watcher.all(IDS, 'bad'));
  });

  it('REQ-DCS-06 a server that offers no encryption is refused', async () => {
    port = await freePort();
    await serve({ insecureOnly: true });
    const watcher = watch();
    await watcher.client.start();
    await watcher.until('refused', () => watcher.client.link().phase === 'failed');
    expect(watcher.client.link().reason?.code).toBe('NoSecureEndpoint');
    expect(watcher.samples.some((sample) => severityOf(sample.status) === 'good')).toBe(false);
  });

  it('REQ-DCS-06 a server that wants a name gets one, and a wrong password is told to a person', async () => {
    port = await freePort();
    await serve({ allowAnonymous: false });
    const wrong = watch({ credentials: { user: 'haven', password: 'advance' } });
    await wrong.client.importTrusted(path.join(folder, 'server', 'own', 'certs', 'certificate.pem'));
    await wrong.client.start();
    await wrong.until('refused', () => wrong.client.link().phase === 'failed');
    expect(wrong.client.link().reason?.code).toMatch(/^BadUserAccessDenied|^BadIdentityToken/);
    const right = await watchTrusting({ credentials: { user: 'haven', password: 'retreat' } });
    expect(right.client.link().phase).toBe('connected');
  });

  it('REQ-DCS-06 a server that does not trust us is told to a person, with our certificate named', async () => {
    port = await freePort();
    await serve({ refuseUnknownClients: true, pkiDir: path.join(folder, 'distrustful') });
    const watcher = watch({ pkiDir: path.join(folder, 'unknown-station'), transportTimeoutMs: 2000 });
    await watcher.client.importTrusted(path.join(folder, 'distrustful', 'own', 'certs', 'certificate.pem'));
    await watcher.client.start();
    await watcher.until('refused', () => watcher.client.link().phase === 'failed');
    expect(watcher.client.link().reason?.text).toContain('client_certificate.pem');
  });
});

describe('values', () => {
  it('REQ-DCS-07 every kind arrives as what it is, and nonsense arrives as bad', async () => {
    port = await freePort();
    const server = await serve();
    const watcher = await watchTrusting();
    expect(IDS.map((id) => watcher.value(id))).toEqual([72.5, 20, 30, 'open', true, 7]);
    expect(Math.abs(watcher.client.link().skewMs ?? Number.NaN)).toBeLessThan(60_000);

    await server.tell({ cmd: 'set', id: 'TI-1', value: 999, status: 'BadSensorFailure' });
    await server.tell({ cmd: 'set', id: 'TI-2', value: 'NaN' });
    await server.tell({ cmd: 'set', id: 'TI-3', value: 31, status: 'UncertainLastUsableValue' });
    await server.tell({ cmd: 'set', id: 'XV-1', value: 9 });
    await watcher.until('the broken sensor', () => watcher.status('TI-1') === BAD_SENSOR_FAILURE);
    expect(watcher.value('TI-1')).toBeNull();
    await watcher.until('the others', () => ['TI-2', 'XV-1'].every((id) => watcher.all([id], 'bad')) && watcher.all(['TI-3'], 'uncertain'));
    expect([watcher.value('TI-2'), watcher.value('XV-1'), watcher.value('TI-3')]).toEqual([null, null, 31]);

    await server.tell({ cmd: 'set', id: 'TI-1', value: 73 });
    await watcher.until('the sensor is repaired', () => watcher.value('TI-1') === 73 && watcher.status('TI-1') === 0);
    expect(await watcher.client.readDescriptions()).toMatchObject({
      ok: true,
      value: expect.arrayContaining([{ tag: 'TI-1', unit: '°C', low: 0, high: 150 }, { tag: 'XV-1', states: ['closed', 'open', 'travelling', 'fault'] }, { tag: 'TI-2' }]) as unknown,
    });
  });

  it('REQ-DCS-05 a server that takes only two items a call gets all of them, and says who it is', async () => {
    port = await freePort();
    const server = await serve({ limits: { maxMonitoredItemsPerCall: 2, maxNodesPerRead: 2 } });
    const watcher = await watchTrusting();

    const open = await openSession({ endpointUrl: `opc.tcp://127.0.0.1:${port}`, pkiDir: path.join(folder, 'station') });
    if (!open.ok) throw new Error(open.reason.text);
    const { session, close } = open.value;
    // Proof of the limit: asking for all at once is refused.
    const subscription = ClientSubscription.create(session, { requestedPublishingInterval: 1000, publishingEnabled: true });
    const items = IDS.map((id) => ({ nodeId: `ns=3;s=${id}`, attributeId: 13 }));
    await expect(subscription.monitorItems(items, { samplingInterval: 0, queueSize: 1 }, TimestampsToReturn.Both)).rejects.toThrow(/BadTooManyOperations/);
    expect(await serverIdentity(open.value)).toMatchObject({
      applicationUri: 'urn:haven:test-server',
      namespaceUris: expect.arrayContaining([PLANT]) as unknown,
      certificateThumbprint: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown,
    });
    await close();

    expect((await server.tell({ cmd: 'stats' }))['items']).toContain(IDS.length);
    expect(watcher.client.link().lostTags).toEqual([]);
  });
});

describe('silence', () => {
  it('REQ-DCS-02 a frozen server: uncertain, then bad, no proof of life, and good again by itself after the thaw', async () => {
    port = await freePort();
    const server = await serve();
    const watcher = await watchTrusting();
    const aliveBefore = watcher.aliveCount;
    await watcher.until('an idle server proves its life', () => watcher.aliveCount >= aliveBefore + 2);

    await server.freeze();
    expect(processState(server.pid)).toBe('T');
    const frozenAt = performance.now();
    await watcher.until('all uncertain', () => watcher.all(IDS, 'uncertain'));
    const uncertainAfterMs = Math.round(performance.now() - frozenAt);
    expect(watcher.client.link().phase).toBe('frozen');
    expect(IDS.map((id) => watcher.status(id))).toEqual(IDS.map(() => STATUS.uncertainLastUsable));
    const aliveWhenNoticed = watcher.aliveCount;
    await watcher.until('all bad', () => watcher.all(IDS, 'bad'));
    const badAfterMs = Math.round(performance.now() - frozenAt);
    expect(IDS.map((id) => watcher.status(id))).toEqual(IDS.map(() => STATUS.badNoCommunication));
    expect(watcher.value('TI-1')).toBe(72.5);
    expect(watcher.aliveCount).toBe(aliveWhenNoticed);
    expect(processState(server.pid)).toBe('T');

    server.thaw();
    const thawedAt = performance.now();
    await watcher.until('all good', () => watcher.all(IDS, 'good'));
    console.log(`figures: frozen -> uncertain ${uncertainAfterMs} ms, -> bad ${badAfterMs} ms; thawed -> good ${Math.round(performance.now() - thawedAt)} ms`);
    expect(watcher.gaps.at(-1)?.toMs).toBeGreaterThan(watcher.gaps.at(-1)?.fromMs ?? Number.POSITIVE_INFINITY);
  });

  it('REQ-DCS-08 a server frozen for so long that the session dies is reconnected to when it thaws', async () => {
    port = await freePort();
    const server = await serve();
    const watcher = await watchTrusting(QUICK);
    await server.freeze();
    expect(processState(server.pid)).toBe('T');
    await watcher.until('the link is given up', () => watcher.client.link().phase === 'reconnecting');
    expect(watcher.all(IDS, 'bad')).toBe(true);
    server.thaw();
    await watcher.until('all good', () => watcher.all(IDS, 'good'));
    expect(watcher.gaps.at(-1)).toMatchObject({ reason: 'linkLost' });
  });

  it('REQ-DCS-08 a subscription that the server forgot is missed and made again', async () => {
    port = await freePort();
    const server = await serve();
    const watcher = await watchTrusting(QUICK);
    expect(await server.tell({ cmd: 'dropSubscriptions' })).toMatchObject({ dropped: 1 });
    expect(await server.tell({ cmd: 'stats' })).toMatchObject({ items: [] });
    await server.tell({ cmd: 'set', id: 'TI-1', value: 80 });
    await watcher.until('nothing is good', () => IDS.every((id) => !watcher.all([id], 'good')));
    await watcher.until('all good', () => watcher.all(IDS, 'good'));
    expect(watcher.value('TI-1')).toBe(80);
    expect(watcher.phases).toContain('frozen');
  });

  it('REQ-DCS-13 a server that publishes once a second at most is watched at that pace and not found frozen', async () => {
    port = await freePort();
    const server = await serve({ minPublishingIntervalMs: 1000 });
    const watcher = await watchTrusting({ uncertainAfterMs: 1500, badAfterMs: 2000 });
    const firstGood = watcher.aliveCount;
    const fromMs = performance.now();
    await watcher.until('six proofs of life', () => watcher.aliveCount >= firstGood + 6);
    // Proof of the slowness: at the pace that was asked for, six take at most 4.5 s even with nothing to say.
    expect(performance.now() - fromMs).toBeGreaterThan(4500);
    expect(watcher.phases).not.toContain('frozen');
    expect(watcher.gaps).toEqual([]);
    await server.freeze();
    expect(processState(server.pid)).toBe('T');
    await watcher.until('all bad', () => watcher.all(IDS, 'bad'));
    server.thaw();
    await watcher.until('all good', () => watcher.all(IDS, 'good'));
  });

  it('REQ-DCS-03 a line that holds everything back delivers old values, and none of them counts as good', async () => {
    const serverPort = await freePort();
    port = serverPort;
    const server = await serve();
    const line = await openSlowLine(serverPort);
    port = line.port;
    try {
      const watcher = await watchTrusting({ ...QUICK, transportTimeoutMs: 8000, rebuildAfterMs: 20_000 });
      line.delay(3000);
      const slowFromMs = performance.now();
      await server.tell({ cmd: 'set', id: 'TI-1', value: 149 });
      await watcher.until('nothing is good', () => IDS.every((id) => !watcher.all([id], 'good')));
      const told = watcher.samples.length;
      await watcher.until('old bytes arrive', () => line.lastDeliveryMs() > slowFromMs + 3000);
      await watcher.until('the old value, or the link is given up', () => watcher.value('TI-1') === 149 || watcher.client.link().phase === 'reconnecting');
      expect(watcher.samples.slice(told).filter((sample) => severityOf(sample.status) === 'good')).toEqual([]);
      line.delay(0);
      await watcher.until('all good', () => watcher.all(IDS, 'good'));
      expect(watcher.value('TI-1')).toBe(149);
    } finally {
      line.close();
    }
  });

  it('REQ-DCS-03 our own clock is set an hour ahead, and no value suffers', async () => {
    port = await freePort();
    await serve();
    let offsetMs = 0;
    const watcher = await watchTrusting({ uncertainAfterMs: 4000, clock: { nowMs: () => Date.now() + offsetMs } });
    const told = watcher.samples.length;
    offsetMs = 3_600_000;
    await watcher.until('the clocks are compared anew', () => (watcher.client.link().skewMs ?? 0) < -3_500_000);
    const alive = watcher.aliveCount;
    await watcher.until('life goes on', () => watcher.aliveCount >= alive + 3);
    expect(watcher.samples.slice(told).filter((sample) => severityOf(sample.status) !== 'good')).toEqual([]);
  });

  it('REQ-DCS-09 a message lost on the way is missed, everything is read again and the gap is told', async () => {
    port = await freePort();
    const server = await serve();
    const watcher = await watchTrusting();
    const told = watcher.samples.length;
    expect(await server.tell({ cmd: 'skipSequence' })).toMatchObject({ skipped: [expect.any(Number)] });
    await watcher.until('the gap', () => watcher.gaps.some((gap) => gap.reason === 'sequence'));
    expect(watcher.gaps.at(-1)).toMatchObject({ reason: 'sequence', lost: 1 });
    await watcher.until('a read of everything', () => watcher.samples.length >= told + IDS.length);
    expect(watcher.client.link().phase).toBe('connected');
  });
});

describe('a server that is killed and comes back otherwise', () => {
  it('REQ-DCS-04 with its namespaces in another order, the tags are still the plant\'s', async () => {
    port = await freePort();
    const first = await serve({ decoyValue: 666 });
    const watcher = await watchTrusting();
    const before = await first.tell({ cmd: 'stats' });
    await first.kill();
    expect(processState(first.pid)).not.toBe('S');
    const killedAt = performance.now();
    await watcher.until('nothing is good', () => IDS.every((id) => !watcher.all([id], 'good')));
    const noticedMs = Math.round(performance.now() - killedAt);

    const second = await serve({ namespaces: [PLANT, OTHER], decoyValue: 666, tags: SERVER_TAGS.map((tag) => (tag.id === 'TI-1' ? { ...tag, value: 75 } : tag)) });
    const backAt = performance.now();
    expect((await second.tell({ cmd: 'stats' }))['namespaceIndex']).not.toBe(before['namespaceIndex']);
    await watcher.until('all good', () => watcher.all(IDS, 'good'));
    console.log(`figures: killed -> noticed ${noticedMs} ms; server back -> all good ${Math.round(performance.now() - backAt)} ms`);
    expect(watcher.value('TI-1')).toBe(75);
    expect(watcher.samples.some((sample) => sample.value === 666)).toBe(false);
  });

  it('REQ-DCS-08 with fewer nodes, the lost tags are named and bad until they return', async () => {
    port = await freePort();
    const first = await serve();
    const watcher = await watchTrusting(QUICK);
    await first.kill();
    const second = await serve({ tags: SERVER_TAGS.filter((tag) => tag.id !== 'TI-2' && tag.id !== 'XV-1') });
    await watcher.until('the lost tags are named', () => watcher.client.link().lostTags.length === 2 && watcher.all(['TI-1', 'TI-3'], 'good'));
    expect(watcher.client.link()).toMatchObject({ phase: 'connected', lostTags: ['TI-2', 'XV-1'] });
    expect([watcher.status('TI-2'), watcher.status('XV-1')]).toEqual([STATUS.badNodeIdUnknown, STATUS.badNodeIdUnknown]);

    // And one that vanishes while the server runs.
    expect(await second.tell({ cmd: 'removeNode', id: 'TI-3' })).toEqual({ ok: true });
    await watcher.until('the vanished tag is named', () => watcher.client.link().lostTags.includes('TI-3'));
    await watcher.until('the vanished tag is bad', () => watcher.status('TI-3') === STATUS.badNodeIdUnknown);

    await second.kill();
    await serve();
    await watcher.until('all good', () => watcher.all(IDS, 'good'));
    expect(watcher.client.link().lostTags).toEqual([]);
  });
});
