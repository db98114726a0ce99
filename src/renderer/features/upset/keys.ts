/** Keys of the Upset screen, as one table that the handler, the buttons and the tests share. */
import { useLayoutEffect, useRef } from 'react';

export const UPSET_KEYS = { present: 'N', browse: 'B' } as const;
export const NOW_CARD_ID = 'now-card';

const isWriting = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/u.test(target.tagName));

/** Back to the step to do now, from wherever people have scrolled or looked. */
export function toPresentStep(): void {
  const card = document.getElementById(NOW_CARD_ID);
  card?.scrollIntoView({ block: 'nearest' });
  card?.focus({ preventScroll: true });
}

export function useUpsetKeys(browse: () => void): void {
  const current = useRef(browse);
  // Before the screen is drawn: whoever sees it can already press its keys.
  useLayoutEffect(() => { current.current = browse; });
  useLayoutEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isWriting(event.target)) return;
      const key = event.key.toUpperCase();
      if (key !== UPSET_KEYS.present && key !== UPSET_KEYS.browse) return;
      // The key is an order and must not be written into the field that it opens.
      event.preventDefault();
      if (key === UPSET_KEYS.present) toPresentStep();
      else current.current();
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, []);
}
