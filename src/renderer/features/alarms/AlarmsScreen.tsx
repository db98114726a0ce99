/**
 * The alarms by ISA-18.2: what is active, what is shelved, suppressed or out of service (each always with its number), what
 * happened, and how well the alarm system serves its operator.
 */
import { useEffect, useState } from 'react';
import { useAlarmHead, useConnected } from '../../store/console-context.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { useWords } from '../../ui/words.ts';
import { AlarmHistory } from './AlarmHistory.tsx';
import { actionOf } from './keys.ts';
import { Kpis } from './Kpis.tsx';
import { ListView } from './ListView.tsx';
import './alarms.css';

const VIEWS = ['active', 'shelved', 'suppressed', 'outOfService', 'history', 'kpi'] as const;
type ViewName = (typeof VIEWS)[number];
const PANEL_ID = 'alarm-view';

export function AlarmsScreen() {
  const { t } = useWords();
  const head = useAlarmHead();
  const connected = useConnected();
  const [view, setView] = useState<ViewName>('active');
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action !== 'history' && action !== 'list') return;
      event.preventDefault();
      setView(action === 'history' ? 'history' : 'active');
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, []);
  const count = (name: ViewName): string => {
    if (name === 'history' || name === 'kpi') return '';
    const n = head === undefined ? '—' : String(head.counts[name]);
    return connected ? ` ${n}` : ` S ${n}`;
  };
  return (
    <div className="alarms">
      <Tabs tabs={VIEWS.map((name) => ({ key: name, label: <>{t(`alarm.list.${name}`)}{count(name) === '' ? null : <span className={connected ? 'tab-count' : 'tab-count hatched'} data-testid={`count-${name}`}>{count(name)}</span>}</> }))} chosen={view} choose={setView} label={t('alarm.views')} panelId={PANEL_ID} testId="alarm-tab" />
      <div id={PANEL_ID} className="alarms-view" role="tabpanel" aria-label={t(`alarm.list.${view}`)}>
        {view === 'history' ? <AlarmHistory /> : view === 'kpi' ? <Kpis /> : <ListView key={view} list={view} />}
      </div>
    </div>
  );
}
