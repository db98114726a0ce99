/** What may be done next with an entry of the register: the station says which, and why not; each is signed. */
import type { BypassView } from '../../../contract/view.ts';
import { useCommand, useDraft, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { localInputTime } from '../../ui/format.ts';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

type Next = BypassView['next'][number];
const HOUR_MS = 3_600_000;

export function BypassActs({ bypass }: { bypass: BypassView }) {
  return (
    <div className="button-row">
      {bypass.next.map((next) => (
        <div key={next.operation} className="bypass-act" data-allowed={next.verdict.allowed}>
          <Act bypass={bypass} operation={next.operation} />
          {next.verdict.allowed ? null : <RefusalNote refusal={next.verdict.refusal} compact />}
        </div>
      ))}
    </div>
  );
}

function Act({ bypass, operation }: { bypass: BypassView; operation: Next['operation'] }) {
  switch (operation) {
    case 'bypass.assess': return <Assess bypass={bypass} />;
    case 'bypass.test': return <Test bypass={bypass} />;
    case 'bypass.extend': return <Extend bypass={bypass} />;
    case 'bypass.walk': return <Walk bypass={bypass} />;
    case 'bypass.reject': case 'bypass.withdraw': return <WithReason bypass={bypass} operation={operation} />;
    case 'bypass.approve': case 'bypass.accept': case 'bypass.restore': case 'bypass.verify': return <Plain bypass={bypass} operation={operation} />;
  }
}

const shortOf = (operation: Next['operation']): string => operation.slice('bypass.'.length);

function Plain({ bypass: { id }, operation }: { bypass: BypassView; operation: 'bypass.approve' | 'bypass.accept' | 'bypass.restore' | 'bypass.verify' }) {
  const { t } = useWords();
  const { status, run } = useCommand(operation);
  return <SignedAction label={t(operation)} testId={`bypass-${shortOf(operation)}-${id}`} busy={status.phase === 'busy'} onSign={(signature) => run({ bypass: id, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />} />;
}

function WithReason({ bypass: { id }, operation }: { bypass: BypassView; operation: 'bypass.reject' | 'bypass.withdraw' }) {
  const { t } = useWords();
  const { status, run } = useCommand(operation);
  const { fields, setField, clear } = useDraft(`${operation}/${id}`);
  return (
    <SignedAction label={t(operation)} testId={`bypass-${shortOf(operation)}-${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />} onSign={async (signature) => { const accepted = await run({ bypass: id, reason: fields['reason'] ?? '', signature }); if (accepted) clear(); return accepted; }}>
      <AreaField label={t('bypass.reason')} maxLength={500} value={fields['reason'] ?? ''} onChange={(value) => setField('reason', value)} testId={`bypass-${shortOf(operation)}-reason`} />
    </SignedAction>
  );
}

function Assess({ bypass: { id } }: { bypass: BypassView }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.assess');
  const { fields, setField, clear } = useDraft(`assess/${id}`);
  const acceptable = fields['acceptable'] ?? '';
  return (
    <SignedAction label={t('bypass.assess')} testId={`bypass-assess-${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />} onSign={async (signature) => { const accepted = await run({ bypass: id, text: fields['text'] ?? '', acceptable: acceptable === 'yes', signature }); if (accepted) clear(); return accepted; }}>
      <AreaField label={t('bypass.assessment')} value={fields['text'] ?? ''} onChange={(value) => setField('text', value)} testId="bypass-assessment" />
      <SelectField label={t('bypass.verdict')} value={acceptable} onChange={(value) => setField('acceptable', value)} testId="bypass-acceptable"><option value="">{t('sign.choose')}</option><option value="yes">{t('bypass.acceptable')}</option><option value="no">{t('bypass.unacceptable')}</option></SelectField>
    </SignedAction>
  );
}

function Test({ bypass: { id } }: { bypass: BypassView }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.test');
  const { fields, setField, clear } = useDraft(`test/${id}`);
  const passed = fields['passed'] ?? '';
  return (
    <SignedAction label={t('bypass.test')} testId={`bypass-test-${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />} onSign={async (signature) => { const accepted = await run({ bypass: id, text: fields['text'] ?? '', passed: passed === 'yes', signature }); if (accepted) clear(); return accepted; }}>
      <AreaField label={t('bypass.testText')} value={fields['text'] ?? ''} onChange={(value) => setField('text', value)} testId="bypass-test-text" />
      <SelectField label={t('bypass.verdict')} value={passed} onChange={(value) => setField('passed', value)} testId="bypass-test-passed"><option value="">{t('sign.choose')}</option><option value="yes">{t('bypass.passed')}</option><option value="no">{t('bypass.failed')}</option></SelectField>
    </SignedAction>
  );
}

function Extend({ bypass: { id, untilMs } }: { bypass: BypassView }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.extend');
  const { fields, setField, clear } = useDraft(`extend/${id}`);
  const nowMs = useNow(60_000);
  const until = fields['until'] ?? localInputTime(Math.max(untilMs, nowMs) + HOUR_MS);
  return (
    <SignedAction label={t('bypass.extend')} testId={`bypass-extend-${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />} onSign={async (signature) => { const accepted = await run({ bypass: id, untilMs: new Date(until).getTime(), reason: fields['reason'] ?? '', signature }); if (accepted) clear(); return accepted; }}>
      <AreaField label={t('bypass.reason')} value={fields['reason'] ?? ''} onChange={(value) => setField('reason', value)} testId="bypass-extend-reason" />
      <TextField label={t('bypass.until')} type="datetime-local" value={until} onChange={(value) => setField('until', value)} />
    </SignedAction>
  );
}

function Walk({ bypass: { id, measures } }: { bypass: BypassView }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.walk');
  const { fields, setField, clear } = useDraft(`walk/${id}`);
  const walked = measures.map((measure, index) => ({ ...measure, index })).filter(({ walkDueMs }) => walkDueMs !== null);
  const chosen = fields['measure'] ?? String(walked[0]?.index ?? 0);
  return (
    <SignedAction label={t('bypass.walk')} testId={`bypass-walk-${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />} onSign={async (signature) => { const accepted = await run({ bypass: id, measure: Number(chosen), signature }); if (accepted) clear(); return accepted; }}>
      <SelectField label={t('bypass.measure')} value={chosen} onChange={(value) => setField('measure', value)}>{walked.map(({ index, text, owner }) => <option key={index} value={index}>{text} · {owner}</option>)}</SelectField>
    </SignedAction>
  );
}
