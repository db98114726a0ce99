/**
 * What the shell asks of the station: a place to hand ports to, and an end. The shell knows no more than this, so every
 * decision of the shell is tested with a stand-in station and without Electron's binary.
 */

/** One console's wire, as text. The station parses and answers; the shell only carries. */
export interface ConsolePort {
  send(text: string): void;
  onMessage(callback: (text: string) => void): void;
  onClose(callback: () => void): void;
}

export interface StationHost {
  connect(port: ConsolePort): void;
  stop(): Promise<void>;
}

export type StationStart =
  | { ok: true; station: StationHost }
  | { ok: false; problem: { message: string } };
