/** The last trip of a function (3.5): what came first, its cause, its reset; and the account of a reset that was forced. */
import type { InterlockView } from '../../../contract/view.ts';
import { useCommand, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function TripRecord({ interlock: { id, trip, reset } }: { interlock: InterlockView }) {
  const { t, text } = useWords();
  if (trip === null) return null;
  // Also of the trip before this one: it is owed until an engineer has answered for it.
  const owes = trip.forced !== null && trip.accounted === null;
  return (
    <section className="trip-record" data-testid={`trip-${id}`} data-forced={trip.forced !== null}>
      <h3>{t('interlock.trip')} {dateTime(trip.trippedMs)}</h3>
      <p>{t('interlock.first')} {trip.first.length === 0 ? t('interlock.firstUnknown') : trip.first.map(text).join(trip.first.length > 1 ? t('list.or') : '')}</p>
      <p>{t('interlock.cause')} {trip.cause === null ? <strong>{t('bypass.notYet')}</strong> : `${trip.cause.text} · ${trip.cause.by} · ${dateTime(trip.cause.atMs)}`}</p>
      {trip.forced === null ? null : <p className="trip-forced"><strong>{t('interlock.forcedReset')} {dateTime(trip.forced.atMs)}</strong> {trip.forced.missing.map(text).join('; ')}</p>}
      {trip.accounted === null ? null : <p>{t('interlock.accounted')} {trip.accounted.text} · {trip.accounted.by} · {dateTime(trip.accounted.atMs)}</p>}
      {owes && trip.releasedMs !== null ? <Words id={id} operation="interlock.account" label={t('interlock.account')} /> : null}
      {trip.releasedMs !== null ? <p>{t('interlock.released')} {dateTime(trip.releasedMs)}</p> : (
        <div className="button-row">
          {trip.cause === null ? <Words id={id} operation="interlock.cause" label={t('interlock.recordCause')} /> : null}
          {owes ? <Words id={id} operation="interlock.account" label={t('interlock.account')} /> : null}
          {reset === null ? null : <Reset id={id} />}
        </div>
      )}
      {reset === null || reset.allowed ? null : <RefusalNote refusal={reset.refusal} compact />}
    </section>
  );
}

function Words({ id, operation, label }: { id: string; operation: 'interlock.cause' | 'interlock.account'; label: string }) {
  const { t } = useWords();
  const { status, run } = useCommand(operation);
  const { fields, setField, clear } = useDraft(`${operation}/${id}`);
  return (
    <SignedAction label={label} testId={`${operation.replace('.', '-')}-${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />} onSign={async (signature) => { const accepted = await run({ interlock: id, text: fields['text'] ?? '', signature }); if (accepted) clear(); return accepted; }}>
      <AreaField label={label} value={fields['text'] ?? ''} onChange={(value) => setField('text', value)} testId={`${operation.replace('.', '-')}-text`} />
    </SignedAction>
  );
}

function Reset({ id }: { id: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('interlock.reset');
  return <SignedAction label={t('interlock.reset')} testId={`interlock-reset-${id}`} busy={status.phase === 'busy'} onSign={(signature) => run({ interlock: id, signature })} answer={<CommandAnswer status={status} done={status.phase === 'done' && !status.output.reset ? t('wayBack.oneMore') : t('command.done')} />} />;
}
