/** Finds and reads the files of exercises. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  if (read.success) return { ok: true, value: { file, script: read.data, raw: source.value as Record<string, unknown> } };
  const issue = read.error.issues[0];
  const { line, column } = source.place(issue?.path ?? []);
  return { ok: false, message: `${file}:${String(line)}:${String(column)}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not an exercise'}` };
}

export interface ReadExercises { readonly exercises: readonly Exercise[]; readonly problems: readonly string[] }

/** All of a plant, in order of file name. */
export function exercisesOf(plant: string, dir: string = SCENARIOS): ReadExercises {
  const folder = join(dir, plant);
  if (!existsSync(folder)) return { exercises: [], problems: [] };
  const read = readdirSync(folder).filter((each) => each.endsWith('.yaml')).sort().slice(0, FILES_MAX).map((each) => readExercise(join(folder, each), readFileSync(join(folder, each))));
  return { exercises: read.flatMap((each) => (each.ok ? [each.value] : [])), problems: read.flatMap((each) => (each.ok ? [] : [each.message])) };
}
