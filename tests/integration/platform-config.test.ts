/** REQ-PLT-03, REQ-PLT-05: platform.json, what is wrong with it and who is told; `haven platform`; what a station does with it. */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { platformMessageSchema } from '../../src/contract/platform.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { run } from '../../src/main/cli/platform.ts';
import { PlatformClient } from '../../src/main/platform/client.ts';
import { readPlatformConfig } from '../../src/main/platform/config.ts';
import { freePort } from '../support/station/processes.ts';
import { BARE_PACK } from '../support/platform/bare-pack.ts';
import { makeCertificates } from '../support/platform/certificates.ts';
import type { Certificates } from '../support/platform/certificates.ts';
import { configure, HandingStation, TestPlatform, until } from '../support/platform/platform.ts';

let pkiDir: string;
let certificates: Certificates;
let platform: TestPlatform;
let dataDir: string;
beforeAll(async () => {
  pkiDir = mkdtempSync(join(tmpdir(), 'haven-platform-pki-'));
  certificates = makeCertificates(pkiDir);
  platform = await TestPlatform.open(certificates);
});
beforeEach(() => { dataDir = mkdtempSync(join(tmpdir(), 'haven-handing-')); });
afterAll(async () => {
  await platform.close();
  rmSync(pkiDir, { recursive: true, force: true });
});

const read = (mode: 'OPERATION' | 'TRAINING' = 'OPERATION') => readPlatformConfig(dataDir, mode, Date.now());
const reason = (): string => { const config = read(); return config.state === 'wrong' ? config.reason.en : config.state; };
const edit = (change: (file: Record<string, unknown>) => void): void => {
  const file = JSON.parse(readFileSync(join(dataDir, 'platform.json'), 'utf8')) as Record<string, unknown>;
  change(file);
  writeFileSync(join(dataDir, 'platform.json'), JSON.stringify(file));
};

async function haven(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await run([...args, '--data', dataDir], { stdout: (text) => { out += text; }, stderr: (text) => { out += text; }, cwd: dataDir });
  return { code, out };
}

describe('REQ-PLT-03 the configuration', () => {
  it('no file: nothing is handed on; a whole one is on', () => {
    expect(read().state).toBe('off');
    configure(dataDir, certificates, platform.port);
    expect(read().state).toBe('on');
  });

  it.each<[string, (file: Record<string, unknown>) => void, RegExp]>([
    ['not encrypted', (file) => { file['url'] = 'http://platform.example/'; }, /only https/u],
    ['a password in the address', (file) => { file['url'] = 'https://user:secret@platform.example/'; }, /no user and password/u],
    ['no address', (file) => { file['url'] = 'platform'; }, /not an address/u],
    ['a station that would change the address', (file) => { file['station'] = '../admin'; }, /station/u],
    ['a field nobody knows', (file) => { file['password'] = 'x'; }, /password/u],
    ['a batch without bound', (file) => { file['batch'] = { messages: 1_000_000 }; }, /batch\.messages/u],
    ['no such file', (file) => { file['key'] = 'missing.key'; }, /key file .*missing\.key cannot be read/u],
    ['a key of another certificate', (file) => { file['key'] = certificates.otherClient.key; }, /does not belong/u],
    ['a certificate that is none', (file) => { file['certificate'] = 'platform.json'; }, /not a PEM certificate/u],
    ['a certificate that has run out', (file) => { Object.assign(file, { certificate: certificates.expiredClient.cert, key: certificates.expiredClient.key }); }, /ran out on/u],
  ])('%s is said, and not the secret', (_what, change, words) => {
    configure(dataDir, certificates, platform.port);
    edit(change);
    expect(reason()).toMatch(words);
    expect(reason()).not.toContain('secret');
  });

  it('not JSON, or far too long, is said', () => {
    configure(dataDir, certificates, platform.port);
    appendFileSync(join(dataDir, 'platform.json'), '}');
    expect(reason()).toMatch(/not JSON/u);
    writeFileSync(join(dataDir, 'platform.json'), ' '.repeat(100_000));
    expect(reason()).toMatch(/larger than/u);
  });

  it('a station with a broken file starts and retreats all the same, and says that nothing is handed on and why', async () => {
    configure(dataDir, certificates, platform.port);
    edit((file) => { file['url'] = 'http://x/'; });
    const station = new HandingStation(dataDir, 'OPERATION', true, BARE_PACK);
    station.stops(1);
    expect(station.core.state.retreats.length).toBe(1);
    expect(station.desk.section()).toMatchObject({ state: 'wrong', reason: { en: expect.stringContaining('only https') as string } });
    await station.close();
  });

  it('an exercise is handed on only to a platform that is named as a test, and is marked', async () => {
    configure(dataDir, certificates, platform.port);
    expect(read('TRAINING').state).toBe('off');
    configure(dataDir, certificates, platform.port, { training: 'test' });
    const station = new HandingStation(dataDir, 'TRAINING', true, BARE_PACK);
    station.stops(1);
    await station.caughtUp();
    await station.close();
    expect((await platform.holds()).map(({ body }) => platformMessageSchema.parse(JSON.parse(body)).mode)).toEqual(['TRAINING']);
  });

  it('switched off while messages wait, and on again: the numbers go on, and what was told before is still sent first', async () => {
    const own = await TestPlatform.open(certificates);
    await own.order({ kind: 'refuse' });
    configure(dataDir, certificates, own.port);
    const first = new HandingStation(dataDir, 'OPERATION', true, BARE_PACK);
    first.stops(2);
    await until('it fails', () => first.desk.section().reason !== null);
    await first.close();
    rmSync(join(dataDir, 'platform.json'));
    const off = new HandingStation(dataDir, 'OPERATION', true, BARE_PACK);
    off.stops(1, 3);
    expect(off.desk.section()).toMatchObject({ state: 'off', behind: 0 });
    await off.close();
    await own.holds();
    configure(dataDir, certificates, own.port);
    const on = new HandingStation(dataDir, 'OPERATION', true, BARE_PACK);
    on.stops(1, 4);
    await on.caughtUp();
    expect((await own.holds()).map(({ seq, body }) => [seq, platformMessageSchema.parse(JSON.parse(body)).by])).toEqual([[1, { role: 'operator' }], [2, { role: 'operator' }], [3, { role: 'operator' }]]);
    await on.close();
    await own.close();
  });

  it('titles are those of the pack that was in force: a retry after an update gives the same bytes', async () => {
    const own = await TestPlatform.open(certificates);
    const pack = (title: string) => ({ ...BARE_PACK, conditions: [{ id: 'C-1', title: { zh: title, en: title }, clauses: ['A4.2'], priority: 1, role: 'warning', starts: [], onDelay: 0, offDelay: 0, measure: { kind: 'limit', input: 'TI-1', above: 60, deadband: 1 } }], tags: [{ id: 'TI-1', kind: 'analog', unit: 'degC', low: 0, high: 100, area: 'a', title: { zh: 't', en: 't' } }] }) as unknown as typeof BARE_PACK;
    await own.order({ kind: 'hang', keeps: true });
    configure(dataDir, certificates, own.port);
    const before = new HandingStation(dataDir, 'OPERATION', true, pack('old title'));
    before.core.record([fact('incident.opened', before.nowMs, null, { incident: 'I-1', firstCondition: 'C-1' })]);
    await until('the platform has it, and we have no receipt', () => own.faults('hang') >= 1);
    await before.close();
    const [old] = await own.holds();
    const after = new HandingStation(dataDir, 'OPERATION', true, pack('new title'));
    expect(after.records('pack.recorded').length).toBe(2);
    await after.caughtUp();
    expect((await own.holds())[0]).toEqual(old);
    expect(own.news).toContainEqual({ news: 'again', seq: 1 });
    expect(old?.body).toContain('old title');
    await after.close();
    await own.close();
  });
});

