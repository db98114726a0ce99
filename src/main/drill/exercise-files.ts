/** Finds and reads the files of exercises. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoringOf } from '../../domain/drills/scoring.ts';
import { readYamlSource } from '../packs/yaml-source.ts';
import { scriptSchema } from './script.ts';
import type { Exercise } from './script.ts';

/** Beside the program, where its simulators are. */
export const SCENARIOS = join(import.meta.dirname, '../../../simulators/scenarios');
const FILES_MAX = 200;
export type ReadExercise = { readonly ok: true; readonly value: Exercise } | { readonly ok: false; readonly message: string };

export function readExercise(file: string, bytes: Uint8Array): ReadExercise {
  const { source, findings } = readYamlSource(file, bytes);
  if (source === null) return { ok: false, message: findings.map(({ line, column, message }) => `${file}:${String(line)}:${String(column)}: ${message}`).join('\n') };
  const read = scriptSchema.safeParse(source.value);
  const at = (path: readonly PropertyKey[], message: string): ReadExercise => {
    const { line, column } = source.place(path);
    return { ok: false, message: `${file}:${String(line)}:${String(column)}: ${path.map(String).join('.')}: ${message}` };
  };
  if (!read.success) return at(read.error.issues[0]?.path ?? [], read.error.issues[0]?.message ?? 'not an exercise');
  const { id, clauses, expect, scoring } = read.data;
  const marks = scoringOf(scoring, expect);
  if (!marks.ok) return at(['scoring'], marks.problem);
  return { ok: true, value: { file, script: read.data, scored: { id, clauses, expect, scoring: marks.value }, raw: source.value as Record<string, unknown> } };
}

export interface ReadExercises { readonly exercises: readonly Exercise[]; readonly problems: readonly string[] }

/** All of a plant, in order of file name. */
export function exercisesOf(plant: string, dir: string = SCENARIOS): ReadExercises {
  const folder = join(dir, plant);
  if (!existsSync(folder)) return { exercises: [], problems: [] };
  const read = readdirSync(folder).filter((each) => each.endsWith('.yaml')).sort().slice(0, FILES_MAX).map((each) => readExercise(join(folder, each), readFileSync(join(folder, each))));
  return { exercises: read.flatMap((each) => (each.ok ? [each.value] : [])), problems: read.flatMap((each) => (each.ok ? [] : [each.message])) };
}
