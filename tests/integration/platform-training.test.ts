/**
 * One exercise with everything real: simulated plant, OPC UA, station, journal, platform over TLS - and then the same exercise run again by the
 * what-if, held against what the station itself saw. D.2, REQ-PLT-02, REQ-PLT-09, REQ-WIF-06.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { platformMessageSchema } from '../../src/contract/platform.ts';
import { viewSchemas } from '../../src/contract/view.ts';
import type { NumberedFact } from '../../src/domain/report/incident.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { whatIfOf } from '../../src/main/incident-report/what-if.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { toFact } from '../../src/main/station/core.ts';
import { startStation } from '../../src/main/station/index.ts';
import { makeCertificates } from '../support/platform/certificates.ts';
import { configure, TestPlatform, until } from '../support/platform/platform.ts';
import { freePort, ROOT, startProcess } from '../support/station/processes.ts';
import type { Running } from '../support/station/processes.ts';
import { shippedPack } from '../unit/domain/bench.ts';

const SECRET = 'instructor-of-the-test';
const TAG = 'TI-4203';
const dir = mkdtempSync(join(tmpdir(), 'haven-platform-training-'));
let simulator: Running | null = null;
let platform: TestPlatform | null = null;
afterAll(async () => {
  await simulator?.end();
  await platform?.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('D.2 an exercise is handed on to a test platform, and run again', () => {
  it('A4.2(2) opened with its clauses, updated, the stop, safe; the what-if follows what the station saw, at changing speeds', async () => {
    const data = join(dir, 'data');
    mkdirSync(data);
    const certificates = makeCertificates(dir);
    platform = await TestPlatform.open(certificates);
    configure(data, certificates, platform.port, { training: 'test' });
    const [port, instructorPort] = [await freePort(), await freePort()];
    simulator = await startProcess(['simulators/server/main.ts', '--plant', 'h2o2', '--port', String(port), '--instructor-port', String(instructorPort), '--pki', join(dir, 'simulator-pki')], 'READY', { HAVEN_INSTRUCTOR_SECRET: SECRET });
    const { endpoint = '', certificate = '', instructorEndpoint = '', instructorCertificate = '' } = simulator.ready;
    const started = await startStation({ dataDir: data, plant: 'h2o2', training: true, rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), endpoint, simulatorCertificate: certificate, instructorEndpoint, instructorCertificate, instructorSecret: SECRET });
    if (!started.ok) throw new Error(started.problem.message);
    const { station } = started;
    const { core } = station;

    let hear: (text: string) => void = () => undefined;
    const heard: { id?: string; outcome?: string; output?: { view?: Record<string, unknown> } }[] = [];
    station.connect({ send: (text) => { heard.push(JSON.parse(text) as typeof heard[number]); }, onMessage: (callback) => { hear = callback; }, onClose: () => undefined });
    let asked = 0;
    const ask = async (command: string, input: unknown): Promise<typeof heard[number]> => {
      const id = `request-${String((asked += 1))}`;
      hear(JSON.stringify({ kind: 'request', id, command, input }));
      await until(`${command} is answered`, () => heard.some((each) => each.id === id));
      return heard.find((each) => each.id === id) ?? {};
    };
    const recorded: [number, number][] = [];
    let begunMs = 0;
    const watch = setInterval(() => {
      const reading = core.plant.engine.readingOf(TAG);
      if (begunMs > 0 && reading?.quality === 'good' && typeof reading.value === 'number' && reading.sourceMs !== null && reading.sourceMs > begunMs + 1_000) recorded.push([reading.sourceMs, reading.value]);
    }, 200);

    await until('the plant is seen', () => core.state.link === 'connected');
    for (let i = 0; i < 60; i += 1) {
      if ((await ask('training.start', { scenario: 'S-OX-RUNAWAY' })).outcome === 'done') break;
      await pause(500);
    }
    expect(core.state.training?.scenario).toBe('S-OX-RUNAWAY');
    begunMs = core.state.training?.startedMs ?? 0;
    await pause(2_000);
    expect((await ask('training.speed', { speed: 4 })).outcome).toBe('done');
    await until('the upset', () => core.state.incident !== null, 120_000);
    expect((await ask('training.freeze', { frozen: true })).outcome).toBe('done');
    await pause(2_000);
    expect((await ask('training.freeze', { frozen: false })).outcome).toBe('done');
    expect((await ask('retreat.stop', {})).outcome).toBe('done');
    await pause(20_000);
    expect((await ask('training.speed', { speed: 10 })).outcome).toBe('done');
    await pause(15_000);
    // The end of the exercise ends its incident.
    const incident = core.state.incident ?? { id: 'gone', openedMs: 0, firstCondition: null };
    expect((await ask('training.end', {})).outcome).toBe('done');
    await until('all is handed on', () => core.state.handedOn.outbox.made === core.state.handedOn.cursor.outbox.made);
    clearInterval(watch);
    await station.stop();

    const kept = await platform.holds();
    const messages = kept.map(({ body }) => platformMessageSchema.parse(JSON.parse(body)));
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, i) => i + 1));
    expect(messages[0]).toMatchObject({ kind: 'opened', mode: 'TRAINING', incident: incident.id, station: 'plant-7', plant: 'h2o2' });
    expect(messages[0]?.facts).toContainEqual(expect.objectContaining({ what: 'condition', clauses: expect.arrayContaining(['A4.2(2)']) as unknown }));
    expect(messages.flatMap(({ facts }) => facts)).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'retreat', retreat: 'stop', actedOn: 'simulator' }), expect.objectContaining({ what: 'procedure', place: 'stopping' })]));
    expect(viewSchemas.platform.safeParse({ state: 'working', behind: 0, sinceMs: null, reason: null, station: 'plant-7', host: null, lastReceiptMs: null, lastSeq: null, long: false }).success).toBe(true);

    const records: NumberedFact[] = [];
    for (const record of readRecords(join(data, 'training/journal.sqlite'))) {
      const found = toFact(record);
      if (found !== null) records.push({ n: record.n, wallMs: record.wallMs, fact: found });
    }
    const again = await whatIfOf({
      mode: 'TRAINING', minutes: [-1, 1], samples: { series: (tag) => (tag === TAG ? recorded : []) },
      records: { plant: makePlant(shippedPack()), packHash: '', clauses: [], before: EMPTY_STATE, records, incident: { ...incident, closedMs: null, fromMs: begunMs, toMs: records.at(-1)?.fact.atMs ?? 0 } },
    });
    if (!again.ok) throw new Error(again.reason.en);
    const peak = (shiftMs: number): number => again.whatIf.runs.find((run) => run.shiftMs === shiftMs)?.worst.find(({ tag }) => tag === TAG)?.value ?? Number.NaN;
    console.log(`what-if against the station: ${JSON.stringify(again.whatIf.fidelity)}, ${String(recorded.length)} samples; peaks ${[-60_000, 0, 60_000].map(peak).join(', ')}; seen ${String(Math.max(...recorded.map(([, value]) => value)))}`);
    expect(recorded.length).toBeGreaterThan(100);
    // From 52 to over 60 degC and down again at three speeds and through a freeze: a wrong second would be tens of kelvin.
    expect(again.whatIf.fidelity.find(({ tag }) => tag === TAG)?.atMost).toBeLessThan(2);
    expect(peak(-60_000)).toBeLessThan(peak(0));
    expect(peak(60_000)).toBeGreaterThan(peak(0));
  }, 300_000);
});
