/** The JSON Schema for editors, made from the schema that the loader itself uses: `node simulators/scenarios/json-schema.ts` writes it, a test holds the file against it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { scenarioSchema } from './schema.ts';

export const SCHEMA_FILE = join(import.meta.dirname, 'schema.json');

export function schemaText(): string {
  return `${JSON.stringify({ title: 'An exercise for Haven', ...z.toJSONSchema(scenarioSchema, { io: 'input', reused: 'ref' }) }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, schemaText());
