/** What happened, what is done about it, and whether the record can be trusted: incidents, corrective actions, the tail of the journal, and its proof. */
import { useCommand, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { CauseAnalyses } from './CauseAnalyses.tsx';
import { CorrectiveActions } from './CorrectiveActions.tsx';
import { FollowUps } from './FollowUps.tsx';
import { Readiness } from './Readiness.tsx';
import './incidents.css';

export function IncidentsScreen() {
  return <div className="incidents"><div className="incidents-side"><Current /><Verify /><Past /></div><div className="incidents-main"><CauseAnalyses /><CorrectiveActions /><FollowUps /><Readiness /><Tail /></div></div>;
}

function Current() {
  const { t } = useWords();
  const incident = useSection('incident')?.current ?? null;
  const nowMs = useNow();
  return (
    <Panel title={t('incident.current')}>
      {incident === null ? <EmptyState>{t('incident.none')}</EmptyState> : <p><strong>{incident.id}</strong> · {t('incident.opened', { at: dateTime(incident.openedMs), ago: countdown(nowMs - incident.openedMs) })}{incident.firstCondition === null ? '' : ` · ${t('alarm.firstOut')} ${incident.firstCondition}`}</p>}
    </Panel>
  );
}

function Past() {
  const { t } = useWords();
  const past = useSection('incident')?.past ?? [];
  return (
    <Panel title={t('incident.past')} aside={past.length}>
      {past.length === 0 ? <EmptyState>{t('incident.noPast')}</EmptyState> : <ul className="plain-list">{past.map((incident) => <li key={incident.id}><strong>{incident.id}</strong> {dateTime(incident.openedMs)} – {dateTime(incident.closedMs)} ({countdown(incident.closedMs - incident.openedMs)})</li>)}</ul>}
    </Panel>
  );
}

function Verify() {
  const { t, text } = useWords();
  const { status, run } = useCommand('journal.verify');
  const journal = useSection('station')?.journal;
  return (
    <Panel title={t('journal.proof')}>
      {journal === undefined ? null : <p className="hint">{t('journal.records', { n: journal.records })} · {t('journal.head')} <code>{journal.head.slice(0, 16)}</code>{journal.reason === null ? '' : ` · ${text(journal.reason)}`}</p>}
      <button type="button" className="button" data-testid="journal-verify" onClick={() => void run({})}>{t('journal.verify')}</button>
      <CommandAnswer status={status} />
      {status.phase !== 'done' ? null : (
        <p className={`verdict verdict-${status.output.verdict}`} role="status" data-testid="journal-verdict" data-verdict={status.output.verdict}>
          <strong>{t(`journal.verdict.${status.output.verdict}`)}</strong> {t('journal.records', { n: status.output.records })}{status.output.firstBad === undefined ? '' : ` · ${t('journal.firstBad', { n: status.output.firstBad })}`}
        </p>
      )}
    </Panel>
  );
}

function Tail() {
  const { t, text } = useWords();
  const tail = useSection('journal')?.tail ?? [];
  return (
    <Panel title={t('journal.tail')} aside={tail.length} className="journal-panel">
      {tail.length === 0 ? <EmptyState>{t('journal.empty')}</EmptyState> : (
        <div className="table-scroll"><table className="table">
          <thead><tr><th scope="col">{t('journal.column.n')}</th><th scope="col">{t('journal.column.at')}</th><th scope="col">{t('journal.column.by')}</th><th scope="col">{t('journal.column.text')}</th></tr></thead>
          <tbody>{tail.toSorted((a, b) => b.n - a.n).map((entry) => <tr key={entry.n}><td>{entry.n}</td><td className="nowrap">{dateTime(entry.atMs)}</td><td>{entry.by ?? t('journal.system')}</td><td>{text(entry.text)}<span className="row-sub">{entry.type}</span></td></tr>)}</tbody>
        </table></div>
      )}
    </Panel>
  );
}
