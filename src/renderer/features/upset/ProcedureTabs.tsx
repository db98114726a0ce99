/** Several procedures at once, each keeping its place (hmi rule 8). */
import type { KeyboardEvent } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';

export function ProcedureTabs({ procedures, chosen, choose }: { procedures: readonly ProcedureView[]; chosen: string | undefined; choose: (instance: string) => void }) {
  const { t, text } = useWords();
  if (procedures.length === 0) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = procedures.findIndex(({ instance }) => instance === chosen);
    const next = procedures[(at + step + procedures.length) % procedures.length];
    if (next === undefined) return;
    choose(next.instance);
    event.currentTarget.querySelector<HTMLElement>(`[data-instance="${CSS.escape(next.instance)}"]`)?.focus();
  };
  return (
    <div className="procedure-tabs" role="tablist" aria-label={t('upset.procedures')} onKeyDown={onKeyDown}>
      {procedures.map((procedure) => {
        const now = procedure.steps.find(({ state }) => state === 'now');
        return (
          <button
            key={procedure.instance} type="button" role="tab" className="procedure-tab" data-testid={`procedure-tab-${procedure.id}`} data-instance={procedure.instance}
            aria-selected={procedure.instance === chosen} tabIndex={procedure.instance === chosen ? 0 : -1} onClick={() => choose(procedure.instance)}
          >
            <span className="procedure-tab-title">{text(procedure.title)}</span>
            <span className="procedure-tab-place">{t(`place.${procedure.place}`)}{now === undefined ? '' : ` · ${now.number}/${procedure.steps.length}`}</span>
          </button>
        );
      })}
    </div>
  );
}
