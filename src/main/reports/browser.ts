/** Finds an installed browser that can print: the one in HAVEN_BROWSER, else Chromium, Chrome or Edge. Nothing is ever installed or downloaded. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isProgram: (path: string) => boolean;
}
export type BrowserFound = { readonly found: true; readonly path: string } | { readonly found: false; readonly problem: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge-stable', 'microsoft-edge', 'msedge'];
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
};
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'Chromium\\Application\\chrome.exe'];

export function findPrinter({ environment, platform, isProgram }: Surroundings): BrowserFound {
  const named = environment['HAVEN_BROWSER'] ?? '';
  // Whoever names a browser wants that one; another in its place would be a surprise.
  if (named !== '') return isProgram(named) ? { found: true, path: named } : { found: false, problem: `HAVEN_BROWSER is ${named}, which is no program` };
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, platform === 'win32' ? `${name}.exe` : name)));
  const usual = platform === 'win32' ? ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => { const folder = environment[name]; return folder === undefined ? [] : WINDOWS.map((each) => `${folder}\\${each}`); }) : (PLACES[platform] ?? []);
  const path = [...onPath, ...usual].find(isProgram);
  return path === undefined ? { found: false, problem: 'no Chromium, Chrome or Edge is installed; set HAVEN_BROWSER to the path of one' } : { found: true, path };
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export const hereAndNow = (): Surroundings => ({ environment: process.env, platform: process.platform, isProgram });
