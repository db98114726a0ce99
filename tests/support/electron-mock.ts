/**
 * A stand-in for the `electron` module: it remembers what the shell asked of it and lets a test play the other side.
 * Use: `vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electronMock())`.
 */
import { EventEmitter } from 'node:events';

/** In order: everything the shell did that a test may care about. */
export const calls: { name: string; args: unknown[] }[] = [];
const note = (name: string) => (...args: unknown[]): void => { calls.push({ name, args }); };

export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => unknown) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void { this.openHandler = handler; }
  printToPDF(options: unknown): Promise<Buffer> { note('printToPDF')(options); return state.printing(); }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: unknown;
  readonly loaded: string[] = [];
  minimized = false;
  destroyed = false;
  constructor(options: unknown) {
    super();
    this.options = options;
    note('BrowserWindow')(options);
    state.windows.push(this);
    state.app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> { this.loaded.push(url); note('loadURL')(url); return Promise.resolve(); }
  destroy(): void { this.destroyed = true; }
  show(): void { note('show')(); }
  focus(): void { note('focus')(); }
  restore(): void { this.minimized = false; note('restore')(); }
  isMinimized(): boolean { return this.minimized; }
}

class FakeApp extends EventEmitter {
  isPackaged = true;
  lock = true;
  languages = ['zh-CN'];
  getPath(name: string): string { return `/nowhere/${name}`; }
  getAppPath(): string { return '/nowhere/app'; }
  setPath(...args: unknown[]): void { note('setPath')(...args); }
  requestSingleInstanceLock(): boolean { note('requestSingleInstanceLock')(); return this.lock; }
  enableSandbox(): void { note('enableSandbox')(); }
  whenReady(): Promise<void> { note('whenReady')(); return Promise.resolve(); }
  getPreferredSystemLanguages(): string[] { return this.languages; }
  exit(code: number): void { note('exit')(code); }
  /** As Electron: `before-quit` first, and only when nobody prevents it the end. */
  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => { prevented = true; } });
    note(prevented ? 'quit-prevented' : 'quit')();
  }
}

class FakeSession {
  permissionRequest: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | undefined;
  permissionCheck: (() => boolean) | undefined;
  devicePermission: (() => boolean) | undefined;
  displayMedia: ((request: unknown, callback: (streams: unknown) => void) => void) | undefined;
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void) | undefined;
  readonly webRequest = { onBeforeRequest: (listener: FakeSession['beforeRequest']): void => { this.beforeRequest = listener; } };
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void { this.permissionRequest = handler; }
  setPermissionCheckHandler(handler: () => boolean): void { this.permissionCheck = handler; }
  setDevicePermissionHandler(handler: () => boolean): void { this.devicePermission = handler; }
  setDisplayMediaRequestHandler(handler: FakeSession['displayMedia']): void { this.displayMedia = handler; }
}

/** A utility process that does nothing by itself. */
export class FakeUtility extends EventEmitter {
  readonly path: string;
  readonly sent: unknown[] = [];
  killed = false;
  constructor(path: string) {
    super();
    this.path = path;
    state.utilities.push(this);
  }
  postMessage(message: unknown): void { this.sent.push(message); }
  kill(): boolean { this.killed = true; return true; }
}

/** One end of a channel; `postMessage` arrives at the other end's listeners once it has been started. */
export class FakePort extends EventEmitter {
  other: FakePort | undefined;
  started = false;
  readonly sent: unknown[] = [];
  private readonly waiting: unknown[] = [];
  postMessage(data: unknown): void { this.sent.push(data); this.other?.arrive(data); }
  private arrive(data: unknown): void { if (this.started) this.emit('message', { data, ports: [] }); else this.waiting.push(data); }
  start(): void { this.started = true; for (const data of this.waiting.splice(0)) this.emit('message', { data, ports: [] }); }
  close(): void { this.emit('close'); this.other?.emit('close'); }
}

export class FakeChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() { this.port1.other = this.port2; this.port2.other = this.port1; }
}

type Handler = (request: { url: string; method: string }) => Promise<Response>;

interface State {
  app: FakeApp;
  session: FakeSession;
  ipcMain: EventEmitter;
  windows: FakeWindow[];
  schemes: unknown[];
  handlers: Map<string, Handler>;
  menu: unknown[];
  opened: string[];
  utilities: FakeUtility[];
  /** Sessions other than the default one, by name. */
  partitions: Map<string, FakeSession>;
  printing: () => Promise<Buffer>;
}

const print = (): Promise<Buffer> => Promise.resolve(Buffer.from('%PDF-fake'));

function freshState(): State {
  return { app: new FakeApp(), session: new FakeSession(), ipcMain: new EventEmitter(), windows: [], schemes: [], handlers: new Map(), menu: [], opened: [], utilities: [], partitions: new Map(), printing: print };
}

export const state: State = freshState();

/** Between tests: a program that has not started yet. */
export function resetElectron(): void {
  for (const emitter of [state.app, state.ipcMain]) emitter.removeAllListeners();
  Object.assign(state.app, { isPackaged: true, lock: true, languages: ['zh-CN'] });
  Object.assign(state, { windows: [], schemes: [], handlers: new Map(), menu: [], opened: [], utilities: [], partitions: new Map(), printing: print });
  calls.length = 0;
}

/** The module itself, with what the shell imports from it and nothing more. */
export function electronMock(): Record<string, unknown> {
  return {
    app: state.app,
    BrowserWindow: FakeWindow,
    dialog: { showErrorBox: note('showErrorBox') },
    ipcMain: state.ipcMain,
    Menu: { buildFromTemplate: (template: unknown[]) => template, setApplicationMenu: (menu: unknown[]) => { state.menu = menu; } },
    MessageChannelMain: FakeChannel,
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => { note('registerSchemesAsPrivileged')(schemes); state.schemes = schemes; },
      handle: (scheme: string, handler: Handler) => { state.handlers.set(scheme, handler); },
    },
    session: {
      defaultSession: state.session,
      fromPartition: (name: string) => { const known = state.partitions.get(name) ?? new FakeSession(); state.partitions.set(name, known); return known; },
    },
    utilityProcess: { fork: (path: string) => new FakeUtility(path) },
    shell: { openExternal: (url: string) => { state.opened.push(url); return Promise.resolve(); } },
  };
}
