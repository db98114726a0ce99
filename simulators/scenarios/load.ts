/**
 * Reads training scenarios: what the trainee will see, which clauses, how the plant is prepared, which faults come when, and what must show.
 * A file is data from outside: strict schema, bounded sizes, errors as values that name the file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MALFUNCTION_KINDS } from '../kernel/sensor.ts';
import { FAULT_LIMITS } from '../kernel/fault-envelope.ts';

const text = z.strictObject({ zh: z.string().min(1).max(600), en: z.string().min(1).max(600) });
const timeS = z.number().min(0).max(FAULT_LIMITS.timeS);

const setupAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), name: z.string().max(40), value: z.boolean() }),
  z.strictObject({ kind: z.literal('sensor'), tag: z.string().max(40), malfunction: z.enum(MALFUNCTION_KINDS), size: z.number().default(0) }),
  z.strictObject({ kind: z.literal('stick'), device: z.string().max(40) }),
  z.strictObject({ kind: z.literal('people'), zone: z.string().max(40), count: z.int().min(0).max(50) }),
]);

const scenarioFile = z.strictObject({
  id: z.string().regex(/^S-[A-Z0-9-]{2,30}$/),
  plant: z.literal('h2o2'),
  title: text,
  sees: text,
  clauses: z.array(z.string().max(20)).min(1).max(10),
  setup: z.array(setupAction).max(20).default([]),
  faults: z.array(z.strictObject({
    id: z.string().max(20), severity: z.number().min(0).max(FAULT_LIMITS.severity).default(1), rampS: timeS.optional(), delayS: timeS.default(0), durationS: timeS.optional(),
  })).min(1).max(10),
  /** what the tags must show within so many simulated seconds if nobody does anything; held true by a test */
  promises: z.array(z.strictObject({ tag: z.string().max(40), atOrAbove: z.number().optional(), atOrBelow: z.number().optional(), withinS: timeS })).min(1).max(10),
});

export type Scenario = z.infer<typeof scenarioFile>;
export type ScenarioResult = { readonly ok: true; readonly value: Scenario } | { readonly ok: false; readonly file: string; readonly message: string };

const FILE_LIMIT_BYTES = 64_000;
const FILE_COUNT_LIMIT = 200;

export function readScenario(file: string, source: string): ScenarioResult {
  if (source.length > FILE_LIMIT_BYTES) return { ok: false, file, message: `The scenario is longer than ${FILE_LIMIT_BYTES} characters.` };
  let raw: unknown;
  try {
    raw = parse(source);
  } catch (error) {
    return { ok: false, file, message: `The scenario is not YAML: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = scenarioFile.safeParse(raw);
  if (read.success) return { ok: true, value: read.data };
  const issue = read.error.issues[0];
  return { ok: false, file, message: `At ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'not a scenario'}` };
}

/** every *.yaml of a folder, in order of name; a broken file is one failed result, not the end of the others */
export function loadScenarios(folder: string): ScenarioResult[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort().slice(0, FILE_COUNT_LIMIT);
  return files.map((name) => readScenario(name, readFileSync(join(folder, name), 'utf8')));
}
