/** Drills on the simulator: pick an upset, set the speed, freeze, end. Only when the simulator has proved to be one. */
import type { TrainingSection } from '../../../contract/view.ts';
import { useCommand, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { clockTime, countdown } from '../../ui/format.ts';
import { Clauses, EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import './training.css';

const SPEEDS = [0.5, 1, 2, 5, 10] as const;

export function TrainingScreen() {
  const { t, text } = useWords();
  const training = useSection('training');
  if (training === undefined) return <EmptyState>{t('link.unknownData')}</EmptyState>;
  return (
    <div className="training">
      <Panel title={t('training.session')} className="training-session">
        <p className="training-proof"><strong>{t(training.available ? 'training.available' : 'training.unavailable')}</strong> {text(training.proof)}</p>
        {training.available ? <Session training={training} /> : <p>{t('training.whatToDo')}</p>}
      </Panel>
      <Panel title={t('training.scenarios')} aside={training.scenarios.length}>
        {training.scenarios.length === 0 ? <EmptyState>{t('training.noScenarios')}</EmptyState> : (
          <ul className="scenarios">{training.scenarios.map((scenario) => <Scenario key={scenario.id} scenario={scenario} training={training} />)}</ul>
        )}
      </Panel>
    </div>
  );
}

function Scenario({ scenario, training }: { scenario: TrainingSection['scenarios'][number]; training: TrainingSection }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('training.start');
  const running = training.running?.scenario === scenario.id;
  return (
    <li className={`scenario${running ? ' scenario-running' : ''}`} data-testid={`scenario-${scenario.id}`} data-running={running}>
      <h3>{text(scenario.title)}</h3>
      <p>{t('training.see')}{text(scenario.see)}</p>
      <p className="scenario-foot"><Clauses clauses={scenario.clauses} />
        {running ? <a className="button button-strong" href="#/upset">{t('training.toUpset')}</a> : training.available ? <button type="button" className="button" data-testid={`scenario-start-${scenario.id}`} onClick={() => void run({ scenario: scenario.id })}>{t('training.start')}</button> : null}
      </p>
      <CommandAnswer status={status} done={t('training.started')} />
    </li>
  );
}

function Session({ training }: { training: TrainingSection }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  const speed = useCommand('training.speed');
  const freeze = useCommand('training.freeze');
  const end = useCommand('training.end');
  const running = training.scenarios.find(({ id }) => id === training.running?.scenario);
  return (
    <>
      <p>{training.running === null ? t('training.nothingRuns') : <><strong>{running === undefined ? training.running.scenario : text(running.title)}</strong> · {t('training.since', { at: clockTime(training.running.startedMs), ago: countdown(nowMs - training.running.startedMs) })}</>}</p>
      <p className="hint">{training.simTimeS === null ? '' : t('training.simTime', { at: countdown(training.simTimeS * 1_000) })}{training.frozen ? ` · ${t('training.isFrozen')}` : ''}</p>
      <div className="button-row" role="group" aria-label={t('training.speed')}>
        <span>{t('training.speed')}</span>
        {SPEEDS.map((each) => <button key={each} type="button" className="button" aria-pressed={training.speed === each} data-testid={`speed-${each}`} onClick={() => void speed.run({ speed: each })}>×{each}</button>)}
        <button type="button" className="button" aria-pressed={training.frozen} data-testid="freeze" onClick={() => void freeze.run({ frozen: !training.frozen })}>{t(training.frozen ? 'training.unfreeze' : 'training.freeze')}</button>
        <button type="button" className="button" data-testid="training-end" onClick={() => void end.run({})}>{t('training.end')}</button>
      </div>
      <Keys />
      <CommandAnswer status={speed.status} /><CommandAnswer status={freeze.status} /><CommandAnswer status={end.status} done={t('training.ended')} />
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
