/** What the journal shows of each who took part, beside the score that is the crew's. Whose hand was on the simulated DCS is not known. */
import type { Debrief } from '../../../contract/drill.ts';
import { countdown } from '../../ui/format.ts';
import { Clauses } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

const COLUMNS = ['name', 'posts', 'first', 'deeds', 'acknowledged', 'refused', 'hints', 'breaches'] as const;

export function WhoDidWhat({ parts }: { parts: NonNullable<Debrief['parts']> }) {
  const { t } = useWords();
  if (parts.length === 0) return null;
  return (
    <>
      <h3>{t('training.debrief.parts.title')}</h3>
      <p className="hint">{t('training.debrief.parts.hint')}</p>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('training.debrief.parts.title')}>
        <table className="table" data-testid="debrief-parts">
          <thead><tr>{COLUMNS.map((column) => <th key={column}>{t(`training.debrief.parts.${column}`)}</th>)}</tr></thead>
          <tbody>{parts.map(({ user, name, posts, firstAtS, deeds, acknowledged, refused, hints, breaches }) => (
            <tr key={user}>
              <td>{name}</td><td>{posts.map((post) => t(`training.post.${post}`)).join(t('list.and'))}</td><td>{firstAtS === null ? t('training.debrief.parts.never') : countdown(firstAtS * 1_000)}</td>
              <td>{deeds}</td><td>{acknowledged}</td><td>{refused}</td><td>{hints}</td><td><Clauses clauses={breaches} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}
