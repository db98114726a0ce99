/** Cautions before the instruction: whether each is in effect now as far as tags tell, and who has read it. */
import type { StepView } from '../../../contract/view.ts';
import { useCommand, useConnected } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { useWords } from '../../ui/words.ts';

type Caution = StepView['cautions'][number];

/** `instance` null: looking ahead, nothing can be acknowledged. */
export function Cautions({ instance, cautions }: { instance: string | null; cautions: readonly Caution[] }) {
  const { t } = useWords();
  if (cautions.length === 0) return null;
  return <ul className="cautions" aria-label={t('caution.title')}>{cautions.map((caution) => <Item key={caution.id} instance={instance} caution={caution} />)}</ul>;
}

function Item({ instance, caution }: { instance: string | null; caution: Caution }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const { status, run } = useCommand('procedure.acknowledge');
  const state = caution.inEffect === null ? 'untold' : connected ? caution.inEffect : 'unknown';
  return (
    <li className={`caution caution-${state}`} data-testid={`caution-${caution.id}`} data-state={state}>
      <svg className="caution-sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2L23 22H1Z" /><text x="12" y="20" textAnchor="middle" fontSize="15">!</text></svg>
      <span className="caution-text"><strong className="caution-word">{t('upset.caution')}</strong>{text(caution.text)}{state === 'untold' ? null : <span className="caution-state"> {t(`caution.${state}`)}</span>}</span>
      {caution.readBy !== null ? <span className="caution-read">✓ {t('caution.readBy', { who: caution.readBy })}</span> : instance === null ? null : (
        <button type="button" className="button button-small" data-testid={`read-${caution.id}`} disabled={status.phase === 'busy'} onClick={() => void run({ instance, items: [caution.id] })}>{t('caution.read')}</button>
      )}
      <CommandAnswer status={status} />
    </li>
  );
}
