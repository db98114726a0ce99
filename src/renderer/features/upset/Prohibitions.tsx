/** What must not be done, before what must (hmi rule 7); and whether it is being kept, as far as tags can tell. */
import type { ProcedureView } from '../../../contract/view.ts';
import { useConnected } from '../../store/console-context.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';

export function Prohibitions({ procedure, only }: { procedure: ProcedureView; only: readonly string[] }) {
  const { t, text } = useWords();
  const connected = useConnected();
  // A violated prohibition is shown whatever step is open: it does not wait for its step.
  const shown = procedure.prohibitions.filter(({ id, state }) => only.includes(id) || state === 'violated');
  if (shown.length === 0) return null;
  return (
    <ul className="prohibitions" aria-label={t('upset.prohibitions')}>
      {shown.map((prohibition) => {
        const state = connected || prohibition.state === 'unwatched' ? prohibition.state : 'unknown';
        return (
          <li key={prohibition.id} className={`prohibition prohibition-${state}`} data-testid={`prohibition-${prohibition.id}`} data-state={state}>
            <span className="prohibition-sign" aria-hidden="true" />
            <span className="prohibition-text">{text(prohibition.text)}<span className="prohibition-clause"> {prohibition.clause}</span>
              {state === 'violated' && prohibition.undo !== null ? <strong className="prohibition-undo">{t('upset.undo')}{text(prohibition.undo)}</strong> : null}
            </span>
            <span className="prohibition-state">{state === 'violated' ? <PrioritySymbol priority={1} flashing /> : null}{t(`prohibition.${state}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
