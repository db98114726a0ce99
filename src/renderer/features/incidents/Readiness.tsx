/** 3.1: of every abnormal condition, whether it has a risk assessment, a procedure, training and drills, and when each was last shown. */
import { useState } from 'react';
import { MARKS } from '../../../contract/aftermath.ts';
import type { ReadinessSection } from '../../../contract/aftermath.ts';
import { useSection } from '../../store/console-context.ts';
import { Clauses, EmptyState, Panel } from '../../ui/Panel.tsx';
import { ReadinessMark } from '../../ui/ReadinessMark.tsx';
import { useWords } from '../../ui/words.ts';
import './aftermath.css';

type Condition = ReadinessSection['conditions'][number];
const DAY_MS = 86_400_000;
const isWanting = ({ marks }: Condition): boolean => MARKS.some((mark) => marks[mark].state !== 'current');

export function Readiness() {
  const { t } = useWords();
  const section = useSection('readiness');
  const [onlyGaps, setOnlyGaps] = useState(false);
  const { conditions = [], omitted = 0, againMs = 0 } = section ?? {};
  const wanting = conditions.filter(isWanting);
  const listed = onlyGaps ? wanting : conditions;
  return (
    <Panel title={t('readiness.title')} testId="readiness-panel" aside={t('readiness.gapCount', { n: wanting.length, total: conditions.length })}>
      {section === undefined ? <EmptyState>{t('link.unknownData')}</EmptyState> : (
        <>
          <p className="hint">{t('readiness.hint', { days: Math.round(againMs / DAY_MS) })}</p>
          <label className="readiness-filter"><input type="checkbox" checked={onlyGaps} data-testid="readiness-gaps" onChange={(event) => setOnlyGaps(event.target.checked)} /><span>{t('readiness.gaps')}</span></label>
          {listed.length === 0 ? <EmptyState>{t('readiness.allReady')}</EmptyState> : <Rows conditions={listed} procedures={section.procedures} />}
          {omitted === 0 ? null : <p className="hint">{t('readiness.omitted', { n: omitted })}</p>}
        </>
      )}
    </Panel>
  );
}

function Rows({ conditions, procedures }: { conditions: readonly Condition[]; procedures: ReadinessSection['procedures'] }) {
  const { t } = useWords();
  const versions = new Map(procedures.map(({ id, version }) => [id, version]));
  return (
    <div className="table-scroll readiness-scroll" tabIndex={0} role="region" aria-label={t('readiness.title')}>
      <table className="table">
        <thead><tr><th scope="col">{t('readiness.condition')}</th>{MARKS.map((mark) => <th key={mark} scope="col">{t(`readiness.mark.${mark}`)}</th>)}</tr></thead>
        <tbody>{conditions.map((condition) => <Row key={condition.id} condition={condition} version={condition.procedures.length === 1 ? versions.get(condition.procedures[0] ?? '') : undefined} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ condition, version }: { condition: Condition; version: number | undefined }) {
  const { t, text } = useWords();
  return (
    <tr data-testid={`ready-${condition.id}`}>
      <th scope="row">{text(condition.title)} <Clauses clauses={condition.clauses} /><span className="row-sub">{condition.procedures.length === 0 ? t('readiness.unanswered') : condition.procedures.join(' · ')}</span></th>
      {MARKS.map((mark) => <td key={mark}><ReadinessMark mark={condition.marks[mark]} version={mark === 'procedure' ? version : undefined} /></td>)}
    </tr>
  );
}
