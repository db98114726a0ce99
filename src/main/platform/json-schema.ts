/** JSON Schema of what is handed on, for whoever builds the other side. `node src/main/platform/json-schema.ts` writes it; a test holds the committed file against the contract. */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { PLATFORM_SCHEMA, platformMessageSchema } from '../../contract/platform.ts';

export const PLATFORM_SCHEMA_FILE = 'docs/platform-message.schema.json';

export const platformSchemaText = (): string => `${JSON.stringify({ title: `${PLATFORM_SCHEMA}: an incident, or what changed in it, as Haven hands it on to a supervising platform`, ...z.toJSONSchema(platformMessageSchema, { reused: 'ref' }) }, null, 2)}\n`;

if (import.meta.main) writeFileSync(PLATFORM_SCHEMA_FILE, platformSchemaText());
