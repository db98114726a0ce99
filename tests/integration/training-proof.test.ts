/** The one place that can act on something outside acts only on what proves itself a simulator (docs/security.md, docs/design/training.md). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDcsClient } from '../../src/main/dcs/index.ts';
import type { LinkState } from '../../src/main/dcs/index.ts';
import { severityOf } from '../../src/domain/samples/sample.ts';
import { startStation } from '../../src/main/station/index.ts';
import { objectionTo, PlantDesk } from '../../src/main/training/simulator-link.ts';
import { freePort, killAllServers, startServer } from '../support/opcua/server-process.ts';
import { Watcher } from '../support/opcua/watcher.ts';
import { openScene, ROOT } from '../support/station/processes.ts';

const PLANT = 'urn:haven:plant:h2o2';
const SIMULATOR = 'urn:haven:simulator';
const TRUE_URI = 'urn:haven:simulator:h2o2';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-proof-'));
});

afterAll(async () => {
  await killAllServers();
  rmSync(dir, { recursive: true, force: true });
});

async function trust(pkiDir: string, certificate: string): Promise<void> {
  const store = createDcsClient({ endpointUrl: 'opc.tcp://127.0.0.1:1', namespaceUri: PLANT, applicationName: 'Haven', pkiDir, clock: { nowMs: () => Date.now() }, tags: [] });
  expect((await store.importTrusted(certificate)).ok).toBe(true);
  await store.stop();
}

const isRefused = (link: LinkState): boolean => link.phase === 'failed';
/** A station's own window on a server, of which it expects one thing. */
async function listen(endpointUrl: string, pkiDir: string, expects: 'plant' | 'simulator', tag: string, until: (link: LinkState) => boolean): Promise<{ link: LinkState; heard: boolean }> {
  const client = createDcsClient({ endpointUrl, namespaceUri: PLANT, applicationName: 'Haven', pkiDir, clock: { nowMs: () => Date.now() }, expects, tags: [{ id: tag, kind: 'analog', scanMs: 1_000 }] });
  const watcher = new Watcher(client);
  await client.start();
  await watcher.until(`${expects} at ${endpointUrl}`, () => until(client.link()));
  const link = client.link();
  const hears = (): boolean => watcher.samples.some(({ status }) => severityOf(status) === 'good');
  // Connected first, the first value after it: on a busy machine a good while after it.
  if (!isRefused(link)) await watcher.until(`a value of ${tag}`, hears);
  await client.stop();
  return { link, heard: hears() };
}

describe('a simulator proves itself by three things, and each alone is not enough', () => {
  const proof = { simulator: true, plant: 'h2o2' };
  test.each([
    ['another certificate', { applicationUri: 'urn:some:dcs', namespaceUris: [SIMULATOR] }, proof, /certificate/u],
    ['no certificate name', { applicationUri: null, namespaceUris: [SIMULATOR] }, proof, /certificate/u],
    ['the simulator of another plant', { applicationUri: 'urn:haven:simulator:ammonia', namespaceUris: [SIMULATOR] }, proof, /certificate/u],
    ['no simulator namespace', { applicationUri: TRUE_URI, namespaceUris: [PLANT] }, proof, /namespace/u],
    ['no proof variable', { applicationUri: TRUE_URI, namespaceUris: [SIMULATOR] }, null, /proof/u],
    ['a proof that says no', { applicationUri: TRUE_URI, namespaceUris: [SIMULATOR] }, { simulator: false }, /proof/u],
    ['a proof that says it as a word', { applicationUri: TRUE_URI, namespaceUris: [SIMULATOR] }, { simulator: 'true' }, /proof/u],
  ])('%s: refused', (_what, identity, given, says) => {
    const objection = objectionTo(identity, given, 'h2o2');
    expect(objection?.en).toMatch(says);
    expect(objection?.zh).toMatch(/[\u4e00-\u9fff]/u);
  });

  test('all three: believed', () => {
    expect(objectionTo({ applicationUri: TRUE_URI, namespaceUris: [PLANT, SIMULATOR] }, proof, 'h2o2')).toBeNull();
  });
});

