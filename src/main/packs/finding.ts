/** What is wrong with a pack, and where. Errors are values: nothing in loading a pack throws at its caller. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** "what is wrong; what is expected" */
  readonly message: string;
  /** Set on an echo: nothing is wrong here, but this other file could not be loaded. */
  readonly because?: string;
}

/** `file:line:column: message`, the form editors and terminals make a link of. */
export function formatFinding(finding: Finding): string {
  const mark = finding.severity === 'warning' ? 'warning: ' : '';
  return `${finding.file}:${finding.line}:${finding.column}: ${mark}${finding.message}`;
}

/** By file, then by place: two runs over the same packs say the same things in the same order. */
export function compareFindings(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}