describe('REQ-PLT-11 haven platform', () => {
  it('check: off, wrong, working; it makes a handshake and sends nothing', async () => {
    expect(await haven('check')).toMatchObject({ code: 0, out: expect.stringContaining('off') as string });
    configure(dataDir, certificates, platform.port);
    const held = await platform.holds();
    expect(await haven('check')).toMatchObject({ code: 0, out: expect.stringContaining('nothing was sent') as string });
    expect(await platform.holds()).toEqual(held);
    await platform.order({ kind: 'certificate', certificate: certificates.otherName });
    expect(await haven('check')).toMatchObject({ code: 1, out: expect.stringContaining('another name') as string });
    await platform.order({ kind: 'certificate', certificate: certificates.server });
    edit((file) => { file['url'] = 'http://x/'; });
    expect(await haven('check', '--json')).toMatchObject({ code: 1, out: expect.stringContaining('"state":"wrong"') as string });
    expect((await haven('push')).code).toBe(2);
  });

  it('status: what the journal knows of it', async () => {
    expect((await haven('status')).code).toBe(1);
    const own = await TestPlatform.open(certificates);
    await own.order({ kind: 'refuse' });
    configure(dataDir, certificates, own.port);
    const station = new HandingStation(dataDir, 'OPERATION', true, BARE_PACK);
    station.stops(2);
    await station.close();
    expect(await haven('status')).toMatchObject({ code: 0, out: expect.stringContaining('2 message(s), 2 without a receipt since') as string });
    expect(JSON.parse((await haven('status', '--json')).out)).toMatchObject({ state: 'behind', behind: 2, station: 'plant-7' });
    await own.close();
  });
});

describe('REQ-PLT-05 our own certificate', () => {
  it('a server that says by an alert that it does not accept it is told apart from one that is broken', async () => {
    const port = await freePort();
    const server = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${String(port)}`, '-cert', certificates.server.cert, '-key', certificates.server.key, '-CAfile', certificates.ca, '-Verify', '1', '-verify_return_error', '-quiet'], { stdio: ['pipe', 'ignore', 'ignore'] });
    configure(dataDir, certificates, port, { client: certificates.otherClient });
    const config = read();
    if (config.state !== 'on') throw new Error('the configuration is not on');
    const client = new PlatformClient(config.settings);
    let outcome;
    for (let i = 0; i < 100; i += 1) {
      outcome = await client.put({ station: 'plant-7', seq: 1, toRecord: 1, body: Buffer.from('{}'), sha256: '0' }, new AbortController().signal);
      if (outcome.outcome === 'failed' && outcome.failure !== 'refused') break;
      await pause(50);
    }
    expect(outcome).toMatchObject({ outcome: 'failed', failure: 'client-rejected' });
    expect(await client.handshake()).toMatchObject({ ok: false, failure: 'client-rejected' });
    client.close();
    server.kill('SIGKILL');
  });
});
