/** How fast a value moves, and the time left to its next limit with the interval (hmi rule 6). Reckoned by the station; only shown here. */
import type { MovingView, Reading } from '../../../contract/view.ts';
import { useNow, useReading, useSection } from '../../store/console-context.ts';
import { formatNumber, shortDuration, unitSign } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function Motion({ reading }: { reading: Reading }) {
  const { t, text } = useWords();
  const section = useSection('forecast');
  const current = useReading(reading);
  const nowMs = useNow();
  const moving = section?.moving.find(({ tag }) => tag === reading.tag);
  // Without a good value nothing may be said, whatever was last heard.
  if (section === undefined || moving === undefined || current.quality !== 'good') return null;
  const rate = `${formatNumber(Number(Math.abs(moving.perMinute).toPrecision(2)))} ${unitSign(reading.unit)}`;
  return (
    <p className="evidence-motion" title={text(section.method)} data-testid={`motion-${reading.tag}`}>
      {t(moving.perMinute >= 0 ? 'evidence.rising' : 'evidence.falling', { rate })}
      {moving.ahead === null ? '' : <TimeLeft ahead={moving.ahead} sinceMs={Math.max(0, nowMs - section.atMs)} />}
    </p>
  );
}

function TimeLeft({ ahead, sinceMs }: { ahead: NonNullable<MovingView['ahead']>; sinceMs: number }) {
  const { t } = useWords();
  const left = (ms: number): string => shortDuration(Math.max(0, ms - sinceMs));
  const limit = formatNumber(ahead.limit);
  const low = left(ahead.lowMs);
  if (ahead.leftMs === null) return <>{t('evidence.mayReach', { limit, low })}</>;
  return <>{t('evidence.reaches', { limit, at: left(ahead.leftMs), low, high: ahead.highMs === null ? '∞' : left(ahead.highMs) })}</>;
}
