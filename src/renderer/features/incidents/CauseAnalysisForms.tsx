/** What is said in an analysis, each signed by who says it: a chain, a why, a root cause, an answer, a withdrawal. */
import type { AnalysisView } from '../../../contract/aftermath.ts';
import { useCommand, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { actionOf, NO_ACTION } from './analysis-fields.ts';

/** Records of the time line, before and after the incident. */
const AROUND_MS = 30 * 60_000;
const RECENT_MAX = 60;

export function ChainForm({ analysis, record }: { analysis: AnalysisView; record: number | null }) {
  const { t } = useWords();
  const { status, run } = useCommand('analysis.chain');
  const { fields, setField, clear } = useDraft(`analysis-chain/${analysis.incident}`);
  const number = fields['record'] ?? (record === null ? '' : String(record));
  return (
    <SignedAction
      label={t('analysis.addChain')} testId="analysis-add-chain" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ incident: analysis.incident, record: Number(number), problem: fields['problem'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <p className="hint">{t('analysis.chainHint')}</p>
      <div className="action-form">
        <TextField label={t('analysis.record')} type="number" value={number} onChange={(value) => setField('record', value)} testId="analysis-record" />
        <RecentRecords analysis={analysis} chosen={number} choose={(value) => setField('record', value)} />
      </div>
      <AreaField label={t('analysis.problem')} value={fields['problem'] ?? ''} maxLength={500} onChange={(value) => setField('problem', value)} testId="analysis-problem" />
    </SignedAction>
  );
}

/** What of the newest records is of this incident; the time line has all. */
export function RecentRecords({ analysis: { fromMs, toMs }, chosen, choose }: { analysis: AnalysisView; chosen: string; choose(n: string): void }) {
  const { t, text } = useWords();
  const tail = useSection('journal')?.tail ?? [];
  const fitting = tail.filter(({ atMs }) => atMs >= fromMs - AROUND_MS && (toMs === null || atMs <= toMs + AROUND_MS)).slice(0, RECENT_MAX);
  if (fitting.length === 0) return null;
  return (
    <SelectField label={t('analysis.recent')} value={fitting.some(({ n }) => String(n) === chosen) ? chosen : ''} required={false} onChange={choose} testId="analysis-recent">
      <option value="">{t('analysis.pickRecord')}</option>
      {fitting.map(({ n, atMs, text: words }) => <option key={n} value={n}>#{n} {clockTime(atMs)} {text(words)}</option>)}
    </SelectField>
  );
}

function WordsForm({ command, draft, label, field, testId, formLabel, incident, chain }: { command: 'analysis.why' | 'analysis.root'; draft: string; label: string; field: string; testId: string; formLabel: string; incident: string; chain: string }) {
  const { t } = useWords();
  const { status, run } = useCommand(command);
  const { fields, setField, clear } = useDraft(draft);
  return (
    <SignedAction
      label={label} testId={testId} formLabel={formLabel} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ incident, chain, text: fields['text'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <AreaField label={field} value={fields['text'] ?? ''} maxLength={500} onChange={(value) => setField('text', value)} testId={`${testId}-text`} />
    </SignedAction>
  );
}

export function WhyForm({ incident, chain }: { incident: string; chain: string }) {
  const { t } = useWords();
  return <WordsForm command="analysis.why" draft={`analysis-why/${incident}/${chain}`} label={t('analysis.addWhy')} field={t('analysis.whyText')} testId={`analysis-why-${chain}`} formLabel={`${t('analysis.why')} ${chain}`} incident={incident} chain={chain} />;
}

export function RootForm({ incident, chain }: { incident: string; chain: string }) {
  const { t } = useWords();
  return <WordsForm command="analysis.root" draft={`analysis-root/${incident}/${chain}`} label={t('analysis.addRoot')} field={t('analysis.rootText')} testId={`analysis-root-${chain}`} formLabel={`${t('analysis.root')} ${chain}`} incident={incident} chain={chain} />;
}

export function AnswerForm({ incident, cause }: { incident: string; cause: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('analysis.answer');
  const { fields, setField, clear } = useDraft(`analysis-answer/${incident}/${cause}`);
  return (
    <SignedAction
      label={t('analysis.answer')} testId={`analysis-answer-${cause}`} formLabel={`${t('analysis.answer')} ${cause}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ incident, cause, ...actionOf(fields['action']), reason: fields['reason'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <ActionChoice incident={incident} chosen={fields['action'] ?? NO_ACTION} choose={(value) => setField('action', value)} />
      <AreaField label={t('analysis.answerReason')} value={fields['reason'] ?? ''} maxLength={500} required={(fields['action'] ?? NO_ACTION) === NO_ACTION} onChange={(value) => setField('reason', value)} testId="analysis-reason" />
    </SignedAction>
  );
}

/** Those of this incident first. */
export function ActionChoice({ incident, chosen, choose }: { incident: string; chosen: string; choose(action: string): void }) {
  const { t } = useWords();
  const section = useSection('actions');
  const all = [...(section?.open ?? []), ...(section?.closed ?? [])].toSorted((a, b) => Number(b.incident === incident) - Number(a.incident === incident));
  return (
    <SelectField label={t('analysis.answerAction')} value={chosen} onChange={choose} testId="analysis-action">
      <option value={NO_ACTION}>{t('analysis.answerNone')}</option>
      {all.map(({ id, measure }) => <option key={id} value={id}>{id} {measure}</option>)}
    </SelectField>
  );
}

export function WithdrawForm({ incident, entry }: { incident: string; entry: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('analysis.withdraw');
  const { fields, setField, clear } = useDraft(`analysis-withdraw/${incident}/${entry}`);
  return (
    <SignedAction
      label={`${t('analysis.withdraw')} ${entry}`} testId={`analysis-withdraw-${entry}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ incident, entry, reason: fields['reason'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <TextField label={t('analysis.withdrawReason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="analysis-withdraw-reason" />
    </SignedAction>
  );
}
