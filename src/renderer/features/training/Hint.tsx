/** A hint, which costs points; the first ones say where to look, the last one always helps. */
import { useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { useWords } from '../../ui/words.ts';

export function Hint({ hints }: { hints: number }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('training.hint');
  return (
    <>
      <button type="button" className="button" data-testid="training-hint" onClick={() => void run({})}>{t('training.hint.ask', { n: hints })}</button>
      {status.phase === 'done' ? <p className="training-hint" role="status" data-testid="training-hint-words">{text(status.output.hint)}</p> : <CommandAnswer status={status} />}
    </>
  );
}
