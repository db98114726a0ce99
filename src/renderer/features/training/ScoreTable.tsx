/** A score with its reasons: each line's figure, marks, weight and points, and the records it rests on; what was broken, by clause. Nothing of it is hidden. */
import type { Score } from '../../../contract/drill.ts';
import { countdown, formatNumber } from '../../ui/format.ts';
import { Clauses } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

const RECORDS_SHOWN = 4;

/** `sofar`: the exercise runs; nothing of it is final. */
export function ScoreTable({ score, sofar = false }: { score: Score; sofar?: boolean }) {
  const { t, text } = useWords();
  return (
    <div className="score" data-testid="score" data-total={score.total} data-passed={score.passed}>
      <p className="score-total"><strong>{formatNumber(score.total)}</strong> / 100 · {t(sofar ? (score.passed ? 'training.score.wouldPass' : 'training.score.wouldFail') : score.passed ? 'training.score.passed' : 'training.score.failed')} · {t('training.score.passMark', { n: score.passMark })}</p>
      {score.aborted === null ? null : <p className="problem">{t('training.score.aborted', { at: countdown(score.aborted.atS * 1_000) })} {text(score.aborted.because)}</p>}
      {score.passed || score.total < score.passMark ? null : <p className="hint">{t('training.score.whyFailed')}</p>}
      {score.breaches.length === 0 ? <p className="hint">{t('training.score.noBreach')}</p> : (
        <>
          <h3>{t('training.score.breaches')}</h3>
          <ul className="plain-list breaches" aria-label={t('training.score.breaches')}>{score.breaches.map((breach, index) => <li key={`${breach.clause}/${index}`} data-testid={`breach-${breach.clause}`}><Clauses clauses={[breach.clause]} /> · {t(`training.breach.${breach.kind}`)} · {countdown(breach.atS * 1_000)} · {text(breach.text)} <Records numbers={breach.records} /></li>)}</ul>
        </>
      )}
      <h3>{t('training.score.lines')}</h3>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('training.score.lines')}>
        <table className="table">
          <thead><tr><th>{t('training.score.item')}</th><th>{t('training.score.figure')}</th><th>{t('training.score.marks')}</th><th>{t('training.score.points')}</th><th>{t('training.score.because')}</th></tr></thead>
          <tbody>{score.items.map((item) => (
            <tr key={item.item} data-testid={`score-${item.item}`} data-full={item.points >= item.weight}>
              <td>{t(`training.item.${item.item}`)}</td>
              <td>{item.figure === null ? t('training.score.unknown') : <Figure value={item.figure} unit={item.unit} />}</td>
              <td>{item.full === null || item.none === null ? '—' : <>{formatNumber(item.full)} … <Figure value={item.none} unit={item.unit} /></>}</td>
              <td className="score-points">{formatNumber(item.points)} / {formatNumber(item.weight)}</td>
              <td>{text(item.because)} <Records numbers={item.records} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </div>
  );
}

/** Of people in a zone the unit is a word. */
function Figure({ value, unit }: { value: number; unit: string }) {
  const { t } = useWords();
  return <>{formatNumber(value)} {unit === 'head-min' ? t('training.score.headMinutes') : unit}</>;
}

/** By their numbers in the journal. */
function Records({ numbers }: { numbers: readonly number[] }) {
  return numbers.length === 0 ? null : <span className="hint">{numbers.slice(0, RECORDS_SHOWN).map((n) => `#${n}`).join(' ')}{numbers.length > RECORDS_SHOWN ? ` +${numbers.length - RECORDS_SHOWN}` : ''}</span>;
}
