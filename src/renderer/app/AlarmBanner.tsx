/**
 * The most urgent alarm and how many of each priority: the first of the questions one look must answer (hmi rule 2). An unacknowledged
 * priority 1 stands here on every screen, however long the list and whatever it is filtered by.
 */
import type { AlarmView, Priority } from '../../contract/view.ts';
import { useAlarmHead, useConnected, useMostUrgentAlarm, useNow } from '../store/console-context.ts';
import { clockTime, comparisonSign, countdown, formatNumber } from '../ui/format.ts';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { useWords } from '../ui/words.ts';
import { AlarmSound } from './AlarmSound.tsx';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

export function AlarmBanner() {
  const { t } = useWords();
  const head = useAlarmHead();
  const worst = useMostUrgentAlarm();
  const connected = useConnected();
  return (
    <>
      <a className={`alarm-banner${worst === undefined ? '' : ` alarm-banner-${worst.priority}`}${connected ? '' : ' alarm-banner-stale'}`} href="#/alarms" data-testid="alarm-banner" data-alarm={worst?.id} title={t('alarm.banner')}>
        {worst === undefined ? <span className="alarm-banner-none">{t(connected ? 'alarm.none' : 'link.unknownData')}</span> : <Worst alarm={worst} />}
        <span className="alarm-figures">
          {head?.flood === true ? <span className="alarm-flood">{t('alarm.flood', { n: head.counts.active })}{head.floodState === null ? null : <span className="alarm-flood-since"> {t('alarm.floodBanner', { at: clockTime(head.floodState.sinceMs) })}</span>}</span> : null}
          <span className="alarm-counts">
            {PRIORITIES.map((priority) => {
              const { active, unacknowledged } = head?.counts.byPriority[priority] ?? { active: 0, unacknowledged: 0 };
              return <span key={priority} className={active === 0 ? 'alarm-count alarm-count-none' : 'alarm-count'} title={t('alarm.groupCount', { n: active, waiting: unacknowledged })} data-testid={`alarm-count-${priority}`}><PrioritySymbol priority={priority} flashing={unacknowledged > 0} />×{active}</span>;
            })}
          </span>
        </span>
      </a>
      <AlarmSound />
    </>
  );
}

function Worst({ alarm }: { alarm: AlarmView }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  return (
    <>
      <PrioritySymbol priority={alarm.priority} flashing={alarm.state === 'unacknowledged'} />
      <span className="alarm-banner-words"><span className="alarm-banner-title" data-testid="alarm-banner-title">{text(alarm.title)}{alarm.limit === null ? '' : ` ${comparisonSign(alarm.comparison)} ${formatNumber(alarm.limit)}`}</span>
      <span className="alarm-banner-state">{t(`alarm.state.${alarm.state}`)} {countdown(nowMs - alarm.raisedMs)}{alarm.firstOut === null ? '' : ` · ${t('alarm.firstOut')}${alarm.firstOut === 'possible' ? '?' : ''}`}</span></span>
    </>
  );
}
