/** The simulator asked in a process of its own, and one that behaves badly: the report gets a reason, and is made without. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { whatIfSchema } from '../../src/contract/report.ts';
import type { IncidentRecords } from '../../src/domain/report/incident.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { makePlant } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { whatIfOf } from '../../src/main/incident-report/what-if.ts';
import type { WhatIfRequest, WhatIfResult } from '../../src/main/incident-report/what-if.ts';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { applyScenario } from '../../simulators/scenarios/apply.ts';
import { loadScenarios } from '../../simulators/scenarios/load.ts';
import { ROOT, shippedPack, T0 } from '../unit/domain/bench.ts';

const dir = mkdtempSync(join(tmpdir(), 'haven-what-if-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const s = (seconds: number): number => T0 + seconds * 1_000;
const plant = makePlant(shippedPack());
const trigger = plant.triggers.find(({ measure }) => (measure.kind === 'limit' && measure.input === 'TI-4203') || (measure.kind === 'voted' && measure.inputs.includes('TI-4203')));
const facts = [
  fact('training.started', s(0), 'ins1', { scenario: 'S-OX-RUNAWAY' }), fact('condition.changed', s(90), null, { id: trigger?.id ?? '', state: 'raised', sourceMs: s(90), input: 'TI-4203', value: 61, limit: 60 }),
  fact('procedure.raised', s(90), null, { instance: 'P-A4.2:1', procedure: 'P-A4.2', version: 1, sourceHash: '', because: [] }), fact('retreat.stop', s(120), 'op1', { actedOn: 'simulator' }),
];
const records: IncidentRecords = { plant, packHash: '', clauses: [], before: EMPTY_STATE, incident: { id: 'I-1', openedMs: s(90), closedMs: s(800), firstCondition: null, fromMs: T0 - 1, toMs: s(800) }, records: facts.map((each, i) => ({ n: i + 1, wallMs: each.atMs, fact: each })) };

const ask = (more: Partial<WhatIfRequest> = {}): Promise<WhatIfResult> => whatIfOf({ mode: 'TRAINING', records, samples: { series: () => [] }, minutes: [-1, 1], ...more });
const program = (name: string, text: string): string => { const file = join(dir, `${name}.mjs`); writeFileSync(file, text); return file; };
const reasonOf = (result: WhatIfResult): string => (result.ok ? 'no reason' : result.reason.en);

describe('REQ-WIF-07 the simulator beside the program', () => {
  it('A4.2(2) answers with runs of the published form; a stop a minute earlier is lower, later higher; recorded from another seed it says how far off it is', async () => {
    const recorded: [number, number][] = [];
    const seen = new H2o2Plant(99);
    seen.step(120);
    const scenario = loadScenarios(join(ROOT, 'simulators/scenarios/h2o2')).flatMap((each) => (each.ok ? [each.value] : [])).find(({ id }) => id === 'S-OX-RUNAWAY');
    if (scenario !== undefined) applyScenario(seen, scenario);
    for (let second = 0; second < 600; second += 1) {
      if (second === 120) { seen.command('HS-4001', true); seen.command('HS-4001', false); }
      recorded.push([s(second), seen.analog('TI-4203')]);
      seen.step(1);
    }
    const result = await ask({ samples: { series: (tag) => (tag === 'TI-4203' ? recorded : []) } });
    if (!result.ok) throw new Error(result.reason.en);
    expect(whatIfSchema.safeParse(result.whatIf).error).toBeUndefined();
    const peak = (shiftMs: number): number => result.whatIf.runs.find((run) => run.shiftMs === shiftMs)?.worst.find(({ tag }) => tag === 'TI-4203')?.value ?? Number.NaN;
    expect(peak(-60_000)).toBeLessThan(peak(0));
    expect(peak(60_000)).toBeGreaterThan(peak(0));
    expect(result.whatIf.runs.every(({ safeAfterS }) => safeAfterS !== null)).toBe(true);
    const [fidelity] = result.whatIf.fidelity;
    expect(fidelity?.tag).toBe('TI-4203');
    // Noise of two transmitters, and no more: the course is the same.
    expect(fidelity?.atMost).toBeGreaterThan(0);
    expect(fidelity?.atMost).toBeLessThan(1.5);
  });

  it('an exercise that its plant does not have is told', async () => {
    const other = makePlant(shippedPack('ammonia-synthesis'));
    expect(reasonOf(await ask({ records: { ...records, plant: other } }))).toMatch(/There is no scenario "S-OX-RUNAWAY"/u);
  });

  it('of the plant itself, or of a reconstruction, nothing is supposed', async () => {
    expect(reasonOf(await ask({ mode: 'OPERATION' }))).toMatch(/real plant/u);
    expect(reasonOf(await ask({ mode: 'RECONSTRUCTED' }))).toMatch(/reconstructed/u);
  });

  it('more, or further, than may be asked is refused', async () => {
    expect(reasonOf(await ask({ minutes: [1, 2, 3, 4, 5, 6, 7] }))).toMatch(/At most 6/u);
    expect(reasonOf(await ask({ minutes: [31] }))).toMatch(/30 minutes/u);
    expect(reasonOf(await ask({ minutes: [Number.NaN] }))).toMatch(/30 minutes/u);
  });
});

describe('REQ-WIF-08 a simulator that behaves badly', () => {
  it('is not there', async () => expect(reasonOf(await ask({ simulator: join(dir, 'none.mjs') }))).toMatch(/not there/u));
  it.each<[string, string, RegExp]>([
    ['hangs', 'setInterval(() => undefined, 1000);', /not done within/u],
    ['crashes', "throw new Error('the solver has burst');", /broke off \(1\).*burst/su],
    ['kills itself', "process.kill(process.pid, 'SIGKILL');", /broke off \(SIGKILL\)/u],
    ['says nothing', 'process.exit(0);', /makes no sense/u],
    ['talks nonsense', "console.log('{\"ok\":true,\"runs\":[{\"shiftMs\":\"early\"}]}');", /makes no sense/u],
    ['answers something else', "console.log('{\"ok\":true,\"runs\":[]}');", /did not answer what was asked/u],
    ['talks without end', "const say = () => { if (process.stdout.write('x'.repeat(1_000_000))) setImmediate(say); else process.stdout.once('drain', say); }; say();", /too long/u],
    ['closes its ears', "process.stdin.destroy(); setTimeout(() => process.exit(7), 100);", /broke off \(7\)/u],
  ])('%s', async (name, text, words) => {
    expect(reasonOf(await ask({ simulator: program(name.replaceAll(' ', '-'), text), timeLimitMs: name === 'hangs' ? 1_500 : 60_000 }))).toMatch(words);
  });

  it('is cancelled while it runs: at once, and it is gone', async () => {
    const over = new AbortController();
    const file = program('endless', "import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[1] + '.pid', String(process.pid)); setInterval(() => undefined, 1000);");
    const asked = ask({ simulator: file, signal: over.signal });
    const { existsSync, readFileSync } = await import('node:fs');
    while (!existsSync(`${file}.pid`) || readFileSync(`${file}.pid`, 'utf8') === '') await new Promise((done) => setTimeout(done, 20));
    const pid = Number(readFileSync(`${file}.pid`, 'utf8'));
    process.kill(pid, 0); // it runs
    over.abort();
    expect(reasonOf(await asked)).toBe('Cancelled');
    await expect.poll(() => { try { process.kill(pid, 0); return 'runs'; } catch { return 'gone'; } }, { timeout: 10_000 }).toBe('gone');
  });

  it('hears nothing of the station but the question', async () => {
    process.env['HAVEN_INSTRUCTOR_SECRET'] = 'do-not-tell';
    const result = await ask({ simulator: program('nosy', "console.log(JSON.stringify({ ok: false, message: Object.keys(process.env).sort().join(',') })); process.exitCode = 1;") });
    delete process.env['HAVEN_INSTRUCTOR_SECRET'];
    expect(reasonOf(result)).toMatch(/cannot run it/u);
    expect(reasonOf(result)).not.toContain('HAVEN');
  });
});
