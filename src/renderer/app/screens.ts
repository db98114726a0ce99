/** The screens in the order of the rail; Alt+1..9 and Alt+0 reach the first ten (hmi rule 9). A new one goes to the end: hands know the others. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { usePreference } from '../store/console-context.ts';

export const SCREENS = ['overview', 'upset', 'alarms', 'interlocks', 'people', 'trends', 'training', 'incidents', 'setup', 'permits', 'handover'] as const;
export type Screen = (typeof SCREENS)[number];

const screenOf = (text: string): Screen | undefined => SCREENS.find((screen) => screen === text);

/** The key of a screen: 1 to 9, then 0; the eleventh has none. */
export const keyOf = (index: number): string | null => (index < 9 ? String(index + 1) : index === 9 ? '0' : null);

export function useScreen(): [Screen, (screen: Screen) => void] {
  const [remembered, remember] = usePreference('screen', 'overview');
  const hash = useSyncExternalStore(
    (changed) => { window.addEventListener('hashchange', changed); return () => window.removeEventListener('hashchange', changed); },
    () => location.hash,
  );
  const screen = screenOf(hash.replace(/^#\/?/u, '')) ?? screenOf(remembered) ?? 'overview';
  useEffect(() => remember(screen), [screen, remember]);
  return [screen, useCallback((next: Screen) => { location.hash = `#/${next}`; }, [])];
}

export function useScreenKeys(go: (screen: Screen) => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const screen = event.altKey && !event.ctrlKey && /^Digit\d$/u.test(event.code) ? SCREENS.find((_screen, index) => keyOf(index) === event.code.slice(5)) : undefined;
      if (screen === undefined) return;
      event.preventDefault();
      go(screen);
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, [go]);
}
