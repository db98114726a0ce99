/** Place-keeping: done, now, open, next, skipped with its reason (hmi rule 8). A filter by role dims the others and hides nothing. */
import { useState } from 'react';
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { clockTime } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { UPSET_KEYS, toPresentStep } from './keys.ts';
import { usePrinting } from './printing.ts';

const MARKS = { done: '✓', now: '▶', open: '!', next: '', skipped: '↷' } as const;
const ROLES = ['all', 'operator', 'supervisor', 'engineer'] as const;
type RoleFilter = (typeof ROLES)[number];
type T = (key: string, values?: Record<string, string>) => string;

export function StepLists({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const [role, setRole] = useState<RoleFilter>('all');
  const { print } = usePrinting();
  return (
    <>
      <div className="steps-tools">
        <div className="role-filter" role="group" aria-label={t('upset.roleFilter')}>{ROLES.map((each) => <button key={each} type="button" className="button button-small" data-testid={`role-${each}`} aria-pressed={role === each} onClick={() => setRole(each)}>{each === 'all' ? t('upset.allRoles') : t(`role.${each}`)}</button>)}</div>
        <button type="button" className="button button-small" data-testid="to-present" aria-keyshortcuts={UPSET_KEYS.present} onClick={toPresentStep}>{t('upset.toPresent')} ({UPSET_KEYS.present})</button>
        <button type="button" className="button button-small print-button" data-testid="print" onClick={() => print(procedure)}>{t('upset.print')}</button>
      </div>
      <StepList title={t('upset.steps')} steps={procedure.steps} role={role} testId="steps" />
      <StepList title={t('upset.handling')} steps={procedure.handling} role={role} testId="handling" />
    </>
  );
}

function StepList({ title, steps, role, testId }: { title: string; steps: readonly StepView[]; role: RoleFilter; testId: string }) {
  const { t, text } = useWords();
  if (steps.length === 0) return null;
  return (
    <section className="steps" aria-label={title} data-testid={testId}>
      <h3>{title}</h3>
      <ol>
        {steps.map((step) => {
          const dimmed = role !== 'all' && step.who !== role && step.state !== 'now';
          return (
            <li key={step.id} className={`step step-${step.state}${dimmed ? ' step-dimmed' : ''}`} data-testid={`step-${step.id}`} data-state={step.state} data-dimmed={dimmed} aria-current={step.state === 'now' ? 'step' : undefined}>
              <span className="step-mark" aria-hidden="true">{MARKS[step.state]}</span>
              <span className="step-number">{step.number}</span>
              <span className="step-text">{text(step.text)}{step.kind === 'command' ? null : <span className="step-kind"> {t(`kind.${step.kind}`)}</span>}<Chosen step={step} /></span>
              <span className="step-note">{note(step, t)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Chosen({ step }: { step: StepView }) {
  const { t, text } = useWords();
  const { chosen } = step;
  if (chosen === null) return null;
  const option = step.options.find(({ id }) => id === chosen.option);
  return <span className="step-chosen"> → {option === undefined ? chosen.option : text(option.text)} ({chosenBy(chosen.by, t)}){chosen.reason === '' ? '' : `${t('list.colon')}${chosen.reason}`}</span>;
}

/** A choice by tags or by the deadline is said in words, a person by name. */
const chosenBy = (by: string, t: T): string => (by === 'tags' || by === 'deadline' ? t(`decide.by.${by}`) : by);

function note(step: StepView, t: T): string {
  switch (step.state) {
    case 'done': return t('step.done', { at: step.doneMs === null ? '' : clockTime(step.doneMs), by: step.doneBy === null || step.doneBy === 'tags' ? t('step.byTags') : step.doneBy === 'deadline' ? t('decide.by.deadline') : step.doneBy });
    case 'skipped': return t('step.skipped', { reason: step.skipReason ?? '', by: step.doneBy ?? '' });
    case 'now': return t('step.now');
    case 'open': return step.overdue ? t('step.openOverdue') : t('step.open');
    case 'next': return t(`role.${step.who}`);
  }
}
