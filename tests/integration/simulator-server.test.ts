import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import type { ClientSession, DataValue, OPCUAClient as Client } from 'node-opcua-client';
import { AttributeIds, DataType, MessageSecurityMode, OPCUAClient, SecurityPolicy, TimestampsToReturn, UserTokenType } from 'node-opcua-client';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../simulators/server/main.ts');
const SECRET = 'only-for-this-test';

interface Ready { endpoint: string; instructorEndpoint: string; certificate: string; instructorCertificate: string; pid: number }
interface Started { process: ChildProcess; ready: Ready }

const folder = mkdtempSync(join(tmpdir(), 'haven-simulator-'));
let port = 0;
let instructorPort = 0;
let simulator: Started;
let certificates: OPCUACertificateManager;
const clients: Client[] = [];

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function spawnSimulator(args: readonly string[], env: Record<string, string> = { HAVEN_INSTRUCTOR_SECRET: SECRET }): ChildProcess {
  const { HAVEN_INSTRUCTOR_SECRET: _dropped, ...rest } = process.env;
  return spawn(process.execPath, [MAIN, '--plant', 'h2o2', ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...rest, ...env } });
}

async function start(args: readonly string[]): Promise<Started> {
  const child = spawnSimulator(args);
  const ready = await new Promise<Ready>((done, fail) => {
    let out = '';
    let err = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const line = /^READY (.*)$/m.exec(out);
      if (line) done(JSON.parse(line[1]!) as Ready);
    });
    child.stderr!.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.once('exit', (code) => fail(new Error(`the simulator ended with ${code}: ${err}`)));
  });
  return { process: child, ready };
}

async function ended(child: ChildProcess): Promise<{ code: number | null; err: string }> {
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => { err += chunk.toString(); });
  return new Promise((done) => child.once('close', (code) => done({ code, err })));
}

function newClient(mode = MessageSecurityMode.SignAndEncrypt, policy = SecurityPolicy.Basic256Sha256): Client {
  const client = OPCUAClient.create({
    applicationName: 'simulator test', applicationUri: 'urn:haven:test:simulator', clientCertificateManager: certificates, securityMode: mode, securityPolicy: policy, endpointMustExist: true,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 },
  });
  clients.push(client);
  return client;
}

let plant: ClientSession;
let instructor: ClientSession;
let plantNamespace = 0;
let instructorNamespace = 0;

const node = (id: string): string => `ns=${plantNamespace};s=${id}`;
async function value(id: string): Promise<DataValue> {
  return plant.read({ nodeId: node(id), attributeId: AttributeIds.Value }, 0);
}
async function property(id: string, name: string): Promise<unknown> {
  const browsed = await plant.browse({ nodeId: node(id), browseDirection: 0, resultMask: 63, includeSubtypes: true, referenceTypeId: 'HasProperty', nodeClassMask: 0 });
  const found = browsed.references?.find((r) => r.browseName.name === name);
  if (!found) return undefined;
  return (await plant.read({ nodeId: found.nodeId, attributeId: AttributeIds.Value })).value.value;
}
async function call(method: string, ...args: (string | number)[]): Promise<{ status: string; result: Record<string, unknown> }> {
  const answer = await instructor.call({
    objectId: `ns=${instructorNamespace};s=Instructor`, methodId: `ns=${instructorNamespace};s=Instructor.${method}`,
    inputArguments: args.map((v) => ({ dataType: typeof v === 'number' ? DataType.Double : DataType.String, value: v })),
  });
  const text = answer.outputArguments?.[0]?.value as string | undefined;
  return { status: answer.statusCode.name, result: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
async function press(id: string, on = true): Promise<string> {
  return (await plant.write({ nodeId: node(id), attributeId: AttributeIds.Value, value: { value: { dataType: DataType.Boolean, value: on } } })).name;
}
async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 250));
  }
  expect.fail(`never came true: ${what}`);
}

