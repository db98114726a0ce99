/**
 * Every procedure of the plant, the advised ones first, with why and why not. A panel beside the open procedure, never over it, and
 * nothing in it begins anything but "raise" (browse is not execute).
 */
import { useEffect, useRef, useState } from 'react';
import type { AdviceView } from '../../../contract/view.ts';
import { useAnswer, useSection } from '../../store/console-context.ts';
import { ProblemNote } from '../../ui/RefusalNote.tsx';
import { EmptyState } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { BrowserEntry } from './BrowserEntry.tsx';
import { BrowserPage } from './BrowserPage.tsx';
import { UPSET_KEYS, toPresentStep } from './keys.ts';

const REFRESH_MS = 5_000;
type Props = { close: () => void; choose: (instance: string) => void };

export function ProcedureBrowser({ close, choose }: Props) {
  const { t } = useWords();
  const { output, problem } = useAnswer('procedure.advice', {}, REFRESH_MS);
  const [wanted, setWanted] = useState('');
  const [page, setPage] = useState<string | null>(null);
  const search = useRef<HTMLInputElement | null>(null);
  useEffect(() => search.current?.focus(), []);
  const all = output?.procedures ?? [];
  const listed = all.filter((each) => isWanted(each, wanted));
  return (
    <section className={`browser${page === null ? '' : ' browser-paged'}`} aria-label={t('browser.title')} data-testid="browser" onKeyDown={(event) => { if (event.key === 'Escape') { if (page === null) close(); else setPage(null); } }}>
      <div className="browser-head">
        <h2>{t('browser.title')}</h2>
        <label className="visually-hidden" htmlFor="browser-search">{t('browser.search')}</label>
        <input ref={search} id="browser-search" type="search" value={wanted} placeholder={t('browser.search')} data-testid="browser-search" maxLength={100} onChange={(event) => setWanted(event.target.value)} />
        <span className="hint" role="status" data-testid="browser-count">{t('browser.count', { n: listed.length, total: all.length })}</span>
        <ToPresent />
        <button type="button" className="button" data-testid="browser-close" aria-keyshortcuts={UPSET_KEYS.browse} onClick={close}>{t('browser.close')} (Esc)</button>
      </div>
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div className="browser-body">
        <ol className="browser-list" aria-label={t('browser.list')}>
          {output !== undefined && listed.length === 0 ? <li><EmptyState>{t('browser.none')}</EmptyState></li> : null}
          {listed.map((advice) => <BrowserEntry key={advice.procedure} advice={advice} isOpen={advice.procedure === page} look={() => setPage(advice.procedure)} choose={choose} />)}
        </ol>
        {page === null ? <div className="browser-page browser-page-none"><EmptyState>{t('browser.pickOne')}</EmptyState></div> : <BrowserPage key={page} procedure={page} back={() => setPage(null)} />}
      </div>
    </section>
  );
}

function ToPresent() {
  const { t } = useWords();
  const hasProcedures = (useSection('upset')?.procedures.length ?? 0) > 0;
  return hasProcedures ? <button type="button" className="button" aria-keyshortcuts={UPSET_KEYS.present} onClick={toPresentStep}>{t('upset.toPresent')} ({UPSET_KEYS.present})</button> : null;
}

/** By number, clause or words of the title in either language. */
function isWanted({ procedure, title, clauses }: AdviceView, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  return words === '' || [procedure, title.zh, title.en, ...clauses].some((each) => each.toLowerCase().includes(words));
}
