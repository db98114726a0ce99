/** Asking for a bypass: reason, hazard, measures, end. Asking changes nothing; another must assess, a third approve. */
import { useCommand, useDraft, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { localInputTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

const USUAL_BYPASS_MS = 2 * 3_600_000;
const MEASURES_MAX = 10;

export function BypassRequest({ interlock }: { interlock: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('bypass.request');
  const { fields, setField, clear } = useDraft(`bypass/${interlock}`);
  const nowMs = useNow(60_000);
  const until = fields['until'] ?? localInputTime(nowMs + USUAL_BYPASS_MS);
  return (
    <SignedAction
      label={t('bypass.request')} testId={`bypass-request-${interlock}`} formLabel={`${t('bypass.request')} ${interlock}`} busy={status.phase === 'busy'}
      answer={<CommandAnswer status={status} done={t('bypass.requested', { id: status.phase === 'done' ? status.output.bypass : '' })} />}
      onSign={async (signature) => {
        const measures = (fields['measures'] ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '').slice(0, MEASURES_MAX);
        const accepted = await run({ interlock, reason: fields['reason'] ?? '', hazard: fields['hazard'] ?? '', measures, untilMs: new Date(until).getTime(), signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <AreaField label={t('bypass.reason')} value={fields['reason'] ?? ''} onChange={(value) => setField('reason', value)} testId="bypass-reason" />
      <AreaField label={t('bypass.hazard')} value={fields['hazard'] ?? ''} onChange={(value) => setField('hazard', value)} testId="bypass-hazard" />
      <AreaField label={t('bypass.measures')} value={fields['measures'] ?? ''} onChange={(value) => setField('measures', value)} testId="bypass-measures" />
      <TextField label={t('bypass.until')} type="datetime-local" value={until} onChange={(value) => setField('until', value)} testId="bypass-until" />
    </SignedAction>
  );
}
