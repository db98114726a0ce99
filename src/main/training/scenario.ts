/**
 * Scenarios as the training picker needs them. The files belong to the simulator (`simulators/scenarios/<plant>/`); they
 * are data, and this reads only what the station shows and hands on to the instructor's endpoint.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { idSchema, textSchema } from '../../contract/text.ts';

const FILE_MAX_BYTES = 256 * 1024;
const FILES_MAX = 200;

/** What the instructor does before it begins: a key or a button, or something in the field. */
const setupSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), name: z.string().max(80), value: z.boolean() }),
  z.looseObject({ kind: z.enum(['people', 'sensor', 'stick', 'unstick']) }),
]);

const scenarioSchema = z.object({
  id: idSchema,
  title: textSchema,
  /** What the trainee will see. */
  sees: textSchema,
  clauses: z.array(z.string().max(20)).max(20),
  setup: z.array(setupSchema).max(50).default([]),
  faults: z.array(z.looseObject({ id: z.string().max(40) })).max(50).default([]),
});
export type Scenario = z.infer<typeof scenarioSchema>;

export interface LoadedScenarios {
  readonly scenarios: readonly Scenario[];
  /** `file: what is wrong`, one for each file that could not be used. The others are still offered. */
  readonly problems: readonly string[];
}

export function loadScenarios(dir: string): LoadedScenarios {
  let files: string[];
  try {
    files = readdirSync(dir).filter((name) => /\.ya?ml$/u.test(name)).sort().slice(0, FILES_MAX);
  } catch (error) {
    return { scenarios: [], problems: [`${dir}: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const scenarios: Scenario[] = [];
  const problems: string[] = [];
  for (const name of files) {
    const file = join(dir, name);
    const bytes = readFileSync(file);
    if (bytes.length > FILE_MAX_BYTES) {
      problems.push(`${file}: larger than ${FILE_MAX_BYTES} bytes`);
      continue;
    }
    const document = parseDocument(bytes.toString('utf8'), { strict: true, uniqueKeys: true });
    const parsed = document.errors.length > 0 ? null : scenarioSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
    if (parsed?.success === true) scenarios.push(parsed.data);
    else problems.push(`${file}: ${document.errors[0]?.message ?? parsed?.error?.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') ?? 'not a scenario'}`);
  }
  return { scenarios, problems };
}
