/** Snapshots and back-track: every branch of the exercise as a lane, any moment of it to go back to, and the trends of branches laid over each other. */
import { useState } from 'react';
import type { BranchTree, Moment, TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { BranchTrends } from './BranchTrends.tsx';
import { typed } from './figures.ts';
import { useLeads } from './InstructorPane.tsx';
import { momentName } from './moment-name.ts';

const TREE_EVERY_MS = 3_000;
const BRANCHES_MAX = 6;
/** Lanes that a person can take in; the latest. */
const LANES_SHOWN = 30;
const BACK_S = [30, 120, 300] as const;
const EARLIER_SHOWN = 3;

export function TimePane({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const leads = useLeads(training);
  if (!training.available) return <EmptyState>{t('training.whatToDo')}</EmptyState>;
  return leads ? <Branches /> : <EmptyState>{t('training.apart.note')}</EmptyState>;
}

/** The branches in the order in which they branched off, the present one always among them; in each its moments in the order of time. */
export function lanesOf({ branches, moments, branch: current }: BranchTree): { branch: BranchTree['branches'][number]; moments: Moment[] }[] {
  return branches.slice(-LANES_SHOWN).concat(branches.slice(0, -LANES_SHOWN).filter(({ branch }) => branch === current))
    .map((branch) => ({ branch, moments: moments.filter((moment) => moment.branch === branch.branch).toSorted((a, b) => a.timeS - b.timeS) }));
}

function Branches() {
  const { t } = useWords();
  const { output } = useAnswer('instructor.tree', {}, TREE_EVERY_MS);
  const snapshot = useCommand('instructor.snapshot');
  const goBack = useCommand('instructor.goBack');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const lanes = output === undefined ? [] : lanesOf(output);
  const toggle = (branch: number): void => setChosen(chosen.includes(branch) ? chosen.filter((each) => each !== branch) : [...chosen, branch].slice(-BRANCHES_MAX));
  return (
    <Panel title={t('training.time.title')} aside={lanes.length}>
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); void snapshot.run({ name }).then((taken) => { if (taken) setName(''); }); }}>
        <TextField label={t('training.time.name')} value={name} onChange={setName} maxLength={64} testId="snapshot-name" />
        <button type="submit" className="button" data-testid="snapshot-take">{t('training.time.take')}</button>
        <span>{t('training.time.back')}</span>
        {BACK_S.map((backS) => <button key={backS} type="button" className="button" data-testid={`back-${backS}`} onClick={() => void goBack.run({ backS })}>{countdown(backS * 1_000)}</button>)}
      </form>
      {output === undefined ? null : <BackTo tree={output} go={goBack.run} />}
      <CommandAnswer status={snapshot.status} done={t('training.done')} /><CommandAnswer status={goBack.status} done={t('training.time.wentBack')} />
      <p className="hint">{t('training.time.hint')}</p>
      {lanes.length === 0 ? <EmptyState>{t('training.time.none')}</EmptyState> : (
        <ul className="lanes" data-testid="branch-tree">{lanes.map(({ branch, moments }) => (
          <li key={branch.branch} className="lane" data-testid={`lane-${branch.branch}`} data-current={branch.branch === output?.branch}>
            <label className="check"><input type="checkbox" checked={chosen.includes(branch.branch)} data-testid={`branch-${branch.branch}`} onChange={() => toggle(branch.branch)} /> {t('training.time.branch', { n: branch.branch })}</label>
            <span className="lane-span">{countdown(branch.fromS * 1_000)} – {countdown(branch.toS * 1_000)}{branch.parent === null ? '' : ` · ${t('training.time.from', { n: branch.parent })}`}{branch.automatic === null ? '' : ` · ${t('training.time.automatic', { n: branch.automatic.count })}`}{branch.branch === output?.branch ? ` · ${t('training.time.now')}` : ''}</span>
            <ol className="lane-nodes">{moments.map((moment) => (
              <li key={moment.node}><button type="button" className={`button node node-${moment.kind}`} data-testid={`node-${moment.node}`} onClick={() => void goBack.run({ node: moment.node })}>{countdown(moment.timeS * 1_000)} {momentName(moment, t)}</button></li>
            ))}</ol>
          </li>
        ))}</ul>
      )}
      {chosen.length === 0 ? null : <BranchTrends branches={chosen} />}
      {output === undefined ? null : <EarlierRuns kept={output.kept} />}
    </Panel>
  );
}

/** Any moment of any branch by its plant time: what no name was given to is kept every 30 s, for a day. */
function BackTo({ tree: { branches, branch: current }, go }: { tree: BranchTree; go(where: { toS: number; branch: number }): Promise<boolean> }) {
  const { t } = useWords();
  const [branch, setBranch] = useState('');
  const [minutes, setMinutes] = useState('');
  const chosen = branches.find((each) => String(each.branch) === branch) ?? branches.find((each) => each.branch === current);
  if (chosen === undefined) return null;
  const toS = (typed(minutes) ?? chosen.fromS / 60) * 60;
  return (
    <form className="toolbar" onSubmit={(event) => { event.preventDefault(); void go({ toS, branch: chosen.branch }); }}>
      <SelectField label={t('training.time.backTo')} value={String(chosen.branch)} onChange={setBranch} testId="back-branch">{branches.slice(-LANES_SHOWN).map((each) => <option key={each.branch} value={each.branch}>{t('training.time.branch', { n: each.branch })} · {countdown(each.fromS * 1_000)} – {countdown(each.toS * 1_000)}</option>)}</SelectField>
      <TextField label={t('training.time.atMinutes')} type="number" min={0} value={minutes} onChange={setMinutes} testId="back-minutes" />
      <button type="submit" className="button" data-testid="back-to">{t('training.time.goThere')}</button>
    </form>
  );
}

/** Runs that earlier processes of the simulator have left: to be gone on with, where no exercise runs. */
function EarlierRuns({ kept: { isKept, problem, earlier } }: Pick<BranchTree, 'kept'>) {
  const { t, text } = useWords();
  const { status, run: takeUp } = useCommand('instructor.takeUp');
  return (
    <>
      <p className="hint">{problem !== null ? text(problem) : t(isKept ? 'training.time.kept' : 'training.time.notKept')}</p>
      <CommandAnswer status={status} done={t('training.time.tookUp')} />
      <ul className="plain-list" data-testid="earlier-runs">{earlier.slice(0, EARLIER_SHOWN).map(({ run, begunMs, lastMs }) => (
        <li key={run}><button type="button" className="button" onClick={() => void takeUp({ run })}>{t('training.time.takeUp', { from: dateTime(begunMs), to: dateTime(lastMs) })}</button></li>
      ))}</ul>
    </>
  );
}
