/**
 * `docs/incident-report.schema.json`, for outside programs, made of the contract that the product itself writes by.
 * `node src/main/reports/schema.ts` writes it; a test holds the committed file against this source.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { incidentReportSchema, REPORT_FORMAT } from '../../contract/report.ts';

export const SCHEMA_FILE = 'docs/incident-report.schema.json';

export function schemaText(): string {
  const json = z.toJSONSchema(incidentReportSchema, { io: 'output', reused: 'ref' });
  return `${JSON.stringify({ title: `Incident report of Haven (${REPORT_FORMAT})`, ...json }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, schemaText());
