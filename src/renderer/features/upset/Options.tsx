/** A step where ways part: each way with what speaks for and against it, and what the tags show. The careful one is taken at the deadline. */
import { useState } from 'react';
import type { StepView } from '../../../contract/view.ts';
import { useCommand, useConnected, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { SignatureForm } from '../../ui/SignatureForm.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { useWords } from '../../ui/words.ts';
import { LiveProof } from './LiveProof.tsx';

type Option = StepView['options'][number];

/** `instance` null: looking ahead, nothing can be chosen. */
export function Options({ instance, step }: { instance: string | null; step: StepView }) {
  const { t } = useWords();
  return <ul className="options" aria-label={t('kind.decide')}>{step.options.map((option) => <OneWay key={option.id} instance={instance} step={step} option={option} />)}</ul>;
}

function OneWay({ instance, step, option }: { instance: string | null; step: StepView; option: Option }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const { status, run } = useCommand('procedure.choose');
  const [signing, setSigning] = useState(false);
  const seen = option.seen === 'none' || connected ? option.seen : 'unknown';
  const isChosen = step.chosen?.option === option.id;
  const press = (): void => { if (instance === null) return; if (option.takesSignature) setSigning(!signing); else void run({ instance, step: step.id, option: option.id, reason: '' }); };
  return (
    <li className={`option option-${seen}${isChosen ? ' option-chosen' : ''}`} data-testid={`option-${option.id}`} data-seen={seen}>
      {instance === null ? <p className="option-name">{text(option.text)}<Marks option={option} /></p> : <button type="button" className={`button option-button${seen === 'true' ? ' button-strong' : ''}`} data-testid={`choose-${option.id}`} aria-expanded={option.takesSignature ? signing : undefined} disabled={status.phase === 'busy'} onClick={press}>{text(option.text)}<Marks option={option} /></button>}
      <div className="option-facts">
        <p className="option-seen">{seen === 'none' ? t('decide.seen.none') : <><Tick state={seen} /> <span>{t(`decide.seen.${seen}`)}</span></>} {option.reading === null ? null : <LiveProof reading={option.reading} />}</p>
        <p><span className="option-label">＋ {t('decide.because')}</span>{text(option.because)}{option.against === null ? null : <> <span className="option-label">− {t('decide.against')}</span>{text(option.against)}</>}</p>
      </div>
      {signing && instance !== null ? <Against instance={instance} step={step.id} option={option} run={run} busy={status.phase === 'busy'} close={() => setSigning(false)} /> : null}
      <CommandAnswer status={status} done={t('command.done')} />
    </li>
  );
}

function Marks({ option }: { option: Option }) {
  const { t } = useWords();
  return <>{option.isDefault ? <span className="option-mark option-default">◷ {t('decide.default')}</span> : null}{option.takesSignature ? <span className="option-mark">✎ {t('decide.takesSignature')}</span> : null}</>;
}

/** Against what the tags show: a reason and a signature. */
function Against({ instance, step, option, run, busy, close }: { instance: string; step: string; option: Option; run: ReturnType<typeof useCommand<'procedure.choose'>>['run']; busy: boolean; close: () => void }) {
  const { t, text } = useWords();
  const { fields, setField, clear } = useDraft(`choose/${instance}/${step}/${option.id}`);
  const label = t('decide.sign', { option: text(option.text) });
  return (
    <SignatureForm label={label} submit={t('decide.submit')} busy={busy} onCancel={close} onSign={(signature) => void run({ instance, step, option: option.id, reason: fields['reason'] ?? '', signature }).then((accepted) => { if (accepted) { clear(); close(); } })}>
      <p className="hint">{t('decide.hint')}</p>
      <TextField label={t('decide.reason')} value={fields['reason'] ?? ''} maxLength={300} onChange={(value) => setField('reason', value)} testId="choose-reason" />
    </SignatureForm>
  );
}
