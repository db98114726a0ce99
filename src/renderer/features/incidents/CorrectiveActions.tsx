/** Corrective actions (H.1): overdue ones first, as the station orders them; one to open; those that were closed, with their evidence. */
import { useSection } from '../../store/console-context.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { ActionForm } from './ActionForm.tsx';
import { ActionRow } from './ActionRow.tsx';
import './actions.css';

export function CorrectiveActions() {
  const { t } = useWords();
  const actions = useSection('actions');
  const { open = [], closed = [], overdue = 0 } = actions ?? {};
  return (
    <Panel title={t('corrective.title')} testId="actions-panel" className="actions-panel" aside={<span className="actions-count">{overdue === 0 ? null : <><PrioritySymbol priority={3} /><strong>{t('corrective.overdueCount', { n: overdue })}</strong> · </>}{t('corrective.openCount', { n: open.length })}</span>}>
      {actions === undefined ? <EmptyState>{t('link.unknownData')}</EmptyState> : (
        <>
          <ActionForm />
          {open.length === 0 ? <EmptyState>{t('corrective.none')}</EmptyState> : <ul className="action-rows">{open.map((action) => <ActionRow key={action.id} action={action} />)}</ul>}
          {closed.length === 0 ? null : (
            <details className="actions-closed" data-testid="actions-closed">
              <summary>{t('corrective.closedTitle', { n: closed.length })}</summary>
              <ul className="action-rows">{closed.map((action) => <ActionRow key={action.id} action={action} />)}</ul>
            </details>
          )}
        </>
      )}
    </Panel>
  );
}
