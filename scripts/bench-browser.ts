/**
 * `npm run bench:browser [-- --tags 10000 --steps 50 --pulses 20 --without-fuxa --json]`: from a value set in the OPC UA server to
 * the alarm drawn in a real browser, beside FUXA on the same server in the same run. Simulator, station, journal and console are
 * the real ones. The time begins before the instructor is called and ends with the frame after the alarm's row is in the page (for
 * FUXA: with the message on its page's socket, so its drawing is given to it). All on one machine's clock. Bounded; leaves nothing behind.
 *
 * After the steps: short pulses, a value with a bad status, and the server killed; what each of the two makes of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { LEVELS, STEP_CONDITION, STEP_LIMIT, STEP_TAG, STEP_VALUES } from '../src/main/bench/bench-pack.ts';
import { Fuxa, FUXA_NAME, provideFuxa } from '../src/main/bench/fuxa.ts';
import type { LevelRanges } from '../src/main/bench/fuxa.ts';
import { openScene } from '../src/main/bench/scene.ts';
import type { Scene } from '../src/main/bench/scene.ts';
import { percentile, rounded } from '../src/main/bench/statistics.ts';
import { tagIds } from '../src/main/bench/traffic.ts';
import { provideBrowser } from './browser.ts';
import { buildConsole, root } from './console-bundle.ts';

const STEP_WITHIN_MS = 15_000;
const PULSE_MS = 300;
const PULSE_WITHIN_MS = 4_000;
/** So that steps fall on every phase of the timers between server and screen. */
const PAUSE_MS = { least: 500, spread: 1_000 };
/** FUXA monitors its tags one by one; research measured 8 to 9 s for 10,000. */
const FUXA_READY_WITHIN_MS = 180_000;
const AFTER_DEATH_MS = 10_000;
const LINK_CONDITION = 'LINK';

