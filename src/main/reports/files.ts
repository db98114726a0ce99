/**
 * The files of one report, each whole or not at all: written beside under a name that nobody takes for a report, synced, renamed. What was
 * begun and not ended is taken away again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ReportFileFormat } from '../../contract/incidents.ts';

export interface ReportFile {
  readonly name: string;
  readonly format: ReportFileFormat;
  readonly bytes: number;
  readonly sha256: string;
}

export const UNFINISHED = '.unfinished';
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
  }
}

/** Files that are being written to one folder. They all appear at `finish`, so that a cancelled report leaves none. */
export class ReportFolder {
  readonly #dir: string;
  readonly #signal: AbortSignal;
  readonly #files: ReportFile[] = [];
  readonly #isOurs: boolean;

  constructor(dir: string, signal: AbortSignal) {
    this.#dir = dir;
    this.#signal = signal;
    this.#isOurs = mkdirSync(dir, { recursive: true, mode: 0o700 }) !== undefined;
  }

  /** Pieces are asked for one at a time, with a breath between them: an abort is seen at once. */
  async write(name: string, format: ReportFileFormat, pieces: Iterable<string | Uint8Array>): Promise<void> {
    const file = await open(this.#unfinished(name), 'w', 0o600);
    const sum = createHash('sha256');
    let bytes = 0;
    this.#files.push({ name, format, bytes: 0, sha256: '' });
    try {
      for (const piece of pieces) {
        if (this.#signal.aborted) throw new Cancelled();
        const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
        sum.update(data);
        bytes += data.byteLength;
        await file.writeFile(data);
        await breathe();
      }
      await file.sync();
    } finally {
      await file.close();
    }
    this.#files.splice(this.#files.findIndex((each) => each.name === name), 1, { name, format, bytes, sha256: sum.digest('hex') });
  }

  async finish(): Promise<readonly ReportFile[]> {
    if (this.#signal.aborted) throw new Cancelled();
    for (const { name } of this.#files) await rename(this.#unfinished(name), join(this.#dir, name));
    return [...this.#files];
  }

  async undo(): Promise<void> {
    for (const { name } of this.#files) await rm(this.#unfinished(name), { force: true });
    // A folder that somebody else has put something into stays.
    if (this.#isOurs) await rmdir(this.#dir).catch(() => undefined);
  }

  #unfinished(name: string): string {
    return join(this.#dir, `${name}${UNFINISHED}`);
  }
}
