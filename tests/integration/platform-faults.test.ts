/**
 * Handing on to a supervising platform that fails in every way: a real TLS server in its own process. Every fault is first seen to arrive;
 * in the end the platform holds every message, in order, once, and as the journal gives it.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { platformMessageSchema } from '../../src/contract/platform.ts';
import { makeCertificates } from '../support/platform/certificates.ts';
import type { Certificates } from '../support/platform/certificates.ts';
import type { Kept, Order } from '../support/platform/platform-server.process.ts';
import { configure, HandingStation, TestPlatform, until } from '../support/platform/platform.ts';
import type { SettingsOfTest } from '../support/platform/platform.ts';

const pkiDir = mkdtempSync(join(tmpdir(), 'haven-platform-pki-'));
let certificates: Certificates;
let platform: TestPlatform;
const stations: HandingStation[] = [];

beforeAll(() => { certificates = makeCertificates(pkiDir); });
beforeEach(async () => { platform = await TestPlatform.open(certificates); });
afterEach(async () => {
  for (const station of stations.splice(0)) {
    await station.close();
    rmSync(station.dataDir, { recursive: true, force: true });
  }
  await platform.close();
});
afterAll(() => rmSync(pkiDir, { recursive: true, force: true }));

function station(settings: SettingsOfTest = {}): HandingStation {
  const dataDir = mkdtempSync(join(tmpdir(), 'haven-handing-'));
  configure(dataDir, certificates, platform.port, settings);
  const opened = new HandingStation(dataDir);
  stations.push(opened);
  return opened;
}

/** Whole, in order, each once, each what its hash says, and of the form that is published. */
function expectComplete(kept: readonly Kept[], count: number): void {
  expect(kept.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  let toRecord = 0;
  for (const { seq, sha256, body } of kept) {
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
    const message = platformMessageSchema.parse(JSON.parse(body));
    expect([message.seq, message.fromRecord]).toEqual([seq, toRecord + 1]);
    toRecord = message.toRecord;
  }
}

const reasonOf = (handing: HandingStation): string => handing.desk.section().reason?.en ?? '';

/** The fault stands until it was seen `times` times, and the reason was shown; then the platform behaves well. */
async function survives(order: Order, reason: RegExp, settings: SettingsOfTest = {}, times = 2): Promise<HandingStation> {
  const handing = station(settings);
  handing.stops(1);
  await handing.caughtUp();
  await platform.order(order);
  const before = platform.faults(order.kind);
  handing.stops(3, 2);
  await until(`${order.kind} arrived ${String(times)} times`, () => platform.faults(order.kind) >= before + times);
  await until(`the reason ${String(reason)}: ${reasonOf(handing)}`, () => reason.test(reasonOf(handing)));
  expect(handing.desk.section()).toMatchObject({ state: 'behind', behind: 3 });
  await platform.holds();
  await handing.caughtUp();
  expectComplete(await platform.holds(), 4);
  expect(handing.desk.section()).toMatchObject({ state: 'working', behind: 0, reason: null });
  return handing;
}

describe('REQ-PLT-04 in order and once, whatever the platform does', () => {
  it.each<[string, Order, RegExp]>([
    ['hangs in the handshake', { kind: 'hang-handshake' }, /handshake .* did not end in time/u],
    ['breaks off in the handshake', { kind: 'reset-connection' }, /broke the connection off/u],
    ['takes the message and never answers', { kind: 'hang', keeps: true }, /did not answer in time/u],
    ['never answers', { kind: 'hang' }, /did not answer in time/u],
    ['hangs after the headers of its answer', { kind: 'hang-after-headers', keeps: true }, /did not answer in time/u],
    ['breaks the connection off before it has kept the message', { kind: 'reset' }, /broke the connection off/u],
    ['breaks the connection off after it has kept the message', { kind: 'reset', keeps: true }, /broke the connection off/u],
    ['breaks off in the middle of its answer', { kind: 'reset-half-answer', keeps: true }, /broke off|broke the connection off/u],
    ['sends a shortened answer', { kind: 'truncated', keeps: true }, /broke off|broke the connection off/u],
    ['answers after our time, so that it gets the message twice', { kind: 'late', keeps: true, afterMs: 600 }, /did not answer in time/u],
    ['answers with 500', { kind: 'answer', status: 500 }, /error of its own \(HTTP 500\)/u],
    ['answers with 200 and nonsense', { kind: 'answer', status: 200, body: '<html>login</html>' }, /not a receipt/u],
    ['answers with 200 and nothing', { kind: 'answer', status: 200 }, /not a receipt/u],
    ['answers without end', { kind: 'long', keeps: true }, /too long/u],
    ['gives a receipt for another number', { kind: 'other-seq', keeps: true }, /for another message/u],
    ['gives a receipt for another content', { kind: 'other-hash', keeps: true }, /for another message/u],
    ['sends us elsewhere', { kind: 'answer', status: 301, headers: { location: 'https://127.0.0.1:1/' } }, /sends us elsewhere/u],
    ['does not let us', { kind: 'answer', status: 403 }, /does not let this station/u],
    ['does not accept the message', { kind: 'answer', status: 400 }, /does not accept the message/u],
    ['says that a later message is missing', { kind: 'answer', status: 412, body: '{"missing":900}' }, /not a receipt/u],
  ])('it %s', async (_what, order, reason) => {
    await survives(order, reason);
  });

  it.each([429, 503])('it answers %i with Retry-After: it is not asked again before that', async (status) => {
    const handing = station();
    await platform.order({ kind: 'answer', status, headers: { 'retry-after': '1' } });
    handing.stops(1);
    await until('it was asked', () => platform.faults('answer') >= 1);
    const askedAtMs = performance.now();
    await until('it was asked again', () => platform.faults('answer') >= 2);
    expect(performance.now() - askedAtMs).toBeGreaterThan(900);
    expect(reasonOf(handing)).toMatch(/busy/u);
    await platform.holds();
    await handing.caughtUp();
    expectComplete(await platform.holds(), 1);
  });

  it('it refuses the connection', async () => {
    const handing = station();
    handing.stops(1);
    await handing.caughtUp();
    await platform.order({ kind: 'refuse' });
    handing.stops(2, 2);
    await until('refused', () => /refuses the connection/u.test(reasonOf(handing)));
    await platform.holds();
    await handing.caughtUp();
    expectComplete(await platform.holds(), 3);
  });
});

describe('REQ-PLT-05 certificates: each side shows one, and what is wrong with which is told apart', () => {
  it.each<[string, keyof Certificates, RegExp]>([['for another name', 'otherName', /is for another name/u], ['run out', 'expired', /has run out/u], ['of another authority', 'otherCa', /not issued by the configured CA/u]])('the platform shows a certificate %s: nothing is sent', async (_what, which, reason) => {
    const handing = station();
    await platform.order({ kind: 'certificate', certificate: certificates[which] as Certificates['server'] });
    handing.stops(1);
    await until(`the reason: ${reasonOf(handing)}`, () => reason.test(reasonOf(handing)));
    expect(await platform.order({ kind: 'certificate', certificate: certificates.server })).toEqual([]);
    await handing.caughtUp();
    expectComplete(await platform.holds(), 1);
  });

  it('the platform does not accept our certificate: nothing arrives, and the station runs on', async () => {
    const handing = station({ client: certificates.otherClient });
    handing.stops(1);
    await until('it fails', () => handing.desk.section().reason !== null);
    handing.stops(1, 2);
    expect(handing.core.state.retreats.length).toBe(2);
    expect(await platform.holds()).toEqual([]);
    expect(handing.desk.section()).toMatchObject({ state: 'behind', behind: 2 });
  });
});

describe('REQ-PLT-06 what the platform holds is never overwritten', () => {
  it('409: another content stands under the number: it stops, says so, raises its alarm, and sends nothing more', async () => {
    const handing = station();
    handing.stops(1);
    await handing.caughtUp();
    await platform.order({ kind: 'forge', seq: 2 });
    handing.stops(2, 2);
    await until('it stopped', () => handing.desk.section().state === 'stopped');
    expect(handing.records('platform.conflict').map(({ data }) => data['seq'])).toEqual([2]);
    handing.core.tick();
    expect(handing.core.state.alarms.get('PLATFORM')?.active).toBe(true);
    handing.stops(1, 4);
    expect((await platform.holds()).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(handing.desk.section().reason?.en).toMatch(/another content under message 2/u);
  });
});

describe('REQ-PLT-07 complete after an outage', () => {
  it('the platform dies and comes back having lost nothing', async () => {
    const handing = station();
    handing.stops(3);
    await handing.caughtUp();
    await platform.kill();
    handing.stops(3, 4);
    await until('it fails', () => handing.desk.section().reason !== null);
    await platform.begin();
    await handing.caughtUp();
    expectComplete(await platform.holds(), 6);
  });

  it('the platform comes back having lost its last two: they are sent again, as they were', async () => {
    const handing = station();
    handing.stops(4);
    await handing.caughtUp();
    const before = await platform.holds();
    await platform.order({ kind: 'forget-last' });
    expect(await platform.order({ kind: 'forget-last' })).toHaveLength(2);
    handing.stops(1, 5);
    await handing.caughtUp();
    const after = await platform.holds();
    expectComplete(after, 5);
    expect(after.slice(0, 4)).toEqual(before);
    expect(handing.records('platform.rewound').map(({ data }) => data['seq'])).toEqual([3]);
  });

  it('a week without the platform: 2,000 messages, then all of them in order, each once; the station works all the while', async () => {
    const handing = station({ messages: 50 });
    await platform.order({ kind: 'refuse' });
    handing.stops(2_000);
    await until('it fails', () => /refuses/u.test(reasonOf(handing)));
    expect(handing.desk.section()).toMatchObject({ state: 'behind', behind: 2_000 });
    await platform.order({ kind: 'answer', status: 503, times: 3 });
    await until('catch-up has begun', () => handing.desk.section().behind < 1_900);
    handing.stops(1, 2_001);
    expect(handing.core.state.retreats[0]?.by).toBe('person-2001');
    await handing.caughtUp(120_000);
    expect(platform.faults('answer')).toBe(3);
    expectComplete(await platform.holds(), 2_001);
    // One entry a batch, not one a message.
    expect(handing.records('platform.delivered').length).toBeLessThan(100);
  });
});
