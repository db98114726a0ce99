/** The score as it stands now: the instructor's alone while the exercise runs, because it is reckoned from the truth. */
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useLoggedOn } from '../../store/console-context.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { ScoreTable } from './ScoreTable.tsx';

const SCORE_EVERY_MS = 4_000;

export function ScorePane({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const session = useLoggedOn();
  if (!training.available) return <EmptyState>{t('training.whatToDo')}</EmptyState>;
  if (training.running === null) return <EmptyState>{t('training.score.none')}</EmptyState>;
  return <Panel title={t('training.score.title')}>{session?.roles.includes('instructor') === true ? <Live /> : <EmptyState>{t('training.truth.later')}</EmptyState>}</Panel>;
}

function Live() {
  const { t, text } = useWords();
  const { output } = useAnswer('instructor.score', {}, SCORE_EVERY_MS);
  if (output === undefined) return <p className="answer-busy" role="status">{t('command.busy')}</p>;
  const { score, because, ageS } = output;
  if (score === null) return <EmptyState>{because === null ? '' : text(because)}</EmptyState>;
  return (
    <>
      <p className="hint" data-testid="score-age">{ageS == null ? '' : t('training.score.age', { s: Math.round(ageS) })}{because === null ? '' : ` ${text(because)}`}</p>
      <ScoreTable score={score} sofar />
    </>
  );
}
