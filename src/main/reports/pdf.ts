/**
 * PDF from the report's own HTML, through whoever can print: an installed browser here, Electron's `printToPDF` in the desktop program. The
 * printer is a port, so that a report can be made where there is none: it then says so, and the other formats are made all the same.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findPrinter, hereAndNow } from './browser.ts';
import type { Surroundings } from './browser.ts';

export type Printed = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly problem: string };
/** Prints one self-contained page. Never throws; an abort is answered within a second. */
export type PrintPdf = (html: string, signal: AbortSignal) => Promise<Printed>;

/** A report of the longest incident prints in seconds; beyond this something hangs. */
export const PRINT_WITHIN_MS = 120_000;
const SAID_MAX_LENGTH = 2_000;
const PDF_HEAD = '%PDF-';

export interface BrowserPrinterOptions {
  readonly surroundings?: Surroundings;
  readonly withinMs?: number;
  /** Where its throw-away profile lies; default the system's temporary folder. */
  readonly dir?: string;
  /** The browser ends with our own process group, because whoever started us kills that as a whole; else it has a group of its own. */
  readonly isInOurGroup?: boolean;
}

export function browserPrinter({ surroundings = hereAndNow(), withinMs = PRINT_WITHIN_MS, dir: parent = tmpdir(), isInOurGroup = false }: BrowserPrinterOptions = {}): PrintPdf {
  return async (html, signal) => {
    const browser = findPrinter(surroundings);
    if (!browser.found) return { ok: false, problem: browser.problem };
    // A profile of its own, thrown away: a browser that is open already must not take the order over, nor keep what it saw.
    const dir = await mkdtemp(join(parent, 'haven-print-'));
    try {
      const [page, pdf] = [join(dir, 'report.html'), join(dir, 'report.pdf')];
      await writeFile(page, html, { mode: 0o600 });
      const problem = await printed(browser.path, [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${join(dir, 'profile')}`, `--print-to-pdf=${pdf}`, pathToFileURL(page).href], signal, { withinMs, hasGroup: !isInOurGroup && process.platform !== 'win32' });
      return problem === null ? await read(pdf, browser.path) : { ok: false, problem };
    } finally {
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  };
}

/** Headless, alone, silent towards the network: it prints a file of ours and nothing else. */
const FLAGS = [
  '--headless', '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-extensions', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  '--proxy-server=127.0.0.1:9', '--no-pdf-header-footer', '--generate-pdf-document-outline',
];

/** Null when it ended well. */
function printed(path: string, args: readonly string[], signal: AbortSignal, { withinMs, hasGroup }: { readonly withinMs: number; readonly hasGroup: boolean }): Promise<string | null> {
  return new Promise((settle) => {
    if (signal.aborted) return settle('cancelled');
    // With a group of its own the browser's many processes end together.
    const child = spawn(path, [...args], { stdio: ['ignore', 'ignore', 'pipe'], detached: hasGroup });
    let said = '';
    const end = (problem: string | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      settle(problem);
    };
    const abort = (): void => { kill(child, hasGroup); end('cancelled'); };
    const timer = setTimeout(() => { kill(child, hasGroup); end(`the browser ${path} did not print within ${String(withinMs / 1_000)} s`); }, withinMs);
    signal.addEventListener('abort', abort, { once: true });
    child.stderr.on('data', (chunk: Buffer) => { said = `${said}${chunk.toString()}`.slice(-SAID_MAX_LENGTH); });
    child.once('error', (error) => end(`the browser ${path} could not be started: ${error.message}`));
    child.once('close', (code) => end(code === 0 ? null : `the browser ${path} ended with ${String(code)}: ${lastLine(said)}`));
  });
}

function kill(child: ChildProcess, hasGroup: boolean): void {
  try {
    if (child.pid !== undefined && hasGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.slice(0, 300) ?? '';

async function read(pdf: string, path: string): Promise<Printed> {
  try {
    const bytes = await readFile(pdf);
    return bytes.subarray(0, PDF_HEAD.length).toString('latin1') === PDF_HEAD ? { ok: true, bytes } : { ok: false, problem: `what the browser ${path} printed is no PDF` };
  } catch {
    return { ok: false, problem: `the browser ${path} printed nothing` };
  }
}
