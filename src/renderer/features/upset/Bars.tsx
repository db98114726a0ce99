/**
 * What cannot wait for its step: a prohibition that is violated and how to undo it, a time that was exceeded, a safe state that did not
 * come, an action that is called for now. Bars above the card, never in its place; many of them scroll in their own box.
 */
import type { ReactNode } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';
import { useConnected } from '../../store/console-context.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import { TimeLeft } from './Clock.tsx';
import { LiveProof } from './LiveProof.tsx';

export function Bars({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const bars = barsOf(procedure);
  if (bars.length === 0) return null;
  return <div className="bars" role="region" aria-label={t('upset.bars')} tabIndex={bars.length > 2 ? 0 : undefined} data-testid="bars">{bars}</div>;
}

function barsOf(procedure: ProcedureView): ReactNode[] {
  return [
    ...procedure.prohibitions.filter(({ state }) => state === 'violated').map((each) => <Violation key={`p/${each.id}`} prohibition={each} />),
    ...procedure.deadlines.filter(({ state }) => state === 'exceeded').map((each) => <Exceeded key={`d/${each.id}`} deadline={each} />),
    ...(procedure.safeOverdue ? [<NotSafe key="safe" procedure={procedure} />] : []),
    ...procedure.continuous.filter(({ state }) => state === 'inEffect' || state === 'overdue').map((each) => <InEffect key={`c/${each.id}`} action={each} />),
  ];
}

function Bar({ tone, testId, state, mark, aside, children }: { tone: 'red' | 'ink'; testId: string; state: string; mark: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return <div className={`bar bar-${tone}${state === 'unknown' ? ' bar-unknown' : ''}`} data-testid={testId} data-state={state}>{mark}<div className="bar-words">{children}</div>{aside === undefined ? null : <div className="bar-aside">{aside}</div>}</div>;
}

function Violation({ prohibition }: { prohibition: ProcedureView['prohibitions'][number] }) {
  const { t, text } = useWords();
  const state = useConnected() ? 'violated' : 'unknown';
  return (
    <Bar tone="red" testId={`prohibition-${prohibition.id}`} state={state} mark={<PrioritySymbol priority={1} flashing={state === 'violated'} />} aside={<strong>{t(`prohibition.${state}`)}</strong>}>
      <p><span className="prohibition-sign" aria-hidden="true" />{text(prohibition.text)} <span className="bar-clause">{prohibition.clause}</span></p>
      {prohibition.undo === null ? null : <p className="bar-do">{t('upset.undo')}{text(prohibition.undo)}</p>}
    </Bar>
  );
}

function Exceeded({ deadline }: { deadline: ProcedureView['deadlines'][number] }) {
  const { t, text } = useWords();
  return (
    <Bar tone="red" testId={`deadline-bar-${deadline.id}`} state="exceeded" mark={<PrioritySymbol priority={1} />} aside={deadline.dueMs === null ? undefined : <TimeLeft dueMs={deadline.dueMs} overdue />}>
      <p>{t('deadline.exceeded')} {text(deadline.text)} <span className="bar-clause">{deadline.clause}</span></p>
      <p className="bar-do">{t('upset.doNow')}{text(deadline.otherwise)}</p>
    </Bar>
  );
}

function NotSafe({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  return (
    <Bar tone="red" testId="not-safe" state="exceeded" mark={<PrioritySymbol priority={1} />} aside={procedure.safeDueMs === null ? undefined : <TimeLeft dueMs={procedure.safeDueMs} overdue />}>
      <p>{t('upset.notSafe')}</p>
      <p className="bar-do">{t('upset.doNow')}{text(procedure.ifNotSafe)}</p>
    </Bar>
  );
}

function InEffect({ action }: { action: ProcedureView['continuous'][number] }) {
  const { t, text } = useWords();
  const isOverdue = action.state === 'overdue';
  return (
    <Bar tone={isOverdue ? 'red' : 'ink'} testId={`continuous-${action.id}`} state={action.state} mark={isOverdue ? <PrioritySymbol priority={1} /> : <span className="bar-sign" aria-hidden="true">↻</span>} aside={action.dueMs === null ? undefined : <TimeLeft dueMs={action.dueMs} overdue={isOverdue} />}>
      <p><strong className="bar-state">{t(`continuous.${action.state}`)}</strong> {text(action.text)} {action.reading === null ? null : <LiveProof reading={action.reading} />}</p>
      <p className={isOverdue ? 'bar-do' : 'bar-do bar-later'}>{isOverdue ? t('upset.doNow') : t('upset.otherwise')}{text(action.otherwise)}</p>
    </Bar>
  );
}
