/** What must not be done, before what must (hmi rule 7); and whether it is being kept, as far as tags can tell. A violated one stands in the bars above. */
import type { ProcedureView } from '../../../contract/view.ts';
import { useConnected } from '../../store/console-context.ts';
import { useWords } from '../../ui/words.ts';

export function Prohibitions({ procedure, only }: { procedure: ProcedureView; only: readonly string[] }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const shown = procedure.prohibitions.filter(({ id, state }) => only.includes(id) && state !== 'violated');
  if (shown.length === 0) return null;
  return (
    <ul className="prohibitions" aria-label={t('upset.prohibitions')}>
      {shown.map((prohibition) => {
        const state = connected || prohibition.state === 'unwatched' ? prohibition.state : 'unknown';
        return (
          <li key={prohibition.id} className={`prohibition prohibition-${state}`} data-testid={`prohibition-${prohibition.id}`} data-state={state}>
            <span className="prohibition-sign" aria-hidden="true" />
            <span className="prohibition-text">{text(prohibition.text)}<span className="prohibition-clause"> {prohibition.clause}</span></span>
            <span className="prohibition-state">{t(`prohibition.${state}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
