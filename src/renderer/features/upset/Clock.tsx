/** Time that runs: left, overdue, or elapsed (hmi rule 10). */
import { useConnected, useNow } from '../../store/console-context.ts';
import { countdown } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function TimeLeft({ dueMs, overdue = false, className = '' }: { dueMs: number; overdue?: boolean; className?: string }) {
  const { t } = useWords();
  const nowMs = useNow();
  const connected = useConnected();
  const leftMs = dueMs - nowMs;
  const over = overdue || leftMs < 0;
  return (
    <span className={`time-left${over ? ' time-over' : ''} ${className}`} role="timer" data-over={over}>
      {t(over ? 'upset.overdue' : 'upset.left')} <strong>{countdown(Math.abs(leftMs))}</strong>{connected ? null : <span className="hint"> {t('link.unknownData')}</span>}
    </span>
  );
}

export function Elapsed({ sinceMs, className = '' }: { sinceMs: number; className?: string }) {
  const { t } = useWords();
  const nowMs = useNow();
  return <span className={`time-left ${className}`}>{t('upset.elapsed')} <strong>{countdown(nowMs - sinceMs)}</strong></span>;
}
