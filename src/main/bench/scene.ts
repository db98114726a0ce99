/** The real parts of a benchmark: the simulator's server in one process, `haven serve` in another, both on loopback and free ports. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDcsClient } from '../dcs/index.ts';
import { InstructorDesk } from '../training/simulator-link.ts';
import { BENCH_PLANT, writeBenchPack } from './bench-pack.ts';
import type { BenchPack } from './bench-pack.ts';
import { freePort, startProcess } from './child-process.ts';
import type { Running } from './child-process.ts';

export const PLANT_NAMESPACE = 'urn:haven:plant:h2o2';

export interface Scene {
  readonly endpoint: string;
  readonly certificate: string;
  readonly instructor: InstructorDesk;
  /** Starts a station on the data folder of that name; the same name again is a restart. */
  startStation(dataName: string): Promise<Running>;
  /** The plant's server dies at once, without a word. */
  killPlant(): void;
  close(): Promise<void>;
}

/** A simulated plant with `tags` tags, its instructor, and a pack that watches them all. `builtConsole`: the real one, for a browser. */
export async function openScene(dir: string, tags: number, builtConsole?: string): Promise<Scene> {
  mkdirSync(dir, { recursive: true });
  const pack = writeBenchPack(dir, tags);
  const secret = randomBytes(16).toString('hex');
  const [port, instructorPort] = [await freePort(), await freePort()];
  const plant = await startProcess([
    'simulators/server/main.ts', '--plant', 'h2o2', '--port', String(port), '--instructor-port', String(instructorPort), '--pki', join(dir, 'simulator-pki'), '--extra-tags', String(pack.extraTags), '--exit-with-parent',
  ], 'READY', { HAVEN_INSTRUCTOR_SECRET: secret });
  const { endpoint = '', certificate = '', instructorEndpoint = '', instructorCertificate = '' } = plant.ready;
  const stations: Running[] = [];
  try {
    const pkiDir = join(dir, 'bench-pki');
    await trust(pkiDir, [certificate, instructorCertificate]);
    const opened = await InstructorDesk.open({ endpointUrl: instructorEndpoint, pkiDir, secret });
    if (!opened.ok) throw new Error(`the instructor of the simulator cannot be reached: ${opened.reason}`);
    const consoleDir = builtConsole ?? emptyConsole(dir);
    return {
      endpoint, certificate, instructor: opened.desk,
      startStation: async (dataName) => {
        const station = await startProcess(stationArgs({ endpoint, certificate, pack, consoleDir, data: join(dir, dataName), port: await freePort() }), 'HAVEN READY');
        stations.push(station);
        return station;
      },
      killPlant: () => { process.kill(plant.pid, 'SIGKILL'); },
      close: async () => {
        await opened.desk.close();
        await Promise.all([plant, ...stations].map((each) => each.end()));
      },
    };
  } catch (error) {
    await plant.end();
    throw error;
  }
}

/** TRAINING, because that takes the simulator's certificate from the start; without an instructor's endpoint nothing else differs. */
function stationArgs(given: { endpoint: string; certificate: string; pack: BenchPack; consoleDir: string; data: string; port: number }): string[] {
  return [
    'src/main/cli.ts', 'serve', '--training', '--exit-with-parent', '--plant', BENCH_PLANT, '--port', String(given.port), '--data', given.data, '--endpoint', given.endpoint,
    '--simulator-certificate', given.certificate, '--rules', given.pack.rulesDir, '--procedures', given.pack.proceduresDir, '--console', given.consoleDir,
  ];
}

/** The probe is the console here; no page is ever asked for. */
function emptyConsole(dir: string): string {
  const consoleDir = join(dir, 'console');
  mkdirSync(consoleDir, { recursive: true });
  writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>-</title>');
  return consoleDir;
}

async function trust(pkiDir: string, certificates: readonly string[]): Promise<void> {
  const store = createDcsClient({ endpointUrl: 'opc.tcp://127.0.0.1:1', namespaceUri: 'urn:none', applicationName: 'Haven benchmark', pkiDir, clock: { nowMs: () => Date.now() }, tags: [] });
  for (const certificate of certificates) {
    const trusted = await store.importTrusted(certificate);
    if (!trusted.ok) throw new Error(trusted.reason.text);
  }
  await store.stop();
}
