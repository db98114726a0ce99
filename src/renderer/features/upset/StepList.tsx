/** Place-keeping: done, now, next, skipped with its reason (hmi rule 8). */
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { clockTime } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

const MARKS = { done: '✓', now: '▶', open: '◔', next: '', skipped: '↷' } as const;

export function StepList({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  return (
    <section className="steps" aria-label={t('upset.steps')}>
      <h3>{t('upset.steps')}<button type="button" className="button print-button" data-testid="print" onClick={() => window.print()}>{t('upset.print')}</button></h3>
      <ol>
        {procedure.steps.map((step) => (
          <li key={step.id} className={`step step-${step.state}`} data-testid={`step-${step.id}`} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            <span className="step-mark" aria-hidden="true">{MARKS[step.state]}</span>
            <span className="step-number">{step.number}</span>
            <span className="step-text">{text(step.text)}</span>
            <span className="step-note">{note(step, t)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function note(step: StepView, t: (key: string, values?: Record<string, string>) => string): string {
  switch (step.state) {
    case 'done': return t('step.done', { at: step.doneMs === null ? '' : clockTime(step.doneMs), by: step.doneBy === null || step.doneBy === 'tags' ? t('step.byTags') : step.doneBy });
    case 'skipped': return t('step.skipped', { reason: step.skipReason ?? '', by: step.doneBy ?? '' });
    case 'now': return t('step.now');
    case 'open': return t('step.open');
    case 'next': return t(`role.${step.who}`);
  }
}
