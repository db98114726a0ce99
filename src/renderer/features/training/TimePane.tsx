/** Snapshots and back-track: every branch of the exercise as a lane, any moment of it to go back to, and the trends of branches laid over each other. */
import { useState } from 'react';
import type { TrainingSection, BranchNode } from '../../../contract/training.ts';
import { useAnswer, useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { countdown } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { BranchTrends } from './BranchTrends.tsx';
import { useLeads } from './InstructorPane.tsx';

const TREE_EVERY_MS = 3_000;
const BRANCHES_MAX = 6;

export function TimePane({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const leads = useLeads(training);
  if (!training.available) return <EmptyState>{t('training.whatToDo')}</EmptyState>;
  return leads ? <Branches /> : <EmptyState>{t('training.apart.note')}</EmptyState>;
}

/** Lanes in the order in which they branched off; in each the moments in the order of time. */
export function lanesOf(nodes: readonly BranchNode[]): { branch: number; nodes: BranchNode[] }[] {
  const lanes = new Map<number, BranchNode[]>();
  for (const node of nodes) lanes.set(node.branch, [...(lanes.get(node.branch) ?? []), node]);
  return [...lanes].map(([branch, own]) => ({ branch, nodes: own.toSorted((a, b) => a.atS - b.atS) })).sort((a, b) => a.branch - b.branch);
}

function Branches() {
  const { t } = useWords();
  const { output } = useAnswer('instructor.tree', {}, TREE_EVERY_MS);
  const snapshot = useCommand('instructor.snapshot');
  const goBack = useCommand('instructor.goBack');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const lanes = lanesOf(output?.nodes ?? []);
  const toggle = (branch: number): void => setChosen(chosen.includes(branch) ? chosen.filter((each) => each !== branch) : [...chosen, branch].slice(-BRANCHES_MAX));
  return (
    <Panel title={t('training.time.title')} aside={output === undefined || output.omitted === 0 ? undefined : t('training.time.omitted', { n: output.omitted })}>
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); void snapshot.run({ name }).then((taken) => { if (taken) setName(''); }); }}>
        <TextField label={t('training.time.name')} value={name} onChange={setName} maxLength={64} testId="snapshot-name" />
        <button type="submit" className="button" data-testid="snapshot-take">{t('training.time.take')}</button>
      </form>
      <CommandAnswer status={snapshot.status} done={t('training.done')} /><CommandAnswer status={goBack.status} done={t('training.time.wentBack')} />
      <p className="hint">{t('training.time.hint')}</p>
      {lanes.length === 0 ? <EmptyState>{t('training.time.none')}</EmptyState> : (
        <ul className="lanes" data-testid="branch-tree">{lanes.map(({ branch, nodes }) => (
          <li key={branch} className="lane">
            <label className="check"><input type="checkbox" checked={chosen.includes(branch)} data-testid={`branch-${branch}`} onChange={() => toggle(branch)} /> {t('training.time.branch', { n: branch + 1 })}</label>
            <ol className="lane-nodes">{nodes.map((node) => (
              <li key={node.node}><button type="button" className={`button node node-${node.kind}`} aria-current={node.node === output?.current ? 'true' : undefined} data-testid={`node-${node.node}`} onClick={() => void goBack.run({ node: node.node })}>{countdown(node.atS * 1_000)}{node.label === '' ? '' : ` ${node.label}`}</button></li>
            ))}</ol>
          </li>
        ))}</ul>
      )}
      {chosen.length === 0 ? null : <BranchTrends branches={chosen} />}
    </Panel>
  );
}
