/** What `haven debrief` and `haven competence` are asked alike: lists of formats, languages, zones of time, and how files are told. */
import path from 'node:path';
import { browserPrinter } from '../reports/pdf.ts';
import { Cancelled, ReportFolder } from '../reports/files.ts';
import type { ReportFile } from '../reports/files.ts';
import { TIME_ZONE_DEFAULT } from '../reports/pen.ts';
import type { CommandIo } from './io.ts';
import { EXIT_CANCELLED, EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { isFaultOfOurs } from './unforeseen.ts';

export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly wrong: string };

/** `html,pdf` of those that there are, each once. */
export function listOf<Word extends string>(option: string, list: string, known: readonly Word[]): Asked<readonly Word[]> {
  const words = list.split(',').map((word) => word.trim());
  const strange = words.find((word) => !known.some((each) => each === word));
  if (strange !== undefined) return { ok: false, wrong: `--${option} ${strange} is not known; expected any of ${known.join(', ')}` };
  return { ok: true, value: known.filter((each) => words.includes(each)) };
}

export function penOf(language: string, timeZone: string): Asked<{ readonly language: 'zh' | 'en'; readonly timeZone: string }> {
  if (language !== 'zh' && language !== 'en') return { ok: false, wrong: `--language ${language} is not known; expected zh or en` };
  try {
    return { ok: true, value: { language, timeZone: new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone } };
  } catch {
    return { ok: false, wrong: `--time-zone ${timeZone} is not known; expected an IANA name such as ${TIME_ZONE_DEFAULT}` };
  }
}

export interface NotMade { readonly format: string; readonly reason: string }
/** Writes one format, or says why not. */
export type Writer = (folder: ReportFolder, signal: AbortSignal) => Promise<NotMade | null>;

/** A page as PDF, by an installed browser. */
export const printed = (name: string, page: string): Writer => async (folder, signal) => {
  const made = await browserPrinter()(page, signal);
  if (!made.ok) return { format: 'pdf', reason: made.problem };
  await folder.write(name, 'pdf', [made.bytes]);
  return null;
};

/** All of them or, after Ctrl-C, none; one that cannot be made does not take the others with it. */
export async function writeFiles(command: string, outDir: string, json: boolean, writers: readonly Writer[], io: CommandIo, notes: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const cancel = new AbortController();
  const onInterrupt = (): void => cancel.abort();
  process.once('SIGINT', onInterrupt);
  let folder: ReportFolder | null = null;
  try {
    folder = new ReportFolder(outDir, cancel.signal);
    const notMade: NotMade[] = [];
    for (const write of writers) {
      const missing = await write(folder, cancel.signal);
      if (cancel.signal.aborted) throw new Cancelled();
      if (missing !== null) notMade.push(missing);
    }
    const files = (await folder.finish()).map((file: ReportFile) => ({ ...file, path: path.join(outDir, file.name) }));
    io.stdout(json ? `${JSON.stringify({ files, notMade, ...notes })}\n` : files.map(({ path: file, bytes, sha256 }) => `${file}  ${String(bytes)} bytes  sha256 ${sha256}\n`).join(''));
    for (const { format, reason } of notMade) io.stderr(`haven ${command}: ${format} was not made: ${reason}\n`);
    return notMade.length === 0 ? EXIT_DONE : EXIT_FINDINGS;
  } catch (error) {
    await folder?.undo();
    if (error instanceof Cancelled || cancel.signal.aborted) {
      io.stderr(`haven ${command}: ended by Ctrl-C; no file was left behind\n`);
      return EXIT_CANCELLED;
    }
    if (isFaultOfOurs(error)) throw error;
    io.stderr(`haven ${command}: ${outDir}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}\n`);
    return EXIT_WRONG_CALL;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
