/** The whole shell with a stand-in for Electron and one for the station: the order of things, who is let in, how it ends. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runShell, STOP_WITHIN_MS } from '../../../src/main/shell/run-shell.ts';
import type { ShellParts } from '../../../src/main/shell/run-shell.ts';
import type { ConsolePort } from '../../../src/main/shell/station-host.ts';
import { calls, FakeChannel, FakePort, resetElectron, state } from '../../support/electron-mock.ts';
import { PORTS_MAX } from '../../../src/main/shell/hand-over.ts';
import { MESSAGE_MAX_BYTES } from '../../../src/contract/envelope.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electronMock());

const ID = '3c6d0f2e-0000-4000-8000-000000000001';

class FakeStation {
  readonly wires: ConsolePort[] = [];
  readonly heard: string[] = [];
  stops = 0;
  stop: () => Promise<void> = () => { this.stops += 1; return Promise.resolve(); };
  connect = (port: ConsolePort): void => {
    this.wires.push(port);
    port.onMessage((text) => { this.heard.push(text); });
  };
}

function parts(station: FakeStation, change: Partial<ShellParts> = {}): ShellParts {
  return {
    startStation: () => Promise.resolve({ ok: true, station }),
    environment: {},
    consoleDir: '/nowhere/console',
    preloadPath: '/nowhere/preload.cjs',
    resourcesDir: '/nowhere/resources',
    parentPipe: { on: () => undefined, resume: () => undefined },
    ...change,
  };
}

const order = (): string[] => calls.map((call) => call.name);

interface Asked { channel: string; message: unknown; transfer: FakePort[] }

/** Plays a page that asks for its port. */
function ask(id: unknown = ID, frame: { url?: string; parent?: unknown } | null = {}): Asked[] {
  const answers: Asked[] = [];
  const senderFrame = frame === null ? null : {
    url: 'app://console/index.html', parent: null,
    postMessage: (channel: string, message: unknown, transfer: FakePort[]) => { answers.push({ channel, message, transfer }); },
    ...frame,
  };
  state.ipcMain.emit('haven:connect', { senderFrame }, id);
  return answers;
}

