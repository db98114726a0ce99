/**
 * `npm run bench:browser`: from a changed value in the OPC UA server to the alarm drawn in a real browser. Simulator, station
 * and console are the real ones. The time begins before the instructor is called and ends with the frame after the row of
 * the alarm is in the page, all on one machine's clock. Bounded; leaves nothing behind. `--json` prints one document.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { STEP_CONDITION, STEP_TAG, STEP_VALUES } from '../src/main/bench/bench-pack.ts';
import { openScene } from '../src/main/bench/scene.ts';
import { percentile, rounded } from '../src/main/bench/statistics.ts';
import { provideBrowser } from './browser.ts';
import { buildConsole, root } from './console-bundle.ts';

const SIZES = [1_000, 5_000];
const STEPS = 50;
const STEP_WITHIN_MS = 15_000;
/** So that steps fall on every phase of the timers between server and screen. */
const PAUSE_MS = { least: 300, spread: 1_000 };

/** Resolves, in the page, with the time of the frame in which the alarm's row stands there (or no longer does). */
function whenDrawn(page: Page, present: boolean): Promise<number> {
  return page.evaluate(({ testId, wanted, withinMs }) => new Promise<number>((done, fail) => {
    const timer = setTimeout(() => fail(new Error('the alarm was not drawn in time')), withinMs);
    const look = (): void => {
      if ((document.querySelector(`[data-testid="${testId}"]`) !== null) !== wanted) return;
      observer.disconnect();
      clearTimeout(timer);
      requestAnimationFrame(() => done(Date.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    look();
  }), { testId: `alarm-row-${STEP_CONDITION}`, wanted: present, withinMs: STEP_WITHIN_MS });
}

async function measure(dir: string, tags: number, executablePath: string, consoleDir: string): Promise<number[]> {
  const scene = await openScene(dir, tags, consoleDir);
  const browser = await chromium.launch({ executablePath, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--no-first-run'] });
  const set = async (value: number): Promise<void> => {
    const answer = await scene.instructor.call('SetTag', [STEP_TAG, JSON.stringify(value)]);
    if (!answer.ok) throw new Error(answer.reason);
  };
  try {
    const station = await scene.startStation('data');
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(station.ready['url'] ?? '');
    await set(STEP_VALUES.within);
    await page.getByTestId('nav-alarms').click();
    await pause(10_000); // whatever begins with the first values is not what is measured
    const latencies: number[] = [];
    for (let step = 1; step <= STEPS; step += 1) {
      await pause(PAUSE_MS.least + PAUSE_MS.spread * Math.random());
      const drawn = whenDrawn(page, true);
      const startMs = Date.now();
      await set(STEP_VALUES.beyond);
      latencies.push((await drawn) - startMs);
      await page.getByTestId(`ack-${STEP_CONDITION}`).click();
      const gone = whenDrawn(page, false);
      await set(STEP_VALUES.within);
      await gone;
      if (step % 10 === 0) process.stderr.write(`${tags} tags: ${step} of ${STEPS}, p50 so far ${percentile(latencies, 0.5)} ms\n`);
    }
    return latencies;
  } finally {
    await browser.close();
    await scene.close();
  }
}

const built = await buildConsole();
const browser = await provideBrowser((line) => process.stderr.write(`${line}\n`));
if (!built.ok || !browser.found) {
  process.stderr.write(`${built.ok ? (browser.found ? '' : browser.problem) : built.said}\n`);
  process.exit(2);
}
const dir = mkdtempSync(join(tmpdir(), 'haven-bench-browser-'));
try {
  const benchmarks = [];
  for (const tags of SIZES) {
    const latencies = await measure(join(dir, String(tags)), tags, browser.path, join(root, '.vite/renderer/console'));
    for (const share of [50, 99]) benchmarks.push({ name: `alarm-in-browser/${tags}-tags-p${share}`, figure: rounded(percentile(latencies, share / 100)), unit: 'ms', peer: null, peerFigure: null, ratio: null, low: Math.min(...latencies), high: Math.max(...latencies), runs: latencies.length });
  }
  console.log(process.argv.includes('--json') ? JSON.stringify({ benchmarks }) : benchmarks.map((b) => `${b.name}  ${b.figure} ms  (${b.low} to ${b.high}, ${b.runs} steps)`).join('\n'));
} finally {
  rmSync(dir, { recursive: true, force: true });
}
