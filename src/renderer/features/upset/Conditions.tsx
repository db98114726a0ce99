/** What happened, in order of onset, with first-out; and why that leads to the procedure in the middle. */
import type { ProcedureView } from '../../../contract/view.ts';
import { useSection } from '../../store/console-context.ts';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { ConditionCard } from './ConditionCard.tsx';
import { Reports } from './Reports.tsx';

/** Cards drawn at once; a flood lists the rest by name, so that the first ones stay readable. */
const CARDS_MAX = 24;

export function Conditions({ procedure }: { procedure: ProcedureView | undefined }) {
  const { t, text } = useWords();
  const upset = useSection('upset');
  const conditions = upset?.conditions ?? [];
  const omitted = upset?.omitted ?? 0;
  return (
    <div className="upset-left">
      <Panel title={t('upset.happened')} aside={conditions.length + omitted} className="upset-conditions">
        {conditions.length === 0 ? <EmptyState>{t('upset.nothingHappened')}</EmptyState> : null}
        <ol className="condition-list">{conditions.slice(0, CARDS_MAX).map((condition) => <ConditionCard key={condition.id} condition={condition} />)}</ol>
        {conditions.length > CARDS_MAX ? <p className="hint">{t('upset.moreConditions', { n: conditions.length - CARDS_MAX })} {conditions.slice(CARDS_MAX).map(({ title }) => text(title)).join(' · ')}</p> : null}
        {omitted > 0 ? <p className="hint" data-testid="conditions-omitted">{t('upset.omitted', { n: omitted })}</p> : null}
        {procedure === undefined ? null : <Why procedure={procedure} />}
      </Panel>
      <Reports />
    </div>
  );
}

function Why({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  return (
    <section className="why">
      <h3>{t('upset.why')}</h3>
      <p>{text(procedure.title)} · {procedure.clauses.join(' · ')}</p>
      <ul>{procedure.because.map((cause) => <li key={`${cause.condition}/${cause.atMs}`}>{clockTime(cause.atMs)} {text(cause.title)}</li>)}</ul>
    </section>
  );
}
