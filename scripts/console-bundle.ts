/** The built console under .vite/renderer/console: whether it is there and newer than its sources, and building it. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const bundle = join(root, '.vite/renderer/console/index.html');
const BUILD_WITHIN_MS = 180_000;

/** Latest change of any file below, ms since the epoch. */
function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time counts too: a removed file leaves no other trace.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), stat.mtimeMs);
}

export function consoleIsStale(): boolean {
  if (!existsSync(bundle)) return true;
  const sources = ['src/renderer', 'src/contract', 'package-lock.json'].map((path) => join(root, path)).filter(existsSync);
  return Math.max(...sources.map(newestMs)) > statSync(bundle).mtimeMs;
}

/** Builds it; on failure the answer holds what Vite said. */
export function buildConsole(): Promise<{ ok: true } | { ok: false; said: string }> {
  return new Promise((resolve) => {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const child = spawn(process.execPath, [vite, 'build', '--config', 'src/renderer/vite.config.ts', '--logLevel', 'warn'], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: BUILD_WITHIN_MS,
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.on('error', (error) => { resolve({ ok: false, said: error.message }); });
    child.on('close', (code, signal) => { resolve(code === 0 ? { ok: true } : { ok: false, said: `${said.join('')}\nvite build ended with ${code ?? signal}` }); });
  });
}
