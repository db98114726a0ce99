/** The one place that can act on something outside acts only on what proves itself a simulator (docs/security.md, docs/design/training.md). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDcsClient } from '../../src/main/dcs/index.ts';
import { objectionTo, PlantDesk } from '../../src/main/training/simulator-link.ts';
import { freePort, killAllServers, startServer } from '../support/opcua/server-process.ts';
import { openScene } from '../support/station/processes.ts';

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
    expect(objectionTo(identity, given, 'h2o2')).toMatch(says);
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
  } finally {
    await scene.close();
  }
});
