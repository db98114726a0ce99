/** What would have been, had the stop come earlier or later: each run in a sentence, with when it was safe and the worst that came of it. Simulated, and said so. */
import type { Counterfactual, Debrief } from '../../../contract/drill.ts';
import { countdown, formatNumber, unitSign } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function WhatIf({ debrief: { counterfactuals, noCounterfactuals, fidelity = [] } }: { debrief: Debrief }) {
  const { t, text } = useWords();
  if (counterfactuals.length === 0) return <p className="hint">{noCounterfactuals == null ? t('training.debrief.noCounterfactuals') : text(noCounterfactuals)}</p>;
  return (
    <>
      <p className="hint">{t('training.debrief.simulated')}{counterfactuals.some(({ supposed }) => supposed === true) ? ` ${t('training.debrief.supposed')}` : ''}{fidelity.length === 0 ? '' : ` ${t('training.debrief.fidelity', { what: fidelity.map(({ tag, atMost, unit }) => `${tag} ${formatNumber(atMost)} ${unitSign(unit)}`).join(', ') })}`}</p>
      <ul className="outcomes" data-testid="counterfactuals">{counterfactuals.map((each) => <Run key={each.shiftMs} run={each} />)}</ul>
    </>
  );
}

function Run({ run: { shiftMs, stopS, safeAfterS, outcome, worst, supposed } }: { run: Counterfactual }) {
  const { t, text } = useWords();
  const minutes = formatNumber(Math.abs(shiftMs) / 60_000);
  const title = shiftMs === 0 ? t(supposed === true ? 'training.debrief.supposedStop' : 'training.debrief.asItWas') : t(shiftMs < 0 ? 'training.debrief.earlier' : 'training.debrief.later', { n: minutes });
  return (
    <li className="outcome" data-testid={`counterfactual-${shiftMs}`}>
      <h4>{title}{stopS === null ? '' : ` · ${countdown(stopS * 1_000)}`}</h4>
      <p>{text(outcome)}</p>
      <p><strong>{safeAfterS === null ? t('training.debrief.neverSafe') : t('training.debrief.safeAfter', { at: countdown(safeAfterS * 1_000) })}</strong></p>
      <table className="table">
        <thead><tr><th>{t('training.ahead.worst')}</th><th>{t('training.ahead.value')}</th><th>{t('training.debrief.when')}</th><th>{t('training.ahead.limit')}</th></tr></thead>
        <tbody>{worst.map(({ tag, title: name, unit, value, atS, limit }) => <tr key={tag}><td>{tag} {text(name)}</td><td className="figure">{formatNumber(value)} {unitSign(unit)}</td><td>{countdown(atS * 1_000)}</td><td className="figure">{limit === null ? '—' : `${formatNumber(limit)} ${unitSign(unit)}`}</td></tr>)}</tbody>
      </table>
    </li>
  );
}
