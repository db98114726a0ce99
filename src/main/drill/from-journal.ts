/**
 * What people did in an exercise, out of the station's journal, as a person of a scenario file: the exercise can then be run again, by itself, and takes
 * the same course. What a journal does not hold (the input of what was refused, who walked out) is not in it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { stringify } from 'yaml';
import type { IncidentRecords } from '../../domain/report/incident.ts';
import { IncidentReader } from '../../domain/report/read-incident.ts';
import { presentOf } from '../../domain/report/present-course.ts';
import { plantTimeOf } from '../../domain/report/what-if.ts';
import { journalFileOf } from '../journal/proof.ts';
import { readRecords } from '../journal/read.ts';
import { toFact } from '../station/core.ts';
import { exercisesOf, SCENARIOS } from './exercise-files.ts';
import type { Exercise } from './script.ts';
import { deedsOf } from './recorded-deeds.ts';

export type FromJournal = { readonly ok: true; readonly value: { readonly id: string; readonly deeds: number; readonly text: string } } | { readonly ok: false; readonly message: string };
/** More than this is no exercise. */
const DEEDS_MAX = 1_000;
const no = (message: string): FromJournal => ({ ok: false, message });

export function exerciseFromJournal(dir: string, incident: string, scenariosDir: string = SCENARIOS): FromJournal {
  const file = journalFileOf(dir);
  if (!existsSync(file)) return no(`there is no journal at ${file}`);
  const reader = new IncidentReader({ incident, toFact });
  try {
    for (const record of readRecords(file)) reader.add(record);
  } catch (error) {
    return no(`${file} cannot be read as a journal: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
  }
  const read = reader.finish();
  if (!read.ok) return no(read.problem.code === 'no-incident' ? `there is no incident '${incident}' in the journal; it has ${read.problem.incidents.map(({ id }) => id).join(', ') || 'none'}` : `the journal cannot be used: ${read.problem.code}`);
  return scriptOf(read.value, scenariosDir);
}

function scriptOf(records: IncidentRecords, scenariosDir: string): FromJournal {
  const started = records.records.findLast(({ fact }) => fact.type === 'training.started' && fact.atMs <= records.incident.openedMs);
  if (started?.fact.type !== 'training.started') return no('the incident belongs to no exercise of TRAINING');
  const { scenario } = started.fact.data;
  const exercise = findExercise(scenario, scenariosDir);
  if (exercise === null) return no(`there is no exercise '${scenario}' any more`);
  const own = records.records.filter(({ n }) => n > started.n);
  const ended = own.findIndex(({ fact }) => fact.type === 'training.ended' || fact.type === 'training.started');
  const during = ended < 0 ? own : own.slice(0, ended);
  const time = plantTimeOf(started.fact.atMs, during.map(({ fact }) => fact));
  const does = deedsOf(presentOf(during).records, records.plant, time);
  if (does.length > DEEDS_MAX) return no(`people did ${String(does.length)} things; expected at most ${String(DEEDS_MAX)}`);
  const endMs = during.at(-1)?.fact.atMs ?? started.fact.atMs;
  const id = `${exercise.script.id}-REC`.slice(0, 42);
  const raw = { ...exercise.raw, id, people: [{ id: 'recorded', title: { zh: `事件 ${records.incident.id} 的记录`, en: `Record of ${records.incident.id}` }, does }], endS: Math.max(10, Math.ceil(time.secondAt(endMs))) };
  return { ok: true, value: { id, deeds: does.length, text: stringify(raw, { lineWidth: 0 }) } };
}

function findExercise(id: string, dir: string): Exercise | null {
  const plants = readdirSync(dir, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => name);
  return plants.flatMap((plant) => exercisesOf(plant, dir).exercises).find(({ script }) => script.id === id) ?? null;
}
