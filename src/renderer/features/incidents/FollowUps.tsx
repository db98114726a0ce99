/** Documents, training and drills (3.1, 4.5.3): overdue ones first; one to open; those that are over, with what showed it. */
import { useSection } from '../../store/console-context.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import { FollowUpsForm } from './FollowUpsForm.tsx';
import { FollowUpsRow } from './FollowUpsRow.tsx';
import './aftermath.css';

export function FollowUps() {
  const { t } = useWords();
  const section = useSection('followUps');
  const { open = [], over = [], overdue = 0 } = section ?? {};
  return (
    <Panel title={t('followUp.title')} testId="follow-ups-panel" aside={<span className="actions-count">{overdue === 0 ? null : <><PrioritySymbol priority={3} /><strong>{t('followUp.overdueCount', { n: overdue })}</strong> · </>}{t('followUp.openCount', { n: open.length })}</span>}>
      {section === undefined ? <EmptyState>{t('link.unknownData')}</EmptyState> : (
        <>
          <FollowUpsForm />
          {open.length === 0 ? <EmptyState>{t('followUp.none')}</EmptyState> : <ul className="action-rows">{open.map((each) => <FollowUpsRow key={each.id} followUp={each} />)}</ul>}
          {over.length === 0 ? null : (
            <details className="actions-closed" data-testid="follow-ups-over">
              <summary>{t('followUp.overTitle', { n: over.length })}</summary>
              <ul className="action-rows">{over.map((each) => <FollowUpsRow key={each.id} followUp={each} />)}</ul>
            </details>
          )}
        </>
      )}
    </Panel>
  );
}
