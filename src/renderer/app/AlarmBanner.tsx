/** The most urgent alarm and how many of each priority: the first of the questions one look must answer (hmi rule 2). */
import type { AlarmView, Priority } from '../../contract/view.ts';
import { useConnected, useNow, useSection } from '../store/console-context.ts';
import { comparisonSign, countdown, formatNumber } from '../ui/format.ts';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { useWords } from '../ui/words.ts';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const STATE_ORDER = { unacknowledged: 0, acknowledged: 1, returned: 2 } as const;

/** By priority, then unacknowledged first, then first-out, then the newest. Only an order for showing. */
export const mostUrgent = (alarms: readonly AlarmView[]): AlarmView | undefined =>
  alarms.toSorted((a, b) => a.priority - b.priority || STATE_ORDER[a.state] - STATE_ORDER[b.state] || Number(b.firstOut !== null) - Number(a.firstOut !== null) || b.raisedMs - a.raisedMs)[0];

export function AlarmBanner() {
  const { t } = useWords();
  const alarms = useSection('alarms');
  const connected = useConnected();
  const worst = mostUrgent(alarms?.active ?? []);
  return (
    <a className={`alarm-banner${worst === undefined ? '' : ` alarm-banner-${worst.priority}`}${connected ? '' : ' alarm-banner-stale'}`} href="#/alarms" data-testid="alarm-banner" title={t('alarm.banner')}>
      {worst === undefined ? <span className="alarm-banner-none">{t(connected ? 'alarm.none' : 'link.unknownData')}</span> : <Worst alarm={worst} />}
      {alarms?.flood === true ? <span className="alarm-flood">{t('alarm.flood', { n: alarms.raisedLast10Min })}</span> : null}
      <span className="alarm-counts">
        {PRIORITIES.map((priority) => {
          const count = alarms?.active.filter((alarm) => alarm.priority === priority).length ?? 0;
          return <span key={priority} className={count === 0 ? 'alarm-count alarm-count-none' : 'alarm-count'}><PrioritySymbol priority={priority} />×{count}</span>;
        })}
      </span>
    </a>
  );
}

function Worst({ alarm }: { alarm: AlarmView }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  return (
    <>
      <PrioritySymbol priority={alarm.priority} flashing={alarm.state === 'unacknowledged'} />
      <span className="alarm-banner-words"><span className="alarm-banner-title">{text(alarm.title)}{alarm.limit === null ? '' : ` ${comparisonSign(alarm.comparison)} ${formatNumber(alarm.limit)}`}</span>
      <span className="alarm-banner-state">{t(`alarm.state.${alarm.state}`)} {countdown(nowMs - alarm.raisedMs)}{alarm.firstOut ? ` · ${t('alarm.firstOut')}` : ''}</span></span>
    </>
  );
}
