/**
 * The one thing the page gets from Electron: `window.haven.connect()`, which hands over one message port to the station.
 * No ipcRenderer, no events, no names of channels; what goes over the port is checked by the station like everything else.
 *
 * A port cannot cross the context bridge, only `window.postMessage` can carry it. So the function that waits for it is
 * made in the page's own world, and this side only asks for the port and passes it on.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';

/** The same names stand in src/main/shell/hand-over.ts; a test holds them together. */
const ASK_CHANNEL = 'haven:connect';
const PORT_CHANNEL = 'haven:port';

/** Runs in the page's world. It is sent there as text, so it may use nothing from outside its own braces. */
function defineHaven(askForPort: (id: string) => void): void {
  const answerWithinMs = 10_000;
  const connect = (): Promise<MessagePort> =>
    new Promise((resolve, reject) => {
      const id = crypto.randomUUID();
      const finish = (): void => {
        clearTimeout(timer);
        window.removeEventListener('message', onMessage);
      };
      const onMessage = (event: MessageEvent<unknown>): void => {
        const data = event.data as { havenPort?: unknown } | null;
        if (event.source !== window || typeof data !== 'object' || data?.havenPort !== id) return;
        finish();
        const port = event.ports[0];
        if (port === undefined) reject(new Error('The station refused the connection'));
        else resolve(port);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error('The station did not answer'));
      }, answerWithinMs);
      window.addEventListener('message', onMessage);
      askForPort(id);
    });
  Object.defineProperty(window, 'haven', { value: Object.freeze({ connect }), enumerable: true, writable: false, configurable: false });
}

ipcRenderer.on(PORT_CHANNEL, (event: IpcRendererEvent, id: unknown) => {
  window.postMessage({ havenPort: id }, window.location.origin, event.ports);
});

contextBridge.executeInMainWorld({
  func: defineHaven,
  args: [(id: unknown): void => { ipcRenderer.send(ASK_CHANNEL, String(id)); }],
});
