/**
 * One value, one text: JSON by RFC 8785 (keys sorted by UTF-16 code units, no white space, numbers as ECMAScript prints
 * them), so that two programs that hash the same record get the same hash.
 *
 * Refuses, as a value, whatever JSON would change in silence: NaN, Infinity, undefined, holes, dates and other class
 * instances, lone surrogates. A journal that quietly turns NaN into null is no evidence.
 */

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Deepest nesting accepted, levels. Also what stops a value that contains itself. */
export const JSON_MAX_DEPTH = 32;

export interface CanonicalProblem {
  /** Where, as `$.data.list[3]`. */
  readonly path: string;
  readonly message: string;
}
export type CanonicalResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: CanonicalProblem };

/** The canonical text of `value`, or the place and the reason why it has none. Never throws. */
export function canonicalJson(value: unknown): CanonicalResult {
  const trouble: CanonicalProblem[] = [];
  const text = write(value, '$', 0, trouble);
  const [problem] = trouble;
  return problem === undefined ? { ok: true, text } : { ok: false, problem };
}

/** Writes on after the first trouble; its text is then thrown away. */
function write(value: unknown, path: string, depth: number, trouble: CanonicalProblem[]): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : refuse(path, `${String(value)} is not a JSON number`, trouble);
    case 'string':
      return writeString(value, path, trouble);
    case 'object':
      if (depth >= JSON_MAX_DEPTH) return refuse(path, `nested deeper than ${String(JSON_MAX_DEPTH)} levels, or contains itself`, trouble);
      return Array.isArray(value) ? writeArray(value, path, depth, trouble) : writeObject(value, path, depth, trouble);
    default:
      return refuse(path, `${typeof value} has no JSON form`, trouble);
  }
}

function writeString(value: string, path: string, trouble: CanonicalProblem[]): string {
  return value.isWellFormed() ? JSON.stringify(value) : refuse(path, 'text with half a character (lone surrogate)', trouble);
}

function writeArray(items: readonly unknown[], path: string, depth: number, trouble: CanonicalProblem[]): string {
  const parts: string[] = [];
  // By index, not by map: map skips holes, and a hole must be refused like any other undefined.
  for (let i = 0; i < items.length && trouble.length === 0; i += 1) parts.push(write(items[i], `${path}[${String(i)}]`, depth + 1, trouble));
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number, trouble: CanonicalProblem[]): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return refuse(path, 'an instance of a class is not plain data', trouble);
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value).sort(byCodeUnits)) {
    if (trouble.length > 0) break;
    parts.push(`${writeString(key, path, trouble)}:${write(item, `${path}.${key}`, depth + 1, trouble)}`);
  }
  return `{${parts.join(',')}}`;
}

/** JavaScript compares strings by UTF-16 code units, which is the order RFC 8785, 3.2.3 asks for. */
function byCodeUnits([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function refuse(path: string, message: string, trouble: CanonicalProblem[]): string {
  trouble.push({ path, message });
  return '';
}
