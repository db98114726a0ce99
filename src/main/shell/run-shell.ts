/**
 * The desktop host, from lock to quit. It decides nothing about the plant: it shows one window, hands its page a wire to
 * the station, and stops the station when it goes. Decisions are in the files beside this one; here they are wired.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol } from 'electron';
import { answerAppRequest } from './app-protocol.ts';
import { afterCrash } from './crash-limit.ts';
import { guardEveryPage, guardSession } from './guards.ts';
import { ASK_CHANNEL, createHandOver } from './hand-over.ts';
import type { AskingFrame } from './hand-over.ts';
import { menuLanguage, menuTemplate } from './menu-template.ts';
import { APP_SCHEME, CONSOLE_URL } from './origin.ts';
import { readSettings } from './settings.ts';
import type { ProgramFolders, ShellSettings, StationSettings } from './settings.ts';
import type { StationHost, StationStart } from './station-host.ts';
import { windowOptions } from './window-options.ts';

/** Longest the station may take to stop before the program goes without it. */
export const STOP_WITHIN_MS = 5_000;
/** Exit code for what the person who starts the program can put right. */
export const EXIT_BAD_INPUT = 2;

export interface ShellParts {
  startStation(settings: StationSettings): Promise<StationStart>;
  environment: Record<string, string | undefined>;
  /** The built console. */
  consoleDir: string;
  preloadPath: string;
  /** Where a package keeps rules/ and procedures/; an unpackaged program takes those of the checkout. */
  resourcesDir: string;
  /** Ends with whoever started us; only read when HAVEN_EXIT_WITH_PARENT says so. */
  parentPipe: { on(event: 'end' | 'close', listener: () => void): unknown; resume(): unknown };
}

function refuseToStart(message: string): void {
  process.stderr.write(`haven: ${message}\n`);
  dialog.showErrorBox('退守 Haven', message);
  app.exit(EXIT_BAD_INPUT);
}

/** Everything that must be said to Electron before `ready`. False: another Haven on the same data is running. */
function prepare(settings: ShellSettings): boolean {
  if (settings.profileDir !== undefined) app.setPath('userData', settings.profileDir);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  guardEveryPage();
  return true;
}

function openWindow(parts: ShellParts, training: boolean): BrowserWindow {
  const window = new BrowserWindow(windowOptions({ preloadPath: parts.preloadPath, packaged: app.isPackaged, training }));
  // The page's own title would hide the word TRAINING.
  window.on('page-title-updated', (event) => { event.preventDefault(); });
  window.once('ready-to-show', () => { window.show(); });
  let crashesMs: number[] = [];
  window.webContents.on('render-process-gone', () => {
    const verdict = afterCrash(crashesMs, performance.now());
    crashesMs = verdict.recentMs;
    if (verdict.reload) void window.loadURL(CONSOLE_URL);
    else dialog.showErrorBox('退守 Haven', '界面反复崩溃，监视仍在进行。请重新启动程序。\nThe console keeps crashing; watching goes on. Restart the program.');
  });
  void window.loadURL(CONSOLE_URL);
  return window;
}

/** Quit once: the first request stops the station, the second (ours) goes through. */
function stopBeforeQuit(station: StationHost): void {
  let stopped = false;
  let stopping = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const tooLong = new Promise<void>((resolve) => { setTimeout(resolve, STOP_WITHIN_MS).unref(); });
    void Promise.race([station.stop().catch(() => undefined), tooLong]).then(() => {
      stopped = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => { app.quit(); });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => { app.quit(); });
}

function endWithParent(pipe: ShellParts['parentPipe']): void {
  pipe.on('end', () => { app.quit(); });
  pipe.on('close', () => { app.quit(); });
  pipe.resume();
}

function showConsole(parts: ShellParts, settings: ShellSettings, station: StationHost): void {
  const handOver = createHandOver(station, () => new MessageChannelMain());
  ipcMain.on(ASK_CHANNEL, (event, id: unknown) => { handOver.answer(event.senderFrame as AskingFrame | null, id); });
  const window = openWindow(parts, settings.station.training);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  const language = menuLanguage(app.getPreferredSystemLanguages());
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(
    { language, packaged: app.isPackaged },
    { quit: () => { app.quit(); }, reload: () => { void window.loadURL(CONSOLE_URL); } },
  )));
}

/** A package carries its data files as resources; an unpackaged program takes those of the checkout. */
function programFolders(resourcesDir: string): ProgramFolders {
  const checkout = app.getAppPath();
  return {
    userData: app.getPath('userData'),
    packs: app.isPackaged ? resourcesDir : checkout,
    scenarios: app.isPackaged ? join(resourcesDir, 'scenarios') : join(checkout, 'simulators/scenarios'),
  };
}

/** Runs the desktop program. Returns when the window is up, or when it will not come. */
export async function runShell(parts: ShellParts): Promise<void> {
  const read = readSettings(parts.environment, programFolders(parts.resourcesDir));
  // The secret is the station's now; no child and no crash dump of the environment may carry it further.
  delete parts.environment['HAVEN_INSTRUCTOR_SECRET'];
  if (!read.ok) {
    refuseToStart(read.problem.message);
    return;
  }
  if (!prepare(read.settings)) return;
  await app.whenReady();
  guardSession();
  protocol.handle(APP_SCHEME, (request) =>
    answerAppRequest(request, parts.consoleDir, async (file) => new Uint8Array(await readFile(file))));
  const started = await parts.startStation(read.settings.station)
    .catch((error: unknown): StationStart => ({ ok: false, problem: { message: error instanceof Error ? error.message : String(error) } }));
  if (!started.ok) {
    refuseToStart(started.problem.message);
    return;
  }
  stopBeforeQuit(started.station);
  if (read.settings.exitWithParent) endWithParent(parts.parentPipe);
  showConsole(parts, read.settings, started.station);
}
