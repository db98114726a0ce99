/**
 * Which files `lint PATH...` means. A single procedure cannot be judged without its plant, so what the paths lack
 * (rules, procedures, the register) is filled up from the installed packs; a given file stands in for the installed
 * one that declares the same things.
 */
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { keyOf as nameKeyOf } from './broken-names.ts';
import { declaredNames, plantNamed } from './declared-names.ts';
import type { Finding } from './finding.ts';
import { compareFindings } from './finding.ts';
import { assemblePacks } from './load.ts';
import type { Gathered, PackFile, PackFileKind } from './pack-files.ts';
import { fileFinding, gatherFolder, proceduresKind, readPackFile, rulesKind } from './pack-files.ts';
import { readPackSource } from './pack-source.ts';

export interface SelectionResult {
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  /** Paths that could not be read at all: a wrong call, not a bad pack. */
  readonly unreadable: readonly Finding[];
}

/** Lints the given paths against what is installed under `cwd`. */
export function lintSelection(paths: readonly string[], cwd: string, site?: string): SelectionResult {
  const judge = (files: readonly PackFile[]): readonly Finding[] => allFindings(files, site);
  const given = paths.map((one) => gatherPath(one, cwd));
  const unreadable = given.flatMap((outcome) => outcome.findings);
  const files = given.flatMap((outcome) => outcome.files);
  const installed = installedFiles(cwd);
  const context = contextFor(files, installed, cwd);
  const names = new Set(files.map((file) => file.name));
  const before = new Set(context.length === 0 ? [] : judge(installed).map(keyOf));
  // A finding in an installed file counts when the given files brought it about.
  const ours = judge([...files, ...context]).filter((finding) => names.has(finding.file) || !before.has(keyOf(finding)));
  // Echoes only repeat another finding; they stand alone when that one is in the installed packs already.
  const causes = ours.filter((finding) => finding.because === undefined);
  const findings = causes.some((finding) => finding.severity === 'error') ? causes : ours;
  return { files: [...names], findings: [...findings].sort(compareFindings), unreadable };
}

/** Of the plants as they stand, and of every site, or of the one that was asked for. */
function allFindings(files: readonly PackFile[], site: string | undefined): readonly Finding[] {
  const { findings, sites } = assemblePacks(files, site === undefined ? { every: true } : { site });
  return [...findings, ...sites.flatMap((outcome) => outcome.findings)];
}

function gatherPath(given: string, cwd: string): Gathered {
  const file = path.resolve(cwd, given);
  try {
    if (statSync(file).isDirectory()) {
      const gathered = gatherFolder(file, given, rulesKind);
      if (gathered.findings.length === 0 && gathered.files.length === 0) return { files: [], findings: [fileFinding(given, 'the folder holds no YAML file or tag list; expected rules or procedures')] };
      return { ...gathered, files: gathered.files.map((one) => ({ ...one, kind: kindOf(path.resolve(cwd, one.name), one.bytes) })) };
    }
  } catch {
    return { files: [], findings: [fileFinding(given, 'there is no such file or folder; expected rules or procedures')] };
  }
  const gathered = readPackFile(file, given, rulesKind);
  return { ...gathered, files: gathered.files.map((one) => ({ ...one, kind: kindOf(file, one.bytes) })) };
}

/** Keys that only a procedure has; `interlocks` and `clauses` stand in other files too. */
const PROCEDURE_KEYS = /^(?:id|version|goal|people|modes|prohibitions|steps|safetyMeasures|shutdownConditions|safeState|returnConditions|returnApprovals)\s*:/mu;

/** A site's file says so. */
const SITE_KEY = /^site\s*:/mu;

/** By its folder, as the station would; by its content when it lies in neither folder. */
function kindOf(file: string, bytes: Uint8Array): PackFileKind {
  if (proceduresKind(file) === 'clauses') return 'clauses';
  const folder = path.dirname(file).split(path.sep).findLast((part) => part === 'rules' || part === 'procedures');
  if (folder !== undefined) return folder === 'rules' ? rulesKind(file) : 'procedure';
  if (rulesKind(file) === 'tags') return 'tags';
  if (SITE_KEY.test(Buffer.from(bytes).toString('utf8'))) return 'site';
  return PROCEDURE_KEYS.test(Buffer.from(bytes).toString('utf8')) ? 'procedure' : 'rules';
}

function installedFiles(cwd: string): readonly PackFile[] {
  return [
    ...gatherFolder(path.join(cwd, 'rules'), path.join('rules'), rulesKind).files,
    ...gatherFolder(path.join(cwd, 'procedures'), path.join('procedures'), proceduresKind).files,
  ];
}

function contextFor(files: readonly PackFile[], installed: readonly PackFile[], cwd: string): PackFile[] {
  const kinds = new Set(files.map((file) => file.kind));
  const complete = kinds.has('rules') && kinds.has('procedure');
  if (complete && kinds.has('clauses')) return [];
  const wanted = installed.filter((file) => !complete || file.kind === 'clauses');
  const givenPaths = new Set(files.map((file) => realPath(path.resolve(cwd, file.name))));
  const declared = new Set(files.flatMap(namesIn));
  return wanted.filter((file) => !givenPaths.has(realPath(path.resolve(cwd, file.name))) && !namesIn(file).some((name) => declared.has(name)));
}

function namesIn(file: PackFile): string[] {
  const content = readPackSource(file).source?.value;
  const design = designNamed(content);
  return declaredNames(file.kind, content).map(({ kind, id }) => `${design}${nameKeyOf(kind, id, plantNamed(file.kind, content))}`);
}

/** A file of one design stands beside those of another that declare the same things, and not for them. */
function designNamed(content: unknown): string {
  const design = typeof content === 'object' && content !== null ? (content as { design?: unknown }).design : undefined;
  return typeof design === 'string' ? `${design} ` : '';
}

function realPath(file: string): string {
  try { return realpathSync(file); } catch { return file; }
}

function keyOf(finding: Finding): string {
  return `${finding.file}:${finding.line}:${finding.column}:${finding.message}`;
}
