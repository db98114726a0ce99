/** The running exercise and the time of its plant: run, freeze, step, speed, to the next alarm, to a time; and the keys of the simulated SIS cabinet. */
import { useState } from 'react';
import type { TrainingSection } from '../../../contract/training.ts';
import { useCommand, useLoggedOn, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { clockTime, countdown } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { Hint } from './Hint.tsx';

const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 20, 50] as const;
const STEPS_S = [1, 10, 60] as const;
/** How long to run on for an alarm that does not come. */
const ALARM_WITHIN_S = 3_600;

export function Session({ training }: { training: TrainingSection }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  const end = useCommand('training.end');
  const { running } = training;
  const scenario = training.scenarios.find(({ id }) => id === running?.scenario);
  return (
    <>
      <p>{running === null ? t('training.nothingRuns') : <><strong>{scenario === undefined ? running.scenario : text(scenario.title)}</strong> · {t('training.since', { at: clockTime(running.startedMs), ago: countdown(nowMs - running.startedMs) })}{running.team ? ` · ${t('training.team.is')}` : ''}</>}{training.atS === null ? '' : ` · ${t('training.exerciseTime', { at: countdown(training.atS * 1_000) })}`}{training.simTimeS === null ? '' : ` · ${t('training.simTime', { at: countdown(training.simTimeS * 1_000) })}`}{training.frozen ? ` · ${t('training.isFrozen')}` : ''}</p>
      <Apart training={training} />
      <Aim training={training} />
      <Transport training={training} />
      <div className="button-row">
        <button type="button" className="button button-strong" data-testid="training-end" onClick={() => void end.run({})}>{t('training.end')}</button>
        {running === null ? null : <Hint hints={running.hints} />}
      </div>
      <CommandAnswer status={end.status} done={t('training.ended')} />
      <Keys />
    </>
  );
}

/** Whose the instructor's commands are now. */
function Apart({ training: { apart } }: { training: TrainingSection }) {
  const { t } = useWords();
  const session = useLoggedOn();
  if (apart === null) return null;
  if (session !== null && !session.locked && apart.instructors.some(({ user }) => user === session.user)) return <p className="hint" data-testid="training-apart">{t('training.apart.you', { names: apart.instructors.map(({ name }) => name).join(t('list.and')) })}</p>;
  const names = apart.instructors.map(({ name }) => name).join(t('list.and'));
  return <p className="hint" data-testid="training-apart">{apart.because === 'instructor' ? t('training.apart.instructor', { names }) : t('training.apart.team')}</p>;
}

/** What the plant runs to, and why it came to stand still: whoever pressed may be at another screen when it does, or at another console. */
function Aim({ training: { goal, reached, frozen } }: { training: TrainingSection }) {
  const { t, text } = useWords();
  if (goal !== null) return <p className="hint" role="status" data-testid="training-goal">{t(`training.goal.${goal.kind}`, { at: countdown(goal.untilS * 1_000) })}</p>;
  return reached === null || !frozen ? null : <p className="hint" role="status" data-testid="training-reached">{t('training.reached', { why: text(reached) })}</p>;
}

function Transport({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const speed = useCommand('training.speed');
  const freeze = useCommand('training.freeze');
  const step = useCommand('instructor.step');
  const toAlarm = useCommand('instructor.runToAlarm');
  const to = useCommand('instructor.runTo');
  const [minutes, setMinutes] = useState('5');
  const ahead = Number(minutes);
  return (
    <>
      <div className="button-row" role="group" aria-label={t('training.speed')}>
        <span>{t('training.speed')}</span>
        {SPEEDS.map((each) => <button key={each} type="button" className="button" aria-pressed={training.speed === each} data-testid={`speed-${each}`} onClick={() => void speed.run({ speed: each })}>×{each}</button>)}
        <button type="button" className="button" aria-pressed={training.frozen} data-testid="freeze" onClick={() => void freeze.run({ frozen: !training.frozen })}>{t(training.frozen ? 'training.unfreeze' : 'training.freeze')}</button>
        <span>{t('training.step')}</span>
        {STEPS_S.map((seconds) => <button key={seconds} type="button" className="button" data-testid={`step-by-${seconds}`} onClick={() => void step.run({ seconds })}>{seconds} s</button>)}
        <button type="button" className="button" data-testid="run-to-alarm" onClick={() => void toAlarm.run({ longestS: ALARM_WITHIN_S })}>{t('training.toAlarm')}</button>
        <span className="run-to"><label className="inline-field">{t('training.ahead.by')} <input type="number" min={0.5} max={600} step="any" value={minutes} data-testid="run-to-minutes" onChange={(event) => setMinutes(event.target.value)} /> min</label>
        <button type="button" className="button" data-testid="run-to" onClick={() => { if (ahead > 0) void to.run({ forS: ahead * 60 }); }}>{t('training.runTo')}</button></span>
      </div>
      <CommandAnswer status={speed.status} /><CommandAnswer status={freeze.status} /><CommandAnswer status={step.status} /><CommandAnswer status={toAlarm.status} /><CommandAnswer status={to.status} />
    </>
  );
}

/** The bypass keys of the simulated SIS cabinet: pressed = the key is on, as its tag shows it. */
function Keys() {
  const { t } = useWords();
  const { status, run } = useCommand('training.key');
  const interlocks = useSection('interlocks')?.interlocks ?? [];
  return (
    <>
      <div className="button-row" role="group" aria-label={t('training.keys')}>
        <span>{t('training.keys')}</span>
        {interlocks.map(({ id, state }) => <button key={id} type="button" className="button" aria-pressed={state === 'bypassed'} data-testid={`key-${id}`} onClick={() => void run({ interlock: id, on: state !== 'bypassed' })}>{id}</button>)}
      </div>
      <CommandAnswer status={status} />
    </>
  );
}
