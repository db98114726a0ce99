/** What happened, what it says, what is done about it, and whether the record can be trusted: the incidents on the left, the chosen one on the right. */
import { useId } from 'react';
import type { IncidentRow } from '../../../contract/incidents.ts';
import { useConsole, useIncidentList, useNow, usePreference } from '../../store/console-context.ts';
import type { ListView } from '../../store/incidents.ts';
import { countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useWords } from '../../ui/words.ts';
import { AfterIncident } from './AfterIncident.tsx';
import { IncidentList } from './IncidentList.tsx';
import { JournalProof, Tail } from './JournalProof.tsx';
import { priorityOf } from './row-words.ts';
import { ReportPane } from './ReportPane.tsx';
import { TimelinePane } from './TimelinePane.tsx';
import './incidents.css';

const TABS = ['timeline', 'report', 'after', 'proof'] as const;
type TabKey = (typeof TABS)[number];

export function IncidentsScreen() {
  const { t } = useWords();
  const list = useIncidentList();
  const { incidents } = useConsole();
  const [chosenId, choose] = usePreference('incident', '');
  const [tabText, setTab] = usePreference('incident-tab', 'timeline');
  const panelId = useId();
  const tab: TabKey = TABS.find((each) => each === tabText) ?? 'timeline';
  // What was chosen before may be of another journal, or not read yet: then the newest.
  const row = list.rows.find(({ id }) => id === chosenId) ?? list.rows[0];
  return (
    <div className="incidents">
      <div className="incidents-side">
        <IncidentList list={list} chosen={row?.id ?? null} choose={choose} older={() => incidents.loadOlder()} />
        <JournalProof />
      </div>
      <div className="incidents-main">
        <div className="incidents-head">
          <Tabs tabs={TABS.map((key) => ({ key, label: t(`incident.tab.${key}`) }))} chosen={tab} choose={setTab} label={t('incident.tabs')} panelId={panelId} testId="incident-tab" />
          {row === undefined ? null : <Chosen row={row} />}
        </div>
        <div className={`incidents-pane incidents-pane-${tab}`} id={panelId} role="tabpanel" aria-label={t(`incident.tab.${tab}`)} tabIndex={-1}>
          <Pane tab={tab} row={row} list={list} />
        </div>
      </div>
    </div>
  );
}

function Pane({ tab, row, list }: { tab: TabKey; row: IncidentRow | undefined; list: ListView }) {
  const { t } = useWords();
  switch (tab) {
    case 'after': return <AfterIncident row={row} />;
    case 'proof': return <Tail />;
    case 'timeline': case 'report': {
      if (row === undefined) return <Panel title={t(`incident.tab.${tab}`)}><EmptyState>{t(list.phase === 'loading' ? 'command.busy' : tab === 'report' ? 'incident.noneForReport' : 'incident.noneYet')}</EmptyState></Panel>;
      return tab === 'timeline' ? <TimelinePane key={row.id} row={row} /> : <ReportPane key={row.id} row={row} />;
    }
  }
}

function Chosen({ row }: { row: IncidentRow }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  const priority = priorityOf(row.worst);
  return (
    <p className="incident-chosen" data-testid="incident-chosen" data-incident={row.id}>
      {priority === null ? null : <PrioritySymbol priority={priority} />}
      <strong>{row.firstCondition === null ? t('incident.noCondition') : text(row.firstCondition.title)}</strong>
      <span className="nowrap">{dateTime(row.openedMs)}</span>
      <span className="nowrap">{row.closedMs === null ? t('incident.running', { for: countdown(nowMs - row.openedMs) }) : t('incident.lasted', { for: countdown(row.closedMs - row.openedMs) })}</span>
      <span className="hint nowrap">{row.id}</span>
    </p>
  );
}
