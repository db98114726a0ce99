/** One chain of why, top to bottom: the record, the problem, each why, the root cause and what is done about it. */
import type { AnalysisView } from '../../../contract/aftermath.ts';
import { dateTime } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { lowestOf } from './analysis-fields.ts';
import { AnswerForm, RootForm, WhyForm, WithdrawForm } from './CauseAnalysisForms.tsx';

type Chain = AnalysisView['chains'][number];
type Entry = Pick<Chain['whys'][number], 'id' | 'text' | 'by' | 'atMs' | 'withdrawn'>;
export type Answer = Chain['roots'][number]['answers'][number];

export function CauseAnalysisChain({ incident, chain, isOpen }: { incident: string; chain: Chain; isOpen: boolean }) {
  const { t, text } = useWords();
  const { why, root } = lowestOf(chain);
  const may = isOpen && chain.withdrawn === null;
  const answered = chain.roots.find(({ id }) => id === root);
  return (
    <li className={`why-chain${chain.withdrawn === null ? '' : ' entry-withdrawn'}`} data-testid={`chain-${chain.id}`} data-state={chain.withdrawn !== null ? 'withdrawn' : root === null ? 'open' : 'rooted'}>
      <p className="why-event"><strong>{chain.id}</strong> <span>{t('analysis.event')} <code>#{chain.event.n}</code> {dateTime(chain.event.atMs)} {text(chain.event.text)}</span></p>
      <p className="why-problem"><span className="entry-words">{chain.problem}</span> <Who entry={chain} /></p>
      <ol className="why-list">{chain.whys.map((each) => <Said key={each.id} entry={each} label={t('analysis.why')} />)}</ol>
      {chain.roots.map((each) => <div key={each.id} className="why-root"><Said entry={each} label={t('analysis.root')} tag="p" />{each.withdrawn === null ? <Answers answers={each.answers} /> : null}</div>)}
      {!may ? null : (
        <div className="button-row">
          {root !== null ? <AnswerForm incident={incident} cause={root} /> : <><WhyForm incident={incident} chain={chain.id} />{why === null ? null : <RootForm incident={incident} chain={chain.id} />}</>}
          {root !== null || why !== null ? <WithdrawForm key={root ?? why} incident={incident} entry={root ?? why ?? ''} /> : null}
          {answered === undefined ? <WithdrawForm incident={incident} entry={chain.id} /> : null}
        </div>
      )}
    </li>
  );
}

export function Who({ entry: { by, atMs, withdrawn } }: { entry: Pick<Entry, 'by' | 'atMs' | 'withdrawn'> }) {
  const { t } = useWords();
  return <span className="hint">{t('analysis.said', { by, at: dateTime(atMs) })}{withdrawn === null ? '' : ` · ${t('analysis.withdrawn', { by: withdrawn.by, at: dateTime(withdrawn.atMs), reason: withdrawn.reason })}`}</span>;
}

export function Said({ entry, label, tag: Tag = 'li' }: { entry: Entry; label: string; tag?: 'li' | 'p' }) {
  return <Tag className={entry.withdrawn === null ? '' : 'entry-withdrawn'} data-testid={`entry-${entry.id}`} data-withdrawn={entry.withdrawn !== null}><span className="why-label">{label}</span> <span className="entry-words">{entry.text}</span> <Who entry={entry} /></Tag>;
}

/** What is done about a cause; nothing yet is said too. */
export function Answers({ answers }: { answers: readonly Answer[] }) {
  const { t } = useWords();
  if (answers.length === 0) return <p className="cause-unanswered"><strong>{t('analysis.unanswered')}</strong></p>;
  return (
    <ul className="cause-answers">
      {answers.map((each) => <li key={`${each.atMs}/${each.action ?? ''}`}>→ {each.action === null ? t('analysis.answeredNone', { reason: each.reason }) : <><strong>{t('analysis.answeredBy', { action: each.action })}</strong> {each.reason}</>} <span className="hint">{t('analysis.said', { by: each.by, at: dateTime(each.atMs) })}</span></li>)}
    </ul>
  );
}
