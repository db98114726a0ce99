/** Who is logged on at this console, in the header; the button opens the log-on as a panel below it, never as a dialog (hmi rule 3). */
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useConnected, useLoggedOn } from '../store/console-context.ts';
import { useWords } from '../ui/words.ts';
import { LogOnPanel } from './LogOnPanel.tsx';

export function WhoIsOn() {
  const { t } = useWords();
  const session = useLoggedOn();
  const connected = useConnected();
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement | null>(null);
  const state = !connected ? 'unknown' : session === null ? 'post' : session.locked ? 'locked' : 'on';
  const close = useCallback((): void => { setOpen(false); button.current?.focus(); }, []);
  // On the whole page: after log-off the hand is on a button that is no longer there.
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => { if (event.key === 'Escape' && !event.defaultPrevented) close(); };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open, close]);
  return (
    <div className="who">
      <button ref={button} type="button" className={`button who-button who-${state}`} data-testid="who" data-state={state} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span className="header-small">{t(`logOn.state.${state}`)}</span>
        <span className="who-name">{session === null || !connected ? t('logOn.post') : session.name}</span>
      </button>
      <div id={id} className="who-panel" hidden={!open}>{open ? <Panel close={close} /> : null}</div>
    </div>
  );
}

/** Brings the first field under the hand when it opens. */
function Panel({ close }: { close(): void }) {
  const host = useRef<HTMLDivElement | null>(null);
  useEffect(() => { host.current?.querySelector<HTMLElement>('select, input, button')?.focus(); }, []);
  return <div ref={host}><LogOnPanel close={close} /></div>;
}
