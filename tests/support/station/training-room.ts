/** A simulated peroxide plant in its own process and a station that trains on it, in this process: set up before all tests of the file, gone after them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startStation } from '../../../src/main/station/index.ts';
import type { Station } from '../../../src/main/station/index.ts';
import { freePort, ROOT, startProcess } from './processes.ts';
import type { Running } from './processes.ts';

const SECRET = 'instructor-of-the-test';

/** `station()` throws before it has started. */
export function trainingRoom(name: string): { readonly dataDir: string; station(): Station } {
  const dir = mkdtempSync(join(tmpdir(), `haven-${name}-`));
  const dataDir = join(dir, 'data');
  let simulator: Running | null = null;
  let station: Station | null = null;

  beforeAll(async () => {
    const [port, instructorPort] = [await freePort(), await freePort()];
    simulator = await startProcess(['simulators/server/main.ts', '--plant', 'h2o2', '--port', String(port), '--instructor-port', String(instructorPort), '--pki', join(dir, 'simulator-pki')], 'READY', { HAVEN_INSTRUCTOR_SECRET: SECRET });
    const { endpoint = '', certificate = '', instructorEndpoint = '', instructorCertificate = '' } = simulator.ready;
    const started = await startStation({ dataDir, plant: 'h2o2', training: true, rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), endpoint, simulatorCertificate: certificate, instructorEndpoint, instructorCertificate, instructorSecret: SECRET });
    if (!started.ok) throw new Error(started.problem.message);
    station = started.station;
  }, 60_000);
  afterAll(async () => {
    await station?.stop();
    await simulator?.end();
    rmSync(dir, { recursive: true, force: true });
  });
  return { dataDir, station: () => { if (station === null) throw new Error('the station has not started'); return station; } };
}
