/** Navigation: one word a screen, the same place always; arrows move, Alt+1..9 jump. */
import type { KeyboardEvent } from 'react';
import { useWords } from '../ui/words.ts';
import type { Screen } from './screens.ts';
import { SCREENS } from './screens.ts';

export function Rail({ screen, go }: { screen: Screen; go: (screen: Screen) => void }) {
  const { t } = useWords();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <nav className="rail" aria-label={t('frame.navigation')} onKeyDown={onKeyDown}>
      {SCREENS.map((id, index) => (
        <button key={id} type="button" className="rail-item" data-testid={`nav-${id}`} aria-current={id === screen ? 'page' : undefined} aria-keyshortcuts={index < 9 ? `Alt+${index + 1}` : undefined} onClick={() => go(id)}>
          <span className="rail-key" aria-hidden="true">{index < 9 ? index + 1 : ''}</span>{t(`screen.${id}`)}
        </button>
      ))}
    </nav>
  );
}
