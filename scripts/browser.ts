/**
 * Finds a Chromium to drive: the one named in HAVEN_BROWSER, an installed Chromium, Chrome or Edge, or the one Playwright
 * keeps. The search is a pure function of its surroundings, so that it is tested without any browser.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  isExecutable(path: string): boolean;
}

export type BrowserSearch =
  | { found: true; path: string; from: 'HAVEN_BROWSER' | 'PATH' | 'usual place' | 'Playwright' | 'apt-get' }
  | { found: false; problem: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge-stable', 'microsoft-edge', 'msedge'];

/** Only programs that really are a browser: on Ubuntu `chromium-browser` may be a script that asks for snap. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
};

function windowsPlaces(environment: Surroundings['environment']): string[] {
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = environment[name];
    return folder === undefined ? [] : [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`, `${folder}\\Chromium\\Application\\chrome.exe`];
  });
}

export function findBrowser({ environment, platform, isExecutable }: Surroundings): BrowserSearch {
  const named = environment['HAVEN_BROWSER'];
  if (named !== undefined && named !== '') {
    // Whoever names a browser wants that one; another in its place would be a surprise.
    return isExecutable(named) ? { found: true, path: named, from: 'HAVEN_BROWSER' } : { found: false, problem: `HAVEN_BROWSER is ${named}, which is no program` };
  }
  const suffix = platform === 'win32' ? '.exe' : '';
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).find(isExecutable);
  if (onPath !== undefined) return { found: true, path: onPath, from: 'PATH' };
  const places = platform === 'win32' ? windowsPlaces(environment) : (PLACES[platform] ?? []);
  const usual = places.find(isExecutable);
  if (usual !== undefined) return { found: true, path: usual, from: 'usual place' };
  return { found: false, problem: 'no Chromium, Chrome or Edge found; set HAVEN_BROWSER to the path of one' };
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The one `npx playwright install chromium` puts into its own folder, when it is there. */
async function playwrightBrowser(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test');
  try {
    const path = chromium.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const APT_WITHIN_MS = 300_000;

function isDebian(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/mu.test(readFileSync('/etc/os-release', 'utf8'));
}

function apt(...args: string[]): boolean {
  const result = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: APT_WITHIN_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return result.status === 0;
}

/** As the tests want it: found, or installed where we may, or a sentence why not. */
export async function provideBrowser(say: (line: string) => void): Promise<BrowserSearch> {
  const surroundings: Surroundings = { environment: process.env, platform: process.platform, isExecutable };
  const search = findBrowser(surroundings);
  if (search.found || (process.env['HAVEN_BROWSER'] ?? '') !== '') return search;
  const kept = await playwrightBrowser();
  if (kept !== undefined) return { found: true, path: kept, from: 'Playwright' };
  if (process.getuid?.() !== 0 || !isDebian()) return search;
  say('No browser found: installing chromium and fonts-noto-cjk with apt-get (about a minute) ...');
  apt('update');
  if (!apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')) return { found: false, problem: `${search.problem}; apt-get could not install one` };
  const installed = findBrowser(surroundings);
  return installed.found ? { ...installed, from: 'apt-get' } : installed;
}