describe('the desktop shell', () => {
  beforeEach(() => { vi.useFakeTimers(); resetElectron(); });
  afterEach(() => { vi.useRealTimers(); process.removeAllListeners('SIGTERM'); process.removeAllListeners('SIGINT'); });

  it('REQ-SHL-02 locks, sandboxes and registers the scheme before ready; opens the window after the station stands', async () => {
    const station = new FakeStation();
    await runShell(parts(station, { startStation: () => { calls.push({ name: 'startStation', args: [] }); return Promise.resolve({ ok: true, station }); } }));
    expect(order()).toEqual(['requestSingleInstanceLock', 'enableSandbox', 'registerSchemesAsPrivileged', 'whenReady', 'startStation', 'BrowserWindow', 'loadURL']);
    expect(state.windows[0]?.loaded).toEqual(['app://console/index.html']);
    expect(state.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });

  it('REQ-SHL-09 runs once: a second copy quits without touching the station, the first comes to the front', async () => {
    state.app.lock = false;
    const startStation = vi.fn();
    await runShell(parts(new FakeStation(), { startStation }));
    expect(startStation).not.toHaveBeenCalled();
    expect(order()).toEqual(['requestSingleInstanceLock', 'quit']);

    resetElectron();
    await runShell(parts(new FakeStation()));
    const window = state.windows[0];
    if (window !== undefined) window.minimized = true;
    state.app.emit('second-instance');
    expect(order().slice(-2)).toEqual(['restore', 'focus']);
  });

  it('REQ-SHL-05 denies every permission, device and screen, and every load from elsewhere (checklist 1, 5)', async () => {
    await runShell(parts(new FakeStation()));
    const granted: unknown[] = [];
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'usb', 'persistent-storage']) {
      state.session.permissionRequest?.({}, permission, (answer) => granted.push(answer));
    }
    state.session.displayMedia?.({}, (streams) => granted.push(streams));
    expect(granted).toEqual([false, false, false, false, false, false, null]);
    expect([state.session.permissionCheck?.(), state.session.devicePermission?.()]).toEqual([false, false]);
    const cancelled = (url: string): unknown => { let answer: unknown; state.session.beforeRequest?.({ url }, (given) => { answer = given.cancel; }); return answer; };
    expect(['https://evil.example/x.js', 'file:///etc/passwd', 'ws://127.0.0.1/', 'app://console/index.html'].map(cancelled)).toEqual([true, true, true, false]);
  });

  it('REQ-SHL-06 stops navigation, redirects, frames, webviews and new windows (checklist 11, 12, 13, 14)', async () => {
    await runShell(parts(new FakeStation()));
    const contents = state.windows[0]?.webContents;
    const prevented = (event: string, url: string): boolean => {
      let stopped = false;
      contents?.emit(event, { url, preventDefault: () => { stopped = true; } });
      return stopped;
    };
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(prevented(event, 'https://evil.example/')).toBe(true);
      expect(prevented(event, 'app://console/index.html#/alarms')).toBe(false);
    }
    expect(prevented('will-attach-webview', 'app://console/index.html')).toBe(true);
    expect(contents?.openHandler?.({ url: 'app://console/index.html' })).toEqual({ action: 'deny' });
    expect(contents?.openHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    expect(state.opened).toEqual([]);
  });

  it('REQ-SHL-04 serves the console over app: and refuses other hosts', async () => {
    await runShell(parts(new FakeStation()));
    const handler = state.handlers.get('app');
    expect((await handler?.({ url: 'app://evil/index.html', method: 'GET' }))?.status).toBe(403);
    expect((await handler?.({ url: 'app://console/index.html', method: 'GET' }))?.status).toBe(404); // /nowhere
  });

  it('REQ-SHL-08 hands a port to the main frame of the console and carries text both ways (checklist 17)', async () => {
    const station = new FakeStation();
    await runShell(parts(station));
    const [answer] = ask();
    const page = answer?.transfer[0];
    expect(answer).toMatchObject({ channel: 'haven:port', message: ID });
    const received: unknown[] = [];
    page?.on('message', (event: { data: unknown }) => received.push(event.data));
    page?.start();
    page?.postMessage('{"kind":"request"}');
    station.wires[0]?.send('{"kind":"push"}');
    expect(station.heard).toEqual(['{"kind":"request"}']);
    expect(received).toEqual(['{"kind":"push"}']);
  });

  it.each([
    ['a frame that is gone', null, ID],
    ['a child frame', { parent: { url: 'app://console/index.html', parent: null } }, ID],
    ['another host', { url: 'app://evil/index.html' }, ID],
    ['a web page', { url: 'https://evil.example/?app://console/' }, ID],
    ['an id that is no id', {}, '<script>'],
    ['an id that is no text', {}, ['3c6d0f2e-0000-4000-8000-000000000001']],
  ])('REQ-SHL-08 gives no port to %s', async (_who, frame, id) => {
    const station = new FakeStation();
    await runShell(parts(station));
    expect(ask(id, frame)).toEqual([]);
    expect(station.wires).toEqual([]);
  });

  it('REQ-SHL-08 closes a port that sends anything but text of a bounded size, and tells the station', async () => {
    for (const bad of [{ not: 'text' }, 'x'.repeat(MESSAGE_MAX_BYTES + 1), '退'.repeat(MESSAGE_MAX_BYTES / 2), undefined]) {
      resetElectron();
      const station = new FakeStation();
      await runShell(parts(station));
      const page = ask()[0]?.transfer[0];
      let closed = 0;
      station.wires[0]?.onClose(() => { closed += 1; });
      page?.postMessage(bad);
      page?.postMessage('after');
      expect(station.heard).toEqual([]);
      expect(closed).toBe(1);
    }
  });

  it('REQ-SHL-08 holds a few ports at most and gives room again when one closes', async () => {
    const station = new FakeStation();
    await runShell(parts(station));
    const pages = Array.from({ length: PORTS_MAX }, () => ask()[0]?.transfer[0]);
    expect(ask()[0]?.transfer).toEqual([]);
    pages[0]?.close();
    expect(ask()[0]?.transfer).toHaveLength(1);
    expect(station.wires).toHaveLength(PORTS_MAX + 1);
  });

  it('REQ-SHL-13 quits only after the station has stopped, and only stops it once', async () => {
    const station = new FakeStation();
    let finish = (): void => undefined;
    station.stop = () => { station.stops += 1; return new Promise((resolve) => { finish = resolve; }); };
    await runShell(parts(station));
    state.app.emit('window-all-closed');
    state.app.quit();
    await vi.advanceTimersByTimeAsync(100);
    expect(order().filter((name) => name.startsWith('quit'))).toEqual(['quit-prevented', 'quit-prevented']);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(order().at(-1)).toBe('quit');
    expect(station.stops).toBe(1);
  });

  it('REQ-SHL-13 quits without a station that does not stop in time, or that fails to', async () => {
    const stops = [() => new Promise<void>(() => undefined), () => Promise.reject(new Error('disk gone'))];
    for (const stop of stops) {
      resetElectron();
      const station = new FakeStation();
      station.stop = stop;
      await runShell(parts(station));
      state.app.quit();
      await vi.advanceTimersByTimeAsync(STOP_WITHIN_MS);
      expect(order().at(-1)).toBe('quit');
    }
  });

  it('REQ-SHL-13 goes with SIGTERM, and with its parent when told so', async () => {
    const ended: (() => void)[] = [];
    const parentPipe = { on: (event: string, listener: () => void) => { if (event === 'end') ended.push(listener); }, resume: () => undefined };
    await runShell(parts(new FakeStation(), { parentPipe, environment: { HAVEN_EXIT_WITH_PARENT: '1' } }));
    ended[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(order().at(-1)).toBe('quit');

    resetElectron();
    await runShell(parts(new FakeStation(), { parentPipe }));
    expect(ended).toHaveLength(1); // not told: a desktop start has no parent worth watching
    process.emit('SIGTERM');
    await vi.advanceTimersByTimeAsync(0);
    expect(order().at(-1)).toBe('quit');
  });

  it('REQ-SHL-14 says in words why it does not start, and exits with 2', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const refusals: [Partial<ShellParts>, RegExp][] = [
      [{ environment: { HAVEN_ENDPOINT: 'nonsense' } }, /HAVEN_ENDPOINT/u],
      [{ startStation: () => Promise.resolve({ ok: false, problem: { message: 'rules/h2o2/tags.yaml:3:1: broken' } }) }, /tags\.yaml:3/u],
      [{ startStation: () => Promise.reject(new Error('no disk')) }, /no disk/u],
    ];
    for (const [change, words] of refusals) {
      resetElectron();
      await runShell(parts(new FakeStation(), change));
      expect(calls.find((call) => call.name === 'showErrorBox')?.args[1]).toMatch(words);
      expect(calls.at(-1)).toEqual({ name: 'exit', args: [2] });
      expect(state.windows).toEqual([]);
    }
    vi.restoreAllMocks();
  });

  it('REQ-SHL-12 brings a crashed page back while the station goes on, but not for ever', async () => {
    const station = new FakeStation();
    await runShell(parts(station));
    const window = state.windows[0];
    for (let crash = 0; crash < 5; crash += 1) window?.webContents.emit('render-process-gone');
    expect(window?.loaded).toHaveLength(1 + 3);
    expect(order().filter((name) => name === 'showErrorBox')).toHaveLength(2);
    expect(station.stops).toBe(0);
  });

  it('REQ-SHL-10 takes the secret out of the environment once it is read', async () => {
    const environment: Record<string, string | undefined> = { HAVEN_TRAINING: '1', HAVEN_INSTRUCTOR_SECRET: 'x' };
    let given: string | undefined;
    await runShell(parts(new FakeStation(), { environment, startStation: (settings) => { given = settings.instructorSecret; return Promise.resolve({ ok: true, station: new FakeStation() }); } }));
    expect(given).toBe('x');
    expect('HAVEN_INSTRUCTOR_SECRET' in environment).toBe(false);
  });

  it('keeps the word TRAINING in the title bar and shows the window when it is painted', async () => {
    await runShell(parts(new FakeStation()));
    let prevented = false;
    state.windows[0]?.emit('page-title-updated', { preventDefault: () => { prevented = true; } });
    expect(prevented).toBe(true);
    state.windows[0]?.emit('ready-to-show');
    expect(order().at(-1)).toBe('show');
    expect(new FakeChannel().port1).toBeInstanceOf(FakePort);
  });
});
