/**
 * Is Electron here, and if not, can it be had? Never asks the `electron` package itself: merely requiring it without its
 * binary starts a download.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROBE_WITHIN_MS = 5_000;
const DOWNLOAD_WITHIN_MS = 600_000;
const PROGRESS_EVERY_MS = 5_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The executable, when it lies where Electron's own package would look for it. */
export function findElectron(environment: Environment, root: string): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const inFolder = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined;
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const candidate = override !== undefined && override !== ''
    ? join(override, inFolder ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'))
    : inFolder === undefined ? undefined : join(folder, 'dist', inFolder);
  return candidate !== undefined && existsSync(candidate) ? candidate : undefined;
}

/** Where @electron/get would fetch the release from, mirrors included. */
export function downloadUrl(environment: Environment, version: string, platform: string, arch: string): string {
  const base = environment['npm_config_electron_mirror'] ?? environment['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  const folder = (environment['npm_config_electron_custom_dir'] ?? environment['ELECTRON_CUSTOM_DIR'] ?? `v${version}`).replace('{{ version }}', version);
  return `${base}${folder}/electron-v${version}-${platform}-${arch}.zip`;
}

/** Why an Electron that may be there could not show a window; undefined when it could. */
export function noDesktopBecause(environment: Environment, platform: string, uid: number | undefined): string | undefined {
  if (platform !== 'linux') return undefined;
  if ((environment['DISPLAY'] ?? '') === '' && (environment['WAYLAND_DISPLAY'] ?? '') === '') return 'there is no desktop session here';
  return uid === 0 ? 'Electron does not run as root' : undefined;
}

/** One HEAD request; slow counts as no. */
export async function canDownload(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_WITHIN_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Runs Electron's own installer, saying now and then that it is still at it. */
export function download(root: string, say: (line: string) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const child = spawn(process.execPath, [join(root, 'node_modules/electron/install.js')], { stdio: ['ignore', 'inherit', 'inherit'], timeout: DOWNLOAD_WITHIN_MS });
    const progress = setInterval(() => { say(`Downloading Electron ... ${Math.round((performance.now() - startedMs) / 1_000)} s`); }, PROGRESS_EVERY_MS);
    const finish = (done: boolean): void => {
      clearInterval(progress);
      resolve(done);
    };
    child.on('error', () => { finish(false); });
    child.on('close', (code) => { finish(code === 0); });
  });
}

export type HostChoice = { electron: string } | { browserBecause: string };

/** Electron if it is here or can be had, else the reason in half a sentence. */
export async function chooseHost(root: string, say: (line: string) => void): Promise<HostChoice> {
  const noDesktop = noDesktopBecause(process.env, process.platform, process.getuid?.());
  if (noDesktop !== undefined) return { browserBecause: noDesktop };
  const installed = findElectron(process.env, root);
  if (installed !== undefined) return { electron: installed };
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  const url = downloadUrl(process.env, version, process.platform, process.arch);
  say(`Electron ${version} is not installed; asking ${URL.parse(url)?.host ?? url} whether it can be had ...`);
  if (!(await canDownload(url))) return { browserBecause: 'Electron cannot be downloaded here' };
  if (!(await download(root, say))) return { browserBecause: 'the download of Electron failed' };
  const downloaded = findElectron(process.env, root);
  return downloaded === undefined ? { browserBecause: 'the download of Electron is incomplete' } : { electron: downloaded };
}
