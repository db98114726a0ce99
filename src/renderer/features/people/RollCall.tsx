/** The roll-call of an evacuation: how many zones are shown empty, and in each card by what (4.2.1). */
import type { PeopleSection } from '../../../contract/view.ts';
import type { ZoneRollCallView } from '../../../contract/people-view.ts';
import { useCommand, useConnected, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function RollCallBanner({ rollCall }: { rollCall: NonNullable<PeopleSection['rollCall']> }) {
  const { t, text } = useWords();
  const { openedMs, endedMs, cleared, of, open } = rollCall;
  return (
    <section className={endedMs === null ? 'roll-call roll-call-open' : 'roll-call'} aria-label={t('zone.rollCall')} data-testid="roll-call" data-open={endedMs === null}>
      <strong>{endedMs === null ? t('zone.rollCallOpen', { at: clockTime(openedMs) }) : t('zone.rollCallEnded', { at: clockTime(endedMs) })}</strong>
      <span>{t('zone.rollCallCount', { n: cleared, of })}</span>
      {open.length === 0 ? null : <span>{t('zone.rollCallLeft')}{open.map(({ title }) => text(title)).join(t('list.and'))}</span>}
    </section>
  );
}

export function ZoneRollCall({ zone, rollCall }: { zone: string; rollCall: ZoneRollCallView }) {
  const { t } = useWords();
  const connected = useConnected();
  const { status, run } = useCommand('people.rollCall');
  const { fields, setField, clear } = useDraft(`roll-call/${zone}`);
  const isEmpty = fields['empty'] !== 'no';
  const positioning = connected ? rollCall.positioning : 'unknown';
  return (
    <div className="zone-roll-call" data-testid={`roll-call-${zone}`} data-cleared={rollCall.cleared}>
      <p><strong>{t(rollCall.cleared ? 'zone.shownEmpty' : 'zone.notShownEmpty')}</strong></p>
      <p className="hint"><span className={positioning === 'unknown' ? 'hatched' : ''}>{t(`zone.positioning.${positioning}`)}</span> · {t('zone.stillSignedIn', { n: rollCall.signedIn })} · {rollCall.signed.length === 0 ? t('zone.nobodySigned') : t('zone.signedBy', { who: rollCall.signed.map(({ name, atMs }) => `${name} ${clockTime(atMs)}`).join(t('list.and')) })}</p>
      <SignedAction
        label={t('zone.signRollCall')} testId={`sign-roll-call-${zone}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
        onSign={async (signature) => {
          const accepted = await run({ zone, empty: isEmpty, note: fields['note'] ?? '', signature });
          if (accepted) clear();
          return accepted;
        }}
      >
        <SelectField label={t('zone.called')} value={isEmpty ? 'yes' : 'no'} onChange={(value) => setField('empty', value)} testId="roll-call-empty"><option value="yes">{t('zone.nobodyLeft')}</option><option value="no">{t('zone.somebodyLeft')}</option></SelectField>
        <TextField label={t('zone.note')} value={fields['note'] ?? ''} maxLength={500} required={false} onChange={(value) => setField('note', value)} testId="roll-call-note" />
      </SignedAction>
    </div>
  );
}
