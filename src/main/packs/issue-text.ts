/** Puts zod's issues into the house's words: "what is wrong; what is expected", at the node they are about. */
import type { z } from 'zod';
import type { Finding } from './finding.ts';
import type { Path, YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** The three parts that every emergency procedure has at least (3.2). */
const THREE_PARTS = new Set<PropertyKey>(['steps', 'safetyMeasures', 'shutdownConditions']);

/** All findings of one parse that failed. */
export function issueFindings(source: YamlSource, issues: readonly Issue[]): Finding[] {
  return issues.flatMap((issue) => oneIssue(source, issue, []));
}

function oneIssue(source: YamlSource, issue: Issue, base: Path): Finding[] {
  const path = [...base, ...issue.path];
  const at = (message: string): Finding => ({ file: source.file, ...source.place(path), severity: 'error', message });
  const part = missingPart(source, issue, path);
  if (part !== null) return [at(part)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ file: source.file, ...source.placeOfKey(path, key), severity: 'error', message: `unknown key '${key}'${inside(path)}; expected only the keys of the schema` }));
    case 'invalid_union':
      return unionIssue(source, issue, path);
    case 'invalid_type':
      return [at(typeMessage(source, issue, path))];
    case 'invalid_value':
      return [at(`${isMissing(source, path) ? `'${String(path.at(-1))}' is missing${inside(path.slice(0, -1))}` : `${name(path)} is ${shown(source, path)}`}; expected ${issue.values.map((value) => `'${String(value)}'`).join(' or ')}`)];
    case 'too_big':
      return [at(tooBigMessage(source, issue, path))];
    case 'too_small':
      return [at(`${name(path)} is too ${sizeWord(issue.origin, 'small')}; expected at least ${String(issue.minimum)}${unitWord(issue.origin)}`)];
    case 'invalid_format':
      return [at(issue.message.startsWith('expected') ? `${name(path)} is ${shown(source, path)}; ${issue.message}` : `${name(path)} is ${shown(source, path)}; expected letters, digits and - _ . : / ( ) only`)];
    case 'custom':
      return [at(issue.message)];
    case 'not_multiple_of': case 'invalid_key': case 'invalid_element':
      return [at(`${name(path)} is ${shown(source, path)}; ${issue.message}`)];
  }
}

/** 3.2 by name: which of the three parts is lacking, and in which procedure. */
function missingPart(source: YamlSource, issue: Issue, path: Path): string | null {
  const [part] = path;
  if (path.length !== 1 || part === undefined || !THREE_PARTS.has(part)) return null;
  const found = valueAt(source.value, path) ?? null;
  if (issue.code !== 'too_small' && !(issue.code === 'invalid_type' && found === null)) return null;
  const id = valueAt(source.value, ['id']);
  return `procedure ${typeof id === 'string' ? id : '(without id)'} lacks '${String(part)}'; 3.2 requires steps, safety measures and shutdown conditions`;
}

function typeMessage(source: YamlSource, issue: Extract<Issue, { code: 'invalid_type' }>, path: Path): string {
  const found = valueAt(source.value, path);
  if (found === undefined) return `'${String(path.at(-1) ?? 'content')}' is missing${inside(path.slice(0, -1))}; expected ${aOrAn(issue.expected)}`;
  return `${name(path)} is ${shown(source, path)}; expected ${aOrAn(issue.expected)}`;
}

function tooBigMessage(source: YamlSource, issue: Extract<Issue, { code: 'too_big' }>, path: Path): string {
  const peopleLimit = path.length === 2 && path[0] === 'people' && path[1] === 'limit';
  if (peopleLimit) return `people limit ${shown(source, path)} is above ${String(issue.maximum)}; 4.2.3 allows usually 2 people and never more than ${String(issue.maximum)}`;
  return `${name(path)} is too ${sizeWord(issue.origin, 'big')}; expected at most ${String(issue.maximum)}${unitWord(issue.origin)}`;
}

/** A union either knows its branch by a key (`kind`), and that key is wrong, or tries all, and the closest one speaks. */
function unionIssue(source: YamlSource, issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Finding[] {
  const inner = closestBranch(issue.errors).flatMap((one) => oneIssue(source, one, path));
  if (inner.length > 0) return inner;
  const { discriminator, options } = issue as { readonly discriminator?: string; readonly options?: readonly unknown[] };
  const expected = options === undefined ? 'one that the schema knows' : options.map((option) => `'${String(option)}'`).join(', ');
  const what = isMissing(source, path) ? `'${discriminator ?? String(path.at(-1))}' is missing` : `${name(path)} is ${shown(source, path)}`;
  return [{ file: source.file, ...source.place(path), severity: 'error', message: `${what}; expected ${expected}` }];
}

/** Of a union's branches the one the author most likely meant: the fewest issues, a wrong `kind` weighing most. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const weight = (issues: readonly Issue[]): number => issues.reduce((sum, issue) => {
    const wrongKind = issue.path.length === 1 && issue.path[0] === 'kind';
    return sum + (wrongKind ? 100 : issue.code === 'unrecognized_keys' ? 2 * issue.keys.length : 1);
  }, 0);
  const sorted = [...branches].sort((a, b) => weight(a) - weight(b));
  return sorted[0] ?? [];
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}

function isMissing(source: YamlSource, path: Path): boolean {
  return valueAt(source.value, path) === undefined;
}

function shown(source: YamlSource, path: Path): string {
  const value = valueAt(source.value, path);
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = String(value);
  return `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;
}

function name(path: Path): string {
  const key = path.at(-1);
  if (key === undefined) return 'the file';
  return typeof key === 'number' ? `entry ${key + 1} of '${String(path.at(-2) ?? 'list')}'` : `'${String(key)}'`;
}

function inside(path: Path): string {
  return path.length === 0 ? '' : ` in ${path.map(String).join('.')}`;
}

function aOrAn(type: string): string {
  const word = type === 'object' ? 'mapping' : type === 'array' ? 'list' : type === 'string' ? 'text' : type === 'int' ? 'integer' : type;
  return `${/^[aeiou]/u.test(word) ? 'an' : 'a'} ${word}`;
}

function sizeWord(origin: string, size: 'big' | 'small'): string {
  if (origin === 'string' || origin === 'array') return size === 'big' ? 'long' : 'short';
  return size;
}

function unitWord(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}
