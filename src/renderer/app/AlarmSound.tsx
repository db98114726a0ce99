/** The sound of the alarms and its one button: silence without acknowledging (M), or switching on what the browser keeps quiet. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useAlarmHead, useConnected, useConsole, useNow } from '../store/console-context.ts';
import { afterLoss, afterNews, LOUD, loudest, silence, sounding } from '../store/alarm-sound.ts';
import type { SoundState } from '../store/alarm-sound.ts';
import { Chime, PATTERNS } from '../ui/chime.ts';
import { countdown } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';

/** One voice for the page, made when it is first needed. */
let voice: Chime | null = null;
const theVoice = (): Chime => (voice ??= new Chime());
const SILENCE_KEY = 'M';

export function AlarmSound() {
  const { model } = useConsole();
  const head = useAlarmHead();
  // Before the first word of the station nothing was lost.
  const isLost = !useConnected() && model.linkToStation().downSinceMs !== null;
  const [state, setState] = useState<SoundState>(LOUD);
  const chime = theVoice();
  const chimeState = useSyncExternalStore(chime.subscribe, chime.state);
  const plays = sounding(state, head, isLost);

  const lostNow = useRef(isLost);
  useEffect(() => {
    if (isLost && !lostNow.current) setState(afterLoss);
    lostNow.current = isLost;
  }, [isLost]);
  useEffect(() => model.alarms.subscribe((news) => setState((old) => afterNews(old, news, model.alarms.currentHead(), lostNow.current))), [model]);
  useUnlock(chime);
  useEffect(() => {
    if (plays === null) return undefined;
    chime.play(plays);
    const timer = setInterval(() => chime.play(plays), PATTERNS[plays].everyMs);
    return () => clearInterval(timer);
  }, [chime, plays, chimeState]);

  const quiet = useCallback(() => setState((old) => silence(old, model.alarms.currentHead(), lostNow.current, model.nowMs())), [model]);
  useSilenceKey(quiet);
  return <SoundButton state={state} chimeState={chimeState} isWanted={loudest(head, isLost) !== null} quiet={quiet} unlock={() => chime.unlock()} />;
}

function SoundButton({ state, chimeState, isWanted, quiet, unlock }: { state: SoundState; chimeState: ReturnType<Chime['state']>; isWanted: boolean; quiet(): void; unlock(): void }) {
  const { t } = useWords();
  const nowMs = useNow();
  const phase = chimeState !== 'on' ? chimeState : state.silenced !== null ? 'silenced' : isWanted ? 'sounding' : 'ready';
  const words = phase === 'silenced' && state.silenced !== null ? t('sound.silencedFor', { ago: countdown(nowMs - state.silenced.atMs) }) : t(`sound.${phase}`);
  const label = phase === 'silenced' && state.silenced !== null ? t('sound.silencedLong', { n: state.silenced.priority }) : t(`sound.${phase}Long`);
  return (
    <button type="button" className={`button sound sound-${phase}`} data-testid="sound" data-phase={phase} aria-keyshortcuts={SILENCE_KEY} title={label} aria-label={`${words} ${label}`} onClick={phase === 'blocked' ? unlock : quiet}>
      <svg viewBox="0 0 24 24" className="sound-mark" aria-hidden="true">
        <path d="M3 9h4l5-4v14l-5-4H3z" />
        {phase === 'sounding' || phase === 'ready' ? <path className="sound-wave" d="M15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" /> : <path className="sound-wave" d="M15.5 9l6 6M21.5 9l-6 6" />}
      </svg>
      <span>{words}</span>
    </button>
  );
}

/** Any press anywhere gives the browser what it waits for; the button does it by itself, or its own press would silence at once. */
function useUnlock(chime: Chime): void {
  useEffect(() => {
    const pressed = (event: Event): void => { if (!(event.target instanceof Element) || event.target.closest('.sound') === null) chime.unlock(); };
    window.addEventListener('pointerdown', pressed);
    window.addEventListener('keydown', pressed);
    return () => { window.removeEventListener('pointerdown', pressed); window.removeEventListener('keydown', pressed); };
  }, [chime]);
}

function useSilenceKey(quiet: () => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.key.toUpperCase() !== SILENCE_KEY || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/u.test(event.target.tagName)) return;
      quiet();
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, [quiet]);
}
