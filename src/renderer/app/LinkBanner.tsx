/** Says across the whole width that what is shown is not known to be true, and since when (hmi rule 1). */
import { useLink, useNow, useSection } from '../store/console-context.ts';
import { clockTime, countdown } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';

export function LinkBanner() {
  const { t, text } = useWords();
  const { connected, downSinceMs } = useLink();
  const link = useSection('link');
  const platform = useSection('platform');
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
  if (link === undefined || link.phase === 'connected') {
    if (station?.recorder != null) return <p className="link-banner" role="status"><strong>{t('journal.samplesBroken')}</strong>{text(station.recorder)}</p>;
    // Least of all that a banner says: the plant is seen, the platform does not hear of it.
    return platform?.long !== true ? null : <p className="link-banner" role="status" data-testid="platform-banner"><strong>{t('platform.long')}</strong>{t('platform.waiting', { n: platform.behind, at: platform.sinceMs === null ? '—' : clockTime(platform.sinceMs) })}</p>;
  }
  return (
    <p className="link-banner hatched" role="alert" data-testid="link-banner">
      <strong>{t(`link.phase.${link.phase}`)}</strong>
      {t('link.dcsLostSince', { at: clockTime(link.sinceMs), ago: countdown(nowMs - link.sinceMs) })} {link.reason === null ? '' : text(link.reason)}
    </p>
  );
}
