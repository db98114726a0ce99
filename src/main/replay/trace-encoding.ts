/**
 * UTF-8 or GB18030, decided while the bytes stream by (docs/design/replay.md, decision 0007).
 *
 * Delimiters, digits and ASCII words are the same bytes in both, and no byte of a longer character is a comma, a quote or
 * a line end; so rows can be cut apart before the encoding is known, and only text that is not ASCII ever asks for it.
 * 1. The lines of the first megabyte decide together: valid UTF-8 is UTF-8, else GB18030.
 * 2. All ASCII leaves it open: then the first later line with more than ASCII decides, by the same test.
 * 3. Text that was UTF-8 and then is not is refused: whatever it is, what has been read may have been read wrongly.
 */
import { isAscii, isUtf8 } from 'node:buffer';

export type TraceEncoding = 'utf8' | 'gb18030';

export class EncodingGuard {
  readonly #asked: TraceEncoding | undefined;
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #gb18030 = new TextDecoder('gb18030', { ignoreBOM: true });
  #found: TraceEncoding | null;
  #isFirst = true;

  constructor(asked?: TraceEncoding) {
    this.#asked = asked;
    this.#found = asked ?? null;
  }

  /** For messages. */
  get expected(): string {
    return this.#asked ?? (this.#found === 'utf8' ? 'UTF-8, like the lines before,' : 'UTF-8 or GB18030');
  }

  decode(bytes: Uint8Array): string {
    return (this.#found === 'gb18030' ? this.#gb18030 : this.#utf8).decode(bytes);
  }

  /**
   * Looks at the next whole lines of the file; the first time at those of the first megabyte.
   * @returns how many bytes are valid: all, or those up to the beginning of the line with the first that is not
   */
  accept(lines: Uint8Array, lineEnd: number): number {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (isAscii(lines)) return lines.length;
    if (this.#found === 'gb18030') return validLines(lines, lineEnd, isGb18030);
    if (isUtf8(lines)) {
      this.#found = 'utf8';
      return lines.length;
    }
    const valid = validLines(lines, lineEnd, isUtf8);
    const isOpen = this.#found === null && (isFirst || isAscii(lines.subarray(0, valid)));
    this.#found ??= isOpen ? 'gb18030' : 'utf8';
    if (!isOpen) return valid;
    return validLines(lines, lineEnd, isGb18030);
  }
}

function isGb18030(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes up to the first line that is not valid. */
function validLines(bytes: Uint8Array, lineEnd: number, isValid: (piece: Uint8Array) => boolean): number {
  if (isValid(bytes)) return bytes.length;
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(lineEnd, from);
    const next = end < 0 ? bytes.length : end + 1;
    if (!isValid(bytes.subarray(from, next))) return from;
    if (next >= bytes.length) return bytes.length;
    from = next;
  }
}
