/** Procedures that run at once, in the station's order: the most urgent first, those put aside last. Each keeps its place (hmi rule 8). */
import type { KeyboardEvent } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';
import type { Chosen } from './chosen-procedure.ts';
import { TimeLeft } from './Clock.tsx';
import { legOf, marksOf, nowOf } from './procedure-facts.ts';

export function ProcedureTabs({ procedures, chosen }: { procedures: readonly ProcedureView[]; chosen: Chosen }) {
  const { t } = useWords();
  if (procedures.length === 0) return null;
  const open = chosen.procedure?.instance;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = procedures.findIndex(({ instance }) => instance === open);
    const next = procedures[(at + step + procedures.length) % procedures.length];
    if (next === undefined) return;
    chosen.choose(next.instance);
    event.currentTarget.querySelector<HTMLElement>(`[data-instance="${CSS.escape(next.instance)}"]`)?.focus();
  };
  return (
    <div className="procedure-tabs" role="tablist" aria-label={t('upset.procedures')} onKeyDown={onKeyDown}>
      {procedures.map((procedure) => <Tab key={procedure.instance} procedure={procedure} isChosen={procedure.instance === open} isNewer={chosen.newer.includes(procedure)} choose={() => chosen.choose(procedure.instance)} />)}
    </div>
  );
}

function Tab({ procedure, isChosen, isNewer, choose }: { procedure: ProcedureView; isChosen: boolean; isNewer: boolean; choose: () => void }) {
  const { t, text } = useWords();
  const now = nowOf(procedure);
  const { steps } = legOf(procedure);
  return (
    <button
      type="button" role="tab" className={`procedure-tab${isNewer ? ' procedure-tab-newer' : ''}${procedure.suspended === null ? '' : ' procedure-tab-aside'}`} data-testid={`procedure-tab-${procedure.id}`} data-instance={procedure.instance}
      data-newer={isNewer} aria-selected={isChosen} tabIndex={isChosen ? 0 : -1} onClick={choose}
    >
      <span className="procedure-tab-title">{isNewer ? <strong>{t('upset.new')} </strong> : null}{text(procedure.title)}</span>
      <span className="procedure-tab-place">
        <span>{t(`place.${procedure.place}`)}{now === undefined ? '' : ` ${now.number}/${steps.length}`}</span>
        <Marks procedure={procedure} />
        {now?.dueMs == null ? null : <TimeLeft dueMs={now.dueMs} overdue={now.overdue} />}
      </span>
      <span className="procedure-tab-next">{now === undefined ? t(`place.advice.${procedure.place}`) : text(now.text)}</span>
    </button>
  );
}

/** In words, so that they are read without colour: put aside, a prohibition violated, a time exceeded. */
export function Marks({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const { violated, overdue } = marksOf(procedure);
  return (
    <>
      {procedure.suspended === null ? null : <span className="mark-word" data-mark="suspended">{t('upset.suspended')}</span>}
      {violated ? <span className="mark-word mark-red" data-mark="violated" title={t('upset.violatedMark')}>⊘<span className="mark-said"> {t('upset.violatedMark')}</span></span> : null}
      {overdue ? <span className="mark-word mark-red" data-mark="overdue" title={t('upset.overdueMark')}>!<span className="mark-said"> {t('upset.overdueMark')}</span></span> : null}
    </>
  );
}
