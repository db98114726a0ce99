/** A flood says so, since when and how many; it groups and pins, and hides nothing. */
import { useAlarmHead, useNow } from '../../store/console-context.ts';
import { clockTime, countdown } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function FloodBanner({ grouped, waiting, sortIn }: { grouped: boolean; waiting: boolean; sortIn(): void }) {
  const { t } = useWords();
  const head = useAlarmHead();
  const nowMs = useNow();
  if (head?.flood !== true) return null;
  const since = head.floodState === null ? '' : t('alarm.floodSince', { at: clockTime(head.floodState.sinceMs), ago: countdown(nowMs - head.floodState.sinceMs), n: head.floodState.raised });
  return (
    <div className="alarms-flood" role="status" data-testid="flood">
      <strong>{t('alarm.floodTitle')}</strong> {since} {t(grouped ? 'alarm.floodGrouped' : 'alarm.floodUngrouped')} {t('alarm.floodLong')}
      {waiting ? <button type="button" className="button" onClick={sortIn}>{t('alarm.groupNow')}</button> : null}
    </div>
  );
}
