/**
 * The real desktop program, driven through Electron. The unfused development build is driven: Playwright attaches with
 * --inspect, which the fuses of a package forbid. Needs `npm start` to have built once, and a binary.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

const root = join(import.meta.dirname, '../..');
const mainBundle = join(root, '.vite/build/main.cjs');

/** Found without asking the `electron` package, which would start a download. */
function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : process.platform === 'win32' ? 'electron.exe' : 'electron';
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const candidate = join(override === undefined || override === '' ? join(folder, 'dist') : override, name);
  return existsSync(candidate) ? candidate : undefined;
}

const binary = electronBinary();
const missing = binary === undefined
  ? 'No Electron binary: set ELECTRON_OVERRIDE_DIST_PATH or run "npx install-electron" where downloads are allowed'
  : existsSync(mainBundle) ? undefined : 'No built desktop program: run "npm start" once, or "npm run package"';
const required = process.env['REQUIRE_ELECTRON'] === '1';

let dataDir = '';
let program: ElectronApplication | undefined;

async function launch(environment: Record<string, string> = {}): Promise<{ app: ElectronApplication; page: Page }> {
  program = await _electron.launch({
    executablePath: binary ?? '',
    args: [root],
    cwd: root,
    env: { ...(process.env as Record<string, string>), HAVEN_DATA: dataDir, ...environment },
  });
  return { app: program, page: await program.firstWindow() };
}

test.beforeEach(() => {
  // A machine that releases the program must not pass by skipping.
  if (required && missing !== undefined) throw new Error(`REQUIRE_ELECTRON=1, but: ${missing}`);
  test.skip(missing !== undefined, missing);
  dataDir = mkdtempSync(join(tmpdir(), 'haven-electron-'));
});

test.afterEach(async () => {
  await program?.close().catch(() => undefined);
  program = undefined;
  if (dataDir !== '') rmSync(dataDir, { recursive: true, force: true });
});

test('shows the console over app: with a port to the station and nothing else of Electron', async () => {
  const { page } = await launch();
  expect(page.url()).toMatch(/^app:\/\/console\/index\.html/u);
  expect(await page.evaluate(() => Object.keys((window as unknown as { haven: object }).haven))).toEqual(['connect']);
  expect(await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, typeof (globalThis as { process?: unknown }).process])).toEqual(['undefined', 'undefined']);
  expect(await page.evaluate(async () => {
    const port = await (window as unknown as { haven: { connect(): Promise<MessagePort> } }).haven.connect();
    return port instanceof MessagePort;
  })).toBe(true);
});

for (const url of ['https://example.org/', 'http://127.0.0.1:1/?next=app://console/', 'file:///etc/passwd', 'app://evil/index.html', 'javascript:document.title="gone"']) {
  test(`stays in the console when the page tries to go to ${url}`, async () => {
    const { page } = await launch();
    await page.evaluate((target) => { window.location.href = target; }, url).catch(() => undefined);
    await page.evaluate((target) => { window.open(target); }, url).catch(() => undefined);
    await page.waitForTimeout(500);
    expect(page.url()).toMatch(/^app:\/\/console\/index\.html/u);
    expect(program?.windows()).toHaveLength(1);
  });
}

test('runs no inline script and loads nothing from elsewhere', async () => {
  const { page } = await launch();
  const violations = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.broken = true';
    document.head.append(script);
    await fetch('https://example.org/').catch(() => undefined);
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    return { seen, broken: 'broken' in window };
  });
  expect(violations.broken).toBe(false);
  expect(violations.seen.join(' ')).toMatch(/script-src/u);
});

test('comes back after its page has crashed, while the station goes on', async () => {
  const { app } = await launch();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(); });
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toMatch(/^app:\/\/console\//u);
});

test('a second copy on the same data hands over to the first and goes', async () => {
  await launch();
  const second = await _electron.launch({ executablePath: binary ?? '', args: [root], cwd: root, env: { ...(process.env as Record<string, string>), HAVEN_DATA: dataDir } }).catch(() => undefined);
  await second?.waitForEvent('close').catch(() => undefined);
  expect(program?.windows()).toHaveLength(1);
});
