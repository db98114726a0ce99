/**
 * Reads the files of exercises (`simulators/scenarios/<plant>/*.yaml`). A broken file is one failed result with its place, not the end of the others.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { parseExpression } from '../machine/expression.ts';
import { plantOf } from '../plants/index.ts';
import { SCENARIO_LIMITS, scenarioSchema } from './schema.ts';
import type { Scenario } from './schema.ts';
import { vocabularyOf } from './vocabulary.ts';

export type { Scenario } from './schema.ts';

/** `line` and `column` count from 1; the whole file is line 1, column 1. */
export interface ScenarioProblem { readonly ok: false; readonly file: string; readonly line: number; readonly column: number; readonly message: string }
export type ScenarioResult = { readonly ok: true; readonly value: Scenario } | ScenarioProblem;

type Path = readonly PropertyKey[];

export function readScenario(file: string, source: string): ScenarioResult {
  const refuse = (message: string, line = 1, column = 1): ScenarioProblem => ({ ok: false, file, line, column, message });
  if (source.length > SCENARIO_LIMITS.bytes) return refuse(`The scenario is longer than ${SCENARIO_LIMITS.bytes} characters.`);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, strict: true, uniqueKeys: true, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    return refuse(`The scenario is not YAML: ${broken.message}`, line, col);
  }
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return refuse(`The scenario is not YAML without aliases: ${error instanceof Error ? error.message : String(error)}`);
  }
  const at = (path: Path, message: string): ScenarioProblem => {
    const place = placeOf(document, path, lines);
    return refuse(`At ${path.map(String).join('.') || 'the top'}: ${message}`, place.line, place.col);
  };
  const read = scenarioSchema.safeParse(raw);
  if (!read.success) {
    const issue = deepest(read.error.issues);
    return at(issue.path, issue.message);
  }
  const inconsistent = firstInconsistency(read.data);
  return inconsistent === null ? { ok: true, value: read.data } : at(inconsistent.path, inconsistent.message);
}

interface Issue { readonly path: Path; readonly message: string; readonly errors?: readonly (readonly Issue[])[] }

/** What zod says of a union is said of all its members; the member that was meant is the one that was read furthest. */
function deepest(issues: readonly unknown[]): Issue {
  const issue = (issues[0] ?? { path: [], message: 'not a scenario' }) as Issue;
  if (issue.errors === undefined) return issue;
  const inner = issue.errors.filter((of) => of.length > 0).map((of) => deepest(of)).sort((a, b) => b.path.length - a.path.length || Number(a.message.startsWith('Unrecognized')) - Number(b.message.startsWith('Unrecognized')));
  return inner[0] === undefined ? issue : { path: [...issue.path, ...inner[0].path], message: inner[0].message };
}

/** What a schema cannot say: expressions that the plant can answer, people of different names, a variant of a number that is there. */
function firstInconsistency(scenario: Scenario): Issue | null {
  const expressions: { path: Path; text: string | undefined }[] = [
    ...scenario.faults.map(({ when }, i) => ({ path: ['faults', i, 'when'], text: when })),
    ...scenario.then.map(({ when }, i) => ({ path: ['then', i, 'when'], text: when })),
    ...scenario.people.flatMap(({ does }, i) => does.map((each, k) => ({ path: ['people', i, 'does', k, 'when'], text: 'follow' in each ? undefined : each.when }))),
  ];
  const definition = plantOf(scenario.plant, scenario.design);
  const vocabulary = definition === undefined ? null : vocabularyOf(definition);
  for (const { path, text } of expressions) {
    if (text === undefined || vocabulary === null) continue;
    const parsed = parseExpression(text, vocabulary);
    if (!parsed.ok) return { path, message: parsed.message };
  }
  const ids = scenario.people.map(({ id }) => id);
  const twice = ids.findIndex((id, i) => ids.indexOf(id) !== i);
  if (twice >= 0) return { path: ['people', twice, 'id'], message: `two people are called ${ids[twice] ?? ''}` };
  for (const [key, [low, high]] of Object.entries(scenario.vary)) {
    const wrong = wronglyVaried(scenario, definition, key, low);
    if (wrong !== null) return { path: ['vary', key], message: wrong };
    if (low > high) return { path: ['vary', key], message: 'the first figure must not be above the second' };
  }
  return null;
}

/** What is varied is there, and its lowest figure is one that it can have; null: so it is. */
function wronglyVaried(scenario: Scenario, definition: ReturnType<typeof plantOf>, key: string, low: number): string | null {
  const [root = '', name = ''] = key.split('.');
  switch (root) {
    case 'state': return definition?.states.includes(name) === true ? null : `the model has no state "${name}"`;
    case 'zone': return definition === undefined || !Object.hasOwn(definition.zones, name) ? `there is no zone with the count ${name}` : low < 0 ? 'nobody is the least there can be' : null;
    case 'crew': return (name === 'delay' || name === 'pace') && low >= 0 ? null : 'of the crew only delay and pace, from 0 on';
    case 'settleS': case 'later': return low >= 0 ? null : 'seconds from 0 on';
    default: return typeof valueAt(scenario, key.split('.')) === 'number' ? null : 'there is no number at this path';
  }
}

export function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), root);
}

function placeOf(document: Document, path: Path, lines: LineCounter): { line: number; col: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return lines.linePos(offset);
  }
  return { line: 1, col: 1 };
}

/** Every *.yaml of a folder, in order of name. */
export function loadScenarios(folder: string): ScenarioResult[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort().slice(0, SCENARIO_LIMITS.files);
  return files.map((name) => readScenario(name, readFileSync(join(folder, name), 'utf8')));
}
