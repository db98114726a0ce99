/** The machine's course as a line with the present place on it, and under it the steps of the present leg as a path. */
import type { ReactNode } from 'react';
import { PLACES } from '../../../contract/view.ts';
import type { Place, ProcedureView, StepView } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';
import { TimeLeft } from './Clock.tsx';
import { legOf } from './procedure-facts.ts';

const DRAWN = PLACES.filter((place) => place !== 'standby');

export function Course({ place }: { place: Place }) {
  const { t } = useWords();
  // `stopping` can be reached from everywhere; on the line it stands where retreating stands.
  const at = DRAWN.findIndex((drawn) => drawn === (place === 'stopping' ? 'retreating' : place));
  return (
    <ol className="course" data-testid="course" data-place={place} aria-label={t('upset.course')}>
      {DRAWN.map((drawn, index) => (
        <li key={drawn} className={index < at ? 'course-done' : index === at ? 'course-now' : 'course-next'} aria-current={index === at ? 'step' : undefined}>
          {index === at && place === 'stopping' ? t('place.stopping') : t(`place.${drawn}`)}
        </li>
      ))}
    </ol>
  );
}

const SIGNS = { done: '✓', now: '▶', open: '!', next: '', skipped: '↷' } as const;

/** Dots of the present leg; a step where ways part is a diamond with its ways, the chosen one filled. Beside it the times that run. */
export function LegPath({ procedure, children }: { procedure: ProcedureView; children?: ReactNode }) {
  const { t } = useWords();
  const { kind, steps } = legOf(procedure);
  const running = procedure.deadlines.filter(({ state }) => state === 'running');
  return (
    <div className="leg-line">
      {steps.length === 0 ? null : <ol className="leg" data-testid="leg" aria-label={t(kind === 'handling' ? 'upset.handling' : 'upset.steps')}>{steps.map((step) => <Dot key={step.id} step={step} />)}</ol>}
      {running.map(({ id, clause, dueMs }) => (dueMs === null ? null : <span key={id} className="leg-time" data-testid={`time-${id}`}>{clause} <TimeLeft dueMs={dueMs} /></span>))}
      {procedure.safeDueMs === null ? null : <span className="leg-time" data-testid="time-safe">{t('upset.safeDue')} <TimeLeft dueMs={procedure.safeDueMs} overdue={procedure.safeOverdue} /></span>}
      {children}
    </div>
  );
}

function Dot({ step }: { step: StepView }) {
  const { t, text } = useWords();
  const label = `${step.number} ${text(step.text)}, ${t(`step.state.${step.state}`)}`;
  return (
    <li className={`leg-step leg-${step.state}`} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
      <span className={`leg-dot${step.kind === 'decide' ? ' leg-decide' : ''}`} role="img" aria-label={label} title={label}><span>{SIGNS[step.state] === '' ? step.number : SIGNS[step.state]}</span></span>
      {step.options.length === 0 ? null : (
        <span className="leg-ways">{step.options.map((option) => {
          const isChosen = step.chosen?.option === option.id;
          return <span key={option.id} className={`leg-way${isChosen ? ' leg-way-chosen' : ''}`} role="img" aria-label={`${text(option.text)}${isChosen ? `, ${t('decide.chosenWord')}` : ''}`} title={text(option.text)} />;
        })}</span>
      )}
    </li>
  );
}
