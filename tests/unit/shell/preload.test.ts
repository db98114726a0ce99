/**
 * The preload as it is shipped: bundled, then run with a stand-in for Electron. What goes to the page's world goes as
 * text there, so here too the function is rebuilt from its text and sees nothing of this file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASK_CHANNEL, PORT_CHANNEL } from '../../../src/main/shell/hand-over.ts';

const root = join(import.meta.dirname, '../../..');
let bundle = '';

interface PageMessage { source: unknown; data: unknown; ports: unknown[] }

/** A page: its own globals, its own `window`, messages delivered to whoever listens. */
function makePage() {
  const listeners = new Set<(event: PageMessage) => void>();
  const timers: { run: () => void; afterMs: number }[] = [];
  const window: Record<string, unknown> = {
    addEventListener: (_type: string, listener: (event: PageMessage) => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: PageMessage) => void) => listeners.delete(listener),
  };
  let ids = 0;
  const globals = {
    window,
    crypto: { randomUUID: () => `00000000-0000-4000-8000-00000000000${(ids += 1)}` },
    setTimeout: (run: () => void, afterMs: number) => timers.push({ run, afterMs }),
    clearTimeout: () => undefined,
  };
  const deliver = (message: Partial<PageMessage>): void => {
    for (const listener of [...listeners]) listener({ source: window, data: null, ports: [], ...message });
  };
  return { window, globals, deliver, timers, listeners };
}

/** Runs the bundle; answers with the page, what it asked of main, and a way to play main. */
function runPreload() {
  const page = makePage();
  const asked: [string, unknown][] = [];
  let onPort: ((event: { ports: unknown[] }, id: unknown) => void) | undefined;
  let exposures = 0;
  const electron = {
    contextBridge: {
      executeInMainWorld: ({ func, args }: { func: (...args: unknown[]) => unknown; args: unknown[] }) => {
        exposures += 1;
        (runInNewContext(`(${String(func)})`, page.globals) as (...args: unknown[]) => unknown)(...args);
      },
      exposeInMainWorld: () => { throw new Error('nothing else is exposed'); },
    },
    ipcRenderer: {
      on: (channel: string, listener: typeof onPort) => { expect(channel).toBe(PORT_CHANNEL); onPort = listener; },
      send: (channel: string, id: unknown) => asked.push([channel, id]),
    },
  };
  const preloadWindow = {
    location: { origin: 'app://console' },
    postMessage: (data: unknown, origin: string, ports: unknown[]) => { expect(origin).toBe('app://console'); page.deliver({ data, ports }); },
  };
  runInNewContext(bundle, {
    require: (name: string) => { expect(name).toBe('electron'); return electron; },
    exports: {}, module: { exports: {} }, window: preloadWindow,
  });
  const haven = page.window['haven'] as { connect(): Promise<unknown> };
  return { page, asked, haven, exposures, answer: (id: unknown, ports: unknown[]) => onPort?.({ ports }, id) };
}

beforeAll(async () => {
  const result = await build({
    root,
    configFile: join(root, 'src/main/shell/vite.preload.config.ts'),
    logLevel: 'error',
    build: { write: false, rollupOptions: { input: join(root, 'src/preload/preload.ts'), external: ['electron'], output: { format: 'cjs', codeSplitting: false } } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  bundle = outputs.flatMap((output) => ('output' in output ? output.output : [])).map((chunk) => ('code' in chunk ? chunk.code : '')).join('\n');
});

describe('REQ-SHL-15 the preload', () => {
  it('is one small bundle that needs nothing but electron', () => {
    expect(bundle.length).toBeGreaterThan(200);
    expect(bundle.length).toBeLessThan(8_000);
    expect([...bundle.matchAll(/require\(["'](.+?)["']\)/gu)].map((match) => match[1])).toEqual(['electron']);
  });

  it('exposes exactly window.haven.connect, and nobody can change it', () => {
    const { haven, page, exposures } = runPreload();
    expect(exposures).toBe(1);
    expect(Object.keys(page.window).filter((name) => !name.endsWith('EventListener'))).toEqual(['haven']);
    expect(Object.getOwnPropertyNames(haven)).toEqual(['connect']);
    expect(Object.isFrozen(haven)).toBe(true);
    expect(Object.getOwnPropertyDescriptor(page.window, 'haven')).toMatchObject({ writable: false, configurable: false });
  });

  it('asks main for a port and gives the page the one that answers its own id', async () => {
    const { haven, asked, answer, page } = runPreload();
    const connecting = haven.connect();
    const id = asked[0]?.[1];
    expect(asked[0]?.[0]).toBe(ASK_CHANNEL);
    answer('00000000-0000-4000-8000-999999999999', ['a stranger']);
    page.deliver({ source: {}, data: { havenPort: id }, ports: ['from another window'] });
    page.deliver({ data: 'text' });
    page.deliver({ data: null });
    answer(id, ['the port']);
    await expect(connecting).resolves.toBe('the port');
    expect(page.listeners.size).toBe(0);
  });

  it('says so when the station refuses or does not answer', async () => {
    const first = runPreload();
    const refused = first.haven.connect();
    first.answer(first.asked[0]?.[1], []);
    await expect(refused).rejects.toThrow(/refused/u);
    const second = runPreload();
    const silent = second.haven.connect();
    second.page.timers[0]?.run();
    await expect(silent).rejects.toThrow(/did not answer/u);
    expect(second.page.listeners.size).toBe(0);
  });

  it('never names ipcRenderer, channels or Node to the page', () => {
    const source = readFileSync(join(root, 'src/preload/preload.ts'), 'utf8');
    expect(source).not.toMatch(/exposeInMainWorld|sendSync|\binvoke\b|process\.|webFrame/u);
  });
});
