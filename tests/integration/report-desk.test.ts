/**
 * The station's reports: made by a process of its own while the station goes on, one at a time, kept over a restart. A real station without
 * a plant; in TRAINING, so that a stop opens an incident.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Response } from '../../src/contract/envelope.ts';
import { reportsSectionSchema } from '../../src/contract/incidents.ts';
import type { ReportsSection } from '../../src/contract/incidents.ts';
import { forkRunner } from '../../src/main/incident-report/fork-runner.ts';
import type { ReportHearer, ReportRunner } from '../../src/main/incident-report/job.ts';
import type { ReportOrder } from '../../src/main/incident-report/compose.ts';
import { REPORTS_KEPT_MAX, ReportDesk } from '../../src/main/station/report-desk.ts';
import type { ReportMade } from '../../src/main/station/report-desk.ts';
import { startStation } from '../../src/main/station/index.ts';
import type { Station } from '../../src/main/station/index.ts';
import { TRAINING_SECRET } from '../../src/main/users/users.ts';
import { ROOT } from '../support/station/processes.ts';

let dir: string;
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'haven-desk-')); });
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function until<T>(look: () => T | Promise<T>, isSo: (found: T) => boolean, withinMs = 60_000): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (isSo(found)) return found;
    if (performance.now() > endMs) throw new Error(`not in time; last seen ${JSON.stringify(found).slice(0, 1_000)}`);
    await pause(25);
  }
}

/** A console at a real station, without a wire. */
class Desk {
  readonly #answers = new Map<string, (answer: Response) => void>();
  #hear: (text: string) => void = () => undefined;
  #count = 0;
  readonly reports: ReportsSection[] = [];

