/** The machine's assessment of a proof and a person's, kept apart; where they differ, it shows. A person's takes a reason and a signature. */
import { useState } from 'react';
import type { ProofView } from '../../../contract/view.ts';
import { useCommand, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { SignatureForm } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

/** What both say. A contested proof counts as not there; an asserted one proves nothing where tags tell. */
export function Judged({ proof, machine }: { proof: ProofView; machine: ProofView['machine'] }) {
  const { t } = useWords();
  const { assessment } = proof;
  if (assessment === null) return null;
  const differs = (assessment.assessment === 'contested') === (machine === 'true');
  return (
    <p className="judged" data-testid={`judged-${proof.id}`} data-differs={differs}>
      {differs ? <strong className="judged-differs">≠ {t('assess.differs')}</strong> : null}
      <span>{t('assess.machine')} <strong>{t(`proof.${machine}`)}</strong></span>
      <span>{assessment.by} {clockTime(assessment.atMs)} <strong>{t(`assess.${assessment.assessment}`)}</strong>{t('list.colon')}{assessment.reason}</span>
    </p>
  );
}

export function Assess({ proof, instance }: { proof: ProofView; instance: string }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('procedure.assess');
  const { fields, setField, clear } = useDraft(`assess/${instance}/${proof.id}`);
  const [open, setOpen] = useState(false);
  const choices = ['contested', 'asserted', ...(proof.assessment === null ? [] : ['withdrawn' as const])] as const;
  const assessment = choices.find((each) => each === fields['assessment']) ?? choices[0];
  return (
    <div className="assess">
      <button type="button" className="button button-small" aria-expanded={open} aria-label={`${t('assess.open')} ${text(proof.text)}`} title={t('assess.open')} data-testid={`assess-${proof.id}`} onClick={() => setOpen(!open)}>{t('assess.short')}</button>
      {open ? (
        <SignatureForm
          label={t('assess.open')} submit={t('assess.sign')} busy={status.phase === 'busy'} onCancel={() => setOpen(false)}
          onSign={(signature) => void run({ instance, proof: proof.id, assessment, reason: fields['reason'] ?? '', signature }).then((accepted) => { if (accepted) { clear(); setOpen(false); } })}
        >
          <SelectField label={t('assess.person')} value={assessment} onChange={(value) => setField('assessment', value)} testId={`assessment-${proof.id}`}>{choices.map((each) => <option key={each} value={each}>{t(`assess.long.${each}`)}</option>)}</SelectField>
          <TextField label={t('assess.reason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId={`assess-reason-${proof.id}`} />
        </SignatureForm>
      ) : null}
      <CommandAnswer status={status} />
    </div>
  );
}
