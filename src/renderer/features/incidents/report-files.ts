/** Files of a report out of the station piece by piece, and what is typed for a what-if. Pure but for `ask`. */
import type { CommandInput, CommandOutput } from '../../../contract/commands.ts';
import { WHAT_IF_MINUTES_MAX, WHAT_IF_RUNS_MAX } from '../../../contract/incidents.ts';
import type { ReportFileFormat } from '../../../contract/incidents.ts';
import type { Outcome } from '../../transport/client.ts';

export type ReportFile = { name: string; format: ReportFileFormat; bytes: number; sha256: string };
type Asked = CommandInput<'report.read'>;
type Piece = CommandOutput<'report.read'>;
export type AskPiece = (input: Asked) => Promise<Outcome<'report.read'>>;
export type ReadEnd =
  | { end: 'done'; content: Uint8Array<ArrayBuffer> }
  | { end: 'cancelled' }
  /** It is not what the station said that it is. */
  | { end: 'altered' }
  | { end: 'failed'; answer: Exclude<Outcome<'report.read'>, { outcome: 'done' }> };

/** Most bytes that are taken into the page. */
export const FILE_MAX_BYTES = 256 * 1_024 * 1_024;
export const FILE_TYPES: Readonly<Record<ReportFileFormat, string>> = { html: 'text/html;charset=utf-8', pdf: 'application/pdf', json: 'application/json', csv: 'text/csv;charset=utf-8' };

/** Reads a file to its end. `isStopped` is looked at before each question. What is handed on is held against its length and its hash. */
export async function readReportFile(ask: AskPiece, report: string, file: Pick<ReportFile, 'name' | 'bytes' | 'sha256'>, tell: (part: number) => void, isStopped: () => boolean, digest: (content: Uint8Array<ArrayBuffer>) => Promise<string | null> = sha256Of): Promise<ReadEnd> {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (;;) {
    if (isStopped()) return { end: 'cancelled' };
    const answer = await ask({ report, name: file.name, offset });
    if (answer.outcome !== 'done') return { end: 'failed', answer };
    const output: Piece = answer.output;
    const piece = bytesOf(output.base64);
    offset += piece.length;
    pieces.push(piece);
    tell(file.bytes === 0 ? 1 : Math.min(1, offset / file.bytes));
    if (offset > Math.min(file.bytes, FILE_MAX_BYTES) || (piece.length === 0 && !output.end)) return { end: 'altered' };
    if (output.end) break;
  }
  const content = joined(pieces, offset);
  const hash = await digest(content);
  return offset !== file.bytes || (hash !== null && hash !== file.sha256) ? { end: 'altered' } : { end: 'done', content };
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) { content.set(piece, at); at += piece.length; }
  return content;
}

/** Null where the browser does not offer it: served without TLS under another name than localhost. */
async function sha256Of(content: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return null;
  return Array.from(new Uint8Array(await subtle.digest('SHA-256', content)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `-5, 2`: minutes by which the stop is moved. Null when it is no such list. */
export function whatIfOf(text: string): number[] | null {
  const words = text.split(/[\s,，;；、]+/u).filter((word) => word !== '');
  const minutes = words.map((word) => Number(word.replace(/^[−–]/u, '-')));
  const areGood = minutes.length <= WHAT_IF_RUNS_MAX && minutes.every((each) => Number.isFinite(each) && Math.abs(each) <= WHAT_IF_MINUTES_MAX && each !== 0);
  return areGood ? [...new Set(minutes)] : null;
}

/** `1.2 MB` */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
