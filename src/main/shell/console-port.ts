/** Electron's message port as the wire the station knows. Bad messages close the port: a console of ours sends none. */
import { MESSAGE_MAX_BYTES } from '../../contract/envelope.ts';
import type { ConsolePort } from './station-host.ts';

/** The parts of Electron's MessagePortMain that are used. */
export interface PortMain {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export function consolePort(port: PortMain): ConsolePort {
  const closeListeners: (() => void)[] = [];
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  };
  port.on('close', end);
  return {
    send(text) {
      if (open) port.postMessage(text);
    },
    onMessage(callback) {
      port.on('message', ({ data }) => {
        if (!open) return;
        if (typeof data === 'string' && Buffer.byteLength(data) <= MESSAGE_MAX_BYTES) {
          callback(data);
        } else {
          port.close();
          end();
        }
      });
      // Messages that came before anybody listened are delivered from here on.
      port.start();
    },
    onClose(callback) {
      closeListeners.push(callback);
    },
  };
}
