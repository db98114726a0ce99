/**
 * JSON Schemas for editors, made from the zod schemas that the loader itself uses. `node src/main/packs/json-schema.ts`
 * writes them; a test holds the committed files against this source.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { procedureSchema, rulesFileSchema, siteFileSchema } from '../../domain/packs/schema.ts';
import { clausesFileSchema } from './clause-register.ts';

export interface SchemaFile { readonly file: string; readonly text: string }

export function schemaFiles(): SchemaFile[] {
  return [
    schemaFile('rules/schema.json', 'A rules file of a plant: tags, conditions, interlocks, zones', rulesFileSchema),
    schemaFile('rules/site.schema.json', 'A site: its own figures over the rules of its plant', siteFileSchema),
    schemaFile('procedures/schema.json', 'An emergency procedure', procedureSchema),
    schemaFile('procedures/clauses.schema.json', 'The register of clauses', clausesFileSchema),
  ];
}

function schemaFile(file: string, title: string, schema: z.ZodType): SchemaFile {
  const json = z.toJSONSchema(schema, { io: 'input', reused: 'ref' });
  return { file, text: `${JSON.stringify({ title, ...json }, null, 2)}\n` };
}

if (import.meta.main) for (const { file, text } of schemaFiles()) writeFileSync(file, text);
