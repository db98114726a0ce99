/** The register: request, assess, approve, close, each signed; what is expired or unapproved is marked. */
import type { BypassView } from '../../../contract/view.ts';
import { useCommand, useDraft, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField } from '../../ui/Field.tsx';
import { countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function BypassRegister({ register }: { register: readonly BypassView[] }) {
  const { t } = useWords();
  return (
    <Panel title={t('bypass.register')} aside={register.length}>
      {register.length === 0 ? <EmptyState>{t('bypass.none')}</EmptyState> : <ul className="bypass-rows">{register.toSorted((a, b) => b.requestedMs - a.requestedMs).map((bypass) => <Row key={bypass.id} bypass={bypass} />)}</ul>}
    </Panel>
  );
}

function Row({ bypass }: { bypass: BypassView }) {
  const { t } = useWords();
  const nowMs = useNow();
  return (
    <li className={`bypass bypass-${bypass.phase}`} data-testid={`bypass-${bypass.id}`} data-phase={bypass.phase}>
      <p className="bypass-head"><strong>{bypass.interlock}</strong><span className="bypass-phase">{bypass.phase === 'expired' ? <PrioritySymbol priority={1} /> : null}{t(`bypass.phase.${bypass.phase}`)}</span><span>{t('bypass.until')} {dateTime(bypass.untilMs)}{bypass.phase === 'approved' ? ` (${countdown(bypass.untilMs - nowMs)})` : ''}</span></p>
      <dl className="card-facts">
        <dt>{t('bypass.requestedBy')}</dt><dd>{bypass.requestedBy} · {dateTime(bypass.requestedMs)}</dd>
        <dt>{t('bypass.reason')}</dt><dd>{bypass.reason}</dd>
        <dt>{t('bypass.hazard')}</dt><dd>{bypass.hazard}</dd>
        <dt>{t('bypass.measuresShort')}</dt><dd>{bypass.measures.join('；')}</dd>
        <dt>{t('bypass.assessment')}</dt><dd>{bypass.assessment === null ? <strong>{t('bypass.notYet')}</strong> : `${bypass.assessment.text} · ${bypass.assessment.by} · ${dateTime(bypass.assessment.atMs)}`}</dd>
        <dt>{t('bypass.approval')}</dt><dd>{bypass.approval === null ? <strong>{t('bypass.notYet')}</strong> : `${bypass.approval.by} · ${dateTime(bypass.approval.atMs)}`}</dd>
      </dl>
      <div className="button-row"><NextAct bypass={bypass} /></div>
    </li>
  );
}

function NextAct({ bypass }: { bypass: BypassView }) {
  switch (bypass.phase) {
    case 'requested': return <><Assess bypass={bypass.id} /><Close bypass={bypass.id} /></>;
    case 'assessed': return <><Approve bypass={bypass.id} /><Close bypass={bypass.id} /></>;
    case 'approved': case 'expired': case 'rejected': return <Close bypass={bypass.id} />;
    case 'closed': return null;
  }
}

function Assess({ bypass }: { bypass: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.assess');
  const { fields, setField, clear } = useDraft(`assess/${bypass}`);
  const acceptable = fields['acceptable'] ?? '';
  return (
    <SignedAction
      label={t('bypass.assess')} testId={`bypass-assess-${bypass}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ bypass, text: fields['text'] ?? '', acceptable: acceptable === 'yes', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <AreaField label={t('bypass.assessment')} value={fields['text'] ?? ''} onChange={(value) => setField('text', value)} testId="bypass-assessment" />
      <SelectField label={t('bypass.verdict')} value={acceptable} onChange={(value) => setField('acceptable', value)} testId="bypass-acceptable"><option value="">{t('sign.choose')}</option><option value="yes">{t('bypass.acceptable')}</option><option value="no">{t('bypass.unacceptable')}</option></SelectField>
    </SignedAction>
  );
}

function Approve({ bypass }: { bypass: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.approve');
  return <SignedAction label={t('bypass.approve')} testId={`bypass-approve-${bypass}`} busy={status.phase === 'busy'} onSign={(signature) => run({ bypass, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />} />;
}

function Close({ bypass }: { bypass: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.close');
  return <SignedAction label={t('bypass.close')} testId={`bypass-close-${bypass}`} busy={status.phase === 'busy'} onSign={(signature) => run({ bypass, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />} />;
}
