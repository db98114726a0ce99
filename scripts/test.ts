/**
 * `npm test`: everything that can be checked, in the order in which it is cheap to fail, what does not disturb each other at once. The last line says
 * `N passed, N failed` and, when any were, `, N skipped`; docs/testing.md says what each part is for.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { provideBrowser } from './browser.ts';
import { buildConsole, root } from './console-bundle.ts';
import { runTool } from './run-tool.ts';
import { added, gate, lastLine, NOTHING, playwrightResult, vitestResult } from './test-results.ts';
import type { Result } from './test-results.ts';

const PROJECTS = ['src/domain', 'src/contract', 'src/main', 'src/preload', 'src/renderer', 'simulators', 'tests', 'scripts', 'tsconfig.root.json'];
/** The machine this is made for has two cores. */
const TYPE_CHECKS_AT_ONCE = 2;
const GATE_WITHIN_MS = 300_000;
/** Bounds against what hangs, far above what the slowest machine takes. */
const UNIT_WITHIN_MS = 1_500_000;
const E2E_WITHIN_MS = 1_200_000;

const reports = join(root, '.tmp/reports');
const say = (line: string): void => { console.log(line); };

async function types(): Promise<Result> {
  const results: Result[] = [];
  const waiting = [...PROJECTS];
  const worker = async (): Promise<void> => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const { code, said } = await runTool({ tool: 'typescript/bin/tsc', args: ['-p', project], withinMs: GATE_WITHIN_MS, output: 'keep' });
      say(`${code === 0 ? 'ok  ' : 'FAIL'} ${project}`);
      if (code !== 0) say(said);
      results.push(gate(`types: ${project}`, code === 0));
    }
  };
  await Promise.all(Array.from({ length: TYPE_CHECKS_AT_ONCE }, worker));
  return added(results);
}

async function lint(): Promise<Result> {
  const { code, said } = await runTool({ tool: 'eslint/bin/eslint.js', args: ['.', '--max-warnings', '0'], env: { HAVEN_LINT: 'whole' }, withinMs: GATE_WITHIN_MS, output: 'keep' });
  if (code !== 0) say(said);
  return gate('lint', code === 0);
}

async function deps(): Promise<Result> {
  const { code, said } = await runTool({
    tool: 'dependency-cruiser/bin/dependency-cruiser.mjs', args: ['src', 'simulators', 'scripts', '--config', '.dependency-cruiser.cjs'], withinMs: GATE_WITHIN_MS, output: 'keep',
  });
  say(said);
  return gate('direction of dependencies', code === 0);
}

function report(name: string): string | undefined {
  const path = join(reports, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

async function vitest(projects: readonly ('fast' | 'real' | 'alone')[], output: 'show' | 'keep', givesWay = false): Promise<Result> {
  const file = `vitest-${projects.join('-')}.json`;
  const { code, said } = await runTool({
    tool: 'vitest/vitest.mjs',
    args: ['run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, file)}`, '--silent=passed-only'],
    withinMs: UNIT_WITHIN_MS,
    output,
    givesWay,
  });
  if (output === 'keep') say(said);
  return vitestResult(report(file), code);
}

/** Real processes mostly wait for one another, pure tests never: beside each other they take the time of the longer, not of both. The pure ones give way, so that a real plant's clock is not starved by arithmetic. */
async function unit(): Promise<Result> {
  return added(await Promise.all([vitest(['fast'], 'show', true), vitest(['real', 'alone'], 'keep')]));
}

async function build(): Promise<Result> {
  const result = await buildConsole();
  if (!result.ok) say(result.said);
  return gate('build of the console', result.ok);
}

async function playwright(name: string, config: string, env: Record<string, string>): Promise<Result> {
  const file = `${name}.json`;
  const { code } = await runTool({
    tool: '@playwright/test/cli.js',
    args: ['test', '--config', config, '--reporter=list,json', '--pass-with-no-tests'],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, file) },
    withinMs: E2E_WITHIN_MS,
    output: 'show',
  });
  return playwrightResult(report(file), code, name);
}

async function e2e(): Promise<Result> {
  const browser = await provideBrowser(say);
  if (!browser.found) {
    say(`The browser tests cannot run: ${browser.problem}.`);
    return { ...NOTHING, failed: 1, failures: [`browser tests: ${browser.problem}`] };
  }
  say(`Browser: ${browser.path} (${browser.from})`);
  return playwright('e2e', 'tests/playwright.config.ts', { HAVEN_BROWSER: browser.path });
}

/** Parts of one stage run beside each other: the checks are processes that each keep one core busy, and say nothing but what is wrong. */
const PARTS: Readonly<Record<string, { title: string; stage: number; run: () => Promise<Result> }>> = {
  types: { title: 'Type check', stage: 1, run: types },
  lint: { title: 'Lint', stage: 1, run: lint },
  deps: { title: 'Direction of dependencies', stage: 1, run: deps },
  unit: { title: 'Unit, property, contract, simulation, integration and architecture tests', stage: 2, run: unit },
  build: { title: 'Build of the console', stage: 1, run: build },
  e2e: { title: 'Browser tests', stage: 3, run: e2e },
  electron: { title: 'Electron tests (skipped where there is no binary)', stage: 4, run: () => playwright('e2e-electron', 'tests/e2e-electron/playwright.config.ts', {}) },
};

function chosenParts(args: readonly string[]): string[] | undefined {
  if (args.length === 0) return Object.keys(PARTS);
  const [flag, list, ...rest] = args;
  const names = flag === '--only' && rest.length === 0 ? (list ?? '').split(',') : [];
  return names.length > 0 && names.every((name) => Object.hasOwn(PARTS, name)) ? Object.keys(PARTS).filter((name) => names.includes(name)) : undefined;
}

async function runPart(part: { title: string; run: () => Promise<Result> }): Promise<Result> {
  const startedMs = performance.now();
  say(`\n===== ${part.title} =====`);
  const result = await part.run();
  say(`----- ${part.title}: ${lastLine(result)} (${Math.round((performance.now() - startedMs) / 1_000)} s)`);
  return result;
}

async function main(): Promise<number> {
  const chosen = chosenParts(process.argv.slice(2));
  if (chosen === undefined) {
    console.error(`npm test -- [--only LIST]   LIST: ${Object.keys(PARTS).join(',')}`);
    return 2;
  }
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results: Result[] = [];
  const parts = Object.entries(PARTS).filter(([name]) => chosen.includes(name)).map(([, part]) => part);
  for (const stage of new Set(parts.map((part) => part.stage).toSorted((a, b) => a - b))) {
    results.push(...await Promise.all(parts.filter((part) => part.stage === stage).map(runPart)));
  }
  const total = added(results);
  if (total.failures.length > 0) say(`\n===== What failed =====\n${total.failures.map((failure, index) => `${index + 1}. ${failure}`).join('\n\n')}\n`);
  say(lastLine(total));
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
