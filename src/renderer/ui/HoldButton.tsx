/**
 * Hold for one second, by pointer or key (hmi rule 3): long enough not to happen by a sleeve, short enough for a pulse of
 * 140. Never disabled. Letting go early says so. Time is taken from the events themselves, so a busy page cannot cheat
 * a full second out of the hand that held it.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

export const HOLD_MS = 1_000;

type Props = { label: string; hint: string; holding: string; hotkey: string; testId: string; tone: 'stop' | 'evacuate'; onHeld(): void; onTooShort(): void };

export function HoldButton({ label, hint, holding, hotkey, testId, tone, onHeld, onTooShort }: Props) {
  const { held, begin, end } = useHold(onHeld, onTooShort);
  useHotkey(hotkey, begin, end);
  return (
    <button
      type="button" className={`hold hold-${tone}${held ? ' hold-active' : ''}`} data-testid={testId} data-holding={held} aria-keyshortcuts={hotkey}
      onPointerDown={(event) => { if (event.button !== 0) return; event.currentTarget.setPointerCapture(event.pointerId); begin(event.timeStamp); }}
      onPointerUp={(event) => end(event.timeStamp)} onPointerCancel={() => end(null)} onLostPointerCapture={(event) => end(event.timeStamp)}
      onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); if (!event.repeat) begin(event.timeStamp); } }}
      onKeyUp={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); end(event.timeStamp); } }}
      onBlur={() => end(null)} onContextMenu={(event) => event.preventDefault()}
    >
      <span className="hold-progress" aria-hidden="true" />
      <span className="hold-label">{label}</span>
      <span className="hold-hint">{held ? holding : hint}</span>
    </button>
  );
}

function useHold(onHeld: () => void, onTooShort: () => void): { held: boolean; begin(atMs: number): void; end(atMs: number | null): void } {
  const [held, setHeld] = useState(false);
  const hold = useRef<{ sinceMs: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const callbacks = useRef({ onHeld, onTooShort });
  useEffect(() => { callbacks.current = { onHeld, onTooShort }; });

  const finish = useCallback((full: boolean) => {
    if (hold.current === null) return;
    clearTimeout(hold.current.timer);
    hold.current = null;
    setHeld(false);
    if (full) callbacks.current.onHeld();
    else callbacks.current.onTooShort();
  }, []);
  const begin = useCallback((atMs: number) => {
    if (hold.current !== null) return;
    hold.current = { sinceMs: atMs, timer: setTimeout(() => finish(true), HOLD_MS) };
    setHeld(true);
  }, [finish]);
  const end = useCallback((atMs: number | null) => {
    if (hold.current !== null) finish(atMs !== null && atMs - hold.current.sinceMs >= HOLD_MS);
  }, [finish]);
  return { held, begin, end };
}

/** The key works from anywhere, also inside a form; the browser's own meaning of F11 and F12 is switched off. */
function useHotkey(hotkey: string, begin: (atMs: number) => void, end: (atMs: number | null) => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.key !== hotkey) return;
      event.preventDefault();
      if (!event.repeat) begin(event.timeStamp);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key !== hotkey) return;
      event.preventDefault();
      end(event.timeStamp);
    };
    const away = (): void => end(null);
    window.addEventListener('keydown', down, { capture: true });
    window.addEventListener('keyup', up, { capture: true });
    window.addEventListener('blur', away);
    return () => {
      window.removeEventListener('keydown', down, { capture: true });
      window.removeEventListener('keyup', up, { capture: true });
      window.removeEventListener('blur', away);
    };
  }, [hotkey, begin, end]);
}
