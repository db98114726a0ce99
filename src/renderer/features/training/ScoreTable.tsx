/** A score with its reasons: each line's figure, marks, weight and points; what was broken, by clause. Nothing of it is hidden. */
import type { Score } from '../../../contract/drill.ts';
import { countdown, formatNumber } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function ScoreTable({ score }: { score: Score }) {
  const { t, text } = useWords();
  return (
    <div className="score" data-testid="score" data-total={score.total} data-passed={score.passed}>
      <p className="score-total"><strong>{formatNumber(score.total)}</strong> / 100 · {t(score.passed ? 'training.score.passed' : 'training.score.failed')} · {t('training.score.passMark', { n: score.passMark })}</p>
      {score.aborted === null ? null : <p className="problem">{t('training.score.aborted', { at: countdown(score.aborted.atS * 1_000) })} {text(score.aborted.because)}</p>}
      <div className="table-scroll">
        <table className="table">
          <thead><tr><th>{t('training.score.item')}</th><th>{t('training.score.figure')}</th><th>{t('training.score.marks')}</th><th>{t('training.score.points')}</th><th>{t('training.score.because')}</th></tr></thead>
          <tbody>{score.items.map((item) => (
            <tr key={item.item} data-testid={`score-${item.item}`}>
              <td>{t(`training.item.${item.item}`)}</td>
              <td>{item.figure === null ? '—' : `${formatNumber(item.figure)} ${item.unit}`}</td>
              <td>{item.full === null || item.none === null ? '—' : `${formatNumber(item.full)} … ${formatNumber(item.none)} ${item.unit}`}</td>
              <td>{formatNumber(item.points)} / {formatNumber(item.weight)}</td>
              <td>{text(item.because)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {score.breaches.length === 0 ? <p className="hint">{t('training.score.noBreach')}</p> : (
        <ul className="plain-list breaches" aria-label={t('training.score.breaches')}>{score.breaches.map((breach, index) => <li key={`${breach.clause}/${index}`} data-testid={`breach-${breach.clause}`}><strong>{breach.clause}</strong> · {t(`training.breach.${breach.kind}`)} · {countdown(breach.atS * 1_000)} · {text(breach.text)}</li>)}</ul>
      )}
    </div>
  );
}
