/** Under the card: steps that are still open, times over several steps, and what is watched all the time. */
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { clockTime } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { TimeLeft } from './Clock.tsx';
import { LiveProof } from './LiveProof.tsx';
import { ProofRow } from './ProofRow.tsx';
import { openOf } from './procedure-facts.ts';

/** The course went on without their proof: not waited for, or late. They are still to be done, and a late proof still ticks them. */
export function OpenRail({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const open = openOf(procedure);
  if (open.length === 0) return null;
  return (
    <section className="rail-box open-rail" aria-label={t('upset.openSteps')} data-testid="open-rail">
      <h3>{t('upset.openSteps')} · {open.length}</h3>
      <ol>{open.map((step) => <OpenStep key={step.id} step={step} instance={procedure.instance} />)}</ol>
    </section>
  );
}

function OpenStep({ step, instance }: { step: StepView; instance: string }) {
  const { t, text } = useWords();
  return (
    <li className="open-step" data-testid={`open-${step.id}`}>
      <p className="open-head"><span className="open-mark" aria-hidden="true">!</span><strong>{step.number}</strong><span>{text(step.text)}</span>{step.dueMs === null ? null : <span className="open-time">{t(step.overdue ? 'upset.since' : 'upset.until', { at: clockTime(step.dueMs) })} <TimeLeft dueMs={step.dueMs} overdue={step.overdue} /></span>}</p>
      {step.otherwise === null ? null : <p className="open-otherwise">{t(step.overdue ? 'upset.doNow' : 'upset.otherwise')}<strong>{text(step.otherwise)}</strong></p>}
      {step.proofs.length === 0 ? null : <ul className="proofs proofs-small">{step.proofs.map((proof) => <ProofRow key={proof.id} proof={proof} signFor={{ instance, step: step.id }} />)}</ul>}
    </li>
  );
}

/** Times over several steps. Exceeded ones stand above the card as well. */
export function TimesRail({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  const shown = procedure.deadlines.filter(({ state }) => state !== 'idle');
  if (shown.length === 0 && procedure.safeDueMs === null) return null;
  return (
    <section className="rail-box" aria-label={t('upset.times')} data-testid="times-rail">
      <h3>{t('upset.times')}</h3>
      <ul>
        {shown.map((each) => (
          <li key={each.id} className={`rail-line rail-${each.state}`} data-testid={`deadline-${each.id}`} data-state={each.state}>
            <span>{each.clause} {text(each.text)}</span><span className="rail-otherwise">{t('upset.otherwise')}<strong>{text(each.otherwise)}</strong></span>
            <span className="rail-end">{each.state === 'met' || each.dueMs === null ? t(`deadline.${each.state}`) : <TimeLeft dueMs={each.dueMs} overdue={each.state === 'exceeded'} />}</span>
          </li>
        ))}
        {procedure.safeDueMs === null ? null : (
          <li className="rail-line" data-testid="safe-due">
            <span>{t('upset.safeDue')}</span><span className="rail-otherwise">{t('upset.ifNotSafe')}<strong>{text(procedure.ifNotSafe)}</strong></span>
            <span className="rail-end"><TimeLeft dueMs={procedure.safeDueMs} overdue={procedure.safeOverdue} /></span>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Quiet ones in one line each; those in effect stand above the card. */
export function WatchedRail({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  if (procedure.continuous.length === 0) return null;
  return (
    <section className="rail-box" aria-label={t('upset.watched')} data-testid="watched-rail">
      <h3>{t('upset.watched')}</h3>
      <ul>
        {procedure.continuous.map((each) => (
          <li key={each.id} className="rail-line" data-testid={`watched-${each.id}`} data-state={each.state}>
            <span>{text(each.text)}{each.state === 'inEffect' || each.state === 'overdue' ? <span className="rail-otherwise"> {t('upset.otherwise')}<strong>{text(each.otherwise)}</strong></span> : null}</span>{each.reading === null ? <span /> : <LiveProof reading={each.reading} />}<span className="rail-end">{t(`continuous.${each.state}`)} · {t(`role.${each.who}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
