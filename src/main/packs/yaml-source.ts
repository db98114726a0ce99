/**
 * One YAML file, read strictly, with the place of every node kept for messages.
 *
 * Strict because a pack is a safeguard: a repeated key, an alias or an unknown tag can make a file mean something
 * else than what its author reads on the page.
 */
import { createHash } from 'node:crypto';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Finding } from './finding.ts';

/** Largest pack file, bytes. The tag list of a big plant is about 1 MiB. */
export const PACK_FILE_MAX_BYTES = 2 * 1024 * 1024;
/** More findings than this in one file are cut off: the first ones are what a person mends. */
const MAX_FINDINGS_PER_FILE = 200;
/** Deeper brackets than this are an attack on the parser, which needs the square of the depth. */
const MAX_NESTING = 500;

export type Path = readonly PropertyKey[];
export interface Place { readonly line: number; readonly column: number }

export interface YamlSource {
  readonly file: string;
  readonly sha256: string;
  readonly value: unknown;
  /** Place of the value at `path`; of the nearest enclosing node when there is none. */
  place(path: Path): Place;
  /** Place of the key itself, for keys that should not be there. */
  placeOfKey(path: Path, key: string): Place;
}

export type ReadOutcome = { readonly source: YamlSource; readonly findings: readonly Finding[] } | { readonly source: null; readonly findings: readonly Finding[] };

/** So much text is remembered with what was read of it, bytes: the shipped packs about three times. */
const REMEMBERED_MAX_BYTES = 8 * 1024 * 1024;

/** Read once: a process that loads packs again (linting against the installed ones, another site, one file changed) finds nearly the same files. By content, so that a changed file is never taken for the old one. */
const alreadyRead = new Map<string, { readonly outcome: ReadOutcome; readonly bytes: number }>();
let rememberedBytes = 0;

/** Parses the bytes of one file. A file with any finding here has no source: nothing of it is used. The outcome is shared: nobody may change it. */
export function readYamlSource(file: string, bytes: Uint8Array): ReadOutcome {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = `${sha256} ${file}`;
  const known = alreadyRead.get(key);
  const outcome = known?.outcome ?? readBytes(file, bytes, sha256);
  alreadyRead.delete(key);
  alreadyRead.set(key, { outcome, bytes: bytes.byteLength });
  if (known === undefined) rememberedBytes += bytes.byteLength;
  for (const [oldest, { bytes: freed }] of alreadyRead) {
    if (rememberedBytes <= REMEMBERED_MAX_BYTES) break;
    alreadyRead.delete(oldest);
    rememberedBytes -= freed;
  }
  return outcome;
}

function readBytes(file: string, bytes: Uint8Array, sha256: string): ReadOutcome {
  const refuse = (message: string, place: Place = { line: 1, column: 1 }): ReadOutcome => ({ source: null, findings: [{ file, ...place, severity: 'error', message }] });
  if (bytes.byteLength > PACK_FILE_MAX_BYTES) return refuse(`the file has ${bytes.byteLength} bytes; expected at most ${PACK_FILE_MAX_BYTES}`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('the file is not UTF-8; expected YAML in UTF-8');
  }
  if (nestedTooDeep(text)) return refuse(`brackets are nested deeper than ${MAX_NESTING}; expected YAML of ordinary depth`);
  try {
    return parse(file, text, sha256);
  } catch (error) {
    // The parser overflows its stack on absurdly deep nesting; that is the file's fault, not the product's end.
    return refuse(`the file cannot be parsed (${error instanceof Error ? error.name : 'unknown error'}); expected YAML of ordinary depth`);
  }
}

const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Counts brackets without regard to quotes: no honest text holds 500 open ones. */
function nestedTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth = Math.max(0, depth - 1);
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

function parse(file: string, text: string, sha256: string): ReadOutcome {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, version: '1.2', prettyErrors: false });
  const findings: Finding[] = [...document.errors, ...document.warnings].map((problem) => ({
    file, ...placeAt(lines, problem.pos[0]), severity: 'error', message: `${firstLine(problem.message)}; expected strict YAML 1.2`,
  }));
  // Walking every node of a big file takes time, and neither can be there without its sign.
  if (/[&*]/u.test(text)) findings.push(...aliasFindings(file, document, lines));
  if (findings.length > 0) return { source: null, findings: findings.slice(0, MAX_FINDINGS_PER_FILE) };
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return {
    findings,
    source: {
      file, sha256, value,
      place: (path) => placeAt(lines, offsetOf(document.contents, path)),
      placeOfKey: (path, key) => placeAt(lines, offsetOfKey(document.contents, path, key)),
    },
  };
}

/** Aliases are refused: what a line means must stand on that line, and a small file must not unfold into a huge one. */
function aliasFindings(file: string, document: Document, lines: LineCounter): Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node) && (node as { anchor?: string }).anchor === undefined) return;
      findings.push({ file, ...placeAt(lines, node.range?.[0] ?? 0), severity: 'error', message: 'an anchor or alias; expected every value written out where it is used' });
    },
  });
  return findings;
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/[.:;\s]+$/u, '');
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf(root: unknown, path: Path): number {
  let node: unknown = root;
  let offset = startOf(root) ?? 0;
  for (const key of path) {
    const next = child(node, key);
    if (next === null) return offset;
    offset = startOf(next.value) ?? startOf(next.key) ?? offset;
    node = next.value;
  }
  return offset;
}

function offsetOfKey(root: unknown, path: Path, key: string): number {
  let node: unknown = root;
  for (const step of path) node = child(node, step)?.value ?? null;
  const found = child(node, key);
  return (found === null ? null : startOf(found.key)) ?? offsetOf(root, path);
}

function child(node: unknown, key: PropertyKey): { readonly key: unknown; readonly value: unknown } | null {
  if (isSeq(node) && typeof key === 'number') {
    const value = node.items[key];
    return value === undefined ? null : { key: null, value };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key));
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

function startOf(node: unknown): number | null {
  return isNode(node) ? ((node as Node).range?.[0] ?? null) : null;
}
