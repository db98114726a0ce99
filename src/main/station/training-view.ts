/** Section `training`: what every console may see of an exercise. Nothing of what stands behind the transmitters comes near it. */
import type { Text } from '../../contract/text.ts';
import type { TrainingSection } from '../../contract/training.ts';
import type { StationState } from '../../domain/station/state.ts';
import { apartBecause } from '../training/authority.ts';
import type { Training } from '../training/training.ts';
import type { TrainingBooks } from './training-books.ts';

interface Parts {
  readonly training: Training | null;
  readonly books: Pick<TrainingBooks, 'past'>;
  readonly state: StationState;
  readonly mode: 'OPERATION' | 'TRAINING';
  readonly instructors: readonly { readonly user: string; readonly name: string }[];
}

const NO_DESK: Text = { zh: '未给出教员接口', en: 'No instructor endpoint was given' };
const NO_TRAINING: Text = { zh: '运行模式：无训练', en: 'OPERATION: no training' };

export function trainingSection({ training, books, state, mode, instructors }: Parts): TrainingSection {
  const exercise = training?.exercise ?? null;
  const leading = instructors.filter(({ user }) => training?.team.isTrainee(user) !== true);
  const because = apartBecause({ instructors: leading, isTeam: exercise?.begun.team === true });
  return {
    ...(training?.status() ?? { available: false, proof: mode === 'TRAINING' ? NO_DESK : NO_TRAINING, speed: null, frozen: false, simTimeS: null, atS: null, goal: null, reached: null }),
    scenarios: (training?.scenarios ?? []).map(({ id, title, sees, clauses }) => ({ id, title, see: sees, clauses })),
    unusable: [...(training?.unusable ?? [])],
    running: state.training === null ? null : { exercise: exercise?.begun.id ?? `EX-${state.training.startedMs}`, ...state.training, team: exercise?.begun.team ?? false, hints: exercise?.hints ?? 0 },
    participants: [...(training?.team.posts ?? [])].slice(0, 50),
    apart: training === null || because === null ? null : { because, instructors: leading.map(({ user, name }) => ({ user, name })).slice(0, 20) },
    past: books.past(),
  };
}
