/** What came while the list holds still under the hand: announced, counted, and one key away from its place. */
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import type { Arrangement } from './arrangement.ts';
import { LIST_KEYS } from './keys.ts';

export function HeldBar({ arrangement }: { arrangement: Arrangement }) {
  const { t } = useWords();
  const fresh = arrangement.fresh;
  const worst = fresh.reduce<(typeof fresh)[number] | undefined>((most, each) => (most === undefined || each.priority < most.priority ? each : most), undefined);
  const isQuiet = worst === undefined && !arrangement.isGroupingWaiting;
  return (
    // Always there, so that a reader of the screen hears what comes into it.
    <div role="status" className={isQuiet ? 'held-bar-none' : 'held-bar'} data-testid="held-bar" data-fresh={fresh.length}>
      {isQuiet ? null : (
        <>
          {worst === undefined ? null : <><PrioritySymbol priority={worst.priority} flashing={!worst.acknowledged} /><span>{t('alarm.fresh', { n: fresh.length })}</span></>}
          {arrangement.isGroupingWaiting ? <span>{t('alarm.groupsWait')}</span> : null}
          <button type="button" className="button" data-testid="sort-in" aria-keyshortcuts={LIST_KEYS.sortIn} onClick={() => arrangement.sortIn()}>{t('alarm.sortIn')} ({LIST_KEYS.sortIn})</button>
        </>
      )}
    </div>
  );
}
