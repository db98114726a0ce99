/** Which files a pack consists of. The only part of loading that touches the disk. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from './finding.ts';
import { compareCodePoints } from './edit-distance.ts';

/** `site`: what one site does otherwise; `tags`: a list of tags as CSV. */
export type PackFileKind = 'rules' | 'site' | 'tags' | 'procedure' | 'clauses';
export interface PackFile { readonly name: string; readonly kind: PackFileKind; readonly bytes: Uint8Array }
export interface Gathered { readonly files: readonly PackFile[]; readonly findings: readonly Finding[] }

/** A limit on everything. */
const MAX_FILES = 2_000;
const MAX_DEPTH = 8;
const SITES_FOLDER = 'sites';
const TAG_LIST = /^tags.*\.csv$/iu;
const CLAUSES_FILE = /^clauses\.ya?ml$/u;

/** All YAML files and tag lists under `dir`, in an order that is the same everywhere. `shown` is the folder's name in messages. */
export function gatherFolder(dir: string, shown: string, kindOf: (name: string) => PackFileKind): Gathered {
  const names: string[] = [];
  const trouble = list(dir, '', 0, names);
  if (trouble !== null) return { files: [], findings: [fileFinding(shown, trouble)] };
  if (names.length > MAX_FILES) return { files: [], findings: [fileFinding(shown, `the folder holds ${names.length} files of rules; expected at most ${MAX_FILES}`)] };
  const outcomes = names.sort(compareCodePoints).map((name) => readPackFile(path.join(dir, name), path.join(shown, name), kindOf));
  return { files: outcomes.flatMap((outcome) => outcome.files), findings: outcomes.flatMap((outcome) => outcome.findings) };
}

export function readPackFile(file: string, shown: string, kindOf: (name: string) => PackFileKind): Gathered {
  try {
    return { files: [{ name: shown, kind: kindOf(shown), bytes: readFileSync(file) }], findings: [] };
  } catch (error) {
    return { files: [], findings: [fileFinding(shown, `the file cannot be read (${codeOf(error)}); expected a readable YAML file`)] };
  }
}

export function rulesKind(name: string): PackFileKind {
  if (TAG_LIST.test(path.basename(name))) return 'tags';
  return path.basename(path.dirname(name)) === SITES_FOLDER ? 'site' : 'rules';
}
export const proceduresKind = (name: string): PackFileKind => (CLAUSES_FILE.test(path.basename(name)) ? 'clauses' : 'procedure');

function list(root: string, inside: string, depth: number, names: string[]): string | null {
  if (depth > MAX_DEPTH) return `folders lie deeper than ${MAX_DEPTH}; expected a flatter tree`;
  try {
    for (const entry of readdirSync(path.join(root, inside), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const name = path.join(inside, entry.name);
      const trouble = entry.isDirectory() ? list(root, name, depth + 1, names) : null;
      if (trouble !== null) return trouble;
      if ((/\.ya?ml$/u.test(entry.name) || TAG_LIST.test(entry.name)) && statSync(path.join(root, name)).isFile()) names.push(name);
    }
    return null;
  } catch (error) {
    return `the folder cannot be read (${codeOf(error)}); expected a readable folder of YAML files`;
  }
}

export function fileFinding(file: string, message: string): Finding {
  return { file, line: 1, column: 1, severity: 'error', message };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
