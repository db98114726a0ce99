/**
 * How a "no" looks. It stands where the button is and says what, which clause, which fact, who can change it, and what
 * may be done meanwhile (hmi rule 5). A problem is the lesser thing: the request itself was not understood or not answered.
 */
import type { Refusal } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import { useWords } from './words.ts';

export function RefusalNote({ refusal, compact = false }: { refusal: Refusal; compact?: boolean }) {
  const { t, text } = useWords();
  return (
    <div className={`refusal${compact ? ' refusal-compact' : ''}`} role="group" aria-label={t('refusal.label')} data-testid="refusal">
      {compact ? null : <p className="refusal-what"><span className="refusal-mark" aria-hidden="true" />{t('refusal.refused')}{text(refusal.what)}</p>}
      <ul className="refusal-obstacles">
        {refusal.obstacles.map((obstacle, index) => (
          <li key={`${obstacle.rule}/${obstacle.subject ?? ''}/${index}`}>
            <span className="refusal-clause">{obstacle.clause}</span>
            <span className="refusal-fact">{text(obstacle.fact)}</span>
            <span className="refusal-who">{obstacle.whoCanChange.length === 0 ? t('refusal.nobody') : t('refusal.who', { who: obstacle.whoCanChange.map((role) => t(`role.${role}`)).join(t('list.or')) })}</span>
          </li>
        ))}
      </ul>
      <p className="refusal-meanwhile"><span>{t('refusal.meanwhile')}</span>{refusal.meanwhile.map(text).join(t('list.and'))}</p>
    </div>
  );
}

export function ProblemNote({ problem }: { problem: { code: string; message: string; words?: Text | undefined; path?: string | undefined } }) {
  const { t, text } = useWords();
  return (
    <p className="problem" role="alert" data-testid="problem">
      <strong>{t(`problem.${problem.code}`)}</strong>
      {problem.message === '' ? null : <span className="problem-detail">{problem.path === undefined ? '' : `${problem.path}: `}{problem.words === undefined ? problem.message : text(problem.words)}</span>}
    </p>
  );
}
