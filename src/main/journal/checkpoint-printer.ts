/**
 * Signed checkpoints on paper: one short line each, which nobody can change afterwards. A network printer's raw port (9100), or a device
 * file. Written in the background; the journal never waits for paper.
 *
 * What a printer has printed it does not tell, so a new start begins with the newest checkpoint: any one vouches for all before it.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import type { JournalMode, SignedCheckpoint } from '../../domain/journal/record.ts';
import type { CheckpointCopy } from './checkpoint-copy.ts';

export type Printer = { readonly kind: 'network'; readonly host: string; readonly port: number } | { readonly kind: 'device'; readonly path: string };

const SCHEME = 'printer:';
const ANSWER_WITHIN_MS = 5_000;
/** Most lines that are made good after a time without paper. */
const MISSED_MAX = 50;

/** `printer:HOST:PORT` or `printer:/path`; undefined = not a printer, but a folder. */
export function printerIn(place: string): Printer | undefined {
  if (!place.startsWith(SCHEME)) return undefined;
  const rest = place.slice(SCHEME.length);
  const network = /^(?<host>[^/\\]+):(?<port>\d{1,5})$/u.exec(rest)?.groups;
  return network === undefined ? { kind: 'device', path: rest } : { kind: 'network', host: (network['host'] ?? '').replace(/^\[|\]$/gu, ''), port: Number(network['port']) };
}

/** What is printed of a checkpoint. In groups, so that a person can compare it with a screen. */
export function printedLine(mode: JournalMode, { records, atMs, headHash, signature }: SignedCheckpoint): string {
  return `HAVEN ${mode} ${new Date(atMs).toISOString()} n=${String(records)} head ${groups(headHash)} sig ${groups(signature)}`;
}

const groups = (text: string): string => text.match(/.{1,8}/gu)?.join(' ') ?? '';

/** `report` hears of every outcome: undefined = all is printed. */
export function checkpointPrinter(printer: Printer, mode: JournalMode, report: (error: Error | undefined) => void): CheckpointCopy {
  /** Records of the newest checkpoint that is on paper. */
  let upTo: number | undefined;
  let isRunning = false;
  const print = async (missing: readonly SignedCheckpoint[]): Promise<void> => {
    await send(printer, missing.map((each) => `${printedLine(mode, each)}\r\n`).join(''));
    upTo = missing.at(-1)?.records ?? upTo;
  };
  return {
    catchUp(checkpointsAfter) {
      const all = checkpointsAfter(upTo ?? 0);
      const missing = all.slice(upTo === undefined ? -1 : -MISSED_MAX);
      if (missing.length === 0) return;
      // What came meanwhile is printed with the next checkpoint.
      if (isRunning) return report(new Error('the last line has not been printed yet'));
      isRunning = true;
      void print(missing)
        .then(() => report(undefined), (error: unknown) => report(error instanceof Error ? error : new Error(String(error))))
        .finally(() => { isRunning = false; });
    },
  };
}

const send = (printer: Printer, text: string): Promise<void> => (printer.kind === 'network' ? sendToPort(printer, text) : writeToDevice(printer.path, text));

/** Done when the printer has taken everything and the connection has ended; it says nothing else. */
function sendToPort({ host, port }: Extract<Printer, { kind: 'network' }>, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.unref(); // At the close of the journal, a printer that does not answer holds nothing open.
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error(`the printer has not answered within ${String(ANSWER_WITHIN_MS)} ms`)));
    socket.once('connect', () => socket.end(text, 'latin1'));
    socket.once('error', reject);
    socket.once('close', (hadError) => { if (!hadError) resolve(); });
    socket.resume();
  });
}

/** Without waiting: a FIFO that nobody reads, or a device that is off, would otherwise hold a thread for ever. */
async function writeToDevice(path: string, text: string): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK);
  try {
    const { bytesWritten } = await handle.write(text);
    if (bytesWritten < Buffer.byteLength(text)) throw new Error('the printer took only a part of the line');
  } finally {
    await handle.close();
  }
}
