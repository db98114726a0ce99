/**
 * A plant of any size for benchmarks, as a rules folder. Its tags BX-00001... are the simulator's `--extra-tags`; one
 * more, TI-4101, is a tag that the simulator's instructor can set.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tagIds } from './traffic.ts';

export const BENCH_PLANT = 'bench';
export const STEP_TAG = 'TI-4101';
export const STEP_CONDITION = 'W-STEP';
export const STEP_LIMIT = 120;
/** Beyond and within the limit by far more than the deadband. */
export const STEP_VALUES = { beyond: 140, within: 60 } as const;
/** Above all that the simulator gives the extra tags: these limits are worked out and never reached. */
const QUIET_LIMIT = 150;
/** The loader reads files of up to 2 MB; a file is one part of the plant. */
const CONDITIONS_PER_FILE = 2_000;

const text = (words: string): { zh: string; en: string } => ({ zh: words, en: words });

export interface BenchPack {
  readonly rulesDir: string;
  readonly proceduresDir: string;
  /** Without the one that can be set. */
  readonly extraTags: number;
}

/** JSON is YAML, and quicker to write. A limit with deadband on every tag. */
export function writeBenchPack(dir: string, tags: number): BenchPack {
  const rulesDir = join(dir, 'rules');
  const proceduresDir = join(dir, 'procedures');
  mkdirSync(rulesDir, { recursive: true });
  mkdirSync(proceduresDir, { recursive: true });
  const extra = tagIds(tags - 1);
  write(rulesDir, 'plant', {
    title: text('Benchmark'), namespaceUri: 'urn:haven:plant:h2o2', areas: [{ id: 'bench', title: text('Benchmark') }],
    tags: [STEP_TAG, ...extra].map((id) => ({ id, unit: 'degC', low: 0, high: 200, area: 'bench', zh: id, en: id })),
    conditions: [condition(STEP_CONDITION, STEP_TAG, STEP_LIMIT)],
  });
  for (let from = 0; from < extra.length; from += CONDITIONS_PER_FILE) {
    write(rulesDir, `conditions-${from + 1}`, { conditions: extra.slice(from, from + CONDITIONS_PER_FILE).map((tag) => condition(`W-${tag}`, tag, QUIET_LIMIT)) });
  }
  return { rulesDir, proceduresDir, extraTags: extra.length };
}

function write(dir: string, name: string, content: Record<string, unknown>): void {
  writeFileSync(join(dir, `${name}.yaml`), JSON.stringify({ plant: BENCH_PLANT, ...content }));
}

function condition(id: string, input: string, above: number): Record<string, unknown> {
  return {
    id, clauses: ['4.1'], title: text(`${input} high`), priority: 2, role: 'warning', measure: { kind: 'limit', input, above, deadband: 2 },
    source: 'engineering-default', reason: 'Benchmark.', card: { cause: text('-'), consequence: text('-'), action: text('-') },
  };
}
