/** Is what I see true and fresh? Link phase, age of the data, good of total, clock skew over 1 s (hmi rules 4, 10). */
import { useLink, useNow, useSection } from '../store/console-context.ts';
import { shortDuration } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';

const SKEW_SHOWN_MS = 1_000;
const CALM = ['connected'];

export function LinkState() {
  const { t } = useWords();
  const { connected, dropped } = useLink();
  const link = useSection('link');
  const journal = useSection('station')?.journal;
  const nowMs = useNow();
  const lastDataMs = link?.lastDataMs ?? null;
  const skewMs = link?.skewMs ?? null;
  const phase = connected ? (link?.phase ?? 'connecting') : 'station-lost';
  const calm = CALM.includes(phase);
  return (
    <a className={`link-state${calm ? '' : ' link-state-off'}`} href="#/setup" data-testid="link" data-phase={phase}>
      <span className="link-phase">{t(`link.phase.${phase}`)}{link === undefined ? null : <> · {connected ? link.goodTags : '?'}/{link.totalTags}</>}</span>
      <span className="link-age">
        {t('link.data')} {lastDataMs === null ? '—' : t('value.age', { age: shortDuration(nowMs + 999 - lastDataMs) })}
        {skewMs !== null && Math.abs(skewMs) > SKEW_SHOWN_MS ? <strong className="link-warn"> {t('link.skew', { s: (skewMs / 1_000).toFixed(1) })}</strong> : null}
        {dropped > 0 ? <strong className="link-warn"> {t('link.dropped', { n: dropped })}</strong> : null}
        {journal?.ok === false ? <strong className="link-warn"> {t('journal.broken')}</strong> : null}
      </span>
    </a>
  );
}
