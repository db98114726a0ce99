/** Folds what was scored and signed of exercises. No decisions here. */
import { currentRecords, EXERCISES_MAX, pastExerciseOf, RECORDS_MAX } from '../drills/competence.ts';
import type { CompetenceRecord } from '../../contract/drill.ts';
import type { CompetenceRegister } from '../drills/competence.ts';
import type { Fact } from './facts.ts';

export function evolveCompetence(register: CompetenceRegister, fact: Extract<Fact, { type: 'training.scored' | 'competence.recorded' }>): CompetenceRegister {
  switch (fact.type) {
    case 'training.scored': {
      const past = pastExerciseOf(fact.data);
      // Scored again (a debrief by a later version): the later one stands.
      return { ...register, exercises: [past, ...register.exercises.filter(({ exercise }) => exercise !== past.exercise)].slice(0, EXERCISES_MAX) };
    }
    case 'competence.recorded': {
      const { record } = fact.data;
      if (register.records.some(({ id }) => id === record.id)) return register;
      return { ...register, records: withinBound([record, ...register.records]), made: register.made + 1 };
    }
  }
}

/** What no longer counts goes first: who has to train again must not be forgotten for the history of others. */
function withinBound(records: readonly CompetenceRecord[]): readonly CompetenceRecord[] {
  if (records.length <= RECORDS_MAX) return records;
  const current = new Set(currentRecords({ records }));
  const oldest = records.findLastIndex((record) => !current.has(record));
  return oldest < 0 ? records.slice(0, RECORDS_MAX) : records.toSpliced(oldest, 1);
}