test('a trusted server that claims the namespaces and the proof, but has not the certificate, is never written to', async () => {
  const port = await freePort();
  const pkiDir = join(dir, 'server');
  const server = await startServer({ port, pkiDir, namespaces: [SIMULATOR, PLANT], plantUri: PLANT, tags: [{ id: 'HS-4001', type: 'Boolean', value: false }, { id: 'proof', type: 'String', value: '{"simulator":true,"plant":"h2o2","buttons":{"stop":"HS-4001","evacuate":"HS-4002","reset":"HS-4003"}}' }] });
  await trust(join(dir, 'station'), join(pkiDir, 'own/certs/certificate.pem'));
  const opened = await PlantDesk.open({ endpointUrl: `opc.tcp://127.0.0.1:${port}`, pkiDir: join(dir, 'station'), plant: 'h2o2', namespaceUri: PLANT });
  expect(opened).toMatchObject({ ok: false, reason: expect.stringContaining('certificate') as unknown });
  // REQ-INS-16: nor does either mode listen to it, each for its own reason
  expect(await listen(`opc.tcp://127.0.0.1:${port}`, join(dir, 'station'), 'simulator', 'TI-1', isRefused)).toMatchObject({ heard: false, link: { reason: { code: 'IsNotSimulator', text: expect.stringContaining('certificate') as unknown } } });
  expect(await listen(`opc.tcp://127.0.0.1:${port}`, join(dir, 'station'), 'plant', 'TI-1', isRefused)).toMatchObject({ heard: false, link: { reason: { code: 'IsSimulator', text: expect.stringContaining('namespace') as unknown } } });
  await server.kill();
});

test('REQ-INS-16 a plant: OPERATION hears it, TRAINING does not listen to it, whoever has trusted it', async () => {
  const port = await freePort();
  const pkiDir = join(dir, 'plant');
  const server = await startServer({ port, pkiDir, namespaces: [PLANT], plantUri: PLANT, tags: [{ id: 'TI-1', type: 'Double', value: 20 }] });
  await trust(join(dir, 'station-2'), join(pkiDir, 'own/certs/certificate.pem'));
  const url = `opc.tcp://127.0.0.1:${port}`;
  expect(await listen(url, join(dir, 'station-2'), 'plant', 'TI-1', ({ phase }) => phase === 'connected')).toMatchObject({ heard: true });
  expect(await listen(url, join(dir, 'station-2'), 'simulator', 'TI-1', isRefused)).toMatchObject({ heard: false, link: { reason: { code: 'IsNotSimulator' } } });
  await server.kill();
});

test('the simulator is believed, and its push button can be pressed', async () => {
  const scene = await openScene('proof');
  try {
    const pkiDir = join(scene.dir, 'station-pki');
    await trust(pkiDir, scene.plant.ready['certificate'] ?? '');
    const opened = await PlantDesk.open({ endpointUrl: scene.plant.ready['endpoint'] ?? '', pkiDir, plant: 'h2o2', namespaceUri: PLANT });
    if (!opened.ok) throw new Error(opened.reason);
    expect(await opened.desk.press('stop')).toEqual({ ok: true });
    const status = await scene.instructor.call('Status');
    expect(status).toMatchObject({ ok: true, value: { emergencyStop: true } });
    await opened.desk.close();

    // REQ-INS-16: the same server, trusted and in the best of health, is not heard in OPERATION, and nobody is asked to trust it
    const endpoint = scene.plant.ready['endpoint'] ?? '';
    expect(await listen(endpoint, pkiDir, 'simulator', 'TI-4203', ({ phase }) => phase === 'connected')).toMatchObject({ heard: true });
    expect(await listen(endpoint, pkiDir, 'plant', 'TI-4203', isRefused)).toMatchObject({ heard: false, link: { reason: { code: 'IsSimulator', text: expect.stringContaining('certificate') as unknown } } });
    expect(await listen(scene.plant.ready['instructorEndpoint'] ?? '', join(scene.dir, 'never-trusted'), 'plant', 'TI-4203', isRefused)).toMatchObject({ link: { reason: { code: 'IsSimulator' } } });
    const started = await startStation({ dataDir: join(scene.dir, 'operation'), plant: 'h2o2', training: false, rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), endpoint });
    if (!started.ok) throw new Error(started.problem.message);
    let hear: (text: string) => void = () => undefined;
    let shown = '';
    started.station.connect({ send: (text) => { if (text.includes('生产模式绝不听仿真装置的数据') && text.includes('never listens to one')) shown = text; }, onMessage: (callback) => { hear = callback; }, onClose: () => undefined });
    for (let i = 0; i < 200 && shown === ''; i += 1) {
      hear(JSON.stringify({ kind: 'request', id: `view-${String(i)}`, command: 'view.snapshot', input: {} }));
      await new Promise((soon) => setTimeout(soon, 100));
    }
    expect(shown).toContain('"phase":"failed"');
    expect(started.station.core.plant.engine.readingOf('TI-4203')?.quality ?? 'none').not.toBe('good');
    await started.station.stop();
  } finally {
    await scene.close();
  }
});
