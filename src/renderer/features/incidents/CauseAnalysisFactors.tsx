/** What contributed, by kind, with the records that show it and what is done about each. */
import { useState } from 'react';
import { FACTOR_KINDS } from '../../../contract/aftermath.ts';
import type { AnalysisView } from '../../../contract/aftermath.ts';
import { useCommand, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { EmptyState } from '../../ui/Panel.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { actionOf, NO_ACTION, recordNumbersOf } from './analysis-fields.ts';
import { Answers, Who } from './CauseAnalysisChain.tsx';
import { ActionChoice, AnswerForm, RecentRecords, WithdrawForm } from './CauseAnalysisForms.tsx';

type Factor = AnalysisView['factors'][number];
type Kind = Factor['kind'];

export function CauseAnalysisFactors({ analysis }: { analysis: AnalysisView }) {
  const { t } = useWords();
  const { factors, incident, concluded } = analysis;
  return (
    <>
      <h3>{t('analysis.factors')}</h3>
      {factors.length === 0 ? <EmptyState>{t('analysis.noFactors')}</EmptyState> : <ul className="why-chains">{factors.map((factor) => <Row key={factor.id} incident={incident} factor={factor} isOpen={concluded === null} />)}</ul>}
      {concluded === null ? <FactorForm analysis={analysis} /> : null}
    </>
  );
}

function Row({ incident, factor, isOpen }: { incident: string; factor: Factor; isOpen: boolean }) {
  const { t, text } = useWords();
  return (
    <li className={`why-chain${factor.withdrawn === null ? '' : ' entry-withdrawn'}`} data-testid={`factor-${factor.id}`} data-withdrawn={factor.withdrawn !== null}>
      <p><strong>{factor.id}</strong> <span className="factor-kind">{t(`analysis.kind.${factor.kind}`)}</span> <span className="entry-words">{factor.text}</span> <Who entry={factor} /></p>
      <ul className="factor-evidence">{factor.evidence.map((each) => <li key={each.n}><code>#{each.n}</code> {dateTime(each.atMs)} {text(each.text)}</li>)}</ul>
      {factor.withdrawn === null ? <Answers answers={factor.answers} /> : null}
      {isOpen && factor.withdrawn === null ? <div className="button-row"><AnswerForm incident={incident} cause={factor.id} /><WithdrawForm incident={incident} entry={factor.id} /></div> : null}
    </li>
  );
}

function FactorForm({ analysis }: { analysis: AnalysisView }) {
  const { t } = useWords();
  const { incident } = analysis;
  const { status, run } = useCommand('analysis.factor');
  const { fields, setField, clear } = useDraft(`analysis-factor/${incident}`);
  const [picked, setPicked] = useState('');
  const kind = FACTOR_KINDS.find((each) => each === fields['kind']) ?? 'equipment' satisfies Kind;
  const records = fields['records'] ?? '';
  return (
    <SignedAction
      label={t('analysis.addFactor')} testId="analysis-add-factor" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ incident, kind, text: fields['text'] ?? '', records: recordNumbersOf(records), ...actionOf(fields['action']), signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <div className="action-form">
        <SelectField label={t('analysis.factorKind')} value={kind} onChange={(value) => setField('kind', value)} testId="factor-kind">{FACTOR_KINDS.map((each) => <option key={each} value={each}>{t(`analysis.kind.${each}`)}</option>)}</SelectField>
        <TextField label={t('analysis.factorRecords')} value={records} onChange={(value) => setField('records', value)} testId="factor-records" />
        <RecentRecords analysis={analysis} chosen={picked} choose={(n) => { setPicked(n); if (n !== '') setField('records', [...recordNumbersOf(records), Number(n)].join(', ')); }} />
        <ActionChoice incident={incident} chosen={fields['action'] ?? NO_ACTION} choose={(value) => setField('action', value)} />
      </div>
      <AreaField label={t('analysis.factorText')} value={fields['text'] ?? ''} maxLength={500} onChange={(value) => setField('text', value)} testId="factor-text" />
    </SignedAction>
  );
}
