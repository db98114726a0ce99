/**
 * The analysis of one incident (4.5.3): chains of why from a record of the time line to a root cause, what contributed, what is done about
 * each, and what is still missing for the two signatures. What was withdrawn stays, struck through. `record`: chosen in a time line beside it.
 */
import type { AnalysisView } from '../../../contract/aftermath.ts';
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { CauseAnalysisChain } from './CauseAnalysisChain.tsx';
import { CauseAnalysisConclusion } from './CauseAnalysisConclusion.tsx';
import { CauseAnalysisFactors } from './CauseAnalysisFactors.tsx';
import { ChainForm } from './CauseAnalysisForms.tsx';
import './aftermath.css';

export function CauseAnalysis({ incident, record = null }: { incident: string; record?: number | null }) {
  const { t } = useWords();
  const section = useSection('analyses');
  const analysis = [...(section?.open ?? []), ...(section?.concluded ?? [])].find((each) => each.incident === incident);
  return (
    <Panel title={`${t('analysis.title')} ${incident}`} testId="analysis-panel" className="analysis-panel" aside={analysis === undefined ? undefined : <Standing analysis={analysis} />}>
      {section === undefined ? <EmptyState>{t('link.unknownData')}</EmptyState> : analysis === undefined ? <NotOpened incident={incident} /> : <Whole analysis={analysis} record={record} />}
    </Panel>
  );
}

function Standing({ analysis: { concluded, overdue, dueMs } }: { analysis: AnalysisView }) {
  const { t } = useWords();
  if (concluded !== null) return <strong>{t('analysis.concludedMark')}</strong>;
  return <span className="actions-count">{overdue ? <><PrioritySymbol priority={3} /><strong>{t('analysis.overdueMark')}</strong> · </> : null}{dueMs === null ? t('analysis.notDue') : t('analysis.due', { at: dateTime(dueMs) })}</span>;
}

function NotOpened({ incident }: { incident: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('analysis.open');
  return (
    <>
      <EmptyState>{t('analysis.notOpened')}</EmptyState>
      <SignedAction label={t('analysis.open')} testId="analysis-open" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} />} onSign={(signature) => run({ incident, signature })} />
    </>
  );
}

function Whole({ analysis, record }: { analysis: AnalysisView; record: number | null }) {
  const { t } = useWords();
  const { incident, chains, openedBy, openedMs, concluded, reopened } = analysis;
  const isOpen = concluded === null;
  return (
    <>
      <p className="hint">{openedBy === null ? t('analysis.owed') : t('analysis.openedBy', { by: openedBy, at: dateTime(openedMs) })}</p>
      {reopened.map((each) => <p key={each.atMs} className="hint">{t('analysis.reopenedBy', { at: dateTime(each.atMs), by: each.by, reason: each.reason })}</p>)}
      {isOpen ? <Lacks analysis={analysis} /> : null}
      <h3>{t('analysis.chains')}</h3>
      {chains.length === 0 ? <EmptyState>{t('analysis.noChains')}</EmptyState> : <ul className="why-chains">{chains.map((chain) => <CauseAnalysisChain key={chain.id} incident={incident} chain={chain} isOpen={isOpen} />)}</ul>}
      {isOpen ? <ChainForm analysis={analysis} record={record} /> : null}
      <CauseAnalysisFactors analysis={analysis} />
      <CauseAnalysisConclusion analysis={analysis} />
    </>
  );
}

/** Before anybody presses the button: what the station would answer. */
function Lacks({ analysis: { lacks } }: { analysis: AnalysisView }) {
  const { t } = useWords();
  return (
    <div className="analysis-lacks" data-testid="analysis-lacks" data-count={lacks.length}>
      {lacks.length === 0 ? <p><strong>{t('analysis.complete')}</strong></p> : <><strong>{t('analysis.lacksTitle')}</strong><ul>{lacks.map(({ what, of }) => <li key={`${what}/${of ?? ''}`}>{t(`analysis.lack.${what}`, { of: of ?? '' })}</li>)}</ul></>}
    </div>
  );
}
