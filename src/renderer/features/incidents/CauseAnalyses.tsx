/** Which incidents wait for their analysis, overdue first; the chosen one below. `incident`, `record`: what was chosen beside it. */
import { useState } from 'react';
import { useSection } from '../../store/console-context.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { useWords } from '../../ui/words.ts';
import { CauseAnalysis } from './CauseAnalysis.tsx';

export function CauseAnalyses({ incident: beside, record }: { incident: string | null; record: number | null }) {
  const { t } = useWords();
  const analyses = useSection('analyses');
  const incidents = useSection('incident');
  const [chosen, setChosen] = useState<string | null>(null);
  const { open = [], concluded = [], overdue = 0 } = analyses ?? {};
  const marked = new Map([...open.map(({ incident, overdue: late }) => [incident, late ? t('analysis.overdueMark') : ''] as const), ...concluded.map(({ incident }) => [incident, t('analysis.concludedMark')] as const)]);
  const ids = [...new Set([...(beside === null ? [] : [beside]), ...marked.keys(), ...(incidents?.current == null ? [] : [incidents.current.id]), ...(incidents?.past ?? []).map(({ id }) => id)])];
  const incident = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  return (
    <>
      <Panel title={t('analysis.title')} testId="analyses-panel" aside={<span className="actions-count">{overdue === 0 ? null : <><PrioritySymbol priority={3} /><strong>{t('analysis.overdueCount', { n: overdue })}</strong> · </>}{t('analysis.openCount', { n: open.length })}</span>}>
        {incident === null ? <EmptyState>{t('analysis.none')}</EmptyState> : (
          <SelectField label={t('analysis.choose')} value={incident} onChange={setChosen} testId="analysis-incident">
            {ids.map((id) => <option key={id} value={id}>{id}{(marked.get(id) ?? '') === '' ? '' : ` · ${marked.get(id) ?? ''}`}</option>)}
          </SelectField>
        )}
      </Panel>
      {incident === null ? null : <CauseAnalysis key={incident} incident={incident} record={incident === beside ? record : null} />}
    </>
  );
}
