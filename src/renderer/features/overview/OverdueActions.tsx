/** H.1: how many corrective actions are overdue, with the way to them. */
import { usePreference, useSection } from '../../store/console-context.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';

export function OverdueActions() {
  const { t } = useWords();
  const actions = useSection('actions');
  const [, setTab] = usePreference('incident-tab', '');
  return (
    <Panel title={t('corrective.title')} testId="overview-actions" aside={<a href="#/incidents" onClick={() => setTab('after')}>{t('corrective.toScreen')}</a>}>
      {actions === undefined ? <p>{t('link.unknownData')}</p> : (
        <p className="overview-actions" data-overdue={actions.overdue}>{actions.overdue === 0 ? t('corrective.noneOverdue') : <><PrioritySymbol priority={3} /><strong>{t('corrective.overdueCount', { n: actions.overdue })}</strong></>}<span className="hint">{t('corrective.openCount', { n: actions.open.length })}</span></p>
      )}
    </Panel>
  );
}
