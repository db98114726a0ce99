/**
 * What if the stop had come earlier, or later: `node simulators/what-if.ts < question.json`. A question on standard input, an answer on
 * standard output: `{"ok":true,"runs":[...]}`, the unmoved run first; or `{"ok":false,"message":...}` and exit code 1.
 */
import { join } from 'node:path';
import { PLANT_IDS } from './machine/definition.ts';
import { PLANTS, plantOf } from './plants/index.ts';
import { loadScenarios } from './scenarios/load.ts';
import { questionSchema } from './scenarios/what-if-question.ts';
import { runWhatIf, stopOf, tagsById } from './scenarios/what-if-run.ts';
import type { WhatIfRun } from './scenarios/what-if-run.ts';

const QUESTION_MAX_BYTES = 1_000_000;

export type WhatIfAnswer = { readonly ok: true; readonly runs: readonly WhatIfRun[] } | { readonly ok: false; readonly message: string };
const no = (message: string): WhatIfAnswer => ({ ok: false, message });

export function answerTo(text: string): WhatIfAnswer {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return no('The question is not JSON.');
  }
  const read = questionSchema.safeParse(raw);
  if (!read.success) return no(`The question is wrong at ${read.error.issues[0]?.path.join('.') ?? 'the top'}: ${read.error.issues[0]?.message ?? ''}`);
  const question = read.data;
  const plant = PLANT_IDS.find((id) => id === question.plant);
  if (plant === undefined || PLANTS[plant] === undefined) return no(`There is no simulator of the plant "${question.plant}"; there is one of ${Object.keys(PLANTS).join(', ')}.`);
  const scenario = loadScenarios(join(import.meta.dirname, 'scenarios', question.plant)).flatMap((each) => (each.ok ? [each.value] : [])).find(({ id }) => id === question.scenario);
  if (scenario === undefined) return no(`There is no scenario "${question.scenario}".`);
  const definition = plantOf(plant, scenario.design);
  if (definition === undefined) return no(`There is no simulator of "${plant}" in the design "${scenario.design ?? ''}".`);
  if (stopOf(question.events) === null) return no('There is no stop that could be moved.');
  const runs: WhatIfRun[] = [];
  const tags = tagsById(definition);
  const known = { ...question, tags: question.tags.filter(({ tag }) => tags.has(tag)) };
  for (const shiftMs of [0, ...new Set(question.shifts.filter((shift) => shift !== 0))]) {
    const run = runWhatIf(definition, known, scenario, shiftMs);
    if (!run.ok) return no(run.message);
    runs.push(run.value);
  }
  return { ok: true, runs };
}

async function read(): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > QUESTION_MAX_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

if (import.meta.main) {
  const text = await read();
  const answer = text === null ? no(`The question is longer than ${String(QUESTION_MAX_BYTES)} bytes.`) : answerTo(text);
  process.exitCode = answer.ok ? 0 : 1;
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
