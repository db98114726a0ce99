/** Tabs: one in the order of Tab, arrows between them (WAI-ARIA tabs). */
import type { KeyboardEvent, ReactNode } from 'react';

export type Tab<K extends string> = { key: K; label: ReactNode };

export function Tabs<K extends string>({ tabs, chosen, choose, label, panelId, testId }: { tabs: readonly Tab<K>[]; chosen: K; choose: (key: K) => void; label: string; panelId: string; testId: string }) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = step === 0 ? undefined : tabs[(tabs.findIndex(({ key }) => key === chosen) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    choose(next.key);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button key={tab.key} type="button" role="tab" className="tab" data-tab={tab.key} data-testid={`${testId}-${tab.key}`} aria-selected={tab.key === chosen} aria-controls={tab.key === chosen ? panelId : undefined} tabIndex={tab.key === chosen ? 0 : -1} onClick={() => choose(tab.key)}>{tab.label}</button>
      ))}
    </div>
  );
}
