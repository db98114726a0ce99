/**
 * `npm run forge:stub` packages the desktop program round a STUB of Electron: a shell script with Electron's fuse wire in
 * it. It proves the wiring only - bundles, archive, fuses, data files - and nothing about the program running. It works on
 * a copy of the checkout under .tmp/, because Forge empties .vite/ and somebody may be serving the console from there.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readAsar, storedZip } from './archive.ts';

const root = join(import.meta.dirname, '..');
const place = join(root, '.tmp/forge-stub');
const project = join(place, 'project');
const BUILD_WITHIN_MS = 240_000;
const LOAD_WITHIN_MS = 30_000;
const SAID_LINES_MAX = 80;

/** What Electron's binaries carry so that fuses can be set in them: a sentinel, version 1, nine fuses as delivered. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_DELIVERED = '101100111';

function copyCheckout(): void {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  for (const name of ['src', 'rules', 'simulators/scenarios', 'procedures', 'package.json', 'forge.config.ts', 'tsconfig.json', 'LICENSE']) {
    cpSync(join(root, name), join(project, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
}

/** A release zip as the packager expects it; the "binary" only says what it is. */
function writeStubZip(): void {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  const wire = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, FUSES_DELIVERED.length]), Buffer.from(FUSES_DELIVERED)]);
  const binary = Buffer.concat([Buffer.from('#!/bin/sh\necho "This is a stub, not Electron." >&2\nexit 1\n# '), wire, Buffer.from('\n')]);
  const zip = storedZip([
    { name: 'electron', data: binary, executable: true },
    { name: 'version', data: Buffer.from(version), executable: false },
    { name: 'LICENSE', data: Buffer.from('stub'), executable: false },
    { name: 'resources/default_app.asar', data: Buffer.from('stub'), executable: false },
  ]);
  writeFileSync(join(place, `electron-v${version}-linux-x64.zip`), zip);
}

function packageIt(): void {
  const forge = join(root, 'node_modules/@electron-forge/cli/dist/electron-forge.js');
  const result = spawnSync(process.execPath, [forge, 'package', '--platform', 'linux', '--arch', 'x64'], {
    cwd: project,
    encoding: 'utf8',
    timeout: BUILD_WITHIN_MS,
    env: { ...process.env, CI: 'true', HAVEN_ELECTRON_ZIP_DIR: place, HAVEN_FORGE_OUT: join(place, 'out') },
  });
  if (result.status === 0) return;
  // Forge says every failure once per nested task; the first telling is enough.
  const said = `${result.stdout}\n${result.stderr}`.split('\n').slice(0, SAID_LINES_MAX).join('\n');
  console.error(`${said}\nforge:stub: electron-forge package ended with ${result.status ?? result.signal}`);
  process.exit(1);
}

const STAND_IN = `process.resourcesPath = __dirname;
exports.app = {
  isPackaged: true, getPath: () => __dirname, getAppPath: () => __dirname, setPath() {},
  requestSingleInstanceLock: () => { process.stdout.write('lock '); return false; },
  quit: () => { process.stdout.write('quit\\n'); process.exit(0); },
};
`;

interface Finding { what: string; holds: boolean }

function fuses(binary: Buffer): string {
  const at = binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
  return binary.toString('latin1', at, at + FUSES_DELIVERED.length);
}

function inspect(): Finding[] {
  const program = join(place, 'out/Haven-linux-x64');
  const files = readAsar(readFileSync(join(program, 'resources/app.asar')));
  const names = [...files.keys()];
  const main = files.get('/.vite/build/main.cjs')?.toString('utf8') ?? '';
  const preload = files.get('/.vite/build/preload.cjs')?.toString('utf8') ?? '';
  const manifest = JSON.parse(files.get('/package.json')?.toString('utf8') ?? '{}') as { main?: string };
  const page = files.get('/.vite/renderer/console/index.html')?.toString('utf8') ?? '';
  const required = (bundle: string): string[] => [...bundle.matchAll(/\brequire\(["']([^"'./][^"']*)["']\)/gu)].map((match) => match[1] ?? '');
  const strangers = required(main).filter((name) => !name.startsWith('node:') && name !== 'electron' && name !== 'proper-lockfile' && !isBuiltin(name));
  return [
    { what: 'the archive holds main, preload and console', holds: main.length > 0 && preload.length > 0 && page.includes('<script') },
    { what: 'package.json names the main bundle', holds: manifest.main !== undefined && files.has(`/${manifest.main}`) },
    { what: 'the archive holds nothing but .vite/ and package.json', holds: names.every((name) => name.startsWith('/.vite/') || name === '/package.json') },
    { what: 'the archive holds no source and no source map', holds: names.every((name) => !/\.(ts|tsx|map)$/u.test(name)) },
    { what: `main needs nothing that is not packed (${strangers.join(', ') || 'none'})`, holds: strangers.length === 0 },
    { what: 'main loads on its own, without node_modules', holds: loadsAlone(main) },
    { what: 'main holds no web server (WebSocketServer)', holds: !main.includes('WebSocketServer') },
    { what: 'preload needs electron and nothing else', holds: required(preload).every((name) => name === 'electron') && preload.length < 8_000 },
    { what: 'the page has no inline script or style', holds: !/<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/iu.test(page) },
    { what: 'rules/, procedures/ and scenarios/ lie beside the archive, complete', holds: ['rules', 'procedures', 'simulators/scenarios'].every((folder) => sameFiles(folder, program)) },
    { what: 'the fuses are set as docs/design/shell.md says', holds: fuses(readFileSync(join(program, 'haven'))) === '010011101' },
  ];
}

/**
 * Loads the packed main bundle in plain Node, far from any node_modules, with a stand-in for electron that says a first
 * copy of Haven is running already: the bundle must evaluate, ask for the lock, and go quietly.
 */
function loadsAlone(main: string): boolean {
  const alone = mkdtempSync(join(tmpdir(), 'haven-main-'));
  try {
    const electron = join(alone, 'node_modules/electron');
    mkdirSync(electron, { recursive: true });
    writeFileSync(join(electron, 'index.js'), STAND_IN);
    writeFileSync(join(alone, 'main.cjs'), main);
    const result = spawnSync(process.execPath, ['main.cjs'], { cwd: alone, encoding: 'utf8', timeout: LOAD_WITHIN_MS });
    if (result.stdout.trim() !== 'lock quit') console.error(result.stdout, result.stderr);
    return result.status === 0 && result.stdout.trim() === 'lock quit';
  } finally {
    rmSync(alone, { recursive: true, force: true });
  }
}

function isBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}

function sameFiles(folder: string, program: string): boolean {
  const list = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort() : []);
  return JSON.stringify(list(join(root, folder))) === JSON.stringify(list(join(program, 'resources', basename(folder))));
}

copyCheckout();
writeStubZip();
packageIt();
chmodSync(join(place, 'out/Haven-linux-x64/haven'), 0o755);
const findings = inspect();
console.log('Packaged round a STUB of Electron: this proves the wiring only.');
for (const { what, holds } of findings) console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
process.exitCode = findings.every((finding) => finding.holds) ? 0 : 1;
