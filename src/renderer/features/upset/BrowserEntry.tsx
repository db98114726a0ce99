/** One procedure in the list: why it is advised, or why not, from its entry conditions as they stand; and raising it by hand. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { AdviceView } from '../../../contract/view.ts';
import { useCommand, useConnected, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { comparisonSign, formatNumber } from '../../ui/format.ts';
import { Tick } from '../../ui/Tick.tsx';
import { useWords } from '../../ui/words.ts';
import { LiveProof } from './LiveProof.tsx';
import { usePagePrint } from './page-print.ts';

const ENTRIES_SHOWN = 3;
const ENTRY_TICK = { raised: 'true', cleared: 'false', unknown: 'unknown' } as const;

export function BrowserEntry({ advice, isOpen, look, choose }: { advice: AdviceView; isOpen: boolean; look: () => void; choose: (instance: string) => void }) {
  const { t, text } = useWords();
  const print = usePagePrint();
  const { instance } = advice;
  const standing = advice.advised ? 'advised' : advice.entry.some(({ state }) => state === 'unknown') ? 'unknown' : 'notCalled';
  return (
    <li className={`advice advice-${standing}${isOpen ? ' advice-open' : ''}`} data-testid={`advice-${advice.procedure}`} data-standing={standing} aria-current={isOpen}>
      <p className="advice-head">
        <span className="advice-standing">{t(`browser.standing.${standing}`)}</span>{instance === null ? null : <span className="mark-word">{t('browser.running')}</span>}
        <strong className="advice-title">{text(advice.title)}</strong>
      </p>
      <p className="hint">{advice.procedure} · {advice.clauses.join(' · ')} · {t('upset.priority')} {advice.priority}</p>
      <p className="advice-goal">{text(advice.goal)}</p>
      <Entries advice={advice} />
      <div className="button-row">
        <button type="button" className="button button-small" data-testid={`look-${advice.procedure}`} onClick={look}>{t('browser.look')}</button>
        {instance === null ? <Raise procedure={advice.procedure} choose={choose} /> : <button type="button" className="button button-small" data-testid={`go-${advice.procedure}`} onClick={() => choose(instance)}>{t('browser.open')}</button>}
        <button type="button" className="button button-small" data-testid={`print-${advice.procedure}`} onClick={() => void print(advice.procedure)}>{t('upset.print')}</button>
      </div>
    </li>
  );
}

/** The ones that speak for it stand first, as the station sorts them. */
function Entries({ advice }: { advice: AdviceView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const [all, setAll] = useState(false);
  const shown = all ? advice.entry : advice.entry.slice(0, ENTRIES_SHOWN);
  const more = advice.entry.length - shown.length;
  return (
    <div className="advice-entries">
      <p className="advice-entries-title">{t(advice.advised ? 'browser.why' : 'browser.whyNot')}</p>
      {advice.entry.length === 0 ? <p>{t('browser.noEntry')}</p> : null}
      <ul>{shown.map((entry) => {
        const state = connected ? entry.state : 'unknown';
        return (
          <li key={entry.condition} className="advice-condition" data-testid={`entry-${advice.procedure}-${entry.condition}`} data-state={state}>
            <Tick state={ENTRY_TICK[state]} />
            <span>{text(entry.title)}{entry.limit === null ? '' : ` ${comparisonSign(entry.comparison)} ${formatNumber(entry.limit)}`} <span className="hint">{t(`condition.state.${state}`)}</span></span>
            <span className="advice-readings">{entry.readings.map((reading) => <LiveProof key={reading.tag} reading={reading} />)}</span>
          </li>
        );
      })}</ul>
      {more > 0 || advice.omitted > 0 ? <p className="hint">{more > 0 ? <button type="button" className="link-button" onClick={() => setAll(true)}>{t('browser.more', { n: more })}</button> : null} {advice.omitted > 0 ? t('browser.omitted', { n: advice.omitted }) : null}</p> : null}
      {advice.byHand === null ? null : <p className="advice-hand">{t('browser.byHand')}{text(advice.byHand)}</p>}
    </div>
  );
}

/** Never refused and not signed: whoever sees it raises it. */
function Raise({ procedure, choose }: { procedure: string; choose: (instance: string) => void }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.raise');
  const { fields, setField, clear } = useDraft(`raise/${procedure}`);
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run({ procedure, reason: fields['reason'] ?? '' }).then((accepted) => { if (accepted) { clear(); setOpen(false); } });
  };
  return (
    <>
      <button type="button" className="button button-small" aria-expanded={open} data-testid={`raise-${procedure}`} onClick={() => setOpen(!open)}>{t('browser.raise')}</button>
      {open ? (
        <form className="signature-form" aria-label={t('browser.raise')} onSubmit={submit}>
          <TextField label={t('browser.reason')} value={fields['reason'] ?? ''} required={false} maxLength={500} onChange={(value) => setField('reason', value)} testId={`raise-reason-${procedure}`} />
          <div className="button-row"><button type="submit" className="button button-strong" data-testid={`raise-submit-${procedure}`}>{t('browser.raise')}</button><button type="button" className="button" onClick={() => setOpen(false)}>{t('sign.cancel')}</button></div>
        </form>
      ) : null}
      <CommandAnswer status={status} done={t('command.done')} />
      {status.phase === 'done' ? <button type="button" className="button button-small" data-testid={`raised-open-${procedure}`} onClick={() => choose(status.output.instance)}>{t('browser.open')}</button> : null}
    </>
  );
}
