/** What no tag can tell: a laboratory result, and something seen. Both feed conditions at the station (A4.2(5)). */
import { useState } from 'react';
import { useCommand, useDraft, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { localInputTime, unitSign } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function Reports() {
  const { t } = useWords();
  const plant = useSection('plant');
  if (plant === undefined || plant.labs.length + plant.observations.length === 0) return null;
  return (
    <Panel title={t('report.title')} className="upset-reports">
      {plant.labs.length === 0 ? null : <LabEntry />}
      {plant.observations.length === 0 ? null : <SeenReport />}
    </Panel>
  );
}

function LabEntry() {
  const { t, text } = useWords();
  const labs = useSection('plant')?.labs ?? [];
  const { status, run } = useCommand('lab.enter');
  const { fields, setField, clear } = useDraft('lab');
  const nowMs = useNow(60_000);
  const lab = labs.find(({ id }) => id === fields['lab']) ?? labs[0];
  if (lab === undefined) return null;
  const sampled = fields['sampled'] ?? localInputTime(nowMs);
  return (
    <SignedAction
      label={t('report.lab')} testId="lab-enter" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('report.labDone')} />}
      onSign={async (signature) => {
        const accepted = await run({ lab: lab.id, value: Number(fields['value']), sampledMs: new Date(sampled).getTime(), signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <SelectField label={t('report.what')} value={lab.id} onChange={(value) => setField('lab', value)} testId="lab-id">{labs.map((each) => <option key={each.id} value={each.id}>{text(each.title)}</option>)}</SelectField>
      <TextField label={`${t('report.result')} (${unitSign(lab.unit)})`} type="number" value={fields['value'] ?? ''} onChange={(value) => setField('value', value)} testId="lab-value" />
      <TextField label={t('report.sampled')} type="datetime-local" value={sampled} onChange={(value) => setField('sampled', value)} />
    </SignedAction>
  );
}

function SeenReport() {
  const { t, text } = useWords();
  const observations = useSection('plant')?.observations ?? [];
  const { status, run } = useCommand('seen.report');
  const { fields, setField, clear } = useDraft('seen');
  const [open, setOpen] = useState(false);
  const observation = fields['observation'] ?? observations[0]?.id ?? '';
  const report = (present: boolean): void => { void run({ observation, present, note: fields['note'] ?? '' }).then((accepted) => { if (accepted) clear(); }); };
  return (
    <div className="signed-action">
      <button type="button" className="button" aria-expanded={open} data-testid="seen-report" onClick={() => setOpen(!open)}>{t('report.seen')}</button>
      {open ? (
        <div className="signature-form" role="group" aria-label={t('report.seen')}>
          <SelectField label={t('report.what')} value={observation} onChange={(value) => setField('observation', value)} testId="seen-id">{observations.map((each) => <option key={each.id} value={each.id}>{text(each.title)}</option>)}</SelectField>
          <TextField label={t('report.note')} value={fields['note'] ?? ''} required={false} maxLength={500} onChange={(value) => setField('note', value)} />
          <div className="button-row">
            <button type="button" className="button button-strong" data-testid="seen-present" onClick={() => report(true)}>{t('report.present')}</button>
            <button type="button" className="button" data-testid="seen-absent" onClick={() => report(false)}>{t('report.absent')}</button>
          </div>
        </div>
      ) : null}
      <CommandAnswer status={status} done={t('report.seenDone')} />
    </div>
  );
}
