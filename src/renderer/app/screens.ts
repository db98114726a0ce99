/** The screens in the order of the rail; Alt+1..9 reach the first nine (hmi rule 9), the others are appended so that no key changes its screen. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { usePreference } from '../store/console-context.ts';

export const SCREENS = ['overview', 'upset', 'alarms', 'interlocks', 'people', 'trends', 'training', 'incidents', 'setup', 'handover'] as const;
export type Screen = (typeof SCREENS)[number];

const screenOf = (text: string): Screen | undefined => SCREENS.find((screen) => screen === text);

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
      const screen = event.altKey && !event.ctrlKey && /^Digit[1-9]$/u.test(event.code) ? SCREENS[Number(event.code.slice(5)) - 1] : undefined;
      if (screen === undefined) return;
      event.preventDefault();
      go(screen);
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, [go]);
}
