/**
 * The tour as a bar in the frame's own grid, below the banners and above the screen: it takes place and covers nothing, neither the retreat corner nor
 * the alarm banner nor a refusal. It can be left at any time and taken up again; which step it is at is kept per browser.
 */
import { useEffect, useState } from 'react';
import { isTourScenario } from '../../../contract/training.ts';
import type { TrainingSection } from '../../../contract/training.ts';
import { useAlarmHead, usePreference, useSection } from '../../store/console-context.ts';
import { formatNumber } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { advanced, readTour, seenOf, TOUR_STEPS, writeTour } from './steps.ts';
import type { TourState } from './steps.ts';
import './tour.css';

/** A click on anything of the way back, in the step that asks for it. */
function useOpenedWayBack(watching: boolean): boolean {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!watching) return undefined;
    setOpened(false);
    const pressed = (event: Event): void => { if (event.target instanceof Element && event.target.closest('.way-back') !== null) setOpened(true); };
    document.addEventListener('click', pressed);
    return () => document.removeEventListener('click', pressed);
  }, [watching]);
  return watching && opened;
}

export function TourBar({ screen }: { screen: string }) {
  const training = useSection('training');
  const upset = useSection('upset');
  const alarms = useAlarmHead()?.counts;
  const [kept, keep] = usePreference('tour', '');
  const tour = readTour(kept);
  const opened = useOpenedWayBack(tour.phase === 'on' && TOUR_STEPS[tour.step] === 'wayBack');
  const next = advanced(tour, seenOf(screen, opened, { training, upset }, alarms));
  const words = writeTour(next);
  useEffect(() => { if (tour.phase === 'on' && words !== writeTour(tour)) keep(words); });
  const drill = training?.scenarios.find(({ id }) => isTourScenario(id));
  if (training?.available !== true || drill === undefined) return null;
  switch (next.phase) {
    case 'new': return screen === 'overview' || screen === 'training' ? <Offer again={false} begin={() => keep(writeTour({ phase: 'on', step: 0, exercise: '' }))} decline={() => keep(writeTour({ ...next, phase: 'left' }))} /> : null;
    case 'left': return screen === 'training' ? <Offer again={next.step > 0} begin={() => keep(writeTour({ ...next, phase: 'on' }))} /> : null;
    case 'over': return screen === 'training' ? <Offer again={false} begin={() => keep(writeTour({ phase: 'on', step: 0, exercise: '' }))} /> : null;
    case 'on': return next.step >= TOUR_STEPS.length ? <Result tour={next} close={() => keep(writeTour({ ...next, phase: 'over' }))} /> : <Step tour={next} drill={drill} leave={() => keep(writeTour({ ...next, phase: 'left' }))} />;
  }
}

function Offer({ again, begin, decline }: { again: boolean; begin(): void; decline?: () => void }) {
  const { t } = useWords();
  return (
    <aside className="tour tour-offer" aria-label={t('tour.title')} data-testid="tour-offer">
      <p className="tour-words">{t(again ? 'tour.again' : 'tour.offer')}</p>
      <button type="button" className="button button-strong" data-testid="tour-begin" onClick={begin}>{t(again ? 'tour.goOn' : 'tour.begin')}</button>
      {decline === undefined ? null : <button type="button" className="button" data-testid="tour-decline" onClick={decline}>{t('tour.notNow')}</button>}
    </aside>
  );
}

function Step({ tour, drill, leave }: { tour: TourState; drill: TrainingSection['scenarios'][number]; leave(): void }) {
  const { t, text } = useWords();
  const step = TOUR_STEPS[tour.step] ?? 'end';
  return (
    <aside className="tour" aria-label={t('tour.title')} data-testid="tour" data-step={step}>
      <span className="tour-place">{tour.step + 1} / {TOUR_STEPS.length}</span>
      <p className="tour-words" role="status"><strong>{t(`tour.step.${step}.do`, { title: text(drill.title) })}</strong> {t(`tour.step.${step}.why`, { see: text(drill.see) })}</p>
      <button type="button" className="button" data-testid="tour-leave" onClick={leave}>{t('tour.leave')}</button>
    </aside>
  );
}

function Result({ tour, close }: { tour: TourState; close(): void }) {
  const { t } = useWords();
  const past = useSection('training')?.past.find(({ exercise }) => exercise === tour.exercise);
  const won = past?.passed === true;
  return (
    <aside className="tour" aria-label={t('tour.title')} data-testid="tour-result" data-won={won}>
      <p className="tour-words" role="status"><strong>{past === undefined || past.total === null ? t('tour.counting') : t(won ? 'tour.won' : 'tour.notWon', { total: formatNumber(past.total) })}</strong> {past === undefined ? '' : t('tour.debrief')}</p>
      <button type="button" className="button button-strong" data-testid="tour-close" onClick={close}>{t('tour.close')}</button>
    </aside>
  );
}
