/**
 * V32: every plant as a process of its own, with history and alarms, at 50 times real time, all at once on this machine:
 * `npm run bench:simulators -- [--seconds 30] [--speed 50] [--plants h2o2,ammonia-synthesis]`. Prints what each has reached. The machine decides, no test does.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClientSession } from 'node-opcua';
import { AttributeIds, constructEventFilter, MessageSecurityMode, OPCUACertificateManager, OPCUAClient, SecurityPolicy, TimestampsToReturn, UserTokenType } from 'node-opcua';
import { PLANT_IDS } from '../machine/definition.ts';
import type { PlantId } from '../machine/definition.ts';
import { PLANTS } from '../plants/index.ts';

const SECRET = 'bench';
const CLOCK_TICKS_S = 100;
const SETTLE_MS = 5_000;

interface Started { readonly plant: PlantId; readonly child: ChildProcess; readonly client: OPCUAClient; readonly events: OPCUAClient; readonly session: ClientSession; readonly method: (name: string) => { objectId: string; methodId: string } }
interface Reading { readonly simTimeS: number; readonly speed: number; readonly cpuS: number; readonly rssMb: number; readonly snapshotMb: number; readonly trackMb: number }

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function open(url: string, certificates: OPCUACertificateManager): Promise<OPCUAClient> {
  const client = OPCUAClient.create({ applicationName: 'bench', applicationUri: 'urn:haven:bench', clientCertificateManager: certificates, securityMode: MessageSecurityMode.SignAndEncrypt, securityPolicy: SecurityPolicy.Basic256Sha256, endpointMustExist: false, connectionStrategy: { maxRetry: 3, initialDelay: 200, maxDelay: 1_000 } });
  await client.connect(url);
  return client;
}

async function start(plant: PlantId, speed: number, folder: string, certificates: OPCUACertificateManager): Promise<Started> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--plant', plant, '--port', String(await freePort()), '--instructor-port', String(await freePort()), '--pki', join(folder, plant), '--speed', String(speed), '--exit-with-parent'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, HAVEN_INSTRUCTOR_SECRET: SECRET } });
  const ready = await new Promise<{ endpoint: string; instructorEndpoint: string }>((done, fail) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const line = /^READY (.*)$/mu.exec(said)?.[1];
      if (line !== undefined) done(JSON.parse(line) as { endpoint: string; instructorEndpoint: string });
    });
    child.once('exit', (code) => fail(new Error(`${plant} ended with ${String(code)}`)));
  });
  // a client that wants values of every tag and all events, as a station would
  const events = await open(ready.endpoint, certificates);
  const listening = await events.createSession();
  const subscription = await listening.createSubscription2({ requestedPublishingInterval: 250, requestedLifetimeCount: 1_000, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 });
  const namespace = (await listening.readNamespaceArray()).indexOf(`urn:haven:plant:${plant}`);
  await subscription.monitor({ nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier }, { samplingInterval: 0, queueSize: 1_000, discardOldest: true, filter: constructEventFilter(['Message']) }, TimestampsToReturn.Both);
  const tags = PLANTS[plant]?.tags ?? [];
  await subscription.monitorItems(tags.map(({ id }) => ({ nodeId: `ns=${namespace};s=${id}`, attributeId: AttributeIds.Value })), { samplingInterval: 0, queueSize: 10, discardOldest: true }, TimestampsToReturn.Both);
  const client = await open(ready.instructorEndpoint, certificates);
  const session = await client.createSession({ type: UserTokenType.UserName, userName: 'instructor', password: SECRET });
  const own = (await session.readNamespaceArray()).indexOf('urn:haven:instructor');
  return { plant, child, client, events, session, method: (name) => ({ objectId: `ns=${own};s=Instructor`, methodId: `ns=${own};s=Instructor.${name}` }) };
}

async function read({ child, session, method }: Started): Promise<Reading> {
  const answer = await session.call({ ...method('Status'), inputArguments: [] });
  const status = JSON.parse(String(answer.outputArguments?.[0]?.value)) as { simTimeS: number; speed: number; memory: { snapshotBytes: number; trackBytes: number } };
  const stat = readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const rss = Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${String(child.pid)}/status`, 'utf8'))?.[1] ?? 0);
  return { simTimeS: status.simTimeS, speed: status.speed, cpuS: (Number(stat[11]) + Number(stat[12])) / CLOCK_TICKS_S, rssMb: rss / 1_024, snapshotMb: status.memory.snapshotBytes / 1e6, trackMb: status.memory.trackBytes / 1e6 };
}

async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' }, speed: { type: 'string', default: '50' }, plants: { type: 'string' } } });
  const wanted = values.plants?.split(',');
  const plants = PLANT_IDS.filter((id) => PLANTS[id] !== undefined && (wanted === undefined || wanted.includes(id)));
  const folder = mkdtempSync(join(tmpdir(), 'haven-bench-simulators-'));
  const certificates = new OPCUACertificateManager({ rootFolder: join(folder, 'client'), automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  const started: Started[] = [];
  try {
    for (const plant of plants) started.push(await start(plant, Number(values.speed), folder, certificates));
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    const before = await Promise.all(started.map(read));
    const beganMs = performance.now();
    await new Promise((done) => setTimeout(done, Number(values.seconds) * 1_000));
    const after = await Promise.all(started.map(read));
    const wallS = (performance.now() - beganMs) / 1_000;
    const rows = started.map(({ plant }, i) => {
      const [a, b] = [before[i], after[i]];
      if (!a || !b) throw new Error('no reading');
      return { plant, asked: b.speed, reached: round((b.simTimeS - a.simTimeS) / wallS), cpuPercent: round(((b.cpuS - a.cpuS) / wallS) * 100), rssMb: round(b.rssMb), snapshotMb: round(b.snapshotMb), trackMb: round(b.trackMb), simTimeS: round(b.simTimeS) };
    });
    process.stdout.write(`${JSON.stringify({ wallS: round(wallS), cores: availableParallelism(), load1: round(loadavg()[0] ?? 0), plants: rows }, null, 2)}\n`);
  } finally {
    for (const { client, events, child } of started) {
      await Promise.allSettled([client.disconnect(), events.disconnect()]);
      child.kill('SIGTERM');
    }
    await certificates.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

await bench();
process.exit(0);
