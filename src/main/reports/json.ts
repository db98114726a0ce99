/** `report.json`: canonical JSON (RFC 8785) and a line end. The same report gives the same bytes, wherever and whenever it is written. */
import type { IncidentReport } from '../../contract/report.ts';
import { canonicalJson } from '../../domain/journal/canonical-json.ts';

export type ReportJson = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

export function reportJson(report: IncidentReport): ReportJson {
  const written = canonicalJson(report);
  return written.ok ? { ok: true, text: `${written.text}\n` } : { ok: false, problem: `${written.problem.path}: ${written.problem.message}` };
}
