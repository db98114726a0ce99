/** Says across the whole width that what is shown is not known to be true, and since when (hmi rule 1). */
import { useLink, useNow, useSection } from '../store/console-context.ts';
import { clockTime, countdown } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';

export function LinkBanner() {
  const { t, text } = useWords();
  const { connected, downSinceMs } = useLink();
  const link = useSection('link');
  const station = useSection('station');
  const journal = station?.journal;
  const nowMs = useNow();
  if (!connected) {
    return (
      <p className="link-banner hatched" role="alert" data-testid="link-banner">
        <strong>{t('link.unknownData')}</strong>
        {downSinceMs === null ? t('link.neverConnected') : t('link.lostSince', { at: clockTime(downSinceMs), ago: countdown(nowMs - downSinceMs) })}
      </p>
    );
  }
  if (journal?.ok === false) return <p className="link-banner" role="alert"><strong>{t('journal.broken')}</strong>{journal.reason === null ? '' : text(journal.reason)}</p>;
  if (link === undefined || link.phase === 'connected') return station?.recorder == null ? null : <p className="link-banner" role="status"><strong>{t('journal.samplesBroken')}</strong>{text(station.recorder)}</p>;
  return (
    <p className="link-banner hatched" role="alert" data-testid="link-banner">
      <strong>{t(`link.phase.${link.phase}`)}</strong>
      {t('link.dcsLostSince', { at: clockTime(link.sinceMs), ago: countdown(nowMs - link.sinceMs) })} {link.reason === null ? '' : text(link.reason)}
    </p>
  );
}
