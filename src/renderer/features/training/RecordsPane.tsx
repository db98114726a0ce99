/** H.2: what each person has shown, until when it counts, and when to train again. */
import { useState } from 'react';
import { useAnswer, useNow } from '../../store/console-context.ts';
import { dateTime, formatNumber } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { ExportButtons } from './ExportButtons.tsx';

const RECORDS_EVERY_MS = 5_000;
const day = (ms: number): string => dateTime(ms).slice(0, 10);

/** What a record says of today. */
export function standing({ passed, validUntilMs, retrainByMs }: { passed: boolean; validUntilMs: number | null; retrainByMs: number | null }, nowMs: number): 'valid' | 'due' | 'lapsed' {
  if (!passed || (validUntilMs !== null && validUntilMs <= nowMs)) return 'lapsed';
  return retrainByMs !== null && retrainByMs <= nowMs ? 'due' : 'valid';
}

export function RecordsPane() {
  const { t, text } = useWords();
  const nowMs = useNow(60_000);
  const { output } = useAnswer('training.records', {}, RECORDS_EVERY_MS);
  const [user, setUser] = useState<string | null>(null);
  const records = (output?.records ?? []).filter((each) => user === null || each.user === user);
  return (
    <Panel title={t('training.records.title')} aside={records.length}>
      <ExportButtons what={{ kind: 'records', user }} />
      <div className="button-row" role="group" aria-label={t('training.records.people')}>
        <button type="button" className="button" aria-pressed={user === null} onClick={() => setUser(null)}>{t('training.records.all')}</button>
        {(output?.people ?? []).map((person) => <button key={person.user} type="button" className="button" aria-pressed={user === person.user} data-testid={`records-of-${person.user}`} onClick={() => setUser(person.user)}>{person.name} · {t('training.records.counts', { valid: person.valid, due: person.due, lapsed: person.lapsed })}</button>)}
      </div>
      {records.length === 0 ? <EmptyState>{t('training.records.none')}</EmptyState> : (
        <div className="table-scroll">
          <table className="table" data-testid="records">
            <thead><tr>{['person', 'post', 'exercise', 'clauses', 'at', 'total', 'standing', 'until', 'retrain', 'instructor'].map((key) => <th key={key}>{t(`training.records.${key}`)}</th>)}</tr></thead>
            <tbody>{records.map((record) => (
              <tr key={record.id} data-testid={`record-${record.id}`} data-standing={standing(record, nowMs)}>
                <td>{record.name}</td><td>{t(`training.post.${record.post}`)}</td><td>{text(record.title)}</td><td>{record.clauses.join(' · ')}</td><td>{dateTime(record.atMs)}</td><td>{formatNumber(record.total)}</td>
                <td><strong>{t(`training.records.${standing(record, nowMs)}`)}</strong></td><td>{record.validUntilMs === null ? '—' : day(record.validUntilMs)}</td><td>{record.retrainByMs === null ? '—' : day(record.retrainByMs)}</td><td>{record.instructor ?? '—'}{record.comment === '' ? '' : `${t('list.colon')}${record.comment}`}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
