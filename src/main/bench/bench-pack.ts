/**
 * A plant of any size for benchmarks, as a rules folder. Its tags BX-00001... are the simulator's `--extra-tags`; one
 * more, TI-4101, is a tag that the simulator's instructor can set.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GRANTED_OPERATIONS, RETREAT, signaturesOf } from '../../domain/authority/granted.ts';
import { tagIds } from './traffic.ts';

export const BENCH_PLANT = 'bench';
export const STEP_TAG = 'TI-4101';
export const STEP_CONDITION = 'W-STEP';
export const STEP_LIMIT = 120;
/** Beyond and within the limit by far more than the deadband. */
export const STEP_VALUES = { beyond: 140, within: 60 } as const;
/** Four limits on each extra tag, beyond all (10 to 91) that the simulator gives it: they are worked out and never reached. */
export const LEVELS = [['HH', 'above', 150], ['H', 'above', 120], ['L', 'below', 5], ['LL', 'below', 2]] as const;
/** The loader reads files of up to 2 MB; a file is one part of the plant. */
const TAGS_PER_FILE = 5_000;

const text = (words: string): { zh: string; en: string } => ({ zh: words, en: words });

export interface BenchPack {
  readonly rulesDir: string;
  readonly proceduresDir: string;
  /** Without the one that can be set. */
  readonly extraTags: number;
}

/** JSON is YAML, and quicker to write. Four limits with deadband on every tag, one on the tag that can be set. */
export function writeBenchPack(dir: string, tags: number): BenchPack {
  const rulesDir = join(dir, 'rules');
  const proceduresDir = join(dir, 'procedures');
  mkdirSync(rulesDir, { recursive: true });
  mkdirSync(proceduresDir, { recursive: true });
  const extra = tagIds(tags - 1);
  write(rulesDir, 'plant', {
    plant: BENCH_PLANT, includes: ['general'], title: text('Benchmark'), namespaceUri: 'urn:haven:plant:h2o2', areas: [{ id: 'bench', title: text('Benchmark') }],
    tags: [tag(STEP_TAG)], conditions: [{ id: STEP_CONDITION, ...condition(STEP_TAG, 'above', STEP_LIMIT) }],
  });
  write(rulesDir, 'authority', { plant: BENCH_PLANT, authority: authority() });
  write(rulesDir, 'limits', { plant: 'general', templates: LEVELS.map(([id, comparison, limit]) => ({ id, each: SERVICE, ...condition('$tag', comparison, limit) })) });
  for (let from = 0; from < extra.length; from += TAGS_PER_FILE) {
    write(rulesDir, `tags-${from + 1}`, { plant: BENCH_PLANT, tags: extra.slice(from, from + TAGS_PER_FILE).map((id) => ({ ...tag(id), service: SERVICE })) });
  }
  return { rulesDir, proceduresDir, extraTags: extra.length };
}

const SERVICE = 'reaction-temperature';

/** Everything granted: nothing of a benchmark waits for a signature that nobody may give. */
function authority(): Record<string, unknown>[] {
  const head = { approvedBy: 'benchmark', reason: 'Benchmark.' };
  const grants = GRANTED_OPERATIONS.map((operation) => ({ id: `AUTH-${operation}`, operation, roles: ['supervisor', 'engineer'], signatures: signaturesOf(operation)[0], validFrom: '2000-01-01', validUntil: '2099-12-31', ...head }));
  return [{ id: 'AUTH-RETREAT', operation: RETREAT, roles: ['operator', 'supervisor', 'engineer', 'instructor', 'investigator'], ...head }, ...grants];
}

function write(dir: string, name: string, content: Record<string, unknown>): void {
  writeFileSync(join(dir, `${name}.yaml`), JSON.stringify(content));
}

function tag(id: string): Record<string, unknown> {
  return { id, unit: 'degC', low: -20, high: 200, area: 'bench', zh: id, en: id };
}

function condition(input: string, comparison: 'above' | 'below', limit: number): Record<string, unknown> {
  return {
    clauses: ['4.1'], title: text(`{tag} ${comparison} ${limit}`), priority: 2, role: 'warning', measure: { kind: 'limit', input, [comparison]: limit, deadband: 1 },
    source: 'engineering-default', reason: 'Benchmark.', card: { cause: text('-'), consequence: text('-'), action: text('-'), timeToAct: '10 min', timeNeeded: '1 min' },
  };
}
