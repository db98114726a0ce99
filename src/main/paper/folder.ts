/**
 * The folder of the paper fallback: one sheet for each running procedure, a list of them, and the newest sheets of closed ones.
 *
 * Nothing waits for it. A call only notes what is to be written; it is written a moment later, one file at a time, in the background, each
 * at most once a second, as a whole or not at all (written beside, then renamed). A folder that cannot be written is tried again, seldom,
 * and reported once.
 */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '../../contract/text.ts';
import { paperIndex } from './list.ts';
import type { SheetHead } from './list.ts';

export interface Sheet {
  readonly html: string;
  readonly head: SheetHead;
}

export interface PaperFolderOptions {
  readonly dir: string;
  readonly timeZone: string;
  readonly title: Text;
  /** A clock for spacing, which need not tell the time of day. */
  readonly nowMs: () => number;
  /** Heard once, however often it fails. */
  readonly onFailure: (reason: string) => void;
}

export const CLOSED_MAX = 50;
/** Running sheets beyond this are not kept: the view has no more either. */
const RUNNING_MAX = 50;
const SPACING_MS = 1_000;
const LOOK_MS = 100;
const AGAIN_MS = 5_000;
const INDEX = 'index.html';
/** Files that were being written when the station died. */
const UNFINISHED = '.unfinished';

/** The name of a file that any system takes, a different one for each instance: `P-A4.9:1` -> `P-A4.9=1.html`. */
export function sheetName(instance: string): string {
  const safe = instance.replaceAll(/[^\w\-.():]/gu, (sign) => `~${(sign.codePointAt(0) ?? 0).toString(16)}~`).replaceAll(':', '=').replace(/^\./u, '~2e~');
  return `${safe.slice(0, 200)}.html`;
}

interface Waiting { readonly instance: string; readonly render: () => Sheet; readonly isClosed: boolean }

export class PaperFolder {
  readonly #options: PaperFolderOptions;
  readonly #closedDir: string;
  /** What is to be written, by file; a later call replaces an earlier one. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #writtenMs = new Map<string, number>();
  readonly #heads = new Map<string, SheetHead>();
  #isListWaiting = true;
  #isPrepared = false;
  #hasFailed = false;
  #notBeforeMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> | null = null;
  #stopped = false;

  constructor(options: PaperFolderOptions) {
    this.#options = options;
    this.#closedDir = join(options.dir, 'closed');
  }

  /** Begins: clears away what an earlier run left, and writes the list. */
  start(): void {
    this.#wake();
  }

  /** The sheet of a running procedure is to be written anew; `render` is called when its turn comes, and shows how it stands then. */
  put(instance: string, render: () => Sheet): void {
    const name = sheetName(instance);
    if (!this.#waiting.has(name) && !this.#heads.has(name) && this.#waiting.size + this.#heads.size >= RUNNING_MAX) return;
    this.#waiting.set(name, { instance, render, isClosed: false });
    this.#wake();
  }

  /** The procedure is closed: its last sheet goes to the closed ones. */
  close(instance: string, render: () => Sheet): void {
    this.#waiting.set(sheetName(instance), { instance, render, isClosed: true });
    this.#wake();
  }

  /** Writes what still waits, as far as that works, and ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#work;
    this.#writtenMs.clear();
    for (let i = 0; i <= RUNNING_MAX && this.#nextName() !== null && (await this.#isReady()); i += 1) await this.#writeNext();
    if (await this.#isReady()) await this.#guarded(() => this.#writeList());
  }

  /** The folder is there, and a failure is some time ago. */
  async #isReady(): Promise<boolean> {
    if (this.#options.nowMs() < this.#notBeforeMs) return false;
    return this.#isPrepared || this.#guarded(() => this.#prepare());
  }

  #wake(): void {
    if (this.#stopped || this.#timer !== null || this.#work !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#work = this.#turn().finally(() => {
        this.#work = null;
        if (this.#waiting.size > 0 || this.#isListWaiting) this.#wake();
      });
    }, LOOK_MS);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    if (!(await this.#isReady())) return;
    if (this.#nextName() !== null) await this.#writeNext();
    else if (this.#isListWaiting && this.#isDue(INDEX)) await this.#guarded(() => this.#writeList());
  }

  #isDue(name: string): boolean {
    const writtenMs = this.#writtenMs.get(name);
    return writtenMs === undefined || this.#options.nowMs() - writtenMs >= SPACING_MS;
  }

  #nextName(): string | null {
    return [...this.#waiting.keys()].find((name) => this.#isDue(name)) ?? null;
  }

  async #writeNext(): Promise<void> {
    const name = this.#nextName();
    const waiting = name === null ? undefined : this.#waiting.get(name);
    if (name === null || waiting === undefined) return;
    this.#waiting.delete(name);
    this.#writtenMs.set(name, this.#options.nowMs());
    const isWritten = await this.#guarded(async () => {
      const { html, head } = waiting.render();
      await this.#write(waiting.isClosed ? this.#closedDir : this.#options.dir, name, html);
      if (waiting.isClosed) {
        await rm(join(this.#options.dir, name), { force: true });
        this.#heads.delete(name);
        this.#writtenMs.delete(name);
        await this.#prune();
      } else this.#heads.set(name, head);
      this.#isListWaiting = true;
    });
    // What could not be written is written later, unless something newer waits by then.
    if (!isWritten && !this.#waiting.has(name)) this.#waiting.set(name, waiting);
  }

  async #writeList(): Promise<void> {
    this.#isListWaiting = false;
    this.#writtenMs.set(INDEX, this.#options.nowMs());
    try {
      await this.#write(this.#options.dir, INDEX, paperIndex(this.#options.title, [...this.#heads].map(([file, head]) => ({ file, head })), this.#options.timeZone));
    } catch (error) {
      this.#isListWaiting = true;
      throw error;
    }
  }

  /** Before the first sheet, and again after a failure: the folders, and what an earlier run left. A sheet of a procedure that does not run any more is a closed one. */
  async #prepare(): Promise<void> {
    await mkdir(this.#closedDir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#options.dir)) {
      if (name.endsWith(UNFINISHED)) await rm(join(this.#options.dir, name), { force: true });
      else if (name.endsWith('.html') && name !== INDEX && !this.#heads.has(name) && !this.#waiting.has(name)) await rename(join(this.#options.dir, name), join(this.#closedDir, name));
    }
    this.#isPrepared = true;
    await this.#prune();
  }

  async #write(dir: string, name: string, content: string): Promise<void> {
    const unfinished = join(dir, `${name}${UNFINISHED}`);
    const file = await open(unfinished, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, join(dir, name));
  }

  /** The names carry running numbers, but not of one row: the newest are told by the time of writing. */
  async #prune(): Promise<void> {
    const names = (await readdir(this.#closedDir)).filter((name) => name.endsWith('.html'));
    if (names.length <= CLOSED_MAX) return;
    const aged = await Promise.all(names.map(async (name) => ({ name, ms: (await stat(join(this.#closedDir, name))).mtimeMs })));
    for (const { name } of aged.sort((a, b) => b.ms - a.ms).slice(CLOSED_MAX)) await rm(join(this.#closedDir, name), { force: true });
  }

  async #guarded(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#notBeforeMs = this.#options.nowMs() + AGAIN_MS;
      this.#isPrepared = false;
      if (!this.#hasFailed) this.#options.onFailure(error instanceof Error ? error.message : String(error));
      this.#hasFailed = true;
      return false;
    }
  }
}