  constructor(station: Station) {
    station.connect({
      send: (text) => {
        const message = JSON.parse(text) as Response & { kind: string; sections?: { reports?: ReportsSection } };
        if (message.kind === 'response') this.#answers.get(message.id)?.(message);
        if (message.sections?.reports !== undefined) this.reports.push(reportsSectionSchema.parse(message.sections.reports));
      },
      onMessage: (callback) => { this.#hear = callback; }, onClose: () => undefined,
    });
  }

  ask(command: string, input: unknown = {}): Promise<Response> {
    const id = `request-${String((this.#count += 1)).padStart(4, '0')}`;
    const answer = new Promise<Response>((settle) => this.#answers.set(id, settle));
    this.#hear(JSON.stringify({ kind: 'request', id, command, input }));
    return answer;
  }

  async done(command: string, input: unknown = {}): Promise<Record<string, unknown>> {
    const answer = await this.ask(command, input);
    if (answer.outcome !== 'done') throw new Error(`${command}: ${JSON.stringify(answer)}`);
    return answer.output as Record<string, unknown>;
  }

  async section(): Promise<ReportsSection> {
    const { view } = await this.done('view.snapshot') as { view: { reports: ReportsSection } };
    return view.reports;
  }
}

async function open(reportRunner?: ReportRunner): Promise<Station> {
  const started = await startStation({ dataDir: join(dir, 'data'), plant: 'h2o2', training: true, rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), endpoint: 'opc.tcp://127.0.0.1:9/none', ...(reportRunner === undefined ? {} : { reportRunner }) });
  if (!started.ok) throw new Error(started.problem.message);
  return started.station;
}
const order = (incident: string, more: object = {}): object => ({ incident, formats: ['json', 'html', 'csv'], redacted: false, language: 'zh', whatIf: [], ...more });

describe('a real station', () => {
  let station: Station;
  let desk: Desk;
  let incident: string;
  const begin = async (runner?: ReportRunner): Promise<void> => {
    station = await open(runner);
    desk = new Desk(station);
    await desk.done('retreat.stop');
    incident = await until(() => station.core.state.incident?.id ?? '', (id) => id !== '');
    await desk.done('session.logOn', { user: 'op1', secret: TRAINING_SECRET });
  };
  afterEach(() => station.stop());

  test('REQ-RPT-72 a report is made beside it, told while it goes, put on record with the hash of every file, and read in pieces', async () => {
    await begin();
    const { report } = await desk.done('report.make', order(incident)) as { report: string };
    const section = await until(() => desk.section(), ({ running }) => running === null);
    expect(section.failed).toBe(null);
    expect(section.made).toHaveLength(1);
    const [made] = section.made;
    expect(made).toMatchObject({ report, incident, redacted: false, language: 'zh' });
    expect(made?.files.map(({ name }) => name).sort()).toEqual(['events.csv', 'report.html', 'report.json', 'samples-training.csv']);
    expect(desk.reports.some(({ running }) => running?.report === report)).toBe(true);
    for (const { name, bytes, sha256 } of made?.files ?? []) {
      const parts: Buffer[] = [];
      for (let offset = 0, end = false; !end; offset = parts.reduce((sum, part) => sum + part.length, 0)) {
        const chunk = await desk.done('report.read', { report, name, offset }) as { base64: string; bytes: number; end: boolean };
        parts.push(Buffer.from(chunk.base64, 'base64'));
        expect(chunk.bytes).toBe(bytes);
        end = chunk.end;
      }
      expect(createHash('sha256').update(Buffer.concat(parts)).digest('hex'), name).toBe(sha256);
    }
    const recorded = station.core.tail.find(({ fact }) => fact.type === 'report.made')?.fact;
    expect(recorded).toMatchObject({ by: 'op1', data: { report, incident, toRecord: made?.toRecord, redacted: false, files: made?.files.map(({ name, sha256 }) => ({ name, sha256 })) } });
    expect((JSON.parse(readFileSync(join(dir, 'data/training/reports', report, 'report.json'), 'utf8')) as { mode: string; incident: { id: string } })).toMatchObject({ mode: 'TRAINING', incident: { id: incident } });
  }, 90_000);

  test('REQ-RPT-73 a retreat is answered while a report is made, and no second report is begun meanwhile', async () => {
    // The maker of the test never ends by itself: whatever is answered here is answered while it runs.
    writeFileSync(join(dir, 'busy.mjs'), "process.on('message', () => { process.send({ kind: 'progress', phase: { zh: '忙', en: 'busy' }, done: 0.4 }); for (;;); });");
    await begin(forkRunner(join(dir, 'busy.mjs')));
    const { report } = await desk.done('report.make', order(incident)) as { report: string };
    await until(() => desk.section(), ({ running }) => running?.phase.en === 'busy');
    expect(await desk.ask('report.make', order(incident))).toMatchObject({ outcome: 'failed', problem: { code: 'busy' } });
    expect(await desk.done('retreat.stop')).toMatchObject({ actedOn: 'people' });
    expect(await desk.done('retreat.evacuate')).toMatchObject({ actedOn: 'people' });
    expect(station.core.state.retreats[0]?.kind).toBe('evacuate');
    expect((await desk.section()).running).toMatchObject({ report, done: 0.4 });
    await desk.done('report.cancel', { report });
    const after = await desk.section();
    expect(after).toMatchObject({ running: null, failed: { incident, reason: { en: 'Cancelled' } }, made: [] });
    await until(() => readdirSync(join(dir, 'data/training/reports')), (names) => names.length === 0);
    expect(await desk.ask('report.cancel', { report })).toMatchObject({ outcome: 'failed', problem: { code: 'not-found' } });
  }, 90_000);

  test('REQ-RPT-74 a maker that dies is told with how it died; the next report is made', async () => {
    writeFileSync(join(dir, 'dying.mjs'), "process.on('message', () => { throw new TypeError('out of luck'); });");
    const [dying, good] = [forkRunner(join(dir, 'dying.mjs')), forkRunner()];
    let isDying = true;
    await begin({ start: (...asked) => (isDying ? dying : good).start(...asked) });
    await desk.done('report.make', order(incident));
    const { failed } = await until(() => desk.section(), ({ running }) => running === null);
    expect(failed).toMatchObject({ incident, reason: { en: expect.stringMatching(/died: exit 1: .*TypeError: out of luck/u) as string } });
    isDying = false;
    await desk.done('report.make', order(incident, { formats: ['json'] }));
    expect(await until(() => desk.section(), ({ running }) => running === null)).toMatchObject({ failed: null, made: [{ incident }] });
  }, 90_000);

  test('REQ-RPT-75 nobody is logged on: refused with the reason; what was made may be read by anybody', async () => {
    await begin();
    const stranger = new Desk(station);
    expect(await stranger.ask('report.make', order(incident))).toMatchObject({ outcome: 'refused', refusal: { operation: 'report.make', obstacles: [{ rule: 'G-LOG-ON' }] } });
    await desk.done('report.make', order('I-not-there', { formats: ['json'] }));
    expect(await until(() => desk.section(), ({ running }) => running === null)).toMatchObject({ failed: { incident: 'I-not-there', reason: { en: expect.stringContaining(incident) as string } } });
    const { report } = await desk.done('report.make', order(incident, { formats: ['json'] })) as { report: string };
    await until(() => desk.section(), ({ running }) => running === null);
    expect(await stranger.done('report.read', { report, name: 'report.json', offset: 0 })).toMatchObject({ end: expect.any(Boolean) as boolean });
    for (const bad of [{ report, name: '../../journal.sqlite' }, { report, name: 'made.json' }, { report: '..', name: 'journal.sqlite' }, { report: `${report}/../..`, name: 'journal.sqlite' }, { report, name: 'report.json\u0000.html' }, { report, name: '/etc/passwd' }]) {
      expect(await stranger.ask('report.read', { ...bad, offset: 0 }), JSON.stringify(bad)).toMatchObject({ outcome: 'failed' });
    }
    expect(await stranger.ask('report.read', { report, name: 'report.json', offset: 9e15 })).toMatchObject({ outcome: 'failed' });
  }, 90_000);

  test('REQ-RPT-76 the list outlives a restart; what was half made then is gone', async () => {
    await begin();
    const { report } = await desk.done('report.make', order(incident, { formats: ['json'] })) as { report: string };
    await until(() => desk.section(), ({ running }) => running === null);
    await station.stop();
    const reports = join(dir, 'data/training/reports');
    mkdirSync(join(reports, 'R-1-abc.unfinished'));
    mkdirSync(join(reports, 'R-2-lying'));
    writeFileSync(join(reports, 'R-2-lying/made.json'), JSON.stringify({ report: 'R-2-lying', incident, redacted: false, language: 'zh', atMs: 1, toRecord: 1, files: [{ name: '../../journal.sqlite', format: 'json', bytes: 10, sha256: '' }] }));
    station = await open();
    desk = new Desk(station);
    const { made } = await until(() => desk.section(), (section) => section.made.length > 0);
    expect(made.map((each) => each.report)).toEqual([report]);
    expect(existsSync(join(reports, 'R-1-abc.unfinished'))).toBe(false);
  }, 90_000);
});

describe('the desk', () => {
  const recorded: ReportMade[] = [];
  let hearer: ReportHearer;
  let asked: ReportOrder;
  let kills = 0;
  const runner: ReportRunner = { start: (given, heard) => { asked = given; hearer = heard; return { kill: () => { kills += 1; } }; } };
  const make = (more: Partial<ConstructorParameters<typeof ReportDesk>[0]> = {}): ReportDesk => {
    recorded.length = 0;
    kills = 0;
    let now = 1_000;
    const desk = new ReportDesk({ dir: join(dir, 'reports'), journal: 'j', runner, nowMs: () => (now += 1), record: (made) => recorded.push(made), onChanged: () => undefined, ...more });
    desk.start();
    return desk;
  };
  const wanted = { incident: 'I-1', formats: ['json' as const], redacted: false, language: 'zh' as const, whatIf: [] };
  const finish = async (desk: ReportDesk): Promise<void> => {
    mkdirSync(asked.outDir, { recursive: true });
    writeFileSync(join(asked.outDir, 'report.json'), '{}');
    hearer.ended({ outcome: 'done', files: [{ name: 'report.json', format: 'json', bytes: 2, sha256: 'a' }], notMade: [], toRecord: 9, mode: 'TRAINING' });
    await until(() => desk.section().running, (running) => running === null);
  };

  test('REQ-RPT-77 so many are kept; the oldest goes with its files', async () => {
    expect(REPORTS_KEPT_MAX).toBeLessThanOrEqual(100);
    const desk = make({ keptMax: 3 });
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const made = desk.make(wanted, 'op1');
      ids.push(made.ok ? made.value.report : '');
      await finish(desk);
    }
    expect(desk.section().made.map(({ report }) => report)).toEqual(ids.slice(2).reverse());
    await until(() => readdirSync(join(dir, 'reports')).sort(), (names) => names.length === 3);
    expect(recorded).toHaveLength(5);
    await desk.stop();
  });

  test('REQ-RPT-77 one that takes too long is stopped; what it says afterwards changes nothing', async () => {
    const desk = make({ withinMs: 20 });
    desk.make(wanted, 'op1');
    await until(() => desk.section().failed, (failed) => failed !== null);
    expect([kills, desk.section().failed?.reason.en]).toEqual([1, 'The report took too long and was stopped']);
    hearer.ended({ outcome: 'failed', code: 'input', reason: { zh: 'x', en: 'x' } });
    hearer.died('x');
    expect(desk.section()).toMatchObject({ running: null, failed: { reason: { en: 'The report took too long and was stopped' } } });
    await desk.stop();
  });

  test('REQ-RPT-74 a record that cannot be written takes no report away; a file that is gone is told', async () => {
    const desk = make({ record: () => { throw new Error('the journal is full'); } });
    const made = desk.make(wanted, 'op1');
    await finish(desk);
    const report = made.ok ? made.value.report : '';
    expect(desk.section().made).toHaveLength(1);
    rmSync(join(dir, 'reports', report, 'report.json'));
    expect(await desk.read({ report, name: 'report.json', offset: 0 })).toMatchObject({ ok: false, code: 'not-found', message: expect.stringContaining('make the report again') as string });
    await desk.stop();
  });
});
