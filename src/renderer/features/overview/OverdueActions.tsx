/** H.1, 4.5.3, 3.1: what is overdue of corrective actions, cause analyses, and documents, training and drills, with the way to them. */
import { usePreference, useSection } from '../../store/console-context.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';

/** How many of all three kinds are overdue. */
export function useOverdue(): number {
  return (useSection('actions')?.overdue ?? 0) + (useSection('analyses')?.overdue ?? 0) + (useSection('followUps')?.overdue ?? 0);
}

export function OverdueActions() {
  const { t } = useWords();
  const actions = useSection('actions');
  const analyses = useSection('analyses');
  const followUps = useSection('followUps');
  const [, setTab] = usePreference('incident-tab', '');
  return (
    <Panel title={t('overview.afterwards')} testId="overview-actions" aside={<a href="#/incidents" onClick={() => setTab('after')}>{t('corrective.toScreen')}</a>}>
      {actions === undefined ? <p>{t('link.unknownData')}</p> : (
        <p className="overview-actions" data-overdue={actions.overdue}><span>{t('corrective.title')}</span>{actions.overdue === 0 ? t('corrective.noneOverdue') : <span className="overdue-mark"><PrioritySymbol priority={3} /><strong>{t('corrective.overdueCount', { n: actions.overdue })}</strong></span>}<span className="hint">{t('corrective.openCount', { n: actions.open.length })}</span></p>
      )}
      <Line title={t('analysis.title')} testId="overview-analyses" section={analyses} overdue={t('analysis.overdueCount', { n: analyses?.overdue ?? 0 })} open={t('analysis.openCount', { n: analyses?.open.length ?? 0 })} />
      <Line title={t('followUp.title')} testId="overview-follow-ups" section={followUps} overdue={t('followUp.overdueCount', { n: followUps?.overdue ?? 0 })} open={t('followUp.openCount', { n: followUps?.open.length ?? 0 })} />
    </Panel>
  );
}

/** Silent while nothing is open: the line gives way to the plant. */
function Line({ title, section, overdue, open, testId }: { title: string; section: { overdue: number; open: readonly unknown[] } | undefined; overdue: string; open: string; testId: string }) {
  if (section === undefined || section.open.length === 0) return null;
  return <p className="overview-actions" data-testid={testId} data-overdue={section.overdue}><span>{title}</span>{section.overdue === 0 ? null : <span className="overdue-mark"><PrioritySymbol priority={3} /><strong>{overdue}</strong></span>}<span className="hint">{open}</span></p>;
}
