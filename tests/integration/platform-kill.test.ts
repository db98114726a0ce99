/** kill -9 of the station while it hands on, also between the platform's receipt and its own record of it: nothing is lost, nothing is there twice. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformMessageSchema } from '../../src/contract/platform.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { makeCertificates } from '../support/platform/certificates.ts';
import { configure, TestPlatform, until } from '../support/platform/platform.ts';

const STATION = join(import.meta.dirname, '../support/platform/station.process.ts');
const ROUNDS = Number(process.env['HAVEN_PLATFORM_KILL_ROUNDS'] ?? 8);

let pkiDir: string;
let platform: TestPlatform;
let dataDir: string;
beforeAll(async () => {
  pkiDir = mkdtempSync(join(tmpdir(), 'haven-platform-pki-'));
  dataDir = mkdtempSync(join(tmpdir(), 'haven-handing-'));
  const certificates = makeCertificates(pkiDir);
  platform = await TestPlatform.open(certificates);
  configure(dataDir, certificates, platform.port, { messages: 5, answerMs: 2_000 });
});
afterAll(async () => {
  await platform.close();
  for (const dir of [pkiDir, dataDir]) rmSync(dir, { recursive: true, force: true });
});

function start(count: number): { child: ChildProcess; said: () => string; gone: Promise<string | null> } {
  const child = spawn(process.execPath, [STATION, dataDir, String(count), '3'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return { child, said: () => said, gone: new Promise((done) => child.once('close', (_code, signal) => done(signal))) };
}

/** As the journal has them. */
function told(): { stops: number; cursor: number } {
  let [stops, cursor] = [0, 0];
  for (const record of readRecords(join(dataDir, 'operation/journal.sqlite'))) {
    if (record.type === 'retreat.stop') stops += 1;
    if (record.type === 'platform.delivered') cursor = (record.data as unknown as { seq: number }).seq;
  }
  return { stops, cursor };
}

describe('REQ-PLT-08 kill -9 of the station', () => {
  it('after the platform has kept a message and before the station knows: it is sent again, and is there once', async () => {
    await platform.order({ kind: 'hang', keeps: true });
    const station = start(3);
    await until('the platform holds the first and has not answered', () => platform.faults('hang') === 1);
    station.child.kill('SIGKILL');
    expect(await station.gone).toBe('SIGKILL');
    expect(told().cursor).toBe(0); // the fault arrived: the platform holds it, the journal has no receipt
    expect((await platform.holds()).map(({ seq }) => seq)).toEqual([1]);
    const again = start(0);
    await again.gone;
    expect(again.said()).toContain('handed on');
    expect(platform.news).toContainEqual({ news: 'again', seq: 1 });
    const { stops, cursor } = told();
    expect((await platform.holds()).map(({ seq }) => seq)).toEqual(Array.from({ length: stops }, (_, i) => i + 1));
    expect(cursor).toBe(stops);
  });

  it(`${String(ROUNDS)} times right after a receipt has gone out: in the end every stop of the journal is there, once, in order`, async () => {
    let caught = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const station = start(200);
      const after = platform.news.length + 1 + ((round * 5) % 17);
      await until('messages are kept', () => platform.news.length >= after);
      station.child.kill('SIGKILL');
      expect(await station.gone).toBe('SIGKILL');
      if (((await platform.holds()).at(-1)?.seq ?? 0) > told().cursor) caught += 1;
    }
    // The fault arrived where it hurts: the platform was ahead of the journal's own record of it.
    expect(caught).toBeGreaterThan(0);
    const last = start(0);
    await last.gone;
    expect(last.said()).toContain('handed on');
    const kept = await platform.holds();
    const numbers = [...readRecords(join(dataDir, 'operation/journal.sqlite'))].filter(({ type }) => type === 'retreat.stop').map(({ n }) => n);
    expect(kept.map(({ body }) => platformMessageSchema.parse(JSON.parse(body)).toRecord)).toEqual(numbers);
    expect(kept.map(({ seq }) => seq)).toEqual(numbers.map((_, i) => i + 1));
  }, 60_000 + ROUNDS * 20_000);
});
