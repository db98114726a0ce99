/**
 * The heart. Left: what happened and how sure we are. Middle: what to do now and what not to do. Right: what is
 * safe already, who is in there, who commands (hmi rule 2, in this order). While somebody looks through the procedures, the
 * browser takes the sides and the middle stays.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ProcedureView, UpsetSection } from '../../../contract/view.ts';
import { useSection } from '../../store/console-context.ts';
import { EmptyState } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { useChosenProcedure } from './chosen-procedure.ts';
import type { Chosen } from './chosen-procedure.ts';
import { Conditions } from './Conditions.tsx';
import { UPSET_KEYS, useUpsetKeys } from './keys.ts';
import { NewerNotice, NextStrip } from './NextStrip.tsx';
import { NoProcedure } from './NoProcedure.tsx';
import { PrintingContext } from './printing.ts';
import { PrintSheet } from './PrintSheet.tsx';
import { ProcedureBrowser } from './ProcedureBrowser.tsx';
import { ProcedurePane } from './ProcedurePane.tsx';
import { ProcedureTabs } from './ProcedureTabs.tsx';
import { SidePane } from './SidePane.tsx';
import './upset.css';
import './procedures.css';

const NONE: readonly ProcedureView[] = [];

export function UpsetScreen() {
  const upset = useSection('upset');
  const procedures = upset?.procedures ?? NONE;
  const chosen = useChosenProcedure(procedures);
  const [browsing, setBrowsing] = useState(false);
  const [printed, printing] = usePrinted();
  useUpsetKeys(() => setBrowsing(!browsing));
  const sheet = printed ?? chosen.procedure;
  const isBusy = chosen.procedure !== undefined || upset?.noProcedure != null;
  return (
    <PrintingContext value={printing}>
      <div className={`upset-host${browsing ? ' upset-browsing' : ''}${browsing && !isBusy ? ' upset-browsing-calm' : ''}`}>
        <NextStrip procedures={procedures} chosen={chosen} />
        <NewerNotice chosen={chosen} />
        <div className="upset">
          {browsing ? <ProcedureBrowser close={() => setBrowsing(false)} choose={chosen.choose} /> : <Conditions procedure={chosen.procedure} />}
          {browsing && !isBusy ? null : <Middle upset={upset} chosen={chosen} browsing={browsing} browse={() => setBrowsing(!browsing)} />}
          {browsing ? null : <SidePane procedure={chosen.procedure} />}
        </div>
      </div>
      {sheet === undefined ? null : <PrintSheet procedure={sheet} />}
    </PrintingContext>
  );
}

function Middle({ upset, chosen, browsing, browse }: { upset: UpsetSection | undefined; chosen: Chosen; browsing: boolean; browse: () => void }) {
  const { t } = useWords();
  const training = useSection('training');
  const { procedure } = chosen;
  const button = <button type="button" className="button button-small browse-button" data-testid="browse" aria-expanded={browsing} aria-keyshortcuts={UPSET_KEYS.browse} onClick={browse}>{t('browser.button')} ({UPSET_KEYS.browse})</button>;
  return (
    <section className="upset-middle" aria-label={t('upset.middle')}>
      {upset?.noProcedure ? <NoProcedure noProcedure={upset.noProcedure} /> : null}
      <ProcedureTabs procedures={upset?.procedures ?? NONE} chosen={chosen} />
      {procedure !== undefined ? <ProcedurePane key={procedure.instance} procedure={procedure} choose={chosen.choose} browse={button} /> : <div>{button}</div>}
      {procedure !== undefined || upset?.noProcedure ? null : <EmptyState>{t('upset.calm')} {training?.available === true ? <a href="#/training">{t('upset.pickScenario')}</a> : t('upset.calmHint')}</EmptyState>}
    </section>
  );
}

/** A procedure asked for by hand stands on the paper until the paper is done. */
function usePrinted(): [ProcedureView | null, { print: (procedure: ProcedureView) => void }] {
  const [printed, setPrinted] = useState<ProcedureView | null>(null);
  useEffect(() => {
    if (printed === null) return undefined;
    const done = (): void => setPrinted(null);
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [printed]);
  const print = useCallback((procedure: ProcedureView) => setPrinted({ ...procedure }), []);
  return [printed, useMemo(() => ({ print }), [print])];
}
