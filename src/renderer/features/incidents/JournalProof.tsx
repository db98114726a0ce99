/** Whether the record can be trusted: the journal proved on demand, and its newest records. */
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

export function JournalProof() {
  const { t, text } = useWords();
  const { status, run } = useCommand('journal.verify');
  const journal = useSection('station')?.journal;
  return (
    <Panel title={t('journal.proof')} className="journal-proof">
      <div className="journal-proof-row">
        <button type="button" className="button" data-testid="journal-verify" disabled={status.phase === 'busy'} onClick={() => void run({})}>{t('journal.verify')}</button>
        {journal === undefined ? null : <p className="hint">{t('journal.records', { n: journal.records })} · {t('journal.head')} <code>{journal.head.slice(0, 16)}</code>{journal.reason === null ? '' : ` · ${text(journal.reason)}`}</p>}
      </div>
      <CommandAnswer status={status} />
      {status.phase !== 'done' ? null : (
        <p className={`verdict verdict-${status.output.verdict}`} role="status" data-testid="journal-verdict" data-verdict={status.output.verdict}>
          <strong>{t(`journal.verdict.${status.output.verdict}`)}</strong> {t('journal.records', { n: status.output.records })}{status.output.firstBad === undefined ? '' : ` · ${t('journal.firstBad', { n: status.output.firstBad })}`}
        </p>
      )}
    </Panel>
  );
}

export function Tail() {
  const { t, text } = useWords();
  const tail = useSection('journal')?.tail ?? [];
  return (
    <Panel title={t('journal.tail')} aside={tail.length} className="journal-panel" testId="journal-tail">
      {tail.length === 0 ? <EmptyState>{t('journal.empty')}</EmptyState> : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t('journal.tail')}><table className="table">
          <thead><tr><th scope="col">{t('journal.column.n')}</th><th scope="col">{t('journal.column.at')}</th><th scope="col">{t('journal.column.by')}</th><th scope="col">{t('journal.column.text')}</th></tr></thead>
          <tbody>{tail.toSorted((a, b) => b.n - a.n).map((entry) => <tr key={entry.n}><td>{entry.n}</td><td className="nowrap">{dateTime(entry.atMs)}</td><td>{entry.by ?? t('journal.system')}</td><td>{text(entry.text)}<span className="row-sub">{entry.type}</span></td></tr>)}</tbody>
        </table></div>
      )}
    </Panel>
  );
}
