/** One camera: does it show the zone, which part of it does not, and its planned outage (V.1, V.3). */
import type { CameraView } from '../../../contract/people-view.ts';
import { useCommand, useConnected, useDraft, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { clockTime, localInputTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const startOfMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

export function CameraRow({ camera }: { camera: CameraView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const { status, run } = useCommand('camera.restore');
  const state = connected ? camera.state : 'unknown';
  return (
    <div className="camera" data-testid={`camera-${camera.id}`} data-state={state}>
      <p className="camera-head">
        <span>{text(camera.title)}</span>
        <strong className={state === 'unknown' ? 'camera-state hatched' : `camera-state camera-${state}`}>{t(`zone.cameraState.${state}`)}</strong>
      </p>
      <ul className="camera-parts">
        {camera.parts.map(({ part, state: read, reading }) => {
          const now = connected ? read : 'unknown';
          return <li key={part} className={`camera-part camera-part-${now}${now === 'unknown' ? ' hatched' : ''}`} data-testid={`${camera.id}-${part}`} data-state={now} title={reading.tag}>{t(`zone.part.${part}`)} {t(`zone.partState.${now}`)}</li>;
        })}
      </ul>
      {camera.outages.map((outage) => (
        <p key={outage.id} className="hint" data-testid={`outage-of-${camera.id}`}>
          {t(outage.inForce ? 'zone.outageNow' : 'zone.outagePlanned', { from: clockTime(outage.fromMs), until: clockTime(outage.untilMs), by: outage.by })} {outage.reason}{outage.report === '' ? null : <> · {t('zone.outageReceipt', { number: outage.report })}</>}
        </p>
      ))}
      <div className="button-row">
        {camera.outages.length === 0 ? <Outage camera={camera.id} /> : <button type="button" className="button" data-testid={`restore-${camera.id}`} disabled={status.phase === 'busy'} onClick={() => void run({ camera: camera.id })}>{t('zone.restore')}</button>}
        <CommandAnswer status={status} />
      </div>
    </div>
  );
}

function Outage({ camera }: { camera: string }) {
  const { t } = useWords();
  const nowMs = useNow();
  const { status, run } = useCommand('camera.outage');
  const { fields, setField, clear } = useDraft(`camera-outage/${camera}`);
  const from = fields['from'] ?? localInputTime(startOfMinute(nowMs));
  const until = fields['until'] ?? localInputTime(startOfMinute(nowMs) + HOUR_MS);
  return (
    <SignedAction
      label={t('zone.outage')} testId={`outage-${camera}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        // From now on, when nothing else was written: the clock of the form may stand a little behind the station's.
        const fromMs = fields['from'] === undefined ? Math.round(nowMs) : new Date(from).getTime();
        const accepted = await run({ camera, reason: fields['reason'] ?? '', fromMs, untilMs: new Date(until).getTime(), report: fields['report'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <AreaField label={t('zone.outageReason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="outage-reason" />
      <TextField label={t('zone.outageFrom')} type="datetime-local" value={from} onChange={(value) => setField('from', value)} testId="outage-from" />
      <TextField label={t('zone.outageUntil')} type="datetime-local" value={until} onChange={(value) => setField('until', value)} testId="outage-until" />
      <TextField label={t('zone.outageReport')} value={fields['report'] ?? ''} maxLength={80} required={false} onChange={(value) => setField('report', value)} testId="outage-report" />
    </SignedAction>
  );
}
