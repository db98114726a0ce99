/**
 * The heart. Left: what happened and how sure we are. Middle: what to do now and what not to do. Right: what is
 * safe already, who is in there, who commands (hmi rule 2, in this order).
 */
import { usePreference, useSection } from '../../store/console-context.ts';
import { EmptyState } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { Conditions } from './Conditions.tsx';
import { NoProcedure } from './NoProcedure.tsx';
import { ProcedurePane } from './ProcedurePane.tsx';
import { ProcedureTabs } from './ProcedureTabs.tsx';
import { SidePane } from './SidePane.tsx';
import './upset.css';

export function UpsetScreen() {
  const { t } = useWords();
  const upset = useSection('upset');
  const training = useSection('training');
  const [chosen, choose] = usePreference('procedure', '');
  const procedures = upset?.procedures ?? [];
  // Somebody who leaves and returns finds the same procedure open (hmi rule 8); a gone one gives way to the most urgent.
  const procedure = procedures.find(({ instance }) => instance === chosen) ?? procedures[0];
  return (
    <div className="upset">
      <Conditions procedure={procedure} />
      <section className="upset-middle" aria-label={t('upset.middle')}>
        {upset?.noProcedure ? <NoProcedure noProcedure={upset.noProcedure} /> : null}
        <ProcedureTabs procedures={procedures} chosen={procedure?.instance} choose={choose} />
        {procedure !== undefined ? <ProcedurePane key={procedure.instance} procedure={procedure} /> : upset?.noProcedure ? null : (
          <EmptyState>{t('upset.calm')} {training?.available === true ? <a href="#/training">{t('upset.pickScenario')}</a> : t('upset.calmHint')}</EmptyState>
        )}
      </section>
      <SidePane procedure={procedure} />
    </div>
  );
}
