/** What came while the list holds still under the hand: announced, counted, and one key away from its place. */
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import type { Arrangement } from './arrangement.ts';
import { LIST_KEYS } from './keys.ts';

export function HeldBar({ arrangement }: { arrangement: Arrangement }) {
  const { t } = useWords();
  const fresh = arrangement.fresh;
  const worst = fresh.reduce<(typeof fresh)[number] | undefined>((most, each) => (most === undefined || each.priority < most.priority ? each : most), undefined);
  return (
    <div className={`held-bar${fresh.length === 0 ? ' held-bar-none' : ''}`} role="status" data-testid="held-bar" data-fresh={fresh.length} data-held={arrangement.isHeld}>
      {worst === undefined ? <span className="hint">{arrangement.isHeld ? t('alarm.held') : t('alarm.moving')}</span> : (
        <>
          <PrioritySymbol priority={worst.priority} flashing={!worst.acknowledged} />
          <span>{t('alarm.fresh', { n: fresh.length })}</span>
          <button type="button" className="button" data-testid="sort-in" aria-keyshortcuts={LIST_KEYS.sortIn} onClick={() => arrangement.sortIn()}>{t('alarm.sortIn')} ({LIST_KEYS.sortIn})</button>
        </>
      )}
    </div>
  );
}
