/** A flood says so, since when and how many; it groups and pins, and hides nothing. */
import { useAlarmHead, useNow } from '../../store/console-context.ts';
import { clockTime, countdown } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function FloodBanner({ grouped }: { grouped: boolean }) {
  const { t } = useWords();
  const head = useAlarmHead();
  const nowMs = useNow();
  if (head?.flood !== true) return null;
  const since = head.floodState === null ? '' : t('alarm.floodSince', { at: clockTime(head.floodState.sinceMs), ago: countdown(nowMs - head.floodState.sinceMs), n: head.floodState.raised });
  return <span className="alarms-flood" role="status" data-testid="flood" title={t('alarm.floodLong')}><strong>{t('alarm.floodTitle')}</strong> {since} {t(grouped ? 'alarm.floodGrouped' : 'alarm.floodUngrouped')}</span>;
}
