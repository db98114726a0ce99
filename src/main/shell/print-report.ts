/**
 * Prints a report of ours to PDF in a window that nobody sees: no script, no node, a session of its own that loads the one page and
 * nothing else, thrown away afterwards.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrowserWindow, session } from 'electron';

export const PRINT_WITHIN_MS = 120_000;
/** Not `persist:`: nothing of it is kept on the disk. */
const PARTITION = 'haven-print';

export async function printReport(html: string, withinMs = PRINT_WITHIN_MS): Promise<Uint8Array> {
  const dir = await mkdtemp(join(tmpdir(), 'haven-print-'));
  const file = join(dir, 'report.html');
  await writeFile(file, html, { mode: 0o600 });
  const url = pathToFileURL(file).href;
  session.fromPartition(PARTITION).webRequest.onBeforeRequest((details, answer) => { answer({ cancel: details.url !== url }); });
  const window = new BrowserWindow({ show: false, webPreferences: { partition: PARTITION, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, javascript: false, devTools: false } });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => reject(new Error(`the report did not print within ${String(withinMs / 1_000)} s`)), withinMs); });
  try {
    const printing = window.loadURL(url).then(() => window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true, displayHeaderFooter: false, generateDocumentOutline: true }));
    return new Uint8Array(await Promise.race([printing, tooLong]));
  } finally {
    clearTimeout(timer);
    window.destroy();
    await rm(dir, { recursive: true, force: true });
  }
}
