/** What a moment of the simulator's tree is called: those that the station keeps by itself have words of their own. */
import { EXERCISE_MOMENT, SETTLED_MOMENT } from '../../../contract/training.ts';
import type { Moment } from '../../../contract/training.ts';
import type { Words } from '../../ui/words.ts';

export function momentName({ kind, name }: Pick<Moment, 'kind' | 'name'>, t: Words['t']): string {
  if (kind === 'start') return t('training.time.start');
  switch (name) {
    case SETTLED_MOMENT: return t('training.time.settled');
    case EXERCISE_MOMENT: return t('training.time.exercise');
    default: return name;
  }
}