beforeAll(async () => {
  port = await freePort();
  instructorPort = await freePort();
  certificates = new OPCUACertificateManager({ rootFolder: join(folder, 'client'), automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  simulator = await start(['--port', String(port), '--instructor-port', String(instructorPort), '--pki', join(folder, 'pki'), '--extra-tags', '40']);
  const plantClient = newClient();
  await plantClient.connect(simulator.ready.endpoint);
  plant = await plantClient.createSession();
  plantNamespace = (await plant.readNamespaceArray()).indexOf('urn:haven:plant:h2o2');
  const instructorClient = newClient();
  await instructorClient.connect(simulator.ready.instructorEndpoint);
  instructor = await instructorClient.createSession({ type: UserTokenType.UserName, userName: 'instructor', password: SECRET });
  instructorNamespace = (await instructor.readNamespaceArray()).indexOf('urn:haven:instructor');
});

afterAll(async () => {
  for (const client of clients) await client.disconnect().catch(() => undefined);
  if (simulator?.process.exitCode === null) {
    const gone = ended(simulator.process);
    simulator.process.kill('SIGKILL');
    await gone;
  }
  await certificates?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('REQ-SIM-11 the plant endpoint', () => {
  test('READY names the endpoints and certificates, and the certificates carry the application URIs', () => {
    expect(simulator.ready.endpoint).toBe(`opc.tcp://127.0.0.1:${port}/haven/h2o2`);
    expect(simulator.ready.pid).toBe(simulator.process.pid);
    expect(new X509Certificate(readFileSync(simulator.ready.certificate)).subjectAltName).toContain('urn:haven:simulator:h2o2');
    expect(new X509Certificate(readFileSync(simulator.ready.instructorCertificate)).subjectAltName).toContain('urn:haven:instructor:h2o2');
    expect(simulator.ready.certificate).toContain(join(folder, 'pki'));
  });

  test('it proves that it is a simulator', async () => {
    const namespace = (await plant.readNamespaceArray()).indexOf('urn:haven:simulator');
    const proof = await plant.read({ nodeId: `ns=${namespace};s=proof`, attributeId: AttributeIds.Value });
    expect(JSON.parse(proof.value.value as string)).toMatchObject({ simulator: true, plant: 'h2o2' });
  });

  test('analog tags have unit and range, discrete tags their words, samples a source time of now and a good status', async () => {
    expect(await property('TI-4203', 'EURange')).toMatchObject({ low: 0, high: 100 });
    expect(await property('TI-4203', 'EngineeringUnits')).toMatchObject({ displayName: { text: 'degC' } });
    expect(((await property('XV-4101', 'EnumStrings')) as { text: string }[]).map((t) => t.text)).toEqual(['closed', 'open', 'travelling', 'fault']);
    expect(((await property('K-4201', 'EnumStrings')) as { text: string }[]).map((t) => t.text)).toEqual(['stopped', 'running', 'fault']);
    const sample = await value('TI-4203');
    expect(sample.statusCode.name).toBe('Good');
    expect(Math.abs((sample.value.value as number) - 52)).toBeLessThan(1);
    expect(Math.abs(Date.now() - sample.sourceTimestamp!.getTime())).toBeLessThan(10_000);
    expect((await value('HB-4000')).value.dataType).toBe(DataType.Int32);
    expect((await value('I-4200-TRIP')).value.value).toBe(false);
    expect((await value('BX-00040')).value.dataType).toBe(DataType.Double);
  });

  test('values come by exception with sampling interval 0', async () => {
    const subscription = await plant.createSubscription2({ requestedPublishingInterval: 250, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 });
    const item = await subscription.monitor({ nodeId: node('HB-4000'), attributeId: AttributeIds.Value }, { samplingInterval: 0, queueSize: 10, discardOldest: true }, TimestampsToReturn.Both);
    const beats: number[] = [];
    item.on('changed', (dataValue: DataValue) => beats.push(dataValue.value.value as number));
    await eventually('three heartbeats', async () => beats.length >= 3);
    expect(beats[2]! - beats[1]!).toBe(1);
    await subscription.terminate();
  });

  test('tags cannot be written by a client', async () => {
    const answer = await plant.write({ nodeId: node('TI-4203'), attributeId: AttributeIds.Value, value: { value: { dataType: DataType.Double, value: 20 } } });
    expect(answer.name).toMatch(/BadNotWritable|BadUserAccessDenied/);
  });

  test('a connection without security gets the list of endpoints and nothing else; every endpoint of the list signs and encrypts', async () => {
    const client = newClient(MessageSecurityMode.None, SecurityPolicy.None);
    await client.connect(simulator.ready.endpoint);
    const modes = (await client.getEndpoints()).map((e) => e.securityMode);
    expect(modes.length).toBeGreaterThan(0);
    expect(new Set(modes)).toEqual(new Set([MessageSecurityMode.SignAndEncrypt]));
    await expect(client.createSession()).rejects.toThrow();
    await client.disconnect();
  });

  test('a connection that only signs is refused', async () => {
    await expect(newClient(MessageSecurityMode.Sign, SecurityPolicy.Basic256Sha256).connect(simulator.ready.endpoint)).rejects.toThrow();
  });

  test.each([SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss])('the policy %s works as well', async (policy) => {
    const client = newClient(MessageSecurityMode.SignAndEncrypt, policy);
    await client.connect(simulator.ready.endpoint);
    const session = await client.createSession();
    await session.close();
    await client.disconnect();
  });
});

describe('REQ-SIM-13 the instructor endpoint', () => {
  test('a wrong password and an anonymous session are refused', async () => {
    const client = newClient();
    await client.connect(simulator.ready.instructorEndpoint);
    await expect(client.createSession({ type: UserTokenType.UserName, userName: 'instructor', password: 'guess' })).rejects.toThrow();
    await expect(client.createSession({ type: UserTokenType.UserName, userName: 'admin', password: SECRET })).rejects.toThrow();
    await expect(client.createSession()).rejects.toThrow();
    await client.disconnect();
  });

  test('bad arguments are answered with BadInvalidArgument and a sentence, and nothing crashes', async () => {
    const bad: [string, ...(string | number)[]][] = [
      ['Inject', 'F9-99', '{}'], ['Inject', 'F4-02', '{"severity":9}'], ['Inject', 'F4-02', 'not json'], ['Clear', 'nothing'], ['SetSpeed', 51], ['SetSpeed', Number.NaN], ['Restore', 'never taken'], ['Snapshot', ''],
      ['Command', 'HS-9999', 'true'], ['Command', 'HS-4001', 'perhaps'], ['FieldAction', '[]'], ['FieldAction', '{"kind":"people","zone":"PC-4100","count":1e9}'], ['SetTag', 'TI-9999', '1'], ['SetTag', 'TI-4203', '"hot"'], ['SetTag', 'XV-4101', '17'],
    ];
    for (const [method, ...args] of bad) {
      const { status, result } = await call(method, ...args);
      expect(status, `${method} ${args.join(' ')}`).toBe('BadInvalidArgument');
      expect(String(result['error'] ?? '').length, `${method} ${args.join(' ')}`).toBeGreaterThan(10);
    }
    expect((await call('Status')).status).toBe('Good');
  });

  test('a pinned tag shows exactly that number until it is released', async () => {
    expect((await call('SetTag', 'TI-4203', '59.9')).status).toBe('Good');
    expect((await value('TI-4203')).value.value).toBe(59.9);
    await call('SetTag', 'TI-4203', 'null');
    await eventually('the pin is released', async () => (await value('TI-4203')).value.value !== 59.9);
  });

  test('a bad transmitter shows a bad status code, not a good number', async () => {
    await call('FieldAction', '{"kind":"sensor","tag":"TI-4101","malfunction":"bad-quality"}');
    await eventually('BadSensorFailure', async () => (await value('TI-4101')).statusCode.name === 'BadSensorFailure');
    await call('FieldAction', '{"kind":"sensor","tag":"TI-4101","malfunction":null}');
    await eventually('Good again', async () => (await value('TI-4101')).statusCode.name === 'Good');
  });

  test('freeze stops the heartbeat and simulated time, resume lets them go on', async () => {
    await call('Freeze');
    const beat = (await value('HB-4000')).value.value as number;
    const frozenAtS = (await call('Status')).result['simTimeS'];
    await new Promise((done) => setTimeout(done, 2500));
    expect((await value('HB-4000')).value.value).toBe(beat);
    expect((await call('Status')).result['simTimeS']).toBe(frozenAtS);
    await call('Resume');
    await eventually('the heart beats again', async () => ((await value('HB-4000')).value.value as number) > beat);
  });

  test('S-OX-RUNAWAY end to end: snapshot, bypass, inject at speed 20, see 60 degC, stop, see the effects, go back to the snapshot', async () => {
    expect((await call('Snapshot', 'before')).result).toMatchObject({ id: 'before' });
    expect(await press('HS-I-4200-BYP')).toBe('Good');
    expect((await call('Inject', 'F4-02F', '{"severity":1}')).status).toBe('Good');
    await call('SetSpeed', 20);
    await eventually('TI-4203 above 60', async () => ((await value('TI-4203')).value.value as number) >= 60);
    expect((await value('I-4200-BYP')).value.value).toBe(true);
    expect((await value('I-4200-TRIP')).value.value).toBe(false);
    expect(await press('HS-4001')).toBe('Good');
    expect(await press('HS-4002')).toBe('Good');
    await eventually('hydrogen shut, compressor and pump stopped', async () => {
      const shown = await Promise.all(['XV-4101', 'XV-4102', 'XV-4205', 'K-4201', 'P-4109', 'PC-4100'].map(async (id) => (await value(id)).value.value as number));
      return JSON.stringify(shown) === '[0,1,1,0,0,0]';
    });
    await eventually('below 50 degC', async () => ((await value('TI-4203')).value.value as number) < 50);
    await eventually('the button has sprung back', async () => (await value('HS-4001')).value.value === false);
    await call('SetSpeed', 1);
    expect((await call('Restore', 'before')).status).toBe('Good');
    await eventually('the compressor runs again', async () => (await value('K-4201')).value.value === 1);
    expect(Math.abs(((await value('TI-4203')).value.value as number) - 52)).toBeLessThan(1.5);
    expect((await value('PC-4100')).value.value).toBe(2);
  });

  test('3.5 a refused reset answers BadInvalidState; the forced one shows I-RESET-FORCED', async () => {
    await call('SetTag', 'TI-4202', '61');
    await call('SetTag', 'TI-4203', '61');
    await eventually('I-4200 trips', async () => (await value('I-4200-TRIP')).value.value === true);
    expect(await press('HS-4003')).toBe('BadInvalidState');
    expect(await press('HS-4004')).toBe('Good');
    await eventually('the forced reset shows', async () => (await value('I-RESET-FORCED')).value.value === true);
    await call('ClearAll');
    await call('Restore', 'before');
  });

  test('Status and ListFaults tell the instructor the truth', async () => {
    const status = (await call('Status')).result;
    expect(status).toMatchObject({ plant: 'h2o2', speed: 1, frozen: false });
    expect((status['truth'] as Record<string, number>)['o3C']).toBeGreaterThan(40);
    const faults = (await call('ListFaults')).result as unknown as { id: string }[];
    expect(faults.map((f) => f.id)).toEqual(expect.arrayContaining(['F4-01', 'F4-02', 'F4-02F', 'F4-20']));
  });
});

describe('REQ-SIM-14 the process', () => {
  test('a port in use, a bad option, a missing password: a sentence and exit 2', async () => {
    const other = await freePort();
    const cases: [string[], Record<string, string> | undefined, RegExp][] = [
      [['--port', String(port), '--instructor-port', String(other), '--pki', join(folder, 'x')], undefined, /already in use/],
      [['--port', 'abc', '--pki', join(folder, 'x')], undefined, /--port/],
      [['--port', String(other)], undefined, /--pki/],
      [['--nonsense'], undefined, /nonsense/],
      [['--port', String(other), '--pki', join(folder, 'x')], {}, /HAVEN_INSTRUCTOR_SECRET/],
    ];
    for (const [args, env, sentence] of cases) {
      const { code, err } = await ended(env ? spawnSimulator(args, env) : spawnSimulator(args));
      expect(code, err).toBe(2);
      expect(err).toMatch(sentence);
    }
  });

  test('with --exit-with-parent it leaves when its stdin closes', async () => {
    const second = await start(['--port', String(await freePort()), '--instructor-port', String(await freePort()), '--pki', join(folder, 'pki2'), '--exit-with-parent']);
    const gone = ended(second.process);
    second.process.stdin!.end();
    expect((await gone).code).toBe(0);
  });

  test('SIGTERM ends it with 0 and leaves no process', async () => {
    const gone = ended(simulator.process);
    simulator.process.kill('SIGTERM');
    expect((await gone).code).toBe(0);
    expect(() => process.kill(simulator.ready.pid, 0)).toThrow();
  });
});
