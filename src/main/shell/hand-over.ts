/** Hands a message port to the console that asks for one, after looking at who asks. */
import { isTrustedSender } from './origin.ts';
import type { SenderFrame } from './origin.ts';
import { consolePort } from './console-port.ts';
import type { PortMain } from './console-port.ts';
import type { StationHost } from './station-host.ts';

export const ASK_CHANNEL = 'haven:connect';
export const PORT_CHANNEL = 'haven:port';

/** Ports one window may hold at a time: the console needs one, a reload may overlap with a second. */
export const PORTS_MAX = 4;

export interface AskingFrame extends SenderFrame {
  postMessage(channel: string, message: unknown, transfer: PortMain[]): void;
}

export interface HandOver {
  /** True when the asker was trusted and got a port. */
  answer(frame: AskingFrame | null, id: unknown): boolean;
}

/** `makeChannel` is Electron's MessageChannelMain, or a stand-in. */
export function createHandOver(station: Pick<StationHost, 'connect'>, makeChannel: () => { port1: PortMain; port2: PortMain }): HandOver {
  let openPorts = 0;
  return {
    answer(frame, id) {
      if (frame === null || !isTrustedSender(frame)) return false;
      if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/u.test(id)) return false;
      if (openPorts >= PORTS_MAX) {
        frame.postMessage(PORT_CHANNEL, id, []);
        return false;
      }
      const { port1, port2 } = makeChannel();
      const wire = consolePort(port1);
      openPorts += 1;
      wire.onClose(() => { openPorts -= 1; });
      station.connect(wire);
      frame.postMessage(PORT_CHANNEL, id, [port2]);
      return true;
    },
  };
}
