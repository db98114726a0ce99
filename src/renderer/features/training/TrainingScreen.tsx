/** Exercises on the simulator: what there is, the instructor's desk, the plant's time, looking ahead, the team, and what was shown in it. Only when the simulator has proved to be one. */
import type { ReactNode } from 'react';
import type { TrainingSection } from '../../../contract/training.ts';
import { usePreference, useSection } from '../../store/console-context.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useWords } from '../../ui/words.ts';
import { AheadPane } from './AheadPane.tsx';
import { BoardPane } from './BoardPane.tsx';
import { DebriefPane } from './DebriefPane.tsx';
import { InstructorPane } from './InstructorPane.tsx';
import { RecordsPane } from './RecordsPane.tsx';
import { ScenarioList } from './ScenarioList.tsx';
import { ScorePane } from './ScorePane.tsx';
import { Session } from './Session.tsx';
import { TeamPane } from './TeamPane.tsx';
import { TimePane } from './TimePane.tsx';
import './training.css';

const PANES = {
  scenarios: ScenarioList, team: TeamPane, board: BoardPane, instructor: InstructorPane, time: TimePane, ahead: AheadPane, score: ScorePane, debrief: DebriefPane, records: RecordsPane,
} as const satisfies Record<string, (props: { training: TrainingSection }) => ReactNode>;
type Pane = keyof typeof PANES;
const PANE_NAMES: readonly Pane[] = ['scenarios', 'team', 'board', 'instructor', 'time', 'ahead', 'score', 'debrief', 'records'];

export function TrainingScreen() {
  const { t, text } = useWords();
  const training = useSection('training');
  // Whoever looks at another screen in between, or loads the page anew, comes back to where he was.
  const [kept, setPane] = usePreference('training-pane', 'scenarios');
  const pane = PANE_NAMES.find((each) => each === kept) ?? 'scenarios';
  if (training === undefined) return <EmptyState>{t('link.unknownData')}</EmptyState>;
  const Chosen = PANES[pane];
  return (
    <div className="training">
      <Panel title={t('training.session')} className="training-session">
        <p className="training-proof"><strong>{t(training.available ? 'training.available' : 'training.unavailable')}</strong> {text(training.proof)}</p>
        {training.available ? <Session training={training} /> : <p>{t('training.whatToDo')}</p>}
      </Panel>
      <Tabs tabs={PANE_NAMES.map((key) => ({ key, label: t(`training.pane.${key}`) }))} chosen={pane} choose={setPane} label={t('training.panes')} panelId="training-pane" testId="training-tab" />
      <div id="training-pane" role="tabpanel" aria-label={t(`training.pane.${pane}`)} className="training-pane" data-testid={`training-pane-${pane}`}><Chosen training={training} /></div>
    </div>
  );
}
