/** The simulated plant as a client sees it: hands on devices, history, alarms and conditions, dead lines, and nothing of the truth (docs/design/instructor.md). One process for all. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import type { ClientSession, DataValue, OPCUAClient as Client, StatusCode, Variant } from 'node-opcua-client';
import { AggregateFunction, AttributeIds, BrowseDirection, coerceNodeId, constructEventFilter, DataType, MessageSecurityMode, OPCUAClient, SecurityPolicy, TimestampsToReturn, UserTokenType } from 'node-opcua-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import type { Running } from '../support/station/processes.ts';
import { freePort, startProcess } from '../support/station/processes.ts';

const SECRET = 'only-for-this-test';
const folder = mkdtempSync(join(tmpdir(), 'haven-instructor-'));
const clients: Client[] = [];
let simulator: Running;
let certificates: OPCUACertificateManager;
let plant: ClientSession;
let instructor: ClientSession;
let plantNamespace = 0;
let instructorNamespace = 0;

async function connect(url: string, user?: { userName: string; password: string }): Promise<ClientSession> {
  const client = OPCUAClient.create({
    applicationName: 'instructor test', applicationUri: 'urn:haven:test:instructor', clientCertificateManager: certificates, securityMode: MessageSecurityMode.SignAndEncrypt, securityPolicy: SecurityPolicy.Basic256Sha256,
    endpointMustExist: true, connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 },
  });
  clients.push(client);
  await client.connect(url);
  return user ? client.createSession({ type: UserTokenType.UserName, ...user }) : client.createSession();
}
const node = (id: string): string => `ns=${plantNamespace};s=${id}`;
const value = async (id: string): Promise<DataValue> => plant.read({ nodeId: node(id), attributeId: AttributeIds.Value }, 0);
const write = async (id: string, dataType: DataType, written: unknown): Promise<string> => (await plant.write({ nodeId: node(id), attributeId: AttributeIds.Value, value: { value: { dataType, value: written } } })).name;
async function call<T = Record<string, unknown>>(method: string, ...args: (string | number)[]): Promise<T> {
  const answer = await instructor.call({
    objectId: `ns=${instructorNamespace};s=Instructor`, methodId: `ns=${instructorNamespace};s=Instructor.${method}`,
    inputArguments: args.map((v) => ({ dataType: typeof v === 'number' ? DataType.Double : DataType.String, value: v })),
  });
  const text = String(answer.outputArguments?.[0]?.value);
  if (!answer.statusCode.isGood()) throw new Error(`${method}: ${text}`);
  return JSON.parse(text) as T;
}
async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  expect.fail(`never came true: ${what}`);
}

beforeAll(async () => {
  const [port, instructorPort] = [await freePort(), await freePort()];
  certificates = new OPCUACertificateManager({ rootFolder: join(folder, 'client'), automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  simulator = await startProcess(['simulators/server/main.ts', '--plant', 'h2o2', '--seed', '42', '--port', String(port), '--instructor-port', String(instructorPort), '--pki', join(folder, 'pki')], 'READY', { HAVEN_INSTRUCTOR_SECRET: SECRET });
  plant = await connect(simulator.ready['endpoint'] ?? '');
  plantNamespace = (await plant.readNamespaceArray()).indexOf('urn:haven:plant:h2o2');
  instructor = await connect(simulator.ready['instructorEndpoint'] ?? '', { userName: 'instructor', password: SECRET });
  instructorNamespace = (await instructor.readNamespaceArray()).indexOf('urn:haven:instructor');
});

afterAll(async () => {
  for (const client of clients) await client.disconnect().catch(() => undefined);
  await simulator?.end('SIGKILL');
  await certificates?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('REQ-INS-10 two endpoints', () => {
  test('each has a certificate and a key of its own, and each certificate says which of the two it is', () => {
    const [ofPlant, ofInstructor] = [simulator.ready['certificate'], simulator.ready['instructorCertificate']].map((file) => new X509Certificate(readFileSync(file ?? '')));
    expect(ofPlant!.fingerprint256).not.toBe(ofInstructor!.fingerprint256);
    expect(ofPlant!.publicKey.export({ type: 'spki', format: 'pem' })).not.toBe(ofInstructor!.publicKey.export({ type: 'spki', format: 'pem' }));
    expect([ofPlant!.subjectAltName, ofInstructor!.subjectAltName]).toEqual([expect.stringContaining('urn:haven:simulator:h2o2'), expect.stringContaining('urn:haven:instructor:h2o2')]);
  });

  test('all that the plant endpoint shows: no truth, no fault, no margin, no state of the model, and no namespace of the instructor', async () => {
    expect(await plant.readNamespaceArray()).not.toContain('urn:haven:instructor');
    const seen = new Set<string>();
    const queue = ['i=85'];
    while (queue.length > 0) {
      const nodes = queue.splice(0, 200);
      const results = await plant.browse(nodes.map((nodeId) => ({ nodeId, browseDirection: BrowseDirection.Forward, referenceTypeId: 'HierarchicalReferences', includeSubtypes: true, nodeClassMask: 0, resultMask: 63 })));
      for (const { nodeId, browseName } of results.flatMap(({ references }) => references ?? [])) {
        const key = nodeId.toString();
        // the server's own objects are OPC UA's, not the plant's
        if (seen.has(key) || key === 'ns=0;i=2253' || nodeId.namespace === 0) continue;
        seen.add(`${key} ${browseName.name ?? ''}`);
        if (!seen.has(key)) queue.push(key);
        seen.add(key);
      }
    }
    const all = [...seen].join('\n');
    expect(all).toContain('s=TI-4203');
    expect(all).toContain('s=OP-XV-4101');
    expect(all).not.toMatch(/truth|margin|fault|malfunction|snapshot|instructor|deception/iu);
    for (const { id } of H2O2.faults) expect(all).not.toContain(id);
    for (const state of H2O2.states) expect(all).not.toMatch(new RegExp(`[=/ ]${state}$`, 'mu'));
  });
});

describe('REQ-INS-11 the methods on the line', () => {
  test('the seed of the run is told, and a new run has another one', async () => {
    expect(await call('Status')).toMatchObject({ seed: 42, start: 'normal', goal: null });
    expect(await call('Begin', 'normal', 7)).toMatchObject({ seed: 7, start: 'normal' });
    expect(await call('Status')).toMatchObject({ seed: 7, faults: [] });
    expect(await call<unknown[]>('Starts')).toEqual(expect.arrayContaining([{ id: 'normal', title: { zh: '正常运行', en: 'Normal running' } }]));
    expect(await call('ListFaults')).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'F4-02', clause: 'A4.2(2)', title: expect.objectContaining({ en: expect.any(String) as unknown }) as unknown, defaults: expect.objectContaining({ severity: 1 }) as unknown })]));
  });

  test('run to the next alarm, fast, then back on the way and on in a branch; truth and events tell of it', async () => {
    await call('Freeze');
    await call('Inject', 'F4-02F', '{"when":"t >= 10"}');
    await call('RunToAlarm', '{"limits":[{"tag":"TI-4203","atOrAbove":55}],"fast":true}');
    await eventually('the limit', async () => (await call('Status'))['frozen'] === true);
    expect(await call('Status')).toMatchObject({ reached: { en: 'TI-4203 passed 55' } });
    const { events } = await call<{ events: { kind: string; subject: string; atS: number; atMs: number }[] }>('Events', 0);
    expect(events.find(({ kind }) => kind === 'fault-began')).toMatchObject({ subject: 'F4-02F', atS: expect.closeTo(10.5, 0) as unknown });
    expect(events.every(({ atMs }) => atMs > 1_600_000_000_000)).toBe(true);
    const { samples } = await call<{ samples: { shown: Record<string, number>; truth: Record<string, number> }[] }>('Truth', 5);
    expect(samples.length).toBeGreaterThan(20);
    expect(samples.at(-1)!.truth['TI-4203']! - samples[0]!.truth['TI-4203']!).toBeGreaterThan(2);
    expect(await call('Backtrack', '{"backS":10}')).toMatchObject({ branch: expect.any(Number) as unknown });
    expect((await call<{ branches: unknown[] }>('Tree')).branches.length).toBeGreaterThanOrEqual(3);
    await call('ClearAll');
    await call('Begin', 'normal', 7);
    await call('Resume');
  });

  test('what if, ahead: a mode of retreat is run in a thread of the server, which goes on publishing', async () => {
    const { job } = await call<{ job: number }>('Ahead', '{"modes":[{"id":"stop","acts":[{"atS":0,"command":{"name":"HS-4001"}}]}],"tags":["TI-4203"],"endS":600}');
    await eventually('the answer', async () => (await call('AheadResult', job))['state'] === 'done');
    expect(await call('AheadResult', job)).toMatchObject({ progress: 1, results: [{ id: 'stop', end: { running: false, emergencyStop: true } }] });
    expect(await call('Status')).toMatchObject({ running: true });
  });
});

describe('REQ-INS-12 a hand on the faceplate', () => {
  test('OP-<device> holds a device, -1 gives it back, anything else is refused; a stop is stronger', async () => {
    await call('SetSpeed', 10);
    expect((await value('OP-XV-4205')).value.value).toBe(-1);
    expect(await write('OP-XV-4205', DataType.Double, 1)).toBe('Good');
    await eventually('the valve opens', async () => (await value('XV-4205')).value.value === 1);
    expect((await value('OP-XV-4205')).value.value).toBe(1);
    expect(await write('OP-XV-4205', DataType.Double, -1)).toBe('Good');
    await eventually('the valve closes', async () => (await value('XV-4205')).value.value === 0);
    for (const wrong of [1.01, -0.5, Number.NaN]) expect(await write('OP-XV-4205', DataType.Double, wrong), String(wrong)).toBe('BadOutOfRange');
    await call('Order', 'XV-4101', '1');
    await call('Command', 'HS-4001', 'true');
    await eventually('the stop shuts the hydrogen against the hand', async () => (await value('XV-4101')).value.value === 0);
    expect((await value('OP-XV-4101')).value.value).toBe(1);
    await call('SetSpeed', 1);
    await call('Begin', 'normal', 7);
  });
});

describe('REQ-INS-13 lines that die', () => {
  test('BadCommunicationError with the last value, and good again when the line is back; a transmitter that doubts itself is uncertain', async () => {
    await call('FieldAction', '{"kind":"sensor","tag":"TI-4101","malfunction":"uncertain"}');
    await eventually('uncertain', async () => (await value('TI-4101')).statusCode.name === 'UncertainSensorNotAccurate');
    await call('Comms', '{"dcs":"bad"}');
    await eventually('bad', async () => (await value('TI-4203')).statusCode.name === 'BadCommunicationError');
    expect((await value('HB-4000')).statusCode.name).toBe('BadCommunicationError');
    await call('Comms', '{"dcs":"ok"}');
    await eventually('good', async () => (await value('TI-4203')).statusCode.name === 'Good');
    await call('ClearAll');
  });

  test('a line that stands still goes on showing good values of the past: only their times and the heartbeat give it away', async () => {
    await call('Comms', '{"dcs":"still","heartbeat":"stands"}');
    const before = await value('TI-4203');
    const beat = (await value('HB-4000')).value.value as number;
    await new Promise((done) => setTimeout(done, 1_300));
    const after = await value('TI-4203');
    expect([after.statusCode.name, after.value.value, after.sourceTimestamp?.getTime()]).toEqual(['Good', before.value.value, before.sourceTimestamp?.getTime()]);
    expect((await value('HB-4000')).value.value).toBe(beat);
    await call('Comms', '{"dcs":"ok"}');
    await eventually('the heart beats', async () => ((await value('HB-4000')).value.value as number) > beat);
  });
});

describe('REQ-INS-14 HistoryRead', () => {
  test('raw values once a second of plant time with times that go on, all kinds of tags, exactly as shown', async () => {
    await call('Freeze');
    // to a whole second: then the last row is what is shown now
    const { simTimeS } = await call<{ simTimeS: number }>('Status');
    await call('Step', 2 - (simTimeS % 1));
    const from = new Date(Date.now() + 5);
    await new Promise((done) => setTimeout(done, 10));
    await call('Step', 120);
    const shown = (await value('TI-4203')).value.value as number;
    const to = new Date(Date.now() + 1_000);
    const read = async (id: string): Promise<DataValue[]> => {
      const result = await plant.readHistoryValue({ nodeId: node(id) }, from, to);
      expect(result.statusCode.isGood(), `${id} ${result.statusCode.toString()}`).toBe(true);
      return (result.historyData as unknown as { dataValues: DataValue[] }).dataValues;
    };
    const [temperature, valve, trip, people] = [await read('TI-4203'), await read('XV-4101'), await read('I-4200-TRIP'), await read('PC-4100')];
    for (const each of [temperature, valve, trip, people]) expect(each).toHaveLength(120);
    expect(temperature.at(-1)!.value.value).toBe(shown);
    expect(new Set(temperature.map(({ value: { value: v } }) => v as number)).size).toBeGreaterThan(5);
    expect([valve[0]!.value.value, trip[0]!.value.value, people[0]!.value.value]).toEqual([1, false, 2]);
    const times = temperature.map(({ sourceTimestamp }) => sourceTimestamp!.getTime());
    expect(times.every((ms, i) => i === 0 || ms > times[i - 1]!)).toBe(true);
  });

  test('aggregates: minimum, maximum and average over the stretch bracket each other', async () => {
    const [end, start] = [new Date(Date.now() + 500), new Date(Date.now() - 120_000)];
    const read = async (aggregate: AggregateFunction): Promise<number> => {
      const result = await plant.readAggregateValue({ nodeId: node('TI-4203') }, start, end, aggregate, end.getTime() - start.getTime());
      return (result.historyData as unknown as { dataValues: DataValue[] }).dataValues[0]!.value.value as number;
    };
    const [low, mean, high] = [await read(AggregateFunction.Minimum), await read(AggregateFunction.Average), await read(AggregateFunction.Maximum)];
    expect(low).toBeLessThan(mean);
    expect(mean).toBeLessThan(high);
    expect(mean).toBeCloseTo(52, 0);
    await call('Resume');
  });
});

describe('REQ-INS-15 Alarms & Conditions', () => {
  test('a limit alarm comes with its message and severity, goes higher, is acknowledged, and goes; a trip and a rate are alarms of their own kinds', async () => {
    const fields = ['EventType', 'SourceName', 'Message', 'Severity', 'ConditionName', 'ActiveState', 'AckedState', 'EventId', 'ConditionId'];
    await call('SetTag', 'FI-4901', '0.2');
    const subscription = await plant.createSubscription2({ requestedPublishingInterval: 100, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 });
    const item = await subscription.monitor({ nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier }, { samplingInterval: 0, queueSize: 1000, discardOldest: true, filter: constructEventFilter(['EventType', 'SourceName', 'Message', 'Severity', 'ConditionName', 'ActiveState.Id', 'AckedState.Id', 'EventId']) }, TimestampsToReturn.Both);
    const events: Record<string, unknown>[] = [];
    item.on('changed', (values: unknown) => events.push(Object.fromEntries((values as Variant[]).map((variant, i) => [fields[i], variant.value as unknown]))));
    const of = (name: string, active: boolean): Record<string, unknown> | undefined => events.findLast((event) => event['ConditionName'] === name && event['ActiveState'] === active);
    // Passed both its limits before its condition was made (unless the machine took a minute to come here): it raises the inner and then the outer one, and the process lives.
const isSaid = (): boolean => events.some((event) => event['ConditionName'] === 'FI-4901 limits');
    for (let i = 0; i < 100 && !isSaid(); i++) await new Promise((done) => setTimeout(done, 100));
    if (!isSaid()) { await call('SetTag', 'FI-4901', '2.1'); await call('SetTag', 'FI-4901', '0.2'); }
    await eventually('passed before it was made', async () => events.some((event) => event['ConditionName'] === 'FI-4901 limits' && event['ActiveState'] === true && event['Severity'] === 800));
    const text = (event: Record<string, unknown> | undefined): string => (event?.['Message'] as { text: string } | undefined)?.text ?? '';

    await call('SetTag', 'TI-4203', '56');
    await eventually('high', async () => of('TI-4203 limits', true) !== undefined);
    expect(of('TI-4203 limits', true)).toMatchObject({ Severity: 500, AckedState: false });
    expect(text(of('TI-4203 limits', true))).toBe('TI-4203 高报 56.000 | TI-4203 high, 56.000');
    await call('SetTag', 'TI-4203', '60.5');
    await eventually('high-high', async () => text(of('TI-4203 limits', true)).includes('high-high'));
    expect(of('TI-4203 limits', true)).toMatchObject({ Severity: 800 });
    const { EventId } = of('TI-4203 limits', true)!;
    const acknowledged: StatusCode = await plant.acknowledgeCondition(coerceNodeId(node('Alarm/TI-4203 limits')), EventId as Buffer, 'seen');
    expect(acknowledged.name).toBe('Good');
    await eventually('acknowledged', async () => events.some((event) => event['ConditionName'] === 'TI-4203 limits' && event['AckedState'] === true));
    // A dead line says nothing of a limit: the alarm stands, and the process lives (it was ended by the second bad reading of a tag with an alarm).
    await call('Comms', '{"dcs":"bad"}');
    for (const shown of ['60.6', '60.7', '60.8']) {
      await call('SetTag', 'TI-4203', shown);
      await eventually(`bad at ${shown}`, async () => { const read = await value('TI-4203'); return read.statusCode.name === 'BadCommunicationError' && read.value.value === Number(shown); });
    }
    expect(of('TI-4203 limits', false)).toBeUndefined();
    await call('Comms', '{"dcs":"ok"}');
    await call('SetTag', 'TI-4203', '52');
    await eventually('back to normal', async () => of('TI-4203 limits', false) !== undefined);

    await call('SetTag', 'TI-4201', '61');
    await call('SetTag', 'TI-4202', '61');
    await eventually('trip', async () => of('I-4200 trip', true) !== undefined);
    expect(of('I-4200 trip', true)).toMatchObject({ Severity: 900 });
    const kinds = await plant.read([String(of('I-4200 trip', true)!['EventType']), String(of('TI-4203 limits', false)!['EventType'])].map((nodeId) => ({ nodeId, attributeId: AttributeIds.BrowseName })));
    expect(kinds.map(({ value: { value: name } }) => (name as { name: string }).name)).toEqual(['TripAlarmType', 'NonExclusiveLimitAlarmType']);

    await call('Freeze');
    await call('ClearAll');
    await call('SetTag', 'TI-4801A', '28');
    for (const seconds of [20, 300, 300]) await call('Step', seconds);
    expect((await value('TI-4801A-RATE')).value.value).toBe(0);
    await call('SetTag', 'TI-4801A', '29.5');
    await call('Step', 20);
    await eventually('rate', async () => of('TI-4801A rate', true) !== undefined);
    expect(text(of('TI-4801A rate', true))).toContain('K/h');
    await subscription.terminate();
  });
});
