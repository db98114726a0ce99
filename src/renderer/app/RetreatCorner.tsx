/**
 * Emergency stop and evacuate. They answer at once: with the station's word when it comes, and with what a person must
 * do by hand when it does not. The call itself is never dropped: it is queued and sent when the station is back.
 */
import { useCallback, useRef, useState } from 'react';
import { useConsole } from '../store/console-context.ts';
import { HoldButton } from '../ui/HoldButton.tsx';
import { useWords } from '../ui/words.ts';
import type { Retreat } from './RetreatNote.tsx';
import { RetreatNote } from './RetreatNote.tsx';

/** How long a person waits for the station's word before being told to use the hard button. */
const ANSWER_WITHIN_MS = 1_500;
const DONE_SHOWN_MS = 20_000;

export function RetreatCorner() {
  const { t } = useWords();
  const { client, model } = useConsole();
  const [retreats, setRetreats] = useState<readonly Retreat[]>([]);
  const count = useRef(0);

  const change = useCallback((key: number, next: Partial<Retreat>) => setRetreats((old) => old.map((retreat) => (retreat.key === key ? { ...retreat, ...next } : retreat))), []);

  const call = useCallback((kind: 'stop' | 'evacuate') => {
    const key = (count.current += 1);
    const linkDown = !model.linkToStation().connected;
    setRetreats((old) => [{ key, kind, calledMs: model.nowMs(), phase: linkDown ? 'unanswered' : 'sent', actedOn: null }, ...old.filter((retreat) => retreat.kind !== kind)]);
    const timer = setTimeout(() => change(key, { phase: 'unanswered' }), ANSWER_WITHIN_MS);
    void client.request(kind === 'stop' ? 'retreat.stop' : 'retreat.evacuate', {}, { untilAnswered: true }).then((answer) => {
      clearTimeout(timer);
      change(key, answer.outcome === 'done' ? { phase: 'done', calledMs: answer.output.atMs, actedOn: answer.output.actedOn } : { phase: 'unanswered' });
      // What has been carried out makes room for the now-card; what a person must still do by hand stays until he closes it.
      if (answer.outcome === 'done' && answer.output.actedOn === 'simulator') setTimeout(() => setRetreats((old) => old.filter((retreat) => retreat.key !== key)), DONE_SHOWN_MS);
    });
  }, [client, model, change]);

  const tooShort = useCallback((kind: 'stop' | 'evacuate') => {
    const key = (count.current += 1);
    setRetreats((old) => (old.some((retreat) => retreat.kind === kind && retreat.phase !== 'tooShort') ? old : [{ key, kind, calledMs: model.nowMs(), phase: 'tooShort', actedOn: null }, ...old.filter((retreat) => retreat.kind !== kind)]));
    setTimeout(() => setRetreats((old) => old.filter((retreat) => retreat.key !== key)), 4_000);
  }, [model]);

  return (
    <div className="retreat-corner" role="group" aria-label={t('retreat.corner')}>
      <div className="retreat-notes" role="status" aria-live="assertive">
        {retreats.map((retreat) => <RetreatNote key={retreat.key} retreat={retreat} onClose={() => setRetreats((old) => old.filter(({ key }) => key !== retreat.key))} />)}
      </div>
      <HoldButton tone="evacuate" hotkey="F12" testId="evacuate" label={t('retreat.evacuate')} hint={t('retreat.evacuateHint')} holding={t('retreat.holding')} onHeld={() => call('evacuate')} onTooShort={() => tooShort('evacuate')} />
      <HoldButton tone="stop" hotkey="F11" testId="emergency-stop" label={t('retreat.stop')} hint={t('retreat.stopHint')} holding={t('retreat.holding')} onHeld={() => call('stop')} onTooShort={() => tooShort('stop')} />
    </div>
  );
}