/** Resolves, in the page, with the time of the frame in which the row stands there (or no longer does); null when it never does. */
function whenDrawn(page: Page, alarm: string, present: boolean, withinMs = STEP_WITHIN_MS): Promise<number | null> {
  return page.evaluate(({ testId, wanted, within }) => new Promise<number | null>((done) => {
    const timer = setTimeout(() => { observer.disconnect(); done(null); }, within);
    const look = (): void => {
      if ((document.querySelector(`[data-testid="${testId}"]`) !== null) !== wanted) return;
      observer.disconnect();
      clearTimeout(timer);
      requestAnimationFrame(() => done(Date.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    look();
  }), { testId: `alarm-row-${alarm}`, wanted: present, within: withinMs });
}

/** The same figures as in the pack, as FUXA writes them: a range for each level. */
function levelRanges(): LevelRanges {
  const at = Object.fromEntries(LEVELS.map(([id, , limit]) => [id, limit])) as Record<(typeof LEVELS)[number][0], number>;
  const next = 0.001;
  return { highhigh: [at.HH + next, 200], high: [at.H + next, at.HH], low: [at.LL, at.L - next], info: [-20, at.LL - next] };
}

interface Figure { name: string; figure: number; unit: string; peer: string | null; peerFigure: number | null; ratio: number | null; low: number; high: number; runs: number }

class Run {
  readonly #scene: Scene;
  readonly #page: Page;
  #fuxa: Fuxa | null;
  readonly #say: (line: string) => void;

  constructor(scene: Scene, page: Page, fuxa: Fuxa | null, say: (line: string) => void) {
    this.#scene = scene;
    this.#page = page;
    this.#fuxa = fuxa;
    this.#say = say;
  }

  get hasPeer(): boolean {
    return this.#fuxa !== null;
  }

  async #instruct(method: string, ...args: string[]): Promise<void> {
    const answer = await this.#scene.instructor.call(method, args);
    if (!answer.ok) throw new Error(answer.reason);
  }

  set(value: number): Promise<void> {
    return this.#instruct('SetTag', STEP_TAG, JSON.stringify(value));
  }

  #fuxaNext(raised: boolean, withinMs: number): Promise<number | null> {
    return this.#fuxa === null ? Promise.resolve(null) : this.#fuxa.next(({ high, highhigh }) => (high + highhigh > 0) === raised, withinMs);
  }

  /** Until both have seen a step once: connected, subscribed, settled. */
  async settle(): Promise<void> {
    const drawn = whenDrawn(this.#page, STEP_CONDITION, true, FUXA_READY_WITHIN_MS);
    const heard = this.#fuxaNext(true, FUXA_READY_WITHIN_MS);
    await this.set(STEP_VALUES.beyond);
    if ((await drawn) === null) throw new Error('the console never drew the first alarm');
    if ((await heard) === null && this.#fuxa !== null) {
      this.#say(`FUXA did not tell of the first alarm within ${FUXA_READY_WITHIN_MS / 1_000} s and is left out`);
      this.#fuxa = null;
    }
    await this.#backToNormal();
    await pause(5_000);
  }

  async #backToNormal(): Promise<void> {
    await this.#page.getByTestId(`ack-${STEP_CONDITION}`).click();
    const gone = whenDrawn(this.#page, STEP_CONDITION, false);
    const heard = this.#fuxaNext(false, STEP_WITHIN_MS);
    await this.set(STEP_VALUES.within);
    if ((await gone) === null) throw new Error('the alarm did not go');
    await heard;
  }

  async steps(count: number): Promise<{ ours: number[]; theirs: number[] }> {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let step = 1; step <= count; step += 1) {
      await pause(PAUSE_MS.least + PAUSE_MS.spread * Math.random());
      const drawn = whenDrawn(this.#page, STEP_CONDITION, true);
      const heard = this.#fuxaNext(true, STEP_WITHIN_MS);
      const startMs = Date.now();
      await this.set(STEP_VALUES.beyond);
      const [drawnMs, heardMs] = await Promise.all([drawn, heard]);
      if (drawnMs === null) throw new Error(`the alarm was not drawn within ${STEP_WITHIN_MS / 1_000} s`);
      ours.push(drawnMs - startMs);
      if (heardMs !== null) theirs.push(heardMs - startMs);
      await this.#backToNormal();
      if (step % 10 === 0) this.#say(`step ${step} of ${count}: p50 so far ${percentile(ours, 0.5)} ms, FUXA ${theirs.length > 0 ? `${percentile(theirs, 0.5)} ms` : '-'}`);
    }
    return { ours, theirs };
  }

  /** How many excursions of 300 ms are noticed. */
  async pulses(count: number): Promise<{ ours: number; theirs: number }> {
    let [ours, theirs] = [0, 0];
    for (let pulse = 1; pulse <= count; pulse += 1) {
      await pause(PAUSE_MS.least + PAUSE_MS.spread * Math.random());
      const drawn = whenDrawn(this.#page, STEP_CONDITION, true, PULSE_WITHIN_MS);
      const heard = this.#fuxaNext(true, PULSE_WITHIN_MS);
      await this.set(STEP_VALUES.beyond);
      await pause(PULSE_MS);
      await this.set(STEP_VALUES.within);
      const [drawnMs, heardMs] = await Promise.all([drawn, heard]);
      if (heardMs !== null) theirs += 1;
      if (drawnMs === null) continue;
      ours += 1;
      await this.#page.getByTestId(`ack-${STEP_CONDITION}`).click();
      await whenDrawn(this.#page, STEP_CONDITION, false);
    }
    return { ours, theirs };
  }

  /** A value beyond the limit whose status says that it is bad. Whether each raises an alarm from it. */
  async badValue(): Promise<{ ours: boolean; theirs: boolean }> {
    await this.#instruct('FieldAction', JSON.stringify({ kind: 'sensor', tag: STEP_TAG, malfunction: 'bad-quality' }));
    await pause(1_000);
    const drawn = whenDrawn(this.#page, STEP_CONDITION, true, 5_000);
    const heard = this.#fuxaNext(true, 5_000);
    await this.set(STEP_VALUES.beyond);
    const [drawnMs, heardMs] = await Promise.all([drawn, heard]);
    await this.set(STEP_VALUES.within);
    await this.#instruct('FieldAction', JSON.stringify({ kind: 'sensor', tag: STEP_TAG, malfunction: null }));
    return { ours: drawnMs !== null, theirs: heardMs !== null };
  }

  /** The server dies. How many alarms each then has that are about the plant, and how long until the loss itself is raised. */
  async serverDies(): Promise<{ falseOurs: number; falseTheirs: number; lossAfterMs: number | null }> {
    await pause(3_000);
    const lost = whenDrawn(this.#page, LINK_CONDITION, true, AFTER_DEATH_MS);
    const startMs = Date.now();
    this.#scene.killPlant();
    const lossMs = await lost;
    await pause(Math.max(0, startMs + AFTER_DEATH_MS - Date.now()));
    const rows = await this.#page.locator('[data-testid^="alarm-row-"]').evaluateAll((all) => all.map((row) => row.getAttribute('data-testid') ?? ''));
    return { falseOurs: rows.filter((id) => id !== `alarm-row-${LINK_CONDITION}`).length, falseTheirs: (await this.#fuxa?.active())?.length ?? 0, lossAfterMs: lossMs === null ? null : lossMs - startMs };
  }
}

function latency(tags: number, share: number, ours: readonly number[], theirs: readonly number[]): Figure {
  const figure = rounded(percentile(ours, share / 100));
  const peerFigure = theirs.length === 0 ? null : rounded(percentile(theirs, share / 100));
  return { name: `alarm-in-browser/${tags}-tags-p${share}`, figure, unit: 'ms', peer: peerFigure === null ? null : FUXA_NAME, peerFigure, ratio: peerFigure === null ? null : rounded(figure / peerFigure), low: Math.min(...ours), high: Math.max(...ours), runs: ours.length };
}

function count(name: string, unit: string, figure: number, peerFigure: number | null, runs: number): Figure {
  return { name, figure, unit, peer: peerFigure === null ? null : FUXA_NAME, peerFigure, ratio: null, low: figure, high: figure, runs };
}

const { values: given } = parseArgs({ options: { tags: { type: 'string', default: '10000' }, steps: { type: 'string', default: '50' }, pulses: { type: 'string', default: '20' }, 'without-fuxa': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
const [tags, steps, pulses] = [Number(given.tags), Number(given.steps), Number(given.pulses)];
const say = (line: string): void => { process.stderr.write(`${line}\n`); };

if (![tags, steps, pulses].every((n) => Number.isInteger(n) && n >= 0 && n <= 100_000) || tags < 2 || steps < 1) {
  say('npm run bench:browser -- [--tags N] [--steps N] [--pulses N] [--without-fuxa] [--json]; expected whole numbers, at least 2 tags and 1 step');
  process.exit(2);
}
const built = await buildConsole();
const browser = await provideBrowser(say);
if (!built.ok || !browser.found) {
  say(built.ok ? (browser.found ? '' : browser.problem) : built.said);
  process.exit(2);
}
const noFuxa = given['without-fuxa'] ? 'left out' : await provideFuxa(say);
if (noFuxa !== null) say(`FUXA does not run beside us: ${noFuxa}`);
const dir = mkdtempSync(join(tmpdir(), 'haven-bench-browser-'));
const figures: Figure[] = [];
try {
  say(`${tags} tags: starting simulator, station, browser${noFuxa === null ? ' and FUXA' : ''}`);
  const scene = await openScene(dir, tags, join(root, '.vite/renderer/console'));
  const chromiumBrowser = await chromium.launch({ executablePath: browser.path, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--no-first-run'] });
  let fuxa: Fuxa | null = null;
  try {
    const station = await scene.startStation('data');
    const stepLevels: LevelRanges = { ...levelRanges(), high: [STEP_LIMIT + 0.001, 200], highhigh: [1_000, 2_000] };
    if (noFuxa === null) fuxa = await Fuxa.start({ workDir: join(dir, 'fuxa'), endpoint: scene.endpoint, tags: [STEP_TAG, ...tagIds(tags - 1)], levels: levelRanges(), levelsOf: (tag) => (tag === STEP_TAG ? stepLevels : undefined) });
    const page = await chromiumBrowser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(station.ready['url'] ?? '');
    await page.getByTestId('nav-alarms').click();
    const run = new Run(scene, page, fuxa, say);
    await run.set(STEP_VALUES.within);
    await run.settle();
    const { ours, theirs } = await run.steps(steps);
    figures.push(...[50, 99].map((share) => latency(tags, share, ours, theirs)));
    if (pulses > 0) {
      const seen = await run.pulses(pulses);
      figures.push(count(`pulses-of-${PULSE_MS}-ms-seen`, `of ${pulses}`, seen.ours, run.hasPeer ? seen.theirs : null, pulses));
    }
    const bad = await run.badValue();
    figures.push(count('alarm-from-a-bad-value', 'alarms', bad.ours ? 1 : 0, run.hasPeer ? (bad.theirs ? 1 : 0) : null, 1));
    const death = await run.serverDies();
    figures.push(count('false-alarms-10-s-after-the-server-died', 'alarms', death.falseOurs, run.hasPeer ? death.falseTheirs : null, 1));
    figures.push(count('loss-of-the-server-raised-after', 'ms', death.lossAfterMs ?? Number.NaN, null, 1));
  } finally {
    await fuxa?.end();
    await chromiumBrowser.close();
    await scene.close();
  }
  console.log(given.json ? JSON.stringify({ benchmarks: figures }) : figures.map((b) => `${b.name}  ${b.figure} ${b.unit}  (${b.low} to ${b.high}, ${b.runs} runs)${b.peer === null ? '' : `; ${b.peer}: ${String(b.peerFigure)} ${b.unit}${b.ratio === null ? '' : `, ratio ${b.ratio}`}`}`).join('\n'));
} finally {
  rmSync(dir, { recursive: true, force: true });
}
