/**
 * Scenarios as the station needs them. The files belong to the simulator (`simulators/scenarios/<plant>/`, whose loader checks them strictly);
 * they are data, and this reads only what the station shows, hands on to the instructor's endpoint, or carries out itself.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { idSchema, textSchema } from '../../contract/text.ts';

const FILE_MAX_BYTES = 256 * 1024;
const FILES_MAX = 200;

/** What the instructor does: before it begins (`setup`), or while it runs (`then`). */
const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), name: z.string().max(80), value: z.boolean() }),
  z.object({ kind: z.literal('order'), device: idSchema, position: z.number().min(0).max(1).nullable() }),
  z.looseObject({ kind: z.literal('inject'), id: idSchema }),
  z.object({ kind: z.literal('clear'), id: idSchema }),
  z.looseObject({ kind: z.enum(['people', 'sensor', 'stick', 'unstick']) }),
]);
export type ScenarioAction = z.infer<typeof actionSchema>;

const thenSchema = z.union([
  z.object({ atS: z.number().min(0).max(86_400), do: actionSchema }),
  z.object({ when: z.string().min(1).max(500), afterS: z.number().min(0).max(86_400).default(0), do: actionSchema }),
]);
export type ScenarioThen = z.infer<typeof thenSchema>;

const scenarioSchema = z.object({
  id: idSchema,
  title: textSchema,
  /** What the trainee will see. */
  sees: textSchema,
  clauses: z.array(z.string().max(20)).max(20),
  start: idSchema.default('normal'),
  setup: z.array(actionSchema).max(50).default([]),
  faults: z.array(z.looseObject({ id: z.string().max(40) })).max(50).default([]),
  then: z.array(thenSchema).max(50).default([]),
  expect: z.looseObject({ conditions: z.array(z.string().max(80)).max(50).default([]), procedure: idSchema.optional() }).optional(),
  scoring: z.unknown().optional(),
  endS: z.number().min(1).max(86_400).optional(),
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
    const read = readScenario(join(dir, name));
    if (typeof read === 'string') problems.push(`${join(dir, name)}: ${read}`);
    else scenarios.push(read);
  }
  return { scenarios, problems };
}

/** The scenario, or why the file holds none. */
function readScenario(file: string): Scenario | string {
  let text: string;
  try {
    if (statSync(file).size > FILE_MAX_BYTES) return `larger than ${FILE_MAX_BYTES} bytes`;
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  if (document.errors[0] !== undefined) return document.errors[0].message;
  const parsed = scenarioSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  return parsed.success ? parsed.data : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
